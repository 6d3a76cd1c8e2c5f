"""What a tally counts, and that it adds up."""

import json
import timeit
from dataclasses import replace

import pytest

from voicesim.base.findings import Finding, Level
from voicesim.base.redact import Redactor
from voicesim.call.events import Kind
from voicesim.call.outcome import CallRecord, Outcome
from voicesim.results.counts import GROUPS, Bounds, Counts
from voicesim.results.histogram import Edges
from voicesim.results.summary import only, summarise
from voicesim.results.tally import Counting, Tally, Unfinished
from voicesim.switch.gaps import Gap

COUNTING = Counting(
    seed=1,
    bounds=Bounds(Edges.at([2_000_000]), Edges.at([15_000_000]), Edges.at([100_000])),
    origin="http://127.0.0.1:8000",
    keep=3,
)
WRONG = Finding("readback-wrong", Level.ERROR, "The agent confirmed the day 'Monday'.")
ODD = Finding("12200", Level.WARNING, "Unknown attribute.")


def record(
    index: int = 0,
    outcome: Outcome = Outcome.GOAL_REACHED,
    response_s: float = 1.0,
    findings: tuple[Finding, ...] = (),
    scenario: str = "quick_booking",
) -> CallRecord:
    return CallRecord(
        index=index,
        sid=f"CA{index}",
        scenario=scenario,
        persona="standard",
        caller_number="+12125550100",
        outcome=outcome,
        why="its goal is reached",
        length_s=42.5,
        turns=5,
        response_total_s=response_s,
        fields=(),
        findings=findings,
        entries=(),
    )


def test_calls_are_counted_by_what_became_of_them() -> None:
    tally = Tally(COUNTING)
    tally.offered("quick_booking", "standard", 0.5, warm_up=True)
    tally.offered("quick_booking", "standard", 7.99)
    tally.offered("quick_booking", "standard", 7.01)
    tally.started("quick_booking", "standard", 0.1)
    tally.started("quick_booking", "standard", 0.1001)
    tally.dropped()
    tally.dropped(2, warm_up=True)
    counts = tally.counts()
    assert counts.offered == {
        (True, "quick_booking", "standard"): 1,
        (False, "quick_booking", "standard"): 2,
    }
    assert counts.started == {(False, "quick_booking", "standard"): 2}
    assert counts.seconds == {(0,): 1, (7,): 2}
    assert counts.dropped == {(False,): 1, (True,): 2}
    assert counts.lags[(False,)].at_most(100_000, COUNTING.bounds.lags) == 1


def test_webhooks_are_counted_by_scenario_persona_and_kind() -> None:
    tally = Tally(COUNTING)
    tally.answered("quick_booking", "standard", Kind.VOICE, 0.1)
    tally.answered("quick_booking", "standard", Kind.GATHER, 2.0)
    tally.answered("quick_booking", "standard", "gather", 1.999999)
    tally.answered("quick_booking", "standard", "gather", 9.0, warm_up=True)
    webhooks = tally.counts().webhooks
    gathers = webhooks[(False, "quick_booking", "standard", "gather")]
    assert gathers.count == 2
    assert gathers.total_us == 3_999_999
    assert gathers.below(2_000_000, COUNTING.bounds.webhooks) == 1
    assert webhooks[(False, "quick_booking", "standard", "voice")].count == 1
    assert webhooks[(True, "quick_booking", "standard", "gather")].count == 1


def test_finished_calls_are_counted_by_outcome_with_their_summed_response_time() -> None:
    tally = Tally(COUNTING)
    for response_s in (14.999999, 15.0):
        tally.finished(record(response_s=response_s))
    tally.finished(record(outcome=Outcome.CUT))
    calls = tally.counts().calls
    reached = calls[(False, "quick_booking", "standard", "goal_reached")]
    assert reached.responses.below(15_000_000, COUNTING.bounds.calls) == 1
    assert reached.turns == 10
    assert (reached.lengths.count, reached.lengths.total_us) == (2, 85_000_000)
    assert calls[(False, "quick_booking", "standard", "cut")].responses.count == 1


