"""Locust's processes as a user starts them: totals, verdicts, exit codes, ends by signals."""

import json
import os
import re
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.system import scripted
from tests.system.repeat_totals import run_once
from tests.system.stack import wait
from tests.system.swarm import (
    FILES,
    Ran,
    cluster,
    compared,
    default_gates,
    finish,
    finish_cluster,
    free_port,
    start,
)
from voicesim.line.reference import ReferenceAgent
from voicesim.results.result import load
from voicesim.traffic.curves import integral, ramped_at
from voicesim.verdict.judging import judge

USERS = ("-u", "200", "-r", "200", "--time-scale", "0", "--seed", "5")
"""13.3 calls a second."""


def alone(
    reports: Path, *more: str, group: bool = False, **environment: str
) -> "subprocess.Popen[str]":
    file = ("-f", str(FILES / "peak_hour.py"))
    arguments = (*file, "--headless", "--only-summary", *USERS, "--reports", str(reports), *more)
    return start(*arguments, group=group, **environment)


def processes(count: int) -> tuple[str, ...]:
    """A master with so many workers, on a port that nobody else has."""
    port = str(free_port())
    return ("--processes", str(count), "--master-bind-port", port, "--master-port", port)


def complete(ran: Ran, reports: Path) -> dict[str, Any]:
    """Check that a run left everything there is to leave; its result."""
    assert ran.result, ran.out
    result = ran.result
    again = judge(load(result), default_gates())
    assert json.loads(json.dumps(again.as_data())) == result["verdict"]
    assert ran.code == result["verdict"]["exit_code"], ran.out
    page = next(reports.glob("*/report.html")).read_text()
    assert not re.search(r"""(?:src|href)\s*=|url\(|@import|<script""", page)
    assert f"{result['verdict']['verdict'].upper()}:" in ran.out
    assert "Traceback" not in ran.out, ran.out
    totals = [result["totals"], result["totals"]["warm_up"]]
    for part in totals:
        assert part["offered"] == part["started"] + part["dropped"]
        assert part["started"] == part["finished"] + part["lost"]
    return result


@pytest.mark.parametrize("seed", [1, 2])
def test_totals_are_the_agents_own_to_the_call(seed: int) -> None:
    """A master, two workers, 40 calls a second, status callbacks: calls and webhooks are equal."""
    theirs, ours, result = run_once(15, seed)
    assert theirs == ours
    assert ours[0] > 300
    assert result["run"]["workers"] == 2
    arrivals_follow_the_realised_rate(result)


def arrivals_follow_the_realised_rate(result: dict[str, Any]) -> None:
    """After the ramp, within 4 standard deviations."""
    curve = result["run"]["rate_curve"]
    begin = int(ramped_at(curve) or 0) + 1
    end = int(max(t for t, _ in curve))
    expected = integral(curve, begin, end)
    arrived = sum(n for second, n in result["counts"]["seconds"] if begin <= second < end)
    assert expected > 0
    assert abs(arrived - expected) <= 4 * expected**0.5, (arrived, expected)


@pytest.mark.parametrize("count", [1, 2])
def test_one_process_or_more_the_rules_are_the_same(count: int, tmp_path: Path) -> None:
    """The reference agent, started by the run itself, passes."""
    more = processes(count) if count > 1 else ()
    ran = finish(alone(tmp_path, "-t", "10s", *more), tmp_path, timeout=40)
    result = complete(ran, tmp_path)
    assert result["verdict"]["verdict"] == "pass", ran.out
    assert result["run"]["workers"] == count
    assert ran.code == 0


def test_an_agent_that_answers_500_fails(tmp_path: Path) -> None:
    """And no statistics of Locust's decide about the exit code."""
    with scripted.running("--status", "500") as origin:
        ran = finish(alone(tmp_path, "-t", "7s", "--host", f"{origin}/voice"), tmp_path)
    assert complete(ran, tmp_path)["verdict"]["verdict"] == "fail"
    assert ran.code == 1


