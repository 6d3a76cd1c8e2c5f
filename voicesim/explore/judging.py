"""What an answer to a probe of the signature audit says about the agent."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from voicesim.base.findings import Finding, Level
from voicesim.call.events import Answer
from voicesim.call.outcome import HOST_NOT_ALLOWED
from voicesim.explore.probes import CORRECT, Probe
from voicesim.line.urls import shown
from voicesim.results.audit import Probed
from voicesim.twilio.reading import Reading
from voicesim.twilio.twiml import Document, parse

_WORDS = frozenset({"Say", "Play", "Pause", "Hangup", "Reject", "Leave"})
_AWAY = frozenset({"Hangup", "Reject"})

Verdict = Literal["ok", "fail", "unclear"]


class Got(StrEnum):
    """What came of a probe."""

    SERVED = "served"
    REFUSED = "refused"
    CRASHED = "crashed"
    BROKEN = "broken"
    """An answer that Twilio could not carry out, and that is no refusal."""
    SILENT = "silent"
    """No answer: that says nothing about signatures."""
    OTHER = "other"
    """An answer from which it cannot be told."""


_FOUND: dict[tuple[bool, Got], tuple[str, Level, Verdict]] = {
    (True, Got.REFUSED): ("refused", Level.ERROR, "fail"),
    (True, Got.OTHER): ("unclear", Level.WARNING, "unclear"),
    (False, Got.SERVED): ("served", Level.ERROR, "fail"),
    (False, Got.CRASHED): ("crashed", Level.WARNING, "ok"),
    (False, Got.BROKEN): ("unclear", Level.WARNING, "unclear"),
    (False, Got.SILENT): ("unclear", Level.WARNING, "unclear"),
    (False, Got.OTHER): ("unclear", Level.WARNING, "unclear"),
}
"""Whether it was to be served, and what came, to the end of the code, level and verdict.

A correct request that crashed the agent, or found none, is not among them: that has Twilio's code,
as in any call.
"""
_SAYS = {
    "refused": "refused a request {what}: {seen}. {advice}",
    "served": "served a request {what}. {advice}",
    "crashed": "crashed on a request {what}: {seen}. Refuse it on purpose, with 403.",
    "unclear": "left open whether it serves a request {what}: {seen}. Answer 403 to what is refused"
    " and TwiML to what is served.",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A probe that was sent to ``url``; ``document`` is what was answered, if it can be used.

    ``error`` is why it cannot.
    """

    probe: Probe
    url: str
    answer: Answer
    document: Document | None
    error: Finding | None


def document_of(answer: Answer, reading: Reading) -> tuple[Document | None, Finding | None]:
    """What was answered, if it is anything that Twilio would carry out, and else why it is not."""
    if answer.failure:
        return None, answer.failure
    document = parse(answer.body, answer.content_type, reading)
    return (None, document.error) if document.failed else (document, None)


def model_of(one: Asked, asked: Sequence[Asked]) -> Document | None:
    """What a correct request to the same URL was answered with."""
    same = [a for a in asked if a.probe.at == one.probe.at and a.probe.served]
    return next((other.document for other in same if other.document), None)


def judged(one: Asked, model: Document | None) -> Probed:
    """Say what came of a probe; ``model`` is what a correct request led to at the same URL."""
    got = got_of(one, model)
    finding: Finding | None = None
    verdict: Verdict = "ok"
    if (one.probe.served, got) in _FOUND:
        ending, level, verdict = _FOUND[one.probe.served, got]
        finding = Finding(f"audit-{one.probe.code}-{ending}", level, _message(one, ending))
    elif one.probe.served and got is not Got.SERVED:
        finding, verdict = _own_failure(one), "fail"
    return Probed(
        name=one.probe.name,
        expected=one.probe.expected,
        got=_seen(one),
        verdict=verdict,
        code=finding.code if finding else "",
        level=finding.level.value if finding else "",
        message=finding.message if finding else "",
    )


def got_of(one: Asked, model: Document | None) -> Got:
    """What came of a probe: served, refused, or neither."""
    answer, document = one.answer, one.document
    if answer.failure:
        return _got_failure(answer.failure.code, answer.status)
    if document is None:
        return Got.BROKEN
    return Got.SERVED if _leads_on(document) else _got_words(one.probe, document, model)


def _got_failure(code: str, status: int) -> Got:
    if code == HOST_NOT_ALLOWED:
        return Got.OTHER
    if status < 200:
        return Got.SILENT
    if status < 400:
        return Got.BROKEN
    return Got.REFUSED if status < 500 else Got.CRASHED


def _got_words(probe: Probe, document: Document, model: Document | None) -> Got:
    """What an answer says that ends the call.

    A forged request that is answered by hanging up and nothing else was refused, in TwiML instead
    of by status: nothing was given away, nothing went on. Unless a correct one is treated likewise
    (an office that is closed): then it cannot be told. If something is spoken first, only the very
    words of a correct call say that it was served: others may be an apology or a refusal.
    """
    likewise = model is not None and not _leads_on(model)
    if probe.served and likewise:
        return Got.SERVED
    if _turns_away(document):
        return Got.OTHER if model and _turns_away(model) else Got.REFUSED
    return Got.SERVED if model and _words(document) == _words(model) else Got.OTHER


def _leads_on(document: Document) -> bool:
    """Whether the call goes on from here: to another webhook or another party."""
    return any(verb.name not in _WORDS for verb in document.verbs)


def _turns_away(document: Document) -> bool:
    return document.kind == "twiml" and all(verb.name in _AWAY for verb in document.verbs)


def _words(document: Document) -> object:
    return document.kind, document.text, [(verb.name, verb.text) for verb in document.verbs]


# --- what is said about it ----------------------------------------------------------------------


def _message(one: Asked, ending: str) -> str:
    probe, failure = one.probe, one.answer.failure
    if probe is CORRECT and failure:  # the line knows what to try when it is refused
        return f"{failure.message} {probe.advice}"
    seen = failure.message.rstrip(".") if failure and not one.answer.status else _seen(one)
    said = _SAYS[ending].format(what=probe.what, seen=seen, advice=probe.advice)
    return f"{shown(one.url)} {said}"


def _own_failure(one: Asked) -> Finding:
    """What Twilio would log of a correct request that could not be carried out."""
    failure = one.error
    if failure is None:
        raise AssertionError("what can be carried out has not failed")
    message = f"{failure.message} That was the answer to a request {one.probe.what}."
    return Finding(failure.code, failure.level, message)


def _seen(one: Asked) -> str:
    status, document = one.answer.status, one.document
    if not status:
        return "no answer" if one.answer.failure else "nothing"
    if one.answer.failure:
        return str(status)
    if document is None:
        return f"{status}, nothing to carry out"
    if _leads_on(document):
        return f"{status}, TwiML"
    return f"{status}, hangs up" if _turns_away(document) else f"{status}, words alone"
