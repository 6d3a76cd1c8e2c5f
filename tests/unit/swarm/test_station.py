"""A station: what one process of a run lets ring, over the fake network in virtual time."""

from math import inf
from typing import Any

import gevent
import pytest

from tests.unit.swarm.made import HOLD_ON, Stepped, job, station
from voicesim.base.redact import Redactor
from voicesim.results.counts import Counts
from voicesim.results.summary import Summary, dropped, summarise
from voicesim.swarm import station as station_module
from voicesim.switch.switch import Limits

TEN_A_SECOND = 150
"""Tokens."""


def parts(counts: Counts) -> tuple[Summary, Summary]:
    """In the warm-up and after it."""
    return summarise(counts, warm_up=True), summarise(counts)


def test_calls_arrive_at_the_rate_of_the_tokens_and_are_all_counted() -> None:
    network = Stepped()
    one = station(network)
    one.open()
    one.token("standard", TEN_A_SECOND)
    network.to(10.0)
    first = one.report()
    network.to(20.0)
    second = one.report()
    assert (first["number"], second["number"]) == (1, 2)
    assert (first["at"], second["at"]) == (10.0, 20.0)
    assert first["curve"] == [[0.0, pytest.approx(10.0)]]
    assert second["curve"] == []
    network.allowed = inf
    one.drain(30.0)
    assert one.error is None
    counts = one.tally.counts()
    warm_up, after = parts(counts)
    assert abs(sum(counts.seconds.values()) - 200) < 4 * 200**0.5
    for part in (warm_up, after):
        assert part.offered == part.started == part.finished > 0
    assert len(network.hops) == sum(sum(part.webhooks.values()) for part in (warm_up, after))


def test_tokens_that_are_held_count_from_their_release_on() -> None:
    network = Stepped()
    one = station(network)
    one.open(hold=True)
    one.token("standard", TEN_A_SECOND)
    one.token("standard", -TEN_A_SECOND // 2)
    network.to(10.0)
    assert network.hops == []
    one.release()
    network.to(20.0)
    assert one.report()["curve"] == [[10.0, pytest.approx(5.0)]]
    assert network.hops


def test_a_station_that_joins_late_has_the_clock_of_the_run() -> None:
    network = Stepped()
    one = station(network, age_s=100.0)
    one.open()
    one.token("standard", TEN_A_SECOND)
    network.to(2.0)
    assert one.report()["at"] == 102.0
    warm_up, after = parts(one.tally.counts())
    assert (warm_up.offered, after.offered > 0) == (0, True)


def test_a_drain_lets_calls_end_and_cuts_those_that_do_not() -> None:
    network = Stepped(HOLD_ON)
    one = station(network)
    one.open()
    one.token("standard", TEN_A_SECOND)
    network.to(10.0)
    network.allowed = inf
    one.drain(7.0)
    assert network.now() == pytest.approx(17.0)
    total = summarise(one.tally.counts())
    assert total.outcomes == {"cut": total.started}
    one.token("standard", 1)  # whoever comes now comes too late
    assert summarise(one.tally.counts()).started == total.started


def test_a_drain_that_goes_on_can_be_cut() -> None:
    network = Stepped(HOLD_ON)
    one = station(network)
    one.open()
    one.token("standard", TEN_A_SECOND)
    network.to(10.0)
    draining = gevent.spawn(one.drain, 500.0)
    network.to(11.0)
    assert not draining.ready()
    network.allowed = inf
    one.cut()
    draining.join()
    assert network.now() < 12.0


def test_a_drain_comes_to_a_hard_end_whatever_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    """A network that never answers again must not keep the process for ever."""
    monkeypatch.setattr(station_module, "HARD_END_S", 0.0)
    network = Stepped(latency_s=10.0)
    one = station(network)
    one.open()
    one.token("standard", TEN_A_SECOND)
    network.to(2.0)
    one.drain(0.0)  # the clock stands still: nothing comes any more
    assert "could not be ended" in str(one.error)
    assert network.closed
    one.drain(0.0)  # and nobody waits again


def test_what_breaks_within_ends_the_station_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    network = Stepped()
    one = station(network)
    one.open()
    network.to(1.0)
    error = RuntimeError("broken")

    def breaks(*_: Any) -> None:
        raise error

    monkeypatch.setattr(network, "send", breaks)
    one.token("standard", TEN_A_SECOND)
    network.to(5.0)
    assert one.error is error
    one.drain(5.0)


def test_a_call_that_is_not_let_in_counts_where_it_was_offered() -> None:
    """In the warm-up too, though it is found out later."""
    network = Stepped()
    one = station(network, job(limits=Limits(calls=0)))
    one.open()
    one.token("standard", TEN_A_SECOND)
    network.to(9.0, asleep=True)
    counts = one.tally.counts()
    warm_up, after = parts(counts)
    assert (dropped(counts, warm_up=True), dropped(counts)) == (warm_up.offered, after.offered)
    assert min(warm_up.offered, after.offered) > 10


def test_what_a_drain_undoes_counts_where_it_was_offered() -> None:
    """A run that is stopped in its warm-up, at the very moment at which a caller is to ring."""
    network = Stepped()
    one = station(network)
    one.open()
    one._switch.place(lambda: pytest.fail("rang"), 3.0)  # type: ignore[arg-type, return-value]
    network.allowed = inf
    one.drain(1.0)
    counts = one.tally.counts()
    assert (dropped(counts, warm_up=True), dropped(counts)) == (1, 0)


def test_no_secret_gets_into_what_is_counted() -> None:
    secret = "s3cr3t-of-the-agent"
    body = f"<Response><Say>{secret}</Say><Bogus{secret}/></Response>".encode()
    network = Stepped(body)
    one = station(network, job(hide=Redactor((secret,))))
    one.open()
    one.token("standard", TEN_A_SECOND)
    network.to(10.0)
    network.allowed = inf
    one.drain(0.0)
    told = str(one.report())
    assert "[hidden]" in told
    assert secret not in told
