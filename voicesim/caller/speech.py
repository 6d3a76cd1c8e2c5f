"""From what is meant to what the recogniser reports.

Each spoken word may be substituted, dropped or doubled, in the persona's shares, before numerals
are written: a phone number goes wrong digit by digit. What is taken for what: see ``confusions``;
how often a word goes wrong: see ``mix``. Of one utterance words are dropped or doubled, not both,
so that nobody takes a word lost and one added beside it for a single mistake (assumption).

What is said again is said with more care: each time halves the error rate and what the confidence
lacks to 0.9, and slows the speaker by 15 % (assumptions).

Who speaks another language than the Gather listens for is hardly understood (assumption).
"""

import re
from functools import lru_cache
from random import Random
from typing import NamedTuple

from voicesim.base.draws import Draws
from voicesim.call.talk import Speech
from voicesim.caller import phrases
from voicesim.caller.confusions import substitute
from voicesim.caller.mix import SMALL_SETS, Rates, rates_of, within
from voicesim.caller.models import Odd, Persona, Recogniser
from voicesim.caller.parts import Part
from voicesim.caller.stumbles import stumble

WORDS_PER_S = 2.5
"""Speaking rate at pace 1 (150 words a minute)."""
_CARE = 0.5
_CLEAR_CONFIDENCE = 0.9
_SLOWER = 0.15
_LONGEST_ODD_S = 10.0
"""What counts of an odd utterance is its text; nobody waits minutes for it."""
_FOREIGN = Rates(0.9, 0.9)
"""How often a word goes wrong that is of another language than is listened for (assumption)."""
_FOREIGN_CONFIDENCE = 0.3
"""How sure the recogniser is of such words (assumption)."""
_DIGIT = re.compile(r"\d")
_WORDS = re.compile(r"[^\s\-]+|[\s\-]+")
_DIGITS = re.compile(r"\d|[^\s\-\d]+|[\s\-]+")


class Tongue(NamedTuple):
    """In which language an utterance is, and whether the recogniser was told to expect it."""

    code: str
    expected: bool = True


ENGLISH = Tongue("en")


class Spoken(NamedTuple):
    """An utterance and, for each fact told in it, what was reported of it."""

    speech: Speech
    reported: dict[str, str]


def utter(
    parts: tuple[Part, ...],
    persona: Persona,
    draws: Draws,
    n: int,
    times: int,
    tongue: Tongue = ENGLISH,
) -> Spoken:
    """Say ``parts`` as the ``n``-th utterance, having said the like ``times`` times before."""
    rng = draws.random("recogniser", n)
    parts = stumble(parts, persona, rng, phrases.SAYINGS[tongue.code].fillers)
    rates, care = rates_of(persona, tongue.code), _CARE**times
    if not tongue.expected:
        rates, care = _FOREIGN, 1.0
    recogniser = persona.recogniser if tongue.expected else _unsure(persona.recogniser)
    drawn, loses = rng.random, rng.random() < recogniser.loses
    words = errors = 0
    expected = 0.0
    heard: list[str] = []
    reported: dict[str, str] = {}
    for text, field in parts:
        digits = field == "phone"
        pieces, places = _words_of(text, digits)
        rate = care * (rates.small if field in SMALL_SETS else rates.plain)
        words += len(places)
        expected += rate * len(places)
        wrong = [at for at in places if drawn() < rate] if rate else []
        if wrong:
            errors += len(wrong)
            how = _Garbling(persona, rng, tongue.code, loses, digits)
            text = "".join(_garbled(pieces, wrong, how))
        heard.append(text)
        if field:
            reported[field] = text.strip()
    meant = "".join([text for text, _ in parts])
    report = meant if not errors else " ".join("".join(heard).split())
    if not report:
        report = substitute(meant.split()[-1], persona.accent, rng, tongue.code)
    words = max(words, 1)
    speech = Speech(
        meant,
        meant if report == meant else report,  # one string to hold while the call is parked
        _confidence(recogniser, (expected - errors) / words, care, rng),
        round(words / (WORDS_PER_S * persona.pace) * (1 + _SLOWER * min(times, 3)), 3),
    )
    return Spoken(speech, reported)


@lru_cache(maxsize=64)
def _unsure(recogniser: Recogniser) -> Recogniser:
    """What a recogniser that listens for another language makes of the same caller."""
    return recogniser.model_copy(
        update={"confidence_mean": _FOREIGN_CONFIDENCE, "confidence_tie": 0.0}
    )


def utter_odd(odd: Odd, persona: Persona) -> Speech:
    """Say an odd utterance; its report is given, not drawn."""
    reported = None if odd.reported is None else odd.reported * odd.times
    meant = odd.meant * odd.times
    words = sum(max(1, len(_DIGIT.findall(word))) for word in meant.split())
    duration_s = round(max(words, 1) / (WORDS_PER_S * persona.pace), 3)
    return Speech(meant, reported, odd.confidence, min(duration_s, _LONGEST_ODD_S))


@lru_cache(maxsize=1024)
def _words_of(text: str, digits: bool) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """``text`` in pieces, and where among them its words are; ``digits``: each is a word."""
    pieces = tuple((_DIGITS if digits else _WORDS).findall(text))
    words = [at for at, piece in enumerate(pieces) if piece[0].isalnum() or _is_word(piece)]
    return pieces, tuple(words)


def _is_word(piece: str) -> bool:
    return any(map(str.isalnum, piece))


class _Garbling(NamedTuple):
    """How words go wrong: whether some are lost or said twice, and whether each digit is a word."""

    persona: Persona
    rng: Random
    code: str
    loses: bool
    digits: bool


def _garbled(pieces: tuple[str, ...], wrong: list[int], how: _Garbling) -> list[str]:
    """``pieces`` as they are reported, the words at ``wrong`` each in a way of its own."""
    persona, rng, code, loses, digits = how
    heard = list(pieces)
    for at in wrong:
        word = heard[at]
        if rng.random() < persona.recogniser.substitutions:
            heard[at] = substitute(word, persona.accent, rng, code)
        elif loses:
            heard[at] = ""
        else:
            first = word if digits and word.isdigit() else f"{word.rstrip('.,?!')} "
            heard[at] = first + word
    return heard


def _confidence(recogniser: Recogniser, better: float, care: float, rng: Random) -> float | None:
    """A Beta of the persona's mean and spread.

    ``better`` is how many words fewer than expected went wrong, in parts of the utterance: the mean
    rises and falls with it, and over all utterances remains what it is.
    """
    if rng.random() < recogniser.missing_confidence_rate:
        return None
    mean = recogniser.confidence_mean
    mean += max(0.0, _CLEAR_CONFIDENCE - mean) * (1 - care)
    mean = within(mean + recogniser.confidence_tie * better)
    spread = min(recogniser.confidence_spread, 0.9 * (mean * (1 - mean)) ** 0.5)
    total = mean * (1 - mean) / spread**2 - 1
    value = rng.betavariate(mean * total, (1 - mean) * total)
    return round(value, rng.randint(2, 8))
