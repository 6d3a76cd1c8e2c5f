import pytest

from voicesim.traffic.curves import integral, ramped_at, rate_at, summed

CURVE = [(10.0, 2.0), (20.0, 4.0), (30.0, 0.0)]


@pytest.mark.parametrize(
    ("t", "rate"), [(0, 0), (9.99, 0), (10, 2), (19.9, 2), (20, 4), (30, 0), (99, 0)]
)
def test_a_rate_holds_from_its_step_to_the_next(t: float, rate: float) -> None:
    assert rate_at(CURVE, t) == rate


@pytest.mark.parametrize(
    ("start", "end", "calls"),
    [(0, 10, 0), (10, 20, 20), (15, 25, 30), (0, 1e9, 60), (25, 25, 0), (25, 20, 0), (30, 40, 0)],
)
def test_the_integral_of_steps(start: float, end: float, calls: float) -> None:
    assert integral(CURVE, start, end) == calls


def test_nothing_is_expected_of_an_empty_curve() -> None:
    assert integral([], 0, 10) == 0
    assert rate_at([], 5) == 0
    assert ramped_at([]) is None
    assert ramped_at([(1.0, 0.0)]) is None


def test_workers_add_up_whatever_their_order() -> None:
    other = [(5.0, 1.0), (20.0, 3.0)]
    both = [(5.0, 1.0), (10.0, 3.0), (20.0, 7.0), (30.0, 3.0)]
    assert summed([CURVE, other]) == summed([other, CURVE, []]) == both
    assert integral(both, 0, 40) == integral(CURVE, 0, 40) + integral(other, 0, 40)


def test_the_ramp_ends_where_the_rate_is_first_at_its_highest() -> None:
    assert ramped_at(CURVE) == 20
    assert ramped_at(CURVE, 0.5) == 10
