"""Intervals and tests of shares, against published values."""

from math import comb, isclose

import pytest

from voicesim.results.intervals import Z95, fewer_by_chance, newcombe, wilson, z_of_all


@pytest.mark.parametrize(
    ("good", "of", "low", "high"),
    [(0, 50, 0.0, 0.0713), (25, 25, 0.8668, 1.0), (81, 263, 0.2553, 0.3662), (0, 0, 0.0, 1.0)],
)
def test_wilson(good: int, of: int, low: float, high: float) -> None:
    """81 of 263: Newcombe 1998, table I."""
    found = wilson(good, of)
    assert isclose(found[0], low, abs_tol=1e-4)
    assert isclose(found[1], high, abs_tol=1e-4)


def test_fishers_tea() -> None:
    """Fisher's lady: 1 of 4 right, of the others 3 of 4: 17 of 70 as few."""
    assert isclose(fewer_by_chance(1, 4, 3, 4), 17 / 70)
    assert isclose(fewer_by_chance(4, 4, 0, 4), 1.0)


@pytest.mark.parametrize(
    ("good", "of", "others_good", "others"),
    [(3, 10, 25, 40), (0, 31, 200, 240), (12, 12, 5, 9), (60, 100, 850, 900), (7, 9, 0, 5)],
)
def test_the_chance_is_that_of_counting_every_way(
    good: int, of: int, others_good: int, others: int
) -> None:
    everyone, all_good = of + others, good + others_good
    ways = sum(
        comb(of, k) * comb(others, all_good - k) for k in range(max(0, all_good - others), good + 1)
    )
    exact = ways / comb(everyone, all_good)
    assert isclose(fewer_by_chance(good, of, others_good, others), exact, rel_tol=1e-9)


def test_a_million_calls_are_judged_without_numbers_of_a_million_digits() -> None:
    assert fewer_by_chance(500, 1000, 899_000, 999_000) < 1e-100
    assert 0.4 < fewer_by_chance(900, 1000, 899_100, 999_000) < 0.6


@pytest.mark.parametrize(
    ("shares", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((0, 10, 0, 10), -0.2775, 0.2775),
        ((10, 10, 0, 20), 0.6791, 1.0),
        ((10, 10, 0, 10), 0.6075, 1.0),
    ],
)
def test_newcombe(shares: tuple[int, int, int, int], low: float, high: float) -> None:
    """Newcombe 1998, table II, method 10: all eight of his examples."""
    found = newcombe(*shares)
    assert isclose(found[0], low, abs_tol=6e-5)
    assert isclose(found[1], high, abs_tol=6e-5)


def test_the_other_way_round_the_interval_is_mirrored() -> None:
    low, high = newcombe(9, 10, 3, 10)
    assert newcombe(3, 10, 9, 10) == pytest.approx((-high, -low))


@pytest.mark.parametrize("shares", [(0, 0, 5, 9), (5, 9, 0, 0)])
def test_of_nothing_nothing_is_known(shares: tuple[int, int, int, int]) -> None:
    assert newcombe(*shares) == (-1.0, 1.0)


def test_many_intervals_at_once_are_wider() -> None:
    """Of one it is the usual quantile; of five, each holds with 99 % (2.5758, any table)."""
    assert isclose(z_of_all(1), Z95, abs_tol=1e-6)
    assert isclose(z_of_all(5), 2.575829, abs_tol=1e-6)
    assert wilson(81, 263, z_of_all(5))[0] < wilson(81, 263)[0]
