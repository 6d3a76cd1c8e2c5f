"""Each gate at its bound, on both sides of it, and how verdicts add up."""

from fractions import Fraction
from typing import Any

import pytest

from voicesim.base.findings import Finding, Level
from voicesim.call.outcome import Outcome
from voicesim.config.gates import parse_gates
from voicesim.data import texts
from voicesim.results.counts import Bounds
from voicesim.results.histogram import Edges, Histogram, bucket_of
from voicesim.results.result import LostInterval, Note
from voicesim.verdict import judging
from voicesim.verdict.evaluating import GateOutcome, Verdict, evaluate
from voicesim.verdict.gates import (
    Dropped,
    EachCall,
    Gate,
    MeanResponse,
    NoFindings,
    StartedWithin,
    Success,
    ValidTwiml,
    WebhooksWithin,
    bounds_of,
)
from voicesim.verdict.judging import judge

from .runs import BESIDE, ODD, WRONG, Run, audit

PASS, FAIL, UNSURE = Verdict.PASS, Verdict.FAIL, Verdict.INCONCLUSIVE
DEFAULT = {
    gate.name: gate for gate in parse_gates(texts("gates")["gates/default.toml"], "default.toml")
}
GOAL, BROKEN = Outcome.GOAL_REACHED, Outcome.WEBHOOK_FAILED


def said(gate: Gate, run: Run) -> GateOutcome:
    return evaluate(gate, run.result().counts)


def shipped(name: str, run: Run) -> Verdict:
    return said(DEFAULT[name], run).verdict


def some(kind: type[Gate], **keys: Any) -> Gate:
    tag = next(name for name, model in judging.g.GATES.items() if model is kind)
    return kind(name="one", why="to see", kind=tag, **keys)  # type: ignore[arg-type]


# --- every call: answered, and below 15 s in all --------------------------------------------------


@pytest.mark.parametrize(
    ("run", "verdict"),
    [
        (Run().calls(3, response_s=14.999999), PASS),
        (Run().calls(30).calls(1, response_s=15.0), FAIL),
        (Run().calls(30).calls(1, response_s=14.9999996), FAIL),  # 15 s to the microsecond
        (Run().calls(30).calls(1, BROKEN), FAIL),
        (Run().calls(30).calls(1, Outcome.TWIML_INVALID), FAIL),
        (Run().calls(30).calls(1, Outcome.REJECTED), FAIL),
        (Run().calls(30).calls(1, Outcome.TOO_MANY_TURNS), FAIL),
        (Run().calls(30).calls(1, Outcome.TOO_LONG), FAIL),
        (Run().calls(30).calls(1, Outcome.ABANDONED), PASS),
        (Run().calls(30).calls(1, Outcome.MISHEARD), PASS),
        (Run().calls(30).calls(1, Outcome.MISHEARD, response_s=15.0), FAIL),
        (Run().calls(30).calls(1, Outcome.CUT, response_s=99.0), PASS),
        (Run().calls(30).calls(1, BROKEN, warm_up=True), PASS),
        (Run().calls(3, Outcome.CUT), UNSURE),
        (Run(), UNSURE),
    ],
)
def test_each_call(run: Run, verdict: Verdict) -> None:
    assert shipped("each_call", run) is verdict


def test_each_call_names_the_scenarios_that_failed() -> None:
    run = Run().calls(5).calls(2, BROKEN, scenario="elderly_caller")
    outcome = said(DEFAULT["each_call"], run.calls(1, response_s=20, scenario="quick_booking"))
    assert outcome.why == "2 not answered, 1 too slow: elderly_caller, quick_booking"
    assert outcome.measured == "5 of 8 calls, 20.000 s at most"


def test_one_bad_call_is_enough_however_few_there_were() -> None:
    gate = some(EachCall, below_s=15, min_calls=10)
    assert said(gate, Run().calls(1)).verdict is UNSURE
    assert said(gate, Run().calls(1, BROKEN)).verdict is FAIL


