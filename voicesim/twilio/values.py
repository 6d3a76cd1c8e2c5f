"""What the value of an attribute may be: its form, its range, and what Twilio uses without it.

A ``Value`` reads one kind of value. Reading never raises, and takes time in proportion to the text.
"""

import re
from collections.abc import Callable, Iterable
from itertools import permutations
from typing import Final, Generic, TypeVar

T = TypeVar("T")

LONGEST_NUMBER: Final = 9
"""Digits in a number that an attribute may hold; no duration or count of Twilio's needs more."""
_MOST: Final = 10**LONGEST_NUMBER - 1


class Value(Generic[T]):
    """One kind of value.

    ``default`` is used where the attribute is missing or its value is not taken; ``otherwise`` says
    so in words. ``must`` completes "timeout='x' must be ...". ``usual`` holds the spellings that
    nearly every document uses, read already: looking there is all that most attributes cost.
    ``words`` are those that a value may have, in the case of Twilio's pages. ``meant`` turns loose
    spellings that documents in the wild have into the one that was meant.
    """

    __slots__ = ("_meant", "_read", "default", "must", "otherwise", "usual", "words")

    def __init__(
        self,
        must: str,
        read: Callable[[str], T | None],
        default: T,
        usual: Iterable[str] = (),
        otherwise: str = "",
        words: Iterable[str] = (),
        meant: Callable[[str], str] = str,
    ) -> None:
        self.must = must
        self._read = read
        self._meant = meant
        self.default = default
        self.otherwise = otherwise or _spelt(default)
        self.words = frozenset(words)
        self.usual: dict[str, T | None] = {text: read(text) for text in usual}
        if None in self.usual.values():
            raise ValueError(f"a usual value is not one: {self.usual}")

    def fits(self, text: str) -> bool:
        """Whether Twilio takes ``text``."""
        return text in self.usual or self._read(text) is not None

    def nearly(self, text: str) -> bool:
        """Whether ``text`` is a loose spelling of what Twilio takes."""
        return self.fits(self._meant(text))

    def spelt(self, text: str) -> bool:
        """Whether the words in ``text``, which fits, are in the case of Twilio's pages."""
        words = self.words
        return not words or all(word in words or word.isdigit() for word in text.split())

    def of(self, text: str | None) -> T:
        """What ``text`` stands for; the default where there is none or Twilio would not take it."""
        if text is None:
            return self.default
        known = self.usual.get(text)
        if known is None:
            known = self._read(text)
        return self.default if known is None else known


def _spelt(default: object) -> str:
    if isinstance(default, bool):
        return str(default).lower()
    return str(default) or "none"


def whole(
    default: int,
    least: int = 0,
    most: int = _MOST,
    *,
    unit: str = "",
    otherwise: str = "",
) -> Value[int]:
    """A whole number from ``least`` to ``most``; ``unit`` is what it counts."""

    def read(text: str) -> int | None:
        digits = text.strip()
        if not (digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_NUMBER):
            return None
        number = int(digits)
        return number if least <= number <= most else None

    number = f"a whole number of {unit}" if unit else "a whole number"
    bound = f"at least {least}" if most == _MOST else f"from {least} to {most}"
    usual = [str(number) for number in range(least, min(most, least + 60) + 1)]
    return Value(f"{number}, {bound}", read, default, usual, otherwise)


def whole_or(word: str, least: int, *, unit: str, otherwise: str) -> Value[int | str]:
    """A whole number, or ``word``; by default the empty text, which stands for ``otherwise``."""
    numbers = whole(least, least, unit=unit)

    def read(text: str) -> int | str | None:
        if text.strip().lower() == word:
            return word
        return numbers.of(text) if numbers.fits(text) else None

    usual = [word, *numbers.usual]
    must = f"{numbers.must}, or {word!r}"
    return Value[int | str](must, read, "", usual, otherwise, [word])


_LOOSE: Final = {
    "1": "true",
    "yes": "true",
    "on": "true",
    "0": "false",
    "no": "false",
    "off": "false",
}
"""How other languages write true and false: PHP's true is "1" in a text."""


def _meant_flag(text: str) -> str:
    return _LOOSE.get(text.strip().lower(), text)


def flag(default: bool) -> Value[bool]:
    """``true`` or ``false``, in any case."""
    known = {"true": True, "false": False}

    def read(text: str) -> bool | None:
        return known.get(text.strip().lower())

    return Value("'true' or 'false'", read, default, known, words=known, meant=_meant_flag)


def choice(default: str, words: str) -> Value[str]:
    """One of ``words``, in any case."""
    known = {word.lower(): word for word in words.split()}
    named = _listed(words.split())
    given = known.values()
    return Value(named, lambda text: known.get(text.strip().lower()), default, given, words=given)


def several(default: str, words: str) -> Value[frozenset[str]]:
    """One or more of ``words``, with spaces between."""
    known = {word.lower(): word for word in words.split()}

    def read(text: str) -> frozenset[str] | None:
        given = text.lower().split()
        return frozenset(known[w] for w in given) if given and known.keys() >= set(given) else None

    must = f"one or more of {_listed(words.split())}, with spaces between"
    usual = [*known.values(), *map(" ".join, permutations(known.values(), 2))]
    taken = frozenset(default.split())
    return Value(must, read, taken, usual, default or "none", known.values(), _spaced)


