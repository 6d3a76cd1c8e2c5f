"""From what was typed to a job: what is kept secret, who is not called."""

from pathlib import Path

import pytest

from voicesim.base.errors import ConfigError
from voicesim.line.named import LOGIN_VARIABLE, LOOPBACK_TOKEN
from voicesim.line.policy import Policy
from voicesim.results.lookup import Lookup, TargetProfile
from voicesim.swarm.job import Options, load_gates, load_workload, make_job, redactor, refusal
from voicesim.twilio.signature import Signer

PROFILE = TargetProfile(
    name="agent",
    description="One with a key.",
    lookup=Lookup(path="/calls/{call_sid}", headers={"X-Key": "AGENT_KEY"}, fields={"name": "n"}),
)


@pytest.fixture(autouse=True)
def _no_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VOICESIM_TWILIO_AUTH_TOKEN", "TWILIO_AUTH_TOKEN", "AGENT_KEY"):
        monkeypatch.delenv(name, raising=False)


def test_tokens_and_header_values_are_hidden_however_they_are_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "0123456789abcdef")
    key = "k'e\"y&<>+/="
    monkeypatch.setenv("AGENT_KEY", key)
    hide = redactor(PROFILE)
    assert hide("a 0123456789abcdef b") == "a [hidden] b"
    assert hide(f"value {key!r}") == "value '[hidden]'"
    assert hide("/x/k%27e%22y%26%3C%3E%2B%2F%3D") == "/x/[hidden]"
    assert hide("<b>k&#x27;e&quot;y&amp;&lt;&gt;+/=</b>") == "<b>[hidden]</b>"


@pytest.mark.parametrize("value", ["1", "short", "   1    "])
def test_a_header_value_too_short_to_be_hidden_is_refused(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AGENT_KEY", value)
    with pytest.raises(ConfigError, match=r"AGENT_KEY: .* at least 8 characters"):
        redactor(PROFILE)


def test_nothing_is_hidden_where_nothing_is_secret() -> None:
    assert redactor(PROFILE).secrets == redactor(None).secrets == ()


@pytest.mark.parametrize(
    ("host", "named", "refused"),
    [
        ("http://127.0.0.1:8000", (), False),
        ("http://agent.example", (), True),
        ("http://agent.example", ("agent.example",), False),
        ("", (), True),
    ],
)
def test_only_loopback_and_what_is_named_is_called(
    host: str, named: tuple[str, ...], refused: bool
) -> None:
    said = refusal(Options(host=host, seed=0, allow_host=named))
    assert ("is not called" in said) is refused


# --- how the agent is asked ---------------------------------------------------------------------


def made(**typed: str) -> Policy:
    workload = load_workload("explore")
    return make_job(Options(host="http://127.0.0.1:8000#rc=2", seed=1, **typed), workload)[0].policy


def test_the_fallback_is_set_up_and_may_be_called() -> None:
    workload = load_workload("explore")
    options = Options(
        host="http://127.0.0.1:8000#rc=2", seed=1, fallback_url="https://a:b@spare.example/x"
    )
    job, _ = make_job(options, workload)
    assert job.target.url == "http://127.0.0.1:8000/twilio/voice#rc=2"
    assert job.target.fallback_url == "https://spare.example/x"
    assert job.policy.hosts.allows("https://spare.example/x")
    assert job.policy.logins == (("https://spare.example", "a", "b"),)
    assert made(fallback_url="/sorry").hosts.named == {"127.0.0.1"}


def test_what_is_assumed_of_twilio_may_be_typed() -> None:
    workload = load_workload("explore")
    options = Options(
        host="http://127.0.0.1:8000",
        seed=1,
        assume=("play_s=9", "fallback_method=GET", "words=exact", "host_names=any"),
    )
    job, _ = make_job(options, workload)
    assert (job.terms.play_s, job.target.fallback_method) == (9.0, "GET")
    assert (job.terms.reading.words, job.policy.terms.host_names) == ("exact", "any")
    with pytest.raises(ConfigError, match="--assume 'play=9'"):
        make_job(Options(host="http://127.0.0.1:8000", seed=1, assume=("play=9",)), workload)


def test_calls_are_signed_as_asked_for() -> None:
    plain, shared = made().signer, made(signature="hmac-sha256", shared_key="key_1").signer
    assert plain is not None
    assert shared is not None
    assert plain.settings == ""
    assert shared.settings == "key=key_1,algorithm=HMAC_SHA256"
    assert shared.sign("http://h/") == Signer(LOOPBACK_TOKEN, "HMAC_SHA256").sign("http://h/")


def test_a_password_in_the_host_would_be_seen_and_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(ConfigError, match=f"set {LOGIN_VARIABLE}=user:password") as refused:
        make_job(Options(host="http://u:secret@127.0.0.1:8000", seed=1), load_workload("explore"))
    assert "secret" not in str(refused.value.messages)
    monkeypatch.setenv(LOGIN_VARIABLE, "me:long-secret")
    job, _ = make_job(Options(host="http://127.0.0.1:8000", seed=1), load_workload("explore"))
    assert job.policy.logins == (("http://127.0.0.1:8000", "me", "long-secret"),)
    assert job.hide("long-secret bWU6bG9uZy1zZWNyZXQ=") == "[hidden] [hidden]"


def test_gates_that_name_nobody_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    named = 'personas = ["eldery"]\nscenarios = ["keypads"]\n'
    file.write_text(f'[[gate]]\nname = "one"\nwhy = "so"\nkind = "valid_twiml"\n{named}')
    with pytest.raises(ConfigError) as refused:
        load_gates(str(file))
    assert [message.split("there is ")[1] for message in refused.value.messages] == [
        "no persona 'eldery'; did you mean 'elderly'?",
        "no scenario 'keypads'; did you mean 'keypad'?",
    ]


def test_a_gate_may_name_the_calls_that_book_what_another_needs(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        '[[gate]]\nname = "one"\nwhy = "so"\nkind = "valid_twiml"\nscenarios = ["setup"]\n'
    )
    assert [gate.scenarios for gate in load_gates(str(file))] == [("setup",)]
