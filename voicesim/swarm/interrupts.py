"""Ctrl-C and SIGTERM end the run in order; once more, they hurry the end that is under way.

Python would raise KeyboardInterrupt in whichever greenlet happens to work: in the one that carries
the calls it would end it, and with it calls that nobody then accounts for. And Locust (2.47)
listens to SIGTERM only when its main greenlet waits for the last time: not while a run with a
traffic profile is on, nor while a master waits for its workers.
"""

import logging
import signal
import sys
from collections.abc import Callable

import gevent  # type: ignore[import-untyped]
from locust.env import Environment

log = logging.getLogger("voicesim")

UNSURE = 3
SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupts:
    """What signals do to a Locust process. ``hurry`` is called in a greenlet of its own."""

    def __init__(self, environment: Environment, hurry: Callable[[], None]) -> None:
        self._environment = environment
        self._hurry = hurry
        self._came = False
        self.waiting = False
        """Whether a master without web UI may still wait for its workers."""
        self.quitting = False
        """Whether the process is about to end."""

    def take(self) -> None:
        """Signals are ours from now on; SIGTERM is Locust's where there is a web UI."""
        take(signal.SIGINT, self.heard)
        if self._environment.web_ui is None:
            take(signal.SIGTERM, self.heard)

    def heard(self) -> None:
        """A signal came; the hub calls this, so nothing here waits."""
        if self._ending:
            gevent.spawn(self._hurry)
        elif self.waiting:
            gevent.spawn(self.leave)
        else:
            gevent.get_hub().parent.throw(KeyboardInterrupt)
        self._came = True

    @property
    def _ending(self) -> bool:
        """Whether there is nothing to begin to end; with a web UI not before the process quits."""
        options = self._environment.parsed_options
        over = self._came or self._environment.process_exit_code is not None
        return self.quitting or bool(options and options.headless and over)

    def leave(self) -> None:
        """End before the run began, the workers too: Locust's main greenlet does not, so early."""
        log.error("ended before the run began: nobody rang")
        events, runner = self._environment.events, self._environment.runner
        events.quitting.fire(environment=self._environment, reverse=True)
        if runner:
            runner.quit()
        code = self._environment.process_exit_code
        code = UNSURE if code is None else code
        events.quit.fire(exit_code=code)
        sys.exit(code)


def take(number: signal.Signals, heard: Callable[[], None]) -> None:
    """From now on the hub calls ``heard`` when a signal came; not where it is ignored.

    It does once whoever works now waits again.
    """
    loop = gevent.get_hub().loop

    def pass_on() -> None:
        if signal.getsignal(number) is not signal.SIG_IGN:
            heard()

    if signal.getsignal(number) is not signal.SIG_IGN:
        signal.signal(number, lambda *_: loop.run_callback_threadsafe(pass_on))


def no_more() -> None:
    """The process ends by itself, soon: nothing interrupts it any more, nor what came just now."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
