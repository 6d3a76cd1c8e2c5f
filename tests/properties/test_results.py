"""Whatever several workers are fed, and however their deltas arrive, the totals are exact."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from voicesim.base.findings import Finding, Level
from voicesim.call.outcome import CallRecord, Outcome
from voicesim.results.counts import Bounds
from voicesim.results.histogram import Edges
from voicesim.results.tally import Counting, Tally, Unfinished

COUNTING = Counting(
    seed=9,
    bounds=Bounds(Edges.at([1_000_000, 2_000_000]), Edges.at([3_000_000]), Edges.at([5])),
    keep=2,
    share=0.5,
)
WORKERS = 3
NAMES = st.sampled_from(["quick", "slow"])
SECONDS = st.sampled_from([0.0, 0.000005, 0.1, 0.999999, 1.0, 1.5, 2.0, 3.0, 70.0]) | st.floats(
    0, 4
)
FINDINGS = st.builds(
    Finding,
    st.sampled_from(["12100", "readback-wrong"]),
    st.sampled_from(list(Level)),
    st.sampled_from(["one", "another"]),
)
RECORDS = st.builds(
    CallRecord,
    index=st.integers(0, 30),
    sid=st.just("CA"),
    scenario=NAMES,
    persona=NAMES,
    caller_number=st.just("+1"),
    outcome=st.sampled_from([Outcome.GOAL_REACHED, Outcome.ABANDONED, Outcome.CUT]),
    why=st.just(""),
    length_s=SECONDS,
    turns=st.integers(0, 9),
    response_total_s=SECONDS,
    fields=st.just(()),
    findings=st.lists(FINDINGS, max_size=2).map(tuple),
    entries=st.just(()),
)
FEEDS = st.one_of(
    st.tuples(st.just("offered"), st.tuples(NAMES, NAMES, SECONDS)),
    st.tuples(st.just("started"), st.tuples(NAMES, NAMES, SECONDS)),
    st.tuples(st.just("dropped"), st.tuples(st.integers(1, 3))),
    st.tuples(st.just("answered"), st.tuples(NAMES, NAMES, NAMES, SECONDS)),
    st.tuples(st.just("finished"), st.tuples(RECORDS)),
    st.tuples(st.just("found"), st.tuples(NAMES, NAMES, st.integers(0, 9), FINDINGS)),
)
STEPS = st.lists(
    st.tuples(st.integers(0, WORKERS - 1), st.none() | st.tuples(FEEDS, st.booleans())),
    max_size=40,
)
"""A worker, and what it is fed; None is that it reports."""


def fed(tally: Tally, feed: tuple[str, tuple[Any, ...]], warm_up: bool) -> None:
    getattr(tally, feed[0])(*feed[1], warm_up=warm_up)


def distinct(steps: list[Any]) -> list[Any]:
    """Each call finishes once in a run."""
    seen: set[int] = set()
    kept = []
    for worker, step in steps:
        if step is not None and step[0][0] == "finished":
            index = step[0][1][0].index
            if index in seen:
                continue
            seen.add(index)
        kept.append((worker, step))
    return kept


@given(STEPS.map(distinct), st.randoms(use_true_random=False))
def test_all_deltas_merged_in_any_order_are_the_total(steps: list[Any], order: Any) -> None:
    alone, master = Tally(COUNTING), Tally(COUNTING)
    workers = [Tally(COUNTING) for _ in range(WORKERS)]
    deltas = []
    for number, step in steps:
        if step is None:
            deltas.append(workers[number].delta())
        else:
            fed(workers[number], *step)
            fed(alone, *step)
    deltas += [worker.delta() for worker in workers]
    order.shuffle(deltas)
    for delta in deltas:
        master.merge(delta)
    assert master.counts() == alone.counts()
    assert master.counts().rows() == alone.counts().rows()


@given(STEPS.map(distinct))
def test_what_a_worker_reported_plus_what_it_did_not_is_what_it_was_fed(steps: list[Any]) -> None:
    worker, unfinished = Tally(COUNTING), Unfinished()
    for _, step in steps:
        if step is None:
            unfinished.add(worker.delta())
        else:
            fed(worker, *step)
    unfinished.add(worker.delta())
    counts = worker.counts()
    balance = dict(counts.started)
    for (*key, _), calls in counts.calls.items():
        at = (key[0], key[1], key[2])
        balance[at] = balance.get(at, 0) - calls.responses.count
    assert unfinished.calls == balance
    assert unfinished.total == sum(n for n in balance.values() if n > 0)
