"""Who may let callers ring, told to a master and to a worker that are not there."""

from types import SimpleNamespace
from typing import Any

import pytest
from locust.env import Environment
from locust.runners import STATE_INIT, STATE_RUNNING

from voicesim.swarm import admission
from voicesim.swarm.job import load_workload
from voicesim.swarm.makings import makings

PEAK = load_workload("peak_hour")
UNLIKE = makings(PEAK) | {"voicesim": "9.9.9"}


class Clients(dict[str, Any]):
    @property
    def all(self) -> list[Any]:
        return list(self.values())


class Master:
    """A master's runner: who is there, what it was told to listen to, what it sent."""

    def __init__(self, *workers: str, state: str = STATE_INIT) -> None:
        self.state = state
        self.clients = Clients({w: SimpleNamespace(id=w, state=STATE_INIT) for w in workers})
        self.listeners: dict[str, Any] = {}
        self.sent: list[tuple[str, Any, str | None]] = []
        self.admitted: set[str] = set()
        admission.receive(self, PEAK, self.admitted)  # type: ignore[arg-type]

    def register_message(self, kind: str, listener: Any) -> None:
        self.listeners[kind] = listener

    def send_message(self, kind: str, data: Any = None, client_id: str | None = None) -> None:
        self.sent.append((kind, data, client_id))

    def told(self, kind: str, worker: str, data: Any) -> None:
        self.listeners[kind](msg=SimpleNamespace(node_id=worker, data=data), environment=None)


def test_a_worker_is_told_what_the_master_is_made_of_and_counted_if_it_is_like_it() -> None:
    master = Master("like", "unlike")
    master.told(admission.HELLO, "like", makings(PEAK))
    master.told(admission.HELLO, "unlike", UNLIKE)
    assert master.admitted == {"like"}
    assert master.sent == [
        (admission.HELLO, makings(PEAK), "like"),
        (admission.HELLO, makings(PEAK), "unlike"),
    ]


@pytest.mark.parametrize(
    ("others", "state", "left"),
    [
        ((), STATE_INIT, ()),
        (("good",), STATE_INIT, ("good",)),
        ((), STATE_RUNNING, ("bad",)),  # there Locust counts it out when it quits
    ],
)
def test_one_that_is_refused_is_counted_out(
    others: tuple[str, ...], state: str, left: tuple[str, ...], caplog: pytest.LogCaptureFixture
) -> None:
    master = Master(*others, "bad", state=state)
    master.told(admission.REFUSED, "bad", {"why": "its data is 'x' and the master's 'y'"})
    assert "worker bad is refused: its data is 'x'" in caplog.text
    assert ("no worker is left" in caplog.text) == (not others)
    assert tuple(master.clients) == left


def test_what_a_worker_counted_that_said_nothing_of_itself_is_left_out(
    caplog: pytest.LogCaptureFixture,
) -> None:
    master, report = Master("old"), {"run": "1", "number": 1}
    runner: Any = master
    assert admission.believed(runner, {"old"}, "old", {"voicesim": report}) == report
    assert admission.believed(runner, set(), "old", {}) == {}
    assert master.sent == []
    assert admission.believed(runner, set(), "old", {"voicesim": report}) == {}
    assert master.sent == [("quit", None, "old")]
    assert "worker old is refused: it does not say what it is made of" in caplog.text


def test_who_is_no_worker_asks_nobody() -> None:
    environment = Environment()
    environment.create_local_runner()
    assert admission.admits(environment, PEAK)
