"""What an exploration found, in words and as data."""

from collections.abc import Iterator

from voicesim.explore.complaints import Complaint
from voicesim.explore.drawing import Arrow, arrows, boxes, shown
from voicesim.explore.exploring import Explored
from voicesim.results.ladder import clean


def way_of(complaint: Complaint) -> str:
    """The shortest way to a finding in one line."""
    return " > ".join(clean(step) for step in ("rings", *complaint.steps))


def summary(explored: Explored) -> Iterator[str]:
    """How far it came, and what is assumed."""
    yield (
        f"{explored.calls} calls, {explored.webhooks} webhooks, {explored.took_s:.1f} s:"
        f" {len(explored.graph.places)} questions"
    )
    assumed = sum(arrow.assumed for arrow in arrows(explored.graph, explored.complaints))
    if assumed:
        yield (
            f"{assumed} times a question was taken to be one that was known, by what it says"
            " but for names, numbers, days and times"
        )
    if not explored.said_anything:
        yield "the budget ended before the agent had said anything (--seconds)"
    elif explored.untried:
        yield (
            f"the budget ended: {explored.untried} ways were not tried, {explored.untried_likely}"
            " of them offered or asked for (--calls, --seconds)"
        )
    if explored.unproved:
        yield f"the budget ended: {explored.unproved} suspicions were not looked into"
    if explored.unfollowed:
        yield (
            f"{explored.unfollowed} times nothing that fits could be followed: a host that was not"
            " named (--allow-host), or a verb that is not carried out"
        )


def as_data(explored: Explored, origin: str) -> dict[str, object]:
    """Everything that a program may want to know."""
    graph, complaints = explored.graph, explored.complaints
    places = {place.number: place for place in graph.places.values()}
    return {
        "calls": explored.calls,
        "webhooks": explored.webhooks,
        "took_s": round(explored.took_s, 3),
        "complete": not explored.untried and not explored.unproved,
        "untried": explored.untried,
        "untried_likely": explored.untried_likely,
        "unfollowed": explored.unfollowed,
        "questions": [
            {
                "number": box.number,
                "text": clean(places[box.number].text),
                "listens": box.listens,
                "way": [clean(move.shown) for move in places[box.number].way],
            }
            for box in boxes(graph)
        ],
        "arrows": [_arrow(arrow) for arrow in arrows(graph, complaints)],
        "findings": [
            {
                "code": one.finding.code,
                "level": one.finding.level.value,
                "message": clean(one.finding.message, origin),
                "way": [clean(step) for step in one.steps],
                "count": one.count,
                "line": one.finding.line,
                "column": one.finding.column,
                "element": one.finding.element,
            }
            for one in complaints.all
        ],
    }


def _arrow(arrow: Arrow) -> dict[str, object]:
    return {
        "from": arrow.start,
        "to": arrow.end or None,
        "moves": [shown(move) for move in arrow.moves],
        "said": arrow.said,
        "ended": arrow.ended,
        "assumed": arrow.assumed,
    }
