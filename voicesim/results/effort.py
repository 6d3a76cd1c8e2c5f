"""What callers had to go through by persona: turns, repeats, perceived gaps; each as a mean.

Like with like, as for the goals (see fairness): two personas are compared over the scenarios in
which of either at least two calls (two groups of calls) were counted, each weighted by how often
the persona was counted there.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from voicesim.call.outcome import Outcome
from voicesim.results.counts import Counts
from voicesim.results.histogram import US_PER_S, add_counts
from voicesim.results.means import Mean, apart, of_calls, of_groups, weighted

Sums = tuple[int, int, int]
"""Calls, the sum of a number over them, and that of its squares."""
Groups = dict[int, tuple[int, int]]
"""Gaps and their sum (us) by random group of calls."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that is counted: how it is found (persona, scenario, part), and means of parts."""

    parts: Callable[[Counts], Iterable[tuple[str, str, Any]]]
    mean: Callable[[Iterable[Any]], Mean | None]


class Beside(NamedTuple):
    """One persona and another, over the same mix of scenarios."""

    its: Mean
    standard: Mean

    @property
    def difference(self) -> Mean:
        """Above 0 it has more of it than the other."""
        return apart(self.its, self.standard)


class Effort(NamedTuple):
    """The mean of one figure over a persona's calls, and beside the standard caller's."""

    mean: Mean | None
    """None where there is nothing to take it of."""
    beside: Beside | None
    """None for the standard caller, and where no scenario has enough calls of both."""

    @property
    def interval(self) -> tuple[float, float] | None:
        """Of 95 %; none of the figures is below 0."""
        found = self.mean and self.mean.interval()
        return (max(0.0, found[0]), found[1]) if found else None


NOTHING = Effort(None, None)


def efforts(
    figure: str, counts: Counts, standard: str, scenarios: Collection[str] = ()
) -> dict[str, Effort]:
    """One of ``FIGURES`` by persona, over ``scenarios`` or all; the warm-up aside."""
    mean = FIGURES[figure].mean
    table: dict[str, dict[str, list[Any]]] = {}
    for persona, scenario, part in FIGURES[figure].parts(counts):
        if not scenarios or scenario in scenarios:
            table.setdefault(persona, {}).setdefault(scenario, []).append(part)
    means = {
        persona: {scenario: mean(parts) for scenario, parts in its.items()}
        for persona, its in table.items()
    }
    return {
        persona: Effort(
            mean(part for parts in its.values() for part in parts),
            beside(means[persona], means.get(standard, {})) if persona != standard else None,
        )
        for persona, its in table.items()
    }


def beside(its: dict[str, Mean | None], standard: dict[str, Mean | None]) -> Beside | None:
    """Both over what they have in common, in the mix of the first (by scenario)."""
    strata = [
        (mean.of, mean, other)
        for scenario, mean in its.items()
        if mean and mean.freedom and (other := standard.get(scenario)) and other.freedom
    ]
    if not strata:
        return None
    return Beside(
        weighted([(weight, mean) for weight, mean, _ in strata]),
        weighted([(weight, other) for weight, _, other in strata]),
    )


# --- within -----------------------------------------------------------------------------------


def _turns(counts: Counts) -> Iterable[tuple[str, str, Sums]]:
    for (warm_up, scenario, persona, outcome), calls in counts.calls.items():
        if not warm_up and outcome == Outcome.GOAL_REACHED:
            yield persona, scenario, (calls.responses.count, calls.turns, calls.turns_squared)


def _repeats(counts: Counts) -> Iterable[tuple[str, str, Sums]]:
    for (warm_up, scenario, persona, _), calls in counts.calls.items():
        if not warm_up:
            yield persona, scenario, (calls.responses.count, calls.repeats, calls.repeats_squared)


def _gaps(counts: Counts) -> Iterable[tuple[str, str, Groups]]:
    for (warm_up, scenario, persona), silences in counts.silences.items():
        if not warm_up:
            yield persona, scenario, silences.groups


def _of_sums(parts: Iterable[Sums]) -> Mean | None:
    count, total, squares = (sum(column) for column in zip((0, 0, 0), *parts, strict=True))
    return of_calls(count, total, squares)


def _of_groups(parts: Iterable[Groups]) -> Mean | None:
    counted: dict[int, int] = {}
    summed: dict[int, int] = {}
    for groups in parts:
        add_counts(counted, {group: gaps for group, (gaps, _) in groups.items()})
        add_counts(summed, {group: us for group, (_, us) in groups.items()})
    return of_groups((counted[group], us / US_PER_S) for group, us in summed.items())


FIGURES = {
    "turns": Figure(_turns, _of_sums),
    "repeats": Figure(_repeats, _of_sums),
    "perceived_gap_s": Figure(_gaps, _of_groups),
}
"""Webhooks that steered a call that reached its goal; repeats of all calls; perceived gaps."""
