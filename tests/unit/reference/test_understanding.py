from datetime import date
from typing import Any

import pytest

from voicesim.reference.understanding import Heard, hear, hear_keys
from voicesim.reference.understanding.clock import find_time
from voicesim.reference.understanding.day import find_day
from voicesim.reference.understanding.intent import (
    mentions,
    wants_booking,
    wants_move,
    wants_repeat,
    yes_no,
)
from voicesim.reference.understanding.name import find_name, name_key
from voicesim.reference.understanding.phone import find_phone, phone_key
from voicesim.reference.understanding.text import clean

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("said", "phone"),
    [
        ("4165551234", "4165551234"),
        ("416-555-1234", "4165551234"),
        ("416.555.1234", "4165551234"),
        ("(416) 555-1234", "4165551234"),
        ("(416) 555-1234 #ext", "4165551234"),
        ("555 010 4477", "5550104477"),
        ("5, 5, 5, 0, 1, 0, 4, 4, 7, 7", "5550104477"),
        ("1 416 555 1234", "14165551234"),
        ("+44 7700 900123", "+447700900123"),
        ("+44 (0)7700 900123", "+447700900123"),
        ("0044 7700 900123", "+447700900123"),
        ("plus four four, seven seven zero zero, nine zero zero one two three", "+447700900123"),
        ("07700 900123", "07700900123"),
        ("five five five oh one oh four four seven seven", "5550104477"),
        ("Five five five, zero one zero, double four double seven.", "5550104477"),
        ("triple five, oh one oh, four four seven seven", "5550104477"),
        ("eight hundred five five five twelve thirty four", "8005551234"),
        ("four one six five five five twenty one oh nine", "4165552109"),
        ("um, my number is, uh, 555, um, 010, 4477", "5550104477"),
        ("my number is 555 010 4477, that is 555 010 4477", "5550104477"),
        ("555 010 4477 555 010 4477", "5550104477"),
        ("555-0104", "5550104"),
        ("five five five oh one", None),
        ("one two three", None),
        ("no digits here", None),
        ("1234567890123456", None),
        ("", None),
    ],
)
def test_phone_numbers(said: str, phone: str | None) -> None:
    found = find_phone(clean(said))
    assert (found.value if found else None) == phone


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("+1 416 555 1234", "4165551234"),
        ("+447700900123", "07700 900123"),
        ("(555) 010-4477", "5550104477"),
    ],
)
def test_one_number_written_in_two_ways_is_one(one: str, other: str) -> None:
    assert phone_key(one) == phone_key(other) != ""


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("My name is Jane Doe.", "Jane Doe"),
        ("my name's jane doe", "Jane Doe"),
        ("MY NAME IS JANE DOE", "Jane Doe"),
        ("Hi, this is Jane Doe, my number is ...", "Jane Doe"),
        ("the name is Jane Doe and I want an appointment", "Jane Doe"),
        ("You can call me Jane", "Jane"),
        ("My name is José García", "José García"),
        ("my name is Anne-Marie O'Connor", "Anne-Marie O'Connor"),
        ("my name is Anne-Marie O’Connor", "Anne-Marie O'Connor"),
        ("My name is Ronald McDonald", "Ronald McDonald"),
        ("My name is Zoe Price.", "Zoe Price"),
        ("My name is Doris Day.", "Doris Day"),
        ("My name is Dr. J. R. Smith, and", "Dr. J. R. Smith"),
        ("my name is ludwig van beethoven", "Ludwig van Beethoven"),
        ("My name is Fiona Fiona Walker", "Fiona Walker"),
        ("My name is 小林 さくら", "小林 さくら"),
        ("my name is J A N E, D O E", "Jane Doe"),
        ("This is about my appointment", None),
        ("my name is", None),
        ("Jane Doe", None),
        ("it's Jane Doe", None),
    ],
)
def test_names_after_an_introduction(said: str, name: str | None) -> None:
    found = find_name(clean(said))
    assert (found.value if found else None) == name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Jane", "Jane"),
        ("jane doe", "Jane Doe"),
        ("Um, Jane Doe, please.", "Jane Doe"),
        ("Un, Robert Williams.", "Robert Williams"),
        ("Yes, it's Jane Doe.", "Jane Doe"),
        ("I'm Jane", "Jane"),
        ("Jane Doe here", "Jane Doe"),
        ("Sandra Oh", "Sandra Oh"),
        ("william manning", "William Manning"),
        ("Maria del Carmen de la Cruz", "Maria del Carmen de la Cruz"),
        ("J A N E", "Jane"),
        ("J-A-N-E", "Jane"),
        ("J. A. N. E.", "Jane"),
        ("J A N E, D O E.", "Jane Doe"),
        ("J-A-N-E D-O-E", "Jane Doe"),
        ("J A N E space D O E", "Jane Doe"),
        ("O ' B R I E N", "Obrien"),
        ("José García & | #ext", "José García"),
        ("K A Ys L E I G H, R O G E R S.", None),
        ("Yes.", None),
        ("Hello?", None),
        ("I don't know", None),
        ("I'm not sure", None),
        ("I'm calling about a tooth", None),
        ("what do you mean", None),
        ("Tuesday", None),
        ("half past two", None),
        ("Herlo, good day to you, I would like an appointment", None),
        ("one two three four five words more", None),
        ("and then my neighbour told me that I should really call you first", None),
        ("a" * 400, None),
        ("😀👍", None),
        ("", None),
    ],
)
def test_bare_and_spelled_names_when_asked_for(said: str, name: str | None) -> None:
    found = find_name(clean(said), asked=True, bare=True)
    assert (found.value if found else None) == name