def test_findings_are_counted_with_the_earliest_call_as_example() -> None:
    tally = Tally(COUNTING)
    tally.finished(record(8, findings=(WRONG, ODD, ODD)))
    tally.finished(record(3, findings=(WRONG.in_turn(7),)))
    tally.found("quick_booking", "standard", 5, Finding("stored-wrong", Level.ERROR, "x" * 999))
    findings = tally.counts().findings
    key = (False, "quick_booking", "standard")
    assert findings[(*key, "readback-wrong", "ERROR")].count == 2
    assert findings[(*key, "readback-wrong", "ERROR")].example == (3, f"turn 7: {WRONG.message}")
    assert findings[(*key, "12200", "WARNING")].count == 2
    example = findings[(*key, "stored-wrong", "ERROR")].example
    assert example == (5, "x" * 500)


@pytest.mark.parametrize(
    ("one", "kept"),
    [
        (record(outcome=Outcome.ABANDONED), True),
        (record(findings=(WRONG,)), True),
        (record(findings=(ODD,)), False),
        (record(outcome=Outcome.MISHEARD), False),
        (record(outcome=Outcome.UNCLEAR), False),
        (record(outcome=Outcome.CUT), False),
        (record(), False),
    ],
)
def test_ladders_are_kept_of_calls_that_failed(one: CallRecord, kept: bool) -> None:
    tally = Tally(COUNTING)
    tally.finished(one, warm_up=True)
    ladders = tally.counts().ladders
    assert bool(ladders) is kept
    if kept:
        ((_, index, data),) = ladders[(one.scenario, one.outcome.value)]
        assert index == 0
        assert data["call_sid"] == "CA0"
        assert data["warm_up"] is True


def test_a_share_of_the_others_is_kept_and_never_more_than_so_many() -> None:
    tally = Tally(Counting(seed=1, keep=1000, share=0.1))
    for index in range(2000):
        tally.finished(record(index))
    kept = tally.counts().ladders[("quick_booking", "goal_reached")]
    assert abs(len(kept) - 200) < 4 * 13.4  # sqrt(2000 x 0.1 x 0.9)
    few = Tally(Counting(seed=1, keep=3, share=0.1))
    for index in reversed(range(2000)):
        few.finished(record(index))
    assert few.counts().ladders[("quick_booking", "goal_reached")] == kept[:3]


def test_a_failed_call_is_kept_before_one_that_reached_its_goal() -> None:
    tally = Tally(Counting(seed=1, keep=1, share=1.0))
    for index in range(50):
        tally.finished(record(index))
    tally.finished(record(50, findings=(WRONG,)))
    ((_, index, _),) = tally.counts().ladders[("quick_booking", "goal_reached")]
    assert index == 50


def test_a_delta_holds_what_is_new_and_survives_as_json() -> None:
    worker, master = Tally(COUNTING), Tally(COUNTING)
    worker.offered("quick_booking", "standard", 1.0)
    worker.started("quick_booking", "standard", 0.0)
    first = worker.delta()
    worker.answered("quick_booking", "standard", Kind.VOICE, 0.2)
    worker.finished(record(outcome=Outcome.ABANDONED, findings=(WRONG,)))
    second = worker.delta()
    assert second["offered"] == []
    assert worker.delta() == Counts(COUNTING.bounds, COUNTING.keep).rows()
    for delta in (second, first):
        master.merge(json.loads(json.dumps(delta)))
    assert master.counts() == worker.counts()


def test_counts_are_a_copy() -> None:
    tally = Tally(COUNTING)
    tally.answered("quick_booking", "standard", Kind.VOICE, 0.2)
    before = tally.counts()
    tally.counts().webhooks.clear()
    tally.answered("quick_booking", "standard", Kind.VOICE, 0.2)
    assert sum(times.count for times in before.webhooks.values()) == 1
    assert sum(times.count for times in tally.counts().webhooks.values()) == 2


def test_counts_at_other_bounds_cannot_be_merged() -> None:
    with pytest.raises(ValueError, match="other bounds"):
        Tally(COUNTING).merge(Tally(Counting(seed=1)).delta())


