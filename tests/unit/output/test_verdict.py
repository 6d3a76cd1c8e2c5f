"""Tables on a terminal: narrow ones tell no less."""

from io import StringIO

import pytest
from rich.console import Console

from voicesim.output.verdict import print_table
from voicesim.verdict.report_table import Row, Table


@pytest.mark.parametrize("width", [160, 40])
def test_names_that_begin_alike_are_told_apart_on_any_terminal(width: int) -> None:
    names = [f"international_{code}" for code in ("de", "fr", "in", "mx")]
    rows = tuple(Row((name, *("100.0 to 100.0",) * 4)) for name in names)
    told = StringIO()
    table = Table("Personas", ("persona", *"abcd"), rows, numbers=1, numeric=4)
    print_table(Console(file=told, width=width), table)
    first = [line[: line.find("  ")] for line in told.getvalue().splitlines()]
    assert all(name in "".join(first) for name in names), told.getvalue()