def test_one_name_written_in_two_ways_is_one() -> None:
    assert name_key("Anne-Marie  O'Connor") == name_key("anne marie o connor")


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Tuesday", "2026-03-03"),
        ("on tuesday please", "2026-03-03"),
        ("Tuesday Tuesday", "2026-03-03"),
        ("Monday", "2026-03-09"),  # today is Monday: the next one
        ("next Friday", "2026-03-06"),
        ("Wednesday next week", "2026-03-11"),
        ("Thurs", "2026-03-05"),
        ("today", "2026-03-02"),
        ("tomorrow", "2026-03-03"),
        ("the day after tomorrow", "2026-03-04"),
        ("in three days", "2026-03-05"),
        ("in a week", "2026-03-09"),
        ("two weeks from now", "2026-03-16"),
        ("March 3rd", "2026-03-03"),
        ("march third", "2026-03-03"),
        ("March the twenty first", "2026-03-21"),
        ("March twenty-one", "2026-03-21"),
        ("the 3rd of March", "2026-03-03"),
        ("3 March 2027", "2027-03-03"),
        ("December 24th, 2026", "2026-12-24"),
        ("Dec. 24", "2026-12-24"),
        ("January 5th", "2027-01-05"),  # this year's is over
        ("February 29th", "2028-02-29"),
        ("2026-04-01", "2026-04-01"),
        ("4/15", "2026-04-15"),
        ("4/15/26", "2026-04-15"),
        ("Tuesday, March 10th", "2026-03-10"),
        ("Tuesday the 10th", "2026-03-10"),
        ("on the 15th", "2026-03-15"),
        ("not Tuesday, Wednesday", "2026-03-04"),
        ("Thursday instead of Tuesday", "2026-03-05"),
        ("from Tuesday to Friday", "2026-03-06"),
        ("February 30th", None),
        ("March 3rd 2025", None),
        ("2025-03-03", None),
        ("my Tuesday appointment", None),
        ("whenever", None),
        ("the third", None),
        ("", None),
    ],
)
def test_days(said: str, day: str | None) -> None:
    found = find_day(said, MONDAY)
    assert (found.value.isoformat() if found else None) == day


@pytest.mark.parametrize(
    ("said", "day"),
    [("the third", "2026-03-03"), ("the 2nd", "2026-03-02"), ("31st", "2026-03-31")],
)
def test_a_day_of_the_month_when_asked_for_a_day(said: str, day: str) -> None:
    found = find_day(said, MONDAY, asked=True)
    assert found is not None
    assert found.value.isoformat() == day


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("3 pm", "15:00"),
        ("3pm", "15:00"),
        ("3 p.m.", "15:00"),
        ("three pm", "15:00"),
        ("3:15 pm", "15:15"),
        ("three fifteen pm", "15:15"),
        ("3 15 PM", "15:15"),
        ("9 am", "09:00"),
        ("9 9 am", "09:00"),
        ("12 pm", "12:00"),
        ("12 am", "00:00"),
        ("three in the afternoon", "15:00"),
        ("ten thirty in the morning", "10:30"),
        ("seven in the evening", "19:00"),
        ("8 at night", "20:00"),
        ("half past two", "14:30"),
        ("half past nine in the morning", "09:30"),
        ("quarter past ten", "10:15"),
        ("a quarter to four", "15:45"),
        ("ten to three", "14:50"),
        ("twenty past eleven", "11:20"),
        ("10:30", "10:30"),
        ("2:30", "14:30"),
        ("15:00", "15:00"),
        ("14.30", "14:30"),
        ("ten o'clock", "10:00"),
        ("three o'clock in the afternoon", "15:00"),
        ("noon", "12:00"),
        ("midnight", "00:00"),
        ("two thirty", "14:30"),
        ("at three", "15:00"),
        ("in the afternoon at three", "15:00"),
        ("around 11", "11:00"),
        ("good morning, at three please", "15:00"),
        ("not three pm, four pm", "16:00"),
        ("25:00", None),
        ("10:75", None),
        ("3", None),
        ("in the afternoon", None),
        ("call 416-555-1234", None),
        ("", None),
    ],
)
def test_times(said: str, time: str | None) -> None:
    found = find_time(said)
    assert (found.value if found else None) == time


