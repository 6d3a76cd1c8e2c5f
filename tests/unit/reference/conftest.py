"""A caller of the agent's ASGI application: no socket, no HTTP client, signed as Twilio signs."""

import asyncio
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette
from twilio.request_validator import RequestValidator

from voicesim.reference.app import build
from voicesim.reference.faults import parse
from voicesim.reference.settings import Settings
from voicesim.reference.store import Store

TOKEN = "a-token-for-tests"
TODAY = date(2026, 3, 2)  # a Monday
HOST = "agent.example.com"
FORM = "application/x-www-form-urlencoded; charset=UTF-8"
LIVE_ACCOUNT = "AC" + "f" * 32


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def twiml(self) -> ET.Element:
        assert self.status == 200, (self.status, self.body)
        assert self.headers["content-type"].startswith("text/xml")
        root = ET.fromstring(self.body)
        assert root.tag == "Response"
        return root

    @property
    def said(self) -> str:
        return " ".join(say.text or "" for say in self.twiml.iter("Say"))

    @property
    def hangs_up(self) -> bool:
        return self.twiml.find("Hangup") is not None


async def _send(app: Starlette, scope: dict[str, Any], body: bytes) -> Answer:
    chunks = [body[at : at + 65536] for at in range(0, len(body), 65536)] or [b""]
    events = [
        {"type": "http.request", "body": chunk, "more_body": n < len(chunks)}
        for n, chunk in enumerate(chunks, 1)
    ]
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return events.pop(0) if events else {"type": "http.disconnect"}

    async def send(event: Any) -> None:
        sent.append(event)

    await app(scope, receive, send)  # type: ignore[arg-type]
    start = next(event for event in sent if event["type"] == "http.response.start")
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], headers, b"".join(event.get("body", b"") for event in sent))


@dataclass
class Agent:
    app: Starlette
    store: Store
    settings: Settings

    def send(
        self,
        method: str,
        path: str,
        query: str = "",
        body: bytes = b"",
        headers: dict[str, str] | None = None,
        scheme: str = "http",
    ) -> Answer:
        lines = {"Host": HOST} | (headers or {})
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": method,
            "scheme": scheme,
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(k.lower().encode(), v.encode("latin-1")) for k, v in lines.items()],
            "client": ("127.0.0.1", 50000),
            "server": ("127.0.0.1", 80),
        }
        return asyncio.run(_send(self.app, scope, body))

    def webhook(
        self, path: str, params: dict[str, str], headers: dict[str, str] | None = None
    ) -> Answer:
        signature = RequestValidator(TOKEN).compute_signature(f"http://{HOST}{path}", params)
        lines = {"X-Twilio-Signature": signature, "Content-Type": FORM} | (headers or {})
        route, _, query = path.partition("?")
        return self.send("POST", route, query, urlencode(params).encode(), headers=lines)

    def call(self, sid: str = "CA" + "1" * 32, **more: str) -> "Call":
        return Call(self, {"CallSid": sid, "AccountSid": "AC" + "0" * 32} | more)

    def get(self, path: str, **headers: str) -> Any:
        return self.send("GET", path, headers=headers).json

    def post(self, path: str, given: Any) -> Answer:
        body = given if isinstance(given, bytes) else json.dumps(given).encode()
        return self.send("POST", path, body=body)

    def add(self, **more: Any) -> Any:
        given = {"name": "Jane Doe", "phone": "555 010 4477", "day": "Tuesday", "time": "3 pm"}
        answer = self.post("/appointments", given | more)
        assert answer.status == 201, answer.text
        return answer.json


@dataclass
class Call:
    agent: Agent
    base: dict[str, str]
    query: str = ""
    last: Answer = field(init=False)

    @property
    def sid(self) -> str:
        return self.base["CallSid"]

    def _webhook(self, path: str, more: dict[str, str], token: str) -> Answer:
        headers = {"I-Twilio-Idempotency-Token": token} if token else {}
        params = {"From": "+12125550100", "To": "+12125550199"} | self.base | more
        self.last = self.agent.webhook(path + self.query, params, headers)
        return self.last

    def ring(self, token: str = "") -> Answer:
        return self._webhook("/twilio/voice", {"CallStatus": "ringing"}, token)

    def say(self, text: str | None, confidence: str | None = "0.9", token: str = "") -> Answer:
        more = {"CallStatus": "in-progress"}
        more |= {} if text is None else {"SpeechResult": text}
        more |= {} if confidence is None else {"Confidence": confidence}
        return self._webhook("/twilio/gather", more, token)

    def keys(self, digits: str) -> Answer:
        return self._webhook("/twilio/gather", {"Digits": digits}, "")

    def silence(self) -> Answer:
        return self._webhook("/twilio/noinput", {}, "")

    def status(self, status: str, **more: str) -> Answer:
        return self._webhook("/twilio/status", {"CallStatus": status} | more, "")

    def talk(self, *answers: str) -> Answer:
        """Ring and say one thing after the other; give what the agent says last."""
        self.ring()
        for answer in answers:
            self.say(answer)
        return self.last

    @property
    def seen(self) -> Any:
        return self.agent.get(f"/calls/{self.sid}")


@pytest.fixture
def make_agent() -> Iterator[Callable[..., Agent]]:
    stores: list[Store] = []

    def make(path: str = ":memory:", faults: Sequence[str] = (), **more: Any) -> Agent:
        given: dict[str, Any] = {"auth_token": TOKEN, "fixed_today": TODAY} | more
        settings = Settings(**given)
        stores.append(Store(path))
        return Agent(build(settings, stores[-1], parse(faults)), stores[-1], settings)

    yield make
    for store in stores:
        store.close()


@pytest.fixture
def agent(make_agent: Callable[..., Agent]) -> Agent:
    return make_agent()
