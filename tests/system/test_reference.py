"""The reference agent as a process of its own, on loopback."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

import pytest
import requests
from twilio.request_validator import RequestValidator

from voicesim import data
from voicesim.call.entries import Log
from voicesim.call.outcome import CallRecord, Outcome
from voicesim.call.terms import Target, Terms
from voicesim.config.callers import parse_catalogue
from voicesim.line.driver import Driver
from voicesim.line.policy import Policy
from voicesim.line.transport import GeventBackend, Transport
from voicesim.switch.plan import Exchange
from voicesim.switch.switch import Switch
from voicesim.twilio.fields import Party
from voicesim.twilio.signature import Signer

TOKEN = "voicesim-loopback-token"
SETTINGS = (
    "TWILIO_AUTH_TOKEN",
    "VOICESIM_TWILIO_AUTH_TOKEN",
    "REFERENCE_API_KEY",
    "REFERENCE_LIVE_ACCOUNT",
    "VOICESIM_AGENT_TODAY",
)
ALL = "Hi, this is Jane Doe, my number is 555 010 4477, I'd like to come on Tuesday at 3 pm"


def environment(**more: str) -> dict[str, str]:
    rest = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    return rest | {"VOICESIM_AGENT_TODAY": "2026-03-02"} | more


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "voicesim.reference", *arguments]


@contextmanager
def running(db: Path, *arguments: str, **more: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Start the agent; give its URL once it is ready."""
    process = subprocess.Popen(
        command("--port", "0", "--db", str(db), *arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(**more),
    )
    with process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line.startswith("listening on http://"), line
            yield line.split()[-1], process
        finally:
            process.kill()


def webhook(url: str, path: str, token: str = TOKEN, **params: str) -> requests.Response:
    params = {"CallSid": "CA" + "1" * 32, "AccountSid": "AC1", "From": "+12125550100"} | params
    signature = RequestValidator(token).compute_signature(url + path, params)
    headers = {"X-Twilio-Signature": signature}
    return requests.post(url + path, data=params, headers=headers, timeout=10)


def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments),
        capture_output=True,
        text=True,
        timeout=30,
        env=environment(**more),
        check=False,
    )


def test_a_call_from_the_first_ring_to_the_booking(tmp_path: Path) -> None:
    with running(tmp_path / "db.sqlite") as (url, _):
        assert url.startswith("http://127.0.0.1:")
        assert requests.get(f"{url}/healthz", timeout=10).json() == {"status": "ok"}
        ring = webhook(url, "/twilio/voice", CallStatus="ringing")
        assert ring.headers["content-type"].startswith("text/xml")
        assert "How can I help you?" in ring.text
        assert "Is that correct?" in webhook(url, "/twilio/gather", SpeechResult=ALL).text
        assert "<Hangup" in webhook(url, "/twilio/gather", SpeechResult="yes").text
        assert webhook(url, "/twilio/status", CallStatus="completed").status_code == 204
        (appointment,) = requests.get(f"{url}/appointments", timeout=10).json()
        assert (appointment["name"], appointment["date"]) == ("Jane Doe", "2026-03-03")
        call = requests.get(f"{url}/calls/CA{'1' * 32}", timeout=10).json()
        assert (call["state"], call["status"]) == ("booked", "completed")
        assert call["appointment_id"] == appointment["id"]


def test_a_signed_get_with_a_query(tmp_path: Path) -> None:
    with running(tmp_path / "db.sqlite") as (url, _):
        full = f"{url}/twilio/voice?CallSid=CA1&From=%2B12125550100&x=a%20b"
        signature = RequestValidator(TOKEN).compute_signature(full, {})
        answer = requests.get(full, headers={"X-Twilio-Signature": signature}, timeout=10)
        assert answer.status_code == 200
        assert requests.get(full, timeout=10).status_code == 403


def test_what_is_not_signed_is_refused(tmp_path: Path) -> None:
    with running(tmp_path / "db.sqlite", TWILIO_AUTH_TOKEN="secret") as (url, _):
        assert webhook(url, "/twilio/voice").status_code == 403
        assert webhook(url, "/twilio/voice", token="secret").status_code == 200
        large = requests.post(
            f"{url}/twilio/voice",
            data={"x": "y" * 2_000_000},
            headers={"X-Twilio-Signature": "x"},
            timeout=10,
        )
        assert large.status_code == 413
        assert requests.get(f"{url}/stats", timeout=10).json()["refused"] == 2


