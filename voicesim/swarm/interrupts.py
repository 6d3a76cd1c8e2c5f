"""Ctrl-C ends what the main greenlet waits for, and nothing else.

Python would raise KeyboardInterrupt in whichever greenlet happens to work: in the one that carries
the calls it would end it, and with it calls that nobody then accounts for.
"""

import signal
from collections.abc import Callable

import gevent  # type: ignore[import-untyped]


def to_main() -> None:
    """From now on SIGINT is a KeyboardInterrupt of the main greenlet; not where it is ignored."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, lambda *_: _interrupt())


def no_more() -> None:
    """The process ends by itself, soon: nothing interrupts it any more, nor what came just now."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _interrupt() -> None:
    """Have the hub raise it, once whoever works now waits again."""
    hub = gevent.get_hub()
    hub.loop.run_callback_threadsafe(_throw, hub.parent.throw)


def _throw(throw: Callable[[type[BaseException]], object]) -> None:
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        throw(KeyboardInterrupt)
