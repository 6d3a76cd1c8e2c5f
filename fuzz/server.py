"""A hostile server, a program of its own: what it answers to ``/CASE/NUMBER`` follows from those.

It prints its port and serves until it is ended.
"""

import socket
import threading
from contextlib import closing, suppress
from random import Random
from time import sleep

from fuzz import bodies

STALLS_S = 2.0
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


def serve_one(sock: socket.socket) -> None:
    """Answer as the draws say: at once, in drips, half, never; then close or stay."""
    with suppress(OSError), closing(sock):
        sock.settimeout(STALLS_S * 2)
        path = sock.recv(65_536).split(b" ", 2)[1:2]
        random = Random(f"wire {path}")
        data, way = stream(random), random.random()
        if way < 0.1:
            sleep(STALLS_S)
        elif way < 0.25:
            for at in range(0, min(len(data), 500), 7):
                sock.sendall(data[at : at + 7])
                sleep(0.05)
        elif way < 0.35:
            sock.sendall(data[: len(data) // 2])
        else:
            sock.sendall(data)
            if random.random() < 0.3:
                sleep(STALLS_S)


def main() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listener:
        print(listener.getsockname()[1], flush=True)
        while True:
            sock, _ = listener.accept()
            threading.Thread(target=serve_one, args=(sock,), daemon=True).start()


if __name__ == "__main__":
    main()
