"""Counts without the buckets of their times: what gates ask about, at a small part of the cost.

Count, sum, maximum and what was counted at bounds are all there; percentiles are not.
"""

from collections.abc import Iterable
from dataclasses import replace

from voicesim.results.counts import Counts, Silences
from voicesim.results.histogram import Histogram


def outline(parts: Iterable[Counts]) -> Counts:
    """What all ``parts`` (counted at the same bounds) come to, but for buckets; a copy."""
    parts = tuple(parts)
    total = Counts(parts[0].bounds, parts[0].keep)
    for part in parts:
        total.add(
            replace(
                part,
                webhooks={key: _bare(times) for key, times in part.webhooks.items()},
                calls={
                    key: replace(
                        calls, responses=_bare(calls.responses), lengths=_bare(calls.lengths)
                    )
                    for key, calls in part.calls.items()
                },
                silences={
                    key: Silences(_bare(one.gaps), _bare(one.waits), one.groups)
                    for key, one in part.silences.items()
                },
                lags={key: _bare(times) for key, times in part.lags.items()},
            )
        )
    return total


def _bare(times: Histogram) -> Histogram:
    return Histogram(times.count, times.total_us, times.max_us, {}, times.places)
