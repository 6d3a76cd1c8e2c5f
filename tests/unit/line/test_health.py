"""Whether an agent can be tested at all, by what its health check answers."""

from collections.abc import Mapping
from types import SimpleNamespace

import pytest
import requests

from voicesim.line.health import unreachable


@pytest.mark.parametrize(
    ("status", "path", "words"),
    [
        (200, None, ""),
        (204, "/up", ""),
        (404, None, ""),  # an agent without a health check is taken as well
        (403, None, ""),  # what a gateway answers for a path that it does not know
        (503, None, "/healthz says that the agent is not healthy: status 503"),
        (500, None, "not healthy"),
        (404, "/up", "/up says that the agent is not healthy: status 404"),
    ],
)
def test_what_a_health_check_says(
    status: int, path: str | None, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, Mapping[str, str] | None]] = []

    def get(url: str, headers: Mapping[str, str] | None = None, **_: object) -> SimpleNamespace:
        asked.append((url, headers))
        return SimpleNamespace(status_code=status)

    monkeypatch.setattr(requests, "get", get)
    found = unreachable("http://127.0.0.1:8080/twilio/voice", path, {"X-API-Key": "k"})
    assert asked == [(f"http://127.0.0.1:8080{path or '/healthz'}", {"X-API-Key": "k"})]
    assert words in found
    assert bool(words) is bool(found)


def test_who_cannot_be_reached_is_not_ill(monkeypatch: pytest.MonkeyPatch) -> None:
    def get(_url: str, **_: object) -> None:
        raise requests.ConnectionError

    monkeypatch.setattr(requests, "get", get)
    found = unreachable("http://127.0.0.1:8080", None)
    assert found.startswith("http://127.0.0.1:8080 is unreachable: ConnectionError")
