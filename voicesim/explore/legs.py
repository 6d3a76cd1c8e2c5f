"""A call that followed a script, cut into legs: from what the caller did to the next question."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from voicesim.base.findings import Finding
from voicesim.call.entries import Came, Entry, Found, FullLog, Heard, Sent
from voicesim.call.events import Answer, Kind
from voicesim.call.outcome import CallRecord, Outcome
from voicesim.call.talk import Judgement, Opinion, Prompt, Reply
from voicesim.caller.facts import Facts
from voicesim.explore.moves import Move, Sort, moves_at
from voicesim.explore.same import (
    Own,
    asks_of,
    normal_text,
    normal_url,
    normal_verbs,
    says_something,
)
from voicesim.line.urls import BadUrlError
from voicesim.line.urls import parse as parse_url
from voicesim.twilio.twiml import Document, Verb, parse

ENOUGH = "it has seen enough"
_INPUT = frozenset(("Digits", "SpeechResult", "RecordingUrl"))
_WAITS = frozenset(("Pause", "Play", "Enqueue", "Dial"))


class Trace(FullLog):
    """The log of a call, with the answers as they came: a redirect shows in their URLs."""

    __slots__ = ("answers",)

    def __init__(self) -> None:
        super().__init__()
        self.answers: dict[int, Answer] = {}

    def came(self, at: float, id_: int, answer: Answer, *, steers: bool) -> None:
        """Note an answer."""
        super().came(at, id_, answer, steers=steers)
        self.answers[id_] = answer


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
        self._heard = f"{self._heard} {prompt.text}".strip()
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
    """What came of one move: what was asked for, heard and found until the next question."""

    documents: list[tuple[str, Document]] = field(default_factory=list)
    """The answers that were carried out, each with its URL."""
    heard: list[Prompt] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    lost: str = ""
    """The URL that redirected what the caller had said or pressed, and so dropped it."""
    asks: Prompt | None = None
    place: str = ""
    """Which place it led to: equal for the same; "" where the call was over."""
    said: str = ""
    """All that was heard on the way, without what differs from call to call."""
    outcome: Outcome | None = None
    """How the call ended, if it did."""
    why: str = ""

    @property
    def text(self) -> str:
        """All that was heard."""
        return " ".join(filter(None, (prompt.text for prompt in self.heard)))

    @property
    def sounds(self) -> bool:
        """Whether anything was heard, a ringing tone included."""
        return self.dials or any(prompt.text or prompt.audio for prompt in self.heard)

    @property
    def dials(self) -> bool:
        """Whether another party was to be rung."""
        return any(_has(document.verbs, "Dial") for _, document in self.documents)

    @property
    def waits(self) -> bool:
        """Whether it lets time pass on purpose."""
        return any(_has(document.verbs, *_WAITS) for _, document in self.documents)


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
    """Cut a call that is over into legs."""
    legs: list[Leg] = []
    leg = Leg()
    asked = 0  # how many questions of the latest document were heard
    for entry in record.entries:
        new = _take(leg, entry, trace)
        asked = 0 if new else asked
        if isinstance(entry, Heard) and entry.prompt.listening is not None:
            asked += 1
            leg.asks = entry.prompt
            _place(leg, legs, own, asked)
            legs.append(leg)
            leg = Leg()
    made = tuple(moves)
    if len(legs) > len(made):  # the caller hung up at the last question
        return Walk(record.index, own, made, tuple(legs), tuple(leg.findings))
    leg.outcome, leg.why = record.outcome, record.why
    leg.said = _said(leg, own)
    return Walk(record.index, own, made, (*legs, leg), ())


def _take(leg: Leg, entry: Entry, trace: Trace) -> bool:
    """Add an entry to ``leg``; whether it is a document to be carried out."""
    match entry:
        case Sent() if entry.steers:
            leg.lost = leg.lost or _lost(entry, trace)
        case Came() if entry.steers:
            answer = trace.answers[entry.id]
            if answer.failure is None:
                leg.documents.append((answer.url, parse(answer.body, answer.content_type)))
                return True
        case Heard():
            leg.heard.append(entry.prompt)
        case Found():
            leg.findings.append(entry.finding)
    return False


def _lost(sent: Sent, trace: Trace) -> str:
    """The URL of a webhook whose input a redirect dropped, or ""."""
    answer = trace.answers.get(sent.id)
    if answer is None or sent.kind is Kind.STATUS:
        return ""
    carried = any(name in _INPUT for name, _ in sent.extra)
    return sent.url if carried and answer.url != _written(sent.url) else ""


def _written(url: str) -> str:
    """``url`` as the line writes it."""
    try:
        return parse_url(url).text
    except BadUrlError:
        return url


def _place(leg: Leg, before: Sequence[Leg], own: Own, asked: int) -> None:
    """Say where a leg led: the document in force, the how-manieth question of it."""
    leg.said = _said(leg, own)
    documents = leg.documents or next((one.documents for one in reversed(before)), [])
    if not leg.documents:
        leg.documents = documents[-1:]
    url, document = documents[-1]
    key = normal_verbs(document.verbs, url, own)
    if asks_of(document.verbs) > 1:
        key += f" question {asked}"
    leg.place = key if says_something(document.verbs) else f"{key} {leg.said}"


def _said(leg: Leg, own: Own) -> str:
    """All that was heard: words, what was played, whether somebody was rung."""
    played = [normal_url(url, own) for prompt in leg.heard for url in prompt.audio]
    rung = ["(rings)"] if leg.dials else []
    return " ".join([normal_text(leg.text, own), *played, *rung]).strip()


def _has(verbs: Sequence[Verb], *names: str) -> bool:
    return any(verb.name in names for verb in verbs)
