"""Groups of callers that reach their goal far more seldom than all others.

A group is the callers of one scenario, of one persona, or with numbers of one country code. It
stands out when its share is so much lower than the others' that it matters, and so surely that it
is no accident: by Fisher's exact test, for as many groups as are looked at. Both bounds are fixed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from voicesim.call.outcome import INCONCLUSIVE, Outcome
from voicesim.results.counts import Counts
from voicesim.results.intervals import fewer_by_chance, wilson
from voicesim.results.summary import Scope

BY_CHANCE = 1e-4
"""One run of ten thousand may blame an even-handed agent by accident."""
FEWEST = 5
"""Of fewer calls nothing is said."""
FEWEST_OTHERS = 10

_Share = tuple[int, int]
"""Calls that reached their goal, of how many."""


@dataclass(frozen=True, slots=True)
class Group:
    """Some callers, and how many of them and of all others reached their goal."""

    name: str
    good: int
    of: int
    others_good: int
    others: int

    @property
    def gap(self) -> Fraction:
        """By how much its share is lower."""
        return Fraction(self.others_good, self.others) - Fraction(self.good, self.of)

    @property
    def by_chance(self) -> float:
        """How likely that is, were it treated as the others are."""
        return fewer_by_chance(self.good, self.of, self.others_good, self.others)

    def __str__(self) -> str:
        """As a message says it."""
        low, high = wilson(self.good, self.of)
        others = 100 * self.others_good / self.others
        return (
            f"{self.name}: {self.good} of {self.of} reach their goal (95 % interval"
            f" {100 * low:.0f} to {100 * high:.0f} %), of all others {others:.0f} %"
        )


def groups(counts: Counts, covers: Scope) -> list[Group]:
    """All groups that are large enough to say something of."""
    tables: dict[str, dict[str, _Share]] = {"callers from": {}, "scenario": {}, "persona": {}}
    for (warm_up, scenario, persona, outcome), calls in counts.calls.items():
        if not warm_up and covers(scenario, persona):
            _add(tables["scenario"], scenario, outcome, calls.responses.count)
            _add(tables["persona"], persona, outcome, calls.responses.count)
    for (warm_up, code, outcome), count in counts.codes.items():
        if not warm_up and code:
            _add(tables["callers from"], f"+{code}", outcome, count)
    found = []
    for what, table in tables.items():
        good, of = (sum(share[at] for share in table.values()) for at in (0, 1))
        for name, (its_good, its_of) in sorted(table.items()):
            if its_of >= FEWEST and of - its_of >= FEWEST_OTHERS:
                found.append(
                    Group(f"{what} {name}", its_good, its_of, good - its_good, of - its_of)
                )
    return found


def uneven(found: Iterable[Group], apart: Fraction) -> list[Group]:
    """Those of the groups that stand out: ``apart`` lower at least, and by no accident."""
    looked_at = list(found)
    bound = BY_CHANCE / max(len(looked_at), 1)
    return [g for g in looked_at if g.gap >= apart and g.by_chance < bound]


def _add(table: dict[str, _Share], name: str, outcome: str, count: int) -> None:
    if outcome in INCONCLUSIVE:
        return
    good, of = table.get(name, (0, 0))
    table[name] = (good + (count if outcome == Outcome.GOAL_REACHED else 0), of + count)
