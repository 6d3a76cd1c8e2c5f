import gzip
import tracemalloc
import zlib
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest
from twilio.request_validator import RequestValidator

from voicesim.base.findings import Level
from voicesim.base.hosts import HostRule
from voicesim.call.events import NO_STATE, Answer, HttpState, Kind, SendWebhook
from voicesim.line.policy import (
    FORWARDED_FOR,
    Hop,
    HopAnswer,
    HopFailure,
    HopResult,
    Policy,
)
from voicesim.twilio.signature import Signer

TOKEN = "12345"
LOCAL = "http://127.0.0.1:8000/voice"
PUBLIC = "https://agent.example.com"
FIELDS = (("CallSid", "CA1"), ("From", "+44 20"), ("Called", ""), ("Speech", "Zoë & co"))
FORM = b"CallSid=CA1&From=%2B44+20&Called=&Speech=Zo%C3%AB+%26+co"
TWIML = b"<Response/>"


def webhook(
    url: str = LOCAL, method: str = "POST", state: HttpState = NO_STATE, fields: object = FIELDS
) -> SendWebhook:
    return SendWebhook(
        id=1,
        kind=Kind.VOICE,
        method=method,
        url=url,
        fields=fields,  # type: ignore[arg-type]
        steers=True,
        token="0d9e1f3c",
        state=state,
    )


def policy(
    *hosts: str, route: tuple[str, str] | None = None, signer: Signer | None = None
) -> Policy:
    return Policy(signer or Signer(TOKEN), HostRule(frozenset(hosts)), route)


ROUTED = policy(route=(PUBLIC, "http://127.0.0.1:8000"))


def ok(body: bytes = TWIML, *headers: tuple[str, str], status: int = 200) -> HopAnswer:
    return HopAnswer(status, (("Content-Type", "text/xml"), *headers), body, 0.25)


def redirect(location: str, status: int = 302, *headers: tuple[str, str]) -> HopAnswer:
    return HopAnswer(status, (("location", location), *headers), b"moved", 0.25)


def header(hop: Hop, name: str) -> str:
    values = [value for key, value in hop.headers if key == name]
    assert len(values) <= 1
    return values[0] if values else ""


def as_seen(hop: Hop) -> str:
    """The URL the agent believes to have been called at."""
    scheme = header(hop, "X-Forwarded-Proto") or urlsplit(hop.url).scheme
    parts = urlsplit(hop.url)
    return parts._replace(scheme=scheme, netloc=header(hop, "Host")).geturl()


def accepted(hop: Hop) -> bool:
    params = dict(parse_qsl(hop.body.decode(), keep_blank_values=True))
    signature = header(hop, "X-Twilio-Signature")
    return bool(RequestValidator(TOKEN).validate(as_seen(hop), params, signature))


def play(
    sent: SendWebhook, agent: Callable[[Hop], HopResult], policy: Policy
) -> tuple[Answer, list[Hop]]:
    """Carry one webhook through; every hop's signature must be one Twilio's SDK accepts."""
    exchange = policy.exchange(sent)
    step = exchange.begin()
    hops = []
    while isinstance(step, Hop):
        assert accepted(step), step
        hops.append(step)
        step = exchange.received(agent(step))
    return step, hops


def answers(*results: HopResult) -> Callable[[Hop], HopResult]:
    left = list(results)
    return lambda _hop: left.pop(0)


def one(
    result: HopResult, sent: SendWebhook | None = None, by: Policy | None = None
) -> tuple[Answer, list[Hop]]:
    return play(sent or webhook(), answers(result), by or policy())


def failure_of(answer: Answer) -> tuple[str, str]:
    assert answer.failure is not None
    assert answer.failure.level is Level.ERROR
    assert answer.failure.message.endswith(".")
    return answer.failure.code, answer.failure.message


# --- requests -----------------------------------------------------------------------------------


