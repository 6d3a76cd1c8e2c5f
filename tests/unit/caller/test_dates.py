"""The date of the weekday that a caller wants, and how it is said."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicesim.caller.dates import as_weekdays
from voicesim.caller.facts import coming, spoken_date
from voicesim.caller.languages import said_in
from voicesim.caller.words import DAYS


@given(st.sampled_from(DAYS), st.dates(max_value=date(2999, 1, 1)))
def test_the_coming_weekday_is_within_a_week(day: str, today: date) -> None:
    found = coming(day, today)
    assert today < found <= today + timedelta(days=7)
    assert DAYS[found.weekday()] == day


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2026, 11, 27), "Friday, November 27th"),
        (date(2026, 12, 1), "Tuesday, December 1st"),
        (date(2026, 6, 2), "Tuesday, June 2nd"),
        (date(2026, 6, 3), "Wednesday, June 3rd"),
        (date(2026, 6, 11), "Thursday, June 11th"),
        (date(2026, 6, 12), "Friday, June 12th"),
        (date(2026, 6, 22), "Monday, June 22nd"),
        (date(2026, 7, 13), "Monday, July 13th"),
        (date(2026, 7, 31), "Friday, July 31st"),
    ],
)
def test_a_date_as_it_is_said(on: date, said: str) -> None:
    assert spoken_date(on) == said


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "Friday, November 27th"),
        ("es", "viernes 27 de noviembre"),
        ("fr", "vendredi 27 novembre"),
        ("de", "Freitag, den 27. November"),
    ],
)
def test_a_date_in_other_languages(code: str, said: str) -> None:
    assert said_in(code, "date", "Friday, November 27th") == said


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("I have you for November 27th at 3 pm.", "I have you for Friday at 3 pm."),
        ("See you on November 27, 2026 at 3 pm.", "See you on Friday at 3 pm."),
        ("Booked for the 27th of November at 3.", "Booked for Friday at 3."),
        ("Booked for the 27th at 3 pm.", "Booked for Friday at 3 pm."),
        ("Booked for the 2nd at 3 pm.", "Booked for Wednesday at 3 pm."),
        ("Booked for 2026-11-27 at 15:00.", "Booked for Friday at 15:00."),
        ("Der Termin ist am 27. November um 15 Uhr.", "Der Termin ist am Friday um 15 Uhr."),
        ("Le 1er décembre à 15 heures.", "Le Tuesday à 15 heures."),
        ("Su cita es el 27 de noviembre de 2026.", "Su cita es el Friday."),
        ("You may 2 pm.", "You may 2 pm."),
        ("Maybe on February 30th.", "Maybe on February 30th."),
        ("Friday, the 28th, it is.", "Friday, the 28th, it is."),
        ("We are on the 2nd floor.", "We are on the 2nd floor."),
        ("Room 2026-99-99.", "Room 2026-99-99."),
    ],
)
def test_a_date_stands_for_its_weekday(text: str, meant: str) -> None:
    assert as_weekdays(text, date(2026, 11, 25)) == meant


def test_a_date_without_a_year_is_the_nearest() -> None:
    assert as_weekdays("January 4th", date(2026, 12, 30)) == "Monday"
    assert as_weekdays("January 4th", date(2026, 1, 7)) == "Sunday"


@given(st.text(st.sampled_from("0123456789- thsNovember.,:"), max_size=60), st.dates())
def test_any_text_is_read(text: str, near: date) -> None:
    as_weekdays(text, near)
