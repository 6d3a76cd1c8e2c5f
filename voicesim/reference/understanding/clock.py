"""Times of day, in figures and in words, as "HH:MM"."""

import re

from voicesim.reference.understanding.numbers import CARDINALS, one_of, value_of
from voicesim.reference.understanding.text import Span, is_refused

_HOUR_WORD = one_of(CARDINALS, 1, 12)
_HOUR = rf"(?P<hour>(?<![0-9:./-])[0-9]{{1,2}}(?![0-9])|\b{_HOUR_WORD}\b)"
_MINUTE_WORD = rf"(?:oh[\s-]+{one_of(CARDINALS, 1, 9)}|{one_of(CARDINALS, 10, 59)})"
_HALF = (
    r"(?P<half>a\.?\s?m\b\.?|p\.?\s?m\b\.?"
    r"|(?:in\s+the\s+|at\s+|this\s+)?(?:morning|afternoon|evening|night)\b)"
)
_OCLOCK = r"(?:\s+o'?\s?clock\b)"
_PARTS = re.compile(r"(?<!good )\b(morning|afternoon|evening|night|tonight)\b", re.IGNORECASE)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_PAST = rf"(?P<minute>\b(?:half|(?:a\s+)?quarter|[0-9]{{1,2}}|{one_of(CARDINALS, 1, 29)}))"
_SURE = (
    _pattern(
        rf"{_PAST}(?:\s+minutes?)?\s+(?P<side>past|after|to|before|till)\s+{_HOUR}"
        rf"{_OCLOCK}?(?:\s*{_HALF})?"
    ),
    _pattern(rf"{_HOUR}\s?[:.h]\s?(?P<minute>[0-5][0-9])(?![0-9.:-])(?:\s*{_HALF})?"),
    _pattern(rf"{_HOUR}\s+(?P<minute>[0-5][0-9]|{_MINUTE_WORD}){_OCLOCK}?\s*{_HALF}"),
    _pattern(rf"{_HOUR}{_OCLOCK}?\s*{_HALF}"),
    _pattern(rf"{_HOUR}{_OCLOCK}"),
    _pattern(r"\b(?P<name>noon|midday|midnight)\b"),
)
_WEAK = (
    _pattern(rf"\b(?P<hour>{_HOUR_WORD})\s+(?P<minute>{_MINUTE_WORD})\b"),
    _pattern(rf"\b(?:at|around|about|by|to)\s+{_HOUR}\s+(?P<minute>[0-5][0-9])(?![0-9])"),
    _pattern(rf"\b(?:at|around|about|by)\s+{_HOUR}(?!\s*[-/0-9])"),
)
_ASKED = (
    _pattern(r"(?<![0-9])(?P<hour>[0-9]{1,2})\s?(?P<minute>[0-5][0-9])(?![0-9])"),
    _pattern(_HOUR),
)


def _minute(said: str | None) -> int | None:
    if not said:
        return 0
    said = re.sub(r"^(?:a|oh)[\s-]+", "", said.lower())
    named = {"half": 30, "quarter": 15}.get(said)
    return named if named is not None else value_of(said)


def _hour_of_day(hour: int, half: str) -> int | None:
    """Give the hour 0 to 23; without a half of the day, office hours are meant: 7 to 18."""
    if hour > 23:
        return None
    if hour > 12 or hour == 0:
        return hour
    if half.startswith("a") and not half.startswith("afternoon"):
        half = "morning"
    if not half:
        return hour if 7 <= hour <= 12 else hour + 12
    if half == "morning" or (half == "night" and hour == 12):
        return hour % 12
    return hour % 12 + 12


def _half(match: re.Match[str]) -> str:
    """Give the half of the day said right with the time, or elsewhere in the same breath."""
    said = match.groupdict().get("half")
    if not said:
        part = _PARTS.search(match.string)
        said = part[1].replace("tonight", "night") if part else ""
    return str(said).lower().split()[-1] if said else ""


def _resolve(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    if groups.get("name"):
        return "00:00" if groups["name"].lower() == "midnight" else "12:00"
    minute = _minute(groups.get("minute"))
    hour = _hour_of_day(value_of(groups["hour"]) or 0, _half(match))
    if hour is None or minute is None or minute > 59:
        return None
    if (groups.get("side") or "").lower() in {"to", "before", "till"}:
        hour, minute = divmod((hour * 60 - minute) % (24 * 60), 60)
    return f"{hour:02}:{minute:02}"


def _find(patterns: tuple[re.Pattern[str], ...], text: str) -> Span | None:
    for pattern in patterns:
        for match in pattern.finditer(text):
            time = None if is_refused(text, match.start()) else _resolve(match)
            if time is not None:
                return Span(time, match.start(), match.end())
    return None


def find_sure_time(text: str) -> Span | None:
    """Find a time said as one: "3 pm", "half past two", "10:30", "noon"."""
    return _find(_SURE, text)


def find_time(text: str, asked: bool = False) -> Span | None:
    """Find a time also where only its place tells ("at three", "two thirty").

    ``asked`` when the caller was asked for a time, so that a bare "3" or "1030" is one.
    """
    return find_sure_time(text) or _find(_WEAK + (_ASKED if asked else ()), text)
