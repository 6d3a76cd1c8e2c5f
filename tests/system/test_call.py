"""``voicesim call`` against real agents on loopback, well-behaved and hostile."""

import json
import signal
import socket
import time
from collections.abc import Iterator
from datetime import date

import pytest
import requests

from tests.system import hostile, scripted
from tests.system.command import finish, start, voicesim
from voicesim import data
from voicesim.call.entries import FullLog
from voicesim.call.terms import Target, Terms
from voicesim.config.callers import parse_catalogue
from voicesim.line.driver import Driver
from voicesim.line.fake import FakeBackend
from voicesim.line.hop import Hop, HopAnswer
from voicesim.line.policy import Policy
from voicesim.line.reference import ReferenceAgent
from voicesim.results.ladder import transcript
from voicesim.switch.plan import Exchange
from voicesim.switch.switch import Switch
from voicesim.twilio.fields import Party
from voicesim.twilio.signature import Signer

CATALOGUE = parse_catalogue(data.texts("personas"), data.texts("scenarios"))
DAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def agent() -> Iterator[ReferenceAgent]:
    with ReferenceAgent() as running:
        yield running


@pytest.fixture(scope="module")
def script() -> Iterator[str]:
    with scripted.running() as origin:
        yield origin


@pytest.fixture(scope="module")
def enemy() -> Iterator[str]:
    with hostile.running() as origin:
        yield origin


def test_a_complete_call_prints_a_ladder_and_passes(agent: ReferenceAgent) -> None:
    """Webhooks, TwiML, what was said and heard, the outcome and why, the seed to repeat it."""
    ran = voicesim("call", agent.voice_url, "--scenario", "quick_booking", "--seed", "3")
    assert ran.code == 0, ran.both
    assert ran.err == ""
    for part in (
        "--> POST /twilio/voice",
        "<-- 200 text/xml",
        "<Gather ",
        "SpeechResult=",
        "agent ",
        "caller ",
        "goal_reached: the agent hung up",
        "--seed 3",
    ):
        assert part in ran.out
    assert "voicesim-loopback-token" not in ran.both


def test_a_caller_who_moves_an_appointment_first_books_one(agent: ReferenceAgent) -> None:
    """Against an agent that cannot be set up, the set-up is a call of its own."""
    ran = voicesim("call", agent.voice_url, "--scenario", "reschedule_request", "--seed", "4")
    assert ran.code == 0, ran.both
    assert "first a call that sets things up" in ran.out
    phone = next(line for line in ran.out.splitlines() if "rings +1" in line).split(", ")[1]
    held = requests.get(f"{agent.origin}/appointments", timeout=10).json()
    theirs = [a for a in held if str(a["phone"])[-7:] == phone[-7:]]
    assert len(theirs) == 1
    assert theirs[0]["test"] is True


def test_status_callbacks_reach_the_agent(agent: ReferenceAgent) -> None:
    """--status-callback is told of the end, beside the call; a path is the agent's own."""
    for url in (f"{agent.origin}/twilio/status", "/twilio/status"):
        ran = voicesim("call", agent.voice_url, "--status-callback", url, "--seed", "5")
        assert ran.code == 0, ran.both
        assert "CallbackSource=call-progress-events" in ran.out
        assert "<-- 204" in ran.out


def test_a_wrong_token_is_shown_with_the_way_out(agent: ReferenceAgent) -> None:
    """A 403 says what to check; the token itself is never shown."""
    ran = voicesim("call", agent.voice_url, VOICESIM_TWILIO_AUTH_TOKEN="not-the-agents-token")
    assert ran.code == 1
    assert "answered with status 403" in ran.out
    assert "--sign-as" in ran.out
    assert "not-the-agents-token" not in ran.both


def test_an_agent_behind_a_proxy_is_rung_by_its_public_name(agent: ReferenceAgent) -> None:
    """With --sign-as the signature, Host and forwarded headers are those of the public name."""
    ran = voicesim("call", agent.voice_url, "--sign-as", "https://agent.example.com", "--seed", "6")
    assert ran.code == 0, ran.both


HOSTILE = {
    "/html-page": "looks like an HTML page",
    "/endless-redirect": "redirected more than 10 times",
    "/ten-megabytes": "more than 65536 bytes",
    "/dripped-headers": "did not answer in full within",
    "/endless-chunks": "more than 65536 bytes",
    "/never-answers": "did not answer in full within",
    "/invalid-utf8": "12100",
    "/garbage": "11206",
}


