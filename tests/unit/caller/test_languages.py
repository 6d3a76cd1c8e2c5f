"""What callers make of Spanish, French and German, and how they say things."""

from collections.abc import Callable
from random import Random

import pytest

from voicesim.call.talk import Listening, Prompt
from voicesim.caller.asking import Want
from voicesim.caller.checking import stated
from voicesim.caller.confusions import substitute
from voicesim.caller.dialogue import GoalCaller
from voicesim.caller.facts import TIMES, spoken_number
from voicesim.caller.languages import OTHERS, answered_in, in_english, said_in
from voicesim.caller.models import Accent, NumberStyle, Persona, Scenario
from voicesim.caller.names import names_of
from voicesim.caller.phrases import SAYINGS
from voicesim.caller.understanding import understand
from voicesim.caller.words import DAYS, find_numbers

FRENCH = Listening(speech=True, dtmf=False, timeout_s=5.0, language="fr-FR")
UNTOLD = Listening(speech=True, dtmf=False, timeout_s=5.0)
HELP, NAME, PHONE, DAY, TIME = Want.HELP, Want.NAME, Want.PHONE, Want.DAY, Want.TIME
CONFIRM, CHANGE, MORE, REASON, MENU = Want.CONFIRM, Want.CHANGE, Want.MORE, Want.REASON, Want.MENU


@pytest.mark.parametrize(
    ("code", "prompt", "wants"),
    [
        ("fr", "Bonjour, cabinet du docteur Martin. Que puis-je faire pour vous ?", [HELP]),
        ("fr", "Comment vous appelez-vous ?", [NAME]),
        ("fr", "Puis-je avoir votre nom complet ?", [NAME]),
        ("fr", "À quel numéro peut-on vous joindre ?", [PHONE]),
        ("fr", "Pour quel jour souhaitez-vous le rendez-vous ?", [DAY]),
        ("fr", "Quand souhaitez-vous venir ?", [DAY, TIME]),
        ("fr", "Préférez-vous mardi ou jeudi ?", [DAY]),
        ("fr", "À quelle heure vous conviendrait-il ?", [TIME]),
        ("fr", "Mardi à 15 heures, cela vous convient-il ?", [CONFIRM]),
        ("fr", "C'est bien ça ?", [CONFIRM]),
        ("fr", "Quel est le motif de votre visite ?", [REASON]),
        ("fr", "Puis-je faire autre chose pour vous ?", [MORE]),
        ("es", "Clínica Sol, buenos días. ¿En qué le puedo ayudar?", [HELP]),
        ("es", "¿Cómo se llama?", [NAME]),
        ("es", "¿Me puede dar su nombre completo, por favor?", [NAME]),
        ("es", "¿A qué número podemos llamarle?", [PHONE]),
        ("es", "¿Para qué día quiere la cita?", [DAY]),
        ("es", "¿Prefiere el martes o el jueves?", [DAY]),
        ("es", "¿A qué hora le viene bien?", [TIME]),
        ("es", "El martes a las 3 de la tarde, ¿le parece bien?", [CONFIRM]),
        ("es", "¿Todo correcto?", [CONFIRM]),
        ("es", "¿Cuál es el motivo de su visita?", [REASON]),
        ("es", "¿Necesita algo más?", [MORE]),
        ("de", "Praxis Sonnenschein, guten Tag. Was kann ich für Sie tun?", [HELP]),
        ("de", "Wie heißen Sie?", [NAME]),
        ("de", "Wie lautet Ihr vollständiger Name?", [NAME]),
        ("de", "Unter welcher Nummer können wir Sie erreichen?", [PHONE]),
        ("de", "Für welchen Tag möchten Sie den Termin?", [DAY]),
        ("de", "Möchten Sie am Dienstag oder am Donnerstag kommen?", [DAY]),
        ("de", "Um wie viel Uhr möchten Sie kommen?", [TIME]),
        ("de", "Dienstag um 15 Uhr, passt Ihnen das?", [CONFIRM]),
        ("de", "Stimmt das so?", [CONFIRM]),
        ("de", "Was ist der Grund Ihres Besuchs?", [REASON]),
        ("de", "Kann ich sonst noch etwas für Sie tun?", [MORE]),
        ("de", "Wie kann ich Ihnen weiterhelfen?", [HELP]),
        ("de", "Wer spricht da?", [NAME]),
        ("de", "Wann passt es Ihnen?", [DAY, TIME]),
        ("fr", "Un numéro où vous joindre ?", [PHONE]),
        ("es", "¿Con quién tengo el gusto?", [NAME]),
        ("es", "¿Qué horario prefiere?", [TIME]),
        ("es", "¿Me facilita su móvil?", [PHONE]),
        ("en", "When were you hoping to come in?", [DAY, TIME]),
        ("en", "What's a good time?", [TIME]),
        ("en", "Who's the appointment for?", [NAME]),
        ("en", "What number are you calling from?", [PHONE]),
        ("en", "What's the appointment for?", [REASON]),
    ],
)
def test_what_an_agent_wants(code: str, prompt: str, wants: list[Want]) -> None:
    understood = understand(prompt, code)
    assert list(understood.wants) == wants, understood.english


