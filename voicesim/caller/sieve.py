"""Patterns that are tried only where a word of theirs is in the text.

Most sentences hold nothing that most of the tables' patterns look for, and a pattern of fifty words
takes microseconds to say so. So of each pattern the letters are worked out of which some must be in
any match ("book", "cancel" ...), and a text's words tell which patterns may match at all. What this
cannot read of a pattern makes it one that is always tried: it may be slow, it is never wrong.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache, reduce
from operator import or_
from typing import Any

_parser: Any = re._parser  # type: ignore[attr-defined]
_WORD = re.compile(r"[\w'’]+")
_LITERAL = re.compile(r"[a-z0'’]+|[?:]")
_GAPS = str.maketrans({c: " " for c in map(chr, range(128)) if not (c.isalnum() or c in "_'")})
_DIGIT, _ANY_DIGIT = "0", re.compile(r"\d")
_TO_ASCII = str.maketrans("ſıİK", "siik")
"""Letters that a pattern without case takes for these."""
_MOST_TEXTS = 64
"""So many texts a piece of a pattern may stand for; of more only its best part is looked for."""
_MOST_WORDS, _LONGEST = 512, 32
"""So many words are kept, none of them longer."""
_MARKS = ("?", ":")
_COMMON = frozenset(
    ("a", "i", "the", "you", "your", "is", "0", "00", "it", "and", "to", "for", "on", "at")
)

Texts = frozenset[str]
"""Of these one must be in any match."""


class Sieved:
    """A pattern that is tried on a text only where it may match."""

    __slots__ = ("bit", "pattern")

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = re.compile(pattern, flags)
        self.bit = _BITS.added(letters_of(pattern))
        bits_of.cache_clear()

    def may(self, text: str) -> bool:
        """Whether it may match ``text``."""
        return bits_of(text) & self.bit != 0

    def search(self, text: str, at: int = 0) -> re.Match[str] | None:
        """The first match in ``text`` from ``at`` on."""
        return self.pattern.search(text, at) if bits_of(text) & self.bit else None

    def sub(self, other: str, text: str) -> str:
        """``text`` with ``other`` for each match."""
        return self.pattern.sub(other, text) if bits_of(text) & self.bit else text

    def findall(self, text: str) -> list[Any]:
        """What matches in ``text``, or its group where the pattern has one."""
        return self.pattern.findall(text) if bits_of(text) & self.bit else []

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The matches in ``text``."""
        return self.pattern.finditer(text) if bits_of(text) & self.bit else iter(())


class _Bits(dict[str, int]):
    """For each word the patterns that it may be part of a match of; ``always`` are all others."""

    def __init__(self) -> None:
        self.always = 0
        self._next = 1
        self._letters: dict[str, int] = {}
        self._longest = 0

    def added(self, letters: Texts) -> int:
        """The bit of a pattern that needs one of ``letters``; of none, and it is always tried."""
        bit, self._next = self._next, self._next * 2
        for piece in letters:
            self._letters[piece] = self._letters.get(piece, 0) | bit
            self._longest = max(self._longest, len(piece))
        self.always |= 0 if letters else bit
        self.clear()
        return bit

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_WORDS:
            self.clear()
        bare, bits = _bare(word), 0
        for at in range(len(bare)):
            for end in range(at + 1, min(at + self._longest, len(bare)) + 1):
                bits |= self._letters.get(bare[at:end], 0)
        if len(word) <= _LONGEST:
            self[word] = bits
        return bits


_BITS = _Bits()


@lru_cache(maxsize=16)
def bits_of(text: str) -> int:
    """The patterns that may match ``text``, as bits; kept while one text is looked into."""
    words = text.lower().translate(_GAPS).split() if text.isascii() else _WORD.findall(text)
    words += [mark for mark in _MARKS if mark in text]
    return reduce(or_, map(_BITS.__getitem__, words), _BITS.always)


def _bare(text: str) -> str:
    """``text`` in small letters, one digit for all, as it is looked for."""
    return _ANY_DIGIT.sub(_DIGIT, text.translate(_TO_ASCII).lower())


