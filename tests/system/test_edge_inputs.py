"""Odd things said: signed, sent as they are, answered with TwiML that holds, echoes escaped."""

from collections.abc import Iterator
from html import escape
from urllib.parse import parse_qs
from zlib import crc32

import pytest

from voicesim import data
from voicesim.call.entries import Came, FullLog, Heard, Sent
from voicesim.call.outcome import CallRecord, Outcome
from voicesim.call.terms import Target, Terms
from voicesim.caller.models import Odd, Scenario
from voicesim.config.callers import parse_catalogue
from voicesim.line.backend import Backend
from voicesim.line.driver import Driver
from voicesim.line.fake import FakeBackend
from voicesim.line.hop import Hop, HopAnswer
from voicesim.line.named import LOOPBACK_TOKEN
from voicesim.line.policy import Policy
from voicesim.line.reference import ReferenceAgent
from voicesim.line.transport import GeventBackend
from voicesim.switch.plan import Exchange
from voicesim.switch.switch import Switch
from voicesim.twilio.fields import Party
from voicesim.twilio.signature import Signer

from .test_call import DAY

CATALOGUE = parse_catalogue(data.texts("personas"), data.texts("scenarios"))
MARKUP = "<script>alert('hello')</script>"
INPUTS = {
    "empty": "",
    "absent": None,
    "300 characters": "I would like to come in soon. " * 10,
    "over 4,000 characters": "and then my neighbour told me to call you, " * 100,
    "special characters": "José García & (416) 555-1234 #ext",
    "emoji": "My name is Ann 😀👩‍👩‍👧",
    "right to left": "שמי דוד כהן، اسمي محمد",
    "markup": MARKUP,
    "digits only": "4165551234",
}


@pytest.fixture(scope="module")
def agent() -> Iterator[ReferenceAgent]:
    with ReferenceAgent() as running:
        yield running


def says(*texts: str | None) -> Scenario:
    """A caller that says these, one after the other, whatever it is asked."""
    odd = tuple(Odd(meant=text or "(silence)", reported=text, confidence=0.9) for text in texts)
    return CATALOGUE.scenarios["numbers_only"].model_copy(update={"odd": odd})


def ring(scenario: Scenario, url: str, backend: Backend) -> CallRecord:
    persona = CATALOGUE.personas[scenario.persona].clearly_spoken()
    seed = crc32(repr(scenario.odd).encode())  # each its own CallSid: the agent remembers calls
    exchange = Exchange(seed, Target(url, Party("+15005550006"), "AC1"), Terms(), DAY)
    switch = Switch(0.0)
    switch.place(lambda: exchange.call(0, persona, scenario, FullLog()), backend.now())
    try:
        Driver(switch, Policy(Signer(LOOPBACK_TOKEN)), backend).run()
    finally:
        backend.close()
    return switch.finished[0]


def sent(record: CallRecord) -> list[str | None]:
    """The SpeechResult of each gather's webhook."""
    extras = [dict(e.extra) for e in record.entries if isinstance(e, Sent) and e.kind == "gather"]
    return [extra.get("SpeechResult") for extra in extras]


@pytest.mark.parametrize("name", INPUTS)
def test_the_reference_agent_answers_every_odd_input_with_twiml_that_holds(
    name: str, agent: ReferenceAgent
) -> None:
    """It checks every signature with Twilio's own SDK and refuses what is not rightly signed.

    The input is said where anything goes, and again where a name is asked for, to be read back.
    """
    text = INPUTS[name]
    scenario = says(text, "I would like to book an appointment", text, "4165550142")
    record = ring(scenario, agent.voice_url, GeventBackend())
    assert record.findings == ()
    assert record.outcome is Outcome.GOAL_REACHED, record.why
    assert sent(record).count(text) >= 2
    came = [entry for entry in record.entries if isinstance(entry, Came)]
    assert not any(b"<script" in entry.body for entry in came)
    assert {(entry.status, entry.content_type.split(";")[0]) for entry in came} == {
        (200, "text/xml")
    }


def test_a_name_with_accents_is_read_back_as_it_was_said(agent: ReferenceAgent) -> None:
    told = ("I would like to book an appointment", "My name is José García-Søn O'Brien")
    record = ring(says(*told, "4165550142", "Tuesday", "3 pm"), agent.voice_url, GeventBackend())
    assert record.findings == ()
    heard = [entry.prompt.text for entry in record.entries if isinstance(entry, Heard)]
    assert "José García-Søn O'Brien, with the number" in heard[-1]


@pytest.mark.parametrize("text", ["José García & (416) 555-1234 #ext", MARKUP])
def test_an_agent_that_echoes_without_escaping_is_found_out(text: str) -> None:
    """And one that escapes is not blamed, and heard to say what was said."""

    def echo(hop: Hop, *, escaped: bool) -> HopAnswer:
        said = parse_qs(hop.body.decode()).get("SpeechResult", ["nothing"])[0]
        shown = escape(said) if escaped else said
        twiml = f'<Response><Gather input="speech"><Say>You said {shown}</Say></Gather></Response>'
        return HopAnswer(200, (("Content-Type", "text/xml"),), twiml.encode(), 0.0)

    url = "http://127.0.0.1:1/voice"
    good = ring(says(text), url, FakeBackend(lambda hop: echo(hop, escaped=True)))
    assert (good.findings, good.outcome) == ((), Outcome.GOAL_REACHED)
    heard = [entry.prompt.text for entry in good.entries if isinstance(entry, Heard)]
    assert f"You said {text}" in heard
    bad = ring(says(text), url, FakeBackend(lambda hop: echo(hop, escaped=False)))
    assert any(finding.code.startswith("12") for finding in bad.findings)
