"""Every persona at the clean reference agent: it ends as its card says, and blames nobody."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from zlib import crc32

import pytest

from tests.system.test_reference import TOKEN, running
from voicesim import data
from voicesim.base.findings import Level
from voicesim.call.entries import FullLog
from voicesim.call.outcome import CallRecord, Outcome
from voicesim.call.terms import Target, Terms
from voicesim.caller.models import Persona
from voicesim.config.callers import parse_catalogue
from voicesim.line.driver import Driver
from voicesim.line.policy import Policy
from voicesim.line.transport import GeventBackend, Transport
from voicesim.switch.plan import Exchange
from voicesim.switch.switch import Switch
from voicesim.twilio.fields import Party
from voicesim.twilio.signature import Signer

CATALOGUE = parse_catalogue(data.texts("personas"), data.texts("scenarios"))
KINDS = ("detailed_booking", "quick_booking", "changes_mind")
CALLS, AT_ONCE = 40, 20


@pytest.fixture(scope="module")
def agent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("agent")
    with running(folder / "db.sqlite") as (url, _):
        yield url


def ring(url: str, persona: Persona, test: str) -> list[CallRecord]:
    """Have ``persona`` ring CALLS times, AT_ONCE at a time, as fast as the agent answers."""
    target = Target(f"{url}/twilio/voice", Party("+15005550006"), "AC" + "7e57" * 8)
    seed = crc32(f"{test} {persona.name}".encode())  # and with it CallSids of their own
    exchange = Exchange(seed, target, Terms(), date(2026, 3, 2))
    records: list[CallRecord] = []
    for first in range(0, CALLS, AT_ONCE):
        switch, backend = Switch(0.0), GeventBackend(Transport(AT_ONCE), AT_ONCE)
        for index in range(first, first + AT_ONCE):
            scenario = CATALOGUE.scenarios[KINDS[index % len(KINDS)]]
            place = partial(exchange.call, index, persona, scenario, FullLog())
            switch.place(place, backend.now())
        try:
            Driver(switch, Policy(Signer(TOKEN)), backend).run()
        finally:
            backend.close()
        records += switch.finished
    return records


@pytest.mark.parametrize("name", sorted(CATALOGUE.personas))
def test_understood_to_the_word_it_ends_as_its_card_says(agent: str, name: str) -> None:
    persona = CATALOGUE.personas[name]
    recogniser = persona.recogniser.model_copy(update={"word_error_rate": 0.0})
    records = ring(agent, persona.model_copy(update={"recogniser": recogniser}), "as meant")
    ends = Counter(record.outcome for record in records)
    assert [record.findings for record in records if record.findings] == []
    if name == "silent":
        assert set(ends) == {Outcome.ABANDONED}
    elif persona.gives_up:
        assert set(ends) <= {Outcome.ABANDONED, Outcome.GOAL_REACHED}
        assert ends[Outcome.GOAL_REACHED] > CALLS / 2
    else:
        assert set(ends) == {Outcome.GOAL_REACHED}


@pytest.mark.parametrize("name", sorted(CATALOGUE.personas))
def test_misheard_as_it_is_it_holds_no_error_against_the_agent(agent: str, name: str) -> None:
    records = ring(agent, CATALOGUE.personas[name], "misheard")
    found = [finding for record in records for finding in record.findings]
    assert [finding for finding in found if finding.level is Level.ERROR] == []


def test_who_prefers_keys_presses_them(agent: str) -> None:
    def pressed(name: str) -> list[bool]:
        records = ring(agent, CATALOGUE.personas[name], "keys")
        asked = [record for record in records if record.scenario == "detailed_booking"]
        return ["'Digits'" in str(record.entries) for record in asked]

    assert all(pressed("dtmf_only"))
    assert not any(pressed("elderly"))
