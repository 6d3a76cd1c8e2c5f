"""Callers who ask for a person, against small agents."""

import pytest

from tests.unit.caller.errands import HELLO, Rung, codes
from voicesim.base.findings import Level
from voicesim.call.talk import Handover, Judgement
from voicesim.caller.models import Persona

THROUGH = "I am putting you through to a colleague."


@pytest.mark.parametrize(
    ("end", "handover", "judgement"),
    [
        (f"{THROUGH} Bye.", Handover.DONE, Judgement.REACHED),
        ("Goodbye.", Handover.DONE, Judgement.REACHED),
        (f"{THROUGH} Bye.", Handover.TRIED, Judgement.OPEN),
        ("A colleague will call you back. Bye.", None, Judgement.REACHED),
        ("Nobody is here now, but someone will call you. Bye.", Handover.TRIED, Judgement.REACHED),
        ("I am sorry, there is nobody here. Bye.", None, Judgement.OPEN),
        ("We can't call you back. Bye.", None, Judgement.OPEN),
        ("Nobody will call you back. Bye.", None, Judgement.OPEN),
        ("We won't be able to ring you. Bye.", None, Judgement.OPEN),
        (
            "We can't put you through now, but we'll call you. Bye.",
            None,
            Judgement.REACHED,
        ),
        ("Don't worry, a colleague will call you back. Bye.", None, Judgement.REACHED),
        ("No one is free, so we'll call you back. Bye.", None, Judgement.REACHED),
        ("Goodbye.", None, Judgement.OPEN),
    ],
)
def test_a_person(rung: Rung, end: str, handover: Handover | None, judgement: Judgement) -> None:
    said, opinion = rung("asks_for_person", HELLO, end, handover=handover)
    assert "a person" in said[0] or "real person" in said[0]
    assert (opinion.judgement, codes(opinion)) == (judgement, [])


@pytest.mark.parametrize(
    "end",
    [
        "I've asked Maria to call you tomorrow.",
        "Maria will give you a call this afternoon.",
        "I'll get Maria to call you.",
        "I've left a note for Dr. Smith to ring you.",
        "Expect a call from our front desk within the hour.",
        "You'll hear from one of our nurses today.",
        "The manager will get in touch with you.",
        "Somebody from the front desk will buzz you within the hour.",
    ],
)
def test_a_call_is_promised_in_many_words(rung: Rung, end: str) -> None:
    _, opinion = rung("asks_for_person", HELLO, f"{end} Goodbye.")
    assert (opinion.judgement, opinion.findings) == (Judgement.REACHED, ())


@pytest.mark.parametrize(
    "end",
    [
        "I'm not able to ask Maria to call you.",
        "Maria won't be able to give you a call.",
        "I asked Maria, and she doesn't want to call you.",
        "You won't hear from us.",
        "There's no human available.",
        "Please call us again tomorrow.",
    ],
)
def test_a_call_that_will_not_come(rung: Rung, end: str) -> None:
    _, opinion = rung("asks_for_person", HELLO, f"{end} Goodbye.")
    assert (opinion.judgement, codes(opinion)) == (Judgement.OPEN, [])


@pytest.mark.parametrize(
    "end", ["Please tell me what I should call you.", "Please get in touch with us. Goodbye."]
)
def test_other_calls_are_no_promise(rung: Rung, end: str) -> None:
    assert rung("asks_for_person", HELLO, end, "Bye.")[1].judgement is not Judgement.REACHED


@pytest.mark.parametrize(
    ("offer", "end", "judgement"),
    [
        ("Shall I ask a colleague to call you back?", "Perfect, it's arranged.", Judgement.REACHED),
        ("Nobody is free. Shall someone call you?", "Great, it's done.", Judgement.REACHED),
        ("When should we call you back?", "Fine, we will.", Judgement.REACHED),
        ("Shall someone call you back?", "Sorry, I cannot arrange that.", Judgement.OPEN),
        ("Shall someone call you back?", "", Judgement.OPEN),
    ],
)
def test_a_call_that_is_offered_is_promised_once_it_is_settled(
    rung: Rung, offer: str, end: str, judgement: Judgement
) -> None:
    _, opinion = rung("asks_for_person", HELLO, offer, f"{end} Goodbye.")
    assert (opinion.judgement, codes(opinion)) == (judgement, [])


