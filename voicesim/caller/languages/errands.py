"""What callers say who want no new appointment, in each language: sentences with gaps for facts."""

from collections.abc import Mapping
from dataclasses import dataclass

from voicesim.caller.languages.base import Ways
from voicesim.caller.models import Goal

_G = Goal


@dataclass(frozen=True)
class Errands:
    """``asks`` is what is asked once more when nothing was said of it, or first of a stranger.

    ``day``, ``time`` and ``when`` tell of the appointment that is to be cancelled. ``glossary`` is
    what agents say to such callers, in English terms.
    """

    goals: Mapping[Goal, Ways]
    asks: Mapping[Goal, str]
    no_goal: Mapping[Goal, str]
    thanks: str
    day: str
    time: str
    when: str
    glossary: str = ""


ERRANDS = {
    "en": Errands(
        goals={
            _G.CANCEL: (
                "I'd like to cancel my appointment.",
                "Hi, I'd like to cancel my appointment, please.",
                "Hello, good day to you, I'm afraid I have to cancel my appointment.",
            ),
            _G.HOURS: (
                "What are your opening hours?",
                "Hi, could you tell me your opening hours, please?",
                "Hello, good day to you, I only wanted to ask what your opening hours are.",
            ),
            _G.PERSON: (
                "I'd like to speak to a person.",
                "Hi, I'd like to speak to a person, please.",
                "Hello, good day to you, I would rather speak to a real person, if I may.",
            ),
            _G.WRONG_NUMBER: (
                "Sorry, wrong number.",
                "Oh, I'm sorry, I have the wrong number. Goodbye.",
                "Oh dear, I'm so sorry, I must have dialled the wrong number. Goodbye.",
            ),
        },
        asks={
            _G.CANCEL: "So is my appointment on {day} at {time} cancelled?",
            _G.HOURS: "So when are you open, please?",
            _G.PERSON: "So can I speak to a person?",
            _G.WRONG_NUMBER: "Hello, is this the Rialto cinema?",
        },
        no_goal={
            _G.CANCEL: "No, I'd like to cancel my appointment.",
            _G.HOURS: "No, I'd only like to know your opening hours.",
            _G.PERSON: "No, I'd like to speak to a person, please.",
            _G.WRONG_NUMBER: "No, I'm sorry, I have the wrong number.",
        },
        thanks="Thank you very much. Goodbye.",
        day="it is on {day}",
        time="it is at {time}",
        when="it is on {day} at {time}",
    ),
    "es": Errands(
        goals={
            _G.CANCEL: (
                "Quisiera cancelar mi cita.",
                "Hola, quisiera cancelar mi cita, por favor.",
                "Hola, buenos días, lo siento, tengo que cancelar mi cita.",
            ),
            _G.HOURS: (
                "¿Cuál es su horario?",
                "Hola, ¿me puede decir su horario, por favor?",
                "Hola, buenos días, solo quería preguntar cuál es su horario.",
            ),
            _G.PERSON: (
                "Quisiera hablar con una persona.",
                "Hola, quisiera hablar con una persona, por favor.",
                "Hola, buenos días, prefiero hablar con una persona, si es posible.",
            ),
            _G.WRONG_NUMBER: (
                "Perdón, número equivocado.",
                "Ay, perdón, tengo el número equivocado. Adiós.",
                "Ay, lo siento mucho, tengo el número equivocado. Adiós.",
            ),
        },
        asks={
            _G.CANCEL: "¿Entonces mi cita del {day} a las {time} queda cancelada?",
            _G.HOURS: "¿Entonces cuándo están abiertos?",
            _G.PERSON: "¿Entonces puedo hablar con una persona?",
            _G.WRONG_NUMBER: "Hola, ¿es el cine Rialto?",
        },
        no_goal={
            _G.CANCEL: "No, quisiera cancelar mi cita.",
            _G.HOURS: "No, solo quisiera saber su horario.",
            _G.PERSON: "No, quisiera hablar con una persona.",
            _G.WRONG_NUMBER: "No, perdón, tengo el número equivocado.",
        },
        thanks="Muchas gracias. Adiós.",
        day="es el {day}",
        time="es a las {time}",
        when="es el {day} a las {time}",
        glossary="""
estamos abiertos = we are open
abiertos = open
abrimos = we are open
cerramos = we close
un compañero = a colleague
una compañera = a colleague
le llamará = will call you back
le devolveremos la llamada = we will call you back
le paso con = i am putting you through to
le pongo con = i am putting you through to
no cuelgue = please hold
la cancele = i cancel it
quiere que la cancele = would you like me to cancel it
desea que la cancele = would you like me to cancel it
no hay nadie = nobody is there
""",
    ),
    "fr": Errands(
        goals={
            _G.CANCEL: (
                "Je voudrais annuler mon rendez-vous.",
                "Bonjour, je voudrais annuler mon rendez-vous, s'il vous plaît.",
                "Bonjour, excusez-moi, je dois annuler mon rendez-vous.",
            ),
            _G.HOURS: (
                "Quels sont vos horaires ?",
                "Bonjour, quels sont vos horaires, s'il vous plaît ?",
                "Bonjour, je voudrais seulement savoir quels sont vos horaires.",
            ),
            _G.PERSON: (
                "Je voudrais parler à quelqu'un.",
                "Bonjour, je voudrais parler à quelqu'un, s'il vous plaît.",
                "Bonjour, je voudrais bien parler à une personne, si c'est possible.",
            ),
            _G.WRONG_NUMBER: (
                "Pardon, je me suis trompé de numéro.",
                "Oh, excusez-moi, je me suis trompé de numéro. Au revoir.",
                "Oh, je suis vraiment désolé, je me suis trompé de numéro. Au revoir.",
            ),
        },
        asks={
            _G.CANCEL: "Alors, mon rendez-vous de {day} à {time} est annulé ?",
            _G.HOURS: "Alors, quand êtes-vous ouverts ?",
            _G.PERSON: "Alors, je peux parler à quelqu'un ?",
            _G.WRONG_NUMBER: "Bonjour, c'est bien le cinéma Rialto ?",
        },
        no_goal={
            _G.CANCEL: "Non, je voudrais annuler mon rendez-vous.",
            _G.HOURS: "Non, je voudrais seulement savoir vos horaires.",
            _G.PERSON: "Non, je voudrais parler à quelqu'un.",
            _G.WRONG_NUMBER: "Non, pardon, je me suis trompé de numéro.",
        },
        thanks="Merci beaucoup. Au revoir.",
        day="c'est {day}",
        time="c'est à {time}",
        when="c'est {day} à {time}",
        glossary="""
nous sommes ouverts = we are open
ouverts = open
ouvert = open
nous fermons = we close
un collègue = a colleague
une collègue = a colleague
vous rappellera = will call you back
quelqu'un vous rappellera = somebody will call you back
je vous passe = i am putting you through to
je vous mets en relation avec = i am putting you through to
ne quittez pas = please hold
restez en ligne = please stay on the line
dois-je l'annuler = shall i cancel it
voulez-vous que je l'annule = would you like me to cancel it
personne n'est libre = nobody is free
""",
    ),
    "de": Errands(
        goals={
            _G.CANCEL: (
                "Ich möchte meinen Termin absagen.",
                "Guten Tag, ich möchte bitte meinen Termin absagen.",
                "Guten Tag, also, ich muss leider meinen Termin absagen.",
            ),
            _G.HOURS: (
                "Wie sind Ihre Öffnungszeiten?",
                "Guten Tag, wie sind bitte Ihre Öffnungszeiten?",
                "Guten Tag, also, ich möchte nur wissen, wie Ihre Öffnungszeiten sind.",
            ),
            _G.PERSON: (
                "Ich möchte mit einem Menschen sprechen.",
                "Guten Tag, ich möchte bitte mit einem Menschen sprechen.",
                "Guten Tag, also, ich möchte lieber mit einem Menschen sprechen.",
            ),
            _G.WRONG_NUMBER: (
                "Entschuldigung, falsch verbunden.",
                "Oh, Entschuldigung, ich bin falsch verbunden. Auf Wiederhören.",
                "Oh, das tut mir leid, ich bin wohl falsch verbunden. Auf Wiederhören.",
            ),
        },
        asks={
            _G.CANCEL: "Ist mein Termin am {day} um {time} dann abgesagt?",
            _G.HOURS: "Wann haben Sie denn geöffnet?",
            _G.PERSON: "Kann ich mit einem Menschen sprechen?",
            _G.WRONG_NUMBER: "Guten Tag, ist da das Kino Rialto?",
        },
        no_goal={
            _G.CANCEL: "Nein, ich möchte meinen Termin absagen.",
            _G.HOURS: "Nein, ich möchte nur Ihre Öffnungszeiten wissen.",
            _G.PERSON: "Nein, ich möchte mit einem Menschen sprechen.",
            _G.WRONG_NUMBER: "Nein, Entschuldigung, ich bin falsch verbunden.",
        },
        thanks="Vielen Dank. Auf Wiederhören.",
        day="er ist am {day}",
        time="er ist um {time}",
        when="er ist am {day} um {time}",
        glossary="""
wir haben geöffnet = we are open
wir haben offen = we are open
wir schließen = we close
ein Kollege = a colleague
eine Kollegin = a colleague
ruft Sie zurück = will call you back
ich verbinde Sie mit = i am putting you through to
ich verbinde Sie = i am putting you through now
ich stelle Sie durch = i am putting you through now
bleiben Sie dran = please hold
bleiben Sie in der Leitung = please stay on the line
soll ich ihn absagen = shall i cancel it
dass ich ihn absage = me to cancel it
es ist niemand frei = nobody is free
niemand ist frei = nobody is free
""",
    ),
}
