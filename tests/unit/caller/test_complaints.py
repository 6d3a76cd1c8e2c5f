"""What callers complain of, each complaint beside agents that must not be blamed for it."""

from collections.abc import Callable
from datetime import date

import pytest

from voicesim.base.draws import Draws
from voicesim.base.findings import Level
from voicesim.call.talk import Judgement, Listening, Prompt, Reply
from voicesim.caller import memory
from voicesim.caller.asking import Want
from voicesim.caller.dialogue import GoalCaller
from voicesim.caller.facts import Facts
from voicesim.caller.making import make_caller
from voicesim.caller.models import Persona, Scenario
from voicesim.config.callers import Catalogue

TODAY = date(2026, 3, 4)
NAME, PHONE = "May I have your name, please?", "What phone number can we reach you at?"
DAY, TIME = "What day would you like to come?", "What time suits you?"
HELP, BYE = "Hello, how can I help you?", "Goodbye."
SPEECH = Listening(speech=True, dtmf=False, timeout_s=5.0)
Make = Callable[..., GoalCaller]
Ring = Callable[..., list[Reply]]


def script(*prompts: str, end: str = BYE) -> Callable[[list[str | None]], tuple[str, bool]]:
    """An agent that says one prompt after the other, whatever it hears, then ``end``."""

    def agent(said: list[str | None]) -> tuple[str, bool]:
        return (prompts[len(said)], True) if len(said) < len(prompts) else (end, False)

    return agent


def forever(*prompts: str) -> Callable[[list[str | None]], tuple[str, bool]]:
    """An agent that comes to no end: its last prompt again and again."""
    return lambda said: (prompts[min(len(said), len(prompts) - 1)], True)


def read_back(facts: Facts, **other: str) -> str:
    shown = {"name": facts.name, "phone": facts.phone, "day": facts.day, "time": facts.time}
    shown |= other
    return (
        f"I have {shown['name']}, phone number {shown['phone']}, {shown['day']} at "
        f"{shown['time']}. Is that correct? Please say yes or no."
    )


def codes(caller: GoalCaller) -> list[tuple[str, str]]:
    return [(finding.code, finding.level.value) for finding in caller.opinion().findings]


@pytest.fixture
def caller(calm: Persona, booking: Scenario, caller_of: Make) -> GoalCaller:
    return caller_of(calm, booking)


# --- what is asked again ------------------------------------------------------------------------


def test_an_agent_that_starts_over_has_forgotten_the_call(caller: GoalCaller, ring: Ring) -> None:
    ring(caller, script(HELP, NAME, PHONE, DAY, NAME, PHONE, TIME))
    assert codes(caller) == [("forgot-the-call", "ERROR")]
    (finding,) = caller.opinion().findings
    assert "asked once more for the name, the phone," in finding.message


@pytest.mark.parametrize("name", [NAME, "What is your first and last name?"])
def test_one_fact_asked_for_again_is_a_warning(name: str, caller: GoalCaller, ring: Ring) -> None:
    ring(caller, script(HELP, name, PHONE, name, DAY, TIME))
    assert codes(caller) == [("asked-again", "WARNING")]


@pytest.mark.parametrize(
    "prompts",
    [
        (HELP, NAME, PHONE, DAY, TIME),
        (HELP, NAME, NAME, PHONE, DAY, TIME),  # it did not hear: it has not moved on
        (HELP, "What is your first name?", "And your last name?", PHONE, DAY, TIME),
        (HELP, NAME, PHONE, DAY, "Sorry, no times on that day. What other day suits you?", TIME),
        (HELP, NAME, PHONE, "What day and time would you like?", TIME),
        (HELP, NAME, PHONE, DAY, TIME, "For security, please say your name and phone number."),
        (HELP, NAME, PHONE, DAY, TIME, "Your name and your phone number once more, please."),
        (HELP, NAME, PHONE, DAY, TIME, "Please repeat your phone number.", "Verify your name."),
        (HELP, "What is your first name?", PHONE, "What is your last name?", DAY, TIME),
        (HELP, "Your surname, please?", PHONE, DAY, "And your given name, please?", TIME),
        (HELP, NAME, PHONE, DAY, TIME, "And a second phone number, in case we cannot reach you?"),
        (HELP, NAME, PHONE, DAY, TIME, "Is there another number? What number is it?"),
        (HELP, NAME, PHONE, DAY, "What are the last four digits of your phone number?", TIME),
        (HELP, NAME, PHONE, DAY, TIME, "And a second day, should that one not work?"),
        (HELP, NAME, PHONE, DAY, TIME, "What alternative time would suit you?"),
    ],
)
def test_who_asks_with_reason_is_not_blamed(
    prompts: tuple[str, ...], caller: GoalCaller, ring: Ring
) -> None:
    ring(caller, script(*prompts))
    assert codes(caller) == []


