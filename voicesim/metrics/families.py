"""The families that Prometheus reads: a table of names, and what of a snapshot each shows.

Base units, prefix ``voicesim_``, labels of which there are few. Every family carries ``run_id``. A
seed, a version or a build is on ``run_info`` alone: as a label elsewhere each would multiply all.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Generic, Literal, TypeVar

from voicesim.call.outcome import INCONCLUSIVE, Outcome
from voicesim.metrics.snapshot import PHASES, VERDICTS, WORKER_STATES, Snapshot
from voicesim.metrics.totals import Times
from voicesim.results.histogram import Edges

PREFIX = "voicesim_"
SCHEMA = "1"
"""Changes with the meaning of a family: then nothing is compared."""

S = TypeVar("S")
Value = float | Times
AGAINST = tuple(set(Outcome) - INCONCLUSIVE - {Outcome.GOAL_REACHED})
"""Outcomes that speak against the agent."""
Rows = Iterable[tuple[tuple[str, ...], Value]]


@dataclass(frozen=True, slots=True)
class Family(Generic[S]):
    """One family: its labels beside ``run_id``, and its rows of label values and value.

    ``rows`` are of a run as it is (Snapshot), or of a kept result.
    ``name`` is without prefix, and without ``_total`` for a counter.
    """

    name: str
    kind: Literal["gauge", "counter", "histogram"]
    text: str
    labels: tuple[str, ...]
    rows: Callable[[S], Rows]


def schema(edges: Edges) -> str:
    """What response times in buckets at ``edges`` are compared by: others estimate otherwise."""
    return f"{SCHEMA}-{sha256(repr(edges.us).encode()).hexdigest()[:8]}"


def _one(value: Callable[[Snapshot], Value]) -> Callable[[Snapshot], Rows]:
    return lambda snapshot: [((), value(snapshot))]


def _states(names: tuple[str, ...], now: Callable[[Snapshot], str]) -> Callable[[Snapshot], Rows]:
    return lambda snapshot: [((name,), float(now(snapshot) == name)) for name in names]


def _info(snapshot: Snapshot) -> Rows:
    facts = (snapshot.workload, snapshot.build, snapshot.target, snapshot.voicesim)
    by = schema(snapshot.totals.edges)
    return [((*facts, str(snapshot.seed), f"{snapshot.time_scale:g}", by), 1.0)]


def _workers(snapshot: Snapshot) -> Rows:
    states = [worker.state for worker in snapshot.workers]
    return [((state,), states.count(state)) for state in WORKER_STATES]


FAMILIES: tuple[Family[Snapshot], ...] = (
    Family(
        "run_info",
        "gauge",
        "What the run is; always 1.",
        ("workload", "build", "target", "voicesim", "seed", "time_scale", "schema"),
        _info,
    ),
    Family(
        "run_active",
        "gauge",
        "Whether the run is on: 1 until it is judged, then 0.",
        (),
        _one(lambda s: float(bool(s.phase))),
    ),
    Family(
        "run_valid",
        "gauge",
        "Whether the run is to be trusted so far; once 0 it stays 0.",
        (),
        _one(lambda s: float(s.valid)),
    ),
    Family(
        "run_phase",
        "gauge",
        "1 for the phase that the run is in: ramp (warm-up), steady, drain.",
        ("phase",),
        _states(PHASES, lambda s: s.phase),
    ),
    Family(
        "run_verdict",
        "gauge",
        "1 for the verdict, once there is one.",
        ("verdict",),
        _states(VERDICTS, lambda s: s.verdict),
    ),
    Family(
        "response_seconds",
        "histogram",
        "From webhook sent to TwiML complete, of the webhooks that steer calls, after the warm-up.",
        ("persona", "scenario"),
        lambda s: s.totals.response.items(),
    ),
    Family(
        "turn_response_seconds",
        "histogram",
        "From webhook sent to TwiML complete, by kind of webhook, after the warm-up.",
        ("scenario", "kind"),
        lambda s: s.totals.turns.items(),
    ),
    Family(
        "call_duration_seconds",
        "histogram",
        "Length of finished calls on their own clock (not scaled), after the warm-up.",
        ("scenario",),
        lambda s: s.totals.durations.items(),
    ),
    Family(
        "calls",
        "counter",
        "Finished calls by outcome, after the warm-up.",
        ("persona", "scenario", "outcome"),
        lambda s: s.totals.calls.items(),
    ),
    Family(
        "calls_judged",
        "counter",
        "Finished calls that speak for the agent or against it, after the warm-up.",
        (),
        _one(lambda s: s.totals.ended(Outcome.GOAL_REACHED, *AGAINST)),
    ),
    Family(
        "calls_failed",
        "counter",
        "Of these, calls whose outcome speaks against the agent. From 0 on, unlike an outcome's.",
        (),
        _one(lambda s: s.totals.ended(*AGAINST)),
    ),
    Family(
        "turn_errors",
        "counter",
        "Findings of the level ERROR by scenario and code, after the warm-up.",
        ("scenario", "reason"),
        lambda s: s.totals.errors.items(),
    ),
    Family(
        "findings",
        "counter",
        "Findings by code and severity, after the warm-up.",
        ("code", "severity"),
        lambda s: s.totals.findings.items(),
    ),
    Family(
        "active_calls",
        "gauge",
        "Calls in progress (the carried load).",
        (),
        _one(lambda s: s.in_progress),
    ),
    Family(
        "offered_load_erlangs",
        "gauge",
        "Arrival rate asked for times the mean hold time in real seconds.",
        (),
        _one(lambda s: s.offered_erlangs),
    ),
    Family(
        "arrivals_asked_per_second",
        "gauge",
        "The arrival rate that all rate tokens ask for now.",
        (),
        _one(lambda s: s.asked_per_s),
    ),
    Family(
        "calls_scheduled",
        "counter",
        "Calls that were to arrive, the warm-up included.",
        (),
        _one(lambda s: s.totals.scheduled),
    ),
    Family(
        "calls_started",
        "counter",
        "Calls that rang, the warm-up included.",
        (),
        _one(lambda s: s.totals.started),
    ),
    Family(
        "calls_dropped",
        "counter",
        "Calls that the generator could not start, the warm-up included.",
        (),
        _one(lambda s: s.totals.dropped),
    ),
    Family(
        "calls_lost",
        "counter",
        "Calls in progress in a worker that died.",
        (),
        _one(lambda s: s.totals.lost),
    ),
    Family(
        "call_start_lateness_seconds",
        "histogram",
        "Scheduling lag: from intended to actual start, the warm-up included.",
        (),
        _one(lambda s: s.totals.lateness),
    ),
    Family("workers", "gauge", "Workers by state.", ("state",), _workers),
    Family(
        "worker_cpu_ratio",
        "gauge",
        "Share of one core that the worker used in its last second or more.",
        ("worker",),
        lambda s: [((str(w.index),), w.cpu_ratio) for w in s.workers],
    ),
    Family(
        "worker_loop_lag_seconds",
        "histogram",
        "How late the worker's loop runs, ten times a second.",
        ("worker",),
        lambda s: [((str(w.index),), w.loop_lag) for w in s.workers],
    ),
    Family(
        "worker_loop_lag_max_seconds",
        "gauge",
        "The latest that the worker's loop ever was in this run.",
        ("worker",),
        lambda s: [((str(w.index),), w.loop_lag.max_us / 1e6) for w in s.workers],
    ),
    Family(
        "worker_report_age_seconds",
        "gauge",
        "How long ago the worker last reported.",
        ("worker",),
        lambda s: [((str(w.index),), w.report_age_s) for w in s.workers],
    ),
)
