"""One phone call as Twilio plays it towards the agent: a state machine without I/O or clock.

Twilio's rules are from its pages on TwiML for Voice, Gather, Record, Dial, Redirect, Reject and the
call resource; what they leave open is in ``Terms``. ``now`` is the call's own clock: seconds since
the caller dialled.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from voicesim.base.findings import Finding, Level
from voicesim.call import plans
from voicesim.call import verbs as read
from voicesim.call.entries import Log
from voicesim.call.events import (
    NO_STATE,
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
    SendWebhook,
    WakeAt,
    Woken,
)
from voicesim.call.outcome import Outcome
from voicesim.call.plans import Plan, Scene, Step
from voicesim.call.states import Happening, SimulatorError, State, move
from voicesim.call.talk import Prompt, Reply
from voicesim.call.terms import Target, Terms
from voicesim.twilio import fields as twilio_fields
from voicesim.twilio.codes import Where
from voicesim.twilio.codes import finding as twilio_finding
from voicesim.twilio.fields import Fields, Party
from voicesim.twilio.twiml import Document, Verb, parse

HOST_NOT_ALLOWED = "host-not-allowed"
STATUS_OF_EVENT = {"initiated": "initiated", "ringing": "ringing", "answered": "in-progress"}
UNANSWERING = ("Reject", "Pause", "Redirect")
"""A document that begins with these has not answered the call yet."""


FALLEN_BACK = "(the fallback's document is awaited)"
"""In place of the document's URL: a slot of its own would cost every parked call."""
NO_VERBS: list[Verb] = []
"""Shared by all calls that have nothing left of a document; never added to."""


