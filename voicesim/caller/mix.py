"""How often a word goes wrong, so that over a whole call the persona's word error rate comes out.

Digits, days and times are words of a small set that recognisers expect and that a caller takes care
to say: they go wrong a tenth as often as other words (assumption). The other words go wrong the
more often for it; where all of them do, those of small sets go wrong in their stead. How much more
depends on how many of a caller's words are of small sets: those of a plain booking told step by
step, as this persona tells it, are counted.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import comb
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
LEAST_SURE, MOST_SURE = 0.05, 0.98
"""Between these stays the mean of an utterance's confidence."""
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
    return Rates(plain, AS_OFTEN * plain if plain < 1 else (wer - (1 - small)) / small)


def mean_confidence(persona: Persona, code: str = "en") -> float:
    """What the Confidence is in the mean of all that ``persona`` says once in a booking.

    It is as the file says unless it would have to leave its bounds, for words that went very well
    or very badly.
    """
    recogniser, rates = persona.recogniser, rates_of(persona, code)
    mean, tie = recogniser.confidence_mean, recogniser.confidence_tie
    if mean - tie >= LEAST_SURE and mean + tie * rates.plain <= MOST_SURE:
        return mean
    found = shares = 0.0
    for said in _sentences(persona.country, persona.numbers, code, persona.long_turn_rate):
        plain, small = round(said.plain), round(said.small)
        expected = rates.plain * plain + rates.small * small
        for errors, chance in enumerate(_chances(plain, small, rates)):
            better = (expected - errors) / (plain + small)
            found += said.share * chance * within(mean + tie * better)
        shares += said.share
    return found / shares


def within(confidence: float) -> float:
    """The mean of an utterance's ``confidence`` within its bounds."""
    return min(max(confidence, LEAST_SURE), MOST_SURE)


def _chances(plain: int, small: int, rates: Rates) -> list[float]:
    """How likely none of so many words go wrong, one of them, two ..."""
    found = [0.0] * (plain + small + 1)
    for one, first in enumerate(_of_one_kind(plain, rates.plain)):
        for other, then in enumerate(_of_one_kind(small, rates.small)):
            found[one + other] += first * then
    return found


def _of_one_kind(words: int, rate: float) -> list[float]:
    wrong = range(words + 1)
    return [comb(words, n) * rate**n * (1 - rate) ** (words - n) for n in wrong]


class _Sentence(NamedTuple):
    """How many words it has, plain ones and those of small sets, and how often it is said."""

    plain: float
    small: float
    share: float
    begins: bool
    """Whether it has words that can be said twice or be begun anew."""


def _sentences(
    country: str, style: NumberStyle, code: str, long_rate: float
) -> Iterator[_Sentence]:
    """What is said in a booking."""
    sayings = phrases.SAYINGS[code]
    words_of = _WORDS_OF | {"time": len(said_in(code, "time", "3 pm").split())}
    for sentences in (sayings.goals[Goal.BOOK], *(sayings.answers[want] for want in _ASKED)):
        for template, share in zip(sentences, _ways(long_rate), strict=True):
            words = _counted(template, _number_words(country, style), words_of)
            yield _Sentence(*words, share, beginning(template.split("{")[0]) != "")


@lru_cache(maxsize=256)
def _small_share(
    country: str, style: NumberStyle, code: str, long_rate: float, stumbled: tuple[float, float]
) -> float:
    """Which part of the words said in a booking are of small sets."""
    plain = small = 0.0
    for said in _sentences(country, style, code, long_rate):
        plain += said.share * (said.plain + stumbled[0] + said.begins * stumbled[1])
        small += said.share * said.small
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