def test_a_post_sends_the_fields_in_their_order_as_a_form() -> None:
    answer, (hop,) = one(ok())
    assert (hop.method, hop.url, hop.body) == ("POST", LOCAL, FORM)
    assert hop.headers[0] == ("Host", "127.0.0.1:8000")
    assert header(hop, "Content-Type") == "application/x-www-form-urlencoded; charset=UTF-8"
    assert header(hop, "User-Agent") == "TwilioProxy/1.1"
    assert header(hop, "Accept-Encoding") == "gzip"
    assert header(hop, "I-Twilio-Idempotency-Token") == "0d9e1f3c"
    assert header(hop, "X-Forwarded-Proto") == ""
    assert (hop.connect_s, hop.deadline_s) == (5.0, 15.0)
    assert answer == Answer(200, "text/xml", TWIML, LOCAL, 0.25)


def test_the_signature_is_over_url_and_fields() -> None:
    _, (hop,) = one(ok(), webhook(LOCAL + "?a=1"))
    assert header(hop, "X-Twilio-Signature") == Signer(TOKEN).sign(LOCAL + "?a=1", FIELDS)


@pytest.mark.parametrize(
    ("url", "dialled"),
    [
        (LOCAL, LOCAL + "?" + FORM.decode()),
        (LOCAL + "?a=%2f1", LOCAL + "?a=%2f1&" + FORM.decode()),
        (LOCAL + "?", LOCAL + "?" + FORM.decode()),
    ],
)
def test_a_get_puts_the_fields_behind_the_query_and_signs_that(url: str, dialled: str) -> None:
    answer, (hop,) = one(ok(), webhook(url, "get"))
    assert (hop.method, hop.url, hop.body) == ("GET", dialled, b"")
    assert header(hop, "Content-Type") == ""
    assert header(hop, "X-Twilio-Signature") == Signer(TOKEN).sign(dialled)
    assert answer.url == url  # or the fields would pile up from one webhook to the next


def test_a_get_without_fields_is_left_as_it_is() -> None:
    _, (hop,) = one(ok(), webhook(LOCAL + "?a=1", "GET", fields=()))
    assert hop.url == LOCAL + "?a=1"


def test_fragment_and_credentials_are_neither_sent_nor_signed_nor_printed() -> None:
    answer, (hop,) = one(
        HopFailure("11202", "refused the connection", 0.1),
        webhook("http://user:secret@127.0.0.1:8000/voice#rc=2&ct=100"),
    )
    assert hop.url == LOCAL
    assert header(hop, "X-Twilio-Signature") == Signer(TOKEN).sign(LOCAL, FIELDS)
    assert "secret" not in repr((hop, answer))
    assert failure_of(answer) == ("11202", f"{LOCAL} refused the connection.")


def test_without_a_signer_nothing_is_signed() -> None:
    step = Policy(None).exchange(webhook()).begin()
    assert isinstance(step, Hop)
    assert header(step, "X-Twilio-Signature") == ""
    answer = Policy(None).exchange(webhook())
    answer.begin()
    refused = answer.received(ok(status=403))
    assert isinstance(refused, Answer)
    assert "signature" not in failure_of(refused)[1]


@pytest.mark.parametrize(
    "url", ["", "voice", "http://", "http://h:x/", "http://[::1/", "http://a b/"]
)
def test_a_url_nobody_could_call_is_11100(url: str) -> None:
    step = policy("h").exchange(webhook(url)).begin()
    assert isinstance(step, Answer)
    assert failure_of(step)[0] == "11100"


# --- hosts --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("http://localhost/", True),
        ("http://[::1]:1/", True),
        ("http://127.9.9.9/", True),
        ("http://LOCALHOST./", True),
        ("http://named.example/", True),
        ("http://NAMED.example./", True),
        ("http://other.example/", False),
        ("http://127.0.0.1@other.example/", False),
        ("http://other.example#@127.0.0.1/", False),
        ("http://0.0.0.0/", False),
        ("http://2130706433/", False),
        ("http://127.0.0.1.evil.example/", False),
    ],
)
def test_only_loopback_and_named_hosts_are_called(url: str, allowed: bool) -> None:
    step = policy("named.example").exchange(webhook(url)).begin()
    assert isinstance(step, Hop) is allowed
    if isinstance(step, Answer):
        assert failure_of(step)[0] == "host-not-allowed"
        assert step.status == 0