# --- shares ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("good", "bad", "verdict"),
    [(2, 1, PASS), (3, 0, PASS), (1, 2, FAIL), (2, 0, UNSURE), (1, 1, UNSURE)],
)
def test_of_three_at_the_same_time_two_succeed(good: int, bad: int, verdict: Verdict) -> None:
    run = Run().calls(good).calls(bad, Outcome.ABANDONED)
    assert shipped("concurrent_scenarios", run) is verdict


@pytest.mark.parametrize(
    ("good", "bad", "verdict"),
    [
        (9, 1, PASS),
        (900, 100, PASS),
        (899, 101, FAIL),
        (8, 2, FAIL),
        (9, 0, UNSURE),
        (0, 9, UNSURE),
        (0, 0, UNSURE),
    ],
)
def test_the_peak_passes_at_90_percent_and_fails_at_89_9(
    good: int, bad: int, verdict: Verdict
) -> None:
    assert shipped("peak_hour_success", Run().calls(good).calls(bad, BROKEN)) is verdict


@pytest.mark.parametrize(
    ("good", "bad", "verdict"),
    [(15, 0, PASS), (14, 1, FAIL), (19, 1, PASS), (18, 1, FAIL), (14, 0, UNSURE)],
)
def test_14_of_15_fail_the_daily_pattern(good: int, bad: int, verdict: Verdict) -> None:
    assert shipped("daily_pattern_success", Run().calls(good).calls(bad, BROKEN)) is verdict


@pytest.mark.parametrize(
    ("reached", "others", "verdict"),
    [
        (18, {Outcome.ABANDONED: 2}, PASS),
        (18, {Outcome.AGENT_HUNG_UP: 2, Outcome.MISHEARD: 50, Outcome.CUT: 7}, PASS),
        (17, {Outcome.WRONG_RESULT: 3}, FAIL),
        (18, {BROKEN: 3}, FAIL),
        (19, {Outcome.MISHEARD: 50}, UNSURE),
        (18, {Outcome.AGENT_HUNG_UP: 2, Outcome.UNCLEAR: 2}, PASS),
        (0, {Outcome.UNCLEAR: 50}, UNSURE),
        (0, {Outcome.CUT: 50}, UNSURE),
        (0, {Outcome.NOT_CARRIED: 50}, UNSURE),
    ],
)
def test_goal_completion_leaves_out_what_the_agent_cannot_help(
    reached: int, others: dict[Outcome, int], verdict: Verdict
) -> None:
    run = Run().calls(reached)
    for outcome, count in others.items():
        run.calls(count, outcome)
    assert shipped("goal_completion", run) is verdict


@pytest.mark.parametrize(
    ("others", "verdict"),
    [
        ({Outcome.CUT: 10}, PASS),
        ({Outcome.CUT: 11}, UNSURE),
        ({Outcome.UNCLEAR: 10}, PASS),
        ({Outcome.UNCLEAR: 11}, UNSURE),
        ({Outcome.UNCLEAR: 5, Outcome.CUT: 6}, UNSURE),
        ({Outcome.CUT: 11, Outcome.WRONG_RESULT: 20}, FAIL),
    ],
)
def test_nobody_passes_who_left_more_than_a_tenth_of_the_callers_hanging(
    others: dict[Outcome, int], verdict: Verdict
) -> None:
    run = Run().calls(100 - sum(others.values()))
    for outcome, count in others.items():
        run.calls(count, outcome)
    outcome = said(DEFAULT["goal_completion"], run)
    assert outcome.verdict is verdict
    assert ("came to nothing that can be judged" in outcome.why) is (verdict is UNSURE)


def test_what_was_left_out_is_said() -> None:
    run = Run().calls(899).calls(101, BROKEN).calls(4, Outcome.MISHEARD).calls(3, Outcome.CUT)
    run.calls(2, Outcome.UNCLEAR)
    outcome = said(DEFAULT["goal_completion"], run)
    assert outcome.measured == "899 of 1000 (89.9 %)"
    assert outcome.bound == "at least 90 %"
    assert outcome.why == "4 misheard, 2 unclear and 3 cut calls left out"


