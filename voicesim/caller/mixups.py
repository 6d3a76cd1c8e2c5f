"""Cross-talk between processes: what one heard, held against whom the others let ring.

Every process tells whom it let ring and what it suspects, each with the time on the run's clock;
here it is gone through once more in the order in which it happened.
"""

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from typing import Any, NamedTuple

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
    """Something suspect was heard at ``at_s``, in a call of the warm-up or not."""

    at_s: float
    warm_up: bool
    suspect: Suspect

    @classmethod
    def of(cls, at_s: float, warm_up: bool, plain: list[Any]) -> "Heard":
        """From plain data, as a suspect becomes on its way between processes."""
        (names, numbers, text), own, how = plain
        said = Said(tuple(tuple(name) for name in names), tuple(numbers), text)
        return cls(at_s, warm_up, Suspect(said, Own(*own), how))


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

    def findings(self, up_to_s: float) -> Iterator[tuple[Heard, Finding]]:
        """What was heard of whom until ``up_to_s``, when every process has told that far."""
        while self._events and self._events[0][0] <= up_to_s:
            _, _, event = heappop(self._events)
            if isinstance(event, Rang):
                self._crosstalk.rang(event.call, event.locale, event.country)
                continue
            said, own, how = event.suspect
            for finding in self._crosstalk.judged(said, own, how):
                yield event, finding
            self._crosstalk.suspects.clear()
