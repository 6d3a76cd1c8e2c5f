"""Runs a switch without Locust: in real time over sockets, or in virtual time over the fake.

The loop owns the clock and the network through a Backend, and nothing else.
"""

from collections import deque
from collections.abc import Callable

from voicesim.call.events import Answer
from voicesim.call.states import SimulatorError
from voicesim.line.backend import Backend
from voicesim.line.hop import Hop, HopResult
from voicesim.line.policy import Exchange, Policy
from voicesim.switch.switch import Request, Switch


class Driver:
    """Drives ``switch`` until it is idle; ``on_progress`` is called whenever something happened."""

    def __init__(
        self,
        switch: Switch,
        policy: Policy,
        backend: Backend,
        on_progress: Callable[[], None] = lambda: None,
    ) -> None:
        self._switch = switch
        self._policy = policy
        self._backend = backend
        self._on_progress = on_progress
        self._exchanges: dict[int, Exchange] = {}
        self._requests: deque[Request] = deque()
        self._results: deque[tuple[int, HopResult]] = deque()

    def run(self) -> None:
        """Come back when every call that was placed is over.

        What ``on_progress`` raises, and a KeyboardInterrupt, comes out of here; run or drain goes
        on where it was. Raises SimulatorError rather than wait for what cannot come.
        """
        while not self._switch.idle:
            requests, due = self._switch.advance(self._backend.now())
            self._requests += requests
            self._on_progress()
            if self._work() or self._switch.idle:
                continue  # an answer may be there already: a URL that may not be called has one
            if due is None and not self._backend.pending:
                raise SimulatorError("calls are in progress and nothing of them is to come")
            self._results += self._backend.wait(due)
            self._work()
        self._on_progress()

    def drain(self, grace_s: float) -> None:
        """End the run: calls in progress may finish within ``grace_s`` wall seconds."""
        self._switch.drain(self._backend.now(), grace_s)
        self.run()

    def _work(self) -> bool:
        """Begin all requests and take in all results there are; whether there were any."""
        worked = bool(self._requests or self._results)
        while self._requests:
            self._start(self._requests.popleft())
        while self._results:
            id_, result = self._results.popleft()
            self._go_on(id_, self._exchanges[id_].received(result))
        return worked

    def _start(self, request: Request) -> None:
        exchange = self._policy.exchange(request.webhook)
        self._exchanges[request.id] = exchange
        self._go_on(request.id, exchange.begin())

    def _go_on(self, id_: int, step: Hop | Answer) -> None:
        if isinstance(step, Hop):
            self._backend.send(id_, step)
            return
        del self._exchanges[id_]
        self._switch.receive(id_, step, self._backend.now())
