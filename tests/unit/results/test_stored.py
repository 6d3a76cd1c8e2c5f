"""The forms in which an agent may store what it was told, and those that say something else."""

from dataclasses import replace
from datetime import date

import pytest

from tests.unit.results.test_lookup import called
from voicesim.call.talk import FieldValue
from voicesim.results.lookup import STORED_WRONG, compare
from voicesim.results.stored import readings

TODAY = date(2026, 11, 21)  # a Saturday


def codes(field: str, meant: str, kept: str, today: date | None = TODAY) -> list[str]:
    return [f.code for f in compare(called((field, meant, meant)), {field: kept}, today)]


@pytest.mark.parametrize(
    ("field", "meant", "kept"),
    [
        ("day", "Friday", "2026-11-27"),
        ("day", "Friday", "20261127"),
        ("day", "Friday", "2026-11-27T15:00:00Z"),
        ("day", "Tuesday", "24/11/2026"),
        ("day", "Tuesday", "11/24/2026"),
        ("day", "Tuesday", "24.11.26"),
        ("day", "Tuesday", "24.11."),
        ("day", "Friday", "1/1"),  # of the year to come
        ("day", "Thursday", "3/12/2026"),  # day first; month first it is another one
        ("day", "Thursday", "12/3/2026"),
        ("day", "Friday", "27 November 2026"),
        ("day", "Friday", "Mar 6, 2026"),  # no "martes"
        ("day", "Friday", "06-Mar-2026"),
        ("day", "Friday", "Nov 27th, 2026"),
        ("day", "Friday", "Freitag, 27. November 2026"),
        ("day", "Friday", "27 de noviembre de 2026"),
        ("day", "Friday", "vendredi 27 novembre"),
        ("day", "Friday", "Friday 03/04/2026"),  # 3 April; 4 March is a Wednesday
        ("day", "Friday", "27 November 3 pm"),
        ("day", "Friday", "27 November 15:00"),
        ("day", "Friday", "11/27/2026, 9:15:00 AM"),
        ("day", "Friday", "Fri Nov 27 2026 15:00:00 GMT+0000 (Coordinated Universal Time)"),
        ("day", "Friday", "2026-11-27T15:00:00 until 2026-11-27T15:30:00"),
        ("day", "Tuesday", "Tue"),
        ("day", "Tuesday", "TUES."),
        ("day", "Tuesday", "Dienstag"),
        ("day", "Tuesday", "mardi"),
        ("day", "Tuesday", "martes"),
        ("day", "Tuesday", "Di"),
        ("day", "Sunday", "di"),
        ("day", "Wednesday", "miércoles"),
        ("time", "3 pm", "1500"),
        ("time", "3 pm", "15h"),
        ("time", "3:30 pm", "15h30"),
        ("time", "3 pm", "15:00+00:00"),
        ("time", "3 pm", "15:00:00"),
        ("time", "3 pm", "15:00:00.000Z"),
        ("time", "3 pm", "2026-11-27T15:00:00-05:00"),
        ("time", "3 pm", "2026-11-27 15:00"),
        ("time", "3 pm", "15 Uhr"),
        ("time", "3 pm", "3 de la tarde"),
        ("time", "3 pm", "3:00 PM"),
        ("time", "3 pm", "03:00 p.m."),
        ("time", "3:30 pm", "3:30 p.m."),
        ("time", "3 pm", "3:00\u202fPM"),  # as JavaScript writes it
        ("time", "3 pm", "3:00\xa0p.\xa0m."),
        ("time", "3 pm", "3:00:00 PM"),
        ("time", "3 pm", "11/27/2026, 3:00:00 PM"),
        ("time", "3 pm", "2026-11-27 03:00 PM"),
        ("time", "3 pm", "3 Uhr"),
        ("time", "3 pm", "3 Uhr am Nachmittag"),
        ("time", "3 pm", "15 Uhr am Freitag"),
        ("time", "3 pm", "3 h de l'après-midi"),
        ("time", "3 pm", "03:00"),
        ("time", "9 am", "900"),
        ("time", "9 am", "0900"),
        ("time", "9 am", "9"),
        ("name", "Jürgen Müller", "Juergen Mueller"),
        ("name", "Søren Weiß", "Soren Weiss"),
        ("name", "Joerg Krueger", "Jörg Krüger"),
        ("phone", "+49 899 999 987 80", "089 999998780"),
        ("phone", "+49 899 999 987 80", "+49 (0)89 99999-8780"),
        ("phone", "+49 899 999 987 80", "0049 89/999 998 780"),
        ("phone", "plus four nine, eight nine nine, nine nine nine", "+49899999"),
        ("phone", "416-555-0142", "4165550142"),
        ("phone", "416-555-0142", "+1 (416) 555‑0142"),
        ("phone", "416-555-0142", "1.416.555.0142"),
        ("phone", "416-555-0142", "416-555-0142 ext. 12"),
        ("phone", "416-555-0142", "4165550142x7"),
        ("phone", "416-555-0142", "1 416 555 0142 2"),  # "two" was reported of what came next
        ("phone", "416-555-0142", "tel:+14165550142"),
        ("name", "Denise Johns", "Johns, Denise"),
        ("name", "Denise Johns", "DENISE JOHNS"),
        ("name", "Denise Mary Johns", "Denise Johns"),
        ("name", "Denise Johns", "uh Denise Johns"),
        ("name", "Denise Johns", "Ms. Johns"),
        ("name", "Denise Johns", "Denise Johns (new patient)"),  # a remark is none of the name
    ],
)
def test_the_same_in_another_form(field: str, meant: str, kept: str) -> None:
    assert codes(field, meant, kept) == []


