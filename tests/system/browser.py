"""Locust's web UI and a browser to use it with: headless Chromium."""

import contextlib
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import requests
from playwright.sync_api import Browser, Page, sync_playwright

from tests.system.swarm import LOCUST, free_port

REPOSITORY = Path(__file__).parents[2]
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT_MS = 20_000


class Locust:
    """A Locust with its web UI, as `locust` alone in the repository starts it."""

    def __init__(self, folder: Path, *more: str) -> None:
        self.reports = folder / "reports"
        self.log = folder / "log"
        port = free_port()
        self.origin = f"http://127.0.0.1:{port}"
        address = ("--web-port", str(port), "--web-host", "127.0.0.1")
        quick = ("--time-scale", "0.02", "--seed", "7", "--reports", str(self.reports))
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [LOCUST, *address, *quick, *more], stdout=log, stderr=log, cwd=REPOSITORY
            )

    def said(self) -> str:
        return self.log.read_text()

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


@contextlib.contextmanager
def browsing() -> Iterator[Browser]:
    assert Path(CHROMIUM).exists(), "Debian's chromium is needed: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def served(locust: Locust) -> None:
    """Wait until Locust answers."""
    until = time.monotonic() + 60
    while True:
        assert locust.process.poll() is None, locust.said()
        try:
            requests.get(locust.origin, timeout=5)
            return
        except requests.ConnectionError:
            assert time.monotonic() < until, locust.said()
            time.sleep(0.1)


def start(page: Page, **fields: str) -> None:
    """Fill the start form and press the button."""
    page.get_by_role("button", name="Advanced options").click()
    page.get_by_role("button", name="Custom parameters").click()
    for name, value in fields.items():
        page.locator(f"input[name={name}]").fill(value)
    page.get_by_role("button", name="Start").click()
