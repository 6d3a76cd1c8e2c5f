"""Ctrl-C and SIGTERM where Locust alone does not deal with them: every run ends in order."""

import signal
import time
from pathlib import Path

import pytest

from tests.system.stack import wait
from tests.system.swarm import FILES, Ran, compared, finish, free_port, said, start
from tests.system.test_parting import connected
from voicesim.line.reference import ReferenceAgent

CTRL_C, SIGTERM = signal.SIGINT, signal.SIGTERM
SHAPED = ("-f", str(FILES / "daily_pattern.py"), "--headless", "--only-summary", "--no-audit")


@pytest.mark.parametrize("how", [CTRL_C, SIGTERM], ids=["ctrl-c", "sigterm"])
def test_a_run_with_a_traffic_profile_ends_in_order(how: signal.Signals, tmp_path: Path) -> None:
    """The first signal drains, the second cuts: at real time no call would end soon."""
    process = start(
        *SHAPED, "-u", "400", "--time-scale", "1", "--drain-grace", "50", "--reports", str(tmp_path)
    )
    wait(lambda: list(tmp_path.iterdir()), 60)
    time.sleep(2)
    process.send_signal(how)
    time.sleep(1)
    assert process.poll() is None
    process.send_signal(how)
    ran = finish(process, tmp_path, timeout=25)
    complete(ran)
    assert ran.result["totals"]["warm_up"]["cut"] > 0


def test_sigterm_in_a_run_with_a_traffic_profile_ends_the_workers(tmp_path: Path) -> None:
    """They would ring on, with nobody to count it."""
    port = str(free_port())
    with ReferenceAgent() as agent:
        process = start(
            *SHAPED, "-u", "400", "--time-scale", "0", "--reports", str(tmp_path),
            "--processes", "2", "--master-bind-port", port, "--master-port", port,
            "--host", agent.origin, "--status-path", "/twilio/status",
        )  # fmt: skip
        wait(lambda: list(tmp_path.iterdir()), 60)
        time.sleep(3)
        process.send_signal(SIGTERM)
        ran = finish(process, tmp_path, timeout=40)
        complete(ran)
        theirs, ours = compared(agent.origin, ran)
    assert theirs == ours
    assert ours[0] > 0


@pytest.mark.parametrize("how", [CTRL_C, SIGTERM], ids=["ctrl-c", "sigterm"])
def test_a_master_that_waits_for_workers_ends_and_they_too(
    how: signal.Signals, tmp_path: Path
) -> None:
    """Nobody rang yet: nothing is judged, and it says so."""
    port = free_port()
    file = ("-f", str(FILES / "peak_hour.py"))
    at = ("--master-bind-host", "127.0.0.1", "--master-bind-port", str(port))
    master = start(
        *file, "--master", *at, "--headless", "--only-summary", "--expect-workers", "2",
        "--no-audit", "--reports", str(tmp_path),
    )  # fmt: skip
    worker = start(*file, "--worker", "--master-host", "127.0.0.1", "--master-port", str(port))
    wait(lambda: connected(port), 60)
    time.sleep(2)
    master.send_signal(how)
    ran = finish(master, tmp_path, timeout=10)
    assert "nobody rang" in ran.out
    assert "Traceback" not in ran.out, ran.out
    assert ran.code == 3, ran.out
    assert list(tmp_path.iterdir()) == []
    said(worker, 10)
    assert worker.returncode == 0


def complete(ran: Ran) -> None:
    """The run was judged, once, and nothing broke off."""
    assert "Traceback" not in ran.out, ran.out
    assert ran.result, ran.out
    assert ran.code == ran.result["verdict"]["exit_code"], ran.out
    assert ran.out.count("report: ") == 1, ran.out
