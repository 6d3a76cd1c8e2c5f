"""Whatever an agent answers and a caller does, a call reaches an outcome, and nothing raises."""

from html import escape

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.unit.switch.exchange import CHATTY, ORIGIN, XML, Scripted, make, transcripts
from voicesim.base.findings import Level
from voicesim.call.events import Answer, Kind
from voicesim.call.outcome import Outcome
from voicesim.call.talk import Reply, Speech
from voicesim.call.terms import Terms
from voicesim.line.driver import Driver
from voicesim.line.fake import FakeBackend
from voicesim.line.hop import Hop, HopAnswer, HopFailure, HopResult
from voicesim.line.policy import Policy
from voicesim.switch.switch import Limits, Request, Switch
from voicesim.twilio.vocabulary import ELEMENTS, RESPONSE, Element

# --- documents from the vocabulary --------------------------------------------------------------

VALUES = st.sampled_from(
    [
        *("", "0", "1", "2", "5", "-1", "3600", "99999999999", "1.5", "auto", "true", "false"),
        *("dtmf", "speech", "dtmf speech", "#", "*", "1234567890*#", "GET", "POST", "busy", "w1W2"),
        *("/next", "next?a=b&c", "?q", "#f", "http://127.0.0.1:9/x", "https://elsewhere.test/x"),
        *("http://[", "//", "mailto:a@b", "http://127.0.0.1:99999/", "é 日本", "\t x "),
    ]
)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30) | VALUES
NAMES = sorted({element.name for element in ELEMENTS.values()})
CARRIED = ["Say", "Play", "Pause", "Gather", "Record", "Dial", "Redirect", "Hangup", "Reject"]
CARRIED += ["Enqueue", "Leave", "Sms", "Number", "Conference", "Queue", "Client", "Sip"]
CALLBACKS = ["action", "url", "waitUrl", "statusCallback", "recordingStatusCallback"]
CALLBACKS += ["partialResultCallback", "transcribeCallback"]


@st.composite
def elements(draw: st.DrawFn, parent: Element, depth: int = 0) -> str:
    """An element that may stand in ``parent``, or now and then one that may not."""
    known = sorted(parent.children)
    likely = [name for name in CARRIED if name in known] * 4
    name = draw(st.sampled_from([*likely, *known, draw(st.sampled_from(NAMES))]))
    element = parent.children.get(name, RESPONSE)
    keys = st.sampled_from([*sorted(element.attributes), "action", "timeout", "bogus"])
    asked_for = st.sampled_from([name for name in CALLBACKS if name in element.attributes] or ["x"])
    attributes = draw(st.dictionaries(keys | asked_for, VALUES, max_size=5))
    inside = escape(draw(TEXT)) if draw(st.booleans()) else ""
    if depth < 2 and element.children:
        inside += "".join(draw(st.lists(elements(element, depth + 1), max_size=3)))
    shown = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{shown}>{inside}</{name}>"


