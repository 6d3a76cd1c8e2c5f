"""Making callers: who rings, what it knows, and which kind of caller it is."""

from datetime import date

from voicesim.base.draws import Draws
from voicesim.call.talk import Caller
from voicesim.caller.crosstalk import CrossTalk
from voicesim.caller.dialogue import GoalCaller
from voicesim.caller.errand import Errand
from voicesim.caller.facts import draw_facts, draw_identity, setup_facts
from voicesim.caller.identity import Identity
from voicesim.caller.menu import MenuCaller
from voicesim.caller.models import Goal, Persona, Scenario
from voicesim.caller.odd import OddCaller
from voicesim.caller.survey import SurveyCaller

_KINDS: dict[Goal, type[GoalCaller | Errand | OddCaller]] = {
    Goal.SURVEY: SurveyCaller,
    Goal.MENU: MenuCaller,
    Goal.ODD_INPUT: OddCaller,
}
"""Who has another goal than an appointment."""


def make_caller(
    persona: Persona,
    scenario: Scenario,
    draws: Draws,
    today: date,
    crosstalk: CrossTalk | None = None,
) -> tuple[Caller, Identity]:
    """A caller and who it is; ``draws`` are this call's, ``today`` the day it calls on."""
    identity = draw_identity(persona, scenario, draws)
    facts = draw_facts(persona, scenario, identity, draws, today)
    return _KINDS.get(scenario.goal, GoalCaller)(
        persona, scenario, facts, draws, crosstalk
    ), identity


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
