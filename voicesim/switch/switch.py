"""The telephone exchange: every call's next due time in one heap, and nothing else running.

``advance(now)`` does all that is due and returns the webhooks to be sent and the next due time;
``receive(id, answer, now)`` takes in an answer. Both are called by a thin loop (the driver) that
owns the sockets and the clock; the same switch serves real, scaled and virtual time.
"""

from dataclasses import dataclass
from heapq import heappop, heappush
from math import inf
from typing import NamedTuple

from voicesim.base.findings import Finding, Level
from voicesim.call.call import Call
from voicesim.call.events import (
    Answer,
    Answered,
    Ask,
    Cut,
    Event,
    Finished,
    HandedOver,
    Kind,
    Replied,
    Ring,
    SendWebhook,
    WakeAt,
    Woken,
)
from voicesim.call.outcome import CallRecord, Outcome, judged
from voicesim.call.states import State
from voicesim.call.talk import Caller
from voicesim.switch.clock import CallClock
from voicesim.switch.gaps import Gap, Gaps
from voicesim.switch.plan import CallPlan, MakePlan

_WOKEN = Woken()
ELSEWHERE = (State.DIALLING, State.WAITING)
"""The caller hears ringing, music or somebody else: no silence of the agent's."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one switch carries at most; a call that would exceed it is dropped, and counted."""

    calls: int = 50_000
    """Calls in progress."""
    requests: int = 2_000
    """Webhooks pending."""


class Request(NamedTuple):
    """A webhook to be sent for the call of that index. ``id`` is unique in this switch."""

    id: int
    call: int
    webhook: SendWebhook


class LiveCall(CallClock):
    """A call in progress and its clock: one object, since there may be many."""

    __slots__ = (
        "call",
        "caller",
        "index",
        "persona",
        "response_total_s",
        "scenario",
        "wake_at",
        "wake_number",
        "warm_up",
    )

    def __init__(self, plan: CallPlan, wall: float, scale: float) -> None:
        self.call = Call(plan.sid, plan.party, plan.target, plan.terms, plan.began_s, plan.log)
        self.caller: Caller = plan.caller
        super().__init__(wall, scale)
        self.index = plan.index
        self.scenario = plan.scenario
        self.persona = plan.persona
        self.warm_up = plan.warm_up
        self.response_total_s = 0.0
        self.wake_number = 0
        """The number of the heap entry that counts: an older wish of this call is passed over."""
        self.wake_at = inf
        """The time on the call's clock that it stands for."""


class Observer:
    """Told of what happens while it happens; this one looks away."""

    def started(self, plan: CallPlan, lag_s: float) -> None:
        """A call rang, ``lag_s`` after it was to (scheduling lag)."""

    def answered(self, call: "LiveCall", kind: Kind, answer: Answer) -> None:
        """A webhook has its answer, or has failed. ``call`` names scenario, persona, warm_up."""

    def sounded(self, call: "LiveCall", gap: Gap) -> None:
        """The agent sounds again after the caller did: a perceived gap is over."""

    def dropped(self, due: float) -> None:
        """A call that was to ring at wall time ``due`` was not let in by a limit or the drain."""


