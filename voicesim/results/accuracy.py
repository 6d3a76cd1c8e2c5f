"""How right each fact came through: meant, reported, read back and stored, by persona and field.

Compared are calls that came to an end the agent stands by, or that were misheard; of the others
nobody knows whether what was said last reached the agent. Reported against meant tells of the
recogniser, read back or stored against reported of the agent (wrong is what a finding says, so what
was garbled counts for nothing), read back or stored against meant of what the caller got.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from voicesim.call.outcome import CallRecord, Outcome
from voicesim.call.talk import FieldValue
from voicesim.caller.checking import FIELDS, came_through, passes, same
from voicesim.caller.judging import contradicts
from voicesim.results.counts import Counts
from voicesim.results.fairness import STANDARD
from voicesim.results.lookup import compare
from voicesim.results.stored import evenly, readings
from voicesim.results.whole import whole

REPORTED = "reported_as_meant"
READ_BACK, READ_BACK_MEANT = "read_back_as_reported", "read_back_as_meant"
STORED, STORED_MEANT = "stored_as_reported", "stored_as_meant"
COMPARISONS = (REPORTED, READ_BACK, READ_BACK_MEANT, STORED, STORED_MEANT)
_SETTLED = (Outcome.GOAL_REACHED, Outcome.WRONG_RESULT, Outcome.MISHEARD)

Point = tuple[str, str, bool]
"""A field, one of COMPARISONS, and whether the two were the same."""


class Ratio(NamedTuple):
    """How many were the same, of those that were compared."""

    right: int = 0
    of: int = 0


Ratios = dict[tuple[str, str], Ratio]
"""By field and comparison."""


def heard(record: CallRecord) -> Iterator[Point]:
    """What a call that is over tells by itself: of the recogniser, and of what was read back."""
    if record.outcome not in _SETTLED:
        return
    for value in record.fields:
        name, came = value.name, value.heard
        if value.reported:
            yield name, REPORTED, not value.misreported
        if not came:
            continue
        wrong = contradicts(value)
        if value.reported and (wrong or _alike(value, came)):
            yield name, READ_BACK, not wrong
        yield name, READ_BACK_MEANT, _passes(value, came)


def stored(
    record: CallRecord, kept: Mapping[str, str], today: date | None = None
) -> Iterator[Point]:
    """What was ``kept`` of a call (by field, "" is: nothing) tells; ``today`` is the run's."""
    if record.outcome not in _SETTLED:
        return
    confirmed = record.outcome is Outcome.GOAL_REACHED
    for value in record.fields:
        name = value.name
        if name not in kept:
            continue
        plain = evenly(value)
        read = readings(name, kept[name], today) if kept[name] else ()
        wrong = bool(compare(replace(record, fields=(value,)), {name: kept[name]}, today))
        known = value.reported and record.outcome is not Outcome.MISHEARD
        if known and (wrong or any(_alike(plain, one) for one in read)):
            yield name, STORED, not wrong
        if read or (confirmed and value.reported):
            yield name, STORED_MEANT, any(_is_kept(plain, one) for one in read)


def ratios(counts: Counts) -> dict[str, Ratios]:
    """What all calls come to, by persona, the standard caller first; the warm-up aside."""
    found: dict[str, Ratios] = {}
    for (warm_up, _, persona, field, comparison, right), n in counts.accuracy.items():
        if not warm_up:
            its = found.setdefault(persona, {})
            before = its.get((field, comparison), Ratio())
            its[field, comparison] = Ratio(before.right + n * right, before.of + n)
    return dict(sorted(found.items(), key=lambda item: (item[0] != STANDARD, item[0])))


def total(ratios: Iterable[Ratio]) -> Ratio:
    """All of them together."""
    return Ratio(*(sum(column) for column in zip(Ratio(), *ratios, strict=True)))


def rows(counts: Counts) -> list[dict[str, Any]]:
    """A row a persona and field, for the result document."""
    return [
        {
            "persona": persona,
            "field": field,
            **{one: its.get((field, one), Ratio())._asdict() for one in COMPARISONS},
        }
        for persona, its in ratios(counts).items()
        for field in FIELDS
        if any(key[0] == field for key in its)
    ]


# --- within -----------------------------------------------------------------------------------


def _passes(value: FieldValue, came: str) -> bool:
    """Whether ``came`` is what was meant; of a name a part is that was reported in full."""
    in_part = not value.reported or came_through(value.name, value.reported, value.meant)
    return came == value.meant or passes(value.name, came, value.meant, in_part=in_part)


def _is_kept(value: FieldValue, came: str) -> bool:
    """The same of what is stored: that must be all of it, and nothing beside it."""
    meant = replace(value, reported="", heard="")
    return _passes(value, came) and whole(meant, came, clearly=True)


def _alike(value: FieldValue, came: str) -> bool:
    """Whether the agent took it as it was reported, or knew better."""
    return any(same(value.name, came, other) for other in (value.reported, value.meant))
