"""Hops over real sockets: gevent's, without monkey-patching.

Everything a hop does is inside one gevent.Timeout, which also ends headers that drip.
"""

import ssl
import time
from select import POLLIN
from typing import Any

import gevent  # type: ignore[import-untyped]
import gevent.event  # type: ignore[import-untyped]
import gevent.monkey  # type: ignore[import-untyped]
import gevent.queue  # type: ignore[import-untyped]
import gevent.ssl  # type: ignore[import-untyped]

from voicesim.line.dialling import Socket, close, dial
from voicesim.line.hop import BODY_LIMIT, Hop, HopAnswer, HopFailure, HopResult, out_of_time
from voicesim.line.urls import BadUrlError, Url, parse
from voicesim.line.wire import HopError, Response, request_bytes

IDLE_S = 1.0
"""A connection idle for longer is not used again: the agent may be about to close it."""

_BLOCK = 16_384
_CERTIFICATE = {
    62: ("11235", "has a certificate for another host name"),
    64: ("11235", "has a certificate for another address"),
    9: ("11236", "has a certificate that is not valid yet"),
    10: ("11236", "has an expired certificate"),
}
_UNTRUSTED = ("11237", "has a certificate that no known authority signed")

_TLS_ENDED = (ssl.SSLEOFError, ssl.SSLZeroReturnError)

_clock = time.monotonic  # noqa: TID251 - the only real clock


def clock() -> float:
    """Seconds of the monotonic clock: the wall's may jump."""
    return _clock()


_poll = gevent.monkey.get_original("select", "poll")
"""The system's own: gevent's, which Locust puts in its place, costs ten times as much."""


class Transport:
    """Makes hops, keeping at most ``concurrency`` idle connections. Use it inside greenlets.

    ``ca_file`` names certificate authorities to trust beside the system's.
    """

    def __init__(self, concurrency: int = 256, ca_file: str | None = None) -> None:
        self._most_idle = concurrency
        self._ca_file = ca_file
        self._tls: Any = None
        self._idle: dict[tuple[str, str, int], list[tuple[Socket, float]]] = {}
        self._idle_count = 0

    def hop(self, hop: Hop) -> HopResult:
        """Make one request; blocks this greenlet for at most ``hop.deadline_s``."""
        started = _clock()
        sock: Socket = None
        reuse = False
        budget = gevent.Timeout(max(hop.deadline_s, 0.0))
        budget.start()
        try:
            url = parse(hop.url)
            request = request_bytes(hop, url)
            sock = self._take(url.origin)
            response = None if sock is None else _ask(sock, request, hop.read_s)
            if (
                response is None
            ):  # nothing kept, or closed while idle: nobody may be blamed for that
                close(sock)
                sock = None
                sock = self._connect(url, hop.connect_s)
                response = _ask(sock, request, hop.read_s)
            if response is None:
                raise HopError("11206", "closed the connection without an answer")
            reuse = response.complete and response.should_keep_alive()
            return _answer(response, _clock() - started)
        except HopError as error:
            elapsed_s = _clock() - started
            return HopFailure(error.code, error.message, elapsed_s, error.connecting, error.limit)
        except BadUrlError as error:
            return HopFailure("11100", f"cannot be called: {error}", 0.0, True)
        except gevent.Timeout as fired:
            if fired is not budget:
                raise
            fired.__traceback__ = None  # or frame and time-out would hold each other
            return out_of_time(hop.deadline_s, _clock() - started, connecting=sock is None)
        finally:
            budget.close()
            if reuse:
                self._keep(url.origin, sock)
            else:
                close(sock)

    def close(self) -> None:
        """Close the idle connections."""
        for kept in self._idle.values():
            for sock, _ in kept:
                close(sock)
        self._idle.clear()
        self._idle_count = 0

    # --- connections ----------------------------------------------------------------------------

    def _take(self, origin: tuple[str, str, int]) -> Socket:
        """A kept connection that is still good, the latest used first; None when there is none."""
        kept = self._idle.get(origin)
        while kept:
            sock, since = kept.pop()
            self._idle_count -= 1
            if _clock() - since <= IDLE_S and _quiet(sock):
                return sock
            close(sock)
        return None

    def _keep(self, origin: tuple[str, str, int], sock: Socket) -> None:
        now = _clock()
        if self._idle_count >= self._most_idle:
            self._drop_stale(now)
        if self._idle_count >= self._most_idle:
            close(sock)
            return
        self._idle.setdefault(origin, []).append((sock, now))
        self._idle_count += 1

    def _drop_stale(self, now: float) -> None:
        for origin, kept in list(self._idle.items()):
            fresh = [entry for entry in kept if now - entry[1] <= IDLE_S]
            for sock, since in kept:
                if now - since > IDLE_S:
                    close(sock)
            self._idle_count -= len(kept) - len(fresh)
            if fresh:
                self._idle[origin] = fresh
            else:
                del self._idle[origin]

    def _connect(self, url: Url, connect_s: float) -> Socket:
        """Look up, connect and, for https, shake hands. Raises HopError."""
        limit = gevent.Timeout(max(connect_s, 0.0))
        limit.start()
        sock: Socket = None
        done = False
        try:
            sock = dial(url)
            if url.scheme == "https":
                sock = self._secure(sock, url.name)
            done = True
            return sock
        except gevent.Timeout as fired:
            if fired is not limit:
                raise
            fired.__traceback__ = None
            failure = out_of_time(connect_s, 0.0, connecting=True)
            raise HopError(failure.code, failure.message, connecting=True) from None
        finally:
            limit.close()
            if not done:
                close(sock)

    def _secure(self, sock: Socket, host: str) -> Socket:
        if self._tls is None:
            self._tls = _tls_context(self._ca_file)
        tls: Socket = None
        done = False
        try:
            tls = self._tls.wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
            tls.do_handshake()
            done = True
            return tls
        except ssl.SSLCertVerificationError as error:
            code, message = _CERTIFICATE.get(error.verify_code, _UNTRUSTED)
            raise HopError(code, message, connecting=True) from None
        except (OSError, ValueError) as error:
            reason = getattr(error, "reason", None) or type(error).__name__
            message = f"did not complete the TLS handshake ({reason})"
            raise HopError("11220", message, connecting=True) from None
        finally:
            if not done:
                close(tls)


