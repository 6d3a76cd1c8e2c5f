"""Dial of parties: who is rung, what is told of each leg, whispers, the action URL."""

from dataclasses import replace

import pytest

from voicesim.base.findings import Finding, Level
from voicesim.call.entries import Heard, Said
from voicesim.call.events import Ask, Finished, HandedOver, Kind, SendWebhook, WakeAt
from voicesim.call.plans import chance, derived
from voicesim.call.talk import Handover, Prompt
from voicesim.twilio.callback_fields import leg_fields
from voicesim.twilio.fields import Fields, Party, rfc2822

from .playing import (
    ACCOUNT,
    BEGAN_S,
    CALLER,
    EVERY_STATUS,
    HANGUP,
    RINGS,
    SID,
    TERMS,
    URL,
    Stage,
    failure,
    play,
    sends,
    twiml,
)

ORIGIN = "http://127.0.0.1:9"
ACT = f"{ORIGIN}/act"
FIVE = "one two three four five"


def leg_sid(number: int = 1, index: int = 0) -> str:
    more = f".{index}" if index else ""
    return "CA" + derived(SID, f"CA {number}{more}").hex()


def dialled(status: str, duration_s: int, *, sid: str = "", bridged: bool | None = None) -> Fields:
    bridges = status == "completed" if bridged is None else bridged
    return (
        ("DialBridged", "true" if bridges else "false"),
        ("DialCallDuration", str(duration_s)),
        ("DialCallSid", sid or leg_sid()),
        ("DialCallStatus", status),
    )


def policy(*statuses: str, **more: float) -> dict[str, object]:
    return {"terms": replace(TERMS, dial_statuses=statuses, **more)}  # type: ignore[arg-type]


def told(stage: Stage) -> list[tuple[float, str, str, str, str]]:
    """Each callback beside the call: when, path, whose, which status, which number."""
    return [
        (at, url.removeprefix(ORIGIN), said["CallSid"], said["CallStatus"], said["SequenceNumber"])
        for at, url, said in stage.called_back
    ]


# --- the outcome --------------------------------------------------------------------------------


def test_a_dial_without_action_falls_through() -> None:
    stage = play(twiml("<Dial>+15005550009</Dial><Pause/>"))
    assert stage.actions == [
        RINGS,
        (0.0, HandedOver(Handover.TRIED)),
        (0.0, WakeAt(3.0)),
        (3.0, HandedOver(Handover.DONE)),
        (3.0, WakeAt(13.0)),
        (13.0, Ask(Prompt("", 1.0))),
        (13.0, WakeAt(14.0)),
        (14.0, Finished()),
    ]


def test_a_dial_with_action() -> None:
    stage = play(twiml("<Dial action='/act'><Number>1</Number></Dial><Pause/>"))
    assert stage.actions == [
        RINGS,
        (0.0, HandedOver(Handover.TRIED)),
        (0.0, WakeAt(3.0)),
        (3.0, HandedOver(Handover.DONE)),
        (3.0, WakeAt(13.0)),
        (13.0, sends(1, Kind.DIAL, *dialled("completed", 10), url=ACT)),
        (13.0, Finished()),
    ]


@pytest.mark.parametrize(
    ("status", "attributes", "at", "talked_s"),
    [
        ("completed", "", 13.0, 10),
        ("completed", "timeLimit='4'", 7.0, 4),
        ("completed", "timeLimit='0'", 13.0, 10),
        ("completed", "timeout='3'", 13.0, 10),
        ("busy", "", 3.0, 0),
        ("failed", "timeout='2'", 0.0, 0),
        ("canceled", "", 3.0, 0),
        ("no-answer", "", 30.0, 0),
        ("no-answer", "timeout='12'", 12.0, 0),
    ],
)
def test_what_becomes_of_the_other_party(
    status: str, attributes: str, at: float, talked_s: int
) -> None:
    dial = f"<Dial action='/act' method='GET' {attributes}><Client>a</Client></Dial>"
    assert play(twiml(dial), **policy(status)).sent == [(at, "GET", ACT, dialled(status, talked_s))]


def test_who_would_answer_later_than_the_timeout_does_not() -> None:
    stage = play(twiml("<Dial action='/act' timeout='2'>1</Dial>"))
    assert stage.sent == [(2.0, "POST", ACT, dialled("no-answer", 0))]


