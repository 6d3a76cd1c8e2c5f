"""A scripted agent without state: where a dialogue stands is in the action URL alone.

``answer`` is the agent as a function, for virtual time; run as a program it serves the same over
HTTP and prints its port.
"""

import argparse
import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

STEPS = {
    "": ("help", "Hello, this is the practice. How can I help you?"),
    "help": ("name", "What is your name, please?"),
    "name": ("phone", "And what is your phone number?"),
    "phone": ("day", "What day would you like to come?"),
    "day": ("time", "What time suits you?"),
    "time": ("done", "Thank you. Is that correct? Please say yes or no."),
}
DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<Response>\n  <Gather input="speech"'
    ' action="/voice?step={step}" speechTimeout="auto">\n    <Say>{text}</Say>\n  </Gather>\n'
    "  <Redirect/>\n</Response>"
)
OTHER = {
    "/status": "",
    "/connect": "<Response><Connect><Stream url='wss://a.example/'/></Connect></Response>",
    "/elsewhere": "<Response><Redirect>http://agent.example/x</Redirect></Response>",
    "/echo": "<Response><Say>%s and more</Say></Response>"
    % ("x" * 380 + "s3cr3t-token-of-the-agent"),
    "/leak": "<Response><Gather s3cr3t-token-of-the-agent='&quot;' input='speech'"
    " action='/s3cr3t-token-of-the-agent/x'><Say>Hello</Say></Gather></Response>",
    "/with-login": "<Response><Redirect>http://user:pass@127.0.0.1:1/x</Redirect></Response>",
}
GOODBYE = "<Response><Say>You are booked. Goodbye.</Say><Hangup/></Response>"


def answer(url: str) -> bytes:
    """The document for a webhook to ``url``."""
    step = parse_qs(urlsplit(url).query).get("step", [""])[0]
    path = urlsplit(url).path
    if path == "/away":
        port = parse_qs(urlsplit(url).query)["port"][0]
        return f"<Response><Redirect>http://127.0.0.1:{port}/</Redirect></Response>".encode()
    if path in OTHER:
        return OTHER[path].encode()
    if step not in STEPS:
        return GOODBYE.encode()
    following, text = STEPS[step]
    return DOCUMENT.format(step=following, text=text).encode()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    status = 200
    stalls: tuple[float, float] = (0.0, 0.0)
    """From when on after the first webhook, and how long, nothing is answered (s)."""
    health = 200
    """Of the answer to /healthz."""
    api_key = ""
    """Wanted as X-API-Key, if any."""
    log: ClassVar[list[tuple[float, str, str]]] = []
    """When each webhook came (s after the first one), its path and query, its body."""
    began = 0.0

    def do_POST(self) -> None:
        now = time.monotonic()
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        Handler.began = Handler.began or now
        at = now - Handler.began
        self.log.append((at, self.path, body.decode()))
        start, length = self.stalls
        if start <= at < start + length:
            time.sleep(start + length - at)
        opened = self.headers.get("X-API-Key", "") == self.api_key
        self.answer(self.status if opened or not self.api_key else 401, answer(self.path))

    def do_GET(self) -> None:
        """A GET webhook; elsewhere what came so far (/log), which stands for a health check too."""
        path = urlsplit(self.path).path
        body = answer(self.path) if path == "/voice" else json.dumps(self.log).encode()
        self.answer(self.health if path == "/healthz" else 200, body)

    def answer(self, status: int, body: bytes) -> None:
        kind, size = "Content-Type: text/xml", f"Content-Length: {len(body)}"
        head = f"HTTP/1.1 {status} X\r\n{kind}\r\n{size}\r\n\r\n"
        self.wfile.write(head.encode() + body)

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 1024
    daemon_threads = True


@contextlib.contextmanager
def running(*arguments: str) -> Iterator[str]:
    """The agent as a process of its own: its origin."""
    with subprocess.Popen(
        [sys.executable, str(Path(__file__)), *arguments], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.kill()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--status", type=int, default=200, help="of every answer")
    parser.add_argument("--stall", default="0@0", help="SECONDS@AFTER the first webhook")
    parser.add_argument("--health", type=int, default=200, help="of /healthz")
    parser.add_argument("--api-key", default="", help="wanted as X-API-Key")
    arguments = parser.parse_args()
    seconds, after = arguments.stall.split("@")
    Handler.status = arguments.status
    Handler.health = arguments.health
    Handler.api_key = arguments.api_key
    Handler.stalls = (float(after), float(seconds))
    server = Server(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
