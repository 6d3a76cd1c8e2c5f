"""A small run, counted, and its snapshot."""

from tests.unit.verdict.runs import WRONG, Run
from voicesim.call.outcome import Outcome
from voicesim.metrics.health import LAG_EDGES
from voicesim.metrics.snapshot import Snapshot, WorkerNow
from voicesim.metrics.totals import Times, totals
from voicesim.results.histogram import Histogram


def run() -> Run:
    made = (
        Run()
        .calls(2)
        .calls(1, Outcome.WRONG_RESULT, findings=(WRONG,))
        .calls(1, scenario="detailed_booking", persona="elderly")
        .calls(1, warm_up=True)
        .webhooks(1, 0.5, "voice")
        .webhooks(1, 0.500001)
        .webhooks(3, 0.004)
        .webhooks(1, 0.9, persona="elderly", scenario="detailed_booking")
        .webhooks(1, 20.0)
        .webhooks(1, 0.2, "status")
        .webhooks(7, 3.0, warm_up=True)
    )
    made.tally.offered("quick_booking", "standard", 7.0)
    made.tally.started("quick_booking", "standard", 0.02)
    made.tally.dropped(2, warm_up=True)
    return made


COUNTS = run().tally.counts()


def snapshot() -> Snapshot:
    lag = Histogram()
    for us in (1_000, 200_000):
        lag.record(us, LAG_EDGES)
    return Snapshot(
        run_id="one",
        workload="peak_hour",
        build="v1",
        seed=7,
        voicesim="0.1.0",
        target="http://127.0.0.1:8000",
        time_scale=0.1,
        phase="steady",
        valid=True,
        verdict="",
        asked_per_s=2.0,
        workers=(
            WorkerNow(1, "running", 1.5, 0.5, Times.of(lag, LAG_EDGES)),
            WorkerNow(2, "missing", 6.0, 0.1, Times.of(Histogram(), LAG_EDGES)),
        ),
        totals=totals([COUNTS]),
    )
