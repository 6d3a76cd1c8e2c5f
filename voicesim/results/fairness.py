"""How callers fare by persona, and how far each persona is from the standard caller.

Like with like: two personas are compared over the scenarios that callers of both rang for, each
weighted by how often the persona rang for it (direct standardisation). Calls that say nothing of
the agent (misheard, unclear, cut ...) are left out, and counted.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from voicesim.call.outcome import INCONCLUSIVE, Outcome
from voicesim.results.counts import Counts
from voicesim.results.effort import FIGURES, NOTHING, Effort, efforts
from voicesim.results.histogram import Histogram
from voicesim.results.intervals import Z95, Weighted, newcombe, weighted, wilson
from voicesim.results.summary import Summary, only, summarise

STANDARD = "standard"
"""The persona that the others are compared with, unless a gate names another."""


class Share(NamedTuple):
    """Calls that reached their goal, of those that can be judged; and ``aside`` how many cannot."""

    good: int
    of: int
    aside: int = 0

    @property
    def left_out(self) -> float:
        """Which part of the calls cannot be judged; 0 of no calls."""
        finished = self.of + self.aside
        return self.aside / finished if finished else 0.0

    @property
    def value(self) -> float:
        """The share; 0 of no calls."""
        return self.good / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Of 95 %."""
        return wilson(self.good, self.of)


Shares = dict[str, dict[str, Share]]
"""By persona, then scenario."""


@dataclass(frozen=True, slots=True)
class Distance:
    """From the share of the standard caller to that of another: below 0 it fares worse."""

    its: Share
    standard: Share
    alike: bool
    """Over the scenarios that both rang for; else there are none, and it is over all."""
    standardised: Weighted
    """The standard caller's share, had it rung for each scenario as often as the other did."""
    left_out: float
    """Which part of their calls cannot be judged: of the one of whom it is more."""

    @property
    def value(self) -> float:
        """Between -1 and 1."""
        return self.its.value - self.standardised.value

    def interval(self, z: float = Z95) -> tuple[float, float]:
        """Of 95 %, unless ``z`` says otherwise."""
        return newcombe(self.its.good, self.its.of, *self.standardised, z)


@dataclass(frozen=True, slots=True)
class Fares:
    """How callers of one persona fared."""

    persona: str
    summary: Summary
    judged: Share
    efforts: dict[str, Effort]
    """Turns, repeats and perceived gaps, as far as there were any."""
    distance: Distance | None
    """None for the standard caller, and where either has no call that can be judged."""


def shares(counts: Counts) -> Shares:
    """What became of the calls of each persona and scenario; the warm-up aside."""
    found: Shares = {}
    for (warm_up, scenario, persona, outcome), calls in counts.calls.items():
        if warm_up:
            continue
        count, aside = calls.responses.count, outcome in INCONCLUSIVE
        one = Share(
            count if outcome == Outcome.GOAL_REACHED else 0, count * (not aside), count * aside
        )
        before = found.setdefault(persona, {}).get(scenario, Share(0, 0))
        found[persona][scenario] = total((before, one))
    return found


def distance(its: dict[str, Share], standard: dict[str, Share]) -> Distance:
    """How far ``its`` callers (by scenario) are from the standard ones; both have judged calls."""
    common = [s for s in its if s in standard]
    both = [s for s in common if its[s].of and standard[s].of]
    over = common if both else []
    left_out = max(_over(whose, over).left_out for whose in (its, standard))
    reference = _over(standard, both)
    strata = [(its[s].of, standard[s].good, standard[s].of) for s in both]
    return Distance(
        _over(its, both),
        reference,
        alike=bool(both),
        standardised=weighted(strata) if both else Weighted(reference.good, reference.of),
        left_out=left_out,
    )


def _over(table: dict[str, Share], scenarios: Collection[str]) -> Share:
    """All of ``table`` in ``scenarios``; of no scenarios, in any."""
    return total(share for s, share in table.items() if not scenarios or s in scenarios)


def distances(
    counts: Counts, scenarios: Collection[str] = (), standard: str = STANDARD
) -> dict[str, Distance]:
    """How far each persona is from ``standard``, over ``scenarios`` or all."""
    table = {
        persona: {s: share for s, share in its.items() if not scenarios or s in scenarios}
        for persona, its in shares(counts).items()
    }
    reference = table.pop(standard, {})
    return {persona: distance(its, reference) for persona, its in sorted(table.items()) if its}


def total(shares: Iterable[Share]) -> Share:
    """All of them together."""
    return Share(*(sum(column) for column in zip((0, 0, 0), *shares, strict=True)))


def fares(counts: Counts) -> list[Fares]:
    """Every persona with a finished call: the standard caller first, then by name."""
    table = shares(counts)
    figures = {figure: efforts(figure, counts, STANDARD) for figure in FIGURES}
    return [
        _fares(persona, counts, table, figures)
        for persona in sorted(table, key=lambda persona: (persona != STANDARD, persona))
    ]


def rows(counts: Counts) -> list[dict[str, Any]]:
    """The same as plain data, for the result document."""
    return [_row(one) for one in fares(counts)]


# --- within -----------------------------------------------------------------------------------


def _fares(
    persona: str, counts: Counts, table: Shares, figures: dict[str, dict[str, Effort]]
) -> Fares:
    judged, standard = total(table[persona].values()), table.get(STANDARD, {})
    known = persona != STANDARD and judged.of and total(standard.values()).of
    return Fares(
        persona,
        summarise(counts, only(persona=persona)),
        judged,
        {figure: by_persona.get(persona, NOTHING) for figure, by_persona in figures.items()},
        distance=distance(table[persona], standard) if known else None,
    )


def _row(one: Fares) -> dict[str, Any]:
    low, high = one.judged.interval
    return {
        "persona": one.persona,
        "finished": one.summary.finished,
        "judged": one.judged.of,
        "goal_reached": one.judged.good,
        "share": one.judged.value if one.judged.of else None,
        "share_95": [low, high],
        "left_out": one.judged.left_out,
        "misheard": one.summary.ended(Outcome.MISHEARD),
        "abandoned": one.summary.ended(Outcome.ABANDONED),
        "turns": _effort_row(one.efforts["turns"]),
        "repeats": _effort_row(one.efforts["repeats"]),
        "response_s": _percentiles(one.summary.response),
        "perceived_gap_s": {
            **_percentiles(one.summary.silences.gaps),
            **_effort_row(one.efforts["perceived_gap_s"]),
        },
        "end_of_speech_wait_s": _percentiles(one.summary.silences.waits),
        "to_standard": one.distance and _distance_row(one.distance),
    }


def _effort_row(effort: Effort) -> dict[str, Any]:
    row: dict[str, Any] = {
        "mean": effort.mean and effort.mean.value,
        "mean_95": effort.interval and list(effort.interval),
        "of": effort.mean.of if effort.mean else 0,
        "to_standard": None,
    }
    if effort.beside:
        more = effort.beside.difference
        row["to_standard"] = {
            "difference": more.value,
            "difference_95": list(more.interval() or ()),
            "of": effort.beside.its.of,
            "standard_of": effort.beside.standard.of,
        }
    return row


def _percentiles(times: Histogram) -> dict[str, float]:
    return {f"p{percent}": times.percentile_s(percent) for percent in (50, 95)}


def _distance_row(distance: Distance) -> dict[str, Any]:
    return {
        "difference": distance.value,
        "difference_95": list(distance.interval()),
        "judged": distance.its.of,
        "standard_judged": distance.standard.of,
        "standard_share": distance.standardised.value,
        "left_out": distance.left_out,
        "same_scenarios": distance.alike,
    }
