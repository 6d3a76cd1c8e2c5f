"""What was typed on the command line, read and checked; how the commands end."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TypeVar

from voicesim import data
from voicesim.base.errors import ConfigError
from voicesim.config.callers import Catalogue, parse_catalogue
from voicesim.line import named
from voicesim.twilio.signature import ALGORITHMS

PASS, FAIL, USAGE, UNSURE = 0, 1, 2, 3
"""Exit codes: pass, the agent failed, usage or configuration, inconclusive."""
T = TypeVar("T")


def catalogue() -> Catalogue:
    """The personas and scenarios that come with voicesim."""
    return parse_catalogue(data.texts("personas"), data.texts("scenarios"))


def pick(kind: str, name: str, known: Mapping[str, T]) -> T:
    """What ``name`` stands for; ConfigError where there is no such ``kind``."""
    if name not in known:
        raise ConfigError([f"there is no {kind} {name!r}; there are: {', '.join(known)}"])
    return known[name]


def method(text: str) -> str:
    """GET or POST; ConfigError otherwise."""
    if text.upper() not in ("GET", "POST"):
        raise ConfigError([f"--method is GET or POST, not {text!r}"])
    return text.upper()


def algorithm(text: str) -> str:
    """The name of an algorithm that signatures are made with; ConfigError otherwise."""
    return pick("algorithm", text.upper().replace("-", "_"), {name: name for name in ALGORITHMS})


def fields(typed: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Fields of a form as they were typed, name=value each; ConfigError for what is none."""
    wrong = [text for text in typed if "=" not in text]
    if wrong:
        raise ConfigError([f"{text!r} is no field; write name=value" for text in wrong])
    pairs = [text.partition("=") for text in typed]
    return tuple((name, value) for name, _, value in pairs)


def day(text: str) -> date:
    """The date that was typed, today where none was; ConfigError when it is none."""
    today = datetime.now(UTC).date()  # noqa: TID251 - the day is the command line's to say
    return named.day(text) or today
