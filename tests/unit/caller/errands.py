"""Callers with an errand: how the tests of them begin and what they look at."""

from collections.abc import Callable

from voicesim.base.findings import Level
from voicesim.call.talk import Opinion

Rung = Callable[..., tuple[list[str], Opinion]]
"""What a scenario's caller says to prompts in turn, and its opinion."""
HELLO = "Hello, how can I help you?"


def codes(opinion: Opinion) -> list[tuple[str, Level]]:
    """All that blames somebody."""
    found = opinion.findings
    return [(finding.code, finding.level) for finding in found if finding.level is not Level.NOTICE]
