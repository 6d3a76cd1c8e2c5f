"""What a user assumes: each name changes its own term, and every mistake is told at once."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from voicesim.base.errors import ConfigError
from voicesim.call.terms import Terms
from voicesim.line.assumed import CHOICES, COUNTS, DOCUMENTS, NAMES, NUMBERS, assumed
from voicesim.line.terms import LineTerms

PAGE = Path(__file__).parents[3] / "docs" / "twilio.md"


def changed(switch: str) -> dict[str, object]:
    """What a switch changes, by its name: of calls, of documents, of the line."""
    played, usual = assumed((switch,)), assumed(())
    found = {}
    for now, before in ((played.terms, usual.terms), (played.line, usual.line)):
        for name in (one.name for one in fields(now)):
            if getattr(now, name) != getattr(before, name):
                found[name] = getattr(now, name)
    if "reading" in found:
        del found["reading"]
        pairs = zip(played.terms.reading._asdict().items(), usual.terms.reading, strict=True)
        found |= {name: value for (name, value), before in pairs if value != before}
    if played.fallback_method != usual.fallback_method:
        found["fallback_method"] = played.fallback_method
    return found


OTHERWISE = {f"{name}={value}" for name, values in CHOICES.items() for value in values[1:]}


@pytest.mark.parametrize("switch", sorted(OTHERWISE | {f"{n}=7" for n in {*NUMBERS, *COUNTS}}))
def test_each_switch_changes_its_own_name(switch: str) -> None:
    name, _, value = switch.partition("=")
    assert changed(switch) == {name: value if name in CHOICES else 7}


def test_the_usual_may_be_said_and_changes_nothing() -> None:
    said = [f"{name}={values[0].upper()}" for name, values in CHOICES.items()]
    assert assumed(said) == assumed(()) == (Terms(), LineTerms(), "POST")


def test_several_at_once() -> None:
    played = assumed(("words_per_s = 3.5", "max_turns=5", "fallback_method=get"))
    assert played == (Terms(words_per_s=3.5, max_turns=5), LineTerms(), "GET")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("words_per_s", "write NAME=VALUE; names are auto_speech_timeout_s, bad_override, "),
        ("recordings=http://h", "write NAME=VALUE; names are"),
        ("words_per_s=0", "words_per_s must be a number, 0.1 or more (is '0')"),
        ("play_s=nan", "play_s must be a number, 0 or more (is 'nan')"),
        ("key_s=inf", "key_s must be a number"),
        ("max_turns=1.5", "max_turns must be a whole number, 1 or more (is '1.5')"),
        ("max_turns=0", "max_turns must be a whole number, 1 or more (is '0')"),
        ("fallback_method=PUT", "fallback_method is POST or GET, not 'PUT'"),
        ("bad_value=", "bad_value is default or skipped or ends, not ''"),
        ("reading=x", "write NAME=VALUE; names are"),
    ],
)
def test_mistakes_are_told_all_at_once(text: str, words: str) -> None:
    with pytest.raises(ConfigError) as told:
        assumed((text, "nonsense", "beep_s=2"))
    assert words in told.value.messages[0]
    assert len(told.value.messages) == 2


def test_a_command_may_take_some_of_the_names_alone() -> None:
    assert assumed(("words=exact",), DOCUMENTS).terms.reading.words == "exact"
    with pytest.raises(ConfigError, match="names are bad_url, bad_value, charset, doctype, "):
        assumed(("words_per_s=3",), DOCUMENTS)


# --- docs/twilio.md -----------------------------------------------------------------------------

ROW = re.compile(r"^\|[^|]+\| `([a-z_]+)=([^`]+)`((?: `[^`]+`)*) \|$", re.MULTILINE)


def test_the_page_names_every_switch_with_its_values() -> None:
    rows = ROW.findall(PAGE.read_text(encoding="utf-8"))
    told = {name: (usual, *re.findall("`([^`]+)`", others)) for name, usual, others in rows}
    assert len(rows) == len(told)
    usual = assumed(())
    numbers = {
        name: (f"{getattr(usual.terms, name, None) or getattr(usual.line, name, 0):g}",)
        for name in {*NUMBERS, *COUNTS}
    }
    assert told == {**CHOICES, **numbers}
    assert set(told) == NAMES


def test_no_assumption_on_the_page_is_without_a_switch() -> None:
    part = PAGE.read_text(encoding="utf-8").partition("## Assumptions")[2].partition("\n## ")[0]
    rows = [row for row in part.splitlines() if row.startswith("|")]
    heads = [row for row in rows if row.startswith(("| what |", "|---"))]
    assert len(heads) == 8
    assert all(ROW.fullmatch(row) for row in rows if row not in heads)
