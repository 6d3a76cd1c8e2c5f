"""What we sign, the validator of Twilio's own library accepts.

The agent never sees credentials or a fragment: it puts the URL together from its scheme, the Host
header (with the port, when it is not the scheme's own) and the request line. ``seen_by_the_agent``
does the same.

Twilio's library 9.13.0 takes the URL apart with ``urllib.parse`` and puts it together again, and so
refuses some URLs whatever the signature. They are not among the generated ones; each kind has its
own test here, so that the day the library changes is noticed.
"""

from collections.abc import Iterator
from random import Random
from urllib.parse import parse_qsl

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator, get_signature_algorithm

from voicesim.twilio.fields import form_encode
from voicesim.twilio.mismatch import matches
from voicesim.twilio.signature import HMAC_SHA256, Signer, signed_url, with_body_sha256
from voicesim.twilio.signature import settings as signature_settings

# a busy machine is no failure
CALM = settings(suppress_health_check=[HealthCheck.too_slow])
CASES = 5_000
TOKEN = "f00dfacef00dfacef00dfacef00dface"
Pairs = list[tuple[str, str]]

HOSTS = ["agent.example.com", "Agent.EXAMPLE", "localhost", "127.0.0.1", "münchen.example"]
PATHS = ["", "/", "/voice", "/a/b%20c/", "//double", "/ünïcode", "/at@x:1", "/semi;v=1", "/a+b~c'"]
QUERIES = ["", "?x=1", "?b=2&a=1&b=1", "?q=a+b%2B%2f", "?name=é", "?e=&f", "?u=https://x:1/y?z"]
PORTS = ["", ":443", ":80", ":8443", ":1"]
LOGINS = ["", "", "user@", "user:p%40ss@", "a:b:c@"]
FRAGMENTS = ["", "", "#rc=2&ct=900", "#"]
NAMES = ["CallSid", "callSid", "Digits", "From", "SpeechResult", "A", "AB", "Ä", "x y", "[0]"]
VALUES = ["", " ", "1234", "+14155550100", "Ja, gern!", "日本語", "😀", "a&b=c", "%41", "\r\n", "~"]


class Form:
    """A form as frameworks give it: iterating gives the names, ``getlist`` a name's values."""

    def __init__(self, pairs: Pairs) -> None:
        self._pairs = pairs

    def __len__(self) -> int:
        return len(self._pairs)

    def __iter__(self) -> Iterator[str]:
        return iter(name for name, _ in self._pairs)

    def getlist(self, wanted: str) -> list[str]:
        return [value for name, value in self._pairs if name == wanted]


def accepts(seen: str, form: Pairs, signature: str, token: str = TOKEN) -> bool:
    return bool(RequestValidator(token).validate(seen, Form(form), signature))


def generated(random: Random) -> tuple[str, str, Pairs]:
    """A URL as it is configured, the same as the agent sees it, and the fields that are sent."""
    scheme, login = random.choice(["http", "https"]), random.choice(LOGINS)
    host = random.choice([*HOSTS, "[::1]", "[2001:db8::7]"])
    # see test_an_ipv6_address_with_a_port_under_https
    port = "" if scheme == "https" and host.startswith("[") else random.choice(PORTS)
    rest = random.choice(PATHS) + random.choice(QUERIES)
    pairs = [
        (random.choice(NAMES), random.choice(VALUES)) for _ in range(random.choice([0, 1, 5, 30]))
    ]
    url = f"{scheme}://{login}{host}{port}{rest}{random.choice(FRAGMENTS)}"
    return url, f"{scheme}://{host}{port}{rest}", pairs


def received(sent: Pairs) -> Pairs:
    return parse_qsl(form_encode(sent), keep_blank_values=True, max_num_fields=None)


def test_every_request_is_accepted_and_no_broken_twin_is() -> None:
    random = Random(20_26)
    signer = Signer(TOKEN)
    for number in range(CASES):
        url, seen, sent = generated(random)
        signature = signer.sign(url, sent)
        about = f"case {number}: {url!r} {sent!r}"
        form = received(sent)
        assert accepts(seen, form, signature), about
        swapped = ("A" if signature[0] != "A" else "B") + signature[1:]
        assert not accepts(seen, form, swapped), about
        if number % 10 == 0:
            other = "http" if seen.startswith("https") else "https"
            assert not accepts(other + seen[seen.index(":") :], form, signature), about
            if "?" in seen:
                assert not accepts(seen + "_", form, signature), about
            assert not accepts(seen, [*form, ("Zusatz", "")], signature), about
            assert not accepts(seen, form, signature, token=TOKEN[:-1] + "f"), about
            if form:
                name, value = form[0]
                assert not accepts(seen, [(name, value + "x"), *form[1:]], signature), about


def test_no_single_character_of_the_url_may_change() -> None:
    """But in the port under https, which Twilio drops, and in the case of the scheme."""
    random = Random(20_28)
    signer = Signer(TOKEN)
    changes = 0
    for _ in range(60):
        url, seen, sent = generated(random)
        signature, form = signer.sign(url, sent), received(sent)
        begin = seen.index("://") + 3
        host = seen[begin:].partition("/")[0].partition("?")[0]
        port = host.rpartition(":")[2] if not host.endswith("]") else ""
        free = range(0)
        if seen.startswith("https") and port.isdigit():
            free = range(begin + len(host) - len(port), begin + len(host))
        for at, old in enumerate(seen):
            new = "7" if old != "7" else "8"
            if at in free:
                continue
            changed = seen[:at] + new + seen[at + 1 :]
            assert not accepts_or_breaks(changed, form, signature), f"{seen} {changed}"
            changes += 1
        assert accepts(seen.replace("http", "HTTP", 1), form, signature)
        assert matches(signer, url.replace("h", "H", 1), sent, signature)
    assert changes > 1000


