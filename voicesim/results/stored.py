"""The forms in which an agent may store a fact: dates and weekdays of four languages, clock times.

A day is spoken of by its weekday, so a date stands for the one that it falls on; which week that is
in is not judged. What can be read in more than one way ("03/04/2026", "di") has a reading for each.
Who says the half of the day is sure of it: then no reading counts that leaves it open.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product

from voicesim.call.talk import FieldValue
from voicesim.caller.languages import OTHERS, in_english
from voicesim.caller.words import DAYS, Time, find_times, fold
from voicesim.results.whole import bare_name, bare_number

_LONGEST = 200
"""Characters; nobody stores more for a day or a time."""
_SHORT = 4
"""An abbreviation of fewer letters counts only where no other word is: "do", "so", "me"."""
_MOST_READINGS = 16
_MOST_DAYS = 4
"""So many days in one text are put together."""
_DAY_NAMES = (
    "monday mon mo montag mo lunes lun lu lundi",
    "tuesday tues tue tu dienstag die di martes mar ma mardi",
    "wednesday weds wed we mittwoch mit mi miercoles mie mercredi mer me",
    "thursday thurs thur thu th donnerstag don do jueves jue ju jeudi jeu je",
    "friday fri fr freitag fre viernes vie vi vendredi ven ve",
    "saturday sat sa samstag sam sonnabend sabado sab samedi",
    "sunday sun su sonntag son so domingo dom do dimanche dim di",
)
"""Of Monday, Tuesday ...: in English, German, Spanish and French, folded."""
_MONTH_NAMES = (
    "january jan januar enero ene janvier janv",
    "february feb februar febrero fevrier fevr",
    "march mar marz maerz mrz marzo mars",
    "april apr abril abr avril avr",
    "may mai mayo",
    "june jun juni junio juin",
    "july jul juli julio juillet juil",
    "august aug agosto ago aout",
    "september sep sept septiembre set septembre",
    "october oct oktober okt octubre octobre",
    "november nov noviembre novembre",
    "december dec dezember dez diciembre dic decembre",
)
_MONTH_OF = {name: n for n, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_MONTH = "|".join(sorted(_MONTH_OF, key=len, reverse=True))

_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([-/.]?)(\d\d)\2(\d\d)(?!\d)")
_IN_NUMBERS = re.compile(r"(?<![\d:])(\d{1,2})([-/.])(\d{1,2})(?:\2(\d{4}|\d\d)?)?(?![\d:])")
_DAY_AND_MONTH = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)? (?:de |of )?({_MONTH})(?: (?:de )?(\d{{4}}))?\b"
)
_MONTH_AND_DAY = re.compile(rf"\b({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?(?: (\d{{4}}))?\b")

_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?")
_JOINED = re.compile(r"(?<=\d)[-/.](?=[^\W\d_])|(?<=[^\W\d_])[-/.](?=\d)")
"""What stands between day, month and year in "06-Mar-2026"."""
_MOMENT = re.compile(r"\d{4}-?\d\d-?\d\d[T ](\d\d):?(\d\d)(?!\d)")
_TO_THE_SECOND = re.compile(
    r"T?(\d{1,2}):(\d\d)(?::\d\d(?:\.\d+)?)? ?(?:Z|UTC|[+-]\d\d(?::?\d\d)?)?", re.IGNORECASE
)
_HALF = re.compile(r"\d ?[ap]\.? ?m\b", re.IGNORECASE)
_SECONDS = re.compile(r"(\d:\d\d):\d\d(?:\.\d+)?(?= ?[ap]\.? ?m\b)", re.IGNORECASE)
_BARE = re.compile(r"(\d{1,2})(\d\d)")
_HOURS = re.compile(r"(\d{1,2}) ?(?:h|hrs?|uhr|heures?|horas?) ?(\d\d)?", re.IGNORECASE)


def readings(field: str, kept: str, today: date | None = None) -> tuple[str, ...]:
    """What ``kept`` may mean, as the caller says it ("Friday", "3 pm"); itself if nothing else.

    ``today`` tells the year of a date without one; none: such a date is not read.
    """
    if len(kept) > _LONGEST:
        return (kept,)
    found = _READ[field](kept.strip(), today)
    return tuple(dict.fromkeys(found))[:_MOST_READINGS] or (kept,)


def evenly(value: FieldValue) -> FieldValue:
    """``value`` with a name's umlauts and the like as one writes them without: "Mueller"."""
    if value.name != "name":
        return value
    meant, reported, heard = map(_plain_letters, (value.meant, value.reported, value.heard))
    return replace(value, meant=meant, reported=reported, heard=heard)


