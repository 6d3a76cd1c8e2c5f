"""docker-compose.yml as Compose reads it: variables put in, merged."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).parents[1]
_VARIABLE = re.compile(r"\$(?:\$|\{(\w+)(?:(:-|:\?)([^}]*))?\})")


class MissingError(Exception):
    """A variable that must be set is not: Compose stops with this message."""


def example() -> dict[str, str]:
    """The variables of .env.example."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def filled(text: str, variables: Mapping[str, str]) -> str:
    """``text`` with ``${NAME:-default}``, ``${NAME:?message}`` and ``$$`` put in."""

    def value(match: re.Match[str]) -> str:
        name, operator, operand = match.groups()
        if name is None:
            return "$"
        given = variables.get(name, "")
        if not given and operator == ":?":
            raise MissingError(operand)
        return given or (operand or "")

    return _VARIABLE.sub(value, text)


def raw() -> dict[str, Any]:
    """The file as it is written, anchors merged."""
    found: dict[str, Any] = YAML(typ="safe").load(ROOT / "docker-compose.yml")
    return found


def read(variables: Mapping[str, str]) -> dict[str, Any]:
    """The file with ``variables`` put in."""
    found: dict[str, Any] = _deep(raw(), variables)
    return found


def _deep(value: Any, variables: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return filled(value, variables)
    if isinstance(value, list):
        return [_deep(item, variables) for item in value]
    if isinstance(value, dict):
        return {key: _deep(item, variables) for key, item in value.items()}
    return value
