"""Cross-talk: a caller hears another caller's name or number, so the agent mixes calls up.

Names and numbers follow from the seed and the call's number, so what is heard is read back into the
call that it is of: nothing is kept of a caller but one byte that says that it rang, and of which
locale and country it is. One CrossTalk a process: it knows the callers of its own process, and
keeps what may be another process's as ``suspects``, for whoever knows of all (``mixups``).

No false alarm is worth a true one. These are let pass:

- the caller's own values, whole or in part, and what was reported of them;
- once anything was misreported in the call: whatever is close to those, since an agent may hold an
  earlier or a pieced-together report (a name that shares a word, a number but for two digits);
- the record of a caller whose number this one has too, or whose name or number was reported here
  by mistake: the agent found it rightly;
- a first or a last name alone;
- a value that was heard before its owner ever rang: the agent's own name, its office number.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import NamedTuple

from voicesim.base.draws import Draws
from voicesim.base.findings import Finding, Level
from voicesim.base.remembering import kept
from voicesim.call.talk import FieldValue
from voicesim.caller.checking import same
from voicesim.caller.facts import CODES
from voicesim.caller.identity import first_index_of, number_of
from voicesim.caller.names import STREAMS, Names, key, names_of
from voicesim.caller.stating import own_sentences
from voicesim.caller.words import DIGIT_WORDS, digits_of, find_numbers, plain

CODE = "cross-talk"
_TAIL = 4000
_MOST = 50
"""So many names of one prompt are looked at."""
_PAGE = 1024
_INNOCENTS = 10_000
_CLOSE_DIGITS = 2
_TIMES = 20
"""A value is held suspect so many times; the agent's own are said in every call."""
_FEWEST_DIGITS = 7
_SAID = (*DIGIT_WORDS, "oh", "double", "triple")
_POSSESSIVE = re.compile(r"['’]s$")
_NAME_LIKE = re.compile(
    r"(?<!\S)[\"“(]*([^\W\d_a-z](?:\S*[^\s.,:;!?)])?) "
    r"(?=([^\W\d_a-z]\S*)(?: ([^\W\d_a-z]\S*))?)"
)
"""Two or three words beside each other that begin as names do, with nothing after the first."""
_SMALL = re.compile(
    r"\b(?:for|with|named|(?i:name) is|(?i:thank you|thanks|hello|hi|welcome)),? "
    r"([^\W\d_A-Z][^\W\d_]+) "
    r"(?=([^\W\d_A-Z][^\W\d_]+(?:-[^\W\d_]+)?)()(?:[.,:;!?]|$| (?:on|at)\b))"
)
"""The same in small letters, where a name stands and no more is said of it."""
_TURNED = re.compile(
    r"(?:^|[.?!:,] |(?<![^\W\d_])[^\W\d_A-Z]\S* )[\"“(]*([^\W\d_a-z][^\s.,:;!?]+), "
    r"(?=([^\W\d_a-z][^\W\d_]+)(?!\S*\w| [^\W\d_a-z]))"
)
"""The last name, then the first: "Doe, Jane"; nobody's that another name goes before or after."""
_EDGES = "\"“”'’.,:;!?()[]*"


class Said(NamedTuple):
    """What a text names: names (keys of first, last and next word, and as said) and numbers."""

    names: tuple[tuple[str, str, str, str], ...]
    numbers: tuple[str, ...]
    text: str = ""


class Own(NamedTuple):
    """Who hears it: ``call``, its own values and what was reported of them last.

    ``garbled`` is whether anything at all was misreported in the call.
    """

    seed: int
    call: int
    name: str
    phone: str
    reported_name: str = ""
    reported_phone: str = ""
    garbled: bool = False
    scenario: str = ""
    persona: str = ""


class Suspect(NamedTuple):
    """A name or number that is of no caller of this process, and who heard it, and how."""

    said: Said
    own: Own
    how: str


@kept(512)
def said_in(text: str) -> Said | None:
    """The names and whole phone numbers that ``text`` may hold; None when there are none."""
    text = plain(text[-_TAIL:])
    names = _names_in(text)
    numbers: tuple[str, ...] = ()
    if sum(map(text.count, "0123456789")) + sum(map(text.count, _SAID)) >= _FEWEST_DIGITS:
        numbers = tuple(n for n in find_numbers(text) if len(n) >= _FEWEST_DIGITS)
    return Said(names, numbers, text) if names or numbers else None


