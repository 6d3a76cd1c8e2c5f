"""The gate on fairness: who is served worse fails it, chance and few calls do not."""

from fractions import Fraction
from itertools import accumulate
from math import comb

import pytest

from voicesim.base.errors import ConfigError
from voicesim.call.outcome import Outcome
from voicesim.config.gates import parse_gates
from voicesim.data import texts
from voicesim.results.intervals import newcombe, z_of_all
from voicesim.verdict.evaluating import GateOutcome, Verdict, evaluate
from voicesim.verdict.gates import Fairness
from voicesim.verdict.judging import judge

from .runs import Run

PASS, FAIL, UNSURE = Verdict.PASS, Verdict.FAIL, Verdict.INCONCLUSIVE
BAD = Outcome.AGENT_HUNG_UP
SHIPPED = parse_gates(texts("gates")["gates/fairness.toml"], "fairness.toml")


def binomial(calls: int, share: float) -> list[float]:
    """How likely each number of good calls is."""
    return [comb(calls, n) * share**n * (1 - share) ** (calls - n) for n in range(calls + 1)]


def run_of(**shares: tuple[int, int]) -> Run:
    """Calls of each persona: so many good ones, of so many."""
    run = Run()
    for persona, (good, of) in shares.items():
        run.calls(good, persona=persona).calls(of - good, BAD, persona=persona)
    return run


def said(run: Run, **keys: object) -> GateOutcome:
    gate = Fairness.model_validate(
        {"name": "fair", "kind": "fairness", "why": "so", "below_at_most": "10 %", **keys}
    )
    return evaluate(gate, run.result().counts)


def test_an_agent_that_serves_one_persona_worse_fails() -> None:
    found = said(run_of(standard=(95, 100), elderly=(60, 100), international=(93, 100)))
    assert (found.verdict, found.calls) == (FAIL, 300)
    low, high = (100 * end for end in newcombe(60, 100, 95, 100))
    assert found.measured == f"elderly: -35.0 points ({low:+.1f} to {high:+.1f})"
    low, high = (100 * end for end in newcombe(60, 100, 95, 100, z_of_all(2)))
    assert found.why.startswith(f"elderly: -35.0 points ({low:+.1f} to {high:+.1f})")
    assert "60 of 100 (60.0 %) reach their goal, of standard 95 of 100 (95.0 %)" in found.why
    assert "international" not in found.why


@pytest.mark.parametrize(
    ("elderly", "verdict"),
    [
        ((100, 100), PASS),
        ((93, 100), PASS),  # by 2 points, and at most by 9.2
        ((90, 100), UNSURE),  # by 5 points, and perhaps by 12.7
        ((80, 100), UNSURE),  # by 15 points, and perhaps by no more than 8.2
        ((75, 100), FAIL),  # by 20 points, and at least by 12.2
        ((20, 29), UNSURE),  # too few, whatever came of them
        ((0, 29), UNSURE),
        ((0, 30), FAIL),
    ],
)
def test_only_what_lies_beyond_as_a_whole_fails(elderly: tuple[int, int], verdict: Verdict) -> None:
    assert said(run_of(standard=(190, 200), elderly=elderly)).verdict is verdict


def test_too_few_standard_callers_decide_nothing() -> None:
    found = said(run_of(standard=(29, 29), elderly=(0, 100)))
    assert found.verdict is UNSURE
    assert found.why == "elderly: only 29 of the 30 judged calls that it takes"
    assert said(run_of(elderly=(0, 100))).verdict is UNSURE
    assert said(run_of(standard=(100, 100))).verdict is UNSURE


def test_a_persona_that_fails_is_not_covered_up_by_one_with_few_calls() -> None:
    run = run_of(standard=(100, 100), elderly=(0, 100), angry=(0, 3))
    found = said(run)
    assert found.verdict is FAIL
    assert "angry: only 3 of the 30 judged calls that it takes" in found.why
    assert said(run, personas=["angry"]).verdict is UNSURE


def test_a_persona_that_is_named_and_did_not_ring_leaves_it_open() -> None:
    run = run_of(standard=(100, 100), elderly=(100, 100), hurried=(100, 100))
    assert said(run, personas=["elderly"]).verdict is PASS
    found = said(run, personas=["elderly", "quiet"])
    assert (found.verdict, found.why) == (UNSURE, "no call finished of persona quiet")
    run.calls(100, scenario="other").calls(100, scenario="other", persona="elderly")
    found = said(run, personas=["elderly", "hurried"], scenarios=["other"])
    assert (found.verdict, found.why) == (UNSURE, "no call finished of persona hurried")


def test_what_only_others_rang_for_is_no_matter_of_the_persona() -> None:
    run = run_of(standard=(100, 100))
    run.calls(100, BAD, persona="elderly", scenario="elderly_caller")
    found = said(run)
    assert (found.verdict, found.measured) == (UNSURE, "no persona with enough calls to compare")
    assert "rang for nothing that they rang for" in found.why


def test_a_gate_may_look_at_some_personas_and_scenarios_alone() -> None:
    run = run_of(standard=(100, 100), elderly=(0, 100), angry=(100, 100))
    assert said(run, personas=["angry"]).verdict is PASS
    run.calls(50, scenario="other").calls(50, scenario="other", persona="elderly")
    assert said(run, scenarios=["other"], personas=["elderly"]).verdict is PASS
    assert said(run).verdict is FAIL


