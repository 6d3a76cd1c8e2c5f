"""Workers that die, come late or leave in the middle of a run."""

import re
import signal
import time
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.system.swarm import (
    FILES,
    agent_counts,
    assert_passed,
    cluster,
    compared,
    finish_cluster,
    free_port,
    read_to_the_end,
    start,
    wait_for_workers,
)
from voicesim.caller.names import STREAMS
from voicesim.line.reference import ReferenceAgent
from voicesim.traffic.curves import integral, rate_at

RATE = 200 * 4 / 60
COMMON = ("-u", "200", "-r", "200", "--time-scale", "0", "--seed", "7", "--no-audit")


def test_a_worker_killed_is_missed_and_everything_else_is_exact(tmp_path: Path) -> None:
    """Its tokens are with the other one at once; what it was at is lost, and said so."""
    with ReferenceAgent() as agent:
        master, workers = cluster(
            "peak_hour.py", 2, *COMMON, "-t", "17s", "--enable-rebalancing",
            "--host", agent.origin, "--status-path", "/twilio/status",
            "--reports", str(tmp_path), "--time-scale", "0.05",
        )  # fmt: skip
        wait_for_calls(agent.origin)
        time.sleep(7)
        workers[0].kill()
        ran = finish_cluster(master, workers, tmp_path)
        theirs, ours = compared(agent.origin, ran)
        ends = statuses(agent.origin)
    result = ran.result
    run, totals = result["run"], result["totals"]
    (lost,) = run["lost"]
    assert 0 < lost["to_s"] - lost["from_s"] < 12
    lost_calls = totals["lost"] + totals["warm_up"]["lost"]
    assert lost_calls == lost["calls"] > 0
    assert result["verdict"]["verdict"] == "inconclusive", ran.out
    assert ran.code == 3
    assert "lost-calls" in {note["code"] for note in result["verdict"]["notes"]}
    unknown = (lost["to_s"] - lost["from_s"]) * RATE / 2
    assert 0 <= theirs[0] - ours[0] <= unknown + 4 * unknown**0.5 + 5
    finished = totals["finished"] + totals["warm_up"]["finished"]
    assert finished + lost_calls == ours[0]
    assert ends >= finished
    curve = run["rate_curve"]
    died = lost["from_s"]
    print(f"missed after {lost['to_s'] - died:.1f} s of its last report; tokens moved within"
          f" {moved(curve, died):.1f} s of it; {lost_calls} calls lost;"
          f" the agent saw {theirs[0] - ours[0]} calls more")  # fmt: skip
    assert moved(curve, died) - (lost["to_s"] - died) < 4
    assert abs(rate_at(curve, run["run_time_s"] - 2) - RATE) < 0.1


def wait_for_calls(origin: str) -> None:
    """Until the run has begun, however long the processes took to start."""
    for _ in range(400):
        if agent_counts(origin)[0]:
            return
        time.sleep(0.1)
    raise AssertionError("nobody rings")


def moved(curve: list[Any], died: float) -> float:
    """How long after ``died`` the whole rate was back."""
    return next(t for t, rate in curve if t > died + 0.5 and rate > 0.99 * RATE) - died


def statuses(origin: str) -> int:
    stats = requests.get(f"{origin}/stats", timeout=10).json()
    ends: int = stats["webhooks"]["status"]
    return ends


def test_workers_may_come_late_and_leave(tmp_path: Path) -> None:
    """One joins in mid-run, one is told to end: it drains first, and every total is exact."""
    port, page = str(free_port()), str(free_port())
    file = ("-f", str(FILES / "peak_hour.py"))
    join = (*file, "--worker", "--master-host", "127.0.0.1", "--master-port", port)
    with ReferenceAgent() as agent:
        master = start(
            *file, "--master", "--master-bind-host", "127.0.0.1", "--master-bind-port", port,
            "--headless", "--only-summary", "--expect-workers", "1", *COMMON, "-t", "90s",
            "--enable-rebalancing", "--host", agent.origin, "--status-path", "/twilio/status",
            "--reports", str(tmp_path), "--metrics-port", page,
        )  # fmt: skip
        first = start(*join)
        wait_for_calls(agent.origin)
        time.sleep(3)
        late = start(*join)
        wait_for_workers(page, 2)
        time.sleep(4)
        first.send_signal(signal.SIGTERM)
        time.sleep(5)
        master.send_signal(signal.SIGTERM)
        read_to_the_end(page)
        ran = finish_cluster(master, [first, late], tmp_path)
        theirs, ours = compared(agent.origin, ran)
    assert theirs == ours
    result = ran.result
    assert result["run"]["workers"] == 2
    assert result["run"]["lost"] == []
    assert_passed(ran)
    curve = result["run"]["rate_curve"]
    # Shared but for moments in which both hold a token: with a clock of its own for each worker,
    # or tokens that stay with the one that left, it would be half as much again or more.
    length_s = result["run"]["run_time_s"]
    assert 0.6 * length_s * RATE < integral(curve, 0, length_s) < 1.25 * length_s * RATE
    arrived = sum(n for _, n in result["counts"]["seconds"])
    assert arrived == pytest.approx(
        integral(curve, 0, 2 * length_s), abs=4 * (length_s * RATE) ** 0.5
    )


def test_an_agent_that_mixes_up_callers_of_two_workers_is_found_out(tmp_path: Path) -> None:
    with ReferenceAgent(faults=("mixup=2",)) as agent:
        master, workers = cluster(
            "peak_hour.py", 2, "--host", agent.origin, "--no-audit", "--time-scale", "0.02",
            "-u", "120", "-r", "120", "-t", "14s", "--seed", "5", "--reports", str(tmp_path),
        )  # fmt: skip
        ran = finish_cluster(master, workers, tmp_path)
    found = [finding for finding in ran.result["findings"] if finding["code"] == "cross-talk"]
    said = " ".join(finding["message"] for finding in found)
    pairs = re.findall(r"Call (\d+) heard the \w+ '[^']*' of call (\d+)\.", said)
    assert any(int(a) % STREAMS != int(b) % STREAMS for a, b in pairs), ran.out
    assert ran.code == 1
