"""How people stumble into a sentence: a filler, a word said twice, a beginning begun anew."""

from functools import lru_cache
from random import Random

from voicesim.caller.models import Persona
from voicesim.caller.parts import Part

_FILLERS = ("Um", "Uh")


def stumble(
    parts: tuple[Part, ...],
    persona: Persona,
    rng: Random,
    fillers: tuple[str, str] = _FILLERS,
) -> tuple[Part, ...]:
    """``parts`` as ``persona`` gets them out; a fact is never broken up."""
    if persona.restart_rate or persona.word_repeat_rate:
        parts = _begun_again(parts, persona, rng)
    if persona.filler_rate and rng.random() < persona.filler_rate:
        filler = f"{fillers[rng.random() < 0.5]}, "
        first = parts[0]
        begin = Part(filler) if first.field else Part(filler + _within(first.text))
        return (begin, *parts) if first.field else (begin, *parts[1:])
    return parts


def _begun_again(parts: tuple[Part, ...], persona: Persona, rng: Random) -> tuple[Part, ...]:
    drawn, first = rng.random(), parts[0]
    begin = "" if first.field else beginning(first.text)
    if not begin:
        return parts
    if drawn < persona.restart_rate:
        return (Part(f"{begin}, {_within(first.text)}"), *parts[1:])
    if drawn < persona.restart_rate + persona.word_repeat_rate:
        word = begin.split()[0]
        return (Part(f"{word} {_within(first.text)}"), *parts[1:])
    return parts


@lru_cache(maxsize=256)
def beginning(text: str) -> str:
    """The two words that a sentence may begin with twice; "" where it is too short for that."""
    words = text.split()
    if len(words) < 3 or not all(word.replace("'", "").isalpha() for word in words[:2]):
        return ""
    return " ".join(words[:2])


def _within(text: str) -> str:
    """``text`` as it goes on within a sentence."""
    return text if text.startswith("I") else text[:1].lower() + text[1:]
