"""Callbacks beside the call: partial results, recordings, messages; late, twice, too many."""

from dataclasses import replace
from itertools import pairwise

import pytest

from voicesim.base.findings import Finding, Level
from voicesim.call.events import (
    Answered,
    Cut,
    Finished,
    Kind,
    Replied,
    Ring,
    SendWebhook,
    WakeAt,
    Woken,
)
from voicesim.call.plans import derived
from voicesim.call.states import State
from voicesim.call.talk import Reply
from voicesim.twilio.fields import rfc2822

from .playing import (
    ACCOUNT,
    BEGAN_S,
    CALLED,
    CALLER,
    EVERY_STATUS,
    SID,
    SILENT,
    STATUS_URL,
    TERMS,
    URL,
    Stage,
    answer,
    failure,
    hangs_up,
    new_call,
    play,
    presses,
    says,
    twiml,
)

ORIGIN = "http://127.0.0.1:9"
RECORDING = f"RE{derived(SID, 'RE 1').hex()[:28]}0004"
RECORDING_AT = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Recordings/{RECORDING}"
FIVE = "one two three four five"


# --- partial results ----------------------------------------------------------------------------


def partials(attributes: str, reply: Reply) -> list[tuple[float, str, str]]:
    gather = f"<Gather input='speech dtmf' partialResultCallback='/p' {attributes}/>"
    return [
        (at, said["SequenceNumber"], said["UnstableSpeechResult"])
        for at, url, said in play(twiml(gather), replies=[reply]).called_back
    ]


def test_partial_results_come_while_the_caller_speaks() -> None:
    assert partials("", says(FIVE, 1.0, 5.0)) == [
        (2.0, "0", "one"),
        (3.0, "1", "one two"),
        (4.0, "2", "one two three"),
        (5.0, "3", "one two three four"),
        (6.0, "4", "one two three four five"),
    ]


def test_partial_results_are_webhooks_beside_the_call_that_say_whose_it_is() -> None:
    gather = (
        "<Gather input='speech' action='/a' partialResultCallback='/p'"
        " partialResultCallbackMethod='GET'/>"
    )
    stage = play(twiml(gather), replies=[says("yes", 0.0, 1.2)])
    [partial, action] = [a for _, a in stage.actions if isinstance(a, SendWebhook)][1:]
    assert (partial.method, partial.url, partial.steers) == ("GET", f"{ORIGIN}/p", False)
    said = dict(partial.fields)
    assert (said["CallSid"], said["From"], said["CallStatus"]) == (
        SID,
        CALLER.number,
        "in-progress",
    )
    assert (action.kind, action.steers) == (Kind.GATHER, True)


@pytest.mark.parametrize(
    ("attributes", "reply"),
    [
        ("", SILENT),
        ("", presses("1")),
        ("", says("too late", 9.0, 5.0)),
        ("input='dtmf'", says("nobody listens", 0.0, 5.0)),
        ("", says("", 0.0, 5.0)),
        ("actionOnEmptyResult='true'", says("too late", 9.0, 5.0)),
        ("", says("hanging up", 0.0, 5.0, hangs_up=True)),
    ],
)
def test_without_speech_that_is_taken_there_are_none(attributes: str, reply: Reply) -> None:
    if "input" in attributes:
        gather = f"<Gather partialResultCallback='/p' {attributes}/>"
        assert play(twiml(gather), replies=[reply]).called_back == []
    else:
        assert partials(attributes, reply) == []


def test_an_endless_speech_has_no_more_than_a_minute_of_them() -> None:
    assert len(partials("", says("on and on " * 500, 0.0, 3600.0))) == 60
    assert len(partials("maxSpeechTime='7'", says("on and on", 0.0, 3600.0))) == 7


# --- recordings ---------------------------------------------------------------------------------


def record(attributes: str, reply: Reply = SILENT) -> Stage:
    return play(twiml(f"<Record action='/a' {attributes}/>"), replies=[reply])


EVENTS = "recordingStatusCallback='/r' recordingStatusCallbackEvent='in-progress completed absent'"


