"""Two processes that know nothing of each other, and whoever hears of both."""

import json

from voicesim.base.draws import Draws
from voicesim.caller.crosstalk import CODE, CrossTalk, Own, said_in
from voicesim.caller.identity import Identity, make_identity
from voicesim.caller.mixups import CLOCKS_APART_S, Heard, MixUps, Rang

SEED = 7
HERE, THERE = 1, 2
"""The streams of two workers."""


def who(call: int) -> Identity:
    return make_identity("en_US", "US", Draws(SEED, call))


def own_of(call: int, **more: object) -> Own:
    identity = who(call)
    own = Own(SEED, call, identity.name, identity.party.number, scenario="book", persona="calm")
    return own._replace(**more)


def hears(text: str, own: Own, at_s: float) -> list[Heard]:
    """What the process of ``own`` tells of ``text``; on its own it finds nothing."""
    crosstalk = CrossTalk()
    for n in range(5):
        crosstalk.rang(n * 32 + THERE, "en_US", "US")
    said = said_in(text)
    assert said is not None
    assert crosstalk.heard(said, own) == ()
    told = json.loads(json.dumps(crosstalk.suspects))
    return [Heard.of(at_s, False, plain) for plain in told]


def rang(at_s: float, *calls: int) -> list[Rang]:
    return [Rang(at_s, call, "en_US", "US") for call in calls]


def test_a_name_and_a_number_of_a_caller_of_another_process_are_found() -> None:
    other, own = 32 + HERE, own_of(64 + THERE)
    name, number = who(other).name, who(other).party.number
    text = f"Thank you, {name}. Your number is {' '.join(number[2:])}, is it?"
    mixups = MixUps()
    mixups.add(hears(text, own, 5.0))
    mixups.add(rang(4.0, HERE, other))
    assert list(mixups.findings(5.0)) == []  # not all have told so far
    found = list(mixups.findings(5.0 + CLOCKS_APART_S))
    assert [(heard.suspect.own, finding.code) for heard, finding in found] == [(own, CODE)] * 2
    assert [finding.message for _, finding in found] == [
        f"Call {own.call} heard the name {name!r} of call {other}.",
        f"Call {own.call} heard the number {number[2:]!r} of call {other}.",
    ]


def test_what_was_said_before_its_owner_rang_is_the_agents_own() -> None:
    other = 32 + HERE
    text = f"This is {who(other).name} of the clinic."
    mixups = MixUps()
    mixups.add(rang(0.5, HERE, THERE))
    mixups.add(hears(text, own_of(THERE), 1.0))
    mixups.add(rang(9.0, other))
    mixups.add(hears(text, own_of(64 + THERE), 20.0))
    assert list(mixups.findings(60.0)) == []


def test_nobody_is_blamed_for_a_caller_that_never_rang_nor_for_ones_own_words() -> None:
    mixups, own = MixUps(), own_of(THERE)
    mixups.add(hears(f"Thank you, {who(96 + HERE).name}.", own, 1.0))
    mixups.add(rang(0.5, HERE))
    assert list(mixups.findings(9.0)) == []
    number = " ".join(own.phone[2:])
    assert hears(f"Thank you, {own.name}. Your number is {number}.", own, 1.0) == []


def test_a_value_that_is_said_all_the_time_is_told_a_few_times() -> None:
    crosstalk = CrossTalk()
    crosstalk.rang(THERE, "en_US", "US")
    said = said_in("Our office has the number 2 0 2 5 5 5 0 1 9 9.")
    assert said is not None
    for n in range(100):
        crosstalk.heard(said, own_of(n * 32 + THERE))
    assert len(crosstalk.suspects) == 0  # the agent's own number, by its own words
    said = said_in("Thank you, call 2 0 2 5 5 5 0 1 9 9 again.")
    assert said is not None
    for n in range(100):
        crosstalk.heard(said, own_of(n * 32 + THERE))
    assert len(crosstalk.suspects) <= 20
