"""Intervals and tests of shares, against published values."""

import random
from math import comb, isclose

import pytest

from voicesim.results.intervals import Z95, fewer_by_chance, newcombe, weighted, wilson, z_of_all


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


def test_a_weighted_share_is_that_of_the_weights() -> None:
    """Of 80 % and 40 %, weighted 3 to 1: 70 %, with a variance worked out by hand."""
    share = weighted([(3, 40, 50), (1, 8, 20)])
    variance = 0.75**2 * 0.8 * 0.2 / 50 + 0.25**2 * 0.4 * 0.6 / 20
    kish = 1 / (0.75**2 / 50 + 0.25**2 / 20)
    assert share.value == pytest.approx(0.7)
    assert share.of == pytest.approx(min(kish, 0.7 * 0.3 / variance))
    scattered = weighted([(1, 1000, 1000), (1, 5, 10)])
    assert scattered.of == pytest.approx(0.75 * 0.25 / (0.25 * 0.25 / 10))


@pytest.mark.parametrize("strata", [[(7, 9, 10)], [(10, 9, 10), (20, 15, 20), (5, 5, 5)]])
def test_weighted_by_the_calls_themselves_it_is_the_plain_share(
    strata: list[tuple[int, int, int]],
) -> None:
    good, of = sum(one[1] for one in strata), sum(one[2] for one in strata)
    assert weighted(strata) == pytest.approx((good, of))
    assert wilson(*weighted(strata)) == pytest.approx(wilson(good, of))


def test_all_of_each_stratum_is_all() -> None:
    assert wilson(*weighted([(1, 7, 7), (5, 3, 3), (3, 11, 11)]))[1] == 1.0


def test_the_interval_of_a_weighted_difference_holds_what_is_so() -> None:
    """Two that are served alike but ring for other things: 95 % of 4,000 made-up runs."""
    rng, held, runs = random.Random(7), 0, 4000
    shares, its, theirs = (0.95, 0.6, 0.85), (10, 60, 30), (60, 20, 40)
    draw = lambda share, of: sum(rng.random() < share for _ in range(of))  # noqa: E731
    for _ in range(runs):
        good = sum(draw(p, n) for p, n in zip(shares, its, strict=True))
        strata = [(n, draw(p, m), m) for p, n, m in zip(shares, its, theirs, strict=True)]
        low, high = newcombe(good, sum(its), *weighted(strata))
        held += low <= 0 <= high
    assert 0.945 <= held / runs <= 0.985


@pytest.mark.parametrize("shares", [(0, 0, 5, 9), (5, 9, 0, 0)])
def test_of_nothing_nothing_is_known(shares: tuple[int, int, int, int]) -> None:
    assert newcombe(*shares) == (-1.0, 1.0)


def test_many_intervals_at_once_are_wider() -> None:
    """Of one it is the usual quantile; of five, each holds with 99 % (2.5758, any table)."""
    assert isclose(z_of_all(1), Z95, abs_tol=1e-6)
    assert isclose(z_of_all(5), 2.575829, abs_tol=1e-6)
    assert wilson(81, 263, z_of_all(5))[0] < wilson(81, 263)[0]
