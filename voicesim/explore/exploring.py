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
from voicesim.explore.graph import Graph, Landed, Place
from voicesim.explore.moves import LIKELY, Sort
from voicesim.explore.proving import prove
from voicesim.explore.same import NOBODY
from voicesim.explore.walking import Budget, Callers, Walking
from voicesim.line.backend import Backend
from voicesim.line.policy import Policy
from voicesim.switch.plan import CallPlan
from voicesim.switch.switch import Switch

GOALS = ("quick_booking", "detailed_booking", "changes_mind", "reschedule_request")
"""What callers with a goal ring for, where an agent asks what a booking line asks."""
_FACTS = frozenset((Want.NAME, Want.PHONE, Want.DAY, Want.TIME))
_BOOKS = re.compile(r"\b(?:appointments?|book(?:ing)?s?|reservations?|schedul\w+)\b", re.IGNORECASE)
_BOOKING_LINES_ONLY = frozenset(("hung-up-early", "not-asked"))
"""Complaints that are grave only where an agent books: it asks for day and time, or says so."""
_SAYS_IT_BOOKS = re.compile(
    r"\b(?:book|schedule|make|move)\b[^.?!]{0,30}\bappointment", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Explored:
    """What came of it. ``untried``: moves that the budget was not enough for."""

    graph: Graph
    complaints: Complaints
    calls: int
    webhooks: int
    took_s: float
    untried: int
    untried_likely: int
    """Those among them that the agent offered or asked for."""
    unproved: int
    """Suspicions that there was no time to look into."""

    @property
    def said_anything(self) -> bool:
        """Whether anything came of the first ring."""
        return bool(self.graph.root)

    @property
    def unfollowed(self) -> int:
        """Of the first ring and the questions those where nothing that fits could be followed."""
        doors = [self.graph.root, *map(_offered, self.graph.places.values())]
        return sum(bool(door) and all(map(_is_closed, door)) for door in doors)

    @property
    def conclusive(self) -> bool:
        """Whether enough was tried to say that nothing is wrong."""
        left = self.untried_likely or self.unproved or self.unfollowed
        return self.said_anything and not left


def _offered(place: Place) -> list[Landed]:
    """What became of all that was offered or asked for; where nothing was, of all but silence."""
    likely = [landed for _, landed in place.outcomes(*LIKELY)]
    others = [landed for move, landed in place.outcomes() if move.sort is not Sort.SILENCE]
    return likely or others


def _is_closed(landed: Landed) -> bool:
    """Whether a way was not followed for a reason of ours."""
    return landed.leg.outcome in (Outcome.HOST_NOT_ALLOWED, Outcome.NOT_CARRIED)


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
    graph = walking.graph
    unproved = prove(walking)
    if _is_booking_line(graph) and not walking.out_of_time:
        scenarios = [catalogue[name] for name in GOALS if name in catalogue]
        _ring_with_goals(walking, callers, scenarios)
    return Explored(
        graph,
        walking.complaints,
        walking.calls,
        walking.webhooks,
        walking.took_s,
        walking.untried,
        walking.untried_likely,
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
