"""What a turn may not do: names come from lists that Faker filled before the first call."""

import sys
from collections.abc import Callable
from datetime import date
from types import FrameType
from typing import Any

from faker import Faker

from voicesim.base.draws import Draws
from voicesim.call.talk import Listening, Prompt
from voicesim.caller.crosstalk import CrossTalk
from voicesim.caller.making import make_caller
from voicesim.config.callers import Catalogue

ASKED = (
    "Hello. How can I help you?",
    "Thank you. What is your name, please? Please spell it.",
    "Thank you, {name}. What is your phone number?",
    "What day would you like to come? We are closed on Sunday.",
    "Sorry, 9 am is not available. What time would you like?",
    "{name}, {phone}, on {day} at {time}. Is that correct?",
    "So that is John Smith, on Friday. Is that correct?",
    "Your appointment is confirmed for {day} at {time}. Anything else?",
)
LISTENING = Listening(speech=True, dtmf=True, timeout_s=6.0)


def _calls_of_faker(work: Callable[[], object]) -> list[str]:
    """The functions of Faker that are called while ``work`` is done."""
    called: list[str] = []

    def watch(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_globals.get("__name__", "").startswith("faker"):
            called.append(frame.f_code.co_name)

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        work()
    finally:
        sys.setprofile(before)
    return called


def test_calls_of_faker_are_seen() -> None:
    faker = Faker("en_US")
    assert _calls_of_faker(faker.name)


def test_faker_is_never_called_on_a_turns_path(catalogue: Catalogue) -> None:
    crosstalk = CrossTalk()
    for index, persona in enumerate(catalogue.personas.values()):
        for scenario in catalogue.scenarios.values():
            draws = Draws(1, index)
            caller, identity = make_caller(persona, scenario, draws, date(2026, 3, 2), crosstalk)
            crosstalk.rang(index, persona.locale, identity.party.country)
            facts = caller.facts
            own = {key: facts.value(key) for key in ("name", "phone", "day", "time")}
            for text in ASKED:
                prompt = Prompt(text.format(**own), 4.0, listening=LISTENING)
                assert _calls_of_faker(lambda: caller.hear(prompt)) == []  # noqa: B023 - at once
