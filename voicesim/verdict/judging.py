"""May it ship? Each gate on what was counted, then one verdict.

Fail when a gate fails; else inconclusive when a gate is, or when there is a reason not to trust the
run; else pass. Judging reads a result and nothing else: it can be done again at any time.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor
from typing import Any

from voicesim.call.outcome import Outcome
from voicesim.results.audit import Audit
from voicesim.results.counts import Calls, Counts
from voicesim.results.histogram import US_PER_S, Edges, Histogram, add_counts, microseconds
from voicesim.results.lookup import LOOKUP_FAILED
from voicesim.results.result import Note, Result
from voicesim.results.summary import Summary, callers, dropped, lags, summarise
from voicesim.verdict import evenness
from voicesim.verdict import gates as g


class Verdict(StrEnum):
    """What comes out."""

    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    INCONCLUSIVE = "inconclusive"

    @property
    def exit_code(self) -> int:
        """0 pass, 1 fail, 3 inconclusive (2 is for mistakes on the command line)."""
        return {Verdict.PASS: 0, Verdict.FAIL: 1, Verdict.INCONCLUSIVE: 3}[self]


NOT_ANSWERED = (
    Outcome.WEBHOOK_FAILED,
    Outcome.TWIML_INVALID,
    Outcome.REJECTED,
    Outcome.TOO_MANY_TURNS,
    Outcome.TOO_LONG,
)
"""Calls in which the agent did not answer every webhook as it should, or never came to an end."""
NOT_CARRIED = (Outcome.NOT_CARRIED, Outcome.HOST_NOT_ALLOWED)
"""Calls that we could not carry on with: nothing can be said of them."""
LEFT_OUT = (Outcome.MISHEARD, Outcome.UNCLEAR, Outcome.CUT)
"""Calls of which it is said how many did not count for the goal."""
BLIND_AT_MOST = Fraction(1, 10)
"""With a larger share of look-ups that failed nobody knows what the agent stored."""
UNJUDGED = (*NOT_CARRIED, Outcome.CUT, Outcome.DROPPED)
OURS = frozenset({"loop-blocked", "cpu-saturated"})
"""Notes of a generator so busy that it adds its own time to the agent's."""


