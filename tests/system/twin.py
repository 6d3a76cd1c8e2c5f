"""A run in virtual time: twin.py ORIGIN SEED CALLS DAY '{"persona": tokens}'.

The same station, workload and tokens as under Locust, over the fake network, with the scripted
agent as a function. Prints for every call id: the caller's index, when it was to ring (s after the
tokens came), and its webhooks. A program of its own, because importing the swarm patches sockets.
"""

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import gevent

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.system import scripted
from voicesim.line.fake import FakeBackend
from voicesim.line.hop import Hop, HopAnswer, HopResult
from voicesim.swarm.job import Options, load_workload, make_job
from voicesim.swarm.station import Station
from voicesim.switch.plan import CallPlan


class Virtual(FakeBackend):
    """The fake, whose wait lets other greenlets work and can be ended early."""

    longest_queue = 0
    poked = False

    def poke(self) -> None:
        self.poked = True

    def wait(self, until: float | None) -> list[tuple[int, HopResult]]:
        gevent.sleep(0)
        poked, self.poked = self.poked, False
        return [] if poked else super().wait(until)


@dataclass
class Seen:
    index: int
    intended: float
    webhooks: list[tuple[str, str]] = field(default_factory=list)


class Recorded(Station):
    """A station that tells of every call which caller it is of and when it was to ring."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.calls: dict[str, Seen] = {}

    def _place(self, plan: CallPlan, clock: float, *, follows: bool = False) -> None:
        self.calls[plan.sid] = Seen(plan.index, clock)
        super()._place(plan, clock, follows=follows)


def main() -> None:
    origin, seed, calls, day, tokens = sys.argv[1:]
    options = Options(
        host=f"{origin}/voice", seed=int(seed), time_scale=0.0, status_path="/status",
        start_date=day,
    )  # fmt: skip
    job, _ = make_job(options, load_workload("peak_hour"))

    def agent(hop: Hop) -> HopResult:
        path, body = hop.url.removeprefix(origin), hop.body.decode()
        station.calls[parse_qs(body)["CallSid"][0]].webhooks.append((path, body))
        return HopAnswer(200, (("Content-Type", "text/xml"),), scripted.answer(hop.url), 0.0)

    station = Recorded(job, 0, lambda *_: None, lambda _: None, backend=Virtual(agent))
    station.open(hold=True)
    for persona, count in json.loads(tokens).items():
        station.token(persona, count)
    station.release()
    while len(station.calls) < int(calls):
        gevent.sleep(0)
    station.drain(3600.0)
    assert station.error is None
    seen = station.calls.items()
    print(json.dumps({sid: [call.index, call.intended, call.webhooks] for sid, call in seen}))


if __name__ == "__main__":
    main()
