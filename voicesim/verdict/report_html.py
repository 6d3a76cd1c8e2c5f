"""A judged run as one HTML page: nothing is fetched, no script runs, all text is escaped."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from voicesim.results.counts import Counts, Rows
from voicesim.results.result import Result
from voicesim.verdict.chart import chart
from voicesim.verdict.judging import Judged
from voicesim.verdict.report_table import headline, remarks, scenario_lines, tables

_TEMPLATE = "report.html.jinja"


def page(result: Result, judged: Judged) -> str:
    """The page as text. Whatever an agent said is in it as text, never as markup."""
    environment = Environment(
        loader=PackageLoader("voicesim.verdict", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(_TEMPLATE).render(
        run=result.run,
        judged=judged,
        headline=headline(judged),
        tables=tables(result, judged),
        remarks=remarks(result, judged),
        scenarios=scenario_lines(result.counts),
        chart=chart(result),
        ladders=ladders(result.counts),
    )


def ladders(counts: Counts) -> list[Rows]:
    """The calls that were kept, in order of scenario, outcome and draw."""
    return [call for _, kept in sorted(counts.ladders.items()) for _, _, call in kept]
