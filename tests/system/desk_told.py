"""Run by test_metrics.py in a process of its own: importing the swarm patches sockets.

Tells a desk of two workers and prints what Prometheus would see after each step, and the notes.
"""

import json
import tempfile
from pathlib import Path
from typing import Any

from voicesim.metrics.snapshot import Snapshot
from voicesim.results.tally import Tally
from voicesim.swarm.desk import Desk, Plan
from voicesim.swarm.job import Options, load_workload, make_job

job, gates = make_job(Options("http://127.0.0.1:9", seed=1), load_workload("peak_hour"))
HEALTHY = {"count": 0, "total_us": 0, "max_us": 0, "buckets": [], "edges": []}


def report(tally: Tally, number: int, at_s: float) -> dict[str, Any]:
    return {
        "number": number, "counts": tally.delta(), "curve": [[0.0, 2.0]] if number == 1 else [],
        "queue": 0, "at": at_s, "health": {"lag": HEALTHY, "cpu_s": 0.6, "wall_s": 3.0},
        "rang": [], "heard": [],
    }  # fmt: skip


def offer(tally: Tally, calls: int, dropped: int = 0) -> None:
    for number in range(calls):
        tally.offered("quick_booking", "standard", number)
    for _ in range(calls - dropped):
        tally.started("quick_booking", "standard", 0.001)
    if dropped:
        tally.dropped(dropped)


def shown(now: Snapshot) -> dict[str, Any]:
    return {
        "phase": now.phase, "valid": now.valid, "verdict": now.verdict, "asked": now.asked_per_s,
        "states": [worker.state for worker in now.workers],
        "ages": [round(worker.report_age_s, 3) for worker in now.workers],
        "cpu": [round(worker.cpu_ratio, 3) for worker in now.workers],
        "in_progress": now.in_progress, "dropped": now.totals.dropped, "lost": now.totals.lost,
    }  # fmt: skip


with tempfile.TemporaryDirectory() as folder:
    plan = Plan(job, gates, 5.0, Path(folder))
    desk = Desk(plan, "one", "2026-01-02T03:04:05Z")
    first, second = Tally(job.counting), Tally(job.counting)
    steps = []
    offer(first, 100, dropped=2)  # of few calls nothing is said yet
    desk.report("a", report(first, 1, 3.0), 3.5)
    steps.append(shown(desk.snapshot(4.0)))
    offer(second, 150)
    desk.report("b", report(second, 1, 6.0), 6.0)
    steps.append(shown(desk.snapshot(7.0)))
    offer(first, 0)
    first.dropped(2)
    desk.report("a", report(first, 2, 9.0), 9.0)
    desk.missed("b", 10.0)
    steps.append(shown(desk.snapshot(11.0)))
    offer(first, 5000)
    desk.report("a", report(first, 3, 12.0), 12.0)
    desk.closing(12.0)
    desk.workers_drained(["a"])
    desk.lose_the_rest(13.0)
    steps.append(shown(desk.snapshot(13.0)))
    result, judged = desk.close("2026-01-02T03:05:05Z", 60.0)
    desk.over = True
    steps.append(shown(desk.snapshot(14.0)))
    notes = {note.code: note.text for note in result.run.notes}
    print(json.dumps({"steps": steps, "notes": notes, "verdict": judged.verdict.value}))
