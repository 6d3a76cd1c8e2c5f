"""Times and numbers in words, as agents in other languages say them, are heard as what they are."""

from datetime import date

import pytest

from voicesim.base.draws import Draws
from voicesim.call.talk import Listening, Prompt
from voicesim.caller.checking import same
from voicesim.caller.crosstalk import CrossTalk, said_in
from voicesim.caller.languages import in_english
from voicesim.caller.languages.de import GERMAN
from voicesim.caller.making import make_caller
from voicesim.caller.words import find_numbers, find_times
from voicesim.config.callers import Catalogue

TIMES = [
    ("de", "am Dienstag um halb drei", "2:30 pm"),
    ("de", "am Dienstag um 14 Uhr 30", "2:30 pm"),
    ("de", "am Dienstag um 14:30 Uhr", "2:30 pm"),
    ("de", "am Dienstag um 15:00 Uhr", "3 pm"),
    ("de", "am Dienstag um 15.00 Uhr", "3 pm"),
    ("de", "am Dienstag um 15.30 Uhr", "3:30 pm"),
    ("de", "am Dienstag um 09:00 Uhr", "9 am"),
    ("de", "am Dienstag, 3.3., um 15 Uhr.", "3 pm"),
    ("de", "am Dienstag um ein Uhr mittags", "1 pm"),
    ("de", "am Dienstag um 12 Uhr mittags", "12 pm"),
    ("de", "am Dienstag um vierzehn Uhr dreißig", "2:30 pm"),
    ("de", "am Dienstag um vierzehn Uhr fünf", "2:05 pm"),
    ("de", "am Dienstag um drei Uhr nachmittags", "3 pm"),
    ("de", "am Dienstag um 3 Uhr", "3 pm"),
    ("de", "am Dienstagnachmittag um 3", "3 pm"),
    ("de", "am Dienstag um neun Uhr morgens", "9 am"),
    ("de", "am Dienstag um 11 Uhr am Vormittag", "11 am"),
    ("de", "am Dienstag um Viertel nach drei", "3:15 pm"),
    ("de", "am Dienstag um Viertel vor drei", "2:45 pm"),
    ("de", "am Dienstag um dreiviertel drei", "2:45 pm"),
    ("de", "am Dienstag um zehn nach drei", "3:10 pm"),
    ("de", "am Dienstag um fünf vor halb drei", "2:25 pm"),
    ("de", "am Dienstag um halb eins", "12:30 pm"),
    ("fr", "mardi à quatorze heures trente", "2:30 pm"),
    ("fr", "mardi à 14h30", "2:30 pm"),
    ("fr", "mardi à 15h", "3 pm"),
    ("fr", "mardi à 15:00", "3 pm"),
    ("fr", "mardi à 15h00", "3 pm"),
    ("fr", "mardi à 15 h 30", "3:30 pm"),
    ("fr", "mardi à deux heures et demie", "2:30 pm"),
    ("fr", "mardi à 15 heures et quart", "3:15 pm"),
    ("fr", "mardi à trois heures moins le quart", "2:45 pm"),
    ("fr", "mardi à 3 heures de l'après-midi", "3 pm"),
    ("fr", "mardi à trois heures", "3 pm"),
    ("fr", "mardi à neuf heures du matin", "9 am"),
    ("fr", "mardi à dix-sept heures vingt-cinq", "5:25 pm"),
    ("fr", "mardi à midi", "12 pm"),
    ("fr", "mardi à midi et demi", "12:30 pm"),
    ("es", "el martes a las tres y media de la tarde", "3:30 pm"),
    ("es", "el martes a las tres y cuarto", "3:15 pm"),
    ("es", "el martes a las tres menos cuarto de la tarde", "2:45 pm"),
    ("es", "el martes a las once de la mañana", "11 am"),
    ("es", "el martes a las quince horas", "3 pm"),
    ("es", "el martes a las 15:30", "3:30 pm"),
    ("es", "el martes a las 15:00 horas", "3 pm"),
    ("es", "el martes a las 3:00 de la tarde", "3 pm"),
    ("es", "el martes a las 3:00 p. m.", "3 pm"),
    ("es", "el martes a las quince y treinta", "3:30 pm"),
    ("es", "el martes a las doce del mediodía", "12 pm"),
    ("es", "el martes a la una de la tarde", "1 pm"),
    ("es", "el martes a las tres y veinte", "3:20 pm"),
    ("es", "el martes al mediodía", "12 pm"),
]


