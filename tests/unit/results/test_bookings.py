"""An agent's list of bookings: what is new in it, what is there twice, and whose it is."""

from dataclasses import replace
from typing import Any

import pytest

from tests.unit.results.test_lookup import called
from voicesim.call.outcome import CallRecord, Outcome
from voicesim.call.talk import FieldValue, Keeps
from voicesim.results.bookings import (
    Booking,
    Makers,
    by_ending,
    finding,
    read,
    still_there,
    twice,
    unasked,
)
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


def cancelling(outcome: Outcome = Outcome.GOAL_REACHED) -> CallRecord:
    """A call in which Ann Lee's appointment of Tuesday was said to be cancelled."""
    meant = {"name": "Ann Lee", "phone": "x", "day": "Tuesday", "time": "3 pm"}
    fields = tuple(FieldValue(name, value, "", "") for name, value in meant.items())
    kept = {"outcome": outcome, "keeps": Keeps.GONE, "caller_number": "+12125550142"}
    return replace(called(), fields=fields, **kept)  # type: ignore[arg-type]


def left(now: list[Booking], before: list[Booking], record: CallRecord) -> list[str]:
    makers = Makers()
    makers.add(record)
    books = by_ending(now), by_ending(before)
    found = (still_there(gone, *(gone.among(some) for some in books)) for gone in makers.gone)
    return [one.message for one in found if one]


def test_what_was_said_to_be_cancelled_and_is_still_there() -> None:
    assert left([], [], cancelling()) == []
    assert left([booking("7")], [], cancelling()) == [
        "In call 3 the agent said that the appointment of 'Ann Lee' on Tuesday at 3 pm is"
        " cancelled, and has it still: 'Ann Lee', '+12125550142', '2026-11-24', '15:00'"
        " (booking 7)."
    ]
    by_name = [booking("7", phone="", day="Tuesday", time="3 pm")]
    assert len(left(by_name, [], cancelling())) == 1


@pytest.mark.parametrize(
    "other",
    [
        booking("7", day="2026-11-25"),
        booking("7", day="soon"),
        booking("7", time="16:00"),
        booking("7", name="Bob Ray"),
        booking("7", phone="+12125550199"),
        booking("7", phone="", name=""),
    ],
)
def test_another_appointment_may_stay(other: Booking) -> None:
    assert left([other], [], cancelling()) == []


def test_one_like_it_from_before_the_run_is_none_of_ours() -> None:
    assert left([booking("1")], [booking("1")], cancelling()) == []
    assert len(left([booking("1"), booking("7")], [booking("1")], cancelling())) == 1


@pytest.mark.parametrize("outcome", [Outcome.MISHEARD, Outcome.UNCLEAR, Outcome.AGENT_HUNG_UP])
def test_of_a_call_that_did_not_reach_it_nobody_knows(outcome: Outcome) -> None:
    assert left([booking("7")], [], cancelling(outcome)) == []


@pytest.mark.parametrize(
    ("mark", "there"),
    [
        (None, 1),
        (False, 1),
        ("confirmed", 1),
        ("", 1),
        (True, 0),
        ("cancelled", 0),
        ("2026-11-24", 0),
    ],
)
def test_a_booking_that_is_marked_as_cancelled_is_none(mark: object, there: int) -> None:
    where = WHERE.model_copy(update={"items": None, "cancelled": "gone"})
    assert len(read(where, [{"id": 7, "day": "Tuesday", "time": "3 pm", "gone": mark}])) == there


@pytest.mark.parametrize(
    ("keeps", "outcome", "blamed"),
    [
        (Keeps.NOTHING, Outcome.GOAL_REACHED, True),
        (Keeps.GONE, Outcome.GOAL_REACHED, True),
        (Keeps.BOOKING, Outcome.GOAL_REACHED, False),
        (Keeps.NOTHING, Outcome.MISHEARD, False),
    ],
)
def test_a_booking_by_a_call_that_asked_for_none(
    keeps: Keeps, outcome: Outcome, *, blamed: bool
) -> None:
    makers, made = Makers(), booking("7", sid="CA3")
    makers.add(replace(cancelling(), keeps=keeps, outcome=outcome))
    maker = makers.by_id(made)
    assert maker is not None
    found = unasked(maker, made)
    assert (found is not None) is blamed
    assert makers.by_id(booking("8")) is None
