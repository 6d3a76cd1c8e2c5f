"""The list of an agent's bookings: which were made in a run, and which of them twice over."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from voicesim.base.findings import Finding, Level
from voicesim.call.outcome import CallRecord
from voicesim.caller.words import digits_of, find_days, find_times, fold
from voicesim.results.lookup import Bookings, at, text

BOOKED_TWICE = "booked-twice"
MOST_CALLS = 100_000
"""Of so many calls it is known in one process whose a booking is."""
_SHOWN = 5
_ENDING = 9
"""By so many digits, the last ones, a number is recognised: country code or not."""


@dataclass(frozen=True, slots=True)
class Booking:
    """One booking: its id, the call that made it, if the agent tells, and its facts."""

    id: str
    call_sid: str
    facts: tuple[str, str, str, str]
    """Name, phone, day, time: as the agent shows them, "" where it does not."""
    cancelled: bool = False
    """Whether it is marked as one that no longer holds."""

    @property
    def name(self) -> str:
        """Who it is for."""
        return self.facts[0]

    @property
    def phone(self) -> str:
        """That one's number."""
        return self.facts[1]

    @property
    def said(self) -> str:
        """In words."""
        return ", ".join(repr(fact) for fact in self.facts if fact)


@dataclass(frozen=True, slots=True)
class Maker:
    """The call that a booking may be of, as far as a finding needs to know it."""

    index: int
    scenario: str
    persona: str
    warm_up: bool


@dataclass(slots=True)
class Makers:
    """The calls of this process, by CallSid and by number."""

    _by: dict[str, Maker] = field(default_factory=dict)

    def add(self, record: CallRecord) -> None:
        """Remember a call that ended."""
        if len(self._by) < 2 * MOST_CALLS:
            maker = Maker(record.index, record.scenario, record.persona, record.warm_up)
            self._by[record.sid] = self._by[ending(record.caller_number)] = maker

    def anyone(self) -> Maker | None:
        """Some call, if there was one."""
        return next(iter(self._by.values()), None)

    def of(self, bookings: Iterable[Booking]) -> Maker | None:
        """The call that made ``bookings``, if one of ours did."""
        keys = [key for b in bookings for key in (b.call_sid, ending(b.facts[1])) if key]
        return next((self._by[key] for key in keys if key in self._by), None)


def read(where: Bookings, tree: object) -> list[Booking]:
    """The bookings in the agent's answer; ValueError says what is wrong with it."""
    found = at(tree, where.items) if where.items else tree
    if not isinstance(found, list):
        raise ValueError("there is no list of bookings in the answer")
    bookings = [_booking(where, item) for item in found]
    if not all(booking.id for booking in bookings):
        raise ValueError(f"a booking has no {where.id!r}")
    return bookings


def twice(bookings: Iterable[Booking], before: Collection[str]) -> list[list[Booking]]:
    """Those booked more than once: of the same person for the same day and time.

    What was there ``before`` (ids) does not count. Neither does what is cancelled, or
    lacks a fact that is needed to tell two bookings apart: who, and when.
    """
    same: dict[tuple[str, ...], list[Booking]] = {}
    for booking in bookings:
        name, phone, day, time = booking.facts
        if booking.id in before or booking.cancelled:
            continue
        if (name or phone) and day and time:
            key = (fold(name), ending(phone), *map(str, find_days(day) or [day]), _clock(time))
            same.setdefault(key, []).append(booking)
    return [group for group in same.values() if len(group) > 1]


def ending(number: str) -> str:
    """The digits by which a number is recognised, with or without its country code."""
    return digits_of(number)[-_ENDING:]


def finding(index: int, group: list[Booking]) -> Finding:
    """What is wrong with bookings that were all made in call ``index``."""
    ids = ", ".join(booking.id for booking in group[:_SHOWN])
    said = "; ".join(dict.fromkeys(booking.said for booking in group[:_SHOWN]))
    message = f"Call {index} is booked {len(group)} times: {said} (bookings {ids})."
    return Finding(BOOKED_TWICE, Level.ERROR, message)


def _booking(where: Bookings, item: object) -> Booking:
    name, phone, day, time = (
        text(at(item, where.fields[f])) if f in where.fields else ""
        for f in ("name", "phone", "day", "time")
    )
    sid = text(at(item, where.call_sid)) if where.call_sid else ""
    state = at(item, where.status)
    gone = state is True or fold(text(state)) in map(fold, where.cancelled)
    return Booking(text(at(item, where.id)), sid, (name, phone, day, time), gone)


def _clock(time: str) -> str:
    found = find_times(time) or find_times(f"at {time}")
    return found[0].spoken() if len(found) == 1 else time
