"""What an agent stored, as it tells itself: of each call that ended, and of all bookings."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import requests

from voicesim.base.findings import Finding, Level
from voicesim.call.outcome import CallRecord
from voicesim.call.talk import Keeps
from voicesim.caller.crosstalk import CrossTalk
from voicesim.results import accuracy, bookings
from voicesim.results.booked import Callers
from voicesim.results.lookup import LOOKUP_FAILED, Lookup, compare, extract

MOST_BYTES = 1 << 20
"""Of one call's record."""
MOST_LIST_BYTES = 1 << 25
"""Of the list of all bookings."""
TIMEOUT_S, LIST_S = 5.0, 20.0

Get = Callable[[str, int, float], object]
"""What the agent answers in JSON to a path; None where there is no such record.

Takes the path, the most bytes and the most seconds. Raises RequestException or ValueError.
"""


@dataclass(frozen=True, slots=True)
class Run:
    """Of the run: its seed, the day, and which callers rang in this process."""

    seed: int
    today: date
    crosstalk: CrossTalk


class Looked(NamedTuple):
    """What is wrong with what is stored of a call, and how right each fact of it is."""

    findings: tuple[Finding, ...] = ()
    points: tuple[accuracy.Point, ...] = ()


class Looking:
    """Looks into one agent. Made before the first call rings: what is booked then is not ours."""

    def __init__(self, lookup: Lookup, run: Run, get: Get) -> None:
        self._lookup = lookup
        self._run = run
        self._get = get
        self._makers = bookings.Makers()
        self._trouble = ""
        self._callers = Callers()
        self._before = {booking.id: booking for booking in self._bookings()}

    def ended(self, record: CallRecord) -> None:
        """A call ended, looked into or not."""
        if self._lookup.bookings:
            self._callers.add(record)

    def at_call(self, record: CallRecord) -> Looked:
        """What is stored of a call that ended, compared."""
        self._makers.add(record)
        if record.keeps is not Keeps.BOOKING:  # what there must not be is in the list, at the end
            return Looked()
        try:
            tree = self._get(self._lookup.path_of(record.sid), MOST_BYTES, TIMEOUT_S)
        except (requests.RequestException, ValueError) as error:
            message = f"the agent's record could not be looked up: {type(error).__name__}"
            return Looked((Finding(LOOKUP_FAILED, Level.WARNING, message),))
        run = self._run
        stored = extract(self._lookup, tree)
        points = tuple(accuracy.stored(record, stored, run.today))
        if tree is None:
            return Looked(compare(record, None, run.today), points)
        others = run.crosstalk.stored(run.seed, record.index, record.fields, stored)
        return Looked((*compare(record, stored, run.today), *others), points)

    def at_end(self) -> list[tuple[bookings.Maker, Finding]]:
        """What is wrong with the bookings once all calls are over, and with whose call."""
        if self._lookup.bookings is None:
            return []
        now = self._bookings()
        if self._trouble:  # what was there before is not known
            return self.not_read(self._trouble)
        of_goals = list(
            self._callers.wrong(self._lookup.bookings, now, self._before, self._run.today)
        )
        told = {id_ for _, _, ids in of_goals for id_ in ids}
        asked_for = [one for one in now if not self._makers.may_be_misheard(one)]
        found = [(maker, finding) for maker, finding, _ in of_goals]
        found += [
            (maker, bookings.finding(maker.index, group))
            for group in bookings.twice(asked_for, self._before)
            if not told.issuperset(booking.id for booking in group)
            and (maker := self._makers.of(group))
        ]
        found += [
            (maker, finding)
            for booking in now
            if booking.id not in self._before and (maker := self._makers.by_id(booking))
            if (finding := bookings.unasked(maker, booking))
        ]
        return found + self._still_there(now)

    def not_read(self, why: str) -> list[tuple[bookings.Maker, Finding]]:
        """That the bookings are not known, by one call; nothing if they are not asked for."""
        someone = self._makers.anyone()
        if someone is None or self._lookup.bookings is None:
            return []
        return [(someone, Finding(LOOKUP_FAILED, Level.WARNING, why))]

    def _still_there(self, now: list[bookings.Booking]) -> list[tuple[bookings.Maker, Finding]]:
        """What was said to be cancelled and is not, of few calls: by number, then one by one."""
        by_end = bookings.by_ending(now), bookings.by_ending(self._before.values())
        return [
            (gone.maker, finding)
            for gone in self._makers.gone
            if (finding := bookings.still_there(gone, *(gone.among(some) for some in by_end)))
        ]

    def _bookings(self) -> list[bookings.Booking]:
        """All bookings that the agent has; none, and why, when it does not tell."""
        where = self._lookup.bookings
        if where is None:
            return []
        try:
            return bookings.read(where, self._get(where.path, MOST_LIST_BYTES, LIST_S))
        except (requests.RequestException, ValueError) as error:
            self._trouble = f"the agent's bookings could not be looked up: {error}"
            return []
