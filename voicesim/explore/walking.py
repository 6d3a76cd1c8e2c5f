"""Walks an agent breadth first: rings, goes the way again to a question, tries one thing more.

Every call ends by hanging up at the question it led to, so hanging up is tried at each. Calls are
placed as all others are (the switch and the line's driver), each by a caller of its own, so that
what one books is not in the way of another.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from math import inf

from voicesim.base.draws import Draws
from voicesim.base.findings import Finding
from voicesim.call.outcome import CallRecord
from voicesim.caller.crosstalk import Own as Hearer
from voicesim.caller.crosstalk import said_in
from voicesim.caller.facts import draw_facts, draw_identity
from voicesim.caller.models import Persona, Scenario
from voicesim.caller.names import STREAMS
from voicesim.explore.complaints import Complaints, at_leg, read_back
from voicesim.explore.graph import Graph, Place, Way, cost
from voicesim.explore.legs import Trace, Walk, Walker, Wanderer, walk_of
from voicesim.explore.moves import LIKELY, Move, Sort
from voicesim.explore.same import Own
from voicesim.line.backend import Backend
from voicesim.line.driver import Driver
from voicesim.line.policy import Policy
from voicesim.switch.plan import CallPlan, Exchange
from voicesim.switch.switch import Switch

DEEPEST = 15
"""Moves of a way at most: an agent that never says the same twice has no end."""
SEEN_BEFORE = 4
"""Steps that an odd move counts for more where it was tried at a question of the same kind."""
TRIES = 3
"""So often a way is gone that leads elsewhere than it did before."""
WALKED = 0.8
"""Of the time so much is for the walk; the rest is for proving what it suspects."""
SPARE_TURNS = 30
"""Webhooks without a question that a call may have beside those of its moves."""
SLOW_TURNS = 1000
"""The same of a call that takes its time."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How far to walk: calls, wall seconds, calls at once."""

    calls: int = 1500
    seconds: float = 45.0
    at_once: int = 4


@dataclass(frozen=True, slots=True)
class Callers:
    """Who rings: everyone a caller of its own, of this persona and for this scenario."""

    exchange: Exchange
    persona: Persona
    scenario: Scenario


def own_of(plan: CallPlan) -> Own:
    """What is the own of who makes a call."""
    party = plan.party
    return Own(plan.name, party.number, party.city, party.state, party.zip)


