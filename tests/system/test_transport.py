import gc
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gevent
import gevent.socket
import pytest

from tests.system import hostile
from voicesim.line import transport as module
from voicesim.line.backend import Backend
from voicesim.line.hop import BODY_LIMIT, Hop, HopAnswer, HopFailure, HopResult
from voicesim.line.transport import GeventBackend, Transport

DEADLINE_S = 1.0
LATE_S = 0.5  # what a busy machine may add


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with hostile.running() as base:
        yield base


@pytest.fixture
def transport() -> Iterator[Transport]:
    transport = Transport()
    yield transport
    transport.close()


@pytest.fixture
def backend() -> Iterator[GeventBackend]:
    backend = GeventBackend(size=64)
    yield backend
    backend.close()


def hop(url: str, method: str = "POST", body: bytes = b"a=b", **limits: float) -> Hop:
    host = url.split("/")[2]
    times = {"connect_s": DEADLINE_S, "deadline_s": DEADLINE_S, **limits}
    return Hop(method, url, (("Host", host), ("X-Test", "1")), body, **times)


def answered(result: HopResult) -> HopAnswer:
    assert isinstance(result, HopAnswer), result
    return result


def failed(result: HopResult) -> tuple[str, str]:
    assert isinstance(result, HopFailure), result
    return result.code, result.message


def connections(transport: Transport, base: str) -> int:
    return int(answered(transport.hop(hop(base + "/count"))).body)


def open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def living_greenlets() -> int:
    gc.collect()
    return sum(isinstance(o, gevent.Greenlet) and not o.dead for o in gc.get_objects())


# --- what is sent and read ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "body", "wire"),
    [
        ("POST", "/echo?x=1", b"a=b", b"POST /echo?x=1 HTTP/1.1\r\nHost: %s\r\nX-Test: 1\r\n"
         b"Content-Length: 3\r\n\r\na=b"),
        ("POST", "/echo", b"", b"POST /echo HTTP/1.1\r\nHost: %s\r\nX-Test: 1\r\n"
         b"Content-Length: 0\r\n\r\n"),
        ("GET", "/echo", b"", b"GET /echo HTTP/1.1\r\nHost: %s\r\nX-Test: 1\r\n\r\n"),
    ],
)  # fmt: skip
def test_the_request_on_the_wire(
    transport: Transport, base: str, method: str, path: str, body: bytes, wire: bytes
) -> None:
    answer = answered(transport.hop(hop(base + path, method, body)))
    assert answer.body == wire % base.removeprefix("http://").encode()
    assert 0 < answer.elapsed_s < DEADLINE_S


