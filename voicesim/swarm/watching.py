"""What the master, or the only process, looks at and tells while a run is on."""

import logging
from collections.abc import Callable, Set

import gevent  # type: ignore[import-untyped]
from locust.env import Environment
from locust.runners import STATE_INIT, STATE_MISSING, MasterRunner

from voicesim.swarm.calling import Calling
from voicesim.swarm.desk import Desk

log = logging.getLogger("voicesim")

WATCH_S = 0.1
"""A worker that joins is behind the run by so much at most, and by the way of the message."""
PROGRESS_S = 10.0


def watch(
    desk: Desk, environment: Environment, admitted: Set[str], age_s: Callable[[], float]
) -> None:
    """Tell ``desk`` how many users and which ``admitted`` workers there are, until its run is over.

    The options tell workers that join how old the run is.
    """
    runner, options = environment.runner, environment.parsed_options
    while runner and options and not desk.over:
        now_s = options.run_age_s = age_s()
        desk.asked(runner.target_user_count)
        for client in runner.clients.all if isinstance(runner, MasterRunner) else ():
            if client.state == STATE_MISSING:
                desk.missed(client.id, now_s)
            elif client.state != STATE_INIT and client.id in admitted:
                desk.joined(client.id, now_s)
        gevent.sleep(WATCH_S)


def tell_progress(desk: Desk, calling: Calling, age_s: Callable[[], float]) -> None:
    """Say every few seconds how far the run is, until it drains."""
    while True:
        gevent.sleep(PROGRESS_S)
        if desk.draining or desk.over:
            return
        if calling.station:
            desk.report("local", calling.report(), age_s())
        log.info("%s", desk.progress())
