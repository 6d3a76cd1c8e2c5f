"""A text websocket leg, in the manner of ConversationRelay, on the same engine.

Not shipped: it shows that what an agent pushes by itself fits in, as events and actions of its own.
"""

from dataclasses import dataclass
from typing import ClassVar

from voicesim.call.call import Call
from voicesim.call.events import (
    Action,
    Answered,
    Ask,
    Finished,
    Kind,
    Replied,
    Ring,
    SendWebhook,
    WakeAt,
    Woken,
)
from voicesim.call.plans import Plan, Step, resolve
from voicesim.call.states import Happening
from voicesim.call.talk import Prompt, Reply
from voicesim.twilio.twiml import Verb

from .playing import (
    CALLER,
    EVERY_STATUS,
    HANGUP,
    SID,
    Stage,
    answer,
    extra_of,
    hangs_up,
    new_call,
    says,
    twiml,
)

# --- the leg: two actions, two events, one verb -------------------------------------------------


@dataclass(frozen=True)
class OpenSocket:
    url: str


@dataclass(frozen=True)
class SendText:
    message: dict[str, str]


@dataclass(frozen=True)
class Received:
    message: dict[str, str]


@dataclass(frozen=True)
class Closed:
    pass


class RelayCall(Call):
    """Connect with a ConversationRelay: the other leg is a websocket, beside webhooks."""

    __slots__ = ("_connect",)

    def _begin_connect(self, verb: Verb, now: float, actions: list) -> None:
        self._move(Happening.DIAL)
        self._connect = verb
        actions.append(OpenSocket(verb.children[0].attributes["url"]))
        setup = {"type": "setup", "callSid": self.sid, "from": self.party.number}
        actions.append(SendText(setup))

    BEGIN: ClassVar[dict] = {**Call.BEGIN, "Connect": _begin_connect}

    def _other(self, event: object, now: float, actions: list) -> None:
        match event:
            case Received({"type": "text", "token": token}):
                self._ask(self._connect, Prompt(token, len(token.split()) / 2.5), now, actions)
            case Received({"type": "end", "handoffData": data}):
                self._over("ended", (("HandoffData", data),), now, actions)
            case Closed():
                self._over("failed", (), now, actions)
            case _:
                super()._other(event, now, actions)

    def _replied(self, reply: Reply, actions: list) -> None:
        if self.state != "dialling":
            super()._replied(reply, actions)
            return
        began, _, prompt = self._heard
        self._heard = None
        acts = max(prompt.duration_s + reply.after_s, 0.0)
        lasts = acts + (reply.speech.duration_s if reply.speech else 0.0)
        step = Step.HANG_UP if reply.hangs_up else Step.NEXT
        self._follow(began, Plan(lasts, acts, step, speech=reply.speech, why=reply.why), actions)

    def _woken(self, now: float, actions: list) -> None:
        if self.state == "dialling" and self._plan.step is Step.NEXT and self._plan.speech:
            said = self._plan.speech.reported
            self.log.said(self._plan.said(self._began))
            self._plan = None
            actions.append(SendText({"type": "prompt", "voicePrompt": said}))
        else:
            super()._woken(now, actions)

    def _over(self, status: str, extra: tuple, now: float, actions: list) -> None:
        url = resolve(self._url, self._connect.attributes.get("action", ""))
        fields = (("SessionStatus", status), *extra)
        plan = Plan(0.0, 0.0, Step.ACTION, Kind.DIAL, url, "POST", fields)
        self._fetch(Happening.ACTION, plan, now, actions)


# --- an agent that greets, understands one sentence, and ends -----------------------------------

CONNECT = twiml("<Connect action='/over'><ConversationRelay url='ws://127.0.0.1:9/ws'/></Connect>")
LATENCY_S = 0.5


def agent(action: Action, now: float) -> list[tuple[float, object]]:
    """The agent's end of the socket: what it pushes, and when."""
    greeting = Received({"type": "text", "token": "how can I help"})
    match action:
        case SendText({"type": "setup"}):
            return [(now + LATENCY_S, greeting)]
        case SendText({"type": "prompt", "voicePrompt": "goodbye"}):
            return [(now + LATENCY_S, Received({"type": "end", "handoffData": "done"}))]
        case SendText({"type": "prompt"}):
            return [(now + LATENCY_S, Closed())]
    return []


def stage(*replies: Reply) -> Stage:
    return Stage([CONNECT, HANGUP], replies, kind=RelayCall, more=agent).play()


def test_the_agent_pushes_and_the_caller_answers_in_one_engine() -> None:
    played = stage(says("goodbye", 1.0, 1.0))
    [(_, voice), *rest, (ended, action), (_, finished)] = played.actions
    assert isinstance(voice, SendWebhook)
    assert rest == [
        (0.0, OpenSocket("ws://127.0.0.1:9/ws")),
        (0.0, SendText({"type": "setup", "callSid": SID, "from": CALLER.number})),
        (0.5, Ask(Prompt("how can I help", 1.6))),
        (0.5, WakeAt(4.1)),
        (4.1, SendText({"type": "prompt", "voicePrompt": "goodbye"})),
    ]
    assert (ended, finished) == (4.6, Finished())
    assert isinstance(action, SendWebhook)
    assert action.url == "http://127.0.0.1:9/over"
    assert extra_of(action) == (("SessionStatus", "ended"), ("HandoffData", "done"))
    assert played.ended == (4.6, "agent_hung_up", "the agent hung up")


def test_a_socket_that_fails_is_told_to_the_action_url() -> None:
    played = stage(says("what", 1.0, 1.0))
    assert [s[3] for s in played.sent] == [(("SessionStatus", "failed"),)]


def test_the_caller_may_hang_up_over_the_socket() -> None:
    assert stage(hangs_up(-1.0)).ended == (1.1, "abandoned", "the caller hung up")


def test_other_verbs_are_played_as_ever_and_status_callbacks_may_be_pending() -> None:
    call = new_call(EVERY_STATUS, kind=RelayCall)
    call.handle(Ring(), 0.0)
    document = answer(CONNECT.replace("<Connect", "<Say>one two three four five</Say><Connect"))
    call.handle(Answered(2, document), 0.0)
    assert call.handle(Replied(Reply()), 0.0) == [WakeAt(2.0)]
    assert call.handle(Woken(), 2.0)[0] == OpenSocket("ws://127.0.0.1:9/ws")
    [asked] = call.handle(Received({"type": "text", "token": "hello there"}), 2.5)
    assert isinstance(asked, Ask)
    call.handle(Replied(says("goodbye", -0.4, 1.0)), 2.5)
    assert call.handle(Answered(0, answer("", "", status=204)), 3.0) == []
    assert call.handle(Woken(), 3.9) == [SendText({"type": "prompt", "voicePrompt": "goodbye"})]
