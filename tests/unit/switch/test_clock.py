"""The call's clock beside the wall's: one table."""

import pytest

from voicesim.switch.clock import CallClock


@pytest.mark.parametrize(
    ("scale", "awaiting", "passed", "now"),
    [
        (1.0, False, 3.0, 3.0),
        (1.0, True, 3.0, 3.0),
        (0.1, False, 3.0, 30.0),
        (0.1, True, 3.0, 3.0),  # the agent is not scaled
        (2.0, False, 3.0, 1.5),
        (0.0, False, 3.0, 0.0),
        (0.0, True, 3.0, 0.0),
        (1.0, False, -3.0, 0.0),  # a clock never goes back
        (0.1, True, -3.0, 0.0),
    ],
)
def test_how_the_clock_goes(scale: float, awaiting: bool, passed: float, now: float) -> None:
    clock = CallClock(100.0, scale)
    clock.advance(100.0 + passed, awaiting_agent=awaiting)
    assert clock.now == pytest.approx(now)


def test_it_does_not_pass_what_is_due() -> None:
    clock = CallClock(100.0, 1.0)
    clock.advance(107.0, awaiting_agent=False, at_most=5.0)
    assert clock.now == 5.0


@pytest.mark.parametrize(("scale", "wall"), [(1.0, 112.0), (0.1, 103.0), (0.0, 102.0)])
def test_when_the_wall_is_at_a_time_of_the_call(scale: float, wall: float) -> None:
    clock = CallClock(100.0, scale)
    clock.set(4.0, 102.0)
    assert clock.wall_at(14.0) == pytest.approx(wall)
