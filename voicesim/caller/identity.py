"""Who rings: a name of the locale and a number that reaches nobody.

Numbers come from ranges kept free for fiction or tests, so that an agent which calls or texts back
cannot reach a person. Sources: NANPA (555-0100 to 555-0199 in each area code), Ofcom (07700 900000
to 900999), ACMA (0491 570 006 and its like), ARCEP (numbers for fiction, France), the
Bundesnetzagentur (notice 148/2021, numbers for media productions) and ComReg (020 91x xxxx,
Ireland). Where a country keeps none free (India, Mexico, Spain), the number begins with 0 after the
country code, where no number of that country does, so that it cannot be dialled.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from voicesim.base.draws import Draws
from voicesim.caller.areas import CANADA, US
from voicesim.caller.names import STREAMS, name_of, order_of
from voicesim.caller.names import known_locales as known_locales
from voicesim.twilio.fields import Party

_BEGINS = tuple(int(f"{stream:05b}"[::-1], 2) for stream in range(STREAMS))
"""Where each stream begins, in parts of STREAMS: the first two half the range apart, and so on."""


class Block(NamedTuple):
    """Numbers in a row: ``prefix`` followed by ``digits`` free digits, and where they are."""

    prefix: str
    digits: int
    city: str = ""
    state: str = ""
    zip: str = ""

    @property
    def size(self) -> int:
        """How many numbers there are."""
        return int(10**self.digits)


def _north_american(lines: str) -> tuple[Block, ...]:
    """The numbers 555-0100 to 555-0199 of every area code in ``lines`` (see areas)."""
    blocks: list[Block] = []
    for state, cities in re.findall(r"(\w\w):([^:]+)(?=\s\w\w:|$)", lines.strip()):
        for row in cities.split(","):
            city, *codes = row.split()
            zip_code = next((code for code in codes if len(code) == 5), "")
            blocks.extend(
                Block(f"+1{code}55501", 2, city.replace("_", " "), state, zip_code)
                for code in codes
                if code != zip_code
            )
    return tuple(blocks)


BLOCKS: dict[str, tuple[Block, ...]] = {
    "US": _north_american(US),
    "CA": _north_american(CANADA),
    "GB": (Block("+447700900", 3),),
    "AU": tuple(
        Block(f"+61491{rest}", 0)
        for rest in (
            *("570006", "570156", "570157", "570158", "570159", "570110"),
            *("570313", "570737", "571266", "571491", "571804", "572549"),
            *("572665", "572983", "573770", "573087", "574118", "574632"),
            *("575254", "575789", "576398", "576801", "577426", "577644"),
            *("578957", "578148", "578888", "579212", "579760", "579455"),
        )
    ),
    "FR": tuple(
        Block(prefix, 4)
        for prefix in ("+3363998", "+3319900", "+3326191", "+3335301", "+3346571", "+3353649")
    ),
    "DE": (
        Block("+493023125", 3, "BERLIN"),
        Block("+496990009", 3, "FRANKFURT"),
        Block("+494066969", 3, "HAMBURG"),
        Block("+492214710", 3, "KOELN"),
        Block("+498999998", 3, "MUENCHEN"),
        Block("+4917139200", 2),
    ),
    "IE": (Block("+3532091", 5),),
    "IN": (Block("+9100000", 5),),
    "MX": (Block("+5200000", 5),),
    "ES": (Block("+340000", 5),),
}


@dataclass(frozen=True, slots=True)
class Identity:
    """The name a caller gives and the party it is to Twilio."""

    name: str
    party: Party


@lru_cache(maxsize=64)
def _size(country: str) -> int:
    """How many numbers are given out: all, rounded down to as many for each stream."""
    total = sum(block.size for block in BLOCKS[country])
    return total // STREAMS * STREAMS or total


@lru_cache(maxsize=64)
def _begins(country: str) -> tuple[int, ...]:
    """At which place each of the country's blocks begins."""
    return tuple(accumulate((block.size for block in BLOCKS[country][:-1]), initial=0))


def number_of(country: str, draws: Draws) -> Party:
    """The party of this call.

    Each stream of call numbers begins as far as can be from the others and goes on from there: no
    number comes twice until one stream has come to where another began. A single worker has the
    whole range to itself, two have half of it each.
    """
    n, stream = divmod(draws.index, STREAMS)
    size = _size(country)
    turn = (_BEGINS[stream] * size // STREAMS + n) % size
    place = order_of(draws.seed, size, "number").place(turn)
    begins = _begins(country)
    at = bisect_right(begins, place) - 1
    block = BLOCKS[country][at]
    rest = f"{place - begins[at]:0{block.digits}d}" if block.digits else ""
    return Party(block.prefix + rest, block.city, block.state, block.zip, country)


def first_index_of(country: str, number: str, seed: int, stream: int) -> tuple[int, int] | None:
    """The first call of ``stream`` that has ``number``, and after how many it has it again.

    None for a number that no call has. Both count calls of the stream alone: the call's number is
    ``n * STREAMS + stream``.
    """
    before, size = 0, _size(country)
    for block in BLOCKS[country]:
        rest = number.removeprefix(block.prefix)
        if rest != number and len(rest) == block.digits and (not rest or rest.isdecimal()):
            place = before + int(rest or "0")
            if place >= size:
                return None
            turn = order_of(seed, size, "number").turn(place)
            return (turn - _BEGINS[stream] * size // STREAMS) % size, size
        before += block.size
    return None


def make_identity(locale: str, country: str, draws: Draws) -> Identity:
    """Who rings; once a call, when it is made."""
    return Identity(name_of(locale, draws), number_of(country, draws))
