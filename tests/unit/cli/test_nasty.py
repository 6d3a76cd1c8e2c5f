"""Texts that give orders to a terminal, in whatever a command reads: none comes out again."""

import json
from importlib import import_module
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.unit.metrics.runs import run
from voicesim import data
from voicesim.cli import app, main
from voicesim.line.fake import FakeBackend
from voicesim.line.hop import Hop, HopAnswer
from voicesim.line.named import TOKEN_VARIABLES
from voicesim.results.result import document

CLEAR = "\x1b[2J"
URL = "http://127.0.0.1:9/voice"
XML = (
    "<Response><Say>\x9b2J \u202eHello</Say>"
    "<Gather input='speech' action='/a\u202eb' timeout='\x9b'>"
    "<Say>What is your name?</Say></Gather><S\u0301ay/><Say voice='\u202e\x9b'>Bye</Say></Response>"
)

PLAYED = "<Response><Gather input='speech'><Play>/\u202e\x9b2J.mp3</Play></Gather></Response>"


def printed(*arguments: str, **environment: str) -> str:
    environment = dict.fromkeys(TOKEN_VARIABLES, "") | environment
    return CliRunner().invoke(app, arguments, env=environment).output


def harmless(text: str) -> bool:
    return bool(text) and text.replace("\n", "").isprintable()


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with a persona whose texts clear the screen."""
    text = data.texts("personas")["personas/hurried.toml"]
    for old, new in (
        ('name = "hurried"', 'name = "plumber"'),
        ('description = "', 'description = "\\u001b[2J'),
        ('pace = "', 'pace = "\\u001b[2J'),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    (tmp_path / "personas").mkdir()
    (tmp_path / "personas" / "plumber.toml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("arguments", [["personas"], ["personas", "plumber"]])
def test_a_persona(own: Path, arguments: list[str]) -> None:
    text = printed(*arguments, VOICESIM_DATA=str(own))
    assert "plumber" in text
    assert "\\x1b[2J" in text
    assert harmless(text)


def test_a_mistake(
    own: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = own / "personas" / "plumber.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f'"\\u001b[2J" = 1\n{text}', encoding="utf-8")
    monkeypatch.setenv("VOICESIM_DATA", str(own))
    monkeypatch.setattr("sys.argv", ["voicesim", "personas"])
    with pytest.raises(SystemExit) as end:
        main()
    text = capsys.readouterr().err
    assert end.value.code == 2
    assert text == f"voicesim: {path}: \\x1b[2J: is not known; take it out\n"


@pytest.mark.parametrize("command", ["call", "explore", "audit"])
@pytest.mark.parametrize("as_json", [[], ["--json"]])
@pytest.mark.parametrize("document", [XML, PLAYED])
def test_an_agent(
    command: str, as_json: list[str], document: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(hop: Hop) -> HopAnswer:
        headers = (("Content-Type", "text/xml; charset=utf-8"), ("Set-Cookie", f"a={CLEAR}\x9b"))
        return HopAnswer(200, headers, document.encode(), 0.0)

    names = {"call": "calls", "explore": "explore", "audit": "audits"}
    module = import_module(f"voicesim.cli.{names[command]}")
    monkeypatch.setattr(module, "GeventBackend", lambda: FakeBackend(answer))
    assert harmless(printed(command, URL, *as_json))


@pytest.mark.parametrize("as_json", [[], ["--json"]])
def test_a_document(tmp_path: Path, as_json: list[str]) -> None:
    (tmp_path / "a.xml").write_text(XML, encoding="utf-8")
    text = printed("twiml", str(tmp_path / "a.xml"), *as_json)
    assert "13313" in text
    assert harmless(text)


def test_a_result(tmp_path: Path) -> None:
    found = document(run().result(), {"verdict": "pass"})
    found["run"]["workload"] = CLEAR
    (tmp_path / "result.json").write_text(json.dumps(found), encoding="utf-8")
    text = printed("export", str(tmp_path / "result.json"))
    assert 'workload="\\x1b[2J"' in text
    assert harmless(text)


def test_a_signature() -> None:
    text = printed("verify", "http://127.0.0.1:9/\u202e", "x\x9b", "a=\x9b", "\u202e=b")
    assert "does not match" in text
    assert harmless(text)