@pytest.mark.parametrize(
    ("said", "time"),
    [("3", "15:00"), ("ten", "10:00"), ("1030", "10:30"), ("10 30", "10:30"), ("99", None)],
)
def test_a_bare_number_is_a_time_when_asked_for_one(said: str, time: str | None) -> None:
    found = find_time(said, asked=True)
    assert (found.value if found else None) == time


YES = (
    "yes|Yes.|yeah|yep|yup|sure|correct|right|That's right|that is correct|ok|okay|exactly|1|one"
    "|absolutely|yes please|it is|perfect|of course|sounds good|uh-huh|no problem|yes, no doubt"
    "|Um, Yes, that's quite right, thank you very much."
)
NO = (
    "no|No.|nope|nah|wrong|incorrect|that's not right|not correct|it isn't right|no, that's wrong"
    "|that is not quite right|negative|2|no, Tuesday|No, that's not correct"
)
NEITHER = "|maybe|banana|I don't know|not sure|no, that is correct|3|Tuesday"


@pytest.mark.parametrize("said", YES.split("|"))
def test_yes(said: str) -> None:
    assert yes_no(said) is True


@pytest.mark.parametrize("said", NO.split("|"))
def test_no(said: str) -> None:
    assert yes_no(said) is False


@pytest.mark.parametrize("said", NEITHER.split("|"))
def test_neither_yes_nor_no(said: str) -> None:
    assert yes_no(said) is None


@pytest.mark.parametrize(
    ("said", "repeats"),
    [
        ("Could you repeat that, please?", True),
        ("Sorry, could you repeat that, please?", True),
        ("can you say that again", True),
        ("I didn't hear you", True),
        ("I did not quite catch that", True),
        ("pardon?", True),
        ("Sorry?", True),
        ("What?", True),
        ("what did you say", True),
        ("come again", True),
        ("one more time please", True),
        ("what day was that?", True),
        ("Jane Doe", False),
        ("yes", False),
        ("sorry, it is Jane", False),
        ("", False),
    ],
)
def test_requests_to_repeat(said: str, repeats: bool) -> None:
    assert wants_repeat(said) is repeats


@pytest.mark.parametrize(
    ("said", "moves"),
    [
        ("I need to move my appointment", True),
        ("I'd like to reschedule my appointment.", True),
        ("I'd like to re-schedule", True),
        ("can I change my dental appointment to Friday", True),
        ("I want to switch the time of my appointment", True),
        ("I can't make my appointment", True),
        ("could you postpone it", True),
        ("I'd like to book an appointment", False),
        ("I would like an appointment", False),
        ("Jane Doe", False),
    ],
)
def test_the_wish_to_move(said: str, moves: bool) -> None:
    assert wants_move(said) is moves


@pytest.mark.parametrize(
    ("said", "books"),
    [
        ("I'd like to book an appointment.", True),
        ("I'd like to book an", True),
        ("can I come in on Tuesday", True),
        ("I need to see a doctor", True),
        ("I want to cancel my appointment", False),
        ("hello", False),
    ],
)
def test_the_wish_to_book(said: str, books: bool) -> None:
    assert wants_booking(said) is books


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ("the day", {"day"}),
        ("The phone number is wrong", {"phone"}),
        ("my name and the time", {"name", "time"}),
        ("one more time please", set()),
        ("no", set()),
    ],
)
def test_fields_the_caller_speaks_of(said: str, fields: set[str]) -> None:
    assert mentions(said) == fields


EVERYTHING = {"name": "Jane Doe", "day": date(2026, 3, 3), "time": "15:00"}


