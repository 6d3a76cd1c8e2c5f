"""Streams: no two workers of a run count their calls in the same one."""

from voicesim.caller.names import STREAMS
from voicesim.swarm.streams import deal


def test_every_worker_has_a_stream_of_its_own_and_keeps_it() -> None:
    dealt: dict[str, int] = {}
    first = [deal(dealt, f"worker-{n}") for n in range(STREAMS)]
    assert first == list(range(STREAMS))
    assert [deal(dealt, f"worker-{n}") for n in range(STREAMS)] == first


def test_none_is_dealt_twice_in_a_run() -> None:
    dealt = {f"gone-{n}": n for n in range(STREAMS)}
    assert deal(dealt, "one more") is None
    assert deal(dealt, "gone-3") == 3
    assert deal({}, "one more") == 0
