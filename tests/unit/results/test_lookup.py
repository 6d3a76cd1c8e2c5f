"""What an agent stored against what was reported to it and meant."""

import json
from dataclasses import replace

import pytest

from voicesim.call.outcome import CallRecord, Outcome
from voicesim.call.talk import FieldValue
from voicesim.results.lookup import NOT_STORED, STORED_WRONG, Lookup, compare, extract

PATHS = {"name": "understood.name", "phone": "calls.0.from", "day": "understood.day"}
LOOKUP = Lookup.model_validate({"path": "/calls/{call_sid}?full=1", "fields": PATHS})


def called(*fields: tuple[str, str, str], outcome: Outcome = Outcome.GOAL_REACHED) -> CallRecord:
    """A call with facts (name, meant, reported)."""
    return CallRecord(
        index=3,
        sid="CA3",
        scenario="quick_booking",
        persona="standard",
        caller_number="+12125550100",
        outcome=outcome,
        why="",
        length_s=1.0,
        turns=1,
        response_total_s=1.0,
        fields=tuple(FieldValue(name, meant, reported, "") for name, meant, reported in fields),
        findings=(),
        entries=(),
    )


@pytest.mark.parametrize(
    ("field", "meant", "reported", "stored", "code"),
    [
        # stored as reported, in whatever form
        ("day", "Tuesday", "on tuesday", "Tuesday", None),
        ("time", "3 pm", "at three p.m.", "15:00", None),
        ("phone", "212-555-0142", "212 555 0142", "+12125550142", None),
        ("name", "Zoë Miller", "my name is zoe miller", "Zoe Miller", None),
        # stored as reported, though unlike meant: misheard, no finding
        ("day", "Tuesday", "on Thursday", "Thursday", None),
        ("time", "3 pm", "at 2 pm", "14:00", None),
        # stored as meant, though unlike reported: put right after a read-back
        ("day", "Tuesday", "on Thursday", "Tuesday", None),
        # stored unlike both
        ("day", "Tuesday", "on Tuesday", "Wednesday", STORED_WRONG),
        ("day", "Tuesday", "on Thursday", "Wednesday", STORED_WRONG),
        ("time", "3 pm", "3 pm", "13:00", STORED_WRONG),
        ("phone", "212-555-0142", "212-555-0142", "+12125550143", STORED_WRONG),
        ("name", "Ann Lee", "Ann Lee", "Bob Ray", STORED_WRONG),
        # a garbled name or number that the agent made something else of
        ("name", "Ann Lee", "an leaf", "Ann Leaf", None),
        ("phone", "212-555-0142", "212 555 01", "+12125550199", None),
        # nothing was reported, or nothing that could be read in one way
        ("day", "Tuesday", "", "Monday", None),
        ("day", "Tuesday", "Tuesday or Wednesday", "Wednesday", None),
        # nothing stored of what was told clearly
        ("day", "Tuesday", "on Tuesday", "", NOT_STORED),
        ("name", "Ann Lee", "an leaf", "", None),
        ("day", "Tuesday", "", "", None),
    ],
)
def test_stored_reported_and_meant(
    field: str, meant: str, reported: str, stored: str, code: str | None
) -> None:
    found = compare(called((field, meant, reported)), {field: stored})
    assert [finding.code for finding in found] == ([code] if code else [])


def test_what_was_confirmed_must_be_what_is_stored() -> None:
    """Put right by the caller, confirmed, and yet the value of before is kept."""
    record = called(("day", "Tuesday", "on Thursday"))
    confirmed = replace(record, fields=(FieldValue("day", "Tuesday", "on Thursday", "Tuesday"),))
    assert compare(confirmed, {"day": "Tuesday"}) == ()
    (finding,) = compare(confirmed, {"day": "Thursday"})
    assert finding.code == STORED_WRONG
    assert finding.message == "The agent stored the day 'Thursday', but confirmed 'Tuesday'."


