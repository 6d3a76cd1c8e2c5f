"""What an agent may answer: documents, text, audio, and nothing of use."""

from dataclasses import replace

import pytest

from voicesim.base.findings import Finding, Level
from voicesim.call.entries import MAX_FINDINGS, Ended
from voicesim.call.events import Answer, Answered, Ask, Finished, HttpState, Kind, Ring, WakeAt
from voicesim.call.states import SimulatorError
from voicesim.call.talk import Prompt

from .playing import RINGS, TERMS, URL, answer, failure, hangs_up, new_call, play, sends, twiml

FIVE = "one two three four five"


@pytest.mark.parametrize(
    ("given", "prompt"),
    [
        (answer(f" {FIVE}\n", "text/plain"), Prompt(FIVE, 2.0)),
        (answer("", "text/plain"), Prompt("", 0.0)),
        (answer(twiml("<Pause/>"), "text/plain"), Prompt("", 1.0)),
        (answer(b"RIFF\x00\x01", "audio/wav"), Prompt("", 3.0, audio=("(the answer itself)",))),
        (answer(twiml("<Pause/>"), "text/html; charset=utf-8"), Prompt("", 1.0)),
    ],
)
def test_what_is_played(given: Answer, prompt: Prompt) -> None:
    stage = play(given)
    assert stage.actions == [
        RINGS,
        (0.0, Ask(prompt)),
        (0.0, WakeAt(prompt.duration_s)),
        (prompt.duration_s, Finished()),
    ]
    assert stage.ended[1] == "agent_hung_up"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (answer("<Response><Say>hi</Response>"), "12100"),
        (answer(""), "12100"),
        (answer("<?xml version='2.0'?><Response/>"), "12101"),
        (answer("<html/>"), "12102"),
        (answer("{}", "application/json"), "12300"),
        (answer("", "", status=204), "12300"),
        (answer(b"<Response>" + b" " * 65_536 + b"</Response>"), "11750"),
        (answer(b"\xff\xfe\x00", "text/xml"), "12100"),
    ],
)
def test_invalid_documents(given: Answer, code: str) -> None:
    stage = play(given)
    [finding] = stage.call.log.findings
    assert stage.actions == [RINGS, (0.0, Finished())]
    assert stage.ended == (0.0, "twiml_invalid", finding.message)
    assert (finding.code, finding.level, finding.url) == (code, Level.ERROR, URL)


def test_an_invalid_document_in_the_middle_of_a_call() -> None:
    stage = play(twiml("<Pause/><Redirect/>"), "<Response>")
    assert stage.ended[:2] == (1.0, "twiml_invalid")


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        (failure("11205", "it took too long"), "webhook_failed"),
        (failure("11217", "it answered with status 500", 500), "webhook_failed"),
        (failure("host-not-allowed", "it was not called"), "host_not_allowed"),
    ],
)
def test_nothing_of_use(given: Answer, outcome: str) -> None:
    assert given.failure is not None
    stage = play(given)
    assert stage.actions == [RINGS, (0.0, Finished())]
    assert stage.ended == (0.0, outcome, given.failure.message)
    assert stage.call.log.findings == (given.failure,)
    assert stage.call.log.entries()[-1] == Ended(0.0, given.failure.message)


def test_schema_warnings_do_not_end_a_call() -> None:
    stage = play(twiml("<say>hi</say><Pause bogus='1'/>"))
    assert stage.ended[:2] == (1.0, "agent_hung_up")
    findings = stage.call.log.findings
    assert [(f.code, f.level, f.element, f.url) for f in findings] == [
        ("12200", Level.WARNING, "say", URL),
        ("12200", Level.WARNING, "Pause", URL),
    ]


def test_values_that_do_not_fit_are_found_and_the_defaults_used() -> None:
    stage = play(twiml("<Gather timeout='soon' numDigits='many'/><Pause length='9s'/>"))
    assert stage.ended == (6.0, "agent_hung_up", "the document ended")  # 5 and 1
    assert [f.code for f in stage.call.log.findings] == ["13313", "13314", "13910"]


def test_a_value_that_is_an_error_ends_the_call_and_says_so() -> None:
    stage = play(twiml("<Say>Hello</Say><Gather actionOnEmptyResult='x'/><Pause length='0'/>"))
    at, outcome, why = stage.ended
    assert (at, outcome) == (0.0, "twiml_invalid")
    assert why.startswith("actionOnEmptyResult='x' must be 'true' or 'false'")
    assert [f.code for f in stage.call.log.findings] == ["13338", "13910"]
    assert stage.asked == []


