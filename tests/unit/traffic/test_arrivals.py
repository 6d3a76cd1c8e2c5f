"""The arrival engine: reproducible, on an absolute schedule, Poisson.

The statistical tests have fixed seeds and bounds of four standard deviations of the distribution;
each has a twin with a fault that must fall outside.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from math import sqrt
from statistics import fmean, variance

import pytest

from voicesim.traffic.arrivals import Arrival, Arrivals

SEEDS = (1, 2, 3, 4, 5)


def running(seed: int = 1, stream: int = 0, tokens: int = 20, rate: float = 1.0) -> Arrivals:
    arrivals = Arrivals(seed, stream)
    arrivals.set_tokens("standard", tokens, rate, 0.0)
    return arrivals


def times(arrivals: Sequence[Arrival]) -> list[float]:
    return [arrival.intended for arrival in arrivals]


def test_nothing_arrives_without_tokens() -> None:
    arrivals = Arrivals(1)
    assert arrivals.due() is None
    assert arrivals.take(1e9) == []
    arrivals.set_tokens("standard", 0, 1.0, 5.0)
    arrivals.set_tokens("elderly", 5, 0.0, 5.0)
    assert arrivals.due() is None
    assert arrivals.curve == []


def test_arrivals_do_not_depend_on_when_they_are_taken() -> None:
    at_once = running().take(100)
    punctual = running()
    one_by_one: list[Arrival] = []
    while (due := punctual.due()) is not None and due <= 100:
        one_by_one += punctual.take(due)
    odd = running()
    in_between = [a for at in (0.1, 0.1, 7.3, 50, 49, 100) for a in odd.take(at)]
    assert at_once == one_by_one == in_between
    assert len(at_once) > 1000


def test_one_who_comes_late_gets_everything_that_fell_due_with_the_times_it_was_meant_for() -> None:
    arrivals = running()
    before = arrivals.take(10.0)
    late = arrivals.take(12.0)
    assert all(10.0 < arrival.intended <= 12.0 for arrival in late)
    assert [a.n for a in before + late] == list(range(len(before + late)))
    due = arrivals.due()
    assert due is not None
    assert due > 12.0


def test_the_order_in_which_tokens_come_at_once_does_not_matter() -> None:
    one, other = Arrivals(7), Arrivals(7)
    for name in ("standard", "elderly", "standard"):
        one.add(name, 0.3, 2.0)
    for name in ("elderly", "standard", "standard"):
        other.add(name, 0.3, 2.0)
    assert one.take(500) == other.take(500)
    assert one.curve == other.curve == [(2.0, pytest.approx(0.9))]


def test_seeds_and_streams_differ() -> None:
    all_of_them = {(s, w): tuple(times(running(s, w).take(50))) for s in (1, 2) for w in (0, 1)}
    assert len(set(all_of_them.values())) == 4


def test_a_change_of_tokens_leaves_what_was_due_before_it_as_it_was() -> None:
    untouched, changed = running(), running()
    changed.set_tokens("standard", 0, 1.0, 10.0)
    assert times(changed.take(99)) == [t for t in times(untouched.take(99)) if t <= 10.0]
    assert changed.due() is None


def test_the_same_tokens_said_again_change_nothing() -> None:
    told_again = running()
    for at in (1.0, 2.5, 60.0):
        told_again.set_tokens("standard", 20, 1.0, at)
    assert told_again.take(100) == running().take(100)
    assert told_again.curve == [(0.0, 20.0)]


def test_late_arrivals_are_due_at_once_after_a_change() -> None:
    arrivals = running()
    first = running().due()
    arrivals.close(10.0)
    assert arrivals.due() == first
    assert arrivals.take(10.0)
    assert arrivals.due() is None


@pytest.mark.parametrize(("count", "rate"), [(-1, 1.0), (1, -0.1)])
def test_negative_tokens_are_refused(count: int, rate: float) -> None:
    with pytest.raises(ValueError, match="standard"):
        Arrivals(1).set_tokens("standard", count, rate, 0.0)


def test_tokens_that_nobody_holds_cannot_be_taken() -> None:
    arrivals = running(tokens=2)
    arrivals.remove("standard", 1.0)
    assert arrivals.tokens("standard") == 1
    with pytest.raises(ValueError, match="standard"):
        arrivals.remove("standard", 1.0, count=2)
    with pytest.raises(ValueError, match="elderly"):
        arrivals.remove("elderly", 1.0)


def test_the_realised_rate_is_recorded() -> None:
    arrivals = running(tokens=10, rate=0.5)
    arrivals.set_tokens("elderly", 1, 2.0, 30.0)
    arrivals.set_tokens("standard", 0, 0.5, 40.0)
    arrivals.close(50.0)
    assert arrivals.curve == [(0.0, 5.0), (30.0, 7.0), (40.0, 2.0), (50.0, 0.0)]
    assert arrivals.expected(0, 99) == 150 + 70 + 20


# --- is it Poisson? -------------------------------------------------------------------------------

Schedule = Callable[[int], list[float]]
LENGTH_S, BIN_S, RATE = 400.0, 0.5, 20.0


def engine(seed: int) -> list[float]:
    return times(running(seed).take(LENGTH_S))


def ten_workers(seed: int) -> list[float]:
    all_of_them = [
        t for stream in range(10) for t in times(running(seed, stream, tokens=2).take(LENGTH_S))
    ]
    return sorted(all_of_them)


def changing_tokens(seed: int) -> list[float]:
    """The same rate in the mean, as tokens come and go every second."""
    arrivals = Arrivals(seed)
    for second in range(int(LENGTH_S)):
        arrivals.set_tokens("standard", 10 if second % 2 else 30, 1.0, float(second))
    return times(arrivals.take(LENGTH_S))


def metronome(_: int) -> list[float]:
    return [n / RATE for n in range(int(LENGTH_S * RATE))]


def in_pairs(seed: int) -> list[float]:
    return [t for t in engine(seed) if t * 1e6 % 2 < 1 for _ in (0, 1)]


def drifting(seed: int) -> list[float]:
    """Sleeps after each arrival for as long as was drawn, and is 5 ms late each time."""
    late, found = 0.0, []
    for t in engine(seed):
        late += 0.005
        if t + late > LENGTH_S:
            break
        found.append(t + late)
    return found


def binned(schedule: list[float], bin_s: float) -> list[int]:
    counts = Counter(int(t / bin_s) for t in schedule)
    return [counts[n] for n in range(int(LENGTH_S / bin_s))]


def dispersed_as_poisson(schedule: list[float], bin_s: float = BIN_S) -> bool:
    """Variance over mean is 1, with standard deviation sqrt(2 / (bins - 1))."""
    counts = binned(schedule, bin_s)
    index = variance(counts) / fmean(counts)
    return abs(index - 1) < 4 * sqrt(2 / (len(counts) - 1))


def as_many_as_expected(schedule: list[float]) -> bool:
    expected = LENGTH_S * RATE
    return abs(len(schedule) - expected) < 4 * sqrt(expected)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("schedule", [engine, ten_workers])
def test_arrivals_are_dispersed_as_poisson(schedule: Schedule, seed: int) -> None:
    assert dispersed_as_poisson(schedule(seed))


@pytest.mark.parametrize("schedule", [metronome, in_pairs])
def test_what_is_not_poisson_is_seen(schedule: Schedule) -> None:
    assert not any(dispersed_as_poisson(schedule(seed)) for seed in SEEDS)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("schedule", [engine, ten_workers, changing_tokens])
def test_there_are_as_many_as_expected(schedule: Schedule, seed: int) -> None:
    assert as_many_as_expected(schedule(seed))


def test_a_schedule_that_drifts_is_seen() -> None:
    assert not any(as_many_as_expected(drifting(seed)) for seed in SEEDS)


class _DeafToChanges(Arrivals):
    """A fault: what was drawn at the old rate is waited for at the new one."""

    def _change(self, rate_per_s: float, now: float) -> None:
        due = self._next() if self.rate_per_s > 0 else None
        super()._change(rate_per_s, now)
        if due is not None and rate_per_s > 0:
            self._hazard = (due - self._last) * rate_per_s


def _shares(make: type[Arrivals], seed: int) -> tuple[int, int]:
    """Arrivals in the quiet and in the busy 10 ms of a rate that jumps between 1 and 199 a s."""
    arrivals = make(seed)
    for n in range(10_000):
        arrivals.set_tokens("standard", 199 if n % 2 else 1, 1.0, n / 100)
    found = [int(t * 100 + 1e-9) % 2 for t in times(arrivals.take(100.0))]
    return found.count(0), found.count(1)


def _as_changed(quiet: int, busy: int) -> bool:
    return abs(quiet - 50) < 4 * sqrt(50) and abs(busy - 9950) < 4 * sqrt(9950)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_change_of_tokens_takes_effect_at_once(seed: int) -> None:
    assert _as_changed(*_shares(Arrivals, seed))


@pytest.mark.parametrize("seed", SEEDS)
def test_an_engine_that_is_deaf_to_changes_is_seen(seed: int) -> None:
    assert not _as_changed(*_shares(_DeafToChanges, seed))


class _EvenHanded(Arrivals):
    """A fault: every persona calls as often, whatever its tokens."""

    def _persona(self) -> str:
        return self._draws.pick(sorted(self._tokens), "arrival persona", self._n)


def _mixed_by_tokens(make: type[Arrivals], seed: int) -> bool:
    """Tokens of 6, 3 and 1 calls a second; a count deviates by sqrt(n p (1 - p))."""
    arrivals = make(seed)
    arrivals.set_tokens("elderly", 3, 1.0, 0.0)
    arrivals.set_tokens("standard", 12, 0.5, 0.0)
    arrivals.set_tokens("unclear_speech", 1, 1.0, 0.0)
    counts = Counter(arrival.persona for arrival in arrivals.take(500))
    n = counts.total()
    wanted = {"elderly": 0.3, "standard": 0.6, "unclear_speech": 0.1}
    return all(
        abs(counts[name] - n * share) < 4 * sqrt(n * share * (1 - share))
        for name, share in wanted.items()
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_personas_call_by_their_tokens(seed: int) -> None:
    assert _mixed_by_tokens(Arrivals, seed)
    assert not _mixed_by_tokens(_EvenHanded, seed)
