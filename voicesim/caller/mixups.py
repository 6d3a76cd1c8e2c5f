"""Cross-talk between processes: what one heard, held against whom the others let ring.

Every process tells whom it let ring and what it suspects, each with the time on the run's clock;
here it is gone through once more in the order in which it happened.
"""

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from typing import NamedTuple

from voicesim.base.findings import Finding
from voicesim.caller.crosstalk import CrossTalk, Own, Said, Suspect

CLOCKS_APART_S = 1.0
"""So much later is taken what was heard: the clocks of two processes agree no better."""


class Rang(NamedTuple):
    """Call ``call`` was placed at ``at_s``, its name of ``locale``, its number of ``country``."""

    at_s: float
    call: int
    locale: str
    country: str


class Heard(NamedTuple):
    """Something suspect was heard at ``at_s``."""

    at_s: float
    suspect: Suspect

    @classmethod
    def of(cls, at_s: float, plain: list[list[object]]) -> "Heard":
        """From plain data, as a suspect becomes on its way between processes."""
        said, own, how = plain
        names, numbers, text = said
        names = tuple(tuple(name) for name in names)  # type: ignore[attr-defined]
        suspect = Suspect(Said(names, tuple(numbers), text), Own(*own), how)  # type: ignore[arg-type]
        return cls(at_s, suspect)


class MixUps:
    """Goes through what happened in all processes, in its order."""

    def __init__(self) -> None:
        self._crosstalk = CrossTalk()
        self._events: list[tuple[float, int, Rang | Heard]] = []
        self._number = 0

    def add(self, events: Iterable[Rang | Heard]) -> None:
        """Take in what a process tells."""
        for event in events:
            late_s = CLOCKS_APART_S if isinstance(event, Heard) else 0.0
            self._number += 1
            heappush(self._events, (event.at_s + late_s, self._number, event))

    def findings(self, up_to_s: float) -> Iterator[tuple[Own, Finding]]:
        """Who heard what of whom until ``up_to_s``, when every process has told that far."""
        while self._events and self._events[0][0] <= up_to_s:
            _, _, event = heappop(self._events)
            if isinstance(event, Rang):
                self._crosstalk.rang(event.call, event.locale, event.country)
                continue
            said, own, how = event.suspect
            for finding in self._crosstalk.judged(said, own, how):
                yield own, finding
            self._crosstalk.suspects.clear()
