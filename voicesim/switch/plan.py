"""What a call is placed with, made when it is due: not before, since most of a run's calls wait."""

from collections.abc import Callable
from dataclasses import dataclass

from voicesim.call.entries import Log
from voicesim.call.talk import Caller
from voicesim.call.terms import Target, Terms
from voicesim.twilio.fields import Party


@dataclass(frozen=True, slots=True)
class CallPlan:
    """One call to be placed: who rings whom, as whom, and what is kept of it.

    ``began_s`` is the Unix time at which it is taken to begin (status callbacks tell it).
    """

    index: int
    sid: str
    party: Party
    caller: Caller
    target: Target
    terms: Terms
    began_s: float
    log: Log
    scenario: str = ""
    persona: str = ""


MakePlan = Callable[[], CallPlan]
