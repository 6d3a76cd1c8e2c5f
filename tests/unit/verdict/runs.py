"""Runs to be judged, made up: so many calls of each kind, so many webhooks of each length."""

from voicesim.base.findings import Finding, Level
from voicesim.call.outcome import CallRecord, Outcome
from voicesim.call.talk import FieldValue
from voicesim.results.audit import Audit, Probed
from voicesim.results.counts import Bounds
from voicesim.results.result import LostInterval, Note, Result, RunFacts
from voicesim.results.tally import Counting, Tally
from voicesim.verdict.gates import bounds_of

FACTS = RunFacts(
    id="20260102-030405-7",
    seed=7,
    voicesim="0.1.0",
    started_at="2026-01-02T03:04:05Z",
    ended_at="2026-01-02T03:05:15Z",
    length_s=70,
    workload="peak_hour",
    target="http://127.0.0.1:8000",
    time_scale=0.1,
    users=60,
    calls_per_user_per_min=4,
    run_time_s=60,
    warm_up_s=5,
    workers=2,
    rate_curve=((0.0, 2.0), (6.0, 4.0), (60.0, 0.0)),
)
WRONG = Finding("readback-wrong", Level.ERROR, "The agent confirmed the day 'Monday'.")
ODD = Finding("12200", Level.WARNING, "The attribute colour is not known.")
BESIDE = Finding("15003", Level.WARNING, "The status callback was answered with 500.")


def record(
    index: int = 0,
    outcome: Outcome = Outcome.GOAL_REACHED,
    response_s: float = 1.0,
    findings: tuple[Finding, ...] = (),
    scenario: str = "quick_booking",
    persona: str = "standard",
    fields: tuple[FieldValue, ...] = (),
) -> CallRecord:
    """A call that is over."""
    return CallRecord(
        index=index,
        sid=f"CA{index}",
        scenario=scenario,
        persona=persona,
        caller_number="+12125550100",
        outcome=outcome,
        why="its goal is reached",
        length_s=42.5,
        turns=5,
        repeats=2,
        response_total_s=response_s,
        fields=fields,
        findings=findings,
        entries=(),
    )


def audit(level: str = "", code: str = "", message: str = "") -> Audit:
    """An audit of two probes: one as it should be, one of which this is to be said."""
    found = {"code": code, "level": level, "message": message}
    verdict = {"ERROR": "fail", "WARNING": "unclear"}.get(level, "ok")
    probes = (
        {"name": "correct request", "expected": "served", "got": "200, TwiML", "verdict": "ok"},
        {"name": "none", "expected": "refused", "got": "200, TwiML", "verdict": verdict, **found},
    )
    made = tuple(Probed.model_validate(probe) for probe in probes)
    return Audit(requests=12, calls=3, webhooks=7, probes=made)


class Run:
    """A run under way."""

    def __init__(self, bounds: Bounds | None = None) -> None:
        self.tally = Tally(Counting(seed=7, bounds=bounds or bounds_of(())))
        self._index = 0

    def calls(
        self,
        count: int,
        outcome: Outcome = Outcome.GOAL_REACHED,
        response_s: float = 1.0,
        findings: tuple[Finding, ...] = (),
        scenario: str = "quick_booking",
        persona: str = "standard",
        *,
        warm_up: bool = False,
    ) -> "Run":
        """``count`` calls that were offered, started on time and ended so."""
        for _ in range(count):
            self.tally.offered(scenario, persona, self._index % 60, warm_up=warm_up)
            self.tally.started(scenario, persona, 0.001, warm_up=warm_up)
            one = record(self._index, outcome, response_s, findings, scenario, persona)
            self.tally.finished(one, warm_up=warm_up)
            self._index += 1
        return self

    def webhooks(
        self,
        count: int,
        elapsed_s: float,
        kind: str = "gather",
        scenario: str = "quick_booking",
        persona: str = "standard",
        *,
        warm_up: bool = False,
    ) -> "Run":
        """``count`` webhooks that took so long."""
        for _ in range(count):
            self.tally.answered(scenario, persona, kind, elapsed_s, warm_up=warm_up)
        return self

    def result(
        self,
        workload: str = "peak_hour",
        notes: tuple[Note, ...] = (),
        lost: tuple[LostInterval, ...] = (),
    ) -> Result:
        """The run when it is over."""
        run = FACTS.model_copy(update={"workload": workload, "notes": notes, "lost": lost})
        return Result(run=run, counts=self.tally.counts())
