"""An agent that does everything wrong: raw sockets, one mode per path.

``python hostile.py [certificate key]`` prints its port and serves until it is ended. ``running()``
does that in a process of its own and gives the base URL. The modes are the functions registered
below; ``/count`` answers with the number of connections accepted so far.
"""

import contextlib
import gzip
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

TWIML = b'<?xml version="1.0" encoding="UTF-8"?><Response><Say>Hello</Say></Response>'
Handler = Callable[[socket.socket, bytes], bool | None]
MODES: dict[str, Handler] = {}
_LOCK = threading.Lock()
_COUNT = [0]
_SEEN: dict[str, int] = {}


def mode(handler: Handler) -> Handler:
    """Register ``handler`` under its name; it returns True to keep the connection."""
    MODES["/" + handler.__name__.replace("_", "-")] = handler
    return handler


def whole(body: bytes, *more: str, kind: str = "text/xml", status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *more]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


@mode
def fine(sock: socket.socket, _request: bytes) -> bool:
    sock.sendall(whole(TWIML))
    return True


@mode
def echo(sock: socket.socket, request: bytes) -> bool:
    """Answers with the request as it came."""
    sock.sendall(whole(request, kind="text/plain"))
    return True


@mode
def count(sock: socket.socket, _request: bytes) -> bool:
    sock.sendall(whole(str(_COUNT[0]).encode(), kind="text/plain"))
    return True


@mode
def html_page(sock: socket.socket, _request: bytes) -> bool:
    page = b"<!doctype html><html><body><h1>Not found here</h1><br></body></html>"
    sock.sendall(whole(page, kind="text/html; charset=utf-8"))
    return True


@mode
def endless_redirect(sock: socket.socket, _request: bytes) -> bool:
    sock.sendall(whole(b"", "Location: /endless-redirect", status="302 Found"))
    return True


@mode
def ten_megabytes(sock: socket.socket, _request: bytes) -> None:
    sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 10485760\r\n\r\n")
    for _ in range(160):
        sock.sendall(b"x" * 65_536)


@mode
def dripped_headers(sock: socket.socket, _request: bytes) -> None:
    for byte in whole(TWIML):
        sock.sendall(bytes([byte]))
        time.sleep(1)


@mode
def slow_body(sock: socket.socket, _request: bytes) -> None:
    head, _, body = whole(TWIML).partition(b"\r\n\r\n")
    sock.sendall(head + b"\r\n\r\n")
    for byte in body:
        time.sleep(1)
        sock.sendall(bytes([byte]))


@mode
def never_ends(sock: socket.socket, _request: bytes) -> None:
    """Chunks so small and slow that the limit on the size alone would take a day."""
    sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        sock.sendall(b"1\r\nx\r\n")
        time.sleep(0.05)


@mode
def endless_chunks(sock: socket.socket, _request: bytes) -> None:
    """Chunks as fast as they go."""
    sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        sock.sendall(b"1000\r\n" + b"x" * 4096 + b"\r\n")


@mode
def endless_chunk_extension(sock: socket.socket, _request: bytes) -> None:
    """A chunk whose first line never ends: no body to count."""
    sock.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;")
    while True:
        sock.sendall(b"x" * 4096)


@mode
def endless_trailers(sock: socket.socket, _request: bytes) -> None:
    sock.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n")
    while True:
        sock.sendall(b"X-Trailer: 1\r\n" * 256)


@mode
def infinite_headers(sock: socket.socket, _request: bytes) -> None:
    sock.sendall(b"HTTP/1.1 200 OK\r\n")
    number = 0
    while True:
        number += 1
        sock.sendall(f"X-Header-{number}: {'y' * 100}\r\n".encode())


@mode
def infinite_header_value(sock: socket.socket, _request: bytes) -> None:
    sock.sendall(b"HTTP/1.1 200 OK\r\nX-Header: ")
    while True:
        sock.sendall(b"y" * 4096)


@mode
def infinite_interim(sock: socket.socket, _request: bytes) -> None:
    while True:
        sock.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)


@mode
def interim_first(sock: socket.socket, _request: bytes) -> bool:
    sock.sendall(b"HTTP/1.1 100 Continue\r\nX-Interim: 1\r\n\r\n" + whole(TWIML))
    return True


