"""Comparing what is heard back with what was meant, and never blaming an agent without cause.

A field counts as stated only when the prompt names it clearly: an opening hour, the agent's own
number or a weekday among several says nothing. What is not stated is not judged.
"""

import re
from collections.abc import Callable, Sequence
from itertools import takewhile

from voicesim.caller.addressing import NOT_NAMES, addressed
from voicesim.caller.halves import other_half
from voicesim.caller.stating import booked_in, numbers_in, own_sentences
from voicesim.caller.words import (
    DAYS,
    GAPS,
    Time,
    digits_of,
    find_days,
    find_numbers,
    find_times,
    fold,
    may_be_range,
    plain,
    sentences,
)

FIELDS = ("name", "phone", "day", "time")
_PARTY = ("name", "phone")
_WHEN = ("day", "time")
_CLOCK = re.compile(r"(?:1[0-2]|[1-9])(?::[0-5]\d)? [ap]m")
_END = 7
"""So many digits may be but the end of a number."""
_ENDS = ("", *" .,;?!")
_COUNTRY_CODES = frozenset(("1", "33", "34", "44", "49", "52", "61", "91", "353"))
_WORD = r"[A-ZÀ-ÖØ-Þ][\w'’\-]+"
_NAMED = (
    re.compile(
        rf"(?<![Mm]y )\b[Nn]ame (?:is|as|of|was|I have is)[:,]? ({_WORD}(?: {_WORD}){{0,3}})"
    ),
    re.compile(
        rf"({_WORD}(?: {_WORD}){{1,3}}), (?:with |your |at )?(?:the )?"
        rf"(?:phone|telephone|number|mobile|contact)"
    ),
    re.compile(rf"(?:^|[.?!:,] )({_WORD}), with (?:the|your) (?:\w+ )?number\b"),
    re.compile(rf"\b[Bb]ooked,? (?:for )?({_WORD} {_WORD}(?: {_WORD})?),? (?:for|on)\b"),
    re.compile(rf"\b[Nn]ame: ({_WORD}(?: {_WORD}){{0,3}})"),
    re.compile(rf"\b[Yy]our name's ({_WORD}(?: {_WORD}){{0,3}})"),
)
_LED = r"(?:[Tt]hat's|[Tt]hat is|[Hh]ave|'ve got|[Cc]onfirm|[Ss]o|[Aa]lso|[Aa]l ?right|[Oo]kay)"
_CALLED = rf"({_WORD} {_WORD}(?: {_WORD})?)"
_WHOSE = (
    re.compile(
        rf"\b{_LED},? {_CALLED}(?:,| down| coming in)?(?: on| at| for)? (?:{'|'.join(DAYS)}|\d)"
    ),
    re.compile(rf"\b[Bb]ooked(?: in| you)?, {_CALLED}(?=[.!,]|$)"),
    re.compile(rf"(?:^|[.?!] ){_CALLED}, you(?:'re| are| have been) (?:all )?(?:booked|confirmed)"),
)
"""Whose booking it is, in words that may be of something else: all of them must be a name's."""
_FOR = re.compile(rf"\b(?:for|under) ({_WORD} {_WORD}(?: {_WORD})?)(?=[.,:;?!]|$| (?:on|at)\b)")
"""For whom, in a sentence with a day or time."""
_NO_NAME = re.compile(
    r"\b(?:for|under|name is|name as) (sorry,? (?:could|can) you (?:please )?(?:repeat|say)[\w ]*)",
    re.IGNORECASE,
)
"""What a caller said that had not understood what it was asked."""
_GREETED = (
    r"\b(?:[Tt]hank you|[Tt]hanks|[Gg]ood ?bye|[Bb]ye|[Oo]kay|[Oo]k|[Pp]erfect|[Gg]reat|"
    r"[Ww]onderful|[Aa]l ?right|[Hh]i|[Hh]ello)(?: (?:so|very) much)?,? "
)
_VOCATIVES = (
    re.compile(rf"{_GREETED}({_WORD} {_WORD}(?: {_WORD})?)(?=[.,!;:]|$)"),
    re.compile(
        rf"(?:{_GREETED}|^|[.?!] |(?:booked|confirmed|reserved), )"
        rf"(?:Mr|Mrs|Ms|Miss) "
        rf"({_WORD}(?: {_WORD}){{0,2}})(?=[.,!;:]|$)"
    ),
)
"""Names by which the agent speaks to the caller."""
_TITLE = r"(?i:mrs?|ms|miss|señor(?:a|ita)?|sra?|madame|monsieur|frau|herr)"
_ISO_DATE = re.compile(
    r"\b(?:19|20)\d\d-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?"
)
"""Digits that are no number to ring."""
_STAFF = re.compile(
    r"\bour (?:\w+ )?(?:hygienist|dentist|doctor|stylist|therapist|specialist|nurse|assistant|"
    r"colleague|barber|trainer|vet)\b",
    re.IGNORECASE,
)
"""Speaks of somebody who works there."""