class Call:
    """One call. ``began_s`` is Unix time at clock 0; ``log`` keeps what happens.

    ``ending`` and ``why`` tell how it ended once it is over.
    """

    __slots__ = (
        "_answered_at",
        "_began",
        "_began_s",
        "_beside",
        "_heard",
        "_next_id",
        "_plan",
        "_status_number",
        "_target",
        "_terms",
        "_url",
        "_verbs",
        "_web",
        "ended_at",
        "ending",
        "log",
        "party",
        "sid",
        "state",
        "steering",
        "turns",
        "why",
    )

    def __init__(
        self, sid: str, party: Party, target: Target, terms: Terms, began_s: float, log: Log
    ) -> None:
        self.sid = sid
        self.log = log
        self.state = State.NEW
        self.turns = 0
        self.ending: Outcome | None = None
        self.why = ""
        self.ended_at = 0.0
        self.party = party
        self._target = target
        self._terms = terms
        self._began_s = began_s
        self._answered_at: float | None = None
        self._url = target.url
        self._verbs = NO_VERBS
        """What is left of the document, last verb first."""
        self._heard: tuple[float, Verb, Prompt] | None = None
        """While the caller's reply is awaited: when the verb began, the verb, what it says."""
        self._plan: Plan | None = None
        self._began = 0.0
        """When the verb began that the plan is for."""
        self._next_id = 0
        self.steering: int | None = None
        self._beside: tuple[int, ...] = ()
        self._status_number = 0
        self._web = NO_STATE

    @property
    def awaiting_agent(self) -> bool:
        """Whether a webhook that steers the call is pending."""
        return self.steering is not None

    def handle(self, event: Event, now: float) -> list[Action]:
        """Take in one event at ``now`` and say what is to be done, in order."""
        actions: list[Action] = []
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
        if self.state is State.ENDING and self.steering is None and not self._beside:
            self._move(Happening.ALL_ANSWERED)
            actions.append(Finished())
        return actions

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
        if not steers and id_ not in self._beside:
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
        document = parse(answer.body, answer.content_type)
        for finding in document.findings:
            self._found(finding, answer.url, now)
        if document.failed:
            error = next(f for f in document.findings if f.level is Level.ERROR)
            if not self._fall_back(error, answer.url, now, actions):
                self._end(Happening.FAIL, Outcome.TWIML_INVALID, error.message, now, actions)
            return
        self._move(Happening.DOCUMENT)
        self._url = answer.url
        self._verbs = [*reversed(_verbs_of(document))]
        self._walk(now, actions)

    def _answer_beside(self, id_: int, answer: Answer, now: float) -> None:
        self._beside = tuple(other for other in self._beside if other != id_)
        if answer.failure:
            message = f"a callback beside the call failed: {answer.failure.message}"
            finding = Finding("15003", Level.WARNING, message, url=answer.url)
            self.log.found(now, finding, beside=id_)

    def _replied(self, reply: Reply, actions: list[Action]) -> None:
        if self._heard is None:
            raise SimulatorError("a reply came that was not asked for")
        began, verb, prompt = self._heard
        self._heard = None
        plan = plans.after_reply(self.state, verb, prompt, reply, self._scene())
        self._follow(began, plan, actions)

    def _woken(self, now: float, actions: list[Action]) -> None:
        plan, began = self._plan, self._began
        if plan is None:
            raise SimulatorError("woken with nothing due")
        if now < began + plan.lasts_s:
            self._cap_length(now, actions)
            return
        said = plan.said(began)
        if said is not None:
            self.log.said(said)
        self._plan = None
        match plan.step:
            case Step.NEXT:
                self._move(Happening.VERB_OVER)
                self._walk(now, actions)
            case Step.ACTION:
                self._fetch(Happening.ACTION, plan, now, actions)
            case Step.HANG_UP:
                if plan.kind:
                    extra = plan.fields()
                    self._send(plan.kind, plan.method, plan.url, extra, now, actions, "completed")
                why = "the caller hung up" + (f": {plan.why}" if plan.why else "")
                self._end(Happening.HANG_UP, Outcome.ABANDONED, why, now, actions)

    def _cut(self, now: float, actions: list[Action]) -> None:
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
            self._end(Happening.HANG_UP, Outcome.AGENT_HUNG_UP, "the document ended", now, actions)
            return
        verb = self._verbs.pop()
        for name in read.not_sent(verb):
            self._notice(f"{name} is not requested by voicesim yet", verb, now)
        if self._answered_at is None and verb.name not in UNANSWERING:
            self._answered_at = now
            self._status("answered", now, actions)
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

    def _begin_dial(self, verb: Verb, now: float, actions: list[Action]) -> None:
        missing = read.not_carried(verb)
        if missing:
            self._not_carried(missing, verb, now, actions)
            return
        if not read.dialled(verb):
            message = "this Dial names nobody that can be rung: the dialled leg fails"
            self._found(twilio_finding("13223", message, **_place(verb)), self._url, now)
        self._move(Happening.DIAL)
        self._follow(now, plans.dial(verb, self._scene()), actions)

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

    BEGIN: ClassVar[dict[str, "_Begin"]] = {
        "Say": _begin_talk,
        "Play": _begin_talk,
        "Pause": _begin_talk,
        "Gather": _begin_gather,
        "Record": _begin_record,
        "Dial": _begin_dial,
        "Redirect": _begin_redirect,
        "Hangup": _begin_hangup,
        "Reject": _begin_reject,
    }
    """How each verb that is carried out begins; a call with a further kind of leg adds to it."""

    # --- the small steps these are made of ----------------------------------------------------

    def _move(self, happening: Happening) -> None:
        self.state = move(self.state, happening)

    def _scene(self) -> Scene:
        return Scene(self._terms, self._url, self._target.account_sid, self.sid, self._next_id)

    def _ask(self, verb: Verb, prompt: Prompt, now: float, actions: list[Action]) -> None:
        self._heard = (now, verb, prompt)
        self.log.heard(now, prompt)
        actions.append(Ask(prompt))

    def _follow(self, began: float, plan: Plan, actions: list[Action]) -> None:
        """Wait until a verb is over; a document that will not be gone on with is let go."""
        self._plan, self._began = plan, began
        if plan.step is not Step.NEXT:
            self._verbs, self._url = NO_VERBS, ""
        actions.append(WakeAt(min(began + plan.lasts_s, self._terms.max_length_s)))

    def _fetch(self, happening: Happening, plan: Plan, now: float, actions: list[Action]) -> None:
        """Ask the agent for the next document."""
        if self.turns >= self._terms.max_turns:
            why = f"{self.turns} webhooks and no end"
            self._end(Happening.CAP, Outcome.TOO_MANY_TURNS, why, now, actions)
            return
        self._move(happening)
        kind, extra = plan.kind or Kind.REDIRECT, plan.fields()
        self._send(kind, plan.method, plan.url, extra, now, actions)

    def _send(
        self,
        kind: Kind,
        method: str,
        url: str,
        extra: Fields,
        now: float,
        actions: list[Action],
        status: str = "",
    ) -> None:
        """Send a webhook; it steers the call if the call is waiting for a document."""
        id_, self._next_id = self._next_id, self._next_id + 1
        steers = self.state is State.FETCHING and kind is not Kind.STATUS
        base = twilio_fields.base_fields(
            call_sid=self.sid,
            account_sid=self._target.account_sid,
            caller=self.party,
            called=self._target.called,
            call_status=status or ("ringing" if self._answered_at is None else "in-progress"),
        )
        webhook = SendWebhook(
            id=id_,
            kind=kind,
            method=method,
            url=url,
            fields=(*base, *extra),
            steers=steers,
            token=plans.token(self.sid, id_),
            state=self._web,
        )
        if steers:
            self.steering = id_
            self.turns += 1
        else:
            self._beside = (*self._beside, id_)
        self.log.sent(now, webhook, extra)
        actions.append(webhook)

    def _status(self, event: str, now: float, actions: list[Action], final: str = "") -> None:
        if not self._target.status_url or event not in self._target.status_events:
            return
        talked_s = 0.0 if self._answered_at is None else now - self._answered_at
        status = final or STATUS_OF_EVENT[event]
        extra = twilio_fields.status_callback(
            status,
            sequence=self._status_number,
            at_unix_s=self._began_s + now,
            call_duration_s=int(talked_s),
        )
        self._status_number += 1
        self._send(Kind.STATUS, "POST", self._target.status_url, extra, now, actions, status)

    def _fail(self, failure: Finding, url: str, now: float, actions: list[Action]) -> None:
        """Nothing usable came: without a fallback the caller would hear an application error."""
        self.log.found(now, failure)
        if self._fall_back(failure, url, now, actions):
            return
        refused = failure.code == HOST_NOT_ALLOWED
        outcome = Outcome.HOST_NOT_ALLOWED if refused else Outcome.WEBHOOK_FAILED
        self._end(Happening.FAIL, outcome, failure.message, now, actions)

    def _fall_back(self, error: Finding, url: str, now: float, actions: list[Action]) -> bool:
        """Ask the fallback URL for a document; False where there is none, or it failed itself.

        What is our own trouble (a host that may not be called, say) is nothing Twilio would see.
        """
        target = self._target
        asked = target.fallback_url and self._url != FALLEN_BACK and error.code.isdigit()
        if not asked or self.turns >= self._terms.max_turns:
            return False
        self._url = FALLEN_BACK
        extra = twilio_fields.fallback(error.code, url)
        self._send(Kind.FALLBACK, target.fallback_method, target.fallback_url, extra, now, actions)
        return True

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
        self.log.ended(now, why)
        self._status("completed", now, actions, status)


def _place(verb: Verb) -> Where:
    return {"line": verb.line, "column": verb.column, "element": verb.name}


def _verbs_of(document: Document) -> tuple[Verb, ...]:
    """A document's verbs; plain text is spoken and audio played, then the call ends."""
    match document.kind:
        case "text":
            return (Verb("Say", {}, " ".join(document.text.split()), (), 1, 0),)
        case "audio":
            return (Verb("Play", {}, "(the answer itself)", (), 1, 0),)
        case _:
            return document.verbs


_Begin = Callable[[Call, Verb, float, list[Action]], None]
