"""Callers who cancel, ask, want a person or have the wrong number, against small agents."""

from collections.abc import Callable

import pytest

from voicesim.base.findings import Level
from voicesim.call.talk import Handover, Judgement, Keeps, Listening, Opinion, Prompt, Reply
from voicesim.caller import hours
from voicesim.caller.dialogue import GoalCaller
from voicesim.caller.models import Persona
from voicesim.caller.words import DAYS, sentences
from voicesim.config.callers import Catalogue

Make = Callable[..., GoalCaller]
Ring = Callable[..., list[Reply]]
Rung = Callable[..., tuple[list[str], Opinion]]
HELLO = "Hello, how can I help you?"
SPEECH = Listening(speech=True, dtmf=False, timeout_s=5.0)


@pytest.fixture
def rung(catalogue: Catalogue, calm: Persona, caller_of: Make, ring: Ring) -> Rung:
    """What a scenario's caller says to these prompts in turn, and its opinion; the last closes.

    ``{day}`` and ``{time}`` are those of its appointment, ``{other}`` is another day.
    """

    def talk(
        scenario: str, *prompts: str, index: int = 3, handover: Handover | None = None
    ) -> tuple[list[str], Opinion]:
        caller = caller_of(calm, catalogue.scenarios[scenario], index)
        facts = caller.facts
        other = next(day for day in DAYS if day != facts.day)
        shown = {"day": facts.day, "time": facts.time, "other": other, "name": facts.name}
        said = [prompt.format(**shown) for prompt in prompts]

        def agent(heard: list[str | None]) -> tuple[str, bool]:
            return said[len(heard)], len(heard) + 1 < len(said)

        replies = ring(caller, agent)
        told = [reply.speech.meant for reply in replies if reply.speech]
        if handover:
            caller.handed_over(handover)
        return told, caller.opinion()

    return talk


def codes(opinion: Opinion) -> list[tuple[str, Level]]:
    """All that blames somebody."""
    found = opinion.findings
    return [(finding.code, finding.level) for finding in found if finding.level is not Level.NOTICE]


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
def test_a_booking_or_cancellation_nobody_asked_for(rung: Rung, goal: str) -> None:
    booked = "You are booked for Tuesday at 3 PM. Goodbye."
    assert ("booked-instead", Level.ERROR) in codes(rung(goal, HELLO, booked)[1])
    gone = "Your appointment has been cancelled. Goodbye."
    assert codes(rung(goal, HELLO, gone)[1]) == [("cancelled-other", Level.ERROR)]


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


@pytest.mark.parametrize(
    "answer", ["Not a problem, I can help you.", "If you don't have one, wait."]
)
def test_it_does_not_take_kindness_for_a_no(rung: Rung, answer: str) -> None:
    said, _ = rung("opening_hours", HELLO, f"{answer} How can I help you?", HOURS, "Bye.")
    assert len(said) == 3


def test_an_agent_that_says_yes_to_being_a_cinema(rung: Rung) -> None:
    both = [rung("wrong_number", HELLO, "Yes, it is.", "Bye.", index=n) for n in range(12)]
    warned = [codes(opinion) for said, opinion in both if said[0].startswith("Hello, is this")]
    assert warned
    assert all(found == [("said-to-be-another", Level.WARNING)] for found in warned)
    assert all(not opinion.findings for said, opinion in both if len(said) == 1)


def test_who_has_the_wrong_number_presses_no_key(
    catalogue: Catalogue, calm: Persona, caller_of: Make
) -> None:
    caller = caller_of(calm, catalogue.scenarios["wrong_number"])
    menu = Listening(speech=False, dtmf=True, timeout_s=5.0)
    reply = caller.hear(Prompt("Press 1 for sales.", 2.0, listening=menu))
    assert (reply.hangs_up, reply.digits) == (True, "")


@pytest.mark.parametrize(
    "text",
    ["We are sometimes open.", "How are you today?", "Are you open to Tuesday?", "Monday it is."],
)
def test_no_hours_are_told(text: str) -> None:
    assert not hours.tells_hours(sentences(text))