def test_a_redirect_to_a_host_that_is_not_named_is_not_followed() -> None:
    answer, hops = one(redirect("https://evil.example/x"))
    assert len(hops) == 1
    code, message = failure_of(answer)
    assert code == "host-not-allowed"
    assert "https://evil.example/x was not called" in message


def test_the_dialled_address_is_judged_not_the_public_one() -> None:
    _, hops = one(ok(), webhook(PUBLIC + "/voice"), ROUTED)
    assert len(hops) == 1
    outside = Policy(Signer(TOKEN), HostRule(), ("http://127.0.0.1:8000", "http://evil.example"))
    step = outside.exchange(webhook()).begin()
    assert isinstance(step, Answer)
    assert failure_of(step)[0] == "host-not-allowed"
    assert "evil.example" in failure_of(step)[1]


# --- sign-as ------------------------------------------------------------------------------------


@pytest.mark.parametrize("url", [PUBLIC + "/voice?a=1", PUBLIC.upper() + ":443/voice?a=1"])
def test_a_routed_webhook_is_signed_and_told_the_public_address(url: str) -> None:
    answer, (hop,) = one(ok(), webhook(url), ROUTED)
    assert hop.url == "http://127.0.0.1:8000/voice?a=1"
    host = url.split("/")[2]
    assert header(hop, "Host") == header(hop, "X-Forwarded-Host") == host
    assert header(hop, "X-Forwarded-Proto") == "https"
    assert header(hop, "X-Forwarded-For") == FORWARDED_FOR
    assert answer.url.lower() == url.lower()


def test_a_routed_get_carries_its_fields_to_the_other_address() -> None:
    _, (hop,) = one(ok(), webhook(PUBLIC + "/voice?a=1", "GET"), ROUTED)
    assert hop.url == "http://127.0.0.1:8000/voice?a=1&" + FORM.decode()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8000/voice",  # the dial origin itself
        "http://127.0.0.1:9000/voice",
    ],
)
def test_other_origins_are_not_routed(url: str) -> None:
    _, (hop,) = one(ok(), webhook(url), ROUTED)
    assert hop.url == url
    assert header(hop, "X-Forwarded-Proto") == ""


def test_scheme_and_port_belong_to_the_public_origin() -> None:
    for url in ("http://agent.example.com/voice", PUBLIC + ":8443/voice"):
        step = ROUTED.exchange(webhook(url)).begin()
        assert isinstance(step, Answer)
        assert failure_of(step)[0] == "host-not-allowed"


def test_redirects_stay_in_public_space() -> None:
    answer, hops = play(webhook(PUBLIC + "/a/b"), answers(redirect("../c?x=1"), ok()), ROUTED)
    assert [hop.url for hop in hops] == [
        "http://127.0.0.1:8000/a/b",
        "http://127.0.0.1:8000/c?x=1",
    ]
    assert header(hops[1], "Host") == "agent.example.com"
    assert answer.url == PUBLIC + "/c?x=1"


def test_a_failure_of_a_routed_webhook_names_both_addresses() -> None:
    answer, _ = one(HopFailure("11202", "refused the connection", 0.1), webhook(PUBLIC), ROUTED)
    assert failure_of(answer) == (
        "11202",
        f"{PUBLIC} (called at http://127.0.0.1:8000) refused the connection.",
    )


@pytest.mark.parametrize(
    "route",
    [("agent.example.com", LOCAL), (PUBLIC, "http://127.0.0.1:8000/path"), (PUBLIC, "")],
)
def test_a_route_must_be_two_origins(route: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match=r"."):
        policy(route=route)


