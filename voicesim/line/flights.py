"""Hops over kept plain connections, carried by the event loop itself: no greenlet waits for them.

What needs one is for the transport: a connection to be made, TLS, packets that may not take long.
"""

from collections.abc import Callable
from math import inf
from typing import Any

import gevent  # type: ignore[import-untyped]

from voicesim.line.connections import Connection, Kept, Origin, clock
from voicesim.line.hop import Hop, HopResult, out_of_time
from voicesim.line.urls import BadUrlError, parse
from voicesim.line.wire import BLOCK, BROKE, HopError, Response, request_bytes


class Flight(Response):
    """A hop under way, and what has come of its answer."""

    __slots__ = ("connection", "ends", "hop", "id", "origin", "started")

    def __init__(
        self, id_: int, hop: Hop, origin: Origin, connection: Connection, started: float
    ) -> None:
        super().__init__()
        self.id = id_
        self.hop = hop
        self.origin = origin
        self.connection = connection
        self.started = started
        self.ends = started + hop.deadline_s


class Flights:
    """The hops under way. Each ends in ``landed(id, result)`` or in ``fell(id, hop, started)``.

    It falls when its connection died before a byte of the answer came: nobody may be blamed. What
    goes wrong with us is told to ``broke``, and not left to gevent's log.
    """

    def __init__(
        self,
        kept: Kept,
        landed: Callable[[int, HopResult], None],
        fell: Callable[[int, Hop, float], None],
        broke: Callable[[BaseException], None],
    ) -> None:
        self._kept = kept
        self._landed = landed
        self._fell = fell
        self._broke = broke
        self._flights: dict[int, Flight] = {}
        self._timer: Any = None
        self._rings_at = inf

    def begin(self, id_: int, hop: Hop) -> bool:
        """Send ``hop`` over a kept connection; False when that cannot be done at once."""
        try:
            url = parse(hop.url)
        except BadUrlError:
            return False
        if url.scheme != "http" or hop.read_s is not None or hop.pause_s:
            return False
        now = clock()
        connection = self._kept.take(url.origin, now)
        if connection is None:
            return False
        request = request_bytes(hop, url)
        try:
            sent = connection.raw.send(request)
        except OSError:
            sent = 0
        if sent < len(request):  # it died, or the agent is slow to read
            connection.close()
            return False
        flight = self._flights[id_] = Flight(id_, hop, url.origin, connection, now)
        connection.watcher.start(self._readable, flight)
        if flight.ends < self._rings_at:
            self._ring_at(flight.ends)
        return True

    def close(self) -> None:
        """End what is under way, without results."""
        for flight in self._flights.values():
            flight.connection.close()
        self._flights.clear()
        self._ring_at(inf)

    def _readable(self, flight: Flight) -> None:
        try:
            self._read(flight)
        except BaseException as error:
            self._broke(error)

    def _read(self, flight: Flight) -> None:
        data: bytes | None = None
        try:
            data = flight.connection.raw.recv(BLOCK)
        except BlockingIOError:
            return
        except OSError:
            pass
        if not data and not flight.wire:
            self._end(flight)
            self._fell(flight.id, flight.hop, flight.started)
            return
        try:
            if data is None:
                raise HopError("11206", BROKE)
            if not flight.take(data):
                return
        except HopError as error:
            self._end(flight)
            self._landed(flight.id, error.failure(clock() - flight.started))
            return
        now = clock()
        if flight.complete and flight.should_keep_alive():
            del self._flights[flight.id]
            flight.connection.watcher.stop()
            self._kept.keep(flight.origin, flight.connection, now)
        else:
            self._end(flight)
        self._landed(flight.id, flight.answer(now - flight.started))

    def _end(self, flight: Flight) -> None:
        """Its connection is of no more use."""
        del self._flights[flight.id]
        flight.connection.close()

    # --- deadlines: one timer for all, set to the first of them ---------------------------------

    def _ring_at(self, at: float) -> None:
        if self._timer is not None:
            self._timer.close()
        self._timer, self._rings_at = None, at
        if at < inf:
            self._timer = gevent.get_hub().loop.timer(max(at - clock(), 0.0))
            self._timer.start(self._ring)

    def _ring(self) -> None:
        now = clock()
        for flight in [flight for flight in self._flights.values() if flight.ends <= now]:
            self._end(flight)
            spent_s = clock() - flight.started
            self._landed(flight.id, out_of_time(flight.hop.deadline_s, spent_s))
        self._ring_at(min((flight.ends for flight in self._flights.values()), default=inf))
