"""Who rings: a name of the locale and a number that reaches nobody.

Numbers come from ranges kept free for fiction or tests, so that an agent which calls or texts back
cannot reach a person. Sources: NANPA (555-0100 to 555-0199 in each area code), Ofcom (07700 900000
to 900999), ACMA (0491 570 006 and its like), ARCEP (numbers for fiction, France), the
Bundesnetzagentur (notice 148/2021, numbers for media productions) and ComReg (020 91x xxxx,
Ireland). Where a country keeps none free (India, Mexico, Spain), the number begins with 0 after the
country code, where no number of that country does, so that it cannot be dialled.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import gcd
from typing import NamedTuple

from faker import Faker
from faker.config import AVAILABLE_LOCALES

from voicesim.base.draws import Draws
from voicesim.twilio.fields import Party


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


def _north_american(rows: str) -> tuple[Block, ...]:
    return tuple(
        Block(f"+1{area}55501", 2, city, state, code)
        for area, city, state, code in (row.split("|") for row in rows.split())
        for city in (city.replace("_", " "),)
    )


BLOCKS: dict[str, tuple[Block, ...]] = {
    "US": _north_american("""
        212|NEW_YORK|NY|10001 213|LOS_ANGELES|CA|90001 312|CHICAGO|IL|60601 713|HOUSTON|TX|77002
        602|PHOENIX|AZ|85003 215|PHILADELPHIA|PA|19102 210|SAN_ANTONIO|TX|78205
        619|SAN_DIEGO|CA|92101 214|DALLAS|TX|75201 512|AUSTIN|TX|78701 904|JACKSONVILLE|FL|32202
        614|COLUMBUS|OH|43215 317|INDIANAPOLIS|IN|46204 415|SAN_FRANCISCO|CA|94102
        206|SEATTLE|WA|98101 303|DENVER|CO|80202 202|WASHINGTON|DC|20001 617|BOSTON|MA|02108
        313|DETROIT|MI|48226 615|NASHVILLE|TN|37201 503|PORTLAND|OR|97204 702|LAS_VEGAS|NV|89101
        404|ATLANTA|GA|30303 305|MIAMI|FL|33130 612|MINNEAPOLIS|MN|55401 504|NEW_ORLEANS|LA|70112
        801|SALT_LAKE_CITY|UT|84101 816|KANSAS_CITY|MO|64106 412|PITTSBURGH|PA|15222
        505|ALBUQUERQUE|NM|87102
    """),
    "CA": _north_american("""
        416|TORONTO|ON| 647|TORONTO|ON| 514|MONTREAL|QC| 604|VANCOUVER|BC| 403|CALGARY|AB|
        613|OTTAWA|ON| 780|EDMONTON|AB| 204|WINNIPEG|MB| 902|HALIFAX|NS| 418|QUEBEC|QC|
    """),
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


def number_of(country: str, draws: Draws) -> Party:
    """The party of this call: no number comes twice in a run until the range is used up."""
    blocks = BLOCKS[country]
    total = sum(block.size for block in blocks)
    run = Draws(draws.seed, 0)
    stride = 1 + run.below(total, "number stride")
    while gcd(stride, total) != 1:
        stride += 1
    place = (run.below(total, "number offset") + draws.index * stride) % total
    for block in blocks:
        if place < block.size:
            rest = f"{place:0{block.digits}d}" if block.digits else ""
            return Party(block.prefix + rest, block.city, block.state, block.zip, country)
        place -= block.size
    raise AssertionError("place is below the sum of the sizes")  # pragma: no cover


@lru_cache(maxsize=64)
def _faker(locale: str) -> Faker:
    return Faker(locale)


def known_locales() -> list[str]:
    """The locales that names can be of."""
    return sorted(AVAILABLE_LOCALES)


def name_of(locale: str, draws: Draws) -> str:
    """A first and a last name of ``locale``."""
    faker = _faker(locale)
    faker.seed_instance(draws.bits("name"))
    return f"{faker.first_name()} {faker.last_name()}"


def make_identity(locale: str, country: str, draws: Draws) -> Identity:
    """Who rings; once a call, when it is made."""
    return Identity(name_of(locale, draws), number_of(country, draws))
