"""Real TwiML from public repositories, over real HTTP: every document is carried to its outcome.

What is expected was judged by hand from the documents and Twilio's pages, not taken from a run.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from voicesim.base.findings import Level
from voicesim.call.entries import FullLog
from voicesim.call.outcome import CallRecord, Outcome
from voicesim.call.talk import Handover, Judgement, Opinion, Prompt, Reply, Speech
from voicesim.call.terms import Target, Terms
from voicesim.line.driver import Driver
from voicesim.line.policy import Policy
from voicesim.line.transport import GeventBackend
from voicesim.switch.plan import CallPlan
from voicesim.switch.switch import Switch
from voicesim.twilio.fields import Party
from voicesim.twilio.signature import Signer

from .replay import serving

FOLDER = Path(__file__).parents[2].parent / "shared/data/twiml"
pytestmark = pytest.mark.skipif(
    not FOLDER.exists(), reason="the collection of real TwiML documents is not here"
)

CALLERS = {
    "silent": Reply(),
    "speaking": Reply(0.5, Speech("hello", "hello", 0.9, 2.0)),
    "pressing": Reply(0.5, digits="1"),
}
"""What each caller does after every prompt."""

WARNINGS = {
    "TwilioDevEd_twiml-generator/011.xml": {(3, "say-as")},  # role is an attribute of w
    "YodelTalk_twiml/009.xml": {(3, "tag")},
    "pipecat-ai_pipecat-examples/002.xml": {(4, "Stream")},  # bidirectionalMode is Telnyx's
    "pipecat-ai_pipecat-examples/003.xml": {(4, "Stream")},
    "twilio_twilio-python/058.xml": {(1, "Response")},  # text beside the verbs
    "twilio_twilio-python/059.xml": {(1, "alexa")},
}
"""12200 by line and element. ``<!-->...</!-->`` of YodelTalk is a comment, and well-formed."""

VALUES = {
    "YodelTalk_twiml/009.xml": {"13520"},  # nothing but the unknown tag is in its Say
    "twilio_twilio-python/014.xml": {"13520"},  # an empty Say
    "twilio_twilio-python/035.xml": {"14103"},  # an empty Sms
    "twilio_twilio-python/047.xml": {"13243"},  # SIP addresses without sip:
    "twilio_twilio-python/048.xml": {"13243"},
}
"""Warnings about values and texts."""

ERRORS = {
    "pipecat-ai_pipecat-examples/006.xml": ["31922"],  # ws to a machine of one's own
}
"""Errors of a Stream, which Twilio makes when it comes to it."""

MALFORMED = {
    "_malformed/001.xml": ("12100", 4),  # a closing tag that was not opened
    "_malformed/007.xml": ("12100", 1),  # quotes with backslashes
    "_malformed/009.xml": ("12100", 4),  # & in a URL
}


def named(folder: str, *numbers: int) -> set[str]:
    return {f"{folder}/{number:03}.xml" for number in numbers}


LABS, PYTHON, YODEL = "twilio-labs_function-templates", "twilio_twilio-python", "YodelTalk_twiml"
NOT_CARRIED = (
    named("bdevz_ultravox-twilio-integration", 3)  # Connect, as in the next two
    | named("pipecat-ai_pipecat-examples", 1, 2, 3, 4, 5, 6)
    | named("twilio_docs_pages", 4)
    | named(PYTHON, 42)  # Echo
)
REJECTED = named(YODEL, 14, 19) | named(PYTHON, 34)  # in 015 it comes behind a Say
ELSEWHERE = named("twilio_docs_pages", 7)  # Dial@action at example.com
ROUND_AND_ROUND = {
    # an empty Redirect leads back to the document that it is in
    "silent": named(PYTHON, 29) | named(LABS, 40, 41, 42, 43),
    # and so does a Gather or a Record without an action that gets what it listens for
    "speaking": named(YODEL, 4, 5) | named("twilio_docs_pages", 5) | named(PYTHON, 25, 27, 28),
    "pressing": named(YODEL, 16)
    | named("twilio_docs_pages", 5)
    | named(PYTHON, 13, 55, 56, 57)
    | named(LABS, 4, 19, 20, 21, 22, 34, 35),
}


def expected(name: str, caller: str) -> Outcome:
    if name in MALFORMED:
        return Outcome.TWIML_INVALID
    if name in NOT_CARRIED:
        return Outcome.NOT_CARRIED
    if name in REJECTED:
        return Outcome.REJECTED
    recorded_elsewhere = named("TwilioDevEd_twiml-generator", 10) if caller == "speaking" else set()
    if name in ELSEWHERE | recorded_elsewhere:
        return Outcome.HOST_NOT_ALLOWED
    if name in ROUND_AND_ROUND["silent"] | ROUND_AND_ROUND[caller]:
        return Outcome.TOO_MANY_TURNS
    return Outcome.AGENT_HUNG_UP


class Always:
    def __init__(self, reply: Reply) -> None:
        self._reply = reply

    def hear(self, prompt: Prompt) -> Reply:
        return self._reply

    def handed_over(self, how: Handover) -> None:
        pass

    def opinion(self) -> Opinion:
        return Opinion(Judgement.OPEN)


def documents() -> list[str]:
    with (FOLDER / "index.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row["file"] for row in rows if row["kind"] == "voice"]


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with serving(FOLDER) as url:
        yield url


def plan(index: int, name: str, reply: Reply, origin: str) -> CallPlan:
    status = f"{origin}/status"
    target = Target(f"{origin}/{name}", Party("+15005550001"), "AC" + "1" * 32, "POST", status)
    return CallPlan(
        index=index,
        sid=f"CA{index:032x}",
        name="Ann",
        party=Party(f"+1500555{index:04}"),
        caller=Always(reply),
        target=target,
        terms=Terms(max_turns=4),
        began_s=0.0,
        log=FullLog(),
    )


def carry(names: list[str], caller: str, origin: str) -> dict[str, CallRecord]:
    switch = Switch(time_scale=0.0)
    backend = GeventBackend(size=32)
    for index, name in enumerate(names):
        made = plan(index, name, CALLERS[caller], origin)
        switch.place(lambda made=made: made, backend.now())  # type: ignore[misc]
    try:
        Driver(switch, Policy(Signer("token")), backend).run()
    finally:
        backend.close()
    assert switch.dropped == 0
    return {names[record.index]: record for record in switch.finished}


@pytest.mark.parametrize("caller", CALLERS)
def test_every_document_is_carried_to_its_outcome(caller: str, origin: str) -> None:
    names = [*documents(), *MALFORMED]
    records = carry(names, caller, origin)
    assert {name: record.outcome for name, record in records.items()} == {
        name: expected(name, caller) for name in names
    }
    for name, record in records.items():
        warned = {(f.line, f.element) for f in record.findings if f.code == "12200"}
        assert warned == WARNINGS.get(name, set()), name
        errors = [f for f in record.findings if f.level is Level.ERROR]
        if name in MALFORMED:
            assert [(f.code, f.line) for f in errors] == [MALFORMED[name]], name
        elif record.outcome is Outcome.HOST_NOT_ALLOWED:
            assert [f.code for f in errors] == ["host-not-allowed"], name
        else:
            assert [f.code for f in errors] == ERRORS.get(name, []), name
        others = {f.code for f in record.findings if f.level is Level.WARNING} - {"12200"}
        assert others == VALUES.get(name, set()), name


def test_what_is_expected_is_expected_of_documents_that_are_there() -> None:
    known = set(documents())
    assert len(known) == 146
    rest = [
        set(WARNINGS),
        set(VALUES),
        set(ERRORS),
        NOT_CARRIED,
        REJECTED,
        ELSEWHERE,
        *ROUND_AND_ROUND.values(),
    ]
    assert set().union(*rest) <= known
    assert all((FOLDER / name).is_file() for name in MALFORMED)
