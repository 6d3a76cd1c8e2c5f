"""An agent's list of bookings: what is new in it, what is there twice, and whose it is."""

from typing import Any

import pytest

from tests.unit.results.test_lookup import called
from voicesim.results.bookings import Booking, Makers, finding, read, twice
from voicesim.results.lookup import Bookings

FIELDS = {"name": "who.name", "phone": "phone", "day": "day", "time": "time"}
WHERE = Bookings.model_validate(
    {"path": "/b", "items": "data.list", "id": "id", "call_sid": "sid", "fields": FIELDS}
)


def booking(id_: str, phone: str = "+12125550142", **other: str) -> Booking:
    shown = {"sid": "", "name": "Ann Lee", "day": "2026-11-24", "time": "15:00"} | other
    return Booking(id_, shown["sid"], (shown["name"], phone, shown["day"], shown["time"]))


def test_a_list_is_read_wherever_it_is() -> None:
    item = {"id": 7, "sid": "CA1", "who": {"name": "Ann"}, "day": "Tuesday", "time": "3 pm"}
    assert read(WHERE, {"data": {"list": [item]}}) == [
        Booking("7", "CA1", ("Ann", "", "Tuesday", "3 pm"))
    ]


@pytest.mark.parametrize(
    "tree",
    [None, [], {"data": []}, {"data": {"list": {}}}, {"data": {"list": [{"id": None}]}}],
)
def test_what_is_no_list_of_bookings_is_said(tree: Any) -> None:
    with pytest.raises(ValueError, match="no "):
        read(WHERE, tree)


def test_the_same_person_twice_for_the_same_time() -> None:
    same = [booking("1"), booking("2", phone="212-555-0142", time="3 pm", name="ann lee")]
    (group,) = twice(same, before=())
    assert [one.id for one in group] == ["1", "2"]
    found = finding(12, group)
    assert found.level == "ERROR"
    assert found.message == (
        "Call 12 is booked 2 times: 'Ann Lee', '+12125550142', '2026-11-24', '15:00';"
        " 'ann lee', '212-555-0142', '2026-11-24', '3 pm'"
        " (bookings 1, 2)."
    )


@pytest.mark.parametrize(
    "other",
    [
        booking("2", phone="+12125550143"),
        booking("2", name="Bob Ray"),
        booking("2", day="2026-11-25"),
        booking("2", time="16:00"),
    ],
)
def test_another_person_day_or_time_is_another_booking(other: Booking) -> None:
    assert twice([booking("1"), other], before=()) == []


def test_what_was_there_before_the_run_does_not_count() -> None:
    assert twice([booking("1"), booking("2")], before={"1"}) == []
    assert len(twice([booking("1"), booking("2"), booking("3")], before={"1"})[0]) == 2


def test_what_cannot_be_told_apart_is_left_alone() -> None:
    nobody = [booking(id_, phone="", name="") for id_ in "12"]
    never = [booking(id_, day="") for id_ in "12"]
    assert twice([*nobody, *never], before=()) == []


def test_a_booking_is_of_the_call_that_made_it_or_rang_from_its_number() -> None:
    makers, record = Makers(), called(("day", "Tuesday", "Tuesday"))
    makers.add(record)  # CA3, +12125550100
    by_sid = makers.of([booking("1"), booking("2", sid="CA3")])
    by_number = makers.of([booking("1", phone="212 555 0100")])
    assert by_sid is not None
    assert by_sid == by_number
    assert (by_sid.index, by_sid.scenario) == (3, "quick_booking")
    assert makers.of([booking("1", sid="CA9"), booking("2", phone="")]) is None
