"""Whether a name or number may be an agent's attempt at what a recogniser garbled."""

from difflib import SequenceMatcher

from voicesim.caller.words import digits_of, find_numbers, fold

_ALIKE = 0.6
"""So alike (difflib's ratio) are names that may be the same badly heard; strangers' are below."""
_EDITS = 2
"""So many digits may be changed, lost or added by who makes the best of a garbled number."""
_FEWEST_DIGITS = 4


def near(field: str, heard: str, *others: str) -> bool:
    """Whether ``heard`` is near one of ``others``; of a day or a time, always."""
    if field == "name":
        return any(_near_name(fold(heard), fold(other)) for other in others)
    if field == "phone":
        return any(_near_number(_digits(heard), _digits(other)) for other in others)
    return True


def _near_name(one: str, other: str) -> bool:
    if not one or not other:
        return False
    if set(one.split()) & set(other.split()):
        return True
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _near_number(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= _FEWEST_DIGITS and shorter in longer:
        return True
    return _edits(one, other) <= _EDITS


def _digits(number: str) -> str:
    """All digits of ``number``, also those said as words."""
    return "".join(find_numbers(number)) or digits_of(number)


def _edits(one: str, other: str) -> int:
    """How many digits must be changed, dropped or added to make ``other`` of ``one``."""
    costs = list(range(len(other) + 1))
    for row, a in enumerate(one, 1):
        before, costs[0] = costs[0], row
        for column, b in enumerate(other, 1):
            change = before + (a != b)
            before = costs[column]
            costs[column] = min(change, before + 1, costs[column - 1] + 1)
    return costs[-1]
