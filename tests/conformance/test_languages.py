"""Callers and the reference agent in each other's language, written without each other."""

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.conformance.in_process import CATALOGUE, Agent, reference_agent, ring, to_the_word
from voicesim.base.findings import Level
from voicesim.call.entries import Heard, Said
from voicesim.call.outcome import CallRecord, Outcome

PERSONAS = {"international_fr": "fr", "international_de": "de", "international_mx": "es"}
CALLS = 24


@pytest.fixture(scope="module")
def agent() -> Iterator[Agent]:
    with reference_agent() as agent:
        yield agent


def said(record: CallRecord) -> str:
    told = [entry.speech for entry in record.entries if isinstance(entry, Said)]
    return " ".join(speech.meant for speech in told if speech)


@pytest.mark.parametrize("name", PERSONAS)
def test_understood_to_the_word_all_reach_their_goal(agent: Agent, name: str) -> None:
    persona = to_the_word(CATALOGUE.personas[name])
    records = ring(agent, persona, CALLS, f"?language={PERSONAS[name]}")
    assert [record.findings for record in records if record.findings] == []
    assert Counter(record.outcome for record in records) == {Outcome.GOAL_REACHED: CALLS}


@pytest.mark.parametrize("name", PERSONAS)
def test_misheard_as_it_is_it_holds_no_error_against_the_agent(agent: Agent, name: str) -> None:
    records = ring(agent, CATALOGUE.personas[name], CALLS, f"?language={PERSONAS[name]}&wer")
    found = [finding for record in records for finding in record.findings]
    assert [finding for finding in found if finding.level is Level.ERROR] == []


@pytest.mark.parametrize("name", PERSONAS)
def test_to_an_english_agent_it_speaks_english(agent: Agent, name: str) -> None:
    records = ring(agent, to_the_word(CATALOGUE.personas[name]), 8)
    assert {record.outcome for record in records} == {Outcome.GOAL_REACHED}
    assert all("ppointment" in said(record) for record in records)


def test_who_knows_english_only_is_not_understood_in_french(agent: Agent) -> None:
    records = ring(agent, to_the_word(CATALOGUE.personas["standard"]), 4, "?language=fr")
    assert Outcome.GOAL_REACHED not in {record.outcome for record in records}
    found = {finding.level for record in records for finding in record.findings}
    assert Level.ERROR not in found


def test_the_agent_that_listens_for_english_mishears_french(agent: Agent) -> None:
    def deaf(hop: object) -> object:
        answer = agent(hop)  # type: ignore[arg-type]
        body = answer.body.replace(b'" language="fr-FR"', b'"')  # type: ignore[union-attr]
        return answer._replace(body=body)  # type: ignore[arg-type]

    persona = to_the_word(CATALOGUE.personas["international_fr"])
    records = ring(deaf, persona, 4, "?language=fr&deaf")  # type: ignore[arg-type]
    first = [next(e for e in r.entries if isinstance(e, Said) and e.speech) for r in records]
    assert all("voudrais" in entry.speech.meant for entry in first if entry.speech)
    assert all(entry.speech.reported != entry.speech.meant for entry in first if entry.speech)
    assert Outcome.GOAL_REACHED not in {record.outcome for record in records}
    assert any(isinstance(entry, Heard) for entry in records[0].entries)
