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
from collections.abc import Callable
from functools import lru_cache, partial
from random import Random
from typing import NamedTuple

from voicesim.base.draws import Draws
from voicesim.call.talk import Speech
from voicesim.caller import phrases
from voicesim.caller.confusions import substitute
from voicesim.caller.mix import SMALL_SETS, Rates, rates_of
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
    loses = rng.random() < persona.recogniser.loses
    words = errors = 0
    expected = 0.0
    heard: list[str] = []
    reported: dict[str, str] = {}
    for part in parts:
        rate = care * (rates.small if part.field in SMALL_SETS else rates.plain)
        misheard = partial(_misheard, loses=loses, persona=persona, rng=rng, code=tongue.code)
        text, part_words, part_errors = _recognise(part, rate, misheard, rng)
        words += part_words
        errors += part_errors
        expected += rate * part_words
        heard.append(text)
        if part.field:
            reported[part.field] = text.strip()
    meant = "".join([part.text for part in parts])
    report = " ".join("".join(heard).split())
    if not report:
        report = substitute(meant.split()[-1], persona.accent, rng, tongue.code)
    words = max(words, 1)
    recogniser = persona.recogniser if tongue.expected else _unsure(persona.recogniser)
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


def _recognise(
    part: Part, rate: float, misheard: Callable[[str, bool], str], rng: Random
) -> tuple[str, int, int]:
    """What is reported of ``part``, how many words it has, how many of them went wrong."""
    text, digits = part.text, part.field == "phone"
    pieces, words = _words_of(text, digits)
    if not rate:
        return text, len(words), 0
    drawn = rng.random
    wrong = [at for at in words if drawn() < rate]
    if not wrong:
        return text, len(words), 0
    heard = list(pieces)
    for at in wrong:
        heard[at] = misheard(heard[at], digits)
    return "".join(heard), len(words), len(wrong)


@lru_cache(maxsize=1024)
def _words_of(text: str, digits: bool) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """``text`` in pieces, and where among them its words are; ``digits``: each is a word."""
    pieces = tuple((_DIGITS if digits else _WORDS).findall(text))
    return pieces, tuple(at for at, piece in enumerate(pieces) if any(c.isalnum() for c in piece))


def _misheard(
    word: str, digits: bool, *, loses: bool, persona: Persona, rng: Random, code: str
) -> str:
    if rng.random() < persona.recogniser.substitutions:
        return substitute(word, persona.accent, rng, code)
    if loses:
        return ""
    return word * 2 if digits and word.isdigit() else f"{word.rstrip('.,?!')} {word}"


def _confidence(recogniser: Recogniser, better: float, care: float, rng: Random) -> float | None:
    """A Beta of the persona's mean and spread.

    ``better`` is how many words fewer than expected went wrong, in parts of the utterance: the mean
    rises and falls with it, and over all utterances remains what it is.
    """
    if rng.random() < recogniser.missing_confidence_rate:
        return None
    mean = recogniser.confidence_mean
    mean += max(0.0, _CLEAR_CONFIDENCE - mean) * (1 - care)
    mean = min(max(mean + recogniser.confidence_tie * better, 0.05), 0.98)
    spread = min(recogniser.confidence_spread, 0.9 * (mean * (1 - mean)) ** 0.5)
    total = mean * (1 - mean) / spread**2 - 1
    value = rng.betavariate(mean * total, (1 - mean) * total)
    return round(value, rng.randint(2, 8))
