"""What metrics cost: a page of 12 personas and 12 scenarios, and what every process pays for them.

Fails when the page takes more than twice what prometheus_client itself needs for as many series,
or when a worker at 500 turns a second spends 2 % of a core on what is there for metrics alone.
"""

import gc
import sys
import time
from collections.abc import Callable

from prometheus_client import CollectorRegistry, Histogram, generate_latest

from voicesim.metrics.collector import Collector, page
from voicesim.metrics.health import LAG_EDGES, Probe
from voicesim.metrics.snapshot import Snapshot, WorkerNow
from voicesim.metrics.totals import Times, totals
from voicesim.results.histogram import Histogram as Counted
from voicesim.results.tally import Counting, Tally
from voicesim.verdict.gates import SHORT_S, bounds_of

KINDS = ("voice", "gather", "status")
TURNS_PER_S = 500
CALLERS = [(f"scenario_{s}", f"persona_{p}") for s in range(12) for p in range(12)]


def best(work: Callable[[], object], times: int = 9) -> float:
    """The shortest time (s) that ``work`` takes."""
    found = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        found.append(time.perf_counter() - begun)
    return min(found)


def counted() -> Tally:
    tally = Tally(Counting(seed=1, bounds=bounds_of(())))
    for number in range(40):
        for scenario, persona in CALLERS:
            for kind in KINDS:
                tally.answered(scenario, persona, kind, 0.003 * 1.2**number)
    return tally


def snapshot(tally: Tally) -> Snapshot:
    worker = WorkerNow(1, "running", 1.0, 0.4, Times.of(Counted(), LAG_EDGES))
    return Snapshot(
        "run", "bench", "", 1, "0", "http://127.0.0.1", 1.0, "steady", True, "", 1.0,
        (worker,), totals(tally.parts()),
    )  # fmt: skip


def theirs() -> CollectorRegistry:
    """As many series, made by prometheus_client's own histograms."""
    registry = CollectorRegistry()
    callers = Histogram("a_seconds", "a", ["run", "s", "p"], buckets=SHORT_S, registry=registry)
    kinds = Histogram("b_seconds", "b", ["run", "s", "k"], buckets=SHORT_S, registry=registry)
    for scenario, persona in CALLERS:
        callers.labels("run", scenario, persona).observe(0.1)
    for scenario in {scenario for scenario, _ in CALLERS}:
        for kind in KINDS:
            kinds.labels("run", scenario, kind).observe(0.1)
    return registry


def probing() -> float:
    """CPU (s) a second of what a process does for its health: ten ticks and a third of a report."""
    now = [0.0]
    probe = Probe(lambda: now[0], time.process_time)

    def second() -> None:
        for _ in range(10):
            now[0] += 0.1
            probe.tick()

    def report() -> None:
        probe.report()

    return best(second, 200) + best(report, 200) / 3


def edges() -> float:
    """CPU (s) a second of counting at the edges of buckets, over counting at none."""
    times = [0.003 * 1.01**n for n in range(TURNS_PER_S)]

    def count(tally: Tally) -> None:
        for elapsed_s in times:
            tally.answered("scenario", "persona", "gather", elapsed_s)

    exact, bare = Tally(Counting(1, bounds_of(()))), Tally(Counting(1))
    return best(lambda: count(exact), 50) - best(lambda: count(bare), 50)


def main() -> int:
    tally = counted()
    gc.disable()
    collector = Collector(lambda: snapshot(tally))
    pieces = list(page(collector))
    made = theirs()
    ours_s, bare_s = best(lambda: b"".join(page(collector))), best(lambda: generate_latest(made))
    lines = b"".join(pieces).count(b"\n")
    longest_s = best(lambda: next(iter(page(collector))))
    share = probing() + edges()
    print(f"page of 12 personas x 12 scenarios: {lines} lines in {ours_s * 1000:.1f} ms"
          f" ({len(pieces)} pieces, {longest_s * 1000:.1f} ms before the first);"
          f" prometheus_client alone {bare_s * 1000:.1f} ms for"
          f" {generate_latest(made).count(10)} lines: {ours_s / bare_s:.2f} times")  # fmt: skip
    print(f"metrics in a worker at {TURNS_PER_S} turns/s: {share:.3%} of a core")
    return int(ours_s > 2 * bare_s or share >= 0.02)


if __name__ == "__main__":
    sys.exit(main())
