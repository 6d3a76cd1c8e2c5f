"""Our table of elements against Twilio's own Python library, by asking the library's classes.

A new version of the library that adds, moves or drops an element or an attribute turns this red.
"""

import inspect
from collections.abc import Iterator

import pytest
from twilio.twiml import TwiML, voice_response
from twilio.twiml.voice_response import VoiceResponse

from voicesim.twilio.vocabulary import ELEMENTS, EXTRA, LIBRARY, Element


def children_of(parent: TwiML) -> Iterator[TwiML]:
    """One child by each of the parent's methods, with every parameter given.

    What the library makes of a parameter says what it is: an attribute or the element's text.
    """
    for name in vars(type(parent)):
        if not name.startswith("__"):
            method = getattr(parent, name)
            parameters = inspect.signature(method).parameters.values()
            yield method(**{p.name: p.name for p in parameters if p.kind is not p.VAR_KEYWORD})


def walk() -> dict[str, tuple[Element, TwiML]]:
    """Every element of the library by its path, with what our table has there."""
    found: dict[str, tuple[Element, TwiML]] = {}
    todo: list[tuple[str, Element | None, TwiML]] = [
        ("Response", LIBRARY["Response"], VoiceResponse())
    ]
    seen = set()
    while todo:
        path, ours, theirs = todo.pop()
        assert ours is not None, f"our table has no {path}"
        found[path] = ours, theirs
        if (ours.key, type(theirs)) in seen:
            continue
        seen.add((ours.key, type(theirs)))
        todo += [
            (f"{path}.{child.name}", ours.children.get(child.name), child)
            for child in children_of(theirs)
        ]
    return found


PLACES = walk()


@pytest.mark.parametrize("path", sorted(PLACES))
def test_an_element_is_what_the_library_has(path: str) -> None:
    ours, theirs = PLACES[path]
    assert ours.name == theirs.name
    assert set(ours.attributes) == set(theirs.attrs)
    assert ours.has_text == (theirs.value is not None)
    assert set(ours.children) == {child.name for child in children_of(theirs)}


def test_our_table_has_nothing_that_the_library_has_not() -> None:
    assert {ours.key for ours, _ in PLACES.values()} == set(LIBRARY)


def test_every_class_of_the_library_was_met() -> None:
    classes = {
        each
        for _, each in inspect.getmembers(voice_response, inspect.isclass)
        if each.__module__ == voice_response.__name__
    }
    assert {type(theirs) for _, theirs in PLACES.values()} == classes


def test_what_we_add_the_library_does_not_know_yet() -> None:
    """Whatever it has learnt belongs into the first table."""
    for key, row in EXTRA.items():
        known = LIBRARY.get(key)
        if known is not None:
            assert not set(row.attributes.split()) & set(known.attributes)
            assert not set(row.children.split()) & set(known.children)
        assert key in ELEMENTS
