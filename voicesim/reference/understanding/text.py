"""Text as the recogniser sends it, made safe to search, and spans of it that mean something."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

MAX_CHARS = 1000
"""No caller says more in one turn; what lies beyond is not looked at."""

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_QUOTES = dict.fromkeys(map(ord, "‘’ʼ`´"), "'")


@dataclass(frozen=True, slots=True)
class Span:
    """A value found in a text, and where: ``text[start:end]``."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DaySpan:
    """A date found in a text, and where."""

    value: date
    start: int
    end: int


def clean(text: str) -> str:
    """Give the text in one form: composed letters, plain quotes and dashes, nothing unprintable."""
    text = text[:MAX_CHARS].translate(_DASHES | _QUOTES)
    text = unicodedata.normalize("NFKC", text)
    text = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text)
    return " ".join(text.split())


def without(text: str, span: Span | DaySpan | None) -> str:
    """Cut a span out; a semicolon stays in its place, for what was apart must not grow together."""
    if span is None:
        return text
    return f"{text[: span.start]} ; {text[span.end :]}"


_REFUSED = re.compile(
    r"\b(?:not|isn't|wasn't|instead of|rather than|from)\s+"
    r"(?:(?:on|for|at|the|my|next|this|a)\s+)*$",
    re.IGNORECASE,
)


def is_refused(text: str, start: int) -> bool:
    """Say whether what begins at ``start`` is what the caller does not want ("not Tuesday")."""
    return _REFUSED.search(text[:start]) is not None
