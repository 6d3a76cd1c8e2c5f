"""Groups of callers that are served worse, and chance, which blames nobody."""

from fractions import Fraction

import pytest

from tests.unit.results.test_lookup import called
from voicesim.base.draws import Draws
from voicesim.call.outcome import Outcome
from voicesim.results.counts import Calls, Counts
from voicesim.results.summary import everything
from voicesim.results.tally import Counting, Tally
from voicesim.verdict.evenness import groups, uneven

GOOD, BAD = Outcome.GOAL_REACHED, Outcome.AGENT_HUNG_UP
APART = Fraction(1, 4)


def counted(*rows: tuple[str, str, str, Outcome, int], warm_up: bool = False) -> Counts:
    """Counts of (scenario, persona, country code, outcome, how many)."""
    counts = Tally(Counting(1)).counts()
    record = called()
    for scenario, persona, code, outcome, many in rows:
        calls = counts.calls.setdefault((warm_up, scenario, persona, outcome.value), Calls())
        for _ in range(many):
            calls.record(record, counts.bounds)
        key = (warm_up, code, outcome.value)
        counts.codes[key] = counts.codes.get(key, 0) + many
    return counts


def blamed(counts: Counts) -> list[str]:
    return [group.name for group in uneven(groups(counts, everything), APART)]


def test_one_country_that_is_refused_stands_out() -> None:
    counts = counted(
        ("book", "any", "1", GOOD, 95), ("book", "any", "1", BAD, 5), ("book", "any", "44", BAD, 12)
    )
    (group,) = uneven(groups(counts, everything), APART)
    assert str(group) == (
        "callers from +44: 0 of 12 reach their goal (95 % interval 0 to 24 %), of all others 95 %"
    )


def test_scenario_and_persona_stand_out_too() -> None:
    counts = counted(("book", "old", "1", GOOD, 60), ("move", "young", "1", BAD, 20))
    assert blamed(counts) == ["scenario move", "persona young"]


@pytest.mark.parametrize(
    ("good", "of"),
    [
        (0, 4),  # so few say nothing
        (6, 8),  # no wonder
        (76, 100),  # surely lower, but not by 25 points
    ],
)
def test_what_is_chance_or_small_is_not_blamed(good: int, of: int) -> None:
    counts = counted(
        *(("book", "any", "1", GOOD, 99), ("book", "any", "1", BAD, 1)),
        *(("book", "any", "44", GOOD, good), ("book", "any", "44", BAD, of - good)),
    )
    assert blamed(counts) == []


def test_misheard_calls_and_the_warm_up_are_nobodys_fault() -> None:
    rows = (("book", "a", "1", GOOD, 90), ("book", "b", "44", Outcome.MISHEARD, 30))
    assert blamed(counted(*rows)) == []
    early = counted(("book", "a", "1", GOOD, 90), ("book", "b", "44", BAD, 30), warm_up=True)
    assert groups(early, everything) == []


def test_an_agent_that_serves_all_alike_is_not_blamed_in_two_thousand_runs() -> None:
    """Nine calls of ten reach their goal, whoever calls."""
    draws = Draws(7, 0)
    for run in range(2000):
        good = [
            sum(draws.unit("call", run * 300 + n) < 0.9 for n in range(start, start + size))
            for start, size in ((0, 120), (120, 30), (150, 12))
        ]
        counts = counted(
            *(("a", "p", "1", GOOD, good[0]), ("a", "p", "1", BAD, 120 - good[0])),
            *(("b", "p", "44", GOOD, good[1]), ("b", "p", "44", BAD, 30 - good[1])),
            *(("c", "q", "33", GOOD, good[2]), ("c", "q", "33", BAD, 12 - good[2])),
        )
        assert blamed(counts) == [], good


def test_the_country_is_counted_by_its_longest_code() -> None:
    tally = Tally(Counting(1))
    tally.finished(called())
    assert tally.counts().codes == {(False, "1", "goal_reached"): 1}