def test_a_share_never_reads_as_the_bound_that_it_misses() -> None:
    outcome = said(DEFAULT["peak_hour_success"], Run().calls(8999).calls(1001, BROKEN))
    assert outcome.verdict is FAIL
    assert outcome.measured == "8999 of 10000 (89.9 %)"


# --- response times -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("run", "verdict"),
    [
        (Run().webhooks(10, 2.999999), PASS),
        (Run().webhooks(10, 3.0), FAIL),
        (Run().webhooks(5, 2.0).webhooks(5, 4.0), FAIL),
        (Run().webhooks(5, 2.0).webhooks(4, 4.0).webhooks(1, 3.999999), PASS),
        (Run().webhooks(10, 1.0).webhooks(1000, 9.0, "status"), PASS),
        (Run().webhooks(10, 1.0).webhooks(1000, 9.0, warm_up=True), PASS),
        (Run(), UNSURE),
    ],
)
def test_a_mean_of_3_s_fails_at_the_peak(run: Run, verdict: Verdict) -> None:
    assert shipped("peak_hour_response", run.calls(10)) is verdict


def test_a_mean_over_too_few_calls_says_nothing() -> None:
    assert shipped("peak_hour_response", Run().webhooks(50, 9.0).calls(9)) is UNSURE


def test_a_mean_never_reads_as_the_bound_that_it_keeps() -> None:
    below = said(DEFAULT["peak_hour_response"], Run().calls(10).webhooks(10, 2.999999))
    above = said(DEFAULT["peak_hour_response"], Run().calls(10).webhooks(10, 3.000001))
    assert below.measured == "2.999 s over 10 webhooks"
    assert above.measured == "3.001 s over 10 webhooks"


@pytest.mark.parametrize(("mean_s", "verdict"), [(1.999999, PASS), (2.0, FAIL)])
def test_a_mean_of_2_s_fails_the_daily_pattern(mean_s: float, verdict: Verdict) -> None:
    assert shipped("daily_pattern_response", Run().calls(15).webhooks(3, mean_s)) is verdict


@pytest.mark.parametrize(
    ("quick", "slow", "verdict"), [(95, 5, PASS), (949, 51, FAIL), (0, 0, UNSURE)]
)
def test_a_share_of_webhooks_in_time(quick: int, slow: int, verdict: Verdict) -> None:
    gate = some(WebhooksWithin, at_least="95 %", below_s=2.5)
    run = Run(bounds_of((gate,))).calls(1).webhooks(quick, 2.499999).webhooks(slow, 2.5)
    assert said(gate, run).verdict is verdict


@pytest.mark.parametrize(
    "gate",
    [
        some(WebhooksWithin, at_least="95 %", below_s=2.5),
        some(EachCall, below_s=2.5),
        some(StartedWithin, at_least="95 %", at_most_s=2.5),
    ],
)
def test_a_bound_that_was_not_counted_at_cannot_be_judged_afterwards(gate: Gate) -> None:
    outcome = said(gate, Run().calls(5).webhooks(5, 0.1))
    assert outcome.verdict is UNSURE
    assert "not counted at 2.5 s" in outcome.why


# --- TwiML and findings ---------------------------------------------------------------------------

EDGE = "special_characters"
EMPTY_BODY = Finding("12100", Level.ERROR, "The document is empty.")


