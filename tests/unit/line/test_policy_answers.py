import gzip
import tracemalloc
import zlib

import pytest

from tests.unit.line.webhooks import (
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
from voicesim.base.findings import Level
from voicesim.line.policy import HopAnswer, HopFailure, Limits, Policy
from voicesim.twilio.signature import Signer
from voicesim.twilio.twiml import parse

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


def test_a_cookie_that_is_not_kept_is_a_warning_and_the_answer_still_counts() -> None:
    answer, _ = one(ok(TWIML, ("Set-Cookie", "nameless"), ("Set-Cookie", "a=b; Domain=com")))
    assert answer.failure is None
    assert answer.body == TWIML
    assert [(found.code, found.level) for found in answer.findings] == [
        ("cookie-not-kept", Level.WARNING)
    ] * 2
    assert all(found.message.startswith(LOCAL) for found in answer.findings)


@pytest.mark.parametrize("status", [200, 302, 500])
@pytest.mark.parametrize("line", ["=nameless", "a=b\tc"])
def test_a_broken_cookie_breaks_the_request(line: str, status: int) -> None:
    broken = HopAnswer(status, (("Location", "/next"), ("Set-Cookie", line)), TWIML, 0.1)
    answer, hops = one(broken)
    assert len(hops) == 1
    code, message = failure_of(answer)
    assert code == "11206"
    assert message.startswith(f"{LOCAL} set a cookie with")
    assert (answer.status, answer.body, answer.findings) == (status, b"", ())


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
def test_a_content_type_of_weird_bytes_is_for_the_parser_to_judge(kind: str) -> None:
    answer, _ = one(HopAnswer(200, (("Content-Type", kind),), TWIML, 0.1))
    assert (answer.failure, answer.findings) == (None, ())
    assert answer.content_type.isascii()
    assert [one.code for one in parse(answer.body, answer.content_type).findings] == ["12300"]


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


@pytest.mark.parametrize(("elapsed_s", "codes"), [(14.9, []), (15.0, []), (15.1, ["11205"])])
def test_who_is_waited_for_longer_than_twilio_waits_is_told_so(
    elapsed_s: float, codes: list[str]
) -> None:
    patient = Policy(Signer(TOKEN), limits=Limits(total_s=30.0))
    slow = HopAnswer(200, (("Content-Type", "text/xml"),), TWIML, elapsed_s)
    answer, (hop,) = play(webhook(), answers(slow), patient)
    assert hop.deadline_s == 30.0
    assert (answer.failure, answer.body) == (None, TWIML)
    assert [finding.code for finding in answer.findings] == codes
    assert all(finding.level is Level.ERROR for finding in answer.findings)