def test_who_asked_on_purpose_once_may_not_forget_after_it(caller: GoalCaller, ring: Ring) -> None:
    again = "To verify it, what are your name and your phone number?"
    ring(caller, script(HELP, NAME, PHONE, again, DAY, TIME, NAME, PHONE))
    assert codes(caller) == [("forgot-the-call", "ERROR")]


def test_an_opening_with_everything_in_it_need_not_be_remembered(
    calm: Persona, catalogue: Catalogue, caller_of: Make, ring: Ring
) -> None:
    caller = caller_of(calm, catalogue.scenarios["quick_booking"])
    ring(caller, script(HELP, NAME, PHONE, DAY, TIME))
    assert codes(caller) == []


def test_what_the_caller_put_right_may_be_asked_for(caller: GoalCaller, ring: Ring) -> None:
    facts = caller.facts
    wrong = read_back(facts, name="Somebody Else")
    good = f"You are booked, {facts.name}, for {facts.day} at {facts.time}. Goodbye."
    ring(caller, script(HELP, NAME, PHONE, DAY, TIME, wrong, NAME, read_back(facts), end=good))
    assert codes(caller) == []


def test_nobody_is_blamed_for_asking_again_what_was_garbled(
    catalogue: Catalogue, booking: Scenario, caller_of: Make, ring: Ring, calm: Persona
) -> None:
    unsure = {"word_error_rate": 1.0, "confidence_mean": 0.05, "confidence_tie": 0.0}
    deaf = calm.recogniser.model_copy(update=unsure)
    caller = caller_of(calm.model_copy(update={"recogniser": deaf}), booking)
    ring(caller, script(HELP, NAME, PHONE, DAY, NAME, PHONE, DAY, NAME, PHONE))
    assert codes(caller) == []


def test_a_question_for_ever_is_a_loop_in_the_same_words(caller: GoalCaller, ring: Ring) -> None:
    replies = ring(caller, forever(HELP, NAME))
    assert replies[-1].why == "asked 4 times for its name"
    assert codes(caller) == [("loops", "ERROR")]


def test_a_question_for_ever_in_other_words_is_asked_again(caller: GoalCaller, ring: Ring) -> None:
    ways = ("Your name, please?", "What is your name?", "Please tell me your name.")
    ring(caller, script(HELP, *ways * 5))
    assert codes(caller) == [("asked-again", "ERROR")]
    assert "asked 4 times for its name" in caller.opinion().findings[0].message


def test_an_agent_that_heard_one_clear_answer_at_most_may_ask_again(
    booking: Scenario, caller_of: Make, ring: Ring, calm: Persona
) -> None:
    unsure = calm.recogniser.model_copy(update={"confidence_mean": 0.3, "confidence_spread": 0.01})
    hasty = calm.model_copy(update={"recogniser": unsure, "patience": 2})
    caller = caller_of(hasty, booking)
    replies = ring(caller, forever(HELP, NAME))
    assert replies[-1].why == "asked 2 times for its name"
    assert codes(caller) == []


# --- what is read back --------------------------------------------------------------------------


def test_a_number_read_back_wrongly_for_all_that_is_said(caller: GoalCaller, ring: Ring) -> None:
    wrong = read_back(caller.facts, phone="2125550199")
    ring(caller, forever(HELP, NAME, PHONE, DAY, TIME, wrong))
    (finding,) = caller.opinion().findings
    assert (finding.code, finding.level) == ("readback-wrong", Level.ERROR)
    assert "'2125550199'" in finding.message


def of_the_day(facts: Facts, name: str) -> str:
    """A read-back in which the name stands alone, so that only who knows it finds it."""
    return f"That is {name}, {facts.phone}, {facts.day} at {facts.time}. Is that right?"


