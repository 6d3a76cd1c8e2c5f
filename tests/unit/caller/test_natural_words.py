"""What agents say in natural words when they confirm, each right one beside wrong ones."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from voicesim.call.talk import Judgement, Listening, Prompt
from voicesim.caller.dialogue import GoalCaller
from voicesim.caller.models import Persona, Scenario

REACHED, WRONG, UNCLEAR = Judgement.REACHED, Judgement.WRONG, Judgement.UNCLEAR
ASKS = {
    "en": "How can I help you?|What is your name?|What is your phone number?|What day?|What time?",
    "es": "¿En qué puedo ayudarle?|¿Cómo se llama?|¿Cuál es su número de teléfono?|¿Qué día?"
    "|¿A qué hora?",
    "fr": "Comment puis-je vous aider ?|Quel est votre nom ?|Quel est votre numéro de téléphone ?"
    "|Quel jour ?|À quelle heure ?",
    "de": "Wie kann ich Ihnen helfen?|Wie ist Ihr Name?|Wie ist Ihre Telefonnummer?"
    "|An welchem Tag?|Um wie viel Uhr?",
}
Told = Callable[[str], GoalCaller]


@pytest.fixture
def told(calm: Persona, booking: Scenario, caller_of: Callable[..., GoalCaller]) -> Told:
    """A caller (Gladys Moore, Friday at 11 am) that has told all, in the language of a code."""

    def make(code: str) -> GoalCaller:
        caller = caller_of(calm.model_copy(update={"languages": (code,)}), booking)
        facts = replace(caller.facts, name="Gladys Moore", day="Friday", time="11 am")
        caller._facts = facts
        for prompt in ASKS[code].split("|"):
            say(caller, prompt, code)
        return caller

    return make


def say(caller: GoalCaller, text: str, code: str, *, listens: bool = True) -> str:
    """What the caller answers to ``text``, or ""."""
    listening = Listening(speech=True, dtmf=False, timeout_s=5.0, language=code)
    prompt = Prompt(text, 2.0, language=code, listening=listening if listens else None)
    speech = caller.hear(prompt).speech
    return speech.meant if speech else ""


def judged(caller: GoalCaller, code: str, end: str) -> Judgement:
    say(caller, end, code, listens=False)
    return caller.opinion().judgement


# --- halves of the day --------------------------------------------------------------------------

HALVES = [
    ("en", "You're booked for Friday evening at 11. Goodbye.", WRONG),
    ("en", "You're booked for Friday at 11 at night. Goodbye.", WRONG),
    ("en", "You're booked for Friday evening. Goodbye.", WRONG),
    ("en", "You're booked for Friday in the afternoon. Goodbye.", WRONG),
    ("en", "You're booked for Friday morning. Goodbye.", REACHED),
    ("en", "You're booked for Friday morning at eleven o'clock. Goodbye.", REACHED),
    ("en", "You're booked for Friday at 11. Our office closes Friday evening. Goodbye.", REACHED),
    ("es", "Su cita está confirmada para el viernes por la tarde. Adiós.", WRONG),
    ("es", "Su cita está confirmada para el viernes por la tarde a las 11. Adiós.", WRONG),
    ("es", "Su cita está confirmada para el viernes por la mañana a las 11. Adiós.", REACHED),
    ("fr", "Votre rendez-vous est confirmé pour vendredi soir. Au revoir.", WRONG),
    ("fr", "Votre rendez-vous est confirmé pour vendredi soir à 11 heures. Au revoir.", WRONG),
    ("fr", "Votre rendez-vous est confirmé pour vendredi matin à 11 heures. Au revoir.", REACHED),
    ("de", "Ihr Termin ist am Freitagnachmittag gebucht. Auf Wiederhören.", WRONG),
    ("de", "Ihr Termin ist am Freitagabend um 11 Uhr gebucht. Auf Wiederhören.", WRONG),
    ("de", "Ihr Termin ist am Freitagvormittag um 11 Uhr gebucht. Auf Wiederhören.", REACHED),
    ("de", "Ihr Termin ist am Freitag früh um 11 Uhr gebucht. Auf Wiederhören.", REACHED),
]


@pytest.mark.parametrize(("code", "end", "judgement"), HALVES)
def test_the_half_of_the_day_counts(code: str, end: str, judgement: Judgement, told: Told) -> None:
    assert judged(told(code), code, end) is judgement


@pytest.mark.parametrize(
    ("read_back", "right"),
    [
        ("Friday evening, is that right?", False),
        ("Friday evening at 11, is that right?", False),
        ("Friday morning, is that right?", True),
        ("Would Friday evening work for you?", True),
    ],
)
def test_another_half_of_the_day_is_put_right(read_back: str, right: bool, told: Told) -> None:
    answer = say(told("en"), read_back, "en")
    assert answer.startswith("Yes") if right else answer == "No, I'd like to come at 11 am."
