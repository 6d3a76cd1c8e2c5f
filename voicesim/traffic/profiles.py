"""A traffic profile: by what the number of users is multiplied in the course of a run.

Data and one pure function. A profile is a row of points (x, multiplier), x in whatever unit is
handy (hours of a day, minutes, shares): the run stretches from the first x to the last one.
"""

from bisect import bisect_right
from enum import StrEnum
from itertools import pairwise
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Multiplier = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]
Place = Annotated[float, Field(allow_inf_nan=False)]


class Shape(StrEnum):
    """What happens between two points."""

    LINEAR = "linear"
    STEPS = "steps"
    """A multiplier holds until the next point; the last point only says where the run ends."""


class Profile(BaseModel):
    """Points in order of x. One point alone is a constant."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    shape: Shape = Shape.LINEAR
    points: tuple[tuple[Place, Multiplier], ...] = ((0.0, 1.0),)

    def mistakes(self) -> list[str]:
        """What is wrong with the points, each with what to do; empty when nothing is."""
        if not self.points:
            return ["points: must not be empty; leave it out for a constant rate"]
        found = [
            f"points: x must grow from point to point ({after:g} comes after {before:g})"
            for (before, _), (after, _) in pairwise(self.points)
            if after <= before
        ]
        if not any(multiplier > 0 for multiplier in self._lasting()):
            found.append("points: nobody would ever call; raise a multiplier above 0")
        return found

    def at(self, share: float) -> float:
        """The multiplier when ``share`` (0 to 1) of the run is over."""
        first, last = self.points[0][0], self.points[-1][0]
        x = first + min(max(share, 0.0), 1.0) * (last - first)
        after = bisect_right(self.points, x, key=lambda point: point[0])
        if self.shape is Shape.STEPS:
            return self._lasting()[min(after, len(self._lasting())) - 1]
        if after == len(self.points):
            return self.points[-1][1]
        (x0, low), (x1, high) = self.points[after - 1], self.points[after]
        return low + (high - low) * (x - x0) / (x1 - x0)

    def mean(self) -> float:
        """The mean multiplier over the run."""
        if len(self.points) == 1:
            return self.points[0][1]
        area = 0.0
        for (x0, low), (x1, high) in pairwise(self.points):
            area += (x1 - x0) * (low if self.shape is Shape.STEPS else (low + high) / 2)
        return area / (self.points[-1][0] - self.points[0][0])

    def _lasting(self) -> list[float]:
        """The multipliers that last for some time."""
        values = [multiplier for _, multiplier in self.points]
        return values[:-1] if self.shape is Shape.STEPS and len(values) > 1 else values


CONSTANT = Profile()


def ramp(start: float, end: float) -> Profile:
    """From one multiplier to another over the whole run."""
    return Profile(points=((0.0, start), (1.0, end)))


def steps(*multipliers: float) -> Profile:
    """One multiplier after the other, each as long."""
    rows = [*enumerate(multipliers), (len(multipliers), multipliers[-1])]
    return Profile(shape=Shape.STEPS, points=tuple((float(x), value) for x, value in rows))


def users_at(profile: Profile, users: int, elapsed_s: float, run_time_s: float) -> int | None:
    """How many users there shall be after ``elapsed_s``; None once the run is over.

    At least 1 while the multiplier is above 0, so that a quiet hour is not a dead one.
    """
    if elapsed_s >= run_time_s:
        return None
    multiplier = profile.at(elapsed_s / run_time_s)
    return max(1, round(users * multiplier)) if multiplier > 0 else 0
