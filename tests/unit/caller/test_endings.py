"""How agents end a call that books, each as it should be and with one thing wrong."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from voicesim.call.talk import Judgement, Listening, Opinion, Prompt
from voicesim.caller.dialogue import GoalCaller
from voicesim.caller.models import Persona, Scenario

ASKS = {
    "en": "How can I help you?|What is your name?|What is your phone number?|What day?|What time?",
    "es": "¿En qué puedo ayudarle?|¿Su nombre?|¿Su número de teléfono?|¿Qué día?|¿A qué hora?",
    "fr": "Bonjour.|Votre nom ?|Votre numéro de téléphone ?|Quel jour ?|À quelle heure ?",
    "de": "Guten Tag.|Ihr Name?|Ihre Telefonnummer?|An welchem Tag?|Um wie viel Uhr?",
}
RIGHT = {
    "en": {"day": "Friday", "time": "11 AM", "date": "March 6th", "nth": "6th"},
    "es": {"day": "viernes", "time": "11 de la mañana", "date": "6 de marzo"},
    "fr": {"day": "vendredi", "time": "11 heures", "date": "6 mars"},
    "de": {"day": "Freitag", "time": "11 Uhr", "date": "6. März"},
}
WRONG = {
    "en": {"day": "Thursday", "time": "2 PM", "date": "March 5th", "nth": "5th"},
    "es": {"day": "jueves", "time": "2 de la tarde", "date": "5 de marzo"},
    "fr": {"day": "jeudi", "time": "14 heures", "date": "5 mars"},
    "de": {"day": "Donnerstag", "time": "14 Uhr", "date": "5. März"},
}
ANYONE = {"name": "Gladys Moore", "first": "Gladys", "phone": "415-555-0199"}
NAMES = {"en": "Anna Kim", "es": "Ana Pérez", "fr": "Claire Dubois", "de": "Anna Becker"}
ENDS = {
    "en": [
        "Great news, {first}! I was able to secure {day} at {time} for you. See you soon. Bye.",
        "Okay {first}, we've scheduled your visit for {day} the {nth} at {time}. Bye now.",
        "Thank you for choosing Sunrise Dental, {first}. You're booked in for {day} at {time}.",
        "It's all booked in for {day} at {time}. We'll give you a call on {phone} if needed.",
        "You are confirmed. {day} at {time}. Name: {name}. Phone: {phone}. Goodbye.",
        "Done! {name}, {day} {time}, {phone}. Goodbye.",
        "We look forward to seeing you on {day} at {time}, {first}. Goodbye.",
        "We've got you in on {day} at {time}. Take care, {first}.",
        "I've added your appointment to our calendar: {day}, {date} at {time}. Goodbye.",
        "Your appointment is now in our system for {day} at {time}. Goodbye.",
        "Sounds good, {first}, I'll see you {day} at {time}. Goodbye.",
        "Your appointment is on {day} at {time}. Goodbye.",
        "Okay, {day} at {time} it is. You're booked. Goodbye.",
        "Thanks, {first}, you're on the schedule for {day} at {time}. Goodbye.",
        "Appointment confirmed for {name}: {day} at {time}. Call us at 555-0100.",
    ],
    "es": [
        "Su reserva está hecha: {name}, {day} a las {time}. Adiós.",
        "He anotado su cita para el {day} a las {time} a nombre de {name}. Adiós.",
        "Ya quedó su cita, {first}: {day} a las {time}. Adiós.",
        "Confirmado: {day}, {time}, teléfono {phone}. Adiós.",
        "Su cita está programada para el {day} {date} a las {time}. Recibirá un SMS en el {phone}.",
        "Todo listo, {first}. Le vemos el {day} a las {time}. Adiós.",
    ],
    "fr": [
        "Parfait {first}, votre rendez-vous est bien enregistré pour le {day} {date} à {time}.",
        "Très bien, je vous attends {day} à {time}. Bonne journée, {first}.",
        "Je vous confirme votre rendez-vous {day} à {time}. Au revoir.",
        "Rendez-vous pris pour {name}, {day} à {time}. Au revoir.",
        "Votre rendez-vous est fixé au {day} à {time}. Un SMS vous sera envoyé au {phone}.",
        "C'est bon pour {day} à {time}. Au revoir.",
        "Vous êtes inscrite pour {day} à {time}. Au revoir.",
        "Votre rendez-vous est {day} à {time}. À bientôt, {first}.",
        "J'ai bloqué le créneau de {day} à {time} pour vous. Au revoir.",
        "Nous vous attendons {day} {date} à {time}. Au revoir.",
    ],
    "de": [
        "Ich habe Ihnen den Termin am {day} um {time} eingetragen. Auf Wiederhören.",
        "Sie haben am {day} um {time} einen Termin. Auf Wiederhören.",
        "Wir freuen uns, Sie am {day} um {time} zu sehen. Auf Wiederhören.",
        "Ihr Termin: {day}, {date}, {time}. Auf Wiederhören.",
        "Der Termin wurde für {day} um {time} vereinbart. Auf Wiederhören.",
        "Super, {first}, ich habe Sie für {day} um {time} eingeplant. Tschüss.",
    ],
}
BESIDE = {
    "en": [
        "We're open Monday to Friday, 9 to 5, and Saturday morning.",
        "The Thursday slot at 2 PM is no longer free.",
        "Our address is 12 Grace Street, Austin.",
        "Dr. Grace Miller will see you.",
        "My colleague Bob will call you on Thursday afternoon.",
        "We'll send a text to confirm on Thursday evening.",
        "Text us at 415-555-0199 to cancel.",
        "If you need to change it, send a text to 415-555-0199.",
        "Questions go to 415-555-0199.",
        "Today is Wednesday, March 4th.",
        "It will take one hour.",
        "Have a great weekend, and say hi to Bob.",
        "This call was handled by Ava.",
    ],
    "es": [
        "Estamos en la calle Gracia 12.",
        "Con la doctora María López.",
        "Si necesita cambiarla, envíe un mensaje al 415 555 0199.",
        "Nos llama al 415 555 0199 si tiene dudas.",
    ],
    "fr": [
        "Avec le docteur Claire Martin.",
        "Nous sommes ouverts du lundi au vendredi, le matin.",
        "Pour annuler, envoyez un SMS au 01 99 88 77 66.",
        "Rappelez-nous au 01 99 88 77 66 si besoin.",
    ],
    "de": [
        "Wir haben Montag bis Freitag vormittags geöffnet.",
        "Schicken Sie uns bei Fragen eine SMS an 030 9988776.",
        "Sie können uns unter 030 9988776 erreichen.",
    ],
}
BOOKED = {
    "en": "You're booked for Friday at 11 AM. {} Goodbye.",
    "es": "Su cita está confirmada para el viernes a las 11. {} Adiós.",
    "fr": "Votre rendez-vous est confirmé pour vendredi à 11 heures. {} Au revoir.",
    "de": "Ihr Termin ist am Freitag um 11 Uhr gebucht. {} Auf Wiederhören.",
}
ALL = [(code, end) for code, ends in ENDS.items() for end in ends]
SLOTS = ("name", "first", "phone", "day", "time")
Ended = Callable[..., Opinion]


@pytest.fixture
def ended(calm: Persona, booking: Scenario, caller_of: Callable[..., GoalCaller]) -> Ended:
    """The opinion of a caller that wants to come on Friday, March 6th, at 11 am."""

    def make(code: str, end: str, wrong: str = "") -> Opinion:
        caller = caller_of(calm.model_copy(update={"languages": (code,)}), booking)
        when = {"on": date(2026, 3, 6), "time": "11 am"}
        caller._facts = replace(caller.facts, name=NAMES[code], **when)
        listening = Listening(speech=True, dtmf=False, timeout_s=5.0, language=code)
        for prompt in ASKS[code].split("|"):
            caller.hear(Prompt(prompt, 2.0, code, listening=listening))
        name, other = NAMES[code], WRONG[code] | ANYONE
        told = {"name": name, "first": name.split()[0], "phone": caller.facts.phone}
        swapped = (wrong, "date", "nth") if wrong == "day" else (wrong,)
        filled = RIGHT[code] | told | {slot: other[slot] for slot in swapped if slot in other}
        caller.hear(Prompt(end.format(**filled), 2.0, code))
        return caller.opinion()

    return make


@pytest.mark.parametrize(("code", "end"), ALL)
def test_as_it_should_be(code: str, end: str, ended: Ended) -> None:
    opinion = ended(code, end)
    assert (opinion.judgement, opinion.findings) == (Judgement.REACHED, ())


@pytest.mark.parametrize(
    ("code", "end", "wrong"),
    [(*one, slot) for one in ALL for slot in SLOTS if f"{{{slot}}}" in one[1]],
)
def test_with_one_thing_wrong(code: str, end: str, wrong: str, ended: Ended) -> None:
    opinion = ended(code, end, wrong)
    assert opinion.judgement is Judgement.WRONG
    assert [finding.code for finding in opinion.findings] == ["readback-wrong"]


@pytest.mark.parametrize(
    ("code", "beside"), [(code, text) for code, texts in BESIDE.items() for text in texts]
)
def test_what_is_said_beside_it_is_not_held_against_it(
    code: str, beside: str, ended: Ended
) -> None:
    opinion = ended(code, BOOKED[code].format(beside))
    assert (opinion.judgement, opinion.findings) == (Judgement.REACHED, ())
