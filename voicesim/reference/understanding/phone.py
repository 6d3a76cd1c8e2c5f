"""Phone numbers: in figures, in words, with a plus, dashes and parentheses."""

import re
from dataclasses import dataclass, field

from voicesim.reference.understanding.numbers import TEENS, TENS, UNITS
from voicesim.reference.understanding.text import Span

MIN_DIGITS, MAX_DIGITS = 7, 15

_TOKEN = re.compile(r"\(0\)|[0-9]+|[^\W\d_]+(?:'[^\W\d_]+)?|[^\w\s]|_")
_BETWEEN = frozenset({"-", ".", "(", ")", ",", "/", "(0)", "dash", "um", "uh", "er", "erm"})
_DIGIT = {word: str(value) for word, value in UNITS.items()} | {
    "oh": "0", "o": "0", "nought": "0", "naught": "0", "nil": "0",
}  # fmt: skip
_TIMES = {"double": 2, "triple": 3, "treble": 3}
_NOUGHTS = {"hundred": "00", "thousand": "000"}


@dataclass(slots=True)
class _Run:
    """Digits said one after the other, nothing but pauses between them."""

    start: int
    end: int
    plus: bool = False
    pieces: list[str] = field(default_factory=list)
    times: int = 1
    after_tens: bool = False

    def take(self, word: str) -> bool:
        """Add a word; False if it is no part of a number."""
        if word in _TIMES:
            self.times = _TIMES[word]
            return True
        if word in _NOUGHTS and self.pieces:
            self.pieces.append(_NOUGHTS[word])
            return True
        after_tens, self.after_tens = self.after_tens, word in TENS
        piece = self._piece(word)
        if piece is None:
            return False
        if after_tens and word in UNITS and piece != "0":  # "twenty one" is 21, not 201
            self.pieces[-1] = self.pieces[-1][0]
        self.pieces.append(piece * self.times)
        self.times = 1
        return True

    @staticmethod
    def _piece(word: str) -> str | None:
        if word.isdecimal():
            return word
        if word in TENS or word in TEENS:
            return str(TENS.get(word) or TEENS[word])
        return _DIGIT.get(word)

    @property
    def digits(self) -> str:
        digits = "".join(self.pieces)
        half = len(digits) // 2
        if half >= MIN_DIGITS and digits[:half] == digits[half:]:  # said twice, to be sure
            return digits[:half]
        return digits


def _runs(text: str) -> list[_Run]:
    runs: list[_Run] = []
    run: _Run | None = None
    for token in _TOKEN.finditer(text):
        word = token[0].lower()
        if word in _BETWEEN:
            continue
        if word in {"+", "plus"}:
            run = _Run(token.start(), token.end(), plus=True)
            runs.append(run)
            continue
        if run is None:
            run = _Run(token.start(), token.end())
            runs.append(run)
        if run.take(word):
            run.end = token.end()
        else:
            run = None
    return runs


def find_phone(text: str) -> Span | None:
    """Find the longest phone number of 7 to 15 digits: its digits, a plus before them if said."""
    fitting = [run for run in _runs(text) if MIN_DIGITS <= len(run.digits) <= MAX_DIGITS]
    if not fitting:
        return None
    best = max(fitting, key=lambda run: len(run.digits))
    digits, plus = best.digits, best.plus
    if digits.startswith("00") and len(digits) > 10:
        digits, plus = digits[2:], True
    return Span(("+" if plus else "") + digits, best.start, best.end)


def phone_key(phone: str | None) -> str:
    """Give what two ways to write one number have in common: its last ten digits.

    Empty for what is no number ("anonymous", a short code).
    """
    digits = re.sub(r"[^0-9]", "", phone or "")
    return digits[-10:] if len(digits) >= MIN_DIGITS else ""