def test_a_wrong_name_is_known_again_after_it_was_put_right(caller: GoalCaller, ring: Ring) -> None:
    """It is neither what was meant nor what was reported last."""
    facts = caller.facts
    first = f"Your name is Somebody Else, {facts.day} at {facts.time}. Is that right?"
    replies = ring(
        caller, forever(HELP, NAME, PHONE, DAY, TIME, first, of_the_day(facts, "Somebody Else"))
    )
    assert [r.speech.meant for r in replies if r.speech][-1].endswith(f"{facts.name}.")
    (finding,) = caller.opinion().findings
    assert (finding.code, finding.level) == ("readback-wrong", Level.ERROR)
    assert "'Somebody Else'" in finding.message


def test_a_name_that_was_put_right_is_none(caller: GoalCaller, ring: Ring) -> None:
    facts = caller.facts
    first = f"Your name is Somebody Else, {facts.day} at {facts.time}. Is that right?"
    end = f"Thank you, {facts.name.split()[0]}. Booked for {facts.day} at {facts.time}. Bye."
    again = of_the_day(facts, facts.name)
    ring(caller, script(HELP, NAME, PHONE, DAY, TIME, first, again, end=end))
    assert codes(caller) == []
    assert caller.opinion().judgement is Judgement.REACHED


def test_one_wrong_read_back_that_is_put_right_is_none(caller: GoalCaller, ring: Ring) -> None:
    facts = caller.facts
    wrong, right = read_back(facts, phone="2125550199"), read_back(facts)
    good = f"You are booked, {facts.name}, for {facts.day} at {facts.time}. Goodbye."
    ring(caller, script(HELP, NAME, PHONE, DAY, TIME, wrong, right, end=good))
    assert codes(caller) == []


def test_an_agent_that_asks_what_is_wrong_and_reads_back_the_same_ignores_it(
    caller: GoalCaller, ring: Ring
) -> None:
    wrong = read_back(caller.facts, phone="2125550199")
    change = "What should I change: the name, the phone number, the day or the time?"

    def agent(said: list[str | None]) -> tuple[str, bool]:
        asks = (HELP, NAME, PHONE, DAY, TIME)
        if len(said) < len(asks):
            return asks[len(said)], True
        return (wrong, change)[(len(said) - len(asks)) % 2], True

    ring(caller, agent)
    assert codes(caller) == [("readback-wrong", "ERROR")]


@pytest.fixture
def fickle(calm: Persona, catalogue: Catalogue, caller_of: Make) -> GoalCaller:
    return caller_of(calm, catalogue.scenarios["changes_mind"])


def test_who_changes_their_mind_gets_the_other_day(fickle: GoalCaller, ring: Ring) -> None:
    before = fickle.facts
    first = read_back(before)

    def agent(said: list[str | None]) -> tuple[str, bool]:
        asks = (HELP, NAME, PHONE, DAY, TIME, first)
        if len(said) < len(asks):
            return asks[len(said)], True
        if len(said) == len(asks):
            return read_back(fickle.facts), True
        return f"You are booked for {fickle.facts.day} at {before.time}. Goodbye.", False

    replies = ring(fickle, agent)
    assert fickle.facts.day != before.day
    said = [reply.speech.meant for reply in replies if reply.speech]
    assert said[5] == f"No, I'd like to come on {fickle.facts.day}."
    assert fickle.opinion().judgement is Judgement.REACHED
    assert codes(fickle) == []


def test_who_is_booked_without_a_read_back_cannot_change_its_mind_and_says_so(
    fickle: GoalCaller, ring: Ring
) -> None:
    end = f"You are booked for {fickle.facts.day} at {fickle.facts.time}. Goodbye."
    ring(fickle, script(HELP, NAME, PHONE, DAY, TIME, end=end))
    assert fickle.opinion().judgement is Judgement.REACHED
    assert codes(fickle) == [("no-read-back", "NOTICE")]


