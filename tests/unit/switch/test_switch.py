"""The scheduler: what is due, in which order; limits; draining; answers beside the call."""

import pytest

from voicesim.base.findings import Finding, Level
from voicesim.call.entries import Ended, Heard
from voicesim.call.events import Kind
from voicesim.call.outcome import Outcome
from voicesim.call.talk import Handover, Judgement, Opinion
from voicesim.switch.switch import Limits, Request, Switch

from .exchange import CHATTY, NO_CONTENT, Scripted, answer, make, says


def ring(switch: Switch, now: float) -> list[Request]:
    requests, _ = switch.advance(now)
    return requests


def test_one_call_step_by_step() -> None:
    switch = Switch()
    assert switch.idle
    caller = Scripted(says("yes", 1.0, 2.0))
    switch.place(make(7, caller), 10.0)
    assert not switch.idle
    assert switch.advance(9.0) == ([], 10.0)
    [request], due = switch.advance(10.0)
    assert (request.call, request.webhook.kind, due) == (7, Kind.VOICE, None)
    assert (switch.calls_in_progress, switch.requests_pending) == (1, 1)
    gather = "<Gather input='speech' speechTimeout='auto'/>"
    switch.receive(request.id, answer(gather, elapsed_s=0.5), 10.5)
    assert switch.advance(10.5) == ([], 14.5)  # thinks 1, says 2, silence 1
    assert switch.advance(14.0) == ([], 14.5)
    [second], due = switch.advance(14.5)
    assert (second.webhook.kind, due) == (Kind.GATHER, None)
    assert second.id != request.id
    switch.receive(second.id, answer("<Hangup/>", elapsed_s=0.25), 14.75)
    assert switch.idle
    assert switch.advance(14.75) == ([], None)
    [record] = switch.finished
    assert (record.index, record.scenario, record.persona) == (7, "s", "p")
    assert (record.outcome, record.why) == (Outcome.AGENT_HUNG_UP, "the agent hung up")
    assert (record.length_s, record.turns) == (4.75, 2)
    assert record.response_total_s == 0.75
    assert record.caller_number == "+15005550007"
    assert len(caller.heard) == 1


def test_calls_ring_in_the_order_they_are_due_and_ties_in_the_order_they_were_placed() -> None:
    switch = Switch()
    for index, at in enumerate([3.0, 1.0, 2.0, 1.0]):
        switch.place(make(index), at)
    assert [r.call for r in ring(switch, 2.5)] == [1, 3, 2]
    assert [r.call for r in ring(switch, 3.0)] == [0]


def test_a_plan_is_made_when_its_call_rings() -> None:
    made: list[int] = []
    switch = Switch()
    for index in range(2):
        switch.place(lambda index=index: made.append(index) or make(index)(), float(index))  # type: ignore[misc]
    ring(switch, 0.5)
    assert made == [0]


def test_several_calls_wait_beside_each_other() -> None:
    switch = Switch()
    for index in range(3):
        switch.place(make(index), 0.0)
    requests = ring(switch, 0.0)
    for request, seconds in zip(requests, (30, 10, 20), strict=True):
        switch.receive(request.id, answer(f"<Pause length='{seconds}'/>"), 0.0)
    due = 0.0
    for expected in (10.0, 20.0, 30.0):
        assert switch.advance(due) == ([], expected)
        due = expected
    assert switch.advance(due) == ([], None)
    assert [record.index for record in switch.finished] == [1, 2, 0]


def test_what_the_caller_makes_of_it_is_the_outcome() -> None:
    switch = Switch()
    wrong = Finding("readback-wrong", Level.ERROR, "It read back something else.")
    opinion = Opinion(Judgement.WRONG, findings=(wrong,))
    switch.place(make(0, Scripted(opinion=opinion)), 0.0)
    [request] = ring(switch, 0.0)
    switch.receive(request.id, answer("<Hangup/>"), 0.0)
    [record] = switch.finished
    assert record.outcome is Outcome.WRONG_RESULT
    assert record.findings == (wrong,)


