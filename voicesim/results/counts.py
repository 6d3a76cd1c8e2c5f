"""Everything that is counted of a run, as tables that add up exactly in any order.

Keys begin with ``warm_up``: whether the call began in the warm-up. A table is sums and maxima, an
example with the lowest call number, or the few lowest of a draw; so whatever is counted in parts
and added, in whatever order, is what would have been counted at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from voicesim.base.findings import Finding
from voicesim.call.outcome import CallRecord
from voicesim.results.histogram import Edges, Histogram, Row, add_counts, microseconds
from voicesim.switch.gaps import Gap

SCHEMA = 3
GROUPS = 31
"""Random groups of calls; a prime, so that no stride in the numbers of calls empties some."""
MAX_EXAMPLE = 500
"""Characters kept of the message of a finding."""
_NO_EDGES = Edges()
_COUNTERS = ("offered", "started", "lost", "dropped", "seconds", "codes", "accuracy")

Rows = dict[str, Any]
"""Counts as plain data: text, numbers, lists and dicts by text only."""
CallerKey = tuple[bool, str, str]
"""warm_up, scenario, persona."""
Ladder = tuple[float, int, Rows]
"""Its draw, the call's number, and the call as data."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """At which times the counting is exact.

    For webhooks, calls (all their answers), scheduling lags and the lengths of calls.
    """

    webhooks: Edges = field(default_factory=Edges)
    calls: Edges = field(default_factory=Edges)
    lags: Edges = field(default_factory=Edges)
    lengths: Edges = field(default_factory=Edges)

    def as_row(self) -> dict[str, list[int]]:
        """As plain data."""
        return {
            "webhooks": list(self.webhooks.us),
            "calls": list(self.calls.us),
            "lags": list(self.lags.us),
            "lengths": list(self.lengths.us),
        }

    @staticmethod
    def of_row(row: dict[str, list[int]]) -> "Bounds":
        """The bounds that ``as_row`` told of."""
        return Bounds(*(Edges.at(row[name]) for name in ("webhooks", "calls", "lags", "lengths")))


@dataclass(slots=True)
class Calls:
    """Finished calls: response times (all answers of a call summed), lengths and webhooks."""

    responses: Histogram = field(default_factory=Histogram)
    lengths: Histogram = field(default_factory=Histogram)
    """On the calls' own clock."""
    turns: int = 0
    repeats: int = 0
    """Times that callers were asked for the same again, or asked back."""
    turns_squared: int = 0
    """Those of each call squared, then summed: what is between calls."""
    repeats_squared: int = 0

    def record(self, call: CallRecord, bounds: Bounds) -> None:
        """Count one call."""
        self.responses.record(microseconds(call.response_total_s), bounds.calls)
        self.lengths.record(microseconds(call.length_s), bounds.lengths)
        self.turns += call.turns
        self.repeats += call.repeats
        self.turns_squared += call.turns**2
        self.repeats_squared += call.repeats**2

    def add(self, other: "Calls") -> None:
        """Count all that ``other`` counted."""
        self.responses.add(other.responses)
        self.lengths.add(other.lengths)
        self.turns += other.turns
        self.repeats += other.repeats
        self.turns_squared += other.turns_squared
        self.repeats_squared += other.repeats_squared


@dataclass(slots=True)
class Silences:
    """Perceived gaps, and the end-of-speech waits in them, in simulated and real seconds alike."""

    gaps: Histogram = field(default_factory=Histogram)
    waits: Histogram = field(default_factory=Histogram)
    groups: dict[int, tuple[int, int]] = field(default_factory=dict)
    """How many gaps, and their sum in us, by random group of calls: all of a call are in one."""

    def record(self, index: int, gap: Gap) -> None:
        """Count one gap of call ``index``."""
        us = microseconds(gap.total_s)
        self.gaps.record(us, _NO_EDGES)
        self.waits.record(microseconds(gap.wait_s), _NO_EDGES)
        self._add_to_group(index % GROUPS, 1, us)

    def add(self, other: "Silences") -> None:
        """Count all that ``other`` counted."""
        self.gaps.add(other.gaps)
        self.waits.add(other.waits)
        for group, (gaps, us) in other.groups.items():
            self._add_to_group(group, gaps, us)

    def _add_to_group(self, group: int, gaps: int, us: int) -> None:
        before = self.groups.get(group, (0, 0))
        self.groups[group] = (before[0] + gaps, before[1] + us)


