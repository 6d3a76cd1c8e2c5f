"""What a call is placed with: the agent's addresses, and how we play what Twilio leaves open."""

from dataclasses import dataclass
from typing import Literal

from voicesim.twilio.fields import Party
from voicesim.twilio.reading import USUAL, Reading


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
    """Caps, and what Twilio does not document; every one may be set (docs/twilio.md).

    Times in seconds on the call's clock. Of a choice the default comes first.
    """

    max_turns: int = 100
    """Webhooks that steer a call before it ends as ``too_many_turns``."""
    max_length_s: float = 1800.0
    """How long a call may last before it ends as ``too_long`` (Twilio's own limit is 4 h)."""
    max_idle_verbs: int = 1000
    """Verbs that take no time (Leave outside a queue, an empty Say) before a call ends so, too."""
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
    dial_statuses: tuple[str, ...] = ("completed",)
    """What becomes of a dialled party: completed, busy, no-answer, failed or canceled; one is drawn
    for each."""
    dial_ring_s: float = 3.0
    """When it answers, or is found busy; when somebody joins a conference."""
    dial_talk_s: float = 10.0
    dial_keys: str = "1"
    """What a dialled party presses where a whisper gathers keys; "" for nothing."""
    queue_result: str = "bridged"
    """What becomes of who is enqueued: bridged, queue-full, error or system-error."""
    queue_wait_s: float = 20.0
    """How long somebody waits in a queue before it is bridged."""
    partial_result_s: float = 1.0
    """A partial result comes so often while the caller speaks. An assumption."""
    recording_ready_s: float = 1.0
    """From the end of a recording to its status callback. An assumption."""
    transcription_s: float = 5.0
    """From the end of a recording to its transcription. An assumption."""
    callback_jitter_s: float = 0.0
    """Every callback beside the call is late by less than this: they come in any order."""
    callback_duplicates: float = 0.0
    """How often a callback comes twice (0 to 1)."""
    recordings: str = "https://api.twilio.com"
    """The origin of what is recorded: Twilio's own, where nobody serves it."""
    max_callbacks: int = 500
    """Webhooks beside a call; what more an agent asks for is not sent, and said."""
    reading: Reading = USUAL
    """How documents are read."""
    fallback_asked: Literal["each_time", "once"] = "each_time"
    """The fallback URL: for each failure of a call (but not its own), or for the first alone."""
    gather_hangup: Literal["untold", "told"] = "untold"
    """Whether a Gather's action URL is told, beside the call, of what came before the hang-up."""
    empty_result: Literal["empty", "absent"] = "empty"
    """The fields of a Gather's result that nothing came for."""
    speech_language: Literal["absent", "sent"] = "absent"
    """``Language`` with a Gather's speech."""
    finished_on_key: Literal["absent", "sent"] = "absent"
    """``FinishedOnKey`` and ``msg`` with a Gather's digits."""
    partial_number: Literal["sent", "absent"] = "sent"
    """``SequenceNumber`` of partial results."""
    long_recording: Literal["none", "failed", "by_length"] = "none"
    """The callback for a transcription whose maxLength is over 120 s (13615): none, one that says
    ``failed``, or as if what was recorded counted."""
    short_recording: Literal["failed", "none"] = "failed"
    """The callback for what is too short to be transcribed."""
    dial_buffer_s: float = 0.0
    """So much longer than its timeout a party is rung."""
    unanswered_status: Literal["last", "first"] = "last"
    """Of several parties that do not answer, whose status the action URL is told."""
    whisper_lost: Literal["completed", "no-answer", "canceled"] = "completed"
    """DialCallStatus of a party that answered and was lost before it was connected."""
    whisper_failed: Literal["lost", "connected"] = "lost"
    """What becomes of a party whose whisper cannot be had."""
    conference_failed: Literal["silence", "ends"] = "silence"
    """What becomes of a call whose conference's waitUrl cannot be had."""
    queue_failed: Literal["ends", "silence"] = "ends"
    """What becomes of a call whose queue's waitUrl cannot be had."""
    short_wait: Literal["silence", "again"] = "silence"
    """What follows a waiting document that took no time: nothing, or another request for it."""
    inner_verb: Literal["ends", "skipped"] = "ends"
    """A verb that may not stand in an inner document ends that document, or is skipped."""
    leave_outside: Literal["nothing", "ends"] = "nothing"
    """What a Leave does outside a queue: nothing, or it ends the call."""
    sip_response_code: Literal["dialled", "always", "never"] = "dialled"
    """Which calls' last status callback carries SipResponseCode."""
    conference_events_from: int = 1
    """The number of a conference's first event."""
    dequeued: Literal["told", "untold"] = "told"
    """Whether a Dial's action URL is told of the queue and of who was taken out of it."""
    sms_status: Literal["sent", "queued", "failed"] = "sent"
    """What becomes of a message."""
