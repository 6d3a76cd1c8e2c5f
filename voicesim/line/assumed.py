"""What a user assumes of Twilio where its pages are silent: ``--assume NAME=VALUE``."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import isfinite
from typing import Final, NamedTuple

from voicesim.base.errors import ConfigError
from voicesim.call.terms import Terms

NUMBERS: Final = {
    "auto_speech_timeout_s": 0.0, "beep_s": 0.0, "key_s": 0.0, "max_length_s": 1.0,
    "max_speech_s": 1.0, "partial_result_s": 0.1, "play_s": 0.0, "recording_ready_s": 0.0,
    "transcription_s": 0.0, "words_per_s": 0.1,
}  # fmt: skip
"""Numbers among the terms, and the least each may be."""
COUNTS: Final = {"max_callbacks": 0, "max_idle_verbs": 1, "max_turns": 1}
"""Whole numbers among them, and the least each may be."""
METHODS: Final = {"fallback_method": ("GET", "POST")}
NAMES: Final = sorted({*NUMBERS, *COUNTS, *METHODS})


class Assumed(NamedTuple):
    """What calls are played with."""

    terms: Terms
    fallback_method: str = "POST"


def assumed(typed: Sequence[str]) -> Assumed:
    """What was typed, NAME=VALUE each; ConfigError with every mistake."""
    mistakes: list[str] = []
    numbers: dict[str, float | int] = {}
    method = "POST"
    for text in typed:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not equals or name not in NAMES:
            mistakes.append(f"--assume {text!r}: write NAME=VALUE; names are {', '.join(NAMES)}")
        elif name in METHODS and value.upper() in METHODS[name]:
            method = value.upper()
        elif name in METHODS:
            mistakes.append(f"--assume {name} is {' or '.join(METHODS[name])}, not {value!r}")
        else:
            _take(name, value, numbers, mistakes)
    if mistakes:
        raise ConfigError(mistakes)
    return Assumed(replace(Terms(), **numbers), method)  # type: ignore[arg-type]


def _take(name: str, text: str, numbers: dict[str, float | int], mistakes: list[str]) -> None:
    bounds: Mapping[str, float] = COUNTS if name in COUNTS else NUMBERS
    kind = "a whole number" if name in COUNTS else "a number"
    try:
        value: float | int = int(text) if name in COUNTS else float(text)
    except ValueError:
        value = float("nan")
    if isfinite(value) and value >= bounds[name]:
        numbers[name] = value
    else:
        mistakes.append(f"--assume {name} must be {kind}, {bounds[name]:g} or more (is {text!r})")
