"""Cancelling, opening hours, a person, a wrong number: whole calls through the application."""

from collections.abc import Callable
from typing import Any

import pytest

CALLER = {"From": "+12125550142"}
FRONT_DESK = "+12025550123"


@pytest.fixture
def desk(make_agent: Callable[..., Any]) -> Any:
    """The agent with somebody at its front desk."""
    return make_agent(front_desk=FRONT_DESK)


def test_the_appointment_of_who_calls_is_cancelled_once(agent: Any) -> None:
    agent.add()
    other = agent.add(name="Bob Ray", phone="555 010 9999")
    call = agent.call(From="+15550104477")
    assert call.talk("I want to cancel my appointment").said == (
        "Jane Doe, I found your appointment on Tuesday, March 3rd, at 3 PM. "
        "Shall I cancel it? Please say yes or no."
    )
    end = call.say("yes")
    assert end.said == (
        "Thank you, Jane Doe. Your appointment on Tuesday, March 3rd, at 3 PM, has been "
        "cancelled. Goodbye."
    )
    assert end.hangs_up
    assert [one["id"] for one in agent.get("/appointments")] == [other["id"]]
    assert (call.seen["state"], call.say("yes").hangs_up) == ("cancelled", True)
    assert len(agent.get("/appointments")) == 1


def test_who_calls_from_elsewhere_is_asked_who_it_is(agent: Any) -> None:
    agent.add()
    call = agent.call(**CALLER)
    assert "what is your name" in call.talk("Please cancel my appointment").said
    assert "phone number" in call.say("Mary Major").said
    assert "Shall I cancel it?" in call.say("555 010 4477").said
    assert call.say("yes").hangs_up
    assert agent.get("/appointments") == []


def test_who_says_no_keeps_it(agent: Any) -> None:
    agent.add()
    call = agent.call(From="+15550104477")
    call.talk("cancel my appointment")
    assert "stays as it is" in call.say("no").said
    assert len(agent.get("/appointments")) == 1


def test_who_names_another_day_is_found_the_other_appointment(agent: Any) -> None:
    agent.add(day="Thursday")
    agent.add()
    call = agent.call(From="+15550104477", CallSid="CA2")
    assert "on Tuesday" in call.talk("cancel my appointment, this is Jane Doe").said
    assert "on Thursday" in call.say("No, it is on Thursday").said
    assert call.say("yes").hangs_up
    assert [one["day"] for one in agent.get("/appointments")] == ["Tuesday"]


def test_who_has_none_is_told_so(agent: Any) -> None:
    call = agent.call(**CALLER)
    call.talk("cancel my appointment", "Jane Doe")
    assert "could not find an appointment" in call.say("555 010 4477").said
    assert "not booked anything" in call.say("No, thank you").said


@pytest.mark.parametrize("bye", ["No, thank you", "Thank you very much. Goodbye.", "That's all"])
def test_the_hours_are_told(agent: Any, bye: str) -> None:
    call = agent.call(**CALLER)
    assert "from Monday to Friday, from 9 AM to 5 PM" in call.talk("When are you open?").said
    assert call.say(bye).hangs_up
    assert call.seen["state"] == "served"


def test_after_the_hours_an_appointment_may_be_booked(agent: Any) -> None:
    call = agent.call(**CALLER)
    call.talk("What are your opening hours?")
    assert "your name" in call.say("I would like to book an appointment").said
    assert "How can I help you?" in agent.call(CallSid="CA2").talk("are you open?", "yes").said


def test_without_a_front_desk_somebody_calls_back(agent: Any) -> None:
    end = agent.call(**CALLER).talk("I want to speak to a person")
    assert "will call you back" in end.said
    assert end.hangs_up


@pytest.mark.parametrize(
    ("status", "says"),
    [
        ("completed", "Thank you for calling"),
        ("no-answer", "will call you back"),
        ("busy", "nobody"),
    ],
)
def test_who_wants_a_person_is_put_through(desk: Any, status: str, says: str) -> None:
    call = desk.call(**CALLER)
    through = call.talk("Can I talk to a human?").twiml
    dial = through.find("Dial")
    assert dial is not None
    assert (dial.text, dial.get("action")) == (FRONT_DESK, "/twilio/dialled")
    end = desk.webhook("/twilio/dialled", call.base | {"DialCallStatus": status})
    assert says in end.said
    assert end.hangs_up


def test_the_wrong_number(agent: Any) -> None:
    call = agent.call(**CALLER)
    assert call.talk("Is this the Rialto cinema?").said.startswith("No, I am sorry")
    assert call.say("Oh sorry, I have the wrong number").said == "No problem at all. Goodbye."
    assert agent.get("/appointments") == []
