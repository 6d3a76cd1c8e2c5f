"""An exploration from the first ring to the last proof."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from voicesim.base.findings import Finding, Level
from voicesim.call.entries import FullLog, Said
from voicesim.call.outcome import CallRecord, Outcome
from voicesim.caller.asking import Want
from voicesim.caller.models import Scenario
from voicesim.explore.complaints import Complaints
from voicesim.explore.cookies import Everywhere
from voicesim.explore.graph import Graph, Landed
from voicesim.explore.loops import ROUNDS, Suspect, suspects, unhandled, varying
from voicesim.explore.same import Own
from voicesim.explore.walking import Budget, Callers, Walking
from voicesim.line.backend import Backend
from voicesim.line.policy import Policy
from voicesim.switch.plan import CallPlan
from voicesim.switch.switch import Switch

COUNTRIES = ("GB", "DE", "IN", "AU")
"""From where else a call is made, to see whether it is answered."""
GOALS = ("quick_booking", "detailed_booking", "changes_mind", "reschedule_request")
"""What callers with a goal ring for, where an agent asks what a booking line asks."""
COOKIE = "cookie-not-sent"
_FACTS = frozenset((Want.NAME, Want.PHONE, Want.DAY, Want.TIME))
_BOOKS = re.compile(r"\b(?:appointments?|book(?:ing)?s?|reservations?|schedul\w+)\b", re.IGNORECASE)
_BOOKING_LINES_ONLY = frozenset(("hung-up-early", "not-asked"))
"""Complaints that are grave only where an agent books: it asks for day and time, or says so."""
_SAYS_IT_BOOKS = re.compile(
    r"\b(?:book|schedule|make|move)\b[^.?!]{0,30}\bappointment", re.IGNORECASE
)
NOBODY = Own("", "")


@dataclass(frozen=True, slots=True)
class Explored:
    """What came of it. ``untried``: moves that the budget was not enough for."""

    graph: Graph
    complaints: Complaints
    calls: int
    webhooks: int
    took_s: float
    untried: int
    unproved: int
    """Suspicions that there was no time to look into."""

    @property
    def said_anything(self) -> bool:
        """Whether anything came of the first ring."""
        return bool(self.graph.root)


def explore(
    callers: Callers,
    catalogue: Mapping[str, Scenario],
    policy: Policy,
    backend: Backend,
    budget: Budget,
    time_scale: float = 0.0,
) -> Explored:
    """Walk the agent and judge what was met; takes no longer than the budget."""
    walking = Walking(callers, policy, backend, budget, time_scale)
    walking.run()
    graph, complaints = walking.graph, walking.complaints
    for finding, way in varying(graph):
        complaints.add(finding, way, NOBODY)
    unproved = 0
    for finding, landed in unhandled(graph):
        if walking.out_of_time:
            unproved += 1
        elif _again(walking, landed):
            complaints.add(finding, landed.way, NOBODY)
    for suspect in suspects(graph):
        if walking.out_of_time:
            unproved += 1
        elif _holds(walking, suspect):
            complaints.add(suspect.finding, suspect.way, NOBODY)
    _look_at_cookies(walking)
    _ring_from_abroad(walking)
    if _is_booking_line(graph) and not walking.out_of_time:
        scenarios = [catalogue[name] for name in GOALS if name in catalogue]
        _ring_with_goals(walking, callers, scenarios)
    return Explored(
        graph,
        complaints,
        walking.calls,
        walking.webhooks,
        walking.took_s,
        walking.untried,
        unproved,
    )


def _asked_for(graph: Graph) -> set[Want]:
    """The facts that the agent asks for anywhere."""
    return {want for place in graph.places.values() for want in place.understood.wants} & _FACTS


def _is_booking_line(graph: Graph) -> bool:
    """Whether an agent asks what a booking line asks: then callers with a goal ring, too."""
    facts = len(_asked_for(graph))
    says_so = any(_BOOKS.search(place.text) for place in graph.places.values())
    return facts > 2 or (facts == 2 and says_so)


def _again(walking: Walking, landed: Landed) -> bool:
    """Whether another call that goes there comes to the same."""
    walks = walking.ring([landed.way])
    return any((walk.legs[-1].place, walk.legs[-1].said) == landed.same[:2] for walk in walks)


def _holds(walking: Walking, suspect: Suspect) -> bool:
    """Whether a call that goes there and round and round does not come out."""
    rounds = 0 if suspect.moves else ROUNDS
    way = (*suspect.way, *suspect.moves)
    for walk in walking.ring([way], rounds=rounds):
        last = walk.legs[-1]
        went = len(walk.moves) == len(way) + rounds and last.asks is not None
        return went and suspect.place in ("", last.place)
    return False


def _look_at_cookies(walking: Walking) -> None:
    """Whether the dialogue goes on differently when a cookie comes back that did not."""
    lost = [one for one in walking.complaints.all if one.finding.code == COOKIE]
    for one in lost[:1]:
        usual = [*walking.ring([one.way]), *walking.ring([one.way])]
        other = walking.ring([one.way], policy=Everywhere.like(walking.policy))
        ends = {(leg.place, leg.said, leg.outcome) for leg in (walk.legs[-1] for walk in usual)}
        ends_with_it = {(leg.place, leg.said, leg.outcome) for leg in (w.legs[-1] for w in other)}
        if len(ends) == 1 and ends_with_it and ends != ends_with_it:
            message = f"{one.finding.message} The dialogue goes on differently when it is sent."
            finding = replace(one.finding, level=Level.ERROR, message=message)
            walking.complaints.add(finding, one.way, one.own)


def _ring_from_abroad(walking: Walking) -> None:
    """Whether callers of other countries are answered, where those at home are asked something."""
    if walking.out_of_time or not walking.graph.root or not walking.graph.root[0].place:
        return
    for country in COUNTRIES:
        for walk in walking.ring([()], country):
            leg = walk.legs[0]
            if leg.outcome in (Outcome.AGENT_HUNG_UP, Outcome.REJECTED):
                message = f'Callers from {country} are turned away: "{leg.text}".'
                finding = Finding("country-refused", Level.WARNING, message)
                walking.complaints.add(finding, (), walk.own)


def _ring_with_goals(walking: Walking, callers: Callers, scenarios: Sequence[Scenario]) -> None:
    """Let callers ring who know what they want, and complain of what no caller should meet."""
    persona = callers.persona.clearly_spoken()
    todo = [(walking.next_index(), scenario) for scenario in scenarios]
    first = [
        callers.exchange.setup_call(index, persona, scenario, FullLog())
        for index, scenario in todo
        if scenario.needs_appointment
    ]
    _let_ring(walking, [plan for plan in first if plan])
    plans = [callers.exchange.call(index, persona, each, FullLog()) for index, each in todo]
    known, found = walking.complaints, dict[tuple[str, Level], tuple[Finding, CallRecord]]()
    for record in _let_ring(walking, plans):
        for finding in record.findings:
            if finding.level is not Level.NOTICE and not known.has(finding.code):
                found.setdefault((finding.code, finding.level), (finding, record))
    texts = [place.text for place in walking.graph.places.values()]
    books = {Want.DAY, Want.TIME} <= _asked_for(walking.graph)
    books = books or any(map(_SAYS_IT_BOOKS.search, texts))
    for finding, record in found.values():
        if finding.code in _BOOKING_LINES_ONLY and not books:
            finding = replace(finding, level=Level.WARNING)
        walking.complaints.add(finding, (), NOBODY, _told(record))


def _let_ring(walking: Walking, plans: Sequence[CallPlan]) -> list[CallRecord]:
    switch = Switch(walking.time_scale)
    for plan in plans:
        switch.place(lambda plan=plan: plan, walking.now())  # type: ignore[misc]
    return walking.drive(switch)


def _told(record: CallRecord) -> tuple[str, ...]:
    """What the caller said and pressed."""
    said = [entry for entry in record.entries if isinstance(entry, Said)]
    return tuple(
        f'says "{one.speech.meant}"' if one.speech else f"presses {one.digits}"
        for one in said
        if one.speech or one.digits
    )
