"""How long a webhook may take and what is tried again: Twilio's limits, and what a URL overrides.

Source: Twilio's page on webhook connection overrides (docs/decisions/011). They stand in the URL's
fragment, ``https://agent.example/voice#rc=2&rp=5xx,rt``, which is neither sent nor signed.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl

from voicesim.line.hop import BODY_LIMIT
from voicesim.line.terms import LineTerms

TWILIO_WAITS_S = 15.0
"""So long Twilio waits for a webhook in all; what takes longer is a finding, even where we wait."""

_MILLISECONDS: Final = {
    "ct": ("connect_s", 10_000),
    "rt": ("read_s", 15_000),
    "tt": ("total_s", 15_000),
}
"""Name of a time, which limit it sets, and its most; the least is 100."""
_LEAST_MS = 100
_MOST_RETRIES = 5
_POLICIES = frozenset({"4xx", "5xx", "ct", "rt"})
_EDGES = frozenset(
    {"ashburn", "dublin", "frankfurt", "sao-paulo", "singapore", "sydney", "tokyo", "umatilla"}
)
_PRIVATE_EDGES = frozenset(
    f"{city}-ix"
    for city in (
        "ashburn", "frankfurt", "london", "san-jose", "sao-paulo", "singapore", "sydney", "tokyo",
    )
)  # fmt: skip
"""Over Twilio Interconnect (its page on configuring an application for it)."""
_SHOWN = 40
_LONGEST_NUMBER = 9  # digits

IGNORED = "override-ignored"
Complaint = tuple[str, str]
"""Code and the rest of a sentence that begins with the URL."""
_Changes = dict[str, object]
"""Limits that a URL sets, by their name."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits for one webhook; the defaults are Twilio's."""

    connect_s: float = 5.0
    """For each of the tries to connect, TLS included."""
    read_s: float | None = None
    """For the answer's first packet and between packets; None: as long as the webhook may take."""
    total_s: float = TWILIO_WAITS_S
    """For everything: connecting, redirects, reading, tries."""
    retries: int = 1
    """How often one request is tried again."""
    retried: frozenset[str] = frozenset({"ct"})
    """Upon what: connecting timed out (ct), reading did (rt), a status of 4xx or 5xx."""
    redirects: int = 10
    body_bytes: int = BODY_LIMIT
    overridden: bool = False
    """Whether the URL has set any of them."""


@lru_cache(maxsize=1024)
def overridden(
    limits: Limits, fragment: str, terms: LineTerms
) -> tuple[Limits, tuple[Complaint, ...]]:
    """``limits`` as the fragment of a URL changes them, and what is wrong with it.

    A fragment that names no override is none. A complaint with a code of Twilio's ends the webhook.
    """
    changes: dict[str, object] = {}
    complaints: list[Complaint] = []
    for name, text in dict(parse_qsl(fragment, keep_blank_values=True)).items():
        if name in _READERS:
            complaint = _READERS[name](name, text, changes, terms)
            if complaint:
                complaints.append(complaint)
    if changes:
        limits = replace(limits, overridden=True, **changes)  # type: ignore[arg-type]
    return limits, tuple(complaints)


def _time(name: str, text: str, changes: _Changes, terms: LineTerms) -> Complaint | None:
    limit, most = _MILLISECONDS[name]
    value = _whole(text, _LEAST_MS, most, terms)
    if value is not None:
        changes[limit] = value / 1000
    if value is not None and value == int(text):
        return None
    return _ignored(name, text, f"is not from {_LEAST_MS} to {most} ms", value)


def _retries(name: str, text: str, changes: _Changes, terms: LineTerms) -> Complaint | None:
    value = _whole(text, 0, _MOST_RETRIES, terms)
    if value is not None:
        changes["retries"] = value
    if value is not None and value == int(text):
        return None
    return _ignored(name, text, f"is not from 0 to {_MOST_RETRIES}", value)


def _policy(name: str, text: str, changes: _Changes, terms: LineTerms) -> Complaint | None:
    named = {part.strip().lower() for part in text.split(",")}
    if not named <= _POLICIES | {"all"}:
        known = ", ".join(sorted(_POLICIES))
        if terms.unknown_override == "default":
            return _ignored(name, text, f"is none of {known} and all")
        return "11243", f"asks for retries by rp={text[:_SHOWN]!a}; Twilio knows {known} and all"
    changes["retried"] = _POLICIES if "all" in named else frozenset(named)
    return None


def _edge(name: str, text: str, _changes: _Changes, terms: LineTerms) -> Complaint | None:
    named = {part.strip().lower() for part in text.split(",")}
    unknown = named - _EDGES - _PRIVATE_EDGES
    if unknown and terms.unknown_override == "default":
        return _ignored(name, text, "names no edge of Twilio's")
    if unknown:
        return (
            "11240",
            f"asks to be called from {min(unknown)[:_SHOWN]!a}, which is no edge of Twilio's",
        )
    return None


def _sni(name: str, text: str, _changes: _Changes, _terms: LineTerms) -> Complaint | None:
    if text.lower() == "n":
        return "not-carried", "asks for TLS without SNI (sni=n), which voicesim does not do"
    return None if text.lower() == "y" else _ignored(name, text, "is neither y nor n")


_READERS: Final = {
    "ct": _time, "rt": _time, "tt": _time, "rc": _retries, "rp": _policy, "e": _edge, "sni": _sni,
}  # fmt: skip


def _whole(text: str, least: int, most: int, terms: LineTerms) -> int | None:
    """The whole number that ``text`` is, from ``least`` to ``most``; None for none to be used."""
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER):
        return None
    nearest = min(max(int(text), least), most)
    return nearest if nearest == int(text) or terms.bad_override == "nearest" else None


def _ignored(name: str, text: str, why: str, used: int | None = None) -> Complaint:
    instead = "the default" if used is None else str(used)
    return IGNORED, f"overrides {name}={text[:_SHOWN]!a}, which {why}: {instead} is used"
