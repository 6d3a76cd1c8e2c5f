"""What is said when: whole calls through the application, without sockets."""

import xml.etree.ElementTree as ET
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from voicesim.reference import prompts
from voicesim.reference.answers import Appointment, choose
from voicesim.reference.languages import ENGLISH
from voicesim.reference.states import ALLOWED, ENDED, Call, State

ALL = "Hi, this is Jane Doe, my number is 555 010 4477, I'd like to come on Tuesday at 3 pm"
STEPS = ("I'd like an appointment", "Jane Doe", "555 010 4477", "Tuesday", "3 pm")
READ_BACK = (
    "Jane Doe, with the number 5 5 5, 0 1 0, 4 4 7 7, on Tuesday, March 3rd, at 3 PM. "
    "Is that correct? Please say yes or no."
)
TO_READ_BACK = {
    "goal": (),
    "name": STEPS[:1],
    "phone": STEPS[:2],
    "day": STEPS[:3],
    "time": STEPS[:4],
    "confirm": STEPS,
    "change": (*STEPS, "no"),
    "offer": ("I need to move my appointment", "Jane Doe", "555 010 4477"),
}
ASKS = {
    "goal": "How can I help you?",
    "name": "your name",
    "phone": "phone number",
    "day": "What day",
    "time": "What time",
    "confirm": "Is that correct? Please say yes or no.",
    "change": "What should I change",
    "offer": "Would you like to book a new appointment instead? Please say yes or no.",
}


def booked(agent: Any) -> list[tuple[str, str, str, str]]:
    return [(a["name"], a["phone"], a["date"], a["time"]) for a in agent.get("/appointments")]


def test_a_booking_step_by_step(agent: Any) -> None:
    call = agent.call()
    assert call.ring().said == f"{ENGLISH.texts.greeting} How can I help you?"
    assert call.say(STEPS[0]).said == "Gladly. What is your name, please?"
    assert call.say(STEPS[1]).said == "Thank you, Jane Doe. What is your phone number?"
    assert call.say(STEPS[2]).said == "Thank you. What day would you like to come?"
    assert call.say(STEPS[3]).said == "Thank you. What time would you like to come?"
    assert call.say(STEPS[4]).said == f"Let me read that back. {READ_BACK}"
    assert booked(agent) == []
    end = call.say("yes")
    assert end.said == (
        "Thank you, Jane Doe. Your appointment is confirmed for Tuesday, March 3rd, at 3 PM. "
        "Goodbye."
    )
    assert end.hangs_up
    assert booked(agent) == [("Jane Doe", "5550104477", "2026-03-03", "15:00")]
    assert call.seen["state"] == "booked"


def test_everything_at_once(agent: Any) -> None:
    call = agent.call()
    assert READ_BACK in call.talk(ALL).said
    assert call.say("Yes, that's right.").hangs_up
    assert booked(agent) == [("Jane Doe", "5550104477", "2026-03-03", "15:00")]


def test_a_number_from_abroad_is_read_back_with_its_plus(agent: Any) -> None:
    call = agent.call()
    said = call.talk(ALL.replace("555 010 4477", "+44 7700 900123")).said
    assert "plus 4 4 7, 7 0 0, 9 0 0, 1 2 3" in said
    call.say("yes")
    assert booked(agent)[0][1] == "+447700900123"


@pytest.mark.parametrize(("state", "answers"), TO_READ_BACK.items())
def test_every_question_has_its_words_and_listens(
    agent: Any, state: str, answers: tuple[str, ...]
) -> None:
    call = agent.call()
    answer = call.talk(*answers)
    assert call.seen["state"] == state
    assert ASKS[state] in answer.said
    gather = answer.twiml.find("Gather")
    assert gather is not None
    assert gather.attrib["input"] == "speech dtmf"
    assert gather.attrib["action"] == "/twilio/gather"
    assert gather.attrib["method"] == "POST"
    assert gather.attrib["speechTimeout"] == "auto"
    assert gather.attrib["language"] == "en-US"
    assert 3 <= int(gather.attrib["timeout"]) <= 15
    assert gather.get("numDigits") == ("1" if state in {"confirm", "offer"} else None)
    after = list(answer.twiml)[1]
    assert (after.tag, after.text) == ("Redirect", "/twilio/noinput")
    assert not answer.hangs_up


