"""A run that is over waits until all who read its page have read the last figures."""

from collections.abc import Iterator

import gevent  # type: ignore[import-untyped]
import pytest

from tests.unit.metrics.runs import snapshot
from voicesim.swarm.metrics_page import MOST_READERS, MetricsPage


@pytest.fixture
def page() -> Iterator[MetricsPage]:
    one = MetricsPage("127.0.0.1", 0, snapshot)
    yield one
    one.close()


def read(page: MetricsPage, address: str, program: str = "Prometheus/3") -> None:
    asked = {"PATH_INFO": "/metrics", "REQUEST_METHOD": "GET"}
    who = {"REMOTE_ADDR": address, "HTTP_USER_AGENT": program}
    assert b"voicesim_run_active" in b"".join(page._answer(asked | who, lambda *_: None))


def test_all_who_read_before_read_the_last_figures(page: MetricsPage) -> None:
    before = [("192.0.2.1", "Prometheus/3"), ("192.0.2.2", "Prometheus/3"), ("192.0.2.1", "curl")]
    for reader in before * 2:
        read(page, *reader)
    waiting = gevent.spawn(page.wait_until_read)
    gevent.sleep(0)
    read(page, "192.0.2.9")  # one that was not there before is not waited for, nor does it do
    for reader in before:
        gevent.sleep(0)
        assert not waiting.dead
        read(page, *reader)
    waiting.join(5)
    assert waiting.dead


def test_who_was_reading_when_the_run_ended_reads_again(page: MetricsPage) -> None:
    asked = {"PATH_INFO": "/metrics", "REQUEST_METHOD": "GET", "REMOTE_ADDR": "192.0.2.1"}
    pieces = iter(page._answer(asked, lambda *_: None))
    next(pieces)
    read(page, "192.0.2.2")
    waiting = gevent.spawn(page.wait_until_read)
    gevent.sleep(0)
    list(pieces)
    read(page, "192.0.2.2")
    gevent.sleep(0)
    assert not waiting.dead
    read(page, "192.0.2.1", "")
    waiting.join(5)
    assert waiting.dead


def test_nobody_is_waited_for_where_nobody_read(page: MetricsPage) -> None:
    waiting = gevent.spawn(page.wait_until_read)
    waiting.join(1)
    assert waiting.dead


def test_so_many_readers_are_remembered_and_no_more(page: MetricsPage) -> None:
    for number in range(MOST_READERS + 5):
        read(page, f"192.0.2.{number}")
    waiting = gevent.spawn(page.wait_until_read)
    gevent.sleep(0)
    for number in range(MOST_READERS):
        read(page, f"192.0.2.{number}")
    waiting.join(5)
    assert waiting.dead