@pytest.mark.parametrize(
    "inside", ["", "nobody", "9" * 16, "<Number/>", "<Number>home</Number>", "<Number>1</Number>"]
)
def test_a_dial_of_nobody_fails_and_says_so(inside: str) -> None:
    stage = play(twiml(f"<Dial action='/act'>{inside}</Dial>"))
    good = inside == "<Number>1</Number>"
    status = dict(stage.sent[0][3])["DialCallStatus"]
    assert status == ("completed" if good else "failed")
    assert [f.code for f in stage.call.log.findings] == ([] if good else ["13223"])


@pytest.mark.parametrize(
    "noun",
    [
        "<Sip>sip:a@b.test</Sip>",
        "<Sim>DE1</Sim>",
        "<WhatsApp>+15005550009</WhatsApp>",
        "<Client><Identity>ann</Identity></Client>",
    ],
)
def test_other_nouns_are_rung_too(noun: str) -> None:
    stage = play(twiml(f"<Dial action='/act'>{noun}</Dial>"))
    assert stage.sent == [(13.0, "POST", ACT, dialled("completed", 10))]
    assert stage.call.log.findings == ()


def test_an_empty_action_is_the_document_itself() -> None:
    assert [s[2] for s in play(twiml("<Dial action=''>1</Dial>")).sent] == [URL]


def test_the_outcome_is_drawn_from_the_policy_for_each_party() -> None:
    statuses = ("busy", "no-answer", "failed", "canceled")
    dial = "<Dial action='/act' timeout='5' sequential='true'>" + "<Number>1</Number>" * 9
    stage = play(twiml(f"{dial}</Dial>"), **policy(*statuses))
    drawn = [statuses[int(chance(SID, f"dial 1 {n}") * 4)] for n in range(9)]
    assert len(set(drawn)) > 1
    rung_s = sum({"no-answer": 5.0, "failed": 0.0}.get(status, 3.0) for status in drawn)
    assert stage.sent == [
        (rung_s, "POST", ACT, dialled(drawn[-1], 0, sid=leg_sid(index=8))),
    ]


def test_at_most_ten_are_rung() -> None:
    number = "<Number statusCallback='/leg'>1</Number>"
    stage = play(twiml(f"<Dial>{number * 1000}</Dial>"), **policy("busy"))
    assert len(told(stage)) == 10


# --- the legs -----------------------------------------------------------------------------------

EVERY_EVENT = "statusCallbackEvent='initiated ringing answered completed'"


def test_what_a_leg_tells_of_itself() -> None:
    number = f"<Number statusCallback='/leg' {EVERY_EVENT}>+15005550009</Number>"
    stage = play(twiml(f"<Dial action='/act'>{number}</Dial>"))
    sid = leg_sid()
    assert told(stage) == [
        (0.0, "/leg", sid, "initiated", "0"),
        (0.0, "/leg", sid, "ringing", "1"),
        (3.0, "/leg", sid, "in-progress", "2"),
        (13.0, "/leg", sid, "completed", "3"),
    ]
    last = next(a for at, a in stage.actions if at == 13.0 and isinstance(a, SendWebhook))
    base = leg_fields(
        call_sid=sid,
        parent=SID,
        account_sid=ACCOUNT,
        caller=CALLER,
        called=Party("+15005550009"),
        call_status="completed",
    )
    assert last.fields == (
        *base,
        ("CallDuration", "10"),
        ("CallbackSource", "call-progress-events"),
        ("Duration", "1"),
        ("SequenceNumber", "3"),
        ("SipResponseCode", "200"),
        ("Timestamp", rfc2822(BEGAN_S + 13.0)),
    )
    assert (last.steers, dict(base)["Direction"]) == (False, "outbound-dial")


