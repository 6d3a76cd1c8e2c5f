"""One run of `voicesim run` against a reference agent of its own, broken or not, and its result."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

VOICESIM = str(Path(sys.executable).with_name("voicesim"))
SETTINGS = (
    *("--target", "reference", "--time-scale", "0", "--repeat-webhooks", "5"),
    *("--users", "150", "--spawn-rate", "150", "--time", "22s"),
)
"""The same for broken and clean agents: 10 calls a second for 22 s, about 235 calls."""
READY = "listening on "
STREAMS = 32
"""Of the numbers that calls have every 32nd is one process's: see caller/names.py."""
LONGEST_S = 240.0


@dataclass(frozen=True)
class Ran:
    """``findings`` are (code, level, scenario, call, message), ``calls`` all that ended.

    A call is the first with the finding: which of the run's it is, from 1; 0 is the audit before.
    """

    exit_code: int
    calls: int
    findings: list[tuple[str, str, str, int, str]]
    gates: list[dict[str, Any]]
    out: str


@contextmanager
def agent(fault: str, folder: str) -> Iterator[str]:
    """A reference agent on a free port; ``fault`` "" for none."""
    command = [VOICESIM, "agent", "--port", "0", "--db", f"{folder}/agent.sqlite"]
    command += ["--fault", fault] if fault else []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            first = process.stdout.readline() if process.stdout else ""
            if not first.startswith(READY):
                raise SystemExit(f"the reference agent did not start: {' '.join(command)}")
            yield first.removeprefix(READY).strip()
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=10)
            process.kill()


def run(fault: str, seed: int, workload: str, settings: tuple[str, ...] = SETTINGS) -> Ran:
    """Let the callers of ``workload`` ring an agent with ``fault``."""
    with tempfile.TemporaryDirectory() as folder, agent(fault, folder) as origin:
        command = [VOICESIM, "run", workload, "--host", origin]
        command += ["--seed", str(seed), "--output", folder]
        done = subprocess.run(
            [*command, *settings],
            capture_output=True,
            text=True,
            timeout=LONGEST_S,
            check=False,
            env=os.environ,
        )
        found = sorted(Path(folder).glob("*/result.json"))
        if not found:
            raise SystemExit(
                f"no result of {fault or 'a clean agent'}:\n{done.stdout}{done.stderr}"
            )
        return _read(json.loads(found[-1].read_text()), done)


def _read(result: dict[str, Any], done: "subprocess.CompletedProcess[str]") -> Ran:
    totals = result["totals"]
    probes = (result["audit"] or {}).get("probes", [])
    findings = [
        (code, level, scenario, example[0] // STREAMS + 1, example[1])
        for _, scenario, _, code, level, count in result["counts"]["findings"]
        for example in [count["example"]]
    ]
    findings += [(p["code"], p["level"], "", 0, p["message"]) for p in probes if p["code"]]
    return Ran(
        exit_code=done.returncode,
        calls=totals["finished"] + totals["warm_up"]["finished"],
        findings=findings,
        gates=result["verdict"]["gates"],
        out=done.stdout + done.stderr,
    )
