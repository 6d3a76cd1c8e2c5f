"""Enqueue, Leave and conferences: who waits hears a document again and again, until it is over."""

from dataclasses import replace

import pytest

from voicesim.base.findings import Level
from voicesim.call.events import (
    Answered,
    Ask,
    Finished,
    HandedOver,
    Kind,
    Ring,
    SendWebhook,
    WakeAt,
)
from voicesim.call.plans import derived
from voicesim.call.talk import Handover, Prompt
from voicesim.call.terms import Terms
from voicesim.twilio.fields import Fields, rfc2822

from .playing import (
    ACCOUNT,
    BEGAN_S,
    RINGS,
    SID,
    TARGET,
    TERMS,
    URL,
    Stage,
    answer,
    failure,
    hangs_up,
    new_call,
    play,
    presses,
    sends,
    twiml,
)

ORIGIN = "http://127.0.0.1:9"
ACT, WAIT = f"{ORIGIN}/act", f"{ORIGIN}/wait"
FIVE = "one two three four five"  # 2 s
QUEUE = "QU" + derived(ACCOUNT, "QU support").hex()
ROOM = "CF" + derived(ACCOUNT, "CF room").hex()


def enqueue(*documents: str, replies: tuple[object, ...] = (), **more: object) -> Stage:
    verb = "<Enqueue action='/act' waitUrl='/wait'>support</Enqueue><Say>unreachable</Say>"
    return play(twiml(verb), *documents, replies=replies, **more)  # type: ignore[arg-type]


def left(result: str, waited_s: int) -> Fields:
    return (("QueueResult", result), ("QueueSid", QUEUE), ("QueueTime", str(waited_s)))


def waiting(at: float, waited_s: int) -> tuple[float, str, str, Fields]:
    extra = (
        ("AvgQueueTime", str(waited_s)),
        ("CurrentQueueSize", "1"),
        ("QueuePosition", "1"),
        ("QueueSid", QUEUE),
        ("QueueTime", str(waited_s)),
    )
    return (at, "POST", WAIT, extra)


# --- queues -------------------------------------------------------------------------------------


def test_without_a_document_the_caller_hears_music_until_it_is_taken_out() -> None:
    stage = play(twiml("<Enqueue action='/act'>support</Enqueue>"))
    assert stage.actions == [
        RINGS,
        (0.0, HandedOver(Handover.TRIED)),
        (0.0, WakeAt(20.0)),
        (20.0, HandedOver(Handover.DONE)),
        (20.0, WakeAt(30.0)),
        (30.0, sends(1, Kind.ENQUEUE, *left("bridged", 20), url=ACT)),
        (30.0, Finished()),
    ]


def test_without_action_the_document_goes_on() -> None:
    stage = play(twiml("<Enqueue>support</Enqueue><Say>bye</Say>"))
    assert stage.asked == [(30.0, Ask(Prompt("bye", 0.4)))]


def test_the_document_is_asked_for_again_and_again() -> None:
    stage = enqueue(*[twiml(f"<Say>{FIVE}</Say><Pause length='6'/>")] * 3)
    assert stage.sent == [
        waiting(0.0, 0),
        waiting(8.0, 8),
        waiting(16.0, 16),
        (30.0, "POST", ACT, left("bridged", 20)),
    ]
    texts = [(at, ask.prompt.text) for at, ask in stage.asked]
    assert texts == [(0.0, FIVE), (2.0, ""), (8.0, FIVE), (10.0, ""), (16.0, FIVE), (18.0, "")]


def test_who_waits_is_taken_out_in_the_midst_of_a_word() -> None:
    stage = enqueue(twiml("<Say loop='0'>on and on</Say>"))
    assert stage.sent == [waiting(0.0, 0), (30.0, "POST", ACT, left("bridged", 20))]


def test_keys_may_be_gathered_while_waiting_and_leave_leaves() -> None:
    gather = "<Gather action='/key' numDigits='1'><Say>one</Say></Gather>"
    stage = enqueue(twiml(gather), twiml("<Leave/>"), replies=(presses("1", 1.0),))
    key, action = stage.sent[1:]
    assert key == (1.65, "POST", f"{ORIGIN}/key", (("Digits", "1"),))
    assert action == (1.65, "POST", ACT, left("leave", 1))
    assert stage.ended[1] == "agent_hung_up"


