"""A backend without network and without waiting: the agent is a function, time is a number.

Shipped with the package, so that anybody can run whole workloads in virtual time.
"""

from collections.abc import Callable
from heapq import heappop, heappush

from voicesim.line.hop import Hop, HopResult, out_of_time


class FakeBackend:
    """Answers hops with ``agent``, ``latency_s`` later, in virtual time from ``start`` on.

    The result's ``elapsed_s`` is the latency, whatever the agent wrote there. A latency beyond the
    hop's deadline becomes the time-out that the real backend would report, at the deadline.
    """

    def __init__(
        self,
        agent: Callable[[Hop], HopResult],
        latency_s: Callable[[Hop], float] | float = 0.0,
        start: float = 0.0,
    ) -> None:
        self._agent = agent
        self._latency_s = latency_s
        self._now = start
        self._sent = 0
        self._due: list[tuple[float, int, int, HopResult]] = []

    @property
    def pending(self) -> int:
        """How many hops were sent whose results were not handed out yet."""
        return len(self._due)

    def now(self) -> float:
        """The virtual clock, in seconds."""
        return self._now

    def send(self, id: int, hop: Hop) -> None:  # noqa: A002 - the contract's name
        """Ask the agent now; hand out what it said when the latency is over."""
        latency_s = self._latency_s(hop) if callable(self._latency_s) else self._latency_s
        result = self._agent(hop)
        if latency_s > hop.deadline_s:
            latency_s = hop.deadline_s
            result = out_of_time(hop.deadline_s, latency_s)
        self._sent += 1
        due = self._now + hop.pause_s + latency_s
        heappush(self._due, (due, self._sent, id, result._replace(elapsed_s=latency_s)))

    def wait(self, until: float | None) -> list[tuple[int, HopResult]]:
        """Jump to the earliest result or to ``until``, whichever is first; results win a tie."""
        results: list[tuple[int, HopResult]] = []
        if self._due and (until is None or self._due[0][0] <= max(until, self._now)):
            self._now = max(self._now, self._due[0][0])
            while self._due and self._due[0][0] <= self._now:
                _, _, id_, result = heappop(self._due)
                results.append((id_, result))
        elif until is not None:
            self._now = max(self._now, until)
        return results

    def close(self) -> None:
        """Forget what is pending."""
        self._due.clear()
