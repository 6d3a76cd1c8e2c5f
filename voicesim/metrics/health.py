"""Is the generator itself to be trusted? How late its loop runs and how busy its core is.

A blocked loop measures its own lateness as the agent's: with spins of 0.2 s the CPU reads 50 % and
the agent's p95 doubles. So a greenlet on an absolute schedule records by how much it comes late.
Neither threshold holds for an instant: it is judged over stretches of the run.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from voicesim.results.histogram import Edges, Histogram, microseconds

TICK_S = 0.1
LAG_LIMIT_S = 0.1
"""With more than this at its 99th percentile a loop was blocked."""
LATE_TICKS = 6
"""Fewer ticks over the limit are a stall or two: in a short run they would be its percentile."""
CPU_LIMIT = 0.9
"""Of one core."""
STRETCH_S = 30.0
SHORTEST_S = 10.0
"""Less of a run than this is not judged: its start alone would decide."""
SAMPLE_S = 1.0
"""The CPU is shown of so much of a run or more, into however many reports it was cut."""
LAG_EDGES = Edges.at(map(microseconds, (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)))

Row = dict[str, Any]


class Probe:
    """Records in one process how late its loop runs; ``now`` and ``cpu`` are its clocks (s)."""

    def __init__(self, now: Callable[[], float], cpu: Callable[[], float]) -> None:
        self._now = now
        self._cpu = cpu
        self._due = now() + TICK_S
        self._told_s = now()
        self._told_cpu_s = cpu()
        self._lag = Histogram()

    def begin(self) -> float:
        """Ticks are due from now on; the seconds to the first one."""
        self._due = self._now() + TICK_S
        return TICK_S

    def tick(self) -> float:
        """Record every tick that is due; the seconds to the next one."""
        now = self._now()
        while self._due <= now:
            self._lag.record(microseconds(now - self._due), LAG_EDGES)
            self._due += TICK_S
        return self._due - now

    def report(self) -> Row:
        """What was seen since the last report, as plain data."""
        now, cpu, lag, self._lag = self._now(), self._cpu(), self._lag, Histogram()
        row = {"lag": lag.as_row(), "cpu_s": cpu - self._told_cpu_s, "wall_s": now - self._told_s}
        self._told_s, self._told_cpu_s = now, cpu
        return row


@dataclass(slots=True)
class Stretch:
    """Some seconds of a process."""

    lag: Histogram = field(default_factory=Histogram)
    cpu_s: float = 0.0
    wall_s: float = 0.0

    def add(self, row: Row) -> None:
        """Take in a report."""
        self.lag.add(Histogram.of_row(row["lag"]))
        self.cpu_s += row["cpu_s"]
        self.wall_s += row["wall_s"]

    @property
    def cpu_ratio(self) -> float:
        """The share of one core that was used."""
        return self.cpu_s / self.wall_s if self.wall_s > 0 else 0.0

    def faults(self) -> dict[str, str]:
        """Why these seconds are not to be trusted, by the code of a note."""
        found = {}
        late_s = self.lag.percentile_s(99)
        late = self.lag.count - self.lag.at_most(microseconds(LAG_LIMIT_S), LAG_EDGES)
        if late_s > LAG_LIMIT_S and late >= LATE_TICKS:
            found["loop-blocked"] = (
                f"its loop was blocked: of {self.wall_s:.0f} s, one tick in a hundred came"
                f" {late_s:.3f} s late or more ({LAG_LIMIT_S:g} s is the limit, at most"
                f" {self.lag.max_s:.3f} s)"
            )
        if self.cpu_ratio > CPU_LIMIT:
            found["cpu-saturated"] = (
                f"it used {self.cpu_ratio:.0%} of a core for {self.wall_s:.0f} s"
                f" ({CPU_LIMIT:.0%} is the limit): spread the load over more workers"
            )
        return found


@dataclass(slots=True)
class Health:
    """What is known of one process; what was wrong once stays in ``faults``."""

    lag: Histogram = field(default_factory=Histogram)
    """Of the whole run."""
    judged: Stretch = field(default_factory=Stretch)
    """All after the warm-up, whose calls are not judged either."""
    current: Stretch = field(default_factory=Stretch)
    sampled: Stretch = field(default_factory=Stretch)
    cpu_ratio: float = 0.0
    """Of the last SAMPLE_S or more that were told."""
    faults: dict[str, str] = field(default_factory=dict)

    def add(self, row: Row, *, warm_up: bool = False) -> None:
        """Take in a report; judge the stretch when it is long enough."""
        self.lag.add(Histogram.of_row(row["lag"]))
        self.sampled.add(row)
        if self.sampled.wall_s >= SAMPLE_S:
            self.cpu_ratio, self.sampled = self.sampled.cpu_ratio, Stretch()
        if warm_up:
            return
        self.judged.add(row)
        self.current.add(row)
        if self.current.wall_s >= STRETCH_S:
            self.faults = self.current.faults() | self.faults
            self.current = Stretch()

    def judge_whole(self) -> None:
        """The run is over: judge all of it."""
        if self.judged.wall_s >= SHORTEST_S:
            self.faults = self.judged.faults() | self.faults
