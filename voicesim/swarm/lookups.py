"""Looking into an agent over its own API: what did it store of a call."""

import json
import os
from dataclasses import dataclass

import gevent  # type: ignore[import-untyped]
import gevent.pool  # type: ignore[import-untyped]
import requests

from voicesim.base.findings import Finding, Level
from voicesim.call.outcome import CallRecord
from voicesim.caller.crosstalk import CrossTalk
from voicesim.line.named import origin_of
from voicesim.results import bookings
from voicesim.results.lookup import Lookup, compare, extract
from voicesim.results.tally import Tally

TIMEOUT_S = 5.0
FINISH_S = 20.0
LIST_S = 20.0
MOST_BYTES = 1 << 20
"""Of one call's record."""
MOST_LIST_BYTES = 1 << 25
"""Of the list of all bookings."""
FAILED = "lookup-failed"


@dataclass(frozen=True, slots=True)
class Run:
    """Of the run: its seed, and which callers rang in this process."""

    seed: int
    crosstalk: CrossTalk


class Lookups:
    """Compares what the agent stored of each call that ended with what was said in it.

    Made before the first call rings: what is booked by then is not of this run.
    """

    def __init__(self, lookup: Lookup, url: str, run: Run, at_once: int = 4) -> None:
        self._lookup = lookup
        self._origin = origin_of(url)
        self._run = run
        self._pool = gevent.pool.Pool(at_once)
        self._session = requests.Session()
        self._queue: list[tuple[CallRecord, Tally]] = []
        self._makers = bookings.Makers()
        self._trouble = ""
        self._before = {booking.id for booking in self._bookings()}

    def look_up(self, record: CallRecord, tally: Tally) -> None:
        """Have a call looked up; what is wrong is counted in ``tally``."""
        if not record.fields:
            return
        self._makers.add(record)
        self._queue.append((record, tally))
        if not self._pool.full():
            self._pool.spawn(self._work)

    def finish(self, tally: Tally) -> None:
        """Wait until all is looked up, then see what is booked twice."""
        self._pool.join(timeout=FINISH_S)
        for group in bookings.twice(self._bookings(), self._before):
            maker = self._makers.of(group)
            if maker is not None and not self._trouble:
                self._count(maker, bookings.finding(maker.index, group), tally)
        if self._trouble and (someone := self._makers.anyone()):
            self._count(someone, Finding(FAILED, Level.WARNING, self._trouble), tally)

    # --- within ---------------------------------------------------------------------------------

    def _work(self) -> None:
        while self._queue:
            record, tally = self._queue.pop()
            maker = bookings.Maker(record.index, record.scenario, record.persona, record.warm_up)
            for finding in self._compare(record):
                self._count(maker, finding, tally)

    @staticmethod
    def _count(maker: bookings.Maker, finding: Finding, tally: Tally) -> None:
        who = (maker.scenario, maker.persona, maker.index)
        tally.found(*who, finding, warm_up=maker.warm_up)

    def _compare(self, record: CallRecord) -> tuple[Finding, ...]:
        try:
            tree = self._get(self._lookup.path_of(record.sid), MOST_BYTES, TIMEOUT_S)
        except (requests.RequestException, ValueError) as error:
            message = f"the agent's record could not be looked up: {type(error).__name__}"
            return (Finding(FAILED, Level.WARNING, message),)
        if tree is None:
            return compare(record, None)
        stored = extract(self._lookup, tree)
        run = self._run
        others = run.crosstalk.stored(run.seed, record.index, record.fields, stored)
        return (*compare(record, stored), *others)

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

    def _get(self, path: str, most_bytes: int, timeout_s: float) -> object:
        """What the agent answers in JSON; None where it has no such record."""
        headers = {
            name: os.environ[variable]
            for name, variable in self._lookup.headers.items()
            if variable in os.environ
        }
        url, body = self._origin + path, b""
        with (
            gevent.Timeout(timeout_s, requests.Timeout()),
            self._session.get(
                url, headers=headers, timeout=timeout_s, stream=True, allow_redirects=False
            ) as answer,
        ):
            if answer.status_code == requests.codes.not_found:
                return None
            answer.raise_for_status()
            for piece in answer.iter_content(1 << 16):
                body += piece
                if len(body) > most_bytes:
                    raise ValueError(f"{path} answered with more than {most_bytes} bytes")
        try:
            return json.loads(body)
        except RecursionError:
            raise ValueError(f"{path} answered with JSON too deep to read") from None
