"""May it ship? Each gate on what was counted, then one verdict.

Fail when a gate fails; else inconclusive when a gate is, or when there is a reason not to trust the
run; else pass. Judging reads a result and nothing else: it can be done again at any time.
"""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from voicesim.results.lookup import LOOKUP_FAILED
from voicesim.results.result import Note, Result
from voicesim.results.summary import callers, summarise
from voicesim.verdict import gates as g
from voicesim.verdict.evaluating import NOT_CARRIED, GateOutcome, Verdict, evaluate

BLIND_AT_MOST = Fraction(1, 10)
"""With a larger share of look-ups that failed nobody knows what the agent stored."""
OURS = frozenset({"loop-blocked", "cpu-saturated"})
"""Notes of a generator so busy that it adds its own time to the agent's."""


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
    """Whether a gate is about this run: its workload, and with ``if_offered`` one of its calls."""
    if gate.workloads and result.run.workload not in gate.workloads:
        return False
    if not gate.if_offered:
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
