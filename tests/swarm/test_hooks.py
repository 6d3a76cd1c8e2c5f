"""Locust's events bound to a run, without a network: reports, clocks, folders, streams.

A pytest of its own (see Makefile): importing Locust patches sockets.
"""

import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gevent  # type: ignore[import-untyped]
import gevent.event  # type: ignore[import-untyped]
import pytest
from locust.argument_parser import LocustArgumentParser
from locust.env import Environment

from tests.unit.swarm.made import Told
from voicesim.caller.names import STREAMS
from voicesim.swarm import calling as calling_module
from voicesim.swarm import hooks as hooks_module
from voicesim.swarm import interrupts
from voicesim.swarm.hooks import Hooks
from voicesim.swarm.job import load_workload, make_job
from voicesim.swarm.makings import makings
from voicesim.swarm.options import add_options

PEAK = load_workload("peak_hour")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Wall:
    """The wall's clock, which jumps, and the one that does not (s)."""

    def __init__(self) -> None:
        self.time, self.monotonic_s = NOON, 1000.0

    def now(self) -> datetime:
        return self.time

    def clock(self) -> float:
        return self.monotonic_s


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    made = Wall()
    monkeypatch.setattr(hooks_module, "_now", made.now)
    monkeypatch.setattr(hooks_module, "unreachable", lambda *_: None)
    return made


@pytest.fixture
def hooks(wall: Wall, tmp_path: Path) -> Iterator[Hooks]:
    """Of the only process of a headless run of an agent that nobody calls."""
    parser = LocustArgumentParser()
    add_options(parser, PEAK, shaped=False)
    arguments = ["--seed", "7", "--no-audit", "--reports", str(tmp_path)]
    options = parser.parse_args(arguments)
    vars(options).update(headless=True, run_time=60, num_users=60)
    environment = Environment(host="http://127.0.0.1:9/voice", parsed_options=options)
    environment.create_local_runner()
    made = Hooks(environment, PEAK, wall.clock)
    made.init()
    yield made
    made.stopping()


def ended(hooks: Hooks, monkeypatch: pytest.MonkeyPatch) -> Any:
    """End the run: its result."""
    kept: list[Any] = []

    def keep(folder: Path, result: Any, judged: Any) -> tuple[int, str]:
        kept.append((folder, result, judged))
        return 3, ""

    monkeypatch.setattr(hooks_module.reports, "keep", keep)
    hooks.stopping()
    return kept[0]


