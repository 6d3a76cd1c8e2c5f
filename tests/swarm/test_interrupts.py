"""Ctrl-C: it reaches the main greenlet, and no other one notices."""

import os
import signal
from collections.abc import Iterator

import gevent
import gevent.event
import pytest

from voicesim.swarm import interrupts


@pytest.fixture
def _handler() -> Iterator[None]:
    before = signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_handler")
def test_whoever_works_while_ctrl_c_comes_goes_on() -> None:
    done: list[int] = []

    def works() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        done.extend(range(1000))

    interrupts.to_main()
    interrupts.to_main()
    one = gevent.spawn(works)
    with pytest.raises(KeyboardInterrupt):
        gevent.event.Event().wait(10)
    assert len(done) == 1000
    assert one.successful()


@pytest.mark.usefixtures("_handler")
def test_a_process_about_to_end_is_not_interrupted() -> None:
    interrupts.to_main()
    os.kill(os.getpid(), signal.SIGINT)  # not raised yet: nobody has waited
    interrupts.no_more()
    os.kill(os.getpid(), signal.SIGINT)
    assert gevent.event.Event().wait(0.01) is False


def test_where_it_is_ignored_it_stays_so() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        interrupts.to_main()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
