"""Every code of Twilio's that an agent's HTTP can cause: from tiny faulty agents over real sockets.

Each row says which code there must be. It must be an ERROR. The call must end as ``webhook_failed``
or, with a fallback URL, go on with that one's document, which is told the code and the URL.
"""

import contextlib
import gzip
import json
import re
import socket
import ssl
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from email.message import Message
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar, NamedTuple
from urllib.parse import parse_qs, parse_qsl

import pytest
import trustme
from twilio.request_validator import RequestValidator, get_signature_algorithm

from tests.system.command import voicesim
from voicesim import data
from voicesim.base.findings import Level
from voicesim.base.hosts import HostRule
from voicesim.call.entries import FullLog, Heard, Sent
from voicesim.call.events import Kind
from voicesim.call.outcome import CallRecord, Outcome
from voicesim.call.terms import Target, Terms
from voicesim.config.callers import parse_catalogue
from voicesim.line.driver import Driver
from voicesim.line.policy import Policy
from voicesim.line.transport import GeventBackend, Transport
from voicesim.switch.plan import Exchange
from voicesim.switch.switch import Switch
from voicesim.twilio.codes import CODES
from voicesim.twilio.fields import Party
from voicesim.twilio.signature import Signer

TOKEN = "0123456789abcdef0123456789abcdef"
SORRY = "<Response><Say>We are out of order, please call later.</Say><Hangup/></Response>"
CATALOGUE = parse_catalogue(data.texts("personas"), data.texts("scenarios"))
LONG_NAME = "x" * 64 + ".example"
"""No label of a name has 64 letters: nobody is asked for it."""


class Request(NamedTuple):
    method: str
    path: str
    headers: Message
    fields: dict[str, str]


class Agent(BaseHTTPRequestHandler):
    """Does what the path says; what it was asked is in ``seen``."""

    protocol_version = "HTTP/1.1"
    seen: ClassVar[list[Request]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        fields = dict(parse_qsl(body, keep_blank_values=True))
        self.seen.append(Request(self.command, self.path, self.headers, fields))
        FAULTS.get(self.path.partition("?")[0], Agent.sorry)(self)

    do_GET = do_POST  # noqa: N815 - http.server's name

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        if "Transfer-Encoding" not in names:
            names["Content-Length"] = str(len(body))
        for name, value in names.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def sorry(self) -> None:
        self.answer(200, SORRY.encode(), Content_Type="text/xml")

    def raw(self, data: bytes) -> None:
        self.wfile.write(data)
        self.close_connection = True

    def silent(self) -> None:
        self.close_connection = True
        self.connection.settimeout(5.0)
        with contextlib.suppress(OSError):
            self.rfile.read(1)  # until the caller has hung up

    def half(self) -> None:
        self.wfile.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 90\r\n\r\n<R"
        )
        self.silent()

    def gzipped(self) -> None:
        """In two chunks."""
        packed = gzip.compress(SORRY.encode())
        chunks = b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in (packed[:20], packed[20:], b""))
        self.answer(200, chunks, Content_Type="text/xml", Content_Encoding="gzip",
                    Transfer_Encoding="chunked")  # fmt: skip

    def flaky(self) -> None:
        """Works at the third time."""
        times = sum(request.path == self.path for request in self.seen)
        return self.sorry() if times >= 3 else self.answer(503)

    def digest(self) -> None:
        asks = f'Digest realm="agents", qop="auth", algorithm=SHA-256, nonce="{NONCE}"'
        if not knows(self.headers.get("Authorization", ""), self.command, self.path):
            self.answer(401, WWW_Authenticate=asks)
        elif self.path == "/digest":
            body = b"<Response><Redirect>/digest/inside</Redirect></Response>"
            self.answer(200, body, Content_Type="text/xml")
        else:
            self.sorry()

    def guarded(self) -> None:
        """Lets in who logs in, and then breaks down."""
        basic = "Basic " + b64encode(b"user:correct horse").decode()
        if self.headers.get("Authorization") == basic:
            self.answer(503)
        else:
            self.answer(401, WWW_Authenticate='Basic realm="agents"')

    def log_message(self, *_: object) -> None:
        pass


NONCE = "bm9uY2U="


def knows(authorization: str, method: str, path: str) -> bool:
    """Whether the header is what user "user", password "secret" would send (RFC 7616)."""
    sent = {
        name: a or b for name, a, b in re.findall(r'(\w+)=(?:"([^"]*)"|([^, ]+))', authorization)
    }
    if not {"nc", "cnonce", "response", "uri"} <= sent.keys() or sent["uri"] != path:
        return False

    def h(*parts: str) -> str:
        return sha256(":".join(parts).encode()).hexdigest()

    counted = (NONCE, sent["nc"], sent["cnonce"], "auth")
    return sent["response"] == h(h("user", "agents", "secret"), *counted, h(method, path))


