"""A signature audit on the terminal."""

from dataclasses import replace

from rich.console import Console

from voicesim.base.redact import Redactor
from voicesim.output.terminal import say
from voicesim.output.verdict import STYLES, print_table
from voicesim.results.audit import Audit
from voicesim.verdict.report_table import Table, audit_table


def print_audit(audit: Audit, console: Console, hide: Redactor) -> None:
    """Print what each probe led to, and below it each finding with what is to be done."""
    table = audit_table(audit)
    rows = tuple(replace(row, cells=row.cells[:-1]) for row in table.rows)
    narrow = Table(table.title, table.columns[:-1], hide.deep(rows))
    print_table(console, narrow)
    for probe in audit.findings:
        said = hide(f"{probe.level} {probe.code}: {probe.message}")
        say(console, said, STYLES.get(probe.level, ""))
    passed = sum(probe.verdict == "ok" for probe in audit.probes)
    summary = f"{passed} of {len(audit.probes)} probes as they should be, {audit.requests} requests"
    say(console, summary)
