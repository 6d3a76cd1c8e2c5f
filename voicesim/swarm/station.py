"""What one process of a run does: lets calls arrive, carries them, counts them.

Knows nothing of Locust: it is given tokens and a network, and is asked for what it counted.
"""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

import gevent  # type: ignore[import-untyped]
import gevent.event  # type: ignore[import-untyped]

from voicesim.base.draws import Draws
from voicesim.base.redact import Redactor
from voicesim.call.entries import RecentLog
from voicesim.call.events import Answer, Kind
from voicesim.call.outcome import CallRecord, Outcome
from voicesim.call.states import SimulatorError
from voicesim.call.terms import Target, Terms
from voicesim.caller.crosstalk import CrossTalk
from voicesim.caller.mixups import Heard, Rang
from voicesim.caller.models import Persona, Scenario
from voicesim.caller.names import STREAMS
from voicesim.config.callers import Catalogue
from voicesim.line.backend import Backend
from voicesim.line.driver import Driver
from voicesim.line.policy import Policy
from voicesim.line.transport import GeventBackend, Transport
from voicesim.metrics.health import Probe
from voicesim.results.stalls import Stalls
from voicesim.results.tally import Counting, Tally
from voicesim.switch.gaps import Gap
from voicesim.switch.plan import CallPlan, Exchange
from voicesim.switch.switch import Limits, LiveCall, Observer, Switch
from voicesim.traffic.arrivals import Arrivals
from voicesim.traffic.workload import Workload

KEEP_EXCHANGES = 3
SETUP = "setup"
"""The scenario under which calls are counted that only book what a later call needs."""


@dataclass(frozen=True, slots=True)
class Job:
    """A run as one process needs to know it."""

    seed: int
    workload: Workload
    catalogue: Catalogue
    target: Target
    policy: Policy
    time_scale: float
    counting: Counting
    today: date
    terms: Terms = field(default_factory=Terms)
    limits: Limits = field(default_factory=Limits)
    hide: Redactor = field(default_factory=Redactor)
    """What nobody may read is taken out of all that is counted."""
    pool: int = 256
    """Webhooks in flight at once."""


OnWebhook = Callable[[str, Kind, Answer], None]
OnCall = Callable[[CallRecord], None]


class Network(Backend, Protocol):
    """A backend whose wait can be ended early, and which knows whether its pool was too small."""

    @property
    def longest_queue(self) -> int:
        """The most webhooks that waited for a place in the pool at once."""

    def poke(self) -> None:
        """End a wait early."""