@pytest.mark.parametrize(
    ("run", "verdict"),
    [
        (Run().calls(4, scenario=EDGE), PASS),
        (Run().calls(4, scenario=EDGE).calls(1, Outcome.TWIML_INVALID, scenario=EDGE), FAIL),
        (Run().calls(4, scenario=EDGE).calls(1, BROKEN, scenario=EDGE), FAIL),
        (Run().calls(4, scenario=EDGE).calls(1, findings=(EMPTY_BODY,), scenario=EDGE), FAIL),
        (Run().calls(4, scenario=EDGE).calls(1, findings=(ODD,), scenario=EDGE), FAIL),
        (Run().calls(4, scenario=EDGE, findings=(BESIDE,)), PASS),
        (Run().calls(4, scenario=EDGE).calls(1, BROKEN), PASS),
        (Run().calls(4), UNSURE),
    ],
)
def test_odd_input_is_handled_with_valid_twiml(run: Run, verdict: Verdict) -> None:
    assert shipped("edge_cases", run) is verdict


@pytest.mark.parametrize(
    ("run", "verdict"),
    [
        (Run().calls(1), PASS),
        (Run().calls(9, findings=(ODD,)), PASS),
        (Run().calls(9).calls(1, findings=(WRONG,)), FAIL),
        (Run().calls(9).calls(1, findings=(WRONG,), warm_up=True), PASS),
        (Run(), UNSURE),
    ],
)
def test_no_error_finding(run: Run, verdict: Verdict) -> None:
    assert shipped("no_errors", run) is verdict


def test_warnings_can_be_forbidden_too() -> None:
    gate = some(NoFindings, level="WARNING")
    outcome = said(gate, Run().calls(2, findings=(ODD, BESIDE)))
    assert outcome.verdict is FAIL
    assert outcome.why == "2 x 12200, 2 x 15003"


@pytest.mark.parametrize(("level", "verdict"), [("", PASS), ("WARNING", PASS), ("ERROR", FAIL)])
def test_what_the_audit_found_counts_however_few_calls_there_were(
    level: str, verdict: Verdict
) -> None:
    code = "audit-unsigned-served" if level else ""
    result = Run().calls(30).result().model_copy(update={"audit": audit(level, code)})
    found = judge(result, (some(NoFindings, min_calls=30),)).gates[0]
    assert found.verdict is verdict
    assert found.why == ("1 x audit-unsigned-served" if verdict is FAIL else "")
    assert found.calls == 30
    few = judge(result, (some(NoFindings, min_calls=31),)).gates[0]
    assert few.verdict is (FAIL if verdict is FAIL else UNSURE)


def test_what_the_audit_found_is_not_held_against_some_of_the_calls() -> None:
    result = Run().calls(3).result().model_copy(update={"audit": audit("ERROR", "audit-x")})
    about_some = some(NoFindings, scenarios=("quick_booking",))
    assert judge(result, (about_some,)).gates[0].verdict is PASS


# --- can the run be trusted? ----------------------------------------------------------------------


@pytest.mark.parametrize(("dropped", "verdict"), [(0, PASS), (1, PASS), (2, UNSURE), (100, UNSURE)])
def test_what_we_could_not_start_is_never_a_fail(dropped: int, verdict: Verdict) -> None:
    run = Run().calls(100)
    run.tally.dropped(dropped)
    run.tally.dropped(50, warm_up=True)
    assert said(DEFAULT["dropped"], run).verdict is verdict


@pytest.mark.parametrize(("late", "verdict"), [(5, PASS), (6, UNSURE)])
def test_late_starts_are_never_a_fail(late: int, verdict: Verdict) -> None:
    run = Run().calls(1)
    for _ in range(94):
        run.tally.started("quick_booking", "standard", 0.5)
    for _ in range(late):
        run.tally.started("quick_booking", "standard", 0.500001)
    assert said(DEFAULT["on_time"], run).verdict is verdict


# --- the verdict ----------------------------------------------------------------------------------

GOOD = some(EachCall, below_s=15)
LOST = LostInterval(worker="worker 2", from_s=30.0, to_s=33.0, calls=4)
SMALL = Note(code="pool-too-small", text="The pool of connections was too small.")


def verdict_of(*gates: Gate, run: Run | None = None, **facts: Any) -> Verdict:
    return judge((run or Run().calls(20)).result(**facts), gates).verdict