def test_a_recording_tells_when_it_begins_and_when_it_is_there() -> None:
    stage = record(EVENTS, says("my message", 1.0, 4.0))
    (begun, url, first), (done, _, last) = stage.called_back
    assert (begun, done, url) == (1.0, 12.0, f"{ORIGIN}/r")
    common = {
        "AccountSid": ACCOUNT,
        "CallSid": SID,
        "ErrorCode": "0",
        "RecordingChannels": "1",
        "RecordingSid": RECORDING,
        "RecordingSource": "RecordVerb",
        "RecordingStartTime": rfc2822(BEGAN_S + 1.0),
        "RecordingTrack": "both",
    }
    assert first == {**common, "RecordingStatus": "in-progress"}
    assert last == {
        **common,
        "RecordingStatus": "completed",
        "RecordingDuration": "4",
        "RecordingUrl": RECORDING_AT,
    }
    action = next(a for at, a in stage.actions if at == 11.0 and isinstance(a, SendWebhook))
    assert dict(action.fields)["RecordingSid"] == RECORDING


def test_by_default_only_the_end_of_a_recording_is_told() -> None:
    stage = record("recordingStatusCallback='/r'", says("x", 1.0, 4.0))
    assert [said["RecordingStatus"] for _, _, said in stage.called_back] == ["completed"]
    assert record("recordingStatusCallback=''", says("x", 1.0, 4.0)).called_back == []


def test_an_empty_recording_is_absent() -> None:
    told = record(EVENTS).called_back
    assert [(at, said["RecordingStatus"]) for at, _, said in told] == [
        (1.0, "in-progress"),
        (7.0, "absent"),
    ]
    assert "RecordingUrl" not in told[1][2]
    assert record("recordingStatusCallback='/r'").called_back == []


def test_who_hangs_up_during_the_beep_is_not_recorded() -> None:
    assert record(EVENTS, hangs_up(-0.5)).called_back == []


def test_a_recording_of_a_caller_who_hangs_up_is_told_when_the_line_is_down() -> None:
    stage = record(EVENTS, says("bye", 1.0, 4.0, hangs_up=True))
    assert stage.ended[:2] == (6.0, "abandoned")
    assert [at for at, _, _ in stage.called_back] == [1.0, 7.0]
    assert stage.actions[-1] == (7.0, Finished())


def test_a_transcription_comes_later() -> None:
    stage = record("transcribe='true' transcribeCallback='/t'", says("my message", 1.0, 4.0))
    [(at, url, said)] = stage.called_back
    assert (at, url) == (16.0, f"{ORIGIN}/t")
    assert (said["TranscriptionStatus"], said["TranscriptionText"]) == ("completed", "my message")
    assert (said["RecordingSid"], said["RecordingUrl"]) == (RECORDING, RECORDING_AT)
    assert (said["CallSid"], said["From"]) == (SID, CALLER.number)
    assert said["TranscriptionUrl"].endswith(said["TranscriptionSid"])


@pytest.mark.parametrize(("lasts_s", "status"), [(1.2, "failed"), (2.0, "completed")])
def test_what_is_too_short_is_not_transcribed(lasts_s: float, status: str) -> None:
    [(_, _, said)] = record("transcribeCallback='/t'", says("yes", 1.0, lasts_s)).called_back
    assert said["TranscriptionStatus"] == status
    assert said["TranscriptionText"] == ("yes" if status == "completed" else "")


def test_what_is_transcribed_is_at_most_two_minutes_long() -> None:
    long = says("on and on", 0.0, 3000.0)
    [(_, _, said)] = record("transcribeCallback='/t'", long).called_back
    assert said["TranscriptionStatus"] == "completed"
    short = says("on and on", 0.0, 300.0)
    assert dict(record("", short).sent[0][3])["RecordingDuration"] == "300"
    assert dict(record("transcribe='true'", short).sent[0][3])["RecordingDuration"] == "120"


def test_what_may_be_longer_than_two_minutes_is_recorded_and_not_transcribed() -> None:
    stage = record("transcribeCallback='/t' maxLength='200'", says("on and on", 0.0, 300.0))
    assert stage.called_back == []
    assert dict(stage.sent[0][3])["RecordingDuration"] == "200"


