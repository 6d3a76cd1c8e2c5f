"""The ladder and the tables, in colour where the terminal has it."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from voicesim.base.redact import Redactor
from voicesim.call.entries import Log
from voicesim.call.outcome import INCONCLUSIVE, CallRecord, Outcome
from voicesim.results.ladder import Line, Mark, clean, found_line, lines

STYLES = {
    Mark.SENT: "cyan",
    Mark.CAME: "blue",
    Mark.BODY: "dim",
    Mark.HEARD: "magenta",
    Mark.SAID: "yellow",
    Mark.ERROR: "bold red",
    Mark.WARNING: "bold yellow",
    Mark.NOTICE: "dim",
    Mark.ENDED: "bold",
}


WIDE = 160
"""Columns where there is no terminal: lines in a log of CI are not cut to 80."""


def console_of(*, stderr: bool = False) -> Console:
    """The terminal."""
    console = Console(stderr=stderr)
    return console if console.is_terminal else Console(stderr=stderr, width=WIDE)


class Terminal:
    """Prints to ``console``; nothing that ``redactor`` hides gets through."""

    def __init__(self, console: Console, redactor: Redactor) -> None:
        self._console = console
        self._redactor = redactor

    def line(self, line: Line) -> None:
        """Print one line of a ladder."""
        self._print(Text(self._redactor(line.plain()), STYLES[line.mark]))

    def say(self, text: str, style: str = "") -> None:
        """Print a line of our own."""
        self._print(Text(self._redactor(text), style))

    def outcome(self, record: CallRecord, origin: str) -> None:
        """Print how a call ended and why."""
        self.say(f"{record.outcome}: {clean(record.why, origin)}", _style(record.outcome))
        self.say(
            f"{record.turns} webhooks, {record.length_s:.1f} s on the line; the agent took"
            f" {record.response_total_s:.3f} s in all",
            "dim",
        )

    def table(self, records: Sequence[CallRecord]) -> None:
        """Print a row a call."""
        table = Table(box=None, pad_edge=False)
        for title in ("scenario", "persona", "outcome", "webhooks", "on the line", "agent took"):
            numeric = title in ("webhooks", "on the line", "agent took")
            table.add_column(title, justify="right" if numeric else "left", no_wrap=True)
        table.add_column("why")
        for record in records:
            table.add_row(
                record.scenario,
                record.persona,
                Text(record.outcome, _style(record.outcome)),
                str(record.turns),
                f"{record.length_s:.1f} s",
                f"{record.response_total_s:.3f} s",
                Text(self._redactor(clean(record.why))),
            )
        self._console.print(table)
        for record in records:
            for finding in record.findings:
                line = found_line(finding)
                text = f"{record.scenario}: {line.text}"
                self._print(Text(self._redactor(text), STYLES[line.mark]))

    def _print(self, text: Text) -> None:
        self._console.print(text, soft_wrap=True, highlight=False)


class LiveLadder:
    """Prints what a log has not shown yet, each time it is called."""

    def __init__(self, terminal: Terminal, log: Log, origin: str) -> None:
        self._terminal = terminal
        self._log = log
        self._origin = origin
        self._shown = 0

    def __call__(self) -> None:
        """Print the new entries."""
        for entry in self._log.since(self._shown):
            self._shown += 1
            for line in lines(entry, self._origin, timing=True):
                self._terminal.line(line)


def _style(outcome: Outcome) -> str:
    if outcome is Outcome.GOAL_REACHED:
        return "bold green"
    return "bold yellow" if outcome in INCONCLUSIVE else "bold red"
