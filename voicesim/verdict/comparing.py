"""Personas beside the one that a gate compares them with: who is worse, and who cannot be told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from voicesim.results import fairness
from voicesim.results.counts import Counts
from voicesim.results.effort import NOTHING, Beside, efforts
from voicesim.results.intervals import z_of_all
from voicesim.verdict import gates as g
from voicesim.verdict.wording import part, share

_Ends = Sequence[float]
"""The two of an interval."""
UNITS = {"turns": (1, "turns"), "repeats": (2, "repeats"), "perceived_gap_s": (3, "s")}
"""Of a figure: its digits, and what it is counted in."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What is ``measured`` of the one that is worst off, and of each persona why, by name.

    ``measured`` is "" where nobody can be compared.
    """

    measured: str
    worse: dict[str, str]
    unsure: dict[str, str]


@dataclass(frozen=True, slots=True)
class _One:
    """A persona that has calls enough: by how much it is worse, as a number above 0."""

    worse_by: float
    ends: Callable[[int], _Ends]
    """Of its interval, the lower one first, with which so many hold at once."""
    says: Callable[[float | _Ends], str]
    counted: str
    """What the difference is made of."""
    blind: str = ""
    """Why it is not known whether it is served well enough."""

    def __str__(self) -> str:
        """As it is measured."""
        return self.say(1)

    def say(self, intervals: int) -> str:
        """With the interval."""
        return f"{self.says(self.worse_by)} ({self.says(self.ends(intervals))})"


def goals(gate: g.Fairness, counts: Counts) -> Compared:
    """How much more seldom each persona reaches its goal."""
    whom = gate.compared_with
    few: dict[str, str] = {}
    enough: dict[str, _One] = {}
    for name, one in fairness.distances(counts, gate.scenarios, whom).items():
        if gate.personas and name not in gate.personas:
            continue
        if not one.alike:
            few[name] = f"{whom} callers rang for nothing that they rang for, or none is judged"
        elif min(one.its.of, one.standard.of) < gate.min_calls:
            few[name] = _few(min(one.its.of, one.standard.of), gate.min_calls, "judged calls")
        else:
            enough[name] = _goals(gate, one)
    return _compared(enough, few, gate.below_at_most)


def effort(gate: g.Effort, counts: Counts) -> Compared:
    """How many more turns, repeats or seconds it takes each persona."""
    whom, what = gate.compared_with, "gaps" if gate.of == "perceived_gap_s" else "calls"
    few: dict[str, str] = {}
    enough: dict[str, _One] = {}
    found = efforts(gate.of, counts, whom, gate.scenarios)
    for name in fairness.distances(counts, gate.scenarios, whom):
        if gate.personas and name not in gate.personas:
            continue
        both = found.get(name, NOTHING).beside
        if both is None:
            few[name] = f"no scenario with two such calls of theirs and of {whom} callers"
        elif min(both.its.of, both.standard.of) < gate.min_calls:
            few[name] = _few(min(both.its.of, both.standard.of), gate.min_calls, what)
        else:
            enough[name] = _effort(gate, both)
    return _compared(enough, few, gate.above_at_most)


# --- within -----------------------------------------------------------------------------------


def _compared(enough: dict[str, _One], few: dict[str, str], bound: Fraction | float) -> Compared:
    if not enough:
        return Compared("", {}, few)
    worst = max(enough, key=lambda name: enough[name].worse_by)
    worse = {
        name: f"{one.say(len(enough))}: {one.counted}"
        for name, one in enough.items()
        if min(one.ends(len(enough))) > bound
    }
    unsure = {
        name: one.blind or f"{one}: too few calls to tell"
        for name, one in enough.items()
        if name not in worse and (one.blind or max(one.ends(1)) > bound)
    }
    return Compared(f"{worst}: {enough[worst]}", worse, few | unsure)


def _few(count: int, least: int, what: str) -> str:
    return f"only {count} of the {least} {what} that it takes"


def _goals(gate: g.Fairness, one: fairness.Distance) -> _One:
    blind = (
        f"{100 * one.left_out:.1f} % of the calls cannot be judged (misheard, unclear, cut),"
        f" more than {share(gate.left_out_at_most)}"
    )
    return _One(
        worse_by=-one.value,
        ends=lambda intervals: [-end for end in one.interval(z_of_all(intervals))],
        says=_points,
        counted=f"{part(*one.its[:2])} reach their goal,"
        f" of {gate.compared_with} {part(*one.standard[:2])}",
        blind=blind if one.left_out > gate.left_out_at_most else "",
    )


def _points(worse: float | _Ends) -> str:
    """How much worse goals are reached, as points of a hundred below 0."""
    if isinstance(worse, Sequence):
        return " to ".join(f"{-100 * end:+.1f}" for end in worse)
    return f"{-100 * worse:+.1f} points"


def _effort(gate: g.Effort, both: Beside) -> _One:
    digits, unit = UNITS[gate.of]

    def says(more: float | _Ends) -> str:
        if isinstance(more, Sequence):
            return " to ".join(f"{end:+.{digits}f}" for end in more)
        return f"{more:+.{digits}f} {unit}"

    its, standard = (f"{mean.value:.{digits}f}" for mean in both)
    return _One(
        worse_by=both.difference.value,
        ends=lambda intervals: both.difference.interval(1 - 0.05 / intervals) or (),
        says=says,
        counted=f"{its} in the mean, of {gate.compared_with} {standard}",
    )
