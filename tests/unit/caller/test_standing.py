"""Whether the goal is reached, by what an agent was told and what it says in the end."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from voicesim.call.talk import FieldValue, Judgement, Listening, Prompt, Reply
from voicesim.caller.dialogue import GoalCaller
from voicesim.caller.facts import spoken_date
from voicesim.caller.judging import judge
from voicesim.caller.models import Persona, Scenario

SPEECH = Listening(speech=True, dtmf=False, timeout_s=5.0)
ASKS = ("How can I help you?", "What is your name?", "What day suits you?", "What time suits you?")
MORE = "Is there anything else I can help you with?"
OPEN, UNCLEAR, REACHED = Judgement.OPEN, Judgement.UNCLEAR, Judgement.REACHED
WRONG = Judgement.WRONG
Make = Callable[..., GoalCaller]


def asks(caller: GoalCaller, *prompts: str) -> list[str]:
    """What it answers, or why it hangs up."""
    replies = [caller.hear(Prompt(text, 2.0, listening=SPEECH)) for text in prompts]
    return [reply.speech.meant if reply.speech else reply.why for reply in replies]


def ends(caller: GoalCaller, *ends: str) -> Judgement:
    """The judgement when the agent says ``ends`` and hangs up."""
    when = {"day": caller.facts.day, "time": caller.facts.time}
    for text in ends:
        assert caller.hear(Prompt(text.format(**when), 2.0)) == Reply()
    return caller.opinion().judgement


@pytest.mark.parametrize(
    ("learns", "judgement"),
    [(4, REACHED), (3, OPEN), (2, OPEN), (1, OPEN)],
)
def test_what_it_never_learned_it_cannot_have_booked(
    learns: int, judgement: Judgement, calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm, booking)
    asks(caller, *ASKS[:learns])
    assert ends(caller, "You are booked. Goodbye.") is judgement


@pytest.mark.parametrize(
    ("name", "judgement", "found"),
    [
        ((), REACHED, ["name-not-asked"]),  # it may know who calls by the number
        (("Please spell your name.",), REACHED, []),
        (("What is your name?",), REACHED, []),
    ],
)
def test_who_never_asks_for_a_name_may_book_for_all_that(
    name: tuple[str, ...],
    judgement: Judgement,
    found: list[str],
    calm: Persona,
    booking: Scenario,
    caller_of: Make,
) -> None:
    caller = caller_of(calm, booking)
    asks(caller, ASKS[0], *name, ASKS[2], ASKS[3])
    assert ends(caller, "You are booked for {day} at {time}. Goodbye.") is judgement
    assert [finding.code for finding in caller.opinion().findings] == found


def test_a_name_that_was_asked_for_and_never_told_is_not_booked(
    calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm.model_copy(update={"repeat_request_rate": 1.0}), booking)
    whens = [text for text in (ASKS[2], ASKS[3]) for _ in range(2)]
    asks(caller, ASKS[0], ASKS[0], ASKS[1], *whens)
    assert ends(caller, "You are booked for {day} at {time}. Goodbye.") is OPEN


def test_what_it_reads_back_it_need_not_ask() -> None:
    def judged(*values: tuple[str, str, str, str]) -> Judgement:
        fields = tuple(FieldValue(*value) for value in values)
        return judge(fields, confirmed=True, needed=("name", "day")).judgement

    name, phone = ("name", "Jane Doe", "", "Jane Doe"), ("phone", "416-555-0142", "", "")
    assert judged(name, phone, ("day", "Tuesday", "Tuesday", "")) is REACHED
    assert judged(name, phone, ("day", "Tuesday", "", "")) is OPEN


@pytest.mark.parametrize(
    ("end", "judgement"),
    [
        ("Your appointment has been made for {day} at {time}. Thank you for calling.", REACHED),
        ("Done. Bye.", REACHED),
        ("Noted: {day} at {time}. Talk soon.", UNCLEAR),
        ("Thank you for calling. Goodbye.", UNCLEAR),
        ("You are booked for Sunday at 9 am, I mean {day}.", UNCLEAR),
        ("You are booked for Monday, Tuesday, Wednesday at 3 pm, 4 pm.", UNCLEAR),
        ("", OPEN),
        ("Please hold while I look.", OPEN),
        ("What is your phone number?", OPEN),
        ("Your appointment has been cancelled. All done, have a nice day.", OPEN),
        ("That slot has been booked. Goodbye.", OPEN),
        ("Someone will call you back to get you booked.", OPEN),
        ("We are fully booked on {day}. Goodbye.", OPEN),
    ],
)
def test_how_an_agent_ends(
    end: str, judgement: Judgement, calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm, booking)
    asks(caller, *ASKS)
    assert ends(caller, end) is judgement


def test_unknown_words_say_nothing_before_day_and_time_are_known(
    calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm, booking)
    asks(caller, *ASKS[:3])
    assert ends(caller, "Thank you for calling. Goodbye.") is OPEN


def test_a_refusal_is_not_undone_by_goodbye(
    calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm, booking)
    asks(caller, *ASKS)
    assert ends(caller, "I could not book that.", "Thank you for calling. Goodbye.") is OPEN


def test_a_refusal_is_over_when_something_else_is_told(
    calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm, booking)
    asks(caller, *ASKS, "I'm sorry, that time is not available. What time suits you?")
    assert ends(caller, "Noted. Talk soon.") is UNCLEAR


def test_anything_else_is_no_confirmation(
    calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm, booking)
    asks(caller, *ASKS)
    question = f"So am I booked for {caller.facts.day} at {caller.facts.time}?"
    assert asks(caller, *[MORE] * 5) == [question] * 4 + ["asked 4 times for anything else"]
    assert caller.opinion().judgement is OPEN


def test_anything_else_before_anything_was_told(
    calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm, booking)
    assert "book an appointment" in asks(caller, ASKS[0], MORE)[1]


@pytest.mark.parametrize(
    ("answer", "judgement"),
    [
        ("Yes, you are. Goodbye.", REACHED),
        ("Absolutely. Have a nice day.", REACHED),
        ("Yes, {day} at {time} it is.", REACHED),
        ("You're booked for {day} at {time}.", REACHED),
        ("Yes, but I could not book it.", OPEN),
        ("No, you have been cancelled.", OPEN),
        ("Goodbye.", UNCLEAR),
    ],
)
def test_asked_whether_it_is_booked(
    answer: str, judgement: Judgement, calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm, booking)
    asks(caller, *ASKS, MORE)
    assert ends(caller, answer) is judgement


def test_anything_else_after_an_agreed_read_back_is_enough(
    calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm, booking)
    asks(caller, *ASKS)
    when = f"{caller.facts.day} at {caller.facts.time}"
    assert asks(caller, f"{when}. Is that right?", MORE)[1] == "No, thank you."
    assert caller.opinion().judgement is REACHED


def test_it_regrets_and_asks_for_more(calm: Persona, booking: Scenario, caller_of: Make) -> None:
    caller = caller_of(calm, booking)
    asks(caller, *ASKS, "Shall I book that?", f"I'm sorry, I can't book that. {MORE}")
    assert caller.opinion().judgement is OPEN


@pytest.mark.parametrize(
    ("end", "judgement"),
    [
        ("Your appointment has been moved.", REACHED),
        ("You're now booked for {day} at {time}.", REACHED),
        ("You are booked.", UNCLEAR),
        ("You have been booked a second, additional appointment.", OPEN),
    ],
)
def test_what_moves_an_appointment(
    end: str, judgement: Judgement, calm: Persona, moving: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm, moving)
    asks(caller, *ASKS)
    assert ends(caller, end) is judgement


def test_all_set_after_the_new_day_was_read_back(
    calm: Persona, moving: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm, moving)
    asks(caller, *ASKS)
    when = f"{caller.facts.day} at {caller.facts.time}"
    asks(caller, f"So that is {when}. Is that right?")
    assert ends(caller, "You're all set. See you then!") is REACHED


def test_a_fact_that_got_lost_was_told_for_all_that(
    calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    recogniser = calm.recogniser.model_copy(update={"word_error_rate": 0.6})
    seen = set()
    for index in range(60):
        caller = caller_of(calm.model_copy(update={"recogniser": recogniser}), booking, index)
        asks(caller, *ASKS)
        ends(caller, "You are booked. Goodbye.")
        opinion = caller.opinion()
        if any(value.reported == "..." for value in opinion.fields):
            seen.add(opinion.judgement)
    assert seen == {Judgement.MISHEARD}


DONE = "You're booked for {day} at {time}. Is there anything else?"
STILL_BOOKED = (
    "If you cannot make it, please call us to reschedule.",
    "Your appointment cannot be changed within 24 hours.",
    "A fee is charged when an appointment is cancelled late.",
    "You have not made a payment yet.",
    "Please note that we cannot book parking for you.",
    "Don't hesitate to call us if something went wrong.",
    "We could not be happier to see you. Goodbye.",
    "Thank you for calling. Goodbye.",
)
BOOKED_NO_MORE = (
    "I'm sorry, your appointment could not be booked after all. Goodbye.",
    "Sorry, I was not able to save your booking. Goodbye.",
    "Okay, I have cancelled your appointment. Goodbye.",
    "Hold on. I'm afraid that slot has just gone. Goodbye.",
    "Something went wrong on our end. Goodbye.",
    "An application error has occurred. Goodbye.",
)


@pytest.mark.parametrize(
    ("end", "judgement"),
    [(end, REACHED) for end in STILL_BOOKED] + [(end, OPEN) for end in BOOKED_NO_MORE],
)
def test_the_last_word_counts(
    end: str, judgement: Judgement, calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm, booking)
    asks(caller, *ASKS)
    when = {"day": caller.facts.day, "time": caller.facts.time}
    asks(caller, DONE.format(**when))
    assert ends(caller, end) is judgement


def test_what_is_withdrawn_and_booked_again_is_booked(
    calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm, booking)
    asks(caller, *ASKS)
    assert (
        ends(caller, "You are booked.", "The booking failed.", "You're booked for {day} at {time}.")
        is REACHED
    )


def test_when_moving_what_is_cancelled_may_be_the_one_of_before(
    calm: Persona, moving: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm, moving)
    asks(caller, *ASKS)
    assert ends(caller, "Your appointment has been moved.", "I have cancelled it.") is UNCLEAR


@pytest.mark.parametrize(
    "failure",
    [
        "The booking failed.",
        "There was a problem saving your appointment.",
        "Somebody else has just taken that slot.",
        "Our calendar has filled up in the meantime.",
        "The diary is full.",
        "The request was declined.",
    ],
)
def test_anything_else_after_a_failure_is_no_sign_of_success(
    failure: str, calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm, booking)
    asks(caller, *ASKS)
    when = f"{caller.facts.day} at {caller.facts.time}"
    assert asks(caller, f"{when}. Is that right?", f"{failure} {MORE}")[1] != "No, thank you."
    assert caller.opinion().judgement is not REACHED


def test_no_problem_is_no_failure(calm: Persona, booking: Scenario, caller_of: Make) -> None:
    caller = caller_of(calm, booking)
    asks(caller, *ASKS)
    when = f"{caller.facts.day} at {caller.facts.time}"
    asks(caller, f"{when}. Is that right?", f"No problem at all. {MORE}")
    assert caller.opinion().judgement is REACHED


def test_see_you_then_after_a_failure_is_unclear(
    calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm, booking)
    asks(caller, *ASKS)
    asks(caller, f"The booking failed. {MORE}")
    assert ends(caller, "Great, we'll see you then. Goodbye.") is UNCLEAR


@pytest.mark.parametrize(
    ("end", "judgement"),
    [
        ("You asked for {day} at {time}. Your appointment is confirmed for Sunday at 7 pm.", WRONG),
        ("{day} it is. You're booked for Sunday at {time}. Goodbye.", WRONG),
        ("You're booked. If anything changes just ring 212-555-0100. Goodbye.", REACHED),
        ("You're booked. Parking is free from 9:30 am. Goodbye.", REACHED),
        ("You're booked. Our new dentist starts on Sunday. Goodbye.", REACHED),
    ],
)
def test_only_what_is_said_to_be_booked_is_held_against_it(
    end: str, judgement: Judgement, calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm, booking)
    asks(caller, *ASKS)
    assert ends(caller, end) is judgement


@pytest.mark.parametrize(
    ("end", "judgement"),
    [
        ("You're booked for {date} at {time}. Goodbye.", REACHED),
        ("You're booked for {yesterday} at {time}. Goodbye.", WRONG),
        ("You're booked for August 31st at {time}. Goodbye.", UNCLEAR),
        ("You're booked for tomorrow at {time}. Goodbye.", UNCLEAR),
        ("Your appointment on the 31st of August is confirmed. Goodbye.", UNCLEAR),
        ("You're booked for {day}, January 31st, at {time}. Goodbye.", REACHED),
        ("You're booked for {day} at {time}. We'll text you tomorrow. Goodbye.", REACHED),
        ("You're booked. Our new office opens on March 3rd. Goodbye.", REACHED),
    ],
)
def test_a_date_that_is_never_a_weekday_is_not_taken_on_trust(
    end: str, judgement: Judgement, calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm, booking)
    asks(caller, *ASKS)
    on = caller.facts.on
    date, yesterday = (spoken_date(one).split(", ")[1] for one in (on, on - timedelta(days=1)))
    end = end.replace("{date}", date).replace("{yesterday}", yesterday)
    assert ends(caller, end) is judgement
    codes = [finding.code for finding in caller.opinion().findings]
    told = {UNCLEAR: ["date-not-compared"], WRONG: ["readback-wrong"], REACHED: []}
    assert codes == told[judgement]


def test_a_date_after_its_weekday_was_read_back_is_known(
    calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm, booking)
    asks(caller, *ASKS)
    asks(caller, f"That's {caller.facts.day}, August 3rd. Is that right?")
    assert ends(caller, "You're booked for August 3rd at {time}. Goodbye.") is REACHED


@pytest.mark.parametrize(("days", "judgement"), [(0, REACHED), (1, WRONG), (-3, WRONG)])
def test_an_agent_that_knows_dates_only(
    days: int, judgement: Judgement, calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm, booking)
    asks(caller, *ASKS[:2])
    (said,) = asks(caller, "On which date would you like to come, month and day please?")
    assert caller.facts.date in said
    asks(caller, ASKS[3])
    on = spoken_date(caller.facts.on + timedelta(days=days)).split(", ")[1]
    (answer,) = asks(caller, f"That is {on} at {caller.facts.time}. Is that right?")
    assert answer.startswith("No" if days else "Yes")
    assert ends(caller, f"You're booked for {on} at {{time}}. Goodbye.") is judgement


@pytest.mark.parametrize(
    ("end", "judgement"),
    [
        ("Got you in. Ask for Jordan when you arrive. Cheers!", UNCLEAR),
        ("Now then. What time would you like?", Judgement.OPEN),
    ],
)
def test_what_is_asked_before_the_last_words_is_no_question(
    end: str, judgement: Judgement, calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm, booking)
    asks(caller, *ASKS)
    assert ends(caller, end) is judgement