class Station(Observer):
    """Carries the calls of stream ``stream`` of ``job`` until it is drained.

    ``on_webhook(url, kind, answer)`` and ``on_call(record)`` are told of each. The run is ``age_s``
    old when the station is made: its clock is the run's.
    """

    def __init__(
        self,
        job: Job,
        stream: int,
        on_webhook: OnWebhook,
        on_call: OnCall,
        age_s: float = 0.0,
        backend: Network | None = None,
    ) -> None:
        self._job = job
        self._stream = stream
        self._on_webhook = on_webhook
        self._on_call = on_call
        self._backend = backend or GeventBackend(Transport(job.pool), job.pool)
        self._switch = Switch(job.time_scale, job.limits, self)
        self._driver = Driver(self._switch, job.policy, self._backend)
        self._exchange = Exchange(job.seed, job.target, job.terms, job.today)
        self._arrivals = Arrivals(job.seed, stream)
        self._began = self._backend.now() - age_s
        self._reports = 0
        self._steps_told = 0
        self._draining = False
        self._stalls = Stalls()
        self._over = gevent.event.Event()
        self._greenlet: gevent.Greenlet | None = None
        self._held: dict[str, int] | None = None
        self._waiting: dict[int, tuple[Persona, Scenario]] = {}
        """Callers whose set-up call is under way."""
        self._rang: list[Rang] = []
        self._heard: list[Heard] = []
        self._judged_from: int | None = None
        """The first call after the warm-up."""
        self._probe = Probe(self.clock, time.process_time)
        self._ticking: gevent.Greenlet | None = None
        self.error: BaseException | None = None
        self.tally = Tally(job.counting, job.hide)

    # --- for whoever runs it ------------------------------------------------------------------

    def open(self, *, hold: bool = False) -> None:
        """Begin. With ``hold`` tokens count for nothing until ``release``."""
        self._held = {} if hold else None
        gc.collect()
        gc.freeze()  # parked calls are many and have no cycles: the collector need not walk them
        gc.set_threshold(50_000, 20, 100)
        self._greenlet = gevent.spawn(self._run)
        self._ticking = gevent.spawn(self._tick)

    def token(self, persona: str, change: int) -> None:
        """A rate token of ``persona`` comes (+1) or goes (-1)."""
        if self._draining:
            return
        if self._held is not None:
            self._held[persona] = self._held.get(persona, 0) + change
            return
        now, rate = self.clock(), self._job.workload.calls_per_user_per_s
        self._arrivals.set_tokens(persona, self._arrivals.tokens(persona) + change, rate, now)
        self._backend.poke()

    def release(self) -> None:
        """Let the tokens held so far count from now on."""
        held, self._held = self._held or {}, None
        now, rate = self.clock(), self._job.workload.calls_per_user_per_s
        for persona, count in held.items():
            self._arrivals.set_tokens(persona, count, rate, now)
        self._backend.poke()

    def drain(self, grace_s: float) -> None:
        """Let nothing new arrive; calls have ``grace_s`` to end, the rest is cut. Wait for it.

        What cannot be ended is given up ``HARD_END_S`` later: ``error`` tells of it.
        """
        begins, self._draining = not self._draining, True
        if begins and not self._over.is_set():
            now = self._backend.now()
            self._arrivals.close(self.clock())
            self._take_arrivals()
            self._driver.advance()  # who rang before the end is let in
            self._switch.drain(now, grace_s)
            self._backend.poke()
        if not self._over.wait(grace_s + HARD_END_S):
            self._end_hard()

    def cut(self) -> None:
        """End the calls of a drain that goes on: they had time enough."""
        if self._draining and not self._over.is_set():
            self._switch.drain(self._backend.now(), 0.0)
            self._backend.poke()

    @property
    def crosstalk(self) -> CrossTalk:
        """Which callers rang here."""
        return self._exchange.crosstalk

    def report(self) -> dict[str, Any]:
        """What happened since the last report, numbered from 1, as plain data."""
        self._reports += 1
        curve = self._arrivals.curve
        steps, self._steps_told = curve[self._steps_told :], len(curve)
        self._take_suspects()
        rang, self._rang = self._rang, []
        heard, self._heard = self._heard, []
        return {
            "number": self._reports,
            "counts": self.tally.delta(),
            "curve": [list(step) for step in steps],
            "queue": self._backend.longest_queue,
            "at": self.clock(),
            "health": self._probe.report(),
            "rang": [list(call) for call in rang],
            "heard": [list(suspect) for suspect in heard],
        }

    # --- the loop -----------------------------------------------------------------------------

    def clock(self) -> float:
        """Seconds since the run began."""
        return self._backend.now() - self._began

    def _tick(self) -> None:
        gevent.sleep(self._probe.begin())  # what was waited for before the run is no lateness
        while True:
            gevent.sleep(self._probe.tick())

    def _run(self) -> None:
        try:
            while not (self._draining and self._switch.idle):
                self._stalls.awake(self.clock())
                self._take_arrivals()
                due = self._driver.advance()
                self._take_suspects()
                self._take_finished()
                if self._draining and self._switch.idle:
                    break
                arrival = None if self._draining else self._arrivals.due()
                dues = [at for at in (due, self._at(arrival)) if at is not None]
                self._driver.wait(min(dues, default=self._backend.now() + IDLE_S))
        except Exception as error:  # whoever drains shall hear of it: the counts are incomplete
            self.error = error
        finally:
            self._take_finished()
            self._backend.close()
            gevent.kill(self._ticking)
            self._over.set()

    def _end_hard(self) -> None:
        self.error = SimulatorError(
            f"{self._switch.calls_in_progress} calls could not be ended within {HARD_END_S:g} s"
        )
        if self._greenlet:
            self._greenlet.kill()

    def _at(self, clock: float | None) -> float | None:
        return None if clock is None else clock + self._began

    def _take_arrivals(self) -> None:
        for arrival in self._arrivals.take(self.clock()):
            index = arrival.n * STREAMS + self._stream
            persona = self._job.catalogue.personas[arrival.persona]
            name = self._job.workload.scenario_of(arrival.persona, Draws(self._job.seed, index))
            scenario, log = self._job.catalogue.scenarios[name], RecentLog(KEEP_EXCHANGES)
            setup = self._exchange.setup_call(index, persona, scenario, log)
            if setup is None:
                self._place(self._exchange.call(index, persona, scenario, log), arrival.intended)
            else:
                self._waiting[index] = (persona, scenario)
                self._place(replace(setup, scenario=SETUP), arrival.intended)

    def _take_suspects(self) -> None:
        """Keep what was heard that may be another process's, with the time, to be told."""
        suspects, now = self._exchange.crosstalk.suspects, self.clock()
        for suspect in suspects:
            warm_up = self._judged_from is None or suspect.own.call < self._judged_from
            self._heard.append(Heard(now, warm_up, suspect))
        suspects.clear()

    def _place(self, plan: CallPlan, clock: float, *, follows: bool = False) -> None:
        plan = replace(plan, warm_up=clock < self._job.workload.warm_up_s)
        at_s = None if follows else clock
        self.tally.offered(plan.scenario, plan.persona, at_s, warm_up=plan.warm_up)
        if not plan.warm_up and self._judged_from is None:
            self._judged_from = plan.index
        locale = self._job.catalogue.personas[plan.persona].locale
        self._rang.append(Rang(self.clock(), plan.index, locale, plan.party.country))
        self._switch.place(lambda: plan, clock + self._began)

    def _take_finished(self) -> None:
        finished, self._switch.finished = self._switch.finished, []
        for record in finished:
            self.tally.finished(record, warm_up=record.warm_up)
            self._on_call(record)
            if record.scenario == SETUP:
                persona, scenario = self._waiting.pop(record.index)
                if record.outcome is Outcome.GOAL_REACHED and not self._draining:
                    log = RecentLog(KEEP_EXCHANGES)
                    plan = self._exchange.call(record.index, persona, scenario, log)
                    self._place(plan, self.clock(), follows=True)

    # --- told by the switch -------------------------------------------------------------------

    def started(self, plan: CallPlan, lag_s: float) -> None:
        """Count a call that rang."""
        self.tally.started(plan.scenario, plan.persona, lag_s, warm_up=plan.warm_up)

    def answered(self, call: LiveCall, kind: Kind, answer: Answer) -> None:
        """Count a webhook."""
        self.tally.answered(call.scenario, call.persona, kind.value, answer.elapsed_s, call.warm_up)
        waiting = self._switch.requests_pending
        stall = self._stalls.answered(self.clock(), answer.elapsed_s, waiting)
        if stall:
            who = (call.scenario, call.persona, call.index)
            self.tally.found(*who, stall, warm_up=call.warm_up)
        self._on_webhook(answer.url, kind, answer)

    def sounded(self, call: LiveCall, gap: Gap) -> None:
        """Count a perceived gap."""
        self.tally.sounded(call.scenario, call.persona, call.index, gap, warm_up=call.warm_up)

    def dropped(self, due: float) -> None:
        """Count a call that was not let in."""
        self.tally.dropped(warm_up=due - self._began < self._job.workload.warm_up_s)


HARD_END_S = 20.0
"""How long a drain waits beyond its grace: longer than any webhook can take."""
IDLE_S = 1.0
"""How long nothing can be due before the loop looks again."""
