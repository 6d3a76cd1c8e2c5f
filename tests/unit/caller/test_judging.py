"""What a caller makes of names half heard, and of agents that give up."""

from collections.abc import Callable

import pytest

from voicesim.call.talk import FieldValue, Judgement, Listening, Opinion, Prompt, Speech
from voicesim.caller.checking import stated
from voicesim.caller.dialogue import GoalCaller
from voicesim.caller.judging import judge
from voicesim.caller.models import Persona, Scenario

SPEECH = Listening(speech=True, dtmf=False, timeout_s=5.0)
NAME = "What is your name, please?"
SORRY = "Sorry, I could not help you this time. Goodbye."
Make = Callable[..., GoalCaller]


def name(reported: str, heard: str, meant: str = "Jane Doe") -> tuple[FieldValue, ...]:
    return (FieldValue("name", meant, reported, heard),)


@pytest.mark.parametrize(
    ("reported", "heard", "garbled", "judgement"),
    [
        ("Jane Doe", "Jane Doe", False, Judgement.REACHED),
        ("uh Jane Doe", "uh Jane Doe", True, Judgement.REACHED),
        ("Jane Doe", "Jane", False, Judgement.REACHED),  # the agent says it shorter
        ("Jane Doe", "Jane", True, Judgement.MISHEARD),  # it may know no more
        ("Jane", "Jane", True, Judgement.MISHEARD),
        ("Jane", "", True, Judgement.MISHEARD),
        ("Jane Toe", "Jane Toe", True, Judgement.MISHEARD),
        ("Toe", "To", True, Judgement.MISHEARD),  # nobody can make much of that
        ("Jane Doe", "John Roe", False, Judgement.WRONG),
        ("Jane Doe", "John Roe", True, Judgement.WRONG),
        ("", "Jane", True, Judgement.OPEN),
    ],
)
def test_names(reported: str, heard: str, garbled: bool, judgement: Judgement) -> None:
    assert judge(name(reported, heard), confirmed=True, garbled=garbled).judgement is judgement


def test_a_middle_name_may_be_left_out() -> None:
    values = name("Jane Maria Doe", "Jane Doe", "Jane Maria Doe")
    assert judge(values, confirmed=True).judgement is Judgement.REACHED


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Let me read that back. Uhs, with the number 5 5 5, 0 1 0 0, on Tuesday.", "Uhs"),
        ("Once more. Jaine, with your phone number 555 0100.", "Jaine"),
        ("Once more. Jane Toe, with the number 555 0100.", "Jane Toe"),
        ("Thank you. Okay, with the number 555 0100.", ""),
        ("Great, with the number 555 0100.", ""),
    ],
)
def test_a_name_of_one_word_is_heard(text: str, says: str) -> None:
    assert stated("name", text, "Jane Doe", "Jane Doe") == says


def half_deaf(calm: Persona) -> Persona:
    recogniser = calm.recogniser.model_copy(update={"word_error_rate": 0.999})
    return calm.model_copy(update={"recogniser": recogniser, "patience": 9})


def answer(caller: GoalCaller, text: str) -> Speech:
    speech = caller.hear(Prompt(text, 2.0, listening=SPEECH)).speech
    assert speech is not None
    return speech


def read_back(name: str) -> str:
    return f"Let me read that back. {name}, with the number 1 2 3. Is that correct? Say yes or no."


