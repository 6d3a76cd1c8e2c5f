"""What is looked up of calls, at an agent that is a table of answers."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import requests

from tests.unit.caller.test_crosstalk import SEED, who
from tests.unit.results.test_lookup import called
from voicesim import data
from voicesim.base.findings import Level
from voicesim.call.outcome import CallRecord, Outcome
from voicesim.call.talk import FieldValue, Keeps
from voicesim.caller.crosstalk import CrossTalk
from voicesim.config.targets import parse_target
from voicesim.line.looking import Looking, Run
from voicesim.results.lookup import Lookup

TEXTS = data.texts("targets")
LISTED = {"id": 1, "date": "2026-11-24", "time": "15:00", "call_sid": None}


@pytest.fixture
def lookup() -> Lookup:
    file = next(file for file in TEXTS if file.endswith("reference.toml"))
    found = parse_target(TEXTS[file], file).lookup
    assert found is not None
    return found


@pytest.fixture
def run() -> Run:
    crosstalk = CrossTalk()
    for n in range(5):
        crosstalk.rang(n * 32, "en_US", "US")
    return Run(SEED, date(2026, 11, 21), crosstalk)


def call(n: int) -> CallRecord:
    """Call ``n`` of the first process, which said who it is."""
    index, identity = n * 32, who(n * 32)
    number = identity.party.number
    fields = (
        FieldValue("name", identity.name, identity.name, identity.name),
        FieldValue("phone", number, number, number),
    )
    sid = f"CA{n}"
    return replace(called(), index=index, sid=sid, caller_number=number, fields=fields)


def understood(n: int) -> dict[str, Any]:
    identity = who(n * 32)
    return {"understood": {"name": identity.name, "phone": identity.party.number}}


def booking(id_: int, n: int, **other: Any) -> dict[str, Any]:
    identity = who(n * 32)
    return LISTED | {"id": id_, "name": identity.name, "phone": identity.party.number} | other


def asked(lookup: Lookup, run: Run, pages: dict[str, Any]) -> Looking:
    """Looks into ``pages``, path to what is answered; an exception is raised."""

    def get(path: str, most_bytes: int, timeout_s: float) -> object:
        found = pages.get(path)
        if isinstance(found, Exception):
            raise found
        return found

    return Looking(lookup, run, get)


def found(looking: Looking, *records: CallRecord) -> list[tuple[str, str, int, str]]:
    """All findings after these calls: code, level, call and message."""
    for record in records:
        looking.ended(record)
    at_calls = [(record.index, f) for record in records for f in looking.at_call(record).findings]
    at_end = [(maker.index, f) for maker, f in looking.at_end()]
    return [(f.code, f.level.value, index, f.message) for index, f in at_calls + at_end]


def test_an_agent_that_stores_what_it_was_told(lookup: Lookup, run: Run) -> None:
    pages = {"/calls/CA1": understood(1), "/calls/CA2": understood(2), "/appointments": []}
    looking = asked(lookup, run, pages)
    pages["/appointments"] = [booking(1, 1), booking(2, 2)]
    assert found(looking, call(1), call(2)) == []


@pytest.mark.parametrize(
    ("page", "same"), [(understood(1), True), (understood(2), False), (None, False)]
)
def test_each_fact_that_is_stored_is_compared(
    page: dict[str, Any] | None, lookup: Lookup, run: Run, *, same: bool
) -> None:
    looked = asked(lookup, run, {"/calls/CA1": page, "/appointments": []}).at_call(call(1))
    assert set(looked.points) == {
        (field, comparison, same)
        for field in ("name", "phone")
        for comparison in ("stored_as_reported", "stored_as_meant")
    }


def test_another_callers_values_in_a_record(lookup: Lookup, run: Run) -> None:
    pages = {"/calls/CA1": understood(3), "/appointments": []}
    codes = {
        (code, level, index) for code, level, index, _ in found(asked(lookup, run, pages), call(1))
    }
    assert ("cross-talk", "ERROR", 32) in codes


@pytest.mark.parametrize("of", [{"call_sid": "CA1"}, {"call_sid": None}])
def test_a_call_that_is_booked_twice(of: dict[str, Any], lookup: Lookup, run: Run) -> None:
    pages: dict[str, Any] = {"/calls/CA1": understood(1), "/appointments": [booking(1, 1)]}
    looking = asked(lookup, run, pages)
    pages["/appointments"] = [booking(1, 1), booking(2, 1, **of), booking(3, 1)]
    ((code, level, index, message),) = found(looking, call(1))
    assert (code, level, index) == ("booked-twice", "ERROR", 32)
    assert message.endswith("(bookings 2, 3).")


def test_what_others_book_twice_is_not_ours(lookup: Lookup, run: Run) -> None:
    pages: dict[str, Any] = {"/calls/CA1": understood(1), "/appointments": []}
    looking = asked(lookup, run, pages)
    pages["/appointments"] = [booking(1, 4), booking(2, 4)]
    assert found(looking, call(1)) == []


@pytest.mark.parametrize(
    "trouble",
    [requests.ConnectionError(), ValueError("/appointments answered with JSON too deep to read")],
)
def test_a_list_that_cannot_be_read_is_said_and_blames_nobody(
    trouble: Exception, lookup: Lookup, run: Run
) -> None:
    pages: dict[str, Any] = {"/calls/CA1": understood(1), "/appointments": trouble}
    looking = asked(lookup, run, pages)
    pages["/appointments"] = [booking(1, 1), booking(2, 1)]
    ((code, level, _, message),) = found(looking, call(1))
    assert (code, level) == ("lookup-failed", Level.WARNING.value)
    assert message.startswith("the agent's bookings could not be looked up: ")


def test_a_cancelled_appointment_that_is_in_the_list_still(lookup: Lookup, run: Run) -> None:
    day = (FieldValue("day", "Tuesday", "", "Tuesday"), FieldValue("time", "3 pm", "", "3 pm"))
    one = call(1)
    one = replace(one, fields=(*one.fields, *day), keeps=Keeps.GONE, outcome=Outcome.GOAL_REACHED)
    pages: dict[str, Any] = {"/appointments": []}
    looking = asked(lookup, run, pages)
    pages["/appointments"] = [booking(7, 1)]
    ((code, level, index, message),) = found(looking, one)
    assert (code, level, index) == ("not-cancelled", "ERROR", 32)
    assert "booking 7" in message


def test_a_booking_by_a_call_that_asked_for_the_hours(lookup: Lookup, run: Run) -> None:
    one = replace(call(1), fields=(), keeps=Keeps.NOTHING, outcome=Outcome.GOAL_REACHED)
    pages: dict[str, Any] = {"/appointments": []}
    looking = asked(lookup, run, pages)
    pages["/appointments"] = [booking(7, 1, call_sid="CA1"), booking(8, 2)]
    ((code, level, index, _),) = found(looking, one)
    assert (code, level, index) == ("booked-unasked", "ERROR", 32)


@pytest.mark.parametrize("told_by_id", [True, False])
@pytest.mark.parametrize("keeps", [Keeps.GONE, Keeps.BOOKING])
def test_who_was_to_cancel_or_move_and_was_misheard_is_not_booked_twice(
    lookup: Lookup, run: Run, keeps: Keeps, *, told_by_id: bool
) -> None:
    """It had an appointment, and the agent understood that it wants one."""
    first = call(1)
    second = replace(call(1), sid="CA1b", keeps=keeps, outcome=Outcome.MISHEARD)
    clear = replace(second, outcome=Outcome.WRONG_RESULT)
    ids = ("CA1", "CA1b") if told_by_id else (None, None)
    pages: dict[str, Any] = {f"/test/records/{one.sid}": None for one in (first, second)}
    pages[lookup.bookings.path] = []  # type: ignore[union-attr]
    looking, other = (asked(lookup, run, pages) for _ in range(2))
    pages[lookup.bookings.path] = [  # type: ignore[union-attr]
        booking(number, 1, call_sid=id_) for number, id_ in enumerate(ids, 2)
    ]
    for one in (looking, other):
        one.ended(first)
        one.at_call(first)
    looking.at_call(second)
    other.at_call(clear)
    assert "booked-twice" not in {finding.code for _, finding in looking.at_end()}
    assert "booked-twice" in {finding.code for _, finding in other.at_end()}
