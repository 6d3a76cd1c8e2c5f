"""Names and numbers that no two calls of a run share, and that can be read back into the call."""

import pytest

from voicesim.base.draws import Draws
from voicesim.caller.identity import BLOCKS, first_index_of, number_of
from voicesim.caller.names import STREAMS, key, name_of, names_of
from voicesim.caller.words import fold


def indices(workers: int, calls: int) -> list[int]:
    """The call numbers of ``workers`` workers with so many calls each."""
    return [n * STREAMS + stream for n in range(calls) for stream in range(workers)]


def read_back(name: str, locale: str, seed: int) -> int | None:
    first, _, rest = name.partition(" ")
    last, _, second = rest.partition("-")
    return names_of(locale).index(key(first), key(last), key(second), seed)


@pytest.mark.parametrize("calls", [indices(1, 60_000), indices(3, 20_000), list(range(60_000))])
@pytest.mark.parametrize("locale", ["en_US", "en_GB", "de_DE"])
def test_no_two_calls_share_a_name(locale: str, calls: list[int]) -> None:
    names = {fold(name_of(locale, Draws(5, index))) for index in calls}
    assert len(names) == len(calls)


def test_callers_of_two_locales_do_not_meet_either() -> None:
    american = {fold(name_of("en_US", Draws(5, index))) for index in range(100_000)}
    for locale in ("en_GB", "de_DE", "en_NZ"):
        names = {fold(name_of(locale, Draws(5, index))) for index in range(100_000)}
        assert not american & names


def test_locales_that_faker_gives_the_same_names_are_one() -> None:
    assert names_of("en_CA") is names_of("en_US") is not names_of("en_GB")


@pytest.mark.parametrize("locale", ["en_US", "en_GB", "fr_FR", "pl_PL"])
def test_a_name_is_read_back_into_its_call(locale: str) -> None:
    for index in (0, 1, 31, 32, 12_345, 700_001, 5_000_000):
        assert read_back(name_of(locale, Draws(9, index)), locale, 9) == index
    assert read_back("Nobody Atall", locale, 9) is None


def test_names_are_plain_as_long_as_there_are_any_and_then_double() -> None:
    size = names_of("en_US").size
    assert size > 600_000
    plain = name_of("en_US", Draws(1, (size // 4 - 1) * STREAMS))
    assert "-" not in plain
    assert "-" in name_of("en_US", Draws(1, size // 4 * STREAMS))


@pytest.mark.parametrize("locale", ["en_US", "en_GB", "bn_BD", "ga_IE", "is_IS", "zh_CN", "vi_VN"])
def test_names_can_be_spoken(locale: str) -> None:
    for index in range(500):
        first, last = name_of(locale, Draws(3, index)).split(" ")
        assert not any(c.isdigit() or c in ".,;:()" for c in first + last)
        assert key(first) not in ("april", "may", "monday")


def test_seeds_differ() -> None:
    assert len({name_of("en_US", Draws(seed, 7)) for seed in range(100)}) > 95


# --- numbers --------------------------------------------------------------------------------------


def test_there_are_many_american_numbers() -> None:
    assert sum(block.size for block in BLOCKS["US"]) >= 25_000
    assert sum(block.size for block in BLOCKS["CA"]) >= 4_000
    prefixes = [block.prefix for country in ("US", "CA") for block in BLOCKS[country]]
    assert len(set(prefixes)) == len(prefixes)
    assert all(block.state and block.city for country in ("US", "CA") for block in BLOCKS[country])


@pytest.mark.parametrize(("workers", "calls"), [(1, 33_000), (2, 16_000), (4, 8_000), (32, 1_000)])
def test_workers_share_no_numbers(workers: int, calls: int) -> None:
    numbers = {number_of("US", Draws(5, index)).number for index in indices(workers, calls)}
    assert len(numbers) == workers * calls


@pytest.mark.parametrize("country", sorted(BLOCKS))
def test_a_number_is_read_back_into_its_calls(country: str) -> None:
    for index in (0, 5, 77, 1000, 123_456):
        n, stream = divmod(index, STREAMS)
        number = number_of(country, Draws(4, index)).number
        found = first_index_of(country, number, 4, stream)
        assert found is not None
        first, step = found
        assert first <= n or n < step
        assert (n - first) % step == 0
        assert number_of(country, Draws(4, first * STREAMS + stream)).number == number
    assert first_index_of(country, "+15005550006", 4, 0) is None


def test_a_party_has_the_zip_code_of_its_city() -> None:
    by_code = {block.prefix: block for block in BLOCKS["US"]}
    assert by_code["+121255501"][2:] == ("NEW YORK", "NY", "10001")
    assert by_code["+133455501"][2:] == ("MONTGOMERY", "AL", "")
