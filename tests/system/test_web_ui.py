"""Locust's web UI as a person uses it: headless Chromium, the reference agent, a run, stop."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Page, expect

from tests.system.browser import WAIT_MS, Locust, browsing, served, start

NOBODYS = "http://192.0.2.1"  # an address set aside for documentation


@pytest.fixture
def locust(tmp_path: Path) -> Iterator[Locust]:
    started = Locust(tmp_path)
    yield started
    started.end()


@pytest.fixture
def page() -> Iterator[Page]:
    with browsing() as browser:
        page = browser.new_page()
        page.set_default_timeout(WAIT_MS)
        yield page


def opened(page: Page, locust: Locust) -> None:
    """Have the start form on the page, as soon as Locust serves it."""
    served(locust)
    page.goto(locust.origin)


def refused(page: Page, locust: Locust, why: str) -> None:
    """Wait until the run that was asked for is refused with these words, on the page too."""
    expect(page.get_by_text(why).first).to_be_visible(timeout=WAIT_MS)
    for _ in range(50):
        if why in locust.said():
            break
        page.wait_for_timeout(100)
    assert why in locust.said()
    state = ""
    for _ in range(50):
        stats = requests.get(f"{locust.origin}/stats/requests", timeout=10).json()
        state = stats["state"]
        if state in ("stopped", "ready"):
            break
        page.wait_for_timeout(100)
    assert state in ("stopped", "ready")
    assert [row["name"] for row in stats["stats"]] == ["Aggregated"]
    assert list(locust.reports.glob("*")) == []


def test_a_run_from_the_page_to_its_verdict(page: Page, locust: Locust) -> None:
    opened(page, locust)
    agent = page.locator("input[name=host]").input_value()
    assert requests.get(f"{agent}/healthz", timeout=10).ok

    start(page, userCount="60", spawnRate="10")
    rows = page.locator("table tbody tr")
    expect(rows.filter(has_text="/twilio/gather").first).to_be_visible(timeout=WAIT_MS)
    expect(rows.filter(has_text="CALL").first).to_be_visible(timeout=WAIT_MS)
    expect(page.get_by_text("60", exact=True).first).to_be_visible(timeout=WAIT_MS)
    page.wait_for_timeout(5_000)
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("stopped", exact=False).first).to_be_visible(timeout=WAIT_MS)

    [written] = locust.reports.glob("*/result.json")
    result = json.loads(written.read_text())
    assert (result["run"]["seed"], result["run"]["users"]) == (7, 60)
    assert result["totals"]["goal_reached"] > 0
    assert result["totals"]["finished"] == result["totals"]["started"]

    locust.process.send_signal(signal.SIGTERM)
    assert locust.process.wait(timeout=20) == 0, locust.said()
    assert "Traceback" not in locust.said()
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{agent}/healthz", timeout=10)


def test_what_may_not_be_called_or_is_no_number_is_refused(page: Page, locust: Locust) -> None:
    opened(page, locust)
    agent = page.locator("input[name=host]").input_value()
    start(page, host=NOBODYS)
    refused(page, locust, f"'{NOBODYS}' is not called")

    page.goto(locust.origin)
    start(page, host=agent, timeScale="fast")
    refused(page, locust, "time scale must be a number, 0 or more (is 'fast')")

    locust.process.send_signal(signal.SIGTERM)
    assert locust.process.wait(timeout=20) == 2, locust.said()
