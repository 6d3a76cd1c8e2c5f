"""The date of the weekday that a caller wants, and how it is said."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicesim.caller.dates import as_weekdays, at_odds, is_weeks_off, with_date
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
        ("I have you for November 27th at 3 pm.", "I have you for Friday, November 27th at 3 pm."),
        ("See you on November 27, 2026 at 3 pm.", "See you on Friday, November 27, 2026 at 3 pm."),
        ("Booked for the 27th of November at 3.", "Booked for Friday, the 27th of November at 3."),
        ("Booked for the 27th at 3 pm.", "Booked for Friday, the 27th at 3 pm."),
        ("Booked for the 2nd at 3 pm.", "Booked for Wednesday, the 2nd at 3 pm."),
        ("Booked for 2026-11-27 at 15:00.", "Booked for Friday, 2026-11-27 at 15:00."),
        (
            "Der Termin ist am 27. November um 15 Uhr.",
            "Der Termin ist am Friday, 27. November um 15 Uhr.",
        ),
        ("Le 1er décembre à 15 heures.", "Le Tuesday, 1er décembre à 15 heures."),
        (
            "Su cita es el 27 de noviembre de 2026.",
            "Su cita es el Friday, 27 de noviembre de 2026.",
        ),
        ("The twenty-seventh of November.", "Friday, The twenty-seventh of November."),
        ("On November second.", "On Monday, November second."),
        ("From Monday to November 27th.", "From Monday to November 27th, Friday."),
        ("November 27th, a Friday.", "November 27th, a Friday."),
        ("You may first wait.", "You may first wait."),
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
    assert as_weekdays("January 4th", date(2026, 12, 30)) == "Monday, January 4th"
    assert as_weekdays("January 4th", date(2026, 1, 7)) == "Sunday, January 4th"


@given(st.text(st.sampled_from("0123456789- thsNovember.,:"), max_size=60), st.dates())
def test_any_text_is_read(text: str, near: date) -> None:
    as_weekdays(text, near)
    at_odds(f"Friday, {text}", near)


def test_the_date_behind_a_weekday() -> None:
    assert with_date("Friday", "on Friday, March 6th at 3 pm") == "Friday, March 6th"
    assert with_date("Friday", "on Friday at 3 pm") == "Friday"


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("Friday, November 26th", True),
        ("Friday the 26th", True),
        ("Friday, November 27th", False),
        ("Friday, January 2nd", False),  # who knows of which calendar
        ("November 26th", False),
    ],
)
def test_a_weekday_with_the_date_of_another(text: str, odd: bool) -> None:
    assert at_odds(text, date(2026, 11, 27)) is odd


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("a week from Monday", True),
        ("on Friday in two weeks", True),
        ("next Friday", False),  # which one that is, people do not agree on
        ("on Friday next week", False),  # on a Sunday it is the next one
    ],
)
def test_a_weekday_of_a_later_week(text: str, later: bool) -> None:
    assert is_weeks_off(text) is later
