"""Turns, repeats and gaps by persona, beside the standard caller's; how often intervals hold."""

from collections.abc import Callable, Iterable
from math import ceil, comb, exp, sqrt
from random import Random

import pytest

from voicesim.call.outcome import Outcome
from voicesim.results.counts import GROUPS, Bounds, Calls, Counts, Silences
from voicesim.results.effort import Beside, Effort, efforts
from voicesim.results.histogram import Histogram
from voicesim.results.means import Mean, apart, quantile
from voicesim.switch.gaps import Gap

GOAL, BAD = Outcome.GOAL_REACHED.value, Outcome.ABANDONED.value
RUNS = 600


def add(
    counts: Counts,
    numbers: Iterable[int],
    persona: str = "standard",
    scenario: str = "easy",
    outcome: str = GOAL,
) -> None:
    """Calls that took so many turns, and as many repeats."""
    numbers = list(numbers)
    total, squares = sum(numbers), sum(n * n for n in numbers)
    calls = Calls(Histogram(count=len(numbers)), Histogram(), total, total, squares, squares)
    counts.calls.setdefault((False, scenario, persona, outcome), Calls()).add(calls)


def of_both(figure: str, counts: Counts) -> tuple[Effort, Effort]:
    found = efforts(figure, counts, "standard")
    return found["standard"], found["elderly"]


def test_turns_are_of_calls_that_reached_their_goal_and_repeats_of_all() -> None:
    counts = Counts(Bounds(), 0)
    add(counts, [4, 6])
    add(counts, [20], outcome=BAD)
    turns, repeats = (
        efforts(name, counts, "standard")["standard"] for name in ("turns", "repeats")
    )
    assert (turns.mean and turns.mean[:1], turns.beside) == ((5.0,), None)
    assert repeats.mean
    assert (repeats.mean.value, repeats.mean.of) == (10.0, 3)


def test_the_warm_up_is_left_out() -> None:
    counts = Counts(Bounds(), 0)
    counts.calls[True, "easy", "standard", GOAL] = Calls(Histogram(count=3), Histogram(), 9)
    counts.silences[True, "easy", "standard"] = Silences()
    assert [efforts(name, counts, "standard") for name in ("turns", "perceived_gap_s")] == [{}, {}]


def test_like_is_compared_with_like() -> None:
    """The hard one takes 10 turns more of anybody, and elderly callers ring for it more often."""
    counts = Counts(Bounds(), 0)
    add(counts, [5] * 90)
    add(counts, [15] * 10, scenario="hard")
    add(counts, [6] * 20, "elderly")
    add(counts, [16] * 80, "elderly", "hard")
    add(counts, [90] * 50, "elderly", "what only they ring for")
    add(counts, [70] * 50, scenario="what only others ring for")
    _, found = of_both("turns", counts)
    assert found.beside
    assert found.beside.its.value == pytest.approx(0.2 * 6 + 0.8 * 16)
    assert found.beside.standard.value == pytest.approx(0.2 * 5 + 0.8 * 15)
    assert found.beside.difference.value == pytest.approx(1.0)
    assert (found.beside.its.of, found.beside.standard.of) == (100, 100)


def test_a_scenario_of_which_one_has_a_single_call_cannot_be_compared() -> None:
    counts = Counts(Bounds(), 0)
    add(counts, [5] * 20)
    add(counts, [9], "elderly")
    _, found = of_both("turns", counts)
    assert (found.mean and found.mean.value, found.interval, found.beside) == (9.0, None, None)
    add(counts, [9], "elderly")
    assert of_both("turns", counts)[1].beside


def test_no_interval_of_what_is_counted_begins_below_none() -> None:
    counts = Counts(Bounds(), 0)
    add(counts, [0] * 20)
    found = efforts("repeats", counts, "standard")["standard"].interval
    assert found == (0.0, pytest.approx(2.093 * 1.96 / 20, abs=1e-3))


# --- how often an interval holds the truth ------------------------------------------------------


