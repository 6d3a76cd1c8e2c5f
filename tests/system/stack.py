"""Prometheus, Pushgateway and Alertmanager as Debian has them, on loopback, as dashboards/ says.

Addresses, intervals and where secrets lie are the tests' own; everything else is what is shipped.
"""

import json
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import requests

from tests.system.swarm import free_port

SHIPPED = Path(__file__).parents[2] / "dashboards"
SECRETS = {"webhook_token": "t0ken", "pagerduty_key": "0" * 32}


@dataclass
class Received:
    """What a receiver of alerts was sent: path, headers, body."""

    posts: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)

    def at(self, path: str) -> list[dict[str, Any]]:
        return [body for where, _, body in self.posts if where == path]


@dataclass
class Stack:
    """The servers' ports; ``page`` is where a run's page is looked for."""

    prometheus: int
    gateway: int
    page: int
    received: Received

    def query(self, expr: str, at_s: float | None = None) -> list[dict[str, Any]]:
        asked = {"query": expr} | ({} if at_s is None else {"time": str(at_s)})
        return self._ask("query", asked)

    def points(
        self, expr: str, start_s: float, end_s: float, step_s: int = 2
    ) -> list[dict[str, Any]]:
        asked = {"query": expr, "start": str(start_s), "end": str(end_s), "step": str(step_s)}
        return self._ask("query_range", asked)

    def rules(self) -> list[dict[str, Any]]:
        """Every rule: name, type, query, health."""
        url = f"http://127.0.0.1:{self.prometheus}/api/v1/rules"
        groups = requests.get(url, timeout=10).json()["data"]["groups"]
        return [rule for group in groups for rule in group["rules"]]

    def _ask(self, what: str, asked: dict[str, str]) -> list[dict[str, Any]]:
        url = f"http://127.0.0.1:{self.prometheus}/api/v1/{what}"
        answer = requests.post(url, data=asked, timeout=10).json()
        assert answer["status"] == "success", (answer, asked)
        found: list[dict[str, Any]] = answer["data"]["result"]
        return found

    def firing(self) -> set[str]:
        """The alerts that fired at any time in the last ten minutes, but for baselines' own."""
        found = self.query('count by (alertname) (max_over_time(ALERTS{alertstate="firing"}[10m]))')
        return {row["metric"]["alertname"] for row in found}


@contextmanager
def stack(folder: Path, blocks: Path | None = None) -> Iterator[Stack]:
    """The servers, with the history in ``blocks``; they end with the block."""
    if blocks:
        shutil.copytree(blocks, folder / "tsdb")
    ports = [free_port() for _ in range(4)]
    prometheus, gateway, alertmanager, page = ports
    received = Received()
    with _receiver(received) as receiver:
        config = folder / "prometheus"
        shutil.copytree(SHIPPED / "prometheus", config)
        for name, port in (
            ("voicesim", page),
            ("pushgateway", gateway),
            ("alertmanager", alertmanager),
        ):
            (config / "targets" / f"{name}.yml").write_text(f'- targets: ["127.0.0.1:{port}"]\n')
        _edit(config / "prometheus.yml", {
            "scrape_interval: 5s": "scrape_interval: 1s",
            "scrape_timeout: 4s": "scrape_timeout: 1s",
            "evaluation_interval: 5s": "evaluation_interval: 1s",
        })  # fmt: skip
        _alertmanagers_file(folder, receiver)
        local = "127.0.0.1:{}".format
        programs = [
            ["prometheus", f"--config.file={config / 'prometheus.yml'}",
             f"--storage.tsdb.path={folder / 'tsdb'}", "--storage.tsdb.retention.time=400d",
             f"--web.listen-address={local(prometheus)}"],
            ["prometheus-pushgateway", f"--web.listen-address={local(gateway)}"],
            ["prometheus-alertmanager", f"--config.file={folder / 'alertmanager.yml'}",
             f"--storage.path={folder / 'alerts'}", "--cluster.listen-address=",
             f"--web.listen-address={local(alertmanager)}"],
        ]  # fmt: skip
        with (folder / "servers.log").open("w") as log:
            running = [subprocess.Popen(p, stdout=log, stderr=log) for p in programs]
        try:
            for port in (prometheus, gateway, alertmanager):
                wait(lambda port=port: _ready(port), 20)
            yield Stack(prometheus, gateway, page, received)
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(20)


def wait(until: Callable[[], Any], seconds: float, every_s: float = 0.25) -> Any:
    """What ``until`` returns when it is true; AssertionError when it does not become so.

    It looks once more when the time is up: on a busy machine it may have had no turn since long.
    """
    ends = time.monotonic() + seconds
    while True:
        over = time.monotonic() >= ends
        if found := until():
            return found
        assert not over, f"waited {seconds} s in vain"
        time.sleep(every_s)


def _ready(port: int) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}/-/ready", timeout=2).ok
    except requests.ConnectionError:
        return False


def _alertmanagers_file(folder: Path, receiver: int) -> None:
    origin = f"http://127.0.0.1:{receiver}"
    secrets = folder / "secrets"
    secrets.mkdir()
    for name, text in (SECRETS | {"slack_url": f"{origin}/slack"}).items():
        (secrets / name).write_text(text)
    path = folder / "alertmanager.yml"
    path.write_text((SHIPPED / "alertmanager" / "alertmanager.yml").read_text())
    _edit(path, {
        "/etc/alertmanager/secrets": str(secrets),
        "  resolve_timeout: 5m": f"  resolve_timeout: 5m\n  pagerduty_url: {origin}/pagerduty",
        "http://localhost:8099/alerts": f"{origin}/alerts",
        "group_wait: 5s": "group_wait: 1s", "group_interval: 30s": "group_interval: 2s",
    })  # fmt: skip


def _edit(path: Path, changes: dict[str, str]) -> None:
    text = path.read_text()
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text)


@contextmanager
def _receiver(received: Received) -> Iterator[int]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.posts.append((self.path, dict(self.headers), json.loads(body)))
            answer = b'{"status":"success"}' if "pagerduty" in self.path else b"ok"
            self.send_response(202 if "pagerduty" in self.path else 200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
