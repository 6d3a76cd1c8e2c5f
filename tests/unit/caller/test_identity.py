import re
from datetime import date

import pytest

from voicesim.base.draws import Draws
from voicesim.caller.facts import TIMES, draw_facts, draw_identity, setup_facts, spoken_number
from voicesim.caller.identity import BLOCKS, make_identity, number_of
from voicesim.caller.models import NumberStyle
from voicesim.caller.names import STREAMS
from voicesim.config.callers import Catalogue

RESERVED = {
    "US": r"\+1[2-9]\d\d55501\d\d",
    "CA": r"\+1[2-9]\d\d55501\d\d",
    "GB": r"\+447700900\d{3}",
    "AU": r"\+6149157[0-9]\d{3,5}",
    "FR": r"\+33(63998|19900|26191|35301|46571|53649)\d{4}",
    "DE": r"\+49(3023125|6990009|4066969|2214710|8999998)\d{3}|\+4917139200\d\d",
    "IE": r"\+3532091\d{5}",
    "IN": r"\+9100000\d{5}",
    "MX": r"\+5200000\d{5}",
    "ES": r"\+340000\d{5}",
}
E164 = re.compile(r"\+[1-9]\d{7,14}")


@pytest.mark.parametrize("country", sorted(BLOCKS))
def test_every_number_is_reserved_and_none_comes_twice(country: str) -> None:
    size = sum(block.size for block in BLOCKS[country])
    many = min(size // STREAMS * STREAMS or STREAMS // 2, 5000)
    numbers = [number_of(country, Draws(7, index)).number for index in range(many)]
    assert len(set(numbers)) == many
    for number in numbers:
        assert re.fullmatch(RESERVED[country], number), number
        assert E164.fullmatch(number), number


def test_another_seed_begins_elsewhere() -> None:
    first = {number_of("GB", Draws(seed, 0)).number for seed in range(50)}
    assert len(first) > 40


def test_a_party_knows_where_it_is() -> None:
    parties = [number_of("CA", Draws(1, index)) for index in range(200)]
    toronto = next(party for party in parties if party.number.startswith("+1416"))
    assert (toronto.city, toronto.state, toronto.zip, toronto.country) == (
        "TORONTO",
        "ON",
        "",
        "CA",
    )


def test_names_are_of_the_locale_and_repeatable() -> None:
    again = [make_identity("en_GB", "GB", Draws(3, 5)) for _ in range(2)]
    assert again[0] == again[1]
    names = {make_identity("fr_FR", "FR", Draws(3, index)).name for index in range(50)}
    assert len(names) > 45
    assert all(len(name.split()) >= 2 for name in names)


@pytest.mark.parametrize(
    ("number", "country", "style", "spoken"),
    [
        ("+14165550142", "CA", NumberStyle.GROUPED, "416-555-0142"),
        ("+14165550142", "CA", NumberStyle.RUN_TOGETHER, "4165550142"),
        (
            "+14165550142",
            "US",
            NumberStyle.WORDS,
            "four one six, five five five, zero one four two",
        ),
        ("+447700900123", "GB", NumberStyle.GROUPED, "+44 7700 900123"),
        ("+447700900123", "GB", NumberStyle.RUN_TOGETHER, "+447700900123"),
        ("+33639981234", "FR", NumberStyle.GROUPED, "+33 6 39 98 12 34"),
        ("+910000012345", "IN", NumberStyle.GROUPED, "+91 000 001 2345"),
        ("+491713920012", "DE", NumberStyle.GROUPED, "+49 171 392 0012"),
        ("+353209112345", "IE", NumberStyle.GROUPED, "+353 209 112 345"),
        (
            "+61491570006",
            "AU",
            NumberStyle.WORDS,
            "plus six one, four nine one, five seven zero, zero zero six",
        ),
    ],
)
def test_how_a_number_is_said(number: str, country: str, style: NumberStyle, spoken: str) -> None:
    assert spoken_number(number, country, style) == spoken


def test_facts(catalogue: Catalogue) -> None:
    moving, standard = catalogue.scenarios["reschedule_request"], catalogue.personas["standard"]
    for index in range(200):
        draws = Draws(1, index)
        identity = draw_identity(standard, moving, draws)
        facts = draw_facts(standard, moving, identity, draws, date(2026, 3, 4))
        assert facts.day not in (facts.old_day, "Wednesday", "Saturday", "Sunday")
        assert facts.old_day not in ("Wednesday", "Saturday", "Sunday", "")
        assert facts.time in TIMES
        assert facts.old_time not in (facts.time, "")
        old = setup_facts(facts)
        assert old is not None
        assert (old.name, old.phone) == (facts.name, facts.phone)
        assert (old.day, old.time, old.old_day) == (facts.old_day, facts.old_time, "")
        assert setup_facts(old) is None


def test_the_scenario_says_where_the_number_is_from(catalogue: Catalogue) -> None:
    scenario, standard = catalogue.scenarios["international_caller"], catalogue.personas["standard"]
    assert draw_identity(standard, scenario, Draws(1, 1)).party.country == "GB"
