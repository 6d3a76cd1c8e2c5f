"""The reference agent in this process: answers hops in virtual time, without a socket."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlsplit
from zlib import crc32

from voicesim import data
from voicesim.call.entries import FullLog
from voicesim.call.outcome import CallRecord
from voicesim.call.terms import Target, Terms
from voicesim.caller.models import Persona, Scenario
from voicesim.config.callers import parse_catalogue
from voicesim.line.driver import Driver
from voicesim.line.fake import FakeBackend
from voicesim.line.hop import Hop, HopAnswer, HopResult
from voicesim.line.policy import Policy
from voicesim.reference.app import build
from voicesim.reference.faults import parse
from voicesim.reference.settings import Settings
from voicesim.reference.store import Store
from voicesim.switch.plan import CallPlan, Exchange
from voicesim.switch.switch import Switch
from voicesim.twilio.fields import Party
from voicesim.twilio.signature import Signer

TOKEN, ORIGIN, TODAY = "in-process", "http://127.0.0.1:8080", date(2026, 3, 2)
CATALOGUE = parse_catalogue(data.texts("personas"), data.texts("scenarios"))
KINDS = ("detailed_booking", "quick_booking", "changes_mind", "reschedule_request")
Agent = Callable[[Hop], HopResult]


@contextmanager
def reference_agent(*faults: str, front_desk: str = "") -> Iterator[Agent]:
    """The agent with an empty book, broken by ``faults``."""
    store, loop = Store(":memory:"), asyncio.new_event_loop()
    settings = Settings(auth_token=TOKEN, fixed_today=TODAY, front_desk=front_desk)
    app: Any = build(settings, store, parse([fault for fault in faults if fault]))

    async def asked(hop: Hop) -> HopResult:
        parts, sent = urlsplit(hop.url), []
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": hop.method,
            "scheme": parts.scheme,
            "path": parts.path,
            "raw_path": parts.path.encode(),
            "query_string": parts.query.encode(),
            "root_path": "",
            "headers": [(k.lower().encode(), v.encode("latin-1")) for k, v in hop.headers],
            "client": ("127.0.0.1", 50000),
            "server": ("127.0.0.1", 8080),
        }

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": hop.body, "more_body": False}

        async def send(event: Any) -> None:
            sent.append(event)

        await app(scope, receive, send)
        headers = tuple((k.decode(), v.decode("latin-1")) for k, v in sent[0]["headers"])
        body = b"".join(event.get("body", b"") for event in sent[1:])
        return HopAnswer(sent[0]["status"], headers, body, 0.0)

    try:
        yield lambda hop: loop.run_until_complete(asked(hop))
    finally:
        loop.close()
        store.close()


def ring(
    agent: Agent, persona: Persona, calls: int, query: str = "", kinds: Sequence[str] = KINDS
) -> list[CallRecord]:
    """Have ``persona`` ring, one call after the other, with each kind of scenario in turn."""
    exchange = _exchange(crc32(f"{persona.name} {query}".encode()), query)
    records: list[CallRecord] = []
    for index in range(calls):
        scenario = CATALOGUE.scenarios[kinds[index % len(kinds)]]
        setup = exchange.setup_call(index, persona, scenario, FullLog())
        plans = [exchange.call(index, persona, scenario, FullLog())]
        for plan in [setup, *plans] if setup else plans:
            switch = Switch(0.0)
            switch.place(partial(_the, plan), 0.0)
            Driver(switch, Policy(Signer(TOKEN)), FakeBackend(agent)).run()
        records += switch.finished
    return records


def at_once(agent: Agent, who: Sequence[tuple[int, Persona, Scenario]]) -> list[CallRecord]:
    """Have these ring a second apart, each by its call's number."""
    exchange, switch = _exchange(1), Switch(0.0)
    for second, (index, persona, scenario) in enumerate(who):
        setup = exchange.setup_call(index, persona, scenario, FullLog())
        if setup:
            switch.place(partial(_the, setup), 0.0)
        plan = exchange.call(index, persona, scenario, FullLog())
        switch.place(partial(_the, plan), 1000.0 + second)
    Driver(switch, Policy(Signer(TOKEN)), FakeBackend(agent)).run()
    return switch.finished


def _exchange(seed: int, query: str = "") -> Exchange:
    target = Target(f"{ORIGIN}/twilio/voice{query}", Party("+15005550006"), "AC" + "7e57" * 8)
    return Exchange(seed, target, Terms(), TODAY)


def _the(plan: CallPlan) -> CallPlan:
    return plan


def to_the_word(persona: Persona) -> Persona:
    """The same, whose every word is understood."""
    recogniser = persona.recogniser.model_copy(update={"word_error_rate": 0.0})
    return persona.model_copy(update={"recogniser": recogniser})
