"""Starts from the web UI over its endpoint: what is refused says so, one run follows another."""

import json
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.system import scripted
from tests.system.swarm import FILES, finish, free_port, start


class Ui:
    """A Locust with its web UI and the reference agent."""

    def __init__(self, folder: Path, *more: str) -> None:
        self.reports = folder
        port = free_port()
        self.origin = f"http://127.0.0.1:{port}"
        self.process: subprocess.Popen[str] = start(
            "-f", str(FILES / "explore.py"), "--web-host", "127.0.0.1", "--web-port", str(port),
            "--reports", str(folder), "--no-audit", *more,
        )  # fmt: skip
        self.wait_for(lambda: bool(self.state()))

    def state(self) -> str:
        try:
            found = requests.get(f"{self.origin}/stats/requests", timeout=5).json()
        except requests.ConnectionError:
            return ""
        return str(found["state"])

    def swarm(self, **fields: object) -> dict[str, Any]:
        form = {"user_count": 100, "spawn_rate": 100, **fields}
        answer: dict[str, Any] = requests.post(f"{self.origin}/swarm", form, timeout=20).json()
        return answer

    def stop(self) -> None:
        requests.post(f"{self.origin}/stop", timeout=60)
        self.wait_for(lambda: self.state() == "stopped")

    def results(self) -> list[dict[str, Any]]:
        return [json.loads(path.read_text()) for path in sorted(self.reports.glob("*/result.json"))]

    @staticmethod
    def wait_for(true: Any, seconds: float = 40) -> None:
        until = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < until, true
            time.sleep(0.1)


@pytest.fixture
def open_ui(tmp_path: Path) -> Iterator[Callable[..., Ui]]:
    """Opens one, and sees to it that it ends."""
    opened: list[Ui] = []

    def open_one(*more: str) -> Ui:
        opened.append(Ui(tmp_path / "reports", *more))
        return opened[-1]

    yield open_one
    for ui in opened:
        if ui.process.poll() is None:
            ui.process.kill()
            ui.process.wait()


def test_another_agent_is_not_looked_into_as_the_reference_agent_is(
    open_ui: Callable[..., Ui],
) -> None:
    """Its records were no business of ours; and a run is told as it was, not as it was asked."""
    with scripted.running() as origin:
        ui = open_ui("--time-scale", "0.02")
        own = requests.get(ui.origin, timeout=5).text.partition("http://127.0.0.1:")[2][:5]
        assert ui.swarm(host=f"{origin}/voice")["success"]
        time.sleep(14)
        ui.swarm(user_count=20)
        time.sleep(2)
        ui.stop()
        paths = [path for _, path, _ in requests.get(f"{origin}/log", timeout=10).json()]
        assert paths
        assert ui.swarm(host=f"http://127.0.0.1:{own}")["success"]
        time.sleep(14)  # 20 calls beyond the warm-up take a while
        ui.process.send_signal(signal.SIGTERM)
        ran = finish(ui.process, ui.reports, timeout=60)
    other, reference = ui.results()
    assert other["totals"]["goal_reached"] > 20
    assert [one for one in other["findings"] if one["level"] != "NOTICE"] == [], ran.out
    assert other["run"]["users"] == 100
    assert 10 < other["run"]["run_time_s"] < 20
    for part in (other["totals"], other["totals"]["warm_up"]):
        assert abs(part["offered"] - part["expected"]) < 4 * part["expected"] ** 0.5 + 15
    assert reference["run"]["target"] == f"http://127.0.0.1:{own}"
    assert ran.code == reference["verdict"]["exit_code"] == 0, ran.out
    assert "Traceback" not in ran.out


def test_what_is_refused_is_said_to_the_page(
    open_ui: Callable[..., Ui],
) -> None:
    """And nothing of it is taken over: the next start is as if it had not been."""
    with scripted.running() as origin:
        ui = open_ui("--time-scale", "0.02", "--host", f"{origin}/voice")
        for wrong, why in (
            ({"host": "http://192.0.2.1"}, "'http://192.0.2.1' is not called"),
            ({"host": "http://192.0.2.1", "allow_host": "192.0.2.1"}, "is not called"),
            ({"seed": "-1"}, "seed must be a whole number, 0 or more (is '-1')"),
            ({"time_scale": "fast"}, "time scale must be a number, 0 or more (is 'fast')"),
            ({"run_time": "3s"}, "longer than the warm-up of explore, 5 s"),
        ):
            answer = ui.swarm(**wrong)
            assert answer["success"] is False
            assert why in answer["message"]
        assert requests.get(f"{origin}/log", timeout=10).json() == []
        assert ui.state() == "ready"
        assert ui.swarm()["success"]
        time.sleep(3)
        answer = ui.swarm(seed="77", host="http://127.0.0.1:1")
        assert "host and seed cannot be changed" in answer["message"]
        assert ui.swarm(user_count=50)["success"]
        ui.process.send_signal(signal.SIGTERM)
        ran = finish(ui.process, ui.reports, timeout=60)
    assert ran.result["run"]["target"] == origin
    assert ran.out.count("not started: ") == 6


def test_a_start_while_the_last_run_drains_is_refused_and_works_afterwards(
    open_ui: Callable[..., Ui],
) -> None:
    """At real time calls go on for a while."""
    with scripted.running() as origin:
        more = ("--time-scale", "1", "--drain-grace", "4", "--seed", "9")
        ui = open_ui(*more, "--host", f"{origin}/voice")
        assert ui.swarm()["success"]
        time.sleep(8)
        stopping = time.monotonic()
        with pytest.raises(requests.Timeout):
            requests.post(f"{ui.origin}/stop", timeout=1)
        answer = ui.swarm()
        assert answer == {
            "success": False,
            "message": "the run before is still draining: start again once its verdict is there",
        }
        ui.wait_for(lambda: ui.state() == "stopped")
        assert 3 < time.monotonic() - stopping < 15
        assert len(ui.results()) == 1
        assert ui.swarm()["success"]
        time.sleep(8)
        ui.stop()
        assert len(ui.results()) == 2
        ui.process.send_signal(signal.SIGTERM)
        finish(ui.process, ui.reports, timeout=60)
