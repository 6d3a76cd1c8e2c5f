"""Callers who cancel, ask or have the wrong number, and the reference agent: who is blamed?"""

import json
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from tests.conformance.in_process import (
    CATALOGUE,
    ORIGIN,
    TODAY,
    Agent,
    reference_agent,
    ring,
    to_the_word,
)
from voicesim import data
from voicesim.base.findings import Level
from voicesim.call.entries import Said
from voicesim.call.outcome import CallRecord, Outcome
from voicesim.caller.crosstalk import CrossTalk
from voicesim.config.targets import parse_target
from voicesim.line.hop import Hop, HopAnswer
from voicesim.line.looking import Looking, Run

GOALS = ("cancel_appointment", "opening_hours", "asks_for_person", "wrong_number")
SPEAKERS = {
    "standard": "en",
    "elderly": "en",
    "international_fr": "fr",
    "international_de": "de",
    "international_mx": "es",
}
CALLS, MISHEARD_CALLS = 200, 50
FRONT_DESK = "+15005550009"


@pytest.fixture(scope="module")
def agent() -> Iterator[Agent]:
    with reference_agent() as agent:
        yield agent


def errors(records: list[CallRecord]) -> list[str]:
    found = [finding for record in records for finding in record.findings]
    return [f"{f.code}: {f.message}" for f in found if f.level is Level.ERROR]


@pytest.mark.parametrize("goal", GOALS)
def test_understood_to_the_word_all_of_two_hundred_reach_it(agent: Agent, goal: str) -> None:
    standard = to_the_word(CATALOGUE.personas["standard"])
    records = ring(agent, standard, CALLS, f"?for={goal}", (goal,))
    assert [record.findings for record in records if record.findings] == []
    assert Counter(record.outcome for record in records) == {Outcome.GOAL_REACHED: CALLS}


@pytest.mark.parametrize("name", SPEAKERS)
def test_misheard_as_they_are_they_hold_no_error_against_the_agent(agent: Agent, name: str) -> None:
    persona = CATALOGUE.personas[name]
    records = ring(agent, persona, MISHEARD_CALLS, f"?language={SPEAKERS[name]}&wer", GOALS)
    assert errors(records) == []
    fine = {Outcome.GOAL_REACHED, Outcome.MISHEARD, Outcome.UNCLEAR}
    assert {record.outcome for record in records} <= fine


@pytest.mark.parametrize("name", [name for name in SPEAKERS if name.startswith("international")])
def test_they_are_served_in_their_own_language(agent: Agent, name: str) -> None:
    persona = to_the_word(CATALOGUE.personas[name])
    records = ring(agent, persona, 40, f"?language={SPEAKERS[name]}", GOALS)
    assert [record.findings for record in records if record.findings] == []
    assert {record.outcome for record in records} == {Outcome.GOAL_REACHED}


def test_who_asks_for_a_person_is_put_through() -> None:
    standard = to_the_word(CATALOGUE.personas["standard"])
    with reference_agent(front_desk=FRONT_DESK) as agent:
        records = ring(agent, standard, 20, "?desk", ("asks_for_person",))
    assert {record.outcome for record in records} == {Outcome.GOAL_REACHED}
    assert errors(records) == []


def test_a_silent_caller_makes_no_sound_whatever_it_rings_for(agent: Agent) -> None:
    records = ring(agent, CATALOGUE.personas["silent"], 4, "?silent", GOALS)
    assert not any(isinstance(e, Said) and e.speech for r in records for e in r.entries)
    assert errors(records) == []


Broken = Callable[[str], tuple[list[CallRecord], set[str]]]


@pytest.fixture
def broken() -> Broken:
    def meet(fault: str, goal: str) -> tuple[list[CallRecord], set[str]]:
        with reference_agent(fault) as agent:
            standard = CATALOGUE.personas["standard"]
            records = ring(agent, standard, 20, f"?{fault}", (goal,))
        return records, {error.partition(":")[0] for error in errors(records)}

    return lambda told: meet(*told.split())


def test_hours_without_an_hour_are_found(broken: Broken) -> None:
    records, found = broken("hours-missing opening_hours")
    assert found == {"hours-missing"}
    assert "'Our opening hours are the usual.'" in errors(records)[0]
    assert Outcome.GOAL_REACHED not in {record.outcome for record in records}


def test_another_appointment_cancelled_is_found(broken: Broken) -> None:
    records, found = broken("cancels-other cancel_appointment")
    assert found == {"cancelled-other"}
    wrong = next(record for record in records if record.findings)
    day = next(field for field in wrong.fields if field.name == "day")
    assert day.meant in wrong.findings[0].message
    assert day.heard in wrong.findings[0].message
    assert wrong.outcome is Outcome.WRONG_RESULT


@pytest.mark.parametrize(
    "fault", ["hours-missing opening_hours", "cancels-other cancel_appointment"]
)
def test_the_turn_is_named(broken: Broken, fault: str) -> None:
    records, _ = broken(fault)
    assert {r.persona for r in records if r.findings} == {"standard"}
    assert {finding.turn > 1 for record in records for finding in record.findings} == {True}


def looked_at(fault: str, goal: str) -> list[tuple[str, str]]:
    """What the agent's own list says after 20 calls: code, and persona of the call."""
    file = next(file for file in data.texts("targets") if file.endswith("reference.toml"))
    lookup = parse_target(data.texts("targets")[file], file).lookup
    assert lookup is not None
    with reference_agent(fault) as agent:

        def get(path: str, most_bytes: int, timeout_s: float) -> object:
            answer = agent(Hop("GET", ORIGIN + path, (), b"", timeout_s, timeout_s))
            assert isinstance(answer, HopAnswer)
            return json.loads(answer.body)

        looking = Looking(lookup, Run(1, TODAY, CrossTalk()), get)
        records = ring(agent, CATALOGUE.personas["standard"], 20, f"?{fault}", (goal,))
        for record in records:
            looking.ended(record)
        at_calls = [found for record in records for found in looking.at_call(record).findings]
        assert at_calls == []
        return [(finding.code, maker.persona) for maker, finding in looking.at_end()]


def test_an_appointment_that_is_kept_is_found_in_the_list(broken: Broken) -> None:
    _, heard = broken("cancel-kept cancel_appointment")
    assert heard == set()  # nobody can hear it
    found = looked_at("cancel-kept", "cancel_appointment")
    assert set(found) == {("not-cancelled", "standard")}
    assert len(found) > 10


@pytest.mark.parametrize("goal", GOALS)
def test_the_list_of_the_agent_as_it_is_has_nothing_against_it(goal: str) -> None:
    assert looked_at("", goal) == []