def test_a_promise_that_is_not_kept_is_an_error(rung: Rung) -> None:
    _, opinion = rung("asks_for_person", HELLO, f"{THROUGH} Goodbye.")
    assert codes(opinion) == [("not-put-through", Level.ERROR)]
    assert opinion.judgement is Judgement.WRONG


def test_who_is_to_be_called_back_says_its_number(rung: Rung) -> None:
    back = "A colleague will call you back. What number can we reach you at?"
    said, opinion = rung(
        "asks_for_person", HELLO, back, "May I have your name?", "Thanks. Goodbye."
    )
    assert any(c.isdigit() for c in said[1])
    assert opinion.judgement is Judgement.REACHED


def test_who_is_kept_from_a_person_loses_patience(rung: Rung, calm: Persona) -> None:
    help_ = "I can help you with that. What can I do for you?"
    said, opinion = rung("asks_for_person", HELLO, *[help_] * 20, "Goodbye.")
    assert len(said) == calm.patience
    assert all("person" in one for one in said)
    assert codes(opinion) == [("kept-from-person", Level.WARNING)]
    assert opinion.judgement is Judgement.OPEN


ELSEWHERE = [
    ("de", "Frau Weber ruft Sie morgen zurück. Auf Wiederhören.", Judgement.REACHED),
    ("de", "Wir rufen Sie heute noch an. Auf Wiederhören.", Judgement.REACHED),
    ("de", "Eine Kollegin meldet sich bei Ihnen. Auf Wiederhören.", Judgement.REACHED),
    ("de", "Ich habe Frau Weber gebeten, Sie anzurufen. Auf Wiederhören.", Judgement.REACHED),
    ("de", "Rufen Sie uns morgen wieder an. Auf Wiederhören.", Judgement.UNCLEAR),
    ("de", "Leider kann Sie niemand zurückrufen. Auf Wiederhören.", Judgement.OPEN),
    ("de", "Ich kann Sie leider nicht verbinden. Auf Wiederhören.", Judgement.OPEN),
    ("es", "Alguien se pondrá en contacto con usted. Adiós.", Judgement.REACHED),
    ("es", "No puedo pasarle con nadie. Adiós.", Judgement.OPEN),
    ("fr", "Marie va vous rappeler. Au revoir.", Judgement.REACHED),
    ("fr", "Personne ne peut vous rappeler. Au revoir.", Judgement.OPEN),
]


@pytest.mark.parametrize(("code", "end", "judgement"), ELSEWHERE)
def test_in_another_language(rung: Rung, code: str, end: str, judgement: Judgement) -> None:
    _, opinion = rung("asks_for_person", HELLO, end, code=code)
    assert (opinion.judgement, codes(opinion)) == (judgement, [])


@pytest.mark.parametrize(
    ("asks", "answers"),
    [
        ("Would you like us to call you back?", "Yes"),
        ("Shall someone call you back?", "Yes"),
        ("Where can we call you back?", "My phone number"),
        ("What number can we call you back on?", "My phone number"),
    ],
)
def test_asked_whether_to_be_rung_it_says_yes(rung: Rung, asks: str, answers: str) -> None:
    said, _ = rung("asks_for_person", HELLO, asks, "Fine. Goodbye.", index=1)
    assert said[1].startswith(answers)


def test_a_call_is_offered_and_settled_in_german(rung: Rung) -> None:
    offer = "Im Moment ist leider keiner da. Soll Sie jemand zurückrufen?"
    end = "Gut, das ist notiert. Auf Wiederhören."
    said, opinion = rung("asks_for_person", "Guten Tag!", "Guten Tag?", offer, end, code="de")
    assert said[-1].startswith("Ja")
    assert (opinion.judgement, codes(opinion)) == (Judgement.REACHED, [])