# --- limits -------------------------------------------------------------------------------------


def test_a_call_beyond_the_limit_is_dropped_and_counted() -> None:
    switch = Switch(limits=Limits(calls=2))
    for index in range(5):
        switch.place(make(index), 0.0)
    requests = ring(switch, 0.0)
    assert ([r.call for r in requests], switch.dropped) == ([0, 1], 3)
    switch.receive(requests[0].id, answer("<Hangup/>"), 1.0)
    switch.place(make(9), 1.0)
    assert [r.call for r in ring(switch, 1.0)] == [9]
    assert switch.dropped == 3


def test_pending_requests_are_limited_too() -> None:
    switch = Switch(limits=Limits(requests=3))
    for index in range(3):
        switch.place(make(index, target=CHATTY), 0.0)
    requests = ring(switch, 0.0)
    assert (len(requests), switch.dropped) == (3, 2)
    assert {r.call for r in requests} == {0}


# --- the end of a run ---------------------------------------------------------------------------


def paused(switch: Switch, seconds: int, index: int = 0) -> None:
    switch.place(make(index), 0.0)
    [request] = ring(switch, 0.0)
    switch.receive(request.id, answer(f"<Pause length='{seconds}'/>"), 0.0)
    ring(switch, 0.0)


def test_a_drain_lets_calls_end_by_themselves() -> None:
    switch = Switch()
    paused(switch, 5)
    switch.place(make(1), 3.0)
    switch.drain(1.0, grace_s=10.0)
    assert switch.not_started == 1
    assert switch.advance(3.0) == ([], 5.0)
    assert switch.advance(5.0)[0] == []
    assert switch.idle
    assert [r.outcome for r in switch.finished] == [Outcome.AGENT_HUNG_UP]


def test_a_drain_cuts_what_does_not_end_in_time() -> None:
    switch = Switch()
    paused(switch, 500)
    switch.drain(1.0, grace_s=10.0)
    assert switch.advance(2.0) == ([], 11.0)
    assert switch.advance(11.0) == ([], None)
    assert switch.idle  # nobody waits for the wake that was due at 500 s
    [record] = switch.finished
    assert (record.outcome, record.length_s) == (Outcome.CUT, 11.0)


def test_a_drain_without_grace_cuts_at_once() -> None:
    switch = Switch()
    paused(switch, 500)
    paused(switch, 400, index=1)
    switch.drain(1.0, grace_s=0.0)
    assert switch.advance(1.0) == ([], None)
    assert switch.idle
    assert [(r.index, r.outcome) for r in switch.finished] == [(0, Outcome.CUT), (1, Outcome.CUT)]


def test_a_cut_call_waits_for_its_answers() -> None:
    switch = Switch()
    switch.place(make(0, target=CHATTY), 0.0)
    first = ring(switch, 0.0)
    switch.drain(1.0, grace_s=0.0)
    last, due = switch.advance(1.0)
    assert ([r.webhook.kind for r in last], due) == ([Kind.STATUS], None)
    for request in [*reversed(first), *last]:
        assert not switch.idle
        switch.receive(request.id, NO_CONTENT, 2.0)
    assert switch.idle
    [record] = switch.finished
    assert (record.outcome, record.length_s) == (Outcome.CUT, 1.0)


def test_nothing_rings_after_a_drain() -> None:
    switch = Switch()
    switch.drain(0.0, grace_s=5.0)
    switch.place(make(0), 1.0)
    assert switch.idle
    assert switch.advance(1.0) == ([], None)
    assert (switch.not_started, switch.dropped) == (1, 0)


# --- the clock ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("scale", "wall"), [(1.0, 7.0), (0.1, 2.5), (0.0, 2.0)])
def test_the_time_scale_holds_inside_calls(scale: float, wall: float) -> None:
    switch = Switch(scale)
    switch.place(make(0), 0.0)
    [request] = ring(switch, 0.0)
    switch.receive(request.id, answer("<Pause length='5'/>", 2.0), 2.0)
    requests, due = switch.advance(2.0)
    assert requests == []
    if scale:
        assert due == pytest.approx(wall)
        switch.advance(wall)
    [record] = switch.finished
    assert record.length_s == pytest.approx(5.0 + (2.0 if scale else 0.0))


