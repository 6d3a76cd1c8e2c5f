"""What a run was like over time: as exact after hours as in its first seconds."""

from tests.unit.verdict.runs import Run
from voicesim.call.outcome import Outcome
from voicesim.results.histogram import Edges, Histogram, microseconds
from voicesim.swarm.live_history import MOST, History, in_progress


def times(*seconds: float) -> Histogram:
    made = Histogram()
    for one in seconds:
        made.record(microseconds(one), Edges())
    return made


def test_a_stretch_tells_what_happened_in_it_alone() -> None:
    history = History()
    history.take(2.0, 3, times(0.1, 0.1))
    history.take(4.0, 7, times())
    history.take(6.0, 5, times(0.2, 0.4))
    (first, second, third) = history.rows()
    assert first[:3] == [2.0, 3, 2]
    assert second == [4.0, 7, 0, None, None, None]
    assert third[:3] == [6.0, 5, 2]
    assert [round(quantile or 0, 2) for quantile in third[3:]] == [0.2, 0.4, 0.4]
    assert history.response.count == 4


def test_a_long_run_has_as_many_stretches_and_loses_no_webhook() -> None:
    history = History()
    samples = 10 * MOST + 3
    for number in range(samples):
        history.take(2.0 * number, number % 50, times(0.1, number / 1000))
        assert len(history.rows()) <= MOST
    rows = history.rows()
    assert len(rows) > MOST / 2
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    assert rows[-1][0] == 2.0 * (samples - 1)
    assert sum(row[2] or 0 for row in rows) == history.response.count == 2 * samples
    assert max(row[1] or 0 for row in rows) == 49


def test_quantiles_of_stretches_that_became_one_are_exact() -> None:
    history = History()
    for number in range(MOST + 1):
        history.take(float(number), 0, times(*[0.001] * 99, 0.5 if number == 1 else 0.001))
    assert history.each == 2
    first = history.rows()[0]
    assert first[2] == 200
    assert (first[3], first[5]) == (0.001, 0.001)
    assert max(one.response.max_us for one in history.stretches) == 500_000


def test_calls_in_progress_rang_and_are_neither_over_nor_lost() -> None:
    run = Run().calls(5).calls(2, Outcome.AGENT_HUNG_UP, warm_up=True)
    for _ in range(4):
        run.tally.started("quick_booking", "standard", 0.0)
    run.tally.delta()
    run.tally.started("quick_booking", "standard", 0.0, warm_up=True)
    parts = run.tally.parts()
    assert in_progress(parts) == 5
    parts[0].lost[(False, "quick_booking", "standard")] = 3
    assert in_progress(parts) == 2
