"""From what is meant to what the recogniser reports.

Each word may be substituted, dropped or doubled, in the shares 74 : 12 : 15 (one sclite report on
Common Voice). Substitutes come from a small table of words that sound alike on the telephone; a
word not in it has one sound changed. What is said again is said with more care: each time halves
the error rate and what the confidence lacks to 0.9, and slows the speaker by 15 % (assumptions).
Digits, days and times are words of a small set that recognisers expect and that a caller takes care
to say: they go wrong a tenth as often as other words (assumption).
"""

import re
from functools import lru_cache
from random import Random
from typing import NamedTuple

from voicesim.base.draws import Draws
from voicesim.call.talk import Speech
from voicesim.caller.models import Odd, Persona

WORDS_PER_S = 2.5
"""Speaking rate at pace 1 (150 words a minute)."""
_KINDS = ("substituted", "dropped", "doubled")
_KIND_WEIGHTS = (74, 12, 15)
_PAIRS = (
    "one=on two=to three=free four=for five=nine six=sick seven=eleven eight=ate nine=five "
    "zero=hero ten=then monday=sunday tuesday=thursday wednesday=wendy thursday=tuesday "
    "friday=fry yes=yet no=now name=game is=as my=by book=look like=light an=and "
    "appointment=ointment phone=foam number=lumber pm=am am=pm at=add on=in to=two the=a "
    "a=the i'd=i i=eye move=mood please=peace reschedule=schedule thank=tank you=ewe "
    "check=cheque"
)
_SOUNDS_LIKE = dict(pair.split("=") for pair in _PAIRS.split())
_DIGIT_SOUNDS_LIKE = {"5": "9", "9": "5", "1": "7", "7": "1", "2": "3", "3": "2", "4": "8"}
_DIGIT_SOUNDS_LIKE |= {"8": "4", "6": "8", "0": "4"}
_LETTER_SOUNDS_LIKE = dict(zip("mnbpdtsfvgkcrlwz", "nmpbtdfsbkgklrvs", strict=True))
_CARE = 0.5
_SMALL_SETS = {"phone": 0.1, "day": 0.1, "time": 0.1, "old_day": 0.1, "old_time": 0.1}
"""Facts told in words of a small set, and which share of the word error rate they have."""
_CLEAR_CONFIDENCE = 0.9
_SLOWER = 0.15
_LONGEST_ODD_S = 10.0
"""What counts of an odd utterance is its text; nobody waits minutes for it."""
_DIGIT = re.compile(r"\d")
_FILLERS = ("Um", "Uh")


class Part(NamedTuple):
    """A piece of an utterance; ``field`` names the fact it tells ("" for none)."""

    text: str
    field: str = ""


class Spoken(NamedTuple):
    """An utterance and, for each fact told in it, what was reported of it."""

    speech: Speech
    reported: dict[str, str]


def utter(parts: tuple[Part, ...], persona: Persona, draws: Draws, n: int, times: int) -> Spoken:
    """Say ``parts`` as the ``n``-th utterance, having said the like ``times`` times before."""
    rng = draws.random("recogniser", n)
    parts = _with_filler(parts, persona, rng)
    rate = persona.recogniser.word_error_rate * _CARE**times
    words = errors = 0
    heard: list[str] = []
    reported: dict[str, str] = {}
    for part in parts:
        text, part_words, part_errors = _recognise(
            part.text, rate * _SMALL_SETS.get(part.field, 1.0), rng
        )
        words, errors = words + part_words, errors + part_errors
        heard.append(text)
        if part.field:
            reported[part.field] = text.strip()
    meant = "".join(part.text for part in parts)
    report = _tidy("".join(heard)) or _substitute(meant.split()[-1], rng)
    speech = Speech(
        meant,
        meant if report == meant else report,  # one string to hold while the call is parked
        _confidence(persona, errors / max(words, 1), times, rng),
        round(_duration_s(meant, persona) * (1 + _SLOWER * min(times, 3)), 3),
    )
    return Spoken(speech, reported)


