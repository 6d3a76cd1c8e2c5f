"""A language as data: the agent's sentences, its days and times, and a glossary for answers."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial

from voicesim.reference.languages.errands import Errands
from voicesim.reference.states import State

Wordings = Mapping[State, tuple[str, ...]]
Rules = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Texts:
    """All sentences but the questions; in braces what is filled in."""

    greeting: str
    not_understood: str
    gladly: str
    not_heard_well: str
    silence: str
    welcome_back: str
    to_move: str
    not_found: str
    gives_up: str
    nobody_there: str
    declined: str
    over: str
    trouble: str
    thanks: str
    thanks_name: str
    all_right: str
    found: str
    read_back: str
    lead: str
    lead_again: str
    on: str
    moved_to: str
    keys: str
    confirmed: str
    moved: str
    plus: str


@dataclass(frozen=True)
class Language:
    """``asks`` has for each state the wordings of its question, one an attempt.

    ``day`` is filled with weekday, nth and month; ``nth`` names the days of the month that are
    not said as ``nth_else``. ``time`` (``time_one`` at one o'clock) is filled with hour (0 to 23),
    hour12, minutes (empty on the hour) and half: one of ``halves``, which begin at 0, 12 and 20.

    ``before``, ``glossary`` and ``after`` put an answer into the English terms that
    ``understanding`` knows: rules first, then words and phrases ("oui = yes"), then rules again.
    """

    code: str
    tag: str
    texts: Texts
    asks: Wordings
    asks_to_move: Wordings
    errands: Errands
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    day: str
    nth: Mapping[int, str]
    nth_else: str
    time: str
    time_one: str
    minutes: str
    halves: tuple[str, str, str]
    capitals: bool = False
    """Whether other words than names begin with capitals."""
    before: Rules = ()
    glossary: str = ""
    after: Rules = ()
    numbers: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def errand_asks(self) -> Wordings:
        """The questions of ``errands``."""
        return {State.CANCEL: self.errands.asks_cancel, State.MORE: self.errands.asks_more}

    @cached_property
    def terms(self) -> dict[str, str]:
        """The glossary by what is said."""
        rows = (
            row.partition("=")
            for row in f"{self.glossary}{self.errands.glossary}".split("\n")
            if "=" in row
        )
        terms = {said.strip(): meant.strip() for said, _, meant in rows}
        return terms | dict(self.numbers)

    @cached_property
    def phrase(self) -> re.Pattern[str]:
        """What finds the glossary's phrases, the longest first."""
        longest_first = sorted(self.terms, key=len, reverse=True)
        return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.I)


def in_english(text: str, language: Language) -> str:
    """``text`` in the terms that ``understanding`` knows; what no table knows stays as it is."""
    for pattern, meant in language.before:
        text = re.sub(pattern, meant, text, flags=re.I)
    if language.terms:
        text = language.phrase.sub(partial(_meant, language=language), text)
    for pattern, meant in language.after:
        text = re.sub(pattern, meant, text, flags=re.I)
    return text


def _meant(found: re.Match[str], language: Language) -> str:
    """A phrase in English; what is written as a name within a sentence is left alone."""
    before = found.string[: found.start()].rstrip()
    begins = not before or before[-1] in ".?!"
    if found[0][0].isupper() and not (begins or language.capitals):
        return found[0]
    return language.terms[found[0].lower()]


def was_said(name: str, said: str) -> bool:
    """Whether the letters of ``name`` were said in a row, spelled or not."""
    return _letters(name) in _letters(said)


def _letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalpha())


def figures(words: str, first: int = 0) -> dict[str, str]:
    """Number words in a row, each with its figures; "-" leaves one out, "/" parts two for one."""
    return {
        word: str(number)
        for number, said in enumerate(words.split(), first)
        for word in said.split("/")
        if word != "-"
    }
