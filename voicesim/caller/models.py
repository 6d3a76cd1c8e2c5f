"""Persona (how someone calls) and scenario (what for): data, shared by all calls that use it."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Rate = Annotated[float, Field(ge=0, le=1)]
"""A probability."""
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Text = Annotated[str, Field(min_length=1)]
LanguageCode = Literal["en", "es", "fr", "de"]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class Goal(StrEnum):
    """What someone rings for."""

    BOOK = "book"
    RESCHEDULE = "reschedule"
    CANCEL = "cancel"
    """To be rid of an appointment that it has."""
    HOURS = "opening_hours"
    """To hear when somebody is there."""
    PERSON = "person"
    """To be given to a person, or told that one calls back."""
    WRONG_NUMBER = "wrong_number"
    """Nothing: it meant to ring somebody else."""
    SURVEY = "survey"
    """To answer each question of a survey."""
    MENU = "menu"
    """To be put through by a phone menu to the desk that it seeks."""
    ODD_INPUT = "odd_input"
    """To be heard again after each odd utterance."""


class Desk(StrEnum):
    """Where a phone menu leads."""

    SALES = "sales"
    SUPPORT = "support"
    BILLING = "billing"
    OPENING_HOURS = "opening_hours"


class Style(StrEnum):
    """How the goal is told."""

    ALL_AT_ONCE = "all at once"
    STEP_BY_STEP = "step by step"


class NumberStyle(StrEnum):
    """How a phone number is said."""

    GROUPED = "grouped"
    RUN_TOGETHER = "run together"
    WORDS = "words"
    DOUBLES = "doubles"
    """In words, what comes twice or thrice in a row as such: "double four"."""


class Spelling(StrEnum):
    """How a name is spelled."""

    LETTERS = "letters"
    NATO = "nato"
    """Alfa, Bravo, Charlie."""


class Accent(StrEnum):
    """Which sounds of English a caller changes, and a recogniser confuses (see confusions)."""

    AMERICAN = "american"
    BRITISH = "british"
    INDIAN = "indian"
    GERMAN = "german"
    MEXICAN = "mexican"
    FRENCH = "french"


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Recogniser(_Model):
    """What speech recognition makes of this persona."""

    word_error_rate: Annotated[float, Field(ge=0, le=0.8)]
    """At most 0.8: of words more garbled than that nobody could count which of them went wrong.

    Of all words of a booking told step by step, when each thing is said once and nothing is
    corrected (see caller/mix.py). What is said again has half the errors each time, and who tells
    everything at once says more digits and days: in real calls it is lower or higher."""
    substitutions: Rate
    """Share of the errors; the three of them add up to 1."""
    deletions: Rate
    insertions: Rate
    confidence_mean: Annotated[float, Field(gt=0, lt=1)]
    confidence_spread: Annotated[float, Field(gt=0, lt=0.5)]
    """Standard deviation of the confidence of utterances that went equally well."""
    confidence_tie: Rate
    """How far the confidence falls from an utterance without an error to one all wrong."""
    missing_confidence_rate: Rate
    """How often no Confidence is sent at all."""

    @property
    def loses(self) -> float:
        """How many utterances lose words rather than have them doubled."""
        both = self.deletions + self.insertions
        return self.deletions / both if both else 0.0


_NOISE = (
    *("filler_rate", "word_repeat_rate", "restart_rate", "repeat_request_rate", "silence_rate"),
    *("hang_up_rate", "barge_in_rate"),
)


class Persona(_Model):
    """How someone calls."""

    name: Name
    description: Text
    accent: Accent
    locale: Text
    """Faker's locale for the name, such as "en_GB"."""
    country: Country
    languages: tuple[LanguageCode, ...] = ("en",)
    """What it speaks, its own language first: it answers in the one that it is spoken to in."""
    numbers: NumberStyle = NumberStyle.GROUPED
    """How it says its number, where the scenario does not say."""
    spelling: Spelling = Spelling.LETTERS
    gives_up: bool = False
    """Whether it may miss its goal whatever the agent does. Then only workloads that name it have
    it."""
    pace: Annotated[float, Field(ge=0.2, le=3)]
    """1 is 2.5 words per second."""
    response_gap_s: Annotated[float, Field(ge=0, le=30)]
    filler_rate: Rate
    """How often a sentence begins with "um" or "uh"."""
    word_repeat_rate: Rate
    """How often the first word of a sentence comes twice."""
    restart_rate: Rate
    """How often a sentence is begun anew after two words."""
    long_turn_rate: Rate
    """How often it takes the long way to say something."""
    all_at_once_rate: Rate
    """How many tell everything with the goal, where the scenario tells it step by step."""
    repeat_request_rate: Rate
    """How often it asks to repeat a question that it hears for the first time."""
    silence_rate: Rate
    """How often it stays silent at a question."""
    patience: Annotated[int, Field(ge=1, le=50)]
    """How many times it answers the same question, and bears a prompt it does not understand."""
    hang_up_rate: Rate
    """How often it hangs up when it is asked the same again, each time: a hazard."""
    silence_patience_s: Annotated[float, Field(ge=1, le=600)]
    """How long it bears not to hear a sound, give or take a fifth."""
    barge_in_rate: Rate
    keys_rate: Rate
    """How often it presses keys where the agent takes both and there is a key for it."""
    keys_after: Annotated[int, Field(ge=1, le=50)]
    """After so many answers to the same question it does so anyway."""
    recogniser: Recogniser
    sources: dict[str, Text]
    """Where each number comes from: its key ("pace") to a source, or to "assumption"."""

    def clearly_spoken(self) -> "Persona":
        """The same caller on its best day: to the point, and no word is misheard."""
        recogniser = self.recogniser.model_copy(update={"word_error_rate": 0.0})
        return self.model_copy(update={"recogniser": recogniser, **dict.fromkeys(_NOISE, 0.0)})


