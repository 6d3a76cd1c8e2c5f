"""What a run was like over time: a bounded number of stretches, however long the run is."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from voicesim.results.counts import Counts
from voicesim.results.histogram import Histogram

MOST = 120
"""Stretches. When there are more, two become one."""
PERCENTS = (50, 95, 99)

Row = list[float | int | None]
"""Where a stretch ends (s), the most calls in progress, webhooks, and their quantiles (s)."""


@dataclass(slots=True)
class Stretch:
    """Some seconds of a run: ``response`` are the times of webhooks told of in them."""

    end_s: float
    in_progress: int
    """The most there were at once."""
    response: Histogram
    samples: int = 1

    def add(self, later: "Stretch") -> None:
        """Go on through ``later``."""
        self.end_s = later.end_s
        self.in_progress = max(self.in_progress, later.in_progress)
        self.response.add(later.response)
        self.samples += later.samples

    def row(self) -> Row:
        """As plain data; without a webhook its quantiles are None."""
        times = self.response
        quantiles = [times.percentile_s(p) if times.count else None for p in PERCENTS]
        return [round(self.end_s, 1), self.in_progress, times.count, *quantiles]


@dataclass(slots=True)
class History:
    """The stretches of one run, in order; each is ``each`` samples long, the last one maybe less.

    ``response`` are the times of all of them.
    """

    stretches: list[Stretch] = field(default_factory=list)
    response: Histogram = field(default_factory=Histogram)
    each: int = 1
    _rows: list[Row] = field(default_factory=list)
    """Of the stretches before the last one."""

    def take(self, at_s: float, in_progress: int, response: Histogram) -> None:
        """Take a sample, ``at_s`` after the run began; ``response`` is told since the last one."""
        self.response.add(response)
        sample = Stretch(at_s, in_progress, response)
        if self.stretches and self.stretches[-1].samples < self.each:
            self.stretches[-1].add(sample)
            return
        if self.stretches:
            self._rows.append(self.stretches[-1].row())
        self.stretches.append(sample)
        if len(self.stretches) > MOST:
            self._halve()

    def rows(self) -> list[Row]:
        """All stretches as plain data."""
        return [*self._rows, *(last.row() for last in self.stretches[-1:])]

    def _halve(self) -> None:
        self.each *= 2
        pairs = zip(self.stretches[::2], self.stretches[1::2], strict=False)
        for first, second in pairs:
            first.add(second)
        self.stretches = self.stretches[::2]
        self._rows = [stretch.row() for stretch in self.stretches[:-1]]


def in_progress(parts: Iterable[Counts]) -> int:
    """Calls that rang and are neither over nor lost; the warm-up's, too."""
    there = 0
    for part in parts:
        there += sum(part.started.values()) - sum(part.lost.values())
        there -= sum(calls.responses.count for calls in part.calls.values())
    return max(0, there)