def test_half_a_name_read_back_is_put_right(
    calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    """The recogniser lost half of it, and so the agent knows no more."""
    caller = caller_of(half_deaf(calm), booking)
    for _ in range(2):
        answer(caller, NAME)
    first, last = caller.facts.name.split()
    for heard in (first, last, "Uhs", f"{first} Nobody"):
        assert f"no, my name is {caller.facts.name}." in answer(
            caller, read_back(heard)
        ).meant.replace("No", "no")
    assert "Yes" in answer(caller, read_back(caller.facts.name)).meant


def test_what_was_misreported_once_stays_so(
    calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    caller = caller_of(half_deaf(calm), booking)
    answer(caller, NAME)
    caller._persona = calm
    answer(caller, read_back("Nobody Atall"))
    answer(caller, "What day suits you?")
    name, _, day, time = caller.opinion().fields
    assert (name.reported, name.misreported) == (caller.facts.name, True)
    assert (day.reported, day.misreported) == (caller.facts.day, False)
    assert (time.reported, time.misreported) == ("", False)


def test_an_agent_that_knows_the_name_may_say_half_of_it(
    calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm, booking)
    answer(caller, NAME)
    first = caller.facts.name.split()[0]
    assert "Yes" in answer(caller, read_back(first)).meant


def test_half_a_name_confirmed_in_the_end_is_misheard(
    calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    caller = caller_of(half_deaf(calm), booking)
    for text in (NAME, NAME, "What day suits you?", "What time suits you?"):
        answer(caller, text)
    first = caller.facts.name.split()[0]
    answer(caller, read_back(first))
    caller.hear(Prompt(f"You are booked. The name is {first}. Goodbye.", 2.0))
    assert caller.opinion().judgement is Judgement.MISHEARD


# --- giving up ------------------------------------------------------------------------------------


def given_up(caller: GoalCaller, *prompts: str, end: str = SORRY) -> Opinion:
    for text in prompts:
        answer(caller, text)
    caller.hear(Prompt(end, 2.0))
    return caller.opinion()


def unsure(calm: Persona) -> Persona:
    changes = {"confidence_mean": 0.2, "confidence_spread": 0.1, "missing_confidence_rate": 0.0}
    recogniser = calm.recogniser.model_copy(update=changes)
    return calm.model_copy(update={"recogniser": recogniser})


@pytest.mark.parametrize("change", [half_deaf, unsure])
def test_an_agent_may_give_up_after_three_answers_none_of_them_clear(
    change: Callable[[Persona], Persona], calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    seen = set()
    for index in range(60):
        caller = caller_of(change(calm), booking, index)
        said = [answer(caller, NAME) for _ in range(3)]
        clear = [s.reported == s.meant and (s.confidence or 1) >= 0.6 for s in said]
        opinion = given_up(caller)
        assert opinion.judgement is (Judgement.OPEN if any(clear) else Judgement.MISHEARD)
        assert opinion.findings == ()
        seen.add(opinion.judgement)
    assert len(seen) == 2


Unclear = Callable[..., GoalCaller]


@pytest.fixture
def unclear(calm: Persona, booking: Scenario, caller_of: Make) -> Unclear:
    """A caller of whom nothing is reported right, whatever of ``prompts`` it answers."""

    def make(*prompts: str) -> GoalCaller:
        for index in range(200):
            said = caller_of(half_deaf(calm), booking, index)
            if all(s.reported != s.meant for s in [answer(said, text) for text in prompts]):
                return caller_of(half_deaf(calm), booking, index)
        raise AssertionError("no such call")

    return make


def test_what_is_wrong_with_a_read_back_is_the_same_question(unclear: Unclear) -> None:
    wrong, change = read_back("Nobody"), "What should I change: the name or the day?"
    prompts = (NAME, wrong, change, wrong)
    assert given_up(unclear(*prompts), *prompts).judgement is Judgement.MISHEARD


def test_not_after_two(unclear: Unclear) -> None:
    assert given_up(unclear(NAME, NAME), NAME, NAME).judgement is Judgement.OPEN


def test_not_after_three_different_questions(unclear: Unclear) -> None:
    asked = (NAME, NAME, "What is your phone number?", "What day would you like to come?")
    assert given_up(unclear(*asked), *asked).judgement is Judgement.OPEN


def test_not_when_it_was_told_clearly(calm: Persona, booking: Scenario, caller_of: Make) -> None:
    assert given_up(caller_of(calm, booking), NAME, NAME, NAME).judgement is Judgement.OPEN


@pytest.mark.parametrize(
    "end",
    [
        "I am sorry, something went wrong on our side. Goodbye.",
        "A technical error occurred. Goodbye.",
        "",
        "Please hold.",
    ],
)
def test_not_when_it_broke_or_said_no_goodbye(end: str, unclear: Unclear) -> None:
    asked = (NAME, NAME, NAME)
    assert given_up(unclear(*asked), *asked, end=end).judgement is Judgement.OPEN
    assert given_up(unclear(*asked), *asked).judgement is Judgement.MISHEARD


def test_not_when_it_goes_on_after_its_goodbye(unclear: Unclear) -> None:
    asked = (NAME, NAME, NAME)
    caller = unclear(*asked)
    given_up(caller, *asked)
    assert given_up(caller, "What day would you like to come?").judgement is Judgement.OPEN


def test_not_when_the_caller_hung_up_itself(
    calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    caller = caller_of(half_deaf(calm), booking)
    replies = [caller.hear(Prompt(NAME, 2.0, listening=SPEECH)) for _ in range(10)]
    assert replies[-1].hangs_up
    assert caller.opinion().judgement is Judgement.OPEN
