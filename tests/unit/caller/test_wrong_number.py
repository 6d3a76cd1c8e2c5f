"""Callers who have the wrong number, against small agents."""

from collections.abc import Callable

import pytest

from tests.unit.caller.errands import HELLO, Rung, codes
from voicesim.base.findings import Level
from voicesim.call.talk import Judgement, Listening, Opinion, Prompt
from voicesim.caller.dialogue import GoalCaller
from voicesim.caller.models import Persona
from voicesim.config.callers import Catalogue

Make = Callable[..., GoalCaller]


def test_the_wrong_number(rung: Rung) -> None:
    both = [
        rung("wrong_number", HELLO, "No, this is the clinic.", "Bye.", index=n) for n in range(12)
    ]
    first = {said[0].startswith("Hello, is this") for said, _ in both}
    assert first == {True, False}  # some ask first
    assert all("wrong number" in " ".join(said).casefold() for said, _ in both)
    assert {opinion.judgement for _, opinion in both} == {Judgement.REACHED}
    assert all(not opinion.findings for _, opinion in both)


@pytest.mark.parametrize(
    ("end", "judgement"),
    [
        ("No, sorry, this is a dental clinic.", Judgement.REACHED),
        ("You have reached Riverside Dental.", Judgement.REACHED),
        ("Sorry, this is an application error.", Judgement.OPEN),
        ("One moment.", Judgement.OPEN),
    ],
)
def test_whom_it_rang_may_be_told_without_a_goodbye(
    rung: Rung, end: str, judgement: Judgement
) -> None:
    assert rung("wrong_number", HELLO, end)[1].judgement is judgement


def test_who_is_told_at_once_whom_it_rang_is_content(rung: Rung) -> None:
    ends = [rung("wrong_number", HELLO, "No, you have not. Bye.", index=n)[1] for n in range(12)]
    assert {opinion.judgement for opinion in ends} == {Judgement.REACHED}


def asked_whom_it_rang(rung: Rung, *prompts: str, code: str = "en") -> Opinion:
    """What a caller makes of these prompts that first asks whether this is the cinema."""
    for index in range(12):
        said, opinion = rung("wrong_number", HELLO, *prompts, index=index, code=code)
        if said[0].endswith("?"):
            return opinion
    raise AssertionError("none asks")


@pytest.mark.parametrize(
    "answer",
    [
        "Yes, it is.",
        "Yes, this is the Rialto.",
        "This is the Rialto, how can I help?",
        "You've reached the Rialto cinema. How can I help?",
        "Rialto cinema, good evening!",
        "Speaking.",
    ],
)
@pytest.mark.parametrize("end", [(), ("Goodbye.",)])
def test_an_agent_that_says_to_be_a_cinema(rung: Rung, answer: str, end: tuple[str, ...]) -> None:
    opinion = asked_whom_it_rang(rung, answer, *end)
    assert codes(opinion) == [("said-to-be-another", Level.ERROR)]
    assert opinion.judgement is Judgement.WRONG


def test_an_agent_that_says_yes_to_anything(rung: Rung) -> None:
    opinion = asked_whom_it_rang(rung, "Certainly! What day would you like?", "Bye.")
    assert codes(opinion) == [("said-to-be-another", Level.WARNING)]
    assert opinion.judgement is Judgement.REACHED


@pytest.mark.parametrize(
    "answer",
    [
        "Yes, it's Riverside Dental, not the cinema.",
        "Yes? This is Riverside Dental.",
        "Sure, this is Riverside Dental, how can I help you?",
        "You are not speaking with the Rialto.",
        "Yes, you have the wrong number, this is a clinic.",
        "This isn't the Rialto cinema.",
        "No, the Rialto is next door.",
        "The Rialto is next door, this is the clinic.",
    ],
)
def test_an_agent_that_says_who_it_is(rung: Rung, answer: str) -> None:
    opinion = asked_whom_it_rang(rung, answer, "Bye.")
    assert (opinion.judgement, codes(opinion)) == (Judgement.REACHED, [])


@pytest.mark.parametrize("index", range(12))
def test_who_says_that_it_has_the_wrong_number_asked_nothing(rung: Rung, index: int) -> None:
    said, opinion = rung("wrong_number", HELLO, "Yes, it is. Bye.", index=index)
    if "wrong number" in said[0]:
        assert codes(opinion) == []


def test_who_has_the_wrong_number_presses_no_key(
    catalogue: Catalogue, calm: Persona, caller_of: Make
) -> None:
    caller = caller_of(calm, catalogue.scenarios["wrong_number"])
    menu = Listening(speech=False, dtmf=True, timeout_s=5.0)
    reply = caller.hear(Prompt("Press 1 for sales.", 2.0, listening=menu))
    assert (reply.hangs_up, reply.digits) == (True, "")


WHO = {
    "es": ("Sí, es el cine Rialto.", "Sí, es la Clínica Sol, no el cine.", "Adiós."),
    "fr": ("Oui, c'est bien le cinéma Rialto.", "Non, c'est le cabinet.", "Au revoir."),
    "de": ("Ja, hier ist das Kino Rialto.", "Ja, hier ist die Praxis, nicht das Kino.", "Tschüss."),
}


@pytest.mark.parametrize("code", WHO)
def test_who_it_is_in_another_language(rung: Rung, code: str) -> None:
    wrong, right, bye = WHO[code]
    opinion = asked_whom_it_rang(rung, wrong, bye, code=code)
    assert (opinion.judgement, codes(opinion)) == (
        Judgement.WRONG,
        [("said-to-be-another", Level.ERROR)],
    )
    opinion = asked_whom_it_rang(rung, right, bye, code=code)
    assert (opinion.judgement, codes(opinion)) == (Judgement.REACHED, [])
