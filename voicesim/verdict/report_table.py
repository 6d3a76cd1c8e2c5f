"""A judged run as tables of plain text, for the terminal and the page alike."""

from dataclasses import dataclass

from voicesim.call.outcome import Outcome
from voicesim.results.audit import Audit
from voicesim.results.counts import Counts
from voicesim.results.fairness import STANDARD, Fares, fares
from voicesim.results.histogram import Histogram
from voicesim.results.result import Result
from voicesim.results.summary import Summary, callers, dropped, lags, only, summarise
from voicesim.verdict.accuracies import AGENTS_DOING, COLUMNS, accuracy_remark, accuracy_rows
from voicesim.verdict.evaluating import LEFT_OUT, Verdict
from voicesim.verdict.judging import Judged

_CALL_COLUMNS = (
    *("scenario", "persona", "offered", "started", "goal", "misheard", "unclear", "abandoned"),
    *("cut", "other"),
    *("webhooks", "mean s", "p50 s", "p95 s", "p99 s", "max s", "findings"),
)
_OWN_COLUMN = (
    *(Outcome.GOAL_REACHED, Outcome.MISHEARD, Outcome.UNCLEAR, Outcome.ABANDONED, Outcome.CUT),
)
_PERSONA_COLUMNS = (
    *("persona", "judged", "left out %", "goal %", "95 %", "to standard", "95 %"),
    *("misheard", "abandoned", "response p50 s", "wait p50 s", "gap p50 s", "gap p95 s"),
)
_DIGITS = {"turns": 1, "repeats": 2, "perceived_gap_s": 3}
_EFFORT_COLUMNS = (
    *("persona", "turns (95 %)", "to standard (95 %)", "repeats (95 %)", "to standard (95 %)"),
    *("gap mean s (95 %)", "to standard (95 %)"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells, and the ``mark`` that colours it (a verdict or level), or ""."""

    cells: tuple[str, ...]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table. The columns from ``numbers`` on, as many as ``numeric``, hold numbers."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    numbers: int = 0
    numeric: int = 0

    def is_numeric(self, column: int) -> bool:
        """Whether a column is set flush right."""
        return self.numbers <= column < self.numbers + self.numeric


def headline(judged: Judged) -> str:
    """The verdict in one line."""
    counts = dict.fromkeys(Verdict, 0)
    for gate in judged.gates:
        counts[gate.verdict] += 1
    parts = [f"{n} {verdict}" for verdict, n in counts.items() if n]
    return f"{judged.verdict.value.upper()}: of {len(judged.gates)} gates {', '.join(parts)}"


def tables(result: Result, judged: Judged) -> list[Table]:
    """All tables of a report, in order; without those that have no rows."""
    all_of_them = [
        calls_table(result.counts),
        personas_table(result.counts),
        effort_table(result.counts),
        accuracy_table(result.counts),
        gates_table(judged),
        findings_table(result.counts),
    ]
    if result.audit and result.audit.findings:
        all_of_them.append(audit_table(result.audit))
    return [table for table in all_of_them if table.rows]


def calls_table(counts: Counts) -> Table:
    """What became of the calls, by scenario and persona, and in all."""
    found = [
        Row((scenario, persona, *_cells(summarise(counts, only(scenario, persona)))))
        for scenario, persona in callers(counts)
    ]
    found.append(Row(("all", "", *_cells(summarise(counts)))))
    return Table("Calls", _CALL_COLUMNS, tuple(found), numbers=2, numeric=len(_CALL_COLUMNS) - 2)


def personas_table(counts: Counts) -> Table:
    """How callers fare by persona, and how far each is from the standard caller."""
    rows = tuple(Row(_persona_cells(one)) for one in fares(counts))
    numeric = len(_PERSONA_COLUMNS) - 1
    return Table("Personas", _PERSONA_COLUMNS, rows, numbers=1, numeric=numeric)


def _persona_cells(one: Fares) -> tuple[str, ...]:
    times, silences, apart = one.summary.response, one.summary.silences, one.distance
    return (
        one.persona,
        str(one.judged.of),
        f"{100 * one.judged.left_out:.1f}",
        f"{100 * one.judged.value:.1f}" if one.judged.of else "",
        " to ".join(f"{100 * end:.1f}" for end in one.judged.interval) if one.judged.of else "",
        f"{100 * apart.value:+.1f}{'' if apart.alike else '*'}" if apart else "",
        " to ".join(f"{100 * end:+.1f}" for end in apart.interval()) if apart else "",
        str(one.summary.ended(Outcome.MISHEARD)),
        str(one.summary.ended(Outcome.ABANDONED)),
        *_seconds(times, 50),
        *_seconds(silences.waits, 50),
        *_seconds(silences.gaps, 50, 95),
    )


def effort_table(counts: Counts) -> Table:
    """What callers had to go through by persona, and how much more than the standard caller."""
    rows = tuple(
        Row((one.persona, *(cell for name in _DIGITS for cell in _effort_cells(one, name))))
        for one in fares(counts)
    )
    numeric = len(_EFFORT_COLUMNS) - 1
    return Table("Effort", _EFFORT_COLUMNS, rows, numbers=1, numeric=numeric)


def _effort_cells(one: Fares, figure: str) -> tuple[str, str]:
    effort, digits = one.efforts[figure], _DIGITS[figure]
    more = effort.beside and effort.beside.difference
    return (
        _with_ends(effort.mean.value, effort.interval, f".{digits}f") if effort.mean else "",
        _with_ends(more.value, more.interval(), f"+.{digits}f") if more else "",
    )


def _with_ends(value: float, ends: tuple[float, float] | None, style: str) -> str:
    """A value and, where there is one, its interval."""
    within = f" ({' to '.join(format(end, style) for end in ends)})" if ends else ""
    return format(value, style) + within


def _seconds(times: Histogram, *percents: int) -> tuple[str, ...]:
    return tuple(f"{times.percentile_s(p):.3f}" if times.count else "" for p in percents)


def accuracy_table(counts: Counts) -> Table:
    """What was not reported, read back or stored as it should be, by persona and field."""
    rows = tuple(
        Row(cells, "ERROR" if comparison in AGENTS_DOING else "")
        for comparison, cells in accuracy_rows(counts)
    )
    return Table("Accuracy", COLUMNS, rows, numbers=2, numeric=len(COLUMNS) - 2)


def gates_table(judged: Judged) -> Table:
    """What each gate says."""
    rows = tuple(
        Row((g.name, g.verdict.value, g.measured, g.bound, str(g.calls), g.why), g.verdict.value)
        for g in judged.gates
    )
    columns = ("gate", "verdict", "measured", "bound", "calls", "why")
    return Table("Gates", columns, rows, numbers=4, numeric=1)


def findings_table(counts: Counts) -> Table:
    """The findings, the gravest first, each with an example."""
    order = {"ERROR": 0, "WARNING": 1, "NOTICE": 2}
    found = sorted(
        counts.findings.items(), key=lambda item: (order.get(item[0][4], 3), item[0][3], item[0])
    )
    rows = [
        Row(
            (
                level,
                code,
                str(one.count),
                f"{scenario}, {persona}" + (" (warm-up)" if warm_up else ""),
                f"call {one.example[0]}: {one.example[1]}" if one.example else "",
            ),
            level,
        )
        for (warm_up, scenario, persona, code, level), one in found
    ]
    columns = ("level", "code", "count", "calls", "for example")
    return Table("Findings", columns, tuple(rows), numbers=2, numeric=1)


def audit_table(audit: Audit) -> Table:
    """What each probe of the signature audit led to, and what is to be done."""
    rows = tuple(
        Row(
            (
                probe.level if probe.verdict == "fail" else probe.verdict,
                probe.name,
                probe.expected,
                probe.got,
                probe.code,
                probe.message,
            ),
            probe.level,
        )
        for probe in audit.probes
    )
    columns = ("verdict", "probe", "expected", "got", "code", "what to do")
    return Table("Signature audit", columns, rows)


def remarks(result: Result, judged: Judged) -> list[str]:
    """What is to be said beside the tables: what was left out, lost, dropped or late."""
    run, counts = result.run, result.counts
    total, warm_up = summarise(counts), summarise(counts, warm_up=True)
    said = [f"not to be trusted: {note.text}" for note in judged.notes]
    said += [
        f"{lost.worker} was lost with {lost.calls} calls; what it did between"
        f" {lost.from_s:.1f} s and {lost.to_s:.1f} s is unknown"
        for lost in run.lost
    ]
    if run.warm_up_s:
        said.append(
            f"left out: the warm-up, {run.warm_up_s:g} s with {warm_up.offered} calls offered,"
            f" {warm_up.finished} finished, {warm_up.found('ERROR')} ERROR findings"
        )
    misheard, unclear, cut = (total.ended(outcome) for outcome in LEFT_OUT)
    said.append(
        f"not judged for their goal: {misheard} misheard, {unclear} unclear and {cut} cut calls"
    )
    late, gone = lags(counts), dropped(counts) + dropped(counts, warm_up=True)
    said.append(
        f"{gone} calls dropped; calls started {late.percentile_s(50):.3f} s late (p50),"
        f" {late.percentile_s(99):.3f} s (p99), {late.max_s:.3f} s (max)"
    )
    said += _about_personas(counts)
    said.append(_about_audit(result.audit))
    if run.repeat_webhooks:
        said.append(f"of a hundred webhooks {run.repeat_webhooks:g} were sent twice")
    said.append(f"time scale {run.time_scale:g}, seed {run.seed}, {run.workers} workers")
    return said


def _about_personas(counts: Counts) -> list[str]:
    unlike = [one.persona for one in fares(counts) if one.distance and not one.distance.alike]
    said = []
    if summarise(counts).silences.gaps.count:
        said.append(
            "gap: from the caller's last sound to the agent's first, simulated seconds of the wait"
            " that the agent asked for and of its pauses, and real ones of its response time"
        )
    said += filter(None, (accuracy_remark(counts),))
    if unlike:
        said.append(
            f"*: {', '.join(unlike)} and {STANDARD} callers rang for different scenarios: what is"
            " between them may be due to that"
        )
    return said


def _about_audit(audit: Audit | None) -> str:
    if audit is None:
        return "signature audit: none was made"
    passed = sum(probe.verdict == "ok" for probe in audit.probes)
    return (
        f"signature audit: {passed} of {len(audit.probes)} probes as they should be;"
        f" its {audit.requests} requests are not among the calls and webhooks of the run"
    )


def scenario_lines(counts: Counts) -> list[str]:
    """One line a scenario: calls, webhooks, share that reached its goal, mean response time."""
    found = []
    for scenario in sorted({scenario for scenario, _ in callers(counts)}):
        summary = summarise(counts, only(scenario))
        goal, finished = summary.ended(Outcome.GOAL_REACHED), summary.finished
        took = summary.calls.responses.total_us / 1e6 / finished if finished else 0.0
        found.append(
            f"{scenario}: {goal} of {finished} calls reached their goal,"
            f" {summary.calls.turns} webhooks, {took:.2f} s of response time a call,"
            f" {summary.response.mean_s:.3f} s a webhook"
        )
    return found


def _cells(summary: Summary) -> tuple[str, ...]:
    times = summary.response
    return (
        str(summary.offered),
        str(summary.started),
        *(str(summary.ended(outcome)) for outcome in _OWN_COLUMN),
        str(summary.finished - summary.ended(*_OWN_COLUMN)),
        str(times.count),
        f"{times.mean_s:.3f}",
        *(f"{times.percentile_s(percent):.3f}" for percent in (50, 95, 99)),
        f"{times.max_s:.3f}",
        str(summary.found("ERROR") + summary.found("WARNING")),
    )
