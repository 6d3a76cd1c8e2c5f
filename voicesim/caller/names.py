"""Names that no two calls of a run share: a seeded order of all first with all last names.

The names are Faker's for the locale. Call ``index`` takes the name at its place in the order, so
that a name can be read back into the call it is of, and nothing need be kept. So that two locales
of one run do not meet either, every name of another locale has a first or a last name that en_US
has not. (Two locales neither of which is en_US may still share one now and then.)

Call numbers are ``n * STREAMS + stream``, one stream a worker. The names are dealt out to the
streams, most to the first ones: of en_US (688,000 names) the first two workers have 172,000 calls
each before the plain names are used up, of en_GB (74,000) 18,000. From there on last names are
double ("Jane Doe-Roe"), some 1,000 (110) times as many. After that names repeat.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import gcd

from faker import Faker
from faker.config import AVAILABLE_LOCALES

from voicesim.base.draws import Draws
from voicesim.caller.words import DAYS, MONTHS, fold

STREAMS = 32
"""Call numbers of worker w are w, w + 32, w + 64 ...: no two workers share one."""
_SHARES = (64, 64, 32, 32, *(8,) * 4, *(2,) * 8, *(1,) * 16)
"""What each stream has of the names, in parts of _PARTS."""
_PARTS = sum(_SHARES)
_STARTS = tuple(sum(_SHARES[:stream]) for stream in range(STREAMS))
_BASE = "en_US"
_SPOKEN = ("en_US", "es_MX", "fr_FR", "de_DE")
"""Of the languages that callers speak."""
_OTHER_FIRSTS = (
    "Gladys Priya Wei Raj Bernice Beulah Blanche Edna Elsie Estelle Ethel Eunice Lillian "
    "Lloyd Lois Lucille Mabel Marjorie Maxine Mildred Minnie Muriel Myrtle Thelma Velma "
    "Vivian Winifred Aiden Ava Avery Bella Harper Isla Jayden Layla Lily Luna Mila Scarlett "
    "Zoey Aisha Khadija Mariam Muhammad Zainab Aarav Ananya Anil Arjun Deepak Divya Kavita "
    "Lakshmi Meera Neha Nikhil Pooja Rahul Rajesh Ravi Rohan Sanjay Sunita Vijay Vikram Akira "
    "Haruto Hiroshi Kenji Yuki Yuto Minh Linh Dmitri Siobhan Niamh Aoife Ciara Deirdre Eoin "
    "Lupita Consuelo Ximena Thiago Odile"
)
"""Common first names that the lists lack."""
_FEW = 20
_SAMPLES = 2000
_KINDS = ("", "_male", "_female")


def key(word: str) -> str:
    """``word`` as it is compared: one word whatever its accents, case or apostrophes."""
    return fold(word).replace(" ", "")


_NO_NAMES = frozenset(key(word) for word in (*DAYS, *MONTHS, "Day", "Weeks", "Domingo", "Freitag"))
"""Names that would be taken for dates."""


@dataclass(frozen=True, slots=True)
class Order:
    """The numbers below ``size`` in an order drawn from a seed."""

    size: int
    stride: int
    offset: int
    inverse: int

    def place(self, turn: int) -> int:
        """Where in the order ``turn`` (0 .. size - 1) is."""
        return (self.offset + turn * self.stride) % self.size

    def turn(self, place: int) -> int:
        """The turn that has ``place``."""
        return (place - self.offset) * self.inverse % self.size


@lru_cache(maxsize=256)
def order_of(seed: int, size: int, purpose: str) -> Order:
    """The order of ``size`` things in the run with ``seed``."""
    draws = Draws(seed, 0)
    stride = 1 + draws.below(size, f"{purpose} stride")
    while gcd(stride, size) != 1:
        stride += 1
    offset = draws.below(size, f"{purpose} offset")
    return Order(size, stride, offset, pow(stride, -1, size))


class Block:
    """Every first name with every last name of two lists."""

    def __init__(self, firsts: list[str], lasts: list[str]) -> None:
        self.firsts, self.lasts = tuple(firsts), tuple(lasts)
        self.size = len(firsts) * len(lasts)

    @cached_property
    def first_at(self) -> dict[str, int]:
        """Where each first name is, by its key."""
        return {key(name): at for at, name in enumerate(self.firsts)}

    @cached_property
    def last_at(self) -> dict[str, int]:
        """Where each last name is, by its key."""
        return {key(name): at for at, name in enumerate(self.lasts)}

    def name(self, place: int, generation: int) -> str:
        """The name at ``place``; from generation 1 on with a double last name."""
        at, lasts = place % len(self.lasts), self.lasts
        first, last = self.firsts[place // len(lasts)], lasts[at]
        shift = generation % len(lasts)
        return f"{first} {last}-{lasts[(at + shift) % len(lasts)]}" if shift else f"{first} {last}"

    def find(self, first: str, last: str, second: str) -> tuple[int, int] | None:
        """Place and generation of a name, given by its keys; ``second`` "" for none."""
        one, at = self.first_at.get(first), self.last_at.get(last)
        other = self.last_at.get(second) if second else at
        if one is None or at is None or other is None:
            return None
        return one * len(self.lasts) + at, (other - at) % len(self.lasts)


class Names:
    """All names of a locale, numbered."""

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        self._blocks = tuple(block for block in blocks if block.size)
        total = sum(block.size for block in self._blocks)
        self.size = max(total // _PARTS, 1) * _PARTS
        self._total = total

    def name(self, index: int, seed: int) -> str:
        """The name of call ``index``."""
        n, stream = divmod(index, STREAMS)
        generation, turn = divmod(n, _SHARES[stream] * self.size // _PARTS)
        turn += _STARTS[stream] * self.size // _PARTS
        place = order_of(seed, self.size, "name").place(turn) % self._total
        for block in self._blocks:
            if place < block.size:
                return block.name(place, generation)
            place -= block.size
        raise AssertionError("place is below the sum of the sizes")  # pragma: no cover

    def index(self, first: str, last: str, second: str, seed: int) -> int | None:
        """The call of that name (given by its keys), the first of them should there be several."""
        before = 0
        for block in self._blocks:
            found = block.find(first, last, second)
            if found is not None and before + found[0] < self.size:
                turn = order_of(seed, self.size, "name").turn(before + found[0])
                part = turn * _PARTS // self.size
                stream = next(s for s in reversed(range(STREAMS)) if _STARTS[s] <= part)
                share = _SHARES[stream] * self.size // _PARTS
                n = found[1] * share + turn - _STARTS[stream] * self.size // _PARTS
                return n * STREAMS + stream
            before += block.size
        return None


def known_locales() -> list[str]:
    """The locales that names can be of."""
    return sorted(AVAILABLE_LOCALES)


@lru_cache(maxsize=64)
def names_of(locale: str) -> Names:
    """The names of ``locale``; its lists are read once."""
    firsts, lasts = _lists(locale)
    base_firsts, base_lasts = _lists(_BASE)
    if (firsts, lasts) == (base_firsts, base_lasts):
        return _base_names()
    shared = [name for at, name in firsts.items() if at in base_firsts]
    own_firsts = [name for at, name in firsts.items() if at not in base_firsts]
    own_lasts = [name for at, name in lasts.items() if at not in base_lasts]
    return Names((Block(own_firsts, list(lasts.values())), Block(shared, own_lasts)))


@lru_cache(maxsize=1)
def _base_names() -> Names:
    firsts, lasts = _lists(_BASE)
    return Names((Block(list(firsts.values()), list(lasts.values())),))


def name_of(locale: str, draws: Draws) -> str:
    """The first and last name of this call's caller."""
    return names_of(locale).name(draws.index, draws.seed)


