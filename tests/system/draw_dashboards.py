"""Draws every dashboard from real runs into reports/dashboards: ``make dashboards-shot``.

Prometheus reads a master with two workers while more and more callers ring at a reference agent
with faults; Trends shows 120 days of results made after four short runs. dashboards/shots draws.
"""

import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copy
from typing import Any
from urllib.parse import urlencode

from tests.system import command
from tests.system.stack import SHIPPED, Stack, stack
from tests.system.swarm import FILES, Ran, cluster, finish, finish_cluster, start
from tests.system.test_stack import DAYS, blocks_of
from voicesim.line.reference import ReferenceAgent

SHOTS = SHIPPED / "shots"
MODULES = SHOTS / "node_modules"
PICTURES = SHIPPED.parent / "reports" / "dashboards"
FAULTS = ("errors=400", "stall=2@50")
SEEDS = (3, 4, 5, 6)
RUN_S = 90
DAY_S = 24 * 3600
Span = tuple[float, float]


def main() -> int:
    """0 when every panel of every dashboard could be drawn."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        blocks = blocks_of(folder, [short_run(folder, seed) for seed in SEEDS])
        with stack(folder, blocks) as servers:
            ran, span = long_run(servers, folder / "run")
            return draw(servers, ran.result["run"]["id"], span, PICTURES)


def short_run(folder: Path, seed: int) -> dict[str, Any]:
    """The result of one; the agent of the last is broken."""
    reports = folder / f"seed-{seed}"
    with ReferenceAgent(faults=("errors=100",) if seed == SEEDS[-1] else ()) as agent:
        process = start(
            "-f", str(FILES / "peak_hour.py"), "--headless", "--only-summary", "-t", "10s",
            "-u", "120", "--time-scale", "0.02", "--seed", str(seed), "--host", agent.origin,
            "--target", "reference", "--reports", str(reports),
        )  # fmt: skip
        return finish(process, reports).result


def long_run(servers: Stack, reports: Path) -> tuple[Ran, Span]:
    """One whose rate climbs all along, and from when to when it was."""
    begun = time.time()
    with ReferenceAgent(faults=FAULTS) as agent:
        master, workers = cluster(
            "peak_hour.py", 2, "-t", f"{RUN_S}s", "-u", "360", "-r", "5", "--seed", "1",
            "--time-scale", "0.1", "--host", agent.origin, "--target", "reference",
            "--reports", str(reports), "--metrics-port", str(servers.page), "--build", "v2",
        )  # fmt: skip
        ran = finish_cluster(master, workers, reports, RUN_S + 90)
    ended = time.time()
    gateway = f"http://127.0.0.1:{servers.gateway}"
    file = str(next(reports.glob("*/result.json")))
    for what in ((file,), ("--baseline", file)):
        kept = command.voicesim("export", *what, "--push-gateway", gateway)
        assert kept.code == 0, kept.both
    time.sleep(3)
    return ran, (begun, ended)


def draw(servers: Stack, run_id: str, span: Span, pictures: Path) -> int:
    """A picture of each dashboard, and of the first in light too."""
    pictures.mkdir(parents=True, exist_ok=True)
    now = time.time()
    run, months = {"run_id": run_id}, (now - DAYS * DAY_S, now)
    callers = run | {"scenario": ".*", "persona": ".*"}
    shots: Sequence[tuple[str, str, Span, dict[str, str]]] = (
        ("run", "dark", span, callers),
        ("run", "light", span, callers),
        ("peak-hour", "dark", span, run),
        ("trends", "dark", months, {"workload": ".*", "scenario": "all"}),
    )
    troubles = 0
    with page() as (origin, folder):
        for board, theme, (begun, ended), variables in shots:
            copy(SHIPPED / "json" / f"{board}.json", folder / "board.json")
            asked = {
                "prometheus": f"http://127.0.0.1:{servers.prometheus}", "theme": theme,
                "from": f"{begun:.0f}", "to": f"{ended:.0f}", "variables": json.dumps(variables),
            }  # fmt: skip
            picture = pictures / f"{board}-{theme}.png"
            url = f"{origin}/index.html?{urlencode(asked)}"
            troubles += subprocess.run(["node", SHOTS / "shot.mjs", url, picture]).returncode
    return int(bool(troubles))


@contextmanager
def page() -> Iterator[tuple[str, Path]]:
    """The page that draws, bundled and served: its origin and its folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bundle = (
            MODULES / ".bin" / "esbuild", "view.jsx", "--bundle", "--format=esm",
            *(f"--alias:@grafana/{name}={MODULES / '@grafana' / name / 'dist/cjs/index.cjs'}"
              for name in ("data", "ui")),  # a table's scrollbars are no component as ES modules
            f"--outfile={folder / 'view.js'}", "--jsx=automatic", "--loader:.ttf=dataurl",
            '--define:process.env.NODE_ENV="production"', "--log-level=warning",
        )  # fmt: skip
        subprocess.run(bundle, cwd=SHOTS, check=True)
        copy(SHOTS / "index.html", folder)
        handler = partial(Quiet, directory=name)
        with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{server.server_address[1]}", folder
            server.shutdown()


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        pass


if __name__ == "__main__":
    sys.exit(main())
