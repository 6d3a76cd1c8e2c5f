"""A Dial or an Enqueue that is not over, and the documents heard meanwhile.

Such a document is not the call's own: a dialled party hears it before it is connected (a whisper),
or the caller while it waits in a queue or a conference.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import ClassVar
from urllib.parse import urlsplit

from voicesim.call.dialling import Leg, over, records
from voicesim.call.events import Kind
from voicesim.call.plans import Plan, Scene, resolve
from voicesim.call.terms import Terms
from voicesim.twilio.attributes import METHOD
from voicesim.twilio.callback_fields import dequeued, dequeuing, queue_result, queue_wait
from voicesim.twilio.fields import Fields, dial_result
from voicesim.twilio.twiml import Verb

HOLD_MUSIC = ("twimlets.com", "www.twimlets.com")
"""Twilio's own music on hold: it is not the agent's, so it is not requested."""


@dataclass(slots=True, kw_only=True)
class Inner(ABC):
    """One Dial or Enqueue and what it came to so far.

    ``since``: when the party answered or the caller began to wait; ``until``: when somebody comes.
    ``url`` and ``method`` are the document's, "" for none, and ``played`` whether anything in it
    took time since it was fetched last.
    ``outer_url`` and ``outer_verbs`` are what is left of the call's own document.
    """

    verb: Verb
    since: float
    until: float = inf
    url: str = ""
    method: str = "POST"
    played: bool = False
    outer_url: str = ""
    outer_verbs: list[Verb] | None = None

    NAME: ClassVar[str]
    """What messages call the document."""
    KIND: ClassVar[Kind] = Kind.WAIT
    """The kind of its webhook."""
    ALLOWED: ClassVar[frozenset[str]]
    """The verbs that may stand in it."""
    CODES: ClassVar[Mapping[str, str]] = {}
    """Twilio's codes for others, where it has one."""

    def fields(self, now: float) -> Fields:
        """What the document's webhook carries beyond the usual."""
        del now
        return ()

    @abstractmethod
    def left(self, result: str, now: float, lasts_s: float, scene: Scene) -> Plan:
        """How the call goes on that is over with this in ``lasts_s``, by ``result``."""

    @abstractmethod
    def failed(self, terms: Terms) -> str:
        """What the terms say of a document that cannot be had."""


@dataclass(slots=True, kw_only=True)
class Whisper(Inner):
    """A Dial one of whose parties answers."""

    leg: Leg

    NAME: ClassVar[str] = "whisper"
    KIND: ClassVar[Kind] = Kind.WHISPER
    ALLOWED: ClassVar[frozenset[str]] = frozenset(
        {"Say", "Play", "Pause", "Gather", "Record", "Redirect", "Hangup", "Sms"}
    )
    CODES: ClassVar[Mapping[str, str]] = {"Dial": "13201"}

    def left(self, result: str, now: float, lasts_s: float, scene: Scene) -> Plan:
        """How the call goes on once the party is connected, or gone before it was."""
        bridged = result == "bridged"
        talked_s = lasts_s if bridged else now - self.since
        status = "completed" if bridged else scene.terms.whisper_lost
        extra = dial_result(
            status, call_sid=self.leg.sid, duration_s=round(talked_s), bridged=bridged
        )
        if bridged and records(self.verb):
            sid = scene.recording_sid(round(talked_s))
            extra = (*extra, ("RecordingUrl", scene.recording_url(sid)))
        if bridged:
            extra = (*extra, *self.connected(round(talked_s), scene.terms))
        return over(Kind.DIAL, self.verb, scene, lasts_s, extra)

    def connected(self, talked_s: int, terms: Terms) -> Fields:
        """What else the action URL is told of a party that was connected."""
        del talked_s, terms
        return ()

    def failed(self, terms: Terms) -> str:
        """Whether the party is lost or connected."""
        return terms.whisper_failed


@dataclass(slots=True, kw_only=True)
class Dequeuing(Whisper):
    """A Dial into a queue: ``leg`` has waited there, and ``by`` is the call that takes it out."""

    sid: str
    by: str
    waited_s: float

    NAME: ClassVar[str] = "queue's whisper"
    ALLOWED: ClassVar[frozenset[str]] = frozenset({"Say", "Play", "Pause", "Redirect"})

    def fields(self, now: float) -> Fields:
        """The queue, how long it waited there, and who takes it out."""
        del now
        return dequeuing(queue=self.sid, waited_s=int(self.waited_s), by=self.by)

    def connected(self, talked_s: int, terms: Terms) -> Fields:
        """Of the queue, and of the call that was taken out of it."""
        if terms.dequeued == "untold":
            return ()
        waited_s = int(self.waited_s)
        return dequeued(queue=self.sid, call_sid=self.leg.sid, waited_s=waited_s, talked_s=talked_s)