def test_leave_without_action_goes_on_behind_the_enqueue() -> None:
    verb = "<Enqueue waitUrl='/wait' waitUrlMethod='GET'>support</Enqueue><Say>bye</Say>"
    stage = play(twiml(verb), twiml("<Leave/><Say>never</Say>"))
    assert [s[:3] for s in stage.sent] == [(0.0, "GET", WAIT)]
    assert stage.asked == [(0.0, Ask(Prompt("bye", 0.4)))]


def test_leave_outside_a_queue_does_nothing() -> None:
    assert play(twiml("<Leave/><Say>hi</Say>")).asked == [(0.0, Ask(Prompt("hi", 0.4)))]


def test_a_hang_up_while_waiting_is_told_beside_the_call() -> None:
    stage = enqueue(twiml(f"<Say>{FIVE}</Say>"), replies=(hangs_up(-0.5),))
    at, method, url, extra = stage.sent[-1]
    assert (at, method, url, extra) == (1.5, "POST", ACT, left("hangup", 1))
    last = [a for _, a in stage.actions if isinstance(a, SendWebhook)][-1]
    assert (last.kind, last.steers) == (Kind.ENQUEUE, False)
    assert dict(last.fields)["CallStatus"] == "completed"
    assert stage.ended == (1.5, "abandoned", "the caller hung up")


def test_the_agent_may_hang_up_on_who_waits() -> None:
    stage = enqueue(twiml("<Say>closed</Say><Hangup/>"))
    assert stage.ended == (0.4, "agent_hung_up", "the agent hung up")
    assert stage.sent[-1] == (0.4, "POST", ACT, left("hangup", 0))


@pytest.mark.parametrize("nothing", ["<Response/>", twiml("<Say/>"), twiml("<Leaf/>")])
def test_a_document_that_takes_no_time_is_not_asked_for_again(nothing: str) -> None:
    stage = enqueue(*[nothing] * 5)
    assert [s[:3] for s in stage.sent] == [(0.0, "POST", WAIT), (30.0, "POST", ACT)]


def test_what_counts_is_how_long_it_is_heard_and_not_how_long_the_agent_takes() -> None:
    call = new_call()
    call.handle(Ring(), 0.0)
    enqueued = answer(twiml("<Enqueue waitUrl='/wait'>support</Enqueue>"), url=TARGET.url)
    _, asked = call.handle(Answered(0, enqueued), 0.1)
    assert isinstance(asked, SendWebhook)
    assert call.handle(Answered(asked.id, answer("<Response/>")), 5.0) == [WakeAt(20.1)]


def test_a_document_that_comes_when_the_waiting_is_over_is_not_played() -> None:
    call = new_call()
    call.handle(Ring(), 0.0)
    enqueued = answer(twiml("<Enqueue waitUrl='/wait'>support</Enqueue>"), url=TARGET.url)
    _, asked = call.handle(Answered(0, enqueued), 10.0)
    assert isinstance(asked, SendWebhook)
    late = answer(twiml("<Say>please hold</Say>"))
    assert call.handle(Answered(asked.id, late), 31.0) == [
        HandedOver(Handover.DONE),
        WakeAt(41.0),
    ]


def test_documents_that_lead_on_and_on_are_bounded() -> None:
    stage = enqueue(*[twiml("<Redirect>/wait</Redirect>")] * 200)
    assert stage.ended[1:] == ("too_many_turns", "100 webhooks and no end")


def test_a_document_of_many_verbs_that_take_no_time() -> None:
    stage = play(twiml("<Leave/>" * 500 + "<Sms/>" * 499 + "<Say>hi</Say>"))
    assert stage.asked == [(0.0, Ask(Prompt("hi", 0.4)))]


IDLE = ("<Leave/>", "<Sms/>", "<Sms>a</Sms>", "<Say/>", "<Play/>", "<Dial>1</Dial>")


