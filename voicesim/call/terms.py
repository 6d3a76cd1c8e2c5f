"""What a call is placed with: the agent's addresses, and how we play what Twilio leaves open."""

from dataclasses import dataclass

from voicesim.twilio.fields import Party


@dataclass(frozen=True, slots=True)
class Target:
    """How the agent's number is set up at Twilio. One object serves all calls of a run."""

    url: str
    called: Party
    account_sid: str
    method: str = "POST"
    status_url: str = ""
    status_events: tuple[str, ...] = ("completed",)
    """Of ``initiated ringing answered completed``; Twilio's default is ``completed`` alone."""
    fallback_url: str = ""
    """Asked for a document where a webhook that steers the call fails, or its document does."""
    fallback_method: str = "POST"


@dataclass(frozen=True, slots=True)
class Terms:
    """Caps, and the figures that Twilio does not document; every one may be set.

    Times in seconds on the call's clock.
    """

    max_turns: int = 100
    """Webhooks that steer a call before it ends as ``too_many_turns``."""
    max_length_s: float = 1800.0
    """How long a call may last before it ends as ``too_long`` (Twilio's own limit is 4 h)."""
    words_per_s: float = 2.5
    """Say: 150 words a minute. An assumption: Twilio gives no figure, voices differ."""
    play_s: float = 3.0
    """Play: how long a recording of unknown length lasts. An assumption."""
    key_s: float = 0.25
    """One key pressed and released. An assumption."""
    auto_speech_timeout_s: float = 1.0
    """The silence that ends an utterance where speechTimeout is ``auto``. An assumption."""
    max_speech_s: float = 60.0
    """Gather hears at most a minute of speech (Twilio's page on Gather)."""
    beep_s: float = 1.0
    """Record's beep. An assumption."""
    dial_status: str = "completed"
    """What becomes of a dialled party: completed, busy, no-answer, failed or canceled."""
    dial_ring_s: float = 3.0
    dial_talk_s: float = 10.0
