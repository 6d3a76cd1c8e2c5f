"""Callers and agents in other styles than the reference agent's, written without each other.

As each persona is, its own recogniser and all, at least nine of ten of its calls reach their goal.
"""

from collections import Counter
from datetime import date
from functools import partial
from types import ModuleType

import pytest

from tests.agents import cookies, phone_menu, rendez_vous, survey
from tests.agents.answering import TOKEN, in_process
from tests.conformance.in_process import CATALOGUE
from voicesim.call.entries import FullLog
from voicesim.call.outcome import CallRecord, Outcome
from voicesim.call.terms import Target, Terms
from voicesim.line.driver import Driver
from voicesim.line.fake import FakeBackend
from voicesim.line.policy import Policy
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