@pytest.mark.parametrize("verb", IDLE)
def test_verbs_that_take_no_time_are_bounded_in_a_call(verb: str) -> None:
    """A few in a document are many in a call; those that take time are bounded by its length."""
    terms = Terms(dial_statuses=("failed",), dial_ring_s=0.0, max_idle_verbs=30)
    documents = [twiml(verb * 10 + "<Say>hi</Say><Redirect/>")] * 20
    stage = play(*documents, terms=terms)
    assert stage.ended[1:] == ("too_many_turns", "30 verbs of the call took no time")
    assert len([one for one in stage.sent if one[1:3] == ("POST", URL)]) == 2
    assert [one.level for one in stage.call.log.findings if one.code == "too-many-verbs"] == [
        Level.ERROR
    ]


def test_verbs_that_take_no_time_are_bounded_while_somebody_waits() -> None:
    terms = Terms(max_idle_verbs=100)
    stage = enqueue(twiml("<Say/>" * 101), terms=terms)
    assert stage.ended[1:] == ("too_many_turns", "100 verbs of the call took no time")


def test_verbs_that_take_time_are_not_counted() -> None:
    stage = play(twiml("<Say>hi</Say>" * 150 + "<Hangup/>"), terms=Terms(max_idle_verbs=100))
    assert stage.ended[1] == "agent_hung_up"


def test_a_document_of_no_use_ends_the_call() -> None:
    assert enqueue(failure("11217", status=500)).ended[1] == "webhook_failed"
    assert enqueue("not TwiML").ended[1] == "twiml_invalid"


def test_what_is_not_for_a_queue_is_named() -> None:
    stage = enqueue(twiml("<Dial>1</Dial>"))
    assert stage.ended[1:] == ("not_carried", "Dial in a queue's waitUrl")


@pytest.mark.parametrize("result", ["queue-full", "error", "system-error"])
def test_who_is_not_enqueued(result: str) -> None:
    stage = enqueue(terms=replace(TERMS, queue_result=result))
    assert stage.sent == [(0.0, "POST", ACT, (("QueueResult", result),))]
    codes = [f.code for f in stage.call.log.findings]
    assert codes == (["14207"] if result == "queue-full" else [])


def test_two_calls_in_one_queue_name_the_same_one() -> None:
    stage = play(twiml("<Enqueue action='/act'>support</Enqueue>"))
    assert dict(stage.sent[0][3])["QueueSid"] == QUEUE


def test_a_task_is_enqueued_like_anybody() -> None:
    stage = play(twiml("<Enqueue workflowSid='WW1' action='/act'><Task>{}</Task></Enqueue>"))
    assert dict(stage.sent[0][3])["QueueResult"] == "bridged"


# --- conferences --------------------------------------------------------------------------------


def conference(attributes: str, *documents: str, dial: str = "", **more: object) -> Stage:
    noun = f"<Conference {attributes}>room</Conference>"
    return play(
        twiml(f"<Dial action='/act' {dial}>{noun}</Dial><Say>unreachable</Say>"),
        *documents,
        **more,  # type: ignore[arg-type]
    )


ANSWERED = (("DialBridged", "true"), ("DialCallStatus", "answered"))


def test_a_conference_somebody_else_joins() -> None:
    stage = conference("")
    assert stage.actions == [
        RINGS,
        (0.0, HandedOver(Handover.TRIED)),
        (0.0, WakeAt(3.0)),
        (3.0, HandedOver(Handover.DONE)),
        (3.0, WakeAt(13.0)),
        (13.0, sends(1, Kind.DIAL, *ANSWERED, url=ACT)),
        (13.0, Finished()),
    ]
    assert conference("", dial="timeLimit='4'").sent == [(7.0, "POST", ACT, ANSWERED)]


def test_what_is_heard_until_somebody_joins() -> None:
    stage = conference("waitUrl='/wait' waitMethod='GET'", *[twiml(f"<Say>{FIVE}</Say>")] * 3)
    room = (("ConferenceSid", ROOM),)
    assert stage.sent == [
        (0.0, "GET", WAIT, room),
        (2.0, "GET", WAIT, room),
        (13.0, "POST", ACT, ANSWERED),
    ]


@pytest.mark.parametrize(
    "url", ["", "http://twimlets.com/holdmusic?Bucket=com.twilio.music.classical"]
)
def test_silence_and_music_of_twilios_are_not_asked_for(url: str) -> None:
    assert conference(f"waitUrl='{url}'").sent == [(13.0, "POST", ACT, ANSWERED)]


