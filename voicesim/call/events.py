"""What goes into a call (events) and what comes out of it (actions).

``Call.handle(event, now) -> list[Action]``. Several webhooks may be pending at once; each answer
names the webhook it answers by id.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from voicesim.base.findings import Finding
from voicesim.call.talk import Handover, Prompt, Reply
from voicesim.twilio.fields import Fields


class Kind(StrEnum):
    """The kinds of webhooks. All but status and other callbacks steer a call, or a leg of it."""

    VOICE = "voice"
    GATHER = "gather"
    RECORD = "record"
    DIAL = "dial"
    REDIRECT = "redirect"
    WHISPER = "whisper"
    """What a dialled party hears before it is connected."""
    WAIT = "wait"
    """What somebody hears who waits in a queue or a conference."""
    ENQUEUE = "enqueue"
    SMS = "sms"
    FALLBACK = "fallback"
    STATUS = "status"
    CALLBACK = "callback"
    """Any other request whose answer nobody waits for: of a recording, a leg, a partial result."""


CALLBACKS = frozenset({Kind.STATUS, Kind.CALLBACK})
"""The kinds whose answers do not steer anything."""


@dataclass(frozen=True, slots=True)
class HttpState:
    """What HTTP keeps for one call between webhooks: its cookies, and where it is logged in.

    Made and read by the line alone; the call only carries it from answer to next webhook.
    """

    cookies: tuple[tuple[str, str, str, str, bool], ...] = ()
    logins: tuple[Any, ...] = field(default=(), repr=False)


NO_STATE = HttpState()


class Answer(NamedTuple):
    """What came back for a webhook, redirects followed.

    ``failure`` is set when nothing usable came (refused, timed out, 4xx, too large ...); its code
    is Twilio's. ``url`` is where the answer came from in the end: relative URLs in it resolve
    against that. ``elapsed_s`` runs from webhook sent to answer complete, in real seconds.
    """

    status: int
    content_type: str
    body: bytes
    url: str
    elapsed_s: float
    failure: Finding | None = None
    findings: tuple[Finding, ...] = ()
    state: HttpState = NO_STATE


# --- events -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ring:
    """The caller dials."""


class Answered(NamedTuple):
    """Webhook ``id`` has its answer."""

    id: int
    answer: Answer


class Replied(NamedTuple):
    """The caller's reaction to the latest Ask."""

    reply: Reply


@dataclass(frozen=True, slots=True)
class Woken:
    """The time asked for with WakeAt has come."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The run is ending: hang up now."""


Event = Ring | Answered | Replied | Woken | Cut


# --- actions ------------------------------------------------------------------------------------


class SendWebhook(NamedTuple):
    """Send this request to the agent, signed; its answer comes back as Answered(id).

    ``steers`` is False for requests beside the call (status callbacks): the call goes on meanwhile.
    ``fields`` is everything that is sent and signed, in the order it is sent.
    """

    id: int
    kind: Kind
    method: str
    url: str
    fields: Fields
    steers: bool
    token: str
    """The idempotency token: the same for every try of this request."""
    state: HttpState


class WakeAt(NamedTuple):
    """Hand in Woken at ``at`` (the call's clock, s). Replaces the call's earlier WakeAt."""

    at: float


class Ask(NamedTuple):
    """Let the caller hear this; what it does comes back as Replied."""

    prompt: Prompt


class HandedOver(NamedTuple):
    """Let the caller notice how far the agent has come with giving it to somebody else."""

    how: Handover


@dataclass(frozen=True, slots=True)
class Finished:
    """The call is over and nothing of it is pending."""


Action = SendWebhook | WakeAt | Ask | HandedOver | Finished
