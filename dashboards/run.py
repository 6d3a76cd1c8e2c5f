"""*Run*: one run, while it happens and afterwards."""

from dashboards.panels import BAD, OK, PLAIN, WARN, Board, Mark, Panel, Query, Variable

RUN = 'run_id="$run_id"'
CALLERS = f'{RUN},scenario=~"$scenario",persona=~"$persona"'
SCENARIO = f'{RUN},scenario=~"$scenario"'
GOAL = f'{CALLERS},outcome="goal_reached"'
ERRORS = f'{RUN},severity="ERROR"'
SLOW = ((None, OK), (1.0, WARN), (3.0, BAD))


def rate(family: str, labels: str = RUN, by: str = "") -> str:
    """Of a counter, a second."""
    return f"sum by ({by}) (rate(voicesim_{family}{{{labels}}}[$__rate_interval]))"


def final(family: str, labels: str = RUN) -> str:
    """The last value in the time that is shown: a run that is over has none any more."""
    return f"last_over_time(voicesim_{family}{{{labels}}}[$__range])"


def quantile(q: float, family: str, labels: str, by: str = "") -> str:
    """Of a histogram, over the last instants."""
    inner = rate(f"{family}_bucket", labels, f"{by}, le" if by else "le")
    return f"histogram_quantile({q}, {inner})"


def _number(title: str, why: str, unit: str, expr: str, steps: object, **more: object) -> Panel:
    """The latest value of ``expr``; over all of the time that is shown where it asks for that."""
    query = Query(expr, instant="$__range" in expr)
    return Panel(title, why, "number", unit, (query,), steps, 4, 4, **more)  # type: ignore[arg-type]


def among(family: str, label: str, *values: str) -> str:
    """Which of ``values`` holds: 1 for the first, 0 when none does."""
    each = (f'{n} * sum(voicesim_{family}{{{RUN},{label}="{v}"}})' for n, v in enumerate(values, 1))
    return " + ".join(each)


OUTCOMES_LIKE = (
    Mark("goal_reached", OK),
    Mark("misheard", "blue"),
    Mark("unclear", "light-blue"),
    Mark("cut", "purple"),
    Mark("wrong_result", BAD),
    Mark("webhook_failed", "dark-red"),
    Mark("twiml_invalid", "dark-orange"),
    Mark("agent_hung_up", WARN),
    Mark("abandoned", "yellow"),
    Mark("rejected", "light-orange"),
    Mark("too_many_turns", "light-red"),
    Mark("too_long", "super-light-red"),
)


TRUST = (
    _number(
        "Valid",
        "Whether the run is to be trusted. Once it is not it stays so: a worker was blocked, saturated"
        " or lost, or too many calls were dropped. The verdict is inconclusive then.",
        "none",
        f"min(voicesim_run_valid{{{RUN}}})",
        ((None, BAD), (1.0, OK)),
        words=(("1", "yes", OK), ("0", "no", BAD)),
    ),
    _number(
        "Phase",
        "The latest: in the warm-up calls are not judged; in drain nothing new arrives.",
        "none",
        f"sum(voicesim_run_active{{{RUN}}}) + {among('run_phase', 'phase', 'steady', 'drain')}",
        ((None, PLAIN),),
        words=(
            ("0", "over", "text"),
            ("1", "warm-up", "light-blue"),
            ("2", "steady", PLAIN),
            ("3", "drain", "purple"),
        ),
    ),
    _number(
        "Verdict",
        "What the gates of the run say, once it is over.",
        "none",
        among("run_verdict", "verdict", "pass", "fail", "inconclusive"),
        ((None, PLAIN),),
        words=(
            ("0", "not yet", "text"),
            ("1", "pass", OK),
            ("2", "fail", BAD),
            ("3", "inconclusive", WARN),
        ),
    ),
    _number(
        "Worst loop lag, p99",
        "How late the worst worker's loop ran, at its worst. Over 25 ms its figures begin to suffer; a run with"
        " more than 100 ms is not valid, however idle its CPU reads.",
        "s",
        f"max(max_over_time(worker:voicesim_worker_loop_lag_seconds:p99_15s{{{RUN}}}[$__range]))",
        ((None, OK), (0.025, WARN), (0.1, BAD)),
    ),
    _number(
        "Busiest worker",
        "Share of one core, at its most. A run in which a worker is over 90 % for half a minute is not valid.",
        "percentunit",
        f"max(max_over_time(voicesim_worker_cpu_ratio{{{RUN}}}[$__range]))",
        ((None, OK), (0.7, WARN), (0.9, BAD)),
    ),
    _number(
        "Dropped calls",
        "Share of the calls that were to arrive and that we could not start. Over 1 % the load was"
        " not what it says.",
        "percentunit",
        f"sum({final('calls_dropped_total')}) / sum({final('calls_scheduled_total')})",
        ((None, OK), (0.001, WARN), (0.01, BAD)),
    ),
)

