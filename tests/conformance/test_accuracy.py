"""How right each fact comes through at the reference agent: its doing, and the recogniser's."""

import json
from collections.abc import Sequence
from typing import Any

from tests.conformance.in_process import (
    CATALOGUE,
    KINDS,
    ORIGIN,
    TODAY,
    reference_agent,
    ring,
    to_the_word,
)
from voicesim import data
from voicesim.caller.checking import FIELDS
from voicesim.caller.crosstalk import CrossTalk
from voicesim.config.targets import parse_target
from voicesim.line.hop import Hop, HopAnswer
from voicesim.line.looking import Looking, Run
from voicesim.results.accuracy import COMPARISONS, READ_BACK, REPORTED, STORED, rows
from voicesim.results.tally import Counting, Tally

CALLS = 20
SPEAKERS = {"standard": "en", "unclear_speech": "en", "international_fr": "fr"}
Rows = dict[tuple[str, str], dict[str, Any]]


def counted(*faults: str, deaf: bool = True, speakers: Sequence[str] = tuple(SPEAKERS)) -> Rows:
    """By persona and field what CALLS calls of each come to; if not ``deaf``, all is understood."""
    file = next(file for file in data.texts("targets") if file.endswith("reference.toml"))
    lookup = parse_target(data.texts("targets")[file], file).lookup
    assert lookup is not None
    tally = Tally(Counting(seed=1))
    with reference_agent(*faults) as agent:

        def get(path: str, most_bytes: int, timeout_s: float) -> object:
            answer = agent(Hop("GET", ORIGIN + path, (), b"", timeout_s, timeout_s))
            assert isinstance(answer, HopAnswer)
            return json.loads(answer.body)

        looking = Looking(lookup, Run(1, TODAY, CrossTalk()), get)
        for name in speakers:
            persona = CATALOGUE.personas[name]
            persona = persona if deaf else to_the_word(persona)
            for record in ring(agent, persona, CALLS, f"?language={SPEAKERS[name]}", KINDS):
                tally.finished(record)
                tally.compared(record.scenario, name, looking.at_call(record).points)
    return {(row["persona"], row["field"]): row for row in rows(tally.counts())}


def below(found: Rows, *comparisons: str) -> set[tuple[str, str]]:
    """Field and comparison of what was not right throughout."""
    return {
        (field, one)
        for (_, field), row in found.items()
        for one in comparisons
        if row[one]["right"] < row[one]["of"]
    }


def test_what_is_understood_to_the_word_comes_through() -> None:
    found = counted(deaf=False)
    assert set(found) == {(persona, field) for persona in SPEAKERS for field in FIELDS}
    assert below(found, *COMPARISONS) == set()
    assert all(row[one]["of"] >= CALLS // 2 for row in found.values() for one in COMPARISONS)


def test_what_the_recogniser_garbles_is_not_the_agents_doing() -> None:
    found = counted()
    assert below(found, READ_BACK, STORED) == set()
    heard = found["unclear_speech", "name"][REPORTED]
    assert heard["right"] < heard["of"]
    assert all(found[persona, "name"][STORED]["of"] for persona in SPEAKERS)


def test_what_is_stored_otherwise_is_the_agents_doing() -> None:
    found = counted("other-day", speakers=("standard",))
    assert below(found, READ_BACK, STORED) == {("day", STORED)}
    wrong = found["standard", "day"]
    assert wrong[STORED]["right"] == wrong["stored_as_meant"]["right"] == 0
    assert wrong[READ_BACK]["right"] == wrong[READ_BACK]["of"] > 0
