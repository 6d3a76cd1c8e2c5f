"""The gate on fairness: who is served worse fails it, chance and few calls do not."""

from fractions import Fraction
from math import comb

import pytest

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
    low, high = (100 * end for end in newcombe(60, 100, 95, 100, z_of_all(2)))
    assert found.measured == f"elderly: -35.0 points ({low:+.1f} to {high:+.1f})"
    assert found.why.startswith("elderly: -35.0 points")
    assert "60 of 100 (60.0 %) reach their goal, of standard 95 of 100 (95.0 %)" in found.why
    assert "international" not in found.why


@pytest.mark.parametrize(
    ("elderly", "verdict"),
    [
        ((100, 100), PASS),
        ((85, 100), PASS),  # lower, and perhaps by more than 10 points: not surely
        ((80, 100), PASS),  # by 15 points, and the interval reaches -8.2
        ((75, 100), FAIL),  # by 20 points, and the interval ends at -12.2
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


def test_misheard_calls_are_nobodys_fault() -> None:
    run = run_of(standard=(100, 100), unclear_speech=(40, 40))
    run.calls(60, Outcome.MISHEARD, persona="unclear_speech")
    assert said(run).verdict is PASS


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
    chance = [comb(calls, n) * share**n * (1 - share) ** (calls - n) for n in range(calls + 1)]
    blamed = sum(
        chance[its] * chance[standard]
        for its in range(calls + 1)
        for standard in range(calls + 1)
        if newcombe(its, calls, standard, calls, z)[1] < bound
    )
    assert blamed < 0.004
