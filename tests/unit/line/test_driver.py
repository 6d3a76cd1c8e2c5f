"""The driver over the fake: the same calls in virtual time, at any scale, are the same calls."""

import contextlib
from random import Random

import pytest

from tests.unit.switch.exchange import (
    CHATTY,
    XML,
    Scripted,
    answer,
    make,
    run,
    says,
    transcripts,
)
from voicesim.call.events import Kind
from voicesim.call.outcome import Outcome
from voicesim.call.states import SimulatorError
from voicesim.call.talk import Reply
from voicesim.call.terms import Target
from voicesim.line.driver import Driver
from voicesim.line.fake import FakeBackend
from voicesim.line.hop import Hop, HopAnswer, HopFailure, HopResult
from voicesim.line.policy import Policy
from voicesim.switch.switch import Switch

GREETING = (
    b"<Response><Say>Hello there, how are you</Say>"
    b"<Gather input='speech dtmf' action='/heard'><Say>Say or press something</Say></Gather>"
    b"<Record action='/recorded' timeout='2'/><Redirect>/again?n=1</Redirect></Response>"
)
PAGES = {
    "/voice": GREETING,
    "/heard": b"<Response><Dial action='/dialled'>1</Dial></Response>",
    "/dialled": b"<Response><Pause length='2'/><Gather action='/heard2'/></Response>",
    "/heard2": b"<Response><Bogus/><Say>Bye</Say></Response>",
    "/recorded": b"<Response><Say>Thank you</Say><Hangup/></Response>",
    "/again?n=1": b"<Response><Say>Nobody there</Say></Response>",
}


def agent(hop: Hop) -> HopAnswer:
    path = hop.url.partition("127.0.0.1:9")[2]
    if path == "/status":  # one of these fails, whenever it comes
        return HopAnswer(500 if b"CallStatus=in-progress" in hop.body else 204, (), b"", 0.0)
    return HopAnswer(200, XML, PAGES[path], 0.0)


CALLERS = (
    (),
    (Reply(), says("yes", 1.0), Reply(), Reply(after_s=1.0, digits="12#")),
    (Reply(), says("no", -0.5), Reply(after_s=-1.0, hangs_up=True)),
    (Reply(), Reply(), says("a message", 0.5, 3.0)),
    (Reply(), Reply(), Reply(0.5, says("bye").speech, hangs_up=True)),
    (Reply(after_s=-0.5, hangs_up=True),),
)


def switch_of(scale: float) -> Switch:
    switch = Switch(scale)
    for index in range(12):
        caller = Scripted(*CALLERS[index % len(CALLERS)])
        switch.place(make(index, caller, CHATTY), 0.25 * index)
    return switch


EXPECTED = transcripts(run(switch_of(0.0), agent))


def test_the_transcripts_tell_whole_calls() -> None:
    assert len(EXPECTED) == 12
    assert [len(lines) for lines in EXPECTED[:6]] == [len(lines) for lines in EXPECTED[6:]]
    text = "\n".join(EXPECTED[1])
    assert "SpeechResult=yes" in text
    assert "Digits=12" in text
    assert "DialCallStatus=completed" in text
    assert "12200" in text
    assert text.count("15003") == 1


@pytest.mark.parametrize("scale", [1.0, 0.1, 3.0])
def test_virtual_time_gives_the_same_at_any_scale(scale: float) -> None:
    assert transcripts(run(switch_of(scale), agent)) == EXPECTED


@pytest.mark.parametrize("seed", range(5))
def test_without_scale_it_does_not_matter_how_fast_the_agent_is(seed: int) -> None:
    random = Random(seed)
    records = run(switch_of(0.0), agent, lambda _hop: random.choice((0.0, 0.01, 0.5, 3.0)))
    assert transcripts(records) == EXPECTED
    assert any(record.response_total_s for record in records)


def test_latency_is_part_of_a_call_in_real_time() -> None:
    [silent, *_] = run(switch_of(1.0), agent, lambda hop: 0.0 if "status" in hop.url else 2.0)
    [quick, *_] = run(switch_of(1.0), agent)
    assert silent.length_s == pytest.approx(quick.length_s + 2.0 * silent.turns)
    assert silent.response_total_s == 2.0 * silent.turns