def _ask(sock: Socket, request: bytes, read_s: float | None) -> Response | None:
    """Send ``request`` and read its answer; None when the connection died without a byte of it.

    ``read_s`` bounds the wait for each packet. Raises HopError.
    """
    response = Response()
    try:
        sent = sock.send(request)  # nearly always all: sendall asks the system for sizes first
        if sent < len(request):
            sock.sendall(request[sent:])
        while True:
            data = sock.recv(_BLOCK) if read_s is None else _received(sock, read_s, response)
            if not data and not response.wire:
                return None
            if response.take(data):
                return response
    except OSError as error:
        if isinstance(error, ssl.SSLError) and not isinstance(error, _TLS_ENDED):
            raise HopError("11220", f"broke its TLS connection ({error.reason})") from None
        if response.wire:
            raise HopError("11206", "broke the connection in the middle of its answer") from None
        return None


def _received(sock: Socket, read_s: float, response: Response) -> bytes:
    """The next packet of ``response``. Raises HopError when none comes within ``read_s``."""
    limit = gevent.Timeout(read_s)
    limit.start()
    try:
        data: bytes = sock.recv(_BLOCK)
        return data
    except gevent.Timeout as fired:
        if fired is not limit:
            raise
        fired.__traceback__ = None
        message = f"sent nothing for {read_s:.3g} s"
        raise HopError("11205", message, limit="" if response.wire else "rt") from None
    finally:
        limit.close()


def _answer(response: Response, elapsed_s: float) -> HopAnswer:
    return HopAnswer(
        status=response.status,
        headers=tuple(response.headers),
        body=bytes(response.body[:BODY_LIMIT]),
        elapsed_s=elapsed_s,
        truncated=response.too_long,
    )


