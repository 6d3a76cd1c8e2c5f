"""Counts a run while it happens, in one process, and adds up what several processes counted.

A worker feeds its tally and hands out ``delta`` every few seconds; the master merges the deltas in
whatever order they come. Adding all deltas gives exactly what one tally fed with everything would
hold. Whether a call began in the warm-up is for the caller of these methods to know.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from voicesim.base.draws import Draws
from voicesim.base.findings import Finding, Level
from voicesim.base.redact import Redactor
from voicesim.call.outcome import INCONCLUSIVE, CallRecord, Outcome
from voicesim.caller.facts import country_code
from voicesim.results import accuracy
from voicesim.results.counts import Bounds, CallerKey, Calls, Counts, Found, Rows, Silences
from voicesim.results.export import as_data
from voicesim.results.histogram import Histogram, microseconds
from voicesim.switch.gaps import Gap


@dataclass(frozen=True, slots=True)
class Counting:
    """How a run is counted; the same in all of its processes.

    ``seed`` is the run's. Of ladders, ``keep`` are kept for each scenario and outcome: of all that
    failed, and of ``share`` of the others. ``origin`` is the agent's, to shorten URLs by.
    """

    seed: int
    bounds: Bounds = field(default_factory=Bounds)
    origin: str = ""
    keep: int = 5
    share: float = 0.01


class Tally:
    """The counts of one process, or of all when it merges their deltas.

    ``hide`` takes secrets out of every text that is fed, before it is cut to its length.
    """

    def __init__(self, counting: Counting, hide: Redactor | None = None) -> None:
        self._counting = counting
        self._hide = hide or Redactor()
        self._total = self._empty()
        self._fresh = self._empty()

    # --- feeding --------------------------------------------------------------------------------

    def offered(
        self, scenario: str, persona: str, at_s: float | None, *, warm_up: bool = False
    ) -> None:
        """A call was to arrive ``at_s`` seconds after the run began.

        None for a caller's second call, which follows the first one and is no arrival.
        """
        seconds, offered = self._fresh.seconds, self._fresh.offered
        if at_s is not None:
            second = (int(at_s),)
            seconds[second] = seconds.get(second, 0) + 1
        key = (warm_up, scenario, persona)
        offered[key] = offered.get(key, 0) + 1

    def started(self, scenario: str, persona: str, lag_s: float, *, warm_up: bool = False) -> None:
        """A call started, ``lag_s`` after it was to."""
        key, started = (warm_up, scenario, persona), self._fresh.started
        started[key] = started.get(key, 0) + 1
        lags = self._fresh.lags.get((warm_up,))
        if lags is None:
            lags = self._fresh.lags[warm_up,] = Histogram()
        lags.record(microseconds(lag_s), self._counting.bounds.lags)

    def dropped(self, count: int = 1, *, warm_up: bool = False) -> None:
        """We could not start ``count`` calls that were offered."""
        key, dropped = (warm_up,), self._fresh.dropped
        dropped[key] = dropped.get(key, 0) + count

    def answered(
        self, scenario: str, persona: str, kind: str, elapsed_s: float, warm_up: bool = False
    ) -> None:
        """A webhook of ``kind`` has its answer or has failed, after ``elapsed_s`` real seconds."""
        key = (warm_up, scenario, persona, kind)
        times = self._fresh.webhooks.get(key)
        if times is None:
            times = self._fresh.webhooks[key] = Histogram()
        times.record(microseconds(elapsed_s), self._counting.bounds.webhooks)

    def sounded(
        self, scenario: str, persona: str, index: int, gap: Gap, *, warm_up: bool = False
    ) -> None:
        """The caller of ``index`` had spoken or pressed and heard the agent again."""
        key = (warm_up, scenario, persona)
        silences = self._fresh.silences.get(key)
        if silences is None:
            silences = self._fresh.silences[key] = Silences()
        silences.record(index, gap)

    def finished(self, record: CallRecord, *, warm_up: bool = False) -> None:
        """A call is over: its outcome, response times, findings and, of a few, the ladder."""
        key = (warm_up, record.scenario, record.persona, record.outcome.value)
        calls = self._fresh.calls.get(key)
        if calls is None:
            calls = self._fresh.calls[key] = Calls()
        calls.record(record, self._counting.bounds)
        origin = (warm_up, country_code(record.caller_number), record.outcome.value)
        self._fresh.codes[origin] = self._fresh.codes.get(origin, 0) + 1
        for finding in record.findings:
            self.found(record.scenario, record.persona, record.index, finding, warm_up=warm_up)
        self.compared(record.scenario, record.persona, accuracy.heard(record), warm_up=warm_up)
        self._sample(record, warm_up)

    def compared(
        self,
        scenario: str,
        persona: str,
        points: Iterable[accuracy.Point],
        *,
        warm_up: bool = False,
    ) -> None:
        """Facts of a call were compared: as they were reported or read back, or at a look-up."""
        table = self._fresh.accuracy
        for point in points:
            key = (warm_up, scenario, persona, *point)
            table[key] = table.get(key, 0) + 1

    def found(
        self, scenario: str, persona: str, index: int, finding: Finding, *, warm_up: bool = False
    ) -> None:
        """Something was found of call ``index`` that its record does not hold (at a look-up)."""
        key = (warm_up, scenario, persona, finding.code, finding.level.value)
        shown = replace(finding, message=self._hide(finding.message))
        self._fresh.findings.setdefault(key, Found()).record(index, shown)

    def lost(self, unfinished: "Unfinished") -> None:
        """The process that had these calls in progress is gone."""
        for key, count in unfinished.calls.items():
            if count > 0:
                self._fresh.lost[key] = self._fresh.lost.get(key, 0) + count

    # --- adding up ------------------------------------------------------------------------------

    def delta(self) -> Rows:
        """What was fed since the last delta, as plain data."""
        fresh, self._fresh = self._fresh, self._empty()
        self._total.add(fresh)
        return fresh.rows()

    def merge(self, delta: Rows) -> Counts:
        """Add another tally's delta, and hand it back; ValueError when it has other bounds."""
        told = Counts.of_rows(delta)
        self._total.add(told)
        return told

    def counts(self) -> Counts:
        """All that was fed and merged so far; a copy."""
        counts = self._empty()
        counts.add(self._total)
        counts.add(self._fresh)
        return counts

    def parts(self) -> tuple[Counts, Counts]:
        """What ``counts`` adds up, itself: to be read at once and not kept, where a copy costs."""
        return self._total, self._fresh

    # --- within ---------------------------------------------------------------------------------

    def _empty(self) -> Counts:
        return Counts(self._counting.bounds, self._counting.keep)

    def _sample(self, record: CallRecord, warm_up: bool) -> None:
        draw = Draws(self._counting.seed, record.index).unit("ladder kept")
        if not failed(record):
            if draw >= self._counting.share:
                return
            draw += 1  # those that failed come first
        key = (record.scenario, record.outcome.value)
        if self._total.wants(key, draw) and self._fresh.wants(key, draw):
            data = {**as_data(self._hide.deep(record), self._counting.origin), "warm_up": warm_up}
            self._fresh.keep_ladders(key, [(draw, record.index, data)])


@dataclass(slots=True)
class Unfinished:
    """The calls that one worker has in progress, as far as its deltas tell."""

    calls: dict[CallerKey, int] = field(default_factory=dict)

    def add(self, delta: Rows) -> None:
        """Take in the worker's next delta."""
        for warm_up, scenario, persona, n in delta["started"]:
            key = (warm_up, scenario, persona)
            self.calls[key] = self.calls.get(key, 0) + n
        for warm_up, scenario, persona, _, calls in delta["calls"]:
            key = (warm_up, scenario, persona)
            self.calls[key] = self.calls.get(key, 0) - calls["responses"]["count"]

    @property
    def total(self) -> int:
        """How many there are; a report that did not arrive may leave less than none of a kind."""
        return sum(count for count in self.calls.values() if count > 0)


def failed(record: CallRecord) -> bool:
    """Whether this call speaks against the agent: by how it ended or by an ERROR finding."""
    if any(finding.level is Level.ERROR for finding in record.findings):
        return True
    return record.outcome is not Outcome.GOAL_REACHED and record.outcome not in INCONCLUSIVE
