"""Record: what it waits for, what it reports, how it falls through."""

import pytest

from voicesim.call.events import Ask, Finished, Kind, WakeAt
from voicesim.call.plans import derived
from voicesim.call.talk import Listening, Prompt, Reply
from voicesim.twilio.fields import Fields

from .playing import (
    ACCOUNT,
    RINGS,
    SID,
    SILENT,
    URL,
    Stage,
    hangs_up,
    play,
    presses,
    says,
    sends,
    twiml,
)

ACT = "http://127.0.0.1:9/act"


def record(attributes: str, reply: Reply) -> Stage:
    return play(twiml(f"<Record action='/act' {attributes}/><Pause/>"), replies=[reply])


def recorded(duration_s: int, digits: str = "") -> Fields:
    sid = f"RE{derived(SID, 'RE 1').hex()[:28]}{duration_s:04x}"
    return (
        ("Digits", digits),
        ("RecordingDuration", str(duration_s)),
        ("RecordingSid", sid),
        ("RecordingUrl", f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Recordings/{sid}"),
    )


def test_a_recording_from_beep_to_action() -> None:
    stage = record("", says("my message", 1.0, 4.0))
    listening = Listening(
        speech=True,
        dtmf=True,
        timeout_s=5.0,
        finish_on_key="1234567890*#",
        barge_in=False,
        recording=True,
    )
    assert stage.actions == [
        RINGS,
        (0.0, Ask(Prompt("", 1.0, listening=listening))),
        (0.0, WakeAt(11.0)),
        (11.0, sends(1, Kind.RECORD, *recorded(4), url=ACT)),
        (11.0, Finished()),
    ]


@pytest.mark.parametrize(
    ("attributes", "reply", "at", "extra"),
    [
        ("playBeep='false'", says("x", 1.0, 4.0), 10.0, recorded(4)),
        ("playBeep='true'", says("x", 1.0, 4.0), 11.0, recorded(4)),
        ("timeout='2'", says("x", 1.0, 4.0), 8.0, recorded(4)),
        ("", says("x", 1.0, 4.0, digits="#"), 6.0, recorded(4, "#")),
        ("", says("x", 1.0, 4.0, digits="7"), 6.0, recorded(4, "7")),
        ("finishOnKey='*'", says("x", 1.0, 4.0, digits="7*"), 6.0, recorded(4, "*")),
        ("finishOnKey='*'", says("x", 1.0, 4.0, digits="7"), 11.0, recorded(4)),
        ("finishOnKey=''", says("x", 1.0, 4.0, digits="#"), 11.0, recorded(4)),
        # maxLength counts from the beep
        ("maxLength='3'", says("x", 1.0, 4.0), 4.0, recorded(2)),
        ("maxLength='5'", says("x", 1.0, 4.0), 6.0, recorded(4)),
        ("maxLength='7'", says("x", 1.0, 4.0), 8.0, recorded(4)),
        ("maxLength='0'", says("x", 1.0, 4.0), 11.0, recorded(4)),
        ("timeout='0' maxLength='20'", says("x", 1.0, 4.0), 21.0, recorded(4)),
        # what is said during the beep comes after it
        ("", says("x", -5.0, 4.0), 10.0, recorded(4)),
    ],
)
def test_what_is_reported(attributes: str, reply: Reply, at: float, extra: Fields) -> None:
    assert record(attributes, reply).sent == [(at, "POST", ACT, extra)]


@pytest.mark.parametrize(
    ("attributes", "reply", "goes_on_at"),
    [
        ("", SILENT, 6.0),
        ("timeout='3'", SILENT, 4.0),
        ("timeout='3'", says("too late", 3.5), 4.0),
        ("maxLength='2'", SILENT, 3.0),
        ("maxLength='2'", says("too late", 2.0), 3.0),
        ("timeout='0' maxLength='20'", SILENT, 21.0),
        ("", presses("#", 1.0), 2.25),
        ("finishOnKey='*'", presses("#", 1.0), 6.0),
        ("", presses("#", 9.0), 6.0),
    ],
)
def test_an_empty_recording_falls_through(attributes: str, reply: Reply, goes_on_at: float) -> None:
    stage = record(attributes, reply)
    assert stage.sent == []
    assert [at for at, _ in stage.asked] == [0.0, goes_on_at]


def test_without_a_time_out_it_waits_as_long_as_a_call_may_last() -> None:
    assert record("timeout='0'", SILENT).ended[:2] == (1800.0, "too_long")


def test_a_caller_who_hangs_up_leaves_a_recording_that_is_reported_beside_the_call() -> None:
    reply = says("my message", 1.0, 4.0, hangs_up=True)
    stage = record("", reply)
    assert stage.actions[3:] == [
        (
            6.0,
            sends(
                1,
                Kind.RECORD,
                *recorded(4, "hangup"),
                url=ACT,
                status="completed",
                steers=False,
            ),
        ),
        (6.0, Finished()),
    ]
    assert stage.ended == (6.0, "abandoned", "the caller hung up")


@pytest.mark.parametrize(("after_s", "at"), [(-0.5, 0.5), (2.0, 3.0), (60.0, 6.0)])
def test_a_caller_who_hangs_up_at_once_leaves_none(after_s: float, at: float) -> None:
    stage = record("", hangs_up(after_s))
    assert (stage.sent, stage.ended[:2]) == ([], (at, "abandoned"))


def test_by_default_the_document_itself_is_asked() -> None:
    stage = play(twiml("<Record method='GET'/>"), replies=[says("x")])
    assert [sent[1:3] for sent in stage.sent] == [("GET", URL)]
