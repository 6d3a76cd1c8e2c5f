"""The log of a call: what was sent, what came, what was heard and said, in order.

A run of many calls keeps only the last few exchanges of each, packed: fifty thousand parked calls
cannot afford an object a line.
"""

import marshal
from collections.abc import Iterator
from sys import getsizeof
from typing import NamedTuple

from voicesim.base.findings import Finding, Level
from voicesim.call.events import Answer, Kind, SendWebhook
from voicesim.call.talk import Prompt, Reply, Speech
from voicesim.twilio.fields import Fields


class Sent(NamedTuple):
    """A webhook went out. ``extra`` is what it carries beyond the fields of every webhook."""

    at: float
    id: int
    kind: Kind
    method: str
    url: str
    extra: Fields
    steers: bool


class Came(NamedTuple):
    """The answer to webhook ``id``; ``elapsed_s`` in real seconds."""

    at: float
    id: int
    status: int
    content_type: str
    body: bytes
    elapsed_s: float
    steers: bool


class Heard(NamedTuple):
    """The caller heard this."""

    at: float
    prompt: Prompt


class Said(NamedTuple):
    """The caller did this, at once or one after the other: spoke, pressed keys, hung up."""

    at: float
    speech: Speech | None = None
    digits: str = ""
    hangs_up: bool = False
    why: str = ""

    @classmethod
    def of(cls, at: float, reply: Reply) -> "Said":
        """What ``reply`` comes to when its time has come."""
        return cls(at, reply.speech, reply.digits, reply.hangs_up, reply.why)


class Found(NamedTuple):
    """Something to complain of; ``beside``: in the answer to that webhook beside the call."""

    at: float
    finding: Finding
    beside: int | None = None


class Ended(NamedTuple):
    """The line is down."""

    at: float
    why: str


Entry = Sent | Came | Heard | Said | Found | Ended

MAX_FINDINGS = 100
"""A hostile agent may earn a finding a verb: the rest of a call's findings are only counted."""


class Log:
    """What is kept of a call whatever happens: its findings. This one keeps nothing else."""

    __slots__ = ("findings", "findings_left_out")

    def __init__(self) -> None:
        self.findings: tuple[Finding, ...] = ()
        self.findings_left_out = 0

    def sent(self, at: float, webhook: SendWebhook, extra: Fields) -> None:
        """Note a webhook that goes out."""

    def came(self, at: float, id_: int, answer: Answer, *, steers: bool) -> None:
        """Note an answer."""

    def heard(self, at: float, prompt: Prompt) -> None:
        """Note a prompt."""

    def said(self, said: Said) -> None:
        """Note what the caller did."""

    def found(self, at: float, finding: Finding, beside: int | None = None) -> bool:
        """Note a finding; beyond MAX_FINDINGS only its number. Whether it was kept."""
        del at, beside
        if len(self.findings) >= MAX_FINDINGS:
            self.findings_left_out += 1
            return False
        self.findings = (*self.findings, finding)
        return True

    def ended(self, at: float, why: str) -> None:
        """Note the end."""

    def entries(self) -> tuple[Entry, ...]:
        """What is kept, in order."""
        return tuple(Found(0.0, finding) for finding in self.findings)

    def since(self, count: int) -> tuple[Entry, ...]:
        """The entries after the first ``count``: what a live ladder has not shown yet."""
        return self.entries()[count:]


MOST_BYTES = 4 << 20
"""What a full log holds at most, about: a long call of large documents needs a tenth of it."""
ENTRY_BYTES, PART_BYTES = 500, 100
"""What an entry, and each thing in it, takes beside its text."""
LOG_FULL = "log-full"


