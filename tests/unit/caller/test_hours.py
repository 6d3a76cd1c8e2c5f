"""What is heard of when somebody is there, in each language."""

import pytest

from voicesim.caller.errand_words import sentences_of
from voicesim.caller.hours import claims_hours, tells_hours
from voicesim.caller.languages import in_english
from voicesim.caller.understanding import understand

TOLD = {
    "en": (
        "We aren't open on weekends, but Monday to Friday 9 to 5.",
        "I can't tell you about holidays, but we are open 9 to 5.",
        "We're here weekdays from nine to five.",
        "You can visit us Monday through Friday, 8 to 6.",
        "Monday through Friday, 9 AM to 5 PM.",
        "Our hours? Nine to five.",
        "Our office is staffed from 8:30 until 17:00.",
        "By appointment only, but the phone lines are open nine to five.",
        "We are open for appointments from 9 to 5.",
        "We are closed on Sundays, otherwise it is nine to five.",
        "We are open at all hours.",
        "Hours of operation: 8 AM - 6 PM.",
    ),
    "es": (
        "De lunes a viernes, de nueve a seis.",
        "Atendemos de lunes a viernes de 8 a 5.",
        "De martes a sábado.",
        "Estamos las veinticuatro horas.",
        "Los sábados también abrimos, de diez a una.",
        "Abrimos a las nueve y cerramos a las seis.",
    ),
    "fr": (
        "Du lundi au vendredi, de neuf heures à dix-huit heures.",
        "Le cabinet ouvre à 8 heures et ferme à 19 heures.",
        "Nous vous accueillons tous les jours de huit heures à midi.",
        "Nos horaires sont de 9 heures à 17 heures.",
    ),
    "de": (
        "Von neun bis siebzehn Uhr.",
        "Wir sind Montag bis Freitag durchgehend für Sie da.",
        "Durchgehend von neun bis achtzehn Uhr.",
        "Wir haben werktags ab acht Uhr offen.",
        "Die Sprechstunde ist täglich von 8 bis 12 Uhr.",
        "Montags bis donnerstags ab halb neun, freitags bis mittags.",
        "Wir öffnen um neun und schließen um fünf. Kann ich sonst noch etwas für Sie tun?",
        "Wir haben rund um die Uhr geöffnet.",
        "Wir machen um acht Uhr auf und um siebzehn Uhr zu.",
        "Die Praxis ist unter der Woche bis 18 Uhr besetzt.",
        "Am Wochenende haben wir geschlossen, sonst von neun bis fünf geöffnet.",
    ),
}
UNTOLD = {
    "en": (
        "An appointment is open on Monday.",
        "I have an open slot on Monday at 3 PM.",
        "The next opening is on Tuesday at 10 AM.",
        "The doctor's schedule is open on Friday.",
        "I'm open on Monday.",
        "We are open. It is Tuesday.",
        "We are closed on Sundays.",
        "On Saturday and Sunday we are closed.",
        "I can offer you Monday to Friday.",
        "It takes two to three minutes.",
        "Please call again between nine and five.",
        "Office hours are by appointment only.",
        "We are not open on Mondays.",
        "We open a new store on Monday.",
        "I could not find the opening hours for Monday.",
    ),
    "es": ("El horario está en la web.", "Tengo una cita libre el lunes a las 9."),
    "fr": ("Nos horaires sont sur notre site.", "Nous sommes fermés le dimanche."),
    "de": ("Sprechzeiten nur nach Vereinbarung.", "Am Sonntag haben wir geschlossen."),
}
CLAIMED = {
    "en": ("Our opening hours are.", "Our hours are as usual.", "We're open from to."),
    "es": ("Nuestro horario es.", "Nuestros horarios son los siguientes."),
    "fr": ("Nos horaires sont les suivants.", "Nos horaires sont."),
    "de": ("Unsere Öffnungszeiten sind.", "Unsere Öffnungszeiten sind wie immer."),
}
"""The hours were to come, and did not."""
ELSEWHERE = {
    "en": (
        "Our hours are on our website.",
        "Our hours are posted on our site.",
        "Our hours are in the message that I have just sent you.",
        "Our opening hours are subject to change.",
        "Office hours are by appointment only.",
        "Yes, we are open.",
    ),
    "es": ("El horario está en la web.", "Nuestro horario está en nuestra página."),
    "fr": ("Nos horaires sont sur notre site.",),
    "de": ("Die Öffnungszeiten stehen auf unserer Webseite.",),
}


def _rows(said: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(code, text) for code, texts in said.items() for text in texts]


def _english(code: str, text: str) -> list[str]:
    return sentences_of(in_english(text, code))


@pytest.mark.parametrize(("code", "text"), _rows(TOLD))
def test_hours_that_are_told(code: str, text: str) -> None:
    said = _english(code, text)
    assert tells_hours(said), said
    assert not claims_hours(said)


@pytest.mark.parametrize(("code", "text"), _rows(UNTOLD))
def test_days_and_hours_of_something_else(code: str, text: str) -> None:
    said = _english(code, text)
    assert not tells_hours(said), said


@pytest.mark.parametrize(("code", "text"), _rows(CLAIMED))
def test_hours_that_were_to_come_and_did_not(code: str, text: str) -> None:
    assert claims_hours(_english(code, text))


@pytest.mark.parametrize(("code", "text"), _rows(ELSEWHERE))
def test_who_says_where_they_are_to_be_found_claims_none(code: str, text: str) -> None:
    said = _english(code, text)
    assert not claims_hours(said), said


def test_an_hour_at_the_end_of_a_sentence_is_no_ordinal() -> None:
    assert (
        understand("Wir schließen um fünf. Möchten Sie noch etwas?", "de").english.count(".") == 1
    )
    assert in_english("Am 5. Mai.", "de").startswith("On 5 ")
