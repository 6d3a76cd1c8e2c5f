"""Callers who cancel and who ask for the opening hours, against small agents."""

import pytest

from tests.unit.caller.errands import HELLO, Rung, codes
from voicesim.base.findings import Level
from voicesim.call.talk import Judgement, Keeps
from voicesim.caller import hours
from voicesim.caller.words import sentences

FOUND = "I found your appointment on {day} at {time}. Shall I cancel it?"
GONE = "Your appointment on {day} at {time} has been cancelled. Goodbye."


@pytest.mark.parametrize(
    "end",
    [
        GONE,
        "Done, I've cancelled it for you. Goodbye.",
        "It is cancelled now. Have a nice day!",
        "All done. Goodbye.",
        "Your appointment was removed from our book. Bye.",
        "I've gone ahead and cancelled it. Sorry we won't see you on {day}. Goodbye.",
        "Right, it's called off. Bye.",
        "That's you off the list. Take care!",
        "It's gone from the book. Bye now.",
        "I've struck it out. Bye.",
        "Scrapped! Bye now.",
        "Fine, then I'll cancel it. Done. Bye.",
        "I confirm the cancellation of your appointment. Bye.",
    ],
)
def test_an_appointment_is_cancelled(rung: Rung, end: str) -> None:
    said, opinion = rung("cancel_appointment", HELLO, FOUND, end)
    assert "cancel my appointment" in said[0]
    assert said[1].startswith("Yes")
    assert (opinion.judgement, opinion.findings) == (Judgement.REACHED, ())
    assert opinion.keeps is Keeps.GONE


@pytest.mark.parametrize(
    ("end", "judgement"),
    [
        ("I am sorry, I could not cancel it. Goodbye.", Judgement.OPEN),
        ("I cannot find an appointment for you. Goodbye.", Judgement.OPEN),
        ("Something went wrong. Goodbye.", Judgement.OPEN),
        ("It is cancelled. Oh, sorry, that did not work. Goodbye.", Judgement.OPEN),
        ("It's cancelled. Actually no, the system would not let me. Goodbye.", Judgement.OPEN),
        ("Too late to call it off, I'm afraid. Goodbye.", Judgement.OPEN),
        ("I could call it off. Goodbye.", Judgement.UNCLEAR),
        ("Right, I have left it as it is. Take care!", Judgement.UNCLEAR),
        ("One moment, please.", Judgement.OPEN),
        ("Marvellous, consider it history! Goodbye.", Judgement.UNCLEAR),
        ("Your appointment will be cancelled once we have called you. Goodbye.", Judgement.UNCLEAR),
    ],
)
def test_what_is_not_said_to_be_cancelled_is_not_reached(
    rung: Rung, end: str, judgement: Judgement
) -> None:
    _, opinion = rung("cancel_appointment", HELLO, FOUND, end)
    assert (opinion.judgement, codes(opinion)) == (judgement, [])


def test_another_appointment_is_put_right(rung: Rung) -> None:
    wrong = FOUND.replace("{day}", "{other}")
    said, opinion = rung("cancel_appointment", HELLO, wrong, FOUND, GONE)
    assert said[1].startswith("No, it is on ")
    assert (opinion.judgement, opinion.findings) == (Judgement.REACHED, ())


def test_another_appointment_cancelled_is_the_agents_error(rung: Rung) -> None:
    _, opinion = rung("cancel_appointment", HELLO, GONE.replace("{day}", "{other}"))
    assert opinion.judgement is Judgement.WRONG
    assert codes(opinion) == [("cancelled-other", Level.ERROR)]
    assert opinion.findings[0].turn == 2


def test_a_booking_instead_is_the_agents_error(rung: Rung) -> None:
    booked = "Your appointment is booked for {day} at {time}. Goodbye."
    _, opinion = rung("cancel_appointment", HELLO, "May I have your name?", booked)
    assert codes(opinion) == [("booked-instead", Level.ERROR)]
    assert opinion.judgement is Judgement.OPEN


@pytest.mark.parametrize(
    "kept",
    [
        "I see your appointment is booked for {day} at {time}. Shall I cancel it?",
        "All right, your appointment on {day} stays booked. Goodbye.",
        "You are booked for {day} and it is too late to cancel. Goodbye.",
    ],
)
def test_an_appointment_that_is_spoken_of_is_no_new_one(rung: Rung, kept: str) -> None:
    _, opinion = rung("cancel_appointment", HELLO, kept, "Goodbye.")
    assert codes(opinion) == []


CANCEL_FR = ("Bonjour, je vous écoute.", "C'est à quel nom ?")


@pytest.mark.parametrize(
    ("asks", "end", "judgement"),
    [
        ("Je vois {day} à {time}. Je le supprime ?", "Voilà, c'est supprimé.", Judgement.REACHED),
        ("Je vois {day} à {time}. Je l'annule ?", "C'est fait, il est annulé.", Judgement.REACHED),
        (
            "Je vois {day} à {time}. Je l'annule ?",
            "Votre rendez-vous a bien été retiré de l'agenda.",
            Judgement.REACHED,
        ),
        (
            "Je vois {day} à {time}. Je l'annule ?",
            "Je confirme l'annulation de votre rendez-vous.",
            Judgement.REACHED,
        ),
        ("Je vois {day} à {time}. Je l'annule ?", "Je n'ai pas pu l'annuler.", Judgement.OPEN),
        ("Je vois {day} à {time}. Je l'annule ?", "Il est trop tard.", Judgement.UNCLEAR),
    ],
)
def test_it_cancels_in_french(rung: Rung, asks: str, end: str, judgement: Judgement) -> None:
    said, opinion = rung("cancel_appointment", *CANCEL_FR, asks, f"{end} Au revoir.", code="fr")
    assert said[-1].startswith("Oui")
    assert (opinion.judgement, codes(opinion)) == (judgement, [])


