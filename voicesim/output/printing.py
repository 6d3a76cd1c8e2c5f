"""What the commands print: nothing that others wrote reaches a terminal as it came."""

import json
import sys
from collections.abc import Iterable
from logging import LogRecord

from voicesim.results.ladder import printable


def complain(messages: Iterable[str]) -> None:
    """Say on stderr what is wrong, a line each."""
    sys.stderr.write("".join(f"voicesim: {printable(message)}\n" for message in messages))


def tell(lines: Iterable[str]) -> None:
    """Print the lines."""
    sys.stdout.write("".join(f"{printable(line)}\n" for line in lines))


def tell_json(data: object) -> None:
    """Print ``data`` for a program; what no terminal should get is escaped as JSON has it."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    safe = (c if c == "\n" or c.isprintable() else json.dumps(c)[1:-1] for c in text)
    sys.stdout.write("".join(safe) + "\n")
    sys.stdout.flush()


def one_line(record: LogRecord) -> bool:
    """A filter for loggers: what they log is printable."""
    record.msg, record.args = printable(record.getMessage()), ()
    return True