def test_an_agent_that_keeps_the_old_day_ignores_a_correction(
    fickle: GoalCaller, ring: Ring
) -> None:
    old = fickle.facts.day
    ring(fickle, forever(HELP, NAME, PHONE, DAY, TIME, read_back(fickle.facts)))
    (finding,) = fickle.opinion().findings
    assert (finding.code, finding.level) == ("correction-ignored", Level.ERROR)
    assert repr(old) in finding.message
    assert repr(fickle.facts.day) in finding.message


def test_a_time_that_nobody_asked_for_is_noticed(caller: GoalCaller, ring: Ring) -> None:
    ring(caller, script(HELP, NAME, PHONE, DAY, read_back(caller.facts, time="8 am"), TIME))
    (finding,) = caller.opinion().findings
    assert (finding.code, finding.level) == ("not-asked", Level.WARNING)
    assert "time '8 am'" in finding.message


def test_what_an_agent_makes_of_garbled_words_is_not_its_own(
    booking: Scenario, caller_of: Make, ring: Ring, calm: Persona
) -> None:
    """A number of which little is left may sound like a time."""
    deaf = calm.recogniser.model_copy(update={"word_error_rate": 1.0})
    caller = caller_of(calm.model_copy(update={"recogniser": deaf}), booking)
    ring(caller, script(HELP, NAME, PHONE, DAY, read_back(caller.facts, time="8 am"), TIME))
    assert codes(caller) == []


def test_a_time_that_is_confirmed_unasked_is_the_agents_error(
    caller: GoalCaller, ring: Ring
) -> None:
    end = f"You are booked for {caller.facts.day} at 4:30 am. Goodbye."
    ring(caller, script(HELP, NAME, PHONE, DAY, end=end))
    assert codes(caller) == [("not-asked", "ERROR")]
    assert "confirmed the time '4:30 am'" in caller.opinion().findings[0].message


def test_a_booking_without_a_time_is_the_agents_error(caller: GoalCaller, ring: Ring) -> None:
    ring(caller, script(HELP, NAME, PHONE, DAY, end="You are all booked. Goodbye."))
    assert codes(caller) == [("not-asked", "ERROR")]
    assert caller.opinion().findings[0].message.endswith("never asked for the time.")


@pytest.mark.parametrize("asks", [(HELP, NAME, DAY, TIME), (HELP, NAME, "When can you come?")])
def test_a_booking_of_what_was_asked_for_is_none(
    asks: tuple[str, ...], caller: GoalCaller, ring: Ring
) -> None:
    ring(caller, script(*asks, end="You are all booked. Goodbye."))
    assert codes(caller) == []


@pytest.mark.parametrize(
    "offer",
    [
        "I have an opening on {day} at 8 am. Does that work for you?",
        "How about {day} at 8 am? Is that correct for you, {name}?",
        "The earliest on {day} is 8 am. Is that okay?",
    ],
)
def test_an_offer_is_no_read_back(offer: str, caller: GoalCaller, ring: Ring) -> None:
    facts = caller.facts
    ring(caller, script(HELP, NAME, PHONE, DAY, offer.format(day=facts.day, name=facts.name), TIME))
    assert codes(caller) == []


# --- how it ends --------------------------------------------------------------------------------


def test_an_agent_that_hangs_up_in_the_midst_of_it(caller: GoalCaller, ring: Ring) -> None:
    ring(caller, script(HELP, NAME, PHONE, end="Thank you. Goodbye."))
    (finding,) = caller.opinion().findings
    assert (finding.code, finding.level) == ("hung-up-early", Level.ERROR)
    assert finding.message.endswith("it never asked for the day, the time.")


@pytest.mark.parametrize(
    ("asks", "end"),
    [
        ((HELP, NAME, PHONE), "I am sorry, we have no free appointments. Goodbye."),
        ((HELP, NAME, PHONE), "I could not find you in our records, and cannot help. Goodbye."),
        ((HELP, NAME, PHONE, DAY, TIME), "Thank you. Goodbye."),
        ((HELP,), "We are closed today. Goodbye."),
        ((HELP, NAME, PHONE), "A colleague will ring you and find a time with you. Goodbye."),
        ((HELP, NAME, PHONE), "Thank you, we’ll get back to you. Goodbye."),
        ((HELP, NAME, PHONE), "Our team will be in touch. Goodbye."),
    ],
)
def test_an_agent_that_ends_with_a_reason_or_with_all_it_needs(
    asks: tuple[str, ...], end: str, caller: GoalCaller, ring: Ring
) -> None:
    ring(caller, script(*asks, end=end))
    assert codes(caller) == []


