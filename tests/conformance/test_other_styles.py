"""Callers and agents in other styles than the reference agent's, written without each other.

Everybody rings who speaks the language and does not give up, misheard as each of them is: nine of
ten calls and more reach their goal.
"""

from collections import Counter
from datetime import date
from functools import partial
from types import ModuleType

import pytest

from tests.agents import cookies, phone_menu, rendez_vous, survey
from tests.agents.answering import TOKEN, in_process
from tests.conformance.in_process import CATALOGUE
from voicesim.base.findings import Level
from voicesim.call.entries import FullLog
from voicesim.call.outcome import CallRecord, Outcome
from voicesim.call.terms import Target, Terms
from voicesim.line.driver import Driver
from voicesim.line.fake import FakeBackend
from voicesim.line.policy import Policy
from voicesim.results.ladder import transcript
from voicesim.switch.plan import Exchange
from voicesim.switch.switch import Switch
from voicesim.twilio.fields import Party
from voicesim.twilio.signature import Signer

ORIGIN, SEED = "http://127.0.0.1:8080", 7
CALLS = 120
AT_LEAST = 0.9
BOOKINGS = ("quick_booking", "detailed_booking", "changes_mind")
MENUS = ("menu_sales", "menu_support", "menu_billing", "menu_opening_hours")
STYLES: dict[ModuleType, tuple[str, str, str, tuple[str, ...]]] = {
    phone_menu: ("/voice", "POST", "en", MENUS),
    survey: ("/voice", "POST", "en", ("survey",)),
    rendez_vous: ("/voix", "POST", "fr", BOOKINGS),
    cookies: ("/voice", "GET", "en", BOOKINGS),
}
"""Where each agent is reached, how, what it speaks, and what it is called for."""


def short(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


def ring(module: ModuleType, calls: int, *, faulty: bool = False) -> list[CallRecord]:
    """Have everybody ring who speaks the agent's language and does not give up, in turn."""
    path, method, language, scenarios = STYLES[module]
    answer = in_process(module.build(faulty=faulty))
    personas = [
        persona
        for _, persona in sorted(CATALOGUE.personas.items())
        if language in persona.languages and not persona.gives_up
    ]
    called = Party("+15005550006")
    target = Target(f"{ORIGIN}{path}", called, "AC" + "7e57" * 8, method=method)
    exchange = Exchange(SEED, target, Terms(), date(2026, 3, 2))
    records: list[CallRecord] = []
    for index in range(calls):
        persona = personas[index % len(personas)]
        scenario = CATALOGUE.scenarios[scenarios[index // len(personas) % len(scenarios)]]
        switch = Switch(0.0)
        plan = partial(exchange.call, index, persona, scenario, FullLog())
        switch.place(plan, 0.0)
        Driver(switch, Policy(Signer(TOKEN)), FakeBackend(answer)).run()
        records += switch.finished
    return records


@pytest.fixture(scope="module", params=STYLES, ids=short)
def agent(request: pytest.FixtureRequest) -> tuple[ModuleType, list[CallRecord]]:
    module: ModuleType = request.param
    return module, ring(module, CALLS)


def test_nine_of_ten_reach_their_goal(agent: tuple[ModuleType, list[CallRecord]]) -> None:
    _, records = agent
    outcomes = Counter(record.outcome for record in records)
    assert outcomes[Outcome.GOAL_REACHED] >= AT_LEAST * CALLS, outcomes


def test_nothing_is_held_against_them(agent: tuple[ModuleType, list[CallRecord]]) -> None:
    _, records = agent
    assert [f for record in records for f in record.findings if f.level is Level.ERROR] == []


def test_the_ladder_of_a_call_that_failed_shows_why(
    agent: tuple[ModuleType, list[CallRecord]],
) -> None:
    """The good agents fail only those who were misheard."""
    _, records = agent
    for record in records:
        if record.outcome is not Outcome.GOAL_REACHED:
            shown = ladder(record)
            assert record.why in shown
            assert "reported as" in shown


def ladder(record: CallRecord) -> str:
    return "\n".join(transcript(record.entries, ORIGIN))


@pytest.fixture(scope="module", params=STYLES, ids=short)
def twin(request: pytest.FixtureRequest) -> tuple[ModuleType, list[CallRecord]]:
    module: ModuleType = request.param
    return module, ring(module, CALLS // 2, faulty=True)


SHOWS = {
    phone_menu: "The caller chose 'sales and new orders', and the agent led it",
    survey: "hangs up: heard the same",
    rendez_vous: "caller presses 2",
    cookies: "WARNING cookie-not-sent",
}
"""What the ladder of each call that the fault spoilt says."""
TOLD = {
    phone_menu: "wrong-desk",
    survey: "loops",
    rendez_vous: "readback-wrong",
    cookies: "loops",
}
"""The ERROR finding that most of them have, in so many words of the caller that are clear."""


def test_the_fault_keeps_callers_from_their_goal(
    twin: tuple[ModuleType, list[CallRecord]],
) -> None:
    module, records = twin
    spoilt = [r for r in records if module is not phone_menu or r.scenario == "menu_sales"]
    assert len(spoilt) >= 12
    assert Outcome.GOAL_REACHED not in {record.outcome for record in spoilt}
    for record in spoilt:
        assert SHOWS[module] in ladder(record)
    told = [r for r in spoilt if TOLD[module] in {f.code for f in r.findings}]
    assert len(told) >= len(spoilt) / 2


def test_who_does_not_meet_the_fault_is_served(twin: tuple[ModuleType, list[CallRecord]]) -> None:
    module, records = twin
    others = [r for r in records if module is phone_menu and r.scenario != "menu_sales"]
    assert {record.outcome for record in others} <= {Outcome.GOAL_REACHED}
