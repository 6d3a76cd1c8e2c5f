"""Counts in outline: gates say of them what they say of the whole."""

from dataclasses import replace
from typing import Any

import pytest

from tests.unit.swarm.made import made
from tests.unit.verdict.runs import WRONG, Run
from voicesim.call.outcome import Outcome
from voicesim.results.outline import outline
from voicesim.results.result import Result
from voicesim.switch.gaps import Gap
from voicesim.verdict.gates import bounds_of
from voicesim.verdict.judging import judge

GATES = made()[1]


def run(slow_s: float) -> Run:
    """Two parts: what was told, and what is fresh."""
    one = Run(bounds_of(GATES)).calls(40, response_s=slow_s).webhooks(40, slow_s)
    one.tally.sounded("quick_booking", "standard", 0, Gap(1.0, 0.5))
    one.tally.delta()
    one.calls(8, Outcome.WEBHOOK_FAILED, persona="elderly").webhooks(30, 0.05, persona="elderly")
    return one.calls(2, findings=(WRONG,))


@pytest.mark.parametrize("slow_s", [0.06, 3.5, 16.0])
def test_gates_say_the_same(slow_s: float) -> None:
    one = run(slow_s)
    whole = one.result()
    drawn = Result(run=whole.run, counts=outline(one.tally.parts()))
    judged = judge(drawn, GATES)
    assert judged == judge(whole, GATES)
    assert len(judged.gates) > 5


def test_all_is_there_but_the_buckets_and_nothing_is_taken_away() -> None:
    one = run(3.5)
    before = one.tally.counts()
    drawn = outline(one.tally.parts())
    bare: dict[str, Any] = {"webhooks": {}, "calls": {}, "lags": {}, "silences": {}}
    assert replace(drawn, **bare) == replace(before, **bare)
    assert sum(calls.repeats for calls in drawn.calls.values()) == 2 * 50
    assert [one.gaps.total_us for one in drawn.silences.values()] == [1_500_000]
    assert sum(times.count for times in drawn.webhooks.values()) == 70
    assert all(not times.buckets for times in drawn.webhooks.values())
    assert not any(one.gaps.buckets or one.waits.buckets for one in drawn.silences.values())
    drawn.add(drawn)
    assert one.tally.counts() == before
