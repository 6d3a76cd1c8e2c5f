"""The agent in its other languages: whole calls, and what it makes of answers."""

from datetime import date
from string import Formatter
from typing import Any

import pytest

from voicesim.reference.languages import ENGLISH, LANGUAGES, in_english, language_of
from voicesim.reference.prompts import spoken_day, spoken_time
from voicesim.reference.states import State
from voicesim.reference.understanding import hear

TODAY = date(2026, 3, 2)  # a Monday
CALLS = {
    "fr": [
        ("Bonjour, je voudrais prendre rendez-vous, s'il vous plaît.", "Quel est votre nom"),
        (
            "Je m'appelle Chloé Dupont-Lefèvre.",
            "Merci, Chloé Dupont-Lefèvre. Quel est votre numéro",
        ),
        ("Mon numéro de téléphone est le +33 6 39 98 12 34.", "Quel jour souhaitez-vous"),
        ("Je voudrais venir mardi.", "À quelle heure"),
        ("À 15 heures, s'il vous plaît.", "le mardi 3 mars, à 15 heures. Est-ce correct ?"),
        ("Non, je voudrais venir mercredi.", "le mercredi 4 mars, à 15 heures."),
        ("Oui, c'est exact.", "est confirmé pour le mercredi 4 mars, à 15 heures. Au revoir."),
    ],
    "es": [
        ("Hola, quisiera reservar una cita, por favor.", "¿Cuál es su nombre"),
        ("Me llamo José Muñoz de la Torre.", "Gracias, José Muñoz de la Torre. ¿Cuál es su núm"),
        ("Mi número de teléfono es el +52 55 1234 5678.", "¿Qué día desea"),
        ("Quisiera venir el martes.", "¿A qué hora"),
        ("A las 3 de la tarde, por favor.", "el martes 3 de marzo, a las 3 de la tarde."),
        ("No, quisiera venir a la 1 de la tarde.", "a la 1 de la tarde. ¿Es correcto?"),
        ("Sí, es correcto.", "confirmada para el martes 3 de marzo, a la 1 de la tarde. Adiós."),
    ],
    "de": [
        ("Guten Tag, ich möchte bitte einen Termin buchen.", "Wie ist Ihr Name"),
        ("Mein Name ist Jürgen Groß.", "Danke, Jürgen Groß. Wie ist Ihre Telefonnummer?"),
        ("Meine Telefonnummer ist +49 30 23125 042.", "An welchem Tag"),
        ("Ich möchte am Dienstag kommen.", "Um welche Uhrzeit"),
        ("Um 15 Uhr, bitte.", "am Dienstag, den 3. März, um 15 Uhr. Ist das richtig?"),
        ("Nein, ich möchte um 9 Uhr kommen.", "um 9 Uhr. Ist das richtig?"),
        ("Ja, das ist richtig.", "bestätigt für Dienstag, den 3. März, um 9 Uhr. Auf Wiederhören."),
    ],
}
BOOKED = {
    "fr": ("Chloé Dupont-Lefèvre", "+33639981234", "2026-03-04", "15:00"),
    "es": ("José Muñoz de la Torre", "+525512345678", "2026-03-03", "13:00"),
    "de": ("Jürgen Groß", "+493023125042", "2026-03-03", "09:00"),
}


@pytest.mark.parametrize("code", CALLS)
def test_a_booking_with_a_correction(agent: Any, code: str) -> None:
    call = agent.call()
    call.query = f"?language={code}"
    call.ring()
    for said, answered in CALLS[code]:
        assert answered in call.say(said).said
        assert all(
            say.get("language") == LANGUAGES[code].tag for say in call.last.twiml.iter("Say")
        )
    assert call.last.hangs_up
    found = agent.get("/appointments")[0]
    assert (found["name"], found["phone"], found["date"], found["time"]) == BOOKED[code]


@pytest.mark.parametrize("code", CALLS)
def test_every_route_is_told_the_language(agent: Any, code: str) -> None:
    call = agent.call()
    call.query = f"?language={code}"
    twiml = call.ring().twiml
    gather, redirect = twiml.find("Gather"), twiml.find("Redirect")
    assert gather is not None
    assert gather.get("action") == f"/twilio/gather?language={code}"
    assert gather.get("language") == LANGUAGES[code].tag
    assert redirect is not None
    assert redirect.text == f"/twilio/noinput?language={code}"
    assert call.silence().said.startswith(LANGUAGES[code].texts.silence)


@pytest.mark.parametrize("query", ["", "?language=en", "?language=en-GB", "?language=xx"])
def test_without_a_known_language_it_speaks_english(agent: Any, query: str) -> None:
    call = agent.call()
    call.query = query
    assert 'action="/twilio/gather"' in call.ring().text
    assert call.last.said.startswith(ENGLISH.texts.greeting)


