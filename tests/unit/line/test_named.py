import pytest

from voicesim.base.errors import ConfigError
from voicesim.line.named import (
    LOGIN_VARIABLE,
    TEST_SHARED_KEY,
    at_host_of,
    login_secrets,
    logins,
    public_url,
    route_to,
    signer,
    voice_url,
)


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("https://its.name", "https://its.name/twilio/voice"),
        ("https://its.name/", "https://its.name/twilio/voice"),
        ("https://its.name/calls/in", "https://its.name/calls/in"),
        ("https://its.name/?agent=7", "https://its.name/?agent=7"),
        ("https://its.name#rc=2", "https://its.name/twilio/voice#rc=2"),
    ],
)
def test_the_voice_webhook_is_at_its_usual_path_unless_one_is_named(typed: str, url: str) -> None:
    assert voice_url(typed) == url


ROUTE = route_to("http://127.0.0.1:8000/voice", "https://its.name")


def test_the_public_url_keeps_overrides_and_loses_credentials() -> None:
    typed = "http://user:secret@127.0.0.1:8000/voice?a=1#rc=2&rp=5xx"
    assert public_url(typed, ROUTE) == "https://its.name/voice?a=1#rc=2&rp=5xx"
    assert public_url(typed, None) == "http://127.0.0.1:8000/voice?a=1#rc=2&rp=5xx"


def test_a_fallback_may_be_a_path_of_the_agents_host() -> None:
    assert at_host_of("http://u:p@h:8000/voice", "/sorry?a") == "http://h:8000/sorry?a"
    assert at_host_of("http://h/voice", "https://spare.name/x") == "https://spare.name/x"
    assert at_host_of("http://h/voice", "") == ""


def test_who_logs_in_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(LOGIN_VARIABLE, raising=False)
    url, spare = "http://u:p%40ssword1@127.0.0.1:8000/voice", "https://a:b@spare.name/x"
    found = logins(url, ("", spare, "http://no.user/"), ROUTE)
    assert found == (("https://its.name", "u", "p@ssword1"), ("https://spare.name", "a", "b"))
    assert login_secrets(found) == ("p@ssword1", "dTpwQHNzd29yZDE=")  # "b" would hide every b
    monkeypatch.setenv(LOGIN_VARIABLE, "me:secret:too")
    assert logins("http://h/voice", (), None) == (("http://h", "me", "secret:too"),)
    monkeypatch.setenv(LOGIN_VARIABLE, "me")
    with pytest.raises(ConfigError, match="user:password") as wrong:
        logins("http://h/voice", (), None)
    assert "me" not in str(wrong.value).replace("name", "")


def test_how_calls_are_signed() -> None:
    url = "http://127.0.0.1/"
    assert signer(url).settings == ""
    assert signer(url, "hmac-sha256").settings == f"key={TEST_SHARED_KEY},algorithm=HMAC_SHA256"
    assert signer(url, "HMAC_SHA256", "key_1").settings == "key=key_1,algorithm=HMAC_SHA256"
    assert signer(url, "HMAC_SHA1", "key_1").settings == "key=key_1,algorithm=HMAC_SHA1"
    for algorithm, key in (("md5", ""), ("HMAC_SHA256", "a,b"), ("HMAC_SHA256", "a\r\nX: y")):
        with pytest.raises(ConfigError):
            signer(url, algorithm, key)
