"""Halves of the day: "Friday evening" says of no clock time, but 11 am it is not."""

import re

from voicesim.caller.sieve import Sieved
from voicesim.caller.words import DAYS, find_times

_HOURS = {"morning": (0, 12), "am": (0, 12), "afternoon": (12, 18), "pm": (12, 24)}
_HOURS |= {"evening": (16, 24), "night": (17, 24)}
"""From which hour to which; where one ends and the next begins is not for a caller to say."""
_ON_DAY = Sieved(
    rf"\b(?:{'|'.join(DAYS)}),? (?:(?:in|at|on|during) )?(?:the )?({'|'.join(_HOURS)})\b(?! or\b)",
    re.IGNORECASE,
)
_ASKS = Sieved(
    r"\b(?:would|could|can|do you|does|how about|what about|prefer|or|suits?|works?)\b",
    re.IGNORECASE,
)
"""Offers a half of the day rather than reads one back."""


def other_half(text: str, told: tuple[str, ...]) -> str:
    """The half of the day that ``text`` names beside its day, if nothing ``told`` is in it.

    Of a time that may be before noon or after it, none is another.
    """
    named = {half.casefold() for half in _ON_DAY.findall(text)}
    if len(named) != 1 or _ASKS.search(text):
        return ""
    (half,) = named
    return "" if any(_in_half(half, time) for time in told if time) else half


def _in_half(half: str, time: str) -> bool:
    """Whether ``time`` may be in ``half`` of the day."""
    first, last = _HOURS[half]
    found = find_times(time) or find_times(f"at {time}")
    return not found or any(not one.sure or first <= one.hour <= last for one in found)
