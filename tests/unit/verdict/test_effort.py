"""The gate on effort: whom it takes much more fails it, chance and few calls do not."""

import pytest

from voicesim.base.errors import ConfigError
from voicesim.call.outcome import Outcome
from voicesim.config.gates import parse_gates
from voicesim.results.counts import Bounds, Calls, Counts, Silences
from voicesim.results.histogram import Histogram
from voicesim.switch.gaps import Gap
from voicesim.verdict.evaluating import GateOutcome, Verdict, evaluate
from voicesim.verdict.gates import Effort

PASS, FAIL, UNSURE = Verdict.PASS, Verdict.FAIL, Verdict.INCONCLUSIVE


def took(
    counts: Counts,
    *numbers: int,
    persona: str = "elderly",
    scenario: str = "quick_booking",
    outcome: Outcome = Outcome.GOAL_REACHED,
) -> Counts:
    """Ten calls with each of these numbers of turns, and as many repeats."""
    every = [number for number in numbers for _ in range(10)]
    total, squares = sum(every), sum(number**2 for number in every)
    calls = Calls(Histogram(count=len(every)), Histogram(), total, total, squares, squares)
    counts.calls[False, scenario, persona, outcome.value] = calls
    return counts


def standard(*numbers: int) -> Counts:
    return took(Counts(Bounds(), 0), *numbers, persona="standard")


def said(counts: Counts, **keys: object) -> GateOutcome:
    given = {"of": "turns", "above_at_most": 2, **keys}
    gate = Effort.model_validate({"name": "even", "kind": "effort", "why": "so", **given})
    return evaluate(gate, counts)


@pytest.mark.parametrize(
    ("numbers", "verdict"),
    [
        ((5, 6, 7), PASS),
        ((1, 2, 3), PASS),  # fewer are no harm
        ((6, 7, 8), PASS),  # by 1, and at most by 1.5
        ((7, 8, 9), UNSURE),  # by 2, and perhaps by 2.5
        ((8, 9, 10), FAIL),  # by 3, and at least by 2.5
    ],
)
def test_only_what_lies_beyond_as_a_whole_fails(numbers: tuple[int, ...], verdict: Verdict) -> None:
    found = said(took(standard(5, 6, 7), *numbers))
    assert (found.verdict, found.calls) == (verdict, 60)


def test_it_says_whom_it_takes_how_much_more() -> None:
    counts = took(took(standard(5, 6, 7), 9, 10, 11), 6, 6, 6, persona="hurried")
    found = said(counts, of="repeats")
    assert found.measured == "elderly: +4.00 repeats (+3.53 to +4.47)"
    assert found.bound == "no persona more than 2 repeats above standard"
    both = "10.00 in the mean, of standard 6.00"  # the interval is of both personas together
    assert found.why == f"elderly: +4.00 repeats (+3.46 to +4.54): {both}"
    found = said(counts, personas=["hurried"])
    assert (found.verdict, found.why) == (PASS, "")


def test_repeats_are_of_all_calls_and_turns_of_those_that_reached_their_goal() -> None:
    counts = took(standard(1, 1, 1), 1, 1, 1)
    took(counts, 90, 90, 90, outcome=Outcome.ABANDONED)
    assert said(counts).verdict is PASS
    assert said(counts, of="repeats").verdict is FAIL


def test_gaps_are_judged_in_seconds() -> None:
    counts = took(standard(5, 6, 7), 5, 6, 7)
    for persona, gap_s in (("standard", 1.0), ("elderly", 2.0)):
        counts.silences[False, "quick_booking", persona] = Silences()
        for index in range(60):
            gap = Gap(gap_s + index % 5 / 10)
            counts.silences[False, "quick_booking", persona].record(index, gap)
    found = said(counts, of="perceived_gap_s", above_at_most=0.5)
    assert (found.verdict, found.measured[:18]) == (FAIL, "elderly: +1.000 s ")
    assert said(counts, of="perceived_gap_s", above_at_most=1.5).verdict is PASS
    few = said(counts, of="perceived_gap_s", above_at_most=1.5, min_calls=60)
    assert few.verdict is PASS
    counts.silences.clear()
    assert said(counts, of="perceived_gap_s", above_at_most=1.5).verdict is UNSURE


def test_who_never_reached_a_goal_is_not_overlooked() -> None:
    counts = took(standard(5, 6, 7), 5, 6, 7)
    took(counts, 5, 6, 7, persona="hurried", outcome=Outcome.ABANDONED)
    found = said(counts)
    assert found.verdict is UNSURE
    assert found.why == "hurried: no scenario with two such calls of theirs and of standard callers"


def test_few_calls_and_nobody_to_compare_with_decide_nothing() -> None:
    counts = took(standard(5, 6, 7), 90, 90)
    assert said(counts).why == "elderly: only 20 of the 30 calls that it takes"
    assert said(counts).verdict is UNSURE
    assert said(counts, min_calls=20).verdict is FAIL
    assert said(counts, min_calls=20, compared_with="quiet").verdict is UNSURE
    assert said(standard(5, 6, 7)).verdict is UNSURE


def test_a_gate_may_look_at_some_scenarios_alone() -> None:
    counts = took(standard(5, 6, 7), 5, 6, 7)
    for persona, number in (("standard", 5), ("elderly", 50)):
        took(counts, number, number, number, persona=persona, scenario="other")
    assert said(counts).verdict is FAIL
    assert said(counts, scenarios=["quick_booking"]).verdict is PASS


def test_mistakes_in_a_gate_are_told() -> None:
    head = '[[gate]]\nname = "even"\nwhy = "so"\nkind = "effort"\n'
    with pytest.raises(ConfigError) as refused:
        parse_gates(head + 'of = "turn"\nabove_at_most = -1\n', "g.toml")
    said = "\n".join(refused.value.messages)
    assert "g.toml: gate 1 (even): of: " in said
    assert "g.toml: gate 1 (even): above_at_most: " in said
    text = head + 'of = "turns"\nabove_at_most = 1\ncompared_with = "standart"\n'
    with pytest.raises(ConfigError, match="compared_with: there is no persona 'standart'"):
        parse_gates(text, "g.toml", ["standard"])
