"""Whether each goal that was reached is one booking in the agent's list, and the right one.

Judged are callers all of whose calls reached their goal: what became of the others nobody knows.
Left alone are those whose bookings cannot be told from somebody else's: with one number. Whoever
has an appointment moved may have the old one beside the new, unless the agent said that it moved
it: it may have been told to book.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from voicesim.base.findings import Finding, Level
from voicesim.call.entries import Heard
from voicesim.call.outcome import CallRecord, Outcome
from voicesim.call.talk import Keeps
from voicesim.caller.languages import code_of, in_english
from voicesim.caller.words import fold
from voicesim.results.bookings import Booking, Maker, ending, finding, maker_of
from voicesim.results.lookup import NOT_STORED, Bookings, compare, told_clearly

MOST_CALLERS = 20_000
"""So many are judged in one process: the first ones."""
_LONGEST = 200
"""Characters of a fact; a caller of whom an agent says more is not judged."""
Found = tuple[Maker, Finding, tuple[str, ...]]
"""Whose call, what is wrong, and the ids of the bookings that it is about."""
_MOVED = re.compile(
    r"\b(?:moved|rescheduled|(?:changed|switched)\b.* (?:to|from)|new time|"
    r"reprogramad[oa]|ha cambiado|reporté)\b",
    re.IGNORECASE,
)
_LAST = 2
"""The prompts in which an agent says what it did: the last ones."""


@dataclass(slots=True)
class Callers:
    """The finished calls of this process, by caller: one who has to book first rings twice."""

    _calls: dict[int, list[CallRecord]] = field(default_factory=dict)
    _moved: set[int] = field(default_factory=set)
    _all: bool = True
    """Whether every caller is here; if not, others may have rung from the same numbers."""

    def add(self, record: CallRecord) -> None:
        """Remember a call that ended, without what was heard in it."""
        known = record.index in self._calls or len(self._calls) < MOST_CALLERS
        self._all &= known
        if known:
            short = all(len(f.heard) + len(f.reported) <= _LONGEST for f in record.fields)
            fields = record.fields if short else ()
            slim = replace(record, fields=fields, entries=(), findings=(), why="")
            self._calls.setdefault(record.index, []).append(slim)
            if _says_moved(record):
                self._moved.add(record.index)

    def wrong(
        self,
        where: Bookings,
        listed: Iterable[Booking],
        before: Mapping[str, Booking],
        today: date | None,
    ) -> Iterator[Found]:
        """What is wrong with what is ``listed`` after the run; ``before`` was there first."""
        listed = list(listed)
        new = [booking for booking in listed if booking.id not in before]
        book = _Book(where, new, self._sids(), by_number=self._all)
        shared = Counter(ending(calls[0].caller_number) for calls in self._calls.values())
        changed = _changed(before, listed)
        for calls in self._calls.values():
            number = ending(calls[0].caller_number)
            if _settled(calls) and shared[number] == 1 and number not in changed:
                moved = calls[0].index in self._moved
                yield from _wrong(calls, book, today, moved=moved)

    def _sids(self) -> set[str]:
        return {call.sid for calls in self._calls.values() for call in calls}


# --- within -----------------------------------------------------------------------------------


class _Book:
    """The new bookings of a list, and whose they are."""

    def __init__(
        self, where: Bookings, new: list[Booking], sids: set[str], *, by_number: bool
    ) -> None:
        self._by_sid = _grouped((b.call_sid, b) for b in new if b.call_sid)
        loose = [b for b in new if not b.call_sid]
        told = any(sid in sids for sid in self._by_sid)
        numbered = (loose if told else new) if by_number else []
        self._by_number = _grouped((ending(b.phone), b) for b in numbered)
        self._names = {fold(b.name) for b in loose}
        self._others = {ending(b.phone) for b in new if told and b.call_sid not in sids}
        self._all_tell = not new or (told and not loose)
        self._has_phone = by_number and "phone" in where.fields

    def of(self, calls: list[CallRecord]) -> list[Booking]:
        """The bookings that ``calls`` of one caller made."""
        found = [b for call in calls for b in self._by_sid.get(call.sid, [])]
        return [*found, *self._by_number.get(ending(calls[0].caller_number), [])]

    def complete(self, call: CallRecord) -> bool:
        """Whether a booking that ``call`` made would have been found."""
        if self._all_tell:
            return True
        clearly = any(told_clearly(value) for value in call.fields if value.name == "phone")
        named = any(fold(v) in self._names for f in call.fields for v in (f.meant, f.reported) if v)
        return self._has_phone and clearly and not named

    def others_with(self, number: str) -> bool:
        """Whether somebody else booked with this number: his may have been taken for the same."""
        return number in self._others


def _settled(calls: list[CallRecord]) -> bool:
    """Whether all of a caller's calls reached a goal that is a booking."""
    facts = {value.name for value in calls[-1].fields}
    return {"day", "time"} <= facts and all(
        c.outcome is Outcome.GOAL_REACHED and c.keeps is Keeps.BOOKING for c in calls
    )


def _says_moved(record: CallRecord) -> bool:
    """Whether the agent's last words are that it moved an appointment."""
    heard = [entry.prompt for entry in record.entries if isinstance(entry, Heard)][-_LAST:]
    return any(_MOVED.search(in_english(p.text, code_of(p.language))) for p in heard)


def _wrong(
    calls: list[CallRecord], book: _Book, today: date | None, *, moved: bool
) -> Iterator[Found]:
    call, number = calls[-1], ending(calls[0].caller_number)
    maker = maker_of(call)
    mine = list(dict.fromkeys(book.of(calls)))
    if book.others_with(number):
        return
    if not mine:
        if book.complete(call):
            message = f"Call {call.index} was confirmed, but there is no booking of it."
            yield maker, Finding(NOT_STORED, Level.ERROR, message), ()
        return
    ids = tuple(booking.id for booking in mine)
    if len(mine) > (1 if moved else len(calls)):
        yield maker, finding(call.index, mine), ids
    unlike = [_unlike(call, booking, today, alone=len(calls) == 1) for booking in mine]
    if all(unlike):
        for one in unlike[0]:
            said = f"Booking {mine[0].id}: {one.message}"
            yield maker, replace(one, message=said), ids


def _unlike(
    call: CallRecord, booking: Booking, today: date | None, *, alone: bool
) -> tuple[Finding, ...]:
    """What of a booking is not what the call confirmed.

    Of who it is for a call that was not ``alone`` says nothing: an earlier one told it.
    """
    facts = dict(zip(("name", "phone", "day", "time"), booking.facts, strict=True))
    known = ("day", "time", *(("name", "phone") if alone else ()))
    return compare(call, {name: facts[name] for name in known if facts[name]}, today)


def _changed(before: Mapping[str, Booking], listed: Iterable[Booking]) -> set[str]:
    """The numbers of bookings from before the run that were moved or are gone."""
    now = {booking.id: booking for booking in listed if booking.id in before}
    return {ending(b.phone) for id_, b in before.items() if now.get(id_) != b} - {""}


def _grouped(pairs: Iterable[tuple[str, Booking]]) -> dict[str, list[Booking]]:
    found: dict[str, list[Booking]] = {}
    for key, booking in pairs:
        if key:
            found.setdefault(key, []).append(booking)
    return found
