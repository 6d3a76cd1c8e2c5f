"""What a caller says: sentences with gaps for facts, as tables."""

import re
from collections.abc import Iterable
from functools import lru_cache

from voicesim.caller.asking import Want
from voicesim.caller.facts import Facts
from voicesim.caller.languages import OTHERS, said_in
from voicesim.caller.languages.base import Sayings
from voicesim.caller.models import Goal
from voicesim.caller.parts import Part

SHORT, FULL, LONG = range(3)
"""Ways to say the same; the long one is for those who take their time."""

ANSWERS: dict[Want, tuple[str, str, str]] = {
    Want.NAME: (
        "{name}.",
        "My name is {name}.",
        "Oh yes, of course, my name is {name}.",
    ),
    Want.PHONE: (
        "{phone}.",
        "My phone number is {phone}.",
        "Let me see now, I have it here, my phone number is {phone}.",
    ),
    Want.DAY: (
        "{day}.",
        "I'd like to come on {day}.",
        "Well, if it is at all possible, I'd like to come on {day}.",
    ),
    Want.TIME: (
        "{time}.",
        "At {time}, please.",
        "Let me think for a moment, I would like to come at {time}, please.",
    ),
    Want.REASON: (
        "{reason}.",
        "It's for {reason}.",
        "Well, you see, it would be for {reason}, if you please.",
    ),
    Want.OLD: (
        "{old_day} at {old_time}.",
        "It's on {old_day} at {old_time}.",
        "Let me see, I wrote it down, it's on {old_day} at {old_time}.",
    ),
    Want.OTHER: (
        "I don't have that.",
        "I'm sorry, I don't have that with me.",
        "Oh dear, I'm afraid I don't have that with me just now.",
    ),
    Want.CONFIRM: (
        "Yes.",
        "Yes, that's right.",
        "Yes, that's quite right, thank you very much.",
    ),
    Want.YES_NO: ("Yes.", "Yes, please.", "Yes, that would be very kind, thank you."),
    Want.MORE: (
        "No, thank you.",
        "No, thank you.",
        "No, thank you, that's everything, you have been very kind.",
    ),
}
GOALS: dict[Goal, tuple[str, str, str]] = {
    Goal.BOOK: (
        "I'd like to book an appointment.",
        "Hi, I'd like to book an appointment, please.",
        "Hello, good day to you, I'd like to book an appointment, if I may.",
    ),
    Goal.RESCHEDULE: (
        "I'd like to reschedule my appointment.",
        "Hi, I'd like to reschedule my appointment, please.",
        "Hello, good day to you, I need to reschedule my appointment, if I may.",
    ),
    Goal.ODD_INPUT: ("Hello.", "Hello.", "Hello."),
}
CORRECTIONS = {
    "name": "No, my name is {name}.",
    "phone": "No, my phone number is {phone}.",
    "day": "No, I'd like to come on {day}.",
    "time": "No, I'd like to come at {time}.",
}
CLAUSES = {
    "name": "my name is {name}",
    "phone": "my phone number is {phone}",
    "when": "I'd like to come on {day} at {time}",
    "day": "I'd like to come on {day}",
    "time": "I'd like to come at {time}",
    "move": "I'd like to move my appointment from {old_day} at {old_time} to {day} at {time}",
}
IS_IT_DONE = {
    Goal.BOOK: "So am I booked for {day} at {time}?",
    Goal.RESCHEDULE: "So is my appointment moved to {day} at {time}?",
}
"""Asked of an agent that has not said so; it tells no facts anew."""
REPEAT = "Sorry, could you repeat that, please?"
NO = "No."
GOODBYE = "Goodbye."
NOTHING_WRONG = "Nothing, that is all correct."
NO_GOAL = {
    Goal.BOOK: "No, I'd like to book an appointment.",
    Goal.RESCHEDULE: "No, I'd like to reschedule my appointment.",
    Goal.ODD_INPUT: "No.",
}
SAYINGS = {code: language.sayings for code, language in OTHERS.items()} | {
    "en": Sayings(
        answers=ANSWERS,
        goals=GOALS,
        corrections=CORRECTIONS,
        clauses=CLAUSES,
        also="and",
        greeting="Hi.",
        is_it_done=IS_IT_DONE,
        repeat=REPEAT,
        no=NO,
        goodbye=GOODBYE,
        nothing_wrong=NOTHING_WRONG,
        no_goal=NO_GOAL,
        fillers=("Um", "Uh"),
        half_of_day=("In the morning, at {time}.", "In the afternoon, at {time}."),
    )
}
"""What is said in each language."""
_GAP = re.compile(r"\{(\w+)\}")


@lru_cache(maxsize=256)
def pieces(template: str) -> tuple[tuple[str, str], ...]:
    """``template`` as (text, name of the gap that follows it)."""
    split = _GAP.split(template)
    gaps = [*split[1::2], ""]
    return tuple(zip(split[::2], gaps, strict=True))


def fill(template: str, facts: Facts, code: str = "en") -> tuple[Part, ...]:
    """``template`` with its gaps filled: parts that know which fact they tell."""
    parts: list[Part] = []
    for text, gap in pieces(template):
        if text:
            parts.append(Part(text))
        if gap:
            parts.append(Part(said_in(code, gap, facts.value(gap)), gap))
    if parts and parts[0].field and parts[0].text:
        first = parts[0]
        parts[0] = Part(first.text[0].upper() + first.text[1:], first.field)
    return tuple(parts)


def sentence(keys: Iterable[str], sayings: Sayings = SAYINGS["en"]) -> str:
    """A template that tells several facts at once; ``keys`` as in CLAUSES."""
    names = list(keys)
    if "day" in names and "time" in names:
        names = [name for name in names if name != "time"]
        names[names.index("day")] = "when"
    clauses = [sayings.clauses[name] for name in names]
    told = ", ".join(clauses[:-1])
    text = f"{told}, {sayings.also} {clauses[-1]}" if told else clauses[0]
    return f"{text[0].upper()}{text[1:]}."


def message(goal: Goal, sayings: Sayings) -> str:
    """A template of the goal with everything that belongs to it, for a greeting or a machine."""
    keys = ("name", "phone", "move" if goal is Goal.RESCHEDULE else "when")
    return f"{sayings.greeting} {sayings.goals[goal][SHORT]} {sentence(keys, sayings)}"