# --- within -----------------------------------------------------------------------------------


def _plain_letters(name: str) -> str:
    for pair, letter in _WRITTEN:
        name = name.replace(pair, letter)
    return name


_PAIRS = (("ä", "a"), ("æ", "a"), ("ö", "o"), ("ø", "o"), ("œ", "o"), ("ü", "u"), ("å", "a"))
_WRITTEN = tuple(
    (pair, one)
    for letter, plain in (*_PAIRS, ("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"))
    for pair, one in (
        (letter, plain),
        (letter.capitalize(), plain.upper()),
        (letter.upper(), plain.upper()),
    )
)
"""Both ways to write a letter come to the same."""


def _names(kept: str, _: date | None) -> Iterator[str]:
    yield _plain_letters(bare_name(kept))


def _phones(kept: str, _: date | None) -> Iterator[str]:
    yield bare_number(kept)


def _days(kept: str, today: date | None) -> Iterator[str]:
    """All days that are named or dated, each in every reading; those that are the same are one."""
    kept = _JOINED.sub(" ", kept)
    words = re.findall(r"[^\W\d_]+", fold(kept))
    dates = [[DAYS[one.weekday()] for one in read] for read in _dates(kept, today) if read]
    alone = len(words) == 1 and not dates  # "Mar 6" is no "martes"
    found = [*dates, *(days for word in words if (days := _days_of(word, alone=alone)))]
    if found:
        yield from (" and ".join(dict.fromkeys(days)) for days in product(*found[:_MOST_DAYS]))


def _days_of(word: str, *, alone: bool) -> list[str]:
    if len(word) < _SHORT and not alone:
        return []
    return [day for day, names in zip(DAYS, _DAY_NAMES, strict=True) if word in names.split()]


def _dates(kept: str, today: date | None) -> Iterator[list[date]]:
    """Of each date what it may be: one, two where day and month may be either, none if no date."""
    kept = _CLOCK.sub(" ", kept)
    for year, _, month, day in _YEAR_FIRST.findall(kept):
        yield _date(year, month, day, today)
    words = " ".join(re.findall(r"\w+", fold(kept)))
    for day, month, year in _DAY_AND_MONTH.findall(words):
        yield _date(year, _MONTH_OF[month], day, today)
    for month, day, year in _MONTH_AND_DAY.findall(_DAY_AND_MONTH.sub(" ", words)):
        yield _date(year, _MONTH_OF[month], day, today)
    for one, _, other, year in _IN_NUMBERS.findall(_YEAR_FIRST.sub(" ", kept)):
        yield [*_date(year, other, one, today), *_date(year, one, other, today)]


def _date(year: str, month: str | int, day: str, today: date | None) -> list[date]:
    """The date, if there is such a one; without a year the one that is nearest to ``today``."""
    if year:
        years = [int(year) + 2000 * (len(year) == 2)]
    else:
        years = [today.year + n for n in (-1, 0, 1)] if today else []
    found = []
    for one in years:
        try:
            found.append(date(one, int(month), int(day)))
        except ValueError:
            continue
    return sorted(found, key=lambda one: abs(one - (today or one)))[:1]


def _times(kept: str, _: date | None) -> Iterator[str]:
    kept = _SECONDS.sub(r"\1", " ".join(kept.split()))
    said = () if _HALF.search(kept) else tuple(_in_figures(kept))
    said = said or tuple(dict.fromkeys((kept, *(in_english(kept, code) for code in OTHERS))))
    yield from [one for one in said if any(t.sure for t in find_times(one))] or said


def _in_figures(kept: str) -> Iterator[str]:
    """The time that stands there in figures, without the half of the day, if one does."""
    if moment := _MOMENT.search(kept):
        yield from _clock(moment, sure=True)
    elif second := _TO_THE_SECOND.fullmatch(kept):
        yield from _clock(second, sure=len(kept) > len("15:00"))
    elif bare := _BARE.fullmatch(kept):
        yield from _clock(bare, sure=len(kept) == len("1500"))
    elif hours := _HOURS.fullmatch(kept):
        yield from _clock(hours, sure=False)


def _clock(match: re.Match[str], *, sure: bool) -> Iterator[str]:
    hour, minute = int(match[1]), int(match[2] or 0)
    if hour < 24 and minute < 60:
        yield Time(hour, minute, True).spoken() if sure or hour > 12 else f"{hour}:{minute:02d}"


_READ = {"name": _names, "phone": _phones, "day": _days, "time": _times}
