"""Whatever an agent answers, and whatever its URLs say: an Answer comes, never an exception."""

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from voicesim.base.hosts import HostRule, host_of, is_loopback
from voicesim.call.events import NO_STATE, Answer, Kind, SendWebhook
from voicesim.line.hop import HopAnswer
from voicesim.line.policy import Hop, Policy
from voicesim.line.urls import BadUrlError, parse, shown
from voicesim.line.wire import HopError, Response, request_bytes
from voicesim.twilio.signature import Signer

URLISH = st.text(st.sampled_from("http://local.h:8@[]#?&=%\\ \x00\x7fé€\ud800abc;,"), max_size=40)
URLS = st.one_of(
    st.text(max_size=30),
    URLISH,
    st.builds("http://localhost{}".format, URLISH),
    st.builds("http://127.0.0.1:8000/{}".format, st.text(max_size=30)),
    st.builds("http://{}:{}@localhost/#{}".format, URLISH, URLISH, st.text(max_size=9)),
    st.builds(
        "http://u:p@h/#rc=5&rp={}&ct={}".format, st.sampled_from(["all", "5xx", "?"]), URLISH
    ),
)
LATIN = st.text(st.characters(max_codepoint=255), max_size=60)
COOKIES = st.lists(
    st.one_of(LATIN, st.sampled_from(["Path=/", "Domain=", "Expires=", "Max-Age=", "a=b", "="])),
    max_size=5,
).map(";".join)
CHALLENGES = st.lists(
    st.sampled_from(["Basic", "Digest", " ", ",", "=", '"', "\\", "nonce", "nonce=", '"\r\nx: y"',
                     "qop", "auth", "algorithm=", "md5", "SHA-256-sess", "realm", "\xe9"]),
    max_size=14,
).map("".join)  # fmt: skip
HEADERS = st.lists(
    st.one_of(
        st.tuples(st.just("WWW-Authenticate"), st.one_of(CHALLENGES, LATIN)),
        st.tuples(st.just("Location"), st.one_of(URLS, LATIN)),
        st.tuples(st.just("Set-Cookie"), COOKIES),
        st.tuples(st.sampled_from(["Date", "Content-Type", "Content-Encoding", "X"]), LATIN),
        st.tuples(st.just("Content-Encoding"), st.sampled_from(["gzip", "deflate"])),
    ),
    max_size=5,
).map(tuple)
ANSWERS = st.builds(
    HopAnswer,
    status=st.one_of(st.integers(-1, 700), st.sampled_from([200, 302, 307, 401])),
    headers=HEADERS,
    body=st.binary(max_size=60),
    elapsed_s=st.floats(0, 9),
    truncated=st.booleans(),
)
POLICY = Policy(Signer("12345"), HostRule(frozenset({"h"})), ("http://h:8", "http://localhost"))


@given(url=URLS, method=st.sampled_from(["GET", "POST"]), results=st.lists(ANSWERS, max_size=14))
def test_every_webhook_comes_to_an_end(url: str, method: str, results: list[HopAnswer]) -> None:
    fields = (("CallSid", "CA1"), ("Odd", "\ud800 é"))
    exchange = POLICY.exchange(
        SendWebhook(1, Kind.VOICE, method, url, fields, steers=True, token="t", state=NO_STATE)
    )
    step = exchange.begin()
    left = [*results, HopAnswer(500, (), b"", 0.0)]
    hops = 0
    while isinstance(step, Hop):
        hops += 1
        assert hops <= 11 * 7  # redirects, and for each its tries and a login
        wire = request_bytes(step, parse(step.url))
        lines = wire.partition(b"\r\n\r\n")[0].split(b"\r\n")
        framing = bool(step.body) or step.method != "GET"
        assert len(lines) == 1 + len(step.headers) + framing  # nothing smuggles in a line
        assert lines[0].count(b" ") == 2
        assert b"\n" not in b"".join(lines)
        step = exchange.received(left.pop(0) if left[1:] else left[0])
    assert isinstance(step, Answer)
    for finding in (step.failure, *step.findings):
        assert finding is None or finding.message.isprintable()


@given(URLS)
@example("http://127.0.0.1\\@evil.example/")
@example("http://evil.example#@127.0.0.1/")
def test_what_is_judged_is_what_is_dialled(text: str) -> None:
    try:
        url = parse(text)
    except BadUrlError:
        assert shown(text).isprintable()
        return
    assert parse(url.text) == url
    assert host_of(url.text) == url.name
    assert is_loopback(host_of(url.text)) == is_loopback(url.origin[1])


@given(st.lists(st.binary(max_size=40), max_size=10), st.booleans())
def test_the_parser_takes_any_bytes(blocks: list[bytes], head: bool) -> None:
    response = Response()
    try:
        if head:
            response.take(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for block in (*blocks, b""):
            if response.take(block):
                break
    except HopError:
        assert not response.complete
    else:
        assert response.complete


@given(st.lists(st.integers(1, 400), max_size=8))
def test_an_answer_may_come_in_any_pieces(cuts: list[int]) -> None:
    data = (
        b"HTTP/1.1 100 Continue\r\nX: 0\r\n\r\nHTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nX-Empty:\r\n"
        b"Set-Cookie:  b=2 \r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n"
        b"X-Trailer: 1\r\n\r\n"
    )
    places = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    response = Response()
    enough = [response.take(data[start:end]) for start, end in pairwise(places) if start < end]
    assert enough == [False] * (len(enough) - 1) + [True]
    assert (response.status, bytes(response.body)) == (200, b"abcde")
    assert [(name, value.strip()) for name, value in response.headers] == [
        ("Set-Cookie", "a=1"),
        ("X-Empty", ""),
        ("Set-Cookie", "b=2"),
        ("Transfer-Encoding", "chunked"),
    ]
