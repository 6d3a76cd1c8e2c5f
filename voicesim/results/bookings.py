"""The list of an agent's bookings: which were made in a run, and which of them twice over."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from voicesim.base.findings import Finding, Level
from voicesim.call.outcome import CallRecord, Outcome
from voicesim.call.talk import Keeps
from voicesim.caller.words import DAYS, digits_of, find_days, find_times, fold
from voicesim.results.lookup import Bookings, at, text

BOOKED_TWICE = "booked-twice"
NOT_CANCELLED = "not-cancelled"
BOOKED_UNASKED = "booked-unasked"
_NO_MARKS = frozenset(("false", "no", "0", "booked", "confirmed", "active", "scheduled", "open"))
"""What stands in an agent's list where a booking is not cancelled."""
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
    keeps: Keeps = Keeps.BOOKING


@dataclass(frozen=True, slots=True)
class Gone:
    """An appointment that was said to be cancelled, and the call in which it was."""

    maker: Maker
    name: str
    number: str
    day: str
    time: str

    def among(self, bookings: Mapping[str, list[Booking]]) -> list[Booking]:
        """Those that may be it: of its number, and those that have none."""
        return [*bookings.get(ending(self.number), ()), *bookings.get("", ())]

    def is_of(self, booking: Booking) -> bool:
        """Whether ``booking`` is that appointment, as surely as can be told."""
        name, phone, day, time = booking.facts
        if phone and ending(phone) != ending(self.number):
            return False
        if name and fold(name) != fold(self.name):
            return False
        known = bool(phone or name) and _weekday(day) == self.day
        return known and _clock(time) == _clock(self.time)


@dataclass(slots=True)
class Makers:
    """The calls of this process, by CallSid and by number."""

    _by: dict[str, Maker] = field(default_factory=dict)
    _unsure: set[str] = field(default_factory=set)
    gone: list[Gone] = field(default_factory=list)

    def add(self, record: CallRecord) -> None:
        """Remember a call that ended."""
        if len(self._by) >= 2 * MOST_CALLS:
            return
        maker = maker_of(record)
        self._by[record.sid] = self._by[ending(record.caller_number)] = maker
        unwanted = record.keeps is not Keeps.BOOKING and maker.keeps is Keeps.BOOKING
        if unwanted or record.outcome is Outcome.MISHEARD:  # who was to move one, perhaps
            self._unsure |= {record.sid, ending(record.caller_number)}
        if record.keeps is Keeps.GONE and record.outcome is Outcome.GOAL_REACHED:
            meant = {value.name: value.meant for value in record.fields}
            who = (meant["name"], record.caller_number)
            self.gone.append(Gone(maker, *who, meant["day"], meant["time"]))

    def anyone(self) -> Maker | None:
        """Some call, if there was one."""
        return next(iter(self._by.values()), None)

    def may_be_misheard(self, booking: Booking) -> bool:
        """Whether it may be of a call that wanted no new one and was misheard, by id or number."""
        return (booking.call_sid or ending(booking.facts[1])) in self._unsure

    def by_id(self, booking: Booking) -> Maker | None:
        """The call that the agent itself names as the maker of ``booking``, if one of ours."""
        return self._by.get(booking.call_sid) if booking.call_sid else None

    def of(self, bookings: Iterable[Booking]) -> Maker | None:
        """The call that made ``bookings``, if one of ours did."""
        keys = [key for b in bookings for key in (b.call_sid, ending(b.facts[1])) if key]
        return next((self._by[key] for key in keys if key in self._by), None)


def read(where: Bookings, tree: object) -> list[Booking]:
    """The bookings in the agent's answer, but those that are marked as cancelled.

    ValueError says what is wrong with it.
    """
    found = at(tree, where.items) if where.items else tree
    if not isinstance(found, list):
        raise ValueError("there is no list of bookings in the answer")
    bookings = [_booking(where, item) for item in found if not _is_cancelled(where, item)]
    if not all(booking.id for booking in bookings):
        raise ValueError(f"a booking has no {where.id!r}")
    return bookings


