"""How a persona speaks and behaves, each manner by itself."""

from collections.abc import Callable
from random import Random

import pytest

from voicesim.base.draws import Draws
from voicesim.call.talk import Listening, Prompt, Reply
from voicesim.caller.confusions import substitute
from voicesim.caller.dialogue import GoalCaller
from voicesim.caller.facts import spelled, spoken_number
from voicesim.caller.models import Accent, NumberStyle, Persona, Scenario, Spelling
from voicesim.caller.parts import Part
from voicesim.caller.patience import has_had_enough
from voicesim.caller.stumbles import stumble
from voicesim.caller.words import find_numbers
from voicesim.config.callers import Catalogue

Make = Callable[..., GoalCaller]
BOTH = Listening(speech=True, dtmf=True, timeout_s=5.0)
PHONE = Prompt("What is your phone number?", 2.0, listening=BOTH)
NAME = Prompt("What is your name?", 2.0, listening=BOTH)


def with_(persona: Persona, **update: object) -> Persona:
    return persona.model_copy(update=update)


@pytest.mark.parametrize("accent", list(Accent))
@pytest.mark.parametrize("word", ["Three", "with", "very", "yes.", "Xyz", "416", "o", "--", "ss"])
def test_a_substitute_is_another_word_in_the_same_case(accent: Accent, word: str) -> None:
    for seed in range(20):
        found = substitute(word, accent, Random(seed))
        assert found.casefold() != word.casefold()
        assert found[:1].isupper() == word[:1].isupper()
        assert found.endswith(".") == word.endswith(".")


def test_an_accent_changes_its_own_sounds() -> None:
    def heard(accent: Accent) -> set[str]:
        return {substitute("Thornwood", accent, Random(seed)) for seed in range(40)}

    assert "Sornwood" in heard(Accent.GERMAN)
    assert "Zornwood" in heard(Accent.FRENCH)
    assert not {"Sornwood", "Zornwood"} & heard(Accent.AMERICAN)


def test_stumbling(calm: Persona) -> None:
    parts = (Part("My name is "), Part("Jane Doe", "name"))
    fact = (Part("Jane Doe", "name"), Part("."))

    def said(parts: tuple[Part, ...], **rates: float) -> str:
        persona = with_(calm, word_repeat_rate=0.0, restart_rate=0.0, filler_rate=0.0)
        return "".join(p.text for p in stumble(parts, with_(persona, **rates), Random(1)))

    assert said(parts) == "My name is Jane Doe"
    assert said(parts, word_repeat_rate=1.0) == "My my name is Jane Doe"
    assert said(parts, restart_rate=1.0) == "My name, my name is Jane Doe"
    assert said(fact, word_repeat_rate=0.5, restart_rate=0.5) == "Jane Doe."
    assert said(fact, filler_rate=1.0) in ("Um, Jane Doe.", "Uh, Jane Doe.")
    hello = (Part("Hi. I'd like to book."),)
    assert said(hello, restart_rate=1.0) == "Hi. I'd like to book."


def test_spelling_and_doubles() -> None:
    assert spelled("José Doe", Spelling.LETTERS) == "J O S É, D O E."
    assert spelled("José Doe", Spelling.NATO) == "Juliett Oscar Sierra Echo, Delta Oscar Echo."
    said = spoken_number("+447700900004", "GB", NumberStyle.DOUBLES)
    assert said == "plus double four, double seven double oh, nine triple oh oh four"
    assert find_numbers(said) == ("447700900004",)


def test_keys_are_preferred_or_fallen_back_on(
    calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    fond = caller_of(with_(calm, keys_rate=1.0), booking)
    assert fond.hear(PHONE).digits.strip("#") == find_numbers(fond.facts.phone)[0]
    assert fond.hear(NAME).speech is not None
    stubborn = caller_of(with_(calm, keys_after=2), booking)
    assert [bool(stubborn.hear(PHONE).digits) for _ in range(3)] == [False, False, True]
    no_keys = PHONE._replace(listening=BOTH._replace(dtmf=False))
    assert not caller_of(with_(calm, keys_rate=1.0), booking).hear(no_keys).digits


def test_who_is_not_always_silent_speaks_when_asked_a_third_time(
    calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    caller = caller_of(with_(calm, silence_rate=0.999), booking)
    assert caller.hear(NAME) == caller.hear(NAME) == Reply(why="stays silent")
    assert caller.hear(NAME).speech


def test_the_silent_say_nothing_and_hang_up(
    calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    caller = caller_of(with_(calm, silence_rate=1.0, patience=2), booking)
    assert caller.hear(NAME) == caller.hear(NAME) == Reply(why="stays silent")
    assert caller.hear(NAME).hangs_up


def test_a_hazard_is_of_questions_asked_again(calm: Persona) -> None:
    hasty = with_(calm, hang_up_rate=0.3)

    def share(times: int, persona: Persona = hasty, *, read_back: bool = False) -> float:
        left = [
            has_had_enough(times, persona, Draws(1, index), 5, read_back=read_back)
            for index in range(2000)
        ]
        return sum(left) / len(left)

    assert share(0) == share(1, calm) == share(1, read_back=True) == 0
    assert 0.27 < share(1) < 0.33
    assert share(calm.patience, calm, read_back=True) == 1


def test_some_tell_everything_at_once(calm: Persona, booking: Scenario, caller_of: Make) -> None:
    help_me = Prompt("How can I help you?", 2.0, listening=BOTH)

    def tells_all(rate: float) -> int:
        callers = [caller_of(with_(calm, all_at_once_rate=rate), booking, n) for n in range(60)]
        said = [caller.hear(help_me).speech for caller in callers]
        return sum("my phone number" in speech.meant.casefold() for speech in said if speech)

    assert tells_all(0.0) == 0
    assert tells_all(1.0) == 60
    assert 20 < tells_all(0.5) < 40


@pytest.mark.parametrize(
    "kind", ["detailed_booking", "wrong_number", "special_characters", "survey", "menu_sales"]
)
def test_who_was_left_waiting_beyond_what_it_bears_is_gone(
    kind: str, catalogue: Catalogue, caller_of: Make
) -> None:
    """By the time that the agent sounds again: it hangs up as that begins, whatever it says."""
    angry = catalogue.personas["angry"]  # bears 8 s, give or take a fifth
    for index in range(20):
        caller = caller_of(angry, catalogue.scenarios[kind], index)
        assert not caller.hear(NAME._replace(waited_s=6.3)).hangs_up
        left = caller.hear(PHONE._replace(waited_s=9.7))
        assert left.hangs_up
        assert left.after_s == -PHONE.duration_s
        assert left.why.startswith("heard nothing for ")
