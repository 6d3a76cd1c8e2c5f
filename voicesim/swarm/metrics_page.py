"""The page that Prometheus reads, in the process that adds up, on a port of its own."""

import logging
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import gevent  # type: ignore[import-untyped]
import gevent.event  # type: ignore[import-untyped]
from gevent.pool import Pool  # type: ignore[import-untyped]
from gevent.pywsgi import WSGIHandler, WSGIServer  # type: ignore[import-untyped]

from voicesim.base.errors import ConfigError
from voicesim.metrics import history
from voicesim.metrics.collector import Collector, page
from voicesim.metrics.snapshot import Snapshot
from voicesim.results.result import Result
from voicesim.verdict.judging import Judged

log = logging.getLogger("voicesim")

LINGER_S = 15.0
"""How long a run that is over waits until all who read before have read its last figures."""
MOST_READERS = 100
"""So many are remembered."""
AT_ONCE = 100
"""Connections; further ones wait until one of these is over."""
ASK_S = 2.0
"""Who has not said by then what it wants loses its place to whoever waits."""
ANSWER_S = 10.0
"""So long a reader may take."""
TEXT = "text/plain; version=0.0.4; charset=utf-8"
CLOSE = ("Connection", "close")
StartResponse = Callable[[str, list[tuple[str, str]]], Any]


class Handler(WSGIHandler):
    """Answers one request in its time; a connection that asks for nothing is closed."""

    def handle(self) -> None:
        """Read and answer, or give up."""
        self._asking = gevent.Timeout.start_new(ASK_S, gevent.GreenletExit)
        try:
            super().handle()
        finally:
            self._asking.close()

    def handle_one_response(self) -> None:
        """The answer has a time of its own."""
        self._asking.close()
        with gevent.Timeout(ANSWER_S, gevent.GreenletExit):
            super().handle_one_response()


class MetricsPage:
    """Serves ``look()`` at /metrics, in pieces, letting the loop go on between them."""

    def __init__(self, host: str, port: int, look: Callable[[], Snapshot | None]) -> None:
        self._collector = Collector(look)
        self._host = host
        self._server = WSGIServer(
            (host, port),
            self._answer,
            log=None,
            error_log=None,
            spawn=Pool(AT_ONCE),
            handler_class=Handler,
        )
        self._readers: set[tuple[str, str]] = set()
        """Who read, but not the last figures: address and program."""
        self._ending = False
        self._read_at_the_end = gevent.event.Event()

    @property
    def address(self) -> tuple[str, int]:
        """Where it listens."""
        return self._host, self._server.server_port

    def open(self) -> None:
        """Listen; ConfigError when the port cannot be had."""
        try:
            self._server.start()
        except OSError as error:
            where = "{}:{}".format(*self.address)
            raise ConfigError([f"--metrics-port: cannot listen at {where}: {error}"]) from None
        log.info("metrics at http://%s:%d/metrics", *self.address)

    def close(self) -> None:
        """Listen no more, and wait for nobody."""
        self._read_at_the_end.set()
        self._server.stop(timeout=1)

    def wait_until_read(self) -> None:
        """The figures are final: whoever reads them now and then shall have the last ones."""
        self._ending = True
        if self._readers:
            self._read_at_the_end.wait(LINGER_S)

    def _answer(self, environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] != "/metrics" or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            start("404 Not Found", [("Content-Type", "text/plain"), CLOSE])
            return [b"GET /metrics\n"]
        start("200 OK", [("Content-Type", TEXT), CLOSE])
        return self._pieces((environ["REMOTE_ADDR"], environ.get("HTTP_USER_AGENT", "")))

    def _pieces(self, reader: tuple[str, str]) -> Iterator[bytes]:
        ending = self._ending
        for piece in page(self._collector):
            yield piece
            if not piece:
                gevent.sleep(0)
        if not ending:
            if len(self._readers) < MOST_READERS:
                self._readers.add(reader)
            return
        self._readers.discard(reader)
        if not self._readers:
            self._read_at_the_end.set()


def open_page(options: Namespace, look: Callable[[], Snapshot | None]) -> MetricsPage | None:
    """The page that ``options`` ask for; ConfigError when it, or the Pushgateway, cannot be had."""
    if options.push_gateway:
        history.checked_gateway(options.push_gateway)
    if options.metrics_port is None:
        return None
    page = MetricsPage(options.metrics_host, options.metrics_port, look)
    page.open()
    return page


def push(gateway: str, result: Result, judged: Judged) -> None:
    """Put a result at the Pushgateway, if one was named; the verdict stands if that fails."""
    if not gateway:
        return
    try:
        history.push(gateway, history.keep(result, judged.verdict.value))
    except ConfigError as error:
        log.error("%s", "; ".join(error.messages))
