"""What agents say in natural words when they confirm, each right one beside wrong ones."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from voicesim.call.talk import Judgement, Listening, Prompt
from voicesim.caller.checking import stated
from voicesim.caller.dialogue import GoalCaller
from voicesim.caller.models import Persona, Scenario

MONDAY, FRIDAY = date(2026, 3, 9), date(2026, 3, 6)
REACHED, WRONG, UNCLEAR = Judgement.REACHED, Judgement.WRONG, Judgement.UNCLEAR
ASKS = {
    "en": "How can I help you?|What is your name?|What is your phone number?|What day?|What time?",
    "es": "¿En qué puedo ayudarle?|¿Cómo se llama?|¿Cuál es su número de teléfono?|¿Qué día?"
    "|¿A qué hora?",
    "fr": "Comment puis-je vous aider ?|Quel est votre nom ?|Quel est votre numéro de téléphone ?"
    "|Quel jour ?|À quelle heure ?",
    "de": "Wie kann ich Ihnen helfen?|Wie ist Ihr Name?|Wie ist Ihre Telefonnummer?"
    "|Welcher Tag?|Um wie viel Uhr?",
}
Told = Callable[[str], GoalCaller]
Make = Callable[..., GoalCaller]


@pytest.fixture
def told(calm: Persona, booking: Scenario, caller_of: Make) -> Told:
    """A caller (Anna Kim, Friday at 11 am) that has told all, in the language of a code."""

    def make(code: str) -> GoalCaller:
        caller = caller_of(calm.model_copy(update={"languages": (code,)}), booking)
        facts = replace(caller.facts, name="Anna Kim", on=FRIDAY, time="11 am")
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


# --- the number to ring -------------------------------------------------------------------------

NUMBERS = [
    ("es", "Su cita está confirmada. Le llamamos al {}. Adiós."),
    ("es", "Su cita está confirmada. Lo contactaremos al {} para recordarle. Adiós."),
    ("es", "Su cita está confirmada. Le enviaremos un mensaje al {}. Adiós."),
    ("es", "Su cita queda confirmada para el viernes y le llamaremos al {}. Adiós."),
    ("fr", "Votre rendez-vous est confirmé. Nous vous joindrons au {}. Au revoir."),
    ("fr", "Votre rendez-vous est confirmé. On vous rappelle au {}. Au revoir."),
    ("fr", "Votre rendez-vous est confirmé. Nous vous enverrons un SMS au {}. Au revoir."),
    ("de", "Ihr Termin ist gebucht. Wir rufen Sie unter {} zurück. Auf Wiederhören."),
    ("de", "Ihr Termin ist gebucht. Bei Änderungen rufen wir Sie unter {} an. Auf Wiederhören."),
    ("de", "Ihr Termin ist gebucht. Wir schicken Ihnen eine SMS an {}. Auf Wiederhören."),
    ("de", "Ihr Termin ist am Freitag gebucht und wir rufen Sie unter {} an. Auf Wiederhören."),
    ("en", "You're booked for Friday and we'll call you at {} if anything changes. Goodbye."),
]
OTHER = "415-555-0199"


@pytest.mark.parametrize(("code", "end"), NUMBERS)
def test_a_wrong_number_to_ring_is_noticed(code: str, end: str, told: Told) -> None:
    right, wrong = told(code), told(code)
    assert judged(right, code, end.format(right.facts.phone)) is REACHED
    assert judged(wrong, code, end.format(OTHER)) is WRONG


@pytest.mark.parametrize(
    ("code", "end"),
    [
        ("es", "Su cita está confirmada. Llámenos al {}. Adiós."),
        ("es", "Su cita está confirmada. Le llamaremos desde el {}. Adiós."),
        ("fr", "Votre rendez-vous est confirmé. Vous pouvez nous joindre au {}. Au revoir."),
        ("de", "Ihr Termin ist gebucht. Sie erreichen uns unter {}. Auf Wiederhören."),
        ("de", "Ihr Termin ist gebucht. Rufen Sie uns unter {} an. Auf Wiederhören."),
    ],
)
def test_the_agents_own_number_is_not_the_callers(code: str, end: str, told: Told) -> None:
    assert judged(told(code), code, end.format(OTHER)) is REACHED


@pytest.mark.parametrize(
    ("code", "asks"),
    [
        ("en", "Can we reach you at {}?"),
        ("es", "¿Le llamamos al {}?"),
        ("es", "¿Podemos llamarle al {}?"),
        ("fr", "Pouvons-nous vous joindre au {} ?"),
        ("de", "Können wir Sie unter {} erreichen?"),
    ],
)
def test_asked_whether_its_number_is_right_it_says_so(code: str, asks: str, told: Told) -> None:
    caller = told(code)
    assert say(caller, asks.format(caller.facts.phone), code)[:2] in ("Ye", "Sí", "Ou", "Ja")
    assert say(caller, asks.format(OTHER), code)[:2] in ("No", "Ne")


@pytest.mark.parametrize(
    ("end", "judgement"),
    [
        ("You're booked for Friday at 11 am and we'll call you if anything changes.", REACHED),
        ("You're booked for Sunday at 7 pm and we'll call you if anything changes.", WRONG),
        ("You're booked for Friday at 11 am, and we'll call you if it's approved.", UNCLEAR),
    ],
)
def test_a_call_in_case_of_changes_unsettles_nothing(
    end: str, judgement: Judgement, told: Told
) -> None:
    assert judged(told("en"), "en", f"{end} Goodbye.") is judgement


# --- by which name it is spoken to --------------------------------------------------------------

NAMES = [
    ("en", "Thanks {}. You're booked for Friday at 11 am. Goodbye."),
    ("en", "Thank you so much, {}. You're booked for Friday at 11 am. Goodbye."),
    ("en", "{}, you're booked for Friday at 11 am. Goodbye."),
    ("en", "You're booked for Friday at 11 am, {}. Goodbye."),
    ("en", "You're all set, {}! See you Friday at 11 am. Goodbye."),
    ("en", "You're booked for Friday at 11 am. See you then, {}. Goodbye."),
    ("es", "Gracias, {}. Su cita está confirmada para el viernes. Adiós."),
    ("es", "Su cita está confirmada a nombre de {}. Adiós."),
    ("fr", "Merci {}. Votre rendez-vous est confirmé. Au revoir."),
    ("fr", "Rendez-vous noté au nom de {} pour vendredi à 11 heures. Au revoir."),
    ("de", "Danke, {}. Ihr Termin ist gebucht. Auf Wiederhören."),
    ("de", "Alles klar, {}, Ihr Termin ist am Freitag gebucht. Auf Wiederhören."),
]
WHOLE_NAMES = [
    ("en", "Okay, {} is booked for Friday at 11 am. Goodbye."),
    ("es", "Queda reservado a nombre de {} el viernes a las 11 de la mañana. Adiós."),
    ("de", "Ich habe {} für Freitag um 11 Uhr eingetragen. Auf Wiederhören."),
]


@pytest.mark.parametrize(
    ("code", "end", "right", "wrong"),
    [(*one, "Anna", "Gladys") for one in NAMES]
    + [(*one, "Anna Kim", "Gladys Moore") for one in WHOLE_NAMES],
)
def test_a_wrong_name_needs_no_lead(
    code: str, end: str, right: str, wrong: str, told: Told
) -> None:
    assert judged(told(code), code, end.format(right)) is REACHED
    assert judged(told(code), code, end.format(wrong)) is WRONG


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("Gladys, Friday at 11, right?", False),
        ("Gladys Moore, Friday at 11, right?", False),
        ("So Gladys on Friday at 11, is that right?", False),
        ("Thanks Gladys. Friday at 11 am, is that right?", False),
        ("For Gladys, Friday at 11 am. Correct?", False),
        ("Anna, Friday at 11, right?", True),
        ("Ana, Friday at 11, right?", True),
        ("Perfect, Friday at 11, right?", True),
        ("Friday at 11 with Gladys, right?", True),
        ("I have Gladys for Friday at 11. Is that right?", True),
    ],
)
def test_a_wrong_name_without_a_lead_is_put_right(said: str, right: bool, told: Told) -> None:
    answer = say(told("en"), said, "en")
    assert answer.startswith("Yes") if right else answer == "No, my name is Anna Kim."


@pytest.mark.parametrize(
    "said",
    [
        "Thanks so much.",
        "Thanks, perfect.",
        "Thanks, Invisalign is noted.",
        "Great, Austin.",
        "Great, Invisalign.",
        "Great, see you in May.",
        "Thank you, Bright Smile Dental.",
        "Thank you, Sir.",
        "Maria will see you then.",
        "Gladys, our hygienist, will see you.",
        "This is Grace, goodbye.",
        "It's at our Charlotte office.",
    ],
)
def test_staff_places_and_treatments_are_no_callers(said: str, told: Told) -> None:
    end = f"You're booked for Friday at 11 am. {said}"
    assert judged(told("en"), "en", end) is REACHED


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Michael Kim", "Mike"),
        ("Elizabeth Kim", "Liz"),
        ("Robert Kim", "Bob"),
        ("Jean-Christophe Dubois", "Jean"),
        ("José Pérez", "Pepe"),
        ("Jane Doe-Roe", "Mrs. Roe"),
    ],
)
def test_a_name_may_be_shortened(name: str, said: str) -> None:
    text = f"Thanks, {said}. You're booked for Friday at 11 am."
    assert stated("name", text, name, name, confirms=True) in ("", "Roe")
    assert stated("name", text, "Anna Kim", "Anna Kim", confirms=True) == said.split()[-1]


def test_a_name_before_any_was_told_is_not_compared(
    calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm, booking)
    for prompt in ("How can I help you?", "What day?", "What time?"):
        say(caller, prompt, "en")
    when = f"{caller.facts.day} at {caller.facts.time}"
    assert judged(caller, "en", f"Thanks Gladys. You're booked for {when}. Goodbye.") is REACHED


# --- the appointment of before ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "asks", "end"),
    [
        ("de", "Wann ist Ihr jetziger Termin?|Und um wie viel Uhr?|Welcher Tag?|Um wie viel Uhr?",
         "Ihr Termin wurde auf Freitag um 11 Uhr verschoben. Auf Wiederhören."),
        ("en", "What day is your current appointment?|And what time?|What day instead?|What time?",
         "Your appointment has been moved to Friday at 11 am. Goodbye."),
        ("es", "¿Cuándo es su cita actual?|¿A qué hora?|¿Qué día prefiere?|¿A qué hora?",
         "Su cita ha sido cambiada al viernes a las 11 de la mañana. Adiós."),
        ("fr", "Quand est votre rendez-vous actuel ?|À quelle heure ?|Quel jour ?|À quelle heure ?",
         "Votre rendez-vous a été déplacé à vendredi à 11 heures. Au revoir."),
    ],
)  # fmt: skip
def test_asked_for_the_time_after_the_old_day_it_tells_the_old_time(
    code: str, asks: str, end: str, calm: Persona, moving: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm.model_copy(update={"languages": (code,)}), moving)
    new, old = {"on": FRIDAY, "time": "11 am"}, {"old_on": MONDAY, "old_time": "9 am"}
    caller._facts = replace(caller.facts, **new, **old)
    start = ASKS[code].split("|")[:2]
    answers = [say(caller, prompt, code) for prompt in (*start, *asks.split("|"))]
    assert ["9" in answer for answer in answers] == [False, False, True, True, False, False]
    assert ["11" in answer for answer in answers][3:] == [False, False, True]
    assert judged(caller, code, end) is REACHED
    assert caller.opinion().findings == ()


def test_the_time_of_the_new_appointment_may_be_asked_for_first(
    calm: Persona, moving: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm, moving)
    for prompt in (*ASKS["en"].split("|")[:2], "When is your current appointment?"):
        say(caller, prompt, "en")
    assert caller.facts.time in say(caller, "What time would you like instead?", "en")


# --- days as dates ------------------------------------------------------------------------------

DATES = [
    ("en", "You're booked for March 6th at 11 am. Goodbye.", REACHED),
    ("en", "You're booked for 6 March at 11 am. Goodbye.", REACHED),
    ("en", "You're booked for Friday, March the sixth, at 11 am. Goodbye.", REACHED),
    ("en", "You're booked for March 6th at 11 am. We're closed on March 9th. Goodbye.", REACHED),
    ("en", "You're booked for March 5th at 11 am. Goodbye.", WRONG),
    ("en", "You're booked for March ninth at 11 am. Goodbye.", WRONG),
    ("en", "See you March 10th at 11 am. Goodbye.", WRONG),
    ("en", "You're booked for Friday, March 5th, at 11 am. Goodbye.", UNCLEAR),
    ("en", "You're booked for the 5th at 11 am. Goodbye.", WRONG),
    ("en", "You're booked for tomorrow at 11 am. Goodbye.", UNCLEAR),
    ("en", "You're booked for 3/5 at 11 am. Goodbye.", UNCLEAR),
    ("es", "Su cita está confirmada para el 6 de marzo a las 11. Adiós.", REACHED),
    ("es", "Su cita está confirmada para el 9 de marzo a las 11. Adiós.", WRONG),
    ("fr", "Votre rendez-vous est confirmé pour le 6 mars à 11 heures. Au revoir.", REACHED),
    ("fr", "Votre rendez-vous est confirmé pour le 9 mars à 11 heures. Au revoir.", WRONG),
    ("de", "Ihr Termin am sechsten März um 11 Uhr ist bestätigt. Auf Wiederhören.", REACHED),
    ("de", "Ihr Termin am 9. März um 11 Uhr ist bestätigt. Auf Wiederhören.", WRONG),
    ("en", "You're booked for a week from Friday at 11 am. Goodbye.", UNCLEAR),
    ("en", "You're booked for Friday in two weeks at 11 am. Goodbye.", UNCLEAR),
    ("en", "You're booked for this Friday at 11 am. Next week we're closed. Goodbye.", REACHED),
]


@pytest.mark.parametrize(("code", "end", "judgement"), DATES)
def test_a_date_is_the_weekday_that_it_falls_on(
    code: str, end: str, judgement: Judgement, told: Told
) -> None:
    caller = told(code)
    assert judged(caller, code, end) is judgement
    found = {WRONG: ["readback-wrong"], UNCLEAR: ["date-not-compared"], REACHED: []}
    assert [finding.code for finding in caller.opinion().findings] == found[judgement]


def test_a_wrong_date_is_put_right(told: Told) -> None:
    caller = told("en")
    assert say(caller, "So March 6th at 11 am, is that right?", "en").startswith("Yes")
    answer = say(caller, "So March 5th at 11 am, is that right?", "en")
    assert answer == "No, I'd like to come on Friday."


def test_the_finding_tells_the_date_that_was_said(told: Told) -> None:
    caller = told("en")
    judged(caller, "en", "You're booked for March 5th at 11 am. Goodbye.")
    (finding,) = caller.opinion().findings
    assert "the day 'Thursday, March 5th', but 'Friday' was reported" in finding.message


def test_a_later_week_that_was_agreed_to_is_as_it_should_be(told: Told) -> None:
    caller = told("en")
    say(caller, "I have Friday in two weeks at 11 am. Is that okay?", "en")
    end = "You're booked for Friday in two weeks at 11 am. Goodbye."
    assert judged(caller, "en", end) is REACHED


@pytest.mark.parametrize(
    ("new", "judgement"), [("March 6th at 11 am", REACHED), ("March 12th at 11 am", WRONG)]
)
def test_an_appointment_is_moved_from_date_to_date(
    new: str, judgement: Judgement, calm: Persona, moving: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm, moving)
    days = {"on": FRIDAY, "old_on": MONDAY}
    caller._facts = replace(caller.facts, **days, time="11 am", old_time="9 am")
    for prompt in (*ASKS["en"].split("|")[:2], "When is it?", "What day?", "What time?"):
        say(caller, prompt, "en")
    end = f"Your appointment on March 9th at 9 am has been moved to {new}. Goodbye."
    assert judged(caller, "en", end) is judgement


# --- what is asked beside -----------------------------------------------------------------------


def test_done_with_a_question_behind_it_confirms_nothing(
    calm: Persona, booking: Scenario, caller_of: Make
) -> None:
    caller = caller_of(calm, booking)
    for prompt in ("How can I help you?", "Done. What is your name?", "What day?", "What time?"):
        say(caller, prompt, "en")
    end = "One moment while I check. Goodbye."
    assert judged(caller, "en", end) is not REACHED


@pytest.mark.parametrize(
    ("end", "judgement"),
    [
        ("You're booked. We sent a text to 415-555-0199. Goodbye.", WRONG),
        ("You're booked. To cancel, send a text to 415-555-0199. Goodbye.", REACHED),
        ("You're booked for Friday eleven. Goodbye.", REACHED),
        ("You're booked for Friday two. Goodbye.", WRONG),
        ("You're booked for Friday, two weeks' notice to cancel. Goodbye.", REACHED),
    ],
)
def test_messages_and_bare_hours(end: str, judgement: Judgement, told: Told) -> None:
    assert judged(told("en"), "en", end) is judgement