@pytest.mark.parametrize(
    ("asked", "said", "heard"),
    [
        (
            "goal",
            "Hi, this is Jane Doe, my number is 555 010 4477, I'd like to come on Tuesday at 3 pm",
            EVERYTHING | {"phone": "5550104477"},
        ),
        (
            "goal",
            "Hi, this is Jane Doe, my number is +44 7700 900123, I'd like to come Tuesday at 3 pm",
            EVERYTHING | {"phone": "+447700900123"},
        ),
        (
            "name",
            "José García & (416) 555-1234 #ext",
            {"name": "José García", "phone": "4165551234"},
        ),
        ("name", "4165551234", {"phone": "4165551234"}),
        ("day", "next Friday at three", {"day": date(2026, 3, 6), "time": "15:00"}),
        ("day", "2026-03-03", {"day": date(2026, 3, 3)}),
        ("phone", "555 010 4477 at 3 pm", {"phone": "5550104477", "time": "15:00"}),
        ("time", "5", {"time": "17:00"}),
        ("confirm", "no, Tuesday", {"day": date(2026, 3, 3), "answer": False}),
        (
            "confirm",
            "no, my name is Jane Roe",
            {"name": "Jane Roe", "answer": False, "mentions": frozenset({"name"})},
        ),
        ("confirm", "no, it's Jane Roe", {"name": "Jane Roe", "answer": False}),
        ("confirm", "Yes, that's light.", {"answer": True}),
        ("confirm", "no, it's wrong", {"answer": False}),
        ("day", "it's whenever you like", {}),
        (
            "goal",
            "I need to move my Tuesday appointment to Thursday at 2 pm",
            {"move": True, "day": date(2026, 3, 5), "time": "14:00"},
        ),
        (
            "goal",
            "I'd like to move my appointment from Monday at 9 am to Tuesday at 3 pm",
            {"move": True, "day": date(2026, 3, 3), "time": "15:00"},
        ),
        ("goal", "I need to move my Tuesday appointment", {"move": True}),
        (
            "goal",
            "this is Jane Doe, I want to reschedule my appointment at 3 pm",
            {"move": True, "name": "Jane Doe"},
        ),
        ("goal", "<script>alert('hello')</script> </Say><Hangup/>", {}),
    ],
)
def test_all_that_one_answer_says(asked: str, said: str, heard: dict[str, Any]) -> None:
    got = hear(said, asked, MONDAY)
    expected = Heard(**heard)
    assert (got.name, got.phone, got.day, got.time) == (
        expected.name,
        expected.phone,
        expected.day,
        expected.time,
    )
    assert got.answer is expected.answer
    assert got.move is expected.move
    assert expected.mentions <= got.mentions


@pytest.mark.parametrize(
    ("asked", "digits", "heard"),
    [
        ("phone", "5550104477", Heard(phone="5550104477")),
        ("name", "5550104477", Heard(phone="5550104477")),
        ("phone", "555#", Heard()),
        ("phone", "1" * 16, Heard()),
        ("confirm", "1", Heard(answer=True)),
        ("confirm", "2", Heard(answer=False)),
        ("offer", "2", Heard(answer=False)),
        ("confirm", "3", Heard()),
        ("name", "1", Heard()),
        ("phone", "**", Heard()),
    ],
)
def test_keys(asked: str, digits: str, heard: Heard) -> None:
    assert hear_keys(digits, asked) == heard


def test_no_more_is_looked_at_than_anyone_says() -> None:
    assert clean("x" * 5000) == "x" * 1000


def test_two_answers_that_mean_the_same_have_one_gist() -> None:
    one = hear("Um, I'd like to come on Tuesday.", "day", MONDAY)
    other = hear("Tuesday", "day", MONDAY)
    assert one.gist == other.gist != ""
    assert hear("Friday", "day", MONDAY).gist != one.gist
    assert hear("blah blah", "day", MONDAY).gist == ""


@pytest.mark.parametrize(
    "text",
    ["", "\x00\x07", "é" * 5000, "1" * 5000, "a b " * 2000, "J " * 2000, "five " * 2000, "\ud800"],
)
@pytest.mark.parametrize("asked", ["goal", "name", "phone", "day", "time", "confirm", "change"])
@pytest.mark.timeout(10)
def test_nothing_is_too_odd_to_be_heard(text: str, asked: str) -> None:
    heard = hear(text, asked, MONDAY)
    for value in (heard.name, heard.phone):
        assert value is None or (value.isprintable() and len(value) < 200)