@pytest.mark.parametrize(
    ("field", "meant", "kept"),
    [
        ("day", "Friday", "2026-11-26"),
        ("day", "Friday", "24/11/2026"),
        ("day", "Friday", "3/12/2026"),  # Thursday or Thursday: neither
        ("day", "Friday", "24.11."),
        ("day", "Friday", "2026-02-30"),
        ("day", "Friday", "Do"),
        ("day", "Friday", "Freitag, 26. November 2026"),
        ("day", "Wednesday", "Friday 03/04/2026"),
        ("day", "Thursday", "Freitag, 26. November 2026"),  # both cannot be
        ("day", "Tuesday", "27 November 3 pm"),  # nor is it the third
        ("day", "Wednesday", "2026-11-24 2026-11-25"),
        ("day", "Tuesday", "Mittwoch"),
        ("day", "Tuesday", "Dienstag oder Mittwoch"),
        ("day", "Tuesday", "m"),
        ("day", "Tuesday", "undefined"),
        ("time", "3 pm", "1600"),
        ("time", "3 pm", "0300"),
        ("time", "3 pm", "14h"),
        ("time", "3 pm", "03:00:00"),
        ("time", "3 pm", "2026-11-27T14:00:00Z"),
        ("time", "3 pm", "2500"),
        ("time", "3 pm", "3 am"),
        ("time", "3 pm", "3:00 AM"),
        ("time", "3 pm", "03:00 AM"),
        ("time", "2:30 pm", "2:30 a.m."),
        ("time", "3 pm", "3:00\u202fAM"),
        ("time", "3 pm", "3:00:00 AM"),
        ("time", "3 pm", "2026-11-27 03:00 AM"),
        ("time", "9 am", "9:00 PM"),
        ("time", "3 pm", "3 de la mañana"),
        ("time", "3 pm", "3:00 Uhr morgens"),
        ("time", "3 pm", "3 h du matin"),
        ("time", "3 pm", "4 de la tarde"),
        ("name", "Jürgen Müller", "Juergen Mahler"),
        ("phone", "+49 899 999 987 80", "089 999998781"),
        ("phone", "416-555-0142", "142"),
        ("phone", "416-555-0142", "0142"),
        ("phone", "416-555-0142", "x142"),
        ("phone", "416-555-0142", "room 142"),
        ("phone", "416-555-0142", "555-0142"),
        ("phone", "416-555-0142", "4165550142000"),
        ("phone", "416-555-0142", "+49 4165550142"),
        ("phone", "416-555-0142", "416-555-9999 or 416-555-0142"),
        ("name", "Denise Johns", "My name is Denise Johns and I would like to come on Monday"),
        ("name", "Denise Johns", "denise johns peter parker"),
        ("name", "Denise Johns", "Denise Johns Denise Johns"),
        ("name", "Denise Johns", "Mr. Peters"),
        ("name", "Denise Johns", "(new patient)"),
    ],
)
def test_something_else_in_whatever_form(field: str, meant: str, kept: str) -> None:
    assert codes(field, meant, kept) == [STORED_WRONG]


@pytest.mark.parametrize("heard", ["", "Denise Johns"])
def test_half_a_number_is_none_whether_it_was_read_back_or_not(heard: str) -> None:
    number = FieldValue("phone", "416-555-0142", "416-555-0142", heard and "416-555-0142")
    name = FieldValue("name", "Denise Johns", "Denise Johns", heard)
    record = replace(called(), fields=(number, name))
    kept = {"phone": "0142", "name": "Denise Johns of Monday at 3"}
    assert [f.code for f in compare(record, kept)] == [STORED_WRONG, STORED_WRONG]
    assert compare(record, {"phone": "4165550142", "name": "Denise Johns"}) == ()


@pytest.mark.parametrize(
    ("value", "kept", "found"),
    [
        # all that the agent was told
        (FieldValue("phone", "416-555-0142", "0142", ""), "0142", []),
        (FieldValue("phone", "416-555-0142", "416 555 01", ""), "41655501", []),
        (FieldValue("name", "Denise Johns", "Denise Denise Johns", ""), "Denise Denise Johns", []),
        # made of what was garbled
        (FieldValue("name", "Denise Johns", "the niece johns", ""), "De Neece Johns", []),
        (FieldValue("phone", "416-555-0142", "416 555 01", ""), "416-555-0199", []),
        # made of nothing that was said
        (FieldValue("phone", "416-555-0142", "416 555 01", ""), "0142", [STORED_WRONG]),
        (
            FieldValue("name", "Denise Johns", "the niece johns", ""),
            "my name is the niece johns on monday",
            [STORED_WRONG],
        ),
        # nobody told it, so that it may be from elsewhere
        (FieldValue("phone", "416-555-0142", "", ""), "142", []),
    ],
)
def test_of_what_was_garbled_the_agent_makes_the_best(
    value: FieldValue, kept: str, found: list[str]
) -> None:
    record = replace(called(), fields=(value,))
    assert [f.code for f in compare(record, {value.name: kept})] == found


def test_a_date_without_a_year_is_one_of_the_runs_own_time() -> None:
    assert readings("day", "24.11.", TODAY) == ("Tuesday",)
    assert readings("day", "24.11.", date(2025, 11, 21)) == ("Monday",)
    assert readings("day", "24.11.") == ("24.11.",)


def test_what_nobody_stores_is_not_read_for_long() -> None:
    assert readings("day", "Monday " * 10_000) == ("Monday " * 10_000,)
    assert len(readings("day", "1/2/26 " * 25)) <= 16
