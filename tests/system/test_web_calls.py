"""The Calls tab and the live page as a person sees them: headless Chromium, an agent that breaks
some calls and talks in markup, a run, stop, the verdict. axe-core looks at the page; every request
is looked at, too."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from http.server import ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.system import scripted
from tests.system.browser import WAIT_MS, Locust, browsing, served, start

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text()
MARKUP = "<img src='http://192.0.2.1/seen' onerror='document.title=1'>"
TOKEN = "s3cr3t-token-of-the-agent"
FORGED = """
      0.50 s  --> POST /forged
   0.50 s  caller "forged"
           ERROR 99999: forged
"""
HOSTILE = f"<Response><Say><![CDATA[{MARKUP} {TOKEN}]]></Say>{FORGED}</Respons>".encode()


class Breaking(scripted.Handler):
    """A scripted agent that breaks every third call after its caller's name."""

    def do_POST(self) -> None:  # noqa: N802 - http.server calls it so
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        sid = parse_qs(body)["CallSid"][0]
        broken = int(sid[-6:], 16) % 3 == 0 and "step=phone" in urlsplit(self.path).query
        self.answer(200, HOSTILE if broken else scripted.answer(self.path))


@pytest.fixture
def agent() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Breaking)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/voice"
    server.shutdown()
    server.server_close()


@pytest.fixture
def locust(tmp_path: Path, agent: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Locust]:
    monkeypatch.setenv("VOICESIM_TWILIO_AUTH_TOKEN", TOKEN)
    started = Locust(tmp_path, "--host", agent, "--no-audit")
    yield started
    started.end()


@pytest.fixture
def browser() -> Iterator[Browser]:
    with browsing() as one:
        yield one


def whole(place: Locator) -> int:
    return int(place.inner_text().replace(",", ""))


def complaints(page: Page) -> list[str]:
    """What axe-core finds on the page, but for what it calls minor or moderate."""
    page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate("axe.run().then((all) => all.violations)")
    return [
        f"{one['id']}: {node['html']}: {node['failureSummary']}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def looked_at(page: Page) -> None:
    """Nobody is shut out, by day or by night."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert complaints(page) == []


def test_calls_live_and_a_failed_one_as_a_ladder(browser: Browser, locust: Locust) -> None:
    asked: list[str] = []
    wrong: list[str] = []
    served(locust)
    context = browser.new_context()
    page, ui = context.new_page(), context.new_page()
    for one in (page, ui):
        one.set_default_timeout(WAIT_MS)
        one.on("request", lambda request: asked.append(request.url))
        one.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.goto(f"{locust.origin}/voicesim/")
    expect(page.get_by_text("There was no run yet")).to_be_visible()
    looked_at(page)

    ui.goto(locust.origin)
    start(ui, userCount="300", spawnRate="300")
    ui.get_by_role("tab", name="Calls").click()
    first = ui.locator("table tbody tr").first
    expect(first.locator("td").nth(0)).to_have_text("all")
    expect(first.locator("td").nth(5)).not_to_have_text("0", timeout=WAIT_MS)  # failed
    expect(ui.locator("table tbody tr", has_text="quick_booking").first).to_be_visible()

    expect(page.locator("#phase")).to_have_text("calling", timeout=WAIT_MS)
    expect(page.get_by_role("heading", name="Verdict as it stands")).to_be_visible()
    for name in ("Calls arriving", "Calls in progress", "Response time of webhooks"):
        chart = page.locator("figure", has=page.get_by_role("heading", name=name))
        expect(chart.locator("polyline").first).to_be_visible()
        expect(chart.get_by_role("img")).to_have_attribute("aria-label", page_says(name))
        chart.get_by_text("As a table").click()
        expect(chart.locator("tbody tr").nth(1)).to_be_visible(timeout=WAIT_MS)
    total = page.locator("#callers tr").first.locator("td")
    assert whole(total.nth(3)) > 0

    page.locator("#failed summary").first.focus()  # the list stands still from now on
    failed = page.locator("#failed details", has_text="12100").first
    failed.locator("summary").press("Enter")
    expect(failed.locator("li.ERROR")).to_contain_text("12100", timeout=WAIT_MS)
    expect(failed.locator("li.body", has_text=f"{MARKUP} [hidden]")).to_be_visible()
    expect(failed.locator("li.body", has_text="forged")).to_have_count(3)
    expect(failed.locator("li", has_text="forged")).to_have_count(3)  # and pass for nothing else
    why_a_call_is_not_shown(context, page.url)
    assert TOKEN not in page.content() + ui.content()
    expect(page.locator("#findings tr", has_text="12100")).to_contain_text("ERROR")
    looked_at(page)
    assert failed.get_attribute("open") is not None  # through some answers

    ui.get_by_role("button", name="Stop").click()
    expect(page.locator("#phase")).to_have_text("over", timeout=WAIT_MS)
    expect(page.get_by_role("heading", name="Verdict", exact=True)).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("✗ fail")

    [written] = locust.reports.glob("*/result.json")
    result = json.loads(written.read_text())
    parts = (result["totals"], result["totals"]["warm_up"])
    for column, name in ((3, "offered"), (5, "goal_reached")):
        assert whole(total.nth(column)) == sum(part[name] for part in parts)
    gates = [row.inner_text().split("\t")[0][2:] for row in page.locator("#gates tr").all()]
    assert gates == [gate["verdict"] for gate in result["verdict"]["gates"]]
    assert wrong == []
    assert len(asked) > 10
    assert [url for url in asked if not url.startswith(locust.origin)] == []
    assert "Traceback" not in locust.said()


def why_a_call_is_not_shown(context: BrowserContext, url: str) -> None:
    """Each reason is its own."""
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    page.goto(url)
    page.locator("#failed summary").first.focus()
    call = page.locator("#failed details").first
    reasons: list[tuple[Callable[[Route], None], str]] = [
        (lambda route: route.fulfill(status=404), "is not kept any more"),
        (lambda route: route.fulfill(status=500), "cannot be had now"),
        (lambda route: route.fulfill(status=302, headers={"Location": "/login"}), "log in"),
        (lambda route: route.abort(), "is Locust still there?"),
    ]
    for answer, reason in reasons:
        page.route("**/data?call=*", answer)
        call.locator("summary").press("Enter")
        expect(call.locator("p")).to_contain_text(reason, timeout=WAIT_MS)
        call.locator("summary").press("Enter")
        page.unroute("**/data?call=*")
    page.close()


def page_says(chart: str) -> re.Pattern[str]:
    """A chart tells its latest values to whom does not see it."""
    return re.compile(rf"{chart}\. At \d+:\d\d: \w.* [\d.]+")
