"""Pass rules as data: what each kind of gate asks, and at which times the counting must be exact.

Shares are fractions and times whole microseconds, so that nothing is rounded at a bound.
"""

import re
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainValidator
from pydantic_core import PydanticCustomError

from voicesim.results.counts import Bounds
from voicesim.results.fairness import STANDARD
from voicesim.results.histogram import Edges, microseconds

_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,6})?) ?%")
_FRACTION = re.compile(r"(\d{1,9})/(\d{1,9})")
ROUND_S = (0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 15.0)
SHORT_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 15.0)
LENGTHS_S = (10.0, 20.0, 30.0, 45.0, 60.0, 90.0, 120.0, 180.0, 300.0, 600.0)
"""Counted exactly in every run: other gates can judge it, Prometheus has its buckets there."""


def share(given: object) -> Fraction:
    """A share from "90 %" or "2/3", exactly."""
    if isinstance(given, Fraction):
        return given
    found = None
    if isinstance(given, str) and (match := _PERCENT.fullmatch(given)):
        found = Fraction(match[1]) / 100
    elif isinstance(given, str) and (match := _FRACTION.fullmatch(given)) and int(match[2]):
        found = Fraction(int(match[1]), int(match[2]))
    if found is None or found > 1:
        raise PydanticCustomError("share", 'must be a share such as "90 %" or "2/3"')
    return found


Share = Annotated[Fraction, PlainValidator(share)]
Seconds = Annotated[float, Field(gt=0, le=3600, allow_inf_nan=False)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class Rule(BaseModel):
    """What all gates have: a name, why it is there, and which runs and calls it is about."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name
    why: Annotated[str, Field(min_length=1)]
    workloads: tuple[Name, ...] = ()
    """Judges these workloads only; empty is all."""
    scenarios: tuple[Name, ...] = ()
    """Judges these only, and passes nobody unless each had a call that finished; empty is all."""
    personas: tuple[Name, ...] = ()
    """As ``scenarios``."""
    if_offered: bool = False
    """Judges those that it names as far as they rang; left out of a run in which none of them did.
    """
    min_calls: Annotated[int, Field(ge=1)] = 1
    """With fewer finished calls it passes nobody, and fails nobody for a share or a mean."""

    def covers(self, scenario: str, persona: str) -> bool:
        """Whether such a call counts for this gate."""
        return (not self.scenarios or scenario in self.scenarios) and (
            not self.personas or persona in self.personas
        )


class EachCall(Rule):
    """Every call: each webhook answered with valid TwiML, response times in all below a bound."""

    kind: Literal["each_call"]
    below_s: Seconds


class Success(Rule):
    """At least a share of the calls succeeds.

    ``of`` says what success is: "goal" (reached; of the calls that were not misheard, unclear or
    cut) or "answered" (every webhook of the call was, with valid TwiML). With more than
    ``unsettled_at_most`` of the finished calls cut (for the goal: or unclear) it passes nobody:
    what came of those is not known, and an agent that leaves its callers hanging must not hide
    behind the few that it serves.
    """

    kind: Literal["success"]
    of: Literal["goal", "answered"]
    at_least: Share
    unsettled_at_most: Share = Fraction(1, 10)


class MeanResponse(Rule):
    """The mean response time of the webhooks that steer calls is below a bound."""

    kind: Literal["mean_response"]
    below_s: Seconds


class WebhooksWithin(Rule):
    """At least a share of the webhooks that steer calls is answered in less than a bound."""

    kind: Literal["webhooks_within"]
    at_least: Share
    below_s: Seconds


class ValidTwiml(Rule):
    """Every call is handled to its end with valid TwiML."""

    kind: Literal["valid_twiml"]


class NoFindings(Rule):
    """No finding of a level."""

    kind: Literal["no_findings"]
    level: Literal["ERROR", "WARNING"] = "ERROR"


class EvenGoals(Rule):
    """No group of callers reaches its goal far more seldom than all others do.

    A group is a scenario, a persona or a country code. ``apart`` is by how much, at least, its
    share must be lower; and it must be no accident (see verdict/evenness.py).
    """

    kind: Literal["even_goals"]
    apart: Share


class Fairness(Rule):
    """No persona reaches its goal so much more seldom than the one it is ``compared_with``.

    ``below_at_most`` is in points of a hundred. Two are compared over the scenarios that callers of
    both rang for, these weighted alike. A persona fails when the whole interval of its distance
    lies beyond (of 95 % for all personas together), and passes when its own (of 95 %) lies within;
    what reaches across the bound is inconclusive. So it is with fewer than ``min_calls`` judged
    calls of either, with no such scenario, and where more than ``left_out_at_most`` of the calls of
    either cannot be judged: what came of those who were misheard is not known.
    """

    kind: Literal["fairness"]
    below_at_most: Share
    compared_with: Name = STANDARD
    left_out_at_most: Share = Fraction(1, 4)
    min_calls: Annotated[int, Field(ge=1)] = 30


class Effort(Rule):
    """No persona goes through so much more than the one it is ``compared_with``.

    ``of`` says what: "turns" (of calls that reached their goal), "repeats" (of all calls) or
    "perceived_gap_s" (seconds), each in the mean. It fails and passes as ``Fairness`` does; two are
    compared over scenarios with two such calls of both at least, ``min_calls`` (of perceived gaps:
    so many gaps) of either in all.
    """

    kind: Literal["effort"]
    of: Literal["turns", "repeats", "perceived_gap_s"]
    above_at_most: Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]
    compared_with: Name = STANDARD
    min_calls: Annotated[int, Field(ge=1)] = 30


class Dropped(Rule):
    """At most a share of the calls could not be started: more, and nothing can be said."""

    kind: Literal["dropped"]
    at_most: Share


class StartedWithin(Rule):
    """At least a share of the calls started on time: fewer, and nothing can be said."""

    kind: Literal["started_within"]
    at_least: Share
    at_most_s: Seconds


Gate = (
    EachCall
    | Success
    | MeanResponse
    | WebhooksWithin
    | ValidTwiml
    | NoFindings
    | EvenGoals
    | Fairness
    | Effort
    | Dropped
    | StartedWithin
)
GATES: dict[str, type[Gate]] = {
    "each_call": EachCall,
    "success": Success,
    "mean_response": MeanResponse,
    "webhooks_within": WebhooksWithin,
    "valid_twiml": ValidTwiml,
    "no_findings": NoFindings,
    "even_goals": EvenGoals,
    "fairness": Fairness,
    "effort": Effort,
    "dropped": Dropped,
    "started_within": StartedWithin,
}
"""The kinds by name."""


def bounds_of(gates: tuple[Gate, ...]) -> Bounds:
    """At which times a run must be counted exactly, for these gates and for some round ones."""
    webhooks = [microseconds(gate.below_s) for gate in gates if isinstance(gate, WebhooksWithin)]
    calls = [microseconds(gate.below_s) for gate in gates if isinstance(gate, EachCall)]
    lags = [microseconds(gate.at_most_s) for gate in gates if isinstance(gate, StartedWithin)]
    return Bounds(
        webhooks=Edges.at([*map(microseconds, SHORT_S), *webhooks]),
        calls=Edges.at([*map(microseconds, ROUND_S), *calls]),
        lags=Edges.at([*map(microseconds, SHORT_S), *lags]),
        lengths=Edges.at(map(microseconds, LENGTHS_S)),
    )