def same(field: str, one: str, other: str) -> bool:
    """Whether two values of ``field`` mean the same ("3 pm", "15:00"; "Tuesday", "tuesday")."""
    return bool(one) if one == other else _SAME[field](one, other)


def clear(field: str, value: str) -> bool:
    """Whether ``value``, as the recogniser reported it, can be read in one way only."""
    return _CLEAR[field](value)


def stated(
    field: str,
    text: str,
    meant: str,
    reported: str,
    known: str = "",
    rejected: str = "",
    *,
    confirms: bool = False,
    old: str = "",
) -> str:
    """What ``text`` states of ``field``, or "" when nothing clear.

    ``meant`` itself when it is there in whatever form, then what was ``reported``, then the name
    or number that was ``rejected`` before; else the only other value that is stated, unless it is
    ``known`` (the appointment of before). Where it ``confirms`` rather than asks, the words count
    that say what is booked, the latest first; what they say of the ``old`` one does not.
    """
    text = plain(text)
    if confirms and field in _WHEN:
        booked = _booked(field, text, (meant, reported), old)
        if booked:
            return booked
    if _said_so(field, text, meant):
        return meant
    found = _FIND[field](text) if field != "name" else ()
    if not found and field == "time":
        return other_half(_told_in(field, text, confirms=confirms), (meant, reported))
    if not found and field != "name":
        return ""
    if _mentions(field, text, found, meant):
        return meant
    if reported and _mentions(field, text, found, reported):
        return _as_heard(field, found, reported)
    if field in _PARTY and _tells(rejected) and _mentions(field, text, found, rejected):
        return _as_heard(field, found, rejected)
    values = [
        value
        for value in _FIND[field](_told_in(field, text, confirms=confirms))
        if not known or not same(field, value, known)
        if field != "name" or not _is_polite(value, text, meant)
    ]
    if field == "name" and reported and not values:
        values = addressed(_told_in(field, text, confirms=confirms), meant, reported)
    return values[0] if len(values) == 1 else ""


def _is_polite(value: str, text: str, meant: str) -> bool:
    """Whether the caller is spoken to as "Ms Jacobs": not all of its name, and all that is due."""
    if not set(fold(value).split()) <= set(fold(meant).split()):
        return False
    return re.search(rf"\b{_TITLE}\.? {re.escape(value)}\b", text) is not None


def _told_in(field: str, text: str, *, confirms: bool) -> str:
    """What of ``text`` (plain) may state another value of ``field`` than is known of."""
    if field == "phone":
        return numbers_in(text, confirms=confirms)
    if confirms and field in _WHEN:
        return " ".join(booked_in(text))
    return own_sentences(text)


def _booked(field: str, text: str, told: tuple[str, str], old: str) -> str:
    """The day or time that ``text`` says to be booked: one that was told, or else the only one."""
    for clause in reversed(booked_in(text)):
        found = _FIND[field](clause)
        for value in told:
            if any(same(field, one, value) for one in found):
                return value
        found = [one for one in found if not old or not same(field, one, old)]
        if len(found) == 1:
            return found[0]
    return ""


def _said_so(field: str, text: str, value: str) -> bool:
    """Whether ``text`` (plain) has a name or time word for word; False when it need be looked for.

    A time may be within a range, so not where anything may join it to another.
    """
    if field == "name":
        at = text.find(value) if value else -1
    elif field == "time" and _CLOCK.fullmatch(value) and not may_be_range(text):
        text = text.casefold()
        at = text.find(value)
    else:
        return False
    ends = at + len(value)
    return at >= 0 and (at == 0 or text[at - 1] == " ") and text[ends : ends + 1] in _ENDS


def passes(field: str, came: str, meant: str, *, in_part: bool) -> bool:
    """Whether ``came`` stands for what was ``meant``; of a name a part does where ``in_part``."""
    if field != "name" or in_part:
        return same(field, came, meant)
    return whole_name(came, meant)


def came_through(field: str, reported: str, meant: str) -> bool:
    """Whether the recogniser ``reported`` all of what was ``meant``, to be read in one way only."""
    if reported == meant:
        return True
    if not clear(field, reported) or not passes(field, reported, meant, in_part=False):
        return False
    return field != "phone" or _is_all(_national(reported), _national(meant))


def whole_name(came: str, meant: str) -> bool:
    """Whether ``came`` has the first and the last word of the name ``meant``."""
    wanted = fold(meant).split()
    return bool(wanted) and {wanted[0], wanted[-1]} <= set(fold(came).split())


