"""Every dialogue fault of the reference agent is found within 200 calls: who, which turn, what."""

import re
from collections.abc import Iterator

import pytest

from tests.conformance.in_process import CATALOGUE, KINDS, at_once, reference_agent
from voicesim.base.findings import Finding, Level
from voicesim.call.outcome import CallRecord

PERSONAS = ("standard", "elderly", "international", "unclear_speech")
CALLS, WAVE = 200, 20
FOUND = {
    "mixup": ("cross-talk", r"heard the (name|number) '.+' of call \d+"),
    "forgets-name": ("asked-again|forgot-the-call", r"\bname\b"),
    "old-day": ("correction-ignored", r"the day '\w+day' when .* '\w+day' was reported"),
    "old-name": ("readback-wrong", r"the name '.+' when .* '.+' was reported"),
    "wrong-number": ("readback-wrong", r"the phone '\d+' when .* '.+' was reported"),
    "never-hangs-up": ("never-ends", r"listens on, \d times over"),
    "hangs-up-early": ("hung-up-early", r"told the name.* never asked for the day, the time"),
    "loops-on-silence": ("loops", r"asked \d+ times for .+ in the very same words"),
    "skips-state": ("not-asked", r"the time '9 am', for which it had not asked"),
    "loses-call": ("forgot-the-call", r"asked once more for the \w+, the \w+"),
}
"""Code and message of what names each. Faults of the store alone need a look-up: test_finding."""


def waves(fault: str) -> Iterator[list[CallRecord]]:
    """Calls in order, WAVE at once: each persona in turn with each kind of scenario."""
    rounds = [(CATALOGUE.personas[p], CATALOGUE.scenarios[s]) for s in KINDS for p in PERSONAS]
    with reference_agent(fault) as agent:
        for first in range(0, CALLS, WAVE):
            indices = range(first, first + WAVE)
            yield at_once(agent, [(at, *rounds[at % len(rounds)]) for at in indices])


def grave(records: list[CallRecord]) -> list[tuple[CallRecord, Finding]]:
    return [(r, f) for r in records for f in r.findings if f.level is not Level.NOTICE]


@pytest.mark.parametrize("fault", FOUND)
def test_it_is_found_with_persona_turn_and_values(fault: str) -> None:
    codes, says = FOUND[fault]
    for records in waves(fault):
        named = [one for one in grave(records) if re.fullmatch(codes, one[1].code)]
        for record, finding in named:
            assert record.persona in PERSONAS
            assert finding.turn > 0
            assert re.search(says, finding.message), finding.message
        if named:
            return
    pytest.fail(f"{fault} was not found in {CALLS} calls")


def test_the_agent_without_them_is_blamed_for_none() -> None:
    assert [(r.index, f) for records in waves("") for r, f in grave(records)] == []