def status(code: int, **headers: str) -> Callable[[Agent], None]:
    return lambda agent: agent.answer(code, **headers)


FAULTS: dict[str, Callable[[Agent], None]] = {
    "/gone": status(404),
    "/broken": status(500),
    "/circle": status(302, Location="/circle"),
    "/nowhere": status(302),
    "/unmodified": status(304),
    "/permanent": status(308, Location="/fine"),
    "/nonsense": status(302, Location="http://[::1/x y"),
    "/early": lambda agent: agent.raw(b"HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n"),
    "/garbage": lambda agent: agent.raw(b"<Response/>\r\n\r\n"),
    "/cut-off": lambda agent: agent.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<R"),
    "/no-answer": lambda agent: agent.raw(b""),
    "/not-gzip": lambda agent: agent.answer(200, b"<Response/>", Content_Encoding="gzip"),
    "/silent": Agent.silent,
    "/half": Agent.half,
    "/long": lambda agent: agent.answer(200, b" " * 65_537, Content_Type="text/xml"),
    "/no-chunks": lambda agent: agent.answer(200, b"0\r\n\r\n", Transfer_Encoding="chunked"),
    "/gzipped": Agent.gzipped,
    "/flaky": Agent.flaky,
    "/digest": Agent.digest,
    "/digest/inside": Agent.digest,
    "/guarded": Agent.guarded,
}


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A caller that does not like the certificate hangs up."""


@contextlib.contextmanager
def serving(certificate: trustme.LeafCert | None = None) -> Iterator[int]:
    """The agent, at a port."""
    with Server(("127.0.0.1", 0), Agent) as server:
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            certificate.configure_cert(context)
            server.socket = context.wrap_socket(
                server.socket, server_side=True, do_handshake_on_connect=False
            )
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@contextlib.contextmanager
def not_tls() -> Iterator[int]:
    """Speaks something else where TLS is expected."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    peer = listener.accept()[0]
                    with peer:
                        peer.sendall(b"220 mail.example ESMTP\r\n")
                        peer.recv(65_536)

        threading.Thread(target=serve, daemon=True).start()
        yield listener.getsockname()[1]


@contextlib.contextmanager
def not_accepting() -> Iterator[int]:
    """Its queue is full and nobody takes from it."""
    with (
        socket.create_server(("127.0.0.1", 0), backlog=0) as listener,
        contextlib.ExitStack() as all_,
    ):
        for _ in range(4):
            waiting = all_.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield listener.getsockname()[1]


class Place(NamedTuple):
    """Where every kind of agent is, and whom to trust."""

    origins: dict[str, str]
    ca_file: str


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    ca, stranger = trustme.CA(), trustme.CA()
    now = datetime.now(UTC)
    old = {"not_before": now - timedelta(days=90), "not_after": now - timedelta(days=1)}
    ahead = {"not_before": now + timedelta(days=1), "not_after": now + timedelta(days=90)}
    certificates = {
        "good": ca.issue_cert("localhost"),
        "expired": ca.issue_cert("localhost", **old),
        "not-yet": ca.issue_cert("localhost", **ahead),
        "wrong-name": ca.issue_cert("agent.example"),
        "wrong-address": ca.issue_cert("127.0.0.2"),
        "stranger": stranger.issue_cert("localhost"),
        "self-signed": SelfSigned(trustme.CA()),
    }
    ca_file = tmp_path_factory.mktemp("tls") / "ca.pem"
    ca.cert_pem.write_to_path(str(ca_file))
    with contextlib.ExitStack() as all_, socket.create_server(("127.0.0.1", 0)) as free:
        origins = {
            name: f"https://localhost:{all_.enter_context(serving(certificate))}"
            for name, certificate in certificates.items()
        }
        origins["wrong-address"] = origins["wrong-address"].replace("localhost", "127.0.0.1")
        origins["plain"] = f"http://127.0.0.1:{all_.enter_context(serving())}"
        origins["not-tls"] = f"https://localhost:{all_.enter_context(not_tls())}"
        origins["full"] = f"http://127.0.0.1:{all_.enter_context(not_accepting())}"
        origins["nobody"] = f"http://127.0.0.1:{free.getsockname()[1]}"
        origins["unknown"] = f"http://{LONG_NAME}"
        free.close()
        yield Place(origins, str(ca_file))


class SelfSigned:
    """A certificate that is its own authority."""

    def __init__(self, ca: trustme.CA) -> None:
        self._ca = ca

    def configure_cert(self, context: ssl.SSLContext) -> None:
        with self._ca.private_key_pem.tempfile() as key, self._ca.cert_pem.tempfile() as cert:
            context.load_cert_chain(cert, key)