def test_another_appointment_cancelled_in_french(rung: Rung) -> None:
    other = "J'ai annulé votre rendez-vous de {other} à {time}. Au revoir."
    _, opinion = rung("cancel_appointment", *CANCEL_FR, other, code="fr")
    assert codes(opinion) == [("cancelled-other", Level.ERROR)]


def test_asked_for_a_day_to_come_it_says_that_it_wants_to_cancel(rung: Rung) -> None:
    said, _ = rung(
        "cancel_appointment",
        HELLO,
        "What day would you like to come?",
        "When is your appointment?",
        "Shall I keep it then?",
        "Do you want to cancel it?",
        GONE,
    )
    assert said[1] == "No, I'd like to cancel my appointment."
    assert said[2].startswith("It is on ")
    assert said[3] == "No, I'd like to cancel my appointment."
    assert said[4].startswith("Yes")


HOURS = "We are open Monday to Friday from 9 AM to 5 PM."


@pytest.mark.parametrize(
    "answer",
    [
        HOURS,
        "Our hours are nine to five.",
        "We're open 24/7.",
        "The office opens at 8:30 and closes at noon on Saturdays.",
        "We are open every day until 6 pm.",
    ],
)
def test_hours_are_heard(rung: Rung, answer: str) -> None:
    said, opinion = rung("opening_hours", HELLO, f"{answer} Anything else?", "Goodbye.")
    assert "opening hours" in said[0]
    assert said[1] == "Thank you very much. Goodbye."
    assert (opinion.judgement, opinion.findings) == (Judgement.REACHED, ())
    assert (opinion.keeps, opinion.fields) == (Keeps.NOTHING, ())


@pytest.mark.parametrize("claim", ["Our opening hours are.", "Our hours are as usual."])
def test_hours_without_an_hour_are_an_error(rung: Rung, claim: str) -> None:
    _, opinion = rung("opening_hours", HELLO, f"{claim} Is there anything else?", "Goodbye.")
    assert codes(opinion) == [("hours-missing", Level.ERROR)]
    assert opinion.judgement is Judgement.OPEN


def test_hours_that_come_in_the_end_were_not_missing(rung: Rung) -> None:
    late = ("Our hours are as follows. Do you have a pen?", HOURS)
    _, opinion = rung("opening_hours", HELLO, *late, "Goodbye.")
    assert (opinion.judgement, codes(opinion)) == (Judgement.REACHED, [])


@pytest.mark.parametrize(
    ("answer", "judgement"),
    [
        ("Office hours are by appointment only. Goodbye.", Judgement.UNCLEAR),
        ("An appointment is open on Monday. Goodbye.", Judgement.UNCLEAR),
        ("Let me check our opening hours. One moment.", Judgement.UNCLEAR),
        ("Our opening hours are on our website. Goodbye.", Judgement.UNCLEAR),
        ("I am sorry, I cannot tell you the opening hours. Goodbye.", Judgement.OPEN),
        ("Round about whenever the cock crows. Goodbye.", Judgement.UNCLEAR),
    ],
)
def test_what_claims_no_hours_is_no_error(rung: Rung, answer: str, judgement: Judgement) -> None:
    _, opinion = rung("opening_hours", HELLO, answer, "Goodbye.")
    assert (opinion.judgement, codes(opinion)) == (judgement, [])


@pytest.mark.parametrize("goal", ["opening_hours", "asks_for_person", "wrong_number"])
def test_who_is_taken_off_a_list_has_no_appointment_cancelled(rung: Rung, goal: str) -> None:
    off = "I've taken you off our list, you are off the list. Goodbye."
    assert codes(rung(goal, HELLO, off)[1]) == []


@pytest.mark.parametrize("goal", ["opening_hours", "asks_for_person", "wrong_number"])
def test_a_booking_or_cancellation_nobody_asked_for(rung: Rung, goal: str) -> None:
    booked = "You are booked for Tuesday at 3 PM. Goodbye."
    assert ("booked-instead", Level.ERROR) in codes(rung(goal, HELLO, booked)[1])
    gone = "Your appointment has been cancelled. Goodbye."
    assert codes(rung(goal, HELLO, gone)[1]) == [("cancelled-other", Level.ERROR)]


@pytest.mark.parametrize(
    "answer", ["Not a problem, I can help you.", "If you don't have one, wait."]
)
def test_it_does_not_take_kindness_for_a_no(rung: Rung, answer: str) -> None:
    said, _ = rung("opening_hours", HELLO, f"{answer} How can I help you?", HOURS, "Bye.")
    assert len(said) == 3


@pytest.mark.parametrize(
    "text",
    ["We are sometimes open.", "How are you today?", "Are you open to Tuesday?", "Monday it is."],
)
def test_no_hours_are_told(text: str) -> None:
    assert not hours.tells_hours(sentences(text))