@pytest.mark.parametrize(
    ("code", "prompt", "confirmed", "denied"),
    [
        ("fr", "Votre rendez-vous est bien pris pour mardi à 15 heures.", True, False),
        ("fr", "C'est noté. Au revoir.", True, False),
        ("fr", "Désolé, ce jour n'est pas disponible.", False, True),
        ("fr", "Désolé, je n'ai pas pu vous aider.", False, True),
        ("es", "Su cita ha quedado reservada para el martes a las 3 de la tarde.", True, False),
        ("es", "Su cita ha sido cancelada.", False, True),
        ("de", "Ihr Termin ist für Dienstag um 15 Uhr gebucht.", True, False),
        ("de", "Ihr Termin wurde auf Dienstag verschoben.", True, False),
        ("de", "Der Tag ist leider ausgebucht.", False, True),
        ("es", "No se pudo registrar su cita.", False, True),
        ("es", "No se ha podido guardar la cita.", False, True),
        ("es", "La reserva ha fallado.", False, True),
        ("es", "Esa hora ya está ocupada.", False, True),
        ("fr", "Votre réservation a échoué.", False, True),
        ("fr", "Votre rendez-vous n'a pas pu être enregistré.", False, True),
        ("fr", "Ce créneau vient d'être pris.", False, True),
        ("fr", "J'ai annulé votre rendez-vous.", False, True),
        ("de", "Die Buchung ist fehlgeschlagen.", False, True),
        ("de", "Der Termin ist inzwischen vergeben.", False, True),
        ("de", "Das hat leider nicht geklappt.", False, True),
        ("de", "Ich habe Ihren Termin storniert.", False, True),
        ("es", "Le esperamos el martes a las 3 de la tarde.", True, False),
        ("es", "Queda usted citado el martes.", True, False),
        ("es", "Su cita ha sido registrada.", True, False),
        ("es", "Ya está reservado.", True, False),
        ("fr", "Je vous ai noté pour mardi à 15 heures.", True, False),
        ("fr", "Vous avez rendez-vous mardi à 15 heures.", True, False),
        ("fr", "Rendez-vous confirmé mardi à 15h.", True, False),
        ("de", "Ich habe Sie für Dienstag um 15 Uhr eingetragen.", True, False),
        ("de", "Sie haben einen Termin am Dienstag um 15 Uhr.", True, False),
        ("de", "Dienstag um 15 Uhr ist fest gebucht.", True, False),
        ("de", "Wir freuen uns auf Sie am Dienstag um 15 Uhr.", True, False),
        ("de", "Ich habe Sie leider nicht eingetragen.", False, True),
    ],
)
def test_what_is_said_of_the_goal(code: str, prompt: str, confirmed: bool, denied: bool) -> None:
    said = understand(prompt, code).said
    assert (said.confirmed, said.denied) == (confirmed, denied), in_english(prompt, code)


@pytest.mark.parametrize(
    ("code", "prompt", "options"),
    [
        ("fr", "Pour prendre rendez-vous, tapez 1. Pour le support, tapez 2.", ["1", "2"]),
        ("es", "Para reservar una cita, pulse 1. Para ventas, oprima el dos.", ["1", "2"]),
        ("fr", "Pour les ventes, appuyez sur le 1, ou pour l'accueil, tapez le 2.", ["1", "2"]),
        ("de", "Für Termine drücken Sie die 1, für den Verkauf drücken Sie die 2.", ["1", "2"]),
    ],
)
def test_a_menu(code: str, prompt: str, options: list[str]) -> None:
    assert [key for key, _ in understand(prompt, code).options] == options