def utter_odd(odd: Odd, persona: Persona) -> Speech:
    """Say an odd utterance; its report is given, not drawn."""
    reported = None if odd.reported is None else odd.reported * odd.times
    meant = odd.meant * odd.times
    duration_s = min(_duration_s(meant, persona), _LONGEST_ODD_S)
    return Speech(meant, reported, odd.confidence, duration_s)


def _with_filler(parts: tuple[Part, ...], persona: Persona, rng: Random) -> tuple[Part, ...]:
    if rng.random() >= persona.filler_rate:
        return parts
    filler, first = f"{_FILLERS[rng.random() < 0.5]}, ", parts[0]
    if first.field or first.text.startswith("I"):  # a name, a day, "I'd like"
        return (Part(filler), *parts)
    return (Part(filler + first.text[:1].lower() + first.text[1:]), *parts[1:])


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _duration_s(text: str, persona: Persona) -> float:
    words = len(text.split())
    if _DIGIT.search(text):  # each is spoken by itself
        words = sum(max(1, len(_DIGIT.findall(word))) for word in text.split())
    return round(max(words, 1) / (WORDS_PER_S * persona.pace), 3)


def _recognise(text: str, rate: float, rng: Random) -> tuple[str, int, int]:
    """What is reported of ``text``, how many words it has, how many of them went wrong."""
    pieces, words = _words_of(text)
    wrong = [at for at in words if rng.random() < rate]
    if not wrong:
        return text, len(words), 0
    heard = list(pieces)
    for at in wrong:
        heard[at] = _misheard(heard[at], rng)
    return "".join(heard), len(words), len(wrong)


@lru_cache(maxsize=1024)
def _words_of(text: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """``text`` in pieces, and where among them its words are."""
    pieces = re.split(r"([\s\-]+)", text)
    words = (at for at in range(0, len(pieces), 2) if any(c.isalnum() for c in pieces[at]))
    return tuple(pieces), tuple(words)


def _misheard(word: str, rng: Random) -> str:
    kind = rng.choices(_KINDS, _KIND_WEIGHTS)[0]
    if kind == "dropped":
        return ""
    if kind == "doubled":
        return f"{word.rstrip('.,?!')} {word}"
    return _substitute(word, rng)


def _substitute(word: str, rng: Random) -> str:
    core = word.strip(".,?!").casefold()
    swapped = _SOUNDS_LIKE.get(core)
    if swapped is None:
        places = [i for i, c in enumerate(core) if c in _DIGIT_SOUNDS_LIKE]
        table = _DIGIT_SOUNDS_LIKE
        if not places:
            places = [i for i, c in enumerate(core) if c in _LETTER_SOUNDS_LIKE]
            table = _LETTER_SOUNDS_LIKE
        at = rng.choice(places) if places else len(core)
        swapped = core[:at] + table.get(core[at : at + 1], "s") + core[at + 1 :]
    tail = word[len(word.rstrip(".,?!")) :]
    return (swapped.capitalize() if word[:1].isupper() else swapped) + tail


def _confidence(persona: Persona, wrong: float, times: int, rng: Random) -> float | None:
    """A Beta of the persona's mean and spread; the mean falls with the share of wrong words."""
    recogniser = persona.recogniser
    if rng.random() < recogniser.missing_confidence_rate:
        return None
    mean = recogniser.confidence_mean
    mean += max(0.0, _CLEAR_CONFIDENCE - mean) * (1 - _CARE**times)
    mean = min(max(mean - 0.5 * wrong, 0.05), 0.98)
    spread = min(recogniser.confidence_spread, 0.9 * (mean * (1 - mean)) ** 0.5)
    total = mean * (1 - mean) / spread**2 - 1
    value = rng.betavariate(mean * total, (1 - mean) * total)
    return round(value, rng.randint(2, 8))
