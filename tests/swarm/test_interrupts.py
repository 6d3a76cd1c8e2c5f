"""Ctrl-C and SIGTERM: they reach the main greenlet, and no other one notices."""

import os
import signal
from argparse import Namespace
from collections.abc import Iterator
from typing import Any

import gevent  # type: ignore[import-untyped]
import gevent.event  # type: ignore[import-untyped]
import pytest
from locust.env import Environment

from voicesim.swarm import interrupts
from voicesim.swarm.interrupts import Interrupts

BOTH = pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])


@pytest.fixture(autouse=True)
def _handlers() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in interrupts.SIGNALS}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def made(hurried: list[int], web_ui: Any = None, **options: Any) -> Interrupts:
    environment = Environment(parsed_options=Namespace(headless=web_ui is None, **options))
    environment.create_local_runner()
    environment.web_ui = web_ui
    return Interrupts(environment, lambda: hurried.append(1))


@BOTH
def test_whoever_works_while_a_signal_comes_goes_on(number: signal.Signals) -> None:
    done: list[int] = []

    def works() -> None:
        os.kill(os.getpid(), number)
        done.extend(range(1000))

    ours = made([])
    ours.take()
    ours.take()
    one = gevent.spawn(works)
    with pytest.raises(KeyboardInterrupt):
        gevent.event.Event().wait(10)
    assert len(done) == 1000
    assert one.successful()


@BOTH
def test_once_more_it_hurries_and_interrupts_nothing(number: signal.Signals) -> None:
    hurried: list[int] = []
    made(hurried).take()
    for times in range(3):
        os.kill(os.getpid(), number)
        if times:
            gevent.sleep(0.01)
        else:
            with pytest.raises(KeyboardInterrupt):
                gevent.sleep(10)
    assert len(hurried) == 2


def test_a_headless_run_that_has_ended_is_not_interrupted() -> None:
    """What Locust does then it does in its main greenlet, too."""
    hurried: list[int] = []
    ours = made(hurried)
    ours.take()
    ours._environment.process_exit_code = 0
    os.kill(os.getpid(), signal.SIGINT)
    gevent.sleep(0.01)
    assert len(hurried) == 1


def test_the_web_ui_is_interrupted_after_a_run_until_the_process_quits() -> None:
    hurried: list[int] = []
    ours = made(hurried, web_ui=object())
    ours.take()
    ours._environment.process_exit_code = 0  # of the run before
    for _ in range(2):
        os.kill(os.getpid(), signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            gevent.sleep(10)
    ours.quitting = True
    os.kill(os.getpid(), signal.SIGINT)
    gevent.sleep(0.01)
    assert len(hurried) == 1


def test_sigterm_is_locusts_where_there_is_a_web_ui() -> None:
    before = signal.getsignal(signal.SIGTERM)
    made([], web_ui=object()).take()
    assert signal.getsignal(signal.SIGTERM) == before


@BOTH
def test_a_process_about_to_end_is_not_interrupted(number: signal.Signals) -> None:
    hurried: list[int] = []
    made(hurried).take()
    os.kill(os.getpid(), number)  # not raised yet: nobody has waited
    interrupts.no_more()
    os.kill(os.getpid(), number)
    assert gevent.event.Event().wait(0.01) is False
    assert hurried == []


@BOTH
def test_where_it_is_ignored_it_stays_so(number: signal.Signals) -> None:
    signal.signal(number, signal.SIG_IGN)
    made([]).take()
    assert signal.getsignal(number) is signal.SIG_IGN
