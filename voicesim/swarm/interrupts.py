"""Ctrl-C ends what the main greenlet waits for, and nothing else.

Python would raise KeyboardInterrupt in whichever greenlet happens to work: in the one that carries
the calls it would end it, and with it calls that nobody then accounts for.
"""

import signal

import gevent  # type: ignore[import-untyped]


def to_main() -> None:
    """From now on SIGINT is a KeyboardInterrupt of the main greenlet; not where it is ignored."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        gevent.signal_handler(signal.SIGINT, _interrupt)


def _interrupt() -> None:
    """Raised in a greenlet of its own gevent hands it to the main one."""
    raise KeyboardInterrupt
