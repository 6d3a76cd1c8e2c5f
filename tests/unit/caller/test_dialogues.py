"""Whole dialogues of agents of different styles, each as it should be and with one thing wrong."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from voicesim.call.talk import Judgement, Listening, Prompt
from voicesim.caller.dialogue import GoalCaller
from voicesim.caller.models import Persona, Scenario

Make = Callable[..., GoalCaller]
RIGHT = {
    "en": {"day": "Friday", "time": "11 AM", "hour": "eleven", "date": "March 6th"},
    "es": {"day": "viernes", "time": "11 de la mañana", "hour": "once", "date": "6 de marzo"},
    "fr": {"day": "vendredi", "time": "11 heures", "hour": "onze", "date": "6 mars"},
    "de": {"day": "Freitag", "time": "11 Uhr", "hour": "elf", "date": "6. März"},
}
WRONG = {
    "en": {"day": "Thursday", "time": "2 PM", "hour": "two", "date": "March 5th"},
    "es": {"day": "jueves", "time": "2 de la tarde", "hour": "dos", "date": "5 de marzo"},
    "fr": {"day": "jeudi", "time": "14 heures", "hour": "quatorze", "date": "5 mars"},
    "de": {"day": "Donnerstag", "time": "14 Uhr", "hour": "vierzehn", "date": "5. März"},
}
ANYONE = {"name": "Gladys Moore", "first": "Gladys", "phone": "415-555-0199"}
NAMES = {"en": "Anna Kim", "es": "Ana Pérez", "fr": "Claire Dubois", "de": "Anna Becker"}
BOOKINGS = {
    "terse": (
        "en",
        "Hi. Booking?|Name?|Phone?|Day?|Time?|{first}, {day}, {time}. Yes?",
        "Done. {day}, {time}. Text goes to {phone}. Bye.",
    ),
    "terser": (
        "en",
        "Sunny Dental, hi.|Who's it for?|Number?|Which day?|When on {day}?",
        "{day} {hour}, {name}. All set. Bye.",
    ),
    "chatty": (
        "en",
        "Hi there! Thanks so much for calling Bright Smile Dental. I'm Ava, your assistant. "
        "How can I help you today?|Absolutely! Could I get your full name to start?|Great to meet "
        "you, {first}! And what's the best number to reach you at?|Perfect. What day were you "
        "thinking of coming in?|Wonderful! And do you have a time in mind for {day}?|Awesome. So "
        "just to double check, I've got {name} coming in on {day}, {date}, at {time}, and we'd "
        "reach you at {phone}. Did I get everything right?",
        "Fantastic, you're all set, {first}! We'll see you on {day}, {date}, at {time}. Have a "
        "wonderful day!",
    ),
    "thankful": (
        "en",
        "Hello! What can I do for you?|Sure thing! May I have your name?|Thanks, {first}! What's a "
        "good callback number?|Lovely. What day works best for you?|And what time on {day}?",
        "Wonderful! Your appointment's all booked for {day} at {time}. I've sent a confirmation "
        "text to {phone}. Thanks for calling, {first}, and take care!",
    ),
    "formal": (
        "en",
        "Good morning. This is the office of Dr. Hughes. How may I be of assistance?|May I please "
        "have the name of the patient?|At which telephone number may we contact you?|Which day "
        "would be convenient?|And at what time on {day}?|To confirm: the appointment is for {name} "
        "on {day}, {date}, at {time}; the contact number is {phone}. Is this information correct?",
        "Thank you, {first}. The appointment has been entered for {day} at {time}. Good day.",
    ),
    "cordial": (
        "es",
        "¡Hola! ¿En qué le puedo ayudar?|¿Me dice su nombre completo, por favor?|Gracias, {first}. "
        "¿Y un número de teléfono donde localizarle?|¿Qué día le vendría bien?|¿Y a qué hora el "
        "{day}?|Muy bien, entonces le apunto para el {day} a las {time}, a nombre de {name}. ¿Todo "
        "correcto?",
        "Listo, {first}. Su cita es el {day} a las {time}. Le mandaremos un recordatorio al "
        "{phone}. ¡Hasta luego!",
    ),
    "breve": (
        "es",
        "Consultorio, dígame.|¿Nombre?|¿Teléfono?|¿Día?|¿Hora?|{day} a las {hour}, ¿sí?",
        "Ya está, {day} {date} a las {hour}. Le llamamos al {phone}. Adiós.",
    ),
    "aimable": (
        "fr",
        "Bonjour, que puis-je faire pour vous ?|Avec plaisir. C'est à quel nom ?|Merci {first}. Et "
        "un numéro où on peut vous joindre ?|Quel jour vous arrangerait ?|Et vers quelle heure "
        "{day} ?|Parfait, je récapitule : {name}, {day} à {time}, joignable au {phone}. C'est bien "
        "ça ?",
        "C'est noté, {first}, à {day} {time} ! Bonne journée.",
    ),
    "bref": (
        "fr",
        "Bonjour.|Votre nom ?|Votre téléphone ?|Le jour ?|L'heure ?",
        "Je vous ai mis le {day} {date} à {time}. Vous recevrez un SMS au {phone}. Au revoir.",
    ),
    "freundlich": (
        "de",
        "Guten Tag, Praxis Sonnenschein, Sie sprechen mit Lena. Was kann ich für Sie tun?|Auf "
        "welchen Namen darf ich den Termin eintragen?|Danke, {first}. Unter welcher Telefonnummer "
        "erreichen wir Sie am besten?|Welcher Tag würde Ihnen passen?|Und um wie viel Uhr am {day}?"
        "|Ich fasse zusammen: {name}, {day}, der {date}, um {time}, Telefon {phone}. Stimmt das?",
        "Wunderbar, dann bis {day} um {time}. Ich wünsche Ihnen einen schönen Tag!",
    ),
    "knapp": (
        "de",
        "Praxis Weber.|Ihr Name?|Telefon?|Tag?|Uhrzeit?|Also {day} {time}, ja?",
        "Gut, Sie stehen am {day} um {time} im Kalender. Tschüss.",
    ),
}
MOVES = {
    "from day to day": (
        "en",
        "How can I help you?|What is your name?|When is your current appointment?|What day and "
        "time would you like instead?",
        "Your appointment has been moved from Monday to {day} at {time}. Goodbye.",
    ),
    "instead": (
        "en",
        "Hi! How can I help?|Can I get your name?|When's your current appointment?|What day would "
        "you like to move it to?|What time on {day}?|So I'll move your appointment from Monday at "
        "9 AM to {day} at {time}. Does that work for you?",
        "All done, {first}! You're now down for {day} at {time} instead. See you then!",
    ),
    "verlegt": (
        "de",
        "Wie kann ich helfen?|Wie heißen Sie bitte?|Wann haben Sie momentan Ihren Termin?|Auf "
        "welchen Tag möchten Sie ihn verlegen?|Um wie viel Uhr?",
        "Ihr Termin wurde von Montag auf {day} um {time} verlegt. Auf Wiederhören.",
    ),
    "verschoben": (
        "de",
        "Wie kann ich helfen?|Ihr Name?|Wann ist Ihr jetziger Termin?|Auf welchen Tag?|Uhrzeit?",
        "Ich habe Ihren Termin auf {day} um {time} verschoben. Auf Wiederhören.",
    ),
    "reporté": (
        "fr",
        "Comment puis-je vous aider ?|Votre nom ?|Votre rendez-vous actuel est quel jour ?|Quel "
        "jour souhaitez-vous à la place ?|À quelle heure ?",
        "Votre rendez-vous est reporté au {day} à {time}. Au revoir.",
    ),
    "du au": (
        "fr",
        "Comment puis-je vous aider ?|Votre nom ?|Quand est votre rendez-vous ?|Quel jour ?|À "
        "quelle heure ?",
        "Votre rendez-vous a été déplacé du lundi au {day} à {time}. Au revoir.",
    ),
    "para cuándo": (
        "es",
        "¿En qué puedo ayudarle?|¿Su nombre?|¿Para cuándo tiene la cita?|¿A qué día quiere "
        "cambiarla?|¿A qué hora?",
        "Su cita queda para el {day} a las {time}. Hasta luego.",
    ),
    "del al": (
        "es",
        "¿En qué puedo ayudarle?|¿Su nombre?|¿Cuándo es su cita actual?|¿Qué día?|¿A qué hora?",
        "Su cita ha sido cambiada del lunes al {day} a las {time}. Adiós.",
    ),
}
ALL = {**BOOKINGS, **MOVES}


def _slots(text: str) -> list[str]:
    """What ``text`` states; a date goes with its day."""
    slots = ("name", "first", "phone", "day", "time", "hour")
    return [slot for slot in slots if f"{{{slot}}}" in text]


ENDS = [(label, slot) for label, (_, _, end) in ALL.items() for slot in _slots(end)]
READ_BACKS = [
    (label, slot)
    for label, (_, prompts, _) in ALL.items()
    for slot in _slots(prompts.split("|")[-1])
    if prompts.count("|") == 5  # what comes after the five questions
]


class Rung:
    """A dialogue under way."""

    def __init__(self, caller: GoalCaller, label: str) -> None:
        self.code, prompts, self.end = ALL[label]
        self.prompts = prompts.split("|")
        facts = replace(caller.facts, name=NAMES[self.code], on=date(2026, 3, 6), time="11 am")
        old_on = date(2026, 3, 9) if label in MOVES else None
        caller._facts = replace(facts, old_on=old_on, old_time="9 am" if old_on else "")
        self.caller = caller
        name = NAMES[self.code]
        told = {"name": name, "first": name.split()[0], "phone": caller.facts.phone}
        self.right = RIGHT[self.code] | told

    def says(self, text: str, wrong: str = "", *, listens: bool = True) -> str:
        """What the caller answers to ``text``, in which one slot is ``wrong``."""
        other = WRONG[self.code] | ANYONE
        swapped = (wrong, "date") if wrong == "day" else (wrong,)
        filled = self.right | {slot: other[slot] for slot in swapped if slot}
        listening = Listening(speech=True, dtmf=False, timeout_s=5.0, language=self.code)
        words = text.format(**filled)
        prompt = Prompt(words, 2.0, self.code, listening=listening if listens else None)
        speech = self.caller.hear(prompt).speech
        return speech.meant if speech else ""


@pytest.fixture
def rung(
    calm: Persona, booking: Scenario, moving: Scenario, caller_of: Make
) -> Callable[..., Rung]:
    def make(label: str) -> Rung:
        persona = calm.model_copy(update={"languages": (ALL[label][0],)})
        return Rung(caller_of(persona, moving if label in MOVES else booking), label)

    return make


@pytest.mark.parametrize("label", ALL)
def test_as_it_should_be(label: str, rung: Callable[..., Rung]) -> None:
    talk = rung(label)
    answers = [talk.says(text) for text in talk.prompts]
    assert not [answer for answer in answers if answer.startswith(("No", "Nein"))]
    talk.says(talk.end, listens=False)
    opinion = talk.caller.opinion()
    assert (opinion.judgement, opinion.findings) == (Judgement.REACHED, ())


@pytest.mark.parametrize(("label", "slot"), ENDS)
def test_something_else_is_confirmed(label: str, slot: str, rung: Callable[..., Rung]) -> None:
    talk = rung(label)
    for text in talk.prompts:
        talk.says(text)
    talk.says(talk.end, slot, listens=False)
    opinion = talk.caller.opinion()
    assert opinion.judgement is Judgement.WRONG
    assert [finding.code for finding in opinion.findings] == ["readback-wrong"]


@pytest.mark.parametrize(("label", "slot"), READ_BACKS)
def test_something_else_is_read_back(label: str, slot: str, rung: Callable[..., Rung]) -> None:
    talk = rung(label)
    for text in talk.prompts[:-1]:
        talk.says(text)
    assert talk.says(talk.prompts[-1], slot).startswith(("No", "Nein"))
