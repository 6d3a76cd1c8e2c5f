"""A French practice that books: a key first, then speech, the number by keys, and a key again.

Its fault: it reads back, and books, the day after the one it was told.
"""

import re

from flask import Flask, Response, request
from twilio.twiml.voice_response import Gather, VoiceResponse

from tests.agents.answering import signed, twiml

MENU = (
    "Bonjour et bienvenue au cabinet médical des Tilleuls. Pour prendre un rendez-vous, tapez 1. "
    "Pour modifier ou annuler un rendez-vous, tapez 2. Pour parler au secrétariat, tapez 0."
)
NAME = "Très bien. C'est à quel nom ?"
DAY = "Merci. Quel jour vous conviendrait ? Nous sommes ouverts du lundi au vendredi."
TIME = "D'accord. Et vers quelle heure préférez-vous venir ?"
PHONE = "Il me reste à noter votre téléphone. Composez votre numéro, puis appuyez sur dièse."
SUM_UP = (
    "Je récapitule : un rendez-vous au nom de {name}, {day} à {hour} heures. "
    "Si c'est bien cela, tapez 1. Sinon, tapez 2."
)
BOOKED = (
    "C'est enregistré, votre rendez-vous est confirmé {day} à {hour} heures. "
    "Merci de votre appel et à bientôt. Au revoir."
)
DESK = "Ne quittez pas, je vous passe le secrétariat."
SORRY = "Excusez-moi, je n'ai pas bien compris."
DAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi"]
BEFORE_NAME = re.compile(r".*(?:m'appelle|nom est|c'est|suis|nom de)\s+", re.IGNORECASE)


def build(*, faulty: bool = False) -> Flask:
    app = signed(Flask(__name__))
    calls: dict[str, dict[str, str]] = {}

    def call() -> dict[str, str]:
        return calls.setdefault(request.form["CallSid"], {})

    def said() -> str:
        return request.form.get("SpeechResult", "").strip(" .")

    def listen(words: str, action: str, **keywords: str | int) -> Response:
        response = VoiceResponse()
        gather: Gather = response.gather(action=action, language="fr-FR", **keywords)
        gather.say(words, language="fr-FR", voice="Polly.Lea")
        response.redirect(action)
        return twiml(response)

    def hear(words: str, action: str, **keywords: str | int) -> Response:
        return listen(words, action, input="speech", speech_timeout="auto", **keywords)

    def sum_up() -> Response:
        told = call()
        return listen(SUM_UP.format(**told), "/accord", num_digits=1)

    @app.post("/voix")
    def voix() -> Response:
        return listen(MENU, "/menu", num_digits=1)

    @app.post("/menu")
    def menu() -> Response:
        key = request.form.get("Digits", "")
        if key in ("0", "2"):
            response = VoiceResponse()
            response.say(DESK, language="fr-FR")
            response.dial("+15005550021")
            return twiml(response)
        return (
            hear(NAME, "/nom") if key == "1" else listen(f"{SORRY} {MENU}", "/menu", num_digits=1)
        )

    @app.post("/nom")
    def name() -> Response:
        found = BEFORE_NAME.sub("", said())
        if not found:
            return hear(f"{SORRY} Pouvez-vous répéter votre nom ?", "/nom")
        call()["name"] = found
        return hear(DAY, "/jour", hints=", ".join(DAYS))

    @app.post("/jour")
    def day() -> Response:
        found = next((day for day in DAYS if day in said().lower()), None)
        if found is None:
            return hear(f"{SORRY} Quel jour souhaitez-vous ?", "/jour", hints=", ".join(DAYS))
        call()["day"] = DAYS[(DAYS.index(found) + 1) % 5] if faulty else found
        return hear(TIME, "/heure")

    @app.post("/heure")
    def hour() -> Response:
        found = re.search(r"\b(\d{1,2})(?: ?h\b| ?heures?\b|:00|$)", said())
        if found is None:
            return hear(f"{SORRY} À quelle heure, s'il vous plaît ?", "/heure")
        call()["hour"] = found[1]
        return listen(PHONE, "/telephone", finish_on_key="#", timeout=10)

    @app.post("/telephone")
    def phone() -> Response:
        if not request.form.get("Digits"):
            return listen(PHONE, "/telephone", finish_on_key="#", timeout=10)
        call()["phone"] = request.form["Digits"]
        return sum_up()

    @app.post("/accord")
    def agreed() -> Response:
        key = request.form.get("Digits", "")
        if key == "2":
            return hear(f"Reprenons depuis le début. {NAME}", "/nom")
        if key != "1":
            return sum_up()
        response = VoiceResponse()
        response.say(BOOKED.format(**call()), language="fr-FR", voice="Polly.Lea")
        response.hangup()
        return twiml(response)

    return app
