"""Whom a Dial rings and what comes of it, as the terms have it; how a dialled party reacts.

Pure: times count from the moment the Dial began, in seconds on the call's clock.
"""

from typing import NamedTuple

from voicesim.call import verbs as read
from voicesim.call.events import Kind
from voicesim.call.plans import Plan, Scene, Step, action, chance
from voicesim.call.talk import Prompt, Reply, Speech
from voicesim.call.terms import Terms
from voicesim.twilio import fields
from voicesim.twilio.fields import Fields
from voicesim.twilio.twiml import Verb

MAX_LEGS = 10
"""Twilio rings at most ten parties at once."""
ROOMS = ("Conference", "Queue")
"""Nouns that are no parties to be rung. (A Queue is dialled to speak to who waits in it.)"""
RECORDS = frozenset({"true", "record-from-answer", "record-from-ringing"})


class Leg(NamedTuple):
    """One party that is rung from ``starts_s`` until, at ``ends_s``, it comes to ``status``."""

    noun: Verb
    sid: str
    to: str
    status: str
    starts_s: float
    ends_s: float

    @property
    def answers(self) -> bool:
        """Whether it picks up and is not too late."""
        return self.status == "completed"


def conference(dial: Verb) -> Verb | None:
    """The conference that a Dial leads into, if it does."""
    return next((noun for noun in dial.children if noun.name == "Conference"), None)


def legs(dial: Verb, scene: Scene) -> tuple[Leg, ...]:
    """Everybody that is rung until one answers, at once or (``sequential``) in turn."""
    nouns = dial.children[:MAX_LEGS] or (dial,)
    in_turn = read.SEQUENTIAL.of(dial.attributes.get("sequential"))
    rung: list[Leg] = []
    starts_s = 0.0
    for index, noun in enumerate(nouns):
        status, ring_s = _comes_to(dial, noun, index, scene)
        leg = Leg(noun, scene.sid("CA", index), _address(noun), status, starts_s, starts_s + ring_s)
        rung.append(leg)
        if in_turn:
            starts_s = leg.ends_s
            if leg.answers:
                break
    return _hung_up(rung)


def _comes_to(dial: Verb, noun: Verb, index: int, scene: Scene) -> tuple[str, float]:
    """What becomes of one party, and after how many seconds of ringing."""
    terms = scene.terms
    timeout_s = read.DIAL_TIMEOUT.of(dial.attributes.get("timeout")) + terms.dial_buffer_s
    statuses = terms.dial_statuses
    drawn = chance(scene.call_sid, f"dial {scene.number} {index}")
    status = statuses[int(drawn * len(statuses))] if read.rings(noun) else "failed"
    if status == "completed" and terms.dial_ring_s > timeout_s:
        status = "no-answer"
    ring_s = {"no-answer": timeout_s, "failed": 0.0}.get(status, terms.dial_ring_s)
    return status, min(ring_s, timeout_s)


def _address(noun: Verb) -> str:
    """Whom it names, as the webhooks of its leg say it."""
    name = noun.text or next((part.text for part in noun.children if part.text), "")
    return f"client:{name}" if noun.name == "Client" else name


def _hung_up(rung: list[Leg]) -> tuple[Leg, ...]:
    """The same legs, those hung up on that still ring when the first one answers."""
    first = winner(tuple(rung))
    if first is None:
        return tuple(rung)
    return tuple(
        leg
        if leg is first or leg.ends_s < first.ends_s
        else leg._replace(status="canceled", ends_s=first.ends_s)
        for leg in rung
    )


def winner(rung: tuple[Leg, ...]) -> Leg | None:
    """The party that answers first."""
    return min((leg for leg in rung if leg.answers), key=lambda leg: leg.ends_s, default=None)


def no_answer(dial: Verb, rung: tuple[Leg, ...], scene: Scene) -> Plan:
    """How a Dial goes on that nobody answers."""
    last = max(rung, key=lambda leg: leg.ends_s)
    first = min(rung, key=lambda leg: leg.ends_s)
    told = {"last": last, "first": first}[scene.terms.unanswered_status]
    extra = fields.dial_result(told.status, call_sid=told.sid, duration_s=0, bridged=False)
    return over(Kind.DIAL, dial, scene, last.ends_s, extra)


def talk_s(dial: Verb, terms: Terms) -> float:
    """How long the two talk."""
    limit_s = float(read.TIME_LIMIT.of(dial.attributes.get("timeLimit")))
    return min(terms.dial_talk_s, limit_s)


def records(dial: Verb) -> bool:
    """Whether the Dial asks for a recording."""
    return read.DIAL_RECORD.of(dial.attributes.get("record")).removesuffix("-dual") in RECORDS


def over(kind: Kind, verb: Verb, scene: Scene, lasts_s: float, extra: Fields) -> Plan:
    """What follows a Dial, an Enqueue or an Sms: its action URL, else the next verb."""
    if "action" not in verb.attributes:
        return Plan(lasts_s)
    return action(kind, verb, scene, lasts_s, 0.0, extra, Step.ACTION)


def callee(prompt: Prompt, terms: Terms) -> Reply:
    """What a dialled party does about a whisper: it hears it out, then takes the call."""
    listening = prompt.listening
    if listening is None or listening.recording:
        return Reply()
    if listening.dtmf:
        return Reply(1.0, digits=terms.dial_keys)
    return Reply(1.0, Speech("yes", "yes", 0.9, 1.0))
