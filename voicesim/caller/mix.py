"""How often a word goes wrong, so that over a whole call the persona's word error rate comes out.

Digits, days and times are words of a small set that recognisers expect and that a caller takes care
to say: they go wrong a tenth as often as other words (assumption). The other words go wrong the
more often for it. How much more depends on how many of a caller's words are of small sets: those of
a plain booking told step by step, as this persona tells it, are counted.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from voicesim.base.draws import Draws
from voicesim.caller import phrases
from voicesim.caller.asking import Want
from voicesim.caller.facts import spoken_number
from voicesim.caller.identity import number_of
from voicesim.caller.languages import said_in
from voicesim.caller.models import Goal, NumberStyle, Persona
from voicesim.caller.stumbles import beginning

SMALL_SETS = frozenset(("phone", "day", "date", "time", "old_day", "old_date", "old_time", "score"))
"""Facts told in words of a small set."""
AS_OFTEN = 0.1
"""How often these go wrong, in parts of how often others do."""
_ASKED = (Want.NAME, Want.PHONE, Want.DAY, Want.TIME, Want.CONFIRM, Want.MORE)
_WORDS_OF = {"name": 2.0, "day": 1.0, "time": 2.0}
_SAMPLE = 32


class Rates(NamedTuple):
    """How often a word goes wrong, by what it is."""

    plain: float
    small: float


_KNOWN: dict[tuple[int, str], tuple[Persona, Rates]] = {}
_MOST = 256
"""Personas are told apart by which object they are: to compare all their keys costs more."""


def rates_of(persona: Persona, code: str = "en") -> Rates:
    """The rates of ``persona`` for what it says the first time, in the language of that code."""
    known = _KNOWN.get((id(persona), code))
    if known is None or known[0] is not persona:
        if len(_KNOWN) >= _MOST:
            _KNOWN.clear()
        known = _KNOWN[id(persona), code] = (persona, _rates_of(persona, code))
    return known[1]


def _rates_of(persona: Persona, code: str) -> Rates:
    wer = persona.recogniser.word_error_rate
    if not wer:
        return Rates(0.0, 0.0)
    stumbled = persona.filler_rate, persona.word_repeat_rate + 2 * persona.restart_rate
    said = persona.country, persona.numbers, code
    small = _small_share(*said, persona.long_turn_rate, stumbled)
    plain = min(wer / (1 - small + AS_OFTEN * small), 1.0)
    return Rates(plain, AS_OFTEN * plain)


@lru_cache(maxsize=256)
def _small_share(
    country: str, style: NumberStyle, code: str, long_rate: float, stumbled: tuple[float, float]
) -> float:
    """Which part of the words said in a booking are of small sets."""
    plain = small = 0.0
    sayings = phrases.SAYINGS[code]
    words_of = _WORDS_OF | {"time": len(said_in(code, "time", "3 pm").split())}
    for sentences in (sayings.goals[Goal.BOOK], *(sayings.answers[want] for want in _ASKED)):
        for template, share in zip(sentences, _ways(long_rate), strict=True):
            words, facts = _counted(template, _number_words(country, style), words_of)
            begins = beginning(template.split("{")[0]) != ""
            plain += share * (words + stumbled[0] + begins * stumbled[1])
            small += share * facts
    return small / (plain + small)


def _ways(long_rate: float) -> tuple[float, float, float]:
    """How often each way to say something is taken."""
    return (1 - long_rate) / 2, (1 - long_rate) / 2, long_rate


def _counted(
    template: str, number_words: float, words_of: Mapping[str, float]
) -> tuple[float, float]:
    """The words of ``template``: plain ones and those of small sets."""
    plain = small = 0.0
    for text, field in phrases.pieces(template):
        plain += len([word for word in text.split() if any(c.isalnum() for c in word)])
        words = number_words if field == "phone" else words_of.get(field, 0.0)
        if field in SMALL_SETS:
            small += words
        else:
            plain += words
    return plain, small


@lru_cache(maxsize=64)
def _number_words(country: str, style: NumberStyle) -> float:
    """How many words a number of that country has, in the mean."""
    numbers = [number_of(country, Draws(0, index)).number for index in range(_SAMPLE)]
    said = [spoken_number(number, country, style) for number in numbers]
    digits = sum(c.isdigit() for text in said for c in text)
    words = sum(word.strip(",").isalpha() for text in said for word in text.split())
    return (digits + words) / _SAMPLE