@pytest.mark.parametrize("code", CALLS)
def test_keys_do_in_any_language(agent: Any, code: str) -> None:
    call = agent.call()
    call.query = f"?language={code}"
    call.ring()
    for said, _ in CALLS[code][:2]:
        call.say(said)
    call.keys("5550104477")
    for said, _ in CALLS[code][3:5]:
        call.say(said)
    assert call.keys("1").hangs_up
    assert agent.get("/appointments")[0]["phone"] == "5550104477"


@pytest.mark.parametrize("code", CALLS)
def test_each_language_has_all_that_english_has(code: str) -> None:
    def gaps(text: str) -> set[str | None]:
        return {name for _, name, _, _ in Formatter().parse(text)}

    language = LANGUAGES[code]
    assert set(language.asks) == set(ENGLISH.asks)
    assert set(language.asks_to_move) == set(ENGLISH.asks_to_move)
    assert all(len(set(asks)) == len(asks) > 1 for asks in language.asks.values())
    for name, text in vars(ENGLISH.texts).items():
        assert gaps(getattr(language.texts, name)) == gaps(text), name
    assert (len(set(language.weekdays)), len(set(language.months))) == (7, 12)


@pytest.mark.parametrize("code", CALLS)
@pytest.mark.parametrize("hour", [8, 9, 12, 13, 15, 18])
@pytest.mark.parametrize("minute", ["00", "30"])
def test_it_understands_the_days_and_times_that_it_says(code: str, hour: int, minute: str) -> None:
    language, time = LANGUAGES[code], f"{hour:02}:{minute}"
    for day in (date(2026, 3, 3), date(2026, 4, 1), date(2026, 12, 31)):
        said = f"{spoken_day(day, language)}, {spoken_time(time, language)}"
        heard = hear(in_english(said, language), State.DAY, TODAY)
        assert (heard.day, heard.time) == (day, time), said


@pytest.mark.parametrize(
    ("code", "said", "field", "meant"),
    [
        ("fr", "Double quatre, zéro un, deux trois, cinq six, sept huit", "phone", "4401235678"),
        ("fr", "Plus trois trois, un, neuf neuf, un un, sept un", "phone", "+331991171"),
        ("fr", "Plus trois trois, six, trois neuf, un un", "phone", "+3363911"),
        ("fr", "une heure de l'après-midi", "time", "13:00"),
        ("fr", "Pas mardi, jeudi", "day", date(2026, 3, 5)),
        ("fr", "après-demain", "day", date(2026, 3, 4)),
        ("fr", "Euh, oui", "answer", True),
        ("fr", "Non, ce n'est pas correct", "answer", False),
        ("fr", "Pouvez-vous répéter, s'il vous plaît ?", "repeat", True),
        ("fr", "Je voudrais déplacer mon rendez-vous", "move", True),
        ("es", "cinco cinco, uno dos, tres cuatro, cinco seis", "phone", "55123456"),
        ("es", "a las tres y media de la tarde", "time", "15:30"),
        ("es", "a las 9 de la mañana", "time", "09:00"),
        ("es", "A ras 10 te la mañana", "day", None),
        ("es", "mañana", "day", date(2026, 3, 3)),
        ("es", "Así es", "answer", True),
        ("es", "No, está mal", "answer", False),
        ("es", "¿Puede repetir, por favor?", "repeat", True),
        ("es", "Quisiera cambiar mi cita", "move", True),
        ("de", "null drei null, zwei drei eins zwo fünf", "phone", "03023125"),
        ("de", "fünfzehn Uhr dreißig", "time", "15:30"),
        ("de", "am dritten März", "day", None),
        ("de", "übermorgen", "day", date(2026, 3, 4)),
        ("de", "Das stimmt", "answer", True),
        ("de", "Nein, das ist falsch", "answer", False),
        ("de", "Können Sie das bitte wiederholen?", "repeat", True),
        ("de", "Ich möchte meinen Termin verschieben", "move", True),
    ],
)
def test_what_it_makes_of_an_answer(code: str, said: str, field: str, meant: object) -> None:
    heard = hear(in_english(said, language_of(code)), State.CONFIRM, TODAY)
    assert getattr(heard, field) == meant


def test_a_name_that_is_also_a_month_is_a_name(agent: Any) -> None:
    call = agent.call()
    call.query = "?language=es"
    call.ring()
    call.say("Quisiera reservar una cita.")
    assert call.say("Me llamo Julio Bueno.").said.startswith("Gracias, Julio Bueno.")


def test_words_of_a_garbled_sentence_are_no_name(agent: Any) -> None:
    call = agent.call()
    call.query = "?language=fr"
    call.ring()
    assert "Take" not in call.say("prendre rendez-fou, s'il vous plaît.").said
    call.say("Je voudrais prendre rendez-vous.")
    assert call.say("D U P O N T, J E A N").said.startswith("Merci, Dupont Jean.")
