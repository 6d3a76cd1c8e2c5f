"""Numbers in words, as far as phone numbers, days and times of day need them."""

import re

UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
TEENS = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip

_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
    "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
    "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip


def _cardinals() -> dict[str, int]:
    compound = {
        f"{ten} {unit}": a + b for ten, a in TENS.items() for unit, b in UNITS.items() if b > 0
    }
    return UNITS | TEENS | TENS | compound


def _ordinals() -> dict[str, int]:
    compound = {
        f"{ten} {nth}": TENS[ten] + b
        for ten in ("twenty", "thirty")
        for nth, b in _ORDINALS.items()
        if b < 10
    }
    return _ORDINALS | compound


CARDINALS = _cardinals()
ORDINALS = _ordinals()


def value_of(words: str) -> int | None:
    """Give the value of "21", "21st", "twenty-one" or "twenty first"; None for anything else."""
    words = " ".join(words.lower().replace("-", " ").split())
    digits = re.fullmatch(r"([0-9]{1,4})(?:st|nd|rd|th)?", words)
    if digits:
        return int(digits[1])
    return CARDINALS.get(words, ORDINALS.get(words))


def one_of(words: dict[str, int], low: int, high: int) -> str:
    """Give a regex part for every one of the words whose value lies between low and high."""
    chosen = (word for word, value in words.items() if low <= value <= high)
    longest_first = sorted(chosen, key=len, reverse=True)
    return "(?:" + "|".join(word.replace(" ", r"[\s-]+") for word in longest_first) + ")"
