"""Six small agents, each broken in one way, and their clean twins: ``/NAME/clean/voice``.

What a dialogue knows is in its URLs, but for the one that keeps it in a cookie. ``answer`` is all
of them as a function; run as a program it serves them over HTTP and prints its port.
"""

import contextlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit


class Asked(NamedTuple):
    """A webhook: the step it is for (the end of its path), whether the agent is the broken one."""

    step: str
    broken: bool
    fields: dict[str, str]
    cookies: dict[str, str]

    @property
    def input(self) -> str:
        return self.fields.get("Digits", "") or self.fields.get("SpeechResult", "")


class Said(NamedTuple):
    body: str
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


def gather(text: str, action: str, kind: str = "dtmf", otherwise: str = "") -> str:
    what = 'input="dtmf" numDigits="1"' if kind == "dtmf" else f'input="{kind}"'
    return f'<Gather {what} action="{action}"><Say>{text}</Say></Gather>{otherwise or BYE}'


BYE = "<Say>Goodbye.</Say><Hangup/>"
MENU = "For opening hours, press 1. For our address, press 2."
INFO = {"1": "We open at nine.", "2": "We are at the market."}
NAMES: dict[str, Callable[[Asked], Said]] = {}


def agent(make: Callable[[Asked], Said]) -> Callable[[Asked], Said]:
    NAMES[make.__name__.replace("_", "-")] = make
    return make


@agent
def failing_option(asked: Asked) -> Said:
    """Option 2 answers with status 500."""
    if asked.step == "voice":
        return Said(gather(f"Welcome. {MENU}", "choice"))
    if asked.input == "2" and asked.broken:
        return Said("", 500)
    if asked.input in INFO:
        return Said(f"<Say>{INFO[asked.input]}</Say>{BYE}")
    return Said("<Say>That is not a choice.</Say><Redirect>voice</Redirect>")


@agent
def looping_record(asked: Asked) -> Said:
    """Record without an action asks for its own document again, and so for another message."""
    if asked.step == "thanks":
        return Said(f"<Say>Thank you for your message.</Say>{BYE}")
    action = "" if asked.broken else ' action="thanks"'
    text = "Nobody is in. Please leave a message after the beep."
    return Said(
        f'<Say>{text}</Say><Record maxLength="30"{action}/><Say>I heard nothing.</Say>{BYE}'
    )


@agent
def never_hanging_up(asked: Asked) -> Said:
    """Asks for ever whether there is anything else."""
    if asked.step == "voice":
        return Said(
            gather("How can I help you?", "more", "speech", "<Redirect>quiet?n=1</Redirect>")
        )
    silent = int(asked.fields.get("n", "0"))
    if not asked.broken and (asked.input.lower().startswith("no") or silent > 2):
        return Said(f"<Say>Thank you for calling.</Say>{BYE}")
    again = f"<Redirect>quiet?n={silent + 1}</Redirect>"
    return Said(gather("Noted. Is there anything else?", "more", "speech", again))


@agent
def empty_redirect(asked: Asked) -> Said:
    """After a choice an empty Redirect asks for the very same document."""
    if asked.step == "voice":
        return Said(gather(f"Welcome. {MENU}", "choice"))
    if asked.step == "choice" and asked.input not in INFO and asked.input:
        return Said("<Say>That is not a choice.</Say><Redirect>voice</Redirect>")
    if asked.step == "choice":
        return Said(f"<Say>One moment.</Say><Redirect>{'' if asked.broken else 'info'}</Redirect>")
    return Said(f"<Say>{INFO['1']}</Say>{BYE}")


@agent
def state_in_a_cookie(asked: Asked) -> Said:
    """Knows where a dialogue stands by a cookie alone, and sets it for another path."""
    steps = {
        "": ("name", "What is your name, please?"),
        "name": ("day", "What day would you like?"),
    }
    before = asked.cookies.get("step", "") if asked.step != "voice" else ""
    if before not in steps:
        return Said(f"<Say>You are booked.</Say>{BYE}")
    after, text = steps[before]
    path = "/elsewhere" if asked.broken else "/"
    return Said(
        gather(text, "next", "speech"), headers=(("Set-Cookie", f"step={after}; Path={path}"),)
    )


@agent
def redirect_that_loses_digits(asked: Asked) -> Said:
    """The action answers with 302, and what was pressed is not sent along."""
    if asked.step == "choice":
        query = "" if asked.broken else f"?Digits={asked.input.replace('#', '%23')}"
        return Said("", 302, (("Location", f"chosen{query}"),))
    if asked.step == "chosen" and asked.input in INFO:
        return Said(f"<Say>{INFO[asked.input]}</Say>{BYE}")
    sorry = "That is not a choice. " if asked.step == "chosen" else "Welcome. "
    return Said(gather(sorry + MENU, "choice"))


def answer(url: str, form: str, cookie: str) -> Said:
    """What is answered to a webhook to ``url`` with the body ``form``."""
    parts = urlsplit(url)
    _, name, twin, step = parts.path.split("/")
    pairs = parse_qs(form, keep_blank_values=True) | parse_qs(parts.query)
    fields = {key: values[0] for key, values in pairs.items()}
    cookies = {key: morsel.value for key, morsel in SimpleCookie(cookie).items()}
    said = NAMES[name](Asked(step, twin == "broken", fields, cookies))
    return said._replace(body=f"<Response>{said.body}</Response>")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 65_536  # an answer in one piece

    def do_POST(self) -> None:
        form = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        said = answer(self.path, form, self.headers.get("Cookie", ""))
        self.send_response(said.status)
        body = said.body.encode()
        for name, value in (*said.headers, ("Content-Type", "text/xml")):
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST  # noqa: N815 - http.server's name

    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def running() -> Iterator[str]:
    """The agents as a process of its own: its origin."""
    with subprocess.Popen(
        [sys.executable, str(Path(__file__))], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.kill()


def main() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
