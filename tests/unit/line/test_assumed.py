"""What a user assumes: each name changes its own term, and every mistake is told at once."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from voicesim.base.errors import ConfigError
from voicesim.call.terms import Terms
from voicesim.line.assumed import COUNTS, NUMBERS, assumed

PAGE = Path(__file__).parents[3] / "docs" / "twilio.md"


@pytest.mark.parametrize("name", [*NUMBERS, *COUNTS])
def test_each_name_changes_its_own_term(name: str) -> None:
    played = assumed((f"{name}=7",))
    changed = {one.name for one in fields(Terms) if getattr(played.terms, one.name) != one.default}
    assert changed == {name}
    assert getattr(played.terms, name) == 7
    assert played.fallback_method == "POST"


def test_nothing_typed_is_what_calls_have_anyhow() -> None:
    assert assumed(()) == (Terms(), "POST")


def test_several_and_the_method_of_the_fallback() -> None:
    played = assumed(("words_per_s = 3.5", "max_turns=5", "fallback_method=get"))
    assert played == (Terms(words_per_s=3.5, max_turns=5), "GET")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("words_per_s", "write NAME=VALUE; names are auto_speech_timeout_s, "),
        ("recordings=http://h", "write NAME=VALUE; names are"),
        ("words_per_s=0", "words_per_s must be a number, 0.1 or more (is '0')"),
        ("play_s=nan", "play_s must be a number, 0 or more (is 'nan')"),
        ("key_s=inf", "key_s must be a number"),
        ("max_turns=1.5", "max_turns must be a whole number, 1 or more (is '1.5')"),
        ("max_turns=0", "max_turns must be a whole number, 1 or more (is '0')"),
        ("fallback_method=PUT", "fallback_method is GET or POST, not 'PUT'"),
    ],
)
def test_mistakes_are_told_all_at_once(text: str, words: str) -> None:
    with pytest.raises(ConfigError) as told:
        assumed((text, "nonsense", "beep_s=2"))
    assert words in told.value.messages[0]
    assert len(told.value.messages) == 2


def test_every_switch_that_the_page_names_can_be_thrown() -> None:
    named = set(re.findall(r"Terms\.([a-z_]+[a-z])`", PAGE.read_text(encoding="utf-8")))
    assert named <= {*NUMBERS, *COUNTS}
    assert len(named) > 8
