"""Hops over kept connections, carried by the event loop: as bounded and as just as the others."""

import gc
import tracemalloc
from collections.abc import Iterator

import gevent
import pytest

from tests.system import hostile
from tests.system.test_transport import (
    DEADLINE_S,
    HOSTILE,
    LATE_S,
    answered,
    failed,
    hop,
    open_files,
)
from voicesim.line.flights import Flights
from voicesim.line.hop import BODY_LIMIT, Hop, HopFailure, HopResult
from voicesim.line.transport import GeventBackend


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with hostile.running() as base:
        yield base


@pytest.fixture
def backend() -> Iterator[GeventBackend]:
    backend = GeventBackend(size=8)
    yield backend
    backend.close()


def carried(backend: GeventBackend, *hops: Hop) -> list[HopResult]:
    """The results of hops that are sent at once, in their order."""
    for id_, one in enumerate(hops):
        backend.send(id_, one)
    results: dict[int, HopResult] = {}
    until = backend.now() + 5 * DEADLINE_S
    while len(results) < len(hops) and backend.now() < until:
        results.update(backend.wait(until))
    return [results[id_] for id_ in range(len(hops))]


def flown(backend: GeventBackend, one: Hop) -> HopResult:
    """The result of a hop for which a connection is kept."""
    fine = one._replace(url="/".join(one.url.split("/")[:3]) + "/fine", deadline_s=DEADLINE_S)
    assert answered(carried(backend, fine)[0]).body == hostile.TWIML
    return carried(backend, one)[0]


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Which hops the event loop took."""
    taken: list[bool] = []
    begin = Flights.begin

    def noted(flights: Flights, id_: int, one: Hop) -> bool:
        taken.append(begin(flights, id_, one))
        return taken[-1]

    monkeypatch.setattr(Flights, "begin", noted)
    return taken


def test_only_the_first_hop_needs_a_greenlet(
    backend: GeventBackend, base: str, begun: list[bool]
) -> None:
    before = int(answered(carried(backend, hop(base + "/count"))[0]).body)
    for _ in range(3):
        assert answered(carried(backend, hop(base + "/fine"))[0]).body == hostile.TWIML
    assert int(answered(carried(backend, hop(base + "/count"))[0]).body) == before
    assert begun == [False, True, True, True, True]


@pytest.mark.parametrize("path", ["/echo", "/empty-header", "/invalid-utf8", "/interim-first"])
def test_the_same_is_sent_and_read_as_by_a_greenlet(
    backend: GeventBackend, base: str, path: str
) -> None:
    first = answered(carried(backend, hop(base + path))[0])
    second = answered(flown(backend, hop(base + path)))
    assert second._replace(elapsed_s=0.0) == first._replace(elapsed_s=0.0)
    assert 0 < second.elapsed_s < DEADLINE_S


@pytest.mark.parametrize(
    ("path", "code", "message"), [one for one in HOSTILE if one[0] != "/accept-then-close"]
)
def test_each_way_to_misbehave_is_one_clear_failure_in_time_and_memory(
    backend: GeventBackend, base: str, begun: list[bool], path: str, code: str, message: str
) -> None:
    tracemalloc.start()
    result = flown(backend, hop(base + path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert begun[-1]
    assert failed(result)[0] == code
    assert failed(result)[1].startswith(message)
    assert result.elapsed_s < DEADLINE_S + LATE_S
    assert peak < 1_500_000
    assert answered(carried(backend, hop(base + "/fine"))[0]).body == hostile.TWIML


def test_out_of_time_is_told_as_by_a_greenlet(backend: GeventBackend, base: str) -> None:
    result = flown(backend, hop(base + "/never-answers", deadline_s=0.3))
    assert isinstance(result, HopFailure)
    assert result[:2] == ("11205", "did not answer in full within 0.3 s")
    assert (result.connecting, result.limit) == (False, "tt")
    assert 0.3 <= result.elapsed_s < 0.3 + LATE_S


def test_each_hop_has_its_own_deadline(
    backend: GeventBackend, base: str, begun: list[bool]
) -> None:
    carried(backend, *(hop(base + "/fine") for _ in range(4)))  # as many connections
    del begun[:]
    limits = (0.4, 0.2, 0.6, 0.3)
    slow = (hop(base + "/never-answers", deadline_s=limit) for limit in limits)
    results = carried(backend, *slow)
    assert begun == [True] * 4
    for result, limit in zip(results, limits, strict=True):
        assert failed(result)[1] == f"did not answer in full within {limit:g} s"
        assert limit <= result.elapsed_s < limit + LATE_S


@pytest.mark.parametrize("path", ["/ten-megabytes", "/endless-chunks"])
def test_a_body_is_cut_off_behind_the_limit(backend: GeventBackend, base: str, path: str) -> None:
    answer = answered(flown(backend, hop(base + path)))
    assert (answer.truncated, len(answer.body)) == (True, BODY_LIMIT)


def test_a_connection_that_dies_without_a_byte_is_replaced_once(
    backend: GeventBackend, base: str, begun: list[bool]
) -> None:
    result = flown(backend, hop(base + "/accept-then-close"))
    assert begun[-1]
    assert failed(result)[1] == "closed the connection without an answer"


def test_a_second_answer_is_not_taken_for_the_next(backend: GeventBackend, base: str) -> None:
    for path in ("/two-answers", "/late-second-answer"):
        flown(backend, hop(base + path))
        gevent.sleep(0.15)
        assert answered(carried(backend, hop(base + "/fine"))[0]).body == hostile.TWIML


def test_no_more_than_the_pool_holds_are_under_way(base: str) -> None:
    backend = GeventBackend(size=2)
    try:
        for _ in range(2):
            results = carried(backend, *(hop(base + "/fine") for _ in range(7)))
            assert {answered(result).body for result in results} == {hostile.TWIML}
        assert backend.longest_queue == 5
        one, *_ = carried(backend, *(hop(base + "/count") for _ in range(6)))
        two = carried(backend, hop(base + "/count"))[0]
        assert answered(one).body == answered(two).body
    finally:
        backend.close()


def test_what_is_under_way_ends_with_the_backend(backend: GeventBackend, base: str) -> None:
    files = open_files()
    carried(backend, hop(base + "/fine"))
    backend.send(1, hop(base + "/never-answers"))
    backend.close()
    assert backend.wait(None) == []
    assert open_files() <= files


def test_flights_leave_no_cycles_for_the_garbage_collector(
    backend: GeventBackend, base: str
) -> None:
    for path in ("/fine", "/never-answers", "/half-body", "/garbage", "/ten-megabytes"):
        flown(backend, hop(base + path, deadline_s=0.2))
        gc.collect()
        gc.disable()
        try:
            for _ in range(3):
                flown(backend, hop(base + path, deadline_s=0.2))
            assert gc.collect() == 0, path
        finally:
            gc.enable()


def test_what_breaks_within_is_raised_to_who_waits(
    backend: GeventBackend, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried(backend, hop(base + "/fine"))

    def breaks(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Flights, "_read", breaks)
    backend.send(1, hop(base + "/fine"))
    with pytest.raises(ZeroDivisionError):
        backend.wait(None)
