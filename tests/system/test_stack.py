"""The whole stack on loopback: clean runs, broken ones, alerts to their receivers.

``make stack-test``; with STACK_RUN_S=90 part of ``make system-long``. Grafana's server is not among
it: its queries are asked of Prometheus directly.
"""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from dashboards.__main__ import BOARDS
from dashboards.panels import Query
from tests.system import command
from tests.system.stack import SECRETS, Stack, stack, wait
from tests.system.swarm import FILES, cluster, finish_cluster, free_port, start
from tests.system.test_metrics import SPINNING, assert_equal, filled

RUN_S = int(os.environ.get("STACK_RUN_S", "20"))
"""How long the clean run is, and about how long the broken one."""
pytestmark = pytest.mark.timeout(280 + 4 * RUN_S)
MASTER_DOWN_S = 12.0
"""Longer than any alert waits for what is gone between runs."""


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with stack(tmp_path_factory.mktemp("stack")) as running:
        yield running


def test_a_clean_run_fires_nothing_and_ends_exact_and_a_broken_one_is_told(
    servers: Stack, tmp_path: Path
) -> None:
    result, clean = clean_run(servers, tmp_path / "clean")
    run_id = result["run"]["id"]
    assert_stored(servers, result)
    time.sleep(MASTER_DOWN_S)
    assert servers.firing() == set()
    assert servers.received.posts == []
    file = str(next((tmp_path / "clean").glob("*/result.json")))
    gateway = f"http://127.0.0.1:{servers.gateway}"
    ran = command.voicesim("export", "--baseline", file, "--push-gateway", gateway)
    assert ran.code == 0, ran.both

    broken_id, broken = broken_run(servers, tmp_path / "broken")
    told = {"VoicesimWorkerLost", "VoicesimGeneratorSaturated"}
    assert told <= servers.firing()
    assert_told(servers, broken_id)
    for file in (tmp_path / "broken").glob("*/result.json"):
        assert command.voicesim("export", str(file), "--push-gateway", gateway).code == 0
    wait(lambda: servers.query(f'voicesim_result_info{{run_id="{broken_id}"}}'), 20)
    time.sleep(3)  # a step of the queries
    assert_all_return_data(servers, {run_id: clean, broken_id: broken})


OURS = ("__name__", "run_id", "job", "instance")


def clean_run(servers: Stack, reports: Path) -> tuple[dict[str, Any], float]:
    """Its result, and when it began."""
    begun = time.time()
    master, workers = cluster(
        "peak_hour.py", 2, "-t", f"{RUN_S}s", "--seed", "1", "--time-scale", "0.05",
        "--reports", str(reports), "--metrics-port", str(servers.page), "--build", "v1",
        "--push-gateway", f"http://127.0.0.1:{servers.gateway}",
    )  # fmt: skip
    ran = finish_cluster(master, workers, reports, RUN_S + 90)
    assert ran.code == 0, (ran.out, ran.result["run"]["notes"])
    assert ran.result["run"]["workers"] == 2
    return ran.result, begun


def assert_stored(servers: Stack, result: dict[str, Any]) -> None:
    """The last samples that Prometheus has of the run are the result, count by count."""
    run_id = result["run"]["id"]
    rows = servers.query(f'last_over_time({{run_id="{run_id}",job="voicesim"}}[10m])')
    samples = {}
    for row in rows:
        labels = {k: v for k, v in row["metric"].items() if k not in OURS}
        samples[row["metric"]["__name__"], frozenset(labels.items())] = float(row["value"][1])
    assert_equal(samples, result)


def broken_run(servers: Stack, reports: Path) -> tuple[str, float]:
    """An agent that leaks its insides, a worker whose loop is blocked, one that is killed."""
    begun, port = time.time(), str(free_port())
    with faulty_agent(reports) as origin:
        master = start(
            "-f", str(FILES / "peak_hour.py"), "--master", "--master-bind-host", "127.0.0.1",
            "--master-bind-port", port, "--headless", "--only-summary", "--expect-workers", "2",
            "-t", f"{RUN_S + 12}s", "--seed", "2", "--time-scale", "0.05", "--host", origin,
            "--reports", str(reports), "--metrics-port", str(servers.page), "--build", "v2",
        )  # fmt: skip
        to = ("--worker", "--master-host", "127.0.0.1", "--master-port", port)
        good = start("-f", str(FILES / "peak_hour.py"), *to)
        blocked = start("-f", str(SPINNING), *to, SPIN_S="0.2", REST_S="0.2")
        wait(lambda: servers.query("voicesim_run_active == 1"), 30)
        time.sleep(0.6 * RUN_S)
        killed = time.time()
        good.kill()
        wait(lambda: any(
            alert["labels"]["alertname"] == "VoicesimWorkerLost"
            for body in servers.received.at("/alerts") for alert in body["alerts"]
        ), 20)  # fmt: skip
        print(f"a killed worker was told after {time.time() - killed:.1f} s")
        ran = finish_cluster(master, [good, blocked], reports, RUN_S + 90)
    assert ran.code in (1, 3), ran.out
    notes = {note["code"]: note["text"] for note in ran.result["run"]["notes"]}
    assert "loop-blocked" in notes
    return ran.result["run"]["id"], begun