def test_what_the_line_complains_of_is_kept_with_the_answer() -> None:
    odd = Finding("11206", Level.WARNING, "an odd cookie", url="/elsewhere")
    stage = play(answer("<Response/>")._replace(findings=(odd,)))
    assert stage.call.log.findings == (odd,)


def test_why_a_document_is_invalid_is_told_even_behind_many_findings() -> None:
    noisy = twiml("<x/>" * 49 + "<Redirect/>")
    stage = play(noisy, noisy, noisy, "<nothing/>")
    assert len(stage.call.log.findings) == MAX_FINDINGS
    assert stage.call.log.findings_left_out == 3 * 49 + 1 - MAX_FINDINGS
    assert stage.ended[1] == "twiml_invalid"
    assert "<nothing>" in stage.ended[2]


def test_cookies_go_from_answer_to_next_webhook() -> None:
    first = HttpState((("a", "1", "h", "/", True),))
    second = HttpState((("b", "2", "h", "/", True),))
    stage = play(
        answer(twiml("<Say/><Redirect/>"))._replace(state=first),
        answer(twiml("<Redirect/>"))._replace(state=second),
    )
    assert stage.actions[3:] == [
        (0.0, sends(1, Kind.REDIRECT, state=first)),
        (0.0, sends(2, Kind.REDIRECT, state=second)),
        (0.0, Finished()),
    ]


# --- caps ---------------------------------------------------------------------------------------


def test_turns_are_capped() -> None:
    loop = twiml("<Say/><Redirect/>")
    stage = play(*[loop] * 5, terms=replace(TERMS, max_turns=3))
    steps = [(0.0, Ask(Prompt("", 0.0))), (0.0, WakeAt(0.0))]
    assert stage.actions == [
        RINGS,
        *steps,
        (0.0, sends(1, Kind.REDIRECT)),
        *steps,
        (0.0, sends(2, Kind.REDIRECT)),
        *steps,
        (0.0, Finished()),
    ]
    assert stage.ended == (0.0, "too_many_turns", "3 webhooks and no end")
    assert stage.call.turns == 3


@pytest.mark.parametrize(
    ("verbs", "asked_at"),
    [
        ("<Pause length='30'/>", [0.0]),
        ("<Pause length='10'/><Pause/>", [0.0]),
        ("<Pause length='9'/><Pause length='2'/>", [0.0, 9.0]),
        ("<Gather timeout='60' actionOnEmptyResult='true'/>", [0.0]),
        ("<Record timeout='60'/>", [0.0]),
        ("<Dial timeLimit='100'>1</Dial>", []),
        ("<Say loop='0'>hi</Say>", [0.0]),
    ],
)
def test_length_is_capped(verbs: str, asked_at: list[float]) -> None:
    stage = play(twiml(verbs), terms=replace(TERMS, max_length_s=10.0))
    assert stage.ended == (10.0, "too_long", "still on the line after 10 s")
    assert [at for at, _ in stage.asked] == asked_at
    assert stage.sent == []


def test_a_caller_may_hang_up_before_the_cap() -> None:
    stage = play(
        twiml("<Pause length='30'/>"),
        replies=[hangs_up(-25.0)],
        terms=replace(TERMS, max_length_s=10.0),
    )
    assert stage.ended[:2] == (5.0, "abandoned")


def test_an_answer_that_takes_a_call_over_its_length_is_its_last() -> None:
    call = new_call(terms=replace(TERMS, max_length_s=10.0))
    call.handle(Ring(), 0.0)
    assert call.handle(Answered(0, answer(twiml("<Say>hi</Say>"))), 12.0) == [Finished()]
    assert (call.ended_at, call.ending) == (12.0, "too_long")


# --- our own errors -----------------------------------------------------------------------------


def test_an_answer_to_nothing_is_our_error() -> None:
    call = new_call()
    call.handle(Ring(), 0.0)
    entries = call.log.entries()
    with pytest.raises(SimulatorError, match="webhook 7 was never sent"):
        call.handle(Answered(7, answer("<Response/>")), 0.0)
    assert call.log.entries() == entries
