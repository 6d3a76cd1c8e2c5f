"""Some of the subtler faults are found and named, and the agent without them is not blamed.

A quick part of ``make bench-faults``, which tries every fault and fifty clean agents.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.system.command import voicesim
from voicesim.line.reference import READY

SETTINGS = (
    *("--target", "reference", "--time-scale", "0", "--repeat-webhooks", "5", "--seed", "11"),
    *("--users", "180", "--spawn-rate", "180", "--time", "12s"),
)


@contextmanager
def agent(folder: Path, *fault: str) -> Iterator[str]:
    """The reference agent, with a fault or without: its origin."""
    command = [sys.executable, "-m", "voicesim.reference", "--port", "0"]
    command += ["--db", str(folder / "agent.sqlite"), *fault]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().removeprefix(READY).strip()
        finally:
            process.terminate()


def ring(folder: Path, *fault: str) -> tuple[int, dict[str, Any]]:
    """Exit code and result of a run against it."""
    with agent(folder, *fault) as origin:
        ran = voicesim("run", "--host", origin, "--output", str(folder), *SETTINGS)
    found = list(folder.glob("*/result.json"))
    assert found, ran.both
    return ran.code, json.loads(found[0].read_text())


def messages(result: dict[str, Any], code: str, level: str = "ERROR") -> list[str]:
    found = [one for one in result["findings"] if (one["code"], one["level"]) == (code, level)]
    return [one["message"] for one in found]


@pytest.mark.parametrize(
    ("fault", "code", "says"),
    [
        ("old-day", "correction-ignored", "The agent still read back the day "),
        ("old-name", "readback-wrong", "The agent still read back the name "),
        ("books-twice", "booked-twice", " is booked 2 times: "),
        ("loses-call", "forgot-the-call", "The agent has forgotten the call: "),
    ],
)
def test_a_subtle_fault_is_named(fault: str, code: str, says: str, tmp_path: Path) -> None:
    exit_code, result = ring(tmp_path, "--fault", fault)
    assert exit_code == 1
    said = messages(result, code)
    assert said, result["findings"]
    assert all(says in message for message in said)


def test_a_country_that_is_refused_is_named(tmp_path: Path) -> None:
    exit_code, result = ring(tmp_path, "--fault", "refuses-country")
    assert exit_code == 1
    gates = {gate["name"]: gate for gate in result["verdict"]["gates"]}
    assert gates["even_goals"]["verdict"] == "fail"
    assert gates["even_goals"]["why"].startswith("callers from +44: 0 of ")


def test_the_agent_without_faults_is_not_blamed(tmp_path: Path) -> None:
    _, result = ring(tmp_path)
    assert not [one for one in result["findings"] if one["level"] != "NOTICE"]
    assert not [gate for gate in result["verdict"]["gates"] if gate["verdict"] == "fail"]
    assert messages(result, "repeated", "NOTICE")
