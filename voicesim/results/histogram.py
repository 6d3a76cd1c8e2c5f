"""Times counted in buckets as HdrHistogram has them, kept sparse, so that they merge exactly.

Times are whole microseconds, rounded from seconds once, when they come in. Up to 2047 us each has a
bucket of its own; above, buckets grow so that none is wider than a thousandth of its value (three
significant digits). Count, sum and maximum are exact, and so is what was counted at ``Edges``:
gates ask on which side of a bound a time lay, and no bucket can tell.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

US_PER_S = 1_000_000
MAX_US = 60 * US_PER_S
"""Longer times share the last bucket; sum and maximum stay exact."""
_DIGITS = 11
"""Buckets are told apart by a value's first 11 binary digits."""

Row = dict[str, Any]
"""A histogram as plain data: count, total_us, max_us, buckets, edges."""


def microseconds(seconds: float) -> int:
    """``seconds`` in whole microseconds; what is below 0 counts as 0."""
    return max(0, round(seconds * US_PER_S))


def bucket_of(us: int) -> int:
    """The number of the bucket that ``us`` belongs to."""
    shift = us.bit_length() - _DIGITS
    if shift <= 0:
        return us
    if us > MAX_US:
        return bucket_of(MAX_US)
    return (shift << _DIGITS - 1) + (us >> shift)


def bucket_range(bucket: int) -> tuple[int, int]:
    """The lowest and the highest time (us) in ``bucket``."""
    shift = max(0, (bucket >> _DIGITS - 1) - 1)
    low = (bucket - (shift << _DIGITS - 1)) << shift
    return low, low + (1 << shift) - 1


@dataclass(frozen=True, slots=True)
class Edges:
    """Bounds (us, ascending) at which times are counted exactly.

    ``place`` numbers the stretches they part: below the first bound 0, at it 1, between it and the
    second 2, and so on.
    """

    us: tuple[int, ...] = ()

    @staticmethod
    def at(us: Iterable[int]) -> "Edges":
        """The edges at ``us``, sorted, each once."""
        return Edges(tuple(sorted(set(us))))

    def place(self, us: int) -> int:
        """The number of the stretch that ``us`` lies in."""
        return bisect_left(self.us, us) + bisect_right(self.us, us)


@dataclass(slots=True)
class Histogram:
    """Counts of times. ``places`` counts them by stretch of the edges, without the first stretch.

    Most times lie below every bound; leaving those out makes recording them cheap.
    """

    count: int = 0
    total_us: int = 0
    max_us: int = 0
    buckets: dict[int, int] = field(default_factory=dict)
    places: dict[int, int] = field(default_factory=dict)

    def record(self, us: int, edges: Edges) -> None:
        """Count one time."""
        self.count += 1
        self.total_us += us
        if us > self.max_us:
            self.max_us = us
        bucket = bucket_of(us)
        self.buckets[bucket] = self.buckets.get(bucket, 0) + 1
        if edges.us and us >= edges.us[0]:
            place = edges.place(us)
            self.places[place] = self.places.get(place, 0) + 1

    def add(self, other: "Histogram") -> None:
        """Count all that ``other`` (with the same edges) counted."""
        self.count += other.count
        self.total_us += other.total_us
        self.max_us = max(self.max_us, other.max_us)
        add_counts(self.buckets, other.buckets)
        add_counts(self.places, other.places)

    def percentile_us(self, percent: int) -> int:
        """The time that ``percent`` of 100 do not exceed, to three digits; 0 when there is none.

        As HdrHistogram, the highest time of its bucket, but never above the maximum.
        """
        wanted = max(1, -(-self.count * percent // 100))
        seen = 0
        for bucket in sorted(self.buckets):
            seen += self.buckets[bucket]
            if seen >= wanted:
                return min(bucket_range(bucket)[1], self.max_us)
        return 0

    @property
    def mean_s(self) -> float:
        """The mean in seconds, for display; gates compare ``total_us`` and ``count``."""
        return self.total_us / US_PER_S / self.count if self.count else 0.0

    def percentile_s(self, percent: int) -> float:
        """The percentile in seconds."""
        return self.percentile_us(percent) / US_PER_S

    @property
    def max_s(self) -> float:
        """The maximum in seconds."""
        return self.max_us / US_PER_S

    def below(self, us: int, edges: Edges) -> int:
        """How many times were below ``us``, exactly; ValueError when that is no edge."""
        return self._up_to(2 * _edge(us, edges))

    def at_most(self, us: int, edges: Edges) -> int:
        """How many times were at most ``us``, exactly; ValueError when that is no edge."""
        return self._up_to(2 * _edge(us, edges) + 1)

    def _up_to(self, place: int) -> int:
        return self.count - sum(n for at, n in self.places.items() if at > place)

    def as_row(self) -> Row:
        """The histogram as plain data; buckets and edges as flat lists of number, count."""
        return {
            "count": self.count,
            "total_us": self.total_us,
            "max_us": self.max_us,
            "buckets": _flat(self.buckets),
            "edges": _flat(self.places),
        }

    @staticmethod
    def of_row(row: Row) -> "Histogram":
        """The histogram that ``as_row`` told of."""
        return Histogram(
            row["count"],
            row["total_us"],
            row["max_us"],
            _paired(row["buckets"]),
            _paired(row["edges"]),
        )


def add_counts(counts: dict[Any, int], more: Mapping[Any, int]) -> None:
    """Add ``more`` to ``counts``, key by key."""
    for key, n in more.items():
        counts[key] = counts.get(key, 0) + n


def merged(histograms: Iterable[Histogram]) -> Histogram:
    """One histogram of all."""
    total = Histogram()
    for histogram in histograms:
        total.add(histogram)
    return total


def _edge(us: int, edges: Edges) -> int:
    if us not in edges.us:
        raise ValueError(f"{us} us was no edge when this was counted")
    return edges.us.index(us)


def _flat(counts: Mapping[int, int]) -> list[int]:
    return [number for pair in sorted(counts.items()) for number in pair]


def _paired(flat: list[int]) -> dict[int, int]:
    return dict(zip(flat[::2], flat[1::2], strict=True))
