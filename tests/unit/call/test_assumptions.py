"""What calls do where Twilio's pages are silent: each choice of the terms, beside the usual."""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal, get_args, get_origin, get_type_hints

import pytest

from voicesim.call.events import SendWebhook
from voicesim.call.talk import Reply
from voicesim.call.terms import Terms
from voicesim.twilio.reading import Reading

from .playing import (
    EVERY_STATUS,
    SILENT,
    STATUS_URL,
    TARGET,
    Scripted,
    Stage,
    failure,
    hangs_up,
    play,
    presses,
    says,
    twiml,
)

DIAL = "<Dial action='/act'><Number url='/w'>+15005550009</Number></Dial>"
TWO = "<Dial action='/act'><Number>+15005550007</Number><Number>+15005550008</Number></Dial>"
QUEUE = "<Enqueue action='/act' waitUrl='/wait'>support</Enqueue>"
LINE = "<Dial action='/act'><Queue>support</Queue></Dial>"
ROOM = "<Dial action='/act'><Conference waitUrl='/wait'>room</Conference></Dial>"
LISTENS = "<Gather input='speech dtmf' action='/act' actionOnEmptyResult='true'/>"
RECORD = "<Record action='/act' transcribe='true' transcribeCallback='/text' {}/>"
BROKEN = failure("11217", "it answered with status 500", 500)
SPARE = replace(TARGET, fallback_url="https://spare.example/", fallback_method="GET")


def terms(switch: str) -> Terms:
    name, _, value = switch.partition("=")
    usual = getattr(Terms(), name)
    return replace(Terms(), **{name: type(usual)(value)})


def last(stage: Stage, *names: str) -> str:
    """What the latest webhook says: these fields, and where it went."""
    _, _, url, extra = stage.sent[-1]
    fields = dict(extra)
    said = [f"{name}={fields[name]}" for name in names if name in fields]
    return " ".join([url.rpartition("/")[2], *said])


def called(stage: Stage, name: str) -> str:
    """One field of every callback; "-" where it is not."""
    return " ".join(fields.get(name, "-") for _, _, fields in stage.called_back)


def fallen_back(switch: str) -> str:
    stage = play(BROKEN, twiml("<Redirect>/b</Redirect>"), BROKEN, target=SPARE,
                 terms=terms(switch))  # fmt: skip
    return stage.ended[1]


def gathered(switch: str, reply: Reply, *names: str) -> str:
    stage = play(twiml(LISTENS), replies=[reply], terms=terms(switch))
    return last(stage, *names) if stage.sent else "nothing"


def transcribed(switch: str, most: int, lasts_s: float) -> str:
    verb = RECORD.format(f"maxLength='{most}' timeout='1'")
    stage = play(twiml(verb), replies=[says("a", 1.0, lasts_s)], terms=terms(switch))
    return called(stage, "TranscriptionStatus")


def partials(switch: str) -> str:
    verb = "<Gather input='speech' partialResultCallback='/p'/>"
    return called(play(twiml(verb), replies=[says("a", 0, 2)], terms=terms(switch)),
                  "SequenceNumber")  # fmt: skip


def rung(switch: str) -> str:
    verb = "<Dial action='/act' timeout='2'><Number>+15005550009</Number></Dial>"
    return last(play(twiml(verb), terms=terms(switch)), "DialCallStatus")


def unanswered(switch: str) -> str:
    how = replace(terms(switch), dial_statuses=("busy", "no-answer"))
    return last(play(twiml(TWO), terms=how), "DialCallStatus")


def whispered(switch: str, whisper: Scripted, *names: str) -> str:
    return last(play(twiml(DIAL), whisper, terms=terms(switch)), *names)


def waited(switch: str, verb: str, *documents: Scripted) -> str:
    stage = play(twiml(verb), *documents, terms=terms(switch))
    return f"{stage.ended[1]} {len(stage.sent)}"