@pytest.mark.parametrize(
    ("status", "code"),
    [("busy", "486"), ("no-answer", "487"), ("failed", "404"), ("canceled", "487")],
)
def test_a_leg_that_comes_to_nothing(status: str, code: str) -> None:
    client = "<Client statusCallback='/leg' statusCallbackMethod='GET' {}>a</Client>"
    at = {"no-answer": 30.0, "failed": 0.0}.get(status, 3.0)
    stage = play(twiml(f"<Dial>{client.format('')}</Dial>"), **policy(status))
    assert told(stage) == [(at, "/leg", leg_sid(), status, "0")]
    assert stage.sent[0][1] == "GET"
    stage = play(twiml(f"<Dial>{client.format(EVERY_EVENT)}</Dial>"), **policy(status))
    rang = [] if status == "failed" else ["ringing"]
    assert [row[3] for row in told(stage)] == ["initiated", *rang, status]
    codes = [fields.get("SipResponseCode") for _, _, fields in stage.called_back]
    assert codes == [None] * (1 + len(rang)) + [code]
    assert [row[4] for row in told(stage)] == [*"012"][: 2 + len(rang)]


def test_who_is_rung_at_once_is_hung_up_on_when_another_answers() -> None:
    legs = [f"<Number statusCallback='/{n}'>{n}</Number>" for n in range(3)]
    stage = play(twiml(f"<Dial action='/act'>{''.join(legs)}</Dial>"))
    assert told(stage) == [
        (3.0, "/1", leg_sid(index=1), "canceled", "0"),
        (3.0, "/2", leg_sid(index=2), "canceled", "0"),
        (13.0, "/0", leg_sid(), "completed", "0"),
    ]
    assert stage.sent[-1] == (13.0, "POST", ACT, dialled("completed", 10))


def test_who_is_rung_in_turn_is_not_rung_once_one_answered() -> None:
    legs = [f"<Number statusCallback='/{n}' {EVERY_EVENT}>{n}</Number>" for n in range(3)]
    stage = play(twiml(f"<Dial sequential='true'>{''.join(legs)}</Dial>"))
    assert {row[1] for row in told(stage)} == {"/0"}


def test_a_recorded_dial() -> None:
    stage = play(
        twiml(
            "<Dial action='/act' record='record-from-answer-dual' recordingStatusCallback='/rec'"
            " recordingStatusCallbackEvent='in-progress completed'>1</Dial>"
        ),
        HANGUP,
    )
    sid = f"RE{derived(SID, 'RE 1').hex()[:28]}000a"
    url = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Recordings/{sid}"
    started, action, done = stage.sent
    assert action == (13.0, "POST", ACT, (*dialled("completed", 10), ("RecordingUrl", url)))
    assert (started[0], done[0]) == (3.0, 14.0)
    assert done[1:3] == ("POST", f"{ORIGIN}/rec")
    assert stage.called_back[-1][2] == {
        "AccountSid": ACCOUNT,
        "CallSid": SID,
        "ErrorCode": "0",
        "RecordingChannels": "2",
        "RecordingDuration": "10",
        "RecordingSid": sid,
        "RecordingSource": "DialVerb",
        "RecordingStartTime": rfc2822(BEGAN_S + 3.0),
        "RecordingStatus": "completed",
        "RecordingTrack": "both",
        "RecordingUrl": url,
    }


def test_nothing_is_recorded_of_a_dial_that_nobody_answers() -> None:
    dial = "<Dial action='/act' record='true' recordingStatusCallback='/rec'>1</Dial>"
    stage = play(twiml(dial), **policy("busy"))
    assert stage.sent == [(3.0, "POST", ACT, dialled("busy", 0))]


# --- the call is answered by the other party ----------------------------------------------------


def statuses(stage: Stage) -> list[tuple[float, str]]:
    return [
        (at, dict(action.fields)["CallStatus"])
        for at, action in stage.actions
        if isinstance(action, SendWebhook) and action.kind is not Kind.VOICE
    ][2:]


def test_a_dial_answers_the_call_at_once() -> None:
    stage = play(twiml("<Dial action='/act'>1</Dial>"), target=EVERY_STATUS)
    assert statuses(stage) == [(0.0, "in-progress"), (13.0, "in-progress"), (13.0, "completed")]


