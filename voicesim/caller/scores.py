"""Points on a scale: which scale an agent speaks of, and which score it says it was given."""

import re
from collections.abc import Iterator

from voicesim.caller.languages.talks import TALKS
from voicesim.caller.languages.talks.base import Talk

_BOTTOMS, _TOPS = range(2), range(3, 11)
"""Where the scales of surveys begin and end."""
_NAMES = TALKS["en"].numbers
_SCORE = rf"(?:\d\d?|{'|'.join(_NAMES)})\b"
_TELLS = re.compile(
    r"\b(?:you (?:just )?(?:said|entered|pressed|chose|gave|rated|picked|selected)"
    r"(?: (?:us|it|your \w+))?(?: (?:with )?(?:an?|the)| the number| number)?(?: score of)?|"
    r"(?:your|an?|the) (?:score|rating|answer) (?:of|is|was)|"
    r"(?:noted|recorded|saved|registered|thanks for|thank you for)(?: (?:an?|the|your))?|"
    r"(?:i|we)(?:'ve| have)? (?:heard|got|logged|marked|(?:put )?you down (?:for|with))(?: an?)?) "
    rf"{_SCORE}(?=[.,!;:]|$| (?:out of|points?|stars?|has|have|is|was|for|on|and|from|in)\b)|"
    rf"\b(?:that's|that is|it's|it is)(?: an?)? {_SCORE}(?= (?:out of|points|stars))|"
    rf"^(?:ok(?:ay)?,? |so,? |thanks,? )*an? {_SCORE}(?=[.,!])",
    re.IGNORECASE,
)
"""Tells, in English terms, which score was taken."""
_NUMBER = re.compile(rf"(?<!out of )\b(?:\d\d?|{'|'.join(_NAMES)})\b", re.IGNORECASE)
_OF_BEFORE = re.compile(r"\b(?:first|earlier|before|previous\w*|last time|second|third)\b", re.I)
CHECKS = re.compile(
    r"\b(?:right|correct|sure|confirm|agree)\b|\byou (?:said|entered|pressed|chose|gave)\b", re.I
)
"""Asks, in English terms, whether a score was given."""


def scale_in(text: str, talk: Talk) -> tuple[int, int] | None:
    """The ends of the latest scale that ``text`` speaks of."""
    names = {name: number for number, name in enumerate(talk.numbers)}
    found = None
    for match in talk.scale.finditer(text):
        low, high = (names[e] if e in names else int(e) for e in map(str.casefold, match.groups()))
        if low in _BOTTOMS and high in _TOPS:
            found = low, high
    return found


def told_back(said: list[str], score: str) -> Iterator[tuple[str, bool]]:
    """The sentences that tell the score that was just given, and whether it was ``score``."""
    for sentence in said:
        told = _TELLS.search(sentence)
        if told and not sentence.endswith("?") and not _OF_BEFORE.search(sentence):
            yield sentence, score in map(_digits, _NUMBER.findall(sentence))


def _digits(number: str) -> str:
    name = number.casefold()
    return str(_NAMES.index(name)) if name in _NAMES else number
