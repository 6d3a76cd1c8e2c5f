"""Repeats the comparison of our totals with the agent's: repeat_totals.py TIMES SECONDS.

Each time a master with two workers lets 40 calls a second arrive for SECONDS, and what the agent
counted must be what result.json says, call by call and webhook by webhook.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.system.swarm import cluster, compared, finish_cluster
from voicesim.line.reference import ReferenceAgent

RATE = ("-u", "600", "-r", "300")
"""40 calls a second at the 4 calls a user and minute of the workload."""


Totals = tuple[int, int]
"""Calls and webhooks."""


def run_once(seconds: int, seed: int, *more: str) -> tuple[Totals, Totals, dict[str, Any]]:
    """The agent's totals, ours, and the result."""
    with ReferenceAgent() as agent, tempfile.TemporaryDirectory() as folder:
        arguments = (
            *RATE, "-t", f"{seconds}s", "--host", agent.origin, "--time-scale", "0",
            "--status-path", "/twilio/status", "--seed", str(seed), "--reports", folder, *more,
        )  # fmt: skip
        ran = finish_cluster(*cluster("peak_hour.py", 2, *arguments), Path(folder))
        theirs, ours = compared(agent.origin, ran)
        return theirs, ours, ran.result


def main() -> int:
    times, seconds = int(sys.argv[1]), int(sys.argv[2])
    differences = 0
    for number in range(1, times + 1):
        theirs, ours, result = run_once(seconds, seed=number)
        differences += theirs != ours
        print(
            f"{number}/{times}: agent {theirs[0]} calls {theirs[1]} webhooks,"
            f" result {ours[0]} calls {ours[1]} webhooks, {result['verdict']['verdict']}:"
            f" {'equal' if theirs == ours else 'DIFFERENT'}",
            flush=True,
        )
    print(f"{times} runs of {seconds} s, {differences} with a difference", flush=True)
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
