"""The perceived gap: from the caller's last sound to the agent's first, whatever is in between."""

import pytest

from voicesim.base.findings import Level
from voicesim.call.events import Answer, Kind
from voicesim.call.outcome import Outcome
from voicesim.call.talk import Judgement, Opinion, Reply
from voicesim.switch.gaps import Gap
from voicesim.switch.switch import LiveCall, Observer, Switch

from .exchange import Scripted, answer, make, says

LISTENS = "<Gather input='speech' timeout='5' speechTimeout='2'><Say>Yes?</Say></Gather>"
KEYS = "<Gather input='dtmf' timeout='3' {}><Say>Press.</Say></Gather>"
SPOKEN = says("Book me in.", 0.5, 1.5)


class Ears(Observer):
    """Keeps the gaps."""

    def __init__(self) -> None:
        self.gaps: list[tuple[float, float, float]] = []

    def sounded(self, call: LiveCall, gap: Gap) -> None:
        assert call.scenario == "s"
        parts = (gap.wait_s, gap.response_s, gap.pause_s)
        assert gap.total_s == sum(parts)
        self.gaps.append(tuple(round(part, 6) for part in parts))  # type: ignore[arg-type]


def gaps(
    documents: list[str],
    *replies: Reply,
    scale: float = 1.0,
    took_s: float = 0.4,
    caller: Scripted | None = None,
) -> tuple[list[tuple[float, float, float]], Switch]:
    """The gaps in a call that is answered ``documents`` in turn, each after ``took_s``."""
    ears = Ears()
    switch = Switch(scale, observer=ears)
    switch.place(make(1, caller or Scripted(*replies)), 100.0)
    left, now = iter(documents), 100.0
    while not switch.idle:
        requests, due = switch.advance(now)
        for request in requests:
            now += took_s
            switch.receive(request.id, answer(next(left, "<Hangup/>"), elapsed_s=took_s), now)
        now = due if due is not None and not requests else now
    return ears.gaps, switch


@pytest.mark.parametrize("scale", [1.0, 0.1, 0.0])
def test_it_is_the_wait_asked_for_and_the_real_response_time_at_any_time_scale(
    scale: float,
) -> None:
    found, switch = gaps([LISTENS, "<Say>Done.</Say>"], SPOKEN, scale=scale)
    assert found == [(2.0, 0.4, 0.0)]
    assert switch.finished[0].response_total_s == pytest.approx(0.8)


def test_what_nobody_waited_for_is_none() -> None:
    """The first words of a call, and what follows a caller that stayed silent."""
    found, _ = gaps(["<Say>Hello.</Say>" + LISTENS + "<Say>Are you there?</Say>"], Reply(), Reply())
    assert found == []


@pytest.mark.parametrize("scale", [1.0, 0.1, 0.0])
def test_redirects_and_pauses_lengthen_it(scale: float) -> None:
    documents = [
        LISTENS,
        "<Pause length='1'/><Redirect>/next</Redirect>",
        "<Gather><Pause length='3'/><Say>Which day?</Say></Gather>",
    ]
    found, _ = gaps(documents, SPOKEN, scale=scale)
    assert found == [(2.0, 0.8, 4.0)]


@pytest.mark.parametrize(
    ("gather", "digits", "wait_s"),
    [
        (KEYS.format("numDigits='2'"), "12", 0.0),  # the last key ends it at once
        (KEYS.format("numDigits='2'"), "1234", 0.0),  # what is pressed beyond is not heard
        (KEYS.format(""), "12", 3.0),  # another key might have come
        (KEYS.format(""), "12#", 0.0),
    ],
)
def test_keys_are_a_sound_too(gather: str, digits: str, wait_s: float) -> None:
    found, _ = gaps([gather, "<Play>a.mp3</Play>"], Reply(0.5, digits=digits))
    assert found == [(wait_s, 0.4, 0.0)]


def test_a_recording_waits_for_its_silence_and_a_beep_is_a_sound() -> None:
    record = "<Record timeout='4'/>"
    found, _ = gaps([record, record], says("One.", 0.5, 2.0), says("Two.", 0.5, 2.0))
    assert found == [(4.0, 0.4, 0.0)]


def test_speech_that_is_cut_at_its_longest_is_not_waited_for() -> None:
    gather = "<Gather input='speech' maxSpeechTime='3'><Say>Tell me.</Say></Gather>"
    found, _ = gaps([gather, "<Say>Enough.</Say>"], says("On and on.", 0.5, 30.0))
    assert found == [(0.0, 0.4, 0.0)]


def test_a_caller_that_speaks_again_before_it_hears_anything_begins_anew() -> None:
    documents = [LISTENS, "<Gather input='speech' speechTimeout='1'/>", "<Say>Done.</Say>"]
    found, _ = gaps(documents, SPOKEN, SPOKEN)
    assert found == [(1.0, 0.4, 0.0)]