@lru_cache(maxsize=1)
def first_names() -> frozenset[str]:
    """The keys of the first names of a few locales: words by which somebody is spoken to."""
    listed = (name for locale in _SPOKEN for name in _lists(locale)[0])
    return frozenset((*listed, *map(key, _OTHER_FIRSTS.split())))


@lru_cache(maxsize=64)
def _lists(locale: str) -> tuple[dict[str, str], dict[str, str]]:
    """First and last names of ``locale``, each single words under their keys."""
    faker = Faker(locale)
    provider = next(p for p in faker.get_providers() if "providers.person" in type(p).__module__)
    found: list[dict[str, str]] = []
    for kind in ("first_name", "last_name"):
        lists = [getattr(provider, f"{kind}s{suffix}", None) or () for suffix in _KINDS]
        words = _clean(str(name) for names in lists for name in names)
        if len(words) < _FEW:  # the locale makes its names up
            faker.seed_instance(0)
            words = _clean(str(getattr(faker, kind)()) for _ in range(_SAMPLES))
        found.append(words)
    return found[0], found[1]


def _clean(words: Iterable[str]) -> dict[str, str]:
    """``words`` that can be spoken as one word each, the first of those with the same key."""
    clean: dict[str, str] = {}
    for word in words:
        if _is_word(word) and key(word) and key(word) not in _NO_NAMES:
            clean.setdefault(key(word), word)
    return clean


def _is_word(word: str) -> bool:
    return all(c in "'’" or unicodedata.category(c)[0] in "LM" for c in word)
