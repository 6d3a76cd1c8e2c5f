import pytest
from twilio.request_validator import RequestValidator, get_signature_algorithm

from tests.unit.line.webhooks import (
    FIELDS,
    FORM,
    LOCAL,
    PUBLIC,
    ROUTED,
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
from voicesim.line.exchange import FORWARDED_FOR
from voicesim.line.policy import Hop, HopAnswer, HopFailure, Policy
from voicesim.twilio.signature import Signer

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


def test_a_shared_key_is_named_beside_its_signature_and_nothing_is_otherwise() -> None:
    settings = "X-Twilio-Webhooks-Signature-Settings"
    _, (hop,) = one(ok())
    assert header(hop, settings) == ""
    exchange = Policy(Signer(TOKEN, "HMAC_SHA256", "key_1")).exchange(webhook())
    hop = exchange.begin()
    for url in (LOCAL, "http://127.0.0.1:8000/next"):
        assert isinstance(hop, Hop)
        told = header(hop, settings)
        assert told == "key=key_1,algorithm=HMAC_SHA256"
        params = dict(FIELDS) if url == LOCAL else {}
        signature, algorithm = header(hop, "X-Twilio-Signature"), get_signature_algorithm(told)
        assert RequestValidator(TOKEN).validate(url, params, signature, algorithm)
        hop = exchange.received(redirect("/next"))


def test_without_a_signer_nothing_is_signed() -> None:
    step = Policy(None).exchange(webhook()).begin()
    assert isinstance(step, Hop)
    assert header(step, "X-Twilio-Signature") == ""
    answer = Policy(None).exchange(webhook())
    answer.begin()
    refused = answer.received(ok(status=403))
    assert isinstance(refused, Answer)
    assert "signature" not in failure_of(refused)[1]


def test_a_host_with_an_underscore_is_called_by_nobody_at_twilio() -> None:
    """Under any name but its own, which is the public one, an agent may have one."""
    sent = webhook("http://my_agent:8000/voice")
    step = policy("my_agent").exchange(sent).begin()
    assert isinstance(step, Answer)
    code, message = failure_of(step)
    assert code == "11100"
    assert "underscore" in message
    routed = policy("my_agent", route=(PUBLIC, "http://my_agent:8000"))
    _, (hop,) = one(ok(), webhook(f"{PUBLIC}/a_b?c_d=e_f"), routed)
    assert hop.url == "http://my_agent:8000/a_b?c_d=e_f"


@pytest.mark.parametrize(
    "url", ["", "voice", "http://", "http://h:x/", "http://[::1/", "http://a b/"]
)
def test_a_url_nobody_could_call_is_11100(url: str) -> None:
    step = policy("h").exchange(webhook(url)).begin()
    assert isinstance(step, Answer)
    assert failure_of(step)[0] == "11100"
    assert step.failure is not None
    assert (step.url, step.failure.url) == (url, url)


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


def test_credentials_open_one_origin_and_go_nowhere_else() -> None:
    key = ("X-API-Key", "s3cr3t-key")
    opened = Policy(Signer(TOKEN), credentials=("http://127.0.0.1:8000", (key,)))
    _, hops = play(
        webhook(), answers(redirect("/there"), redirect("http://127.0.0.1:9000/x"), ok()), opened
    )
    assert [header(hop, "X-API-Key") for hop in hops] == ["s3cr3t-key", "s3cr3t-key", ""]
    assert "s3cr3t-key" not in repr(opened)
    with pytest.raises(ValueError, match="must be an origin"):
        Policy(None, credentials=("http://127.0.0.1:8000/voice", (key,)))
