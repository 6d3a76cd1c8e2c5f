"""Runs Locust as a user would: one process, or a master with workers, against a reference agent."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from voicesim import data
from voicesim.config.gates import parse_gates
from voicesim.results.result import load
from voicesim.verdict.evaluating import Verdict
from voicesim.verdict.gates import Gate
from voicesim.verdict.judging import OURS, judge

ON_TIME = "on_time"
"""The default gate that a busy machine alone does not hold to."""
LOCUST = str(Path(sys.executable).with_name("locust"))
FILES = Path(__file__).parents[2] / "locustfiles"


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    result: dict[str, Any]


def free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port: int = bound.getsockname()[1]
        return port


def start(
    *arguments: str, group: bool = False, inside: Sequence[str] = (), **environment: str
) -> "subprocess.Popen[str]":
    """Locust; ``inside`` goes before its command."""
    return subprocess.Popen(
        [*inside, LOCUST, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=group,
        env=os.environ | environment,
    )


def finish(process: "subprocess.Popen[str]", reports: Path, timeout: float = 110) -> Ran:
    out = said(process, timeout)
    found = sorted(reports.glob("*/result.json"))
    return Ran(process.returncode, out, json.loads(found[-1].read_text()) if found else {})


def said(process: "subprocess.Popen[str]", timeout: float) -> str:
    """All that a process says until it ends; one that does not end is ended, and shown."""
    try:
        out, _ = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        out, _ = process.communicate()
        raise AssertionError(f"did not end within {timeout:g} s:\n{out}") from None
    return out


def cluster(
    locustfile: str, workers: int, *arguments: str
) -> tuple["subprocess.Popen[str]", list["subprocess.Popen[str]"]]:
    """A master that waits for its workers, and the workers."""
    port = str(free_port())
    file = ("-f", str(FILES / locustfile))
    master = start(
        *file, "--master", "--master-bind-host", "127.0.0.1", "--master-bind-port", port,
        "--headless", "--only-summary", "--expect-workers", str(workers), *arguments,
    )  # fmt: skip
    others = [
        start(*file, "--worker", "--master-host", "127.0.0.1", "--master-port", port)
        for _ in range(workers)
    ]
    return master, others


def finish_cluster(
    master: "subprocess.Popen[str]",
    workers: Sequence["subprocess.Popen[str]"],
    reports: Path,
    timeout: float = 110,
) -> Ran:
    """Wait for the master, then for its workers: they end by themselves."""
    ran = finish(master, reports, timeout)
    outs = [said(worker, 30) for worker in workers]
    return Ran(ran.code, ran.out + "".join(outs), ran.result)


def wait_for_workers(metrics_port: str, count: int) -> None:
    """Until so many carry the run, however long they took to start.

    One that starts after its master has ended looks for it for five minutes.
    """
    page = f"http://127.0.0.1:{metrics_port}/metrics"
    shown = ""
    for _ in range(400):
        with suppress(requests.RequestException):
            shown = requests.get(page, timeout=5).text
            if f'state="running"}} {count}.0' in shown:
                return
        time.sleep(0.2)
    raise AssertionError(f"there never were {count} workers:\n{shown}")


def assert_well(ran: Ran) -> None:
    """The agent did well, and nothing but a busy machine speaks against the run."""
    gates = ran.result["verdict"]["gates"]
    assert [gate for gate in gates if gate["verdict"] == "fail"] == [], ran.out
    assert {note["code"] for note in ran.result["run"]["notes"]} <= {"loop-blocked"}
    assert ran.code in (0, 3)


def assert_passed(ran: Ran) -> None:
    """The run passes, but for what it says itself that a busy machine did; then it ends with 3."""
    assert but_for_the_machine(ran.result) is Verdict.PASS, ran.out
    told = ran.result["verdict"]
    late = [gate for gate in told["gates"] if gate["name"] == ON_TIME and gate["verdict"] != "pass"]
    busy = late or [note for note in ran.result["run"]["notes"] if note["code"] in OURS]
    assert ran.code == (3 if busy else 0), ran.out


def but_for_the_machine(result: dict[str, Any]) -> Verdict:
    """What the default gates make of a run, but for what only a busy machine did."""
    run = result["run"]
    notes = [note for note in run["notes"] if note["code"] not in OURS]
    told = load(result | {"run": run | {"notes": notes}})
    return judge(told, tuple(gate for gate in default_gates() if gate.name != ON_TIME)).verdict


def default_gates() -> tuple[Gate, ...]:
    """The gates of a workload that names none."""
    file = "gates/default.toml"
    return parse_gates(data.texts("gates")[file], file)


def read_to_the_end(metrics_port: str) -> None:
    """A page that was read is there until its last figures are read, too."""
    with suppress(requests.ConnectionError):
        while True:
            requests.get(f"http://127.0.0.1:{metrics_port}/metrics", timeout=5)
            time.sleep(0.2)


def compared(origin: str, ran: Ran) -> tuple[tuple[int, int], tuple[int, int]]:
    """Calls and webhooks: the agent's but for those of the audit, and ours."""
    assert ran.result, ran.out
    calls, webhooks = agent_counts(origin)
    audit = ran.result["audit"] or {"calls": 0, "webhooks": 0}
    return (calls - audit["calls"], webhooks - audit["webhooks"]), our_counts(ran.result)


def agent_counts(origin: str) -> tuple[int, int]:
    """Calls and webhooks as the agent itself counted them."""
    stats = requests.get(f"{origin}/stats", timeout=10).json()
    return stats["calls"], sum(stats["webhooks"].values())


def our_counts(result: dict[str, Any]) -> tuple[int, int]:
    """Calls and webhooks as the result tells them, the warm-up included."""
    parts = [result["totals"], result["totals"]["warm_up"]]
    return sum(p["started"] for p in parts), sum(sum(p["webhooks"].values()) for p in parts)
