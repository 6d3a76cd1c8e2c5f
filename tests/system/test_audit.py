"""``voicesim audit``, and the audit before a run, against the reference agent and its faults."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.system import scripted
from tests.system.command import Ran, voicesim
from tests.system.swarm import FILES, compared, finish, free_port, start
from voicesim.line.reference import READY, ReferenceAgent

FORGED = {
    "audit-unsigned-served",
    "audit-wrong-signature-served",
    "audit-other-token-served",
    "audit-tampered-served",
    "audit-action-unsigned-served",
}
BLANK = {"audit-blank-refused", "audit-action-blank-refused"}
FAULTS = [("accepts-unsigned", FORGED), ("refuses-blank", BLANK)]


@contextmanager
def broken(fault: str, folder: Path) -> Iterator[str]:
    """A reference agent with a fault: its origin."""
    command = [sys.executable, "-m", "voicesim.reference", "--port", "0", "--fault", fault]
    command += ["--db", str(folder / "agent.sqlite")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().removeprefix(READY).strip()
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def agent() -> Iterator[ReferenceAgent]:
    with ReferenceAgent() as running:
        yield running


def codes(ran: Ran) -> set[str]:
    return {probe["code"] for probe in json.loads(ran.out)["probes"] if probe["code"]}


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_the_clean_agent_passes(agent: ReferenceAgent, method: str) -> None:
    ran = voicesim("audit", agent.voice_url, "--method", method)
    assert ran.code == 0, ran.both
    assert ran.err == ""
    assert "9 of 9 probes as they should be" in ran.out
    assert "voicesim-loopback-token" not in ran.both


def test_behind_a_proxy(agent: ReferenceAgent) -> None:
    ran = voicesim("audit", agent.voice_url, "--sign-as", "https://agent.example.com", "--json")
    assert ran.code == 0, ran.both
    assert codes(ran) == set()


@pytest.mark.parametrize(("fault", "expected"), FAULTS)
def test_a_fault_is_found_and_named(fault: str, expected: set[str], tmp_path: Path) -> None:
    with broken(fault, tmp_path) as origin:
        as_json = voicesim("audit", f"{origin}/twilio/voice", "--json")
        shown = voicesim("audit", f"{origin}/twilio/voice")
    assert (as_json.code, shown.code) == (1, 1)
    assert codes(as_json) == expected
    assert json.loads(as_json.out)["exit_code"] == 1
    for code in expected:
        assert f"ERROR {code}: " in shown.out


def test_a_wrong_token_is_about_that_alone(agent: ReferenceAgent) -> None:
    ran = voicesim("audit", agent.voice_url, VOICESIM_TWILIO_AUTH_TOKEN="not-the-agents-token")
    assert ran.code == 1
    assert "ERROR audit-correct-refused: " in ran.out
    assert "VOICESIM_TWILIO_AUTH_TOKEN" in ran.out
    assert "--sign-as" in ran.out
    assert "0 of 1 probes" in ran.out
    assert "not-the-agents-token" not in ran.both


def test_an_agent_that_is_not_there_is_as_for_a_call(agent: ReferenceAgent) -> None:
    """Exit 1 and Twilio's code: nothing about signatures."""
    url = f"http://127.0.0.1:{free_port()}/voice"
    ran = voicesim("audit", url)
    assert ran.code == voicesim("call", url).code == 1
    assert "ERROR 11202: " in ran.out
    assert "audit-" not in ran.out


def test_what_is_typed_wrong_is_usage() -> None:
    for arguments in (["ftp://x/"], ["http://127.0.0.1/v", "--method", "PUT"], []):
        ran = voicesim("audit", *arguments)
        assert ran.code == 2, arguments
        assert ran.out == ""


@pytest.mark.parametrize(("fault", "expected"), FAULTS)
def test_a_run_names_the_fault(fault: str, expected: set[str], tmp_path: Path) -> None:
    """It fails by its gate; the page says why; the agent's own counts are still those of ours."""
    run = ("run", "-t", "8s", "-u", "60", "--time-scale", "0", "--output", str(tmp_path))
    with broken(fault, tmp_path) as origin:
        ran = voicesim(*run, "--host", origin)
    (file,) = tmp_path.glob("*/result.json")
    result = json.loads(file.read_text())
    assert ran.code == 1, ran.both
    assert {p["code"] for p in result["audit"]["probes"] if p["code"]} == expected
    gates = {gate["name"]: gate for gate in result["verdict"]["gates"]}
    assert gates["no_errors"]["verdict"] == "fail"
    page = file.with_name("report.html").read_text()
    for code in expected:
        assert f"1 x {code}" in gates["no_errors"]["why"]
        assert code in page
        assert f"ERROR {code}: " in ran.both  # said when the run begins


def test_the_audits_requests_are_not_the_runs(tmp_path: Path) -> None:
    """With status callbacks, with and without an audit: call for call what the agent counted."""
    run = ("-f", str(FILES / "peak_hour.py"), "--headless", "--only-summary", "-t", "6s")
    more = ("-u", "120", "-r", "120", "--time-scale", "0", "--status-path", "/twilio/status")
    for option, requests in ((), 12), (("--no-audit",), None):
        reports = tmp_path / str(requests)
        with ReferenceAgent() as agent:
            host = ("--host", agent.origin, "--reports", str(reports))
            ran = finish(start(*run, *more, *host, *option), reports)
            theirs, ours = compared(agent.origin, ran)
        assert theirs == ours
        assert ours[0] > 10
        audit = ran.result["audit"]
        assert (audit and audit["requests"]) == requests
        assert (audit and audit["calls"], audit and audit["webhooks"]) == (
            (3, 7) if requests else (None, None)
        )


def test_an_unsigned_agent_may_be_run_without_the_audit(tmp_path: Path) -> None:
    run = ("run", "-t", "8s", "-u", "120", "--time-scale", "0", "--output", str(tmp_path))
    with broken("accepts-unsigned", tmp_path) as origin:
        ran = voicesim(*run, "--host", origin, "--no-audit")
    result = json.loads(next(tmp_path.glob("*/result.json")).read_text())
    assert result["audit"] is None
    gates = {gate["name"]: gate for gate in result["verdict"]["gates"]}
    assert gates["no_errors"]["verdict"] == "pass"
    assert "signature audit: none was made" in ran.out


def test_a_run_ended_during_its_audit_is_no_pass(tmp_path: Path) -> None:
    """The agent answers nothing: the run time does not run meanwhile, and Ctrl-C is exit 3."""
    with scripted.running("--stall", "12@0") as origin:
        process = start(
            "-f", str(FILES / "peak_hour.py"), "--headless", "-t", "6s",
            "--host", f"{origin}/voice", "--reports", str(tmp_path),
        )  # fmt: skip
        time.sleep(8)
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        ran = finish(process, tmp_path, timeout=20)
    assert ran.code == 3, ran.out
    assert not ran.result