@mode
def invalid_utf8(sock: socket.socket, _request: bytes) -> bool:
    body = b"<Response><Say>\xff\xfe\xc3\x28</Say></Response>"
    sock.sendall(whole(body, "X-Odd: \xe9\xff"))
    return True


@mode
def empty_header(sock: socket.socket, _request: bytes) -> bool:
    sock.sendall(whole(TWIML, "X-Empty:", "Set-Cookie: a=1", "Set-Cookie: b=2"))
    return True


@mode
def accept_then_close(_sock: socket.socket, _request: bytes) -> None:
    pass


@mode
def half_headers(sock: socket.socket, _request: bytes) -> None:
    sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Ty")


@mode
def half_body(sock: socket.socket, _request: bytes) -> None:
    sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<Response>")


@mode
def until_close(sock: socket.socket, _request: bytes) -> None:
    """Legal: no length, the end of the connection ends the body."""
    sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n" + TWIML)


@mode
def never_answers(sock: socket.socket, _request: bytes) -> None:
    with contextlib.suppress(OSError):
        sock.recv(1)


@mode
def garbage(sock: socket.socket, _request: bytes) -> None:
    sock.sendall(bytes(range(256)) * 8)


@mode
def two_answers(sock: socket.socket, _request: bytes) -> bool:
    """The second one must not be taken for the answer to the next request."""
    sock.sendall(whole(TWIML) + whole(b"not yours", kind="text/plain"))
    return True


@mode
def late_second_answer(sock: socket.socket, _request: bytes) -> bool:
    sock.sendall(whole(TWIML))
    time.sleep(0.05)
    sock.sendall(whole(b"not yours", kind="text/plain"))
    return True


@mode
def close_after(sock: socket.socket, _request: bytes) -> None:
    """Answers as if the connection were kept, and closes it a moment later."""
    sock.sendall(whole(TWIML))
    time.sleep(0.05)


@mode
def close_second(sock: socket.socket, request: bytes) -> bool:
    """On each connection answers the first request only; the second is read, then cut off."""
    name = str(sock.getpeername())
    with _LOCK:
        _SEEN[name] = _SEEN.get(name, 0) + 1
    if _SEEN[name] > 1:
        return False
    sock.sendall(whole(TWIML))
    return True


@mode
def gzip_bomb(sock: socket.socket, _request: bytes) -> bool:
    body = gzip.compress(b"x" * 30_000_000)
    sock.sendall(whole(body, "Content-Encoding: gzip"))
    return True


@mode
def unauthorized(sock: socket.socket, _request: bytes) -> bool:
    sock.sendall(whole(b"", status="403 Forbidden"))
    return True


def read_request(sock: socket.socket) -> bytes:
    """One request, head and body; b"" when the peer is gone."""
    data = b""
    while b"\r\n\r\n" not in data:
        block = sock.recv(65_536)
        if not block:
            return b""
        data += block
    head = data.partition(b"\r\n\r\n")[0].lower()
    length = 0
    for line in head.split(b"\r\n"):
        if line.startswith(b"content-length:"):
            length = int(line.partition(b":")[2])
    while len(data) < len(head) + 4 + length:
        block = sock.recv(65_536)
        if not block:
            return b""
        data += block
    return data


def serve_one(sock: socket.socket, tls: ssl.SSLContext | None) -> None:
    with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
        stack.enter_context(sock)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if tls is not None:
            sock = stack.enter_context(tls.wrap_socket(sock, server_side=True))
        while request := read_request(sock):
            path = request.split(b" ", 2)[1].decode("latin-1").partition("?")[0]
            if not MODES[path](sock, request):
                break


def serve(*certificate: str) -> None:
    tls = None
    if certificate:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(*certificate)
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listener:
        print(listener.getsockname()[1], flush=True)
        while True:
            sock, _ = listener.accept()
            _COUNT[0] += 1
            threading.Thread(target=serve_one, args=(sock, tls), daemon=True).start()


@contextlib.contextmanager
def running(*certificate: str) -> Iterator[str]:
    """The server in a process of its own; gives "http://127.0.0.1:port" (or https)."""
    command = [sys.executable, str(Path(__file__)), *certificate]
    scheme = "https" if certificate else "http"
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield f"{scheme}://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.terminate()


if __name__ == "__main__":
    serve(*sys.argv[1:])
