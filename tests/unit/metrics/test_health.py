"""Whether a process is to be trusted: a loop that is blocked is seen, a busy one is not blamed."""

from collections.abc import Callable

import pytest

from voicesim.metrics.health import Health, Probe, Row


class Clock:
    def __init__(self) -> None:
        self.now_s = 0.0
        self.cpu_s = 0.0

    def now(self) -> float:
        return self.now_s

    def cpu(self) -> float:
        return self.cpu_s


Busy = Callable[[int], float]
"""How long the loop is held up at a step (s)."""


def reports(seconds: float, held_up: Busy, cpu_ratio: float = 0.0) -> list[Row]:
    """What a process tells every 3 s whose loop is held up now and then."""
    clock = Clock()
    probe, told, rows, step = Probe(clock.now, clock.cpu), 0.0, [], 0
    while clock.now_s < seconds:
        pause_s = probe.tick() + held_up(step)
        clock.now_s += pause_s
        clock.cpu_s += pause_s * cpu_ratio
        step += 1
        if clock.now_s - told >= 3:
            probe.tick()
            rows.append(probe.report())
            told = clock.now_s
    return rows


def health_of(rows: list[Row]) -> Health:
    health = Health()
    for row in rows:
        health.add(row)
    return health


def never(_step: int) -> float:
    return 0.0


def spins(step: int) -> float:
    return 0.2 if step % 4 == 0 else 0.0


def test_spins_are_seen_though_the_cpu_is_half_idle() -> None:
    health = health_of(reports(40, spins, cpu_ratio=0.5))
    assert set(health.faults) == {"loop-blocked"}
    assert "0.2" in health.faults["loop-blocked"]
    assert 0.49 < health.cpu_ratio < 0.51


def test_the_cpu_is_the_same_however_many_look() -> None:
    """In a single process each look is a report: two at once would show the way between them."""
    clock = Clock()
    probe, health, shown = Probe(clock.now, clock.cpu), Health(), set()
    for _ in range(10):
        for step_s, cpu_s in ((1.0, 0.5), (0.5, 0.25), (0.001, 0.001), (0.001, 0.0)):
            clock.now_s += step_s
            clock.cpu_s += cpu_s
            health.add(probe.report())
            shown.add(round(health.cpu_ratio, 2))
    assert shown == {0.5}


def test_what_was_waited_for_before_the_run_is_no_lateness() -> None:
    clock = Clock()
    probe = Probe(clock.now, clock.cpu)
    clock.now_s += 9.0  # the agent's list of bookings took so long
    clock.now_s += probe.begin()
    probe.tick()
    assert health_of([probe.report()]).lag.max_us == 0


def test_half_a_core_is_no_reason() -> None:
    health = health_of(reports(70, lambda step: 0.02 * (step % 2), cpu_ratio=0.5))
    health.judge_whole()
    assert not health.faults


def test_one_hiccup_is_no_reason() -> None:
    health = health_of(reports(40, lambda step: 0.3 if step == 50 else 0.0))
    health.judge_whole()
    assert not health.faults
    assert health.lag.max_us == 300_000


def test_two_stalls_of_a_short_run_are_not_its_percentile() -> None:
    health = health_of(reports(22, lambda step: 0.23 if step in (50, 120) else 0.0))
    health.judge_whole()
    assert health.lag.percentile_s(99) > 0.1
    assert not health.faults


def test_ticks_that_are_missed_are_counted_one_by_one() -> None:
    clock = Clock()
    probe = Probe(clock.now, clock.cpu)
    clock.now_s = 1.05
    assert probe.tick() == pytest.approx(0.05)
    lag = probe.report()["lag"]
    assert lag["count"] == 10
    assert lag["max_us"] == 950_000


def test_the_warm_up_is_shown_and_not_judged() -> None:
    health = Health()
    for row in reports(40, spins, cpu_ratio=0.95):
        health.add(row, warm_up=True)
    for row in reports(40, never):
        health.add(row)
    health.judge_whole()
    assert not health.faults
    assert health.lag.max_us == 200_000
    assert health.lag.count > 700


def test_a_saturated_core_is_a_reason() -> None:
    assert set(health_of(reports(40, never, cpu_ratio=0.95)).faults) == {"cpu-saturated"}


def test_what_was_wrong_once_stays() -> None:
    health = health_of(reports(40, spins))
    for row in reports(300, never):
        health.add(row)
    health.judge_whole()
    assert set(health.faults) == {"loop-blocked"}


def test_a_short_run_is_judged_at_its_end_and_a_very_short_one_not() -> None:
    for seconds, expected in ((9, set()), (20, {"loop-blocked"})):
        health = health_of(reports(seconds, spins)[: seconds // 3])
        assert not health.faults
        health.judge_whole()
        assert set(health.faults) == expected
