"""One hostile server towards the transport: bytes over real sockets, as they come or dripping."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from random import Random
from time import monotonic, sleep

from fuzz import bodies
from voicesim.line.hop import Hop, HopAnswer, HopFailure
from voicesim.line.transport import GeventBackend

AT_ONCE = 20
"""Hops of a case."""
DEADLINE_S = 1.0
LATE_S = 2.0
"""What a busy machine may add."""
LINES = (
    *(b"HTTP/1.1 200 OK", b"HTTP/1.1 200 " + b"x" * 70_000, b"HTTP/1.1 99999 X", b"HTTP/9.9 200"),
    *(b"HTTP/1.1 302 Found", b"\x16\x03\x01", b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK", b""),
)
HEADERS = (
    *(b"Content-Length: 5", b"Content-Length: -1", b"Content-Length: 99999999999999999999"),
    *(b"Content-Length: 5\r\nContent-Length: 6", b"Transfer-Encoding: chunked", b"X" * 80_000),
    *(b"Transfer-Encoding: gzip, chunked", b"Connection: close", b"Content-Encoding: gzip"),
    *(b": empty", b"X:\xff\x00\x01", b" folded", b"Set-Cookie: " + b"c" * 9000, b"Upgrade: h2c"),
)
CHUNKS = (
    *(b"5\r\nhello\r\n0\r\n\r\n", b"ffffffffffffffff\r\nx", b"-1\r\n", b"5;" + b"e" * 90_000),
    *(b"zz\r\n", b"5\r\nhelloo\r\n", b"0\r\nX: y\r\n\r\n", b"1\r\nx\r\n" * 70_000),
)


def stream(random: Random) -> bytes:
    """All that a connection is answered with."""
    if random.random() < 0.15:
        return random.randbytes(random.choice((1, 100, 5000, 300_000)))
    head = [random.choice(LINES if random.random() < 0.4 else LINES[:1])]
    head += random.choices(HEADERS, k=random.randint(0, 4))
    body = random.choice((random.choice(bodies.BODIES)(random), random.choice(CHUNKS)))
    if random.random() < 0.3:
        head.append(b"Content-Length: %d" % len(body))
    return b"\r\n".join(head) + b"\r\n\r\n" + body


def _serve_one(sock: socket.socket, random: Random) -> None:
    """Answer as the draws say: at once, in drips, half, never; then close or stay."""
    with suppress(OSError), closing(sock):
        sock.settimeout(DEADLINE_S * 3)
        sock.recv(65_536)
        data, way = stream(random), random.random()
        if way < 0.1:
            sleep(DEADLINE_S * 2)
        elif way < 0.25:
            for at in range(0, len(data), 7):
                sock.sendall(data[at : at + 7])
                sleep(0.05)
        elif way < 0.35:
            sock.sendall(data[: len(data) // 2])
        else:
            sock.sendall(data)
            if random.random() < 0.3:
                sleep(DEADLINE_S * 2)


@contextmanager
def server(case: int) -> Iterator[int]:
    """A server of that case: its port."""
    with socket.create_server(("127.0.0.1", 0), backlog=AT_ONCE * 2) as listener:

        def accept() -> None:
            number = 0
            with suppress(OSError):
                while True:
                    sock, _ = listener.accept()
                    number += 1
                    random = Random(f"wire {case} {number}")
                    threading.Thread(target=_serve_one, args=(sock, random), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        try:
            yield listener.getsockname()[1]
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)


def run(case: int) -> float:
    """Make the hops of a case; the seconds until the last of them came back."""
    with server(case) as port, closing(GeventBackend()) as backend:
        began = monotonic()
        for number in range(AT_ONCE):
            url = f"http://127.0.0.1:{port}/{number}"
            headers = (("Host", f"127.0.0.1:{port}"),)
            backend.send(number, Hop("POST", url, headers, b"a=b", DEADLINE_S, DEADLINE_S))
        left = set(range(AT_ONCE))
        while left:
            found = backend.wait(began + DEADLINE_S + LATE_S + 5)
            assert found or backend.now() < began + DEADLINE_S + LATE_S, "a hop never came back"
            for number, result in found:
                left.discard(number)
                assert isinstance(result, HopAnswer | HopFailure)
                if isinstance(result, HopFailure):
                    assert result.message.isprintable()
        return monotonic() - began
