"""*Peak hour*: how response times follow the rate, and where they bend."""

from dashboards.panels import BAD, OK, PLAIN, WARN, Board, Mark, Panel, Query, Variable
from dashboards.run import RUN, SLOW, quantile, rate

STARTED = f"run:voicesim_calls_started:rate_1m{{{RUN}}}"
P95 = f"run:voicesim_response_seconds:p95_1m{{{RUN}}}"
ENOUGH = f"run:voicesim_response_seconds_count:increase_1m{{{RUN}}} >= 20"

NUMBERS = (
    Panel(
        "Highest rate, calls/s",
        "The most calls a second that rang over a minute.",
        "number",
        "cps",
        (Query(f"max_over_time({STARTED}[$__range:5s])", instant=True),),
        ((None, PLAIN),),
        6,
        4,
    ),
    Panel(
        "Knee: highest rate with p95 under 3 s",
        "The highest rate at which p95 still held the bound of the gates. As high as the highest rate:"
        " the agent's knee was not reached.",
        "number",
        "cps",
        (
            Query(
                f"max_over_time(({STARTED} and on (run_id) ({P95} < 3))[$__range:5s])",
                instant=True,
            ),
        ),
        ((None, PLAIN),),
        6,
        4,
    ),
    Panel(
        "p95 at its worst",
        "The highest p95 of a minute with at least 20 webhooks.",
        "number",
        "s",
        (
            Query(
                f"max_over_time(({P95} and on (run_id) {ENOUGH})[$__range:5s])",
                instant=True,
            ),
        ),
        SLOW,
        6,
        4,
    ),
    Panel(
        "Most calls in progress",
        "The highest carried load.",
        "number",
        "locale",
        (Query(f"max(max_over_time(voicesim_active_calls{{{RUN}}}[$__range]))", instant=True),),
        ((None, PLAIN),),
        6,
        4,
    ),
)

SHAPE = (
    Panel(
        "p95 against rate",
        "A point for each instant: calls that rang a second (across), p95 of the same minute (up). Flat"
        " and then steep is an agent with a knee; flat all along has room.",
        "against",
        "s",
        (Query(STARTED, "calls/s"), Query(P95, "p95")),
        SLOW,
        12,
        10,
        marks=(Mark("calls/s", unit="cps"),),
    ),
    Panel(
        "Rate and p95 over time",
        "The same two as they went: what climbs after the rate climbs is queueing.",
        "lines",
        "cps",
        (
            Query(STARTED, "calls/s"),
            Query(P95, "p95"),
        ),
        marks=(Mark("p95", unit="s", right=True),),
        width=12,
        height=10,
    ),
    Panel(
        "Offered and carried load",
        "Calls in progress against arrival rate times hold time: they part when the agent holds"
        " callers up.",
        "lines",
        "none",
        (
            Query(f"sum(voicesim_offered_load_erlangs{{{RUN}}})", "offered (erlangs)"),
            Query(f"sum(voicesim_active_calls{{{RUN}}})", "in progress"),
        ),
    ),
    Panel(
        "p95 by scenario",
        "Which wishes suffer first at the peak.",
        "lines",
        "s",
        (Query(quantile(0.95, "response_seconds", RUN, "scenario"), "{{scenario}}"),),
        SLOW,
    ),
    Panel(
        "Calls that fail at the peak",
        "Share of the calls that speak for the agent or against it.",
        "lines",
        "percentunit",
        (Query(f"run:voicesim_calls_failed:ratio_1m{{{RUN}}}", "failing"),),
        ((None, OK), (0.05, WARN), (0.1, BAD)),
    ),
    Panel(
        "Webhooks answered (a second)",
        "What the agent gets through. Level while the rate still climbs: it is full.",
        "lines",
        "reqps",
        (Query(rate("turn_response_seconds_count", RUN, "kind"), "{{kind}}"),),
    ),
)

BOARD = Board(
    uid="voicesim-peak-hour",
    title="voicesim / Peak hour",
    why="How response times follow the arrival rate, and where they bend.",
    start="now-1h",
    refresh="10s",
    variables=(Variable("run_id", "Run", "voicesim_run_info"),),
    rows=(("The peak in numbers", NUMBERS), ("Rate against response time", SHAPE)),
)