# --- redirects ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "method", "then"),
    [
        (301, "POST", "GET"),
        (302, "POST", "GET"),
        (303, "POST", "GET"),
        (307, "POST", "POST"),
        (301, "GET", "GET"),
        (307, "GET", "GET"),
    ],
)
def test_redirects_are_followed_without_the_fields(status: int, method: str, then: str) -> None:
    answer, hops = play(
        webhook(LOCAL + "?a=1", method), answers(redirect("/next?b=2", status), ok()), policy()
    )
    assert (hops[1].method, hops[1].url, hops[1].body) == (
        then,
        "http://127.0.0.1:8000/next?b=2",
        b"",
    )
    assert header(hops[1], "X-Twilio-Signature") == Signer(TOKEN).sign(hops[1].url)
    assert bool(header(hops[1], "Content-Type")) is (then == "POST")
    assert header(hops[1], "I-Twilio-Idempotency-Token") == "0d9e1f3c"
    assert answer.url == "http://127.0.0.1:8000/next?b=2"
    assert answer.elapsed_s == 0.5


def test_after_303_a_307_keeps_the_get() -> None:
    _, hops = play(webhook(), answers(redirect("/a", 303), redirect("/b", 307), ok()), policy())
    assert [hop.method for hop in hops] == ["POST", "GET", "GET"]


@pytest.mark.parametrize("status", [300, 304, 305, 306, 308, 399])
def test_other_3xx_are_11216(status: int) -> None:
    answer, hops = one(redirect("/next", status))
    assert len(hops) == 1
    assert failure_of(answer)[0] == "11216"
    assert answer.status == status


@pytest.mark.parametrize("result", [HopAnswer(302, (), b"", 0.1), redirect(" "), redirect("")])
def test_a_redirect_to_nowhere_is_11216(result: HopAnswer) -> None:
    answer, _ = one(result)
    assert failure_of(answer)[0] == "11216"


def test_ten_redirects_are_followed_and_the_eleventh_is_11215() -> None:
    def chain(length: int) -> tuple[Answer, list[Hop]]:
        results = [redirect(f"/{n}") for n in range(1, length + 1)]
        return play(webhook(), answers(*results, ok()), policy())

    answer, hops = chain(10)
    assert (answer.failure, len(hops)) == (None, 11)
    answer, hops = chain(11)
    assert len(hops) == 11
    code, message = failure_of(answer)
    assert code == "11215"
    assert LOCAL in message


@pytest.mark.parametrize(
    "location",
    ["http://[::1/", "http://h:port/", "ftp://127.0.0.1/", "/a b", "/\x00", "http://\xff/", "/\\x"],
)
def test_a_location_nobody_could_call_is_11100(location: str) -> None:
    answer, _ = one(redirect(location))
    code, message = failure_of(answer)
    assert code == "11100"
    assert message.isprintable()


def test_credentials_in_a_location_are_neither_sent_nor_printed() -> None:
    answer, hops = play(
        webhook(),
        answers(redirect("http://user:secret@127.0.0.1:8000/x"), ok(status=500)),
        policy(),
    )
    assert "secret" not in repr((hops, answer))
    answer, _ = one(redirect("http://user:secret@evil.example:99999/x"))
    assert "secret" not in repr(answer)


# --- cookies ------------------------------------------------------------------------------------


def test_cookies_are_kept_for_the_next_webhook() -> None:
    answer, (hop,) = one(ok(TWIML, ("Set-Cookie", "sid=1; Path=/"), ("set-cookie", "b=2; Path=/")))
    assert header(hop, "Cookie") == ""
    _, (hop,) = one(ok(), webhook(state=answer.state))
    assert header(hop, "Cookie") == "sid=1; b=2"


def test_cookies_are_kept_across_redirects_and_from_failures() -> None:
    answer, hops = play(
        webhook(),
        answers(
            redirect("/a", 302, ("Set-Cookie", "one=1; Path=/")),
            redirect("/b", 302, ("Set-Cookie", "one=2; Path=/")),
            HopAnswer(500, (("Set-Cookie", "three=3; Path=/"),), b"", 0.1),
        ),
        policy(),
    )
    assert [header(hop, "Cookie") for hop in hops] == ["", "one=1", "one=2"]
    assert len(answer.state.cookies) == 2