def test_a_reminder_is_no_call_back(caller: GoalCaller, ring: Ring) -> None:
    ring(caller, script(HELP, NAME, PHONE, end="We will text you a reminder. Goodbye."))
    assert codes(caller) == [("hung-up-early", "ERROR")]


def booked(facts: Facts) -> tuple[str, ...]:
    return (HELP, NAME, PHONE, DAY, TIME, read_back(facts), f"You are booked, {facts.name}.")


@pytest.mark.parametrize(
    ("after", "level"),
    [("Thank you for calling. Goodbye.", "ERROR"), ("Anything else I can do?", "WARNING")],
)
def test_an_agent_that_never_hangs_up(
    after: str, level: str, caller: GoalCaller, ring: Ring
) -> None:
    replies = ring(caller, forever(*booked(caller.facts), after))
    assert replies[-1].hangs_up
    assert codes(caller) == [("never-ends", level)]
    assert caller.opinion().judgement is Judgement.REACHED


@pytest.mark.parametrize("more", [(), ("Anything else I can do?",), ("Anything else?", "Sure?")])
def test_an_agent_that_asks_for_more_and_then_ends(
    more: tuple[str, ...], caller: GoalCaller, ring: Ring
) -> None:
    ring(caller, script(*booked(caller.facts), *more))
    assert codes(caller) == []
    assert caller.opinion().judgement is Judgement.REACHED


@pytest.mark.parametrize(
    ("asks", "expects"),
    [
        ((HELP,), True),
        ((HELP, NAME, PHONE, DAY, TIME), True),
        ((HELP, NAME, "Could you spell that?"), True),
        ((HELP, NAME, PHONE, DAY, TIME, "Anything else?"), False),
        ((HELP, NAME, "What is your date of birth?"), False),
        ((HELP, NAME, "Kindly the barleycorns now."), False),
    ],
)
def test_a_word_is_expected_after_a_clear_answer(
    asks: tuple[str, ...], expects: bool, caller: GoalCaller
) -> None:
    for text in asks:
        caller.hear(Prompt(text, 2.0, listening=SPEECH))
    assert caller.opinion().waits_since == (len(asks) if expects else 0)


def test_none_is_expected_after_words_that_were_misheard_or_recorded(
    calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    deaf = calm.recogniser.model_copy(update={"word_error_rate": 1.0})
    misheard = caller_of(calm.model_copy(update={"recogniser": deaf}), booking)
    recorded = caller_of(calm, booking)
    for caller, recording in ((misheard, False), (recorded, True)):
        caller.hear(Prompt(NAME, 2.0, listening=SPEECH))
        caller.hear(Prompt(NAME, 2.0, listening=SPEECH._replace(recording=recording)))
        assert caller.opinion().waits_since == 0


# --- what it does not understand ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("puzzle", "end"),
    [
        ("And your shoe size in barleycorns, kindly?", "Then I cannot know. Goodbye."),
        ("And your shoe size in barleycorns, kindly?", "Thank you. Goodbye."),
        ("What is your date of birth?", "Without it I cannot book anything. Goodbye."),
    ],
)
def test_a_question_that_is_not_understood_is_held_against_nobody(
    puzzle: str, end: str, caller: GoalCaller, ring: Ring
) -> None:
    ring(caller, script(HELP, NAME, PHONE, DAY, TIME, puzzle, puzzle, end=end))
    assert caller.opinion().judgement is Judgement.UNCLEAR
    assert codes(caller) == [("not-understood", "NOTICE")]
    assert puzzle in caller.opinion().findings[0].message


def test_what_became_of_a_caller_handed_over_nobody_can_tell(
    caller: GoalCaller, ring: Ring
) -> None:
    end = "Please hold while I transfer you to a colleague."
    ring(caller, script(HELP, NAME, end=end))
    assert caller.opinion().judgement is Judgement.UNCLEAR
    assert codes(caller) == [("handed-over", "NOTICE")]


@pytest.mark.parametrize("end", ["One moment, please.", "Sorry, I cannot connect you. Goodbye."])
def test_who_is_left_holding_is_not(end: str, caller: GoalCaller, ring: Ring) -> None:
    ring(caller, script(HELP, NAME, end=end))
    assert caller.opinion().judgement is Judgement.OPEN


