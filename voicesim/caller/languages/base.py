"""A language as data: its sentences, its days and times, and a glossary for what is heard."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from voicesim.caller.asking import Want
from voicesim.caller.models import Goal
from voicesim.caller.words import DAYS, DIGIT_WORDS, MONTHS, find_times

Ways = tuple[str, str, str]
"""Ways to say the same: short, in full, at length."""
_TWICE, _THRICE = re.compile(r"double (\w+)"), re.compile(r"triple (\w+)")
Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]


@dataclass(frozen=True)
class Sayings:
    """The sentences of a caller, with gaps for facts."""

    answers: Mapping[Want, Ways]
    goals: Mapping[Goal, Ways]
    corrections: Mapping[str, str]
    clauses: Mapping[str, str]
    also: str
    """Between the last two of several clauses."""
    greeting: str
    is_it_done: Mapping[Goal, str]
    repeat: str
    no: str
    goodbye: str
    nothing_wrong: str
    no_goal: Mapping[Goal, str]
    fillers: tuple[str, str]
    half_of_day: tuple[str, str]
    """Said of a time before noon, and of one after it, where that is asked for."""


@dataclass(frozen=True)
class Language:
    """``hours`` says a time: filled with hour (0 to 23), hour12, minutes and half of the day.

    ``date`` says one: filled with weekday, day (a number) and month, of which ``months`` has the
    names, a word each. ``glossary`` has a phrase a row ("quel est = what is"); rules come before
    and after it. ``numbers`` are the digits' names; ``doubles`` is empty where a digit that comes
    twice is said twice. ``sounds`` are words that are taken for one another (see confusions).
    """

    code: str
    sayings: Sayings
    days: tuple[str, ...]
    months: str
    date: str
    hours: str
    minutes: str
    halves: tuple[str, str]
    numbers: tuple[str, ...]
    plus: str
    doubles: Mapping[str, str]
    reason: str
    """What it comes for: a scenario's own reasons are English."""
    marks: str
    """Small words by which the language is known."""
    glossary: str
    before: tuple[Rule, ...] = ()
    after: tuple[Rule, ...] = ()
    sounds: str = ""

    @cached_property
    def terms(self) -> dict[str, str]:
        """The glossary by the keys of what is said."""
        rows = (row.partition("=") for row in self.glossary.split("\n") if "=" in row)
        terms = {word_key(said): meant.strip() for said, _, meant in rows}
        terms |= {word_key(day): meant for day, meant in zip(self.days, DAYS, strict=True)}
        return terms | {word_key(name): str(n) for n, name in enumerate(self.numbers)}

    @cached_property
    def longest(self) -> int:
        """The most words of a phrase of the glossary."""
        return max(len(key.split()) for key in self.terms)

    @cached_property
    def alike(self) -> dict[str, str]:
        """What a word may be taken for."""
        return dict(pair.split("=") for pair in self.sounds.split())

    def said(self, field: str, value: str) -> str:
        """The ``value`` of a fact as it is said."""
        if field in ("day", "old_day"):
            return self.days[DAYS.index(value)] if value in DAYS else value
        if field in ("date", "old_date"):
            return self._date(value)
        if field in ("time", "old_time"):
            return self._time(value)
        if field == "phone":
            if not self.doubles:
                value = _TWICE.sub(r"\1 \1", _THRICE.sub(r"\1 \1 \1", value))
            return re.sub(r"[a-z]+", lambda word: self._number_word(word[0]), value)
        return self.reason if field == "reason" else value

    def _date(self, value: str) -> str:
        weekday, month, day = value.replace(",", "").split()
        return self.date.format(
            weekday=self.days[DAYS.index(weekday)],
            month=self.months.split()[MONTHS.index(month)],
            day=day.rstrip("stndrh"),
        )

    def _time(self, value: str) -> str:
        found = find_times(value) or find_times(f"at {value}")
        if not found:
            return value
        hour, minute, _ = found[0]
        minutes = self.minutes.format(minute=f"{minute:02d}") if minute else ""
        half = self.halves[hour >= 12]
        return self.hours.format(hour=hour, hour12=hour % 12 or 12, minutes=minutes, half=half)

    def _number_word(self, word: str) -> str:
        if word in DIGIT_WORDS:
            return self.numbers[DIGIT_WORDS.index(word)]
        if word == "oh":
            return self.numbers[0]
        return self.plus if word == "plus" else self.doubles.get(word, word)


def word_key(text: str) -> str:
    """``text`` as it is looked up: words without case or accents, single spaces between."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"\w+", "".join(c for c in bare if not unicodedata.combining(c))))


def rule(pattern: str, meant: str | Callable[[re.Match[str]], str]) -> Rule:
    """A rule of a language; case does not matter."""
    return re.compile(pattern, re.IGNORECASE), meant


ENGLISH_MARKS = "the you your what is are i can for please or and to of have say would like my me"
