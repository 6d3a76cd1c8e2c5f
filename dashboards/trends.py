"""*Trends*: results over months, from ``voicesim export`` and a backfill.

A kept result is one sample at the time its run ended: it is looked for over a step, which is an
hour at least, and never with rate().
"""

from dashboards.panels import BAD, OK, PLAIN, WARN, Board, Mark, Panel, Query, Variable
from dashboards.run import SLOW

AT = 'workload=~"$workload"'
STEP = "1h"
RANGE = "$__range"
REMEMBERED = "7d"
"""A pushed result that was not seen for so long, as Prometheus was down, counts as a new one."""


def last(family: str, labels: str = "", window: str = "$__interval") -> str:
    """The samples of results that came within ``window``, each once."""
    inside = f"{AT},{labels}" if labels else AT
    found = f"last_over_time(voicesim_result_{family}{{{inside}}}[{window}])"
    before = f"last_over_time(voicesim_result_info{{{AT}}}[{REMEMBERED}] offset {window})"
    return f"max without (job, instance) ({found} unless on (run_id) {before})"


def by_build(expr: str, how: str = "max") -> str:
    """``expr`` of each run, by the agent's build."""
    return f"{how} by (build) ({expr} * on (run_id) group_left (build) {last('info')})"


P95 = last("response_seconds", 'scenario=~"$scenario",quantile="0.95"')
AGAINST = (
    'outcome=~"wrong_result|agent_hung_up|abandoned|rejected|webhook_failed|twiml_invalid'
    '|too_many_turns|too_long"'
)
PASSED, JUDGED = 'verdict="pass"', 'verdict=~"pass|fail"'
WHOLE = 'scenario="all"'
ALL = f"sum by (run_id) ({last('calls', WHOLE)})"
FAILED = f"(sum by (run_id) ({last('calls', f'{WHOLE},{AGAINST}')}) or 0 * {ALL})"

RESPONSES = (
    Panel(
        "Response time of whole runs",
        "Exact quantiles of each run, after its warm-up. A step that stays is a regression: the"
        " panel beside it says with which build it came.",
        "points",
        "s",
        tuple(
            Query(
                "max by (scenario) ("
                + last("response_seconds", f'scenario=~"$scenario",quantile="{q}"')
                + ")",
                "p" + f"{float(q) * 100:g}" + " {{scenario}}",
            )
            for q in ("0.5", "0.95", "0.99")
        ),
        SLOW,
        interval=STEP,
    ),
    Panel(
        "p95 by the agent's build",
        "The same by what was typed with --build.",
        "points",
        "s",
        (Query(by_build(P95), "{{build}}"),),
        SLOW,
        interval=STEP,
    ),
    Panel(
        "Baselines, p95",
        "What later runs are held against: the results exported with --baseline, by workload.",
        "bars",
        "s",
        (
            Query(
                'max by (workload) (workload:voicesim_baseline_response_seconds:p95{workload=~"$workload"})',
                "{{workload}}",
                instant=True,
            ),
        ),
        SLOW,
        nothing="none",
    ),
    Panel(
        "Length of runs",
        "Until the last call ended. Runs of other lengths are not to be compared.",
        "points",
        "s",
        (Query(f"max by (workload) ({last('duration_seconds')})", "{{workload}}"),),
        interval=STEP,
    ),
)

VERDICTS = (
    Panel(
        "Calls that fail, by the agent's build",
        "Share of all finished calls of a run whose outcome speaks against the agent.",
        "points",
        "percentunit",
        (Query(by_build(f"({FAILED} / {ALL})"), "{{build}}"),),
        ((None, OK), (0.05, WARN), (0.1, BAD)),
        interval=STEP,
    ),
    Panel(
        "Verdicts",
        "Runs that ended so, by day. Inconclusive ones say nothing about the agent: mend the generator.",
        "columns",
        "short",
        (Query(f"sum by (verdict) ({last('verdict')})", "{{verdict}}"),),
        interval="1d",
        marks=(Mark("pass", OK), Mark("fail", BAD), Mark("inconclusive", WARN)),
    ),
    Panel(
        "Findings of whole runs",
        "By code and severity. A code that is new came with a build.",
        "points",
        "short",
        (
            Query(
                f"sum by (code, severity) ({last('findings')})",
                "{{code}} {{severity}}",
            ),
        ),
        interval=STEP,
    ),
    Panel(
        "Calls offered and dropped",
        "The load of each run, and what of it the generator could not start.",
        "points",
        "short",
        (
            Query(f"sum by (workload) ({last('calls_offered')})", "offered {{workload}}"),
            Query(f"sum by (workload) ({last('calls_dropped')})", "dropped {{workload}}"),
        ),
        interval=STEP,
    ),
)

TOTALS = (
    Panel(
        "Runs",
        "Results in the time that is shown.",
        "number",
        "locale",
        (
            Query(
                f"count({last('valid', window=RANGE)})",
                instant=True,
            ),
        ),
        ((None, PLAIN),),
        6,
        4,
    ),
    Panel(
        "Passed",
        "Share of the runs with a pass or a fail that passed.",
        "number",
        "percentunit",
        (
            Query(
                f"sum({last('verdict', PASSED, RANGE)}) / sum({last('verdict', JUDGED, RANGE)})",
                instant=True,
            ),
        ),
        ((None, BAD), (0.8, WARN), (0.95, OK)),
        6,
        4,
    ),
    Panel(
        "To be trusted",
        "Share of the runs that were valid.",
        "number",
        "percentunit",
        (
            Query(
                f"avg({last('valid', window=RANGE)})",
                instant=True,
            ),
        ),
        ((None, BAD), (0.8, WARN), (0.95, OK)),
        6,
        4,
    ),
    Panel(
        "Builds",
        "Builds of the agent that were run.",
        "number",
        "locale",
        (
            Query(
                f"count(count by (build) ({last('info', window=RANGE)}))",
                instant=True,
            ),
        ),
        ((None, PLAIN),),
        6,
        4,
    ),
)

BOARD = Board(
    uid="voicesim-trends",
    title="voicesim / Trends",
    why="Results over months: response times and errors by build, baselines, verdicts.",
    start="now-90d",
    refresh="",
    variables=(
        Variable("workload", "Workload", "voicesim_result_info", many=True),
        Variable("scenario", "Scenario", "voicesim_result_response_seconds"),
    ),
    rows=(
        ("In all", TOTALS),
        ("Response times", RESPONSES),
        ("Errors and verdicts", VERDICTS),
    ),
)