def test_the_calls_of_a_dead_worker_are_lost() -> None:
    worker, master, unfinished = Tally(COUNTING), Tally(COUNTING), Unfinished()
    for scenario in ("quick_booking", "quick_booking", "detailed_booking"):
        worker.started(scenario, "standard", 0.0)
    unfinished.add(worker.delta())
    assert unfinished.total == 3
    worker.finished(record(scenario="detailed_booking"))
    worker.started("quick_booking", "standard", 0.0, warm_up=True)
    unfinished.add(worker.delta())
    master.lost(unfinished)
    assert unfinished.total == 3
    assert master.counts().lost == {
        (False, "quick_booking", "standard"): 2,
        (True, "quick_booking", "standard"): 1,
    }


def test_counting_a_webhook_is_cheap() -> None:
    """Measured at 0.6 us; the bound is wide, for a busy machine."""
    tally = Tally(COUNTING)

    def one() -> None:
        tally.answered("quick_booking", "standard", "gather", 0.0123)

    assert min(timeit.repeat(one, number=2000, repeat=10)) / 2000 < 10e-6


def test_no_secret_is_counted_not_even_half_of_one() -> None:
    """It is hidden before a message is cut to its length; what is quoted of a call too."""
    secret = "s3cr3t-of-the-agent"
    tally = Tally(COUNTING, Redactor((secret,)))
    long = Finding("12200", Level.ERROR, "x" * 495 + secret)
    tally.finished(record(0, Outcome.REJECTED, findings=(long,)))
    told = json.dumps(tally.delta())
    assert "x[hid" in told
    assert "s3c" not in told


def test_a_report_that_is_missing_makes_no_negative_number_of_calls() -> None:
    tally, unfinished = Tally(COUNTING), Unfinished()
    tally.started("quick_booking", "standard", 0.0)
    tally.started("detailed_booking", "standard", 0.0)
    tally.delta()  # this one did not arrive
    tally.finished(record(0))
    tally.started("detailed_booking", "standard", 0.0)
    unfinished.add(tally.delta())
    assert unfinished.total == 1


def test_perceived_gaps_are_counted_by_who_waited() -> None:
    tally = Tally(COUNTING)
    tally.sounded("quick_booking", "elderly", 0, Gap(2.0, 0.4, 1.0))
    tally.sounded("quick_booking", "elderly", 0, Gap(0.0, 0.1))
    tally.sounded("quick_booking", "elderly", 0, Gap(9.0), warm_up=True)
    found = tally.counts().silences[False, "quick_booking", "elderly"]
    assert (found.gaps.count, found.gaps.total_us, found.gaps.max_us) == (2, 3_500_000, 3_400_000)
    assert (found.waits.count, found.waits.total_us) == (2, 2_000_000)
    assert found.groups == {0: (2, 3_500_000)}
    tally.sounded("quick_booking", "elderly", GROUPS + 3, Gap(1.0))
    found = tally.counts().silences[False, "quick_booking", "elderly"]
    assert found.groups == {0: (2, 3_500_000), 3: (1, 1_000_000)}
    assert summarise(tally.counts(), only(persona="standard")).silences.gaps.count == 0


def test_gaps_and_repeats_add_up_from_deltas_in_whatever_order() -> None:
    whole, parts = Tally(COUNTING), [Tally(COUNTING) for _ in range(3)]
    for n in range(90):
        gap, one = Gap(n % 3, n / 100, n % 2), replace(record(n), repeats=n % 5)
        for tally in (whole, parts[n % 3]):
            tally.sounded("quick_booking", ("elderly", "standard")[n % 2], n, gap)
            tally.finished(one)
    master = Tally(COUNTING)
    for part in reversed(parts):
        master.merge(json.loads(json.dumps(part.delta())))
    assert master.counts().rows() == whole.counts().rows()
    calls = summarise(master.counts()).calls
    assert calls.repeats == sum(n % 5 for n in range(90))
    assert calls.repeats_squared == sum((n % 5) ** 2 for n in range(90))
    assert calls.turns_squared == 90 * 5**2
    groups = [one.groups for one in master.counts().silences.values()]
    assert sum(gaps for one in groups for gaps, _ in one.values()) == 90
    assert {group for one in groups for group in one} == set(range(GROUPS))