def _tls_context(ca_file: str | None) -> Any:
    """Settings that check certificate and name.

    Not gevent.ssl.create_default_context(): its sockets would block the whole process.
    """
    context = gevent.ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_default_certs()
    if ca_file is not None:
        context.load_verify_locations(ca_file)
    return context


def _quiet(sock: Socket) -> bool:
    """Whether an idle connection is neither closed nor saying something nobody asked for."""
    poller = _poll()
    poller.register(sock.fileno(), POLLIN)
    return not poller.poll(0)


class GeventBackend:
    """The network in real time: at most ``size`` hops at once, the others wait in line.

    To be driven from one greenlet, usually the main one. The greenlets that make the hops stay:
    to start one costs fifteen times as much as to wake one.
    """

    def __init__(self, transport: Transport | None = None, size: int = 256) -> None:
        self._transport = transport or Transport(size)
        self._size = size
        self._line = gevent.queue.SimpleQueue()
        self._begun = 0
        """Hops that were sent and have not ended, in line or under way."""
        self._results: list[tuple[int, HopResult]] = []
        self._workers: set[gevent.Greenlet] = set()
        self._ready = gevent.event.Event()
        self._error: BaseException | None = None
        self._pending = 0
        self._poked = False
        self.longest_queue = 0
        """The most hops that waited in line at once because the pool was too small."""
        hub = gevent.get_hub()
        if KeyboardInterrupt not in hub.NOT_ERROR:  # it is raised in the main greenlet all the same
            hub.NOT_ERROR = (*hub.NOT_ERROR, KeyboardInterrupt)

    @property
    def pending(self) -> int:
        """How many hops were sent whose results were not handed out yet."""
        return self._pending

    def now(self) -> float:
        """Seconds of the monotonic clock."""
        return _clock()

    def send(self, id: int, hop: Hop) -> None:  # noqa: A002 - the contract's name
        """Start ``hop``, or put it in line."""
        self._pending += 1
        self._begun += 1
        self._line.put((id, hop))
        if self._begun > self._size:
            self.longest_queue = max(self.longest_queue, self._begun - self._size)
        elif self._begun > len(self._workers):
            self._workers.add(gevent.spawn(self._work))

    def wait(self, until: float | None) -> list[tuple[int, HopResult]]:
        """The results that are there, as soon as there is one; [] when the clock reaches ``until``.

        With ``until`` None and nothing pending: [] at once. A time gone by lets the network work
        once. What broke in a worker (KeyboardInterrupt too) is raised here.
        """
        while not (self._results or self._poked) and self._error is None:
            left_s = None if until is None else until - _clock()
            if left_s is None and not self._pending:
                break
            if left_s is not None and left_s <= 0:
                gevent.sleep(0)
                break
            self._ready.clear()
            self._ready.wait(left_s)
        if self._error is not None:
            error, self._error = self._error, None
            raise error
        self._poked = False
        results, self._results = self._results, []
        self._pending -= len(results)
        return results

    def poke(self) -> None:
        """End a wait early: something else is to be done. For other greenlets."""
        self._poked = True
        self._ready.set()

    def close(self) -> None:
        """End what is under way, without results, and close all connections."""
        self._line = gevent.queue.SimpleQueue()
        self._begun = 0
        gevent.killall(list(self._workers))
        self._workers.clear()
        self._results.clear()
        self._pending = 0
        self._transport.close()

    def _work(self) -> None:
        try:
            for id_, hop in self._line:
                if hop.pause_s:
                    gevent.sleep(hop.pause_s)
                result = self._transport.hop(hop)
                self._results.append((id_, result))  # what wait() took meanwhile is another list
                self._begun -= 1
                self._ready.set()
        except gevent.GreenletExit:
            raise
        except BaseException as error:  # whoever waits shall learn of it, not gevent's log
            self._error = error
            self._begun -= 1
            self._ready.set()
        finally:
            self._workers.discard(gevent.getcurrent())
