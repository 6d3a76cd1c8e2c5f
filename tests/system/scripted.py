"""A scripted agent without state: where a dialogue stands is in the action URL alone.

``answer`` is the agent as a function, for virtual time; run as a program it serves the same over
HTTP and prints its port.
"""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
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
    "/with-login": "<Response><Redirect>http://user:pass@127.0.0.1:1/x</Redirect></Response>",
}
GOODBYE = "<Response><Say>You are booked. Goodbye.</Say><Hangup/></Response>"


def answer(url: str) -> bytes:
    """The document for a webhook to ``url``."""
    step = parse_qs(urlsplit(url).query).get("step", [""])[0]
    path = urlsplit(url).path
    if path in OTHER:
        return OTHER[path].encode()
    if step not in STEPS:
        return GOODBYE.encode()
    following, text = STEPS[step]
    return DOCUMENT.format(step=following, text=text).encode()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = answer(self.path)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: {len(body)}\r\n\r\n"
        self.wfile.write(head.encode() + body)

    do_GET = do_POST  # noqa: N815 - the name http.server calls

    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def running() -> Iterator[str]:
    """The agent as a process of its own: its origin."""
    with subprocess.Popen(
        [sys.executable, str(Path(__file__))], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.kill()


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    server.serve_forever()
