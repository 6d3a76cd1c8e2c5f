"""TOML that is none, or of no use: a line for each file, whatever stands in it."""

from collections.abc import Callable
from functools import partial

import pytest

from voicesim.base.errors import ConfigError
from voicesim.config.callers import Catalogue, parse_persona, parse_scenario
from voicesim.config.gates import parse_gates
from voicesim.config.targets import parse_target
from voicesim.config.workloads import parse_workload

FILE = "odd.toml"
PARSERS = [
    parse_persona,
    parse_scenario,
    parse_target,
    partial(parse_gates, personas={}),
    partial(parse_workload, catalogue=Catalogue({}, {}), gates={}),
]
DEEP = "has tables or lists in one another, deeper than 16; take them out"
DIGITS = "has a number of too many digits; write a shorter one"
USELESS = [
    ("a = " + "[" * 100_000, DEEP),
    ("a = " + "[" * 500 + "]" * 500, DEEP),
    ("a = " + "{a = " * 5_000 + "1" + "}" * 5_000, DEEP),
    (".".join("a" * 3_000) + " = 1", DEEP),
    (f"[{'.'.join('a' * 3_000)}]\nb = 1", DEEP),
    ("a = " + "9" * 5_000, DIGITS),
]


@pytest.mark.parametrize("parse", PARSERS)
@pytest.mark.parametrize(("text", "said"), USELESS)
def test_every_kind_of_file_says_what_is_amiss(
    parse: Callable[[str, str], object], text: str, said: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(text, FILE)
    assert caught.value.messages == [f"{FILE}: {said}"]


@pytest.mark.parametrize("parse", PARSERS)
@pytest.mark.parametrize("long", ["0x" + "f" * 6_000, "9" * 4_000, f'"{"x" * 100_000}"', "[[[1]]]"])
@pytest.mark.parametrize("key", ["name", "users", "pace", "gate", "lookup", "zz"])
def test_what_is_wrong_is_shown_in_short(
    parse: Callable[[str, str], object], long: str, key: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(f"{key} = {long}", FILE)
    assert all(line.startswith(f"{FILE}: ") for line in caught.value.messages)
    assert max(map(len, caught.value.messages)) < 400


def test_what_is_wrong_and_short_is_shown_whole() -> None:
    with pytest.raises(ConfigError) as caught:
        parse_target("name = [1, 2]", FILE)
    assert f"{FILE}: name: must be a text in quotes (is [1, 2])" in caught.value.messages
