"""What passes between a call and whoever is on the phone: a prompt is heard, a reply comes back."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

from voicesim.base.findings import Finding


class Listening(NamedTuple):
    """What the agent listens for after (or during) a prompt: a Gather's or a Record's terms."""

    speech: bool
    dtmf: bool
    timeout_s: float
    num_digits: int | None = None
    finish_on_key: str = "#"
    barge_in: bool = True
    hints: tuple[str, ...] = ()
    recording: bool = False
    """True for Record: whatever is said is recorded, not recognised."""
    language: str = "en-US"
    """What the recogniser takes speech for."""


class Prompt(NamedTuple):
    """What the caller hears at one go.

    ``text`` is all that is said ("" for mere audio or silence), ``audio`` the URLs of what is
    played, ``duration_s`` how long it lasts on the call's clock; the first sound, if there is one,
    comes ``quiet_s`` into it. ``listening`` is None while the agent talks without listening.
    ``waited_s`` is the silence before: from the caller's own last sound to that first one.
    """

    text: str
    duration_s: float
    language: str = "en-US"
    audio: tuple[str, ...] = ()
    listening: Listening | None = None
    quiet_s: float = 0.0
    waited_s: float = 0.0

    @property
    def sounds(self) -> bool:
        """Whether anything is heard in it: words, audio, or a recording's beep."""
        beeps = self.listening is not None and self.listening.recording and self.duration_s > 0
        return bool(self.text or self.audio or beeps)


class Speech(NamedTuple):
    """One utterance: what the caller meant, what the recogniser reports, how long it lasts.

    ``reported`` None means that the webhook carries no SpeechResult at all; ``confidence`` None
    that it carries no Confidence (Twilio does not guarantee either).
    """

    meant: str
    reported: str | None
    confidence: float | None
    duration_s: float


class Reply(NamedTuple):
    """What the caller does about a prompt; all defaults: nothing, it stays silent.

    ``after_s`` runs from the end of the prompt to the first sound, key or hang-up; negative is
    barge-in. ``hangs_up`` with speech or digits hangs up after them. ``why`` is the caller's
    reason, for the ladder ("its goal is reached", "asked four times").
    """

    after_s: float = 0.0
    speech: Speech | None = None
    digits: str = ""
    hangs_up: bool = False
    why: str = ""


class Judgement(StrEnum):
    """What the caller makes of the call once it is over."""

    REACHED = "reached"
    """It got what it rang for, and what it heard confirmed was what it meant."""
    MISHEARD = "misheard"
    """The recogniser reported something else than was meant and it was not put right."""
    WRONG = "wrong"
    """The agent confirmed something else than was reported to it."""
    UNCLEAR = "unclear"
    """It cannot tell what came of it: the agent's words are unknown to it, or contradict each
    other; or it did not understand what it was asked."""
    OPEN = "open"
    """It did not get what it rang for."""


class Handover(StrEnum):
    """How far the agent came with giving the caller to somebody else (Dial, Enqueue)."""

    TRIED = "tried"
    DONE = "done"


class Keeps(StrEnum):
    """What the agent should have stored of a call once it said that the goal is reached."""

    BOOKING = "booking"
    GONE = "gone"
    """Nothing any more of the appointment that the fields name."""
    NOTHING = "nothing"
    """No booking of this call."""


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One fact in its values: meant by the caller, reported to the agent, heard back from it."""

    name: str
    meant: str
    reported: str
    """The last time that it was told."""
    heard: str
    misreported: bool = False
    """Whether any report of it was unlike what was meant, be it put right later."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """The caller's word at the end of a call."""

    judgement: Judgement
    fields: tuple[FieldValue, ...] = ()
    findings: tuple[Finding, ...] = ()
    repeats: int = 0
    """How many times it was asked for what it had been asked for before, or asked back itself."""
    keeps: Keeps = Keeps.BOOKING
    waits_since: int = 0
    """The latest prompt, if it answered clearly and expects a word; 0 where it expects none."""


class Caller(Protocol):
    """Whoever is on the phone. Pure: no clock, no I/O; randomness from seeded draws."""

    def hear(self, prompt: Prompt) -> Reply:
        """React to a prompt. Asked once for each prompt, when it begins."""
        ...

    def handed_over(self, how: Handover) -> None:
        """Notice that the agent dials somebody, or has it wait for somebody; or that they talk."""
        ...

    def opinion(self) -> Opinion:
        """Say how the call went; asked once, after it ended."""
        ...
