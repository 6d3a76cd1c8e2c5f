"""Intervals of means: against published values, and how often they hold the truth."""

from math import isclose, sqrt

import pytest

from voicesim.results.means import Mean, apart, of_calls, of_groups, quantile, weighted


@pytest.mark.parametrize(
    ("freedom", "level", "reach"),
    [
        (1, 0.95, 12.706),
        (2, 0.95, 4.303),
        (3, 0.95, 3.182),
        (4, 0.95, 2.776),
        (10, 0.95, 2.228),
        (10, 0.99, 3.169),
        (30, 0.95, 2.042),
        (120, 0.95, 1.980),
        (1e9, 0.95, 1.962),
        (4.9, 0.95, 2.776),  # never fewer than it should be
    ],
)
def test_students_quantiles(freedom: float, level: float, reach: float) -> None:
    """Tables of Student's t; above a thousand degrees of freedom it stays where it is."""
    assert isclose(quantile(freedom, level), reach, abs_tol=6e-4)


def test_the_mean_of_what_each_call_has_one_of() -> None:
    """5, 6, 7 and 10: the variance is 14/3, and unseen calls add 1.96 ** 2 / 4 ** 2."""
    found = of_calls(4, 28, 25 + 36 + 49 + 100)
    assert found is not None
    assert (found.value, found.freedom, found.of) == (7.0, 3, 4)
    assert found.variance == pytest.approx(14 / 3 / 4)
    low, high = found.interval() or (0.0, 0.0)
    assert high - 7.0 == pytest.approx(7.0 - low)
    assert high - 7.0 == pytest.approx(3.1824 * sqrt(14 / 3 / 4 + 1.959964**2 / 16), abs=1e-3)


def test_calls_that_are_all_alike_do_not_tell_that_all_are() -> None:
    found = of_calls(30, 60, 120)
    assert found is not None
    assert (found.value, found.variance) == (2.0, 0.0)
    low, high = found.interval() or (0.0, 0.0)
    assert (low, high) == pytest.approx((2 - 2.0452 * 1.96 / 30, 2 + 2.0452 * 1.96 / 30), abs=1e-4)


def test_of_one_call_there_is_no_interval_and_of_none_no_mean() -> None:
    one, group = of_calls(1, 5, 25), of_groups([(3, 6.0)])
    assert one is not None
    assert group is not None
    assert (one.value, one.interval(), group.value, group.interval()) == (5.0, None, 2.0, None)
    assert (of_calls(0, 0, 0), of_groups([])) == (None, None)


def test_what_comes_several_times_a_call() -> None:
    """Groups of 1, 2 and 3 gaps: 12 s in all, 2 s each; they are 1, 2 and -3 s off that."""
    found = of_groups([(1, 3.0), (2, 6.0), (3, 3.0)])
    assert found == Mean(2.0, (1 + 4 + 9) / 36 * 3 / 2, 2, 6)


def test_welchs_example() -> None:
    """Variances of the means 1.2 and 0.3 with 9 and 19 freedoms: 2.25 / (0.16 + 0.09 / 19)."""
    found = apart(Mean(8.0, 1.2, 9, 10), Mean(5.0, 0.3, 19, 20))
    assert (found.value, found.variance) == (3.0, 1.5)
    assert found.freedom == pytest.approx(2.25 / (1.44 / 9 + 0.09 / 19))


def test_strata_are_weighted() -> None:
    easy, hard = Mean(4.0, 0.2, 9, 10, 0.04), Mean(8.0, 0.4, 4, 5, 0.15)
    found = weighted([(30, easy), (10, hard)])
    assert (found.value, found.of) == (5.0, 15)
    assert found.variance == pytest.approx(9 / 16 * 0.2 + 1 / 16 * 0.4)
    assert found.unseen == pytest.approx((1.959964 * (9 / 16 / 10 + 1 / 16 / 5)) ** 2)
    alone = weighted([(7, easy)])
    assert (alone.value, alone.variance, alone.freedom, alone.of) == (4.0, 0.2, 9, 10)
