"""The ladder, in colour where the terminal has it."""

import os
import sys
from io import TextIOWrapper

from rich.console import Console
from rich.text import Text

from voicesim.base.redact import Redactor
from voicesim.call.entries import Log
from voicesim.call.outcome import INCONCLUSIVE, CallRecord, Outcome
from voicesim.results.ladder import Line, Mark, clean, lines, printable

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


class PatientConsole(Console):
    """Goes on in silence when nobody reads any more (``| head -1``), for its exit code's sake."""

    def on_broken_pipe(self) -> None:
        """Print nothing from now on."""
        self.quiet = True
        os.dup2(os.open(os.devnull, os.O_WRONLY), self.file.fileno())


def console_of(*, stderr: bool = False) -> Console:
    """The terminal; what it cannot show is shown as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    console = PatientConsole(stderr=stderr)
    return console if console.is_terminal else PatientConsole(stderr=stderr, width=WIDE)


def say(console: Console, text: str, style: str = "") -> None:
    """Print a line, whoever wrote it."""
    console.print(Text(printable(text), style), soft_wrap=True, highlight=False)


class Terminal:
    """Prints to ``console``; nothing that ``redactor`` hides gets through."""

    def __init__(self, console: Console, redactor: Redactor) -> None:
        self._console = console
        self.redactor = redactor

    def line(self, line: Line) -> None:
        """Print one line of a ladder."""
        self.say(line.plain(), STYLES[line.mark])

    def say(self, text: str, style: str = "") -> None:
        """Print a line."""
        say(self._console, self.redactor(text), style)

    def outcome(self, record: CallRecord, origin: str) -> None:
        """Print how a call ended and why."""
        why = clean(self.redactor(record.why), origin)
        self.say(f"{record.outcome}: {why}", _style(record.outcome))
        self.say(
            f"{record.turns} webhooks, {record.length_s:.1f} s on the line; the agent took"
            f" {record.response_total_s:.3f} s in all",
            "dim",
        )


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
            for line in lines(self._terminal.redactor.deep(entry), self._origin, timing=True):
                self._terminal.line(line)


def _style(outcome: Outcome) -> str:
    if outcome is Outcome.GOAL_REACHED:
        return "bold green"
    return "bold yellow" if outcome in INCONCLUSIVE else "bold red"
