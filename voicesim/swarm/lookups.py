"""Looking into an agent over its own API, beside the calls of a run."""

import json
import os
from collections import deque

import gevent  # type: ignore[import-untyped]
import gevent.pool  # type: ignore[import-untyped]
import requests

from voicesim.base.findings import Finding, Level
from voicesim.call.outcome import CallRecord
from voicesim.call.talk import Keeps
from voicesim.line.looking import Looking, Run
from voicesim.line.named import origin_of
from voicesim.results.bookings import Maker, maker_of
from voicesim.results.lookup import LOOKUP_FAILED, Lookup
from voicesim.results.tally import Tally

FINISH_S = 20.0


class Lookups:
    """Compares what the agent stored of each call that ended with what was said in it.

    Made before the first call rings.
    """

    def __init__(self, lookup: Lookup, url: str, run: Run, at_once: int = 4) -> None:
        self._headers = {
            name: os.environ[variable]
            for name, variable in lookup.headers.items()
            if variable in os.environ
        }
        self._origin = origin_of(url)
        self._pool = gevent.pool.Pool(at_once)
        self._session = requests.Session()
        self._queue: deque[tuple[CallRecord, Tally]] = deque()
        self._ending: gevent.Greenlet | None = None
        self._cut = False
        self._looking = Looking(lookup, run, self._get)

    def look_up(self, record: CallRecord, tally: Tally) -> None:
        """Have a call looked up; what comes of it is counted in ``tally``."""
        self._looking.ended(record)
        if not record.fields and record.keeps is Keeps.BOOKING:
            return
        self._queue.append((record, tally))
        if not (self._cut or self._pool.full()):
            self._pool.spawn(self._work)

    def finish(self, tally: Tally) -> None:
        """Wait until all is looked up, then look at the bookings."""
        self._pool.join(timeout=FINISH_S)
        self._pool.kill()
        for record, its in self._queue:  # there was no time
            message = "the agent's record was not looked up: the agent took too long over others"
            _count(maker_of(record), Finding(LOOKUP_FAILED, Level.WARNING, message), its)
        self._queue.clear()
        for maker, finding in self._at_end():
            _count(maker, finding, tally)

    def cut(self) -> None:
        """Look nothing more up: there is no time. What was not looked up is told by ``finish``."""
        self._cut = True
        self._pool.kill(block=False)
        if self._ending:
            self._ending.kill(block=False)

    def _at_end(self) -> list[tuple[Maker, Finding]]:
        """What is wrong with the bookings, or that nobody looked."""
        if not self._cut:
            self._ending = gevent.spawn(self._looking.at_end)
            found: list[tuple[Maker, Finding]] | gevent.GreenletExit = self._ending.get()
            if not isinstance(found, gevent.GreenletExit):
                return found
        return self._looking.not_read(
            "the agent's bookings were not looked up: the run was broken off"
        )

    def _work(self) -> None:
        while self._queue:
            record, tally = entry = self._queue.popleft()
            try:
                looked = self._looking.at_call(record)
            except gevent.GreenletExit:
                self._queue.append(entry)
                raise
            maker = maker_of(record)
            for finding in looked.findings:
                _count(maker, finding, tally)
            tally.compared(maker.scenario, maker.persona, looked.points, warm_up=maker.warm_up)

    def _get(self, path: str, most_bytes: int, timeout_s: float) -> object:
        """What the agent answers to ``path``; see ``looking.Get``."""
        body = b""
        with (
            gevent.Timeout(timeout_s, requests.Timeout()),
            self._session.get(
                self._origin + path,
                headers=self._headers,
                timeout=timeout_s,
                stream=True,
                allow_redirects=False,
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


def _count(maker: Maker, finding: Finding, tally: Tally) -> None:
    who = (maker.scenario, maker.persona, maker.index)
    tally.found(*who, finding, warm_up=maker.warm_up)
