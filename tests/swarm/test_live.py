"""The web UI's tab and page as Locust's server serves them: to whom, and what.

With Locust's own web UI and Flask's client; no port is opened.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from socket import gethostname
from types import SimpleNamespace
from typing import Any, TypeVar

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_login import UserMixin, login_user
from greenlet import GreenletExit
from locust.env import Environment
from locust.web import WebUI

from tests.unit.swarm.made import Told, job, made
from voicesim.swarm import live as live_module
from voicesim.swarm import web
from voicesim.swarm.desk import Desk, Plan
from voicesim.swarm.live import Kept, LivePage

T = TypeVar("T")
ROUTES = ("/", "/data", "/data?call=1", "/page/live.js", "/page/index.html")


class Runs:
    """The runs that there are: what hooks know."""

    def __init__(self) -> None:
        self.desk: Desk | None = None
        self.age_s = 9.0

    def begin(self) -> Desk:
        plan = Plan(job(), made()[1], grace_s=10.0, folder=Path("reports"))
        self.desk = Desk(plan, "one", "2026-03-02T10:00:00+00:00")
        return self.desk

    def look(self, view: Callable[[Desk, float], T]) -> T | None:
        return view(self.desk, self.age_s) if self.desk else None


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Runs:
    patient = SimpleNamespace(spawn=lambda *_: None, sleep=time.sleep)
    monkeypatch.setattr(live_module, "gevent", patient)
    monkeypatch.setattr("sys.argv", ["locust"])  # read by the web UI
    return Runs()


class Client(FlaskClient):
    def open(self, *args: Any, **kwargs: Any) -> Any:
        return super().open(*args, **(kwargs | {"buffered": True}))  # files are closed


def served(
    runs: Runs,
    base: str = "",
    *,
    login: bool = False,
    host: str = "127.0.0.1",
    trouble: Callable[[Mapping[str, str]], str] = lambda _: "",
) -> tuple[WebUI, Flask]:
    options = {"num_users": 1, "spawn_rate": 1, "run_time": None, "stats_history_enabled": False}
    environment = Environment(parsed_options=SimpleNamespace(web_base_path=base, **options))
    environment.create_local_runner()
    ui = WebUI(environment, host, 0, base, web_login=login, delayed_start=True)
    assert ui.app
    ui.app.debug = False
    ui.app.test_client_class = Client
    ui.app.secret_key = "of no matter"
    web.extend(ui, trouble, runs.look)
    return ui, ui.app


@pytest.fixture
def client(runs: Runs) -> Iterator[FlaskClient]:
    with served(runs)[1].test_client() as one:
        yield one


def test_before_a_run_there_is_none(client: FlaskClient) -> None:
    assert client.get("/voicesim/data").json == {"state": "none"}
    stats = client.get("/stats/requests").json
    assert stats["extended_stats"] == [{"key": "calls", "data": []}]
    assert stats["state"] == "ready"
    assert client.get("/voicesim/data?call=7").status_code == 404


def test_the_tab_shows_what_became_of_the_calls_all_of_them_first(
    runs: Runs, client: FlaskClient
) -> None:
    runs.begin().report("a", Told().calls(5, 2).report(8.0), 9.0)
    found = client.get("/stats/requests").json["extended_stats"][0]["data"]
    assert [(row["name"], row["scenario"]) for row in found] == [(0, "all"), (1, "quick_booking")]
    assert (found[0]["offered"], found[0]["in_progress"], found[0]["goal"]) == (5, 3, 2)
    page = client.get("/").text
    arguments = json.loads(page.partition("window.templateArgs = ")[2].partition("\n")[0])
    assert arguments["extended_tabs"] == [{"title": "Calls", "key": "calls"}]
    [table] = arguments["extended_tables"]
    assert {column["key"] for column in table["structure"]} < set(found[0])


def test_what_the_page_asks_for_is_there_and_from_here_alone(client: FlaskClient) -> None:
    index = client.get("/voicesim/", follow_redirects=True)
    assert "http" not in index.text
    for name in ("live.js", "chart.js", "dom.js", "ladder.js", "live.css", "icon.svg"):
        answer = client.get(f"/voicesim/page/{name}")
        assert answer.status_code == 200
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "innerHTML" not in answer.text
    policy = index.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert client.get("/voicesim/page/../live.py").status_code == 404
    assert client.get("/voicesim/data").headers["Cache-Control"] == "no-store"


def test_another_site_does_not_read_it(client: FlaskClient) -> None:
    for route in ROUTES:
        answer = client.get(f"/voicesim{route}", headers={"Origin": "http://elsewhere.example"})
        assert answer.status_code == 403
    assert client.get("/voicesim/", headers={"Origin": "http://localhost"}).status_code == 200
    for origin in ("null", "http://[", "localhost", "http://localhost.example"):
        assert client.get("/voicesim/data", headers={"Origin": origin}).status_code == 403


def test_a_name_that_was_bent_to_this_machine_is_not_its_name(client: FlaskClient) -> None:
    def status(host: str, peer: str) -> int:
        answer = client.get(
            "/voicesim/data", headers={"Host": host}, environ_base={"REMOTE_ADDR": peer}
        )
        return answer.status_code

    for own in ("localhost:8089", "127.0.0.1:8089", "[::1]:8089", "192.0.2.7", gethostname()):
        assert status(own, "127.0.0.1") == 200, own
    assert status("elsewhere.example:8089", "127.0.0.1") == 403
    assert status("elsewhere.example:8089", "::1") == 403
    assert status("grid.example", "192.0.2.9") == 200  # a colleague on the network


def test_another_site_starts_and_stops_nothing(runs: Runs) -> None:
    asked: list[Mapping[str, str]] = []

    def trouble(form: Mapping[str, str]) -> str:
        asked.append(form)
        return "not this one"

    strange: list[tuple[dict[str, str], str]] = [
        ({"Origin": "http://elsewhere.example"}, "another site"),
        ({"Origin": "null"}, "another site"),
        ({"Origin": "http://["}, "another site"),
        ({"Sec-Fetch-Site": "cross-site"}, "another site"),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://localhost:3000"}, "another site"),
        ({"Host": "elsewhere.example", "Origin": "http://elsewhere.example"}, "not this machine's"),
    ]
    own = [
        {},
        {"Origin": "http://localhost"},
        {"Origin": "https://grid.example", "Sec-Fetch-Site": "same-origin"},  # behind a proxy
    ]
    with served(runs, trouble=trouble)[1].test_client() as client:
        for headers, why in strange:
            for route in ("/swarm", "/stop", "/stats/reset"):
                answer = client.post(route, headers=headers)
                assert (answer.status_code, why in answer.text) == (403, True), (route, headers)
        assert asked == []
        for headers in own:
            assert client.post("/swarm", headers=headers).json["message"] == "not this one"
            assert client.post("/stats/reset", headers=headers).status_code == 200
        cross = {"Sec-Fetch-Site": "cross-site"}
        assert client.get("/voicesim/", headers=cross).status_code == 200  # a link was followed
    assert len(asked) == len(own)


def test_the_name_that_the_web_ui_was_bound_to_is_its_own(runs: Runs) -> None:
    named = {"Host": "grid.example:8089"}
    with served(runs)[1].test_client() as client:
        assert client.get("/voicesim/data", headers=named).status_code == 403
    with served(runs, host="grid.example")[1].test_client() as client:
        assert client.get("/voicesim/data", headers=named).status_code == 200
    with served(runs, host="")[1].test_client() as client:
        assert client.get("/voicesim/data", headers={"Host": "["}).status_code == 403


def test_the_tab_costs_a_viewer_only_the_write(
    runs: Runs, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Locust keeps its figures for two seconds; nothing is read and written anew for each."""
    runs.begin().report("a", Told().calls(5, 2).report(8.0), 9.0)
    first = client.get("/stats/requests").text

    def made(*_: object, **__: object) -> str:
        raise AssertionError("made again")

    monkeypatch.setattr(Kept, "get", lambda kept, *_: kept._made)
    monkeypatch.setattr(client.application.json, "loads", made)
    monkeypatch.setattr(client.application.json, "response", made)
    assert client.get("/stats/requests").text == first
    assert '"offered": 5' in first


