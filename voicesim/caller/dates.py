"""Dates that an agent says where callers speak of weekdays."""

import re
from datetime import date

from voicesim.caller.languages import OTHERS
from voicesim.caller.sieve import Sieved
from voicesim.caller.words import DAYS, MONTHS, find_days

_MONTHS = [MONTHS, *(language.months.split() for language in OTHERS.values())]
_MONTH_OF = {name.casefold(): n for names in _MONTHS for n, name in enumerate(names, 1)}
_MONTH = rf"(?P<month>{'|'.join(_MONTH_OF)})"
_DAY = r"(?P<day>\d{1,2})"
_YEAR = r"(?:,? (?:de )?(?P<year>\d{4})\b)?"
_NEAR_DAYS = 60
"""An agent whose today is far from the caller's may mean another year."""
_DATES = (
    Sieved(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"),
    Sieved(
        rf"\b{_MONTH} (?:the )?{_DAY}(?:st|nd|rd|th)?\b(?![:.]\d| ?[ap]m\b| o'clock){_YEAR}",
        re.IGNORECASE,
    ),
    Sieved(
        rf"\b(?:the )?(?<!\d:){_DAY}(?:st|nd|rd|th|er|\.)?(?: of| de)? {_MONTH}\b{_YEAR}",
        re.IGNORECASE,
    ),
    Sieved(rf"\bthe {_DAY}(?:st|nd|rd|th)\b(?! (?:floor|street|avenue|of)\b)", re.IGNORECASE),
)


def as_weekdays(text: str, near: date) -> str:
    """``text`` with "Friday" for "November 27th", unless it names a weekday itself.

    A date that lacks its month or year is the one nearest to ``near``; what is far, or none, is
    left as it is.
    """
    if find_days(text):
        return text
    for pattern in _DATES:
        if pattern.may(text):
            text = pattern.pattern.sub(lambda found: _weekday(found, near), text)
    return text


def _weekday(found: re.Match[str], near: date) -> str:
    said = {part: value for part, value in found.groupdict().items() if value}
    day, month = int(said["day"]), said.get("month", "").casefold()
    months = [int(_MONTH_OF.get(month, month))] if month else [*range(1, 13)]
    years = [int(said["year"])] if "year" in said else [near.year + n for n in (-1, 0, 1)]
    dates = [_date(year, month, day) for year in years for month in months]
    meant = min((one for one in dates if one), key=lambda one: abs(one - near), default=None)
    if meant is None or abs((meant - near).days) > _NEAR_DAYS:
        return found[0]
    return DAYS[meant.weekday()]


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
