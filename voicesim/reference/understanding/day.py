"""Days: weekdays, dates, "tomorrow", each resolved to a date from a given today."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from voicesim.reference.understanding.numbers import CARDINALS, ORDINALS, one_of, value_of
from voicesim.reference.understanding.text import DaySpan, is_refused

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_WEEKDAY = r"(?P<weekday>monday|tues(?:day)?|wed(?:nesday|s)|thur(?:sday|s)|friday|saturday|sunday)"
_MONTH = (
    r"(?P<month>january|february|march|april|may|june|july|august|september|october|november"
    r"|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
)
_NTH = rf"(?P<nth>[0-9]{{1,2}}(?:st|nd|rd|th)\b|{one_of(ORDINALS, 1, 31)}\b)"
_DAY = (
    rf"(?P<day>[0-9]{{1,2}}(?:st|nd|rd|th)?(?![0-9:])\b|{one_of(ORDINALS, 1, 31)}\b"
    rf"|{one_of(CARDINALS, 1, 31)}\b)"
)
_YEAR = r"(?:,?\s+(?P<year>20[0-9]{2})\b)?"
_COUNT = rf"(?P<count>an?|[0-9]{{1,2}}|{one_of(CARDINALS, 1, 31)})"

_Resolve = Callable[[re.Match[str], date], date | None]


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _dated(month: int, day: int, year: str | None, today: date) -> date | None:
    """Give the date in that year, else the next such date from today on."""
    if year:
        return _made(int(year) + (2000 if len(year) == 2 else 0), month, day)
    made = (_made(today.year + ahead, month, day) for ahead in range(9))  # 29 February is rare
    return next((d for d in made if d is not None and d >= today), None)


def _by_month(match: re.Match[str], today: date) -> date | None:
    names = [name[:3].lower() for name in MONTHS]
    month = names.index(match["month"][:3].lower()) + 1
    return _dated(month, value_of(match["day"]) or 0, match["year"], today)


def _by_figures(match: re.Match[str], today: date) -> date | None:
    return _dated(int(match["m"]), int(match["d"]), match["year"], today)


def _weekday(match: re.Match[str]) -> int:
    return [name[:3].lower() for name in WEEKDAYS].index(match["weekday"][:3].lower())


def _by_weekday(match: re.Match[str], today: date) -> date:
    wanted = _weekday(match)
    if re.search(r"\bnext week\b", match.string, re.IGNORECASE):
        return today + timedelta(days=7 - today.weekday() + wanted)
    return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def _by_nth(match: re.Match[str], today: date) -> date | None:
    """Give the next day which is that one of its month, and that weekday if one was said."""
    nth = value_of(match["nth"])
    wanted = _weekday(match) if match.groupdict().get("weekday") else None
    for ahead in range(366):
        day = today + timedelta(days=ahead)
        if day.day == nth and wanted in (None, day.weekday()):
            return day
    return None


def _by_count(match: re.Match[str], today: date) -> date:
    count = value_of(match["count"]) or 1
    return today + timedelta(days=count * (7 if match["unit"].lower().startswith("week") else 1))


def _ahead(days: int) -> _Resolve:
    return lambda _, today: today + timedelta(days=days)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_PLAIN: tuple[tuple[re.Pattern[str], _Resolve], ...] = (
    (_pattern(rf"\b{_MONTH},?\s+(?:the\s+)?{_DAY}{_YEAR}"), _by_month),
    (_pattern(rf"\b(?:the\s+)?{_DAY}\s+(?:day\s+)?(?:of\s+)?{_MONTH}{_YEAR}"), _by_month),
    (_pattern(r"\b(?P<year>20[0-9]{2})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})\b"), _by_figures),
    (
        _pattern(
            r"(?<![0-9/])(?P<m>[0-9]{1,2})/(?P<d>[0-9]{1,2})"
            r"(?:/(?P<year>(?:20)?[0-9]{2}))?(?![0-9/])"
        ),
        _by_figures,
    ),
    (_pattern(rf"\b{_WEEKDAY},?\s+(?:on\s+)?the\s+{_NTH}"), _by_nth),
    (_pattern(rf"\b{_WEEKDAY}s?\b"), _by_weekday),
    (_pattern(r"\bday after tomorrow\b"), _ahead(2)),
    (_pattern(r"\btomorrow\b"), _ahead(1)),
    (_pattern(r"\b(?:today|tonight|this (?:morning|afternoon|evening))\b"), _ahead(0)),
    (_pattern(rf"\bin\s+{_COUNT}\s+(?P<unit>days?|weeks?)\b"), _by_count),
    (_pattern(rf"\b{_COUNT}\s+(?P<unit>days?|weeks?)\s+from\s+(?:now|today)\b"), _by_count),
    (_pattern(rf"\bon\s+the\s+{_NTH}"), _by_nth),
)
_ASKED: tuple[tuple[re.Pattern[str], _Resolve], ...] = (
    (_pattern(rf"\b(?:the\s+)?{_NTH}(?!\s+(?:one|time|thing))"), _by_nth),
)


def find_day(text: str, today: date, asked: bool = False) -> DaySpan | None:
    """Find the day meant; ``asked`` when the caller was asked for it and may say just "the 3rd".

    A weekday is its next one after today. A day passed over ("not Tuesday") is not taken, nor one
    in the past.
    """
    for pattern, resolve in _PLAIN + (_ASKED if asked else ()):
        for match in pattern.finditer(text):
            owned = re.search(r"\bmy\s+$", text[: match.start()], re.IGNORECASE)
            if owned or is_refused(text, match.start()):
                continue
            day = resolve(match, today)
            if day is not None and day >= today:
                return DaySpan(day, match.start(), match.end())
    return None