TWIML = st.lists(elements(RESPONSE), max_size=6).map(
    lambda verbs: f"<Response>{''.join(verbs)}</Response>".encode()
)
BODIES = TWIML | TWIML.map(lambda body: body[: len(body) // 2]) | st.binary(max_size=40)
TYPES = st.sampled_from(["text/xml", "text/xml", "text/plain", "audio/wav", "image/png", ""])


def page(body: bytes, content_type: str, status: int, location: str) -> HopAnswer:
    headers = (("Content-Type", content_type), ("Location", location), ("Set-Cookie", "a=b"))
    return HopAnswer(status, headers if status != 200 else (headers[0], headers[2]), body, 0.0)


FAILURES = st.sampled_from(
    [
        HopFailure("11205", "did not answer", 0.0),
        HopFailure("11205", "did not connect", 0.0, True),
        HopFailure("11202", "refused the connection", 0.0, True),
    ]
)
PAGES = st.builds(page, TWIML, st.just("text/xml"), st.just(200), st.just(""))
ODD = (
    st.builds(page, BODIES, TYPES, st.sampled_from([200, 204, 301, 307, 404, 500]), VALUES)
    | FAILURES
)

# --- callers ------------------------------------------------------------------------------------

SECONDS = st.floats(-30.0, 200.0, allow_nan=False)
SPEECH = st.builds(
    Speech,
    TEXT,
    st.none() | TEXT,
    st.none() | st.floats(0.0, 1.0),
    st.floats(0.0, 200.0),
)
REPLIES = st.lists(
    st.builds(
        Reply,
        SECONDS,
        st.none() | SPEECH,
        st.text("0123456789*#", max_size=6),
        st.sampled_from([False, False, False, True]),
        TEXT,
    ),
    max_size=8,
)
LATENCIES = st.lists(st.sampled_from([0.0, 0.1, 3.0, 14.9]), min_size=1, max_size=5)


class Counted(FakeBackend):
    """Ends a run that goes on and on."""

    waits = 0

    def wait(self, until: float | None) -> list[tuple[int, HopResult]]:
        self.waits += 1
        assert self.waits < 5_000, "this run does not end"
        return super().wait(until)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    pages=st.lists(PAGES, min_size=1, max_size=8),
    trouble=st.dictionaries(st.integers(0, 15), ODD | st.just(60.0), max_size=2),
    callers=st.lists(REPLIES, min_size=1, max_size=3),
    latencies=LATENCIES,
    scale=st.sampled_from([0.0, 0.1, 1.0]),
    dial=st.sampled_from(["completed", "completed", "busy", "no-answer", "failed"]),
    jitter_s=st.sampled_from([0.0, 40.0]),
)
def test_every_call_reaches_an_outcome(
    pages: list[HopAnswer],
    trouble: dict[int, HopResult | float],
    callers: list[list[Reply]],
    latencies: list[float],
    scale: float,
    dial: str,
    jitter_s: float,
) -> None:
    asked = [0]

    def agent(_hop: Hop) -> HopResult:
        odd = trouble.get(asked[0])
        asked[0] += 1
        return pages[asked[0] % len(pages)] if odd is None or isinstance(odd, float) else odd

    def latency(_hop: Hop) -> float:
        odd = trouble.get(asked[0])
        return odd if isinstance(odd, float) else latencies[asked[0] % len(latencies)]

    terms = Terms(
        max_turns=6,
        max_length_s=300.0,
        dial_statuses=(dial,),
        callback_jitter_s=jitter_s,
        callback_duplicates=jitter_s / 80.0,
        max_callbacks=50,
    )
    switch = Switch(scale)
    for index, replies in enumerate(callers):
        switch.place(make(index, Scripted(*replies), CHATTY, terms), float(index))
    Driver(switch, Policy(None), Counted(agent, latency)).run()

    assert switch.idle
    assert sorted(record.index for record in switch.finished) == [*range(len(callers))]
    for record in switch.finished:
        assert isinstance(record.outcome, Outcome)
        assert record.outcome not in (Outcome.CUT, Outcome.DROPPED)
        assert record.why
        assert 0.0 <= record.length_s <= 300.0 + 15.0
        assert 1 <= record.turns <= 6
        if record.outcome is Outcome.TWIML_INVALID:
            assert any(found.level is Level.ERROR for found in record.findings)
    for lines in transcripts(switch.finished):
        assert all(line.isprintable() for line in lines)


# --- interleavings ------------------------------------------------------------------------------

DOCUMENTS = {
    "/voice": b"<Response><Say>Hello there</Say><Gather input='speech dtmf' action='/a'/>"
    b"<Record action='/b'/></Response>",
    "/a": b"<Response><Pause/><Redirect>/b</Redirect></Response>",
    "/b": b"<Response><Dial action='/c'>1</Dial></Response>",
    "/c": b"<Response><Say>Bye</Say></Response>",
}
KINDS_OF_CALLERS = (
    (),
    (Reply(), Reply(after_s=1.0, digits="1#")),
    (Reply(), Reply(), Reply(0.5, Speech("bye", "bye", 1.0, 1.0), hangs_up=True)),
    (Reply(after_s=-0.3, hangs_up=True),),
)


def document(request: Request) -> Answer:
    webhook = request.webhook
    if webhook.kind is Kind.STATUS:
        return Answer(204, "", b"", webhook.url, 0.0)
    path = webhook.url.removeprefix(ORIGIN)
    return Answer(200, XML[0][1], DOCUMENTS[path], webhook.url, 0.0)


def of_kind(index: int) -> Scripted:
    return Scripted(*KINDS_OF_CALLERS[index % len(KINDS_OF_CALLERS)])


def undisturbed(index: int) -> list[str]:
    """The transcript of call ``index`` where every answer comes at once."""
    switch = Switch(0.0)
    switch.place(make(index, of_kind(index), CHATTY), 0.0)
    while not switch.idle:
        for request in switch.advance(0.0)[0]:
            switch.receive(request.id, document(request), 0.0)
    [lines] = transcripts(switch.finished)
    return lines


class Interleaved(RuleBasedStateMachine):
    """Several calls whose answers come in whatever order, at whatever time."""

    def __init__(self) -> None:
        super().__init__()
        self.switch = Switch(0.0, Limits(calls=4))
        self.now = 0.0
        self.placed = 0
        self.drained = False
        self.requests: list[Request] = []

    @rule()
    def ring(self) -> None:
        index, self.placed = self.placed, self.placed + 1
        self.switch.place(make(index, of_kind(index), CHATTY), self.now)

    @rule(seconds=st.sampled_from([0.0, 0.5, 100.0]))
    def advance(self, seconds: float) -> None:
        self.now += seconds
        requests, _ = self.switch.advance(self.now)
        self.requests += requests

    @precondition(lambda self: self.requests)
    @rule(data=st.data())
    def answer(self, data: st.DataObject) -> None:
        place = data.draw(st.integers(0, len(self.requests) - 1))
        request = self.requests.pop(place)
        self.switch.receive(request.id, document(request), self.now)

    @precondition(lambda self: not self.drained and self.placed > 3)
    @rule(grace_s=st.sampled_from([0.0, 50.0]))
    def drain(self, grace_s: float) -> None:
        self.drained = True
        self.switch.drain(self.now, grace_s)

    @invariant()
    def every_call_is_somewhere_once(self) -> None:
        indices = [record.index for record in self.switch.finished]
        assert len(indices) == len(set(indices))
        assert len(indices) + self.switch.calls_in_progress <= self.placed
        assert self.switch.calls_in_progress <= 4

    def teardown(self) -> None:
        for _ in range(1_000):
            requests, _ = self.switch.advance(self.now)
            self.requests += requests
            if self.switch.idle:
                break
            while self.requests:
                request = self.requests.pop()
                self.switch.receive(request.id, document(request), self.now)
        assert self.switch.idle
        assert self.switch.requests_pending == 0
        finished = self.switch.finished
        counted = len(finished) + self.switch.dropped + self.switch.not_started
        assert counted == self.placed
        whole = [record for record in finished if record.outcome is not Outcome.CUT]
        for record, lines in zip(whole, transcripts(whole), strict=True):
            assert lines == undisturbed(record.index)


TestInterleaved = Interleaved.TestCase
TestInterleaved.settings = settings(max_examples=60, stateful_step_count=30)