def test_a_restart_in_the_middle_of_a_call(tmp_path: Path) -> None:
    with running(tmp_path / "db.sqlite") as (url, process):
        webhook(url, "/twilio/voice")
        webhook(url, "/twilio/gather", SpeechResult=ALL)
        process.kill()
    with running(tmp_path / "db.sqlite") as (url, _):
        assert "is confirmed for" in webhook(url, "/twilio/gather", SpeechResult="yes").text


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly(tmp_path: Path, number: int) -> None:
    with running(tmp_path / "db.sqlite") as (url, process):
        session = requests.Session()  # a connection kept open does not hold it up
        session.get(f"{url}/healthz", timeout=10)
        process.send_signal(number)
        out, err = process.communicate(timeout=10)
        session.close()
        assert (process.returncode, out, err) == (0, "", "")
    assert not (tmp_path / "db.sqlite-wal").exists()  # the database was closed


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = run("--port", port, "--db", str(tmp_path / "db.sqlite"))
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1
    assert port in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "environ", "says"),
    [
        (("--host", "0.0.0.0"), {}, "TWILIO_AUTH_TOKEN"),
        ((), {"VOICESIM_AGENT_TODAY": "soon"}, "YYYY-MM-DD"),
        (("--db", "/no/such/folder/db.sqlite"), {}, "/no/such/folder/db.sqlite"),
        (("--port", "99999"), {}, "99999"),
        (("--host", "256.0.0.1"), {"TWILIO_AUTH_TOKEN": "secret"}, "256.0.0.1"),
        (("--fault", "mixup", "--fault", "nonsense"), {}, "take one of stall, latency"),
        (("--fault", "latency=soon"), {}, "fault latency: 'soon' is no number"),
    ],
)
def test_what_it_cannot_start_with(
    tmp_path: Path, arguments: tuple[str, ...], environ: dict[str, str], says: str
) -> None:
    ended = run("--port", "0", "--db", str(tmp_path / "db.sqlite"), *arguments, **environ)
    assert ended.returncode == 2
    assert says in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_its_faults_are_listed() -> None:
    ended = run("--help")
    assert ended.returncode == 0
    assert "stall=2@5" in ended.stdout
    assert "mixup=10" in ended.stdout


def test_a_stall_holds_up_all_there_is(tmp_path: Path) -> None:
    with running(tmp_path / "db.sqlite", "--fault", "stall=1.5@0") as (url, _):
        with ThreadPoolExecutor(1) as pool:
            stalled = pool.submit(webhook, url, "/twilio/voice")
            time.sleep(0.3)  # time for it to arrive
            began = time.monotonic()
            requests.get(f"{url}/healthz", timeout=10)
            held_s = time.monotonic() - began
            assert held_s > 0.5
            assert stalled.result().status_code == 200
        began = time.monotonic()
        webhook(url, "/twilio/voice")
        assert time.monotonic() - began < held_s


# --- callers that hear one another ----------------------------------------------------------------


def ring_at_once(url: str, count: int) -> list[CallRecord]:
    """Have ``count`` callers of all kinds ring at once, as fast as the agent answers."""
    catalogue = parse_catalogue(data.texts("personas"), data.texts("scenarios"))
    kinds = ("detailed_booking", "quick_booking", "international_caller", "unclear_speech")
    target = Target(f"{url}/twilio/voice", Party("+15005550006"), "AC" + "7e57" * 8)
    exchange = Exchange(11, target, Terms(), date(2026, 3, 2))
    switch = Switch(0.0)
    backend = GeventBackend(Transport(count), count)
    for index in range(count):
        scenario = catalogue.scenarios[kinds[index % len(kinds)]]
        persona = catalogue.personas[scenario.persona]
        make = partial(exchange.call, index, persona, scenario, Log())
        switch.place(make, backend.now())
    try:
        Driver(switch, Policy(Signer(TOKEN)), backend).run()
    finally:
        backend.close()
    return switch.finished


def test_a_hundred_callers_at_once_hear_nothing_of_each_other(tmp_path: Path) -> None:
    with running(tmp_path / "db.sqlite") as (url, _):
        records = ring_at_once(url, 100)
    assert [record.findings for record in records if record.findings] == []
    assert {record.outcome for record in records} <= {Outcome.GOAL_REACHED, Outcome.MISHEARD}


def test_an_agent_that_mixes_callers_up_is_found_out(tmp_path: Path) -> None:
    with running(tmp_path / "db.sqlite", "--fault", "mixup") as (url, _):
        records = ring_at_once(url, 100)
    findings = [finding for record in records for finding in record.findings]
    crossed = [finding for finding in findings if finding.code == "cross-talk"]
    assert len(crossed) >= 5
    assert all(re.match(r"Call \d+ heard the (name|number) '.+' of call \d+\.$", f.message)
               for f in crossed)  # fmt: skip


def is_alive(url: str) -> bool:
    host, port = url.removeprefix("http://").split(":")
    try:
        socket.create_connection((host, int(port)), timeout=5).close()
    except OSError:
        return False
    return True


def until(holds: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return False


PARENT = "import subprocess, sys; subprocess.Popen(sys.argv[1:]); sys.stdin.read()"


def test_it_ends_with_its_parent(tmp_path: Path) -> None:
    agent = command("--port", "0", "--db", str(tmp_path / "db.sqlite"), "--exit-with-parent")
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, *agent],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    with parent:
        assert parent.stdout is not None
        url = parent.stdout.readline().split()[-1]
        assert is_alive(url)
        parent.kill()
        assert parent.stdout.read() == ""  # returns when the agent has closed its end too
    assert until(lambda: not is_alive(url), 5)


def test_it_imports_nothing_of_the_simulator() -> None:
    code = (
        "import sys, voicesim.reference.__main__\n"
        "own = [m for m in sys.modules if m.startswith('voicesim.')]\n"
        "print([m for m in own if not m.startswith('voicesim.reference')])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=True
    )
    assert ended.stdout.strip() == "[]"