def twice(bookings: Iterable[Booking], before: Collection[str]) -> list[list[Booking]]:
    """Those booked more than once: of the same person for the same day and time.

    What was there ``before`` (ids) does not count. Neither does what
    lacks a fact that is needed to tell two bookings apart: who, and when.
    """
    same: dict[tuple[str, ...], list[Booking]] = {}
    for booking in bookings:
        name, phone, day, time = booking.facts
        if booking.id in before:
            continue
        if (name or phone) and day and time:
            key = (fold(name), ending(phone), *map(str, find_days(day) or [day]), _clock(time))
            same.setdefault(key, []).append(booking)
    return [group for group in same.values() if len(group) > 1]


def ending(number: str) -> str:
    """The digits by which a number is recognised, with or without its country code."""
    return digits_of(number)[-_ENDING:]


def by_ending(bookings: Iterable[Booking]) -> dict[str, list[Booking]]:
    """``bookings`` by the end of their number; "" for those that have none."""
    sorted_: dict[str, list[Booking]] = {}
    for booking in bookings:
        sorted_.setdefault(ending(booking.facts[1]), []).append(booking)
    return sorted_


def finding(index: int, group: list[Booking]) -> Finding:
    """What is wrong with bookings that were all made in call ``index``."""
    ids = ", ".join(booking.id for booking in group[:_SHOWN])
    said = "; ".join(dict.fromkeys(booking.said for booking in group[:_SHOWN]))
    message = f"Call {index} is booked {len(group)} times: {said} (bookings {ids})."
    return Finding(BOOKED_TWICE, Level.ERROR, message)


def still_there(gone: Gone, now: Iterable[Booking], before: Iterable[Booking]) -> Finding | None:
    """What is wrong if an appointment that was said to be cancelled is ``now`` in the book.

    One like it that was there ``before`` the run is none of ours.
    """
    mine = [booking for booking in now if gone.is_of(booking)]
    if len(mine) <= sum(map(gone.is_of, before)):
        return None
    message = (
        f"In call {gone.maker.index} the agent said that the appointment of {gone.name!r} on "
        f"{gone.day} at {gone.time} is cancelled, and has it still: {mine[-1].said} (booking "
        f"{mine[-1].id})."
    )
    return Finding(NOT_CANCELLED, Level.ERROR, message)


def unasked(maker: Maker, booking: Booking) -> Finding | None:
    """What is wrong with a booking of a call in which nobody asked for one."""
    if maker.keeps is Keeps.BOOKING:
        return None
    message = (
        f"Call {maker.index} asked for no booking, and the agent made one: {booking.said} "
        f"(booking {booking.id})."
    )
    return Finding(BOOKED_UNASKED, Level.ERROR, message)


def maker_of(record: CallRecord) -> Maker:
    """What a finding needs to know of a call.

    Of one that was misheard nobody knows what the agent was asked to store.
    """
    sure = record.outcome in (Outcome.GOAL_REACHED, Outcome.WRONG_RESULT)
    keeps = record.keeps if sure else Keeps.BOOKING
    return Maker(record.index, record.scenario, record.persona, record.warm_up, keeps)


def _is_cancelled(where: Bookings, item: object) -> bool:
    """Whether it is marked so: by true, by when, or in so many words."""
    mark = at(item, where.cancelled) if where.cancelled else None
    if isinstance(mark, str):
        return bool(mark) and mark.casefold() not in _NO_MARKS
    return bool(mark)


def _weekday(day: str) -> str:
    """The weekday that ``day`` names or is; "" if neither can be told."""
    found = find_days(day)
    if found:
        return found[0] if len(found) == 1 else ""
    try:
        return DAYS[date.fromisoformat(day[:10]).weekday()]
    except ValueError:
        return ""


def _booking(where: Bookings, item: object) -> Booking:
    name, phone, day, time = (
        text(at(item, where.fields[f])) if f in where.fields else ""
        for f in ("name", "phone", "day", "time")
    )
    sid = text(at(item, where.call_sid)) if where.call_sid else ""
    return Booking(text(at(item, where.id)), sid, (name, phone, day, time))


def _clock(time: str) -> str:
    found = find_times(time) or find_times(f"at {time}")
    return found[0].spoken() if len(found) == 1 else time
