"""Looking into an agent after a call: where it keeps what it understood, and whether it is right.

Three values of every fact: what the caller *meant*, what the recogniser *reported*, what the agent
*stored*. Stored unlike both is the agent's error. Stored as reported, though unlike meant, is not:
the call was misheard.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated, Literal
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field

from voicesim.base.findings import Finding, Level
from voicesim.call.outcome import CallRecord, Outcome
from voicesim.call.talk import FieldValue
from voicesim.caller.checking import clear, same
from voicesim.caller.judging import contradicts
from voicesim.results.stored import evenly, readings
from voicesim.results.whole import whole

STORED_WRONG = "stored-wrong"
NOT_STORED = "not-stored"
LOOKUP_FAILED = "lookup-failed"
CALL_SID = "{call_sid}"

Path = Annotated[str, Field(pattern=r"^[^./?#\s][^/?#\s]*$")]
"""Where in a JSON document: "understood.name", "items.0.day"."""
UrlPath = Annotated[str, Field(pattern=r"^/[^\s#]*$")]
FieldName = Literal["name", "phone", "day", "time"]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Bookings(_Model):
    """How to ask an agent for all bookings it has: GET ``path`` at its origin, answered in JSON.

    Asked once before the run and once after it.
    """

    path: UrlPath
    items: Path | None = None
    """Where the list is in the answer; none: the answer is the list."""
    id: Path
    """Where in a booking its id is, which no other booking ever has."""
    call_sid: Path | None = None
    """Where the CallSid of the call is that made it, if the agent tells."""
    cancelled: Path | None = None
    """Where in a booking it says that it is cancelled (true, a date, "cancelled"), if the agent
    keeps those that are."""
    fields: dict[FieldName, Path]
    """Where in a booking each fact is; day and time must be there, and name or phone."""


class Lookup(_Model):
    """How to ask an agent for one call's record: GET ``path`` at its origin, answered in JSON."""

    path: UrlPath
    """With {call_sid} in it."""
    headers: dict[str, Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")]] = {}
    """Header to the name of the environment variable that holds its value; unset: not sent."""
    fields: dict[FieldName, Path]
    """Where each fact is in the answer."""
    bookings: Bookings | None = None

    def path_of(self, call_sid: str) -> str:
        """The path and query to ask for this call's record."""
        return self.path.replace(CALL_SID, quote(call_sid, safe=""))


class TargetProfile(_Model):
    """How to reach and look into one agent."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    description: Annotated[str, Field(min_length=1)]
    health_path: UrlPath | None = None
    """Answers 2xx while the agent is up."""
    lookup: Lookup | None = None


def extract(lookup: Lookup, tree: object) -> dict[str, str]:
    """What the agent's answer says of each field; "" where it says nothing."""
    return {field: text(at(tree, path)) for field, path in lookup.fields.items()}


def compare(
    record: CallRecord, stored: Mapping[str, str] | None, today: date | None = None
) -> tuple[Finding, ...]:
    """What is wrong with what the agent ``stored`` (by field); None is: it has no such record.

    ``today`` is the run's: of dates that are stored without a year.

    A fact that was told clearly must be there once the agent confirmed it; before that, and what
    the recogniser garbled, nobody can demand. Of a call that broke it is not known whether what was
    said last reached the agent, so nothing is held against what it stored. Nor is what it read back
    last to a caller that agreed to it.
    """
    if record.outcome not in _CONFIRMED or not record.fields:  # who told nothing has no record
        return ()
    confirmed = record.outcome is Outcome.GOAL_REACHED
    if stored is None:
        message = "The agent confirmed the call's goal, but has no record of the call."
        return (Finding(NOT_STORED, Level.ERROR, message),) if confirmed else ()
    return tuple(
        finding
        for value in record.fields
        if value.name in stored
        and (finding := _compared(value, stored[value.name], today, confirmed=confirmed))
    )


_CONFIRMED = (Outcome.GOAL_REACHED, Outcome.WRONG_RESULT)
"""How a call ended in which the agent stands by what it stored.

Of the others nobody knows: its last answer may have been lost, or too unclear to be believed.
"""


def _compared(
    value: FieldValue, kept: str, today: date | None, *, confirmed: bool
) -> Finding | None:
    """What is wrong with what was ``kept`` of ``value``, if something is, in any reading of it."""
    if not kept:
        return _missing(value) if confirmed and told_clearly(value) else None
    plain = evenly(value)
    found = [
        wrong(value, kept) if (wrong := _unlikeness(plain, one, confirmed=confirmed)) else None
        for one in readings(value.name, kept, today)
    ]
    return None if None in found else found[0]


def _unlikeness(
    value: FieldValue, kept: str, *, confirmed: bool
) -> Callable[[FieldValue, str], Finding] | None:
    stated = confirmed and bool(value.heard)
    all_of_it = whole(value, kept, clearly=told_clearly(value))
    if stated and all_of_it and same(value.name, kept, value.heard):
        return None
    if contradicts(replace(value, heard=kept)) or (value.reported and not all_of_it):
        return _wrong
    return _unlike if stated else None


def told_clearly(value: FieldValue) -> bool:
    """Whether it reached the agent clearly and as it was meant."""
    return (
        bool(value.reported)
        and clear(value.name, value.reported)
        and same(value.name, value.reported, value.meant)
    )


def _wrong(value: FieldValue, kept: str) -> Finding:
    return Finding(
        STORED_WRONG,
        Level.ERROR,
        f"The agent stored the {value.name} {kept!r}, but {value.reported!r} was reported to it.",
    )


def _unlike(value: FieldValue, kept: str) -> Finding:
    return Finding(
        STORED_WRONG,
        Level.ERROR,
        f"The agent stored the {value.name} {kept!r}, but confirmed {value.heard!r}.",
    )


def _missing(value: FieldValue) -> Finding:
    return Finding(
        NOT_STORED,
        Level.ERROR,
        f"The agent stored no {value.name}, though {value.reported!r} was reported to it.",
    )


def at(tree: object, path: str) -> object:
    """What a JSON document holds at ``path``; None where it holds nothing."""
    for key in path.split("."):
        if isinstance(tree, dict):
            tree = tree.get(key)
        elif isinstance(tree, list) and key.isdecimal() and int(key) < len(tree):
            tree = tree[int(key)]
        else:
            return None
    return tree


def text(value: object) -> str:
    """A JSON value as text; only text and numbers say anything."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    whole_number = isinstance(value, float) and value.is_integer()
    return str(int(value) if whole_number else value)
