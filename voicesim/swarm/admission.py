"""Only workers that are like the master let callers ring.

A worker tells its makings as soon as it is there, and is told the master's: at once, and with the
options of every run. Unlike the master it says why, tells the master, and ends with exit code 2.
Until it has told, and is like the master, it waits at the door.
"""

import logging
from collections.abc import Callable, Set
from datetime import date
from typing import Any

import gevent  # type: ignore[import-untyped]
import gevent.event  # type: ignore[import-untyped]
from locust.env import Environment
from locust.runners import STATE_MISSING, MasterRunner, WorkerRunner

from voicesim.swarm.door import Door
from voicesim.swarm.makings import difference, makings
from voicesim.traffic.workload import Workload

log = logging.getLogger("voicesim")

HELLO, REFUSED = "voicesim-hello", "voicesim-refused"
"""Messages: either's makings; why a worker is refused."""
USAGE = 2
LONGEST = 500
"""Letters of a worker's reason that are logged."""
AGAIN_S = 1.0
"""How long a worker waits for the master's answer, who may not have listened, to ask again."""


def tell(options: Any, workload: Workload, today: date) -> None:
    """Put into the options of a run what its workers are to have alike: makings and the day."""
    options.run_made = makings(workload, options)
    options.start_date = today.isoformat()


# --- the master's side --------------------------------------------------------------------------


def receive(
    runner: MasterRunner,
    workload: Workload,
    admitted: set[str],
    turned_away: Callable[[str], None],
) -> None:
    """Answer workers; those that are like this master are ``admitted``, others ``turned_away``."""
    door = Door(runner, admitted)

    def hello(msg: Any, **_: object) -> None:
        mine = makings(workload)
        runner.send_message(HELLO, mine, client_id=msg.node_id)
        if not difference(msg.data, mine):
            door.let_in(msg.node_id)

    def refused(msg: Any, **_: object) -> None:
        door.turn_away(msg.node_id, str((msg.data or {}).get("why"))[:LONGEST])
        turned_away(msg.node_id)
        others = (c for c in runner.clients.all if c.id != msg.node_id)
        if all(client.state == STATE_MISSING for client in others):
            log.error("no worker is left: nobody lets callers ring")

    runner.register_message(HELLO, hello)
    runner.register_message(REFUSED, refused)


def believed(
    runner: MasterRunner, admitted: Set[str], worker: str, data: dict[str, Any]
) -> dict[str, Any]:
    """What a worker counted; {} when there is nothing, or when it did not say what it is made of.

    It is none of ours, or of an older version: it is told to end.
    """
    told: dict[str, Any] = data.get("voicesim") or {}
    if not told or worker in admitted:
        return told
    log.error("worker %s is refused: it does not say what it is made of", worker)
    runner.send_message("quit", client_id=worker)
    return {}


# --- a worker's side ----------------------------------------------------------------------------


def ask(environment: Environment, runner: WorkerRunner, workload: Workload) -> None:
    """Tell the master what this worker is made of, until it answers; end when it is unlike."""
    answered = gevent.event.Event()

    def hello(msg: Any, **_: object) -> None:
        answered.set()
        _refuse(environment, runner, difference(makings(workload), msg.data))

    def tell_it() -> None:
        while not answered.is_set():
            runner.send_message(HELLO, makings(workload))
            answered.wait(AGAIN_S)

    runner.register_message(HELLO, hello)
    gevent.spawn(tell_it)


def admits(environment: Environment, workload: Workload) -> bool:
    """Whether this process may open the run that it was told of; a worker that may not ends."""
    runner, options = environment.runner, environment.parsed_options
    if not isinstance(runner, WorkerRunner) or options is None or not options.run_id:
        return True  # the master may have refused the run: then it told nothing
    why = difference(makings(workload, options), getattr(options, "run_made", None))
    return not _refuse(environment, runner, why)


def _refuse(environment: Environment, runner: WorkerRunner, why: str) -> bool:
    """End this worker if there is a reason, which is told once."""
    if why and environment.process_exit_code != USAGE:
        log.error("this worker is refused: %s", why)
        environment.process_exit_code = USAGE
        runner.send_message(REFUSED, {"why": why})
        gevent.spawn(runner.quit)
    return bool(why)
