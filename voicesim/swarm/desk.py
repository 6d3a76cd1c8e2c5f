"""What the master (or the only process) of a run does: adds up and judges."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import Any

from voicesim import __version__
from voicesim.call.outcome import Outcome
from voicesim.caller.mixups import Heard, MixUps, Rang
from voicesim.metrics.health import LAG_EDGES, Health
from voicesim.metrics.snapshot import Snapshot, WorkerNow
from voicesim.metrics.totals import Times, totals
from voicesim.results.audit import Audit
from voicesim.results.counts import Counts
from voicesim.results.histogram import Histogram
from voicesim.results.outline import outline
from voicesim.results.result import LostInterval, Note, Result, RunFacts, bare_origin
from voicesim.results.summary import STEERING
from voicesim.results.tally import Tally, Unfinished
from voicesim.swarm.station import Job
from voicesim.traffic.curves import Curve, rate_at, summed
from voicesim.verdict.gates import Gate
from voicesim.verdict.judging import Judged, judge

Report = dict[str, Any]
"""What a worker tells: ``number`` from 1 on, ``counts`` (a tally's delta), ``curve`` (new steps),
``queue``, ``at`` (the run's clock), ``health`` (a probe's), ``rang`` and ``heard`` (see mixups:
who was let ring, and what may be another process's caller)."""
DROPPED_LIMIT = 0.01
"""With a larger share of calls that we could not start the load was not what it says."""
DROPPED_OF = 200
"""Of fewer calls that were to arrive nothing is said yet while the run is on."""


@dataclass(slots=True)
class Worker:
    """What is known of one worker."""

    unfinished: Unfinished = field(default_factory=Unfinished)
    curve: Curve = field(default_factory=list)
    queue: int = 0
    at_s: float = 0.0
    """When it last reported, or joined: seconds since the run began."""
    heard_s: float = 0.0
    """The same as the master has it."""
    health: Health = field(default_factory=Health)
    reports: int = 0
    missed_s: float | None = None
    """Since when it is missing, if it is."""
    drained: bool = False
    lost: bool = False

    @property
    def state(self) -> str:
        """One of WORKER_STATES."""
        if self.lost:
            return "lost"
        if self.drained:
            return "drained"
        return "running" if self.missed_s is None else "missing"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the command line and the workload make of a run."""

    job: Job
    gates: tuple[Gate, ...]
    grace_s: float
    folder: Path
    audit: Audit | None = None
    """The one before the run."""
    build: str = ""


class Desk:
    """Adds up the reports of a run's processes. ``run_id`` names its folder."""

    def __init__(self, plan: Plan, run_id: str, started_at: str) -> None:
        self._plan = plan
        self.run_id = run_id
        self._started_at = started_at
        self._tally = Tally(plan.job.counting)
        self._workers: dict[str, Worker] = {}
        self._lost: list[LostInterval] = []
        self._notes: list[Note] = []
        self._mixups = MixUps()
        self._recent = Histogram()
        self._users = 0
        self._closed_s: float | None = None
        self.judged: Judged | None = None
        self.draining = False
        self.over = False
        """Whether the run has come to its end, judged or not."""

    def asked(self, users: int) -> None:
        """So many users are to be there now."""
        self._users = max(self._users, users)

    def closing(self, now_s: float) -> None:
        """From now on no call arrives."""
        self.draining = True
        if self._closed_s is None:
            self._closed_s = now_s

    def joined(self, worker: str, now_s: float) -> None:
        """``worker`` was told to let calls arrive; it is here again if it was missed."""
        self._workers.setdefault(worker, Worker(at_s=now_s, heard_s=now_s)).missed_s = None

    def missed(self, worker: str, now_s: float) -> None:
        """Nothing is heard of ``worker`` any more. It may come back."""
        known = self._workers.get(worker)
        if known and known.missed_s is None:
            known.missed_s = now_s

    def forget(self, worker: str) -> None:
        """``worker`` was refused: it let nobody ring, unless it reported before."""
        known = self._workers.get(worker)
        if known and not known.reports:
            del self._workers[worker]

    def report(self, worker: str, report: Report, now_s: float) -> None:
        """Take in what ``worker`` counted since its last report."""
        known = self._workers.setdefault(worker, Worker())
        known.reports += 1
        if report["number"] != known.reports:
            known.reports = report["number"]
            self.note("reports-missing", "a report of a worker did not arrive: the counts lack it")
        told = self._tally.merge(report["counts"])
        for (*_, kind), times in told.webhooks.items():
            if kind in STEERING:
                self._recent.add(times)
        known.unfinished.add(report["counts"])
        known.curve += [(t, rate) for t, rate in report["curve"]]
        known.queue = max(known.queue, report["queue"])
        known.at_s = report["at"]
        self._mixups.add(Rang(*call) for call in report["rang"])
        self._mixups.add(Heard.of(*suspect) for suspect in report["heard"])
        self._count_mixups(self.told_s)
        known.heard_s = now_s
        warm_up_s = self._plan.job.workload.warm_up_s
        known.health.add(report["health"], warm_up=report["at"] <= warm_up_s)
        self._look_at_dropped(DROPPED_OF)

    def workers_drained(self, workers: Iterable[str]) -> None:
        """These workers have told everything."""
        for worker in workers:
            if known := self._workers.get(worker):  # one that was refused drains, too
                known.drained = True

    def lose_the_rest(self, now_s: float) -> None:
        """The other workers are gone: what they had in progress at their last report is lost."""
        for number, worker in enumerate(self._workers.values(), 1):
            if worker.drained:
                continue
            worker.drained = worker.lost = True
            worker.curve.append((worker.at_s, 0.0))  # nobody knows what it did afterwards
            self._tally.lost(worker.unfinished)
            self._lost.append(
                LostInterval(
                    worker=f"worker {number}",
                    from_s=worker.at_s,
                    to_s=now_s if worker.missed_s is None else worker.missed_s,
                    calls=worker.unfinished.total,
                )
            )

    def _count_mixups(self, up_to_s: float) -> None:
        """Count what callers of one process heard of another's."""
        for heard, finding in self._mixups.findings(up_to_s):
            own = heard.suspect.own
            self._tally.found(own.scenario, own.persona, own.call, finding, warm_up=heard.warm_up)

    def note(self, code: str, text: str) -> None:
        """Keep a reason not to trust the run."""
        if all(note.code != code for note in self._notes):
            self._notes.append(Note(code=code, text=self._plan.job.hide(text)))

    @property
    def notes(self) -> tuple[Note, ...]:
        """The reasons not to trust the run; one that was there stays."""
        unwell = (
            Note(code=code, text=f"worker {number} is not to be trusted: {why}")
            for number, worker in enumerate(self._workers.values(), 1)
            for code, why in sorted(worker.health.faults.items())
        )
        return (*self._notes, *unwell)

    def _look_at_dropped(self, at_least: int) -> None:
        parts = self._tally.parts()
        offered = sum(n for part in parts for n in part.offered.values())
        dropped = sum(n for part in parts for n in part.dropped.values())
        if offered >= at_least and dropped > DROPPED_LIMIT * offered:
            text = f"{dropped} of {offered} calls could not be started ({DROPPED_LIMIT:.0%} may)"
            self.note("calls-dropped", text)

    def snapshot(self, now_s: float) -> Snapshot:
        """The run as it is, for Prometheus."""
        job = self._plan.job
        return Snapshot(
            run_id=self.run_id,
            workload=job.workload.name,
            build=self._plan.build,
            seed=job.seed,
            voicesim=__version__,
            target=bare_origin(job.target.url),
            time_scale=job.time_scale,
            phase=self._phase(now_s),
            valid=not self.notes and not self._lost,
            verdict=self.judged.verdict.value if self.judged else "",
            asked_per_s=sum(rate_at(worker.curve, now_s) for worker in self._workers.values()),
            workers=tuple(
                WorkerNow(
                    index=number,
                    state=worker.state,
                    report_age_s=0.0 if worker.drained else max(0.0, now_s - worker.heard_s),
                    cpu_ratio=worker.health.cpu_ratio,
                    loop_lag=Times.of(worker.health.lag, LAG_EDGES),
                )
                for number, worker in enumerate(self._workers.values(), 1)
            ),
            totals=totals(self._tally.parts()),
        )

    def _phase(self, now_s: float) -> str:
        if self.over or self.draining:
            return "" if self.over else "drain"
        return "ramp" if now_s < self._plan.job.workload.warm_up_s else "steady"

    def progress(self) -> str:
        """How far the run is, in one line."""
        counts = self._tally.counts()
        finished = sum(calls.responses.count for calls in counts.calls.values())
        good = sum(
            calls.responses.count
            for (_, _, _, outcome), calls in counts.calls.items()
            if outcome == Outcome.GOAL_REACHED
        )
        started = sum(counts.started.values())
        return (
            f"{started} calls rang, {started - finished} in progress, {finished} over,"
            f" {good} with their goal reached"
        )

    def close(self, ended_at: str, length_s: float) -> tuple[Result, Judged]:
        """Judge what was counted, once everything was told."""
        self._count_mixups(inf)
        job, workload = self._plan.job, self._plan.job.workload
        arrived_s = self.arrived_s(length_s)
        if arrived_s <= workload.warm_up_s:
            self.note(
                "warm-up-only",
                f"the run was over after {arrived_s:.1f} s, within its warm-up of"
                f" {workload.warm_up_s:g} s: nothing is left to judge",
            )
        queue = max((worker.queue for worker in self._workers.values()), default=0)
        if queue:
            self.note(
                "pool-too-small",
                f"up to {queue} webhooks waited for one of the {job.pool} connections of their"
                " process: give it more with --pool",
            )
        self._look_at_dropped(1)
        for worker in self._workers.values():
            worker.health.judge_whole()
        result = self._result(ended_at, length_s, self._tally.counts())
        self.judged = judge(result, self._plan.gates)
        return result, self.judged

    def standing(self, now_s: float) -> tuple[Result, Judged]:
        """What was told so far, in outline, and what it comes to; once judged, the verdict."""
        result = self._result("", now_s, outline(self._tally.parts()))
        return result, self.judged or judge(result, self._plan.gates)

    def take_recent(self) -> Histogram:
        """Response times (webhooks that steer calls) told since this was last asked."""
        recent, self._recent = self._recent, Histogram()
        return recent

    def arrived_s(self, now_s: float) -> float:
        """How long calls have arrived."""
        return now_s if self._closed_s is None else self._closed_s

    @property
    def time_scale(self) -> float:
        """Wall seconds for a second inside calls."""
        return self._plan.job.time_scale

    @property
    def told_s(self) -> float:
        """Up to when every process that is there has told what happened."""
        return min(
            (w.at_s for w in self._workers.values() if not w.drained and w.missed_s is None),
            default=0.0,
        )

    def parts(self) -> tuple[Counts, Counts]:
        """What was told so far, in two parts to be added up: to be read at once and not kept."""
        return self._tally.parts()

    def _result(self, ended_at: str, length_s: float, counts: Counts) -> Result:
        job, workload = self._plan.job, self._plan.job.workload
        return Result(
            run=RunFacts(
                id=self.run_id,
                seed=job.seed,
                voicesim=__version__,
                started_at=self._started_at,
                ended_at=ended_at,
                length_s=length_s,
                workload=workload.name,
                target=bare_origin(job.target.url),
                time_scale=job.time_scale,
                users=self._users,
                calls_per_user_per_min=workload.calls_per_user_per_min,
                run_time_s=self.arrived_s(length_s),
                warm_up_s=workload.warm_up_s,
                drain_grace_s=self._plan.grace_s,
                repeat_webhooks=100 * job.policy.repeats,
                build=self._plan.build,
                workers=max(len(self._workers), 1),
                rate_curve=tuple(summed(worker.curve for worker in self._workers.values())),
                lost=tuple(self._lost),
                notes=self.notes,
            ),
            counts=counts,
            audit=self._plan.audit,
        )

    @property
    def folder(self) -> Path:
        """Where this run's files go."""
        return self._plan.folder / self.run_id
