"""Whatever stands in a file of the user's, it is a model or its mistakes are told."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from voicesim.base.errors import ConfigError
from voicesim.caller.models import Persona, Scenario
from voicesim.config.callers import parse_catalogue, parse_persona, parse_scenario
from voicesim.config.gates import parse_gates
from voicesim.config.reading import parse_toml
from voicesim.config.targets import parse_target
from voicesim.config.workloads import parse_workload
from voicesim.data import texts
from voicesim.results.lookup import TargetProfile
from voicesim.traffic.workload import Workload
from voicesim.verdict.gates import GATES

CATALOGUE = parse_catalogue(texts("personas"), texts("scenarios"))
FILE = "own/peak_hour.toml"
HUGE = "an integer of more digits than Python writes"


def _workload(text: str) -> object:
    return parse_workload(text, FILE, CATALOGUE, {"default": ()})


KINDS: dict[str, tuple[Callable[[str], object], list[type[BaseModel]]]] = {
    "personas": (lambda text: parse_persona(text, FILE), [Persona]),
    "scenarios": (lambda text: parse_scenario(text, FILE), [Scenario]),
    "workloads": (_workload, [Workload]),
    "gates": (lambda text: parse_gates(text, FILE, ("standard",)), [*GATES.values()]),
    "targets": (lambda text: parse_target(text, FILE), [TargetProfile]),
}
"""Kind of file to what reads it, and to the models in it."""


def written(value: Any) -> str:
    """``value`` in TOML, tables on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(k)} = {written(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    if isinstance(value, str):
        return f"0x{'f' * 4000}" if value == HUGE else quoted(value)
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date | time) else repr(value)


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def places(tree: Any) -> Iterator[tuple[Any, ...]]:
    """The path of everything in ``tree``, and of a key more in each table."""
    keys = [*tree, "leak"] if isinstance(tree, dict) else range(len(tree))
    for key in keys:
        yield (key,)
        if key != "leak" and isinstance(tree[key], dict | list):
            yield from ((key, *path) for path in places(tree[key]))


def changed(tree: Any, path: tuple[Any, ...], value: Any) -> Any:
    """``tree`` with ``value`` at ``path``."""
    if not path:
        return value
    key, rest = path[0], path[1:]
    if isinstance(tree, dict):
        return {**tree, key: changed(tree.get(key), rest, value)}
    return [*tree[:key], changed(tree[key], rest, value), *tree[key + 1 :]]


TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(["", "standard", "quick_booking", "peak_hour", "90 %", "1/0", "menu", "leak"]),
)
LEAVES = st.one_of(
    TEXTS,
    st.booleans(),
    st.integers(),
    st.sampled_from([0, -1, 10**400, -0.0, HUGE]),
    st.floats(),
    st.sampled_from([date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC), time(7, 30)]),
)


def tables(values: st.SearchStrategy[Any], models: list[type[BaseModel]]) -> Any:
    known = sorted({name for model in models for name in model.model_fields})
    return st.dictionaries(st.one_of(st.sampled_from(known), TEXTS), values, max_size=6)


TREES = {
    kind: st.recursive(
        LEAVES,
        lambda inner, models=models: st.one_of(  # type: ignore[misc]
            st.lists(inner, max_size=4), tables(inner, models)
        ),
        max_leaves=10,
    )
    for kind, (_, models) in KINDS.items()
}
GOOD = {
    kind: [
        (good, path)
        for text in texts(kind).values()
        if (good := parse_toml(text, FILE, []))
        for path in places(good)
    ]
    for kind in KINDS
}
"""Every file that comes along, with each place in it."""


def read(kind: str, tree: dict[str, Any]) -> None:
    """Read ``tree`` as a file of ``kind``: ConfigError is the one thing that may come of it."""
    text = "".join(f"{quoted(key)} = {written(value)}\n" for key, value in tree.items())
    assert parse_toml(text, FILE, []) is not None
    messages = [f"{FILE}: "]
    try:
        KINDS[kind][0](text)
    except ConfigError as error:
        messages = error.messages
    assert messages
    assert all(message.startswith(f"{FILE}: ") for message in messages)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=50)
@given(st.data())
def test_any_tree_is_a_model_or_its_mistakes_are_told(kind: str, data: st.DataObject) -> None:
    read(kind, data.draw(tables(TREES[kind], KINDS[kind][1])))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=200)
@given(st.data())
def test_so_is_a_right_file_with_something_else_in_it(kind: str, data: st.DataObject) -> None:
    good, path = data.draw(st.sampled_from(GOOD[kind]))
    read(kind, changed(good, path, data.draw(st.one_of(LEAVES, TREES[kind]))))