def letters_of(pattern: str) -> Texts:
    """Pieces of words, in small letters, one of which is in any match; none where none must be."""
    best = _Need()
    for item in _parser.parse(pattern):
        best.take(item)
    return best.ended()


class _Need:
    """What a sequence of a pattern's items needs.

    ``texts`` are all that it stands for, while they are few; ended, the best of the sets of pieces
    of which it needs one.
    """

    def __init__(self) -> None:
        self.texts: Texts | None = frozenset(("",))
        self._run: Texts = frozenset(("",))
        self._best: Texts = frozenset()

    def take(self, item: tuple[Any, Any]) -> None:
        kind, value = str(item[0]), item[1]
        texts, needed = _KINDS.get(kind, _unknown)(value)
        self.texts = _joined(self.texts, texts)
        longer = _joined(self._run, texts)
        if longer is None:
            self._settle(self._run)
            self._settle(texts if texts is not None else frozenset())
            longer = frozenset(("",))
        self._settle(needed)
        self._run = longer

    def ended(self) -> Texts:
        self._settle(self._run)
        return self._best

    def _settle(self, found: Texts) -> None:
        pieces = frozenset(max(_LITERAL.findall(text), key=_worth, default="") for text in found)
        if pieces and "" not in pieces and _value(pieces) > _value(self._best):
            self._best = pieces


def _joined(before: Texts | None, after: Texts | None) -> Texts | None:
    """Each text of ``before`` with each of ``after``; None where not known or too many."""
    if before is None or after is None or len(before) * len(after) > _MOST_TEXTS:
        return None
    return frozenset(one + other for one in before for other in after)


def _worth(piece: str) -> int:
    return 1 if piece in _COMMON else 2 if piece in _MARKS else len(piece)


def _value(pieces: Texts) -> tuple[int, int]:
    """How seldom one of them is in a text: by the commonest, then by how few they are."""
    return (min(map(_worth, pieces)), -len(pieces)) if pieces else (0, 0)


Read = tuple[Texts | None, Texts]
"""All texts that an item may stand for (None: not known), and pieces of which it needs one."""
_NOTHING: Read = (frozenset(("",)), frozenset())
_UNKNOWN: Read = (None, frozenset())


def _unknown(_: object) -> Read:
    return _UNKNOWN


def _nothing(_: object) -> Read:
    return _NOTHING


def _literal(code: int) -> Read:
    return frozenset((_bare(chr(code)),)), frozenset()


def _any_of(items: list[tuple[Any, Any]]) -> Read:
    found: set[str] = set()
    for kind, value in items:
        if str(kind) == "LITERAL":
            found.add(_bare(chr(value)))
        elif str(value) == "CATEGORY_DIGIT":
            found.add(_DIGIT)
        else:
            return _UNKNOWN
    return frozenset(found), frozenset()


def _sequence(items: Any) -> Read:
    need = _Need()
    for item in items:
        need.take(item)
    return need.texts, need.ended()


def _branch(value: tuple[Any, list[Any]]) -> Read:
    read = [_sequence(items) for items in value[1]]
    texts: set[str] | None = set()
    for each, _ in read:
        texts = None if texts is None or each is None else texts | each
    needed = [needed for _, needed in read]
    return frozenset(texts) if texts is not None else None, (
        frozenset().union(*needed) if all(needed) else frozenset()
    )


def _group(value: tuple[Any, ...]) -> Read:
    return _sequence(value[-1])


def _repeat(value: tuple[int, int, Any]) -> Read:
    least, most, items = value
    texts, needed = _sequence(items)
    if least == 0:
        return (texts | {""} if texts is not None and most == 1 else None), frozenset()
    return (texts if (least, most) == (1, 1) else None), needed


_KINDS: dict[str, Callable[[Any], Read]] = {
    "LITERAL": _literal,
    "IN": _any_of,
    "BRANCH": _branch,
    "SUBPATTERN": _group,
    "MAX_REPEAT": _repeat,
    "MIN_REPEAT": _repeat,
    "AT": _nothing,
    "ASSERT": _nothing,
    "ASSERT_NOT": _nothing,
}