def test_an_empty_recording_is_not_transcribed() -> None:
    assert record("transcribeCallback='/t'").called_back == []


# --- messages -----------------------------------------------------------------------------------


def test_a_message_and_what_is_told_of_it() -> None:
    stage = play(twiml("<Sms statusCallback='/s'>hello</Sms><Say>bye</Say>"))
    sid = "SM" + derived(SID, "SM 1").hex()
    assert stage.called_back == [
        (
            0.0,
            f"{ORIGIN}/s",
            {
                "AccountSid": ACCOUNT,
                "ApiVersion": "2010-04-01",
                "From": CALLED.number,
                "MessageSid": sid,
                "MessageStatus": "sent",
                "SmsSid": sid,
                "SmsStatus": "sent",
                "To": CALLER.number,
            },
        )
    ]
    assert [ask.prompt.text for _, ask in stage.asked] == ["bye"]


def test_a_message_with_action_is_followed_by_it() -> None:
    stage = play(
        twiml("<Sms action='/a' method='GET' to='+15005550003'>hello</Sms><Say>never</Say>")
    )
    [(at, method, url, extra)] = stage.sent
    assert (at, method, url) == (0.0, "GET", f"{ORIGIN}/a")
    assert dict(extra)["SmsStatus"] == "sent"
    assert stage.asked == []


def test_nothing_is_sent_of_an_empty_message() -> None:
    stage = play(twiml("<Sms action='/a' statusCallback='/s'/><Say>bye</Say>"))
    assert stage.sent == []
    assert [ask.prompt.text for _, ask in stage.asked] == ["bye"]


# --- late, twice, too many ----------------------------------------------------------------------


def statuses(stage: Stage) -> list[tuple[float, str, str, str]]:
    return [
        (at, said["SequenceNumber"], said["Timestamp"], action.token)
        for at, action in stage.actions
        if isinstance(action, SendWebhook) and action.kind is Kind.STATUS
        for said in [dict(action.fields)]
    ]


def test_late_callbacks_come_in_any_order_and_say_when_they_were_due() -> None:
    terms = replace(TERMS, callback_jitter_s=30.0)
    document = twiml("<Pause length='3'/><Say>hello</Say>")
    stage = play(document, target=EVERY_STATUS, terms=terms)
    told = statuses(stage)
    assert sorted(number for _, number, _, _ in told) == ["0", "1", "2", "3"]
    assert [number for _, number, _, _ in told] != ["0", "1", "2", "3"]
    due = {"0": 0.0, "1": 0.0, "2": 3.0, "3": 3.4}
    for at, number, timestamp, _ in told:
        assert due[number] <= at < due[number] + 30.0
        assert timestamp == rfc2822(BEGAN_S + due[number])
    assert all(a <= b for (a, *_), (b, *_) in pairwise(told))
    assert stage.ended[0] == 3.4  # nothing of it holds the call up
    assert statuses(play(document, target=EVERY_STATUS, terms=terms)) == told


def test_a_callback_may_come_twice_with_one_token() -> None:
    terms = replace(TERMS, callback_duplicates=1.0)
    told = statuses(play(twiml("<Pause/>"), target=EVERY_STATUS, terms=terms))
    assert [number for _, number, _, _ in told] == ["0", "0", "1", "1", "2", "2"]
    tokens = [token for *_, token in told]
    assert tokens[0::2] == tokens[1::2]
    assert len(set(tokens)) == 3


def test_some_callbacks_come_twice() -> None:
    terms = replace(TERMS, callback_duplicates=0.5)
    gather = "<Gather input='speech' partialResultCallback='/p' timeout='1'/>"
    stage = play(twiml(gather), replies=[says("on and on", 0.0, 59.0)], terms=terms)
    assert 59 + 15 < len(stage.called_back) < 59 + 45


