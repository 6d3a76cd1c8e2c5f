"""Making callers: who rings, what it knows, and which kind of caller it is."""

from datetime import date

from voicesim.base.draws import Draws
from voicesim.caller.crosstalk import CrossTalk
from voicesim.caller.dialogue import GoalCaller
from voicesim.caller.facts import draw_facts, draw_identity, setup_facts
from voicesim.caller.identity import Identity
from voicesim.caller.models import Goal, Persona, Scenario
from voicesim.caller.odd import OddCaller


def make_caller(
    persona: Persona,
    scenario: Scenario,
    draws: Draws,
    today: date,
    crosstalk: CrossTalk | None = None,
) -> tuple[GoalCaller | OddCaller, Identity]:
    """A caller and who it is; ``draws`` are this call's, ``today`` the day it calls on."""
    identity = draw_identity(persona, scenario, draws)
    facts = draw_facts(persona, scenario, identity, draws, today)
    kind = OddCaller if scenario.goal is Goal.ODD_INPUT else GoalCaller
    return kind(persona, scenario, facts, draws, crosstalk), identity


def make_setup_caller(
    persona: Persona,
    scenario: Scenario,
    draws: Draws,
    today: date,
    crosstalk: CrossTalk | None = None,
) -> tuple[GoalCaller, Identity] | None:
    """The same person, clearly spoken, booking the appointment that must be there; None if none."""
    if scenario.goal is not Goal.RESCHEDULE:  # most calls: nothing needs to be drawn for that
        return None
    identity = draw_identity(persona, scenario, draws)
    facts = setup_facts(draw_facts(persona, scenario, identity, draws, today))
    if facts is None:
        return None
    booking = scenario.model_copy(update={"goal": Goal.BOOK})
    return GoalCaller(persona.clearly_spoken(), booking, facts, draws, crosstalk), identity