def accepts_or_breaks(seen: str, form: Pairs, signature: str) -> bool:
    """Whether it is accepted; a URL that cannot even be taken apart is not."""
    try:
        return accepts(seen, form, signature)
    except ValueError:
        return False


@settings(CALM, max_examples=200)
@given(st.lists(st.tuples(st.text(), st.text())))
def test_any_text_arrives_as_it_was_signed(sent: Pairs) -> None:
    signature = Signer(TOKEN).sign("https://agent.example/voice", sent)
    assert accepts("https://agent.example/voice", received(sent), signature)


@settings(CALM, max_examples=200)
@given(st.text(), st.text())
def test_any_text_may_be_a_url_or_a_token(url: str, token: str) -> None:
    url = url.encode(errors="replace").decode()
    token = token.encode(errors="replace").decode()
    assert Signer(token).sign(url) == RequestValidator(token).compute_signature(signed_url(url), {})


@settings(CALM, max_examples=100)
@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(QUERIES))
def test_other_bodies_are_accepted_by_their_hash(body: str, query: str) -> None:
    url = with_body_sha256(f"https://agent.example:8443/json{query}#rc=1", body.encode())
    signature = Signer(TOKEN).sign(url)
    seen = url.partition("#")[0]
    assert RequestValidator(TOKEN).validate(seen, body, signature)
    assert not RequestValidator(TOKEN).validate(seen, body + " ", signature)


# --- websockets, shared keys ----------------------------------------------------------------------

SOCKETS = ["/", "/stream", "/a/b%20c", "/stream/"]


@settings(CALM, max_examples=100)
@given(
    st.sampled_from(["ws", "wss"]),
    st.sampled_from(HOSTS),
    st.sampled_from(["", ":443", ":8443"]),
    st.sampled_from(SOCKETS),
)
def test_handshakes_of_websockets_are_accepted(
    scheme: str, host: str, port: str, path: str
) -> None:
    url = f"{scheme}://{host}{port}{path}"
    signature = Signer(TOKEN).sign(f"{scheme}://user:pass@{host}{port}{path}#rc=1")
    assert RequestValidator(TOKEN).validate(url, {}, signature)
    other = f"http{scheme[2:]}{url[len(scheme) :]}"
    assert not RequestValidator(TOKEN).validate(other, {}, signature)


def test_a_bare_host_of_a_websocket_is_signed_without_a_slash() -> None:
    """Receivers see the slash of the request line, and are told to try both."""
    signature = Signer(TOKEN).sign("wss://agent.example")
    assert not RequestValidator(TOKEN).validate("wss://agent.example/", {}, signature)
    assert RequestValidator(TOKEN).validate("wss://agent.example", {}, signature)


def test_requests_signed_with_a_shared_key_are_accepted() -> None:
    random = Random(20_27)
    signer = Signer(TOKEN, HMAC_SHA256)
    algorithm = get_signature_algorithm(signature_settings("webhooks_sharedkey_1", HMAC_SHA256))
    assert algorithm == HMAC_SHA256
    for _ in range(500):
        url, seen, sent = generated(random)
        signature = signer.sign(url, sent)
        form = Form(received(sent))
        assert RequestValidator(TOKEN).validate(seen, form, signature, algorithm)
        assert not RequestValidator(TOKEN).validate(seen, form, signature)
        assert not RequestValidator(TOKEN[:-1] + "f").validate(seen, form, signature, algorithm)


# --- where the library refuses what Twilio would have signed the same way -----------------------


def test_an_ipv6_address_with_a_port_under_https() -> None:
    """It looks for the port at the first colon, which is inside the address."""
    signature = Signer(TOKEN).sign("https://[::1]:8443/voice")
    assert not accepts("https://[::1]:8443/voice", [], signature)
    assert accepts("https://[::1]/voice", [], signature)


@pytest.mark.parametrize("url", ["https://a.example/voice?", "https://a.example/voice;"])
def test_an_empty_query_or_path_parameter(url: str) -> None:
    """The library drops the lone "?" or ";"; we sign the URL as it was given."""
    signature = Signer(TOKEN).sign(url)
    assert not accepts(url, [], signature)
    assert signature == RequestValidator(TOKEN).compute_signature(url, {})


def test_a_scheme_in_capitals() -> None:
    """It is signed in lower case, which is what the library compares with."""
    signature = Signer(TOKEN).sign("HTTPS://a.example/voice")
    assert accepts("HTTPS://a.example/voice", [], signature)
    assert accepts("https://a.example/voice", [], signature)


def test_an_agent_that_validates_with_the_credentials_in_the_url() -> None:
    """Twilio drops them before it signs; the library does not before it compares."""
    signature = Signer(TOKEN).sign("https://user:pass@a.example/voice")
    assert not accepts("https://user:pass@a.example/voice", [], signature)
    assert accepts("https://a.example/voice", [], signature)


def test_a_bare_host_that_the_agent_sees_with_a_slash() -> None:
    """Twilio signs "https://a.example"; frameworks report "https://a.example/"."""
    signature = Signer(TOKEN).sign("https://a.example")
    assert not accepts("https://a.example/", [], signature)
    assert accepts("https://a.example", [], signature)
