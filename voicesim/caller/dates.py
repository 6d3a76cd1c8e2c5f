"""Dates that an agent says where callers speak of weekdays."""

import re
from datetime import date

from voicesim.caller.languages import OTHERS
from voicesim.caller.sieve import Sieved
from voicesim.caller.words import DAYS, MONTHS

_MONTHS = [MONTHS, *(language.months.split() for language in OTHERS.values())]
_MONTH_OF = {name.casefold(): n for names in _MONTHS for n, name in enumerate(names, 1)}
_MONTH = rf"(?P<month>(?-i:{'|'.join(MONTHS)})|{'|'.join(_MONTH_OF).replace('|may|', '|')})"
_FIRSTS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_FIRSTS += " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
_ORDINAL_OF = {word: n for n, word in enumerate(_FIRSTS.split(), 1)}
_ORDINAL_OF |= {f"twenty {word}": 20 + n for word, n in [*_ORDINAL_OF.items()][:9]}
_ORDINAL_OF |= {"thirtieth": 30, "thirty first": 31}
_ORDINAL = "|".join(sorted(_ORDINAL_OF, key=len, reverse=True)).replace(" ", "[ -]")
_DAY = r"(?P<day>\d{1,2})"
_YEAR = r"(?:,? (?:de )?(?P<year>\d{4})\b)?"
_NEAR_DAYS = 60
"""An agent whose today is far from the caller's may mean another year."""
_ODD_DAYS = 14
"""A date that is further off than this may be of a calendar that the caller does not know."""
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
    Sieved(rf"\b{_MONTH} (?:the )?(?P<day>{_ORDINAL})\b{_YEAR}", re.IGNORECASE),
    Sieved(rf"\b(?:the )?(?P<day>{_ORDINAL}) of {_MONTH}\b{_YEAR}", re.IGNORECASE),
    Sieved(
        rf"\bthe {_DAY}(?:st|nd|rd|th)\b(?! (?:floor|street|avenue|of|time|visit|one)\b)",
        re.IGNORECASE,
    ),
)
_AROUND = 20
_WEEKDAY = rf"(?:{'|'.join(DAYS)})"
_BEFORE = re.compile(rf"\b({_WEEKDAY}),? (?:(?:the|on|den|dem|der|le|el) )?$", re.IGNORECASE)
_BEHIND = re.compile(rf",? (?:which is )?(?:an? |\()?{_WEEKDAY}\b", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:to|until|till|through) $|[-–] ?$", re.IGNORECASE)
_WEEKS_OFF = Sieved(
    rf"\b(?:a week from {_WEEKDAY}|{_WEEKDAY} (?:week|in (?:two|three) weeks))\b", re.IGNORECASE
)


def as_weekdays(text: str, near: date) -> str:
    """``text`` with "Friday, November 27th" for "November 27th", where no weekday stands beside it.

    A date that lacks its month or year is the one nearest to ``near``; what is far, or none, is
    left as it is.
    """
    for pattern in _DATES:
        if pattern.may(text):
            text = pattern.pattern.sub(lambda found: _with_weekday(found, near), text)
    return text


def with_date(day: str, text: str) -> str:
    """``day`` with the date that ``text`` has behind it: "Friday, November 27th"."""
    dates = (
        m[0] for p in _DATES for m in p.finditer(text) if text.endswith(f"{day}, ", 0, m.start())
    )
    return ", ".join([day, *dates][:2])


def at_odds(text: str, near: date) -> bool:
    """Whether a weekday in ``text`` has a date beside it that is of another."""
    return any(_is_odd(match, near) for pattern in _DATES for match in pattern.finditer(text))


def is_weeks_off(text: str) -> bool:
    """Whether ``text`` puts a weekday into a later week than the one in which it comes next."""
    return _WEEKS_OFF.search(text) is not None


def _is_odd(found: re.Match[str], near: date) -> bool:
    named, meant = _BEFORE.search(_before(found)), _meant(found, near)
    if not named or not meant or abs((meant - near).days) > _ODD_DAYS:
        return False
    return named[1].capitalize() != DAYS[meant.weekday()]


def _with_weekday(found: re.Match[str], near: date) -> str:
    before, meant = _before(found), _meant(found, near)
    if meant is None or _BEFORE.search(before) or _BEHIND.match(found.string, found.end()):
        return found[0]
    weekday = DAYS[meant.weekday()]
    return f"{found[0]}, {weekday}" if _UNTIL.search(before) else f"{weekday}, {found[0]}"


def _before(found: re.Match[str]) -> str:
    """The few characters before it."""
    return found.string[max(found.start() - _AROUND, 0) : found.start()]


def _meant(found: re.Match[str], near: date) -> date | None:
    """The date of that name that is nearest, unless it is far."""
    said = {part: value for part, value in found.groupdict().items() if value}
    digits, month = said["day"].casefold().replace("-", " "), said.get("month", "").casefold()
    day = _ORDINAL_OF.get(digits) or int(digits)
    months = [int(_MONTH_OF.get(month, month))] if month else [*range(1, 13)]
    years = [int(said["year"])] if "year" in said else [near.year + n for n in (-1, 0, 1)]
    dates = [_date(year, month, day) for year in years for month in months]
    meant = min((one for one in dates if one), key=lambda one: abs(one - near), default=None)
    return None if meant is None or abs((meant - near).days) > _NEAR_DAYS else meant


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