AGENT = (
    _number(
        "Goals reached",
        "Share of all finished calls, after the warm-up; misheard, unclear and cut ones are in it.",
        "percentunit",
        f"sum({final('calls_total', GOAL)}) / sum({final('calls_total', CALLERS)})",
        ((None, BAD), (0.7, WARN), (0.9, OK)),
    ),
    _number(
        "Calls that fail",
        "Share of the calls that speak for the agent or against it. The gates want at most 10 %.",
        "percentunit",
        f"sum({final('calls_failed_total')}) / sum({final('calls_judged_total')})",
        ((None, OK), (0.05, WARN), (0.1, BAD)),
    ),
    _number(
        "Response time, p95",
        "Of the whole run, after its warm-up. Callers hear it as silence.",
        "s",
        f"histogram_quantile(0.95, sum by (le) ({final('response_seconds_bucket', CALLERS)}))",
        SLOW,
    ),
    _number(
        "ERROR findings",
        "What Twilio would have refused. A single one fails the gate no_errors.",
        "locale",
        f"sum({final('findings_total', ERRORS)}) or 0 * sum({final('calls_started_total')})",
        ((None, OK), (1.0, BAD)),
    ),
    _number(
        "Calls over",
        "Finished calls, after the warm-up.",
        "locale",
        f"sum({final('calls_total', CALLERS)})",
        ((None, PLAIN),),
    ),
    _number(
        "Most calls in progress",
        "The highest carried load.",
        "locale",
        f"max(max_over_time(voicesim_active_calls{{{RUN}}}[$__range]))",
        ((None, PLAIN),),
    ),
)

ARRIVALS = (
    Panel(
        "Arrivals, asked and done (calls/s)",
        "The rate that all rate tokens ask for, the calls that were to arrive, and those that rang."
        " Arrivals are Poisson: done scatters about asked. Done below asked for long: look at the"
        " workers.",
        "lines",
        "cps",
        (
            Query(f"sum(voicesim_arrivals_asked_per_second{{{RUN}}})", "asked"),
            Query(rate("calls_scheduled_total"), "to arrive"),
            Query(rate("calls_started_total"), "rang"),
        ),
    ),
    Panel(
        "Calls in progress and offered load",
        "The carried load beside the offered load in erlangs (arrival rate times mean hold time). In"
        " progress far above the offered load: calls last longer than they did.",
        "lines",
        "none",
        (
            Query(f"sum(voicesim_active_calls{{{RUN}}})", "in progress"),
            Query(f"sum(voicesim_offered_load_erlangs{{{RUN}}})", "offered (erlangs)"),
        ),
    ),
    Panel(
        "Scheduling lag",
        "By how much calls start late. That is the generator's doing, not the agent's: over 0.5 s the"
        " run's own gates call it inconclusive.",
        "lines",
        "s",
        (
            Query(quantile(0.5, "call_start_lateness_seconds", RUN), "p50"),
            Query(quantile(0.95, "call_start_lateness_seconds", RUN), "p95"),
        ),
        ((None, OK), (0.5, BAD)),
    ),
    Panel(
        "Dropped and lost calls",
        "Dropped: we could not start them. Lost: in progress in a worker that died. Both should be 0.",
        "lines",
        "short",
        (
            Query(f"sum(voicesim_calls_dropped_total{{{RUN}}})", "dropped"),
            Query(f"sum(voicesim_calls_lost_total{{{RUN}}})", "lost"),
        ),
        ((None, OK), (1.0, BAD)),
        marks=(Mark("dropped", WARN), Mark("lost", BAD)),
        most=5,
    ),
)

