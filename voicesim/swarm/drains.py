"""How a master has its workers drain, and waits for them."""

import gevent  # type: ignore[import-untyped]
from locust.runners import STATE_MISSING, MasterRunner

from voicesim.line.looking import LIST_S
from voicesim.swarm.lookups import FINISH_S
from voicesim.swarm.station import HARD_END_S

DRAIN, DRAINED = "voicesim-drain", "voicesim-drained"
"""Messages: the master asks a worker to drain; it has, and told its last counts before."""
WORKER_ANSWERS_S = HARD_END_S + FINISH_S + LIST_S + 5.0
"""How long the master waits, beyond the grace, for a worker to say that it is drained: longer than
its last webhooks and its look-ups can take."""


def drain_workers(runner: MasterRunner, drained: set[str], grace_s: float) -> None:
    """Ask every worker to drain, those too that join meanwhile, until all are ``drained``.

    Those that are missing are not waited for, nor is any for much longer than ``grace_s``.
    """
    asked: set[str] = set()
    with gevent.Timeout(grace_s + WORKER_ANSWERS_S, False):
        while True:
            waiting = [
                client.id
                for client in runner.clients.all
                if client.id not in drained and client.state != STATE_MISSING
            ]
            for worker in set(waiting) - asked:
                runner.send_message(DRAIN, client_id=worker)
                asked.add(worker)
            if not waiting:
                break
            gevent.sleep(0.05)
