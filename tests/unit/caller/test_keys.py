"""Keys that lead on, agree and start over, and what a caller thinks of it."""

from collections.abc import Callable

import pytest

from voicesim.base.findings import Level
from voicesim.call.talk import Listening, Prompt, Reply
from voicesim.caller.asking import Want
from voicesim.caller.dialogue import GoalCaller
from voicesim.caller.keys import keys_for
from voicesim.caller.models import Goal, Persona, Scenario
from voicesim.caller.understanding import understand
from voicesim.config.callers import Catalogue

KEYS = Listening(speech=False, dtmf=True, timeout_s=5.0, num_digits=1)
WORDS = Listening(speech=True, dtmf=False, timeout_s=5.0)
MENU = "To book an appointment, press 1. To speak to reception, press 2."
NAME, DAY, TIME = "What name is it?", "Which day would you like?", "And what time?"
Make = Callable[..., GoalCaller]


@pytest.fixture
def at_once(catalogue: Catalogue) -> Scenario:
    """Books, and tells everything with the goal."""
    return catalogue.scenarios["quick_booking"]


def hears(caller: GoalCaller, text: str, listening: Listening | None = None) -> Reply:
    return caller.hear(Prompt(text, 3.0, listening=listening))


def words(reply: Reply) -> str:
    return reply.speech.meant if reply.speech else ""


def codes(caller: GoalCaller) -> list[tuple[str, Level]]:
    return [(finding.code, finding.level) for finding in caller.opinion().findings]


def read_back(caller: GoalCaller, day: str = "") -> str:
    facts = caller.facts
    said = f"{facts.name}, {day or facts.day} at {facts.time}"
    return f"I have {said}. If that's correct, press 1. Otherwise, press 2."


def tell(caller: GoalCaller) -> None:
    for question in (NAME, DAY, TIME):
        assert words(hears(caller, question, WORDS))


def test_the_goal_chosen_by_key_is_not_told_once_more(
    calm: Persona, at_once: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm, at_once)
    assert hears(caller, MENU, KEYS).digits == "1"
    said = words(hears(caller, NAME, WORDS))
    assert caller.facts.name in said
    assert "appointment" not in said
    assert "appointment" in words(hears(caller_of(calm, at_once), NAME, WORDS))


OTHERWISE = [
    ("en", "If that's correct, press 1. Otherwise, press 2."),
    ("en", "If this is right press 1, if not press 2."),
    ("en", "If it isn't correct, press 2. If everything is correct, press 1."),
    ("es", "Si es correcto, pulse 1. De lo contrario, pulse 2."),
    ("fr", "Si c'est bien cela, tapez 1. Sinon, tapez 2."),
    ("de", "Wenn das richtig ist, drücken Sie die 1. Andernfalls drücken Sie die 2."),
]


@pytest.mark.parametrize(("code", "text"), OTHERWISE)
def test_keys_that_agree_or_not_are_told_apart(
    code: str, text: str, calm: Persona, at_once: Scenario, caller_of: Make
) -> None:
    understood, facts = understand(text, code), caller_of(calm, at_once).facts
    assert understood.wants == (Want.CONFIRM,)
    pressed = [
        keys_for(understood, facts, Goal.BOOK, wrong=wrong, read_back=True)[0]
        for wrong in (False, True)
    ]
    assert pressed == ["1", "2"]


def test_a_menu_that_confirms_an_appointment_reads_nothing_back() -> None:
    understood = understand("To confirm an existing visit, press 1. To cancel it, press 2.")
    assert understood.wants == (Want.MENU,)


def test_german_keys_end_their_sentence() -> None:
    text = "Für den Termin drücken Sie die 1. Für den Empfang drücken Sie die 2."
    assert [key for key, _ in understand(text, "de").options] == ["1", "2"]
    assert "3 März" in understand("Am 3. März um 10 Uhr.", "de").english


def test_a_wrong_day_is_declined_by_key_and_told(
    calm: Persona, at_once: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm, at_once)
    other = "Monday" if caller.facts.day != "Monday" else "Friday"
    hears(caller, MENU, KEYS)
    for _ in range(2):
        tell(caller)
        assert hears(caller, read_back(caller, other), KEYS).digits == "2"
    assert codes(caller) == [("readback-wrong", Level.ERROR)]


def test_a_wrong_day_that_is_put_right_is_held_against_nobody(
    calm: Persona, at_once: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm, at_once)
    other = "Monday" if caller.facts.day != "Monday" else "Friday"
    hears(caller, MENU, KEYS)
    tell(caller)
    assert hears(caller, read_back(caller, other), KEYS).digits == "2"
    tell(caller)  # all is asked anew
    assert hears(caller, read_back(caller), KEYS).digits == "1"
    hears(caller, f"You are booked for {caller.facts.day} at {caller.facts.time}. Goodbye.")
    assert codes(caller) == []


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Oh dear, let's start over.", []),
        ("Let's take it from the top.", []),
        ("Lovely.", [("forgot-the-call", Level.ERROR)]),
    ],
)
def test_who_starts_over_has_not_forgotten(
    said: str,
    found: list[tuple[str, Level]],
    calm: Persona,
    booking: Scenario,
    caller_of: Make,
) -> None:
    caller = caller_of(calm, booking)
    tell(caller)
    hears(caller, f"{said} {NAME}", WORDS)
    hears(caller, DAY, WORDS)
    assert codes(caller) == found


def test_a_mind_is_changed_by_keys_too(
    calm: Persona, catalogue: Catalogue, caller_of: Make
) -> None:
    caller = caller_of(calm, catalogue.scenarios["changes_mind"])
    before = caller.facts.day
    hears(caller, "How can I help you?", WORDS)
    tell(caller)
    assert hears(caller, read_back(caller), KEYS).digits == "2"
    assert caller.facts.day != before
    tell(caller)
    assert hears(caller, read_back(caller), KEYS).digits == "1"


@pytest.mark.parametrize(("text", "key"), [("Press ２ for sales.", "2"), ("Press ٣ for us.", "3")])
def test_keys_are_those_of_a_telephone(text: str, key: str) -> None:
    ((found, _),) = understand(text, "en").options
    assert found == key
