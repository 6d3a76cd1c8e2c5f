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
            due = self.advance()
            if due is None and not self._backend.pending and not self._switch.idle:
                raise SimulatorError("calls are in progress and nothing of them is to come")
            if not self._switch.idle:
                self.wait(due)
        self._on_progress()

    def advance(self) -> float | None:
        """Do all that is due now and send what is to be sent; when something is due next."""
        while True:
            requests, due = self._switch.advance(self._backend.now())
            self._requests += requests
            self._on_progress()
            if not self._work():
                return due

    def wait(self, until: float | None) -> None:
        """Take in what comes, once something does or the clock says ``until``."""
        self._results += self._backend.wait(until)
        self._work()

    def drain(self, grace_s: float) -> None:
        """End the run: calls in progress may finish within ``grace_s`` wall seconds."""
        self._switch.drain(self._backend.now(), grace_s)
        self.run()

    def _work(self) -> bool:
        """Begin all requests and take in all results; whether the switch has an answer now.

        A request may be answered at once: there are URLs that may not be called.
        """
        answered = False
        while self._requests:
            request = self._requests.popleft()
            self._exchanges[request.id] = exchange = self._policy.exchange(request.webhook)
            answered |= self._go_on(request.id, exchange.begin())
        while self._results:
            id_, result = self._results.popleft()
            answered |= self._go_on(id_, self._exchanges[id_].received(result))
        return answered

    def _go_on(self, id_: int, step: Hop | Answer) -> bool:
        """Send the next hop, or hand in the answer; whether it was one."""
        if isinstance(step, Hop):
            self._backend.send(id_, step)
            return False
        del self._exchanges[id_]
        self._switch.receive(id_, step, self._backend.now())
        return True
