"""What a locustfile comes to when the workload that it names cannot be had."""

from collections.abc import Callable

import pytest

from voicesim.base.errors import ConfigError
from voicesim.swarm import users


def failing(error: Exception) -> Callable[[str], object]:
    def load(name: str) -> object:
        raise error

    return load


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (ConfigError(["a.toml: pa\x9bce: no"]), 2, "voicesim: a.toml: pa\\x9bce: no"),
        (KeyError("leak"), 3, "KeyError: 'leak'"),
    ],
)
def test_the_agent_is_never_blamed(
    error: Exception,
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(users, "load_workload", failing(error))
    with pytest.raises(SystemExit) as end:
        users.workload("office")
    assert end.value.code == code
    assert capsys.readouterr().err.splitlines()[-1] == said
