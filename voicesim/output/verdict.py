"""A judged run on the terminal."""

from rich.console import Console, JustifyMethod
from rich.table import Table
from rich.text import Text

from voicesim.output.terminal import console_of, say
from voicesim.results.ladder import printable
from voicesim.results.result import Result
from voicesim.verdict.judging import Judged
from voicesim.verdict.report_table import Table as Shown
from voicesim.verdict.report_table import headline, remarks, tables

STYLES = {
    "pass": "green",
    "fail": "bold red",
    "inconclusive": "yellow",
    "ERROR": "bold red",
    "WARNING": "yellow",
}


def print_verdict(result: Result, judged: Judged, report: str) -> None:
    """Print tables, remarks, the verdict and what there is to say of the report."""
    console = console_of()
    for shown in tables(result, judged):
        print_table(console, shown)
    for remark in remarks(result, judged):
        say(console, remark)
    say(console, headline(judged), STYLES[judged.verdict.value])
    say(console, report)
    _flush(console)


def print_table(console: Console, shown: Shown) -> None:
    """Print one table of a report."""
    table = Table(title=shown.title, title_justify="left", box=None, pad_edge=False)
    for number, column in enumerate(shown.columns):
        justify: JustifyMethod = "right" if shown.is_numeric(number) else "left"
        table.add_column(column, justify=justify, overflow="fold")  # all of a name, on any terminal
    for row in shown.rows:
        cells = (Text(printable(cell)) for cell in row.cells)
        table.add_row(*cells, style=STYLES.get(row.mark, ""))
    console.print(table)
    console.print()


def _flush(console: Console) -> None:
    console.file.flush()
