"""Plays a call against scripted documents and a scripted caller; gives back all that it did."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from uuid import UUID

from voicesim.base.findings import Finding, Level
from voicesim.call.call import Call
from voicesim.call.entries import FullLog
from voicesim.call.events import (
    NO_STATE,
    Action,
    Answer,
    Answered,
    Ask,
    Event,
    Finished,
    HttpState,
    Kind,
    Replied,
    Ring,
    SendWebhook,
    WakeAt,
    Woken,
)
from voicesim.call.plans import derived
from voicesim.call.talk import Reply, Speech
from voicesim.call.terms import Target, Terms
from voicesim.twilio.fields import Fields, Party, base_fields

SID = "CA" + "5" * 32
ACCOUNT = "AC" + "1" * 32
CALLER = Party("+15005550006", "Springfield", "IL", "62701", "US")
CALLED = Party("+15005550001")
URL = "http://127.0.0.1:9/voice?tenant=7"
STATUS_URL = "http://127.0.0.1:9/status"
TARGET = Target(URL, CALLED, ACCOUNT)
EVERY_STATUS = replace(
    TARGET, status_url=STATUS_URL, status_events=("initiated", "ringing", "answered", "completed")
)
TERMS = Terms()
BEGAN_S = 1_795_255_800.0  # Sat, 21 Nov 2026 09:30:00 +0000
SILENT = Reply()
HANGUP = "<Response><Hangup/></Response>"

Scripted = str | Answer
Timed = tuple[float, Action]


def twiml(verbs: str) -> str:
    return f"<Response>{verbs}</Response>"


def answer(
    body: str | bytes, content_type: str = "text/xml", url: str = "", status: int = 200
) -> Answer:
    data = body.encode() if isinstance(body, str) else body
    return Answer(status, content_type, data, url, 0.0)


def failure(code: str, message: str = "it did not work", status: int = 0) -> Answer:
    return answer("", "", status=status)._replace(failure=Finding(code, Level.ERROR, message))


def says(
    text: str,
    after_s: float = 0.0,
    lasts_s: float = 2.0,
    *,
    hangs_up: bool = False,
    digits: str = "",
) -> Reply:
    return Reply(after_s, Speech(text, text, 0.9, lasts_s), digits, hangs_up)


def presses(digits: str, after_s: float = 0.0, *, hangs_up: bool = False) -> Reply:
    return Reply(after_s, digits=digits, hangs_up=hangs_up)


def hangs_up(after_s: float = 0.0, why: str = "") -> Reply:
    return Reply(after_s, hangs_up=True, why=why)


def sends(
    id_: int,
    kind: Kind,
    *extra: tuple[str, str],
    url: str = URL,
    method: str = "POST",
    status: str = "in-progress",
    steers: bool = True,
    state: HttpState = NO_STATE,
) -> SendWebhook:
    """What a call has to send, whole: the fields of every webhook, then ``extra``."""
    base = base_fields(
        call_sid=SID, account_sid=ACCOUNT, caller=CALLER, called=CALLED, call_status=status
    )
    token = str(UUID(bytes=derived(SID, f"token {id_}")))
    return SendWebhook(id_, kind, method, url, (*base, *extra), steers, token, state)


RINGS: Timed = (0.0, sends(0, Kind.VOICE, status="ringing"))
"""How a call without status callbacks begins."""


def extra_of(webhook: SendWebhook) -> Fields:
    """What a webhook carries beyond the 25 fields of every one."""
    return webhook.fields[25:]


def new_call(target: Target = TARGET, terms: Terms = TERMS, kind: type[Call] = Call) -> Call:
    return kind(SID, CALLER, target, terms, BEGAN_S, FullLog())


@dataclass
class Stage:
    """A call, its agent and its caller, in virtual time.

    The agent takes no time and answers what steers the call from ``documents``, then hangs up;
    what is beside the call is answered at once with 204. The caller does ``replies``, then nothing.
    """

    documents: Iterable[Scripted]
    replies: Iterable[Reply] = ()
    target: Target = TARGET
    terms: Terms = TERMS
    kind: type[Call] = Call
    more: Callable[[Action, float], list[tuple[float, object]]] = lambda _action, _now: []
    """What comes of actions that only a test's own kind of call has: (at, event)."""
    actions: list[Timed] = field(default_factory=list)

    def play(self) -> "Stage":
        self.call = new_call(self.target, self.terms, self.kind)
        self._documents, self._replies = iter(self.documents), iter(self.replies)
        heap: list[tuple[float, int, object]] = [(0.0, 0, Ring())]
        pushed, wake = 0, -1
        for _ in range(10_000):
            if not heap:
                return self
            now, number, event = heappop(heap)
            if isinstance(event, Woken) and number != wake:
                continue
            for action in self.call.handle(event, now):  # type: ignore[arg-type]
                self.actions.append((now, action))
                for at, then in self._react(action, now):
                    pushed += 1
                    heappush(heap, (at, pushed, then))
                    if isinstance(then, Woken):
                        wake = pushed
        raise AssertionError("the call does not end")

    def _react(self, action: Action, now: float) -> list[tuple[float, object]]:
        events: list[tuple[float, Event]] = []
        match action:
            case SendWebhook():
                events = [(now, Answered(action.id, self._answer(action)))]
            case Ask():
                events = [(now, Replied(next(self._replies, SILENT)))]
            case WakeAt(at):
                events = [(at, Woken())]
            case Finished():
                pass
            case _:
                return self.more(action, now)
        return list(events)

    def _answer(self, webhook: SendWebhook) -> Answer:
        if not webhook.steers:
            return answer("", "", webhook.url, 204)
        scripted = next(self._documents, HANGUP)
        if isinstance(scripted, str):
            return answer(scripted, url=webhook.url)
        return scripted if scripted.url else scripted._replace(url=webhook.url)

    @property
    def sent(self) -> list[tuple[float, str, str, Fields]]:
        """What went out after the first webhook: when, method, URL, what it says."""
        return [
            (at, action.method, action.url, extra_of(action))
            for at, action in self.actions
            if isinstance(action, SendWebhook)
        ][1:]

    @property
    def called_back(self) -> list[tuple[float, str, dict[str, str]]]:
        """The callbacks that verbs asked for: when, URL, every field."""
        return [
            (at, action.url, dict(action.fields))
            for at, action in self.actions
            if isinstance(action, SendWebhook) and action.kind is Kind.CALLBACK
        ]

    @property
    def asked(self) -> list[tuple[float, Ask]]:
        return [(at, action) for at, action in self.actions if isinstance(action, Ask)]

    @property
    def ended(self) -> tuple[float, str, str]:
        assert self.call.ending is not None
        return self.call.ended_at, self.call.ending.value, self.call.why


def play(*documents: Scripted, replies: Iterable[Reply] = (), **more: object) -> Stage:
    return Stage(documents, replies, **more).play()  # type: ignore[arg-type]
