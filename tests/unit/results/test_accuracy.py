"""How right each fact came through, of calls made by hand."""

import json
from collections.abc import Iterable
from dataclasses import replace

import pytest

from tests.unit.results.test_lookup import called
from voicesim.call.outcome import CallRecord, Outcome
from voicesim.call.talk import FieldValue
from voicesim.results.accuracy import Point, heard, ratios, rows, stored, total
from voicesim.results.tally import Counting, Tally

NAME = ("name", "Ann Marie Lee")
PHONE = ("phone", "212-555-0142")
DAY = ("day", "Tuesday")
REACHED, MISHEARD, WRONG = Outcome.GOAL_REACHED, Outcome.MISHEARD, Outcome.WRONG_RESULT


def call(*values: FieldValue, outcome: Outcome = REACHED) -> CallRecord:
    return replace(called(outcome=outcome), fields=values)


def fact(
    told: tuple[str, str], reported: str, heard: str = "", *, once_misreported: bool = False
) -> FieldValue:
    return FieldValue(*told, reported, heard, once_misreported or reported != told[1])


def verdicts(points: Iterable[Point]) -> str:
    """Such as "stored_as_reported+ stored_as_meant-": + the same, - not."""
    return " ".join(f"{what}{'+' if right else '-'}" for _, what, right in points)


@pytest.mark.parametrize(
    ("value", "outcome", "said"),
    [
        (
            fact(DAY, "Tuesday", "Tuesday"),
            REACHED,
            "reported_as_meant+ read_back_as_reported+ read_back_as_meant+",
        ),
        # misheard, and read back so: the recogniser's doing, not the agent's
        (
            fact(DAY, "Thursday", "Thursday"),
            MISHEARD,
            "reported_as_meant- read_back_as_reported+ read_back_as_meant-",
        ),
        # misheard, and put right
        (
            fact(DAY, "Tuesday", "Tuesday", once_misreported=True),
            REACHED,
            "reported_as_meant- read_back_as_reported+ read_back_as_meant+",
        ),
        # read back unlike reported and meant: the agent's doing
        (
            fact(DAY, "Tuesday", "Friday"),
            WRONG,
            "reported_as_meant+ read_back_as_reported- read_back_as_meant-",
        ),
        # the agent knows better than what was reported to it
        (
            fact(DAY, "Thursday", "Tuesday"),
            REACHED,
            "reported_as_meant- read_back_as_reported+ read_back_as_meant+",
        ),
        # something near a garbled name: nobody's fault, and yet not what the caller wanted
        (fact(NAME, "an Marly", "Ann Marly"), MISHEARD, "reported_as_meant- read_back_as_meant-"),
        # a middle name is left out, where all of it was reported
        (
            fact(NAME, "Ann Marie Lee", "Ann Lee"),
            REACHED,
            "reported_as_meant+ read_back_as_reported+ read_back_as_meant+",
        ),
        # half a name, where no more was reported
        (
            fact(NAME, "Ann", "Ann"),
            MISHEARD,
            "reported_as_meant- read_back_as_reported+ read_back_as_meant-",
        ),
        # never told: a number by which the agent knows the caller
        (fact(PHONE, "", "2125550142"), REACHED, "read_back_as_meant+"),
        # never read back
        (fact(PHONE, "212-555-0142"), REACHED, "reported_as_meant+"),
        # lost altogether
        (fact(PHONE, "..."), MISHEARD, "reported_as_meant-"),
        # neither told nor heard
        (fact(PHONE, ""), REACHED, ""),
    ],
)
def test_what_a_call_tells_by_itself(value: FieldValue, outcome: Outcome, said: str) -> None:
    assert verdicts(heard(call(value, outcome=outcome))) == said


@pytest.mark.parametrize(
    ("value", "outcome", "kept", "said"),
    [
        (fact(DAY, "Tuesday", "Tuesday"), REACHED, "mardi", "stored_as_reported+ stored_as_meant+"),
        (
            fact(DAY, "Tuesday", "Tuesday"),
            REACHED,
            "Friday",
            "stored_as_reported- stored_as_meant-",
        ),
        (fact(DAY, "Tuesday"), REACHED, "", "stored_as_reported- stored_as_meant-"),
        # as it was reported, or as it was meant
        (fact(DAY, "Thursday"), WRONG, "Thursday", "stored_as_reported+ stored_as_meant-"),
        (fact(DAY, "Thursday"), REACHED, "Tuesday", "stored_as_reported+ stored_as_meant+"),
        # of misheard calls nothing is counted against the agent, nor for it
        (fact(DAY, "Thursday"), MISHEARD, "Thursday", "stored_as_meant-"),
        (fact(DAY, "Thursday"), MISHEARD, "Friday", "stored_as_meant-"),
        (fact(DAY, "Thursday"), MISHEARD, "", ""),
        (fact(NAME, "an Marly"), REACHED, "Ann Marly", "stored_as_meant-"),
        # garbled, and stored not at all
        (fact(NAME, "..."), REACHED, "", "stored_as_meant-"),
        # more than the name, less than the number
        (fact(NAME, ""), REACHED, "Ann Marie Lee and her mother", "stored_as_meant-"),
        (fact(PHONE, ""), REACHED, "5550142", "stored_as_meant-"),
        # never told
        (fact(PHONE, ""), REACHED, "+12125550142", "stored_as_meant+"),
        (fact(PHONE, ""), REACHED, "", ""),
    ],
)
def test_what_was_stored(value: FieldValue, outcome: Outcome, kept: str, said: str) -> None:
    assert verdicts(stored(call(value, outcome=outcome), {value.name: kept})) == said


def test_a_field_that_is_not_looked_up_tells_nothing() -> None:
    assert list(stored(call(fact(DAY, "Tuesday", "Tuesday")), {"name": "Ann Lee"})) == []


@pytest.mark.parametrize("outcome", set(Outcome) - {REACHED, MISHEARD, WRONG})
def test_a_call_that_broke_tells_nothing(outcome: Outcome) -> None:
    one = call(fact(DAY, "Tuesday", "Friday"), outcome=outcome)
    assert [*heard(one), *stored(one, {"day": "Friday"})] == []


def test_it_adds_up_over_workers_without_the_warm_up() -> None:
    workers = [Tally(Counting(seed=1)) for _ in range(3)]
    for n in range(30):
        tuesday = fact(DAY, "Thursday" if n % 10 == 0 else "Tuesday")
        one = replace(call(tuesday), scenario=("one", "other")[n % 2])
        for warm_up in (False, n < 3):
            workers[n % 3].finished(one, warm_up=warm_up)
    workers[0].compared("one", "elderly", [("name", "stored_as_meant", True)])
    master = Tally(Counting(seed=1))
    for worker in reversed(workers):
        master.merge(json.loads(json.dumps(worker.delta())))
    table = ratios(master.counts())
    assert table["standard"] == {("day", "reported_as_meant"): (60 - 3 - 5, 60 - 3)}
    assert total(table["standard"].values()) == (52, 57)
    standard, elderly = rows(master.counts())
    assert (elderly["persona"], elderly["field"]) == ("elderly", "name")
    assert elderly["stored_as_meant"] == {"right": 1, "of": 1}
    assert standard["reported_as_meant"] == {"right": 52, "of": 57}
    assert standard["stored_as_reported"] == {"right": 0, "of": 0}
