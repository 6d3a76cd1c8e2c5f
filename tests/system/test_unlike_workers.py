"""Workers that are not like the master: refused where the counts would not add up."""

import subprocess
import time
from pathlib import Path

import pytest

from tests.system.swarm import (
    FILES,
    agent_counts,
    assert_well,
    compared,
    finish_cluster,
    free_port,
    read_to_the_end,
    start,
    wait_for_workers,
)
from tests.system.test_swarm_workers import wait_for_calls
from voicesim.line.reference import ReferenceAgent

UNLIKE = str(Path(__file__).with_name("unlike.py"))
STRANGER = str(Path(__file__).with_name("stranger.py"))
PEAK = str(FILES / "peak_hour.py")
RUN = (
    "--time-scale", "0.02", "--seed", "7", "--no-audit", "--target", "reference", "-u", "120",
)  # fmt: skip


def master_of(port: str, *arguments: str) -> "subprocess.Popen[str]":
    return start(
        "-f", PEAK, "--master", "--master-bind-host", "127.0.0.1", "--master-bind-port", port,
        "--headless", "--only-summary", "--expect-workers", "1", *RUN, *arguments,
    )  # fmt: skip


def worker_of(port: str, file: str = PEAK, **environment: str) -> "subprocess.Popen[str]":
    to = ("--worker", "--master-host", "127.0.0.1", "--master-port", port)
    return start("-f", file, *to, **environment)


@pytest.mark.parametrize(
    ("unlike", "why"),
    [("version", "its voicesim is '9.9.9' and the master's '"), ("scenarios", "its data is '")],
)
def test_one_that_joins_a_run_is_refused_and_the_run_goes_on(
    tmp_path: Path, unlike: str, why: str
) -> None:
    port = str(free_port())
    with ReferenceAgent() as agent:
        master = master_of(port, "-t", "90s", "--host", agent.origin, "--reports", str(tmp_path))
        good = worker_of(port)
        wait_for_calls(agent.origin)
        other = worker_of(port, UNLIKE, UNLIKE=unlike)
        said = other.communicate(timeout=60)[0]
        time.sleep(8)  # it goes on, beyond its warm-up
        master.terminate()  # a run of a fixed time may be over before the other has started
        ran = finish_cluster(master, [good], tmp_path)
        theirs, ours = compared(agent.origin, ran)
    assert other.returncode == 2, said
    assert f"this worker is refused: {why}" in said
    assert f"is refused: {why}" in ran.out
    assert "no worker is left" not in ran.out
    assert_well(ran)
    assert ran.result["run"]["workers"] == 1
    assert theirs == ours


def test_a_master_whose_only_worker_is_refused_says_so_and_waits_for_another(
    tmp_path: Path,
) -> None:
    port = str(free_port())
    with ReferenceAgent() as agent:
        master = master_of(port, "-t", "12s", "--host", agent.origin, "--reports", str(tmp_path))
        other = worker_of(port, UNLIKE, UNLIKE="version")
        said = other.communicate(timeout=30)[0]
        assert agent_counts(agent.origin) == (0, 0)
        ran = finish_cluster(master, [worker_of(port)], tmp_path)
    assert other.returncode == 2, said
    assert "no worker is left: nobody lets callers ring" in ran.out
    assert_well(ran)
    assert ran.result["run"]["workers"] == 1


def test_a_worker_without_voicesim_is_given_no_users(tmp_path: Path) -> None:
    """Neither one that waits before the run, nor one that joins it."""
    port = str(free_port())
    with ReferenceAgent() as agent:
        master = master_of(port, "-t", "90s", "--host", agent.origin, "--reports", str(tmp_path))
        strangers = [worker_of(port, STRANGER)]
        with pytest.raises(subprocess.TimeoutExpired):
            strangers[0].wait(timeout=3)
        assert agent_counts(agent.origin) == (0, 0)
        good = worker_of(port)
        wait_for_calls(agent.origin)
        strangers.append(worker_of(port, STRANGER))
        said = [stranger.communicate(timeout=60)[0] for stranger in strangers]
        master.terminate()  # a run of a fixed time may be over before they are refused
        ran = finish_cluster(master, [good], tmp_path)
        theirs, ours = compared(agent.origin, ran)
    assert ran.out.count("is refused: in 10 s it did not show that it is a voicesim") == 2
    assert [out.count("Got quit message from master") for out in said] == [1, 1], said
    assert "spawned" not in "".join(said)
    assert_well(ran)
    assert ran.result["run"]["workers"] == 1
    *rates, end = [rate for _, rate in ran.result["run"]["rate_curve"]]
    assert rates == sorted(rates)  # nobody took users away before the end
    assert (rates[-1], end) == (pytest.approx(120 * 4 / 60), 0.0)
    assert theirs == ours


def test_clocks_that_differ_spoil_nothing(tmp_path: Path) -> None:
    """Neither the wall's, on another day, nor the one that measures, of another beginning."""
    port, page = str(free_port()), str(free_port())
    with ReferenceAgent() as agent:
        master = master_of(
            port, "-t", "90s", "--host", agent.origin, "--reports", str(tmp_path),
            "--enable-rebalancing", "--metrics-port", page,
        )  # fmt: skip
        early = worker_of(port, UNLIKE, UNLIKE="behind")
        wait_for_calls(agent.origin)
        late = worker_of(port, UNLIKE, UNLIKE="behind")
        wait_for_workers(page, 2)
        time.sleep(12)
        master.terminate()  # a run of a fixed time may be over before a worker has started
        read_to_the_end(page)
        ran = finish_cluster(master, [early, late], tmp_path)
        theirs, ours = compared(agent.origin, ran)
    result = ran.result
    assert_well(ran)
    assert result["totals"]["goal_reached"] > 20, ran.out
    assert theirs == ours
    assert result["run"]["workers"] == 2
    seconds = [second for second, _ in result["counts"]["seconds"]]
    assert 0 <= min(seconds) <= max(seconds) <= result["run"]["run_time_s"]
    assert result["totals"]["scheduling_lag_s"]["p50"] < 0.2
    times = [time for time, _ in result["run"]["rate_curve"]]
    assert [time for time in times if not 0 <= time <= result["run"]["length_s"]] == []