@dataclass(slots=True, kw_only=True)
class Queued(Inner):
    """An Enqueue: the caller waits until somebody takes it out of the queue."""

    sid: str

    NAME: ClassVar[str] = "queue's waitUrl"
    ALLOWED: ClassVar[frozenset[str]] = frozenset(
        {"Say", "Play", "Pause", "Gather", "Redirect", "Hangup", "Leave"}
    )

    def fields(self, now: float) -> Fields:
        """The queue and how long the caller has been in it."""
        return queue_wait(queue=self.sid, waited_s=int(now - self.since))

    def left(self, result: str, now: float, lasts_s: float, scene: Scene) -> Plan:
        """How the call goes on that leaves the queue."""
        extra = queue_result(result, queue=self.sid, waited_s=int(now - self.since))
        return over(Kind.ENQUEUE, self.verb, scene, lasts_s, extra)

    def failed(self, terms: Terms) -> str:
        """Whether the call ends or waits in silence."""
        return terms.queue_failed


@dataclass(slots=True, kw_only=True)
class Joining(Inner):
    """A Dial into a conference: the caller waits until somebody else joins."""

    noun: Verb
    sid: str

    NAME: ClassVar[str] = "conference's waitUrl"
    ALLOWED: ClassVar[frozenset[str]] = frozenset({"Say", "Play", "Pause", "Redirect"})
    CODES: ClassVar[Mapping[str, str]] = dict.fromkeys(
        ("Dial", "Gather", "Record", "Hangup"), "13238"
    )

    def fields(self, now: float) -> Fields:
        """The conference."""
        del now
        return (("ConferenceSid", self.sid),)

    def left(self, result: str, now: float, lasts_s: float, scene: Scene) -> Plan:
        """How the call goes on that leaves the conference."""
        del now
        extra = dial_result("answered", bridged=result == "bridged")
        return over(Kind.DIAL, self.verb, scene, lasts_s, extra)

    def failed(self, terms: Terms) -> str:
        """Whether the call ends or waits in silence."""
        return terms.conference_failed


def whisper(dial: Verb, leg: Leg, answers: float, scene: Scene) -> Whisper:
    """What becomes of a Dial whose party ``leg`` answers."""
    noun = leg.noun
    url = "" if noun is dial else noun.attributes.get("url", "")
    url = resolve(scene.url, url) if url else ""
    method = METHOD.of(noun.attributes.get("method"))
    if noun.name != "Queue":
        return Whisper(verb=dial, since=answers, leg=leg, url=url, method=method)
    return Dequeuing(
        verb=dial,
        since=answers,
        leg=leg,
        url=url,
        method=method,
        sid=scene.named_sid("QU", noun.text),
        by=scene.call_sid,
        waited_s=scene.terms.queue_wait_s,
    )


def queue(enqueue: Verb, now: float, scene: Scene) -> Queued:
    """What becomes of an Enqueue that begins ``now``."""
    return Queued(
        verb=enqueue,
        since=now,
        until=now + scene.terms.queue_wait_s,
        sid=scene.named_sid("QU", enqueue.text),
        url=_waiting_url(enqueue, scene),
        method=METHOD.of(enqueue.attributes.get("waitUrlMethod")),
    )


def conference(dial: Verb, noun: Verb, now: float, scene: Scene) -> Joining:
    """What becomes of a Dial into a conference that begins ``now``."""
    return Joining(
        verb=dial,
        since=now,
        until=now + scene.terms.dial_ring_s,
        noun=noun,
        sid=scene.named_sid("CF", noun.text),
        url=_waiting_url(noun, scene),
        method=METHOD.of(noun.attributes.get("waitMethod")),
    )


def _waiting_url(element: Verb, scene: Scene) -> str:
    """What the caller hears while it waits; "" for Twilio's own music, and for silence."""
    url = element.attributes.get("waitUrl", "")
    if not url:
        return ""
    url = resolve(scene.url, url)
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # the line will say what is wrong
        host = ""
    return "" if host in HOLD_MUSIC else url