def sip_codes(switch: str) -> str:
    verb = DIAL.replace("url='/w'", "statusCallback='/s'")
    stage = play(twiml(verb), target=EVERY_STATUS, terms=terms(switch))
    own = [dict(extra) for _, _, url, extra in stage.sent if url == STATUS_URL][-1]
    return f"{called(stage, 'SipResponseCode')} {own.get('SipResponseCode', '-')}"


def room_numbers(switch: str) -> str:
    verb = ROOM.replace("waitUrl='/wait'", "statusCallback='/s' statusCallbackEvent='join end'")
    return called(play(twiml(verb), terms=terms(switch)), "SequenceNumber")


def messaged(switch: str) -> str:
    verb = "<Sms action='/act' statusCallback='/s'>hi</Sms>"
    stage = play(twiml(verb), terms=terms(switch))
    return f"{last(stage, 'SmsStatus')} {called(stage, 'MessageStatus')}"


KEY, SPOKE = presses("1#", 1.0), says("yes", 1.0)
RESULT = ("Digits", "SpeechResult")
KEYS = ("Digits", "FinishedOnKey", "msg")
DIALLED = ("DialCallStatus", "DialBridged")
NO_TIME = [twiml("")] * 200
Observed = Callable[[str], str]
ROWS: list[tuple[str, Observed, str, str]] = [
    ("fallback_asked=once", fallen_back, "agent_hung_up", "webhook_failed"),
    (
        "gather_hangup=told",
        lambda s: gathered(s, presses("12", 1.0, hangs_up=True), *RESULT),
        "nothing",
        "act Digits=12",
    ),
    (
        "empty_result=absent",
        lambda s: gathered(s, SILENT, *RESULT),
        "act Digits= SpeechResult=",
        "act",
    ),
    (
        "speech_language=sent",
        lambda s: gathered(s, SPOKE, "Language", "SpeechResult"),
        "act SpeechResult=yes",
        "act Language=en-US SpeechResult=yes",
    ),
    (
        "finished_on_key=sent",
        lambda s: gathered(s, KEY, *KEYS),
        "act Digits=1",
        "act Digits=1 FinishedOnKey=# msg=Gather End",
    ),
    ("partial_number=absent", partials, "0 1", "- -"),
    ("long_recording=failed", lambda s: transcribed(s, 121, 5.0), "", "failed"),
    ("long_recording=by_length", lambda s: transcribed(s, 121, 5.0), "", "completed"),
    ("short_recording=none", lambda s: transcribed(s, 100, 1.0), "failed", ""),
    ("dial_buffer_s=5", rung, "act DialCallStatus=no-answer", "act DialCallStatus=completed"),
    (
        "unanswered_status=first",
        unanswered,
        "act DialCallStatus=no-answer",
        "act DialCallStatus=busy",
    ),
    (
        "whisper_lost=no-answer",
        lambda s: whispered(s, twiml("<Hangup/>"), *DIALLED),
        "act DialCallStatus=completed DialBridged=false",
        "act DialCallStatus=no-answer DialBridged=false",
    ),
    (
        "whisper_lost=canceled",
        lambda s: whispered(s, twiml("<Hangup/>"), *DIALLED),
        "act DialCallStatus=completed DialBridged=false",
        "act DialCallStatus=canceled DialBridged=false",
    ),
    (
        "whisper_failed=connected",
        lambda s: whispered(s, BROKEN, *DIALLED),
        "act DialCallStatus=completed DialBridged=false",
        "act DialCallStatus=completed DialBridged=true",
    ),
    ("conference_failed=ends", lambda s: waited(s, ROOM, BROKEN), "agent_hung_up 2",
     "webhook_failed 1"),
    ("queue_failed=silence", lambda s: waited(s, QUEUE, BROKEN), "webhook_failed 1",
     "agent_hung_up 2"),
    ("short_wait=again", lambda s: waited(s, QUEUE, *NO_TIME), "agent_hung_up 2",
     "too_many_turns 99"),
    (
        "inner_verb=skipped",
        lambda s: whispered(s, twiml("<Dial>+15005550001</Dial><Say>a</Say>"), *DIALLED),
        "act DialCallStatus=completed DialBridged=false",
        "act DialCallStatus=completed DialBridged=true",
    ),
    ("leave_outside=ends", lambda s: str(play(twiml("<Leave/><Pause/>"), terms=terms(s)).ended[0]),
     "1.0", "0.0"),
    ("sip_response_code=always", sip_codes, "200 -", "200 200"),
    ("sip_response_code=never", sip_codes, "200 -", "- -"),
    ("conference_events_from=0", room_numbers, "1 2 3", "0 1 2"),
    (
        "dequeued=untold",
        lambda s: last(play(twiml(LINE), terms=terms(s)), "DialCallStatus", "DequeueResult"),
        "act DialCallStatus=completed DequeueResult=bridged",
        "act DialCallStatus=completed",
    ),
    ("sms_status=queued", messaged, "act SmsStatus=sent sent", "act SmsStatus=queued queued"),
    ("sms_status=failed", messaged, "act SmsStatus=sent sent", "act SmsStatus=failed failed"),
]  # fmt: skip


