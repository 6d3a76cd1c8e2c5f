"""Finding days, times and numbers in what is said, and saying them."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from voicesim.base.remembering import kept
from voicesim.caller.sieve import Sieved

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_MONTHS_ABROAD = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre "
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre "
    "januar februar märz april mai juni juli august september oktober november dezember"
)
OTHER_MONTHS = tuple(_MONTHS_ABROAD.split())
"""The months in Spanish, French and German, of twelve each."""
DIGIT_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_DIGIT_OF = {word: str(n) for n, word in enumerate(DIGIT_WORDS)} | {"oh": "0", "o": "0"}
_HOUR_OF = {word: n for n, word in enumerate(DIGIT_WORDS)} | {"ten": 10, "eleven": 11, "twelve": 12}

_ANY_MONTH = "|".join((*MONTHS, *OTHER_MONTHS))
_TIMES_OVER = {"double": 2, "triple": 3}
_WORD_HOUR = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_DAY = Sieved(rf"\b({'|'.join(DAYS)})s?\b", re.IGNORECASE)
_ONE_DAY = [(day, re.compile(rf"{day}(?<=\b{day})s?\b".casefold())) for day in DAYS]
"""Each day in small letters; a pattern that begins with letters finds them at once."""
_DAY_RANGE = Sieved(
    rf"\b(?:{'|'.join(DAYS)})s?\s*(?:to|through|thru|until|till|-|–)\s*(?:{'|'.join(DAYS)})s?\b",
    re.IGNORECASE,
)
_FROM_DAY = Sieved(
    r"\b(?:moved|moving|changed|changing|switched|re-?scheduled|shifted|"
    rf"(?:move|change) (?:it|that|your \w+))\b[^.?!]{{0,60}}?\b(?:{'|'.join(DAYS)}) to\b",
    re.IGNORECASE,
)
"""From one day to another, and no range."""
_TIME_RANGE = Sieved(
    r"\b(?:(?:from\s+)?\d{1,2}(?::\d\d)?\s*(?:am|pm)?\s*(?:to|until|till|through|-|–)|"
    r"between\s+\d{1,2}(?::\d\d)?\s*(?:am|pm)?\s*and)\s*\d{1,2}(?::\d\d)?\s*(?:am|pm)\b",
    re.IGNORECASE,
)
_JOINED = Sieved(r"to|until|till|through|between")
_HALF_OF_DAY = r"(?:\s*(am|pm)\b|\s+(?:in\s+the|at)\s+(morning|afternoon|evening|night))"
_TIMES = (
    Sieved(rf"\b(\d{{1,2}})(?:[:.](\d\d))?{_HALF_OF_DAY}", re.IGNORECASE),
    Sieved(rf"\b(\d{{1,2}}):(\d\d)\b(?!{_HALF_OF_DAY})()()", re.IGNORECASE),
    Sieved(
        rf"\b(?:at|for)\s+(\d{{1,2}})()(?![\d:./]*\d|[\s-]+\d|{_HALF_OF_DAY}|\w)"
        rf"(?!\.?\s+(?:minute|hour|day|o'?clock|(?:(?:of|de)\s+)?(?:{_ANY_MONTH})\b))()()",
        re.IGNORECASE,
    ),
    Sieved(rf"\b({_WORD_HOUR}|\d{{1,2}})\s+o'?clock()(?:{_HALF_OF_DAY})?", re.IGNORECASE),
    Sieved(rf"\b({_WORD_HOUR})(?:\s+(thirty))?{_HALF_OF_DAY}", re.IGNORECASE),
    Sieved(
        rf"\b(?:{'|'.join(DAYS)}),?\s+({_WORD_HOUR})()()()(?=\s*(?:[.,!?;]|$)|\s+for\b)",
        re.IGNORECASE,
    ),
    Sieved(rf"\bat\s+({_WORD_HOUR})()(?!{_HALF_OF_DAY}|\s+o'?clock|\s+\w)()()", re.IGNORECASE),
)
_PAST_OF = {"half past": (0, 30), "quarter past": (0, 15), "quarter after": (0, 15)}
_PAST_OF |= {"quarter to": (-1, 45), "quarter before": (-1, 45), "quarter of": (-1, 45)}
_PAST = Sieved(
    rf"\b({'|'.join(_PAST_OF)}) ({_WORD_HOUR}|1[0-2]|[1-9])\b(?!:)(?: o'clock)?", re.IGNORECASE
)
_MINUTES_OF = {"oh five": "05", "fifteen": "15", "thirty": "30", "forty five": "45"}
_MINUTES = Sieved(
    rf"\b(at )?({_WORD_HOUR}|1[0-2]|[1-9]) (oh five|fifteen|thirty|forty[ -]five)\b"
    rf"(?(1)|(?={_HALF_OF_DAY}))",
    re.IGNORECASE,
)
_FULL_HOURS = (
    *("eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
)
_HUNDRED_OF = dict(zip(_FULL_HOURS, range(8, 19), strict=True))
_HUNDRED = Sieved(
    rf"\b(at )?({'|'.join(_FULL_HOURS)}) hundred(?(1)(?= hours|[.,;?!]|$| on\b)|(?= hours))",
    re.IGNORECASE,
)
_HALF_FIRST = Sieved(
    rf"\b(morning|afternoon|evening|night),? (?:at|around) ({_WORD_HOUR}|1[0-2]|[1-9])(:\d\d)?"
    rf"(?![\w:]|-\d)(?: o'?clock)?(?!{_HALF_OF_DAY})",
    re.IGNORECASE,
)
"""The half of the day before its time: "Friday evening at 7"."""
_NOON = Sieved(r"\b(?:noon|midday)\b", re.IGNORECASE)
_SAID_DIGIT = rf"(?:\d|\b(?:{'|'.join(DIGIT_WORDS)}|oh|double|triple)\b)"
_NUMBER = Sieved(
    rf"(?<![\w:])\+?{_SAID_DIGIT}(?:[\s,.()\-–]*{_SAID_DIGIT})*",
    re.IGNORECASE,
)
_SAID_NUMBER = Sieved("|".join(DIGIT_WORDS) + "|oh|double|triple")
_FIGURES = Sieved(r"[+\d](?<![\w:].)(?:(?<!\+)|\d)(?:[\s,.()\-–]*\d)*")
"""The same where no digit is said as a word; what begins with its digit is found faster."""
_DIGIT_OR_WORD = re.compile(r"\d|[a-z]+", re.IGNORECASE)
_STRAIGHT = str.maketrans("’‘“”", "''\"\"")
_HALF_ENDS = re.compile(r"\b([apAP])\.\s?[mM]\.(?=\s+[A-Z])", re.ASCII)
_HALF = re.compile(r"\b([apAP])\.\s?([mM])\b\.?", re.ASCII)
_TITLE = re.compile(r"\b(dr|mr|mrs|ms|st|no(?=\.\s?\d))\.", re.IGNORECASE)
_TITLES = ("dr.", "mr.", "rs.", "ms.", "st.", "no.")
_BETWEEN = re.compile(r"(?<=[.?!])\s+|\n+")
_SPACES = re.compile(r"[ \t\r\f\v]+")
_FOLDED = str.maketrans(
    {chr(code): " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "_")}
    | dict.fromkeys("'-", "")
)
"""What becomes of punctuation where texts are compared."""
GAPS = str.maketrans(dict.fromkeys(" ,.()-–", ""))
"""Drops what may stand between the digits of one number."""


class Time(NamedTuple):
    """A time of day; ``hour`` 0-23, or 0-12 while ``sure`` is False (morning or afternoon)."""

    hour: int
    minute: int
    sure: bool

    def same(self, other: "Time") -> bool:
        """Whether both may be the same time."""
        if self.minute != other.minute:
            return False
        if self.sure and other.sure:
            return self.hour == other.hour
        return self.hour % 12 == other.hour % 12

    def spoken(self) -> str:
        """Such as "3 pm", "3:30 pm"; without am or pm when not known."""
        minutes = f":{self.minute:02d}" if self.minute else ""
        half = (" pm" if self.hour >= 12 else " am") if self.sure else ""
        return f"{self.hour % 12 or 12}{minutes}{half}"


@kept(2048)
def plain(text: str) -> str:
    """``text`` with straight quotes, single spaces, "am" and "pm" without dots."""
    if not text.isascii():
        text = text.translate(_STRAIGHT)
    low = text.casefold()
    if "a." in low or "p." in low:
        text = without_dots(text)
    if any(map(low.__contains__, _TITLES)):
        text = _TITLE.sub(r"\1", text)
    if "  " in text or not text.isprintable():
        text = _SPACES.sub(" ", text)
    return text.strip()


def without_dots(text: str, mark: str = "") -> str:
    """``text`` with "am" for "a.m." and "a. m.", and so "pm", each with ``mark`` behind it."""
    text = _HALF_ENDS.sub(rf"\1m{mark}.", text)
    return _HALF.sub(rf"\1\2{mark}", text)


def sentences(text: str) -> list[str]:
    """The sentences of ``text`` (plain), each with its mark at the end."""
    return [s for s in map(str.strip, _BETWEEN.split(text)) if s]


def fold(text: str) -> str:
    """``text`` for comparing: no accents, case or punctuation, single spaces."""
    if text.isascii():
        return " ".join(text.casefold().translate(_FOLDED).split())
    bare = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in bare if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", re.sub(r"['’\-]", "", bare)))


def find_days(text: str) -> list[str]:
    """The different weekdays named in ``text``, in order; ranges such as opening days left out."""
    low = text.casefold()
    if low.count("day") < 2:
        return [day for day, pattern in _ONE_DAY if pattern.search(low)] if "day" in low else []
    if not _FROM_DAY.search(text):
        text = _DAY_RANGE.sub(" ", text)
    return list(dict.fromkeys([day.capitalize() for day in _DAY.findall(text)]))


def find_times(text: str) -> list[Time]:
    """The different times of day named in ``text``; ranges such as opening hours left out."""
    text = _in_figures(plain(text))
    if may_be_range(text):
        text = _TIME_RANGE.sub(" ", text)
    return list(dict.fromkeys(_times(text)))


def _in_figures(text: str) -> str:
    """``text`` (plain) with "quarter to three" as 2:45, "three fifteen pm" as 3:15 pm."""
    for said, pattern in _SAID_TIMES:
        for match in reversed([*pattern.finditer(text)]):
            text = f"{text[: match.start()]}{said(match)}{text[match.end() :]}"
    return text


def _past(match: re.Match[str]) -> str:
    hours, minutes = _PAST_OF[match[1].casefold()]
    return f"{(_hour(match[2]) + hours - 1) % 12 + 1}:{minutes}"


def _with_minutes(match: re.Match[str]) -> str:
    minutes = _MINUTES_OF[match[3].casefold().replace("-", " ")]
    return f"{match[1] or ''}{_hour(match[2])}:{minutes}"


def _hundred(match: re.Match[str]) -> str:
    return f"{match[1] or ''}{_HUNDRED_OF[match[2].casefold()]}:00"


def _half_last(match: re.Match[str]) -> str:
    half = "am" if match[1].casefold() == "morning" else "pm"
    return f"{match[1]} at {_hour(match[2])}{match[3] or ''} {half}"


_SAID_TIMES = (
    *((_past, _PAST), (_with_minutes, _MINUTES), (_hundred, _HUNDRED)),
    (_half_last, _HALF_FIRST),
)


def _hour(said: str) -> int:
    return int(said) if said.isdecimal() else _HOUR_OF[said.casefold()]


def may_be_range(text: str) -> bool:
    """Whether anything in ``text`` may join one time to another."""
    return _JOINED.may(text) or "-" in text or "–" in text


def _times(text: str) -> Iterator[Time]:
    for pattern in _TIMES:
        for match in pattern.finditer(text):
            time = _time(*match.groups()[:4])
            if time is not None:
                yield time
    if _NOON.search(text):
        yield Time(12, 0, True)


def _time(hour: str, minute: str | None, half: str | None, part: str | None) -> Time | None:
    number = _HOUR_OF.get(hour.casefold()) if hour.isalpha() else int(hour)
    minutes = 30 if minute == "thirty" else int(minute or 0)
    if number is None or number > 23 or minutes > 59:
        return None
    if not half and not part:
        return Time(number, minutes, number > 12)
    if number > 12:
        return Time(number, minutes, True)
    afternoon = (half or part or "").casefold() in ("pm", "afternoon", "evening", "night")
    return Time(number % 12 + 12 * afternoon, minutes, True)


@kept(256)
def find_numbers(text: str) -> tuple[str, ...]:
    """Runs of at least three digits in ``text``, said as digits, groups or words."""
    pattern = _NUMBER if _SAID_NUMBER.may(text) else _FIGURES
    found = [_digits(run) for run in pattern.findall(text)]
    return tuple(dict.fromkeys([digits for digits in found if len(digits) >= 3]))


def _digits(run: str) -> str:
    digits, times = run.removeprefix("+").translate(GAPS), 1
    if digits.isascii() and digits.isdecimal():
        return digits
    digits = ""
    for word in _DIGIT_OR_WORD.findall(run.casefold()):
        if word in _TIMES_OVER:
            times = _TIMES_OVER[word]
            continue
        digits += _DIGIT_OF.get(word, word if word in "0123456789" else "") * times
        times = 1
    return digits


def digits_of(number: str) -> str:
    """The digits of ``number`` alone."""
    return "".join(c for c in number if c in "0123456789")