def test_headers_come_in_order_with_repeats_and_empty_ones(transport: Transport, base: str) -> None:
    answer = answered(transport.hop(hop(base + "/empty-header")))
    assert answer.headers[2:] == (("X-Empty", ""), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"))


def test_odd_bytes_are_handed_on(transport: Transport, base: str) -> None:
    answer = answered(transport.hop(hop(base + "/invalid-utf8")))
    assert b"\xff\xfe" in answer.body
    assert answer.headers[-1] == ("X-Odd", "\xe9\xff")


@pytest.mark.parametrize("path", ["/fine", "/interim-first", "/until-close", "/two-answers"])
def test_good_answers(transport: Transport, base: str, path: str) -> None:
    for _ in range(3):
        answer = answered(transport.hop(hop(base + path)))
        assert (answer.status, answer.body, answer.truncated) == (200, hostile.TWIML, False)
        assert "X-Interim" not in dict(answer.headers)


def test_localhost_is_this_machine_whatever_a_name_server_says(
    transport: Transport, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gevent.socket, "getaddrinfo", None)
    for host in ("localhost", "agent.localhost", "LOCALHOST."):
        url = base.replace("127.0.0.1", host) + "/fine"
        assert answered(transport.hop(hop(url))).status == 200


# --- hostile agents -----------------------------------------------------------------------------

HOSTILE = [
    ("/dripped-headers", "11205", "did not answer in full within 1 s"),
    ("/slow-body", "11205", "did not answer in full within 1 s"),
    ("/never-ends", "11205", "did not answer in full within 1 s"),
    ("/never-answers", "11205", "did not answer in full within 1 s"),
    ("/infinite-headers", "11206", "sent more than 65536 bytes of headers"),
    ("/infinite-header-value", "11206", "sent more than 65536 bytes of headers"),
    ("/infinite-interim", "11206", "sent more than 65536 bytes of headers"),
    ("/endless-chunk-extension", "11206", "sent 1048576 bytes without ending its answer"),
    ("/endless-trailers", "11206", "sent 1048576 bytes without ending its answer"),
    ("/accept-then-close", "11206", "closed the connection without an answer"),
    ("/half-headers", "11206", "closed the connection in the middle of its headers"),
    ("/half-body", "11206", "closed the connection in the middle of its body"),
    ("/garbage", "11206", "answered with what is not valid HTTP"),
]


@pytest.mark.parametrize(("path", "code", "message"), HOSTILE)
def test_each_way_to_misbehave_is_one_clear_failure_in_time_and_memory(
    transport: Transport, base: str, path: str, code: str, message: str
) -> None:
    tracemalloc.start()
    result = transport.hop(hop(base + path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert failed(result)[0] == code
    assert failed(result)[1].startswith(message)
    assert result.elapsed_s < DEADLINE_S + LATE_S
    assert peak < 1_500_000
    assert answered(transport.hop(hop(base + "/fine"))).body == hostile.TWIML


@pytest.mark.parametrize("path", ["/ten-megabytes", "/endless-chunks"])
def test_a_body_is_cut_off_behind_the_limit(transport: Transport, base: str, path: str) -> None:
    tracemalloc.start()
    answer = answered(transport.hop(hop(base + path)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (answer.truncated, len(answer.body)) == (True, BODY_LIMIT)
    assert peak < 1_500_000
    assert answered(transport.hop(hop(base + "/fine"))).body == hostile.TWIML


def test_all_of_them_at_once_leave_nothing_behind(base: str) -> None:
    GeventBackend().close()
    greenlets, files = living_greenlets(), open_files()
    backend = GeventBackend(size=64)
    for id_, path in enumerate(hostile.MODES):
        backend.send(id_, hop(base + path))
    results: dict[int, HopResult] = {}
    while backend.pending:
        results.update(backend.wait(None))
    assert sorted(results) == list(range(len(hostile.MODES)))
    backend.close()
    assert living_greenlets() == greenlets
    assert open_files() <= files + 1  # the hub's own, if this is the first use


def test_failures_leave_no_cycles_for_the_garbage_collector(
    transport: Transport, base: str
) -> None:
    refusing = f"http://localhost:{free_port()}/"
    urls = [refusing, "http://h:x/", *(base + path for path, _, _ in HOSTILE)]
    urls += [base + "/ten-megabytes", base.replace("http:", "https:") + "/never-answers"]
    times = [(url, {"connect_s": 0.1, "deadline_s": 0.2}) for url in urls]
    times.append((base + "/never-answers", {"read_s": 0.1}))
    for url, limits in times:
        transport.hop(hop(url, **limits))
        gc.collect()
        gc.disable()
        try:
            for _ in range(3):
                transport.hop(hop(url, **limits))
            assert gc.collect() == 0, url
        finally:
            gc.enable()


# --- connecting ---------------------------------------------------------------------------------


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def test_refused(transport: Transport) -> None:
    for host in ("127.0.0.1", "localhost"):
        result = transport.hop(hop(f"http://{host}:{free_port()}/"))
        assert failed(result) == ("11202", "refused the connection")
        assert isinstance(result, HopFailure)
        assert result.connecting


@pytest.mark.parametrize(("connect_s", "deadline_s"), [(0.3, 5.0), (5.0, 0.3)])
def test_connecting_has_a_limit_of_its_own(
    transport: Transport, connect_s: float, deadline_s: float
) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server:
        address = server.getsockname()
        queue = [socket.socket() for _ in range(4)]  # nobody accepts: the next one waits
        for sock in queue:
            sock.setblocking(False)
            sock.connect_ex(address)
        url = f"http://127.0.0.1:{address[1]}/"
        result = transport.hop(hop(url, connect_s=connect_s, deadline_s=deadline_s))
        for sock in queue:
            sock.close()
    assert failed(result) == ("11205", "did not accept the connection within 0.3 s")
    assert isinstance(result, HopFailure)
    assert result.connecting
    assert 0.3 <= result.elapsed_s < 0.3 + LATE_S


@pytest.mark.parametrize(
    ("path", "limit"), [("/never-answers", "rt"), ("/slow-body", ""), ("/dripped-headers", "")]
)
def test_each_packet_may_have_a_limit_of_its_own(
    transport: Transport, base: str, path: str, limit: str
) -> None:
    result = transport.hop(hop(base + path, read_s=0.2))
    assert failed(result) == ("11205", "sent nothing for 0.2 s")
    assert isinstance(result, HopFailure)
    assert (result.connecting, result.limit) == (False, limit)
    assert 0.15 <= result.elapsed_s < 0.2 + LATE_S


def test_a_slow_answer_whose_packets_come_in_time_is_taken(transport: Transport, base: str) -> None:
    answer = answered(transport.hop(hop(base + "/fine", read_s=0.5)))
    assert answer.body == hostile.TWIML
    result = transport.hop(hop(base + "/never-ends", read_s=0.5))
    assert failed(result)[1] == "did not answer in full within 1 s"
    assert isinstance(result, HopFailure)
    assert result.limit == "tt"


def test_names_that_cannot_be_found(
    transport: Transport, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def unknown(*_: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "not known")

    for name in (f"{'x' * 64}.example", "a..b"):
        assert failed(transport.hop(hop(f"http://{name}/")))[0] == "11210"
    assert capfd.readouterr().err == ""
    monkeypatch.setattr(gevent.socket, "getaddrinfo", unknown)
    result = transport.hop(hop("http://agent.example/"))
    assert failed(result) == ("11210", "has a host name that could not be found")


def test_a_name_server_that_is_silent(
    transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gevent.socket, "getaddrinfo", lambda *_: gevent.sleep(30))
    result = transport.hop(hop("http://agent.example/", connect_s=0.2))
    assert failed(result) == ("11205", "did not accept the connection within 0.2 s")


def test_the_next_address_is_tried(
    transport: Transport, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = int(base.rpartition(":")[2])
    found = [(socket.AF_INET, 0, 0, "", ("127.0.0.1", port)) for port in (free_port(), good)]
    monkeypatch.setattr(gevent.socket, "getaddrinfo", lambda *_: found)
    assert answered(transport.hop(hop("http://agent.example/fine"))).status == 200


def test_a_machine_out_of_sockets_does_not_blame_the_agent(
    transport: Transport, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr(gevent.socket, "socket", full)
    code, message = failed(transport.hop(hop(base + "/fine")))
    assert code == "no-sockets"
    assert "Too many open files" in message


def test_a_url_that_is_none_is_a_failure_too(transport: Transport) -> None:
    assert failed(transport.hop(hop("http://h:x/")))[0] == "11100"


# --- keeping connections ------------------------------------------------------------------------


def test_connections_are_kept(transport: Transport, base: str) -> None:
    before = connections(transport, base)
    for _ in range(5):
        transport.hop(hop(base + "/fine"))
    assert connections(transport, base) == before


def test_a_connection_idle_for_a_second_is_not_used_again(
    transport: Transport, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(module, "_clock", lambda: now[0])
    before = connections(transport, base)
    now[0] += 1.0
    assert connections(transport, base) == before
    now[0] += 1.01
    assert connections(transport, base) == before + 1


def test_a_connection_closed_while_idle_is_nobodys_fault(transport: Transport, base: str) -> None:
    for _ in range(3):
        assert answered(transport.hop(hop(base + "/close-after"))).body == hostile.TWIML
        gevent.sleep(0.1)


def test_a_kept_connection_that_dies_is_replaced_once(transport: Transport, base: str) -> None:
    before = connections(transport, base)
    transport.close()
    for _ in range(3):
        assert answered(transport.hop(hop(base + "/close-second"))).body == hostile.TWIML
    transport.close()
    assert connections(transport, base) == before + 4  # one for each, and one to ask


def test_a_fresh_connection_that_dies_is_not_tried_again(transport: Transport, base: str) -> None:
    before = connections(transport, base)
    transport.close()
    assert failed(transport.hop(hop(base + "/accept-then-close")))[0] == "11206"
    assert connections(transport, base) == before + 2


def test_a_late_second_answer_is_not_taken_for_the_next(transport: Transport, base: str) -> None:
    transport.hop(hop(base + "/late-second-answer"))
    gevent.sleep(0.15)
    assert answered(transport.hop(hop(base + "/fine"))).body == hostile.TWIML


def test_only_so_many_idle_connections_are_kept(base: str) -> None:
    Transport().hop(hop(base + "/until-close"))
    files = open_files()
    transport = Transport(concurrency=3)
    gevent.joinall([gevent.spawn(transport.hop, hop(base + "/fine")) for _ in range(9)])
    assert open_files() == files + 3
    transport.close()
    assert open_files() == files


def test_stale_connections_make_room(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(module, "_clock", lambda: now[0])
    transport = Transport(concurrency=1)
    transport.hop(hop(base + "/fine"))
    now[0] += 5
    other = base.replace("127.0.0.1", "localhost")
    before = connections(transport, other)  # another origin takes the one place there is
    assert connections(transport, other) == before
    transport.close()


# --- TLS ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A self-signed certificate for localhost alone."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs the openssl program")
    folder = tmp_path_factory.mktemp("tls")
    paths = str(folder / "cert.pem"), str(folder / "key.pem")
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
         "-out", paths[0], "-keyout", paths[1]],
        check=True, capture_output=True,
    )  # fmt: skip
    return paths


def test_https(certificate: tuple[str, str]) -> None:
    trusting = Transport(ca_file=certificate[0])
    wary = Transport()
    with hostile.running(*certificate) as base:
        local = base.replace("127.0.0.1", "localhost")
        before = connections(trusting, local)
        for path in ("/fine", "/until-close", "/fine"):
            assert answered(trusting.hop(hop(local + path))).body == hostile.TWIML
        assert connections(trusting, local) == before + 1
        for _ in range(3):
            assert answered(trusting.hop(hop(local + "/close-second"))).body == hostile.TWIML
        assert failed(trusting.hop(hop(local + "/accept-then-close")))[0] == "11206"
        assert failed(trusting.hop(hop(local + "/slow-body")))[0] == "11205"
        name = "has a certificate for another address"
        assert failed(trusting.hop(hop(base + "/fine"))) == ("11235", name)
        unknown = "has a certificate that no known authority signed"
        assert failed(wary.hop(hop(local + "/fine"))) == ("11237", unknown)
    trusting.close()
    wary.close()


@pytest.mark.parametrize(
    ("verify_code", "code"),
    [(62, "11235"), (64, "11235"), (10, "11236"), (9, "11236"), (18, "11237"), (19, "11237"),
     (20, "11237")],
)  # fmt: skip
def test_certificates_that_are_refused(
    base: str, verify_code: int, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Refusing:
        def wrap_socket(self, *_: object, **__: object) -> None:
            error = ssl.SSLCertVerificationError("refused")
            error.verify_code = verify_code
            raise error

    tls: Any = Refusing()
    url = base.replace("http:", "https:") + "/fine"
    monkeypatch.setattr(module, "_tls_context", lambda _: tls)
    assert failed(Transport().hop(hop(url)))[0] == code


def test_a_server_that_does_not_speak_tls(transport: Transport) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"https://127.0.0.1:{server.getsockname()[1]}/"
        hopping = gevent.spawn(transport.hop, hop(url))
        gevent.sleep(0.05)
        peer, _ = server.accept()
        with peer:
            peer.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            code, message = failed(hopping.get(timeout=5))
    assert code == "11220"
    assert message.startswith("did not complete the TLS handshake (")


def test_a_tls_handshake_that_never_ends_counts_as_connecting(transport: Transport) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"https://127.0.0.1:{server.getsockname()[1]}/"
        result = transport.hop(hop(url, connect_s=0.3, deadline_s=5.0))
    assert failed(result) == ("11205", "did not accept the connection within 0.3 s")


# --- the backend --------------------------------------------------------------------------------


def test_results_carry_their_ids(backend: GeventBackend, base: str) -> None:
    backend.send(7, hop(base + "/never-answers"))
    backend.send(8, hop(base + "/fine"))
    ((id_, result),) = backend.wait(None)
    assert (id_, answered(result).status, backend.pending) == (8, 200, 1)
    ((id_, result),) = backend.wait(None)
    assert (id_, failed(result)[0], backend.pending) == (7, "11205", 0)
    assert backend.wait(None) == []


def test_waiting_ends_at_its_time(backend: GeventBackend, base: str) -> None:
    backend.send(1, hop(base + "/never-answers"))
    until = backend.now() + 0.2
    assert backend.wait(until) == []
    assert until <= backend.now() < until + LATE_S
    assert backend.wait(backend.now() - 5) == []
    assert len(backend.wait(None)) == 1


def test_a_driver_that_is_always_late_still_gets_results(backend: Backend, base: str) -> None:
    backend.send(1, hop(base + "/fine"))
    until = backend.now() + 5
    while not (results := backend.wait(0.0)):
        assert backend.now() < until
    assert answered(results[0][1]).status == 200


def test_what_is_beyond_the_size_waits_in_line(base: str) -> None:
    backend = GeventBackend(size=2)
    started = backend.now()
    for id_ in range(5):
        backend.send(id_, hop(base + "/never-answers", deadline_s=0.3))
    order = []
    while backend.pending:
        order += [id_ for id_, _ in backend.wait(None)]
    assert order == [0, 1, 2, 3, 4]
    assert 0.9 <= backend.now() - started < 0.9 + 2 * LATE_S
    backend.close()


def test_close_ends_what_is_under_way(base: str) -> None:
    GeventBackend().close()
    greenlets, files = living_greenlets(), open_files()
    backend = GeventBackend(size=2)
    for id_ in range(5):
        backend.send(id_, hop(base + "/never-answers", deadline_s=60.0))
    assert backend.wait(backend.now() + 0.1) == []
    assert open_files() == files + 2
    backend.close()
    assert (backend.pending, backend.wait(None)) == (0, [])
    assert (living_greenlets(), open_files()) == (greenlets, files)


def test_what_breaks_in_a_worker_is_raised_where_one_waits(
    backend: GeventBackend, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(Transport, "hop", broken)
    backend.send(1, hop(base + "/fine"))
    with pytest.raises(RuntimeError, match="broken"):
        backend.wait(None)


# --- a process of its own -----------------------------------------------------------------------

INTERRUPTED = """
import sys
from voicesim.line.hop import Hop
from voicesim.line.transport import GeventBackend
backend = GeventBackend()
backend.send(1, Hop("GET", sys.argv[1], (), b"", 5.0, 60.0))
backend.wait(backend.now() + 0.2)
try:
    print("waiting", flush=True)
    backend.wait(None)
except KeyboardInterrupt:
    print("interrupted", backend.pending, flush=True)
    backend.close()
"""


def test_an_interrupt_comes_through_cleanly(base: str) -> None:
    command = [sys.executable, "-c", INTERRUPTED, base + "/never-answers"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "waiting\n"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=10)
    assert (out, process.returncode) == ("interrupted 1\n", 0)
    assert err == ""


def test_nothing_is_patched_and_locust_is_not_loaded() -> None:
    program = (
        "import sys, voicesim.line.transport, gevent.monkey;"
        "print('locust' in sys.modules, gevent.monkey.is_anything_patched()"
        " if hasattr(gevent.monkey, 'is_anything_patched') else bool(gevent.monkey.saved))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True,
        cwd=Path(__file__).parent,
    )  # fmt: skip
    assert done.stdout == "False False\n"


def test_a_poke_ends_a_wait_that_nothing_else_would(backend: GeventBackend, base: str) -> None:
    """Another greenlet has something to do: the hop stays pending, nothing is handed out."""
    backend.send(1, hop(f"{base}/never-answers", deadline_s=3.0))
    gevent.spawn_later(0.1, backend.poke)
    assert backend.wait(None) == []
    assert backend.pending == 1
