"""A run at one instant, frozen: all that the families are made from."""

from dataclasses import dataclass

from voicesim.metrics.totals import Times, Totals

PHASES = ("ramp", "steady", "drain")
WORKER_STATES = ("running", "missing", "drained", "lost")
VERDICTS = ("pass", "fail", "inconclusive")


@dataclass(frozen=True, slots=True)
class WorkerNow:
    """One process that lets calls arrive; ``index`` counts from 1."""

    index: int
    state: str
    report_age_s: float
    cpu_ratio: float
    loop_lag: Times


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A run. ``phase`` and ``verdict`` are "" when there is none."""

    run_id: str
    workload: str
    build: str
    seed: int
    voicesim: str
    target: str
    time_scale: float
    phase: str
    valid: bool
    verdict: str
    asked_per_s: float
    workers: tuple[WorkerNow, ...]
    totals: Totals

    @property
    def in_progress(self) -> int:
        """Calls that rang and are neither over nor lost."""
        return max(0, self.totals.started - self.totals.finished - self.totals.lost)

    @property
    def offered_erlangs(self) -> float:
        """Arrival rate times mean hold time in real seconds."""
        durations = self.totals.durations.values()
        count = sum(times.count for times in durations)
        if not count:
            return 0.0
        mean_s = sum(times.total_us for times in durations) / 1e6 / count
        return self.asked_per_s * mean_s * self.time_scale