@dataclass(slots=True)
class Found:
    """Findings of one code and level: how many, and the one of the lowest call number."""

    count: int = 0
    example: tuple[int, str] | None = None
    """The call's number, and the message with the turn that it is about."""

    def record(self, index: int, finding: Finding) -> None:
        """Count one finding of call ``index``."""
        turn = f"turn {finding.turn}: " if finding.turn else ""
        self.add(Found(1, (index, f"{turn}{finding.message}"[:MAX_EXAMPLE])))

    def add(self, other: "Found") -> None:
        """Count all that ``other`` counted."""
        self.count += other.count
        examples = [one for one in (self.example, other.example) if one is not None]
        self.example = min(examples, default=None)


@dataclass(slots=True)
class Counts:
    """The tables. ``seconds`` are arrivals by whole second of the run."""

    bounds: Bounds
    keep: int
    """How many ladders are kept of a scenario and outcome."""
    offered: dict[CallerKey, int] = field(default_factory=dict)
    started: dict[CallerKey, int] = field(default_factory=dict)
    lost: dict[CallerKey, int] = field(default_factory=dict)
    dropped: dict[tuple[bool], int] = field(default_factory=dict)
    seconds: dict[tuple[int], int] = field(default_factory=dict)
    codes: dict[tuple[bool, str, str], int] = field(default_factory=dict)
    """By warm_up, country code of the caller's number, outcome."""
    accuracy: dict[tuple[bool, str, str, str, str, bool], int] = field(default_factory=dict)
    """By warm_up, scenario, persona, field, which values were compared, whether they were alike."""
    webhooks: dict[tuple[bool, str, str, str], Histogram] = field(default_factory=dict)
    """By warm_up, scenario, persona, kind of webhook: real response times."""
    calls: dict[tuple[bool, str, str, str], Calls] = field(default_factory=dict)
    """By warm_up, scenario, persona, outcome."""
    silences: dict[CallerKey, Silences] = field(default_factory=dict)
    """Perceived gaps."""
    lags: dict[tuple[bool], Histogram] = field(default_factory=dict)
    """Scheduling lag."""
    findings: dict[tuple[bool, str, str, str, str], Found] = field(default_factory=dict)
    """By warm_up, scenario, persona, code, level."""
    ladders: dict[tuple[str, str], list[Ladder]] = field(default_factory=dict)
    """By scenario, outcome: those with the lowest draws, in order."""

    def add(self, other: "Counts") -> None:
        """Add all that ``other`` counted; ValueError when it counted at other bounds."""
        if other.bounds != self.bounds:
            raise ValueError("counted at other bounds: all parts of a run need the same gates")
        for name in _COUNTERS:
            add_counts(getattr(self, name), getattr(other, name))
        for key, histogram in other.webhooks.items():
            self.webhooks.setdefault(key, Histogram()).add(histogram)
        for key, calls in other.calls.items():
            self.calls.setdefault(key, Calls()).add(calls)
        for caller_key, silences in other.silences.items():
            self.silences.setdefault(caller_key, Silences()).add(silences)
        for lag_key, lags in other.lags.items():
            self.lags.setdefault(lag_key, Histogram()).add(lags)
        for finding_key, found in other.findings.items():
            self.findings.setdefault(finding_key, Found()).add(found)
        for ladder_key, ladders in other.ladders.items():
            self.keep_ladders(ladder_key, ladders)

    def keep_ladders(self, key: tuple[str, str], ladders: Iterable[Ladder]) -> None:
        """Keep the lowest draws of those kept and ``ladders``."""
        all_of_them = [*self.ladders.get(key, ()), *ladders]
        self.ladders[key] = sorted(all_of_them, key=lambda ladder: ladder[:2])[: self.keep]

    def wants(self, key: tuple[str, str], draw: float) -> bool:
        """Whether a ladder with this draw would be kept."""
        kept = self.ladders.get(key, [])
        return len(kept) < self.keep or (bool(kept) and draw <= kept[-1][0])

    def rows(self) -> Rows:
        """All tables as plain data, rows in order of their keys."""
        return {
            "schema": SCHEMA,
            "bounds_us": self.bounds.as_row(),
            "ladders_kept": self.keep,
            **{
                name: [[*key, n] for key, n in sorted(getattr(self, name).items())]
                for name in _COUNTERS
            },
            "webhooks": [[*key, times.as_row()] for key, times in _sorted(self.webhooks)],
            "calls": [[*key, _call_row(calls)] for key, calls in _sorted(self.calls)],
            "silences": [[*key, _silences_row(one)] for key, one in _sorted(self.silences)],
            "lags": [[*key, times.as_row()] for key, times in _sorted(self.lags)],
            "findings": [
                [*key, {"count": found.count, "example": _example(found)}]
                for key, found in _sorted(self.findings)
            ],
            "ladders": [
                [*key, [list(ladder) for ladder in kept]] for key, kept in _sorted(self.ladders)
            ],
        }

    @staticmethod
    def of_rows(rows: Rows) -> "Counts":
        """The counts that ``rows`` told of."""
        counts = Counts(Bounds.of_row(rows["bounds_us"]), rows["ladders_kept"])
        for name in _COUNTERS:
            getattr(counts, name).update({tuple(key): n for *key, n in rows[name]})
        counts.webhooks = {_key(row): Histogram.of_row(row[-1]) for row in rows["webhooks"]}
        counts.calls = {_key(row): _calls_of(row[-1]) for row in rows["calls"]}
        counts.silences = {_key(row): _silences_of(row[-1]) for row in rows["silences"]}
        counts.lags = {_key(row): Histogram.of_row(row[-1]) for row in rows["lags"]}
        counts.findings = {_key(row): _found_of(row[-1]) for row in rows["findings"]}
        for *key, ladders in rows["ladders"]:
            counts.keep_ladders((key[0], key[1]), [(one[0], one[1], one[2]) for one in ladders])
        return counts


