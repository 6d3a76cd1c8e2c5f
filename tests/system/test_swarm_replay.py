"""The same calls under Locust as in virtual time, and a stall of the agent that stays visible."""

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import requests

from tests.system import scripted
from tests.system.swarm import FILES, Ran, finish, start

DAY = "2026-03-02"
USERS = {"standard": 120, "elderly": 30, "international": 30, "unclear_speech": 20}
"""As the workload's weights divide 200 users: 13.3 calls a second."""

Webhooks = dict[str, list[tuple[float, str, str]]]


def rang(origin: str, folder: Path, *more: str) -> tuple[Ran, Webhooks]:
    """A run of one process at time scale 0, and what the agent saw of each call."""
    process = start(
        "-f", str(FILES / "peak_hour.py"), "--headless", "--only-summary", "--hold-arrivals",
        "-u", "200", "-r", "200", "-t", "11s", "--seed", "21", "--start-date", DAY,
        "--host", f"{origin}/voice", "--status-path", "/status", "--time-scale", "0", "--no-audit",
        "--reports", str(folder), *more,
    )  # fmt: skip
    ran = finish(process, folder, timeout=60)
    seen: Webhooks = defaultdict(list)
    for at, path, body in requests.get(f"{origin}/log", timeout=10).json():
        seen[parse_qs(body)["CallSid"][0]].append((at, path, body))
    return ran, seen


def twin(origin: str, calls: int) -> dict[str, Any]:
    """The same in virtual time: index, intended time and webhooks by call id."""
    program = str(Path(__file__).with_name("twin.py"))
    command = [sys.executable, program, origin, "21", str(calls), DAY, json.dumps(USERS)]
    found: dict[str, Any] = json.loads(subprocess.check_output(command, timeout=60))
    return found


def by_path(webhooks: list[Any]) -> list[tuple[str, str]]:
    """Path and form of each; callbacks beside the call in whatever order they came."""
    return sorted((path, body) for path, body in (webhook[-2:] for webhook in webhooks))


def test_every_webhook_is_that_of_virtual_time(tmp_path: Path) -> None:
    """Same seed, time scale 0, arrivals held: form for form, caller by caller from the first."""
    with scripted.running() as origin:
        ran, seen = rang(origin, tmp_path)
        assert ran.result, ran.out
        expected = twin(origin, len(seen) + 40)
    assert len(seen) > 60
    strange = seen.keys() - expected.keys()
    assert not strange
    for sid, webhooks in seen.items():
        assert by_path(webhooks) == by_path(expected[sid][2]), sid
    assert steering_in_order(seen) == steering_in_order({s: expected[s][2] for s in seen})
    first = sorted({expected[sid][0] for sid in seen})
    assert first == [32 * n for n in range(len(first))]
    arrivals = sum(n for _, n in ran.result["counts"]["seconds"])
    assert len(first) == arrivals
    missing = [sid for sid, call in expected.items() if call[0] in first and sid not in seen]
    assert len(missing) <= 3  # callers whose first call ended in the drain do not ring again


def steering_in_order(calls: Mapping[str, list[Any]]) -> dict[str, list[str]]:
    return {
        sid: [str(webhook[-1]) for webhook in webhooks if webhook[-2] != "/status"]
        for sid, webhooks in calls.items()
    }


def test_calls_go_on_starting_while_the_agent_stalls(tmp_path: Path) -> None:
    """Nine tenths of those scheduled ring in the two seconds without an answer.

    Maximum and p99 show the stall; the lag by which calls were late stands by itself.
    """
    with scripted.running("--stall", "2@6") as origin:
        ran, seen = rang(origin, tmp_path)
        expected = twin(origin, len(seen) + 40)
    voice = {
        sid: webhooks[0][0] for sid, webhooks in seen.items() if webhooks[0][1].endswith("/voice")
    }
    offset = min(at - expected[sid][1] for sid, at in voice.items())
    known = first_calls(expected) & seen.keys()
    due = [sid for sid in known if 6.0 <= expected[sid][1] + offset < 7.8]
    started = [sid for sid in due if voice[sid] < 8.0]
    assert len(due) >= 10
    assert len(started) >= 0.9 * len(due)
    totals = ran.result["totals"]
    assert totals["response_s"]["max"] >= 1.8
    assert totals["response_s"]["p99"] >= 0.5
    assert totals["scheduling_lag_s"]["p50"] < 0.5
    assert "pool-too-small" not in codes(ran)


def first_calls(expected: Mapping[str, Any]) -> set[str]:
    """The first call of each caller, whose time the schedule alone decides."""
    first: dict[int, str] = {}
    for sid, (index, _, _) in expected.items():
        first.setdefault(index, sid)
    return set(first.values())


def test_a_pool_too_small_for_a_stall_is_said(tmp_path: Path) -> None:
    """What waited for a connection was not sent when it should: no pass."""
    with scripted.running("--stall", "2@6") as origin:
        ran, _ = rang(origin, tmp_path, "--pool", "2")
    assert "pool-too-small" in codes(ran)
    assert ran.result["verdict"]["verdict"] != "pass"
    assert ran.code == ran.result["verdict"]["exit_code"] != 0


def codes(ran: Ran) -> set[str]:
    """The codes of the reasons not to trust a run."""
    assert ran.result, ran.out
    return {note["code"] for note in ran.result["verdict"]["notes"]}