RESPONSE = (
    Panel(
        "Response time",
        "From webhook sent to TwiML complete, of the webhooks that steer calls, after the warm-up."
        " Callers hear it as silence; Twilio gives up at 15 s.",
        "lines",
        "s",
        tuple(
            Query(quantile(q, "response_seconds", CALLERS), f"p{q * 100:g}")
            for q in (0.5, 0.95, 0.99)
        ),
        SLOW,
    ),
    Panel(
        "Response times as a heat map",
        "How many webhooks took how long. Two bands are two kinds of answers; a band that climbs is"
        " an agent that fills up.",
        "heatmap",
        "s",
        (
            Query(
                f"sum by (le) (increase(voicesim_response_seconds_bucket{{{CALLERS}}}[$__rate_interval]))",
                "{{le}}",
            ),
        ),
    ),
    Panel(
        "Response time by kind of webhook, p95",
        "Which turns are slow: the first answer (voice), what follows speech (gather), or others.",
        "lines",
        "s",
        (Query(quantile(0.95, "turn_response_seconds", SCENARIO, "kind"), "{{kind}}"),),
        SLOW,
    ),
    Panel(
        "Length of calls, p50 and p95",
        "On the calls' own clock, whatever the time scale. Longer calls for the same wishes: the agent"
        " asks again and again.",
        "lines",
        "s",
        (
            Query(quantile(0.5, "call_duration_seconds", SCENARIO), "p50"),
            Query(quantile(0.95, "call_duration_seconds", SCENARIO), "p95"),
        ),
    ),
)

OUTCOMES = (
    Panel(
        "Calls over, by outcome (calls/s)",
        "The one reason each call ended. Misheard, unclear and cut count neither for nor against.",
        "stacked",
        "cps",
        (Query(rate("calls_total", CALLERS, "outcome"), "{{outcome}}"),),
        marks=OUTCOMES_LIKE,
    ),
    Panel(
        "Calls that fail",
        "Share of the calls that speak for the agent or against it. The gates want at most 10 %.",
        "lines",
        "percentunit",
        (
            Query(f"run:voicesim_calls_failed:ratio_1m{{{RUN}}}", "last minute"),
            Query(f"run:voicesim_calls_failed:ratio_5m{{{RUN}}}", "last five"),
        ),
        ((None, OK), (0.05, WARN), (0.1, BAD)),
    ),
    Panel(
        "Findings",
        "What Twilio would complain of, or no caller should meet, by code. Any ERROR fails the gate"
        " no_errors. The report has an example of each.",
        "table",
        "locale",
        (Query(f"sum by (code, severity) ({final('findings_total')})", "count", instant=True),),
        marks=(Mark("code", unit="string"),),  # 11217 is no number
        nothing="none",
    ),
    Panel(
        "Errors by scenario",
        "ERROR findings by scenario and code: where to look first. None is good news.",
        "table",
        "locale",
        (
            Query(
                f"sum by (scenario, reason) ({final('turn_errors_total', SCENARIO)})",
                "count",
                instant=True,
            ),
        ),
        marks=(Mark("reason", unit="string"),),
        nothing="none",
    ),
)