def _tells(value: str) -> bool:
    """Whether more of ``value`` than words that are said of anything."""
    return not NOT_NAMES.issuperset(fold(value).split())


def _mentions(field: str, text: str, stated: Sequence[str], value: str) -> bool:
    """Whether ``text``, in which ``stated`` was found, has ``value`` in whatever form."""
    if field == "name":
        wanted = fold(value)
        return bool(wanted) and f" {wanted} " in f" {fold(text)} "
    return any(same(field, found, value) for found in stated)


def _as_heard(field: str, stated: Sequence[str], value: str) -> str:
    """The ``value`` that is among what is ``stated``; of a number the digits that are.

    What was reported of a number may be but its end, and that would pass for the whole.
    """
    if field != "phone":
        return value
    return next(found for found in stated if same(field, found, value))


def _find_times(text: str) -> list[str]:
    return [time.spoken() for time in find_times(text)]


def _find_phones(text: str) -> list[str]:
    text = _ISO_DATE.sub(" ", text)
    return [digits for digits in find_numbers(text) if len(digits) >= 7 or _ending(digits, text)]


def _ending(digits: str, text: str) -> bool:
    if len(digits) < 3 or not re.search(r"\b(?:ending|ends|last)\b", text, re.IGNORECASE):
        return False
    return len(digits) <= 6


def _find_names(text: str) -> list[str]:
    found: list[str] = []
    text = " ".join(sentence for sentence in sentences(text) if not _STAFF.search(sentence))
    for pattern in _NAMED:
        for match in pattern.finditer(text):
            named = match.group(1).split()
            words = list(takewhile(lambda word: fold(word) not in NOT_NAMES, named))
            if len(words) > 1 or words == named or pattern is _NAMED[0]:
                found.append(" ".join(words))
    for sentence in sentences(text):
        if " for " in sentence or " under " in sentence:
            found += _NO_NAME.findall(sentence)
            named = _FOR.findall(sentence) if find_days(sentence) or find_times(sentence) else ()
            found += [n for n in named if NOT_NAMES.isdisjoint(fold(n).split())]
    for pattern in (*_WHOSE, *_VOCATIVES):
        names = (match.group(1) for match in pattern.finditer(text))
        found += [name for name in names if NOT_NAMES.isdisjoint(fold(name).split())]
    return [name for name in dict.fromkeys(found) if name]


def _same_name(one: str, other: str) -> bool:
    """One name's words all among the other's: agents drop middle names and keep "uh"."""
    mine, theirs = set(fold(one).split()), set(fold(other).split())
    return bool(mine and theirs) and (mine <= theirs or theirs <= mine)


def _same_phone(one: str, other: str) -> bool:
    """The same digits; a country code may be left out, and only the end be said.

    Digits of what follows may have run into ``one``, which was heard; none may be missing there.
    """
    mine, theirs = (_national(value) for value in (one, other))
    longer, shorter = sorted((mine, theirs), key=len, reverse=True)
    if len(shorter) < 3:
        return False
    if len(shorter) <= _END:
        return longer.endswith(shorter)
    head, found, tail = longer.partition(shorter)
    ends = not tail or (shorter == theirs and len(tail) <= 2)
    return bool(found) and (not head or head in _COUNTRY_CODES) and ends


def _is_all(digits: str, number: str) -> bool:
    """Whether ``digits``, the same as ``number``, are more than its end."""
    return len(digits) > _END or len(digits) >= len(number)


def _national(value: str) -> str:
    digits = value.removeprefix("+").translate(GAPS)
    if not (digits.isascii() and digits.isdecimal()):
        found = find_numbers(value)
        digits = max(found, key=len) if found else digits_of(value)
    return digits.lstrip("0") if len(digits) > 6 else digits


def _same_day(one: str, other: str) -> bool:
    return find_days(one) == find_days(other) != []


def _time(value: str) -> Time | None:
    found = find_times(value) or find_times(f"at {value}")
    return found[0] if len(found) == 1 else None


def _same_time(one: str, other: str) -> bool:
    mine, theirs = _time(one), _time(other)
    return mine is not None and theirs is not None and mine.same(theirs)


_SAME: dict[str, Callable[[str, str], bool]] = {
    "name": _same_name,
    "phone": _same_phone,
    "day": _same_day,
    "time": _same_time,
}
_FIND: dict[str, Callable[[str], Sequence[str]]] = {
    "name": _find_names,
    "phone": _find_phones,
    "day": find_days,
    "time": _find_times,
}
_CLEAR: dict[str, Callable[[str], bool]] = {
    "name": lambda value: bool(fold(value)),
    "phone": lambda value: len(find_numbers(value)) == 1 and len(find_numbers(value)[0]) >= 7,
    "day": lambda value: len(find_days(value)) == 1,
    "time": lambda value: _time(value) is not None,
}
