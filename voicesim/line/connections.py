"""Connections that are kept between hops, and looked at before they are used again."""

import time
from select import POLLIN
from typing import Any

import gevent  # type: ignore[import-untyped]
import gevent.monkey  # type: ignore[import-untyped]

from voicesim.line.dialling import Socket

IDLE_S = 1.0
"""A connection idle for longer is not used again: the agent may be about to close it."""

Origin = tuple[str, str, int]
_READABLE = 1
_clock = time.monotonic  # noqa: TID251 - the only real clock
_poll = gevent.monkey.get_original("select", "poll")
"""The system's own: gevent's, which Locust puts in its place, costs ten times as much."""


def clock() -> float:
    """Seconds of the monotonic clock: the wall's may jump."""
    return _clock()


class Connection:
    """A socket that is connected.

    ``raw`` is the system's socket below gevent's, which never waits, and ``watcher`` tells when it
    can be read from; None both under TLS.
    """

    __slots__ = ("_poll", "raw", "since", "sock", "watcher")

    def __init__(self, sock: Socket, *, plain: bool) -> None:
        self.sock = sock
        self.since = 0.0
        """When it was last used."""
        self.raw: Any = sock._sock if plain else None
        self.watcher: Any = gevent.get_hub().loop.io(sock.fileno(), _READABLE) if plain else None
        poller = _poll()
        poller.register(sock.fileno(), POLLIN)
        self._poll = poller.poll

    @property
    def quiet(self) -> bool:
        """Whether it is neither closed nor saying something nobody asked for."""
        return not self._poll(0)

    def close(self) -> None:
        """Close it; nobody is told of it."""
        if self.watcher is not None:
            self.watcher.close()
        self.sock.close()


class Kept:
    """The idle connections of a transport, by origin: at most ``most``."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._idle: dict[Origin, list[Connection]] = {}
        self._count = 0

    def take(self, origin: Origin, now: float) -> Connection | None:
        """One that is still good, the latest used first; None when there is none."""
        kept = self._idle.get(origin)
        while kept:
            connection = kept.pop()
            self._count -= 1
            if now - connection.since <= IDLE_S and connection.quiet:
                return connection
            connection.close()
        return None

    def keep(self, origin: Origin, connection: Connection, now: float) -> None:
        """Keep one that was used until ``now``, where there is room."""
        connection.since = now
        if self._count >= self._most:
            self._drop_stale(now)
        if self._count >= self._most:
            connection.close()
            return
        kept = self._idle.get(origin)
        if kept is None:
            kept = self._idle[origin] = []
        kept.append(connection)
        self._count += 1

    def close(self) -> None:
        """Close them all."""
        for kept in self._idle.values():
            for connection in kept:
                connection.close()
        self._idle.clear()
        self._count = 0

    def _drop_stale(self, now: float) -> None:
        for origin, kept in list(self._idle.items()):
            fresh = [connection for connection in kept if now - connection.since <= IDLE_S]
            for connection in kept:
                if now - connection.since > IDLE_S:
                    connection.close()
            self._count -= len(kept) - len(fresh)
            if fresh:
                self._idle[origin] = fresh
            else:
                del self._idle[origin]
