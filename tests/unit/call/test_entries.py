"""The log of a call: bounded, and honest about it."""

from tests.unit.call.playing import Stage, answer, twiml
from voicesim.base.findings import Finding, Level
from voicesim.call.entries import LOG_FULL, MOST_BYTES, Came, Ended, Found, FullLog, Heard
from voicesim.call.talk import Listening, Prompt
from voicesim.call.terms import Terms


def size(log: FullLog) -> int:
    """The bytes of documents, prompts and hints in ``log``, and a little for each entry."""
    total = 0
    for entry in log.entries():
        total += 200
        if isinstance(entry, Came):
            total += len(entry.body)
        if isinstance(entry, Heard):
            listening = entry.prompt.listening
            total += len(entry.prompt.text) + sum(map(len, entry.prompt.audio))
            total += 50 * len(listening.hints if listening else ())
    return total


def test_what_takes_no_time_and_says_nothing_is_not_noted() -> None:
    many = twiml("<Say/>" * 500 + "<Say>Hello.</Say>")
    entries = Stage([many]).play().call.log.entries()
    assert [e.prompt.text for e in entries if isinstance(e, Heard)] == ["Hello."]


def test_silence_and_questions_without_words_are_noted() -> None:
    entries = Stage([twiml("<Pause/><Gather/><Record/>")]).play().call.log.entries()
    assert len([e for e in entries if isinstance(e, Heard)]) == 3


def test_a_log_that_is_full_says_so_and_holds_the_beginning_and_the_end() -> None:
    page = twiml(f"<Say>{'a' * 60_000}</Say><Redirect/>")
    log = Stage([page] * 200, terms=Terms(max_turns=150)).play().call.log
    assert isinstance(log, FullLog)
    assert log.full
    assert MOST_BYTES / 2 < size(log) < MOST_BYTES
    entries = log.entries()
    assert isinstance(entries[-1], Ended)
    told = [e for e in entries if isinstance(e, Found) and e.finding.code == LOG_FULL]
    assert len(told) == 1
    after = entries[entries.index(told[0]) + 1 :]
    assert all(isinstance(entry, Found | Ended) for entry in after)
    assert told[0].finding.level is Level.NOTICE


def test_prompts_and_hints_fill_a_log_and_findings_are_kept_when_it_is_full() -> None:
    listening = Listening(speech=True, dtmf=True, timeout_s=5.0, hints=("a",) * 30_000)
    log = FullLog()
    for at in range(1000):
        log.heard(at, Prompt("What?", 1.0, listening=listening))
    assert log.full
    assert size(log) < MOST_BYTES
    assert log.found(1000.0, Finding("11200", Level.ERROR, "late"))
    assert [found.code for found in log.findings] == [LOG_FULL, "11200"]


def test_a_usual_call_does_not_fill_its_log() -> None:
    page = answer(twiml(f"<Say>{'word ' * 100}</Say><Redirect/>"))
    log = Stage([page] * 90).play().call.log
    assert [found.code for found in log.findings] == []
    assert len([e for e in log.entries() if isinstance(e, Came)]) == 45  # half an hour is over
