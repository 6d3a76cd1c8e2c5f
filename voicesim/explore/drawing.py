"""The dialogue drawn: as a tree of text and as Mermaid; as SVG in ``svg``."""

from collections.abc import Iterator
from dataclasses import dataclass

from voicesim.call.outcome import Outcome
from voicesim.explore.complaints import Complaints
from voicesim.explore.graph import Graph, Landed, Place, Way, distinct
from voicesim.explore.moves import Move
from voicesim.results.ladder import clean

WIDE = 90
"""Characters of a prompt that are shown."""
_ENDS = {
    Outcome.AGENT_HUNG_UP: "hangs up",
    Outcome.REJECTED: "rejects the call",
    Outcome.TOO_MANY_TURNS: "goes on without asking anything",
    Outcome.TOO_LONG: "goes on without asking anything",
}


@dataclass(frozen=True, slots=True)
class Arrow:
    """Moves that led to the same from the place with number ``start``; 0 is the first ring.

    ``end`` is the number of a place, or 0 where the call was over: then ``ended`` says how.
    ``assumed``: the place is taken to be the same by what it says.
    """

    start: int
    end: int
    moves: tuple[str, ...]
    ended: str = ""
    said: str = ""
    assumed: bool = False
    failed: bool = False
    """Whether an ERROR was found on it."""


@dataclass(frozen=True, slots=True)
class Box:
    """A place as it is shown."""

    number: int
    text: str
    listens: str


def boxes(graph: Graph) -> list[Box]:
    """All places, in the order they were found."""
    return [Box(place.number, shown(place.text), _listens(place)) for place in _ordered(graph)]


def arrows(graph: Graph, complaints: Complaints) -> list[Arrow]:
    """All that was tried, moves with the same end together."""
    bad = {one.way for one in complaints.all if one.is_error and not one.told}
    found = [_arrow(graph, 0, ("rings",), landed, bad) for landed in distinct(graph.root)]
    for place in _ordered(graph):
        together: dict[tuple[object, ...], list[tuple[str, Landed]]] = {}
        for move, landed in tried(place):
            alike = (*landed.same, landed.way in bad, graph.is_twin(move, landed))
            together.setdefault(alike, []).append((move.shown, landed))
        for each in together.values():
            moves = tuple(name for name, _ in each)
            first = next((one for _, one in each if not one.assumed), each[0][1])
            found.append(_arrow(graph, place.number, moves, first, bad))
    return found


def tried(place: Place) -> Iterator[tuple[Move, Landed]]:
    """What each move led to, in their order; those that were meant for another place last."""
    for move in dict.fromkeys((*place.moves, *place.landed)):
        for landed in distinct(place.landed.get(move, [])):
            yield move, landed


def _arrow(
    graph: Graph, start: int, moves: tuple[str, ...], landed: Landed, bad: set[Way]
) -> Arrow:
    failed = landed.way in bad
    if landed.place:
        end = graph.places[landed.place].number
        return Arrow(start, end, moves, "", "", landed.assumed, failed)
    ended = _ENDS.get(landed.leg.outcome or Outcome.CUT, shown(landed.leg.why))
    return Arrow(start, 0, moves, ended, shown(landed.leg.text), False, failed)


def tree(graph: Graph, complaints: Complaints) -> Iterator[str]:
    """The dialogue as lines; a place that was drawn already is only named."""
    by_start: dict[int, list[Arrow]] = {}
    for arrow in arrows(graph, complaints):
        by_start.setdefault(arrow.start, []).append(arrow)
    places = {box.number: box for box in boxes(graph)}
    drawn: set[int] = set()
    todo = [(arrow, "", True) for arrow in reversed(by_start.get(0, []))]
    while todo:
        arrow, indent, last = todo.pop()
        new = bool(arrow.end) and arrow.end not in drawn and not arrow.assumed
        corner, below = ("`- ", "   ") if last else ("|- ", "|  ")
        yield f"{indent}{corner}{_label(arrow)}{_goal(arrow, places, new)}"
        if new:
            drawn.add(arrow.end)
            under = by_start.get(arrow.end, [])
            todo += [(one, indent + below, one is under[-1]) for one in reversed(under)]


def _label(arrow: Arrow) -> str:
    return ("ERROR " if arrow.failed else "") + together(arrow.moves)


def _goal(arrow: Arrow, places: dict[int, Box], new: bool) -> str:
    if not arrow.end:
        said = f' "{arrow.said}"' if arrow.said else ""
        return f" ->{said} {arrow.ended}"
    if not new:
        return f" -> {arrow.end}{' (assumed the same)' if arrow.assumed else ''}"
    box = places[arrow.end]
    return f' -> {box.number} "{box.text}" [{box.listens}]'


def mermaid(graph: Graph, complaints: Complaints) -> str:
    """The dialogue as a Mermaid flowchart."""
    lines = ["flowchart TD", '  n0(["rings"])']
    lines += [f'  n{box.number}["{box.number}: {_safe(box.text)}"]' for box in boxes(graph)]
    found = arrows(graph, complaints)
    lines += [row for at, arrow in enumerate(found) for row in _flow(at, arrow)]
    bad = [str(at) for at, arrow in enumerate(found) if arrow.failed]
    if bad:
        lines.append(f"  linkStyle {','.join(bad)} stroke:#b00020,stroke-width:3px")
    return "\n".join(lines) + "\n"


def _flow(at: int, arrow: Arrow) -> Iterator[str]:
    """An arrow in Mermaid, with the end of the call where it leads to one."""
    end = f"n{arrow.end}"
    if not arrow.end:
        end = f"e{at}"
        words = f"{arrow.said} - {arrow.ended}" if arrow.said else arrow.ended
        yield f'  {end}(["{_safe(words)}"])'
    line = "-.->" if arrow.assumed else "-->"
    yield f'  n{arrow.start} {line}|"{_safe(together(arrow.moves))}"| {end}'


def together(moves: tuple[str, ...]) -> str:
    """Several moves in a few words: keys that nobody offered as one list."""
    plain = [m.removeprefix("presses ") for m in moves if m.startswith("presses ") and "(" not in m]
    others = [move for move in moves if not move.startswith("presses ") or "(" in move]
    if plain:
        others.append(f"presses {', '.join(key if len(key) < 9 else 'too much' for key in plain)}")
    return " / ".join(others)


def shown(text: str) -> str:
    """``text`` in one line, its end left out where it is long."""
    text = clean(text)
    return text if len(text) <= WIDE else f"{text[: WIDE - 3].rstrip()}..."


def _safe(text: str) -> str:
    """``text`` as Mermaid takes it within quotes."""
    marks = {"#": "#35;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "\\": "#92;", "`": "#96;"}
    return "".join(marks.get(character, character) for character in text)


def _listens(place: Place) -> str:
    listening = place.listening
    if listening.recording:
        return "records"
    kinds = (("speech", listening.speech), ("keys", listening.dtmf))
    return " and ".join(kind for kind, on in kinds if on)


def _ordered(graph: Graph) -> list[Place]:
    return sorted(graph.places.values(), key=lambda place: place.number)
