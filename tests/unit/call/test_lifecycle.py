"""Status callbacks beside the call, the end of a run, and events that come when they cannot."""

from collections.abc import Callable
from itertools import permutations

import pytest

from voicesim.base.findings import Finding, Level
from voicesim.call.call import Call
from voicesim.call.entries import Came, Ended, Found, Heard, Said, Sent
from voicesim.call.events import (
    Action,
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
from voicesim.call.states import SimulatorError, State
from voicesim.call.talk import Listening, Prompt, Reply
from voicesim.call.terms import Target
from voicesim.twilio.fields import rfc2822

from .playing import (
    BEGAN_S,
    EVERY_STATUS,
    SILENT,
    STATUS_URL,
    TARGET,
    answer,
    failure,
    hangs_up,
    new_call,
    play,
    says,
    sends,
    twiml,
)

FIVE = "one two three four five"
FINE = answer("", "", STATUS_URL, 204)


def status(id_: int, number: int, at_s: float, status: str, talked_s: int | None = None) -> Action:
    """A status callback, whole."""
    extra = [
        ("CallbackSource", "call-progress-events"),
        ("SequenceNumber", str(number)),
        ("Timestamp", rfc2822(BEGAN_S + at_s)),
    ]
    if talked_s is not None:
        extra.insert(0, ("CallDuration", str(talked_s)))
    if status == "completed":
        extra.insert(2, ("Duration", str(-(-(talked_s or 0) // 60))))
    return sends(id_, Kind.STATUS, *extra, url=STATUS_URL, status=status, steers=False)


# --- status callbacks ---------------------------------------------------------------------------


def test_all_four_of_them() -> None:
    stage = play(twiml(f"<Pause length='3'/><Say loop='31'>{FIVE}</Say>"), target=EVERY_STATUS)
    assert stage.actions == [
        (0.0, status(0, 0, 0.0, "initiated")),
        (0.0, status(1, 1, 0.0, "ringing")),
        (0.0, sends(2, Kind.VOICE, status="ringing")),
        (0.0, Ask(Prompt("", 3.0))),
        (0.0, WakeAt(3.0)),
        (3.0, status(3, 2, 3.0, "in-progress")),
        (3.0, Ask(Prompt(FIVE, 62.0))),
        (3.0, WakeAt(65.0)),
        (65.0, status(4, 3, 65.0, "completed", 62)),
        (65.0, Finished()),
    ]


def test_by_default_only_the_end_is_told() -> None:
    target = Target(TARGET.url, TARGET.called, TARGET.account_sid, status_url=STATUS_URL)
    assert target.status_events == ("completed",)
    stage = play(twiml("<Pause/>"), target=target)
    assert [a for _, a in stage.actions if isinstance(a, SendWebhook)] == [
        sends(0, Kind.VOICE, status="ringing"),
        status(1, 0, 1.0, "completed", 0),
    ]


@pytest.mark.parametrize(
    ("documents", "replies", "last", "talked_s"),
    [
        (["<Response/>"], [], "completed", 0),
        ([twiml("<Reject/>")], [], "no-answer", 0),
        ([twiml("<Reject reason='busy'/>")], [], "busy", 0),
        ([twiml("<Pause/><Reject/>")], [], "no-answer", 0),
        ([twiml("<Hangup/>")], [], "completed", 0),
        ([twiml("<Connect/>")], [], "completed", 0),
        ([twiml("<Say>one two three four five</Say><Bogus/>")], [], "completed", 2),
        ([twiml("<Say>one two three four five</Say>")], [hangs_up(-0.2)], "completed", 1),
        ([failure("11217", status=500)], [], "completed", 0),
        (["not TwiML"], [], "completed", 0),
    ],
)
def test_the_last_status(
    documents: list[str], replies: list[Reply], last: str, talked_s: int
) -> None:
    stage = play(*documents, replies=replies, target=EVERY_STATUS)
    *_, (at, told), (_, finished) = stage.actions
    number = sum(1 for _, a in stage.actions if getattr(a, "kind", None) is Kind.STATUS) - 1
    assert finished == Finished()
    assert told == status(told.id, number, at, last, talked_s)  # type: ignore[union-attr]


def test_a_callback_that_fails_is_a_warning_and_the_call_goes_on() -> None:
    call = new_call(EVERY_STATUS)
    call.handle(Ring(), 0.0)
    call.handle(Answered(2, answer(twiml("<Pause/>"))), 0.0)
    late = failure("11205", "it took too long")
    assert call.handle(Answered(0, late), 0.5) == []
    finding = Finding("15003", Level.WARNING, "a callback beside the call failed: it took too long")
    assert call.log.findings == (finding,)
    assert call.log.entries()[-1] == Found(0.5, finding, beside=0)
    assert call.state is State.PLAYING


def test_a_callback_pending_while_a_prompt_is_barged_into_and_the_caller_hangs_up() -> None:
    listening = Listening(speech=True, dtmf=False, timeout_s=5.0)
    bye = says("no thank you", -1.5, 2.0, hangs_up=True)
    document = answer(twiml(f"<Gather input='speech'><Say>{FIVE}</Say></Gather>"))
    for order in permutations((0, 1, 3)):
        call = new_call(EVERY_STATUS)
        assert call.handle(Ring(), 0.0) == [
            status(0, 0, 0.0, "initiated"),
            status(1, 1, 0.0, "ringing"),
            sends(2, Kind.VOICE, status="ringing"),
        ]
        assert call.handle(Answered(2, document), 0.0) == [
            status(3, 2, 0.0, "in-progress"),
            Ask(Prompt(FIVE, 2.0, listening=listening)),
        ]
        assert call.handle(Replied(bye), 0.0) == [WakeAt(2.5)]
        first, second, third = order
        assert call.handle(Answered(first, FINE), 1.0) == []  # while it speaks
        assert call.state is State.GATHERING
        assert call.handle(Woken(), 2.5) == [status(4, 3, 2.5, "completed", 2)]
        assert (call.state, call.ending, call.ended_at) == (State.ENDING, Outcome.ABANDONED, 2.5)
        assert call.handle(Answered(second, FINE), 2.6) == []
        assert call.handle(Answered(4, FINE), 2.7) == []
        assert call.handle(Cut(), 2.8) == []  # it is over already
        assert call.handle(Answered(third, FINE), 2.9) == [Finished()]
        assert call.state is State.DONE
        kinds = [(type(entry), entry.at) for entry in call.log.entries()]
        assert kinds == [
            (Sent, 0.0),
            (Sent, 0.0),
            (Sent, 0.0),
            (Came, 0.0),
            (Sent, 0.0),
            (Heard, 0.0),
            (Came, 1.0),
            (Said, 0.5),
            (Ended, 2.5),
            (Sent, 2.5),
            (Came, 2.6),
            (Came, 2.7),
            (Came, 2.9),
        ]


def test_a_recording_left_behind_comes_before_the_last_status() -> None:
    stage = play(
        twiml("<Record action='/act'/>"),
        replies=[says("hello", hangs_up=True)],
        target=EVERY_STATUS,
    )
    *_, (_, recording), (_, last), (_, finished) = stage.actions
    assert (recording.kind, recording.steers) == (Kind.RECORD, False)  # type: ignore[union-attr]
    assert last == status(5, 3, 3.0, "completed", 3)
    assert finished == Finished()


# --- the end of a run ---------------------------------------------------------------------------


def until(*events: tuple[Event, float]) -> Callable[[], Call]:
    def reach() -> Call:
        call = new_call()
        for event, now in events:
            call.handle(event, now)
        return call

    return reach


def first(verbs: str) -> tuple[Event, float]:
    return Answered(0, answer(twiml(verbs))), 0.0


RING = (Ring(), 0.0)
REACH = {
    State.NEW: until(),
    State.FETCHING: until(RING),
    State.PLAYING: until(RING, first("<Say>hi</Say>"), (Replied(SILENT), 0.0)),
    State.GATHERING: until(RING, first("<Gather/>"), (Replied(SILENT), 0.0)),
    State.RECORDING: until(RING, first("<Record/>"), (Replied(SILENT), 0.0)),
    State.DIALLING: until(RING, first("<Dial>1</Dial>")),
    State.WAITING: until(RING, first("<Enqueue>q</Enqueue>")),
}


@pytest.mark.parametrize("state", REACH)
def test_a_call_is_cut_wherever_it_is(state: State) -> None:
    call = REACH[state]()
    assert call.state is state
    waits = state is State.FETCHING
    assert call.handle(Cut(), 7.0) == ([] if waits else [Finished()])
    assert (call.ending, call.why, call.ended_at) == (Outcome.CUT, "the run ended", 7.0)
    assert call.awaiting_agent is waits
    assert call.handle(Cut(), 8.0) == []
    assert call.ended_at == 7.0
    if waits:  # the answer comes all the same, and is not carried out
        assert call.handle(*first("<Say>hi</Say>")) == [Finished()]
    assert call.state is State.DONE


def test_a_cut_between_prompt_and_reply() -> None:
    call = until(RING, first("<Say>hi</Say>"))()
    assert call.handle(Cut(), 1.0) == [Finished()]


def test_a_cut_call_still_tells_its_last_status() -> None:
    call = new_call(EVERY_STATUS)
    call.handle(Ring(), 0.0)
    assert call.handle(Cut(), 4.0) == [status(3, 2, 4.0, "completed", 0)]
    for id_ in (0, 2, 1):
        assert call.handle(Answered(id_, FINE), 5.0) == []
    assert call.handle(Answered(3, FINE), 5.0) == [Finished()]


# --- our own errors -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reach", "event"),
    [
        (REACH[State.PLAYING], Ring()),
        (REACH[State.PLAYING], Replied(SILENT)),
        (REACH[State.NEW], Replied(SILENT)),
        (REACH[State.NEW], Woken()),
        (REACH[State.FETCHING], Woken()),
        (REACH[State.NEW], Answered(0, FINE)),
        (REACH[State.DIALLING], Replied(SILENT)),
        (REACH[State.PLAYING], "something else"),
    ],
)
def test_an_event_that_cannot_be_is_our_error(reach: Callable[[], Call], event: Event) -> None:
    with pytest.raises(SimulatorError):
        reach().handle(event, 0.0)