def test_cookies_belong_to_the_public_host() -> None:
    cookie = ("Set-Cookie", "sid=1; Path=/; Secure; Domain=agent.example.com")
    answer, _ = one(ok(TWIML, cookie), webhook(PUBLIC + "/voice"), ROUTED)
    assert answer.state.cookies[0][0] == ".agent.example.com"
    _, (hop,) = one(ok(), webhook(PUBLIC + "/next", state=answer.state), ROUTED)
    assert header(hop, "Cookie") == "sid=1"
    _, (hop,) = one(ok(), webhook("http://127.0.0.1:8000/", state=answer.state), ROUTED)
    assert header(hop, "Cookie") == ""


def test_a_bad_cookie_is_a_warning_and_the_answer_still_counts() -> None:
    answer, _ = one(ok(TWIML, ("Set-Cookie", "=nameless"), ("Set-Cookie", "a=b\tc")))
    assert answer.failure is None
    assert answer.body == TWIML
    assert [(found.code, found.level) for found in answer.findings] == [
        ("11206", Level.WARNING)
    ] * 2
    assert all(found.message.startswith(LOCAL) for found in answer.findings)


# --- answers ------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [200, 201, 206, 299])
def test_any_2xx_is_an_answer(status: int) -> None:
    answer, _ = one(ok(status=status))
    assert (answer.status, answer.body, answer.failure) == (status, TWIML, None)


def test_an_empty_answer_is_passed_on() -> None:
    for result in (
        HopAnswer(204, (), b"", 0.1),
        HopAnswer(200, (("Content-Encoding", "gzip"),), b"", 0),
    ):
        answer, _ = one(result)
        assert (answer.content_type, answer.body, answer.failure) == ("", b"", None)


@pytest.mark.parametrize("status", [400, 404, 500, 503, 599])
def test_error_statuses_are_11217(status: int) -> None:
    answer, _ = one(ok(b"sorry", status=status))
    code, message = failure_of(answer)
    assert code == "11217"
    assert message == f"{LOCAL} answered with status {status}."
    assert (answer.status, answer.body) == (status, b"")


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_signature_comes_with_advice(status: int) -> None:
    code, message = failure_of(one(ok(b"", status=status))[0])
    assert code == "11217"
    assert str(status) in message
    assert "VOICESIM_TWILIO_AUTH_TOKEN" in message
    assert "--sign-as" in message


@pytest.mark.parametrize("status", [0, 101, 199, 600, 999])
def test_statuses_that_do_not_exist_are_11206(status: int) -> None:
    assert failure_of(one(ok(status=status))[0])[0] == "11206"


@pytest.mark.parametrize(
    ("size", "truncated", "code"),
    [(65_536, False, ""), (65_537, False, "11750"), (9, True, "11750")],
)
def test_the_limit_of_a_body(size: int, truncated: bool, code: str) -> None:
    answer, _ = one(HopAnswer(200, (), b"x" * size, 0.1, truncated))
    if code:
        assert failure_of(answer)[0] == code
        assert answer.body == b""
    else:
        assert (answer.failure, len(answer.body)) == (None, size)


def packed(name: str, data: bytes) -> HopAnswer:
    return ok(data, ("content-encoding", name))


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    "result",
    [
        packed("gzip", gzip.compress(TWIML)),
        packed(" X-GZIP ", gzip.compress(TWIML)),
        packed("gzip", gzip.compress(TWIML[:5]) + gzip.compress(TWIML[5:])),
        packed("deflate", zlib.compress(TWIML)),
        packed("deflate", raw_deflate(TWIML)),
        packed("identity", TWIML),
        packed("", TWIML),
    ],
)
def test_packed_bodies_are_unpacked(result: HopAnswer) -> None:
    answer, _ = one(result)
    assert (answer.body, answer.failure) == (TWIML, None)


