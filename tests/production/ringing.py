"""Lets calls ring at the agent, in real time and without Locust, and counts them."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

import requests

from tests.production.target import Agent
from voicesim import data
from voicesim.base.draws import Draws
from voicesim.base.findings import Finding, Level
from voicesim.call.entries import FullLog
from voicesim.call.events import Answer, Kind
from voicesim.call.outcome import CallRecord, Outcome
from voicesim.caller.models import Persona, Scenario
from voicesim.config.callers import parse_catalogue
from voicesim.config.gates import parse_gates
from voicesim.config.workloads import parse_workload
from voicesim.line.driver import Driver
from voicesim.line.recordings import terms_for
from voicesim.line.transport import GeventBackend
from voicesim.results.counts import Counts
from voicesim.results.lookup import compare
from voicesim.results.tally import Counting, Tally
from voicesim.switch.plan import CallPlan, Exchange
from voicesim.switch.switch import LiveCall, Observer, Switch
from voicesim.traffic.profiles import Profile
from voicesim.traffic.workload import Workload
from voicesim.verdict.gates import EachCall, Gate, bounds_of

CATALOGUE = parse_catalogue(data.texts("personas"), data.texts("scenarios"))
GATES: dict[str, Gate] = {
    gate.name: gate for gate in parse_gates(data.texts("gates")["gates/default.toml"], "default")
}
TOO_LONG_S = max(gate.below_s for gate in GATES.values() if isinstance(gate, EachCall))
SLOTS = 1000
"""Into so many a profile is divided to place arrivals."""
NOBODY_KNOWS = (Outcome.MISHEARD, Outcome.UNCLEAR)
"""Ends that are the caller's or the line's doing: another caller may tell more."""


@dataclass(frozen=True)
class Wanted:
    """A call to be made: what for, by whom (default: the scenario's own), how long from now."""

    scenario: Scenario
    persona: Persona
    after_s: float = 0.0


@dataclass(frozen=True)
class Rang:
    """The calls that were made: their records in order, what was counted of them, their seed.

    ``setup`` are the calls before them, in which callers booked what they were to have.
    """

    seed: int
    setup: tuple[CallRecord, ...]
    records: tuple[CallRecord, ...]
    counts: Counts
    stored: dict[int, dict[str, str]]
    """What the agent stored of each call, where it could be looked up."""


class _Counted(Observer):
    """Counts webhooks while they are answered."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally

    def started(self, plan: CallPlan, lag_s: float) -> None:
        self._tally.started(plan.scenario, plan.persona, lag_s)

    def answered(self, call: LiveCall, kind: Kind, answer: Answer) -> None:
        self._tally.answered(call.scenario, call.persona, kind.value, answer.elapsed_s)


class Ringing:
    """Makes calls at ``agent``; every further one is another caller's, drawn from ``seed``."""

    def __init__(self, agent: Agent, seed: int) -> None:
        self.agent = agent
        self._seed = seed
        self._times = 0

    def ring(self, purpose: str, calls: Sequence[Wanted], at_most_s: float) -> Rang:
        """Make ``calls`` and wait until they are over; after ``at_most_s`` the rest is cut."""
        self._times += 1
        seed = Draws(self._seed, self._times).below(2**32, purpose)
        tally = Tally(Counting(seed, bounds_of(tuple(GATES.values()))))
        exchange = Exchange(
            seed, self.agent.number, terms_for(self.agent.number.url), self.agent.today
        )
        setup = [
            (0.0, plan)
            for index, call in enumerate(calls)
            if (plan := exchange.setup_call(index, call.persona, call.scenario, FullLog()))
        ]
        before = self._carry(setup, at_most_s, Observer())
        plans = []
        for index, call in enumerate(calls):
            plan = exchange.call(index, call.persona, call.scenario, FullLog())
            plans.append((call.after_s, plan))
            tally.offered(plan.scenario, plan.persona, call.after_s)
        stored: dict[int, dict[str, str]] = {}
        rang = self._carry(plans, at_most_s, _Counted(tally))
        records = [self._looked_up(record, stored) for record in rang]
        for record in records:
            tally.finished(record)
        return Rang(seed, tuple(before), tuple(records), tally.counts(), stored)

    def load(self, name: str, count: int, seconds: float, at_most_s: float) -> Rang:
        """``count`` calls of a workload's callers, over ``seconds`` as its profile spreads them."""
        mix = _workload(name)
        times_s = [seconds * share for share in _arrivals(mix.profile, count)]
        draws = Draws(self._seed, 0)
        return self.ring(name, _mixed(mix, times_s, draws), at_most_s)

    def until_known(self, purpose: str, call: Wanted, tries: int = 3) -> Rang:
        """Make one call; again, by another caller, while nobody can tell what came of it."""
        for _ in range(tries):
            rang = self.ring(purpose, [call], self.agent.timeout_s + TOO_LONG_S)
            if rang.records[0].outcome not in NOBODY_KNOWS:
                break
        return rang

    def _carry(
        self, plans: Sequence[tuple[float, CallPlan]], at_most_s: float, observer: Observer
    ) -> list[CallRecord]:
        backend = GeventBackend()
        switch = Switch(0.0, observer=observer)
        driver = Driver(switch, self.agent.policy, backend)
        began = backend.now()
        for after_s, plan in plans:
            switch.place(lambda plan=plan: plan, began + after_s)  # type: ignore[misc]
        end = began + at_most_s + max((after_s for after_s, _ in plans), default=0.0)
        try:
            while not switch.idle and backend.now() < end:
                due = driver.advance()
                if not switch.idle:
                    driver.wait(end if due is None else min(due, end))
            driver.drain(0.0)
        finally:
            backend.close()
        hide = self.agent.hide
        return sorted((hide.deep(r) for r in switch.finished), key=lambda record: record.index)

    def _looked_up(self, record: CallRecord, stored: dict[int, dict[str, str]]) -> CallRecord:
        """The record with what is wrong with what the agent stored, which goes into ``stored``."""
        profile = self.agent.profile
        if profile is None or profile.lookup is None or not record.fields:
            return record
        try:
            kept = self.agent.stored(record.sid)
            found = compare(record, kept)
            stored[record.index] = kept or {}
        except (requests.RequestException, ValueError) as error:
            answer = getattr(error, "response", None)
            why = type(error).__name__ if answer is None else f"status {answer.status_code}"
            message = f"The agent's record could not be looked up: {why}."
            found = (Finding("lookup-failed", Level.ERROR, message),)
        return replace(record, findings=record.findings + found)


def wanted(scenario: str, after_s: float = 0.0) -> Wanted:
    """A call for a scenario that comes with voicesim, by its own persona."""
    chosen = CATALOGUE.scenarios[scenario]
    return Wanted(chosen, CATALOGUE.personas[chosen.persona], after_s)


def clearly(scenario: Scenario) -> Wanted:
    """The same by a caller of whom no word is misheard."""
    return Wanted(scenario, CATALOGUE.personas[scenario.persona].clearly_spoken())


def _workload(name: str) -> Workload:
    """A workload that comes with voicesim."""
    gates = {Path(file).stem: text for file, text in data.texts("gates").items()}
    text = data.texts("workloads")[f"workloads/{name}.toml"]
    return parse_workload(text, f"{name}.toml", CATALOGUE, gates)


def _mixed(mix: Workload, times_s: Sequence[float], draws: Draws) -> list[Wanted]:
    """A call at each of ``times_s``, by personas and scenarios as weighted in the workload."""
    everyone = [name for name, share in mix.personas.items() for _ in range(share.weight)]
    calls = []
    for n, after_s in enumerate(times_s):
        persona = draws.pick(everyone, "persona", n)
        scenario = mix.scenario_of(persona, Draws(draws.seed, n))
        who, what = CATALOGUE.personas[persona], CATALOGUE.scenarios[scenario]
        calls.append(Wanted(what, who, after_s))
    return calls


def _arrivals(profile: Profile, count: int) -> list[float]:
    """When ``count`` calls arrive, as shares of the run: evenly over the profile's area."""
    places = [(n + 0.5) / SLOTS for n in range(SLOTS)]
    sums = list(accumulate(profile.at(place) for place in places))
    return [places[bisect_left(sums, sums[-1] * (n + 0.5) / count)] for n in range(count)]