def ring(url: str, place: Place, fallback: str = "") -> CallRecord:
    """One call over real sockets, without a wait for what is said."""
    chosen = CATALOGUE.scenarios["quick_booking"]
    persona = CATALOGUE.personas[chosen.persona]
    target = Target(url, Party("+15005550006"), "AC" + "7e57" * 8, fallback_url=fallback)
    plan = Exchange(7, target, Terms(), date(2026, 11, 23)).call(0, persona, chosen, FullLog())
    switch = Switch(0.0)
    backend = GeventBackend(Transport(ca_file=place.ca_file))
    switch.place(lambda: plan, backend.now())
    try:
        Driver(switch, Policy(Signer(TOKEN), HostRule(frozenset({LONG_NAME}))), backend).run()
    finally:
        backend.close()
    [record] = switch.finished
    return record


CASES = [
    ("11100", "plain", "/nonsense"),
    ("11202", "nobody", "/"),
    ("11203", "plain", "/silent#tt=200"),
    ("11203", "plain", "/silent#rc=5&rp=rt&rt=150&tt=350"),
    ("11203", "plain", "/half#tt=200"),
    ("11205", "plain", "/silent#rt=200"),
    ("11205", "plain", "/half#rt=200"),
    ("11205", "full", "/#ct=100"),
    ("11206", "plain", "/early"),
    ("11206", "plain", "/garbage"),
    ("11206", "plain", "/cut-off"),
    ("11206", "plain", "/no-answer"),
    ("11206", "plain", "/not-gzip"),
    ("11210", "unknown", "/"),
    ("11215", "plain", "/circle"),
    ("11216", "plain", "/nowhere"),
    ("11216", "plain", "/unmodified"),
    ("11216", "plain", "/permanent"),
    ("11217", "plain", "/gone"),
    ("11217", "plain", "/broken"),
    ("11217", "plain", "/guarded"),
    ("11220", "not-tls", "/"),
    ("11235", "wrong-name", "/"),
    ("11235", "wrong-address", "/"),
    ("11236", "expired", "/"),
    ("11236", "not-yet", "/"),
    ("11237", "stranger", "/"),
    ("11237", "self-signed", "/"),
    ("11240", "plain", "/fine#e=mars"),
    ("11243", "plain", "/fine#rp=never"),
    ("11750", "plain", "/long"),
    ("11770", "plain", "/no-chunks"),
]
NOT_CAUSED = {"11200", "11201", "11241", "11242", "11251", "11300", "11310", "11320", "11321",
              "11322", "11751"}  # fmt: skip
"""docs/twilio.md says why of each."""


def test_every_code_of_fetching_a_document_is_in_the_table_or_explained() -> None:
    fetching = {code for code in CODES if code.startswith("11")}
    assert fetching - {code for code, _, _ in CASES} == NOT_CAUSED
    page = (Path(__file__).parents[2] / "docs" / "twilio.md").read_text("utf-8")
    provoked, _, rest = page.partition("Not provoked:")
    assert set(re.findall(r"\b11\d{3}\b", provoked)) == fetching - NOT_CAUSED
    assert set(re.findall(r"\b11\d{3}\b", rest.partition("## Assumptions")[0])) >= NOT_CAUSED


@pytest.mark.parametrize(("code", "agent", "path"), CASES)
def test_each_fault_is_its_code_and_ends_the_call(
    place: Place, code: str, agent: str, path: str
) -> None:
    record = ring(place.origins[agent] + path, place)
    errors = [found for found in record.findings if found.level is Level.ERROR]
    assert [found.code for found in errors] == [code]
    assert (record.outcome, record.why) == (Outcome.WEBHOOK_FAILED, errors[0].message)
    assert record.turns == 1


@pytest.mark.parametrize(("code", "agent", "path"), CASES)
def test_with_a_fallback_the_call_goes_on(place: Place, code: str, agent: str, path: str) -> None:
    Agent.seen.clear()
    url = place.origins[agent] + path
    record = ring(url, place, place.origins["good"] + "/fallback")
    assert [found.code for found in record.findings if found.level is Level.ERROR] == [code]
    assert record.outcome is not Outcome.WEBHOOK_FAILED
    heard = [entry.prompt.text for entry in record.entries if isinstance(entry, Heard)]
    assert heard == ["We are out of order, please call later."]
    [asked] = [request for request in Agent.seen if request.path == "/fallback"]
    assert asked.fields["ErrorCode"] == code
    assert asked.fields["ErrorUrl"] == url.partition("#")[0]
    assert asked.fields["CallSid"] == record.sid


