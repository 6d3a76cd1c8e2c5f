"""What happens in calls, fed to Locust's own statistics."""

import re
from typing import TYPE_CHECKING

from voicesim.base.redact import Redactor
from voicesim.base.remembering import remembered
from voicesim.call.events import Answer, Kind
from voicesim.call.outcome import CallRecord, Outcome
from voicesim.results.ladder import printable

if TYPE_CHECKING:  # Locust patches sockets when it is imported
    from locust.env import Environment

MAX_NAMES = 100
"""Rows of Locust's statistics that agents' paths may make; the rest share one."""
_ID = re.compile(r"[A-Z]{2}[0-9a-f]{32}|[0-9a-fA-F-]{16,}|\d{4,}")


class Statistics:
    """Locust's statistics: a row for each route and kind of webhook, and each kind of call."""

    def __init__(self, environment: "Environment") -> None:
        self._fire = environment.events.request.fire
        self._names: set[str] = set()
        self._hide = Redactor()

    def begin(self, hide: Redactor) -> None:
        """Begin a new run, in which ``hide`` takes secrets out of names."""
        self._names.clear()
        self._hide = hide

    def webhook(self, url: str, kind: Kind, answer: Answer) -> None:
        """A webhook was answered, or failed."""
        self._fire(
            request_type="HOOK",
            name=self._name(url, kind),
            response_time=answer.elapsed_s * 1000,
            response_length=len(answer.body),
            exception=Exception(answer.failure.code) if answer.failure else None,
            context={},
        )

    def call(self, record: CallRecord) -> None:
        """A call is over."""
        good = record.outcome is Outcome.GOAL_REACHED
        self._fire(
            request_type="CALL",
            name=f"{record.scenario} ({record.persona})",
            response_time=record.response_total_s * 1000,
            response_length=0,
            exception=None if good else Exception(record.outcome.value),
            context={},
        )

    def _name(self, url: str, kind: Kind) -> str:
        name = f"{_route(self._hide(url).partition('?')[0])} ({kind})"
        if name not in self._names:
            if len(self._names) >= MAX_NAMES:
                return f"other paths ({kind})"
            self._names.add(name)
        return name


@remembered(1024)
def _route(url: str) -> str:
    """The path of ``url`` (without a query), without what looks like an id."""
    path = "/" + url.split("/", 3)[-1] if url.count("/") > 2 else "/"
    return printable(_ID.sub("*", path)[:80])
