"""No worker joins before it is known: Locust gives users to whoever says that it is there.

What a worker says of being ready is held back and handed on when it is let in. Until then the
master of Locust knows nothing of it: it counts for no ``--expect-workers`` and is given no users.
"""

import logging

import gevent  # type: ignore[import-untyped]
from locust import __version__
from locust.rpc import Message
from locust.runners import MasterRunner

log = logging.getLogger("voicesim")

PATIENCE_S = 10.0
"""A worker of voicesim says what it is made of in a moment; others never do."""
STRANGE = (
    f"in {PATIENCE_S:g} s it did not show that it is a voicesim like the master's: start it with"
    " the same locustfile"
)


class Door:
    """Stands before ``runner``; those that were let in are ``admitted``."""

    def __init__(self, runner: MasterRunner, admitted: set[str]) -> None:
        self._runner = runner
        self._admitted = admitted
        self._hand_on = runner.handle_message
        self._waiting: dict[str, Message] = {}
        """What those that wait said when they came."""
        runner.handle_message = self._handle  # type: ignore[method-assign]
        runner.environment.events.quitting.add_listener(lambda **_: self._close())
        for worker in list(runner.clients):  # came before anyone stood here
            del runner.clients[worker]
            self._hold(worker, Message("client_ready", __version__, worker))

    def let_in(self, worker: str) -> None:
        """Have it join, if it waits."""
        self._admitted.add(worker)
        if ready := self._waiting.pop(worker, None):
            self._hand_on(worker, ready)

    def turn_away(self, worker: str, why: str) -> None:
        """Let it join no more, and say why."""
        self._admitted.discard(worker)
        self._waiting.pop(worker, None)
        log.error("worker %s is refused: %s", worker, why)

    def _handle(self, client_id: str, msg: Message) -> None:
        match msg.type:
            case "client_ready" if client_id not in self._admitted:
                self._hold(client_id, msg)
            case "heartbeat" if client_id in self._waiting:
                self._runner.send_message("heartbeat", client_id=client_id)
            case "stats" if client_id in self._waiting:
                pass  # it has no part in the run
            case _:
                self._hand_on(client_id, msg)

    def _hold(self, worker: str, ready: Message) -> None:
        """Tell it that it is heard, without which it would say nothing more, and wait."""
        index = self._runner.get_worker_index(worker)
        self._runner.send_message("ack", {"index": index}, worker)
        if worker not in self._waiting:
            gevent.spawn_later(PATIENCE_S, self._lose_patience, worker)
        self._waiting[worker] = ready

    def _lose_patience(self, worker: str) -> None:
        if worker in self._waiting:
            self.turn_away(worker, STRANGE)
            self._runner.send_message("quit", client_id=worker)

    def _close(self) -> None:
        for worker in self._waiting:
            self._runner.send_message("quit", client_id=worker)
