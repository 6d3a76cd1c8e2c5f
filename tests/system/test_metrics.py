"""A run's page for Prometheus against its result, a generator that is held up, and exports."""

import json
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families

from dashboards.__main__ import BOARDS
from tests.system import command
from tests.system.stack import SHIPPED
from tests.system.swarm import FILES, Ran, finish, free_port, start
from voicesim.results.counts import Counts
from voicesim.results.histogram import merged
from voicesim.results.summary import STEERING

RUN = (
    "-f",
    str(FILES / "peak_hour.py"),
    "--headless",
    "--only-summary",
    "--seed",
    "1",
    "--time-scale",
    "0.05",
)
SPINNING = Path(__file__).with_name("spinning.py")
Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


def tool(*arguments: str, given: str = "") -> str:
    ran = subprocess.run(arguments, input=given, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout + ran.stderr


def read_until_it_ends(port: int) -> list[str]:
    """Every page that could be read, twice a second, from the first on."""
    pages: list[str] = []
    begun = time.monotonic()
    while time.monotonic() - begun < 90:
        try:
            pages.append(requests.get(f"http://127.0.0.1:{port}/metrics", timeout=5).text)
        except requests.ConnectionError:
            if pages:
                return pages
        time.sleep(0.5)
    raise AssertionError("the page did not end")


def samples_of(page: str) -> Samples:
    return {
        (s.name, frozenset((k, v) for k, v in s.labels.items() if k != "run_id")): s.value
        for family in text_string_to_metric_families(page)
        for s in family.samples
    }


def test_the_last_page_is_the_result_to_the_count(tmp_path: Path) -> None:
    port = free_port()
    process = start(
        *RUN, "-t", "12s", "--reports", str(tmp_path), "--metrics-port", str(port), "--build", "v1"
    )
    pages = read_until_it_ends(port)
    ran = finish(process, tmp_path)
    assert ran.result["verdict"]["verdict"] == "pass", ran.out
    assert "issue" not in tool("promtool", "check", "metrics", given=pages[-1])
    assert_equal(samples_of(pages[-1]), ran.result)
    active = [found[0] for page in pages if (found := re.findall(r"run_active\{.*?\} (\d)", page))]
    assert active[0] == "1"
    assert active[-1] == "0"
    longest = max(len(page) for page in pages)
    print(f"{len(pages)} pages, the longest of {longest} bytes")


def assert_equal(samples: Samples, result: dict[str, Any]) -> None:
    """Every count of every histogram and counter is the result's."""
    counts = Counts.of_rows(result["counts"])
    edges = counts.bounds.webhooks
    callers = {key[1:3] for key in counts.webhooks if not key[0]}
    assert callers
    for scenario, persona in callers:
        times = merged(
            t for key, t in counts.webhooks.items()
            if key[:3] == (False, scenario, persona) and key[3] in STEERING
        )  # fmt: skip
        who = {("scenario", scenario), ("persona", persona)}
        for us in edges.us:
            place = ("voicesim_response_seconds_bucket", frozenset(who | {("le", str(us / 1e6))}))
            assert samples[place] == times.at_most(us, edges)
        assert samples["voicesim_response_seconds_count", frozenset(who)] == times.count
        assert samples["voicesim_response_seconds_sum", frozenset(who)] == times.total_us / 1e6
    for family, count in (
        ("response_seconds_count", sum(row["response_s"]["count"] for row in result["callers"])),
        ("turn_response_seconds_count", sum(result["totals"]["webhooks"].values())),
        ("call_duration_seconds_count", result["totals"]["finished"]),
        ("calls_total", result["totals"]["finished"]),
        ("calls_scheduled_total", both(result, "offered")),
        ("calls_started_total", both(result, "started")),
        ("call_start_lateness_seconds_count", both(result, "started")),
        ("active_calls", 0),
    ):
        found = sum(value for (name, _), value in samples.items() if name == f"voicesim_{family}")
        assert found == count, family
    for outcome, count in result["totals"]["outcomes"].items():
        rows = (v for (name, labels), v in samples.items()
                if name == "voicesim_calls_total" and ("outcome", outcome) in labels)  # fmt: skip
        assert sum(rows) == count


def both(result: dict[str, Any], name: str) -> int:
    total: int = result["totals"][name] + result["totals"]["warm_up"][name]
    return total


def spun(tmp_path: Path, spin_s: float, rest_s: float) -> Ran:
    process = start(
        "-f", str(SPINNING), "--headless", "--only-summary", "--seed", "1", "-t", "14s",
        "--time-scale", "0.05", "--reports", str(tmp_path), SPIN_S=str(spin_s), REST_S=str(rest_s),
    )  # fmt: skip
    return finish(process, tmp_path)


def test_a_blocked_loop_makes_the_verdict_inconclusive_at_half_a_core(tmp_path: Path) -> None:
    ran = spun(tmp_path, 0.2, 0.2)
    assert ran.code == 3, ran.out
    notes = {note["code"]: note["text"] for note in ran.result["run"]["notes"]}
    assert set(notes) == {"loop-blocked"}
    assert "worker 1" in notes["loop-blocked"]
    print(notes["loop-blocked"])


def test_half_a_core_alone_does_not(tmp_path: Path) -> None:
    """One of three runs is clean: others on this machine may hold one up, and that is seen."""
    notes = []
    for number in range(3):
        ran = spun(tmp_path / str(number), 0.005, 0.005)
        if ran.code == 0:
            assert ran.result["run"]["notes"] == []
            return
        notes.append([ran.code, ran.result["verdict"]])
    raise AssertionError(notes)


@pytest.mark.parametrize(
    ("option", "value", "why"),
    [
        ("--push-gateway", "nowhere", "must be http://HOST:PORT"),
        ("--build", "x" * 81, "at most 80"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, option: str, value: str, why: str) -> None:
    ran = finish(start(*RUN, "-t", "7s", "--reports", str(tmp_path), option, value), tmp_path)
    assert ran.code == 2
    assert why in ran.out


def test_a_port_that_is_taken_is_refused(tmp_path: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ran = finish(start(*RUN, "-t", "7s", "--metrics-port", port), tmp_path)
    assert ran.code == 2
    assert f"cannot listen at 127.0.0.1:{port}" in ran.out


# --- what is shipped, by Prometheus' own tools ---------------------------------------------------


def test_prometheus_and_alertmanagers_own_tools_accept_what_is_shipped() -> None:
    rules = SHIPPED / "prometheus"
    assert "2 rule files found" in tool(
        "promtool", "check", "config", str(rules / "prometheus.yml")
    )
    assert "SUCCESS" in tool("promtool", "test", "rules", str(rules / "tests" / "alerts_test.yml"))
    tool("amtool", "check-config", str(SHIPPED / "alertmanager" / "alertmanager.yml"))


def test_every_expression_of_a_dashboard_can_be_read(tmp_path: Path) -> None:
    found = [query.expr for board in BOARDS for panel in board.panels for query in panel.queries]
    rules = [{"record": f"dashboard:{n}", "expr": filled(e)} for n, e in enumerate(found)]
    file = tmp_path / "rules.yml"
    file.write_text(json.dumps({"groups": [{"name": "all", "rules": rules}]}))
    assert f"{len(found)} rules found" in tool("promtool", "check", "rules", str(file))


def filled(expr: str, **values: str) -> str:
    """``expr`` with Grafana's variables put in."""
    every = {"__rate_interval": "20s", "__interval": "1h", "__range": "1h"} | values
    return re.sub(r"\$(\w+)", lambda match: every.get(match[1], ".*"), expr)


def test_exports_refuse_what_is_no_result(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{")
    ran = command.voicesim("export", str(tmp_path / "bad.json"), str(tmp_path / "none.json"))
    assert ran.code == 2
    assert "bad.json: is no JSON" in ran.err
    assert "none.json: cannot be read" in ran.err
    assert "Traceback" not in ran.both


def test_what_a_desk_is_told_is_what_prometheus_sees() -> None:
    ran = json.loads(tool(sys.executable, "-m", "tests.system.desk_told"))
    few, second, dropped, lost, over = ran["steps"]
    assert few["valid"]
    assert (few["phase"], few["ages"], few["cpu"]) == ("ramp", [0.5], [0.2])
    assert second["valid"]
    assert (second["phase"], second["asked"], second["in_progress"]) == ("steady", 4.0, 248)
    assert dropped["dropped"] == 4
    assert dropped["states"] == ["running", "missing"]
    assert not dropped["valid"]  # 4 of 250
    assert (lost["phase"], lost["states"], lost["lost"]) == ("drain", ["drained", "lost"], 150)
    assert not lost["valid"]  # 4 of 5250 would do, but not trusted once is not trusted
    assert (over["phase"], over["verdict"]) == ("", ran["verdict"])
    assert over["verdict"] == "inconclusive"
    assert ran["notes"]["calls-dropped"].startswith("4 of 250 calls")
