"""A call that walks through documents: events in, actions out, without I/O or clock.

Say, Play, Pause, Gather, Record, Redirect, Hangup and Reject are carried out here; ``call.py`` adds
what concerns a further leg.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

from voicesim.base.findings import Finding, Level
from voicesim.call import callbacks, plans
from voicesim.call import verbs as read
from voicesim.call.entries import Log, Said
from voicesim.call.events import (
    Action,
    Answer,
    Answered,
    Ask,
    Cut,
    Event,
    Finished,
    Kind,
    Replied,
    Ring,
    WakeAt,
    Woken,
)
from voicesim.call.outcome import HOST_NOT_ALLOWED, Outcome
from voicesim.call.plans import Plan, Scene, Step
from voicesim.call.sending import Sender
from voicesim.call.states import Happening, SimulatorError, State, move
from voicesim.call.talk import Prompt, Reply
from voicesim.call.terms import Target, Terms
from voicesim.twilio.fields import Party
from voicesim.twilio.twiml import Verb, parse

UNANSWERING = ("Reject", "Pause", "Redirect")
"""A document that begins with these has not answered the call yet."""
NO_VERBS: list[Verb] = []
"""Shared by all calls that have nothing left of a document; never added to."""


class Walk(Sender):
    """One call. ``began_s`` is Unix time at clock 0; ``log`` keeps what happens.

    ``ending`` and ``why`` tell how it ended once it is over.
    """

    __slots__ = ("_began", "_heard", "_plan", "_url", "_verbs")

    def __init__(
        self, sid: str, party: Party, target: Target, terms: Terms, began_s: float, log: Log
    ) -> None:
        super().__init__(sid, party, target, terms, began_s, log)
        self._url = target.url
        self._verbs = NO_VERBS
        """What is left of the document, last verb first."""
        self._heard: tuple[float, Verb, Prompt] | None = None
        """While the caller's reply is awaited: when the verb began, the verb, what it says."""
        self._plan: Plan | None = None
        self._began = 0.0
        """When the verb began that the plan is for."""

    def handle(self, event: Event, now: float) -> list[Action]:
        """Take in one event at ``now`` and say what is to be done, in order."""
        actions: list[Action] = []
        self._post_late(now, actions)
        match event:
            case Ring():
                self._ring(now, actions)
            case Answered(id_, answer):
                self._answer(id_, answer, now, actions)
            case Replied(reply):
                self._replied(reply, actions)
            case Woken():
                self._woken(now, actions)
            case Cut():
                self._cut(now, actions)
            case _:
                self._other(event, now, actions)
        self._settle(actions)
        return actions

    def _settle(self, actions: list[Action]) -> None:
        """End when nothing is pending; else be woken when the next callback is due.

        Not while the agent is awaited: its clock runs otherwise then.
        """
        beside = self._beside
        if self.steering is not None:
            return
        pending = beside is not None and (beside.pending or beside.late)
        if self.state is State.ENDING and not pending:
            self._move(Happening.ALL_ANSWERED)
            actions.append(Finished())
        elif beside and beside.late and self._heard is None:
            due = self._due() if self._plan else None
            if due is None or beside.late[0].at < due:
                actions.append(WakeAt(beside.late[0].at))

    # --- events -------------------------------------------------------------------------------

    def _other(self, event: object, now: float, actions: list[Action]) -> None:
        """Take in what only a call with a further kind of leg knows of (a websocket, say)."""
        del now, actions
        raise SimulatorError(f"a call knows nothing of {event!r}")

    def _ring(self, now: float, actions: list[Action]) -> None:
        self._move(Happening.RING)
        self._status("initiated", now, actions)
        self._status("ringing", now, actions)
        self._send(Kind.VOICE, self._target.method, self._url, (), now, actions)

    def _answer(self, id_: int, answer: Answer, now: float, actions: list[Action]) -> None:
        steers = id_ == self.steering
        if not steers and (self._beside is None or id_ not in self._beside.pending):
            raise SimulatorError(f"webhook {id_} was never sent")
        self.log.came(now, id_, answer, steers=steers)
        for finding in answer.findings:
            self.log.found(now, finding, beside=None if steers else id_)
        if not steers:
            self._answer_beside(id_, answer, now)
            return
        self.steering = None
        if self.state is not State.FETCHING:  # the call was cut while the agent thought
            return
        self._web = answer.state
        if answer.failure:
            self._fail(answer.failure, answer.url, now, actions)
            return
        document = parse(answer.body, answer.content_type, self._terms.reading)
        for finding in document.findings:
            self._found(finding, answer.url, now)
        if document.error is not None:
            self._give_up(Outcome.TWIML_INVALID, document.error, answer.url, now, actions)
            return
        self._move(Happening.DOCUMENT)
        if self._beside and self._terms.fallback_asked == "each_time":
            self._beside.fallen_back = False
        self._url = answer.url
        self._verbs = [*reversed(read.verbs_of(document))]
        self._walk(now, actions)

    def _answer_beside(self, id_: int, answer: Answer, now: float) -> None:
        beside = self._aside()
        beside.pending = tuple(other for other in beside.pending if other != id_)
        if answer.failure is None:
            return
        code, level = "15003", Level.WARNING
        message = f"a callback beside the call failed: {answer.failure.message}"
        if answer.failure.code == HOST_NOT_ALLOWED:  # that is our doing, and not the agent's
            code, level, message = HOST_NOT_ALLOWED, Level.NOTICE, answer.failure.message
        self.log.found(now, Finding(code, level, message, url=answer.url), beside=id_)

    def _replied(self, reply: Reply, actions: list[Action]) -> None:
        if self._heard is None:
            raise SimulatorError("a reply came that was not asked for")
        began, verb, prompt = self._heard
        self._heard = None
        scene = self._scene()
        plan = plans.after_reply(self.state, verb, prompt, reply, scene)
        for callback in callbacks.after_reply(self.state, verb, plan, began, scene):
            self._call_back(callback, began, actions)
        self._follow(began, plan, actions)

    def _woken(self, now: float, actions: list[Action]) -> None:
        plan = self._plan
        if plan is None:
            if not actions:  # no callback was due either
                raise SimulatorError("woken with nothing due")
            return
        if now < self._began + plan.lasts_s:
            self._too_soon(now, actions)
            return
        said = plan.said(self._began)
        if said is not None:
            self._note(said)
        self._plan = None
        self.STEPS[plan.step](self, plan, now, actions)

    def _too_soon(self, now: float, actions: list[Action]) -> None:
        """Woken before the verb is over: for a callback, or since a call may not last longer."""
        if now < self._terms.max_length_s:
            actions.append(WakeAt(self._due()))
        else:
            self._cap_length(now, actions)

    def _next(self, plan: Plan, now: float, actions: list[Action]) -> None:
        self._move(Happening.VERB_OVER)
        if plan.lasts_s <= 0:
            self._aside().idle += 1
            if self._aside().idle >= self._terms.max_idle_verbs:
                self._cap_idle(now, actions)
                return
        self._walk(now, actions)

    def _action(self, plan: Plan, now: float, actions: list[Action]) -> None:
        self._fetch(Happening.ACTION, plan, now, actions)

    def _hang_up(self, plan: Plan, now: float, actions: list[Action]) -> None:
        if plan.kind:
            extra = plan.fields()
            self._send(plan.kind, plan.method, plan.url, extra, now, actions, "completed")
        why = "the caller hung up" + (f": {plan.why}" if plan.why else "")
        self._end(Happening.HANG_UP, Outcome.ABANDONED, why, now, actions)

    STEPS: ClassVar[dict[Step, "Take"]] = {
        Step.NEXT: _next,
        Step.ACTION: _action,
        Step.HANG_UP: _hang_up,
    }
    """What follows a verb, as its plan says."""

    def _cut(self, now: float, actions: list[Action]) -> None:
        if self._beside:
            self._beside.late = ()
        if self.state in (State.ENDING, State.DONE):
            return
        self._end(Happening.CUT, Outcome.CUT, "the run ended", now, actions)

    # --- walking a document -------------------------------------------------------------------

    def _walk(self, now: float, actions: list[Action]) -> None:
        """Begin the next verb, or hang up where the document is at its end."""
        if now >= self._terms.max_length_s:
            self._cap_length(now, actions)
            return
        if self._answered_at is not None:  # Reject works on a call that was not answered yet
            while self._verbs and self._verbs[-1].name == "Reject":
                self._verbs.pop()
        if not self._verbs:
            self._document_over(now, actions)
            return
        verb = self._verbs.pop()
        for name in read.not_sent(verb):
            self._notice(f"{name} is not requested by voicesim yet", verb, now)
        if self._answers(verb):
            self._pick_up(now, actions)
        self._begin(verb, now, actions)

    def _document_over(self, now: float, actions: list[Action]) -> None:
        self._end(Happening.HANG_UP, Outcome.AGENT_HUNG_UP, "the document ended", now, actions)

    def _answers(self, verb: Verb) -> bool:
        """Whether this verb answers the call."""
        return verb.name not in UNANSWERING

    def _pick_up(self, now: float, actions: list[Action]) -> None:
        if self._answered_at is None:
            self._answered_at = now
            self._status("answered", now, actions)

    def _begin(self, verb: Verb, now: float, actions: list[Action]) -> None:
        begin = self.BEGIN.get(verb.name)
        if begin is None:
            self._not_carried(verb.name, verb, now, actions)
        else:
            begin(self, verb, now, actions)

    def _begin_talk(self, verb: Verb, now: float, actions: list[Action]) -> None:
        self._move(Happening.TALK)
        self._ask(verb, read.prompt((verb,), self._terms), now, actions)

    def _begin_gather(self, verb: Verb, now: float, actions: list[Action]) -> None:
        self._move(Happening.GATHER)
        prompt = read.prompt(verb.children, self._terms, read.gather_listening(verb))
        self._ask(verb, prompt, now, actions)

    def _begin_record(self, verb: Verb, now: float, actions: list[Action]) -> None:
        self._move(Happening.RECORD)
        beeps = read.PLAY_BEEP.of(verb.attributes.get("playBeep"))
        beep = self._terms.beep_s if beeps else 0.0
        self._ask(verb, Prompt("", beep, listening=read.record_listening(verb)), now, actions)

    def _begin_redirect(self, verb: Verb, now: float, actions: list[Action]) -> None:
        url = plans.resolve(self._url, verb.text)
        plan = Plan(0.0, 0.0, Step.ACTION, Kind.REDIRECT, url, plans.method_of(verb))
        self._fetch(Happening.REDIRECT, plan, now, actions)

    def _begin_hangup(self, verb: Verb, now: float, actions: list[Action]) -> None:
        del verb
        self._end(Happening.HANG_UP, Outcome.AGENT_HUNG_UP, "the agent hung up", now, actions)

    def _begin_reject(self, verb: Verb, now: float, actions: list[Action]) -> None:
        busy = read.REASON.of(verb.attributes.get("reason")) == "busy"
        why = f"the agent rejected it: {'busy' if busy else 'rejected'}"
        status = "busy" if busy else "no-answer"
        self._end(Happening.HANG_UP, Outcome.REJECTED, why, now, actions, status)

    BEGIN: ClassVar[dict[str, "Begin"]] = {
        "Say": _begin_talk,
        "Play": _begin_talk,
        "Pause": _begin_talk,
        "Gather": _begin_gather,
        "Record": _begin_record,
        "Redirect": _begin_redirect,
        "Hangup": _begin_hangup,
        "Reject": _begin_reject,
    }
    """How each verb begins that is carried out here; a call with a further leg adds to it."""

    # --- the small steps these are made of ----------------------------------------------------

    def _move(self, happening: Happening) -> None:
        self.state = move(self.state, happening)

    def _scene(self) -> Scene:
        return Scene(
            self._terms,
            self._url,
            self._target.account_sid,
            self.sid,
            self._next_id,
            self._began_s,
            self.party,
            self._target.called,
        )

    def _note(self, said: Said) -> None:
        """Keep what was said."""
        self.log.said(said)

    def _ask(self, verb: Verb, prompt: Prompt, now: float, actions: list[Action]) -> None:
        self._heard = (now, verb, prompt)
        self.log.heard(now, prompt)
        actions.append(Ask(prompt))

    def _follow(self, began: float, plan: Plan, actions: list[Action]) -> None:
        """Wait until a verb is over; a document that will not be gone on with is let go."""
        self._plan, self._began = plan, began
        if plan.step in (Step.ACTION, Step.HANG_UP):
            self._verbs, self._url = NO_VERBS, ""
        actions.append(WakeAt(self._due()))

    def _due(self) -> float:
        """When the verb is over, or the call for its length."""
        lasts_s = self._plan.lasts_s if self._plan else 0.0
        return min(self._began + lasts_s, self._terms.max_length_s)

    def _fetch(self, happening: Happening, plan: Plan, now: float, actions: list[Action]) -> None:
        """Ask the agent for the next document."""
        if self.turns >= self._terms.max_turns:
            why = f"{self.turns} webhooks and no end"
            self._end(Happening.CAP, Outcome.TOO_MANY_TURNS, why, now, actions)
            return
        self._move(happening)
        kind, extra = plan.kind or Kind.REDIRECT, plan.fields()
        self._send(kind, plan.method, plan.url, extra, now, actions)

    def _fail(self, failure: Finding, url: str, now: float, actions: list[Action]) -> None:
        """Nothing usable came: without a fallback the caller would hear an application error."""
        self.log.found(now, failure)
        refused = failure.code == HOST_NOT_ALLOWED
        outcome = Outcome.HOST_NOT_ALLOWED if refused else Outcome.WEBHOOK_FAILED
        self._give_up(outcome, failure, url, now, actions)

    def _give_up(
        self, outcome: Outcome, error: Finding, url: str, now: float, actions: list[Action]
    ) -> None:
        """Nothing can be done with what came from ``url``."""
        if not self._fall_back(error, url, now, actions):
            self._end(Happening.FAIL, outcome, error.message, now, actions)

    def _not_carried(self, name: str, verb: Verb, now: float, actions: list[Action]) -> None:
        self._notice(f"{name} is not carried out by voicesim yet", verb, now)
        self._end(Happening.NOT_CARRIED, Outcome.NOT_CARRIED, name, now, actions)

    def _notice(self, message: str, verb: Verb, now: float) -> None:
        finding = Finding("not-carried", Level.NOTICE, message, verb.line, verb.column, verb.name)
        self._found(finding, self._url, now)

    def _found(self, finding: Finding, url: str, now: float) -> None:
        self.log.found(now, finding if finding.url else replace(finding, url=url))

    def _cap_length(self, now: float, actions: list[Action]) -> None:
        why = f"still on the line after {self._terms.max_length_s:g} s"
        self._end(Happening.CAP, Outcome.TOO_LONG, why, now, actions)

    def _cap_idle(self, now: float, actions: list[Action]) -> None:
        why = f"{self._terms.max_idle_verbs} verbs of the call took no time"
        message = f"{why}: voicesim carries out no more of them"
        self._found(Finding("too-many-verbs", Level.ERROR, message), self._url, now)
        self._end(Happening.CAP, Outcome.TOO_MANY_TURNS, why, now, actions)

    def _end(
        self,
        happening: Happening,
        ending: Outcome,
        why: str,
        now: float,
        actions: list[Action],
        status: str = "completed",
    ) -> None:
        self._move(happening)
        self.ending, self.why, self.ended_at = ending, why, now
        self._verbs, self._heard, self._plan = NO_VERBS, None, None
        if self._beside and happening in (Happening.CAP, Happening.CUT):
            self._beside.late = ()
        self.log.ended(now, why)
        self._status("completed", now, actions, status)


Begin = Callable[[Any, Verb, float, list[Action]], None]
Take = Callable[[Any, Plan, float, list[Action]], None]
"""Methods of a Walk, or of the kind of call in whose table they are."""