@pytest.mark.parametrize(("switch", "observed", "usual", "otherwise"), ROWS)
def test_each_choice_plays_its_own_way(
    switch: str, observed: Observed, usual: str, otherwise: str
) -> None:
    name = switch.partition("=")[0]
    assert observed(f"{name}={getattr(Terms(), name)}") == usual
    assert observed(switch) == otherwise


def test_every_choice_is_here() -> None:
    kinds = get_type_hints(Terms).items()
    choices = {name: get_args(kind) for name, kind in kinds if get_origin(kind) is Literal}
    wanted = {f"{name}={value}" for name, values in choices.items() for value in values[1:]}
    assert wanted <= {row[0] for row in ROWS}
    assert all(getattr(Terms(), name) == values[0] for name, values in choices.items())


def test_what_is_told_of_a_gather_that_the_caller_left() -> None:
    told = terms("gather_hangup=told")
    stage = play(twiml(LISTENS), replies=[says("book it", 1.0, hangs_up=True)], terms=told)
    at, _, _, extra = stage.sent[-1]
    assert (at, extra) == (3.0, (("Confidence", "0.9"), ("SpeechResult", "book it")))
    webhook = stage.actions[-2][1]
    assert isinstance(webhook, SendWebhook)
    assert not webhook.steers
    assert dict(webhook.fields)["CallStatus"] == "completed"
    assert stage.ended == (3.0, "abandoned", "the caller hung up")
    assert play(twiml(LISTENS), replies=[hangs_up(1.0)], terms=told).sent == []
    late = presses("1", 99.0, hangs_up=True)
    assert play(twiml(LISTENS), replies=[late], terms=told).sent == []


def test_a_recording_over_two_minutes_fails_by_its_length() -> None:
    assert transcribed("long_recording=by_length", 200, 130.0) == "failed"
    assert transcribed("long_recording=by_length", 200, 1.0) == "failed"


def test_a_key_that_ends_nothing_is_told_as_none() -> None:
    said = gathered("finished_on_key=sent", presses("1", 1.0), *KEYS)
    assert said == "act Digits=1 FinishedOnKey= msg=Gather End"


def test_documents_are_read_as_the_terms_have_it() -> None:
    how = replace(Terms(), reading=Reading(unknown_element="children"))
    verbs = twiml("<box><Pause length='3'/></box>")
    assert (play(verbs).ended[0], play(verbs, terms=how).ended[0]) == (0.0, 3.0)
    ends = replace(Terms(), reading=Reading(bad_value="ends"))
    stage = play(twiml("<Pause length='x'/>"), twiml(""), terms=ends, target=SPARE)
    assert [dict(extra)["ErrorCode"] for _, _, _, extra in stage.sent] == ["13910"]
