"""Gather, as Twilio's page on it says: whole action lists where order matters, tables elsewhere."""

import pytest

from voicesim.call.entries import Said
from voicesim.call.events import Ask, Finished, Kind, WakeAt
from voicesim.call.talk import Listening, Prompt, Reply, Speech

from .playing import (
    RINGS,
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

FIVE = "one two three four five"
SAY = f"<Say>{FIVE}</Say>"  # 2 s
ACT = "http://127.0.0.1:9/act"
SPEECH = (("Confidence", "0.9"), ("SpeechResult", "yes"))


def gather(attributes: str, reply: Reply, inside: str = SAY, after: str = "<Pause/>") -> Stage:
    return play(
        twiml(f"<Gather action='/act' {attributes}>{inside}</Gather>{after}"), replies=[reply]
    )


@pytest.mark.parametrize(("longest", "at"), [("2", 4.0), ("90", 13.0), ("0", 13.0), ("x", 13.0)])
def test_max_speech_time_ends_an_utterance(longest: str, at: float) -> None:
    """Cut speech needs no silence to end it."""
    attributes = f"input='speech' speechTimeout='1' maxSpeechTime='{longest}'"
    stage = gather(attributes, says("yes", 0.0, 10.0))
    assert stage.actions[3] == (at, sends(1, Kind.GATHER, *SPEECH, url=ACT))


def test_speech_from_prompt_to_action() -> None:
    stage = gather(
        "input='speech' speechTimeout='2' hints='yes, no ,' language='en-GB'", says("yes", 1.0, 1.5)
    )
    listening = Listening(
        speech=True, dtmf=False, timeout_s=5.0, hints=("yes", "no"), language="en-GB"
    )
    assert stage.actions == [
        RINGS,
        (0.0, Ask(Prompt(FIVE, 2.0, listening=listening))),
        (0.0, WakeAt(6.5)),
        (6.5, sends(1, Kind.GATHER, *SPEECH, url=ACT)),
        (6.5, Finished()),
    ]
    assert Said.of(3.0, says("yes", 1.0, 1.5)) in stage.call.log.entries()


def test_no_input_goes_on_with_the_document() -> None:
    stage = gather("input='speech dtmf' timeout='3'", SILENT)
    listening = Listening(speech=True, dtmf=True, timeout_s=3.0)
    assert stage.actions == [
        RINGS,
        (0.0, Ask(Prompt(FIVE, 2.0, listening=listening))),
        (0.0, WakeAt(5.0)),
        (5.0, Ask(Prompt("", 1.0))),
        (5.0, WakeAt(6.0)),
        (6.0, Finished()),
    ]


def test_no_input_and_nothing_left_hangs_up() -> None:
    stage = gather("", SILENT, after="")
    assert stage.sent == []
    assert stage.ended == (7.0, "agent_hung_up", "the document ended")


def test_what_follows_an_action_is_unreachable() -> None:
    stage = play(
        twiml("<Gather input='speech'/><Redirect>/never</Redirect>"),
        "<Response/>",
        replies=[says("yes")],
    )
    assert [url for _, _, url, _ in stage.sent] == [URL]
    assert stage.ended[2] == "the document ended"


@pytest.mark.parametrize(
    ("attributes", "at"),
    [
        ("speechTimeout='auto'", 6.0),  # prompt 2, thinks 1, speaks 2, silence 1
        ("speechTimeout='3'", 8.0),
        ("speechTimeout='0'", 10.0),
        ("speechTimeout='soon'", 10.0),
        ("", 10.0),  # by default the timeout
        ("timeout='2'", 7.0),
        ("timeout='2' speechTimeout='auto'", 6.0),
    ],
)
def test_the_silence_that_ends_speech(attributes: str, at: float) -> None:
    stage = gather(f"input='speech' {attributes}", says("yes", 1.0))
    assert stage.sent == [(at, "POST", ACT, SPEECH)]


@pytest.mark.parametrize(
    ("lasts_s", "at"), [(59.0, 62.0), (60.0, 62.0), (61.0, 62.0), (500.0, 62.0)]
)
def test_speech_is_heard_for_a_minute_at_most(lasts_s: float, at: float) -> None:
    stage = gather("input='speech' speechTimeout='auto'", says("yes", lasts_s=lasts_s))
    assert stage.sent == [(at, "POST", ACT, SPEECH)]


@pytest.mark.parametrize(
    ("speech", "extra"),
    [
        (Speech("yes", None, None, 2.0), ()),
        (Speech("yes", None, 0.5, 2.0), (("Confidence", "0.5"),)),
        (Speech("yes", "yes", None, 2.0), (("SpeechResult", "yes"),)),
        (Speech("yes", "", 0.0, 2.0), (("Confidence", "0.0"), ("SpeechResult", ""))),
        (Speech("Yes!", "yeah", 1.0, 2.0), (("Confidence", "1.0"), ("SpeechResult", "yeah"))),
    ],
)
def test_what_the_recogniser_reports(speech: Speech, extra: tuple[tuple[str, str], ...]) -> None:
    stage = gather("input='speech' speechTimeout='auto'", Reply(speech=speech))
    assert stage.sent == [(5.0, "POST", ACT, extra)]


@pytest.mark.parametrize(
    ("attributes", "keys", "at", "digits"),
    [
        ("", "12", 8.5, "12"),  # prompt 2, thinks 1, two keys 0.5, silence 5
        ("timeout='1'", "12", 4.5, "12"),
        ("", "12#", 3.75, "12"),
        ("", "12#34", 3.75, "12"),
        ("finishOnKey='*'", "1#*", 3.75, "1#"),
        ("finishOnKey=''", "1#", 8.5, "1#"),
        ("finishOnKey=''", "#", 8.25, "#"),
        ("finishOnKey='' numDigits='2'", "1#", 3.5, "1#"),
        ("numDigits='1'", "5", 3.25, "5"),
        ("numDigits='2'", "5", 8.25, "5"),
        ("numDigits='2'", "5#", 3.5, "5"),
        ("numDigits='2'", "567", 3.5, "56"),
        ("numDigits='0'", "567", 8.75, "567"),
        ("numDigits='many'", "567", 8.75, "567"),
        ("input='dtmf'", "1#", 3.5, "1"),
        ("input='dtmf speech'", "1#", 3.5, "1"),
        ("input='nonsense'", "1#", 3.5, "1"),
        ("input=''", "1#", 3.5, "1"),
    ],
)
def test_keys(attributes: str, keys: str, at: float, digits: str) -> None:
    stage = gather(attributes, presses(keys, 1.0))
    assert stage.sent == [(at, "POST", ACT, (("Digits", digits),))]


@pytest.mark.parametrize(
    ("attributes", "reply", "goes_on_at"),
    [
        ("", presses("#", 1.0), 3.25),  # a finish key before any digit ends it there and then
        ("", presses("#12", 1.0), 3.25),
        ("", presses("#", -0.5), 1.75),
        ("finishOnKey='5'", presses("5", 1.0), 3.25),
        ("", presses("#", 6.0), 7.0),
        ("", presses("1", 5.5), 7.0),
        ("input='speech'", says("yes", 5.5), 7.0),
        ("input='speech'", presses("12#", 1.0), 7.0),
        ("input='speech'", presses("#", 1.0), 7.0),
        ("", says("yes", 1.0), 7.0),
        ("input='dtmf'", says("yes", 1.0), 7.0),
    ],
)
def test_what_is_no_input(attributes: str, reply: Reply, goes_on_at: float) -> None:
    stage = gather(attributes, reply)
    assert stage.sent == []
    assert [at for at, _ in stage.asked] == [0.0, goes_on_at]


@pytest.mark.parametrize(
    ("attributes", "reply", "at"),
    [
        ("input='speech'", presses("1", 1.0), 3.0),
        ("", says("yes", 5.0), 7.0),
        ("", says("yes", -1.5), 0.5),
        ("", says("yes", 5.5), None),  # it was too late to say anything
    ],
)
def test_what_was_said_in_vain_is_told_when_it_was(
    attributes: str, reply: Reply, at: float | None
) -> None:
    entries = gather(attributes, reply).call.log.entries()
    said = [entry.at for entry in entries if isinstance(entry, Said)]
    assert said == ([] if at is None else [at])
    assert sorted(entry.at for entry in entries) == [entry.at for entry in entries]


def test_the_last_moment_is_input() -> None:
    assert gather("input='speech'", says("yes", 5.0)).sent == [(14.0, "POST", ACT, SPEECH)]


def test_speech_wins_where_both_are_listened_for() -> None:
    both = says("yes", digits="12#")
    assert gather("input='dtmf speech' speechTimeout='1'", both).sent[0][3] == SPEECH
    assert gather("input='dtmf'", both).sent[0][3] == (("Digits", "12"),)


@pytest.mark.parametrize(
    ("attributes", "reply", "at"),
    [
        ("", says("yes", -1.5), 4.5),  # begins at 0.5, speaks 2, silence 2
        ("", says("yes", -9.0), 4.0),
        ("bargeIn='true'", says("yes", -1.5), 4.5),
        ("bargeIn='false'", says("yes", -1.5), 6.0),
        ("bargeIn='false'", says("yes", -9.0), 6.0),
        ("bargeIn='false'", says("yes", 1.0), 7.0),
        ("bargeIn='false'", presses("1#", -1.5), 2.5),
        ("", presses("1#", -1.5), 1.0),
    ],
)
def test_barge_in(attributes: str, reply: Reply, at: float) -> None:
    stage = gather(f"input='speech dtmf' speechTimeout='2' {attributes}", reply)
    assert [sent[0] for sent in stage.sent] == [at]


@pytest.mark.parametrize("barge_in", ["true", "false"])
@pytest.mark.parametrize(
    ("reply", "at"),
    [
        (hangs_up(-1.5), 0.5),  # nobody is kept on the line because bargeIn is off
        (hangs_up(1.0), 3.0),
        (hangs_up(60.0), 7.0),
        (says("bye", 1.0, 1.5, hangs_up=True), 4.5),
        (presses("12", 1.0, hangs_up=True), 3.5),
    ],
)
def test_who_hangs_up_causes_no_action(barge_in: str, reply: Reply, at: float) -> None:
    more = f"actionOnEmptyResult='true' input='speech dtmf' bargeIn='{barge_in}'"
    stage = gather(more, reply)
    assert stage.sent == []
    assert stage.ended == (at, "abandoned", "the caller hung up")


def test_words_nobody_listens_for_are_said_before_hanging_up() -> None:
    stage = gather("input='dtmf'", says("forget it", 1.0, 1.5, hangs_up=True))
    assert stage.ended[:2] == (4.5, "abandoned")


@pytest.mark.parametrize(
    ("attributes", "reply", "at", "extra"),
    [
        ("", SILENT, 7.0, (("Digits", ""),)),
        ("input='speech'", SILENT, 7.0, (("SpeechResult", ""),)),
        ("input='dtmf speech'", SILENT, 7.0, (("Digits", ""), ("SpeechResult", ""))),
        ("timeout='1'", says("yes"), 3.0, (("Digits", ""),)),
        ("", presses("#", 1.0), 3.25, (("Digits", ""),)),
    ],
)
def test_action_on_empty_result(
    attributes: str, reply: Reply, at: float, extra: tuple[tuple[str, str], ...]
) -> None:
    stage = gather(f"actionOnEmptyResult='true' {attributes}", reply)
    assert stage.sent == [(at, "POST", ACT, extra)]
    assert len(stage.asked) == 1  # what is left of the document is unreachable


@pytest.mark.parametrize("value", ["false", "", "yes"])
def test_no_action_on_an_empty_result_otherwise(value: str) -> None:
    assert gather(f"actionOnEmptyResult='{value}'", SILENT).sent == []


@pytest.mark.parametrize(
    ("attributes", "method", "url"),
    [
        ("", "POST", URL),  # the document's own
        ("action=''", "POST", URL),
        ("action='  /act '", "POST", ACT),
        ("action='act?x=1&amp;y'", "POST", ACT + "?x=1&y"),
        ("action='/act' method='GET'", "GET", ACT),
        ("method='GET'", "GET", URL),
        ("action='https://other.test/a'", "POST", "https://other.test/a"),
    ],
)
def test_where_the_result_goes(attributes: str, method: str, url: str) -> None:
    stage = play(twiml(f"<Gather input='speech' {attributes}/>"), replies=[says("yes")])
    assert [sent[1:3] for sent in stage.sent] == [(method, url)]


def test_prompts_within_are_one_prompt() -> None:
    inside = (
        f"<Say language='fr-FR'>{FIVE}</Say><Pause/><Play>a.mp3</Play><Say>six  seven\neight</Say>"
        "<Play/><Dial>1</Dial>"
    )
    stage = gather("numDigits='4' finishOnKey='*' timeout='9' bargeIn='false'", SILENT, inside)
    listening = Listening(
        speech=False, dtmf=True, timeout_s=9.0, num_digits=4, finish_on_key="*", barge_in=False
    )
    text = f"{FIVE} six seven eight"
    prompt = Prompt(text, 2.0 + 1.0 + 3.0 + 1.2, "fr-FR", ("a.mp3",), listening)
    assert stage.asked[0] == (0.0, Ask(prompt))
    assert stage.actions[2][1] == WakeAt(prompt.duration_s + 9.0)


def test_the_timeout_counts_from_the_end_of_the_prompts() -> None:
    assert gather("timeout='1'", SILENT, inside="<Pause length='30'/>").asked[1][0] == 31.0
    assert gather("timeout='1'", SILENT, inside="").asked[1][0] == 1.0


@pytest.mark.parametrize("timeout", ["0", "-1", "auto", "", "2.5", "99999999999"])
def test_a_timeout_that_is_none_is_five_seconds(timeout: str) -> None:
    assert gather(f"timeout='{timeout}'", SILENT, inside="").asked[1][0] == 5.0