TOKEN = "s3cr3t-token-of-the-agent"


def test_no_secret_is_shown_or_kept_that_an_agent_says_back(tmp_path: Path) -> None:
    """In findings, in names of requests, in calls that are quoted: terminal, page and result."""
    with scripted.running() as origin:
        more = ("-t", "8s", "--host", f"{origin}/leak", "--no-audit")
        ran = finish(alone(tmp_path, *more, VOICESIM_TWILIO_AUTH_TOKEN=TOKEN), tmp_path)
    assert ran.result["totals"]["started"] > 10, ran.out
    assert "/[hidden]/x (gather)" in ran.out
    assert "s3cr3t" not in ran.out
    for file in tmp_path.glob("*/*"):
        assert "s3cr3t" not in file.read_text()
        assert "[hidden]" in file.read_text()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("--pool", "0"), "--pool must be 1 or more (is 0)"),
        (("--start-date", "tomorrow"), "--start-date 'tomorrow' is no date; write YYYY-MM-DD"),
        (("-t", "3s"), "run time must be longer than the warm-up of peak_hour, 5 s"),
        (("--reports", "/dev/null/x"), "no report can be written into /dev/null/x"),
    ],
)
def test_what_is_typed_wrong_is_one_line_and_nobody_rings(
    typed: tuple[str, str], said: str, tmp_path: Path
) -> None:
    """Exit code 2, before the reference agent is started."""
    ran = finish(alone(tmp_path, "-t", "10s", *typed), tmp_path, timeout=30)
    assert ran.code == 2, ran.out
    lines = [line for line in ran.out.splitlines() if "Starting Locust" not in line]
    assert len(lines) == 1, ran.out
    assert lines[0].startswith(f"voicesim: {said}")


def test_a_verdict_is_told_though_the_report_cannot_be_kept(tmp_path: Path) -> None:
    """The folder becomes a file in mid-run: a pass that nothing shows is none."""
    reports = tmp_path / "reports"
    process = alone(reports, "-t", "10s", "--no-audit")
    for _ in range(200):
        if found := list(reports.glob("*")):
            break
        time.sleep(0.1)
    found[0].rmdir()
    found[0].write_text("in the way")
    ran = finish(process, reports, timeout=40)
    assert re.search(r"^PASS: of (\d+) gates \1 pass$", ran.out, re.MULTILINE), ran.out
    assert (
        f"NO REPORT could be written into {found[0]} (File exists): the exit code is 3" in ran.out
    )
    assert ran.code == 3


def test_an_agent_that_is_not_there_is_told_from_a_failing_one(tmp_path: Path) -> None:
    """Exit code 1, one clear line, no verdict."""
    host = f"http://127.0.0.1:{free_port()}"
    ran = finish(alone(tmp_path, "-t", "30s", "--host", host), tmp_path, timeout=30)
    assert ran.code == 1
    assert f"{host} is unreachable" in ran.out
    assert not ran.result
    assert "Traceback" not in ran.out


def test_a_cluster_without_its_agent_ends_as_well(tmp_path: Path) -> None:
    """The workers too, and they send nothing."""
    host = f"http://127.0.0.1:{free_port()}"
    processes = cluster(
        "peak_hour.py", 2, *USERS, "-t", "30s", "--host", host, "--reports", str(tmp_path)
    )
    ran = finish_cluster(*processes, tmp_path)
    assert ran.code == 1
    assert f"{host} is unreachable" in ran.out
    assert "Traceback" not in ran.out, ran.out


