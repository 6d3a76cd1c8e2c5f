"""What a user assumes of Twilio where its pages are silent: ``--assume NAME=VALUE``."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import isfinite
from typing import Any, Final, Literal, NamedTuple, get_args, get_origin, get_type_hints

from voicesim.base.errors import ConfigError
from voicesim.call.terms import Terms
from voicesim.line.terms import LineTerms
from voicesim.twilio.reading import Reading

NUMBERS: Final = {
    "auto_speech_timeout_s": 0.0, "beep_s": 0.0, "dial_buffer_s": 0.0, "key_s": 0.0,
    "max_length_s": 1.0, "max_speech_s": 1.0, "partial_result_s": 0.1, "play_s": 0.0,
    "recording_ready_s": 0.0, "retry_pause_s": 0.0, "transcription_s": 0.0, "words_per_s": 0.1,
}  # fmt: skip
"""Numbers, and the least each may be."""
COUNTS: Final = {
    "conference_events_from": 0, "max_callbacks": 0, "max_idle_verbs": 1, "max_turns": 1,
}  # fmt: skip
"""Whole numbers, and the least each may be."""


def _choices(of: type) -> dict[str, tuple[str, ...]]:
    """What each field may be that is a choice: its type says so, the default first."""
    kinds = get_type_hints(of).items()
    return {name: get_args(kind) for name, kind in kinds if get_origin(kind) is Literal}


DOCUMENTS: Final = frozenset(Reading._fields)
"""The names that concern the reading of documents alone."""
SIGNATURES: Final = frozenset({"wss_port"})
"""Those that concern signatures alone."""
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    **_choices(Reading),
    **_choices(Terms),
    **_choices(LineTerms),
    "fallback_method": ("POST", "GET"),
}
"""What each choice may be, the default first."""
NAMES: Final = frozenset({*NUMBERS, *COUNTS, *CHOICES})


class Assumed(NamedTuple):
    """What calls are played with."""

    terms: Terms = Terms()
    line: LineTerms = LineTerms()
    fallback_method: str = "POST"


def assumed(typed: Iterable[str], names: frozenset[str] = NAMES) -> Assumed:
    """What was typed, NAME=VALUE each, of ``names``; ConfigError with every mistake."""
    mistakes: list[str] = []
    taken: dict[str, str | float] = {}
    for text in typed:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not equals or name not in names:
            known = ", ".join(sorted(names))
            mistakes.append(f"--assume {text!r}: write NAME=VALUE; names are {known}")
        elif name in CHOICES:
            _choose(name, value, taken, mistakes)
        else:
            _measure(name, value, taken, mistakes)
    if mistakes:
        raise ConfigError(mistakes)
    terms = replace(Terms(), reading=Reading(**_of(Reading, taken)), **_of(Terms, taken))
    return Assumed(terms, LineTerms(**_of(LineTerms, taken)), **_of(Assumed, taken))


def _of(kind: type, taken: Mapping[str, str | float]) -> dict[str, Any]:
    """Those of ``taken`` that are fields of ``kind``."""
    return {name: value for name, value in taken.items() if name in kind.__annotations__}


def _choose(name: str, text: str, taken: dict[str, str | float], mistakes: list[str]) -> None:
    value = next((one for one in CHOICES[name] if one.lower() == text.lower()), None)
    if value is not None:
        taken[name] = value
    else:
        mistakes.append(f"--assume {name} is {' or '.join(CHOICES[name])}, not {text!r}")


def _measure(name: str, text: str, taken: dict[str, str | float], mistakes: list[str]) -> None:
    bounds: Mapping[str, float] = COUNTS if name in COUNTS else NUMBERS
    kind = "a whole number" if name in COUNTS else "a number"
    try:
        value: float = int(text) if name in COUNTS else float(text)
    except ValueError:
        value = float("nan")
    if isfinite(value) and value >= bounds[name]:
        taken[name] = value
    else:
        mistakes.append(f"--assume {name} must be {kind}, {bounds[name]:g} or more (is {text!r})")
