"""--assume of the commands that ring: it comes to the calls, to what is read, and to the line."""

import json
from importlib import import_module

import pytest
from typer.testing import CliRunner

from voicesim.cli import app
from voicesim.line.fake import FakeBackend
from voicesim.line.hop import Hop, HopAnswer
from voicesim.line.named import TOKEN_VARIABLES

URL = "http://127.0.0.1:9/voice"
SWITCHES = ("redirect_overrides=taken", "unknown_element=children", "gather_hangup=told")
QUESTIONS = {"/here": ("/act", "Press 1."), "/act": ("/end", "Press 1.")}
"""Where each question is asked, and where its answer goes: all that they differ in."""


def answered(url: str) -> bytes:
    found = next((one for path, one in QUESTIONS.items() if path in url), None)
    if found is None:
        return b"<Response><Say>Goodbye.</Say></Response>"
    action, asks = found
    gather = f"<Gather input='speech dtmf' action='{action}'><Say>{asks}</Say></Gather>"
    return f"<Response><box>{gather}</box></Response>".encode()


class Agent:
    """Redirects the first webhook of a call to a document; keeps what is asked of it."""

    def __init__(self) -> None:
        self.hops: list[Hop] = []

    def __call__(self, hop: Hop) -> HopAnswer:
        self.hops.append(hop)
        if hop.url.endswith("/voice"):
            return HopAnswer(302, (("Location", "/here#ct=300"),), b"", 0.0)
        return HopAnswer(200, (("Content-Type", "text/xml"),), answered(hop.url), 0.0)

    def asked(self, path: str) -> set[float]:
        return {hop.connect_s for hop in self.hops if path in hop.url}


@pytest.fixture
def agent(monkeypatch: pytest.MonkeyPatch) -> Agent:
    answering = Agent()
    for name in ("calls", "explore"):
        module = import_module(f"voicesim.cli.{name}")
        monkeypatch.setattr(module, "GeventBackend", lambda: FakeBackend(answering))
    return answering


def typed(command: str, *switches: str) -> str:
    assumes = [part for switch in switches for part in ("--assume", switch)]
    environment = dict.fromkeys(TOKEN_VARIABLES, "")
    arguments = [command, URL, "--json", "--seed", "1", *assumes]
    return CliRunner().invoke(app, arguments, env=environment).stdout


def test_a_call(agent: Agent) -> None:
    assert json.loads(typed("call"))["outcome"] == "agent_hung_up"
    assert (agent.asked("/here"), agent.asked("/act")) == ({5.0}, set())
    agent.hops.clear()
    json.loads(typed("call", *SWITCHES))
    assert (agent.asked("/here"), agent.asked("/act")) == ({0.3}, {5.0})


def test_an_exploration(agent: Agent) -> None:
    assert json.loads(typed("explore"))["questions"] == []
    assert (agent.asked("/here"), agent.asked("/act")) == ({5.0}, set())
    agent.hops.clear()
    assert len(json.loads(typed("explore", *SWITCHES))["questions"]) == 2
    assert (agent.asked("/here"), agent.asked("/act")) == ({0.3}, {5.0})
