"""Basic and Digest: the arithmetic by its RFCs, and when Twilio sends what."""

import re
from hashlib import sha256

import pytest

from tests.unit.line.webhooks import (
    LOCAL,
    PUBLIC,
    TOKEN,
    TWIML,
    answers,
    failure_of,
    header,
    ok,
    one,
    play,
    policy,
    redirect,
    webhook,
)
from voicesim.base.hosts import HostRule
from voicesim.call.events import Answer
from voicesim.line import login as module
from voicesim.line.login import MOST_LOGINS, Login, User, authorization, chosen
from voicesim.line.policy import Hop, HopAnswer, Policy
from voicesim.line.urls import user_in
from voicesim.twilio.signature import Signer

USER = User("Mufasa", "Circle of Life")
ORIGIN = ("http", "www.example.org", 80)
NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"
OPAQUE = "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"
CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
RFC_7616 = (
    f'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=SHA-256,'
    f' nonce="{NONCE}", opaque="{OPAQUE}"',
    f'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=MD5,'
    f' nonce="{NONCE}", opaque="{OPAQUE}"',
)
"""Section 3.9.1."""
RFC_2617 = (
    'Digest realm="testrealm@host.com", qop="auth,auth-int",'
    ' nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"'
)


def parameters(value: str) -> dict[str, str]:
    assert value.startswith("Digest ")
    found = re.findall(r'(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^,]+))', value.removeprefix("Digest "))
    return {name: quoted or plain for name, quoted, plain in found}


