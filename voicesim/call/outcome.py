"""The one reason a call ended, and the record that is kept of it."""

from dataclasses import dataclass
from enum import StrEnum

from voicesim.base.findings import Finding
from voicesim.call.entries import Entry
from voicesim.call.talk import FieldValue, Judgement, Keeps

HOST_NOT_ALLOWED = "host-not-allowed"
"""The code of a URL that we do not call because nobody named its host."""


class Outcome(StrEnum):
    """Why a call ended: closed and disjoint, one counter each."""

    GOAL_REACHED = "goal_reached"
    MISHEARD = "misheard"
    """The recogniser misheard and it was not put right: a measure of the persona."""
    WRONG_RESULT = "wrong_result"
    """The agent confirmed something else than was reported to it."""
    UNCLEAR = "unclear"
    """A side hung up, and the caller could not tell whether its goal was reached, or had not
    understood what it was asked last."""
    AGENT_HUNG_UP = "agent_hung_up"
    """The agent hung up, or its document ended, before the goal was reached."""
    ABANDONED = "abandoned"
    """The caller hung up, its patience spent."""
    REJECTED = "rejected"
    WEBHOOK_FAILED = "webhook_failed"
    """Nothing usable came back: unreachable, timed out, 4xx or 5xx, too large ..."""
    TWIML_INVALID = "twiml_invalid"
    NOT_CARRIED = "not_carried"
    """The agent used a verb that we do not carry out yet."""
    HOST_NOT_ALLOWED = "host_not_allowed"
    TOO_MANY_TURNS = "too_many_turns"
    """Too many webhooks, or verbs that take no time: the finding ``too-many-verbs`` tells those."""
    TOO_LONG = "too_long"
    CUT = "cut"
    """The run ended first."""
    DROPPED = "dropped"
    """We could not start it."""


INCONCLUSIVE = frozenset(
    {
        Outcome.MISHEARD,
        Outcome.UNCLEAR,
        Outcome.NOT_CARRIED,
        Outcome.HOST_NOT_ALLOWED,
        Outcome.CUT,
        Outcome.DROPPED,
    }
)
"""Outcomes that say nothing against the agent, nor for it."""

_JUDGED = {
    Judgement.REACHED: Outcome.GOAL_REACHED,
    Judgement.MISHEARD: Outcome.MISHEARD,
    Judgement.WRONG: Outcome.WRONG_RESULT,
    Judgement.UNCLEAR: Outcome.UNCLEAR,
}


def judged(ending: Outcome, judgement: Judgement) -> Outcome:
    """The outcome of a call that ended with ``ending`` and of which the caller says ``judgement``.

    The caller's word counts only where a side hung up; a call that broke stays broken.
    """
    if ending in (Outcome.AGENT_HUNG_UP, Outcome.ABANDONED):
        return _JUDGED.get(judgement, ending)
    return ending


@dataclass(frozen=True, slots=True)
class CallRecord:
    """All that is known of a call once it is over. Times in seconds on the call's own clock."""

    index: int
    sid: str
    scenario: str
    persona: str
    caller_number: str
    outcome: Outcome
    why: str
    length_s: float
    turns: int
    response_total_s: float
    """Real seconds that the agent took in all for the webhooks that steered the call."""
    fields: tuple[FieldValue, ...]
    findings: tuple[Finding, ...]
    entries: tuple[Entry, ...]
    warm_up: bool = False
    """Whether it began in the run's warm-up, which is not judged."""
    repeats: int = 0
    """How many times the caller was asked for the same again, or asked back."""
    keeps: Keeps = Keeps.BOOKING
    """What the agent should have stored of it, if the goal is reached."""