def test_misheard_calls_are_nobodys_fault_but_many_leave_it_open() -> None:
    run = run_of(standard=(100, 100), unclear_speech=(60, 60))
    run.calls(20, Outcome.MISHEARD, persona="unclear_speech")
    assert said(run).verdict is PASS
    run.calls(1, Outcome.UNCLEAR, persona="unclear_speech")
    found = said(run)
    assert found.verdict is UNSURE
    assert found.why == (
        "unclear_speech: 25.9 % of the calls cannot be judged (misheard, unclear, cut),"
        " more than 25 %"
    )
    assert said(run, left_out_at_most="30 %").verdict is PASS
    run.calls(40, BAD, persona="unclear_speech")
    assert said(run).verdict is FAIL


def test_a_scenario_in_which_everybody_is_misheard_is_not_overlooked() -> None:
    run = run_of(standard=(100, 100), quiet=(60, 60)).calls(60, scenario="detailed_booking")
    run.calls(60, Outcome.MISHEARD, scenario="detailed_booking", persona="quiet")
    assert said(run).verdict is UNSURE


def test_few_calls_do_not_hide_what_is_between_two() -> None:
    """20 points apart, over 30 calls each: too much to pass, too unsure to fail."""
    found = said(run_of(standard=(30, 30), elderly=(24, 30)))
    assert found.verdict is UNSURE
    assert "too few calls to tell" in found.why


@pytest.mark.parametrize(
    ("calls", "others", "least", "most"),
    [
        *((30, 30, 0.027, 0.031), (60, 60, 0.027, 0.031), (90, 90, 0.0305, 0.031)),
        *((120, 30, 0.037, 0.038), (300, 30, 0.048, 0.049)),
    ],
)
def test_how_often_who_serves_one_worse_by_the_bound_passes(
    calls: int, others: int, least: float, most: float
) -> None:
    """Counted over everything that can come of it, at every share: docs/findings.md has it."""
    passes = [
        sum(newcombe(its, calls, standard, others)[0] >= -0.1 for standard in range(others + 1))
        for its in range(calls + 1)  # the more of the standard calls are good, the sooner it fails
    ]

    def passed(share: float) -> float:
        below = list(accumulate(binomial(others, share), initial=0.0))
        its = binomial(calls, share - 0.1)
        return sum(chance * below[count] for chance, count in zip(its, passes, strict=True))

    assert least <= max(passed(percent / 200) for percent in range(20, 201)) < most


def test_another_mix_of_what_one_rings_for_is_no_difference() -> None:
    """Whatever they ring for, both are served alike; it is only seldom the same."""
    run = Run()
    for persona, easy, hard in (("standard", 900, 100), ("elderly", 100, 900)):
        run.calls(easy, persona=persona)
        run.calls(hard // 2, persona=persona, scenario="hard")
        run.calls(hard // 2, BAD, persona=persona, scenario="hard")
    found = said(run)
    assert found.measured.startswith("elderly: +0.0 points")
    assert found.verdict is not FAIL


def test_it_may_be_another_persona_that_the_others_are_compared_with() -> None:
    """A French agent: whoever speaks French knows what is asked."""
    run = run_of(standard=(0, 100), international_fr=(100, 100), elderly_fr=(70, 100))
    found = said(run, compared_with="international_fr", personas=["elderly_fr"])
    assert found.verdict is FAIL
    assert "of international_fr 100 of 100" in found.why
    assert said(run, personas=["elderly_fr"]).verdict is PASS
    nobody = said(run, compared_with="verbose", personas=["elderly_fr"])
    assert (nobody.verdict, "verbose callers rang for nothing" in nobody.why) == (UNSURE, True)


def test_whom_one_compares_with_must_be_there() -> None:
    text = texts("gates")["gates/fairness.toml"].replace(
        'below_at_most = "10 %"', 'below_at_most = "10 %"\ncompared_with = "international_fx"'
    )
    with pytest.raises(ConfigError) as caught:
        parse_gates(text, "f.toml", ["standard", "international_fr"])
    assert caught.value.messages == [
        "f.toml: gate 1 (fair_goals): compared_with: there is no persona 'international_fx';"
        " did you mean 'international_fr'?"
    ]


def test_the_gates_that_are_shipped_fail_an_unfair_agent_and_pass_a_fair_one() -> None:
    fair = run_of(standard=(99, 100), elderly=(97, 100), international=(100, 100))
    assert judge(fair.result(), SHIPPED).verdict is PASS
    unfair = run_of(standard=(500, 500), elderly=(100, 100), international=(70, 100))
    verdicts = {gate.name: gate.verdict for gate in judge(unfair.result(), SHIPPED).gates}
    assert verdicts["fair_goals"] is FAIL
    assert verdicts["goal_completion"] is PASS  # which is how it would have gone unnoticed


@pytest.mark.parametrize("share", [0.5, 0.8, 0.95])
@pytest.mark.parametrize("calls", [30, 60])
def test_who_serves_all_alike_is_hardly_ever_blamed(share: float, calls: int) -> None:
    """Counted over everything that can come of it: less than four runs of a thousand."""
    z, bound = z_of_all(1), -float(Fraction(1, 10))
    chance = binomial(calls, share)
    blamed = sum(
        chance[its] * chance[standard]
        for its in range(calls + 1)
        for standard in range(calls + 1)
        if newcombe(its, calls, standard, calls, z)[1] < bound
    )
    assert blamed < 0.004