def digest(
    challenge: str, cnonce: str, target: str, user: User, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """The parameters for a given cnonce, which is else drawn from the token."""
    asked = chosen([challenge])
    assert asked is not None

    class Fixed:
        def __init__(self, data: bytes) -> None:
            self._data = data

        def hexdigest(self) -> str:
            salted = self._data.startswith(b"salt ")
            return cnonce if salted else sha256(self._data).hexdigest()

    with monkeypatch.context() as patch:
        patch.setattr(module, "sha256", Fixed)
        patch.setattr(module, "_CNONCE", len(cnonce))
        return parameters(authorization(Login(ORIGIN, user, asked), "GET", target, "salt"))


@pytest.mark.parametrize(
    ("challenge", "response"),
    [
        (RFC_7616[0], "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
        (RFC_7616[1], "8ca523f5e9506fed4657c9700eebdbec"),
    ],
)
def test_the_vectors_of_rfc_7616(
    challenge: str, response: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = digest(challenge, CNONCE, "/dir/index.html", USER, monkeypatch)
    assert sent["response"] == response
    assert (sent["username"], sent["nonce"], sent["opaque"]) == ("Mufasa", NONCE, OPAQUE)
    assert (sent["nc"], sent["qop"], sent["cnonce"]) == ("00000001", "auth", CNONCE)
    assert (sent["uri"], sent["realm"]) == ("/dir/index.html", "http-auth@example.org")


def test_the_vector_of_rfc_2617(monkeypatch: pytest.MonkeyPatch) -> None:
    user = User("Mufasa", "Circle Of Life")
    sent = digest(RFC_2617, "0a4f113b", "/dir/index.html", user, monkeypatch)
    assert sent["response"] == "6629fae49393a05397450978507c4ef1"
    assert sent["algorithm"] == "MD5"


def test_a_server_of_before_1999_gets_no_count() -> None:
    """RFC 2069: no qop in the challenge, none in the answer."""
    asked = chosen(['Digest realm="r", nonce="n"'])
    assert asked is not None
    sent = parameters(authorization(Login(ORIGIN, USER, asked), "GET", "/", "salt"))
    assert {"nc", "cnonce", "qop"}.isdisjoint(sent)
    secret = module._HASHES["md5"](b"Mufasa:r:Circle of Life")
    whole = f"{secret}:n:{module._HASHES['md5'](b'GET:/')}".encode()
    assert sent["response"] == module._HASHES["md5"](whole)


def test_basic_as_in_rfc_7617() -> None:
    asked = chosen(['Basic realm="foo", charset="UTF-8"'])
    assert asked is not None
    value = authorization(Login(ORIGIN, User("test", "123£"), asked), "GET", "/", "salt")
    assert value == "Basic dGVzdDoxMjPCow=="


@pytest.mark.parametrize(
    ("challenges", "scheme", "algorithm"),
    [
        (['Basic realm="a"'], "basic", None),
        (["Basic"], "basic", None),
        (['NEWAUTH realm="x", type=1, title="the \\"apps\\"", Basic realm="s"'], "basic", None),
        (['Basic realm="a"', 'Digest nonce="n", realm="b"'], "digest", None),
        (['Digest nonce="n", algorithm=MD5', 'Digest nonce="n", algorithm=SHA-256'], "digest",
         "SHA-256"),
        (['digest NONCE = "n" , Algorithm=sha-256-sess'], "digest", "sha-256-sess"),
    ],
)  # fmt: skip
def test_the_strongest_login_that_is_asked_for_is_chosen(
    challenges: list[str], scheme: str, algorithm: str | None
) -> None:
    asked = chosen(challenges)
    assert asked is not None
    assert dict(asked)[""] == scheme
    assert dict(asked).get("algorithm") == algorithm


@pytest.mark.parametrize(
    "challenge",
    [
        "",
        "Bearer",
        "Negotiate oYG2MIGz",
        'realm="Basic"',
        'Digest realm="without nonce"',
        'Digest nonce="n", algorithm=SHA-512-256',
        'Digest nonce="n", qop="auth-int"',
        'Digest nonce="never ended',
        '"' * 60_000,
        'a="' * 20_000,
        "\\" * 60_000,
        "a" * 60_000,
    ],
)
def test_what_cannot_be_answered_is_not(challenge: str) -> None:
    assert chosen([challenge] * 20) is None


# --- when it is sent ----------------------------------------------------------------------------

WITH_USER = "http://user:pass%20word@127.0.0.1:8000/voice"
BASIC = "Basic dXNlcjpwYXNzIHdvcmQ="


def unauthorized(*challenges: str) -> HopAnswer:
    asks = tuple(("WWW-Authenticate", one) for one in challenges)
    return HopAnswer(401, asks, b"", 0.1)


def guarded(hop: Hop) -> HopAnswer:
    """An agent that lets in whoever logs in."""
    asked = unauthorized('Basic realm="agent"')
    return ok() if header(hop, "Authorization") == BASIC else asked


def test_nothing_is_sent_before_a_401_then_the_same_request_with_a_login() -> None:
    answer, hops = play(webhook(WITH_USER), guarded, policy())
    assert [header(hop, "Authorization") for hop in hops] == ["", BASIC]
    assert hops[1].url == hops[0].url == LOCAL
    assert hops[1].body == hops[0].body
    assert header(hops[1], "I-Twilio-Idempotency-Token") == "0d9e1f3c"
    assert (answer.failure, answer.findings, answer.body) == (None, (), TWIML)
    assert "pass word" not in repr(answer)


def test_the_call_stays_logged_in_wherever_it_goes_at_that_origin() -> None:
    answer, _ = play(webhook(WITH_USER), guarded, policy())
    inside = "http://127.0.0.1:8000/other?a=1"
    again, hops = play(webhook(inside, state=answer.state), guarded, policy())
    assert [header(hop, "Authorization") for hop in hops] == [BASIC]
    elsewhere = webhook("http://127.0.0.1:9000/voice", state=again.state)
    _, hops = play(elsewhere, lambda _: ok(), policy())
    assert [header(hop, "Authorization") for hop in hops] == [""]


def test_a_relative_url_names_who_its_document_was_asked_for_as() -> None:
    """<Gather action="/next"> in what https://user:password@host/voice answered without a 401."""
    answer, hops = play(webhook(WITH_USER), lambda _: ok(), policy())
    assert [header(hop, "Authorization") for hop in hops] == [""]
    assert "pass word" not in repr(answer)
    action = webhook("http://127.0.0.1:8000/next", state=answer.state)
    again, hops = play(action, guarded, policy())
    assert [header(hop, "Authorization") for hop in hops] == ["", BASIC]
    assert again.failure is None
    elsewhere = webhook("http://127.0.0.1:9000/next", state=answer.state)
    _, hops = play(elsewhere, lambda _: unauthorized("Basic"), policy())
    assert [header(hop, "Authorization") for hop in hops] == [""]


def test_who_is_named_later_counts_until_somebody_is_logged_in() -> None:
    answer, _ = play(webhook("http://other:one@127.0.0.1:8000/voice"), lambda _: ok(), policy())
    answer, _ = play(webhook(WITH_USER, state=answer.state), lambda _: ok(), policy())
    action = webhook("http://127.0.0.1:8000/next", state=answer.state)
    answer, hops = play(action, guarded, policy())
    assert [header(hop, "Authorization") for hop in hops] == ["", BASIC]
    again = webhook("http://other:one@127.0.0.1:8000/voice", state=answer.state)
    _, hops = play(again, guarded, policy())
    assert [header(hop, "Authorization") for hop in hops] == [BASIC]


def test_a_login_is_no_retry() -> None:
    results = (unauthorized("Basic"), HopAnswer(503, (), b"", 0.1), ok())
    answer, hops = play(webhook(WITH_USER + "#rc=1&rp=5xx"), answers(*results), policy())
    assert [header(hop, "Authorization") for hop in hops] == ["", BASIC, BASIC]
    assert answer.failure is None


def test_a_login_goes_nowhere_else_not_even_by_a_redirect() -> None:
    answer, hops = play(
        webhook(WITH_USER),
        answers(redirect("http://localhost:8000/x"), unauthorized("Basic")),
        policy(),
    )
    assert [header(hop, "Authorization") for hop in hops] == ["", ""]
    assert failure_of(answer)[0] == "11217"


def test_a_login_is_tried_once() -> None:
    answer, hops = play(webhook(WITH_USER), lambda _: unauthorized("Basic"), policy())
    assert len(hops) == 2
    assert failure_of(answer) == (
        "11217",
        f"{LOCAL} answered with status 401: it refused the login.",
    )


def hint(answer: Answer) -> str:
    return failure_of(answer)[1].rpartition(": ")[2]


def test_what_is_said_when_nobody_can_log_in() -> None:
    answer, hops = one(unauthorized('Basic realm="x"'))
    assert len(hops) == 1
    assert "name one in the URL, https://user:password@host/" in failure_of(answer)[1]
    answer, _ = one(unauthorized("Bearer"), webhook(WITH_USER))
    assert hint(answer) == "it asks for a login that is neither Basic nor Digest."
    answer, _ = one(HopAnswer(401, (), b"", 0.1), webhook(WITH_USER))
    assert "refused our signature" in failure_of(answer)[1]


def test_a_digest_is_counted_and_a_stale_one_is_made_anew() -> None:
    nonces = iter(["one", "two"])
    seen: list[dict[str, str]] = []

    def agent(hop: Hop) -> HopAnswer:
        value = header(hop, "Authorization")
        if not value or (len(seen) == 2 and seen[-1]["nonce"] == "one"):
            if value:
                seen.append(parameters(value))
                seen[-1]["nonce"] = "stale"
            return unauthorized(f'Digest realm="r", qop="auth", nonce="{next(nonces)}", stale=true')
        seen.append(parameters(value))
        return ok()

    state = webhook().state
    for path in ("", "/next?x=%2f", "/last"):
        sent = webhook(WITH_USER + path, "GET", state=state, fields=())
        answer, _ = play(sent, agent, policy())
        assert answer.failure is None
        state = answer.state
    assert [(one["nonce"], one["nc"], one["uri"]) for one in seen] == [
        ("one", "00000001", "/voice"),
        ("one", "00000002", "/voice/next?x=%2f"),
        ("stale", "00000003", "/voice/last"),
        ("two", "00000001", "/voice/last"),
    ]
    assert len({one["cnonce"] for one in seen}) == 4


def test_who_was_named_for_the_run_logs_in_at_the_public_origin() -> None:
    named = Policy(
        Signer(TOKEN),
        HostRule(),
        (PUBLIC, "http://127.0.0.1:8000"),
        logins=((PUBLIC, "user", "pass word"),),
    )
    _, hops = play(webhook(PUBLIC + "/voice"), guarded, named)
    assert [header(hop, "Authorization") for hop in hops] == ["", BASIC]
    assert "pass word" not in repr(named)
    _, hops = play(webhook("http://127.0.0.1:9999/"), lambda _: unauthorized("Basic"), named)
    assert [header(hop, "Authorization") for hop in hops] == [""]


def test_an_agent_cannot_pile_up_logins() -> None:
    state = webhook().state
    for port in range(1, 40):
        sent = webhook(f"http://u:p@127.0.0.1:{port}/", state=state)
        answer, _ = play(sent, answers(unauthorized("Basic"), ok()), policy())
        state = answer.state
    assert [one.origin[2] for one in state.logins] == list(range(40 - MOST_LOGINS, 40))


@pytest.mark.parametrize(
    ("url", "user"),
    [
        ("https://u:p@h/", ("u", "p")),
        ("https://u@h/", ("u", "")),
        ("https://a%40b:p%3Aq@h", ("a@b", "p:q")),
        ("https://u:p@q@h/", ("u", "p@q")),
        ("https://h/?x=@y", None),
        ("https://h/u:p@x", None),
        ("https://@h/", None),
        ("https://:p@h/", None),
        ("https://u%0d%0aX-Evil: 1:p@h/", None),
        ("no URL", None),
    ],
)
def test_the_user_in_a_url(url: str, user: tuple[str, str] | None) -> None:
    assert user_in(url) == user