class Odd(_Model):
    """One odd utterance: ``meant`` is what was uttered, ``reported`` the SpeechResult.

    Without ``reported`` the webhook carries no SpeechResult at all; without ``confidence`` no
    Confidence. ``times`` repeats both texts, for the very long. ``keys`` are pressed instead, where
    the agent takes keys.
    """

    meant: str
    keys: Annotated[str, Field(pattern=r"^[0-9*#]{0,20}$")] = ""
    reported: str | None = None
    confidence: Rate | None = None
    times: Annotated[int, Field(ge=1, le=10_000)] = 1


DialStatus = Literal["completed", "busy", "no-answer", "failed", "canceled"]
StatusEvent = Literal["initiated", "ringing", "answered", "completed"]
Seconds = Annotated[float, Field(ge=0, le=3600)]


class Network(_Model):
    """What becomes of whom the agent dials or enqueues, and how callbacks come, in a scenario.

    Each key is one of ``Terms``, or of ``Target``, and stands for it; None leaves the run's.
    """

    status_events: tuple[StatusEvent, ...] | None = None
    """Of which status callbacks tell, where the run has a URL for them."""

    dial_statuses: tuple[DialStatus, ...] | None = None
    """One is drawn for each dialled party: to name one twice makes it twice as likely."""
    dial_ring_s: Seconds | None = None
    dial_talk_s: Seconds | None = None
    dial_keys: Annotated[str, Field(pattern=r"^[0-9*#]{0,20}$")] | None = None
    queue_result: Literal["bridged", "queue-full", "error", "system-error"] | None = None
    queue_wait_s: Seconds | None = None
    callback_jitter_s: Seconds | None = None
    callback_duplicates: Rate | None = None


class Scenario(_Model):
    """A goal and what the caller knows."""

    name: Name
    description: Text
    goal: Goal
    persona: Name
    """Who calls unless another persona is named."""
    style: Style = Style.STEP_BY_STEP
    numbers: NumberStyle | None = None
    """How the number is said, when not as the persona says it."""
    country: Country | None = None
    """Where the number is from, when not where the persona is from."""
    reasons: tuple[Text, ...] = ("a check-up",)
    """What the visit is for; one is drawn."""
    changes_mind: bool = False
    """Whether it wants another day once the first one was read back."""
    odd: tuple[Odd, ...] = ()
    seeks: Desk | None = None
    """Where it wants to be put through by a phone menu."""
    network: Network | None = None

    @property
    def needs_appointment(self) -> bool:
        """Whether the caller must have an appointment before it calls."""
        return self.goal in (Goal.RESCHEDULE, Goal.CANCEL)