@pytest.mark.parametrize("scale", [1.0, 0.1])
def test_late_wakes_do_not_drift(scale: float) -> None:
    switch = Switch(scale)
    switch.place(make(0), 0.0)
    [request] = ring(switch, 0.0)
    switch.receive(request.id, answer("<Pause length='5'/>" * 3), 0.0)
    assert switch.advance(0.0) == ([], pytest.approx(5 * scale))
    assert switch.advance(7 * scale) == ([], pytest.approx(10 * scale))  # woken 2 s late
    assert switch.advance(14 * scale) == ([], pytest.approx(15 * scale))  # and 4 s
    switch.advance(99.0)
    [record] = switch.finished
    assert record.length_s == 15.0
    times = [entry.at for entry in record.entries if isinstance(entry, Heard)]
    assert times == [0.0, 5.0, 10.0]


def test_a_late_wake_may_do_several_things_at_once() -> None:
    switch = Switch()
    switch.place(make(0), 0.0)
    [request] = ring(switch, 0.0)
    switch.receive(request.id, answer("<Pause length='5'/>" * 3), 0.0)
    assert switch.advance(99.0) == ([], None)
    assert switch.finished[0].length_s == 15.0


def test_a_call_that_rings_late_began_when_it_was_due() -> None:
    switch = Switch()
    switch.place(make(0), 1.0)
    [request] = ring(switch, 3.0)
    switch.receive(request.id, answer("<Hangup/>", 0.5), 3.5)
    assert switch.finished[0].length_s == 2.5


@pytest.mark.parametrize("scale", [1.0, 0.1])
def test_answers_beside_the_call_do_not_disturb_its_timers(scale: float) -> None:
    switch = Switch(scale)
    switch.place(make(0, target=CHATTY), 0.0)
    first, second, voice = ring(switch, 0.0)
    verbs = "<Say>one two three four five</Say><Pause length='10'/>"
    switch.receive(voice.id, answer(verbs), 0.0)
    [answered] = ring(switch, 0.0)
    for wall, request, due in ((1.7, second, 2.0), (3.4, answered, 12.0), (5.1, first, 12.0)):
        switch.receive(request.id, NO_CONTENT, wall * scale)
        assert switch.advance(wall * scale) == ([], pytest.approx(due * scale))
    [completed] = ring(switch, 12.1 * scale)
    switch.receive(completed.id, NO_CONTENT, 20.0)
    assert switch.idle
    [record] = switch.finished
    heard = [entry.at for entry in record.entries if isinstance(entry, Heard | Ended)]
    assert heard == [0.0, 2.0, 12.0]


def test_an_answer_nobody_waits_for_is_an_error() -> None:
    switch = Switch()
    with pytest.raises(KeyError):
        switch.receive(1, NO_CONTENT, 0.0)


@pytest.mark.parametrize(
    ("verbs", "noticed"),
    [
        ("<Dial>+15005550009</Dial>", [Handover.TRIED]),
        ("<Dial><Conference>Desk</Conference></Dial>", [Handover.TRIED]),
        ("<Enqueue>desk</Enqueue>", [Handover.TRIED]),
        ("<Say>Goodbye.</Say>", []),
        ("<Hangup/>", []),
        ("<Sms>See you.</Sms>", []),
    ],
)
def test_a_caller_notices_that_it_is_put_through(verbs: str, noticed: list[Handover]) -> None:
    caller, switch = Scripted(), Switch()
    switch.place(make(0, caller), 0.0)
    [request], _ = switch.advance(0.0)
    switch.receive(request.id, answer(verbs), 0.0)
    switch.advance(0.0)
    assert caller.noticed == noticed