# --- corrections ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("correction", "new"),
    [
        ("no, Wednesday", {"date": "2026-03-04"}),
        ("No, my name is Jane Roe.", {"name": "Jane Roe"}),
        ("no, it's Jane Roe", {"name": "Jane Roe"}),
        ("No, my phone number is 555 010 4478.", {"phone": "5550104478"}),
        ("no, at four pm", {"time": "16:00"}),
        ("yes, but on Wednesday", {"date": "2026-03-04"}),
    ],
)
def test_a_correction_is_read_back_anew(agent: Any, correction: str, new: dict[str, str]) -> None:
    call = agent.call()
    said = call.talk(ALL, correction).said
    assert "Is that correct? Please say yes or no." in said
    assert READ_BACK not in said
    assert call.say("yes").hangs_up
    (appointment,) = agent.get("/appointments")
    assert {key: appointment[key] for key in new} == new


def test_a_mere_no_asks_what_to_change(agent: Any) -> None:
    call = agent.call()
    assert call.talk(ALL, "no").said == (
        "What should I change: the name, the phone number, the day or the time?"
    )
    assert call.say("the day").said == "All right. What day would you like to come?"
    assert "Wednesday, March 4th, at 3 PM" in call.say("Wednesday").said
    call.say("yes")
    assert booked(agent) == [("Jane Doe", "5550104477", "2026-03-04", "15:00")]


def test_what_to_change_may_be_answered_with_the_right_value(agent: Any) -> None:
    call = agent.call()
    assert "at 4 PM. Is that correct?" in call.talk(ALL, "no", "four pm").said


def test_no_with_the_field_asks_for_it_anew(agent: Any) -> None:
    call = agent.call()
    assert call.talk(ALL, "No, the phone number is wrong").said == (
        "All right. What is your phone number?"
    )
    assert call.seen["understood"]["phone"] is None


def test_yes_with_what_was_read_back_books(agent: Any) -> None:
    assert agent.call().talk(ALL, "Yes, Tuesday at 3 pm is right").hangs_up


def test_keys_answer_the_read_back_and_the_phone_number(agent: Any) -> None:
    call = agent.call()
    call.talk("I'd like an appointment", "Jane Doe")
    assert "What day" in call.keys("5550104477").said
    call.say("Tuesday at 3 pm")
    assert "What should I change" in call.keys("2").said
    assert READ_BACK in call.say("nothing, it is fine").said
    assert call.keys("1").hangs_up
    assert booked(agent) == [("Jane Doe", "5550104477", "2026-03-03", "15:00")]


# --- not heard, not understood --------------------------------------------------------------------


@pytest.mark.parametrize("state", list(TO_READ_BACK))
def test_low_confidence_is_asked_again_in_other_words(agent: Any, state: str) -> None:
    call = agent.call()
    first = call.talk(*TO_READ_BACK[state]).said
    again = call.say("hm hm hm", confidence="0.2").said
    assert again.startswith("Sorry, I did not hear that well.")
    assert again.removeprefix("Sorry, I did not hear that well. ") not in first
    assert call.seen["state"] == state


def test_low_confidence_is_not_believed(agent: Any) -> None:
    call = agent.call()
    call.talk("I'd like an appointment")
    call.say("Jane Doe", confidence="0.49")
    assert call.seen["understood"]["name"] is None
    call.say("Jane Roe", confidence="0.4")
    assert call.seen["understood"]["name"] is None
    call.say("Jane Doe", confidence="0.5")
    assert call.seen["understood"]["name"] == "Jane Doe"


def test_the_same_guess_twice_is_believed(agent: Any) -> None:
    call = agent.call()
    call.talk("I'd like an appointment")
    call.say("Jane Doe", confidence="0.4")
    call.say("Um, Jane Doe.", confidence="0.3")
    assert call.seen["understood"]["name"] == "Jane Doe"


