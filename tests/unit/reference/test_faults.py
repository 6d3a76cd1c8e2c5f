"""Each fault shows, and its clean twin, the default agent, does not have it."""

import asyncio
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest

from voicesim.reference.faults import FAULTS, FaultError, described, parse
from voicesim.reference.faults.base import Fault, Faults
from voicesim.reference.faults.wire import Stall

ALL = "Hi, this is Jane Doe, my number is 555 010 4477, I'd like to come on Tuesday at 3 pm"
OTHER = "Hi, this is John Roe, my number is 555 010 1234, I'd like to come on Friday at 9 am"
STEPS = ("book an appointment", "Jane Doe", "555 010 4477", "Tuesday", "3 pm", "yes")
SID = "CA" + "2" * 32
Make = Callable[..., Any]
Shows = Callable[[Any], object]


def parses(body: bytes) -> bool:
    try:
        ET.fromstring(body)
    except ET.ParseError:
        return False
    return True


# Each probe gives something true where the agent it talks to has the fault.


def errors(agent: Any) -> bool:
    return any(agent.call().ring().status == 500 for _ in range(10))


def malformed(agent: Any) -> bool:
    return not all(parses(agent.call().ring().body) for _ in range(5))


def content_type(agent: Any) -> bool:
    return not agent.call().ring().headers["content-type"].startswith("text/xml")


def unknown_verb(agent: Any) -> bool:
    return agent.call().ring().twiml.find("Speak") is not None


def leaks_trace(agent: Any) -> bool:
    call = agent.call()
    call.ring()
    return any("Traceback" in call.say("what?").text for _ in range(15))


def digits_fail(agent: Any) -> bool:
    call = agent.call()
    call.ring()
    assert call.keys("123").status == 200
    return bool(call.keys("12*").status == 500)


def accepts_unsigned(agent: Any) -> bool:
    body = urlencode({"CallSid": SID}).encode()
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    unsigned = agent.send("POST", "/twilio/voice", body=body, headers=form).status == 200
    headers = form | {"X-Twilio-Signature": "wrong"}
    wrong = agent.send("POST", "/twilio/voice", body=body, headers=headers).status == 200
    assert unsigned == wrong
    return unsigned


def refuses_blank(agent: Any) -> bool:
    assert agent.call().ring().status == 200
    return bool(agent.call(FromCity="").ring().status == 403)


def mixup(agent: Any) -> bool:
    calls = [agent.call(SID[:-1] + str(n)) for n in range(6)]
    said = [call.talk(ALL if n % 2 else OTHER).said for n, call in enumerate(calls)]
    return any(("Jane Doe" in text) != bool(n % 2) for n, text in enumerate(said))


def forgets_name(agent: Any) -> bool:
    call = agent.call()
    return "name" in call.talk(*STEPS[:5]).said and "name" in call.say("Jane Doe").said


def other_day(agent: Any) -> bool:
    call = agent.call()
    assert "Tuesday" in call.talk(*STEPS).said
    (appointment,) = agent.get("/appointments")
    assert appointment["day"] == call.seen["understood"]["day"]
    return bool(appointment["day"] == "Wednesday")


def old_day(agent: Any) -> bool:
    call = agent.call()
    said = call.talk(*STEPS[:5], "No, I'd like to come on Thursday").said
    assert ("Tuesday" in said) != ("Thursday" in said)
    assert call.seen["understood"]["day"] in said
    return "Tuesday" in said


def old_name(agent: Any) -> bool:
    call = agent.call()
    said = call.talk(*STEPS[:5], "No, my name is Mary Stone").said
    assert ("Jane Doe" in said) != ("Mary Stone" in said)
    assert call.seen["understood"]["name"] in said
    return "Jane Doe" in said


def wrong_number(agent: Any) -> bool:
    call = agent.call()
    said = call.talk(ALL).said
    assert call.seen["understood"]["phone"] == "5550104477"
    return "4 4 7 8" in said


def refuses_country(agent: Any) -> bool:
    assert not agent.call(From="+12125550100").ring().hangs_up
    return bool(agent.call(From="+447700900123").ring().hangs_up)


def never_hangs_up(agent: Any) -> bool:
    return not agent.call().talk(*STEPS).hangs_up


def hangs_up_early(agent: Any) -> bool:
    return bool(agent.call().talk(*STEPS[:3]).hangs_up)


def loops_on_silence(agent: Any) -> bool:
    call = agent.call()
    call.ring()
    return len({call.silence().said for _ in range(10)}) == 1 and call.say("book").said != ""


def skips_state(agent: Any) -> bool:
    return "at 9 AM. Is that correct?" in agent.call().talk(*STEPS[:4]).said


def hours_missing(agent: Any) -> bool:
    said = agent.call().talk("What are your opening hours?").said
    assert ("9 AM" in said) != ("opening hours are the usual" in said)
    return "9 AM" not in said


def cancels_other(agent: Any) -> bool:
    agent.add()
    said = agent.call(From="+15550104477").talk("cancel my appointment", "yes").said
    assert "has been cancelled" in said
    assert agent.get("/appointments") == []
    return "on Wednesday" in said


