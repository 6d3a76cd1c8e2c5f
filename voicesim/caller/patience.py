"""What any caller bears, and how long it waits before it speaks."""

from voicesim.base.draws import Draws
from voicesim.call.talk import Listening, Prompt, Reply
from voicesim.caller.models import Persona

_PROMPTS_PER_PATIENCE = 12
"""So many prompts for each unit of patience, and the caller hangs up whatever is said."""

DEAD_AIR_S = 30.0
"""After so long without a sound nobody believes that there is still someone (assumption)."""


def silence_s(before_s: float, prompt: Prompt) -> float:
    """How long it has been silent at the end of ``prompt``, ``before_s`` of it before that."""
    heard = prompt.text or prompt.audio or prompt.listening is not None
    return 0.0 if heard else before_s + prompt.duration_s


def dead_air(silent_s: float) -> Reply | None:
    """What a caller does about ``silent_s`` of silence, if it has had enough before its end."""
    if silent_s <= DEAD_AIR_S:
        return None
    why = f"heard nothing for {DEAD_AIR_S:g} s"
    return Reply(DEAD_AIR_S - silent_s, hangs_up=True, why=why)


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