def test_answer_on_bridge_answers_it_when_the_other_party_does() -> None:
    dial = twiml("<Dial action='/act' answerOnBridge='true'>1</Dial>")
    stage = play(dial, target=EVERY_STATUS)
    assert statuses(stage) == [(3.0, "in-progress"), (13.0, "in-progress"), (13.0, "completed")]
    stage = play(dial, twiml("<Reject/>"), target=EVERY_STATUS, **policy("busy"))
    assert statuses(stage) == [(3.0, "ringing"), (3.0, "no-answer")]
    assert stage.ended[1] == "rejected"


def test_what_the_other_party_hears_first_does_not_answer_the_call() -> None:
    dial = "<Dial action='/act' answerOnBridge='true'><Number url='/w'>1</Number></Dial>"
    stage = play(twiml(dial), twiml(f"<Say>{FIVE}</Say>"), target=EVERY_STATUS)
    assert statuses(stage)[1] == (5.0, "in-progress")
    assert [at for at, action in stage.actions if getattr(action, "kind", "") == "status"][2] == 5.0


# --- queues -------------------------------------------------------------------------------------

QUEUED = twiml("<Dial action='/act'><Queue url='/w'>support</Queue></Dial>")
QUEUE = "QU" + derived(ACCOUNT, "QU support").hex()


def test_a_queue_is_dialled_and_the_action_is_told_of_who_waited_in_it() -> None:
    stage = play(twiml("<Dial action='/act'><Queue>support</Queue></Dial>"))
    dequeued = (
        ("DequeueResult", "bridged"),
        ("DequeuedCallDuration", "10"),
        ("DequeuedCallQueueTime", "20"),
        ("DequeuedCallSid", leg_sid()),
        ("QueueSid", QUEUE),
    )
    assert stage.sent == [(13.0, "POST", ACT, (*dialled("completed", 10), *dequeued))]
    assert stage.call.log.findings == ()
    busy = play(twiml("<Dial action='/act'><Queue>support</Queue></Dial>"), **policy("busy"))
    assert busy.sent[-1][3] == dialled("busy", 0)


def test_who_waited_in_a_queue_hears_a_document_that_is_told_of_the_queue() -> None:
    stage = play(QUEUED, twiml(f"<Say>{FIVE}</Say>"), **policy("completed", queue_wait_s=7.0))
    asked = [a for _, a in stage.actions if isinstance(a, SendWebhook)][1]
    said = dict(asked.fields)
    assert asked.kind is Kind.WHISPER
    assert {
        name: said[name] for name in ("CallSid", "DequeingCallSid", "QueueSid", "QueueTime")
    } == {
        "CallSid": leg_sid(),
        "DequeingCallSid": SID,
        "QueueSid": QUEUE,
        "QueueTime": "7",
    }
    assert dict(stage.sent[-1][3])["DequeuedCallQueueTime"] == "7"


@pytest.mark.parametrize("verb", ["Gather", "Record", "Hangup", "Enqueue"])
def test_in_what_is_heard_before_a_queue_is_left_four_verbs_may_stand(verb: str) -> None:
    good = twiml("<Say>one</Say><Play>a.mp3</Play><Pause/><Redirect>/w2</Redirect>")
    stage = play(QUEUED, good, twiml(f"<{verb}/>"))
    assert stage.ended[1:] == ("not_carried", f"{verb} in a queue's whisper")
    assert stage.sent[1][:3] == (7.4, "POST", f"{ORIGIN}/w2")


def test_a_dial_before_a_queue_is_left_is_an_error_as_in_any_whisper() -> None:
    stage = play(QUEUED, twiml("<Dial>2</Dial>"))
    assert [found.code for found in stage.call.log.findings] == ["13201"]
    assert "DequeueResult" not in dict(stage.sent[-1][3])


# --- whispers -----------------------------------------------------------------------------------

WHISPERED = twiml("<Dial action='/act'><Number url='/w' method='GET'>+15005550009</Number></Dial>")


def test_the_dialled_party_hears_a_document_before_it_is_connected() -> None:
    stage = play(WHISPERED, twiml(f"<Say>{FIVE}</Say>"))
    whisper, action = stage.sent
    assert whisper == (3.0, "GET", f"{ORIGIN}/w", whisper[3])
    assert action == (15.0, "POST", ACT, dialled("completed", 10))
    asked = [a for _, a in stage.actions if isinstance(a, SendWebhook)][1]
    assert (asked.kind, asked.steers) == (Kind.WHISPER, True)
    said = dict(asked.fields)
    assert (said["CallSid"], said["ParentCallSid"]) == (leg_sid(), SID)
    assert (said["To"], said["Direction"]) == ("+15005550009", "outbound-dial")
    assert stage.asked == []  # the caller hears nothing of it
    assert not [e for e in stage.call.log.entries() if isinstance(e, Heard | Said)]


