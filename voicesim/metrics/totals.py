"""The exact totals of a run as Prometheus has them: summed over what is no label.

As in result.json, what is counted of the agent leaves out the calls that began in the warm-up; what
is counted of the generator (scheduled, started, dropped, lost, lateness) is of all calls.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from voicesim.results.counts import Counts
from voicesim.results.histogram import Edges, Histogram, add_counts
from voicesim.results.summary import STEERING

MAX_CODES = 60
"""Codes of findings that have a series of their own; the others share one."""
OTHER = "other"

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Times:
    """A histogram at its edges alone: how many times were at most each of ``us``, exactly."""

    count: int = 0
    total_us: int = 0
    max_us: int = 0
    us: tuple[int, ...] = ()
    at_most: tuple[int, ...] = ()

    @staticmethod
    def of(times: Histogram, edges: Edges) -> "Times":
        """What ``times``, counted at ``edges``, come to."""
        above = times.count - sum(times.places.values())
        at_most = []
        for number in range(len(edges.us)):
            above += times.places.get(2 * number, 0) if number else 0
            above += times.places.get(2 * number + 1, 0)
            at_most.append(above)
        return Times(times.count, times.total_us, times.max_us, edges.us, tuple(at_most))


@dataclass(frozen=True, slots=True)
class Totals:
    """The tables, each by its labels in order."""

    edges: Edges
    """Of ``response`` and ``turns``, also while there are none."""
    response: Mapping[Key, Times]
    """By persona, scenario: the webhooks that steer calls."""
    turns: Mapping[Key, Times]
    """By scenario, kind of webhook."""
    durations: Mapping[Key, Times]
    """By scenario, on the calls' own clock."""
    calls: Mapping[Key, int]
    """By persona, scenario, outcome."""
    errors: Mapping[Key, int]
    """By scenario, code: findings of the level ERROR."""
    findings: Mapping[Key, int]
    """By code, severity."""
    lateness: Times
    scheduled: int
    started: int
    dropped: int
    lost: int
    finished: int
    """The warm-up included, as are the five before it."""

    def ended(self, *outcomes: str) -> int:
        """Calls after the warm-up that ended with one of ``outcomes``."""
        return sum(n for (*_, outcome), n in self.calls.items() if outcome in outcomes)


def totals(parts: Iterable[Counts]) -> Totals:
    """What all ``parts`` (counted at the same bounds) come to."""
    parts = tuple(parts)
    bounds = parts[0].bounds
    lateness = Histogram()
    for part in parts:
        for times in part.lags.values():
            _grow(lateness, times)
    return Totals(
        edges=bounds.webhooks,
        response=_times(
            parts,
            bounds.webhooks,
            lambda part: (
                ((persona, scenario), times)
                for (warm_up, scenario, persona, kind), times in part.webhooks.items()
                if not warm_up and kind in STEERING
            ),
        ),
        turns=_times(
            parts,
            bounds.webhooks,
            lambda part: (
                ((scenario, kind), times)
                for (warm_up, scenario, _, kind), times in part.webhooks.items()
                if not warm_up
            ),
        ),
        durations=_times(
            parts,
            bounds.lengths,
            lambda part: (
                ((scenario,), calls.lengths)
                for (warm_up, scenario, _, _), calls in part.calls.items()
                if not warm_up
            ),
        ),
        calls=_sums(
            ((persona, scenario, outcome), calls.responses.count)
            for part in parts
            for (warm_up, scenario, persona, outcome), calls in part.calls.items()
            if not warm_up
        ),
        errors=_few(_found(parts, lambda scenario, code, _: (scenario, code), only="ERROR"), 1),
        findings=_few(_found(parts, lambda _, code, level: (code, level)), 0),
        lateness=Times.of(lateness, bounds.lags),
        scheduled=_all(part.offered for part in parts),
        started=_all(part.started for part in parts),
        dropped=_all(part.dropped for part in parts),
        lost=_all(part.lost for part in parts),
        finished=sum(calls.responses.count for part in parts for calls in part.calls.values()),
    )


def _times(
    parts: Iterable[Counts],
    edges: Edges,
    rows: Callable[[Counts], Iterable[tuple[Key, Histogram]]],
) -> dict[Key, Times]:
    found: dict[Key, Histogram] = {}
    for part in parts:
        for key, times in rows(part):
            _grow(found.setdefault(key, Histogram()), times)
    return {key: Times.of(found[key], edges) for key in sorted(found)}


def _grow(total: Histogram, times: Histogram) -> None:
    """Add ``times`` without their buckets, of which there are many: edges are all we need."""
    total.count += times.count
    total.total_us += times.total_us
    total.max_us = max(total.max_us, times.max_us)
    add_counts(total.places, times.places)


def _sums(rows: Iterable[tuple[Key, int]]) -> dict[Key, int]:
    found: dict[Key, int] = {}
    for key, n in rows:
        found[key] = found.get(key, 0) + n
    return dict(sorted(found.items()))


def _found(
    parts: Iterable[Counts], key: Callable[[str, str, str], Key], only: str = ""
) -> dict[Key, int]:
    """Findings by ``key``, in the order in which they were found first."""
    rows: dict[Key, int] = {}
    for part in parts:
        for (warm_up, scenario, _, code, level), found in part.findings.items():
            if not warm_up and only in ("", level):
                add_counts(rows, {key(scenario, code, level): found.count})
    return rows


def _few(rows: dict[Key, int], place: int) -> dict[Key, int]:
    """``rows`` with a bounded number of codes, which stand at ``place`` of the key.

    The first that were found: a code has a series of its own for good, or never.
    """
    kept = set(list(dict.fromkeys(key[place] for key in rows))[:MAX_CODES])
    return _sums(
        (key if key[place] in kept else (*key[:place], OTHER, *key[place + 1 :]), n)
        for key, n in rows.items()
    )


def _all(tables: Iterable[Mapping[Any, int]]) -> int:
    return sum(n for table in tables for n in table.values())