@dataclass(frozen=True, slots=True)
class GateOutcome:
    """What a gate says: ``measured`` against ``bound`` over ``calls`` calls, and ``why``."""

    name: str
    verdict: Verdict
    measured: str
    bound: str
    calls: int
    why: str
    by_time: bool = False
    """A fail by response times alone."""

    def as_data(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "name": self.name,
            "verdict": self.verdict.value,
            "measured": self.measured,
            "bound": self.bound,
            "calls": self.calls,
            "why": self.why,
        }


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict, what each gate that applies says, and the reasons not to trust the run."""

    verdict: Verdict
    gates: tuple[GateOutcome, ...]
    notes: tuple[Note, ...]

    def as_data(self) -> dict[str, Any]:
        """As plain data, for the result document."""
        return {
            "verdict": self.verdict.value,
            "exit_code": self.verdict.exit_code,
            "gates": [gate.as_data() for gate in self.gates],
            "notes": [note.model_dump() for note in self.notes],
        }


def judge(result: Result, gates: tuple[g.Gate, ...]) -> Judged:
    """Judge ``result`` by those of ``gates`` that are about it."""
    outcomes = tuple(
        evaluate(gate, result.counts, result.audit) for gate in gates if applies(gate, result)
    )
    notes = tuple(_notes(result, judged=bool(outcomes)))
    if any(note.code in OURS for note in notes):
        outcomes = tuple(_not_blamed(outcome) for outcome in outcomes)
    verdicts = {outcome.verdict for outcome in outcomes}
    if Verdict.FAIL in verdicts:
        verdict = Verdict.FAIL
    elif Verdict.INCONCLUSIVE in verdicts or notes:
        verdict = Verdict.INCONCLUSIVE
    else:
        verdict = Verdict.PASS
    return Judged(verdict, outcomes, notes)


def applies(gate: g.Gate, result: Result) -> bool:
    """Whether a gate is about this run: its workload, and at least one call that was offered."""
    if gate.workloads and result.run.workload not in gate.workloads:
        return False
    if not gate.scenarios and not gate.personas:
        return True
    return any(gate.covers(scenario, persona) for scenario, persona in callers(result.counts))


def _not_blamed(outcome: GateOutcome) -> GateOutcome:
    """A generator that was late itself cannot say that the agent was."""
    if outcome.verdict is not Verdict.FAIL or not outcome.by_time:
        return outcome
    why = "too slow, but the generator was held up itself"
    why = f"{why}; {outcome.why}" if outcome.why else why
    return replace(outcome, verdict=Verdict.INCONCLUSIVE, why=why)


def _notes(result: Result, *, judged: bool) -> list[Note]:
    """The reasons not to trust the run: those that it brings, and those that its counts show."""
    notes = list(result.run.notes)
    total = summarise(result.counts)
    lost = total.lost + summarise(result.counts, warm_up=True).lost
    if result.run.lost or lost:
        calls = max(lost, sum(interval.calls for interval in result.run.lost))
        text = f"{calls} calls were lost with their worker."
        if not calls:
            text = (
                "A worker was lost without a call that is known of; what it did last is not known."
            )
        notes.append(Note(code="lost-calls", text=text))
    if count := total.ended(*NOT_CARRIED):
        text = f"{count} calls came to what voicesim does not carry out, or to a host not allowed."
        notes.append(Note(code="not-carried", text=text))
    blind = sum(n for (code, _), n in total.findings.items() if code == LOOKUP_FAILED)
    if blind > BLIND_AT_MOST * total.finished:
        text = f"of {total.finished} calls {blind} could not be looked up at the agent."
        notes.append(Note(code="not-looked-up", text=text))
    if not judged:
        notes.append(Note(code="no-gate", text="No gate is about this run."))
    return notes


def evaluate(gate: g.Gate, counts: Counts, audit: Audit | None = None) -> GateOutcome:
    """What one gate says of ``counts`` and the audit before the run, whatever the workload."""
    scope = _Scope(gate, counts, audit)
    found = _EVALUATE[type(gate)](gate, scope)
    verdict, why = found.verdict, found.why
    conclusive = verdict is Verdict.FAIL and found.by_one_call
    if scope.finished < gate.min_calls and not conclusive:
        verdict = Verdict.INCONCLUSIVE
        few = f"only {scope.finished} of the {gate.min_calls} calls that it takes"
        why = f"{few}; {why}" if why else few
    return GateOutcome(
        gate.name, verdict, found.measured, found.bound, scope.finished, why, found.by_time
    )


# --- within -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Found:
    verdict: Verdict
    measured: str
    bound: str
    why: str = ""
    by_one_call: bool = False
    """A fail that one bad call is enough for: it stands however few calls there were."""
    by_time: bool = False
    """A fail by response times alone, if it is one."""


class _Scope:
    """The calls that a gate is about, after the warm-up.

    ``audit`` is the one before the run, for gates that are not about some of the calls alone.
    """

    def __init__(self, gate: g.Gate, counts: Counts, audit: Audit | None) -> None:
        self.counts = counts
        self.audit = None if gate.scenarios or gate.personas else audit
        self.summary: Summary = summarise(counts, gate.covers)
        self.finished = self.summary.finished
        self._covers = gate.covers

    def calls(self, *, answered: bool) -> dict[str, Calls]:
        """Finished calls by scenario: those with every webhook answered, or the others."""
        bad = {outcome.value for outcome in NOT_ANSWERED}
        aside = {outcome.value for outcome in UNJUDGED}
        found: dict[str, Calls] = {}
        for (warm_up, scenario, persona, outcome), calls in self.counts.calls.items():
            if warm_up or outcome in aside or not self._covers(scenario, persona):
                continue
            if (outcome not in bad) is answered:
                found.setdefault(scenario, Calls()).add(calls)
        return found


def _each_call(gate: g.EachCall, scope: _Scope) -> _Found:
    edges, us = scope.counts.bounds.calls, microseconds(gate.below_s)
    bound = f"every call answered, in less than {gate.below_s:g} s in all"
    good, bad = scope.calls(answered=True), scope.calls(answered=False)
    longest = max((calls.responses.max_us for calls in (*good.values(), *bad.values())), default=0)
    if us not in edges.us:
        return _not_counted(bound, gate.below_s)
    slow = {name: _slow(calls, us, edges) for name, calls in good.items()}
    broken = {name: calls.responses.count for name, calls in bad.items()}
    judged = sum(calls.responses.count for calls in good.values()) + sum(broken.values())
    failed = sum(slow.values()) + sum(broken.values())
    measured = f"{judged - failed} of {judged} calls, {longest / US_PER_S:.3f} s at most"
    if not failed:
        return _few_if_none(judged, measured, bound)
    names = sorted(name for name in {*slow, *broken} if slow.get(name) or broken.get(name))
    why = f"{sum(broken.values())} not answered, {sum(slow.values())} too slow"
    return _Found(
        Verdict.FAIL,
        measured,
        bound,
        f"{why}: {', '.join(names)}",
        by_one_call=True,
        by_time=not any(broken.values()),
    )


def _slow(calls: Calls, us: int, edges: Edges) -> int:
    return calls.responses.count - calls.responses.below(us, edges)


def _success(gate: g.Success, scope: _Scope) -> _Found:
    summary = scope.summary
    misheard, unclear, cut = (summary.ended(outcome) for outcome in LEFT_OUT)
    judged = summary.finished - summary.ended(*UNJUDGED)
    unsettled = cut
    if gate.of == "goal":
        judged -= misheard + unclear
        unsettled += unclear
        good = summary.ended(Outcome.GOAL_REACHED)
        aside = f"{misheard} misheard, {unclear} unclear and {cut} cut calls left out"
    else:
        good = judged - summary.ended(*NOT_ANSWERED)
        aside = f"{cut} cut calls left out"
    bound = f"at least {_share(gate.at_least)}"
    measured = _part(good, judged)
    if judged < gate.min_calls:
        few = f"only {judged} of the {gate.min_calls} calls that it takes; {aside}"
        return _Found(Verdict.INCONCLUSIVE, measured, bound, few)
    passed = good >= gate.at_least * judged
    if passed and unsettled > gate.unsettled_at_most * summary.finished:
        many = f"of {summary.finished} calls {unsettled} came to nothing that can be judged"
        return _Found(Verdict.INCONCLUSIVE, measured, bound, f"{many}; {aside}")
    return _Found(_passed(passed), measured, bound, aside)


def _mean_response(gate: g.MeanResponse, scope: _Scope) -> _Found:
    times = scope.summary.response
    bound = f"less than {gate.below_s:g} s"
    if not times.count:
        return _Found(Verdict.INCONCLUSIVE, "no webhook", bound)
    passed = times.total_us < microseconds(gate.below_s) * times.count
    ms = Fraction(times.total_us, 1000 * times.count)
    shown = (floor if passed else ceil)(ms)  # never rounded across the bound
    measured = f"{shown / 1000:.3f} s over {times.count} webhooks"
    return _Found(_passed(passed), measured, bound, by_time=True)


def _webhooks_within(gate: g.WebhooksWithin, scope: _Scope) -> _Found:
    bound = f"at least {_share(gate.at_least)} in less than {gate.below_s:g} s"
    times, edges = scope.summary.response, scope.counts.bounds.webhooks
    us = microseconds(gate.below_s)
    if us not in edges.us:
        return _not_counted(bound, gate.below_s)
    found = _enough(times.below(us, edges), times, gate.at_least, bound, "no webhook")
    return replace(found, by_time=True)


def _valid_twiml(gate: g.ValidTwiml, scope: _Scope) -> _Found:
    bad = {name: calls.responses.count for name, calls in scope.calls(answered=False).items()}
    good = sum(calls.responses.count for calls in scope.calls(answered=True).values())
    codes = {
        code: n
        for (code, level), n in sorted(scope.summary.findings.items())
        if code.startswith("12") and level != "NOTICE"
    }
    measured = f"{good} of {good + sum(bad.values())} calls, {sum(codes.values())} complaints"
    bound = "every call handled with valid TwiML"
    if not bad and not codes:
        return _few_if_none(good, measured, bound)
    why = [f"{n} not handled: {name}" for name, n in sorted(bad.items())]
    why += [f"{n} x {code}" for code, n in codes.items()]
    return _Found(Verdict.FAIL, measured, bound, ", ".join(why), by_one_call=True)


def _no_findings(gate: g.NoFindings, scope: _Scope) -> _Found:
    found = {
        code: n
        for (code, level), n in sorted(scope.summary.findings.items())
        if level == gate.level
    }
    add_counts(found, scope.audit.found(gate.level) if scope.audit else {})
    measured, bound = f"{sum(found.values())} {gate.level} findings", f"no {gate.level} finding"
    if not found:
        return _Found(Verdict.PASS, measured, bound)
    why = ", ".join(f"{n} x {code}" for code, n in found.items())
    return _Found(Verdict.FAIL, measured, bound, why, by_one_call=True)


def _even_goals(gate: g.EvenGoals, scope: _Scope) -> _Found:
    groups = evenness.groups(scope.counts, gate.covers)
    bound = f"no group {_share(gate.apart)} below all others, beyond chance"
    if not groups:
        return _Found(Verdict.PASS, "no groups large enough to compare", bound)
    lowest = max(groups, key=lambda group: group.gap)
    found = evenness.uneven(groups, gate.apart)
    measured = f"{lowest.name}: {_part(lowest.good, lowest.of)}"
    return _Found(_passed(not found), measured, bound, "; ".join(map(str, found)))


def _dropped(gate: g.Dropped, scope: _Scope) -> _Found:
    offered, gone = summarise(scope.counts).offered, dropped(scope.counts)
    bound = f"at most {_share(gate.at_most)}"
    measured = f"{gone} of {offered} calls"
    if gone <= gate.at_most * offered:
        return _Found(Verdict.PASS, measured, bound)
    return _Found(Verdict.INCONCLUSIVE, measured, bound, "we could not start as many as we should")


def _started_within(gate: g.StartedWithin, scope: _Scope) -> _Found:
    bound = f"at least {_share(gate.at_least)} at most {gate.at_most_s:g} s late"
    times, edges = lags(scope.counts), scope.counts.bounds.lags
    us = microseconds(gate.at_most_s)
    if us not in edges.us:
        return _not_counted(bound, gate.at_most_s)
    found = _enough(times.at_most(us, edges), times, gate.at_least, bound, "no call started")
    if found.verdict is Verdict.PASS:
        return found
    return _Found(Verdict.INCONCLUSIVE, found.measured, bound, "calls started too late")


def _enough(good: int, times: Histogram, at_least: Fraction, bound: str, none: str) -> _Found:
    if not times.count:
        return _Found(Verdict.INCONCLUSIVE, none, bound)
    return _Found(_passed(good >= at_least * times.count), _part(good, times.count), bound)


def _few_if_none(judged: int, measured: str, bound: str) -> _Found:
    """A pass, if there was anything to pass."""
    if judged:
        return _Found(Verdict.PASS, measured, bound)
    return _Found(Verdict.INCONCLUSIVE, measured, bound, "no such call was finished")


def _not_counted(bound: str, seconds: float) -> _Found:
    why = f"the run was not counted at {seconds:g} s; run it with these gates"
    return _Found(Verdict.INCONCLUSIVE, "unknown", bound, why)


def _passed(passed: bool) -> Verdict:
    return Verdict.PASS if passed else Verdict.FAIL


def _part(good: int, of: int) -> str:
    """``good`` of ``of``, with a share rounded down: 89.96 % never reads as 90.0 %."""
    percent = f" ({good * 1000 // of / 10:.1f} %)" if of else ""
    return f"{good} of {of}{percent}"


def _share(share: Fraction) -> str:
    """A share as it is written: "90 %", "2/3"."""
    percent = share * 100
    exact = Fraction(f"{float(percent):g}") == percent
    return f"{float(percent):g} %" if exact else f"{share.numerator}/{share.denominator}"


_EVALUATE: dict[type[g.Gate], Callable[[Any, _Scope], _Found]] = {
    g.EachCall: _each_call,
    g.Success: _success,
    g.MeanResponse: _mean_response,
    g.WebhooksWithin: _webhooks_within,
    g.ValidTwiml: _valid_twiml,
    g.NoFindings: _no_findings,
    g.EvenGoals: _even_goals,
    g.Dropped: _dropped,
    g.StartedWithin: _started_within,
}