PERSONAS = (
    Panel(
        "Response time by persona, p95 of the whole run",
        "Personas side by side: an agent should not be slower for one than for another.",
        "bars",
        "s",
        (
            Query(
                "histogram_quantile(0.95, sum by (persona, le)"
                f" ({final('response_seconds_bucket', CALLERS)}))",
                "{{persona}}",
                instant=True,
            ),
        ),
        SLOW,
    ),
    Panel(
        "Goals reached by persona",
        "Share of all finished calls. What the recogniser misheard is in here: unclear speech will be"
        " lower, and that is a measure of the caller.",
        "bars",
        "percentunit",
        (
            Query(
                f"sum by (persona) ({final('calls_total', GOAL)})"
                f" / sum by (persona) ({final('calls_total', CALLERS)})",
                "{{persona}}",
                instant=True,
            ),
        ),
        ((None, BAD), (0.7, WARN), (0.9, OK)),
        most=1,
    ),
    Panel(
        "Calls by persona, scenario and outcome",
        "Everything that is over, after the warm-up.",
        "table",
        "locale",
        (
            Query(
                f"sum by (persona, scenario, outcome) ({final('calls_total', CALLERS)})",
                "calls",
                instant=True,
            ),
        ),
        width=24,
    ),
)

WORKERS = (
    Panel(
        "Workers by state",
        "Missing: nothing heard of it for seconds. Lost: its calls in progress are lost.",
        "lines",
        "short",
        (Query(f"sum by (state) (voicesim_workers{{{RUN}}})", "{{state}}"),),
        marks=(
            Mark("running", OK),
            Mark("missing", WARN),
            Mark("lost", BAD),
            Mark("drained", PLAIN),
        ),
    ),
    Panel(
        "CPU by worker",
        "Share of one core in its last seconds. It does not show a blocked loop: see beside it.",
        "lines",
        "percentunit",
        (Query(f"max by (worker) (voicesim_worker_cpu_ratio{{{RUN}}})", "worker {{worker}}"),),
        ((None, OK), (0.7, WARN), (0.9, BAD)),
    ),
    Panel(
        "Loop lag by worker",
        "By how much its ticks were late: the 99th percentile over 15 s, and the worst of the run.",
        "lines",
        "s",
        (
            Query(
                f"max by (worker) (worker:voicesim_worker_loop_lag_seconds:p99_15s{{{RUN}}})",
                "p99 of worker {{worker}}",
            ),
            Query(
                f"max by (worker) (voicesim_worker_loop_lag_max_seconds{{{RUN}}})",
                "worst of worker {{worker}}",
            ),
        ),
        ((None, OK), (0.025, WARN), (0.1, BAD)),
    ),
    Panel(
        "Age of the latest report",
        "Workers report every 3 s. Over 15 s a worker hangs, or the network does.",
        "lines",
        "s",
        (
            Query(
                f"max by (worker) (voicesim_worker_report_age_seconds{{{RUN}}})",
                "worker {{worker}}",
            ),
        ),
        ((None, OK), (15.0, BAD)),
    ),
)

BOARD = Board(
    uid="voicesim-run",
    title="voicesim / Run",
    why="One run: can it be trusted, what was asked and done, how did the agent do.",
    start="now-15m",
    refresh="5s",
    variables=(
        Variable("run_id", "Run", "voicesim_run_info"),
        Variable("scenario", "Scenario", 'voicesim_calls_total{run_id="$run_id"}', many=True),
        Variable("persona", "Persona", 'voicesim_calls_total{run_id="$run_id"}', many=True),
    ),
    rows=(
        ("Can it be trusted?", TRUST),
        ("How did the agent do?", AGENT),
        ("Arrivals", ARRIVALS),
        ("Response time", RESPONSE),
        ("Outcomes and findings", OUTCOMES),
        ("Personas side by side", PERSONAS),
        ("Workers", WORKERS),
    ),
)