def _spaced(text: str) -> str:
    """A list as it was meant: what Node's arrays become has commas."""
    return text.replace(",", " ")


def matching(
    must: str, pattern: str, default: str = "", otherwise: str = "", usual: Iterable[str] = ()
) -> Value[str]:
    """A text that ``pattern`` matches as a whole; the pattern must not backtrack much."""
    compiled = re.compile(pattern, re.ASCII | re.IGNORECASE)

    def read(text: str) -> str | None:
        return text if compiled.fullmatch(text.strip()) else None

    return Value(must, read, default, usual, otherwise)


def keys(default: str, must: str, pattern: str, usual: Iterable[str] = ()) -> Value[str]:
    """Keys of a telephone, as ``pattern`` allows them."""
    compiled = re.compile(pattern)

    def read(text: str) -> str | None:
        return text if compiled.fullmatch(text) else None

    return Value(must, read, default, usual, repr(default) if default else "none")


def limited(most: int, *, entries: int = 0) -> Value[str]:
    """A text of at most ``most`` characters, or ``entries`` such texts with commas between."""

    def read(text: str) -> str | None:
        if not entries:
            return text if len(text) <= most else None
        parts = text.split(",")
        fits = len(parts) <= entries and all(len(part.strip()) <= most for part in parts)
        return text if fits else None

    must = f"at most {most} characters long"
    if entries:
        must = f"at most {entries} entries, each {must}, with commas between"
    return Value(must, read, "")


_NEVER_RAW = re.compile(r'[\x00-\x20\x7f"<>\\^`{|}]')
_ENCODABLE = re.compile(r'[ "<>^`{|}]')
_NAMED: Final = {" ": "a space", "\\": "a backslash"}
_WEBSOCKET = re.compile(r"wss?://", re.IGNORECASE)
_HOST = re.compile(r"(?:https?:)?//([^/?#]*)", re.IGNORECASE)


def raw_character(url: str) -> str:
    """What is in ``url`` that may be there encoded alone (RFC 2396, 2.4.3); "" for nothing."""
    found = _NEVER_RAW.search(url)
    if found is None:
        return ""
    mark = found[0]
    return _NAMED.get(mark) or (f"a {mark!r}" if mark.isprintable() else "a control character")


def encoded(url: str) -> str:
    """``url`` with such characters encoded, but for control characters and backslashes."""
    return _ENCODABLE.sub(lambda found: f"%{ord(found[0]):02X}", url)


def url_flaw(url: str, raw_characters: str) -> str:
    """Why a webhook to ``url`` fails whatever answers there; "" where nothing can be told.

    Of a websocket's URL nothing is: 11100 is about webhooks.
    """
    url = url.strip()
    if _WEBSOCKET.match(url):
        return ""
    if raw_characters == "encoded":
        url = encoded(url)
    if raw := raw_character(url):
        return raw
    host = _HOST.match(url) if "_" in url else None
    return "an underscore in its host" if host and "_" in host[1].rpartition("@")[2] else ""


_ABSOLUTE = re.compile(r"(?:https?|wss?)://[^/?#\s]", re.IGNORECASE)
_WSS = re.compile(r"wss://[^/?#\s]", re.IGNORECASE)
_ANY_SCHEME = re.compile(r"\w[\w+.-]*://")


_NO_WEBHOOK = re.compile(
    r"(?:about|blob|data|file|ftp|javascript|mailto|sips?|sms|tel|urn):(?!\d{1,5}(?:[/?#]|$))|[a-z]:[\\/]",
    re.IGNORECASE,
)
"""Schemes without "//", and a drive; "data:5000/voice" may be a host with its port."""


def _url(text: str) -> str | None:
    bare = text.strip()
    if "://" not in text:
        return None if _NO_WEBHOOK.match(bare) else text
    return text if _ABSOLUTE.match(bare) or not _ANY_SCHEME.match(bare) else None


URL: Final = Value("a URL of http or https with a host, or a relative one", _url, "")
"""Only what is certainly none is refused: another scheme, or no host. The rest shows when dialled.
"""


def _stream_url(text: str) -> str | None:
    bare = text.strip()
    return text if _WSS.match(bare) or not _ANY_SCHEME.match(bare) else None


STREAM_URL: Final = Value("a URL of wss with a host, or a relative one", _stream_url, "")
TEXT: Final[Value[str]] = Value("any text", lambda text: text, "")
LANGUAGE: Final = matching(
    "a language tag such as 'en-US'",
    r"[a-z]{2,8}(-[a-z0-9]{1,8}){0,8}",
    "en-US",
    usual=[
        "en-US",
        "en-GB",
        "de-DE",
        "es-ES",
        "es-MX",
        "es-US",
        "fr-FR",
        "it-IT",
        "pt-BR",
        "nl-NL",
    ],
)


def _listed(words: list[str]) -> str:
    quoted = [repr(word) for word in words]
    return " or ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))
