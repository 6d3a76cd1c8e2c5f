"""Look-ups beside the calls: what is not answered in time is said, none is dropped in silence."""

from datetime import date

import gevent
import pytest

from tests.unit.verdict.runs import record
from voicesim.base.findings import Finding, Level
from voicesim.call.outcome import CallRecord, Outcome
from voicesim.call.talk import FieldValue
from voicesim.caller.crosstalk import CrossTalk
from voicesim.line.looking import Looked, Run
from voicesim.results.bookings import maker_of
from voicesim.results.lookup import LOOKUP_FAILED, Lookup
from voicesim.results.tally import Counting, Tally
from voicesim.swarm import lookups

LOOKUP = Lookup(path="/calls/{call_sid}", fields={"day": "day"})
DAY = FieldValue("day", "Tuesday", "Tuesday", "Tuesday")


class Slow:
    """Answers about the first two calls, then never again."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def at_call(self, one: CallRecord) -> Looked:
        self.asked.append(one.index)
        if len(self.asked) > 2:
            gevent.sleep(3600)
        return Looked((), (("day", "stored_as_meant", True),))

    def ended(self, one: CallRecord) -> None:
        """Nothing is kept of it."""

    def at_end(self) -> list[object]:
        return []


def test_what_the_agent_did_not_answer_in_time_is_counted_as_failed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lookups, "FINISH_S", 0.01)
    slow, tally = Slow(), Tally(Counting(seed=1))
    made = lookups.Lookups(LOOKUP, "http://127.0.0.1:9", Run(1, date(2026, 11, 21), CrossTalk()))
    monkeypatch.setattr(made, "_looking", slow)
    for index in range(10):
        made.look_up(record(index, Outcome.GOAL_REACHED, fields=(DAY,)), tally)
    made.finish(tally)
    assert slow.asked == [0, 1, 2, 3, 4, 5]  # four at a time, the oldest first
    counts = tally.counts()
    found = counts.findings
    assert sum(counts.accuracy.values()) == 2
    assert {(key[3], value.count) for key, value in found.items()} == {(LOOKUP_FAILED, 8)}


class Endless(Slow):
    """Never tells of its bookings."""

    def at_end(self) -> list[object]:
        gevent.sleep(3600)
        return []

    def not_read(self, why: str) -> list[object]:
        someone = record(7, Outcome.GOAL_REACHED)
        return [(maker_of(someone), Finding(LOOKUP_FAILED, Level.WARNING, why))]


@pytest.mark.parametrize(("calls", "unknown"), [(10, 8), (0, 0)])
def test_look_ups_are_broken_off(calls: int, unknown: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two of ten are answered; broken off are the others, and the list of bookings at the end."""
    endless, tally = Endless(), Tally(Counting(seed=1))
    made = lookups.Lookups(LOOKUP, "http://127.0.0.1:9", Run(1, date(2026, 11, 21), CrossTalk()))
    monkeypatch.setattr(made, "_looking", endless)
    for index in range(calls):
        made.look_up(record(index, Outcome.GOAL_REACHED, fields=(DAY,)), tally)
    finishing = gevent.spawn(made.finish, tally)
    gevent.sleep(0)
    made.cut()
    finishing.get(timeout=5)
    assert [value.count for value in tally.counts().findings.values()] == [unknown + 1]
