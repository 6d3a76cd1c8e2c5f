from voicesim.line.backend import Backend
from voicesim.line.fake import FakeBackend
from voicesim.line.hop import Hop, HopAnswer, HopFailure


def hop(path: str, deadline_s: float = 15.0) -> Hop:
    return Hop("GET", f"http://127.0.0.1/{path}", (), b"", 5.0, deadline_s)


def agent(asked: Hop) -> HopAnswer:
    return HopAnswer(200, (), asked.url.rpartition("/")[2].encode(), elapsed_s=99.0)


def latency(asked: Hop) -> float:
    return float(asked.url.rpartition("/")[2])


def test_results_come_out_when_they_are_due() -> None:
    backend: Backend = FakeBackend(agent, latency, start=100.0)
    backend.send(1, hop("3"))
    backend.send(2, hop("1"))
    assert (backend.now(), backend.pending) == (100.0, 2)
    assert backend.wait(None) == [(2, HopAnswer(200, (), b"1", elapsed_s=1.0))]
    assert (backend.now(), backend.pending) == (101.0, 1)
    assert backend.wait(102.0) == []
    assert backend.now() == 102.0
    assert backend.wait(200.0) == [(1, HopAnswer(200, (), b"3", elapsed_s=3.0))]
    assert (backend.now(), backend.pending) == (103.0, 0)


def test_a_result_goes_before_the_time_it_is_due_at() -> None:
    backend = FakeBackend(agent, 2.0)
    backend.send(1, hop("x"))
    assert [id_ for id_, _ in backend.wait(2.0)] == [1]
    assert backend.wait(2.0) == []


def test_ties_come_out_in_the_order_they_were_sent() -> None:
    backend = FakeBackend(agent)
    for id_ in (5, 3, 9, 1):
        backend.send(id_, hop("x"))
    assert [id_ for id_, _ in backend.wait(None)] == [5, 3, 9, 1]


def test_time_never_goes_back() -> None:
    backend = FakeBackend(agent, start=10.0)
    assert backend.wait(3.0) == []
    assert backend.now() == 10.0
    backend.send(1, hop("x"))
    assert [id_ for id_, _ in backend.wait(3.0)] == [1]
    assert backend.now() == 10.0


def test_without_anything_pending_there_is_nothing_to_wait_for() -> None:
    backend = FakeBackend(agent)
    assert backend.wait(None) == []
    assert backend.now() == 0.0


def test_a_latency_beyond_the_deadline_is_a_time_out_at_the_deadline() -> None:
    backend = FakeBackend(agent, latency)
    backend.send(1, hop("20", deadline_s=15.0))
    ((_, result),) = backend.wait(None)
    assert isinstance(result, HopFailure)
    assert (result.code, result.elapsed_s, backend.now()) == ("11205", 15.0, 15.0)
    backend.send(2, hop("15", deadline_s=15.0))
    ((_, result),) = backend.wait(None)
    assert isinstance(result, HopAnswer)


def test_whole_numbers_are_latencies_too() -> None:
    backend = FakeBackend(agent, 2)
    backend.send(1, hop("x"))
    backend.wait(None)
    assert backend.now() == 2.0


def test_close_forgets() -> None:
    backend = FakeBackend(agent)
    backend.send(1, hop("x"))
    backend.close()
    assert backend.pending == 0
    assert backend.wait(None) == []
