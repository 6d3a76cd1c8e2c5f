"""Making callers: who rings, what it knows, and which kind of caller it is."""

from datetime import date

from voicesim.base.draws import Draws
from voicesim.call.talk import Caller
from voicesim.caller.cancelling import Canceller
from voicesim.caller.crosstalk import CrossTalk
from voicesim.caller.dialogue import GoalCaller
from voicesim.caller.errands import ErrandCaller
from voicesim.caller.facts import draw_facts, draw_identity, setup_facts
from voicesim.caller.guided import Guided
from voicesim.caller.identity import Identity
from voicesim.caller.menu import MenuCaller
from voicesim.caller.models import Goal, Persona, Scenario
from voicesim.caller.odd import OddCaller
from voicesim.caller.survey import SurveyCaller

_KINDS: dict[Goal, type[GoalCaller | Guided | OddCaller]] = {
    Goal.CANCEL: Canceller,
    Goal.HOURS: ErrandCaller,
    Goal.PERSON: ErrandCaller,
    Goal.WRONG_NUMBER: ErrandCaller,
    Goal.SURVEY: SurveyCaller,
    Goal.MENU: MenuCaller,
    Goal.ODD_INPUT: OddCaller,
}
"""What kind of caller has a goal; all others make or move an appointment."""


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
    kind = _KINDS.get(scenario.goal, GoalCaller)
    return kind(persona, scenario, facts, draws, crosstalk), identity


def make_setup_caller(
    persona: Persona,
    scenario: Scenario,
    draws: Draws,
    today: date,
    crosstalk: CrossTalk | None = None,
) -> tuple[GoalCaller, Identity] | None:
    """The same person, clearly spoken, booking the appointment that must be there; None if none."""
    if not scenario.needs_appointment:  # most calls: nothing needs to be drawn for that
        return None
    identity = draw_identity(persona, scenario, draws)
    facts = setup_facts(draw_facts(persona, scenario, identity, draws, today))
    if facts is None:
        return None
    booking = scenario.model_copy(update={"goal": Goal.BOOK})
    return GoalCaller(persona.clearly_spoken(), booking, facts, draws, crosstalk), identity
