"""The fallback URL: asked when a webhook that steers the call fails, or its document does."""

from dataclasses import replace

import pytest

from voicesim.call.events import Answer, Finished, Kind, SendWebhook

from .playing import RINGS, TARGET, TERMS, URL, answer, failure, play, sends, twiml

FALLBACK = "https://spare.example/sorry"
TARGETED = replace(TARGET, fallback_url=FALLBACK, fallback_method="GET")


@pytest.mark.parametrize(
    ("failed", "code"),
    [
        (failure("11217", "it answered with status 500", 500), "11217"),
        (failure("11205", "it took too long"), "11205"),
        (answer("<Response>"), "12100"),
        (answer("<html/>"), "12102"),
        (answer("{}", "application/json"), "12300"),
    ],
)
def test_the_call_goes_on_with_its_document(failed: Answer, code: str) -> None:
    stage = play(failed, twiml("<Pause length='3'/>"), target=TARGETED)
    told = (("ErrorCode", code), ("ErrorUrl", URL))
    asked = sends(1, Kind.FALLBACK, *told, url=FALLBACK, method="GET", status="ringing")
    assert stage.actions[:2] == [RINGS, (0.0, asked)]
    assert stage.ended == (3.0, "agent_hung_up", "the document ended")
    assert [finding.code for finding in stage.call.log.findings] == [code]


def test_without_one_the_call_ends() -> None:
    stage = play(failure("11217", "it answered with status 500", 500))
    assert stage.actions == [RINGS, (0.0, Finished())]
    assert stage.ended[1] == "webhook_failed"


def test_a_fallback_that_fails_too_ends_the_call() -> None:
    stage = play(
        failure("11202", "nobody is there"), failure("11210", "no such name"), target=TARGETED
    )
    assert stage.ended == (0.0, "webhook_failed", "no such name")
    stage = play(failure("11202", "nobody is there"), answer("<Response>"), target=TARGETED)
    assert stage.ended[1] == "twiml_invalid"
    assert [finding.code for finding in stage.call.log.findings] == ["11202", "12100"]


def test_every_document_of_a_call_has_it_and_what_comes_later_is_relative_to_it() -> None:
    stage = play(
        twiml("<Redirect>/menu</Redirect>"),
        failure("11217", "it answered with status 503", 503),
        twiml("<Redirect>next</Redirect>"),
        answer("<Response>"),
        target=TARGETED,
    )
    sent = [action for _, action in stage.actions if isinstance(action, SendWebhook)]
    assert [(one.kind, one.url) for one in sent] == [
        (Kind.VOICE, URL),
        (Kind.REDIRECT, URL.rpartition("/")[0] + "/menu"),
        (Kind.FALLBACK, FALLBACK),
        (Kind.REDIRECT, "https://spare.example/next"),
        (Kind.FALLBACK, FALLBACK),
    ]
    assert sent[-1].fields[-1] == ("ErrorUrl", "https://spare.example/next")
    assert stage.ended[1] == "agent_hung_up"


def test_what_is_our_own_trouble_is_not_told_to_the_fallback() -> None:
    for code in ("host-not-allowed", "no-sockets"):
        stage = play(failure(code, "it was not called"), target=TARGETED)
        assert stage.actions == [RINGS, (0.0, Finished())]


def test_a_call_that_falls_back_for_ever_comes_to_its_end() -> None:
    documents = [failure("11202", "gone"), twiml("<Redirect>/x</Redirect>")] * 20
    stage = play(*documents, target=TARGETED, terms=replace(TERMS, max_turns=7))
    assert stage.call.turns == 7
    assert stage.ended[1] == "webhook_failed"


def test_a_queue_whose_document_fails_is_left_for_the_fallback() -> None:
    stage = play(
        twiml("<Enqueue action='/left' waitUrl='/wait'>support</Enqueue><Say>never</Say>"),
        failure("11217", "it answered with status 500", 500),
        twiml("<Dial timeout='5'>1</Dial><Say>sorry</Say>"),
        target=TARGETED,
    )
    assert [sent[2].rpartition("/")[2] for sent in stage.sent] == ["wait", "sorry"]
    assert [ask.prompt.text for _, ask in stage.asked] == ["sorry"]


def test_a_whisper_that_fails_has_no_fallback() -> None:
    dial = "<Dial action='/act'><Number url='/w'>1</Number></Dial>"
    stage = play(twiml(dial), failure("11217", "status 500", 500), target=TARGETED)
    assert [sent[2].rpartition("/")[2] for sent in stage.sent] == ["w", "act"]
