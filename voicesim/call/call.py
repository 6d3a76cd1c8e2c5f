"""One phone call as Twilio plays it towards the agent: a state machine without I/O or clock.

Twilio's rules are from its pages on TwiML for Voice and the call resource; what they leave open is
in ``Terms``. ``now`` is the call's own clock: seconds since the caller dialled.

Documents are walked in ``walking.py``; here are the verbs that bring another party in (Dial,
Enqueue, Leave, Sms) and the documents that are heard meanwhile.
"""

from typing import ClassVar

from voicesim.base.findings import Finding
from voicesim.call import callbacks, dialling
from voicesim.call import inner as within
from voicesim.call import verbs as read
from voicesim.call.entries import Said
from voicesim.call.events import Action, HandedOver, Kind
from voicesim.call.inner import Inner, Queued, Whisper
from voicesim.call.outcome import Outcome
from voicesim.call.plans import Plan, Step
from voicesim.call.states import Happening
from voicesim.call.talk import Handover, Prompt
from voicesim.call.walking import NO_VERBS, Begin, Take, Walk
from voicesim.twilio.callback_fields import queue_result, sms_result
from voicesim.twilio.codes import finding as twilio_finding
from voicesim.twilio.fields import Fields
from voicesim.twilio.twiml import Verb


class Call(Walk):
    """One call, with everything that is carried out."""

    __slots__ = ()

    @property
    def _inner(self) -> Inner | None:
        """The Dial or Enqueue that is not over, once a party answered or the caller waits."""
        return self._beside.inner if self._beside else None

    # --- Dial ---------------------------------------------------------------------------------

    def _begin_dial(self, verb: Verb, now: float, actions: list[Action]) -> None:
        missing = read.not_carried(verb)
        if missing:
            self._not_carried(missing, verb, now, actions)
            return
        actions.append(HandedOver(Handover.TRIED))
        scene = self._scene()
        room = dialling.conference(verb)
        if room:
            joining = within.conference(verb, room, now, scene)
            for callback in callbacks.of_joining(joining, scene):
                self._call_back(callback, now, actions)
            self._wait(joining, now, actions)
            return
        rung = dialling.legs(verb, scene)
        self._move(Happening.DIAL)
        for leg in rung:
            for callback in callbacks.of_ringing(leg, now, scene):
                self._call_back(callback, now, actions)
        first = dialling.winner(rung)
        if first is None:
            self._follow(now, dialling.no_answer(verb, rung, scene), actions)
            return
        self._aside().inner = within.whisper(verb, first, now + first.ends_s, scene)
        self._follow(now, Plan(first.ends_s, step=Step.CONNECT), actions)

    def _connect(self, plan: Plan, now: float, actions: list[Action]) -> None:
        """A party answers, or somebody comes to who waits."""
        del plan
        inner = self._inner
        if isinstance(inner, Whisper) and inner.url:
            self._play_inner(inner, now, actions)
        elif inner is not None:
            self._bridge(inner, now, actions)

    def _bridge(self, inner: Inner, now: float, actions: list[Action]) -> None:
        """The caller and somebody else talk from now on."""
        self._leave(inner)
        actions.append(HandedOver(Handover.DONE))
        self._move(Happening.CONNECT)
        self._pick_up(now, actions)
        scene = self._scene()
        queued = isinstance(inner, Queued)
        lasts_s = scene.terms.dial_talk_s if queued else dialling.talk_s(inner.verb, scene.terms)
        for callback in callbacks.of_bridge(inner, now, now + lasts_s, scene):
            self._call_back(callback, now, actions)
        self._follow(now, inner.left("bridged", now, lasts_s, scene), actions)

    def _drop_leg(self, inner: Whisper, now: float, actions: list[Action]) -> None:
        """The party that answered is gone before it was connected."""
        self._leave(inner)
        self._move(Happening.CONNECT)
        scene = self._scene()
        for callback in callbacks.of_hanging_up(inner.leg, inner.since, now, scene):
            self._call_back(callback, now, actions)
        self._follow(now, inner.left("hangup", now, 0.0, scene), actions)

    # --- Enqueue and Leave --------------------------------------------------------------------

    def _begin_enqueue(self, verb: Verb, now: float, actions: list[Action]) -> None:
        actions.append(HandedOver(Handover.TRIED))
        result = self._terms.queue_result
        if result == "bridged":
            self._wait(within.queue(verb, now, self._scene()), now, actions)
            return
        if result == "queue-full":
            message = "the queue is full: the caller is not enqueued"
            self._found(twilio_finding("14207", message, **read.place(verb)), self._url, now)
        self._move(Happening.DIAL)
        extra = queue_result(result)
        plan = dialling.over(Kind.ENQUEUE, verb, self._scene(), 0.0, extra)
        self._follow(now, plan, actions)

    def _begin_leave(self, verb: Verb, now: float, actions: list[Action]) -> None:
        inner = self._inner
        if not isinstance(inner, Queued):  # there is nothing to leave
            if self._terms.leave_outside == "ends":
                why = "the agent left a queue that the caller was not in"
                self._end(Happening.HANG_UP, Outcome.AGENT_HUNG_UP, why, now, actions)
            else:
                self._pass_over(now, actions)
            return
        del verb
        self._leave(inner)
        self._move(Happening.CONNECT)
        self._follow(now, inner.left("leave", now, 0.0, self._scene()), actions)

    def _pass_over(self, now: float, actions: list[Action]) -> None:
        """Go on with the next verb, though not at once: a document may hold thousands of these."""
        self._move(Happening.TALK)
        self._follow(now, Plan(0.0), actions)

    # --- Sms ----------------------------------------------------------------------------------

    def _begin_sms(self, verb: Verb, now: float, actions: list[Action]) -> None:
        if not verb.text:  # Twilio sends nothing
            self._pass_over(now, actions)
            return
        scene = self._scene()
        sid = scene.sid("SM")
        for callback in callbacks.of_sms(verb, sid, now, scene):
            self._call_back(callback, now, actions)
        self._move(Happening.DIAL)
        extra = sms_result(sid=sid, status=self._terms.sms_status)
        self._follow(now, dialling.over(Kind.SMS, verb, scene, 0.0, extra), actions)

    # --- documents that are not the call's own ------------------------------------------------

    def _wait(self, inner: Inner, now: float, actions: list[Action]) -> None:
        """Let the caller wait, with the agent's document to hear, if it has one."""
        self._aside().inner = inner
        if inner.url:
            self._play_inner(inner, now, actions)
        else:
            self._wait_silently(inner, now, actions)

    def _wait_silently(self, inner: Inner, now: float, actions: list[Action]) -> None:
        self._move(Happening.WAIT)
        self._follow(now, Plan(max(inner.until - now, 0.0), step=Step.CONNECT), actions)

    def _play_inner(self, inner: Inner, now: float, actions: list[Action]) -> None:
        """Fetch the inner document, for the first time or once more."""
        if inner.outer_verbs is None:
            inner.outer_url, inner.outer_verbs = self._url, self._verbs
            self._url, self._verbs = "", NO_VERBS
        inner.played = False
        extra = inner.fields(now)
        plan = Plan(0.0, 0.0, Step.ACTION, inner.KIND, inner.url, inner.method, extra)
        self._fetch(Happening.INNER, plan, now, actions)

    def _leave(self, inner: Inner) -> None:
        """The inner document is over; the call's own is in force again."""
        if inner.outer_verbs is not None:
            self._url, self._verbs = inner.outer_url, inner.outer_verbs
        self._aside().inner = None
        self._plan = self._heard = None

    def _document_over(self, now: float, actions: list[Action]) -> None:
        inner = self._inner
        if inner is None:
            super()._document_over(now, actions)
        elif isinstance(inner, Whisper):
            self._bridge(inner, now, actions)
        elif inner.played or self._terms.short_wait == "again":
            self._play_inner(inner, now, actions)
        else:  # it takes no time: what Twilio does is not known, so that nobody is blamed
            self._wait_silently(inner, now, actions)

    def _walk(self, now: float, actions: list[Action]) -> None:
        inner = self._inner
        if inner is not None and now >= inner.until:
            self._bridge(inner, now, actions)
        else:
            super()._walk(now, actions)

    def _too_soon(self, now: float, actions: list[Action]) -> None:
        inner = self._inner
        if inner is not None and now >= inner.until:
            self._bridge(inner, now, actions)
        else:
            super()._too_soon(now, actions)

    def _follow(self, began: float, plan: Plan, actions: list[Action]) -> None:
        if self._inner is not None and plan.lasts_s > 0:
            self._inner.played = True
        super()._follow(began, plan, actions)

    def _due(self) -> float:
        inner = self._inner
        return super()._due() if inner is None else min(super()._due(), inner.until)

    def _begin(self, verb: Verb, now: float, actions: list[Action]) -> None:
        inner = self._inner
        if inner is None or verb.name in inner.ALLOWED:
            super()._begin(verb, now, actions)
            return
        code = inner.CODES.get(verb.name)
        if not code:
            self._not_carried(f"{verb.name} in a {inner.NAME}", verb, now, actions)
            return
        skips = self._terms.inner_verb == "skipped"
        then = "it is skipped" if skips else "the rest of it is not played"
        message = f"<{verb.name}> may not stand in a {inner.NAME}: {then}"
        self._found(twilio_finding(code, message, **read.place(verb)), self._url, now)
        if skips:
            self._pass_over(now, actions)
            return
        self._verbs = NO_VERBS
        if isinstance(inner, Whisper):
            self._drop_leg(inner, now, actions)
        else:
            self._wait_silently(inner, now, actions)

    def _begin_hangup(self, verb: Verb, now: float, actions: list[Action]) -> None:
        inner = self._inner
        if isinstance(inner, Whisper):
            self._drop_leg(inner, now, actions)
            return
        self._tell_left(now, actions)
        super()._begin_hangup(verb, now, actions)

    def _hang_up(self, plan: Plan, now: float, actions: list[Action]) -> None:
        self._tell_left(now, actions)
        super()._hang_up(plan, now, actions)

    def _tell_left(self, now: float, actions: list[Action]) -> None:
        """Tell the action URL, beside the call, that the caller hung up while it waited."""
        inner = self._inner
        if inner is None:
            return
        self._leave(inner)
        left = inner.left("hangup", now, 0.0, self._scene())
        if left.kind:
            extra = left.fields()
            self._send(left.kind, left.method, left.url, extra, now, actions, "completed")

    def _give_up(
        self, outcome: Outcome, error: Finding, url: str, now: float, actions: list[Action]
    ) -> None:
        inner = self._inner
        then = "ends" if inner is None else inner.failed(self._terms)
        if inner is None or then == "ends" or outcome is Outcome.HOST_NOT_ALLOWED:
            if inner is not None:
                self._leave(inner)
            super()._give_up(outcome, error, url, now, actions)
            return
        self._move(Happening.INNER_FAILED)
        if then == "connected":
            self._bridge(inner, now, actions)
        elif isinstance(inner, Whisper):
            self._drop_leg(inner, now, actions)
        else:
            self._wait_silently(inner, now, actions)

    # --- who hears it -------------------------------------------------------------------------

    def _answers(self, verb: Verb) -> bool:
        if isinstance(self._inner, Whisper):
            return False
        bridges = read.ANSWER_ON_BRIDGE.of(verb.attributes.get("answerOnBridge"))
        return super()._answers(verb) and not (verb.name == "Dial" and bridges)

    def _leg_base(self) -> Fields:
        inner = self._inner
        if not isinstance(inner, Whisper):
            return super()._leg_base()
        return callbacks.leg_base(inner.leg, "in-progress", self._scene())

    def _ask(self, verb: Verb, prompt: Prompt, now: float, actions: list[Action]) -> None:
        if not isinstance(self._inner, Whisper):
            super()._ask(verb, prompt, now, actions)
            return
        self._heard = (now, verb, prompt)  # the caller hears nothing of it
        self._replied(dialling.callee(prompt, self._terms), actions)

    def silence_s(self, now: float) -> float | None:
        """How long the caller that spoke or pressed has been silent, where its verb is over now."""
        plan = self._plan
        if plan is None or now < self._began + plan.lasts_s:
            return None
        return plan.silence_s(self._terms)

    def _note(self, said: Said) -> None:
        if not isinstance(self._inner, Whisper):
            super()._note(said)

    BEGIN: ClassVar[dict[str, Begin]] = {
        **Walk.BEGIN,
        "Dial": _begin_dial,
        "Enqueue": _begin_enqueue,
        "Hangup": _begin_hangup,
        "Leave": _begin_leave,
        "Sms": _begin_sms,
    }
    STEPS: ClassVar[dict[Step, Take]] = {
        **Walk.STEPS,
        Step.HANG_UP: _hang_up,
        Step.CONNECT: _connect,
    }
