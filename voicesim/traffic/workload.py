"""A workload: who calls, what for, how many, for how long, and which gates judge it."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from voicesim.base.draws import Draws
from voicesim.traffic.profiles import CONSTANT, Profile

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Weight = Annotated[int, Field(ge=1, le=1_000_000)]
Seconds = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Share(_Model):
    """One persona's part: its weight among the callers, and how its calls divide on scenarios."""

    weight: Weight
    scenarios: dict[Name, Weight]


class Workload(_Model):
    """Everything a run is about; every number can be overridden on the command line."""

    name: Name
    description: Annotated[str, Field(min_length=1)]
    personas: dict[Name, Share]
    everyone_else: Share | None = None
    """What each persona has that is not named, but for those whose card says that they give up."""
    users: Annotated[int, Field(ge=1, le=1_000_000)]
    """How many users there are where the profile's multiplier is 1."""
    spawn_rate_per_s: Annotated[float, Field(gt=0, le=10_000, allow_inf_nan=False)]
    calls_per_user_per_min: Annotated[float, Field(gt=0, le=60_000, allow_inf_nan=False)] = 1.0
    run_time_s: Annotated[float, Field(gt=0, le=1_000_000, allow_inf_nan=False)]
    warm_up_s: Seconds = 0.0
    """Calls that begin so soon are counted by themselves and not judged."""
    drain_grace_s: Seconds = 30.0
    """How long calls may go on when the run is over, before they are cut."""
    time_scale: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)] = 1.0
    """Wall seconds for a simulated second inside calls; 0 is none at all."""
    gates: Name = "default"
    """The file with the pass rules, without its ending."""
    profile: Profile = CONSTANT

    @property
    def calls_per_user_per_s(self) -> float:
        """What one user adds to the arrival rate: the rate of a token."""
        return self.calls_per_user_per_min / 60

    @property
    def calls_expected(self) -> float:
        """About how many calls a run offers, spawning aside."""
        return self.users * self.calls_per_user_per_s * self.run_time_s * self.profile.mean()

    def scenario_of(self, persona: str, draws: Draws) -> str:
        """What ``persona`` calls for in the call of ``draws``, by the weights.

        KeyError when the workload does not have that persona.
        """
        scenarios = self.personas[persona].scenarios
        place = draws.below(sum(scenarios.values()), "scenario")
        for name in sorted(scenarios):
            place -= scenarios[name]
            if place < 0:
                return name
        raise AssertionError("place is below the sum of the weights")  # pragma: no cover