@pytest.mark.parametrize("confidence", [None, "", "high", "nan"])
def test_missing_or_odd_confidence_is_fine(agent: Any, confidence: str | None) -> None:
    call = agent.call()
    call.talk("I'd like an appointment")
    call.say("Jane Doe", confidence=confidence)
    assert call.seen["understood"]["name"] == "Jane Doe"


@pytest.mark.parametrize("state", list(TO_READ_BACK))
@pytest.mark.parametrize(("said", "confidence"), [("blah I don't blah", "0.9"), ("what", "0.1")])
def test_five_tries_then_goodbye(agent: Any, state: str, said: str, confidence: str) -> None:
    call = agent.call()
    call.talk(*TO_READ_BACK[state])
    for _ in range(4):
        answer = call.say(said, confidence)
        assert not answer.hangs_up
        assert answer.twiml.find("Gather") is not None
    assert call.say(said, confidence).said == ENGLISH.texts.gives_up
    assert call.last.hangs_up
    assert call.seen["state"] == "gave_up"
    assert booked(agent) == []


def test_an_answer_in_between_begins_the_count_anew(agent: Any) -> None:
    call = agent.call()
    call.ring()
    for useful in ("an appointment please", "Jane Doe", "555 010 4477", "Tuesday"):
        for _ in range(4):
            assert not call.say("blah I don't").hangs_up
        assert not call.say(useful).hangs_up
    assert call.seen["state"] == "time"


@pytest.mark.parametrize("state", list(TO_READ_BACK))
def test_who_asks_hears_the_prompt_again(agent: Any, state: str) -> None:
    call = agent.call()
    call.talk(*TO_READ_BACK[state])
    for _ in range(2):
        assert ASKS[state] in call.say("Could you repeat that, please?").said
    assert call.seen["state"] == state


@pytest.mark.parametrize("state", list(TO_READ_BACK))
def test_four_silences_then_goodbye(agent: Any, state: str) -> None:
    call = agent.call()
    call.talk(*TO_READ_BACK[state])
    for _ in range(3):
        answer = call.silence()
        assert answer.said.startswith(ENGLISH.texts.silence)
        assert answer.twiml.find("Gather") is not None
    assert call.silence().said == ENGLISH.texts.nobody_there
    assert call.last.hangs_up
    assert call.seen["state"] == "gave_up"


def test_only_silences_in_a_row_count(agent: Any) -> None:
    call = agent.call()
    call.ring()
    for _ in range(3):
        call.silence()
    call.say("I'd like an appointment")
    for _ in range(3):
        assert not call.silence().hangs_up


@pytest.mark.parametrize("said", [None, "", "   "])
def test_a_result_without_words_is_a_silence(agent: Any, said: str | None) -> None:
    call = agent.call()
    call.ring()
    assert call.say(said).said.startswith(ENGLISH.texts.silence)
    assert call.seen["turns"] == 0


def test_no_call_goes_on_for_ever(agent: Any) -> None:
    call = agent.call()
    call.talk(ALL)
    for n in range(59):
        assert not call.say(f"no, at {3 + n % 2} pm").hangs_up
    assert call.say("no, at 5 pm").hangs_up
    assert call.seen["state"] == "gave_up"


ODD = (
    "José García & (416) 555-1234 #ext",
    "<script>alert('hello')</script> </Say><Hangup/> <![CDATA[ ]]>",
    "😀👩‍👩‍👧 100 % + 1 = ?",
    "4165551234",
    "שמי דוד כהן، اسمي محمد",
    "and then my neighbour told me that I should really call you first, " * 65,
    "x" * 20000,
    "\x00\x01\x0b\ufffe\uffff",
    "My name is A&B <b>",
    "My name is " + "B" * 5000,
    '"; DROP TABLE calls; --',
)


@pytest.mark.parametrize("said", ODD)
@pytest.mark.parametrize("state", list(TO_READ_BACK))
def test_odd_words_get_valid_twiml(agent: Any, state: str, said: str) -> None:
    call = agent.call()
    call.talk(*TO_READ_BACK[state])
    for _ in range(2):
        answer = call.say(said)
        assert answer.twiml.find("Gather") is not None
        assert {e.tag for e in answer.twiml.iter()} <= {"Response", "Gather", "Say", "Redirect"}
        assert len(answer.body) < 4000