@pytest.mark.parametrize(
    "asks",
    [
        "Sorry, I need a calendar date. What date would you like, month and day?",
        "Sorry, I need the day of the month, please. On which date would you like to come?",
        "Please say the date, like March fifth.",
    ],
)
def test_who_is_asked_for_a_date_says_it(asks: str, caller: GoalCaller, ring: Ring) -> None:
    replies = ring(caller, forever(HELP, NAME, PHONE, asks))
    assert replies[3].speech
    assert caller.facts.date in replies[3].speech.meant
    assert codes(caller) == [("loops", "ERROR")]  # it was told all that there is to tell


def test_a_weekday_that_does_not_do_is_followed_by_its_date(caller: GoalCaller, ring: Ring) -> None:
    again = "Thanks. And what date is that, please?"
    replies = ring(caller, script(HELP, NAME, PHONE, "What date would you like?", again, TIME))
    meant = [reply.speech.meant for reply in replies if reply.speech]
    assert caller.facts.day in meant[3]
    assert caller.facts.date not in meant[3]
    assert caller.facts.date in meant[4]


def test_a_day_that_is_asked_for_in_vain_is_still_a_loop(caller: GoalCaller, ring: Ring) -> None:
    ring(caller, forever(HELP, NAME, PHONE, "Which day, please?"))
    assert codes(caller) == [("loops", "ERROR")]


@pytest.mark.parametrize("puzzle", ["Kindly the barleycorns now.", "Are you a green patient?"])
def test_nor_is_it_when_the_caller_loses_patience(
    puzzle: str, caller: GoalCaller, ring: Ring
) -> None:
    replies = ring(caller, forever(HELP, NAME, PHONE, DAY, TIME, puzzle))
    assert replies[-1].hangs_up
    assert caller.opinion().judgement is Judgement.UNCLEAR
    assert codes(caller) == [("not-understood", "NOTICE")]


def test_a_call_that_goes_on_from_there_is_judged(caller: GoalCaller, ring: Ring) -> None:
    facts, puzzle = caller.facts, "Kindly the barleycorns now."
    good = f"You are booked, {facts.name}, for {facts.day} at {facts.time}. Goodbye."
    ring(caller, script(HELP, NAME, PHONE, puzzle, DAY, TIME, end=good))
    assert (caller.opinion().judgement, codes(caller)) == (Judgement.REACHED, [])


@pytest.mark.parametrize(
    "asks",
    [
        (HELP, "Kindly the barleycorns now.", NAME, PHONE),  # it was understood at the end
        (HELP, NAME, PHONE, "Sorry, an error occurred. How about barleycorns?"),
    ],
)
def test_an_agent_that_fails_is_not_excused_by_it(
    asks: tuple[str, ...], caller: GoalCaller, ring: Ring
) -> None:
    ring(caller, script(*asks, end="Sorry, something went wrong. Goodbye."))
    assert caller.opinion().judgement is Judgement.OPEN


def test_whether_anything_is_wrong_is_answered(caller: GoalCaller, ring: Ring) -> None:
    facts = caller.facts
    shown = f"I have {facts.name}, {facts.day} at {facts.time}."
    good = f"You are booked, {facts.name}, for {facts.day} at {facts.time}. Goodbye."
    asks = (HELP, NAME, PHONE, DAY, TIME, f"{shown} Is there anything you would like to change?")
    said = [reply.speech.meant for reply in ring(caller, script(*asks, end=good)) if reply.speech]
    assert said[-1] == "Nothing, that is all correct."
    assert caller.opinion().judgement is Judgement.REACHED


# --- keys ---------------------------------------------------------------------------------------


def keypad(catalogue: Catalogue, listening: Listening) -> list[Reply]:
    persona, scenario = catalogue.personas["standard"], catalogue.scenarios["keypad"]
    caller, _ = make_caller(persona, scenario, Draws(1, 3), TODAY)
    replies = []
    for _ in range(9):
        replies.append(caller.hear(Prompt(HELP, 1.0, listening=listening)))
        if replies[-1].hangs_up:
            assert caller.opinion().judgement is Judgement.REACHED
            return replies
    raise AssertionError("nobody hung up")


