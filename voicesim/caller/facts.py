"""What a caller knows and wants, drawn once a call."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from voicesim.base.draws import Draws
from voicesim.caller.identity import Identity, make_identity
from voicesim.caller.models import Goal, NumberStyle, Persona, Scenario, Spelling
from voicesim.caller.words import DAYS, DIGIT_WORDS, MONTHS, digits_of, fold
from voicesim.twilio.fields import Party

TIMES = ("9 am", "10 am", "11 am", "1 pm", "2 pm", "3 pm", "4 pm")
_WEEKDAYS = DAYS[:5]
_TIMES_OVER = ("", "", "double ", "triple ")
_OH = {"0": "oh"}
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
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

    ``phone`` is the number as it is said. It speaks of the date ``on`` as a ``day``, a weekday
    ("Tuesday"); ``time`` is such as "3 pm". ``old_on`` and ``old_time`` are of the appointment that
    it has already, or None and "".
    """

    name: str
    party: Party
    numbers: NumberStyle
    on: date
    time: str
    reason: str
    old_on: date | None = None
    old_time: str = ""

    @property
    def day(self) -> str:
        """The weekday that it wants."""
        return DAYS[self.on.weekday()]

    @property
    def old_day(self) -> str:
        """The weekday of the appointment that it has, or ""."""
        return DAYS[self.old_on.weekday()] if self.old_on else ""

    @property
    def date(self) -> str:
        """The day that it wants, as who is asked for a date says it: "Friday, November 27th"."""
        return spoken_date(self.on)

    @property
    def old_date(self) -> str:
        """The day of the appointment that it has, so; or ""."""
        return spoken_date(self.old_on) if self.old_on else ""

    @property
    def phone(self) -> str:
        """The number as it is said: made when it is asked for, since parked calls are many."""
        return spoken_number(self.party.number, self.party.country, self.numbers)

    def value(self, field: str) -> str:
        """The value of ``field``: name, phone, day, date, time, reason, old_day and so on."""
        return str(getattr(self, field))

    def moved(self, day: str, time: str) -> "Facts":
        """The same caller, which wants the next such ``day`` after the one before, at ``time``."""
        on = self.on if day == self.day else coming(day, self.on)
        return replace(self, on=on, time=time)


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
        on=coming(day, today),
        time=time,
        reason=draws.pick(scenario.reasons, "reason"),
        old_on=coming(old_day, today) if old_day else None,
        old_time=old_time,
    )


def setup_facts(facts: Facts) -> Facts | None:
    """The facts of the appointment that must be there before the call, or None."""
    if not facts.old_on:
        return None
    return replace(facts, on=facts.old_on, time=facts.old_time, old_on=None, old_time="")


@lru_cache(maxsize=256)
def coming(day: str, after: date) -> date:
    """The first ``day`` (a weekday) after that date; the same object to all who ask."""
    return after + timedelta(days=(DAYS.index(day) - after.weekday() - 1) % 7 + 1)


@lru_cache(maxsize=64)
def spoken_date(on: date) -> str:
    """Such as "Friday, November 27th"."""
    ending = "th" if on.day in (11, 12, 13) else _ENDINGS.get(on.day % 10, "th")
    return f"{DAYS[on.weekday()]}, {MONTHS[on.month - 1]} {on.day}{ending}"


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
