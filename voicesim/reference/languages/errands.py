"""What the agent says and understands beside booking and moving, in each of its languages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Errands:
    """Sentences; ``asks_...`` have a wording for each attempt. ``glossary`` is added to the other.

    ``cancelled`` is filled with name, day and time.
    """

    to_cancel: str
    cancelled: str
    kept: str
    hours: str
    not_them: str
    no_problem: str
    called_back: str
    put_through: str
    nobody_free: str
    asks_cancel: tuple[str, ...]
    asks_more: tuple[str, ...]
    glossary: str = ""


ENGLISH = Errands(
    to_cancel="Certainly, I can cancel your appointment.",
    cancelled=(
        "Thank you, {name}. Your appointment on {day}, at {time}, has been cancelled. Goodbye."
    ),
    kept="All right, your appointment stays as it is. Thank you for calling. Goodbye.",
    hours="We are open from Monday to Friday, from 9 AM to 5 PM.",
    not_them="No, I am sorry, this is the appointment line.",
    no_problem="No problem at all. Goodbye.",
    called_back="Of course. A colleague will call you back within the hour. Goodbye.",
    put_through="Of course. I am putting you through to a colleague.",
    nobody_free="I am sorry, nobody is free now. A colleague will call you back. Goodbye.",
    asks_cancel=(
        "Shall I cancel it? Please say yes or no.",
        "Would you like me to cancel it? Please say yes or no. You may also press 1 or 2.",
    ),
    asks_more=(
        "Is there anything else I can do for you?",
        "Can I do anything else for you? You may also just hang up.",
    ),
)
SPANISH = Errands(
    to_cancel="Por supuesto, puedo cancelar su cita.",
    cancelled="Gracias, {name}. Su cita del {day}, a {time}, ha sido cancelada. Adiós.",
    kept="De acuerdo, su cita sigue como estaba. Gracias por llamar. Adiós.",
    hours="Estamos abiertos de lunes a viernes, de 9 de la mañana a 5 de la tarde.",
    not_them="No, lo siento, esta es la línea de citas.",
    no_problem="No pasa nada. Adiós.",
    called_back="Por supuesto. Un compañero le llamará en menos de una hora. Adiós.",
    put_through="Por supuesto. Le paso con un compañero.",
    nobody_free="Lo siento, ahora no hay nadie libre. Un compañero le llamará. Adiós.",
    asks_cancel=(
        "¿Quiere que la cancele? Por favor, diga sí o no.",
        "¿Desea que la cancele? Por favor, diga sí o no. También puede pulsar 1 o 2.",
    ),
    asks_more=(
        "¿Puedo ayudarle en algo más?",
        "¿Desea algo más? También puede simplemente colgar.",
    ),
    glossary="""
cancelar mi cita = cancel my appointment
cancelada = cancelled
su horario = your opening hours
horario = opening hours
están abiertos = are you open
hablar con = speak to
una persona = a person
persona = person
número equivocado = wrong number
equivocado = wrong number
es el cine = is this the
cine = cinema
""",
)
FRENCH = Errands(
    to_cancel="Bien sûr, je peux annuler votre rendez-vous.",
    cancelled="Merci, {name}. Votre rendez-vous du {day}, à {time}, a été annulé. Au revoir.",
    kept="D'accord, votre rendez-vous reste comme il est. Merci de votre appel. Au revoir.",
    hours="Nous sommes ouverts du lundi au vendredi, de 9 heures à 17 heures.",
    not_them="Non, désolée, c'est la ligne des rendez-vous.",
    no_problem="Ce n'est pas grave. Au revoir.",
    called_back="Bien sûr. Un collègue vous rappellera dans l'heure. Au revoir.",
    put_through="Bien sûr. Je vous passe un collègue.",
    nobody_free="Désolée, personne n'est libre. Un collègue vous rappellera. Au revoir.",
    asks_cancel=(
        "Dois-je l'annuler ? Dites oui ou non.",
        "Voulez-vous que je l'annule ? Dites oui ou non. Vous pouvez aussi taper 1 ou 2.",
    ),
    asks_more=(
        "Puis-je faire autre chose pour vous ?",
        "Désirez-vous autre chose ? Vous pouvez aussi simplement raccrocher.",
    ),
    glossary="""
annulé = cancelled
vos horaires = your opening hours
horaires = opening hours
êtes-vous ouverts = are you open
ouverts = open
parler à = speak to
parler = speak
quelqu'un = someone
une personne = a person
personne = person
trompé de numéro = wrong number
je me suis trompé = wrong number
trompé = wrong number
c'est bien le = is this the
cinéma = cinema
""",
)
GERMAN = Errands(
    to_cancel="Natürlich, ich kann Ihren Termin absagen.",
    cancelled="Danke, {name}. Ihr Termin am {day}, um {time}, wurde abgesagt. Auf Wiederhören.",
    kept="In Ordnung, Ihr Termin bleibt, wie er ist. Danke für Ihren Anruf. Auf Wiederhören.",
    hours="Wir haben von Montag bis Freitag von 9 Uhr bis 17 Uhr geöffnet.",
    not_them="Nein, tut mir leid, hier ist die Terminannahme.",
    no_problem="Kein Problem. Auf Wiederhören.",
    called_back="Natürlich. Ein Kollege ruft Sie innerhalb einer Stunde zurück. Auf Wiederhören.",
    put_through="Natürlich. Ich verbinde Sie mit einem Kollegen.",
    nobody_free="Tut mir leid, es ist niemand frei. Ein Kollege ruft Sie zurück. Auf Wiederhören.",
    asks_cancel=(
        "Soll ich ihn absagen? Bitte sagen Sie ja oder nein.",
        "Möchten Sie, dass ich ihn absage? Bitte sagen Sie ja oder nein. "
        "Sie können auch 1 oder 2 drücken.",
    ),
    asks_more=(
        "Kann ich sonst noch etwas für Sie tun?",
        "Haben Sie noch einen Wunsch? Sie können auch einfach auflegen.",
    ),
    glossary="""
abgesagt = cancelled
öffnungszeiten = opening hours
haben sie geöffnet = are you open
haben sie denn geöffnet = are you open
geöffnet = open
mit einem menschen = to a person
menschen = person
mensch = person
sprechen = speak
falsch verbunden = wrong number
verbunden = wrong number
ist da das = is this the
kino = cinema
""",
)
