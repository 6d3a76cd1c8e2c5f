"""What a few calls tell of a share: Wilson's interval, and Fisher's exact test of two shares.

Sources: Wilson 1927; Brown, Cai, DasGupta 2001 (which interval); Fisher 1922 (one-sided).
"""

from math import exp, lgamma, sqrt

Z95 = 1.959964
"""The normal quantile of a two-sided interval of 95 %."""


def wilson(good: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share of which ``good`` of ``of`` were seen."""
    if not of:
        return 0.0, 1.0
    share, spread = good / of, Z95 * Z95 / of
    middle = share + spread / 2
    half = Z95 * sqrt((share * (1 - share) + spread / 4) / of)
    low, high = (middle - half) / (1 + spread), (middle + half) / (1 + spread)
    return (0.0 if good == 0 else low), (1.0 if good == of else high)


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
