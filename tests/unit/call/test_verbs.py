"""Say, Play, Pause, Redirect, Hangup, Reject: whole action lists, with their times."""

import pytest

from voicesim.call.entries import Ended, Heard, Said
from voicesim.call.events import Ask, Finished, Kind, WakeAt
from voicesim.call.talk import Prompt, Reply
from voicesim.twilio.vocabulary import RESPONSE

from .playing import (
    HANGUP,
    RINGS,
    URL,
    Stage,
    answer,
    hangs_up,
    play,
    says,
    sends,
    twiml,
)

FIVE = "one two three four five"


def test_a_call_that_hears_a_sentence() -> None:
    stage = play(twiml(f"<Say>{FIVE}</Say>"))
    assert stage.actions == [
        RINGS,
        (0.0, Ask(Prompt(FIVE, 2.0))),
        (0.0, WakeAt(2.0)),
        (2.0, Finished()),
    ]
    assert stage.ended == (2.0, "agent_hung_up", "the document ended")


def test_verbs_follow_each_other() -> None:
    stage = play(
        twiml(f"<Say language='de-DE'>{FIVE}</Say><Pause length='4'/><Play>/a.mp3</Play><Hangup/>")
    )
    assert stage.actions == [
        RINGS,
        (0.0, Ask(Prompt(FIVE, 2.0, "de-DE"))),
        (0.0, WakeAt(2.0)),
        (2.0, Ask(Prompt("", 4.0))),
        (2.0, WakeAt(6.0)),
        (6.0, Ask(Prompt("", 3.0, audio=("/a.mp3",)))),
        (6.0, WakeAt(9.0)),
        (9.0, Finished()),
    ]
    assert stage.ended == (9.0, "agent_hung_up", "the agent hung up")


def test_an_empty_document_ends_the_call() -> None:
    stage = play("<Response/>")
    assert stage.actions == [RINGS, (0.0, Finished())]
    assert stage.ended == (0.0, "agent_hung_up", "the document ended")


@pytest.mark.parametrize(
    ("verb", "lasts_s"),
    [
        (f"<Say>{FIVE}</Say>", 2.0),
        (f"<Say loop='3'>{FIVE}</Say>", 6.0),
        (f"<Say loop='0'>{FIVE}</Say>", 1800.0),  # a thousand times: the cap on a call's length
        (f"<Say loop='-1'>{FIVE}</Say>", 2.0),
        (f"<Say loop='often'>{FIVE}</Say>", 2.0),
        ("<Say/>", 0.0),
        ("<Say>one<break time='1s'/>two <p>three</p></Say>", 1.2),
        ("<Play>a.mp3</Play>", 3.0),
        ("<Play loop='2'>a.mp3</Play>", 6.0),
        ("<Play/>", 0.0),
        ("<Play digits='w1W2'/>", 2.0),
        ("<Play digits='123'>a.mp3</Play>", 0.75),
        ("<Pause/>", 1.0),
        ("<Pause length='7'/>", 7.0),
        ("<Pause length=' 7 '/>", 7.0),
        ("<Pause length='0'/>", 1.0),
        ("<Pause length='1.5'/>", 1.0),
        ("<Pause length='99999999999999999999'/>", 1.0),
        ("<Pause length='٣'/>", 1.0),
    ],
)
def test_how_long_it_lasts(verb: str, lasts_s: float) -> None:
    assert play(twiml(verb)).ended[0] == lasts_s


def test_the_caller_hangs_up_while_the_agent_talks() -> None:
    stage = play(twiml(f"<Say>{FIVE}</Say><Pause/>"), replies=[hangs_up(-0.5, "in a hurry")])
    assert [at for at, _ in stage.actions] == [0.0, 0.0, 0.0, 1.5]
    assert stage.ended == (1.5, "abandoned", "the caller hung up: in a hurry")
    assert stage.call.log.entries()[-2:] == (
        Said.of(1.5, hangs_up(-0.5, "in a hurry")),
        Ended(1.5, "the caller hung up: in a hurry"),
    )