def test_hostile_agents_get_one_clear_line_each(enemy: str) -> None:
    """Every way to misbehave ends in exit 1 and one finding, within the 15 s, without a trace."""
    began = time.monotonic()
    running = {path: start("call", enemy + path) for path in HOSTILE}
    for path, process in running.items():
        ran = finish(process)
        assert ran.code == 1, (path, ran.both)
        assert "Traceback" not in ran.both
        findings = [line for line in ran.out.splitlines() if "ERROR" in line]
        assert len(findings) == 1, (path, ran.out)
        assert HOSTILE[path] in findings[0], (path, findings)
    print(f"{len(HOSTILE)} hostile agents at once: {time.monotonic() - began:.1f} s")


def test_nobody_there() -> None:
    """A closed port and a name that does not resolve fail the call in one clear line."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port = bound.getsockname()[1]
        refused = voicesim("call", f"http://127.0.0.1:{port}/voice")
    unknown = voicesim("call", "http://agent.invalid/voice", TWILIO_AUTH_TOKEN="secret-token")
    for ran, words in ((refused, "refused the connection"), (unknown, "could not be found")):
        assert ran.code == 1, ran.both
        assert words in ran.out
        assert "Traceback" not in ran.both
        assert "secret-token" not in ran.both


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("localhost:8080",), "is no URL to call"),
        (("http://127.0.0.1:1/v", "--scenario", "nope"), "there is no scenario 'nope'"),
        (("http://127.0.0.1:1/v", "--persona", "nope"), "there is no persona 'nope'"),
        (("http://127.0.0.1:1/v", "--method", "PUT"), "--method is GET or POST"),
        (("http://127.0.0.1:1/v", "--sign-as", "https://a.b/c"), "--sign-as takes scheme and host"),
        (("http://127.0.0.1:1/v", "--start-date", "soon"), "is no date"),
        (("http://127.0.0.1:1/ a",), "is no URL to call"),
        (("http://127.0.0.1:1/v", "--sign-as", "https://a b.example"), "is no URL to call"),
        (("http://127.0.0.1:1/v", "--to", "+1\x1b[31m"), "is no phone number"),
        (("http://127.0.0.1:1/v", "--allow-host", "/"), "names no host"),
        (("http://127.0.0.1:1/v", "--time-scale", "nan"), "--time-scale"),
        (("http://127.0.0.1:1/v", "--time-scale", "-1"), "--time-scale"),
        (("http://127.0.0.1:1/v", "--seed", "abc"), "--seed"),
        ((), "Missing argument"),
        (("https://agent.example.com/v",), "VOICESIM_TWILIO_AUTH_TOKEN"),
    ],
)
def test_mistakes_of_the_user_are_exit_2_in_one_line(
    arguments: tuple[str, ...], words: str
) -> None:
    """Nothing is sent, and the line says what to do."""
    ran = voicesim("call", *arguments)
    assert ran.code == 2
    assert words in ran.err
    assert len(ran.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("path", "outcome"), [("/connect", "not_carried"), ("/elsewhere", "host_not_allowed")]
)
def test_what_says_nothing_about_the_agent_is_exit_3(script: str, path: str, outcome: str) -> None:
    """Neither a pass nor a failure; the JSON tells the seed that repeats it."""
    ran = voicesim("call", script + path, "--json", "--seed", "11")
    assert ran.code == 3, ran.both
    assert json.loads(ran.out)["outcome"] == outcome
    assert json.loads(ran.out)["seed"] == 11


def test_an_allowed_host_is_called(script: str) -> None:
    """Named as host:port or with a final dot as well: then it is not found, which is a failure."""
    for name in ("agent.example", "agent.example:80", "http://agent.example./"):
        ran = voicesim("call", f"{script}/elsewhere", "--allow-host", name)
        assert ran.code == 1, ran.both
        assert "could not be found" in ran.out


def test_get_webhooks(script: str) -> None:
    """--method GET carries the fields in the query."""
    ran = voicesim("call", f"{script}/voice", "--method", "get", "--seed", "2")
    assert ran.code == 0, ran.both
    assert "--> GET /voice" in ran.out


def test_credentials_are_never_shown(script: str) -> None:
    """Neither those typed nor those an agent writes into its TwiML."""
    status = "http://typed:secret@127.0.0.1:1/s"
    ran = voicesim("call", f"{script}/with-login", "--status-callback", status)
    as_json = voicesim("call", f"{script}/with-login", "--status-callback", status, "--json")
    for text in (ran.both, as_json.both):
        assert "secret" not in text
        assert "user:pass" not in text


def test_a_token_that_an_agent_echoes_is_hidden_even_where_lines_are_cut(script: str) -> None:
    """No part of it is left over."""
    token = "s3cr3t-token-of-the-agent"
    for extra in ((), ("--json",)):
        ran = voicesim("call", f"{script}/echo", *extra, TWILIO_AUTH_TOKEN=token)
        assert "[hidden]" in ran.out
        assert "s3cr3t" not in ran.both


def test_a_token_too_short_to_be_one_is_a_mistake(script: str) -> None:
    """Hiding one letter would spoil every line."""
    ran = voicesim("call", f"{script}/voice", TWILIO_AUTH_TOKEN="x")
    assert ran.code == 2
    assert "auth token" in ran.err


def test_what_the_terminal_cannot_show_is_escaped(agent: ReferenceAgent) -> None:
    """A terminal without UTF-8 is no reason to fail."""
    arguments = ("call", agent.voice_url, "--scenario", "special_characters", "--seed", "2")
    ran = voicesim(*arguments, PYTHONIOENCODING="ascii")
    assert ran.code == 0, ran.both
    assert "\\xe9" in ran.out


def test_nobody_reads_on(agent: ReferenceAgent) -> None:
    """A closed pipe does not turn a good agent into a failing one."""
    process = start("call", agent.voice_url, "--seed", "12")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait(timeout=60) == 0


def test_ctrl_c_hangs_up(script: str) -> None:
    """The call ends as cut, inconclusive."""
    process = start("call", f"{script}/voice", "--time-scale", "1", "--seed", "1")
    assert process.stdout is not None
    while "agent " not in process.stdout.readline():
        pass
    process.send_signal(signal.SIGINT)
    ran = finish(process)
    assert ran.code == 3, ran.both
    assert "cut: the run ended" in ran.out


def test_pauses_take_real_time_at_a_time_scale(script: str) -> None:
    """At scale s a call of n seconds takes at least n times s."""
    began = time.monotonic()
    ran = voicesim("call", f"{script}/voice", "--time-scale", "0.05", "--json", "--seed", "1")
    took = time.monotonic() - began
    assert ran.code == 0, ran.both
    assert took >= 0.05 * json.loads(ran.out)["length_s"]


def virtual(scenario: str, seed: int) -> list[list[str]]:
    """The transcripts of a scenario (its set-up call first) in virtual time over the fake."""

    def fake(hop: Hop) -> HopAnswer:
        return HopAnswer(200, (("Content-Type", "text/xml"),), scripted.answer(hop.url), 0.0)

    chosen = CATALOGUE.scenarios[scenario]
    persona = CATALOGUE.personas[chosen.persona]
    origin = "http://127.0.0.1:1"
    target = Target(
        f"{origin}/voice", Party("+15005550006"), "AC" + "7e57" * 8, status_url=f"{origin}/status"
    )
    exchange = Exchange(seed, target, Terms(), DAY)
    plans = [
        exchange.setup_call(0, persona, chosen, FullLog()),
        exchange.call(0, persona, chosen, FullLog()),
    ]
    found = []
    for plan in plans:
        if plan is not None:
            switch = Switch(1.0)
            switch.place(lambda plan=plan: plan, 0.0)  # type: ignore[misc]
            Driver(switch, Policy(Signer("token")), FakeBackend(fake)).run()
            found.append(transcript(switch.finished[0].entries, origin))
    return found


def test_the_same_seed_gives_the_same_transcript_in_virtual_time_and_over_http(script: str) -> None:
    """Byte for byte, every scenario; and another seed gives another, where anything is drawn.

    (The scripted agent takes no keys, so that of the one that presses keys nothing is heard.)
    """
    common = ("--start-date", DAY.isoformat(), "--status-callback", f"{script}/status", "--json")
    for scenario in CATALOGUE.scenarios:
        ran = voicesim("call", f"{script}/voice", "--scenario", scenario, "--seed", "7", *common)
        got = json.loads(ran.out)
        setup = [got["setup"]["transcript"]] if "setup" in got else []
        assert [*setup, got["transcript"]] == virtual(scenario, 7), scenario
        assert (virtual(scenario, 8) == virtual(scenario, 7)) is (scenario == "keypad"), scenario
