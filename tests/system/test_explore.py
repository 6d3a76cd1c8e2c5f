"""``voicesim explore`` towards real servers: the reference agent, small agents and their twins."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.system import dialogues, hostile
from tests.system.command import Ran, finish, start, voicesim
from voicesim.line.reference import ReferenceAgent

SEED = ("--seed", "5", "--start-date", "2026-03-02")


@pytest.fixture(scope="module")
def agents() -> Iterator[str]:
    with dialogues.running() as origin:
        yield origin


def of(ran: Ran) -> dict[str, Any]:
    assert ran.err == "", ran.err
    found: dict[str, Any] = json.loads(ran.out)
    assert found["exit_code"] == ran.code
    return found


def errors(found: dict[str, Any]) -> dict[str, list[str]]:
    """The ERRORs by code, each with the way to it."""
    return {one["code"]: one["way"] for one in found["findings"] if one["level"] == "ERROR"}


DEFECTS = {
    "failing-option": {"11217": ["presses 2 (our address)"]},
    "looping-record": {"loops": []},
    "never-hanging-up": {"loops": ['says "I\'d like to book an appointment."']},
    "empty-redirect": {"goes-on-alone": ["presses 2 (our address)"]},
    "state-in-a-cookie": {"loops": [], "cookie-not-sent": ['says "My name is <name>."']},
    "redirect-that-loses-digits": {"input-lost": ["presses 2 (our address)"]},
}
"""Each defect, and the shortest way to it (of two equal ones the last)."""


def test_all_small_agents_are_here() -> None:
    assert DEFECTS.keys() == dialogues.NAMES.keys()


@pytest.mark.parametrize("name", DEFECTS)
def test_a_defect_is_found_and_its_clean_twin_is_not_blamed(name: str, agents: str) -> None:
    twins = [
        start("explore", f"{agents}/{name}/{twin}/voice", "--json", *SEED)
        for twin in ("broken", "clean")
    ]
    broken, clean = (of(finish(process)) for process in twins)
    assert errors(broken) == DEFECTS[name]
    assert broken["exit_code"] == 1
    assert errors(clean) == {}, clean["findings"]
    assert clean["exit_code"] == 0
    assert clean["complete"]
    assert [f for f in clean["findings"] if f["level"] == "WARNING"] == []


def test_the_reference_agent_is_walked_in_full_and_not_blamed(tmp_path: Path) -> None:
    drawings = ("--svg", str(tmp_path / "d.svg"), "--mermaid", str(tmp_path / "d.mmd"))
    with ReferenceAgent() as agent:
        began = time.monotonic()
        found = of(voicesim("explore", agent.voice_url, "--json", "--seconds", "55", *drawings))
        took_s = time.monotonic() - began
    assert found["findings"] == []
    assert (found["exit_code"], found["complete"]) == (0, True)
    print(f"{found['calls']} calls, {found['webhooks']} webhooks in {took_s:.1f} s")
    heard = " ".join(question["text"] for question in found["questions"])
    for words in ("your name", "phone number", "What day", "What time", "read that back"):
        assert words in heard
    ends = [arrow["said"] for arrow in found["arrows"] if arrow["ended"] == "hangs up"]
    assert any("is confirmed for" in said for said in ends)
    drawn = ElementTree.parse(tmp_path / "d.svg").getroot()
    boxes = drawn.findall("{http://www.w3.org/2000/svg}rect[@class='q']")
    assert len(boxes) == len(found["questions"])
    assert (tmp_path / "d.mmd").read_text().startswith("flowchart TD\n")


FAULTS = {
    "digits-fail": "11217",
    "drops-cookie": "no-way-out",
    "loops-on-silence": "loops",
    "hangs-up-early": "hung-up-early",
    "wrong-number": "readback-wrong",
}
"""Each fault, and a finding that names it."""


@pytest.mark.timeout(40)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_reference_agent_that_shows_in_dialogue_is_found(fault: str) -> None:
    code = FAULTS[fault]
    with ReferenceAgent(faults=[fault]) as agent:
        budget = ("--calls", "100", "--seconds", "15")
        found = of(voicesim("explore", agent.voice_url, "--json", *budget, *SEED))
    met = {one["code"]: one for one in found["findings"] if one["level"] == "ERROR"}
    assert code in met, found["findings"]
    assert met[code]["way"] or code == "no-way-out", met  # that holds from the first ring on
    assert found["exit_code"] == 1


def test_the_tree_and_the_way_are_printed(agents: str) -> None:
    ran = voicesim("explore", f"{agents}/failing-option/broken/voice", *SEED)
    assert ran.code == 1
    for part in (
        '`- rings -> 1 "Welcome. For opening hours, press 1. For our address, press 2." [keys]',
        '|- presses 1 (opening hours) -> "We open at nine. Goodbye." hangs up',
        "|- ERROR presses 2 (our address) -> ",
        "presses 0, 3, 4, 5, 6, 7, 8, 9, * -> 1 (assumed the same)",
        "ERROR 11217: /failing-option/broken/choice answered with status 500",
        "rings > presses 2 (our address)",
        "1 errors",
        "--seed 5",
    ):
        assert part in ran.out, ran.out


def test_nobody_there_is_an_error_and_a_mistake_is_usage(agents: str, tmp_path: Path) -> None:
    assert voicesim("explore", "http://127.0.0.1:9/voice").code == 1
    for wrong in (
        ("no-url",),
        ("http://agent.invalid/voice",),  # no token for a host that is not loopback
        (f"{agents}/x/clean/voice", "--svg", str(tmp_path / "no" / "where.svg")),
        (f"{agents}/x/clean/voice", "--calls", "0"),
        (f"{agents}/x/clean/voice", "--assume", "words_per_s=many"),
    ):
        ran = voicesim("explore", *wrong)
        assert ran.code == 2, (wrong, ran.both)
        assert ran.out == ""
        assert "Traceback" not in ran.err


def test_an_agent_that_says_nothing_in_time_is_inconclusive() -> None:
    with hostile.running() as enemy:
        began = time.monotonic()
        ran = voicesim("explore", f"{enemy}/never-answers", "--seconds", "2")
    assert ran.code == 3, ran.both
    assert "before the agent had said anything" in ran.out
    assert "no errors" not in ran.out
    assert time.monotonic() - began < 15  # the webhook alone would be waited for for 15 s


def test_equal_seeds_find_equal_things(agents: str) -> None:
    url = f"{agents}/redirect-that-loses-digits/clean/voice"
    once, twice = (of(voicesim("explore", url, "--json", *SEED)) for _ in range(2))
    assert once | {"took_s": 0} == twice | {"took_s": 0}