class FullLog(Log):
    """Everything that happens in a call, for a ladder to be printed from.

    Of a call that never comes to an end it holds the beginning, and the finding ``LOG_FULL``; then
    only findings and the end.
    """

    __slots__ = ("_bytes", "_entries")

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []
        self._bytes = 0

    def sent(self, at: float, webhook: SendWebhook, extra: Fields) -> None:
        """Note a webhook that goes out."""
        size = _size(webhook.url, *(text for field in extra for text in field))
        if self._takes(at, size):
            self._entries.append(
                Sent(
                    at,
                    webhook.id,
                    webhook.kind,
                    webhook.method,
                    webhook.url,
                    extra,
                    webhook.steers,
                )
            )

    def came(self, at: float, id_: int, answer: Answer, *, steers: bool) -> None:
        """Note an answer."""
        if self._takes(at, _size(answer.content_type, answer.body, answer.url)):
            self._entries.append(
                Came(
                    at,
                    id_,
                    answer.status,
                    answer.content_type,
                    answer.body,
                    answer.elapsed_s,
                    steers,
                )
            )

    def heard(self, at: float, prompt: Prompt) -> None:
        """Note a prompt; not one that takes no time, says nothing and asks for nothing."""
        hints = prompt.listening.hints if prompt.listening else ()
        something = prompt.sounds or prompt.duration_s or prompt.listening
        if something and self._takes(at, _size(prompt.text, *prompt.audio, *hints)):
            self._entries.append(Heard(at, prompt))

    def said(self, said: Said) -> None:
        """Note what the caller did."""
        if self._takes(said.at, _size(said.speech.meant if said.speech else said.digits)):
            self._entries.append(said)

    def found(self, at: float, finding: Finding, beside: int | None = None) -> bool:
        """Note a finding where it was found."""
        kept = super().found(at, finding, beside)
        if kept:
            self._entries.append(Found(at, finding, beside))
        return kept

    def ended(self, at: float, why: str) -> None:
        """Note the end."""
        self._entries.append(Ended(at, why))

    @property
    def full(self) -> bool:
        """Whether something was not kept."""
        return self._bytes > MOST_BYTES

    def entries(self) -> tuple[Entry, ...]:
        """What is kept, in order."""
        return tuple(self._entries)

    def _takes(self, at: float, size: int) -> bool:
        """Whether an entry of ``size`` bytes is kept; from the first that is not on none is."""
        if self.full:
            return False
        self._bytes += size
        if self.full:
            message = (
                f"The log of this call is full ({MOST_BYTES >> 20} MiB): from here on only findings"
                " and its end are kept."
            )
            finding = Finding(LOG_FULL, Level.NOTICE, message)
            self.findings = (*self.findings, finding)  # whatever their number
            self._entries.append(Found(at, finding))
        return not self.full


def _size(*parts: str | bytes) -> int:
    """Bytes that an entry of these parts takes, about."""
    return ENTRY_BYTES + sum(getsizeof(part) + PART_BYTES for part in parts)


_Packed = tuple[float | str | bytes | Fields | tuple[float | str | None, ...] | None, ...]
"""What marshal takes of one entry."""


class RecentLog(Log):
    """Keeps the last ``keep`` exchanges that steered the call, packed, and all findings."""

    __slots__ = ("_keep", "_open", "_packed", "_said")

    def __init__(self, keep: int) -> None:
        super().__init__()
        self._keep = keep
        self._packed: tuple[bytes, ...] = ()
        self._open: tuple[_Packed | None, _Packed] | None = None
        self._said: _Packed | None = None

    def sent(self, at: float, webhook: SendWebhook, extra: Fields) -> None:
        """Open an exchange."""
        if webhook.steers:
            head = (at, webhook.id, webhook.kind.value, webhook.method, webhook.url, extra)
            self._open = (self._said, head)
            self._said = None

    def came(self, at: float, id_: int, answer: Answer, *, steers: bool) -> None:
        """Close the exchange and pack it."""
        if steers and self._open is not None:
            tail = (at, id_, answer.status, answer.content_type, answer.body, answer.elapsed_s)
            said, head = self._open
            packed = marshal.dumps((said, head, tail))
            self._packed = (*self._packed, packed)[-self._keep :]
            self._open = None

    def said(self, said: Said) -> None:
        """Keep what was said until the webhook that reports it."""
        if said.speech:
            speech = said.speech
            spoken = (speech.meant, speech.reported, speech.confidence, speech.duration_s)
            self._said = (said.at, spoken)

    def entries(self) -> tuple[Entry, ...]:
        """The kept exchanges, unpacked, then the findings."""
        kept = [entry for packed in self._packed for entry in _unpack(packed)]
        at = kept[-1].at if kept else 0.0
        return (*kept, *(Found(at, finding) for finding in self.findings))


def _unpack(packed: bytes) -> Iterator[Entry]:
    """The entries of one packed exchange (our own bytes, never an agent's)."""
    said, head, tail = marshal.loads(packed)  # noqa: S302
    if said is not None:
        at, spoken = said
        yield Said(at, Speech(*spoken))
    at, id_, kind, method, url, extra = head
    yield Sent(at, id_, Kind(kind), method, url, extra, steers=True)
    at, id_, status, content_type, body, elapsed_s = tail
    yield Came(at, id_, status, content_type, body, elapsed_s, steers=True)