def cancel_kept(agent: Any) -> bool:
    agent.add()
    said = agent.call(From="+15550104477").talk("cancel my appointment", "yes").said
    assert "has been cancelled" in said
    return agent.get("/appointments") != []


def books_twice(agent: Any) -> bool:
    call = agent.call()
    call.talk(*STEPS[:5])
    for _ in range(2):
        call.say("yes", token="the same")
    return len(agent.get("/appointments")) == 2


def books_again(agent: Any) -> bool:
    agent.call().talk(*STEPS, "No, thank you", "Yes, please")
    return len(agent.get("/appointments")) == 3


def drops_cookie(agent: Any) -> bool:
    call = agent.call()
    ring = call.ring()
    assert ("set-cookie" in ring.headers) == ("path=/elsewhere" in str(ring.headers).lower())
    return [call.say("I'd like to book").said for _ in range(2)][1].startswith("Gladly")


def loses_call(agent: Any) -> bool:
    names = []
    for n in range(8):
        call = agent.call(SID[:-1] + str(n))
        call.talk(*STEPS[:3], "Tuesday")
        names.append(call.seen["understood"]["name"])
    return None in names


PROBES: dict[str, Shows] = {
    name: globals()[name.replace("-", "_")]
    for name in FAULTS
    if name not in ("stall", "latency", "drip")
}


@pytest.mark.parametrize("name", PROBES)
def test_a_fault_shows_and_the_clean_agent_has_it_not(name: str, make_agent: Make) -> None:
    value = "=1" if name == "mixup" else ""
    assert PROBES[name](make_agent(faults=(name + value,)))
    assert not PROBES[name](make_agent())


@pytest.mark.parametrize("name", FAULTS)
def test_it_can_be_told_from_its_description(name: str) -> None:
    line = next(line for line in described().splitlines() if line.split()[0].startswith(name))
    assert line.endswith(".")
    assert len(line.split()) > 5


def test_there_are_many() -> None:
    assert len(FAULTS) >= 24


# --- what takes time --------------------------------------------------------------------------


def test_a_stall_holds_everything_up_once() -> None:
    now, slept = [100.0], []
    stall = Stall("2.5@10", clock=lambda: now[0], sleep=slept.append)
    for seconds in (0.0, 5.0, 4.9, 0.2, 50.0):
        now[0] += seconds
        asyncio.run(stall.arrives(None))  # type: ignore[arg-type]
    assert slept == [2.5]
    assert now[0] > 110


def test_a_stall_begins_after_five_seconds_unless_told(make_agent: Make) -> None:
    agent = make_agent(faults=("stall=0.3@0",))
    took_s = []
    for _ in range(3):
        began = time.perf_counter()
        assert agent.call().ring().status == 200
        took_s.append(time.perf_counter() - began)
    assert took_s[0] >= 0.3
    assert min(took_s[1:]) < took_s[0]
    assert Stall("1")._after == 5


def test_latency(make_agent: Make) -> None:
    agent = make_agent(faults=("latency=0.2",))
    began = time.perf_counter()
    assert agent.call().ring().status == 200
    assert time.perf_counter() - began >= 0.2


def test_drip(make_agent: Make) -> None:
    clean = make_agent().call().ring()
    agent = make_agent(faults=("drip=0.2",))
    began = time.perf_counter()
    assert agent.call().ring().body == clean.body
    assert time.perf_counter() - began >= 0.2


# --- several, and what there is not ---------------------------------------------------------------


def test_several_at_once(make_agent: Make) -> None:
    agent = make_agent(faults=("drip=0.01", "malformed=1", "unknown-verb", "accepts-unsigned"))
    answer = agent.call().ring()
    assert b"<Speak>" in answer.body
    assert not parses(answer.body)
    assert accepts_unsigned(agent)
    agent = make_agent(faults=("other-day", "skips-state"))
    assert "9 AM" in agent.call().talk(*STEPS[:4], "yes").said
    assert agent.get("/appointments")[0]["day"] == "Wednesday"


def test_none_is_the_clean_agent() -> None:
    assert type(parse(())) is Fault
    assert isinstance(parse(("drip",)), Faults)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("nonsense", "take one of stall, latency"),
        ("", "there is no fault ''"),
        ("stall=soon", "fault stall: 'soon' is no number"),
        ("stall=1@", ""),
        ("stall=1@x", "'x' is no number"),
        ("latency=-1", "too small"),
        ("latency=inf", "no number"),
        ("latency=nan", "no"),
        ("latency=", "'' is no number"),
        ("errors=0", "too small"),
        ("content-type=xml", "no media type"),
        ("refuses-country=44", "such as +44"),
        ("refuses-country=+x", "such as +44"),
        ("old-day=3", "takes no value"),
        ("old-day=", "takes no value"),
    ],
)
def test_what_there_is_not(given: str, says: str) -> None:
    if not says:
        parse((given,))
        return
    with pytest.raises(FaultError) as error:
        parse(("drip=1", given))
    assert says in str(error.value)


@pytest.mark.parametrize("name", FAULTS)
def test_the_value_it_has_is_one_it_takes(name: str) -> None:
    kind = FAULTS[name]
    parse((f"{name}={kind.default}" if kind.default else name,))
