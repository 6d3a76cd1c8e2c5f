"""The stack of docker-compose.yml without Docker, from the wheel that the image is made from."""

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests

from tests import compose
from tests.system.composed import Composed, wheel_venv
from tests.system.stack import wait
from tests.system.swarm import agent_counts, but_for_the_machine, our_counts
from voicesim.verdict.evaluating import Verdict

LOOPBACK = {socket.AF_INET: "127.0.0.1", socket.AF_INET6: "::1"}
FAMILIES = tuple(LOOPBACK) if socket.has_dualstack_ipv6() else (socket.AF_INET,)


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return wheel_venv(tmp_path_factory.mktemp("wheel"))


def ran(python: Path, folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [str(python), "-m", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=90)


def test_voicesim_run_works_where_only_the_package_is(python: Path, tmp_path: Path) -> None:
    """It passes on a busy machine, too: so short a run is not asked how well it ran itself."""
    where = ran(python, tmp_path, "site").stdout
    assert str(compose.ROOT / "voicesim") not in where
    gates = tmp_path / "gates.toml"
    gates.write_text("".join(of_the_agent(python, tmp_path)))
    done = ran(python, tmp_path, "voicesim", "run", "-t", "8s", "-u", "150", "-r", "150",
               "--time-scale", "0", "--seed", "7", "--gates", str(gates))  # fmt: skip
    (result,) = tmp_path.glob("reports/*/result.json")
    verdict = json.loads(result.read_text())["verdict"]
    assert verdict["verdict"] == "pass", done.stdout + done.stderr
    assert done.returncode == 0


def of_the_agent(python: Path, folder: Path) -> list[str]:
    """The package's default gates but for the one that a busy machine alone does not hold to."""
    asked = "from voicesim import data; print(data.texts('gates')['gates/default.toml'])"
    text = subprocess.check_output([python, "-c", asked], cwd=folder, text=True)
    head, *gates = text.split("[[gate]]")
    kept = [gate for gate in gates if '"started_within"' not in gate]
    assert len(kept) == len(gates) - 1
    return [head, *(f"[[gate]]{gate}" for gate in kept)]


@pytest.mark.parametrize("family", FAMILIES)
def test_a_worker_is_healthy_while_it_is_connected_with_the_master(
    tmp_path: Path, family: socket.AddressFamily
) -> None:
    """By IPv6, too, which networks of Docker may have; listening or having parted is not enough."""
    stack = Composed(tmp_path, Path(sys.executable), compose.example())
    address = (LOOPBACK[family], int(stack.ports["5557"]))
    with socket.create_server(address, family=family) as master:
        assert not stack.healthy("worker")
        with socket.create_connection(address):
            master.accept()[0].close()
            wait(lambda: not stack.healthy("worker"), 10)
        with socket.create_connection(address), master.accept()[0]:
            assert stack.healthy("worker")


def test_the_stack_runs_as_the_compose_file_says(python: Path, tmp_path: Path) -> None:
    """Master with web UI, two workers, agent and the servers that watch; each healthy."""
    with Composed(tmp_path, python, compose.example()) as stack:
        assert not any(stack.healthy(name) for name in ("master", "worker", "agent"))
        stack.start("agent")
        stack.wait_until_healthy("agent-1")
        for server in ("pushgateway", "alertmanager", "prometheus", "master"):
            stack.start(server)
        stack.wait_until_healthy("master-1")
        for number in (1, 2):
            stack.start("worker", number)
        for name in ("worker-1", "worker-2", "pushgateway-1", "alertmanager-1", "prometheus-1"):
            stack.wait_until_healthy(name)
        reports = stack.root("master-1") / "var/lib/voicesim/reports"
        result = let_ring(stack, reports)
        calls = result["totals"]["started"]
        agent = agent_counts(f"http://127.0.0.1:{stack.ports['8080']}")
        wait(lambda: asked(stack, "voicesim_calls_started_total") == our_counts(result)[0], 30)
        assert asked(stack, 'up{job="voicesim"}') == 1
        assert asked(stack, 'up{job="pushgateway"}') == 1
        assert asked(stack, "count(count by (worker) (voicesim_worker_cpu_ratio))") == 2
    audit = result["audit"]
    assert (agent[0] - audit["calls"], agent[1] - audit["webhooks"]) == our_counts(result)
    assert result["run"]["workers"] == 2
    assert calls > 20
    assert but_for_the_machine(result) is Verdict.PASS, stack.log("master-1")
    everything = "".join(file.read_text() for file in tmp_path.glob("*.log"))
    assert compose.example()["VOICESIM_TWILIO_AUTH_TOKEN"] not in everything


def let_ring(stack: Composed, reports: Path) -> dict[str, Any]:
    """A run through the web UI: started when both workers are there, stopped, judged."""
    ui = f"http://127.0.0.1:{stack.ports['8089']}"
    wait(lambda: len(requests.get(f"{ui}/stats/requests", timeout=5).json()["workers"]) == 2, 30)
    form = {"user_count": "120", "spawn_rate": "120"}
    assert requests.post(f"{ui}/swarm", data=form, timeout=30).json()["success"]
    wait(lambda: agent_counts(f"http://127.0.0.1:{stack.ports['8080']}")[0] > 110, 40)
    assert requests.post(f"{ui}/stop", timeout=60).json()["success"]
    (result,) = wait(lambda: list(reports.glob("*/result.json")), 30)
    told: dict[str, Any] = json.loads(result.read_text())
    return told


def asked(stack: Composed, expr: str) -> float | None:
    """What Prometheus answers, if it is one number."""
    url = f"http://127.0.0.1:{stack.ports['9090']}/api/v1/query"
    rows = requests.post(url, data={"query": expr}, timeout=5).json()["data"]["result"]
    return float(rows[0]["value"][1]) if len(rows) == 1 else None
