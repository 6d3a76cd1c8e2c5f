"""The login that docs/metrics.md shows, word by word, before Locust's own web UI."""

import re
from pathlib import Path

import pytest
from locust import events
from locust.env import Environment
from locust.web import WebUI

DOCUMENT = Path(__file__).parents[2] / "docs" / "metrics.md"


def test_the_login_that_is_shown_lets_in_who_knows_the_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (shown,) = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)
    listeners: list[object] = []
    monkeypatch.setattr(events.init, "add_listener", listeners.append)
    monkeypatch.setenv("WEB_PASSWORD", "open sesame")
    monkeypatch.setattr("sys.argv", ["locust"])  # read by the web UI
    made: dict[str, object] = {}
    exec(compile(shown, str(DOCUMENT), "exec"), made)
    environment = Environment()
    environment.create_local_runner()
    ui = WebUI(environment, "127.0.0.1", 0, "", web_login=True, delayed_start=True)
    (with_login,) = listeners
    with_login(environment=environment)  # type: ignore[operator]
    assert ui.app
    with ui.app.test_client() as client:
        assert "/login" in client.get("/stats/requests").location
        assert '"/sign-in"' in client.get("/login").text
        for wrong in ({}, {"password": "open"}, {"password": "ö"}):
            assert client.post("/sign-in", data=wrong).location == "/login"
            assert "not the password" in client.get("/login").text
            assert "/login" in client.get("/stats/requests").location
        assert client.post("/sign-in", data={"password": "open sesame"}).location == "/"
        assert client.get("/stats/requests").status_code == 200