def test_one_failed_gate_fails_the_run_whatever_else_there_is() -> None:
    bad, unsure = some(EachCall, below_s=0.5), some(EachCall, below_s=15, min_calls=99)
    assert verdict_of(GOOD) is PASS
    assert verdict_of(GOOD, unsure) is UNSURE
    assert verdict_of(GOOD, unsure, bad, notes=(SMALL,)) is FAIL


def test_a_run_that_is_not_to_be_trusted_cannot_pass() -> None:
    assert verdict_of(GOOD, notes=(SMALL,)) is UNSURE
    assert verdict_of(GOOD, lost=(LOST,)) is UNSURE
    assert verdict_of(GOOD, run=Run().calls(20).calls(1, Outcome.NOT_CARRIED)) is UNSURE


def test_the_reasons_are_said() -> None:
    notes = judge(Run().calls(1, Outcome.NOT_CARRIED).result(lost=(LOST,), notes=(SMALL,)), ())
    assert [note.code for note in notes.notes] == [
        "pool-too-small",
        "lost-calls",
        "not-carried",
        "no-gate",
    ]
    assert "4 calls were lost" in notes.notes[1].text


def test_a_worker_lost_without_calls_is_not_said_to_have_lost_some() -> None:
    lost = LOST.model_copy(update={"calls": 0})
    said = judge(Run().calls(20).result(lost=(lost,)), (GOOD,)).notes[0]
    assert said.code == "lost-calls"
    assert said.text.startswith("A worker was lost without a call")


@pytest.mark.parametrize(("blind", "verdict"), [(2, PASS), (3, UNSURE)])
def test_nobody_passes_whose_records_could_not_be_looked_up(blind: int, verdict: Verdict) -> None:
    run = Run().calls(20)
    for index in range(blind):
        finding = Finding("lookup-failed", Level.WARNING, "it could not be looked up")
        run.tally.found("quick_booking", "standard", index, finding)
    assert verdict_of(GOOD, run=run) is verdict


def test_gates_are_about_some_workloads_and_scenarios_only() -> None:
    of_others = some(EachCall, below_s=0.5, workloads=("daily_pattern",))
    not_called = some(ValidTwiml, scenarios=("numbers_only",), if_offered=True)
    judged = judge(Run().calls(20).result(), (GOOD, of_others, not_called))
    assert [outcome.verdict for outcome in judged.gates] == [PASS]
    assert verdict_of(of_others) is UNSURE
    assert verdict_of(of_others, workload="daily_pattern") is FAIL


def test_a_gate_judges_its_personas_only() -> None:
    gate = some(EachCall, below_s=15, personas=("elderly",))
    run = Run().calls(1, BROKEN).calls(2, persona="elderly", scenario="elderly_caller")
    assert said(gate, run).verdict is PASS
    assert said(gate, run).calls == 2


def test_a_gate_passes_nobody_while_one_whom_it_names_did_not_ring() -> None:
    gate = some(ValidTwiml, scenarios=("quick_booking", "numbers_only"), personas=("elderly",))
    found = said(gate, Run().calls(9))
    assert found.verdict is UNSURE
    missing = "scenario quick_booking, scenario numbers_only, persona elderly"
    assert found.why.startswith(
        f"only 0 of the 1 calls that it takes; no call finished of {missing}"
    )
    found = said(gate, Run().calls(9, persona="elderly"))
    assert (found.verdict, found.why) == (UNSURE, "no call finished of scenario numbers_only")
    run = Run().calls(9, persona="elderly").calls(1, scenario="numbers_only", persona="elderly")
    assert said(gate, run).verdict is PASS
    run.calls(1, BROKEN, persona="elderly")
    assert said(gate, run).verdict is FAIL


def test_calls_in_the_warm_up_are_none_that_a_gate_can_judge() -> None:
    gate = some(ValidTwiml, personas=("elderly", "hurried"))
    run = Run().calls(9, persona="elderly").calls(9, persona="hurried", warm_up=True)
    assert said(gate, run).verdict is UNSURE


