"""What any caller bears, and how long it waits before it speaks."""

from voicesim.base.draws import Draws
from voicesim.call.talk import Listening
from voicesim.caller.models import Persona

_PROMPTS_PER_PATIENCE = 12
"""So many prompts for each unit of patience, and the caller hangs up whatever is said."""


def too_many(prompts: int, persona: Persona) -> bool:
    """Whether ``persona`` has heard more than it bears."""
    return prompts > _PROMPTS_PER_PATIENCE * persona.patience


def lost(prompts: int) -> str:
    """Why it hangs up then."""
    return f"heard {prompts} prompts and got nowhere"


def gap_s(persona: Persona, listening: Listening | None, draws: Draws, n: int) -> float:
    """From the end of prompt ``n`` to the first sound; within what the agent waits for."""
    gap = persona.response_gap_s * draws.uniform(0.6, 1.4, "gap", n)
    return round(min(gap, 0.8 * listening.timeout_s) if listening is not None else gap, 3)