def least(chance: float, unlikely: float = 1e-6) -> int:
    """So many of ``RUNS`` at least hold it with this chance, but for one in a million."""
    below = 0.0
    for held in range(RUNS + 1):
        below += comb(RUNS, held) * chance**held * (1 - chance) ** (RUNS - held)
        if below > unlikely:
            return held
    raise AssertionError


def poisson(random: Random, mean: float) -> int:
    count, left = 0, random.random()
    while left > exp(-mean):
        count, left = count + 1, left * random.random()
    return count


def holds(apart: Mean, truth: float, *, seen_alone: bool = False) -> bool:
    """With ``seen_alone`` the interval is Welch's and nothing else: of what was seen."""
    half = quantile(apart.freedom) * sqrt(apart.variance + apart.unseen * (not seen_alone))
    return abs(apart.value - truth) <= half


def held(judge: Callable[[Beside, Effort, Effort], bool], mean: float, more: float) -> int:
    """Of so many runs: 10 and 20 calls of the standard caller, 20 and 10 of the other."""
    random, found = Random(20260721), 0
    for _ in range(RUNS):
        counts = Counts(Bounds(), 0)
        add(counts, [poisson(random, mean) for _ in range(10)])
        add(counts, [3 + poisson(random, mean) for _ in range(20)], scenario="hard")
        add(counts, [poisson(random, mean + more) for _ in range(20)], "elderly")
        add(counts, [3 + poisson(random, mean + more) for _ in range(10)], "elderly", "hard")
        standard, its = of_both("repeats", counts)
        assert its.beside
        found += judge(its.beside, its, standard)
    return found


@pytest.mark.parametrize(("mean", "more"), [(0.0, 0.04), (0.05, 0.05), (0.3, 0.2), (4.0, 1.0)])
def test_the_difference_of_two_means_is_held(mean: float, more: float) -> None:
    assert held(lambda both, *_: holds(both.difference, more), mean, more) >= least(0.95)


def test_what_was_seen_alone_does_not_hold_what_is_rare() -> None:
    """Why calls that were not seen are reckoned with: the test above tells the two apart."""
    seen = held(lambda both, *_: holds(both.difference, 0.04, seen_alone=True), 0.0, 0.04)
    assert seen < least(0.95) * 0.9


def test_without_weights_the_mix_is_taken_for_a_difference() -> None:
    def plain(_: Beside, its: Effort, standard: Effort) -> bool:
        assert its.mean
        assert standard.mean
        return holds(apart(its.mean, standard.mean), 0.2)

    assert held(plain, 0.3, 0.2) < least(0.95) / 2


def gaps(random: Random, calls: int) -> tuple[Mean, list[float]]:
    """Of calls with one to nine gaps, which are alike in a call: the mean is 1 s. And each gap."""
    silences, each = Silences(), []
    for index in random.sample(range(100_000), calls):
        its = random.lognormvariate(-0.02, 0.2)
        for _ in range(random.randint(1, 9)):
            each.append(its * random.lognormvariate(-0.02, 0.2))
            silences.record(index, Gap(each[-1]))
    counts = Counts(Bounds(), 0)
    counts.silences[False, "easy", "standard"] = silences
    found = efforts("perceived_gap_s", counts, "standard")["standard"].mean
    assert found
    assert len(silences.groups) <= GROUPS
    return found, each


@pytest.mark.parametrize("calls", [10, 40, 200])
def test_the_mean_gap_is_held_however_alike_the_gaps_of_a_call_are(calls: int) -> None:
    random = Random(7)
    assert sum(holds(gaps(random, calls)[0], 1.0) for _ in range(RUNS)) >= least(0.93)


def test_gaps_taken_for_so_many_calls_do_not_hold_it() -> None:
    """Why gaps are counted by groups of calls: each for itself they seem to be far surer."""
    random, found = Random(7), 0
    for _ in range(RUNS):
        _, each = gaps(random, 40)
        mean, count = sum(each) / len(each), len(each)
        scatter = sum((one - mean) ** 2 for one in each) / (count - 1)
        found += holds(Mean(mean, scatter / count, count - 1, count), 1.0)
    assert found < ceil(least(0.93) * 0.95)