@pytest.mark.parametrize(
    ("reply", "at"),
    [
        (hangs_up(-9.0), 0.0),
        (hangs_up(3.0), 2.0),  # nobody keeps silent on a line that is gone
        (says("never mind", -1.0, 1.5, hangs_up=True), 2.5),
        (says("bye", 5.0, 1.0, hangs_up=True), 3.0),
    ],
)
def test_when_it_hangs_up(reply: Reply, at: float) -> None:
    assert play(twiml(f"<Say>{FIVE}</Say>"), replies=[reply]).ended[:2] == (at, "abandoned")


def test_who_talks_to_nobody_is_not_heard() -> None:
    stage = play(twiml(f"<Say>{FIVE}</Say>"), replies=[says("hello", -1.0)])
    assert stage.ended[:2] == (2.0, "agent_hung_up")
    entries = stage.call.log.entries()
    assert [e for e in entries if isinstance(e, Said)] == [Said.of(1.0, says("hello", -1.0))]


def test_silence_is_not_in_the_log() -> None:
    entries = play(twiml("<Say>hi</Say>"), replies=[Reply(after_s=1.0)]).call.log.entries()
    assert [type(entry) for entry in entries[2:]] == [Heard, Ended]


# --- Redirect -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "method", "url"),
    [
        ("<Redirect>/next</Redirect>", "POST", "http://127.0.0.1:9/next"),
        ("<Redirect>next?a=1&amp;b=2</Redirect>", "POST", "http://127.0.0.1:9/next?a=1&b=2"),
        ("<Redirect>\n   ./next\n  </Redirect>", "POST", "http://127.0.0.1:9/next"),
        ("<Redirect>?x</Redirect>", "POST", "http://127.0.0.1:9/voice?x"),
        ("<Redirect/>", "POST", URL),
        ("<Redirect method='GET'>/next</Redirect>", "GET", "http://127.0.0.1:9/next"),
        ("<Redirect method='get'>/next</Redirect>", "GET", "http://127.0.0.1:9/next"),
        ("<Redirect method='PUT'>/next</Redirect>", "POST", "http://127.0.0.1:9/next"),
        ("<Redirect>https://other.test/x</Redirect>", "POST", "https://other.test/x"),
        ("<Redirect>//other.test/x</Redirect>", "POST", "http://other.test/x"),
        ("<Redirect>http://[oh/no</Redirect>", "POST", "http://[oh/no"),
    ],
)
def test_redirect(verb: str, method: str, url: str) -> None:
    stage = play(twiml(f"<Say>{FIVE}</Say>{verb}<Say>never heard</Say>"))
    assert stage.actions == [
        RINGS,
        (0.0, Ask(Prompt(FIVE, 2.0))),
        (0.0, WakeAt(2.0)),
        (2.0, sends(1, Kind.REDIRECT, url=url, method=method)),
        (2.0, Finished()),
    ]


def test_relative_urls_count_from_where_the_answer_came_from() -> None:
    moved = answer(twiml("<Redirect>next</Redirect>"), url="http://127.0.0.1:9/a/b?c")
    stage = play(moved, twiml("<Redirect/>"))
    assert [url for _, _, url, _ in stage.sent] == ["http://127.0.0.1:9/a/next"] * 2


def test_a_call_that_is_only_redirected_was_not_answered_yet() -> None:
    stage = play(twiml("<Redirect>/a</Redirect>"), twiml("<Pause/><Redirect>/b</Redirect>"))
    url = "http://127.0.0.1:9/"
    assert stage.actions == [
        RINGS,
        (0.0, sends(1, Kind.REDIRECT, url=url + "a", status="ringing")),
        (0.0, Ask(Prompt("", 1.0))),
        (0.0, WakeAt(1.0)),
        (1.0, sends(2, Kind.REDIRECT, url=url + "b", status="ringing")),
        (1.0, Finished()),
    ]


