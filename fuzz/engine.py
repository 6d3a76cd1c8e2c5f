"""One hostile agent towards the engine: calls, callers and the explorer, in virtual time."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random
from time import process_time

from fuzz import bodies
from voicesim import data
from voicesim.base.hosts import HostRule
from voicesim.call.entries import FullLog
from voicesim.call.outcome import Outcome
from voicesim.call.talk import Handover, Judgement, Opinion, Prompt, Reply, Speech
from voicesim.call.terms import Target, Terms
from voicesim.config.callers import parse_catalogue
from voicesim.explore.drawing import mermaid, tree
from voicesim.explore.exploring import explore
from voicesim.explore.svg import svg
from voicesim.explore.telling import as_data
from voicesim.explore.walking import Budget, Callers
from voicesim.line.driver import Driver
from voicesim.line.fake import FakeBackend
from voicesim.line.hop import Hop, HopResult
from voicesim.line.policy import Policy
from voicesim.results.ladder import transcript
from voicesim.switch.plan import Exchange
from voicesim.switch.switch import Switch
from voicesim.twilio.fields import Party
from voicesim.twilio.signature import Signer

CATALOGUE = parse_catalogue(data.texts("personas"), data.texts("scenarios"))
TARGET = Target(
    f"{bodies.ORIGIN}/voice", Party("+15005550006"), "AC" + "1" * 32,
    status_url=f"{bodies.ORIGIN}/status",
)  # fmt: skip
TERMS = Terms(max_turns=12, max_length_s=900.0)
POLICY = Policy(Signer("12345678"), HostRule())
CALL_S = 2.0
"""Seconds of processor time that a call of at most 12 webhooks may take."""
EXPLORED_CALLS = 30
CROWDS = (4, 29)
"""Of forty cases those whose documents are crowded with verbs: one is rung, one is walked."""
EXTRA_BYTES = 32 << 20
"""Memory that a call may take in passing."""


@dataclass(frozen=True, slots=True)
class Took:
    """What a case took: processor seconds, and bytes at its height beyond what was held before."""

    seconds: float
    extra: int


class Anybody:
    """A caller that says, presses or leaves anything."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def hear(self, prompt: Prompt) -> Reply:
        del prompt
        random = self._random
        text = random.choice(bodies.WORDS)
        speech = Speech(text, random.choice((text, None)), random.choice((0.9, None)), 2.0)
        return random.choice(
            (
                Reply(),
                Reply(0.5, speech),
                Reply(-1.0, speech),
                Reply(0.5, digits=random.choice(("1", "*", "#", "0123456789*#"))),
                Reply(200.0, speech),
                Reply(0.5, speech, hangs_up=random.random() < 0.2),
            )
        )

    def handed_over(self, how: Handover) -> None:
        pass

    def opinion(self) -> Opinion:
        return Opinion(Judgement.OPEN)


def agent_of(case: int) -> FakeBackend:
    """An agent with a few answers: the same one to an address, or any."""
    random = Random(f"agent {case}")
    answer = bodies.crowd if case % 40 in CROWDS else bodies.answer
    pages = [answer(random) for _ in range(random.randint(1, 5))]
    steady = random.random() < 0.5

    def agent(hop: Hop) -> HopResult:
        if steady:
            return pages[len(hop.url) % len(pages)]
        return random.choice(pages)

    def latency(_hop: Hop) -> float:
        return random.choice((0.0, 0.0, 0.0, 0.1, 14.0, 60.0))

    return FakeBackend(agent, latency)


def play(case: int) -> None:
    """Three calls: a caller with a goal, one with odd input, and anybody; the switch ends them."""
    exchange = Exchange(case, TARGET, TERMS, date(2026, 3, 2))
    personas, scenarios = CATALOGUE.personas, CATALOGUE.scenarios
    random = Random(f"callers {case}")
    switch = Switch(0.0)
    for index, scenario in enumerate(random.sample(sorted(scenarios), 3)):
        who = personas[random.choice(sorted(personas))]
        plan = exchange.call(index, who, scenarios[scenario], FullLog())
        if index == 2:
            plan = replace(plan, caller=Anybody(random))
        switch.place(lambda plan=plan: plan, 0.0)  # type: ignore[misc]
    Driver(switch, POLICY, agent_of(case)).run()
    assert switch.idle
    assert len(switch.finished) == 3
    for record in switch.finished:
        assert record.outcome not in (Outcome.CUT, Outcome.DROPPED)
        assert record.why
        assert all(line.isprintable() for line in transcript(record.entries, bodies.ORIGIN))


def walk(case: int) -> None:
    """The explorer, and all that it draws."""
    exchange = Exchange(case, TARGET, TERMS, date(2026, 3, 2))
    callers = Callers(
        exchange, CATALOGUE.personas["standard"], CATALOGUE.scenarios["quick_booking"]
    )
    budget = Budget(calls=EXPLORED_CALLS, seconds=10_000.0)
    found = explore(callers, CATALOGUE.scenarios, POLICY, agent_of(case), budget)
    assert all(line.isprintable() for line in tree(found.graph, found.complaints))
    assert mermaid(found.graph, found.complaints).startswith("flowchart")
    assert svg(found.graph, found.complaints).startswith("<svg")
    assert as_data(found, bodies.ORIGIN)["questions"] is not None


def run(case: int) -> Took:
    """Case ``case``, whole: every tenth is walked, the others are rung."""
    before = resident()
    began = process_time()
    with peak() as height:
        (walk if case % 10 == 9 else play)(case)
    return Took(process_time() - began, max(height[0] - before, 0))


def limit_s(case: int) -> float:
    """The processor seconds that a case may take."""
    calls = EXPLORED_CALLS * 2 if case % 10 == 9 else 3
    return calls * CALL_S


# --- memory, as Linux tells it -------------------------------------------------------------------


def resident() -> int:
    """Bytes in memory now."""
    return _status("VmRSS")


@contextmanager
def peak() -> Iterator[list[int]]:
    """The bytes in memory at most while entered, told when it is over."""
    height = [0]
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    yield height
    height[0] = _status("VmHWM")


def _status(name: str) -> int:
    found = re.search(rf"{name}:\s*(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    return int(found[1]) * 1024 if found else 0
