from datetime import date

import pytest

from voicesim.reference.settings import SettingsError, from_environment, is_loopback


@pytest.mark.parametrize(
    ("environ", "token"),
    [
        ({}, "voicesim-loopback-token"),
        ({"TWILIO_AUTH_TOKEN": "one"}, "one"),
        ({"VOICESIM_TWILIO_AUTH_TOKEN": "two"}, "two"),
        ({"TWILIO_AUTH_TOKEN": "one", "VOICESIM_TWILIO_AUTH_TOKEN": "two"}, "one"),
        ({"TWILIO_AUTH_TOKEN": "", "VOICESIM_TWILIO_AUTH_TOKEN": "two"}, "two"),
    ],
)
def test_the_token(environ: dict[str, str], token: str) -> None:
    assert from_environment(environ, "127.0.0.1").auth_token == token


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.1", "agent.example.com", ""])
def test_the_known_token_is_for_loopback_only(host: str) -> None:
    with pytest.raises(SettingsError, match="TWILIO_AUTH_TOKEN"):
        from_environment({}, host)
    assert from_environment({"TWILIO_AUTH_TOKEN": "one"}, host).auth_token == "one"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_loopback(host: str) -> None:
    assert is_loopback(host)


def test_today() -> None:
    settings = from_environment({"VOICESIM_AGENT_TODAY": "2026-03-02"}, "::1")
    assert settings.today() == date(2026, 3, 2)
    assert from_environment({}, "::1").today() == date.today()
    with pytest.raises(SettingsError, match="YYYY-MM-DD"):
        from_environment({"VOICESIM_AGENT_TODAY": "tomorrow"}, "::1")


def test_keys_and_accounts() -> None:
    settings = from_environment({"REFERENCE_API_KEY": "k", "REFERENCE_LIVE_ACCOUNT": "AC1"}, "::1")
    assert settings.api_key == "k"
    assert not settings.is_test("AC1")
    assert settings.is_test("AC2")
    assert settings.is_test("")
    empty = from_environment({"REFERENCE_API_KEY": "", "REFERENCE_LIVE_ACCOUNT": ""}, "::1")
    assert empty.api_key is None
    assert empty.is_test("")


def test_the_front_desk_is_a_number() -> None:
    given = from_environment({"REFERENCE_FRONT_DESK": " +12025550123 "}, "::1")
    assert given.front_desk == "+12025550123"
    assert from_environment({}, "::1").front_desk == ""
    for wrong in ("reception", "12025550123", "+1", "+1202555012a"):
        with pytest.raises(SettingsError, match="REFERENCE_FRONT_DESK must be a number"):
            from_environment({"REFERENCE_FRONT_DESK": wrong}, "::1")