def test_the_page_lies_under_the_base_path(runs: Runs) -> None:
    with served(runs, "/load")[1].test_client() as client:
        assert client.get("/load/voicesim/").status_code == 200
        assert client.get("/voicesim/").status_code == 404


class Somebody(UserMixin):  # type: ignore[misc]
    id = "somebody"


def test_login_covers_every_route(runs: Runs) -> None:
    runs.begin().report("a", Told().calls(5, 2).report(8.0), 9.0)
    ui, app = served(runs, login=True)
    ui.login_manager.user_loader(lambda _: Somebody())
    app.add_url_rule("/enter", "enter", lambda: str(login_user(Somebody())))
    with app.test_client() as client:
        rules = [str(rule) for rule in app.url_map.iter_rules() if rule.endpoint[:9] == "voicesim."]
        assert len(rules) == 3
        for route in ROUTES:
            answer = client.get(f"/voicesim{route}")
            assert (answer.status_code, "/login" in answer.location) == (302, True)
        assert "extended_stats" not in client.get("/stats/requests").text
        client.get("/enter")
        assert client.get("/voicesim/data").json["calls"][0]["offered"] == 5
        assert "extended_stats" in client.get("/stats/requests").text


def test_who_is_not_logged_in_starts_nothing_and_changes_nothing(runs: Runs) -> None:
    asked: list[Mapping[str, str]] = []

    def trouble(form: Mapping[str, str]) -> str:
        asked.append(form)
        return "not this one"

    ui, app = served(runs, login=True, trouble=trouble)
    ui.login_manager.user_loader(lambda _: Somebody())
    app.add_url_rule("/enter", "enter", lambda: str(login_user(Somebody())))
    with app.test_client() as client:
        answer = client.post("/swarm", data={"host": "http://elsewhere.example"})
        assert (answer.status_code, "/login" in answer.location, asked) == (302, True, [])
        client.get("/enter")
        answer = client.post("/swarm", data={"host": "http://elsewhere.example"})
        assert answer.json == {"success": False, "message": "not this one"}
    assert len(asked) == 1