def test_a_name_with_an_ampersand_around_is_kept_and_escaped(agent: Any) -> None:
    call = agent.call()
    call.talk("I'd like an appointment", ODD[0])
    assert call.seen["understood"]["name"] == "José García"
    assert call.seen["understood"]["phone"] == "4165551234"
    assert "José García" in call.say("Tuesday at 3 pm").said


def test_text_is_escaped_in_twiml(agent: Any) -> None:
    with agent.store.transaction() as transaction:
        transaction.save(
            Call("CA9", state=State.TIME, name="A <b> & Co", phone="5550104477", day=None)
        )
    call = agent.call("CA9")
    call.say("Tuesday at 3 pm")
    assert "A <b> & Co" in call.last.said
    assert "A &lt;b&gt; &amp; Co" in call.last.text


# --- moving ---------------------------------------------------------------------------------------

MOVE = "I need to move my appointment"


def test_moving_by_the_number_the_call_comes_from(agent: Any) -> None:
    agent.add(phone="212 555 0100")
    call = agent.call()
    assert call.talk(MOVE).said == (
        "Jane Doe, I found your appointment on Tuesday, March 3rd, at 3 PM. "
        "What day would you like instead?"
    )
    assert call.say("Friday").said == "Thank you. What time would you like instead?"
    assert call.say("ten thirty").said == (
        "Let me read that back. Jane Doe, with the number 2 1 2, 5 5 5, 0 1 0 0, moved to Friday, "
        "March 6th, at 10:30 AM. Is that correct? Please say yes or no."
    )
    assert booked(agent)[0][2] == "2026-03-03"
    end = call.say("yes")
    assert end.said == (
        "Thank you, Jane Doe. Your appointment has been moved to Friday, March 6th, at 10:30 AM. "
        "Goodbye."
    )
    assert end.hangs_up
    assert booked(agent) == [("Jane Doe", "2125550100", "2026-03-06", "10:30")]
    assert call.seen["state"] == "moved"
    assert call.seen["appointment_id"] == agent.get("/appointments")[0]["id"]


def test_moving_what_was_booked_from_the_same_telephone(agent: Any) -> None:
    agent.call("CA1").talk(ALL, "yes")
    said = agent.call("CA2").talk("I'd like to reschedule my appointment to Friday at 4 pm").said
    assert "moved to Friday, March 6th, at 4 PM" in said


def test_moving_by_name(agent: Any) -> None:
    agent.add()
    call = agent.call()
    assert call.talk(MOVE).said == (
        f"{ENGLISH.texts.to_move} To find your appointment: what is your name, please?"
    )
    assert "I found your appointment" in call.say("Jane Doe").said


def test_moving_by_phone_number(agent: Any) -> None:
    agent.add()
    call = agent.call()
    call.talk(MOVE, "Jane Dough")
    assert call.last.said == (
        "Thank you, Jane Dough. To find your appointment: what is your phone number?"
    )
    assert call.say("555 010 4477").said.startswith("Jane Doe, I found your appointment")
    call.say("Friday at 4 pm")
    call.say("yes")
    assert booked(agent) == [("Jane Doe", "5550104477", "2026-03-06", "16:00")]


def test_all_of_a_move_at_once(agent: Any) -> None:
    agent.add()
    call = agent.call()
    said = call.talk(
        "Hi. I'd like to reschedule my appointment. My name is Jane Doe, my phone number is "
        "555 010 4477, and I'd like to move my appointment from Tuesday at 3 pm to Friday at 4 pm."
    ).said
    assert "moved to Friday, March 6th, at 4 PM. Is that correct?" in said


