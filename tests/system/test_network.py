"""Master and workers far from one another: what they tell comes late, at times a second late."""

from contextlib import ExitStack
from pathlib import Path

from tests.system.relay import Line, namespace, relay
from tests.system.swarm import FILES, compared, finish_cluster, free_port, start
from voicesim.line.reference import ReferenceAgent

FAR = Line(delay_s=0.05, stall_s=1.0, every_s=4.0)
PEAK = ("-f", str(FILES / "peak_hour.py"))


def test_a_line_that_delays_and_stalls_costs_no_count(tmp_path: Path) -> None:
    """In two network namespaces where the machine allows, else on loopback."""
    port, there = free_port(), free_port()
    with ExitStack() as links, ReferenceAgent() as agent:
        inside = links.enter_context(namespace())
        print("in two network namespaces" if inside else "on loopback: no namespace allowed")
        socket = tmp_path / "master.sock"
        links.enter_context(relay(socket, port))
        far = links.enter_context(relay(there, socket, FAR, inside or ()))
        if inside:  # the agent is at the same address in both networks
            agents, socket = agent.origin.rpartition(":")[2], tmp_path / "agent.sock"
            links.enter_context(relay(socket, agents))
            links.enter_context(relay(agents, socket, None, inside))
        master = start(
            *PEAK, "--master", "--master-bind-host", "127.0.0.1", "--master-bind-port", str(port),
            "--headless", "--only-summary", "--expect-workers", "2", "--host", agent.origin,
            "-u", "200", "-r", "200", "-t", "13s", "--time-scale", "0.02", "--seed", "7",
            "--no-audit", "--status-path", "/twilio/status", "--reports", str(tmp_path / "runs"),
        )  # fmt: skip
        to = ("--worker", "--master-host", "127.0.0.1", "--master-port", str(there))
        workers = [start(*PEAK, *to, inside=inside or ()) for _ in range(2)]
        ran = finish_cluster(master, workers, tmp_path / "runs")
        theirs, ours = compared(agent.origin, ran)
    print(f"{ours[0]} calls, {ours[1]} webhooks; {far.carried} bytes, {far.held} pieces held up")
    assert theirs == ours
    assert ran.result["run"]["workers"] == 2
    assert ran.result["run"]["lost"] == []
    assert {note["code"] for note in ran.result["run"]["notes"]} <= {
        "loop-blocked"
    }  # a busy machine
    assert ran.result["verdict"]["verdict"] != "fail", ran.out
    assert far.held >= 3
