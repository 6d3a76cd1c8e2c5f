"""What a call sends: webhooks that steer it, and callbacks beside it, at their time."""

from typing import NamedTuple

from voicesim.base.findings import Finding, Level
from voicesim.call import plans
from voicesim.call.callbacks import STATUS_OF_EVENT, Callback
from voicesim.call.entries import Log
from voicesim.call.events import CALLBACKS, NO_STATE, Action, Kind, SendWebhook
from voicesim.call.inner import Inner
from voicesim.call.outcome import Outcome
from voicesim.call.states import State
from voicesim.call.terms import Target, Terms
from voicesim.twilio import fields as twilio_fields
from voicesim.twilio.fields import Fields, Party


class _Late(NamedTuple):
    """A webhook that is not sent before ``at``."""

    at: float
    webhook: SendWebhook
    extra: Fields


class Beside:
    """What few calls have: callbacks, a document that is not the call's own, idle verbs."""

    __slots__ = (
        *("fallen_back", "idle", "inner", "late", "pending", "status_number"),
        "too_many",
    )

    def __init__(self) -> None:
        self.pending: tuple[int, ...] = ()
        """Webhooks beside the call that are not answered yet."""
        self.late: tuple[_Late, ...] = ()
        """Callbacks that are not due yet, the next one first."""
        self.status_number = 0
        self.too_many = False
        """Whether it was told that no more callbacks are sent."""
        self.fallen_back = False
        """Whether the document that is awaited is the fallback URL's."""
        self.idle = 0
        """Verbs that took no time."""
        self.inner: Inner | None = None


class Sender:
    """The part of a call that knows what every webhook carries. ``log`` keeps what happens."""

    __slots__ = (
        "_answered_at",
        "_began_s",
        "_beside",
        "_next_id",
        "_target",
        "_terms",
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
        self.steering: int | None = None
        self._target = target
        self._terms = terms
        self._began_s = began_s
        self._answered_at: float | None = None
        self._next_id = 0
        self._beside: Beside | None = None
        self._web = NO_STATE

    @property
    def awaiting_agent(self) -> bool:
        """Whether a webhook that steers the call is pending."""
        return self.steering is not None

    def _aside(self) -> Beside:
        if self._beside is None:
            self._beside = Beside()
        return self._beside

    def _base(self, status: str = "") -> Fields:
        """The fields of every webhook of this call."""
        base = twilio_fields.base_fields(
            call_sid=self.sid,
            account_sid=self._target.account_sid,
            caller=self.party,
            called=self._target.called,
            call_status=status or ("ringing" if self._answered_at is None else "in-progress"),
        )
        return tuple(base)

    def _leg_base(self) -> Fields:
        """The fields of what steers the leg that a document is being played to."""
        return self._base()

    # --- what steers the call -----------------------------------------------------------------

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
        steers = self.state is State.FETCHING and kind not in CALLBACKS
        base = self._base(status) if status else self._leg_base()
        webhook = self._webhook(kind, method, url, (*base, *extra), steers=steers)
        if steers:
            self.steering = webhook.id
            self.turns += 1
        self._post(now, webhook, extra, actions)

    def _webhook(
        self, kind: Kind, method: str, url: str, fields: Fields, *, steers: bool
    ) -> SendWebhook:
        id_, self._next_id = self._next_id, self._next_id + 1
        token = plans.token(self.sid, id_)
        return SendWebhook(id_, kind, method, url, fields, steers, token, self._web)

    def _post(self, now: float, webhook: SendWebhook, extra: Fields, actions: list[Action]) -> None:
        if not webhook.steers:
            beside = self._aside()
            beside.pending = (*beside.pending, webhook.id)
        self.log.sent(now, webhook, extra)
        actions.append(webhook)

    def _fall_back(self, error: Finding, url: str, now: float, actions: list[Action]) -> bool:
        """Ask the fallback URL for a document; False where there is none, or it failed itself.

        What is our own trouble (a host that may not be called, say) is nothing Twilio would see.
        """
        target, beside = self._target, self._beside
        failed_too = beside is not None and beside.fallen_back
        asked = target.fallback_url and not failed_too and error.code.isdigit()
        if not asked or self.turns >= self._terms.max_turns:
            return False
        self._aside().fallen_back = True
        extra = twilio_fields.fallback(error.code, url)
        self._send(Kind.FALLBACK, target.fallback_method, target.fallback_url, extra, now, actions)
        return True

    # --- what is beside it --------------------------------------------------------------------

    def _status(self, event: str, now: float, actions: list[Action], final: str = "") -> None:
        if not self._target.status_url or event not in self._target.status_events:
            return
        talked_s = 0.0 if self._answered_at is None else now - self._answered_at
        status = final or STATUS_OF_EVENT[event]
        beside = self._aside()
        extra = twilio_fields.status_callback(
            status,
            sequence=beside.status_number,
            at_unix_s=self._began_s + now,
            call_duration_s=int(talked_s),
            sip_code=self._terms.sip_response_code == "always",
        )
        beside.status_number += 1
        url = self._target.status_url
        self._call_back(Callback(now, url, "POST", extra, None, Kind.STATUS, status), now, actions)

    def _call_back(self, callback: Callback, now: float, actions: list[Action]) -> None:
        """Send a callback at its time, as late and as often as the terms have it."""
        if callback.kind is Kind.CALLBACK and not self._may_call_back(now):
            return
        base = self._base(callback.status) if callback.base is None else callback.base
        fields = (*base, *callback.extra)
        webhook = self._webhook(callback.kind, callback.method, callback.url, fields, steers=False)
        self._put(callback, webhook, now, actions)
        if plans.chance(self.sid, f"twice {webhook.id}") < self._terms.callback_duplicates:
            again = self._webhook(webhook.kind, webhook.method, webhook.url, fields, steers=False)
            self._put(callback, again._replace(token=webhook.token), now, actions)

    def _may_call_back(self, now: float) -> bool:
        """Whether there were not too many; that there were is told once."""
        if self._next_id - self.turns < self._terms.max_callbacks:
            return True
        if not self._aside().too_many:
            self._aside().too_many = True
            message = f"{self._terms.max_callbacks} callbacks: no more are sent in this call"
            self.log.found(now, Finding("not-carried", Level.NOTICE, message))
        return False

    def _put(
        self, callback: Callback, webhook: SendWebhook, now: float, actions: list[Action]
    ) -> None:
        jitter_s = self._terms.callback_jitter_s if self.ending is not Outcome.CUT else 0.0
        at = callback.at + jitter_s * plans.chance(self.sid, f"late {webhook.id}")
        if at <= now:
            self._post(now, webhook, callback.extra, actions)
            return
        beside = self._aside()
        late = (*beside.late, _Late(at, webhook, callback.extra))
        beside.late = tuple(sorted(late, key=lambda entry: (entry.at, entry.webhook.id)))

    def _post_late(self, now: float, actions: list[Action]) -> None:
        """Send the callbacks that are due."""
        while self._beside and self._beside.late and self._beside.late[0].at <= now:
            (_, webhook, extra), *rest = self._beside.late
            self._beside.late = tuple(rest)
            self._post(now, webhook, extra, actions)
