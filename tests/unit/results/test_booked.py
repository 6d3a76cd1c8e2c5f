"""One goal is one booking, and the right one: what is held against an agent, and what is not."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from voicesim.call.entries import Heard
from voicesim.call.outcome import CallRecord, Outcome
from voicesim.call.talk import FieldValue, Keeps, Prompt
from voicesim.results import booked
from voicesim.results.booked import Callers
from voicesim.results.bookings import Booking, read
from voicesim.results.lookup import Bookings

from .test_lookup import called

PATHS = {"name": "name", "phone": "phone", "day": "day", "time": "time"}
WHERE = Bookings.model_validate({"path": "/b", "id": "id", "call_sid": "sid", "fields": PATHS})
NUMBER = "+12125550142"


def call(
    index: int = 0, day: str = "Tuesday", sid: str = "", number: str = NUMBER, **other: Outcome
) -> CallRecord:
    """A call of Ann Lee, who was understood."""
    told = {"name": "Ann Lee", "phone": number, "day": day, "time": "3 pm"}
    fields = tuple(FieldValue(name, value, value, value) for name, value in told.items())
    record = replace(called(), index=index, sid=sid or f"CA{index}", caller_number=number)
    return replace(record, fields=fields, **other)


def item(id_: int, sid: str | None = "CA0", **other: object) -> dict[str, object]:
    """A booking of Ann Lee as an agent lists it."""
    told = {"name": "Ann Lee", "phone": NUMBER, "day": "2026-11-24", "time": "15:00"}
    return {"id": id_, "sid": sid, **told, **other}


def bookings(*items: dict[str, object]) -> list[Booking]:
    return read(WHERE, list(items))


def codes(
    calls: Iterable[CallRecord],
    *items: dict[str, object],
    before: Iterable[dict[str, object]] = (),
    where: Bookings = WHERE,
) -> list[str]:
    callers = Callers()
    for record in calls:
        callers.add(record)
    known = {booking.id: booking for booking in bookings(*before)}
    found = callers.wrong(where, read(where, list(items)), known, date(2026, 11, 21))
    return [finding.code for _, finding, _ in found]


def test_one_booking_as_it_was_confirmed() -> None:
    assert codes([call()], item(1)) == []
    assert codes([call()], item(1, sid=None)) == []
    assert codes([call()], item(1, sid="an id of its own")) == []


def test_no_booking_of_what_was_confirmed() -> None:
    assert codes([call()]) == ["not-stored"]
    other = item(1, sid="CA32", phone="+12125550199")
    assert codes([call(), call(32, number="+12125550199")], other) == ["not-stored"]
    assert codes([call()], item(1, sid=None, name="Bob Ray", phone="+12125550199")) == [
        "not-stored"
    ]


def test_booked_at_two_times() -> None:
    assert codes([call()], item(1), item(2, time="9 am")) == ["booked-twice"]
    assert codes([call()], item(1, sid=None), item(2, sid=None, day="Monday")) == ["booked-twice"]


def test_booked_for_another_day_than_was_confirmed() -> None:
    assert codes([call()], item(1, day="2026-11-25")) == ["stored-wrong"]
    twice = [item(1, time="9 am"), item(2, time="10 am")]
    assert codes([call()], *twice) == ["booked-twice", "stored-wrong"]


@pytest.mark.parametrize("outcome", [o for o in Outcome if o is not Outcome.GOAL_REACHED])
def test_of_a_call_that_did_not_reach_its_goal_nothing_is_known(outcome: Outcome) -> None:
    assert codes([call(outcome=outcome)]) == []
    assert codes([call(outcome=outcome)], item(1), item(2, day="Monday")) == []


def test_an_appointment_that_is_moved() -> None:
    both = [call(day="Monday", sid="CAsetup"), call()]
    old = item(1, sid="CAsetup", day="Monday")
    assert codes(both, item(1, sid="CAsetup")) == []  # in its place
    assert codes(both, item(2)) == []  # the old one is gone
    assert codes(both, old, item(2)) == []  # it may have been told to book
    for text, language in (
        ("Your appointment has been moved to Tuesday at 3 PM. Goodbye.", "en-US"),
        ("Ihr Termin wurde auf Dienstag um 15 Uhr verlegt. Auf Wiederhören.", "de-DE"),
    ):
        said = (Heard(1.0, Prompt(text, 3.0, language)),)
        told = [both[0], replace(both[1], entries=said)]
        assert codes(told, old, item(2)) == ["booked-twice"]
        assert codes(told, item(2)) == []
    assert codes(both, old) == ["stored-wrong"]
    cut = [both[0], call(outcome=Outcome.CUT)]
    assert [codes(cut, *kept) for kept in ([old], [old, item(2)], [])] == [[], [], []]


def test_a_list_that_keeps_what_was_cancelled() -> None:
    marked = WHERE.model_copy(update={"cancelled": "state"})
    kept = [item(1, day="Monday", state="cancelled"), item(2, state="booked")]
    assert [booking.id for booking in read(marked, kept)] == ["2"]
    assert codes([call()], *kept, where=marked) == []


def test_who_cancels_is_not_judged_here() -> None:
    both = [call(sid="CAsetup"), replace(call(), keeps=Keeps.GONE)]
    assert codes(both) == []


def test_a_garbled_number_is_no_missing_booking() -> None:
    """The agent stored what it was told, and does not tell by which call."""
    heard = [
        replace(f, reported="212 555 01", heard="") for f in call().fields if f.name == "phone"
    ]
    garbled = replace(call(), fields=(*(f for f in call().fields if f.name != "phone"), *heard))
    assert codes([garbled], item(1, sid=None, phone="21255501")) == []
    assert codes([garbled], item(1, sid="CA9", phone="21255501")) == []


def test_a_number_that_two_callers_have_decides_nothing() -> None:
    assert codes([call(), call(32)], item(1)) == []
    assert codes([call()], item(1, sid="CA9"), item(2, sid="CA7", phone="+12125550177")) == []


def test_a_number_that_a_caller_of_another_process_has_decides_nothing() -> None:
    calls = [call(), call(32, number="+12125550199")]
    other = item(2, sid="CA32", phone="+12125550199")
    assert codes(calls, other) == ["not-stored"]
    assert codes(calls, other, item(1, sid="CA9")) == []


def test_where_not_all_callers_are_known_only_callsids_tell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    twice = [item(1, sid=None), item(2, sid=None, day="Monday")]
    assert codes([call(), call(32, number="+12125550199")], *twice) == ["booked-twice"]
    monkeypatch.setattr(booked, "MOST_CALLERS", 1)
    assert codes([call(), call(32)], *twice) == []
    assert codes([call(), call(32)], item(1), item(2, day="Monday")) == ["booked-twice"]


def test_who_talks_for_ever_is_not_kept() -> None:
    long = tuple(replace(value, heard="A" * 10_000) for value in call().fields)
    assert codes([replace(call(), fields=long)]) == []


def test_what_was_there_before_the_run() -> None:
    old = item(1, sid="CAold", day="Monday")
    assert codes([call()], old, item(2), before=[old]) == []
    assert codes([call()], old, before=[old]) == ["not-stored"]
    assert codes([call()], item(1, sid="CAold"), before=[old]) == []  # the old one was moved