def _names_in(text: str) -> tuple[tuple[str, str, str, str], ...]:
    """Each that may be a name: keys of its first, last and next word, and as it was said."""
    names = []
    for one, two, third in (*_NAME_LIKE.findall(text), *_SMALL.findall(text))[:_MOST]:
        last = _POSSESSIVE.sub("", two.rstrip(_EDGES))
        second = third.rstrip(_EDGES) if two[-1] not in _EDGES else ""
        if "-" in last:
            last, _, second = last.partition("-")
        names.append((key(one), key(last), key(second), f"{one} {two.rstrip(_EDGES)}"))
    for last, first in _TURNED.findall(text)[:_MOST]:
        one, _, second = last.partition("-")
        names.append((key(first), key(one), key(second), f"{last}, {first}"))
    return tuple(names)


class CrossTalk:
    """Which callers rang in this process, and whose a value is that is heard."""

    def __init__(self) -> None:
        self._kinds: list[tuple[str, str]] = []
        self._pages: dict[tuple[int, int], bytearray] = {}
        self._newest: dict[int, int] = {}
        self._innocent: set[str] = set()
        self._suspected: dict[str, int] = {}
        self.suspects: list[Suspect] = []
        """What may be another process's; whoever takes them empties the list."""

    def rang(self, index: int, locale: str, country: str) -> None:
        """Call ``index`` is placed, its name of ``locale``, its number of ``country``."""
        if (locale, country) not in self._kinds:
            self._kinds.append((locale, country))
        n, stream = divmod(index, STREAMS)
        page = self._pages.setdefault((stream, n // _PAGE), bytearray(_PAGE))
        page[n % _PAGE] = 1 + self._kinds.index((locale, country))
        self._newest[stream] = max(n, self._newest.get(stream, 0))

    def heard(self, said: Said, own: Own) -> tuple[Finding, ...]:
        """The findings of a prompt with ``said`` in it that ``own`` hears."""
        return self.judged(said, own, "heard")

    def judged(self, said: Said, own: Own, how: str) -> tuple[Finding, ...]:
        """The findings of what ``own`` has come by in the way that ``how`` says."""
        return tuple(self._findings(said, own, how))

    def stored(
        self, seed: int, index: int, fields: tuple[FieldValue, ...], stored: Mapping[str, str]
    ) -> tuple[Finding, ...]:
        """The findings of what an agent stored of call ``index`` (by field: name, phone)."""
        values = {value.name: value for value in fields}
        if "name" not in values or "phone" not in values:
            return ()
        name, phone = values["name"], values["phone"]
        own = Own(seed, index, name.meant, phone.meant, name.reported, phone.reported, garbled=True)
        names = _names_in(stored.get("name", ""))
        numbers = find_numbers(stored.get("phone", ""))
        return self.judged(Said(names, numbers), own, "was stored with")

    # --- within -------------------------------------------------------------------------------

    def _findings(self, said: Said, own: Own, how: str) -> Iterator[Finding]:
        for first, last, second, spoken in said.names:
            if "," in spoken and {first, last} & _words(own.name):
                continue  # "with Doctor Smith, Jane"
            other = self._of_name(first, last, second, own)
            if other is not None:
                yield _finding(own.call, how, "name", spoken, other)
            elif self._may_be_elsewhere(f"{first} {last}", own, first, last):
                names = ((first, last, second, spoken),)
                self.suspects.append(Suspect(Said(names, ()), own, how))
        for digits in said.numbers:
            if said.text and digits not in _told(said.text):
                continue
            other = self._of_number(digits, own)
            if other is not None:
                yield _finding(own.call, how, "number", digits, other)
            elif not self._is_own_number(digits, own) and self._new_enough(digits):
                self.suspects.append(Suspect(Said((), (digits,)), own, how))

    def _of_name(self, first: str, last: str, second: str, own: Own) -> int | None:
        """The call of that name, when it is another's for certain."""
        value = f"{first} {last}"
        for names in _each_names(self._locales()):
            plain = names.index(first, last, "", own.seed)
            if plain is None or _is_own(first, last, own):
                continue
            double = names.index(first, last, second, own.seed) if second else None
            for index in (double, plain):
                if index is not None and self._is_of(index, names):
                    return None if self._excused(value, index, own) else index
            self._forgive(value)
        return None

    def _of_number(self, digits: str, own: Own) -> int | None:
        """The call of that number, when it is another's for certain."""
        if self._is_own_number(digits, own):
            return None
        known = False
        for country in dict.fromkeys(country for _, country in self._kinds):
            for number, stream in product(_in_full(digits, CODES[country]), self._newest):
                found = first_index_of(country, number, own.seed, stream)
                known = known or found is not None
                index = self._latest(stream, *found, country) if found else None
                if index is not None:
                    return None if self._excused(digits, index, own) else index
        if known:
            self._forgive(digits)
        return None

    def _may_be_elsewhere(self, value: str, own: Own, first: str, last: str) -> bool:
        """Whether a name may be of a call of another process, as far as can be told here."""
        places = (names.index(first, last, "", own.seed) for names in _each_names(self._locales()))
        stream = own.call % STREAMS
        found = any(place is not None and place % STREAMS != stream for place in places)
        return found and not _is_own(first, last, own) and self._new_enough(value)

    def _new_enough(self, value: str) -> bool:
        """Whether ``value`` is not said all the time, as the agent's own name and number are."""
        times = self._suspected.get(value, 0)
        if times >= _TIMES or (not times and len(self._suspected) >= _INNOCENTS):
            return False
        self._suspected[value] = times + 1
        return True

    @staticmethod
    def _is_own_number(digits: str, own: Own) -> bool:
        """Whether a number may well be the caller's own or what was reported of it."""
        if own.phone.endswith(digits) or same("phone", digits, own.phone):
            return True
        if same("phone", digits, own.reported_phone):
            return True
        return own.garbled and (_close(digits, own.phone) or _close(digits, own.reported_phone))

    def _latest(self, stream: int, first: int, step: int, country: str) -> int | None:
        """The latest call of ``stream`` that rang with a number that call ``first`` has."""
        newest = self._newest[stream]
        for n in range(newest - (newest - first) % step, -1, -step):
            index = n * STREAMS + stream
            if (kind := self._kind(index)) is not None and kind[1] == country:
                return index
        return None

    def _excused(self, value: str, index: int, own: Own) -> bool:
        """Whether the agent may say ``value`` of call ``index`` for all that."""
        if value in self._innocent or index == own.call:
            return True
        kind, draws = self._kind(index), Draws(own.seed, index)
        if kind is None:  # pragma: no cover
            return True
        number = number_of(kind[1], draws).number
        name = names_of(kind[0]).name(index, own.seed)
        return (
            same("phone", number, own.phone)
            or same("phone", number, own.reported_phone)
            or _words(name) <= _words(own.reported_name)
        )

    def _forgive(self, value: str) -> None:
        """Remember what was heard before its owner rang."""
        if len(self._innocent) < _INNOCENTS:
            self._innocent.add(value)

    def _locales(self) -> dict[str, None]:
        return dict.fromkeys(locale for locale, _ in self._kinds)

    def _is_of(self, index: int, names: Names) -> bool:
        kind = self._kind(index)
        return kind is not None and names_of(kind[0]) is names

    def _kind(self, index: int) -> tuple[str, str] | None:
        """Locale and country of call ``index``; None when it did not ring."""
        n, stream = divmod(index, STREAMS)
        page = self._pages.get((stream, n // _PAGE))
        code = page[n % _PAGE] if page else 0
        return self._kinds[code - 1] if code else None


def _each_names(locales: Iterable[str]) -> Iterable[Names]:
    """The names of each of ``locales``, those that share them once."""
    return {id(names): names for names in map(names_of, locales)}.values()


def _finding(index: int, how: str, what: str, value: str, other: int) -> Finding:
    return Finding(CODE, Level.ERROR, f"Call {index} {how} the {what} {value!r} of call {other}.")


def _told(text: str) -> tuple[str, ...]:
    """The numbers in ``text`` but for those that are the agent's own."""
    return find_numbers(own_sentences(text))


def _is_own(first: str, last: str, own: Own) -> bool:
    """Whether a name may well be made of the caller's own or of what was reported of it."""
    mine, reported = _words(own.name), _words(own.reported_name)
    words = {first, last}
    return words <= mine or words <= reported or (own.garbled and bool(words & (mine | reported)))


def _words(name: str) -> frozenset[str]:
    return frozenset(key(word) for word in re.split(r"[\s\-]+", name) if key(word))


def _in_full(digits: str, code: str) -> set[str]:
    """What ``digits`` may be in E.164 in the country with ``code``."""
    national = digits.removeprefix(code) if code != "1" or len(digits) == 11 else digits
    return {f"+{code}{national}", f"+{code}{national.removeprefix('0')}"}


def _close(digits: str, other: str) -> bool:
    """Whether two numbers differ in a few digits at most, or may be pieces of one another."""
    numbers = find_numbers(other) or (digits_of(other),)
    size = min(len(digits), *map(len, numbers))
    return bool(size) and any(
        sum(a != b for a, b in zip(digits[-size:], number[-size:], strict=True)) <= _CLOSE_DIGITS
        for number in numbers
    )