def test_none_found_offers_to_book(agent: Any) -> None:
    agent.add(name="Somebody Else", phone="555 010 9999")
    call = agent.call()
    said = call.talk(MOVE, "Jane Doe", "555 010 4477").said
    assert said == f"{ENGLISH.texts.not_found} {ASKS['offer']}"
    assert (
        call.say("yes please").said
        == f"{ENGLISH.texts.welcome_back} What day would you like to come?"
    )
    assert READ_BACK in call.say("Tuesday at 3 pm").said
    call.say("yes")
    assert call.seen["state"] == "booked"
    assert len(booked(agent)) == 2


def test_an_offer_may_be_declined(agent: Any) -> None:
    call = agent.call()
    assert (
        call.talk(MOVE, "Jane Doe", "555 010 4477", "no thank you").said == ENGLISH.texts.declined
    )
    assert call.last.hangs_up
    assert call.seen["state"] == "declined"
    assert booked(agent) == []


def test_another_name_at_the_offer_is_searched_for(agent: Any) -> None:
    agent.add(name="Jane Roe", phone="555 010 9999")
    call = agent.call()
    said = call.talk(MOVE, "Jane Doe", "555 010 4477", "no, my name is Jane Roe").said
    assert said.startswith("Jane Roe, I found your appointment")


def test_the_wish_to_move_may_come_late(agent: Any) -> None:
    agent.add()
    call = agent.call()
    assert "I found your appointment" in call.talk("an appointment", "Jane Doe", MOVE).said


def test_a_correction_while_moving_may_mean_another_appointment(agent: Any) -> None:
    agent.add(phone="212 555 0100")
    agent.add(name="Jane Roe", phone="555 010 9999")
    call = agent.call()
    call.talk(MOVE, "Friday at 4 pm", "no, my name is Jane Roe")
    assert "Jane Roe, with the number 5 5 5, 0 1 0, 9 9 9 9" in call.last.said
    call.say("yes")
    assert [a[2] for a in booked(agent)] == ["2026-03-03", "2026-03-06"]


def test_an_appointment_deleted_meanwhile_is_booked_anew(agent: Any) -> None:
    agent.add(phone="212 555 0100")
    call = agent.call()
    call.talk(MOVE, "Friday at 4 pm")
    agent.send("DELETE", "/appointments", "test=true")
    assert call.say("yes").hangs_up
    assert booked(agent) == [("Jane Doe", "2125550100", "2026-03-06", "16:00")]


def test_an_appointment_of_the_past_is_not_found(make_agent: Any, tmp_path: Path) -> None:
    path = str(tmp_path / "agent.sqlite")
    make_agent(path, fixed_today=date(2026, 2, 2)).add(phone="212 555 0100", date="2026-02-10")
    for sid, today, found in (("CA1", 11, False), ("CA2", 10, True)):
        agent = make_agent(path, fixed_today=date(2026, 2, today))
        said = agent.call(sid).talk(MOVE).said
        assert ("I found your appointment" in said) is found


@pytest.mark.parametrize("caller", ["anonymous", "+100", "client:jane", ""])
def test_a_caller_without_a_number_is_asked(agent: Any, caller: str) -> None:
    agent.add(phone="1001001")
    call = agent.call(From=caller)
    assert "what is your name" in call.talk(MOVE).said


def test_test_calls_never_move_live_appointments(agent: Any) -> None:
    agent.add(test=False)
    assert ENGLISH.texts.not_found in agent.call().talk(MOVE, "Jane Doe", "555 010 4477").said


HERE, THERE = "+12125550100", "5550104477"


