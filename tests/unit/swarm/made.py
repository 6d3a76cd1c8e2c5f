"""A run made up: a job, a network in steps of virtual time, what workers report."""

from dataclasses import replace
from functools import cache
from math import inf
from typing import Any

import gevent
import gevent.event

from tests.unit.verdict.runs import record
from voicesim.call.events import Kind
from voicesim.call.outcome import Outcome
from voicesim.line.fake import FakeBackend
from voicesim.line.hop import Hop, HopAnswer, HopResult
from voicesim.results.histogram import Histogram
from voicesim.results.tally import Tally
from voicesim.swarm.job import Options, load_workload, make_job
from voicesim.swarm.station import Job, Station
from voicesim.verdict.gates import Gate

XML = (("Content-Type", "text/xml"),)
GOODBYE = b"<Response><Say>You are booked. Goodbye.</Say><Hangup/></Response>"
HOLD_ON = b'<Response><Pause length="600"/></Response>'


@cache
def made() -> tuple[Job, tuple[Gate, ...]]:
    """The peak hour (5 s of warm-up), 4 calls a minute and token, at real time."""
    options = Options(
        host="http://127.0.0.1:9/voice", seed=3, time_scale=1.0, start_date="2026-03-02"
    )
    return make_job(options, load_workload("peak_hour"))


def job(**changes: Any) -> Job:
    return replace(made()[0], **changes)


class Stepped(FakeBackend):
    """The fake network, whose clock goes on as far as it is told, while a station works."""

    longest_queue = 0

    def __init__(self, body: bytes = GOODBYE, latency_s: float = 0.0) -> None:
        super().__init__(lambda _: HopAnswer(200, XML, body, 0.0), latency_s)
        self.hops: list[Hop] = []
        self.allowed = 0.0
        self.closed = False
        self._goes_on = gevent.event.Event()
        self._rests = gevent.event.Event()

    def send(self, id: int, hop: Hop) -> None:  # noqa: A002
        self.hops.append(hop)
        super().send(id, hop)

    def poke(self) -> None:
        self._goes_on.set()

    def wait(self, until: float | None) -> list[tuple[int, HopResult]]:
        due = min(inf if until is None else until, self._due[0][0] if self._due else inf)
        if max(due, self.now()) <= self.allowed:
            return super().wait(until)
        self._goes_on.clear()
        self._rests.set()
        self._goes_on.wait()
        return []

    def close(self) -> None:
        super().close()
        self.closed = True
        self._rests.set()

    def to(self, t: float, *, asleep: bool = False) -> None:
        """Let the clock come to ``t``; ``asleep``: in one leap, with nothing done on the way."""
        self.allowed = t
        if asleep:
            self._now = t
        self._rests.clear()
        self._goes_on.set()
        self._rests.wait()
        if t < inf:
            self._now = max(self._now, t)


def station(backend: Stepped, a_job: Job | None = None, age_s: float = 0.0) -> Station:
    return Station(a_job or job(), 0, lambda *_: None, lambda _: None, age_s, backend)


class Told:
    """A worker's reports, as a station makes them."""

    def __init__(self) -> None:
        self.tally = Tally(made()[0].counting)
        self.number = 0
        self._index = 0

    def calls(self, started: int, finished: int, *, warm_up: bool = False) -> "Told":
        """So many more calls rang, and so many are over, with their goal reached."""
        for _ in range(started):
            self.tally.offered("quick_booking", "standard", 6.0, warm_up=warm_up)
            self.tally.started("quick_booking", "standard", 0.001, warm_up=warm_up)
            self.tally.answered("quick_booking", "standard", Kind.VOICE, 0.01, warm_up)
        for _ in range(finished):
            self._index += 1
            self.tally.finished(record(self._index, Outcome.GOAL_REACHED), warm_up=warm_up)
        return self

    def report(self, at: float, curve: tuple[tuple[float, float], ...] = ()) -> dict[str, Any]:
        self.number += 1
        counts = self.tally.delta()
        told = {"number": self.number, "counts": counts, "curve": curve, "queue": 0, "at": at}
        health = {"lag": Histogram().as_row(), "cpu_s": 0.1, "wall_s": 3.0}
        return told | {"health": health, "rang": [], "heard": []}
