"""An agent that stands still is told from a slow one, and from a generator that stood still."""

import pytest

from voicesim.base.findings import Level
from voicesim.results.stalls import Stalls


def steady(
    stalls: Stalls, answers: int = 100, took_s: float = 0.01, every_s: float = 0.05
) -> float:
    """Answers at a steady pace; when the last one came."""
    for n in range(answers):
        assert stalls.answered(n * every_s, took_s, 3) is None
    return (answers - 1) * every_s


def waits(stalls: Stalls, since: float, seconds: float, step_s: float = 0.1) -> float:
    """The generator is awake for ``seconds`` in which nothing comes; when that is."""
    for n in range(1, int(seconds / step_s)):
        stalls.awake(since + n * step_s)
    return since + seconds


@pytest.mark.parametrize(("seconds", "level"), [(2.0, Level.WARNING), (6.0, Level.ERROR)])
def test_a_standstill_is_found_once(seconds: float, level: Level) -> None:
    stalls = Stalls()
    last = steady(stalls)
    now = waits(stalls, last, seconds)
    found = stalls.answered(now, seconds, 20)
    assert found is not None
    assert (found.code, found.level) == ("stalled", level)
    assert f"for {seconds:.1f} s" in found.message
    assert "21 webhooks waited" in found.message
    assert "0.010 s in the mean" in found.message
    assert all(stalls.answered(now + n * 0.001, seconds, 20 - n) is None for n in range(20))


@pytest.mark.parametrize(
    ("silent_s", "took_s", "waiting"),
    [
        (1.4, 1.4, 20),  # short
        (2.0, 2.0, 2),  # hardly anyone waits
        (2.0, 0.1, 20),  # nobody rang: what came was answered at once
    ],
)
def test_what_is_no_standstill(silent_s: float, took_s: float, waiting: int) -> None:
    stalls = Stalls()
    last = steady(stalls)
    assert stalls.answered(waits(stalls, last, silent_s), took_s, waiting) is None


def test_a_slow_agent_does_not_stand_still() -> None:
    stalls = Stalls()
    last = steady(stalls, took_s=1.0)
    assert stalls.answered(waits(stalls, last, 3.0), 3.0, 20) is None


def test_a_generator_that_slept_blames_nobody() -> None:
    stalls = Stalls()
    last = steady(stalls)
    assert stalls.answered(last + 2.0, 2.0, 20) is None


def test_nothing_is_said_before_it_is_known_how_long_answers_take() -> None:
    stalls = Stalls()
    last = steady(stalls, answers=10)
    assert stalls.answered(waits(stalls, last, 4.0), 4.0, 20) is None
    assert Stalls().answered(9.0, 9.0, 20) is None
