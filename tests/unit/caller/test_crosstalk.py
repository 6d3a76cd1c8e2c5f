"""What another caller's name and number are heard as, and all that is not held against an agent."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from voicesim.base.draws import Draws
from voicesim.base.findings import Finding, Level
from voicesim.call.talk import FieldValue, Judgement, Listening, Prompt
from voicesim.caller.crosstalk import CODE, CrossTalk, Own, said_in
from voicesim.caller.facts import spoken_number
from voicesim.caller.identity import Identity, make_identity
from voicesim.caller.making import make_caller
from voicesim.caller.models import NumberStyle, Persona, Scenario
from voicesim.config.callers import Catalogue

SEED = 7
TODAY = date(2026, 3, 4)
SPEECH = Listening(speech=True, dtmf=False, timeout_s=5.0)


def who(index: int, locale: str = "en_US", country: str = "US") -> Identity:
    return make_identity(locale, country, Draws(SEED, index))


def own_of(index: int) -> Own:
    identity = who(index)
    return Own(SEED, index, identity.name, identity.party.number)


def spaced(identity: Identity) -> str:
    return " ".join(identity.party.number[2:])


@pytest.fixture
def crosstalk() -> CrossTalk:
    """Calls 0, 32 ... 320 (one worker's) of the US and call 33 of Britain rang."""
    crosstalk = CrossTalk()
    for n in range(11):
        crosstalk.rang(n * 32, "en_US", "US")
    crosstalk.rang(33, "en_GB", "GB")
    return crosstalk


def heard(crosstalk: CrossTalk, text: str, own: Own) -> list[str]:
    said = said_in(text)
    findings = crosstalk.heard(said, own) if said else ()
    assert all((f.code, f.level) == (CODE, Level.ERROR) for f in findings)
    return [finding.message for finding in findings]


def test_another_callers_name_and_number(crosstalk: CrossTalk) -> None:
    other = who(64)
    number = other.party.number[2:]
    text = f"Let me read that back. {other.name}, with the number {spaced(other)}. Is that correct?"
    assert heard(crosstalk, text, own_of(32)) == [
        f"Call 32 heard the name {other.name!r} of call 64.",
        f"Call 32 heard the number {number!r} of call 64.",
    ]
    assert heard(crosstalk, text, own_of(64)) == []


@pytest.mark.parametrize(
    "said",
    [
        "Thank you, {name}.",
        "Hello {name}, welcome back!",
        "{name}'s appointment is on Tuesday.",
        "Is this “{name}”?",
        "I have {NAME} here.",
        "so that's tuesday at 2 pm for {small}. does that sound good?",
        "Thank you, {small}!",
        "So that is Tuesday at 2 pm for {turned}. Is that right?",
        "{turned}, is that right?",
        "I have: {turned}",
        "The number is {number}, is it?",
        "So that is {grouped}.",
        "Your number is {words}, right?",
        "Your number is +1 {grouped}, right?",
    ],
)
def test_however_it_is_said(crosstalk: CrossTalk, said: str) -> None:
    other = who(64)
    text = said.format(
        name=other.name,
        NAME=other.name.upper(),
        small=other.name.lower(),
        turned=", ".join(reversed(other.name.split())),
        number=other.party.number[2:],
        grouped=spoken_number(other.party.number, "US", NumberStyle.GROUPED),
        words=spoken_number(other.party.number, "US", NumberStyle.WORDS),
    )
    assert len(heard(crosstalk, text, own_of(32))) == 1


@pytest.mark.parametrize("style", list(NumberStyle))
def test_a_caller_of_another_country(crosstalk: CrossTalk, style: NumberStyle) -> None:
    other = who(33, "en_GB", "GB")
    number = spoken_number(other.party.number, "GB", style)
    text = f"{other.name}, with the number {number}."
    assert len(heard(crosstalk, text, own_of(32))) == 2


def test_double_last_names(crosstalk: CrossTalk) -> None:
    index = 32 * 1_000_000
    crosstalk.rang(index, "en_US", "US")
    name = who(index).name
    assert "-" in name
    for spoken in (name, name.replace("-", " ")):
        (message,) = heard(crosstalk, f"Thank you, {spoken}.", own_of(32))
        assert message.endswith(f"of call {index}.")
        assert heard(crosstalk, f"Thank you, {spoken}.", own_of(index)) == []


@pytest.mark.parametrize(
    "text",
    [
        "We have {first} here, and {last} too.",
        "I think {small} is how it is spelled.",
        "You see Doctor {last}, {first} Miller or somebody else.",
        "You see Michael {last}, {first} says.",
        "Thanks, {first}.",
        "Ms {last}, is that right?",
    ],
)
def test_what_is_no_name_for_certain(crosstalk: CrossTalk, text: str) -> None:
    first, last = who(64).name.split(" ")
    small = who(64).name.lower()
    assert heard(crosstalk, text.format(first=first, last=last, small=small), own_of(32)) == []


def test_a_doctor_beside_the_callers_own_name_is_nobody_else(crosstalk: CrossTalk) -> None:
    """The caller's first name is that of another caller who has the doctor's last name."""
    first, last = who(64).name.split(" ")
    own = own_of(32)._replace(name=f"{first} Nobody")
    assert heard(crosstalk, f"You will be with {last}, {first}. Is that right?", own) == []


# --- what is not held against an agent ------------------------------------------------------------


def test_who_did_not_ring_is_nobody(crosstalk: CrossTalk) -> None:
    other, elsewhere = who(11 * 32), who(65)
    for identity in (other, elsewhere):
        text = f"Thank you, {identity.name}. Your number is {spaced(identity)}."
        assert heard(crosstalk, text, own_of(32)) == []


def test_a_value_heard_before_its_owner_rang_is_the_agents_own(crosstalk: CrossTalk) -> None:
    later = who(11 * 32)
    text = f"My name is {later.name}, our number is {spaced(later)}. Or is it {spaced(later)}?"
    assert heard(crosstalk, text, own_of(32)) == []
    crosstalk.rang(11 * 32, "en_US", "US")
    assert heard(crosstalk, text, own_of(32)) == []


def test_the_agents_own_number(crosstalk: CrossTalk) -> None:
    number = spaced(who(64))
    assert heard(crosstalk, f"You can call us at {number}.", own_of(32)) == []
    assert heard(crosstalk, f"Your number is {number}.", own_of(32)) != []


def test_what_was_reported_of_the_caller_is_its_own(crosstalk: CrossTalk) -> None:
    other = who(64)
    text = f"{other.name}, with the number {spaced(other)}."
    own = own_of(32)._replace(garbled=True)
    named = own._replace(reported_name=other.name)
    numbered = own._replace(reported_phone=spaced(other))
    assert heard(crosstalk, text, named) == heard(crosstalk, text, numbered) == []


def test_what_is_close_to_the_callers_own_once_anything_was_misreported(
    crosstalk: CrossTalk,
) -> None:
    other = who(64)
    first, last = other.name.split(" ")
    alike = own_of(32)._replace(name=f"{first} Nobody")
    text = f"Thank you, {first} {last}."
    assert heard(crosstalk, text, alike) != []
    assert heard(crosstalk, text, alike._replace(garbled=True)) == []
    number = other.party.number
    near = number[:3] + str((int(number[3]) + 1) % 10) + number[4:]
    text, close = f"Your number is {spaced(other)}.", own_of(32)._replace(phone=near)
    assert heard(crosstalk, text, close) != []
    assert heard(crosstalk, text, close._replace(garbled=True)) == []
    assert heard(crosstalk, text, own_of(32)._replace(garbled=True)) != []


def test_the_record_of_one_with_the_same_number(crosstalk: CrossTalk) -> None:
    other = who(64)
    same_number = own_of(32)._replace(phone=other.party.number)
    assert heard(crosstalk, f"{other.name}, I found your appointment.", same_number) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hello, and thank you for calling. How can I help you?",
        "Would Tuesday or Thursday suit you? We are open from 9 AM to 5 PM.",
        "Your confirmation code is 4 4 7 7 0 0 9 0 0 1 2 3.",
        "THANK YOU FOR CALLING THE SUMMER STREET CLINIC",
    ],
)
def test_plain_prompts(crosstalk: CrossTalk, text: str) -> None:
    assert heard(crosstalk, text, own_of(32)) == []


