"""Numbers and times in words, as they are said in Spanish, French and German, in digits.

"halb drei" is half past two. "drei Uhr" may well be of the afternoon, as with whoever says "three
o'clock"; "neun Uhr" is of the morning. A number is put in digits from 2 on: "ein" and "un" are
articles, too.
"""

import re
from collections.abc import Mapping
from typing import Final

from voicesim.caller.languages.base import Rule, rule, word_key
from voicesim.caller.words import OTHER_MONTHS

Match = re.Match[str]
_FIRST_SURE = 7
"""An hour before this one, said without its half of the day, may be one of the afternoon."""
_LATE = re.compile(
    r"nachmittag|abend|(?<!vor)mittags|afternoon|evening|soir|après|tarde|noche|mediodía", re.I
)


def _time(hour: int, minute: int, half: str | None) -> str:
    """A time as the English say it; ``half`` is what was said of the half of the day."""
    shown = f"{hour % 12 or 12}{f':{minute:02d}' if minute else ''}"
    if half:
        hour += 12 if hour < 12 and _LATE.search(half) else 0
    elif hour < _FIRST_SURE:
        return shown if minute else f"{shown} o'clock"
    return f"{shown} {'pm' if hour >= 12 else 'am'}"


def _said(match: Match) -> str:
    """What a rule found, from its groups: hour, minute, past, to, half; as it stood if no time."""
    groups = match.groupdict("")
    shift = _minutes(groups.get("past", "")) - _minutes(groups.get("to", ""))
    total = 60 * int(groups["hour"]) + int(groups.get("minute") or 0) + shift
    if int(groups["hour"]) > 23 or int(groups.get("minute") or 0) > 59 or total < 0:
        return match[0]
    return _time(total // 60 % 24, total % 60, groups.get("half"))


def _minutes(said: str) -> int:
    """Minutes of "10", "quart", "halb", "10 halb"."""
    digits = re.search(r"\d+", said)
    quarters = re.search(r"quart|cuarto|viertel", said, re.IGNORECASE)
    halves = re.search(r"demi|media|halb", said, re.IGNORECASE)
    return int(digits[0] if digits else 0) + (15 if quarters else 0) + (30 if halves else 0)


def _numbers(words: Mapping[str, int]) -> Rule:
    """A rule that puts ``words`` in digits, the longest of those that fit."""
    of = {word_key(word): str(number) for word, number in words.items()}
    longest_first = "|".join(sorted(words, key=len, reverse=True))
    return rule(rf"\b(?:{longest_first})\b", lambda match: of[word_key(match[0])])


def _tens(names: str, first: int) -> list[tuple[str, int]]:
    return [(name, 10 * n) for n, name in enumerate(names.split(), first)]


_M = r"(?:[5-9]|[1-5]\d)"
"""Minutes that are said beside an hour."""

# --- German ---------------------------------------------------------------------------------

_DE_UNITS = [
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
]
_DE = dict(zip(_DE_UNITS, range(2, 13), strict=True)) | {"zwo": 2}
_DE |= {f"{unit}zehn": n for n, unit in enumerate(_DE_UNITS[1:8], 13)}
_DE |= {"sechzehn": 16, "siebzehn": 17}
for _ten, _n in _tens("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig", 2):
    _DE[_ten] = _n
    _DE |= {f"{u}und{_ten}": _n + m for m, u in enumerate(("ein", *_DE_UNITS[:8]), 1)}
_DE_ORDINALS = {"ersten": 1, "dritten": 3, "siebten": 7, "achten": 8}
_DE_ORDINALS |= {f"{word}{'ten' if n < 20 else 'sten'}": n for word, n in _DE.items() if n < 32}
_DE_HALF = (
    r"(?: (?P<half>(?:vor|nach)?mittags|morgens|früh|abends"
    r"|(?:am |on )?(?:Morgen|Vormittag|Nachmittag|Abend|morning|afternoon|evening)))?"
)
GERMAN_DATES: Final = rule(
    rf"\b(?:{'|'.join(_DE_ORDINALS)})(?= (?:{'|'.join(OTHER_MONTHS[24:])})\b)",
    lambda match: str(_DE_ORDINALS[match[0].casefold()]),
)
GERMAN_NUMBERS: Final = _numbers(_DE)
GERMAN_CLOCK: Final = (
    rule(r"\b(afternoon|evening) at (\d\d?)(:\d\d)? ?Uhr\b(?! \d)", r"\1 at \2\3"),
    rule(rf"\b(?P<past>viertel|{_M}) nach (?P<hour>\d\d?)\b", _said),
    rule(rf"\b(?P<to>viertel|{_M}) vor (?P<hour>\d\d?)\b", _said),
    rule(r"\bdrei(?P<to>viertel) (?P<hour>\d\d?)\b", _said),
    rule(rf"\b(?P<past>{_M}) nach (?P<to>halb) (?P<hour>\d\d?)\b", _said),
    rule(rf"\b(?P<to>(?:{_M} vor )?halb) (?P<hour>\d\d?)\b", _said),
    rule(rf"\b(?P<hour>\d\d?)[:.](?P<minute>\d\d) ?Uhr\b{_DE_HALF}", _said),
    rule(rf"\b(?P<hour>\d\d?) ?Uhr\b(?: (?P<minute>\d\d?)\b)?{_DE_HALF}", _said),
    rule(rf"\b(?P<hour>\d\d?):(?P<minute>\d\d)\b(?! [ap]m\b){_DE_HALF}", _said),
)

# --- French ---------------------------------------------------------------------------------

_FR_UNITS = "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_FR = {word: n for n, word in enumerate(_FR_UNITS.split(), 2)}
_FR |= {f"dix-{word}": 10 + n for word, n in _FR.items() if 7 <= n <= 9}
_FR |= {"septante": 70, "huitante": 80, "nonante": 90}
_TEENS = {f"-{word}": n for word, n in _FR.items() if n < 20}
for _ten, _n in _tens("vingt trente quarante cinquante soixante", 2):
    _FR |= {_ten: _n, f"{_ten} et un": _n + 1, f"{_ten}-et-un": _n + 1}
    _FR |= {f"{_ten}{unit}": _n + n for unit, n in _TEENS.items() if n < 10 or _n == 60}
_FR |= {"soixante et onze": 71, "quatre-vingts": 80, "quatre-vingt": 80, "quatre-vingt-un": 81}
_FR |= {f"quatre-vingt{unit}": 80 + n for unit, n in _TEENS.items()}
FRENCH_NUMBERS: Final = _numbers(_FR)
FRENCH_CLOCK: Final = (
    rule(
        r"\b(?P<half>soir|après-midi),? à (?P<hour>\d\d?) ?(?:heures?|h)(?![a-z])"
        r"(?: ?(?P<minute>\d\d?)\b)?",
        lambda match: f"{match['half']} à {_said(match)}",
    ),
    rule(r"\b(?:une|1) heure\b", "1 heures"),
    rule(r"(?<!après-)\bmidi\b", "12 heures"),
    rule(
        rf"\b(?P<hour>\d\d?) ?(?:heures?|h)(?![a-z])"
        rf"(?: ?(?P<minute>\d\d?)\b| et (?P<past>demie?|quart)\b| moins (?P<to>le quart|{_M})\b)?"
        r"(?: (?P<half>du matin|du soir|de l['’]après-midi))?",
        _said,
    ),
)

# --- Spanish --------------------------------------------------------------------------------

_ES_UNITS = (
    "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
    "diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro "
    "veinticinco veintiséis veintisiete veintiocho veintinueve"
)
_ES = {word: n for n, word in enumerate(_ES_UNITS.split(), 2)}
for _ten, _n in _tens("treinta cuarenta cincuenta sesenta setenta ochenta noventa", 3):
    _ES |= {_ten: _n, f"{_ten} y uno": _n + 1}
    _ES |= {f"{_ten} y {unit}": _n + m for m, unit in enumerate(_ES_UNITS.split()[:8], 2)}
_ES_HALF = r"(?P<half>(?:de|por|en) la (?:mañana|tarde|noche)|del mediodía)"
_NOT_BETWEEN = r"(?<!entre )(?<!entre las )"
SPANISH_NUMBERS: Final = _numbers(_ES)
SPANISH_CLOCK: Final = (
    rule(
        r"\b((?:de|por|en) la (?:mañana|tarde|noche)),? (a las? \d\d?(?::\d\d)?)\b"
        r"(?! (?:de|por|en) la\b)",
        r"\2 \1",
    ),
    rule(r"\ba la una\b", "a la 1"),
    rule(r"\b(?:al|a) mediodía\b", "a las 12:00"),
    rule(
        rf"{_NOT_BETWEEN}\b(?P<hour>\d\d?)"
        rf"(?: y (?P<past>media|cuarto|{_M})\b| menos (?P<to>cuarto|{_M})\b)(?: {_ES_HALF})?",
        _said,
    ),
    rule(rf"\b(?P<hour>\d\d?)(?::(?P<minute>\d\d))? (?:{_ES_HALF}|horas?\b)", _said),
)