def test_a_gate_fails_whoever_rang_though_another_did_not() -> None:
    run = Run().calls(3, BROKEN, persona="elderly")
    found = said(some(ValidTwiml, personas=("elderly", "hurried")), run)
    assert found.verdict is FAIL
    assert found.why.startswith("no call finished of persona hurried; 3 not handled")


def test_a_gate_may_take_those_of_whom_it_names_that_rang() -> None:
    gate = some(ValidTwiml, scenarios=("quick_booking", "numbers_only"), if_offered=True)
    assert said(gate, Run().calls(9)).verdict is PASS
    assert said(gate, Run().calls(9, BROKEN)).verdict is FAIL
    shipped = judge(Run().calls(9).result(), (DEFAULT["edge_cases"], GOOD))
    assert [gate.name for gate in shipped.gates] == [GOOD.name]
    shipped = judge(Run().calls(9, scenario="keypad").result(), (DEFAULT["edge_cases"],))
    assert [gate.verdict for gate in shipped.gates] == [PASS]


def test_exit_codes() -> None:
    assert [verdict.exit_code for verdict in (PASS, FAIL, UNSURE)] == [0, 1, 3]


def test_the_verdict_as_data() -> None:
    data = judge(Run().calls(20).result(), (GOOD,)).as_data()
    assert data["verdict"] == "pass"
    assert data["exit_code"] == 0
    assert data["gates"][0]["measured"] == "20 of 20 calls, 1.000 s at most"
    assert data["notes"] == []


# --- broken twins: a fault at a bound must turn the verdict ---------------------------------------


def test_a_bound_that_may_be_reached_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Histogram, "below", Histogram.at_most)
    assert shipped("each_call", Run().calls(3, response_s=15.0)) is PASS


def test_counting_by_buckets_alone_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bucket of 14.9999 s is that of 15 s too: only the count at the edge tells them apart."""

    def below(times: Histogram, us: int, _: Edges) -> int:
        return sum(n for bucket, n in times.buckets.items() if bucket < bucket_of(us))

    assert shipped("each_call", Run().calls(3, response_s=14.9999)) is PASS
    monkeypatch.setattr(Histogram, "below", below)
    assert shipped("each_call", Run().calls(3, response_s=14.9999)) is FAIL


def test_shares_in_rounded_percent_would_be_seen() -> None:
    run = Run().calls(8996).calls(1004, BROKEN)
    exactly = some(Success, of="answered", at_least=Fraction(8996, 10_000))
    assert said(exactly, run).verdict is PASS
    assert round(100 * 8996 / 10_000) == 90
    assert shipped("peak_hour_success", run) is FAIL


def test_the_bounds_of_gates_are_counted_at() -> None:
    bounds: Bounds = bounds_of(tuple(DEFAULT.values()))
    assert {15_000_000} <= set(bounds.calls.us)
    assert {500_000} <= set(bounds.lags.us)
    other = some(Success, of="goal", at_least="1/3"), some(MeanResponse, below_s=7.7)
    assert bounds_of(other) == bounds_of((some(Dropped, at_most="1 %"),)) == bounds_of(())


def test_a_generator_that_was_held_up_blames_nobody_for_being_slow() -> None:
    blocked = Note(code="loop-blocked", text="worker 1 is not to be trusted")
    slow = some(MeanResponse, below_s=2)
    run = Run().calls(20).webhooks(20, 2.5)
    assert judge(run.result(), (slow,)).verdict is FAIL
    found = judge(run.result(notes=(blocked,)), (slow,))
    assert found.verdict is UNSURE
    assert "held up" in found.gates[0].why
    assert judge(run.result(notes=(SMALL,)), (slow,)).verdict is FAIL
    each = DEFAULT["each_call"]
    late = Run().calls(20).calls(1, response_s=16)
    assert judge(late.result(notes=(blocked,)), (each,)).verdict is UNSURE
    broken = late.calls(1, BROKEN)
    assert judge(broken.result(notes=(blocked,)), (each,)).verdict is FAIL
