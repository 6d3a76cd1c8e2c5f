"""The dialogue as far as it is known: places, and what each move there led to."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from voicesim.call.outcome import Outcome
from voicesim.call.talk import Listening
from voicesim.caller.understanding import Understood, understand
from voicesim.explore.legs import Leg, Walk
from voicesim.explore.moves import COST, Move, Sort, moves_at

Way = tuple[Move, ...]
"""The moves from the first ring on."""


def cost(way: Way) -> int:
    """Steps of a way, odd ones counted double."""
    return sum(COST[move.sort] for move in way)


@dataclass(frozen=True, slots=True)
class Landed:
    """What a move led to: a place (its key), or "" where the call was over.

    ``assumed``: the place was known already by what it says, and is taken to be the same.
    """

    place: str
    leg: Leg
    way: Way
    assumed: bool = False

    @property
    def same(self) -> tuple[str, str, Outcome | None]:
        """Equal for what is taken to be the same."""
        return self.place, self.leg.said, self.leg.outcome


def distinct(found: list[Landed]) -> list[Landed]:
    """Of what one move led to the first of each place, and of each way that calls ended."""
    first: dict[tuple[str, Outcome | None], Landed] = {}
    for landed in found:
        first.setdefault((landed.place, landed.leg.outcome), landed)
    return list(first.values())


@dataclass(slots=True)
class Place:
    """A question of the agent's. ``number`` counts from 1 in the order they were found."""

    key: str
    number: int
    listening: Listening
    text: str
    said: str
    """The same without what differs from call to call."""
    exact: str
    """The same with its numbers, days and times."""
    understood: Understood
    empty_redirect: bool
    """Whether its document has a Redirect without a URL."""
    way: Way
    moves: tuple[Move, ...]
    landed: dict[Move, list[Landed]] = field(default_factory=dict)
    """What each move that was tried led to; several where the same led to different places."""

    def outcomes(self, *sorts: Sort) -> Iterator[tuple[Move, Landed]]:
        """What the moves of these sorts (all, if none is named) led to first, in their order."""
        for move in self.moves:
            if move in self.landed and (not sorts or move.sort in sorts):
                yield move, self.landed[move][0]

    @property
    def known(self) -> bool:
        """Whether all was tried here but for odd things."""
        return all(move in self.landed for move in self.moves if move.sort is not Sort.ODD)


class Graph:
    """All places, by key; ``root`` is what the first ring led to."""

    def __init__(self) -> None:
        self.places: dict[str, Place] = {}
        self.root: list[Landed] = []

    def add(self, walk: Walk) -> list[Place]:
        """Take in a call; the places that are new."""
        new: list[Place] = []
        for at, leg in enumerate(walk.legs):
            way = walk.moves[:at]
            known = leg.place in self.places
            if leg.place and not known:
                new.append(self._new(leg, way))
            before = walk.legs[at - 1].place if at else ""
            assumed = known and self.places[leg.place].way != way
            landed = Landed(leg.place, leg, way, assumed)
            if leg.outcome is not Outcome.CUT:
                self._land(before, walk.moves[at - 1] if at else None, landed)
        return new

    def _land(self, before: str, move: Move | None, landed: Landed) -> None:
        found = self.root
        if move is not None:
            found = self.places[before].landed.setdefault(move, [])
        if all(landed.same != one.same for one in found):
            found.append(landed)

    def _new(self, leg: Leg, way: Way) -> Place:
        prompt = leg.asks
        if prompt is None or prompt.listening is None:
            raise AssertionError("a place is where something is asked")
        place = Place(
            key=leg.place,
            number=len(self.places) + 1,
            listening=prompt.listening._replace(hints=()),
            text=leg.text,
            said=leg.said,
            exact=leg.exact,
            understood=understand(leg.text),
            empty_redirect=leg.empty_redirect,
            way=way,
            moves=moves_at(prompt, leg.text),
        )
        self.places[leg.place] = place
        return place

    def is_twin(self, move: Move, landed: Landed) -> bool:
        """Whether an option was taken to lead where another did, though other numbers were said."""
        if not landed.assumed or move.sort is not Sort.OPTION:
            return False
        return landed.leg.exact != self.places[landed.place].exact

    def ways_out(self, place: Place) -> Iterator[Landed]:
        """Everything that any move at ``place`` led to, but for the caller's own hanging up."""
        for move, found in place.landed.items():
            if move.sort is not Sort.HANG_UP:
                yield from found

    def leading_to(self, ends: set[str]) -> set[str]:
        """The places from which some move or other leads into ``ends``, those included."""
        reached = set(ends)
        before: dict[str, set[str]] = {}
        for key, place in self.places.items():
            for landed in self.ways_out(place):
                before.setdefault(landed.place, set()).add(key)
        todo = list(ends)
        while todo:
            for key in before.get(todo.pop(), set()) - reached:
                reached.add(key)
                todo.append(key)
        return reached
