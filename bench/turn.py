"""What a webhook turn costs in CPU: ours beside a bare Locust user and beside k6.

Run by ``make bench``. All three call the same static server, in a process of their own; its
CPU time seen from outside, over the requests that the server counted, is what is compared. Ours is
a whole turn: engine, caller, signature, HTTP, parsing, counting, Locust's statistics; callers that
give up are replaced by new ones. All are kept busy, since idling between requests costs too: the
others ask again as soon as they have an answer, ours has as many arrivals as fill a core.
Exits 1 above GOAL times the bare user.
"""

import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import static

HERE = Path(__file__).parent / "turn"
BIN = Path(sys.executable).parent
ROUNDS = 5
SETTLE_S, MEASURE_S = 3.0, 5.0
USERS = 20
"""Rate tokens of the first try; half as many more as long as they leave the core idle."""
BUSY = 0.97
GOAL = 1.25
TICKS_PER_S = os.sysconf("SC_CLK_TCK")


def commands(origin: str, folder: str) -> dict[str, list[str]]:
    """How each generator is started, by name."""
    locust = [str(BIN / "locust"), "--headless", "--only-summary", "-L", "ERROR", "--host", origin]
    ours = ["-f", str(HERE / "ours.py"), "--seed", "1", "--no-audit", "--reports", folder]
    found = {
        "ours": [*locust, *ours],
        "bare FastHttpUser": [*locust, "-f", str(HERE / "bare.py"), "-u", "10", "-r", "10"],
    }
    if (BIN / "k6").exists():
        k6 = [str(BIN / "k6"), "run", "--no-usage-report", "--quiet", "--vus", "10"]
        found["k6, signing"] = [*k6, "--duration", "1h", str(HERE / "signed.js")]
    return found


def cpu_s(pid: int) -> float:
    """CPU seconds that a process has used, all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_PER_S


def measure(command: list[str], server: static.Server) -> tuple[float, float]:
    """CPU microseconds a request, and requests a second."""
    environment = os.environ | {"FORM": json.dumps(static.FORM), "HOST": server.origin}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet) as process:
        try:
            time.sleep(SETTLE_S)
            cpu, requests, began = cpu_s(process.pid), server.requests(), time.monotonic()
            time.sleep(MEASURE_S)
            cpu, requests = cpu_s(process.pid) - cpu, server.requests() - requests
            elapsed_s = time.monotonic() - began
        finally:
            process.send_signal(signal.SIGTERM)
    if not requests:
        raise SystemExit(f"{command[0]} sent nothing")
    return cpu * 1e6 / requests, requests / elapsed_s


def saturating(command: list[str], server: static.Server) -> list[str]:
    """The options with which ours fills a core."""
    users = USERS
    while True:
        options = ["-u", str(users), "-r", str(users)]
        cost, rate = measure([*command, *options], server)
        print(
            f"{users} rate tokens: {cost:.0f} us of CPU a turn, {cost * rate / 1e4:.0f} % of a core"
        )
        if cost * rate >= BUSY * 1e6:
            return options
        users = users * 3 // 2


def main() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port = bound.getsockname()[1]
    with static.running(port) as server, tempfile.TemporaryDirectory() as folder:
        found = commands(server.origin, folder)
        found["ours"] += saturating(found["ours"], server)
        runs = [{name: measure(found[name], server) for name in found} for _ in range(ROUNDS)]
    costs = {name: statistics.median(run[name][0] for run in runs) for name in found}
    for name, cost in costs.items():
        rate = statistics.median(run[name][1] for run in runs)
        each = " ".join(f"{run[name][0]:.0f}" for run in runs)
        print(f"{name}: {cost:.0f} us of CPU a turn, at {rate:.0f} turns/s ({each})")
    ours = costs["ours"]
    ratio = ours / costs["bare FastHttpUser"]
    print(f"ours is {ratio:.2f} x the bare FastHttpUser (at most {GOAL})", end="")
    print(f", {ours / costs['k6, signing']:.2f} x k6" if "k6, signing" in costs else "")
    return int(ratio > GOAL)


if __name__ == "__main__":
    sys.exit(main())
