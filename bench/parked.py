"""What a parked call costs: bytes of engine, caller and heap entry; and CPU in virtual time.

Run by ``make bench``. Bytes are those the allocator handed out (tracemalloc); the resident memory
of the process is printed beside them. Exits 1 when a bound is passed.
"""

import gc
import sys
import time
import tracemalloc
from datetime import date
from pathlib import Path

from voicesim import data
from voicesim.call.entries import Log, RecentLog
from voicesim.call.events import Answer
from voicesim.call.terms import Target, Terms
from voicesim.config.callers import parse_catalogue
from voicesim.line.driver import Driver
from voicesim.line.fake import FakeBackend
from voicesim.line.policy import HopAnswer, Policy
from voicesim.switch.plan import Exchange
from voicesim.switch.switch import Limits, Switch
from voicesim.twilio.fields import Party
from voicesim.twilio.signature import Signer

CATALOGUE = parse_catalogue(data.texts("personas"), data.texts("scenarios"))
CALLS = 50_000
EXCHANGES = 3
ANSWER_BYTES = 400
BOUNDS = {EXCHANGES: 4096, 0: 2048}
URL = "http://127.0.0.1:8000/twilio/voice"
QUESTIONS = ("May I have your name, please?", "What is your phone number?", "What day suits you?")


def answer(call: int, turn: int) -> bytes:
    """One agent's answer of ANSWER_BYTES, different for every call and turn."""
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><Response>'
        f'<Gather input="speech dtmf" action="/twilio/gather?call={call}&amp;turn={turn}"'
        ' timeout="6" speechTimeout="auto" language="en-US">'
        f"<Say>{QUESTIONS[turn % 3]}</Say></Gather>"
        "<Redirect>/twilio/noinput</Redirect></Response>"
    )
    return text.replace("<Say>", f"<Say>{'x' * (ANSWER_BYTES - len(text) - 1)} ", 1).encode()


def resident() -> int:
    """Resident bytes of this process."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096


def exchange() -> Exchange:
    """What the calls share."""
    target = Target(URL, Party("+15005550006"), "AC" + "7e57" * 8)
    return Exchange(1, target, Terms(), date(2026, 3, 2))


def park(keep: int) -> tuple[int, float, float]:
    """Bring CALLS calls beyond EXCHANGES answers; how many, bytes a call by allocator, resident.

    Answers come at once, so that every call is always parked, waiting for its caller to speak.
    """
    placed = exchange()
    scenario = CATALOGUE.scenarios["detailed_booking"]
    persona = CATALOGUE.personas[scenario.persona]

    def plan(index):
        return placed.call(index, persona, scenario, RecentLog(keep) if keep else Log())

    plan(0)  # caches that all calls share are filled before the count begins
    switch = Switch(1.0, Limits(calls=CALLS, requests=CALLS))
    answered = [0] * CALLS
    gc.collect()
    resident_before = resident()
    tracemalloc.start()
    for index in range(CALLS):
        switch.place(lambda index=index: plan(index), 0.0)
    now: float = 0.0
    while min(answered) < EXCHANGES:
        requests, due = switch.advance(now)
        for request in requests:
            body = answer(request.call, answered[request.call])
            answered[request.call] += 1
            reply = Answer(200, "text/xml", body, request.webhook.url, 0.01)
            switch.receive(request.id, reply, now)
        if not requests and due is not None:
            now = due
    switch.finished.clear()
    del requests, request, body, reply
    gc.collect()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    parked = switch.calls_in_progress
    return parked, held / parked, (resident() - resident_before) / parked


def virtual_cpu(calls: int = 1000) -> float:
    """CPU seconds of ``calls`` whole calls in virtual time against a scripted agent."""
    scenario = CATALOGUE.scenarios["detailed_booking"]
    persona = CATALOGUE.personas[scenario.persona]
    placed = exchange()
    switch = Switch(1.0)
    for index in range(calls):
        switch.place(
            lambda index=index: placed.call(index, persona, scenario, RecentLog(EXCHANGES)),
            index / 10,
        )
    began = time.process_time()
    policy = Policy(Signer("token"))
    agent = FakeBackend(
        lambda hop: HopAnswer(200, (("Content-Type", "text/xml"),), answer(0, 0), 0)
    )
    Driver(switch, policy, agent).run()
    return time.process_time() - began


def main() -> int:
    failed = False
    for keep, bound in BOUNDS.items():
        parked, held, grown = park(keep)
        failed |= held > bound
        verdict = "ok" if held <= bound else "TOO MUCH"
        print(
            f"{parked} parked calls, {keep} exchanges of {ANSWER_BYTES}-byte answers kept:"
            f" {held:.0f} bytes a call (bound {bound}: {verdict});"
            f" resident, with the cost of tracing: {grown:.0f}"
        )
    print(f"1000 calls in virtual time: {virtual_cpu():.2f} s of CPU")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