def test_odd_keys_are_pressed_where_keys_are_taken(catalogue: Catalogue) -> None:
    both = Listening(speech=True, dtmf=True, timeout_s=5.0)
    assert [reply.digits for reply in keypad(catalogue, both)] == ["*", "1*2*", "*0", ""]
    one = Listening(speech=False, dtmf=True, timeout_s=5.0, num_digits=1)
    assert [reply.digits for reply in keypad(catalogue, one)] == ["*", "1", "*", ""]


def test_where_no_key_is_taken_none_is_pressed(catalogue: Catalogue) -> None:
    (only,) = keypad(catalogue, Listening(speech=True, dtmf=False, timeout_s=5.0))
    assert only.hangs_up
    assert not only.digits


# --- the numbers themselves ---------------------------------------------------------------------


def test_a_memory_tells_what_was_moved_on_from(
    calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    mind: memory.Memory = caller_of(calm, booking)
    mind.asked((Want.NAME,))
    mind.told(("name",), (Want.NAME,), clearly=True)
    mind.asked((Want.NAME,))
    assert mind.forgotten() == ()
    mind.asked((Want.PHONE,))
    mind.told(("phone",), (Want.PHONE,), clearly=False)
    mind.asked((Want.DAY,))
    mind.asked((Want.PHONE, Want.NAME))
    assert mind.forgotten() == ("name",)


# --- what is booked in vague words after corrections --------------------------------------------

VAGUE = "Great, you're all booked. Goodbye."
REACHED: tuple[Judgement, list[tuple[str, str]]] = (Judgement.REACHED, [])
ASKS = (HELP, NAME, PHONE, DAY, TIME)


def another(facts: Facts) -> dict[str, dict[str, str]]:
    """What an agent may read back that heard one fact wrongly."""
    day = "Monday" if facts.day != "Monday" else "Tuesday"
    time = "9 am" if facts.time != "9 am" else "11 am"
    return {"day": {"day": day}, "time": {"time": time}, "phone": {"phone": "2125550199"}}


@pytest.mark.parametrize("field", ["day", "time", "phone"])
@pytest.mark.parametrize(
    ("times", "judged"),
    [
        (1, REACHED),  # it took the correction without a word
        (2, (Judgement.UNCLEAR, [])),
        (3, (Judgement.WRONG, [("readback-wrong", "ERROR")])),
    ],
)
def test_a_vague_booking_after_ignored_corrections_is_not_believed(
    field: str,
    times: int,
    judged: tuple[Judgement, list[tuple[str, str]]],
    caller: GoalCaller,
    ring: Ring,
) -> None:
    wrong = read_back(caller.facts, **another(caller.facts)[field])
    ring(caller, script(*ASKS, *[wrong] * times, end=VAGUE))
    assert (caller.opinion().judgement, codes(caller)) == judged


def test_a_changed_day_that_was_ignored_is_not_booked_in_vague_words(
    fickle: GoalCaller, ring: Ring
) -> None:
    ring(fickle, script(*ASKS, *[read_back(fickle.facts)] * 3, end=VAGUE))
    assert fickle.opinion().judgement is Judgement.WRONG
    assert codes(fickle) == [("correction-ignored", "ERROR")]


@pytest.mark.parametrize("then", ["asks", "is right"])
def test_an_agent_that_takes_a_correction_in_the_end_is_believed(
    then: str, caller: GoalCaller, ring: Ring
) -> None:
    facts = caller.facts
    wrong = read_back(facts, **another(facts)["day"])
    taken = DAY if then == "asks" else read_back(facts)
    ring(caller, script(*ASKS, wrong, wrong, wrong, taken, end=VAGUE))
    assert (caller.opinion().judgement, codes(caller)) == REACHED


def test_a_correction_taken_aloud_with_the_booking_is_believed(
    caller: GoalCaller, ring: Ring
) -> None:
    wrong = read_back(caller.facts, **another(caller.facts)["day"])
    end = f"Okay, {caller.facts.day} then. You're all booked. Goodbye."
    ring(caller, script(*ASKS, wrong, wrong, end=end))
    assert (caller.opinion().judgement, codes(caller)) == REACHED
