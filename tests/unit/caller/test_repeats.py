"""How many times a caller was asked for the same again, or asked back."""

from collections.abc import Callable

import pytest

from voicesim.call.talk import Reply
from voicesim.caller.dialogue import GoalCaller
from voicesim.caller.models import Persona, Scenario

from .test_complaints import BYE, DAY, HELP, NAME, PHONE, TIME, script

Make = Callable[..., GoalCaller]
Ring = Callable[..., list[Reply]]


@pytest.mark.parametrize(
    ("prompts", "repeats"),
    [
        ((HELP, NAME, PHONE, DAY, TIME), 0),
        ((HELP, NAME, NAME, PHONE, DAY, TIME), 1),
        ((HELP, NAME, PHONE, NAME, PHONE, NAME), 3),
        ((HELP, NAME, "Sorry, I didn't catch that.", "Sorry?", DAY), 2),
        ((HELP, "Blue or green?", "Red or white?", NAME), 1),  # it asks back at the second
        ((HELP, "Is it urgent?", "Have you been here before?", NAME), 0),  # two questions
    ],
)
def test_repeats(
    prompts: tuple[str, ...],
    repeats: int,
    calm: Persona,
    booking: Scenario,
    caller_of: Make,
    ring: Ring,
) -> None:
    caller = caller_of(calm, booking)
    ring(caller, script(*prompts, end=BYE))
    assert caller.opinion().repeats == repeats