def test_a_party_that_is_asked_to_accept_the_call_presses_a_key() -> None:
    screen = twiml("<Gather action='/key' numDigits='1'><Say>one</Say></Gather><Hangup/>")
    stage = play(WHISPERED, screen, "<Response/>")
    assert [s[:3] for s in stage.sent] == [
        (3.0, "GET", f"{ORIGIN}/w"),
        (4.65, "POST", f"{ORIGIN}/key"),
        (14.65, "POST", ACT),
    ]
    gathered = [a for _, a in stage.actions if isinstance(a, SendWebhook)][2]
    assert dict(gathered.fields)["Digits"] == "1"
    assert dict(gathered.fields)["CallSid"] == leg_sid()
    assert not [e for e in stage.call.log.entries() if isinstance(e, Heard | Said)]


def test_a_party_that_does_not_accept_it_is_not_connected() -> None:
    screen = twiml("<Gather action='/key' numDigits='1'><Say>one</Say></Gather><Hangup/>")
    stage = play(WHISPERED, screen, **policy("completed", dial_keys=""))  # type: ignore[arg-type]
    assert stage.sent[-1] == (8.4, "POST", ACT, dialled("completed", 5, bridged=False))
    assert stage.ended[1] == "agent_hung_up"


@pytest.mark.parametrize("bad", [failure("11217", status=500), "not TwiML"])
def test_a_whisper_of_no_use_loses_the_party_and_not_the_call(bad: str) -> None:
    stage = play(WHISPERED, bad, twiml("<Say>sorry</Say>"))
    assert stage.sent[-1] == (3.0, "POST", ACT, dialled("completed", 0, bridged=False))
    assert stage.ended[1:] == ("agent_hung_up", "the document ended")
    [finding] = [f for f in stage.call.log.findings if f.level is Level.ERROR]
    assert finding.code in ("11217", "12100")


def test_a_whisper_that_we_may_not_call_ends_the_call() -> None:
    bad = failure("host-not-allowed")
    assert play(WHISPERED, bad).ended[1] == "host_not_allowed"


def test_a_dial_within_a_whisper_is_an_error() -> None:
    stage = play(WHISPERED, twiml("<Say>one</Say><Dial>2</Dial><Say>never</Say>"))
    [finding] = stage.call.log.findings
    assert (finding.code, finding.level, finding.element) == ("13201", Level.ERROR, "Dial")
    assert stage.sent[-1] == (3.4, "POST", ACT, dialled("completed", 0, bridged=False))


def test_what_else_is_not_for_a_whisper_is_named() -> None:
    stage = play(WHISPERED, twiml("<Enqueue>q</Enqueue>"))
    assert stage.ended[1:] == ("not_carried", "Enqueue in a whisper")


def test_whispers_that_lead_on_and_on_are_bounded() -> None:
    stage = play(WHISPERED, *[twiml("<Redirect>/w</Redirect>")] * 200)
    assert stage.ended[1:] == ("too_many_turns", "100 webhooks and no end")


def test_a_dial_in_a_document_that_falls_through_goes_on_behind_the_whisper() -> None:
    dial = "<Dial><Number url='w'>1</Number></Dial><Say>bye</Say><Redirect>next</Redirect>"
    stage = play(twiml(dial), twiml("<Pause/>"))
    assert [(at, ask.prompt.text) for at, ask in stage.asked] == [(14.0, "bye")]
    assert stage.sent[-1][:3] == (14.4, "POST", f"{ORIGIN}/next")


def test_the_finding_of_a_dial_names_the_document() -> None:
    [finding] = play(twiml("<Dial/>")).call.log.findings
    assert isinstance(finding, Finding)
    assert finding.url == URL


def test_a_dial_whose_document_is_nothing_begins_as_any() -> None:
    assert play(twiml("<Dial>1</Dial>")).actions[0] == RINGS