@pytest.mark.parametrize(
    ("appointments", "known", "chosen"),
    [
        ([], {"caller": HERE}, None),
        ([("Jane Doe", HERE, "")], {"caller": HERE}, 1),
        ([("Jane Doe", THERE, HERE)], {"caller": HERE}, 1),
        ([("Jane Doe", HERE, ""), ("Jane Roe", HERE, "")], {"caller": HERE}, None),
        ([("Jane Doe", HERE, ""), ("Jane Roe", HERE, "")], {"caller": HERE, "name": "jane doe"}, 1),
        ([("Jane Doe", HERE, "")], {"caller": HERE, "name": "Jane Dough"}, 1),
        ([("Jane Doe", HERE, ""), ("Jane Roe", THERE, "")], {"caller": HERE, "phone": THERE}, 1),
        ([("Jane Doe", THERE, "")], {"phone": "+1 " + THERE}, 1),
        ([("Jane Doe", THERE, "")], {"name": "Jane Doe"}, 1),
        ([("Jane Doe", THERE, ""), ("Jane Doe", "5550109999", "")], {"name": "Jane Doe"}, None),
        (
            [("Jane Doe", THERE, ""), ("Jane Doe", "5550109999", "")],
            {"name": "Jane Doe", "phone": THERE},
            1,
        ),
        ([("Jane Doe", THERE, ""), ("Jane Doe", THERE, "")], {"phone": THERE}, 2),
        ([("Jane Doe", "", "")], {"caller": "anonymous"}, None),
    ],
)
def test_which_appointment_is_meant(
    appointments: list[tuple[str, str, str]], known: dict[str, str], chosen: int | None
) -> None:
    day = date(2026, 3, 3)
    listed = [
        Appointment(n, name, phone, day, "15:00", caller)
        for n, (name, phone, caller) in enumerate(appointments, 1)
    ]
    found = choose(listed, Call("CA1", **known))  # type: ignore[arg-type]
    assert (found.id if found else None) == chosen


# --- states ---------------------------------------------------------------------------------------


def test_every_state_is_in_the_table_and_can_be_reached() -> None:
    assert set(ALLOWED) == set(State)
    reached = {State.NEW}
    for _ in State:
        reached |= {after for state in reached for after in ALLOWED[state]}
    assert reached == set(State)
    assert {state for state, after in ALLOWED.items() if not after} == ENDED


def test_every_state_on_the_way_may_give_up() -> None:
    for state in set(State) - ENDED - {State.NEW}:
        assert State.GAVE_UP in ALLOWED[state]


def test_what_the_table_does_not_allow_is_refused() -> None:
    call = Call("CA1")
    with pytest.raises(AssertionError, match="new may not become booked"):
        call.go(State.BOOKED)


def test_an_ended_call_stays_ended(agent: Any) -> None:
    call = agent.call()
    call.talk(ALL, "yes")
    for answer in (call.say("no, Friday"), call.silence(), call.ring(), call.keys("2")):
        assert answer.said == ENGLISH.texts.over
        assert answer.hangs_up
    assert booked(agent) == [("Jane Doe", "5550104477", "2026-03-03", "15:00")]


def test_a_call_answered_twice_goes_on_where_it_was(agent: Any) -> None:
    call = agent.call()
    call.talk("I'd like an appointment", "Jane Doe")
    assert call.ring().said == "What is your phone number?"


def test_a_call_the_agent_never_saw_begin(agent: Any) -> None:
    assert "What is your phone number?" in agent.call().say("My name is Jane Doe").said
    assert ENGLISH.texts.greeting in agent.call("CA2").silence().said


@pytest.mark.parametrize(
    ("phone", "spoken"),
    [
        ("5550104477", "5 5 5, 0 1 0, 4 4 7 7"),
        ("5550104", "5 5 5, 0 1 0 4"),
        ("61755590181", "6 1 7, 5 5 5, 9 0 1, 8 1"),
        ("+447700900123", "plus 4 4 7, 7 0 0, 9 0 0, 1 2 3"),
        ("14165551234", "1, 4 1 6, 5 5 5, 1 2 3 4"),
    ],
)
def test_phone_numbers_are_spoken_digit_by_digit(phone: str, spoken: str) -> None:
    assert prompts.spoken_phone(phone) == spoken


def test_prompts_are_never_the_same_twice_in_a_row() -> None:
    for state in (State.GOAL, State.NAME, State.PHONE, State.DAY, State.TIME, State.CHANGE):
        for moves in (False, True):
            call = Call("CA1", state=state, moves=moves)
            said = [prompts.ask(call, attempt) for attempt in range(5)]
            assert all(one != other for one, other in pairwise(said))


def test_twiml_is_a_document_twilio_takes(agent: Any) -> None:
    body = agent.call().ring().text
    assert body.startswith('<?xml version="1.0" encoding="UTF-8"?>')
    assert ET.fromstring(body).tag == "Response"
