"""What calls tell of a mean, or of two: how sure it is, and by how much two are apart.

Sources: Student 1908 (the interval of a mean); Welch, Biometrika 34 (1947), 28-35, and
Satterthwaite, Biometrics Bulletin 2 (1946), 110-114 (two means, and sums of variances, that scatter
unlike); Hansen, Hurwitz, Madow 1953, and Wolter, Introduction to Variance Estimation, 2nd ed. 2007,
ch. 2 (random groups, for what comes several times a call); Kish 1965 (what a weighted mean is
worth); Abramowitz, Stegun 1964, 26.7.3 and 26.7.4 (Student's distribution).

Few calls that are all alike do not tell that all calls are. Of what is counted, whole and small, it
is therefore reckoned with calls that were not seen and take one more or one less: as many of them
as Wilson's interval leaves possible where none of so many calls was seen.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import atan, cos, pi, sin, sqrt
from typing import NamedTuple

from voicesim.results.intervals import Z95

MOST_FREEDOM = 1000
"""Degrees of freedom above which the quantile hardly changes (1.9623; the normal one is 1.9600)."""


class Mean(NamedTuple):
    """A mean over ``of`` things: calls, or the gaps in them.

    ``variance`` is the mean's own, with ``freedom`` degrees of freedom: 0 of a single call or
    group, of which no interval can be told. ``unseen`` is added for calls that were not seen.
    """

    value: float
    variance: float
    freedom: float
    of: int
    unseen: float = 0.0

    def interval(self, level: float = 0.95) -> tuple[float, float] | None:
        """Both ends; ``level`` is how often it holds the true mean. None where nothing scatters."""
        if not self.freedom:
            return None
        half = quantile(self.freedom, level) * sqrt(self.variance + self.unseen)
        return self.value - half, self.value + half


def of_calls(count: int, total: int, squares: int) -> Mean | None:
    """The mean of whole numbers, one of each call, from their sum and that of their squares."""
    if not count:
        return None
    scatter = (count * squares - total * total) / count**2
    unseen = (Z95 / count) ** 2
    return Mean(total / count, scatter / max(count - 1, 1), count - 1, count, unseen)


def of_groups(groups: Iterable[tuple[int, float]]) -> Mean | None:
    """The mean of what comes several times a call, from (count, sum) of random groups of calls."""
    groups = list(groups)
    if not groups:
        return None
    count, total = sum(n for n, _ in groups), sum(part for _, part in groups)
    value, many = total / count, len(groups)
    scatter = sum((part - value * n) ** 2 for n, part in groups) / count**2
    return Mean(value, scatter * many / max(many - 1, 1), many - 1, count)


def weighted(strata: Sequence[tuple[int, Mean]]) -> Mean:
    """The mean of strata (weight, mean), each weighted."""
    every = sum(weight for weight, _ in strata)
    parts = [(weight / every, mean) for weight, mean in strata]
    worth = 1 / sum(part * part / mean.of for part, mean in parts)
    unseen = (Z95 / worth) ** 2 if any(mean.unseen for _, mean in parts) else 0.0
    return Mean(
        sum(part * mean.value for part, mean in parts),
        sum(part * part * mean.variance for part, mean in parts),
        _freedom([(part * part * mean.variance, mean.freedom) for part, mean in parts]),
        sum(mean.of for _, mean in parts),
        unseen,
    )


def apart(one: Mean, other: Mean) -> Mean:
    """The first less the second."""
    return Mean(
        one.value - other.value,
        one.variance + other.variance,
        _freedom([(mean.variance, mean.freedom) for mean in (one, other)]),
        one.of + other.of,
        one.unseen + other.unseen,
    )


def quantile(freedom: float, level: float = 0.95) -> float:
    """How many standard errors an interval reaches to either side; never too few."""
    return _student(max(1, min(int(freedom), MOST_FREEDOM)), level)


# --- within -----------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _student(freedom: int, level: float) -> float:
    low, high = 0.0, 1.0
    while _within(high, freedom) < level:
        low, high = high, 2 * high
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, freedom) < level else (low, middle)
    return high


def _freedom(parts: Sequence[tuple[float, float]]) -> float:
    """Of a sum of variances (variance, freedom)."""
    variance = sum(part for part, _ in parts)
    if not variance:
        return sum(freedom for _, freedom in parts)
    return variance**2 / sum(part**2 / freedom for part, freedom in parts)


def _within(reach: float, freedom: int) -> float:
    """How likely Student's t is at most ``reach`` from 0."""
    angle, odd = atan(reach / sqrt(freedom)), freedom % 2
    squared = cos(angle) ** 2
    term = cos(angle) if odd else 1.0
    series = term if freedom > 1 else 0.0
    for n in range(1, freedom // 2):
        term *= squared * (2 * n / (2 * n + 1) if odd else (2 * n - 1) / (2 * n))
        series += term
    return 2 / pi * (angle + sin(angle) * series) if odd else sin(angle) * series
