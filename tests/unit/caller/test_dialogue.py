"""Callers against small agents: whole lists of what they answer."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from voicesim.base.draws import Draws
from voicesim.call.talk import Judgement, Listening, Prompt, Reply
from voicesim.caller.dialogue import GoalCaller
from voicesim.caller.facts import Facts
from voicesim.caller.languages import in_english
from voicesim.caller.making import make_caller, make_setup_caller
from voicesim.caller.models import Persona, Scenario
from voicesim.caller.words import DAYS, find_times
from voicesim.config.callers import Catalogue

TODAY = date(2026, 3, 4)
KEYS = Listening(speech=False, dtmf=True, timeout_s=5.0)
ASKS = (
    "Hello, how can I help you?",
    "May I have your name, please?",
    "What phone number can we reach you at?",
    "What day would you like to come?",
    "What time suits you?",
)
Make = Callable[..., GoalCaller]
Ring = Callable[..., list[Reply]]
Agent = Callable[[list[str | None]], tuple[str, bool]]


def asks_and_reads_back(*read_backs: str, end: str) -> Agent:
    """Asks for everything, says the read-backs in turn, then ``end`` and goodbye."""

    def agent(said: list[str | None]) -> tuple[str, bool]:
        prompts = ASKS + read_backs
        if len(said) < len(prompts):
            return prompts[len(said)], True
        return f"{end} Goodbye.", False

    return agent


def read_back(facts: Facts, **other: str) -> str:
    shown = {"name": facts.name, "phone": facts.phone, "day": facts.day, "time": facts.time}
    shown |= other
    return (
        f"I have {shown['name']}, phone number {shown['phone']}, {shown['day']} at "
        f"{shown['time']}. Is that correct? Please say yes or no."
    )


def meant(replies: list[Reply]) -> list[str]:
    return [reply.speech.meant if reply.speech else reply.why or reply.digits for reply in replies]


def test_a_clean_agent(calm: Persona, booking: Scenario, caller_of: Make, ring: Ring) -> None:
    caller = caller_of(calm, booking)
    facts = caller.facts
    end = f"You are booked, {facts.name}, for {facts.day}, March 6th at {facts.time}."
    replies = ring(caller, asks_and_reads_back(read_back(facts), end=end))
    assert meant(replies) == [
        "I'd like to book an appointment.",
        f"My name is {facts.name}.",
        f"{facts.phone}.",
        f"I'd like to come on {facts.day}.",
        f"{facts.time}.",
        "Yes.",
        "",
    ]
    assert replies[-1] == Reply()
    opinion = caller.opinion()
    assert (opinion.judgement, opinion.findings) == (Judgement.REACHED, ())
    assert [(f.name, f.meant == f.reported == f.heard) for f in opinion.fields] == [
        ("name", True),
        ("phone", True),
        ("day", True),
        ("time", True),
    ]


def test_all_at_once(calm: Persona, catalogue: Catalogue, caller_of: Make, ring: Ring) -> None:
    caller = caller_of(calm, catalogue.scenarios["quick_booking"])
    facts = caller.facts

    def agent(said: list[str | None]) -> tuple[str, bool]:
        if not said:
            return "What is your name?", True  # it tells everything all the same
        return ("You're all set. Goodbye.", False) if len(said) > 1 else (read_back(facts), True)

    replies = ring(caller, agent)
    assert meant(replies)[0] == (
        f"Hi. I'd like to book an appointment. My name is {facts.name}, my phone number is "
        f"{facts.phone}, and I'd like to come on {facts.day} at {facts.time}."
    )
    assert caller.opinion().judgement is Judgement.REACHED


def test_another_day_read_back_is_put_right(
    calm: Persona, booking: Scenario, caller_of: Make, ring: Ring
) -> None:
    caller = caller_of(calm, booking)
    facts = caller.facts
    wrong = read_back(facts, day="Monday")
    end = f"You are booked for {facts.day} at {facts.time}."
    replies = ring(caller, asks_and_reads_back(wrong, wrong, read_back(facts), end=end))
    assert meant(replies)[5:] == [
        f"No, I'd like to come on {facts.day}.",
        f"No, I'd like to come on {facts.day}.",
        "Yes.",
        "",
    ]
    assert caller.opinion().judgement is Judgement.REACHED


@pytest.mark.parametrize(
    ("field", "other"),
    [
        ("name", "John Smith"),
        ("phone", "9 0 5, 5 5 5, 0 1 9 9"),
        ("day", "Monday"),
        ("time", "5 AM"),
    ],
)
def test_another_value_confirmed_is_the_agents_error(
    field: str, other: str, calm: Persona, booking: Scenario, caller_of: Make, ring: Ring
) -> None:
    caller = caller_of(calm, booking)
    facts = caller.facts
    said = read_back(facts, **{field: other}).split(" Is that")[0]
    ring(caller, asks_and_reads_back(read_back(facts), end=f"You're booked. {said}"))
    opinion = caller.opinion()
    assert opinion.judgement is Judgement.WRONG
    assert [finding.code for finding in opinion.findings] == ["readback-wrong"]
    assert f"the {field} " in opinion.findings[0].message


def test_misheard_and_not_put_right(
    calm: Persona, booking: Scenario, caller_of: Make, ring: Ring
) -> None:
    recogniser = calm.recogniser.model_copy(update={"word_error_rate": 1.0})
    caller = caller_of(calm.model_copy(update={"recogniser": recogniser, "patience": 9}), booking)
    ring(caller, asks_and_reads_back(end="You are booked."))
    opinion = caller.opinion()
    assert (opinion.judgement, opinion.findings) == (Judgement.MISHEARD, ())


def test_an_agent_that_forgets_the_name(
    calm: Persona, booking: Scenario, caller_of: Make, ring: Ring
) -> None:
    caller = caller_of(calm, booking)
    facts = caller.facts

    def agent(said: list[str | None]) -> tuple[str, bool]:
        return (ASKS[1] if len(said) % 2 else ASKS[2]), True

    replies = ring(caller, agent)
    assert len(replies) == 9  # four times each, then it hangs up
    assert set(meant(replies)[:-1]) <= {
        f"{facts.name}.",
        f"My name is {facts.name}.",
        f"{facts.phone}.",
        f"My phone number is {facts.phone}.",
    }
    assert (replies[-1].hangs_up, replies[-1].why) == (True, "asked 4 times for its phone number")
    assert caller.opinion().judgement is Judgement.OPEN


def test_a_looping_agent(calm: Persona, booking: Scenario, caller_of: Make, ring: Ring) -> None:
    replies = ring(caller_of(calm, booking), lambda said: ("The weather is nice.", True))
    assert meant(replies) == [
        "I'd like to book an appointment.",
        "Hi, I'd like to book an appointment, please.",
        "Sorry, could you repeat that, please?",
        "Hi, I'd like to book an appointment, please.",
        "did not understand 4 prompts",
    ]
    assert replies[-1].hangs_up


def test_an_agent_that_never_listens(
    calm: Persona, booking: Scenario, caller_of: Make, ring: Ring
) -> None:
    replies = ring(caller_of(calm, booking), lambda said: ("Please hold.", False))
    assert replies[:-1] == [Reply()] * 48
    assert replies[-1].why == "heard 49 prompts and got nowhere"


def test_a_silent_agent(calm: Persona, booking: Scenario, caller_of: Make, ring: Ring) -> None:
    replies = ring(caller_of(calm, booking), lambda said: ("", True))
    assert len(replies) == 5
    assert replies[-1].why == "did not understand 4 prompts"


def test_dead_air_is_borne_for_half_a_minute_give_or_take_a_fifth(
    calm: Persona, booking: Scenario, catalogue: Catalogue, caller_of: Make
) -> None:
    for scenario in (booking, catalogue.scenarios["numbers_only"]):
        borne = set()
        for index in range(50):
            caller = caller_of(calm, scenario, index)
            assert caller.hear(Prompt("", 24.0)) == Reply()
            assert caller.hear(Prompt("One moment, please.", 600.0)) == Reply()
            assert caller.hear(Prompt("", 20.0)) == Reply()
            left = caller.hear(Prompt("", 25.0))
            assert left.hangs_up
            borne.add(45.0 + left.after_s)
            assert left.why == f"heard nothing for {45.0 + left.after_s:g} s"
        assert len(borne) > 40
        assert 24.0 < min(borne) < 25.0
        assert 35.0 < max(borne) < 36.0


def test_some_bear_less_silence(calm: Persona, booking: Scenario, caller_of: Make) -> None:
    hasty = calm.model_copy(update={"silence_patience_s": 5.0})
    assert caller_of(hasty, booking).hear(Prompt("", 7.0)).hangs_up
    assert not caller_of(calm, booking).hear(Prompt("", 7.0)).hangs_up


def test_didnt_catch_that_means_the_same_question(
    calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm, booking)
    listening = Listening(speech=True, dtmf=False, timeout_s=5.0)
    first = caller.hear(Prompt("What is your name?", 1.0, listening=listening))
    again = caller.hear(Prompt("Sorry, I didn't catch that.", 1.0, listening=listening))
    assert first.speech is not None
    assert again.speech is not None
    assert caller.facts.name in first.speech.meant
    assert caller.facts.name in again.speech.meant


def test_anything_else_is_declined_and_then_it_hangs_up(
    calm: Persona, booking: Scenario, caller_of: Make, ring: Ring
) -> None:
    caller = caller_of(calm, booking)

    def agent(said: list[str | None]) -> tuple[str, bool]:
        if len(said) < 5:
            return ASKS[len(said)], True
        return "You are booked. Is there anything else I can help you with?", True

    replies = ring(caller, agent)
    assert meant(replies)[5:] == [
        "No, thank you.",
        "Goodbye.",
        "Goodbye.",
        "its goal is reached, and the agent does not hang up",
    ]
    assert caller.opinion().judgement is Judgement.REACHED


def test_what_should_i_change(
    calm: Persona, booking: Scenario, caller_of: Make, ring: Ring
) -> None:
    caller = caller_of(calm, booking)
    facts = caller.facts
    prompts = (
        read_back(facts, time="5 AM"),
        "What should I change: the name, the phone number, the day or the time?",
        read_back(facts),
        "What should I change?",
    )
    replies = ring(caller, asks_and_reads_back(*prompts, end="You are booked."))
    assert meant(replies)[5:9] == [
        f"No, I'd like to come at {facts.time}.",
        f"No, I'd like to come at {facts.time}.",
        "Yes.",
        "Nothing, that is all correct.",
    ]


def test_it_takes_another_time_when_its_own_is_taken(
    calm: Persona, booking: Scenario, caller_of: Make, ring: Ring
) -> None:
    caller = caller_of(calm, booking)
    taken = caller.facts.time
    prompts = (f"Sorry, {taken} is not available. We have 4:30 PM. What time would you like?",)
    replies = ring(caller, asks_and_reads_back(*prompts, end="You are booked for 4:30 PM."))
    assert caller.facts.time == "4:30 pm"
    assert re.search(r"4:30 pm", meant(replies)[5])
    assert caller.opinion().judgement is Judgement.REACHED


def test_keys(calm: Persona, booking: Scenario, caller_of: Make, ring: Ring) -> None:
    caller = caller_of(calm, booking)
    facts = caller.facts
    prompts = (
        "To reschedule, press 2. To book an appointment, press 1.",
        "Please enter your 10 digit phone number, followed by the pound key.",
        f"Press 4 for Sunday, press 5 for {facts.day}.",
        "Please spell your name.",
        f"I have {facts.day}. Press 1 to confirm or 2 to change it.",
    )

    def agent(said: list[str | None]) -> tuple[str, bool]:
        end = f"You are booked, {facts.name}, for {facts.day} at {facts.time}. Goodbye."
        return (prompts[len(said)], True) if len(said) < 5 else (end, False)

    replies = ring(caller, agent, KEYS)
    digits = "".join(c for c in facts.phone if c.isdigit()) + "#"
    assert [reply.digits for reply in replies] == ["1", digits, "5", "", "1", ""]
    assert caller.opinion().judgement is Judgement.REACHED


def test_a_menu_by_voice_and_key_is_answered_by_voice(
    calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    both = Listening(speech=True, dtmf=True, timeout_s=5.0)
    reply = caller_of(calm, booking).hear(Prompt("For sales press 2.", 1.0, listening=both))
    assert reply.speech is not None
    assert "appointment" in reply.speech.meant


def test_a_recording_gets_the_whole_message_and_reports_nothing(
    calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm, booking)
    record = Listening(speech=False, dtmf=True, timeout_s=5.0, recording=True)
    reply = caller.hear(Prompt("Please leave a message after the beep.", 2.0, listening=record))
    assert reply.speech is not None
    assert (reply.speech.reported, reply.speech.confidence) == (None, None)
    for value in (caller.facts.name, caller.facts.phone, caller.facts.day, caller.facts.time):
        assert value in reply.speech.meant


def test_no_answer_comes_after_the_agent_stopped_waiting(
    calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    slow = calm.model_copy(update={"response_gap_s": 9.0})
    hasty = Listening(speech=True, dtmf=False, timeout_s=2.0)
    reply = caller_of(slow, booking).hear(Prompt(ASKS[1], 1.0, listening=hasty))
    assert 0 < reply.after_s < 2.0


def test_barge_in_is_within_the_prompt(calm: Persona, booking: Scenario, caller_of: Make) -> None:
    eager = calm.model_copy(update={"barge_in_rate": 1.0})
    caller = caller_of(eager, booking)
    listening = Listening(speech=True, dtmf=False, timeout_s=5.0)
    gaps = [caller.hear(Prompt(text, 3.0, listening=listening)).after_s for text in ASKS]
    assert gaps[0] > 0  # a greeting is heard out
    assert all(-3.0 < gap < 0 for gap in gaps[1:])
    assert caller.hear(Prompt(read_back(caller.facts), 3.0, listening=listening)).after_s > 0
    deaf = Listening(speech=True, dtmf=False, timeout_s=5.0, barge_in=False)
    assert caller_of(eager, booking).hear(Prompt(ASKS[1], 3.0, listening=deaf)).after_s > 0


def test_an_elderly_caller_is_silent_or_asks_to_repeat_at_times(
    catalogue: Catalogue, caller_of: Make, ring: Ring
) -> None:
    scenario = catalogue.scenarios["elderly_caller"]
    elderly = catalogue.personas["elderly"]
    seen = []
    for index in range(30):
        caller = caller_of(elderly, scenario, index)

        def agent(said: list[str | None], facts: Facts = caller.facts) -> tuple[str, bool]:
            told = [text for text in said if text and "repeat" not in text]
            prompts = (*ASKS, read_back(facts))
            return (prompts[len(told)], True) if len(told) < 6 else ("You're booked. Bye.", False)

        seen += meant(ring(caller, agent))
    assert "stays silent" in seen
    assert "Sorry, could you repeat that, please?" in seen
    assert sum(len(text.split()) > 8 for text in seen) > 30


# --- moving an appointment ------------------------------------------------------------------


def test_moving_an_appointment(calm: Persona, moving: Scenario, ring: Ring) -> None:
    draws = Draws(5, 8)
    caller, identity = make_caller(calm, moving, draws, TODAY)
    setup = make_setup_caller(calm, moving, draws, TODAY)
    assert setup is not None
    assert setup[1] == identity
    facts, old = caller.facts, setup[0].facts
    assert (old.day, old.time) == (facts.old_day, facts.old_time)
    booked = ring(setup[0], asks_and_reads_back(end=f"You're booked for {old.day}, {old.time}."))
    assert "book" in meant(booked)[0]
    assert setup[0].opinion().judgement is Judgement.REACHED

    def agent(said: list[str | None]) -> tuple[str, bool]:
        prompts = (
            "What is your name, please?",
            "What day is your current appointment?",
            f"I found your appointment on {old.day} at {old.time}. Is that the right one?",
            "What day and time would you like instead?",
        )
        if len(said) < 4:
            return prompts[len(said)], True
        moved = f"from {old.day} at {old.time} to {facts.day} at {facts.time}"
        return f"Your appointment has been moved {moved}. Goodbye.", False

    said = meant(ring(caller, agent))
    assert "reschedule my appointment" in said[0]
    assert facts.name in said[0]
    assert f"{old.day} at {old.time}" in said[1]
    assert said[2].startswith("Yes")
    assert said[3] == f"I'd like to come on {facts.day} at {facts.time}."
    assert caller.opinion().judgement is Judgement.REACHED


def test_the_old_time_on_the_new_day_is_put_right(
    calm: Persona, moving: Scenario, caller_of: Make, ring: Ring
) -> None:
    """As an agent makes it of words that it caught in part."""
    caller = caller_of(calm, moving)
    facts = caller.facts

    def agent(said: list[str | None]) -> tuple[str, bool]:
        prompts = (
            "How can I help you?",
            "What day and time would you like instead?",
            f"Let me read that back: {facts.day} at {facts.old_time}. Is that correct?",
            f"Let me read that back: {facts.day} at {facts.time}. Is that correct?",
        )
        if len(said) < len(prompts):
            return prompts[len(said)], True
        return f"Your appointment is confirmed for {facts.day} at {facts.time}. Goodbye.", False

    said = meant(ring(caller, agent))
    assert said[2] == f"No, I'd like to come at {facts.time}."
    assert said[3].startswith("Yes")
    assert caller.opinion().judgement is Judgement.REACHED


def test_the_old_appointment_is_not_read_back_wrongly(
    calm: Persona, moving: Scenario, caller_of: Make, ring: Ring
) -> None:
    caller = caller_of(calm, moving)
    facts = caller.facts
    asks = f"You have {facts.old_day} at {facts.old_time}, and want {facts.day}. Is that correct?"
    said = meant(ring(caller, lambda said: (asks if said else "How can I help you?", not said[1:])))
    assert said[1].startswith("Yes")


def test_an_appointment_left_where_it_was_is_wrong(
    calm: Persona, moving: Scenario, caller_of: Make, ring: Ring
) -> None:
    caller = caller_of(calm, moving)
    old = caller.facts
    end = f"You are booked for {old.old_day} at {old.old_time}."
    ring(caller, asks_and_reads_back(end=end))
    assert caller.opinion().judgement is Judgement.WRONG


@pytest.mark.parametrize("other", [False, True])
def test_who_was_misheard_may_be_booked_for_what_it_has(
    other: bool, calm: Persona, moving: Scenario, caller_of: Make, ring: Ring
) -> None:
    """With "move" lost, "from Monday to Tuesday" may be a wish for Monday; for no third day."""
    deaf = calm.recogniser.model_copy(update={"word_error_rate": 0.3})
    for index in range(40):
        caller = caller_of(calm.model_copy(update={"recogniser": deaf}), moving, index)
        facts = caller.facts
        day = next(d for d in DAYS if d not in (facts.day, facts.old_day))
        end = f"You are booked for {day if other else facts.old_day} at {facts.old_time}."
        ring(caller, asks_and_reads_back(end=end))
        opinion = caller.opinion()
        if caller._garbled and opinion.judgement in (Judgement.WRONG, Judgement.MISHEARD):
            told = {value.name: value.reported for value in opinion.fields}
            if told["day"] == facts.day:
                assert (opinion.judgement is Judgement.WRONG) is other
                return
    pytest.fail("none was misheard")


def test_booking_needs_no_setup(calm: Persona, booking: Scenario) -> None:
    assert make_setup_caller(calm, booking, Draws(1, 1), TODAY) is None
    assert not booking.needs_appointment


# --- odd input ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["empty_speech", "very_long_speech", "special_characters", "numbers_only"]
)
def test_odd_things_are_said_and_answered(
    name: str, calm: Persona, catalogue: Catalogue, caller_of: Make, ring: Ring
) -> None:
    scenario = catalogue.scenarios[name]
    caller = caller_of(calm, scenario)
    assert caller.opinion().judgement is Judgement.OPEN
    replies = ring(caller, lambda said: ("Sorry, what was that?", True))
    count = len(scenario.odd)
    reports = [reply.speech.reported for reply in replies if reply.speech]
    assert reports == [
        None if odd.reported is None else odd.reported * odd.times for odd in scenario.odd
    ]
    assert replies[-1].why == (
        "its odd input was answered" if count == 1 else f"its {count} odd inputs were answered"
    )
    assert caller.opinion().judgement is Judgement.REACHED


def test_the_long_speeches_are_as_long_as_they_say(catalogue: Catalogue) -> None:
    lengths = [len(o.reported or "") * o.times for o in catalogue.scenarios["very_long_speech"].odd]
    assert lengths[0] > 300
    assert lengths[1] > 4000


def test_an_odd_thing_left_unanswered(calm: Persona, catalogue: Catalogue, caller_of: Make) -> None:
    caller = caller_of(calm, catalogue.scenarios["empty_speech"])
    listening = Listening(speech=True, dtmf=False, timeout_s=5.0)
    for _ in range(2):
        caller.hear(Prompt("Hello?", 1.0, listening=listening))
    assert caller.opinion().judgement is Judgement.OPEN
    caller.hear(Prompt("Goodbye.", 1.0))
    assert caller.opinion().judgement is Judgement.REACHED


@pytest.mark.parametrize(
    ("language", "asks", "morning", "afternoon"),
    [
        ("en-US", "Morning or afternoon?", "In the morning, at ", "In the afternoon, at "),
        ("fr-FR", "Le matin ou l'après-midi ?", "Le matin, à ", "L'après-midi, à "),
        ("es-MX", "¿Por la mañana o por la tarde?", "Por la mañana, ", "Por la tarde, "),
    ],
)
def test_asked_for_the_half_of_the_day_it_says_it(
    language: str,
    asks: str,
    morning: str,
    afternoon: str,
    calm: Persona,
    booking: Scenario,
    caller_of: Callable[..., GoalCaller],
) -> None:
    speaks = calm.model_copy(update={"languages": (language[:2],)})
    listens = Listening(speech=True, dtmf=False, timeout_s=5.0, language=language)
    for index in range(20):
        caller = caller_of(speaks, booking, index)
        caller.hear(Prompt("...", 2.0, language, listening=listens))
        reply = caller.hear(Prompt(asks, 2.0, language, listening=listens))
        assert reply.speech
        half = morning if caller.facts.time.endswith("am") else afternoon
        assert reply.speech.meant.startswith(half)
        (time,) = find_times(in_english(reply.speech.meant, language[:2]))
        assert time.spoken() == caller.facts.time
