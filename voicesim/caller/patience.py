"""What any caller bears, and how long it waits before it speaks."""

from voicesim.base.draws import Draws
from voicesim.call.talk import Listening, Prompt, Reply
from voicesim.caller.models import Persona

_LEAST = 0.8
"""Of what a caller bears of silence, the least that it bears in one call (assumption)."""
_SILENCES = 2
"""So many times in a row a caller stays silent at a question that does speak (assumption)."""
_PROMPTS_PER_PATIENCE = 12
"""So many prompts for each unit of patience, and the caller hangs up whatever is said."""


def silence_s(before_s: float, prompt: Prompt) -> float:
    """How long it has been silent at the end of ``prompt``, ``before_s`` of it before that."""
    heard = prompt.text or prompt.audio or prompt.listening is not None
    return 0.0 if heard else before_s + prompt.duration_s


def dead_air(silent_s: float, persona: Persona, draws: Draws) -> Reply | None:
    """What a caller does about ``silent_s`` of silence, if it has had enough before its end."""
    bears_s = persona.silence_patience_s
    if silent_s <= _LEAST * bears_s:
        return None
    bears_s = round(bears_s * draws.uniform(_LEAST, 2 - _LEAST, "silence borne"), 3)
    if silent_s <= bears_s:
        return None
    why = f"heard nothing for {bears_s:g} s"
    return Reply(bears_s - silent_s, hangs_up=True, why=why)


def left_waiting(prompt: Prompt, persona: Persona, draws: Draws) -> Reply | None:
    """What a caller does that had gone by the time of ``prompt``: it hangs up as that begins."""
    gone = dead_air(prompt.waited_s, persona, draws)
    return gone and gone._replace(after_s=-prompt.duration_s)


def has_had_enough(times: int, persona: Persona, draws: Draws, n: int, *, read_back: bool) -> bool:
    """Whether ``persona``, which answered prompt ``n``'s question ``times`` times, hangs up now.

    To be asked about a ``read_back`` once more is what comes of a correction: no hazard in that.
    """
    if times >= persona.patience:
        return True
    hazard = persona.hang_up_rate if times and not read_back else 0.0
    return hazard > 0 and draws.unit("hang up", n) < hazard


def stays_silent(times: int, persona: Persona, draws: Draws, n: int) -> bool:
    """Whether it says nothing to prompt ``n``, whose question it has heard ``times`` times before.

    Who is asked a third time speaks up, unless it never makes a sound.
    """
    rate = persona.silence_rate
    if not rate or (times >= _SILENCES and rate < 1):
        return False
    return draws.unit("silence", n) < rate


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