def test_a_callback_that_fails_is_a_warning() -> None:
    call = new_call()
    call.handle(Ring(), 0.0)
    sms = answer(twiml("<Sms statusCallback='/s'>hello</Sms><Pause/>"))
    [callback, wake] = call.handle(Answered(0, sms), 0.0)
    assert isinstance(callback, SendWebhook)
    assert call.handle(Answered(callback.id, failure("11217", "no")), 0.1) == []
    message = "a callback beside the call failed: no"
    assert call.log.findings == (Finding("15003", Level.WARNING, message),)
    assert wake == WakeAt(0.0)


def test_a_callback_that_we_may_not_send_is_not_held_against_the_agent() -> None:
    call = new_call()
    call.handle(Ring(), 0.0)
    sms = answer(twiml("<Sms statusCallback='http://else.test/'>hello</Sms><Pause/>"))
    callback, *_ = call.handle(Answered(0, sms), 0.0)
    assert isinstance(callback, SendWebhook)
    call.handle(Answered(callback.id, failure("host-not-allowed", "not called")), 0.1)
    assert call.log.findings == (Finding("host-not-allowed", Level.NOTICE, "not called"),)


def test_callbacks_are_bounded_and_that_is_told() -> None:
    terms = replace(TERMS, max_callbacks=7)
    sms = "<Sms statusCallback='/s'>hello</Sms>" * 50
    stage = play(twiml(sms), target=EVERY_STATUS, terms=terms)
    assert len(stage.called_back) + len(statuses(stage)) == 8
    assert [f.message for f in stage.call.log.findings] == [
        "7 callbacks: no more are sent in this call"
    ]
    assert stage.ended[1] == "agent_hung_up"


def test_a_cut_call_has_no_late_callbacks() -> None:
    call = new_call(replace(EVERY_STATUS), replace(TERMS, callback_jitter_s=60.0))
    call.handle(Ring(), 0.0)
    call.handle(Answered(2, answer(twiml("<Pause length='60'/>"))), 0.0)
    call.handle(Replied(SILENT), 0.0)
    [last] = call.handle(Cut(), 0.001)
    assert isinstance(last, SendWebhook)
    assert dict(last.fields)["CallStatus"] == "completed"
    assert call.handle(Answered(last.id, answer("", "", STATUS_URL, 204)), 0.01) == [Finished()]


def test_what_is_late_when_the_line_is_down_may_be_cut() -> None:
    call = new_call()
    call.handle(Ring(), 0.0)
    document = "<Record action='/a' recordingStatusCallback='/r'/>"
    call.handle(Answered(0, answer(twiml(document))), 0.0)
    call.handle(Replied(says("bye", 0.0, 2.0, hangs_up=True)), 0.0)
    action, wake = call.handle(Woken(), 3.0)
    assert isinstance(action, SendWebhook)
    assert (wake, call.state) == (WakeAt(4.0), State.ENDING)
    assert call.handle(Answered(action.id, answer("<Response/>")), 3.1) == [WakeAt(4.0)]
    assert call.handle(Cut(), 3.2) == [Finished()]


def test_a_call_that_is_too_long_leaves_nothing_behind() -> None:
    dial = "<Dial><Number statusCallback='/leg'>1</Number></Dial>"
    terms = replace(TERMS, dial_talk_s=9999.0)
    stage = play(twiml(dial), terms=terms)
    assert stage.ended[:2] == (1800.0, "too_long")
    assert stage.called_back == []


def test_nothing_is_sent_late_while_the_agent_is_awaited() -> None:
    call = new_call()
    call.handle(Ring(), 0.0)
    document = "<Record action='/a' finishOnKey='#' recordingStatusCallback='/r'/>"
    call.handle(Answered(0, answer(twiml(document), url=URL)), 0.0)
    call.handle(Replied(says("x", 0.0, 2.0, digits="#")), 0.0)
    [action] = call.handle(Woken(), 3.0)
    assert isinstance(action, SendWebhook)
    assert action.steers
    callback, *_ = call.handle(Answered(action.id, answer(twiml("<Pause/>"))), 9.0)
    assert isinstance(callback, SendWebhook)
    assert callback.url == f"{ORIGIN}/r"
