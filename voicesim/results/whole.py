"""Whether a stored name or number is all of one, and nothing beside it.

What is heard may be but the end of a number, or a name amid other words; what is stored may not.
"""

import re
from collections.abc import Callable

from voicesim.call.talk import FieldValue
from voicesim.caller.facts import CODES
from voicesim.caller.words import digits_of, find_numbers, fold

_LEAST_DIGITS = 7
"""Shorter runs of digits beside a number are none of their own."""
_LOST_DIGITS = 2
"""So many a number may lack that the agent made of a garbled one."""
_RUN_IN = 2
"""So many digits of what was said next may stand behind a number."""
_AT_HOME = "1"
"""The code of the country whose callers leave it out."""
_EXTENSION = re.compile(r"(?:,| )? ?\(?(?:ext(?:ension)?\.?|x|#) ?\d{1,6}\)?$", re.IGNORECASE)
_SIGN = re.compile(r"[/_·‐-―]")
"""Stands between the digits of one number: "089/123 456"."""
_ASIDE = re.compile(r"\([^()]*\)")
_BESIDE = frozenset(
    (
        *("mr", "mrs", "ms", "miss", "mx", "dr", "doctor", "sir", "madam", "herr", "frau"),
        *("monsieur", "madame", "mademoiselle", "mme", "mlle", "senor", "senora", "senorita"),
        *("sr", "sra", "srta", "uh", "um", "er", "erm", "hm", "ah", "ahm", "eh", "este", "euh"),
    )
)
"""Titles and sounds, folded: no part of a name."""


def bare_number(kept: str) -> str:
    """A number without its extension, and without a zero that is dialled at home only."""
    return _EXTENSION.sub("", _SIGN.sub("-", kept.replace("(0)", "")))


def bare_name(kept: str) -> str:
    """A name without titles, sounds and what stands in brackets; itself if it has nothing else."""
    words = [word for word in _ASIDE.sub(" ", kept).split() if fold(word) not in _BESIDE]
    return " ".join(words) or kept


def whole(value: FieldValue, kept: str, *, clearly: bool) -> bool:
    """Whether ``kept`` (bare) has as much as one such fact, as it was meant, reported or heard.

    ``clearly``: it was told so. If not, it may be what the agent made of what was garbled.
    """
    told = [one for one in (value.meant, value.reported, value.heard) if one]
    if value.name not in _WHOLE or not told:
        return True
    return _WHOLE[value.name](kept, told, clearly)


# --- within -----------------------------------------------------------------------------------


def _one_name(kept: str, told: list[str], clearly: bool) -> bool:
    """No more words than a name has: a part will do, as agents drop middle names."""
    most = max(len(fold(bare_name(one)).split()) for one in told)
    return len(fold(kept).split()) <= most + (not clearly)


def _one_number(kept: str, told: list[str], clearly: bool) -> bool:
    numbers = [n for n in find_numbers(kept) if len(n) >= _LEAST_DIGITS] or [digits_of(kept)]
    known = [_national(max(find_numbers(one), key=len, default=digits_of(one))) for one in told]
    if not clearly:
        fewest = min(map(len, known)) - _LOST_DIGITS
        return all(len(_national(number)) >= fewest for number in numbers)
    return all(any(_same(_national(number), one) for one in known) for number in numbers)


def _same(kept: str, told: str) -> bool:
    """The same digits, but for a country code, of which only one country's is never told.

    Behind them may be what ran into them: "... 0142, two [I'd like to] come on Tuesday".
    """
    if len(kept) > len(told):
        begins = told if kept.startswith(told) else _AT_HOME + told
        return kept.startswith(begins) and len(kept) - len(begins) <= _RUN_IN
    code = told.removesuffix(kept) if kept else told
    return not code or code in CODES.values()


def _national(digits: str) -> str:
    return digits.lstrip("0") if len(digits) >= _LEAST_DIGITS else digits


_WHOLE: dict[str, Callable[[str, list[str], bool], bool]] = {
    "name": _one_name,
    "phone": _one_number,
}