@contextmanager
def faulty_agent(folder: Path) -> Iterator[str]:
    """One that says its stack trace to callers."""
    folder.mkdir()
    origin = f"http://127.0.0.1:{(port := free_port())}"
    command = (sys.executable, "-m", "voicesim.reference", "--port", str(port))
    process = subprocess.Popen(
        [*command, "--db", str(folder / "agent.sqlite"), "--fault", "leaks-trace"],
        stdout=subprocess.DEVNULL,
    )
    try:
        wait(lambda: listens(origin), 20)
        yield origin
    finally:
        process.terminate()
        process.wait(20)


def listens(origin: str) -> bool:
    try:
        return requests.get(f"{origin}/stats", timeout=2).ok
    except requests.ConnectionError:
        return False


def assert_told(servers: Stack, run_id: str) -> None:
    """Each receiver has what is its own, in its own shape, with the run in it."""

    def webhook(name: str, status: str) -> list[dict[str, Any]]:
        return [
            body for body in servers.received.at("/alerts")
            if body["status"] == status and body["commonLabels"].get("alertname") == name
        ]  # fmt: skip

    (lost, *_) = webhook("VoicesimWorkerLost", "firing")
    assert lost["version"] == "4"
    assert lost["commonLabels"]["run_id"] == run_id
    assert webhook("VoicesimGeneratorSaturated", "firing")
    wait(lambda: webhook("VoicesimGeneratorSaturated", "resolved"), 30)
    headers = [headers for path, headers, _ in servers.received.posts if path == "/alerts"]
    assert all(sent["Authorization"] == f"Bearer {SECRETS['webhook_token']}" for sent in headers)
    texts = [json.dumps(body) for body in servers.received.at("/slack")]
    assert any("FIRING: VoicesimWorkerLost" in text and run_id in text for text in texts)
    assert any("FIRING: VoicesimGeneratorSaturated" in text for text in texts)
    assert all(body["channel"] == "#voice-load" for body in servers.received.at("/slack"))
    pages = servers.received.at("/pagerduty")
    assert pages
    for body in pages:
        assert body["routing_key"] == SECRETS["pagerduty_key"]
        assert body["event_action"] in ("trigger", "resolve")
        assert body["dedup_key"]
    lost_pages = [body for body in pages if run_id in json.dumps(body)]
    assert lost_pages[0]["event_action"] == "trigger"
    assert lost_pages[0]["payload"]["severity"] == "critical"
    assert not any("VoicesimGeneratorSaturated" in json.dumps(body) for body in pages)


def assert_all_return_data(servers: Stack, runs: dict[str, float]) -> None:
    """Every expression of every dashboard and of every rule."""
    empty = [
        f"{board.title}: {panel.title}: {query.expr}"
        for board in BOARDS
        for panel in board.panels
        for query in panel.queries
        if not any(has_data(servers, query, run_id, begun) for run_id, begun in runs.items())
    ]
    assert not empty, "\n".join(empty)
    rules, begun = servers.rules(), min(runs.values())
    assert {rule["type"] for rule in rules} == {"recording", "alerting"}
    assert [rule for rule in rules if rule["health"] != "ok"] == []
    assert "\n".join(fault for rule in rules for fault in faults(servers, rule, begun)) == ""
    for rule in rules:
        for name, _ in SELECTOR.findall(ungrouped(rule["query"])):
            query = re.sub(rf"(?<![\w:]){name}(?![\w:])", f"{name}x", rule["query"])
            assert faults(servers, rule | {"query": query}, begun), query


def has_data(servers: Stack, query: Query, run_id: str, begun: float) -> bool:
    now = time.time()
    shown = {"__rate_interval": "15s", "__range": f"{now - begun:.0f}s", "run_id": run_id}
    expr = filled(query.expr, **shown)
    if query.instant:
        return bool(numbers([row["value"] for row in servers.query(expr, now)]))
    return returns(servers, expr, begun)


def returns(servers: Stack, expr: str, begun: float) -> bool:
    rows = servers.points(expr, begun, time.time())
    return bool(numbers([value for row in rows for value in row["values"]]))


SELECTOR = re.compile(
    r"(?<![\w:.])(?!(?:and|or|unless)\b)([a-z_][\w:]*)(?![\w:]|\s*\()(\{[^}]*\})?"
)
"""A metric's name, which is no function's, and its labels."""
COMPARED = re.compile(r"[=!<>]=|[<>]")


def faults(servers: Stack, rule: dict[str, Any], begun: float) -> list[str]:
    """What of a rule's expression returns nothing: a series it asks for, or all of it.

    An alert returns nothing while all is well: its comparisons are made sums, that keep both sides.
    """
    expr, window = rule["query"], f"{time.time() - begun:.0f}s"
    found = [
        f"{rule['name']}: {name}{labels}"
        for name, labels in SELECTOR.findall(ungrouped(expr))
        if not servers.query(f"last_over_time({name}{labels}[{window}])")
    ]
    whole = expr if rule["type"] == "recording" else COMPARED.sub("+", expr)
    return found + ([] if returns(servers, whole, begun) else [f"{rule['name']}: {whole}"])


def ungrouped(expr: str) -> str:
    """``expr`` without the labels by which it groups and matches."""
    return re.sub(r"\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)", "", expr)


def numbers(values: list[Any]) -> list[float]:
    """Those that are numbers: a quantile of nothing is none."""
    return [float(value) for _, value in values if value not in ("NaN", "+Inf", "-Inf")]