def test_the_certificate_that_is_good_is_taken(place: Place) -> None:
    record = ring(place.origins["good"] + "/fine", place)
    assert (record.findings, record.turns) == ((), 1)


def test_what_is_packed_and_comes_in_chunks_is_read(place: Place) -> None:
    record = ring(place.origins["plain"] + "/gzipped", place)
    heard = [entry.prompt.text for entry in record.entries if isinstance(entry, Heard)]
    assert (heard, record.findings) == (["We are out of order, please call later."], ())


def test_a_retry_is_the_same_request_with_the_same_token(place: Place) -> None:
    Agent.seen.clear()
    record = ring(place.origins["plain"] + "/flaky#rc=2&rp=5xx", place)
    assert [(found.code, found.level) for found in record.findings] == [
        ("retried", Level.NOTICE),
        ("retried", Level.NOTICE),
    ]
    assert record.outcome is not Outcome.WEBHOOK_FAILED
    assert len(Agent.seen) == 3
    assert len({request.headers["I-Twilio-Idempotency-Token"] for request in Agent.seen}) == 1
    assert Agent.seen[0].fields == Agent.seen[1].fields == Agent.seen[2].fields


def test_a_call_logs_in_by_digest_once(place: Place) -> None:
    Agent.seen.clear()
    origin = place.origins["plain"].replace("//", "//user:secret@")
    record = ring(origin + "/digest", place)
    assert record.findings == ()
    counts = [re.findall(r"nc=(\d+)", request.headers.get("Authorization", "")) for request in
              Agent.seen]  # fmt: skip
    assert counts == [[], ["00000001"], ["00000002"]]


def test_all_of_it_from_the_command_line(place: Place) -> None:
    """A login, retries, a fallback, and another way to sign: each request verified by the SDK."""
    Agent.seen.clear()
    url = place.origins["plain"] + "/guarded"
    ran = voicesim(
        "call", url.replace("//", "//user:correct horse@").replace(" ", "%20") + "#rc=1&rp=5xx",
        "--fallback-url", "/fallback", "--signature", "hmac-sha256", "--shared-key", "key_1",
        "--json", "--seed", "1", VOICESIM_TWILIO_AUTH_TOKEN=TOKEN,
    )  # fmt: skip
    assert [request.path for request in Agent.seen] == ["/guarded"] * 3 + ["/fallback"]
    for request in Agent.seen:
        settings = request.headers["X-Twilio-Webhooks-Signature-Settings"]
        assert settings == "key=key_1,algorithm=HMAC_SHA256"
        assert RequestValidator(TOKEN).validate(
            place.origins["plain"] + request.path,
            request.fields,
            request.headers["X-Twilio-Signature"],
            get_signature_algorithm(settings),
        )
    assert Agent.seen[-1].fields["ErrorCode"] == "11217"
    found = json.loads(ran.out)
    assert [one["code"] for one in found["findings"]] == ["retried", "11217"]
    assert ran.code == 1
    assert "correct" not in ran.both
    assert not set(parse_qs("correct%20horse")) & set(ran.both.split())


def test_an_exploration_signs_and_logs_in_as_a_call_does(place: Place) -> None:
    """By the environment's login, under a shared key; the fallback is asked, the login hidden."""
    Agent.seen.clear()
    ran = voicesim(
        "explore", place.origins["plain"] + "/guarded#rc=0", "--fallback-url", "/fallback",
        "--signature", "hmac-sha256", "--shared-key", "key_1", "--json", "--calls", "1",
        VOICESIM_TWILIO_AUTH_TOKEN=TOKEN, VOICESIM_AGENT_LOGIN="user:correct horse",
    )  # fmt: skip
    assert [request.path for request in Agent.seen[:3]] == ["/guarded", "/guarded", "/fallback"]
    for request in Agent.seen:
        settings = request.headers["X-Twilio-Webhooks-Signature-Settings"]
        assert settings == "key=key_1,algorithm=HMAC_SHA256"
        url = place.origins["plain"] + request.path
        signature, how = request.headers["X-Twilio-Signature"], get_signature_algorithm(settings)
        assert RequestValidator(TOKEN).validate(url, request.fields, signature, how)
    assert "Basic" in Agent.seen[1].headers["Authorization"]
    assert "11217" in {one["code"] for one in json.loads(ran.out)["findings"]}
    assert ran.code == 1
    assert "correct" not in ran.both


def test_the_log_of_a_call_names_the_fallback(place: Place) -> None:
    record = ring(place.origins["plain"] + "/gone", place, place.origins["plain"] + "/fallback")
    kinds = [entry.kind for entry in record.entries if isinstance(entry, Sent)]
    assert kinds == [Kind.VOICE, Kind.FALLBACK]
