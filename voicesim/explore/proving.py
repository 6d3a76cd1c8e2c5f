"""Calls beside the walk: they prove what it suspects, and look where it does not come."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from voicesim.base.findings import Finding, Level
from voicesim.call.outcome import Outcome
from voicesim.explore.complaints import COOKIE, GOES_ON, IN_WORDS
from voicesim.explore.cookies import Everywhere
from voicesim.explore.graph import Graph, Landed, Way
from voicesim.explore.loops import ROUNDS, Suspect, suspects, unhandled, varying
from voicesim.explore.moves import LIKELY, Sort
from voicesim.explore.same import NOBODY
from voicesim.explore.walking import Walking

COUNTRIES = ("GB", "DE", "IN", "AU")
"""From where else a call is made, to see whether it is answered."""
TIMES = 4
"""So often a call does what leads back: what an agent counts unseen is mostly three tries."""
MOST_REPEATED = 200
"""Calls that do so, at most."""
MOST_TWINS = 200
"""Calls that go on where an option was taken to lead to a question that was known, at most."""
SLOWLY, SLOWLY_S = 0.1, 12.0
"""The time scale of a call that waits for an answer, and for how many wall seconds it does."""
_ALONE = frozenset((Outcome.TOO_MANY_TURNS, Outcome.TOO_LONG))


def prove(walking: Walking) -> int:
    """Look into all that the walk left open; how many suspicions there was no time for."""
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
    unproved += _ring_all(walking, [*_of_twins(graph)][:MOST_TWINS])
    _ring_all(walking, _leading_back(graph)[:MOST_REPEATED])
    _ring_from_abroad(walking)
    return unproved + _wait(walking)


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


def _ring_all(walking: Walking, ways: Sequence[Way]) -> int:
    """Go each of ``ways`` once and complain of what is met; for how many there was no time."""
    for at in range(0, len(ways), walking.at_once):
        if walking.out_of_time:
            return len(ways) - at
        walking.ring(ways[at : at + walking.at_once])
    return 0


def _of_twins(graph: Graph) -> Iterator[Way]:
    """One step on from each option that only a number, day or time tells from another one."""
    for place in graph.places.values():
        for move, landed in place.outcomes(Sort.OPTION):
            if graph.is_twin(move, landed):
                on = graph.places[landed.place]
                yield from ((*landed.way, one) for one, _ in on.outcomes(*LIKELY))


def _leading_back(graph: Graph) -> list[Way]:
    """Of each place one option, one odd thing and silence, so far as they lead straight back.

    So often that an agent that counts them unseen comes to its last.
    """
    found: list[Way] = []
    for place in graph.places.values():
        for sort in (Sort.OPTION, Sort.ODD, Sort.SILENCE):
            back = (move for move, to in place.outcomes(sort) if to.place == place.key)
            found += [(*place.way, *(move,) * TIMES) for move in [*back][:1]]
    return found


def _ring_from_abroad(walking: Walking) -> None:
    """Whether callers of other countries are answered, where those at home are asked something."""
    if walking.out_of_time or not walking.graph.root or not walking.graph.root[0].place:
        return
    for country in COUNTRIES:
        for walk in walking.ring([()], country, told=(f"from {country}",)):
            leg = walk.legs[0]
            if leg.outcome in (Outcome.AGENT_HUNG_UP, Outcome.REJECTED):
                message = f'Callers from {country} are turned away: "{leg.text}".'
                finding = Finding("country-refused", Level.WARNING, message)
                walking.complaints.add(finding, (), walk.own)


def _wait(walking: Walking) -> int:
    """Give an agent that goes on alone the time that a real call has; 1 where there was none."""
    alone = [one for one in walking.complaints.all if one.finding.code == GOES_ON]
    for one in [one for one in alone if IN_WORDS in one.finding.message][:1]:
        if walking.out_of_time:
            return 1
        walks = walking.ring_slowly(one.way, SLOWLY, SLOWLY_S)
        if not walks and walking.out_of_time:
            return 1
        if all(walk.legs[-1].outcome in _ALONE for walk in walks):
            message = f"{one.finding.message} It went on in a call that took its time, too."
            finding = replace(one.finding, level=Level.ERROR, message=message)
            walking.complaints.add(finding, one.way, one.own)
    return 0