def test_a_host_typed_in_the_web_ui_is_called_only_when_it_may_be(tmp_path: Path) -> None:
    """Nothing is sent to a host that is neither loopback nor named; the exit code is 2."""
    port = free_port()
    with scripted.running() as origin:
        process = start(
            "-f", str(FILES / "peak_hour.py"), "--host", origin, "--reports", str(tmp_path),
            "--web-host", "127.0.0.1", "--web-port", str(port),
        )  # fmt: skip
        ui = f"http://127.0.0.1:{port}"
        wait_for(f"{ui}/stats/requests")
        there = origin.replace("127.0.0.1", "0.0.0.0")  # the agent all the same, but not loopback
        # A request of one's own making may name options that the page has no box for.
        typed = {"user_count": 20, "spawn_rate": 20, "host": there, "allow_host": "0.0.0.0"}
        answer = requests.post(f"{ui}/swarm", data=typed, timeout=10).json()
        assert answer["success"] is False
        assert "is not called" in answer["message"]
        time.sleep(3)
        assert requests.get(f"{origin}/log", timeout=10).json() == []
        process.send_signal(signal.SIGTERM)
        ran = finish(process, tmp_path, timeout=30)
    assert "is not called" in ran.out
    assert ran.code == 2, ran.out


def wait_for(url: str) -> None:
    for _ in range(100):
        with suppress(requests.RequestException):
            requests.get(url, timeout=5)
            return
        time.sleep(0.2)
    raise AssertionError(f"{url} does not answer")


def wait_until_it_runs(reports: Path) -> None:
    """Until the run has its folder, however long the processes took to start."""
    wait(lambda: list(reports.iterdir()), 60)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_the_only_process_leaves_a_verdict(how: signal.Signals, tmp_path: Path) -> None:
    """Calls are drained, the result is whole, the exit code ours."""
    process = alone(tmp_path, "-t", "60s")
    wait_until_it_runs(tmp_path)
    time.sleep(6)  # beyond the warm-up
    process.send_signal(how)
    complete(finish(process, tmp_path, timeout=30), tmp_path)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_the_master_leaves_a_verdict(how: signal.Signals, tmp_path: Path) -> None:
    """And ends the workers, which are drained and agree with the agent to the call."""
    with ReferenceAgent() as agent:
        master, workers = cluster(
            "peak_hour.py", 2, *USERS, "-t", "60s", "--host", agent.origin,
            "--status-path", "/twilio/status", "--reports", str(tmp_path),
        )  # fmt: skip
        wait_until_it_runs(tmp_path)
        time.sleep(4)
        master.send_signal(how)
        ran = finish_cluster(master, workers, tmp_path)
        theirs, ours = compared(agent.origin, ran)
        assert theirs == ours
    complete(ran, tmp_path)


def test_ctrl_c_reaches_master_and_workers_at_once(tmp_path: Path) -> None:
    """As a terminal sends it to all processes of the group; every call is accounted for."""
    process = alone(tmp_path, "-t", "60s", *processes(2), group=True)
    wait_until_it_runs(tmp_path)
    time.sleep(4)
    os.killpg(process.pid, signal.SIGINT)
    ran = finish(process, tmp_path, timeout=40)
    result = complete(ran, tmp_path)
    assert result["run"]["lost"] == [], ran.out
    assert result["run"]["workers"] == 2


def test_ctrl_c_twice_cuts_the_calls_in_progress(tmp_path: Path) -> None:
    """At real time no call would end soon: they are cut, counted, and the result is whole."""
    process = alone(tmp_path, "-t", "60s", "--time-scale", "1", "--drain-grace", "50")
    wait_until_it_runs(tmp_path)
    time.sleep(4)
    process.send_signal(signal.SIGINT)
    time.sleep(2)
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    result = complete(finish(process, tmp_path, timeout=25), tmp_path)
    assert result["totals"]["cut"] + result["totals"]["warm_up"]["cut"] > 0
    assert result["verdict"]["verdict"] != "pass"


def test_a_workload_with_a_shape_has_its_own_number_of_users(tmp_path: Path) -> None:
    """A fifth of 60 users at eight in the morning, without a word on the command line."""
    file = ("-f", str(FILES / "daily_pattern.py"))
    process = start(*file, "--headless", "-t", "10s", "--no-audit", "--reports", str(tmp_path))
    ran = finish(process, tmp_path, timeout=60)
    assert ran.result["run"]["users"] > 30, ran.out
    assert ran.result["totals"]["started"] > 5