@pytest.mark.parametrize(
    "result",
    [
        packed("gzip", TWIML),
        packed("gzip", gzip.compress(TWIML)[:-4]),
        packed("gzip", gzip.compress(TWIML) + b"more"),
        packed("gzip", b"\x1f"),
        packed("deflate", b"x"),
        packed("deflate", zlib.compress(TWIML)[:-1]),
        packed("br", TWIML),
        packed("gzip, gzip", gzip.compress(TWIML)),
        packed("\xff\x00" * 50, TWIML),
    ],
)
def test_badly_packed_bodies_are_11206(result: HopAnswer) -> None:
    code, message = failure_of(one(result)[0])
    assert code == "11206"
    assert message.isascii()


def test_packed_bodies_are_held_to_the_limit_unpacked() -> None:
    answer, _ = one(packed("gzip", gzip.compress(b"x" * 65_536)))
    assert (answer.failure, len(answer.body)) == (None, 65_536)
    for data in (gzip.compress(b"x" * 65_537), gzip.compress(b"x" * 40_000) * 2):
        assert failure_of(one(packed("gzip", data))[0])[0] == "11750"


def test_a_bomb_is_not_unpacked() -> None:
    bomb = packed("gzip", gzip.compress(b"x" * 30_000_000))
    tracemalloc.start()
    answer, _ = one(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert failure_of(answer)[0] == "11750"
    assert peak < 1_000_000


@pytest.mark.parametrize("kind", ["text/xml\xff", "text/xml\x00", "text/\r\nxml", "\u20ac"])
def test_a_content_type_of_weird_bytes_is_a_warning(kind: str) -> None:
    answer, _ = one(HopAnswer(200, (("Content-Type", kind),), TWIML, 0.1))
    assert [(found.code, found.level) for found in answer.findings] == [("11206", Level.WARNING)]
    assert answer.content_type.isascii()


# --- time ---------------------------------------------------------------------------------------


def test_fifteen_seconds_are_for_all_hops_together() -> None:
    slow = HopAnswer(302, (("Location", "/next"),), b"", 6.0)
    answer, hops = play(webhook(), answers(slow, slow, slow), policy())
    assert [hop.deadline_s for hop in hops] == [15.0, 9.0, 3.0]
    assert [hop.connect_s for hop in hops] == [5.0, 5.0, 3.0]
    code, message = failure_of(answer)
    assert code == "11205"
    assert "15 s" in message
    assert answer.elapsed_s == 18.0


def test_connecting_is_tried_twice() -> None:
    slow = HopFailure("11205", "did not accept the connection within 5 s", 5.0, connecting=True)
    answer, hops = play(webhook(), answers(slow, ok()), policy())
    assert answer.failure is None
    assert [hop.deadline_s for hop in hops] == [15.0, 10.0]
    assert (hops[0].headers, hops[0].body) == (hops[1].headers, hops[1].body)
    answer, hops = play(webhook(), answers(slow, slow, ok()), policy())
    assert len(hops) == 2
    assert failure_of(answer)[0] == "11205"


def test_each_redirect_may_be_connected_to_twice() -> None:
    slow = HopFailure("11205", "did not accept the connection within 1 s", 1.0, connecting=True)
    answer, hops = play(webhook(), answers(slow, redirect("/x"), slow, ok()), policy())
    assert answer.failure is None
    assert len(hops) == 4


@pytest.mark.parametrize(
    "failure",
    [
        HopFailure("11205", "did not answer in full within 15 s", 15.0),
        HopFailure("11205", "did not answer in full within 1 s", 1.0),
        HopFailure("11202", "refused the connection", 0.1, connecting=True),
        HopFailure("11210", "has a host name that could not be found", 0.1, connecting=True),
        HopFailure("11220", "did not complete the TLS handshake", 0.1, connecting=True),
        HopFailure("no-sockets", "was not called", 0.1, connecting=True),
    ],
)
def test_nothing_else_is_tried_again(failure: HopFailure) -> None:
    answer, hops = one(failure)
    assert len(hops) == 1
    assert failure_of(answer) == (failure.code, f"{LOCAL} {failure.message}.")
    assert (answer.status, answer.elapsed_s) == (0, failure.elapsed_s)
    assert answer.failure is not None
    assert answer.failure.url == LOCAL