# --- Reject -------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", ["", "<Pause length='2'/>"])
@pytest.mark.parametrize(
    ("reason", "why"),
    [
        ("", "rejected"),
        ("reason='rejected'", "rejected"),
        ("reason='busy'", "busy"),
        ("reason='not busy'", "rejected"),
    ],
)
def test_reject(first: str, reason: str, why: str) -> None:
    stage = play(twiml(f"{first}<Reject {reason}/><Say>never heard</Say>"))
    at = 2.0 if first else 0.0
    assert stage.ended == (at, "rejected", f"the agent rejected it: {why}")
    assert len(stage.asked) == bool(first)


def test_reject_behind_a_redirect() -> None:
    stage = play(twiml("<Redirect>/a</Redirect>"), twiml("<Reject/>"))
    assert stage.ended[1] == "rejected"


def test_reject_does_nothing_once_the_call_was_answered() -> None:
    stage = play(twiml("<Say>one two three four five</Say><Reject/><Reject/><Pause/>"))
    assert stage.actions == [
        RINGS,
        (0.0, Ask(Prompt(FIVE, 2.0))),
        (0.0, WakeAt(2.0)),
        (2.0, Ask(Prompt("", 1.0))),
        (2.0, WakeAt(3.0)),
        (3.0, Finished()),
    ]
    assert stage.ended[1] == "agent_hung_up"


# --- what is not carried out --------------------------------------------------------------------

CARRIED = {"Say", "Play", "Pause", "Gather", "Record", "Redirect", "Hangup", "Reject"} | {
    *("Dial", "Enqueue", "Leave", "Sms")
}


@pytest.mark.parametrize("name", sorted(set(RESPONSE.children) - CARRIED))
def test_a_verb_that_is_not_carried_out_ends_the_call_and_says_so(name: str) -> None:
    stage = play(twiml(f"\n<Say>{FIVE}</Say>\n <{name}/><Say>never heard</Say>"))
    assert stage.actions == [
        RINGS,
        (0.0, Ask(Prompt(FIVE, 2.0))),
        (0.0, WakeAt(2.0)),
        (2.0, Finished()),
    ]
    assert stage.ended == (2.0, "not_carried", name)
    [finding] = [f for f in stage.call.log.findings if f.code == "not-carried"]
    assert finding.level == "NOTICE"
    assert finding.message == f"{name} is not carried out by voicesim yet"
    assert (finding.line, finding.column, finding.element, finding.url) == (3, 1, name, URL)


def test_a_dial_that_is_not_carried_out() -> None:
    stage = play(twiml("<Dial><Number>1</Number><Application/></Dial>"))
    assert stage.actions == [RINGS, (0.0, Finished())]
    assert stage.ended == (0.0, "not_carried", "Dial Application")


@pytest.mark.parametrize(
    ("verb", "named"),
    [
        ("<Dial referUrl='/r'>1</Dial>", ["Dial@referUrl"]),
        (
            "<Dial referUrl=''><Sip amdStatusCallback='/s'>sip:a@b</Sip></Dial>",
            ["Sip@amdStatusCallback"],
        ),
        (
            "<Dial><Number amdStatusCallback='/a'>1</Number></Dial>",
            ["Number@amdStatusCallback"],
        ),
        (
            "<Dial><Conference eventCallbackUrl='/e'>r</Conference></Dial>",
            ["Conference@eventCallbackUrl"],
        ),
    ],
)
def test_callbacks_that_are_not_sent_yet_are_named(verb: str, named: list[str]) -> None:
    stage = play(twiml(verb))
    assert stage.ended[1] == "agent_hung_up"
    messages = [finding.message for finding in stage.call.log.findings]
    assert messages == [f"{name} is not requested by voicesim yet" for name in named]


def test_the_stage_hangs_up_when_its_documents_are_used_up() -> None:
    assert (
        Stage([]).play().ended == play(HANGUP).ended == (0.0, "agent_hung_up", "the agent hung up")
    )