class Switch:
    """Carries calls. ``time_scale`` is wall seconds for a simulated second inside calls.

    ``finished`` collects the records of calls that are over; whoever drives the switch takes them.
    ``dropped`` counts calls that a limit did not let in, ``not_started`` those that a drain undid.
    """

    def __init__(
        self,
        time_scale: float = 1.0,
        limits: Limits | None = None,
        observer: Observer | None = None,
    ) -> None:
        self.finished: list[CallRecord] = []
        self.dropped = 0
        self.not_started = 0
        self._scale = time_scale
        self._limits = limits or Limits()
        self._observer = observer or Observer()
        self._heap: list[tuple[float, int, LiveCall | MakePlan]] = []
        self._in_progress = 0
        self._pending: dict[int, tuple[LiveCall, int, Kind]] = {}
        self._gaps = Gaps()
        self._outbox: list[Request] = []
        self._number = 0
        self._draining = False
        self._cut_at = inf

    @property
    def calls_in_progress(self) -> int:
        """Calls that rang and are not over."""
        return self._in_progress

    @property
    def requests_pending(self) -> int:
        """Webhooks that have no answer yet."""
        return len(self._pending)

    @property
    def idle(self) -> bool:
        """Nothing is in progress and nothing is to come."""
        return not (self._in_progress or self._heap or self._outbox)

    def place(self, make: MakePlan, at: float) -> None:
        """Have a call ring at wall time ``at``; its plan is made then. Not after a drain."""
        if self._draining:
            self._undo(at)
        else:
            self._push(at, make)

    def advance(self, now: float) -> tuple[list[Request], float | None]:
        """Do what is due at wall time ``now``; the requests to send, and when to come again.

        The due time is None when only an answer can bring things forward.
        """
        if now >= self._cut_at:
            self._cut_all(now)
        while self._heap and self._heap[0][0] <= now:
            due, number, item = heappop(self._heap)
            if isinstance(item, LiveCall):
                self._wake(item, due, number, now)
            else:
                self._arrive(item, due, now)
        while self._heap and self._stale(self._heap[0]):  # nobody shall wait for it
            heappop(self._heap)
        requests, self._outbox = self._outbox, []
        cut_at = self._cut_at if self._in_progress else inf
        due = min(self._heap[0][0] if self._heap else inf, cut_at)
        return requests, None if due == inf else due

    def receive(self, id_: int, answer: Answer, now: float) -> None:
        """Take in the answer to request ``id_``. Call ``advance`` afterwards."""
        line, webhook_id, kind = self._pending.pop(id_)
        steers = line.call.steering == webhook_id
        line.advance(now, awaiting_agent=line.call.awaiting_agent, at_most=line.wake_at)
        if steers:
            line.response_total_s += answer.elapsed_s
            self._gaps.answered(line, answer.elapsed_s, line.now)
        self._observer.answered(line, kind, answer)
        self._handle(line, Answered(webhook_id, answer), now)

    def drain(self, now: float, grace_s: float) -> None:
        """Let nothing new ring; what is in progress may end by itself until ``now + grace_s``."""
        self._draining = True
        kept = [entry for entry in self._heap if isinstance(entry[2], LiveCall)]
        for due in sorted(at for at, _, item in self._heap if not isinstance(item, LiveCall)):
            self._undo(due)
        self._heap = sorted(kept, key=lambda entry: entry[:2])
        self._cut_at = now + grace_s if self._in_progress else inf
        if now >= self._cut_at:
            self._cut_all(now)

    # --- within -------------------------------------------------------------------------------

    def _undo(self, due: float) -> None:
        self.not_started += 1
        self._observer.dropped(due)

    @staticmethod
    def _stale(entry: tuple[float, int, "LiveCall | MakePlan"]) -> bool:
        """Whether this is a wish to be woken that was since taken back."""
        _, number, item = entry
        return isinstance(item, LiveCall) and item.wake_number != number

    def _push(self, due: float, item: "LiveCall | MakePlan") -> int:
        self._number += 1
        heappush(self._heap, (due, self._number, item))
        return self._number

    def _arrive(self, make: MakePlan, due: float, now: float) -> None:
        limits = self._limits
        if self._in_progress >= limits.calls or len(self._pending) >= limits.requests:
            self.dropped += 1
            self._observer.dropped(due)
            return
        plan = make()
        line = LiveCall(plan, due, self._scale)
        self._observer.started(plan, max(now - due, 0.0))
        self._in_progress += 1
        self._handle(line, Ring(), now)

    def _wake(self, line: LiveCall, due: float, number: int, now: float) -> None:
        if line.wake_number != number:
            return
        line.set(line.wake_at, due)
        line.wake_number, line.wake_at = 0, inf
        silence_s = line.call.silence_s(line.now)
        if silence_s is not None:
            self._gaps.opens(line, silence_s, line.now)
        self._handle(line, _WOKEN, now)

    def _handle(self, line: LiveCall, event: Event, now: float) -> None:
        for action in line.call.handle(event, line.now):
            match action:
                case SendWebhook():
                    self._number += 1
                    self._pending[self._number] = (line, action.id, action.kind)
                    self._outbox.append(Request(self._number, line.index, action))
                    if action.steers:
                        self._gaps.sent(line, line.now)
                case WakeAt(at):
                    if line.call.state in ELSEWHERE:
                        self._gaps.over(line)
                    line.wake_number = self._push(line.wall_at(at), line)
                    line.wake_at = at
                case Ask(prompt):
                    gap = self._gaps.hears(line, prompt, line.now)
                    if gap:
                        self._observer.sounded(line, gap)
                        prompt = prompt._replace(waited_s=gap.total_s)
                    self._handle(line, Replied(line.caller.hear(prompt)), now)
                case HandedOver(how):
                    line.caller.handed_over(how)
                case Finished():
                    self._finish(line)

    def _cut_all(self, now: float) -> None:
        self._cut_at = inf
        lines = {item for _, _, item in self._heap if isinstance(item, LiveCall)}
        lines.update(line for line, _, _ in self._pending.values())
        for line in sorted(lines, key=lambda line: line.index):
            line.advance(now, awaiting_agent=line.call.awaiting_agent)
            line.wake_number, line.wake_at = 0, inf
            self._handle(line, Cut(), now)

    def _finish(self, line: LiveCall) -> None:
        self._in_progress -= 1
        waits = self._gaps.over(line)
        line.wake_number = 0
        call = line.call
        opinion = line.caller.opinion()
        outcome = judged(call.ending or Outcome.CUT, opinion.judgement)
        for finding in opinion.findings:
            call.log.found(call.ended_at, finding)
        if waits and opinion.waits_since and outcome is Outcome.AGENT_HUNG_UP:
            call.log.found(call.ended_at, _cut_off(call.why).in_turn(opinion.waits_since))
        self.finished.append(
            CallRecord(
                index=line.index,
                sid=call.sid,
                scenario=line.scenario,
                persona=line.persona,
                caller_number=call.party.number,
                outcome=outcome,
                why=call.why,
                length_s=call.ended_at,
                turns=call.turns,
                response_total_s=line.response_total_s,
                fields=opinion.fields,
                findings=call.log.findings,
                entries=call.log.entries(),
                warm_up=line.warm_up,
                repeats=opinion.repeats,
                keeps=opinion.keeps,
            )
        )


def _cut_off(why: str) -> Finding:
    said = "The call ended without a word when the caller had answered clearly"
    return Finding("cut-off", Level.ERROR, f"{said}: {why}.")