@pytest.mark.parametrize("code", OTHERS)
def test_what_it_says_of_day_and_time_it_would_understand(code: str) -> None:
    for day in DAYS:
        assert in_english(said_in(code, "day", day), code) == day
    for time in (*TIMES, "3:30 pm", "12 pm"):
        meant = stated("time", in_english(f"{said_in(code, 'time', time)}.", code), time, "")
        assert meant == time


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("style", [NumberStyle.WORDS, NumberStyle.DOUBLES])
def test_a_number_in_words(code: str, style: NumberStyle) -> None:
    english = spoken_number("+33639981144", "FR", style)
    said = said_in(code, "phone", english)
    assert said != english
    assert "".join(find_numbers(in_english(said, code))) == "33639981144"


@pytest.mark.parametrize("code", OTHERS)
def test_each_language_has_all_that_english_has(code: str) -> None:
    own, english = SAYINGS[code], SAYINGS["en"]
    for table in ("answers", "goals", "corrections", "clauses", "is_it_done", "no_goal"):
        assert set(getattr(own, table)) == set(getattr(english, table)), table
        for key, ways in getattr(english, table).items():
            gaps = [text.count("{") for text in (ways if isinstance(ways, tuple) else (ways,))]
            mine = getattr(own, table)[key]
            assert [t.count("{") for t in (mine if isinstance(mine, tuple) else (mine,))] == gaps


@pytest.mark.parametrize(("code", "locale"), [("fr", "fr_FR"), ("es", "es_MX"), ("de", "de_DE")])
def test_no_name_is_put_in_english(code: str, locale: str) -> None:
    names = {names_of(locale).name(index * 32, 7) for index in range(3000)}
    assert {name for name in names if in_english(name, code) != name} == set()


@pytest.mark.parametrize(
    ("text", "tag", "listening", "before", "expected"),
    [
        ("Quel est votre nom, s'il vous plaît ?", "fr-FR", FRENCH, "", "fr"),
        ("Quel est votre nom, s'il vous plaît ?", "en-US", UNTOLD, "", "fr"),
        ("What is your name, please?", "en-US", UNTOLD, "", "en"),
        ("What is your name, please?", "en-US", UNTOLD, "fr", "en"),
        ("Nom ?", "en-US", UNTOLD, "fr", "fr"),
        ("Nom ?", "en-US", FRENCH, "", "fr"),
        ("Name?", "en-GB", UNTOLD, "", "en"),
        ("", "en-US", None, "", "en"),
        ("Wie ist Ihr Name?", "de-DE", UNTOLD, "", "fr"),
    ],
)
def test_it_answers_in_the_language_that_it_is_spoken_to_in(
    text: str, tag: str, listening: Listening | None, before: str, expected: str
) -> None:
    prompt = Prompt(text, 1.0, tag, listening=listening)
    assert answered_in(prompt, ("fr", "en"), before) == expected
    assert answered_in(prompt, ("en",), before) == "en"


def test_a_recogniser_that_listens_for_another_language_hardly_understands(
    calm: Persona, booking: Scenario, caller_of: Callable[..., GoalCaller]
) -> None:
    french = calm.model_copy(update={"languages": ("fr", "en")})
    told = {FRENCH: [True] * 8, UNTOLD: [False] * 8}
    for listening, right in told.items():
        speeches = [
            caller_of(french, booking, index)
            .hear(Prompt("Comment puis-je vous aider ?", 2.0, "fr-FR", listening=listening))
            .speech
            for index in range(8)
        ]
        assert [s is not None and s.reported == s.meant for s in speeches] == right
        sure = [s.confidence for s in speeches if s and s.confidence is not None]
        assert (sum(sure) / len(sure) > 0.6) == right[0]


def test_two_and_three_are_confused_in_german_and_the_accent_is_gone() -> None:
    assert substitute("zwei", Accent.GERMAN, Random(1), "de") == "drei"
    heard = {substitute("Jana", Accent.GERMAN, Random(seed), "de") for seed in range(40)}
    assert "Chana" not in heard
    assert "Chana" in {substitute("Jana", Accent.GERMAN, Random(seed)) for seed in range(40)}
