"""Runs a switch without Locust: in real time over sockets, or in virtual time over the fake.

The loop owns the clock and the network through a Backend, and nothing else.
"""

from collections.abc import Callable

from voicesim.call.events import Answer
from voicesim.line.backend import Backend
from voicesim.line.hop import Hop
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

    def run(self) -> None:
        """Come back when every call that was placed is over."""
        while not self._switch.idle:
            requests, due = self._switch.advance(self._backend.now())
            self._on_progress()
            if requests:
                for request in requests:
                    self._start(request)
                continue  # an answer may be there already: a URL that may not be called has one
            for id_, result in self._backend.wait(due):
                self._go_on(id_, self._exchanges[id_].received(result))
        self._on_progress()

    def drain(self, grace_s: float) -> None:
        """End the run: calls in progress may finish within ``grace_s`` wall seconds."""
        self._switch.drain(self._backend.now(), grace_s)
        self.run()

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