@pytest.mark.parametrize(("code", "text", "time"), TIMES)
def test_a_time_in_words(code: str, text: str, time: str) -> None:
    found = [one.spoken() for one in find_times(in_english(text, code))]
    assert [same("time", one, time) for one in found] == [True], in_english(text, code)


SURE = [
    ("de", "am Dienstag um 15 Uhr", "3 pm"),
    ("de", "am Dienstag um 9 Uhr", "9 am"),
    ("fr", "mardi à 9 heures", "9 am"),
    ("fr", "mardi à quinze heures", "3 pm"),
]


@pytest.mark.parametrize(("code", "text", "time"), SURE)
def test_the_half_of_the_day_is_known_where_it_is_said(code: str, text: str, time: str) -> None:
    (found,) = find_times(in_english(text, code))
    assert found.spoken() == time


HALVES = [
    ("es", "Su cita es el lunes a las 4:00 a.m.", "4 am"),
    ("es", "Su cita es a las 4:30 a. m. del lunes.", "4:30 am"),
    ("es", "Es a las 4 A.M. Gracias.", "4 am"),
    ("es", "a las 4:00 p. m.", "4 pm"),
    ("es", "a las 4 am", "4 am"),
    ("fr", "C'est à 4:00 p.m.", "4 pm"),
    ("de", "Um 4:00 a.m. am Montag.", "4 am"),
    ("de", "Am Montag um 4:00 P.M. Danke.", "4 pm"),
]


@pytest.mark.parametrize(("code", "text", "time"), HALVES)
def test_a_half_of_the_day_with_dots(code: str, text: str, time: str) -> None:
    assert [found.spoken() for found in find_times(in_english(text, code))] == [time]


NUMBERS = [
    ("de", "null eins fünf eins zwei drei vier fünf sechs sieben acht", "01512345678"),
    ("de", "null dreißig, dreiundzwanzig fünfzehn siebenundneunzig", "030231597"),
    ("fr", "zéro six trente-neuf quatre-vingt-dix-huit zéro un vingt-trois", "0639980123"),
    ("fr", "zéro un soixante-dix, quatre-vingts, soixante et onze, dix-sept", "0170807117"),
    ("es", "cinco cinco cinco, uno dos tres, cuarenta y cinco, sesenta y siete", "5551234567"),
]


@pytest.mark.parametrize(("code", "text", "digits"), NUMBERS)
def test_a_telephone_number_in_words(code: str, text: str, digits: str) -> None:
    assert find_numbers(in_english(f"XX: {text}.", code)) == (digits,), in_english(text, code)
    said = said_in(in_english(text, code))
    assert said is not None
    assert said.numbers == (digits,)


@pytest.mark.parametrize("scenario", ["quick_booking", "survey", "menu_sales", "numbers_only"])
def test_another_callers_number_is_heard_in_words(catalogue: Catalogue, scenario: str) -> None:
    persona = catalogue.personas["international_de"]
    others = CrossTalk()
    callers = []
    for index in (1, 2):
        draws = Draws(7, index)
        made = make_caller(persona, catalogue.scenarios[scenario], draws, date(2026, 3, 2), others)
        others.rang(index, persona.locale, made[1].party.country)
        callers.append(made[0])
    mine, other = callers
    digits = (GERMAN.numbers[int(digit)] for digit in other.facts.party.number if digit.isdigit())
    prompt = f"Ihre Nummer ist {' '.join(digits)}. Ist das richtig?"
    listening = Listening(speech=True, dtmf=False, timeout_s=5.0, language="de-DE")
    mine.hear(Prompt(prompt, 4.0, "de-DE", listening=listening))
    assert [finding.code for finding in mine.opinion().findings] == ["cross-talk"]
