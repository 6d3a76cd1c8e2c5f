"""What a few calls tell of a share, or of two: intervals, and Fisher's exact test.

Sources: Wilson 1927; Brown, Cai, DasGupta 2001 (which interval); Newcombe, Statistics in Medicine
17 (1998), 873-890 (two shares: his method 10, hybrid score); Fisher 1922 (one-sided). Shares that
are weighted by stratum: Kish 1965 and Korn, Graubard, Survey Methodology 24 (1998), 193-201 (how
many calls they are worth).
"""

from collections.abc import Sequence
from fractions import Fraction
from math import exp, hypot, lgamma, sqrt
from statistics import NormalDist
from typing import NamedTuple

Z95 = 1.959964
"""The normal quantile of a two-sided interval of 95 %."""


def z_of_all(intervals: int) -> float:
    """The quantile with which so many intervals hold with 95 % all at once (Bonferroni)."""
    return NormalDist().inv_cdf(1 - 0.025 / max(intervals, 1))


def wilson(good: float, of: float, z: float = Z95) -> tuple[float, float]:
    """The interval of a share of which ``good`` of ``of`` were seen; of 95 % by default.

    Both need not be whole: of a weighted share they are what it is worth (see ``Weighted``).
    """
    if not of:
        return 0.0, 1.0
    share, spread = good / of, z * z / of
    middle = share + spread / 2
    half = z * sqrt((share * (1 - share) + spread / 4) / of)
    low, high = (middle - half) / (1 + spread), (middle + half) / (1 + spread)
    return (0.0 if good == 0 else low), (1.0 if good == of else high)


class Weighted(NamedTuple):
    """A share that was weighted by stratum: ``good`` of the ``of`` calls that it is worth."""

    good: float
    of: float

    @property
    def value(self) -> float:
        """The share; 0 of no calls."""
        return self.good / self.of if self.of else 0.0


def weighted(strata: Sequence[tuple[int, int, int]]) -> Weighted:
    """The share of strata (weight, good, of), each weighted; no ``of`` is 0.

    It is worth fewer calls than were made where weights and calls are unlike (Kish), and fewer
    still where strata that weigh much and have few calls scatter most (Korn, Graubard).
    Where the weights are the calls, it is the plain share of all.
    """
    weights = [Fraction(weight, sum(stratum[0] for stratum in strata)) for weight, _, _ in strata]
    shares = [Fraction(good, of) for _, good, of in strata]
    share = Fraction(sum(w * p for w, p in zip(weights, shares, strict=True)))
    worth = 1 / Fraction(sum(w * w / of for w, (_, _, of) in zip(weights, strata, strict=True)))
    scatter = sum(
        w * w * p * (1 - p) / of for w, p, (_, _, of) in zip(weights, shares, strata, strict=True)
    )
    if scatter:
        worth = min(worth, share * (1 - share) / scatter)
    return Weighted(float(share * worth), float(worth))


def newcombe(
    good: float, of: float, others_good: float, others: float, z: float = Z95
) -> tuple[float, float]:
    """The interval of the first share less the second; -1 to 1 where either is of nothing."""
    if not of or not others:
        return -1.0, 1.0
    share, other = good / of, others_good / others
    (low, high), (other_low, other_high) = wilson(good, of, z), wilson(others_good, others, z)
    apart = share - other
    return (
        apart - hypot(share - low, other_high - other),
        apart + hypot(high - share, other - other_low),
    )


def fewer_by_chance(good: int, of: int, others_good: int, others: int) -> float:
    """How likely ``good`` or fewer of ``of`` are, were their share that of the others."""
    all_good, everyone = good + others_good, of + others
    least, all_ways = max(0, all_good - others), _log_ways(everyone, all_good)
    found = sum(
        exp(_log_ways(of, k) + _log_ways(others, all_good - k) - all_ways)
        for k in range(least, good + 1)
    )
    return min(found, 1.0)


def _log_ways(of: int, chosen: int) -> float:
    """The logarithm of how many ways there are to choose: the number itself grows too long."""
    return lgamma(of + 1) - lgamma(chosen + 1) - lgamma(of - chosen + 1)
