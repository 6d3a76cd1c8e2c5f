"""Rates over time as steps: (t, rate from t on), sorted by t; before the first step the rate is 0.

Times in seconds on one clock, rates in calls a second.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import inf

Step = tuple[float, float]
Curve = list[Step]


def rate_at(curve: Sequence[Step], t: float) -> float:
    """The rate at ``t``."""
    rate = 0.0
    for start, value in curve:
        if start > t:
            break
        rate = value
    return rate


def integral(curve: Sequence[Step], start: float, end: float) -> float:
    """The expected number of calls between ``start`` and ``end``."""
    total = 0.0
    for (begin, rate), (until, _) in pairwise([*curve, (inf, 0.0)]):
        seconds = min(until, end) - max(begin, start)
        if seconds > 0:
            total += rate * seconds
    return total


def summed(curves: Iterable[Sequence[Step]]) -> Curve:
    """The rate of all workers together; the order of the curves does not matter."""
    alone = [list(curve) for curve in curves if curve]
    times = sorted({t for curve in alone for t, _ in curve})
    places = [0] * len(alone)
    total: Curve = []
    for t in times:
        for at, curve in enumerate(alone):
            while places[at] < len(curve) and curve[places[at]][0] <= t:
                places[at] += 1
        current = (curve[place - 1][1] for curve, place in zip(alone, places, strict=True) if place)
        total.append((t, sum(sorted(current))))
    return total


def ramped_at(curve: Sequence[Step], share: float = 1.0) -> float | None:
    """When the rate first reached ``share`` of its highest; None when nothing ever arrived."""
    highest = max((rate for _, rate in curve), default=0.0)
    if highest <= 0:
        return None
    return next(t for t, rate in curve if rate >= share * highest)