@pytest.mark.parametrize("last", ["<Hangup/>", "<Nonsense", "<Pause length='2'/>"])
def test_an_agent_that_never_sounds_again_leaves_nothing_behind(last: str) -> None:
    found, switch = gaps([LISTENS, last], SPOKEN)
    assert found == []
    assert len(switch._gaps) == 0
    assert switch.finished


def test_a_caller_that_is_put_through_hears_ringing() -> None:
    dial = "<Dial>+15005550009</Dial><Say>Are you still there?</Say>"
    found, switch = gaps([LISTENS, dial], SPOKEN)
    assert (found, len(switch._gaps)) == ([], 0)


def test_what_a_dialled_party_says_to_a_whisper_is_no_sound_of_the_callers() -> None:
    whisper = "<Gather input='speech dtmf' timeout='2'><Say>Press a key.</Say></Gather>"
    dial = "<Dial><Number url='/whisper'>+15005550009</Number></Dial><Say>Still there?</Say>"
    found, _ = gaps([LISTENS, dial, whisper, "<Say>Thanks.</Say>"], SPOKEN)
    assert found == []


def test_a_call_that_is_cut_while_the_agent_thinks_has_no_gap() -> None:
    ears = Ears()
    switch = Switch(observer=ears)
    switch.place(make(1, Scripted(SPOKEN)), 0.0)
    [first], _ = switch.advance(0.0)
    switch.receive(first.id, answer(LISTENS), 0.0)
    _, due = switch.advance(0.0)
    assert due is not None
    [second], _ = switch.advance(due)
    assert second.webhook.kind is Kind.GATHER
    assert len(switch._gaps) == 1
    switch.drain(due + 1.0, 0.0)
    switch.receive(second.id, Answer(200, "text/xml", b"<Response/>", "", 9.0), due + 9.0)
    assert switch.finished[0].outcome is Outcome.CUT
    assert (len(switch._gaps), ears.gaps) == (0, [])


@pytest.mark.parametrize("scale", [1.0, 0.1, 0.0])
def test_the_caller_is_told_how_long_it_heard_nothing(scale: float) -> None:
    caller = Scripted(SPOKEN)
    documents = [LISTENS, "<Pause length='3'/><Redirect/>", "<Say>Done.</Say><Say>Bye.</Say>"]
    gaps(documents, caller=caller, scale=scale, took_s=4.0)
    waited = [round(prompt.waited_s, 6) for prompt in caller.heard]
    assert waited == [0.0, 0.0, 2.0 + 4.0 + 3.0 + 4.0, 0.0]


@pytest.mark.parametrize(
    ("documents", "waits_since", "found"),
    [
        ([LISTENS, "<Hangup/>"], 1, ["cut-off"]),
        ([LISTENS, ""], 1, ["cut-off"]),
        ([LISTENS, "<Pause length='2'/><Redirect/>", "<Hangup/>"], 1, ["cut-off"]),
        ([LISTENS, "<Hangup/>"], 0, []),  # it expects no word, as it made itself clear to nobody
        ([LISTENS, "<Say>Goodbye.</Say><Hangup/>"], 1, []),
        ([LISTENS, "<Play>http://127.0.0.1:9/bye.mp3</Play>"], 1, []),
        ([LISTENS, "<Dial>+15005550123</Dial><Hangup/>"], 1, []),
        ([LISTENS, "<Enqueue>desk</Enqueue>"], 1, []),
    ],
)
def test_who_waits_for_a_word_and_is_hung_up_on_was_cut_off(
    documents: list[str], waits_since: int, found: list[str]
) -> None:
    caller = Scripted(SPOKEN, opinion=Opinion(Judgement.OPEN, waits_since=waits_since))
    _, switch = gaps(documents, caller=caller)
    (record,) = switch.finished
    errors = [finding for finding in record.findings if finding.level is Level.ERROR]
    assert [finding.code for finding in errors] == found
    assert [finding.turn for finding in errors] == [waits_since] * len(found)


@pytest.mark.parametrize("judgement", [Judgement.REACHED, Judgement.UNCLEAR, Judgement.MISHEARD])
def test_who_has_what_it_wants_or_cannot_tell_was_not_cut_off(judgement: Judgement) -> None:
    caller = Scripted(SPOKEN, opinion=Opinion(judgement, waits_since=1))
    _, switch = gaps([LISTENS, "<Hangup/>"], caller=caller)
    assert switch.finished[0].findings == ()


def test_a_caller_that_hangs_up_itself_was_not_cut_off() -> None:
    caller = Scripted(SPOKEN, Reply(hangs_up=True), opinion=Opinion(Judgement.OPEN, waits_since=1))
    silent = "<Gather input='speech' timeout='9'/>"
    _, switch = gaps([LISTENS, silent], caller=caller)
    assert switch.finished[0].outcome is Outcome.ABANDONED
    assert switch.finished[0].findings == ()
