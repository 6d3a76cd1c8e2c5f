"""What a caller knows and wants, drawn once a call."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from voicesim.base.draws import Draws
from voicesim.caller.identity import Identity, make_identity
from voicesim.caller.models import Goal, NumberStyle, Persona, Scenario, Spelling
from voicesim.caller.words import DAYS, DIGIT_WORDS, digits_of, fold
from voicesim.twilio.fields import Party

TIMES = ("9 am", "10 am", "11 am", "1 pm", "2 pm", "3 pm", "4 pm")
_WEEKDAYS = DAYS[:5]
_TIMES_OVER = ("", "", "double ", "triple ")
_OH = {"0": "oh"}
_NATO = [
    "Alfa",
    "Bravo",
    "Charlie",
    "Delta",
    "Echo",
    "Foxtrot",
    "Golf",
    "Hotel",
    "India",
    "Juliett",
    "Kilo",
    "Lima",
    "Mike",
    "November",
    "Oscar",
    "Papa",
    "Quebec",
    "Romeo",
    "Sierra",
    "Tango",
    "Uniform",
    "Victor",
    "Whiskey",
    "X-ray",
    "Yankee",
    "Zulu",
]
_NATO_OF = {word[0]: word for word in _NATO}
_GROUPS = {"US": (3, 3, 4), "CA": (3, 3, 4), "GB": (4, 6), "FR": (1, 2, 2, 2, 2)}
CODES = {"US": "1", "CA": "1", "GB": "44", "AU": "61", "FR": "33", "DE": "49", "IE": "353"}
CODES |= {"IN": "91", "MX": "52", "ES": "34"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the caller wants and says of itself.

    ``phone`` is the number as it is said. ``day`` is a weekday ("Tuesday"), ``time`` such as
    "3 pm". ``old_day`` and ``old_time`` are of the appointment that it has already, or "".
    """

    name: str
    party: Party
    numbers: NumberStyle
    day: str
    time: str
    reason: str
    old_day: str = ""
    old_time: str = ""

    @property
    def phone(self) -> str:
        """The number as it is said: made when it is asked for, since parked calls are many."""
        return spoken_number(self.party.number, self.party.country, self.numbers)

    def value(self, field: str) -> str:
        """The value of ``field``: name, phone, day, time, reason, old_day or old_time."""
        return str(getattr(self, field))


def country_code(number: str) -> str:
    """The country code of ``number`` (E.164), of those that callers have here; "" if of none."""
    fitting = (code for code in CODES.values() if number.startswith(f"+{code}"))
    return max(fitting, key=len, default="")


def draw_identity(persona: Persona, scenario: Scenario, draws: Draws) -> Identity:
    """Who rings: the same for a call and for the call that sets it up."""
    return make_identity(persona.locale, scenario.country or persona.country, draws)


def draw_facts(
    persona: Persona, scenario: Scenario, identity: Identity, draws: Draws, today: date
) -> Facts:
    """What this caller knows. No day is today's weekday: which one would be meant is unclear."""
    days = [day for day in _WEEKDAYS if day != DAYS[today.weekday()]]
    day = draws.pick(days, "day")
    old_day = old_time = ""
    if scenario.goal is Goal.RESCHEDULE:
        old_day = draws.pick([other for other in days if other != day], "old day")
        old_time = draws.pick(TIMES, "old time")
    time = draws.pick([time for time in TIMES if time != old_time], "time")
    if scenario.goal is Goal.CANCEL:  # what it speaks of is what it has
        old_day, old_time = day, time
    return Facts(
        name=identity.name,
        party=identity.party,
        numbers=scenario.numbers or persona.numbers,
        day=day,
        time=time,
        reason=draws.pick(scenario.reasons, "reason"),
        old_day=old_day,
        old_time=old_time,
    )


def setup_facts(facts: Facts) -> Facts | None:
    """The facts of the appointment that must be there before the call, or None."""
    if not facts.old_day:
        return None
    return replace(facts, day=facts.old_day, time=facts.old_time, old_day="", old_time="")


@lru_cache(maxsize=1024)
def spoken_number(number: str, country: str, style: NumberStyle) -> str:
    """``number`` (E.164) as its owner says it: "416-555-0142", "+44 7700 900123"."""
    code = CODES.get(country, "")
    national = number[1 + len(code) :]
    abroad = code != "1"
    if style is NumberStyle.RUN_TOGETHER:
        return number if abroad else national
    groups = _grouped(national, _GROUPS.get(country) or _threes(len(national)))
    if style in (NumberStyle.WORDS, NumberStyle.DOUBLES):
        say = _doubled if style is NumberStyle.DOUBLES else _in_words
        start = [f"plus {say(code)}"] if abroad else []
        return ", ".join([*start, *map(say, groups)])
    return f"+{code} {' '.join(groups)}" if abroad else "-".join(groups)


def spelled(name: str, style: Spelling) -> str:
    """``name`` letter by letter: "J A N E, D O E.", "Juliett Alfa November Echo, ..."."""
    if style is Spelling.LETTERS:
        return ", ".join(" ".join(word.upper()) for word in name.split()) + "."
    words = (
        [_NATO_OF.get(letter, letter) for letter in fold(word).upper()] for word in name.split()
    )
    return ", ".join(" ".join(letters) for letters in words) + "."


def _in_words(digits: str) -> str:
    return " ".join(DIGIT_WORDS[int(digit)] for digit in digits_of(digits))


def _doubled(digits: str) -> str:
    """Such as "double seven oh nine"."""
    runs = re.findall(r"((\d)\2{0,2})", digits)
    return " ".join(f"{_TIMES_OVER[len(run)]}{_OH.get(one, _in_words(one))}" for run, one in runs)


def _threes(digits: int) -> tuple[int, ...]:
    """Groups of three, the last of four rather than one of one."""
    if digits % 3 == 1 and digits > 3:
        return (*(3,) * (digits // 3 - 1), 4)
    return (3,) * (digits // 3 + 1)


def _grouped(digits: str, sizes: tuple[int, ...]) -> list[str]:
    groups, at = [], 0
    for size in sizes:
        if at < len(digits):
            groups.append(digits[at : at + size])
        at += size
    return groups
