"""Looking into an agent over its own API: what did it store of a call."""

import os

import gevent  # type: ignore[import-untyped]
import gevent.pool  # type: ignore[import-untyped]
import requests

from voicesim.base.findings import Finding, Level
from voicesim.call.outcome import CallRecord
from voicesim.line.named import origin_of
from voicesim.results.lookup import TargetProfile, compare, extract
from voicesim.results.tally import Tally

TIMEOUT_S = 5.0
FINISH_S = 20.0


class Lookups:
    """Compares what the agent stored of each call that ended with what was said in it."""

    def __init__(self, profile: TargetProfile, url: str, at_once: int = 4) -> None:
        self._profile = profile
        self._origin = origin_of(url)
        self._pool = gevent.pool.Pool(at_once)
        self._session = requests.Session()
        self._queue: list[tuple[CallRecord, Tally]] = []

    def look_up(self, record: CallRecord, tally: Tally) -> None:
        """Have a call looked up; what is wrong is counted in ``tally``."""
        if not record.fields:
            return
        self._queue.append((record, tally))
        if not self._pool.full():
            self._pool.spawn(self._work)

    def finish(self) -> None:
        """Wait until all is looked up."""
        self._pool.join(timeout=FINISH_S)

    def _work(self) -> None:
        while self._queue:
            record, tally = self._queue.pop()
            for finding in self._compare(record):
                tally.found(
                    record.scenario,
                    record.persona,
                    record.index,
                    finding,
                    warm_up=record.warm_up,
                )

    def _compare(self, record: CallRecord) -> tuple[Finding, ...]:
        lookup = self._profile.lookup
        if lookup is None:
            return ()
        headers = {
            name: os.environ[variable]
            for name, variable in lookup.headers.items()
            if variable in os.environ
        }
        try:
            answer = self._session.get(
                self._origin + lookup.path_of(record.sid), headers=headers, timeout=TIMEOUT_S
            )
            if answer.status_code == requests.codes.not_found:
                return compare(record, None)
            answer.raise_for_status()
            return compare(record, extract(lookup, answer.json()))
        except (requests.RequestException, ValueError) as error:
            message = f"the agent's record could not be looked up: {type(error).__name__}"
            return (Finding("lookup-failed", Level.WARNING, message),)
