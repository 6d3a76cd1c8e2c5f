"""The page that Prometheus reads stays open to it, whoever else connects."""

import socket
import time
from contextlib import ExitStack

import gevent  # type: ignore[import-untyped]
import pytest
import requests

from tests.unit.metrics.runs import snapshot
from voicesim.swarm import metrics_page
from voicesim.swarm.metrics_page import AT_ONCE, MetricsPage


def test_connections_that_ask_for_nothing_or_never_finish_do_not_keep_a_scraper_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(metrics_page, "ASK_S", 0.3)
    page = MetricsPage("127.0.0.1", 0, snapshot)
    page.open()
    with ExitStack() as held:
        held.callback(page.close)
        for number in range(AT_ONCE + 20):
            idle = held.enter_context(socket.create_connection(page.address, 5))
            idle.sendall(b"GET /metrics HTTP/1.1\r\nHost:" if number % 2 else b"")
        gevent.sleep(0.05)  # they have their places
        for _ in range(2):
            begun = time.monotonic()
            answer = requests.get("http://{}:{}/metrics".format(*page.address), timeout=5)
            assert "voicesim_run_active" in answer.text
            assert answer.headers["Connection"] == "close"
            assert time.monotonic() - begun < 2
        assert idle.recv(1) == b""  # let go


def test_a_reader_that_does_not_read_loses_its_place(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(metrics_page, "ANSWER_S", 0.3)
    monkeypatch.setattr(metrics_page, "page", lambda _: [b"x" * 100_000] * 500)
    served = MetricsPage("127.0.0.1", 0, snapshot)
    served.open()
    try:
        with socket.create_connection(served.address, 5) as slow:
            slow.sendall(b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
            gevent.sleep(0.6)
            read = 0
            while got := len(slow.recv(1_000_000)):  # what was on its way, then the end
                read += got
            assert read < 100_000 * 500
    finally:
        served.close()
    assert capfd.readouterr().err == ""
