"""What is left untried would not have matched; what could not be read of a pattern is tried."""

import re
from collections.abc import Iterator
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicesim.caller import asking, confirming, hearing, memory, stating, words
from voicesim.caller.sieve import Sieved, letters_of


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        (r"\bcancel\w*|\brepeat\b", {"cancel", "repeat"}),
        (r"\b(?:did|do) not \w* ?hear", {"hear"}),
        (r"cost(?:s|ing)?", {"cost", "costs", "costing"}),
        (r"re-?schedule", {"reschedule", "schedule"}),
        (r"\d{1,2}\s*(?:am|pm)\b", {"am", "pm"}),
        (r"a \d+(?:st|nd)", {"st", "nd"}),
        (r"why\?", {"why"}),
        (r"\?|please", {"?", "please"}),
        (r"(?:very )*good", {"good"}),
        (r"(?!never)often", {"often"}),
    ],
)
def test_letters_of_which_some_are_in_any_match(pattern: str, letters: set[str]) -> None:
    assert letters_of(pattern) == letters


@pytest.mark.parametrize("pattern", [r"\w+", r"(?:good)?", r"good|\w+", r"[A-Z]\w+", r".*", "é|à"])
def test_a_pattern_that_needs_no_letters_is_always_tried(pattern: str) -> None:
    assert letters_of(pattern) == frozenset()
    assert Sieved(pattern).may("anything")


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"\bcancel\w*", "CANCELLED."),
        (r"n't\b", "It isn't."),
        (r"will not", "We wİll not"),  # Python takes these letters for i, s and k
        (r"still", "ſtill"),
        (r"book", "booK"),
        (r"\bat \d:\d\d", "at ٣:٣٠"),
        (r"['’]ll", "we’ll"),
        (r"good[ -]?bye", "good-bye"),
    ],
)
def test_what_matches_is_found_however_it_is_written(pattern: str, text: str) -> None:
    assert re.search(pattern, text, re.IGNORECASE)
    assert Sieved(pattern, re.IGNORECASE).search(text)


def test_what_cannot_match_is_not_tried() -> None:
    sieved = Sieved(r"\bcancel\w*", re.IGNORECASE)
    assert not sieved.may("Thank you, Jane Doe.")
    assert sieved.sub("?", "Thank you.") == "Thank you."
    assert sieved.sub("?", "Cancelled it.") == "? it."
    assert sieved.findall("Cancel or cancelled") == ["Cancel", "cancelled"]


def _sieved(module: ModuleType) -> Iterator[Sieved]:
    for value in vars(module).values():
        held = value.values() if isinstance(value, dict) else value
        several = held if isinstance(value, dict | tuple) else (value,)
        yield from (one for one in several if isinstance(one, Sieved))


TABLES = (asking, confirming, hearing, memory, stating, words)
ALL = list({id(one): one for module in TABLES for one in _sieved(module)}.values())
_PHRASES = sorted(
    {said.strip() for one in ALL for said in re.findall(r"[a-z' ]{2,}", one.pattern.pattern)}
)
_NAMES = ["Jane", "Doe", "O'Brien", "José", "3", "10:30", "416-555-0142", "e.g.", "don't", "ſ", "İ"]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(_PHRASES + _NAMES), st.sampled_from([" ", ", ", "? ", "-", "'"])),
        max_size=12,
    )
)
def test_no_match_of_any_table_is_missed(pieces: list[tuple[str, str]]) -> None:
    text = "".join(word + gap for word, gap in pieces)
    for one in ALL:
        assert one.may(text) or not one.pattern.search(text), one.pattern.pattern
