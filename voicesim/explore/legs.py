"""A call that followed a script, cut into legs: from what the caller did to the next question."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from voicesim.base.findings import Finding
from voicesim.call.entries import LOG_FULL, Came, Entry, Found, FullLog, Heard, Sent
from voicesim.call.events import Answer, Kind
from voicesim.call.outcome import CallRecord, Outcome
from voicesim.call.talk import Handover, Judgement, Opinion, Prompt, Reply
from voicesim.call.verbs import rings
from voicesim.caller.facts import Facts
from voicesim.explore.moves import Move, Sort, moves_at
from voicesim.explore.same import (
    Own,
    asks_of,
    normal_text,
    normal_url,
    normal_verbs,
    says_something,
    without_own,
)
from voicesim.line.urls import BadUrlError
from voicesim.line.urls import parse as parse_url
from voicesim.twilio.reading import USUAL, Reading
from voicesim.twilio.twiml import Document, Verb, parse

ENOUGH = "it has seen enough"
READ = 4000
"""Characters of what was heard that are read: what is asked stands at the end."""
_INPUT = frozenset(("Digits", "SpeechResult", "RecordingUrl"))
_LONG = 10
"""Documents without a pause after which an agent does not wait any more."""
_WAITS = frozenset(("Pause", "Play", "Enqueue", "Dial"))


class Trace(FullLog):
    """The log of a call, with where each answer came from: there a redirect shows."""

    __slots__ = ("failed", "reading", "urls")

    def __init__(self, reading: Reading = USUAL) -> None:
        super().__init__()
        self.reading = reading
        self.urls: dict[int, str] = {}
        self.failed: dict[int, Finding] = {}
        """The webhooks that nothing usable came for, and why."""

    def came(self, at: float, id_: int, answer: Answer, *, steers: bool) -> None:
        """Note an answer."""
        super().came(at, id_, answer, steers=steers)
        if self.full:
            return
        self.urls[id_] = answer.url
        if answer.failure:
            self.failed[id_] = answer.failure


class Walker:
    """A caller that makes ``moves`` in turn, one a question, and then hangs up."""

    def __init__(self, moves: Sequence[Move], facts: Facts) -> None:
        self._moves = moves
        self._facts = facts
        self.made: list[Move] = []

    def hear(self, prompt: Prompt) -> Reply:
        """React to a prompt."""
        if prompt.listening is None:
            return Reply()
        if len(self.made) < len(self._moves):
            move = self._moves[len(self.made)]
            reply = move.reply(self._facts, prompt.listening)
            if reply is not None:
                self.made.append(move)
                return reply
        return Reply(hangs_up=True, why=ENOUGH)

    def handed_over(self, how: Handover) -> None:
        """A walker wants nobody."""

    def opinion(self) -> Opinion:
        """A walker wants nothing."""
        return Opinion(Judgement.OPEN)


class Wanderer(Walker):
    """A walker that then does whatever fits, ``rounds`` times: each time something else."""

    def __init__(self, moves: Sequence[Move], facts: Facts, rounds: int) -> None:
        super().__init__(moves, facts)
        self._rounds = rounds
        self._heard = ""

    def hear(self, prompt: Prompt) -> Reply:
        """React to a prompt."""
        self._heard = f"{self._heard} {prompt.text}".strip()[-READ:]
        if prompt.listening is None:
            return Reply()
        if len(self._moves) == len(self.made) and self._rounds:
            self._rounds -= 1
            fitting = [m for m in moves_at(prompt, self._heard) if m.sort is not Sort.ODD]
            self._moves = (*self._moves, fitting[self._rounds % len(fitting)])
        self._heard = ""
        return super().hear(prompt)


@dataclass(slots=True)
class Leg:
    """What came of one move: what was heard and found until the next question."""

    heard: list[Prompt] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    lost: str = ""
    """The URL that redirected what the caller had said or pressed, and so dropped it."""
    asks: Prompt | None = None
    text: str = ""
    """The end of all that was heard."""
    place: str = ""
    """Which place it led to: equal for the same; "" where the call was over."""
    said: str = ""
    """All that was heard on the way, without what differs from call to call."""
    exact: str = ""
    """The same with its numbers, days and times."""
    dials: bool = False
    """Whether another party was to be rung, or waited for in a queue."""
    documents: int = 0
    """How many came on the way."""
    since_wait: int = _LONG
    """How many documents ago time passed on purpose."""
    tones: bool = False
    """Whether keys were played, as to a door."""
    talks: bool = False
    """Whether the latest document says something."""
    texts: bool = False
    """Whether a message was sent."""
    empty_redirect: bool = False
    """Whether the latest document has a Redirect without a URL."""
    outcome: Outcome | None = None
    """How the call ended, if it did."""
    why: str = ""

    @property
    def sounds(self) -> bool:
        """Whether anything was heard, a ringing tone and the tones of keys included."""
        return self.dials or self.tones or any(prompt.text or prompt.audio for prompt in self.heard)

    @property
    def waits(self) -> bool:
        """Whether it lets time pass on purpose, and not only long ago."""
        return self.since_wait < _LONG

    def carries_out(self, document: Document) -> None:
        """Note what a document does."""
        self.documents += 1
        self.dials = self.dials or any(map(_connects, document.verbs))
        self.texts = self.texts or _has(document.verbs, "Sms", "Message")
        self.tones = self.tones or any(map(_plays_tones, document.verbs))
        self.since_wait = 0 if _has(document.verbs, *_WAITS) else self.since_wait + 1
        self.talks = says_something(document.verbs)
        self.empty_redirect = any(v.name == "Redirect" and not v.text for v in document.verbs)

    def settle(self) -> None:
        """Let go of what is not needed once it was judged."""
        self.heard, self.findings, self.asks = [], [], None


@dataclass(frozen=True, slots=True)
class Walk:
    """One call: the moves that were made, and the legs: one before the first move, one after each.

    ``after`` is what was found once the caller had hung up.
    """

    index: int
    own: Own
    moves: tuple[Move, ...]
    legs: tuple[Leg, ...]
    after: tuple[Finding, ...]


def walk_of(record: CallRecord, trace: Trace, moves: Sequence[Move], own: Own) -> Walk:
    """Cut a call that is over into legs; of one whose log is full the last is cut off."""
    legs: list[Leg] = []
    leg = Leg()
    asked = 0  # how many questions of the latest document were heard
    url, document = "", None
    for entry in record.entries:
        if isinstance(entry, Came) and entry.steers and entry.id not in trace.failed:
            url = trace.urls[entry.id]
            document = parse(entry.body, entry.content_type, trace.reading)
            leg.carries_out(document)
            asked = 0
        _take(leg, entry, trace)
        if isinstance(entry, Heard) and entry.prompt.listening is not None:
            if document is None:
                raise AssertionError("what is heard stands in a document")
            asked += 1
            leg.asks = entry.prompt
            leg.carries_out(document)  # that of the leg before, where none came since
            _place(leg, own, url, document, asked)
            legs.append(leg)
            leg = Leg()
    made = tuple(moves)
    if len(legs) > len(made):  # the caller hung up at the last question
        return Walk(record.index, own, made, tuple(legs), tuple(leg.findings))
    leg.outcome, leg.why = (Outcome.CUT, LOG_FULL) if trace.full else (record.outcome, record.why)
    _hear_out(leg, own)
    return Walk(record.index, own, made[: len(legs)], (*legs, leg), ())


def _take(leg: Leg, entry: Entry, trace: Trace) -> None:
    """Add an entry to ``leg``."""
    match entry:
        case Sent() if entry.steers:
            leg.lost = leg.lost or _lost(entry, trace)
        case Sent() if entry.kind is Kind.RECORD and entry.id in trace.failed:
            leg.findings.append(trace.failed[entry.id])  # the caller hung up: its message is lost
        case Heard():
            leg.heard.append(entry.prompt)
        case Found():
            leg.findings.append(entry.finding)


def _lost(sent: Sent, trace: Trace) -> str:
    """The URL of a webhook whose input a redirect dropped, or ""."""
    url = trace.urls.get(sent.id)
    if url is None or sent.kind is Kind.STATUS:
        return ""
    carried = any(name in _INPUT for name, _ in sent.extra)
    return sent.url if carried and url != _written(sent.url) else ""


def _written(url: str) -> str:
    """``url`` as the line writes it."""
    try:
        return parse_url(url).text
    except BadUrlError:
        return url


def _place(leg: Leg, own: Own, url: str, document: Document, asked: int) -> None:
    """Say where a leg led: the document in force, the how-manieth question of it."""
    _hear_out(leg, own)
    key = normal_verbs(document.verbs, url, own)
    if asks_of(document.verbs) > 1:
        key += f" question {asked}"
    leg.place = _named(key if says_something(document.verbs) else f"{key} {leg.said}")


def _hear_out(leg: Leg, own: Own) -> None:
    """Put together all that was heard: words, what was played, whether somebody was rung."""
    text = " ".join(filter(None, (prompt.text for prompt in leg.heard)))
    played = [normal_url(url, own) for prompt in leg.heard for url in prompt.audio]
    done = [word for word, on in (("(rings)", leg.dials), ("(texts)", leg.texts)) if on]
    leg.said = _named(" ".join([normal_text(text, own), *played, *done]).strip())
    leg.exact = _named(" ".join([without_own(text, own), *played, *done]).strip())
    leg.text = text[-READ:]


def _named(text: str) -> str:
    """``text``, or what stands for it if it is long: places are kept by the thousand."""
    return text if len(text) <= READ else blake2b(text.encode("utf-8", "replace")).hexdigest()


def _connects(verb: Verb) -> bool:
    """Whether the caller hears a ringing tone or hold music; nobody is rung by no number."""
    if verb.name == "Dial":
        return any(map(rings, verb.children or (verb,)))
    return verb.name == "Enqueue"


def _plays_tones(verb: Verb) -> bool:
    """Whether a Play has keys to play, and not only their pauses (w)."""
    return verb.name == "Play" and bool(verb.attributes.get("digits", "").strip("wW "))


def _has(verbs: Sequence[Verb], *names: str) -> bool:
    return any(verb.name in names for verb in verbs)
