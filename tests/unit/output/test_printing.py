"""What is printed: readable for people, whole for programs, and no orders to a terminal."""

import json
import logging
from io import StringIO

import pytest
from rich.console import Console

from voicesim.base.redact import Redactor
from voicesim.output.printing import complain, one_line, tell, tell_json
from voicesim.output.terminal import Terminal
from voicesim.output.verdict import print_table
from voicesim.verdict.report_table import Row, Table

NASTY = "clear\x1b[2J, \x9b1A, \u202eturn\nfake: all is well\r"
SHOWN = "clear\\x1b[2J, \\x9b1A, \\u202eturn fake: all is well "


def test_a_complaint_is_one_printable_line(capsys: pytest.CaptureFixture[str]) -> None:
    complain([NASTY, "two"])
    assert capsys.readouterr().err == f"voicesim: {SHOWN}\nvoicesim: two\n"


def test_so_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    tell([NASTY, "  Zahnärztin für 1\N{NO-BREAK SPACE}€"])
    assert capsys.readouterr().out == f"{SHOWN}\n  Zahnärztin für 1 €\n"


def test_a_program_gets_all_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    data = {"é": [NASTY, "\ud800", "\U000e0001"], NASTY: 1}
    tell_json(data)
    printed = capsys.readouterr().out
    assert json.loads(printed) == data
    assert printed.replace("\n", "").isprintable()
    assert "é" in printed


def test_a_line_of_a_log_is_printable(caplog: pytest.LogCaptureFixture) -> None:
    log = logging.getLogger("voicesim.test_printing")
    log.addFilter(one_line)
    log.error("worker %s is refused: %d", NASTY, 7)
    assert caplog.messages == [f"worker {SHOWN} is refused: 7"]


def test_a_line_on_the_terminal_is_printable() -> None:
    told = StringIO()
    Terminal(Console(file=told, width=160), Redactor(("s3cret-token",))).say(f"s3cret-token{NASTY}")
    assert told.getvalue() == f"[hidden]{SHOWN}\n"


def test_a_cell_of_a_table_is_printable() -> None:
    told = StringIO()
    print_table(Console(file=told, width=160), Table("Gates", ("why",), (Row((NASTY,)),)))
    assert SHOWN.rstrip() in told.getvalue()
    assert told.getvalue().replace("\n", "").isprintable()
