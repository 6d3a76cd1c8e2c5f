"""Who may let callers ring, told to a master and to a worker that are not there."""

from types import SimpleNamespace
from typing import Any

import pytest
from locust.env import Environment
from locust.rpc import Message
from locust.runners import STATE_INIT

from voicesim.swarm import admission, door
from voicesim.swarm.job import load_workload
from voicesim.swarm.makings import makings

PEAK = load_workload("peak_hour")
UNLIKE = makings(PEAK) | {"voicesim": "9.9.9"}


class Clients(dict[str, Any]):
    @property
    def all(self) -> list[Any]:
        return list(self.values())


class Master:
    """A master's runner: who joined, what it was told to listen to, what it sent."""

    def __init__(self, *workers: str) -> None:
        self.clients = Clients()
        self.listeners: dict[str, Any] = {}
        self.sent: list[tuple[str, Any, str | None]] = []
        self.handed_on: list[tuple[str, str]] = []
        self.environment = Environment()
        self.admitted: set[str] = set()
        self.turned_away: list[str] = []
        for worker in workers:
            self.join(worker)
        runner: Any = self
        admission.receive(runner, PEAK, self.admitted, self.turned_away.append)

    def join(self, worker: str) -> None:
        self.clients[worker] = SimpleNamespace(id=worker, state=STATE_INIT)

    def handle_message(self, client_id: str, msg: Message) -> None:
        """What Locust does; whoever is ready is given users."""
        self.handed_on.append((msg.type, client_id))
        if msg.type == "client_ready":
            self.join(client_id)

    def get_worker_index(self, worker: str) -> int:
        return len(worker)

    def register_message(self, kind: str, listener: Any) -> None:
        self.listeners[kind] = listener

    def send_message(self, kind: str, data: Any = None, client_id: str | None = None) -> None:
        self.sent.append((kind, data, client_id))

    def hears(self, kind: str, worker: str, data: Any = None) -> None:
        """A message comes; those of voicesim have listeners."""
        message = Message(kind, data, worker)
        if kind in self.listeners:
            self.listeners[kind](msg=message, environment=None)
        else:
            self.handle_message(worker, message)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What is to be done when patience is spent."""
    found: list[tuple[Any, ...]] = []
    spawn = SimpleNamespace(spawn_later=lambda _s, *what: found.append(what))
    monkeypatch.setattr(door, "gevent", spawn)
    return found


@pytest.mark.usefixtures("later")
def test_a_worker_joins_once_it_is_known_to_be_like_the_master() -> None:
    master = Master()
    for worker in ("like", "unlike"):
        master.hears("client_ready", worker, "2.47.0")
        master.hears("heartbeat", worker)
        master.hears("stats", worker, {})
    assert master.sent == [
        ("ack", {"index": 4}, "like"),
        ("heartbeat", None, "like"),
        ("ack", {"index": 6}, "unlike"),
        ("heartbeat", None, "unlike"),
    ]
    assert not master.clients
    master.hears(admission.HELLO, "like", makings(PEAK))
    master.hears(admission.HELLO, "unlike", UNLIKE)
    assert master.sent[4:] == [
        (admission.HELLO, makings(PEAK), "like"),
        (admission.HELLO, makings(PEAK), "unlike"),
    ]
    assert list(master.clients) == ["like"]
    assert master.admitted == {"like"}
    master.hears("heartbeat", "like")
    master.hears("client_ready", "like", "2.47.0")  # after a run
    assert master.handed_on == [
        ("client_ready", "like"),
        ("heartbeat", "like"),
        ("client_ready", "like"),
    ]


@pytest.mark.usefixtures("later")
def test_who_came_before_anyone_listened_waits_like_the_others() -> None:
    master = Master("early")
    assert not master.clients
    master.hears(admission.HELLO, "early", makings(PEAK))
    assert list(master.clients) == ["early"]


def test_who_does_not_say_what_it_is_made_of_is_sent_away(
    later: list[tuple[Any, ...]], caplog: pytest.LogCaptureFixture
) -> None:
    """A worker of any other locustfile, which Locust itself takes for one of ours."""
    master = Master()
    for worker in ("good", "stranger"):
        master.hears("client_ready", worker)
    master.hears(admission.HELLO, "good", makings(PEAK))
    for do, *arguments in later:
        do(*arguments)
    assert list(master.clients) == ["good"]
    assert master.sent[-1] == ("quit", None, "stranger")
    assert [to for kind, _, to in master.sent if kind == "quit"] == ["stranger"]
    assert (
        "worker stranger is refused: in 10 s it did not show that it is a voicesim" in caplog.text
    )
    assert "no worker is left" not in caplog.text


@pytest.mark.usefixtures("later")
def test_who_waits_when_the_master_ends_is_sent_home() -> None:
    master = Master()
    master.hears("client_ready", "waits")
    master.environment.events.quitting.fire(environment=master.environment)
    assert master.sent[-1] == ("quit", None, "waits")


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("others", [(), ("good",)])
def test_one_that_is_refused_is_none_of_the_run(
    others: tuple[str, ...], caplog: pytest.LogCaptureFixture
) -> None:
    master = Master()
    for worker in (*others, "bad"):
        master.hears("client_ready", worker)
        master.hears(admission.HELLO, worker, makings(PEAK))
    master.hears(admission.REFUSED, "bad", {"why": "its files is 'x' and the master's 'y'"})
    assert master.admitted == set(others)
    assert master.turned_away == ["bad"]
    assert "worker bad is refused: its files is 'x'" in caplog.text
    assert ("no worker is left" in caplog.text) == (not others)


def test_what_a_worker_counted_that_said_nothing_of_itself_is_left_out(
    caplog: pytest.LogCaptureFixture,
) -> None:
    master, report = Master(), {"run": "1", "number": 1}
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