@pytest.mark.parametrize("verb", ["<Dial>1</Dial>", "<Gather/>", "<Record/>", "<Hangup/>"])
def test_what_is_not_for_a_conference_is_an_error(verb: str) -> None:
    stage = conference("waitUrl='/wait'", twiml(f"<Say>one</Say>{verb}<Say>never</Say>"))
    [finding] = stage.call.log.findings
    assert (finding.code, finding.level, finding.url) == ("13238", Level.ERROR, WAIT)
    assert [ask.prompt.text for _, ask in stage.asked] == ["one"]
    assert stage.sent[-1] == (13.0, "POST", ACT, ANSWERED)


def test_a_waiting_document_of_no_use_leaves_silence() -> None:
    stage = conference("waitUrl='/wait'", failure("11217", status=500))
    assert [f.code for f in stage.call.log.findings] == ["11217"]
    assert stage.sent[-1] == (13.0, "POST", ACT, ANSWERED)


def test_who_hangs_up_alone_in_a_conference() -> None:
    stage = conference("waitUrl='/wait'", twiml(f"<Say>{FIVE}</Say>"), replies=[hangs_up(-1.0)])
    alone = (("DialBridged", "false"), ("DialCallStatus", "answered"))
    assert stage.sent[-1] == (1.0, "POST", ACT, alone)
    assert stage.ended[1] == "abandoned"


def test_what_a_conference_tells() -> None:
    events = "statusCallback='/c' statusCallbackEvent='start end join leave'"
    stage = conference(events)
    told = [said for _, _, said in stage.called_back]
    assert [(at, url) for at, url, _ in stage.called_back] == [
        *[(0.0, f"{ORIGIN}/c")],
        *[(3.0, f"{ORIGIN}/c")] * 2,
        *[(13.0, f"{ORIGIN}/c")] * 3,
    ]
    assert [(said["SequenceNumber"], said["StatusCallbackEvent"]) for said in told] == [
        ("1", "participant-join"),
        ("2", "participant-join"),
        ("3", "conference-start"),
        ("4", "participant-leave"),
        ("5", "participant-leave"),
        ("6", "conference-end"),
    ]
    other = told[1]["CallSid"]
    assert other != SID
    assert [said.get("CallSid") for said in told] == [SID, other, None, other, SID, None]
    assert told[0] == {
        "AccountSid": ACCOUNT,
        "CallSid": SID,
        "Coaching": "false",
        "ConferenceSid": ROOM,
        "EndConferenceOnExit": "false",
        "FriendlyName": "room",
        "Hold": "false",
        "Muted": "false",
        "SequenceNumber": "1",
        "StartConferenceOnEnter": "true",
        "StatusCallbackEvent": "participant-join",
        "Timestamp": rfc2822(BEGAN_S),
    }
    assert conference("statusCallback='/c'").sent == [(13.0, "POST", ACT, ANSWERED)]


def test_a_conference_tells_how_each_participant_takes_part() -> None:
    stage = conference(
        "statusCallback='/c' statusCallbackEvent='start end join leave' muted='true' coach='CA1'"
        " endConferenceOnExit='TRUE' startConferenceOnEnter='false' participantLabel='guest'"
    )
    names = ("Coaching", "EndConferenceOnExit", "Hold", "Muted", "StartConferenceOnEnter")
    told = [said for _, _, said in stage.called_back]
    ours = [said for said in told if said.get("CallSid") == SID]
    others = [said for said in told if said.get("CallSid") not in (SID, None)]
    of_all = [said for said in told if "CallSid" not in said]
    assert (len(ours), len(others), len(of_all)) == (2, 2, 2)
    for said in ours:
        assert [said[name] for name in names] == ["true", "true", "false", "true", "false"]
        assert said["ParticipantLabel"] == "guest"
    for said in others:
        assert [said[name] for name in names] == ["false", "false", "false", "false", "true"]
        assert "ParticipantLabel" not in said
    for said in of_all:
        assert not {*names, "ParticipantLabel"} & said.keys()


def test_a_recorded_conference() -> None:
    stage = conference("record='record-from-start' recordingStatusCallback='/rec'")
    [(at, url, said)] = stage.called_back
    assert (at, url) == (14.0, f"{ORIGIN}/rec")
    assert (said["ConferenceSid"], said["RecordingDuration"]) == (ROOM, "10")
    assert "CallSid" not in said