def _sorted(table: dict[Any, Any]) -> list[tuple[Any, Any]]:
    """Rows by key alone: what they hold has no order."""
    return sorted(table.items(), key=lambda item: item[0])


def _key(row: list[Any]) -> Any:
    return tuple(row[:-1])


def _call_row(calls: Calls) -> Row:
    return {
        "responses": calls.responses.as_row(),
        "lengths": calls.lengths.as_row(),
        "turns": calls.turns,
        "repeats": calls.repeats,
        "turns_squared": calls.turns_squared,
        "repeats_squared": calls.repeats_squared,
    }


def _calls_of(row: Row) -> Calls:
    responses, lengths = (Histogram.of_row(row[name]) for name in ("responses", "lengths"))
    sums = (row[name] for name in ("turns", "repeats", "turns_squared", "repeats_squared"))
    return Calls(responses, lengths, *sums)


def _silences_row(one: Silences) -> Row:
    groups = [[group, *sums] for group, sums in sorted(one.groups.items())]
    return {"gaps": one.gaps.as_row(), "waits": one.waits.as_row(), "groups": groups}


def _silences_of(row: Row) -> Silences:
    groups = {group: (gaps, us) for group, gaps, us in row["groups"]}
    return Silences(Histogram.of_row(row["gaps"]), Histogram.of_row(row["waits"]), groups)


def _example(found: Found) -> list[int | str] | None:
    return None if found.example is None else list(found.example)


def _found_of(row: Row) -> Found:
    example = row["example"]
    return Found(row["count"], None if example is None else (example[0], example[1]))
