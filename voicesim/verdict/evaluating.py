"""What each gate says of what was counted."""

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
from voicesim.results.summary import Summary, dropped, lags, summarise
from voicesim.verdict import comparing, evenness
from voicesim.verdict import gates as g
from voicesim.verdict.comparing import Compared
from voicesim.verdict.wording import part, share


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
UNJUDGED = (*NOT_CARRIED, Outcome.CUT, Outcome.DROPPED)


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


def evaluate(gate: g.Gate, counts: Counts, audit: Audit | None = None) -> GateOutcome:
    """What one gate says of ``counts`` and the audit before the run, whatever the workload."""
    scope = _Scope(gate, counts, audit)
    found = _EVALUATE[type(gate)](gate, scope)
    verdict, why = found.verdict, found.why
    conclusive = verdict is Verdict.FAIL and found.by_one_call
    unsure = []
    if scope.finished < gate.min_calls and not conclusive:
        verdict = Verdict.INCONCLUSIVE
        unsure.append(f"only {scope.finished} of the {gate.min_calls} calls that it takes")
    if missing := scope.missing():
        verdict = Verdict.INCONCLUSIVE if verdict is Verdict.PASS else verdict
        unsure.append(f"no call finished of {', '.join(missing)}")
    why = "; ".join([*unsure, *([why] if why else [])])
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
        self._gate = gate

    def missing(self) -> list[str]:
        """Whom the gate names and of whom none of its calls finished, unless it takes who rang."""
        if self._gate.if_offered:
            return []
        seen = {
            name
            for warm_up, scenario, persona, _ in self.counts.calls
            if not warm_up and self._gate.covers(scenario, persona)
            for name in (("scenario", scenario), ("persona", persona))
        }
        named = [("scenario", name) for name in self._gate.scenarios]
        named += [("persona", name) for name in self._gate.personas]
        return [f"{kind} {name}" for kind, name in named if (kind, name) not in seen]

    def calls(self, *, answered: bool) -> dict[str, Calls]:
        """Finished calls by scenario: those with every webhook answered, or the others."""
        bad = {outcome.value for outcome in NOT_ANSWERED}
        aside = {outcome.value for outcome in UNJUDGED}
        found: dict[str, Calls] = {}
        for (warm_up, scenario, persona, outcome), calls in self.counts.calls.items():
            if warm_up or outcome in aside or not self._gate.covers(scenario, persona):
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
    bound = f"at least {share(gate.at_least)}"
    measured = part(good, judged)
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
    bound = f"at least {share(gate.at_least)} in less than {gate.below_s:g} s"
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
    bound = f"no group {share(gate.apart)} below all others, beyond chance"
    if not groups:
        return _Found(Verdict.PASS, "no groups large enough to compare", bound)
    lowest = max(groups, key=lambda group: group.gap)
    found = evenness.uneven(groups, gate.apart)
    measured = f"{lowest.name}: {part(lowest.good, lowest.of)}"
    return _Found(_passed(not found), measured, bound, "; ".join(map(str, found)))


def _compared(found: Compared, bound: str) -> _Found:
    why = "; ".join(f"{name}: {said}" for name, said in (found.worse | found.unsure).items())
    if not found.measured:
        return _Found(Verdict.INCONCLUSIVE, "no persona with enough calls to compare", bound, why)
    verdict = Verdict.INCONCLUSIVE if found.unsure else Verdict.PASS
    return _Found(Verdict.FAIL if found.worse else verdict, found.measured, bound, why)


def _fairness(gate: g.Fairness, scope: _Scope) -> _Found:
    points = float(100 * gate.below_at_most)
    bound = f"no persona more than {points:g} points below {gate.compared_with}"
    return _compared(comparing.goals(gate, scope.counts), bound)


def _effort(gate: g.Effort, scope: _Scope) -> _Found:
    most = f"{gate.above_at_most:g} {comparing.UNITS[gate.of][1]}"
    bound = f"no persona more than {most} above {gate.compared_with}"
    return _compared(comparing.effort(gate, scope.counts), bound)


def _dropped(gate: g.Dropped, scope: _Scope) -> _Found:
    offered, gone = summarise(scope.counts).offered, dropped(scope.counts)
    bound = f"at most {share(gate.at_most)}"
    measured = f"{gone} of {offered} calls"
    if gone <= gate.at_most * offered:
        return _Found(Verdict.PASS, measured, bound)
    return _Found(Verdict.INCONCLUSIVE, measured, bound, "we could not start as many as we should")


def _started_within(gate: g.StartedWithin, scope: _Scope) -> _Found:
    bound = f"at least {share(gate.at_least)} at most {gate.at_most_s:g} s late"
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
    return _Found(_passed(good >= at_least * times.count), part(good, times.count), bound)


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


_EVALUATE: dict[type[g.Gate], Callable[[Any, _Scope], _Found]] = {
    g.EachCall: _each_call,
    g.Success: _success,
    g.MeanResponse: _mean_response,
    g.WebhooksWithin: _webhooks_within,
    g.ValidTwiml: _valid_twiml,
    g.NoFindings: _no_findings,
    g.EvenGoals: _even_goals,
    g.Fairness: _fairness,
    g.Effort: _effort,
    g.Dropped: _dropped,
    g.StartedWithin: _started_within,
}