@pytest.mark.parametrize("word", ["Aaron Smith ", "5 ", "555-0100 ", "A"])
def test_a_hostile_prompt_costs_in_step_with_its_length(crosstalk: CrossTalk, word: str) -> None:
    """Sixteen times as long: 256 times as much work if it were the square."""

    def cpu_s(times: int) -> float:
        began = time.process_time()
        heard(crosstalk, word * times, own_of(32))
        return time.process_time() - began

    short = min(cpu_s(4_000) for _ in range(5))
    assert min(cpu_s(64_000) for _ in range(3)) < 64 * short


# --- what was stored ------------------------------------------------------------------------------


def values(index: int, **reported: str) -> tuple[FieldValue, ...]:
    identity = who(index)
    phone = spoken_number(identity.party.number, "US", NumberStyle.WORDS)
    meant = {"name": identity.name, "phone": phone, "day": "Monday"}
    return tuple(FieldValue(k, v, reported.get(k, v), v) for k, v in meant.items())


def test_another_callers_values_stored(crosstalk: CrossTalk) -> None:
    other = who(64)
    stored = {"name": other.name, "phone": other.party.number, "day": "Monday"}
    messages = [f.message for f in crosstalk.stored(SEED, 32, values(32), stored)]
    assert messages == [
        f"Call 32 was stored with the name {other.name!r} of call 64.",
        f"Call 32 was stored with the number {other.party.number[1:]!r} of call 64.",
    ]


