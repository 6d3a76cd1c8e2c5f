"""What a call is placed with, made when it is due: not before, since most of a run's calls wait."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import TypeVar

from voicesim.base.draws import Draws
from voicesim.call.entries import Log
from voicesim.call.talk import Caller
from voicesim.call.terms import Target, Terms
from voicesim.caller.crosstalk import CrossTalk
from voicesim.caller.identity import Identity
from voicesim.caller.making import make_caller, make_setup_caller
from voicesim.caller.models import Network, Persona, Scenario
from voicesim.twilio.fields import Party

TEST_MARK = "7e57"
"""Every id of ours begins so, to be told from a real one: it reads as TEST."""
RINGS_AT = time(12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class CallPlan:
    """One call to be placed: who rings whom, as whom, and what is kept of it.

    ``began_s`` is the Unix time at which it is taken to begin (status callbacks tell it).
    """

    index: int
    sid: str
    name: str
    party: Party
    caller: Caller
    target: Target
    terms: Terms
    began_s: float
    log: Log
    scenario: str = ""
    persona: str = ""
    warm_up: bool = False
    """Whether it begins in the run's warm-up, which is not judged."""


Base = TypeVar("Base", Target, Terms)
MakePlan = Callable[[], CallPlan]


@dataclass(frozen=True, slots=True)
class Exchange:
    """What all calls of a run share: the seed, the agent's number, the terms, the day it is.

    ``crosstalk`` knows which callers it placed, so that one hears it when it hears another.
    """

    seed: int
    target: Target
    terms: Terms
    today: date
    crosstalk: CrossTalk = field(default_factory=CrossTalk, compare=False)

    def call(self, index: int, persona: Persona, scenario: Scenario, log: Log) -> CallPlan:
        """Plan call ``index`` of the run."""
        draws = Draws(self.seed, index)
        made = make_caller(persona, scenario, draws, self.today, self.crosstalk)
        return self._plan(index, persona, scenario, log, made, "call")

    def setup_call(
        self, index: int, persona: Persona, scenario: Scenario, log: Log
    ) -> CallPlan | None:
        """Plan the call in which the caller of ``index`` books what it must have, if anything."""
        draws = Draws(self.seed, index)
        made = make_setup_caller(persona, scenario, draws, self.today, self.crosstalk)
        return made and self._plan(index, persona, scenario, log, made, "setup call")

    def _plan(
        self,
        index: int,
        persona: Persona,
        scenario: Scenario,
        log: Log,
        made: tuple[Caller, Identity],
        purpose: str,
    ) -> CallPlan:
        caller, identity = made
        self.crosstalk.rang(index, persona.locale, identity.party.country)
        return CallPlan(
            index=index,
            sid="CA" + TEST_MARK + Draws(self.seed, index).hex(28, purpose),
            name=identity.name,
            party=identity.party,
            caller=caller,
            target=_set_up(self.target, scenario.network),
            terms=_set_up(self.terms, scenario.network),
            began_s=_rings_at_s(self.today),
            log=log,
            scenario=scenario.name,
            persona=persona.name,
        )


@lru_cache(maxsize=256)
def _set_up(base: Base, network: Network | None) -> Base:
    """``base`` as a scenario's calls have it: one object for all of them."""
    wanted = network.model_dump(exclude_none=True) if network else {}
    mine = {field.name for field in fields(base)} & wanted.keys()
    return replace(base, **{name: wanted[name] for name in mine}) if mine else base


@lru_cache(maxsize=1)
def _rings_at_s(today: date) -> float:
    """Unix time of the calls of ``today``: one number for all of them to hold."""
    return datetime.combine(today, RINGS_AT).timestamp()