def test_callbacks_do_not_hold_up_the_call() -> None:
    records = run(switch_of(1.0), agent, lambda hop: 9.0 if "status" in hop.url else 0.0)
    assert transcripts(records) == EXPECTED
    assert max(record.response_total_s for record in records) == 0.0


def test_a_url_that_may_not_be_called_is_answered_without_the_network() -> None:
    hops: list[Hop] = []

    def never(hop: Hop) -> HopResult:
        hops.append(hop)
        return HopFailure("11205", "was called", 0.0)

    switch = Switch()
    target = Target("https://agent.example.com/voice", CHATTY.called, CHATTY.account_sid)
    switch.place(make(0, target=target), 0.0)
    [record] = run(switch, never)
    assert (record.outcome, hops) == (Outcome.HOST_NOT_ALLOWED, [])


class EnoughError(Exception):
    pass


def test_a_drain_cuts_what_is_in_progress_and_comes_back_at_once() -> None:
    switch = Switch()
    page = HopAnswer(200, XML, answer("<Pause length='600'/>").body, 0.0)
    backend = FakeBackend(lambda _hop: page, 0.5)
    interrupted: list[float] = []

    def interrupt() -> None:  # where a request is about to be sent, of all places
        if backend.now() == 5.0 and not interrupted:
            interrupted.append(backend.now())
            raise EnoughError

    driver = Driver(switch, Policy(None), backend, interrupt)
    for at in (0.0, 5.0, 500.0):
        switch.place(make(int(at)), at)
    with pytest.raises(EnoughError):
        driver.run()
    driver.drain(grace_s=3.0)
    assert switch.idle
    assert backend.now() == 8.0
    assert [(r.index, r.outcome, r.length_s) for r in switch.finished] == [
        (0, Outcome.CUT, 8.0),
        (5, Outcome.CUT, 3.0),
    ]
    assert switch.not_started == 1


def test_a_drain_does_not_wait_for_the_rest_of_its_grace() -> None:
    page = HopAnswer(200, XML, answer("<Pause length='5'/>").body, 0.0)
    switch, backend = Switch(), FakeBackend(lambda _hop: page)
    switch.place(make(0), 0.0)
    switch.place(make(1), 1000.0)

    def drain() -> None:
        if switch.calls_in_progress and not switch.not_started:
            switch.drain(backend.now(), grace_s=600.0)

    Driver(switch, Policy(None), backend, drain).run()
    assert backend.now() == 5.0
    assert [record.outcome for record in switch.finished] == [Outcome.AGENT_HUNG_UP]


@pytest.mark.parametrize("every", [1, 2, 3, 7])
def test_whoever_interrupts_a_run_can_go_on_with_it(every: int) -> None:
    switch = switch_of(0.0)
    calls = [0]

    def interrupt() -> None:
        calls[0] += 1
        if calls[0] % (every + 1) == every:
            raise EnoughError

    driver = Driver(switch, Policy(None), FakeBackend(agent, 0.1), interrupt)
    while not switch.idle:
        with contextlib.suppress(EnoughError):
            driver.run()
    records = sorted(switch.finished, key=lambda record: record.index)
    assert transcripts(records) == EXPECTED


def test_nobody_waits_for_what_cannot_come() -> None:
    switch = Switch()
    switch.place(make(0), 0.0)
    switch.advance(0.0)  # somebody takes the request and forgets it
    with pytest.raises(SimulatorError):
        run(switch, agent)


def test_progress_is_told_after_everything_that_happened() -> None:
    seen: list[tuple[float, int]] = []
    switch = switch_of(1.0)
    backend = FakeBackend(agent, 1.0)
    Driver(
        switch,
        Policy(None),
        backend,
        lambda: seen.append((backend.now(), len(switch.finished))),
    ).run()
    assert seen[0] == (0.0, 0)
    assert seen[-1][1] == 12
    assert seen == sorted(seen)


def test_requests_of_several_kinds_are_pending_for_one_call() -> None:
    switch = Switch()
    switch.place(make(0, target=CHATTY), 0.0)
    requests, _ = switch.advance(0.0)
    assert [r.webhook.kind for r in requests] == [Kind.STATUS, Kind.STATUS, Kind.VOICE]
    assert switch.requests_pending == 3
