"""What a call is placed with: the run's terms, but for what its scenario says of the network."""

from dataclasses import replace
from datetime import date

from voicesim import data
from voicesim.call.entries import Log
from voicesim.call.terms import Target, Terms
from voicesim.caller.models import Network, Scenario
from voicesim.config.callers import parse_catalogue, parse_scenario
from voicesim.switch.plan import Exchange

from .exchange import TARGET

CATALOGUE = parse_catalogue(data.texts("personas"), data.texts("scenarios"))
TERMS = Terms(dial_talk_s=4.0)
EXCHANGE = Exchange(1, TARGET, TERMS, date(2026, 3, 2))
BOOKING = """name = "busy_clinic"
description = "Books while the clinic's other lines are busy"
goal = "book"
persona = "standard"
"""


def placed(scenario: Scenario, index: int = 0) -> Terms:
    persona = CATALOGUE.personas[scenario.persona]
    return EXCHANGE.call(index, persona, scenario, Log()).terms


def test_without_a_network_a_scenario_has_the_terms_of_the_run() -> None:
    assert placed(CATALOGUE.scenarios["quick_booking"]) is TERMS


def test_a_scenario_says_what_becomes_of_the_parties_that_are_dialled() -> None:
    text = (
        BOOKING
        + """
        [network]
        dial_statuses = ["busy", "no-answer", "completed"]
        dial_ring_s = 7
        dial_keys = ""
        queue_result = "queue-full"
        callback_jitter_s = 2.5
        callback_duplicates = 0.1
        """
    )
    terms = placed(parse_scenario(text, "scenarios/busy_clinic.toml"))
    assert terms == Terms(
        dial_talk_s=4.0,
        dial_statuses=("busy", "no-answer", "completed"),
        dial_ring_s=7.0,
        dial_keys="",
        queue_result="queue-full",
        callback_jitter_s=2.5,
        callback_duplicates=0.1,
    )


def test_the_calls_of_a_scenario_share_their_terms() -> None:
    scenario = parse_scenario(BOOKING + "[network]\ndial_ring_s = 7", "busy_clinic.toml")
    assert placed(scenario, 0) is placed(scenario, 1)


def test_every_key_of_a_network_is_one_of_the_terms_or_of_the_target() -> None:
    assert Network.model_fields.keys() <= {
        *Terms.__dataclass_fields__,
        *Target.__dataclass_fields__,
    }


def test_a_scenario_says_what_status_callbacks_tell_of() -> None:
    scenario = parse_scenario(
        BOOKING + '[network]\nstatus_events = ["answered", "completed"]', "busy_clinic.toml"
    )
    persona = CATALOGUE.personas["standard"]
    plan = EXCHANGE.call(0, persona, scenario, Log())
    assert plan.target == replace(TARGET, status_events=("answered", "completed"))
    assert plan.terms is TERMS