def test_who_cannot_be_asked_for_a_login_is_told_nothing(runs: Runs) -> None:
    """Locust catches what goes wrong with a login, and says so instead."""
    runs.begin()
    with served(runs, login=True)[1].test_client() as client:
        for route in ROUTES:
            answer = client.get(f"/voicesim{route}")
            assert "run" not in (answer.get_json(silent=True) or {})
            assert "module" not in answer.text
            assert answer.status_code == 302 or "exception" in answer.text


class Clock:
    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def test_a_look_that_takes_long_is_not_taken_again_at_once(runs: Runs) -> None:
    clock, looks = Clock(), []

    def look(view: Callable[[Desk, float], T]) -> T | None:
        looks.append(view)
        clock.now_s += 0.5
        return None

    page = LivePage(look, clock)
    page.live()
    clock.now_s += 9.0
    page.live()
    assert len(looks) == 1
    clock.now_s += 1.1
    page.live()
    assert len(looks) == 2


def test_ladders_cost_no_more_than_the_rest(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that took half a second is given again at once; for another one waits ten."""
    clock, looks = Clock(), []

    def look(view: Callable[[Desk, float], T]) -> T | None:
        looks.append(clock.now_s)
        clock.now_s += 0.5
        return None

    def sleep(seconds: float) -> None:
        clock.now_s += seconds

    monkeypatch.setattr(live_module.gevent, "sleep", sleep)
    page = LivePage(look, clock)
    for number in (1, 1, 1, 2, 2):
        assert page.ladder(number) == ""
    assert looks[0] == 0.0
    assert 10.5 <= looks[1] <= 10.7
    assert len(looks) == 2


def test_a_sample_that_fails_is_told_once_and_the_next_is_taken(
    runs: Runs, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    looks = []

    def look(view: Callable[[Desk, float], T]) -> T | None:
        looks.append(view)
        raise RuntimeError("broken")

    def sleep(_: float) -> None:
        if len(looks) == 3:
            raise GreenletExit

    monkeypatch.setattr(live_module.gevent, "sleep", sleep)
    with pytest.raises(GreenletExit):
        LivePage(look)._keep_sampling()
    assert [record.levelname for record in caplog.records].count("ERROR") == 1


def told_at(page: LivePage) -> tuple[float, list[Any]]:
    data = json.loads(page.live())
    return data["run"]["elapsed_s"], data["history"]


def test_a_run_that_is_over_stays_as_it_was_and_the_next_begins_anew(runs: Runs) -> None:
    clock = Clock()
    page, desk, told = LivePage(runs.look, clock), runs.begin(), Told()
    desk.report("a", told.calls(30, 30).report(8.0), 9.0)
    page.sample()
    runs.age_s = 11.0
    desk.report("a", told.calls(5, 5).report(10.0), 11.0)
    desk.closing(11.0)
    desk.workers_drained(["a"])
    desk.close("2026-03-02T10:01:05+00:00", 11.0)
    desk.over = True
    clock.now_s = 100.0
    assert told_at(page) == (11.0, json.loads(page.live())["history"])
    assert [row[2] for row in json.loads(page.live())["history"]] == [30, 5]
    assert json.loads(page.live())["verdict"]["final"]
    runs.age_s = 300.0
    clock.now_s = 200.0
    page.sample()
    assert told_at(page)[0] == 11.0
    assert len(json.loads(page.live())["history"]) == 2
    runs.begin()
    runs.age_s = 1.0
    clock.now_s = 300.0
    page.sample()
    elapsed_s, history = told_at(page)
    assert (elapsed_s, len(history)) == (1.0, 1)
    assert not json.loads(page.live())["verdict"]["final"]