def test_what_the_caller_agreed_to_is_not_held_against_the_agent() -> None:
    """The name was told again, clearly, but the caller said yes to the one read back after it."""
    told = FieldValue("name", "Ann Lee", "Ann Lee", "Ann Leaf")
    agreed = replace(called(), fields=(told,))
    assert compare(agreed, {"name": "Ann Leaf"}) == ()
    assert [f.code for f in compare(agreed, {"name": "Bob Ray"})] == [STORED_WRONG]
    unread = replace(called(), fields=(replace(told, heard=""),))
    assert [f.code for f in compare(unread, {"name": "Ann Leaf"})] == [STORED_WRONG]


@pytest.mark.parametrize("outcome", [Outcome.WEBHOOK_FAILED, Outcome.ABANDONED, Outcome.CUT])
def test_what_was_told_last_may_have_been_lost(outcome: Outcome) -> None:
    record = called(("day", "Tuesday", "Tuesday"), outcome=outcome)
    assert compare(record, {"day": "Thursday"}) == ()


def test_a_finding_names_the_values() -> None:
    record = called(("day", "Tuesday", "on Tuesday"))
    (finding,) = compare(record, {"day": "Wednesday"})
    assert finding.level == "ERROR"
    assert finding.message == (
        "The agent stored the day 'Wednesday', but 'on Tuesday' was reported to it."
    )


@pytest.mark.parametrize("outcome", [Outcome.ABANDONED, Outcome.CUT, Outcome.MISHEARD])
def test_what_was_not_confirmed_need_not_be_stored(outcome: Outcome) -> None:
    record = called(("day", "Tuesday", "Tuesday"), outcome=outcome)
    assert compare(record, {"day": ""}) == ()
    assert compare(record, None) == ()


def test_a_confirmed_call_without_a_record_is_found() -> None:
    (finding,) = compare(called(("day", "Tuesday", "Tuesday")), None)
    assert finding.code == NOT_STORED


def test_facts_that_the_profile_does_not_tell_of_are_left_alone() -> None:
    assert compare(called(("day", "Tuesday", "Tuesday")), {"name": "Bob"}) == ()


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (
            {"understood": {"name": "Ann", "day": None}, "calls": [{"from": 12125550142}]},
            {"name": "Ann", "phone": "12125550142", "day": ""},
        ),
        ({"calls": [{"from": 12125550142.0}]}, {"phone": "12125550142"}),
        ({"understood": {"name": True, "day": ["Monday"]}, "calls": []}, {}),
        ({"understood": "Ann", "calls": {"0": {"from": "+1"}}}, {"phone": "+1"}),
        ([], {}),
        (None, {}),
        ("text", {}),
    ],
)
def test_facts_are_found_wherever_the_profile_says(body: object, found: dict[str, str]) -> None:
    everything = {"name": "", "phone": "", "day": "", **found}
    assert extract(LOOKUP, json.loads(json.dumps(body))) == everything


def test_the_path_names_the_call_and_nothing_else() -> None:
    assert LOOKUP.path_of("CA7e57") == "/calls/CA7e57?full=1"
    assert LOOKUP.path_of("a/../b?c") == "/calls/a%2F..%2Fb%3Fc?full=1"


@pytest.mark.parametrize("outcome", [Outcome.WEBHOOK_FAILED, Outcome.CUT])
def test_what_was_said_last_in_a_call_that_broke_may_never_have_been_heard(
    outcome: Outcome,
) -> None:
    corrected = ("phone", "757-555-0138", "757-555-0138")
    assert compare(called(corrected), {"phone": "7975550138"})
    assert compare(called(corrected, outcome=outcome), {"phone": "7975550138"}) == ()


def test_of_a_call_in_which_nothing_was_to_be_told_no_record_is_missed() -> None:
    assert compare(called(), None) == ()
    assert compare(called(("day", "Monday", "Monday")), None) != ()
