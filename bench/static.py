"""A server that costs nothing to speak of, for measuring who calls it: nginx and fixed TwiML."""

import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import which

from voicesim.twilio.fields import Party, base_fields, gather_speech

QUESTIONS = (
    "May I have your name, please?",
    "What is your phone number?",
    "What day suits you?",
    "What time would you like to come?",
)
"""Asked in turn of whoever calls, so that a caller has something to say until it loses patience."""
DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8"?><Response><Gather input="speech dtmf"'
    ' action="/twilio/gather" timeout="6" speechTimeout="auto" language="en-US">'
    "<Say>Thank you. I am looking at the book now, one moment. $question</Say></Gather></Response>"
)
CONFIG = """
daemon off;
master_process off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 8192; }}
http {{
    access_log off;
    keepalive_requests 1000000000;
    keepalive_timeout 75s;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    split_clients $request_id $question {{
{questions}
    }}
    server {{
        listen 127.0.0.1:{port} backlog=4096;
        location = /count {{ stub_status; }}
        location = /healthz {{ return 200; }}
        location / {{
            types {{ }}
            default_type text/xml;
            return 200 '{document}';
        }}
    }}
}}
"""
FORM = dict(
    [
        *base_fields(
            call_sid="CA" + "7e57" * 8,
            account_sid="AC" + "7e57" * 8,
            caller=Party("+12025550123", "WASHINGTON", "DC", "20001", "US"),
            called=Party("+15005550006"),
            call_status="in-progress",
        ),
        *gather_speech("My name is Maria Hernandez.", 0.9134),
    ]
)
"""The form of one webhook, for generators that have no calls."""


@dataclass(frozen=True)
class Server:
    """A running nginx: where it listens."""

    origin: str

    def requests(self) -> int:
        """How many requests came so far, without those of this method."""
        with urllib.request.urlopen(f"{self.origin}/count") as answer:
            total = int(answer.read().split()[9])
        asked = self._asked[0] = self._asked[0] + 1
        return total - asked

    @property
    def _asked(self) -> list[int]:
        return _ASKED.setdefault(self.origin, [0])


_ASKED: dict[str, list[int]] = {}


@contextmanager
def running(port: int) -> Iterator[Server]:
    """Nginx on loopback, answering every POST with one of a few TwiML documents."""
    program = which("nginx") or which("nginx", path="/usr/sbin")
    if program is None:
        raise SystemExit("nginx is needed: apt-get install nginx")
    share = 100 // len(QUESTIONS)
    shares = [*(f"{share}%" for _ in QUESTIONS[1:]), "*"]
    lines = (f'        {part} "{text}";' for part, text in zip(shares, QUESTIONS, strict=True))
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder, "nginx.conf")
        config.write_text(
            CONFIG.format(folder=folder, port=port, questions="\n".join(lines), document=DOCUMENT)
        )
        with subprocess.Popen([program, "-c", str(config), "-e", f"{folder}/error.log"]) as nginx:
            server = Server(f"http://127.0.0.1:{port}")
            try:
                _wait(server)
                yield server
            finally:
                nginx.terminate()


def _wait(server: Server) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{server.origin}/healthz").close()
        except OSError:
            time.sleep(0.05)
        else:
            _ASKED[server.origin] = [1]
            return
    raise SystemExit("nginx does not answer")