class Walking:
    """One exploration. ``graph`` and ``complaints`` grow while it runs."""

    def __init__(
        self,
        callers: Callers,
        policy: Policy,
        backend: Backend,
        budget: Budget,
        time_scale: float = 0.0,
    ) -> None:
        self.graph = Graph()
        self.complaints = Complaints()
        self.calls = 0
        self.webhooks = 0
        self.untried = 0
        """Moves that the budget was not enough for."""
        self.untried_likely = 0
        """Those among them that the agent offered or asked for."""
        self._callers = callers
        self.policy = policy
        self._backend = backend
        self._budget = budget
        self.time_scale = time_scale
        self._began = backend.now()
        self._queue: list[tuple[int, int, Way]] = [(0, 0, ())]
        self._queued = 0
        self._again: dict[Way, int] = {}
        self._doors: set[tuple[object, ...]] = set()

    def now(self) -> float:
        """The line's clock."""
        return self._backend.now()

    @property
    def took_s(self) -> float:
        """Wall seconds since it began."""
        return self._backend.now() - self._began

    @property
    def out_of_time(self) -> bool:
        """Whether the time is up."""
        return self.took_s >= self._budget.seconds

    @property
    def at_once(self) -> int:
        """How many calls are made at once."""
        return self._budget.at_once

    def run(self) -> None:
        """Walk until all is tried or the budget is spent."""
        until_s = self._budget.seconds * WALKED
        while self._queue and self.calls < self._budget.calls and self.took_s < until_s:
            most = min(self._budget.at_once, self._budget.calls - self.calls)
            ways: list[Way] = []
            while self._queue and len(ways) < most:
                ways.append(heappop(self._queue)[2])
            walks = self.ring(ways)
            for walk in walks:
                self._take(walk)
            self.untried = len(ways) - len(walks)  # none, but where the time is up
            self.untried_likely = min(sum(map(_is_likely, ways)), self.untried)
            for way in () if self.untried else ways:
                self._try_again(way)
        self.untried += len(self._queue)
        self.untried_likely += sum(_is_likely(way) for _, _, way in self._queue)

    def ring(
        self,
        ways: Sequence[Way],
        country: str | None = None,
        rounds: int = 0,
        policy: Policy | None = None,
        told: tuple[str, ...] = (),
    ) -> list[Walk]:
        """Ring once for each of ``ways``, all at once; those calls that were over in time.

        After its way each does ``rounds`` times whatever fits. What is wrong with any of them is
        complained of; ``told`` says who rings, if that matters. With another ``policy`` than usual
        nothing is: Twilio would not have called so.
        """
        switch = Switch(self.time_scale)
        traces: dict[int, tuple[Trace, Walker, Own]] = {}
        for way in ways:
            plan, trace, walker = self._plan(way, country, rounds)
            traces[plan.index] = (trace, walker, own_of(plan))
            switch.place(lambda plan=plan: plan, self._backend.now())  # type: ignore[misc]
        walks = []
        for record in self.drive(switch, policy):
            trace, walker, own = traces[record.index]
            walks.append(walk_of(record, trace, walker.made, own))
        for walk in () if policy else walks:
            self._complain(walk, told)
        return walks

    def ring_slowly(self, way: Way, time_scale: float, most_s: float) -> list[Walk]:
        """Go one way in a call that takes its time, ``most_s`` wall seconds long at most."""
        switch = Switch(time_scale)
        plan, trace, walker = self._plan(way, None, 0)
        plan = replace(plan, terms=replace(plan.terms, max_turns=SLOW_TURNS))
        switch.place(lambda: plan, self._backend.now())
        records = self.drive(switch, most_s=most_s)
        return [walk_of(record, trace, walker.made, own_of(plan)) for record in records]

    def drive(
        self, switch: Switch, policy: Policy | None = None, most_s: float = inf
    ) -> list[CallRecord]:
        """Run the calls of ``switch``, but not past the budget; the records in order."""
        driver = Driver(switch, policy or self.policy, self._backend)
        until = min(self._began + self._budget.seconds, self._backend.now() + most_s)
        while not switch.idle and self._backend.now() < until:
            due = driver.advance()
            if not switch.idle:
                driver.wait(min(inf if due is None else due, until))
        found = sorted(switch.finished, key=lambda record: record.index)
        self.webhooks += sum(record.turns for record in found)
        return found

    def next_index(self) -> int:
        """The number of the next call: those of one process, as in a run."""
        self.calls += 1
        return (self.calls - 1) * STREAMS

    # --- within -------------------------------------------------------------------------------

    def _plan(self, way: Way, country: str | None, rounds: int) -> tuple[CallPlan, Trace, Walker]:
        index, exchange = self.next_index(), self._callers.exchange
        persona = self._callers.persona
        scenario = self._callers.scenario.model_copy(update={"country": country})
        draws = Draws(exchange.seed, index)
        identity = draw_identity(persona, scenario, draws)
        facts = draw_facts(persona, scenario, identity, draws, exchange.today)
        walker = Wanderer(way, facts, rounds) if rounds else Walker(way, facts)
        trace = Trace(exchange.terms.reading)
        turns = SPARE_TURNS + 3 * (len(way) + rounds)
        plan = exchange.call(index, persona, scenario, trace)
        terms = replace(plan.terms, max_turns=turns)
        return replace(plan, caller=walker, terms=terms), trace, walker

    def _take(self, walk: Walk) -> None:
        """Learn from a call: new places, what to try next."""
        for place in self.graph.add(walk):
            self._open(place)
        for leg in walk.legs:
            leg.settle()

    def _complain(self, walk: Walk, told: tuple[str, ...]) -> None:
        """Keep what is wrong with a call."""
        for at, leg in enumerate(walk.legs):
            way = walk.moves[:at]
            before, move = (walk.legs[at - 1], way[-1]) if way else (None, None)
            for finding in (*leg.findings, *at_leg(leg, before, move)):
                self.complaints.add(finding, way, walk.own, told)
            odd = any(one.sort is Sort.ODD for one in way)  # others may have said the same
            if not odd:
                about = (*self._cross_talk(walk, leg.text), *read_back(leg, way, walk.own))
                for finding in about:
                    self.complaints.add(finding, way, walk.own, told)
        for finding in walk.after:
            self.complaints.add(finding, walk.moves, walk.own, told)

    def _cross_talk(self, walk: Walk, text: str) -> tuple[Finding, ...]:
        said = said_in(text)
        if said is None:
            return ()
        exchange = self._callers.exchange
        own = Hearer(exchange.seed, walk.index, walk.own.name, walk.own.number)
        return exchange.crosstalk.heard(said, own)

    def _open(self, place: Place) -> None:
        """Queue all that is to be tried at a new place."""
        if len(place.way) >= DEEPEST:
            return
        for move in place.moves:
            way = (*place.way, move)
            more = SEEN_BEFORE if move.sort is Sort.ODD and self._tried(place, move) else 0
            self._queued += 1
            heappush(self._queue, (cost(way) + more, self._queued, way))

    def _try_again(self, way: Way) -> None:
        """Queue a way once more whose last move was not come to: the agent took another turn."""
        if not way or self._again.get(way, 0) >= TRIES - 1:
            return
        place = next((p for p in self.graph.places.values() if p.way == way[:-1]), None)
        if place is not None and way[-1] not in place.landed:
            self._again[way] = self._again.get(way, 0) + 1
            self._queued += 1
            heappush(self._queue, (cost(way), self._queued, way))

    def _tried(self, place: Place, move: Move) -> bool:
        """Whether ``move`` is queued already where the same is asked in other words."""
        door = (place.understood.wants, place.understood.options, place.listening, move)
        if door in self._doors:
            return True
        self._doors.add(door)
        return False


def _is_likely(way: Way) -> bool:
    """Whether the last step of a way was offered or asked for; the first ring is, too."""
    return not way or way[-1].sort in LIKELY