def test_a_wall_clock_that_jumps_spoils_no_run(
    hooks: Hooks, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    hooks.start()
    wall.monotonic_s += 33.0
    wall.time -= timedelta(days=1)
    _, result, _ = ended(hooks, monkeypatch)
    assert (result.run.length_s, result.run.run_time_s) == (33.0, 33.0)
    assert result.run.started_at == NOON.isoformat()
    assert result.run.ended_at == (NOON - timedelta(days=1)).isoformat()


def test_the_same_seed_in_the_same_second_is_another_run(
    hooks: Hooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    hooks.start()
    first, _, _ = ended(hooks, monkeypatch)
    hooks.start()
    second, result, _ = ended(hooks, monkeypatch)
    assert (first.name, second.name) == ("20260302-120000-00000007", "20260302-120000-00000007-2")
    assert result.run.id == second.name


def test_a_report_of_an_earlier_run_is_none_of_this_one(
    hooks: Hooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    hooks.start()
    told = Told()
    hooks.reported("a", {"run": "an earlier one", **told.calls(5, 5).report(1.0)})
    hooks.reported("b", {"run": "20260302-120000-00000007", **Told().calls(2, 2).report(1.0)})
    hooks.reported("c", {})
    _, result, _ = ended(hooks, monkeypatch)
    assert sum(result.counts.started.values()) == 2


def test_a_worker_for_whom_no_stream_is_left_spoils_the_run(
    hooks: Hooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    hooks.connected("before the run")
    hooks.start()
    for number in range(STREAMS):
        hooks.connected(f"worker {number}")
    dealt = hooks._options.run_streams
    assert sorted(dealt.values()) == list(range(STREAMS))
    hooks.connected("worker 5")
    hooks.connected("one more")
    assert "one more" not in dealt
    _, _, judged = ended(hooks, monkeypatch)
    assert "too-many-workers" in {note.code for note in judged.notes}


def test_a_run_that_cannot_be_opened_is_given_up(
    hooks: Hooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What breaks within voicesim says nothing about the agent: exit code 3."""
    told: list[str] = []
    monkeypatch.setattr(hooks_module.gevent, "spawn", lambda what, *_: told.append(what.__name__))
    broken = SimpleNamespace(open=lambda *_: 1 / 0, close=lambda: None, station=None)
    monkeypatch.setattr(hooks, "calling", broken)
    hooks.start()
    assert hooks._environment.process_exit_code == 3
    assert told[-1] == "quit"
    hooks.stopping()


def test_a_start_that_another_one_kills_leaves_no_run_behind(
    hooks: Hooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The web UI's second Start kills the first one's greenlet, wherever that waits."""

    def killed(*_: object) -> None:
        raise gevent.GreenletExit

    closed: list[bool] = []
    calling = SimpleNamespace(open=killed, close=lambda: closed.append(True), station=None)
    monkeypatch.setattr(hooks, "calling", calling)
    with pytest.raises(gevent.GreenletExit):
        hooks.start()
    first = hooks._shown
    assert first
    assert first.over
    assert closed
    hooks.stopping()
    assert first.over


def test_a_folder_that_is_gone_when_the_run_opens_is_a_mistake_in_use(
    hooks: Hooks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks_module.gevent, "spawn", lambda *_: None)
    tmp_path.rmdir()
    tmp_path.write_text("no folder any more")
    hooks.start()
    assert hooks._environment.process_exit_code == 2


def test_when_a_run_is_over_workers_are_told_of_none(hooks: Hooks) -> None:
    """Locust goes on to give users to one that was missing; its calls would count for nothing."""
    hooks.start()
    options: Any = hooks._environment.parsed_options
    assert options.run_id
    hooks.stopping()
    assert not options.run_id


def test_workers_are_told_the_day_and_what_they_are_to_be_made_of(hooks: Hooks) -> None:
    """The day of the process that adds up, whatever the clocks of the others say."""
    hooks.start()
    options: Any = hooks._environment.parsed_options
    assert options.start_date == make_job(hooks._typed(), PEAK)[0].today.isoformat()
    assert options.run_made == makings(PEAK, options)
    hooks.stopping()
    hooks._as_typed()
    assert options.start_date == ""  # the next run may be on another day


@pytest.fixture
def _signals(hooks: Hooks) -> Iterator[None]:
    """Ctrl-C comes as from a terminal, whoever started the tests."""
    before = {number: signal.getsignal(number) for number in interrupts.SIGNALS}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    hooks.interrupts.take()
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("_signals")
@pytest.mark.parametrize("end", ["quitting", "stopping"])
def test_ctrl_c_again_and_again_cuts_the_calls_and_breaks_nothing_off(
    hooks: Hooks, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    """Also where the first came while Locust's traffic profile was on: then it only stops."""
    monkeypatch.setattr(hooks_module.reports, "keep", lambda *_: (3, ""))
    hooks.start()
    cuts: list[int] = []
    drained = gevent.event.Event()

    def cut() -> None:
        cuts.append(1)
        if len(cuts) == 2:
            drained.set()

    def drain(_: float) -> None:
        drained.wait(10)

    monkeypatch.setattr(hooks.calling, "drain", drain)
    monkeypatch.setattr(hooks.calling, "cut", cut)
    os.kill(os.getpid(), signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        gevent.sleep(10)
    for moment in (0.01, 0.02):
        gevent.spawn_later(moment, os.kill, os.getpid(), signal.SIGINT)
    getattr(hooks, end)()
    assert len(cuts) == 2


@pytest.mark.usefixtures("_signals")
def test_ctrl_c_while_the_process_ends_comes_to_nothing(hooks: Hooks) -> None:
    hooks.quitting()
    for number in interrupts.SIGNALS:
        os.kill(os.getpid(), number)
    gevent.sleep(0.01)


def test_a_run_that_is_ended_while_it_opens_has_a_verdict_and_lets_nobody_ring(
    hooks: Hooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever looks into the agent first may wait for it, and meanwhile Ctrl-C comes."""
    looked = gevent.event.Event()

    def look(_: str, terms: Any) -> Any:
        looked.wait(10)
        return terms

    monkeypatch.setattr(calling_module, "terms_for", look)
    opening = gevent.spawn(hooks.start)
    gevent.sleep(0)
    _, result, _ = ended(hooks, monkeypatch)
    looked.set()
    opening.join(10)
    assert hooks.calling.station is None
    assert [note.code for note in result.run.notes] == ["warm-up-only"]


@pytest.mark.usefixtures("_signals")
def test_no_run_begins_as_the_process_quits(hooks: Hooks, tmp_path: Path) -> None:
    """A master's workers may be there just as it ends because they were not."""
    hooks.quitting()
    hooks.start()
    assert list(tmp_path.iterdir()) == []