def test_the_callers_own_values_stored(crosstalk: CrossTalk) -> None:
    own, other = who(32), who(64)
    stored = {"name": own.name, "phone": own.party.number[2:]}
    assert crosstalk.stored(SEED, 32, values(32), stored) == ()
    assert crosstalk.stored(SEED, 32, values(32), {"name": "", "phone": ""}) == ()
    assert crosstalk.stored(SEED, 32, (), {"name": other.name}) == ()
    taken = values(32, name=other.name)
    assert crosstalk.stored(SEED, 32, taken, {"name": other.name}) == ()


# --- in a call ------------------------------------------------------------------------------------


@pytest.mark.parametrize("scenario", ["elderly_caller", "numbers_only"])
def test_a_caller_says_what_it_heard_once(
    scenario: str, calm: Persona, catalogue: Catalogue, crosstalk: CrossTalk
) -> None:
    kind = catalogue.scenarios[scenario]
    caller = make_caller(calm, kind, Draws(SEED, 32), TODAY, crosstalk)[0]
    other = who(64)
    for _ in range(3):
        caller.hear(Prompt(f"Thank you, {other.name}. What day?", 2.0, listening=SPEECH))
    assert [finding.message for finding in caller.opinion().findings] == [
        f"Call 32 heard the name {other.name!r} of call 64."
    ]


def test_without_a_registry_nothing_is_noticed(
    calm: Persona, booking: Scenario, caller_of: Callable[..., object]
) -> None:
    caller = make_caller(calm, booking, Draws(SEED, 32), TODAY)[0]
    caller.hear(Prompt(f"Thank you, {who(64).name}.", 2.0, listening=SPEECH))
    assert caller.opinion().findings == ()


def test_an_agents_error_and_cross_talk_are_both_told(
    calm: Persona, booking: Scenario, crosstalk: CrossTalk
) -> None:
    caller = make_caller(calm, booking, Draws(SEED, 32), TODAY, crosstalk)[0]
    caller.hear(Prompt("What is your name?", 2.0, listening=SPEECH))
    name = who(64).name
    caller.hear(Prompt(f"You are booked. Your name is {name}. Goodbye.", 2.0))
    opinion = caller.opinion()
    codes: list[str] = [finding.code for finding in opinion.findings]
    assert (opinion.judgement, codes) == (Judgement.WRONG, ["readback-wrong", CODE, "not-asked"])
    assert isinstance(opinion.findings[0], Finding)
    assert replace(opinion, findings=()).findings == ()
