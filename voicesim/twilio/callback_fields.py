"""The fields of what Twilio sends beside a call, and of queues: recordings, legs, messages.

Sources: Twilio's pages on Record, Dial, Conference, Enqueue and Gather, and captured requests. What
tells of a recording carries neither From nor To.
"""

import re

from voicesim.twilio.fields import Fields, Party, base_fields, rfc2822

_RECORDING = re.compile("RE[0-9a-f]{32}")
RECORDING_PATH = "/2010-04-01/Accounts/{account}/Recordings/{recording}"
LONGEST_RECORDED_S = 14_400
"""A call's own limit (Twilio's page on Dial: timeLimit)."""


def recording_sid(unique: str, duration_s: int) -> str:
    """The id of a recording: the last four of its ``unique`` hexadecimals tell how long it is.

    So whoever knows the id can serve it, be it another process than the one that rang.
    """
    return f"RE{unique[:28]}{min(duration_s, LONGEST_RECORDED_S):04x}"


def recorded_s(sid: str) -> int | None:
    """How long the recording ``sid`` is, in seconds; None where that is no id of ours."""
    duration_s = int(sid[-4:], 16) if _RECORDING.fullmatch(sid) else LONGEST_RECORDED_S + 1
    return duration_s if duration_s <= LONGEST_RECORDED_S else None


def leg_fields(
    *, call_sid: str, parent: str, account_sid: str, caller: Party, called: Party, call_status: str
) -> Fields:
    """The fields of every webhook about a dialled leg: the parent's id is among them."""
    base = base_fields(
        call_sid=call_sid,
        account_sid=account_sid,
        caller=caller,
        called=called,
        call_status=call_status,
    )
    fields = {**dict(base), "Direction": "outbound-dial", "ParentCallSid": parent}
    return tuple(sorted(fields.items()))


def partial_result(text: str, sequence: int | None) -> Fields:
    """Tell what the recogniser makes of an utterance so far.

    ``SequenceNumber`` is read by handlers in the wild; Twilio's page names only the other. None
    leaves it out.
    """
    number: Fields = () if sequence is None else (("SequenceNumber", str(sequence)),)
    return (*number, ("UnstableSpeechResult", text))


def recording_status(
    about: Fields,
    *,
    sid: str,
    url: str,
    status: str,
    duration_s: int,
    at_unix_s: float,
    source: str,
    channels: int = 1,
) -> Fields:
    """Tell of a recording: ``in-progress``, ``completed`` or ``absent``.

    ``about`` is whose it is: the account's id and the call's, or the conference's.
    """
    fields = {
        **dict(about),
        "ErrorCode": "0",
        "RecordingChannels": str(channels),
        "RecordingSid": sid,
        "RecordingSource": source,
        "RecordingStartTime": rfc2822(at_unix_s),
        "RecordingStatus": status,
        "RecordingTrack": "both",
    }
    if status == "completed":
        fields |= {"RecordingDuration": str(duration_s), "RecordingUrl": url}
    return tuple(sorted(fields.items()))


def transcription(
    *, sid: str, account_sid: str, recording: str, recording_url: str, status: str, text: str
) -> Fields:
    """Tell of a transcription: ``completed`` with its text, or ``failed`` without."""
    url = f"https://api.twilio.com/2010-04-01/Accounts/{account_sid}/Transcriptions/{sid}"
    return (
        ("RecordingSid", recording),
        ("RecordingUrl", recording_url),
        ("TranscriptionSid", sid),
        ("TranscriptionStatus", status),
        ("TranscriptionText", text),
        ("TranscriptionType", "fast"),
        ("TranscriptionUrl", url),
    )


def conference_event(
    *, account_sid: str, conference: str, name: str, event: str, sequence: int, at_unix_s: float
) -> Fields:
    """Tell of what happens in a conference, such as ``conference-start``."""
    return (
        ("AccountSid", account_sid),
        ("ConferenceSid", conference),
        ("FriendlyName", name),
        ("SequenceNumber", str(sequence)),
        ("StatusCallbackEvent", event),
        ("Timestamp", rfc2822(at_unix_s)),
    )


def participant(
    call_sid: str, *, muted: bool, coaching: bool, ends: bool, starts: bool, label: str
) -> Fields:
    """Tell whom an event of a conference is about (Twilio's page on Conference).

    ``ends`` and ``starts``: whether the conference does so with that participant. Nobody is ever
    put on hold: only the REST API does that.
    """
    fields = {
        "CallSid": call_sid,
        "Coaching": _flag(coaching),
        "EndConferenceOnExit": _flag(ends),
        "Hold": "false",
        "Muted": _flag(muted),
        "StartConferenceOnEnter": _flag(starts),
    }
    if label:
        fields["ParticipantLabel"] = label
    return tuple(sorted(fields.items()))


def _flag(value: bool) -> str:
    return "true" if value else "false"


def queue_wait(*, queue: str, waited_s: int) -> Fields:
    """Ask for what somebody hears who waits in a queue; it is the only one that does."""
    return (
        ("AvgQueueTime", str(waited_s)),
        ("CurrentQueueSize", "1"),
        ("QueuePosition", "1"),
        ("QueueSid", queue),
        ("QueueTime", str(waited_s)),
    )


def queue_result(result: str, *, queue: str = "", waited_s: int = 0) -> Fields:
    """Tell an Enqueue's action URL; without ``queue`` the caller was never in it."""
    if not queue:
        return (("QueueResult", result),)
    return (("QueueResult", result), ("QueueSid", queue), ("QueueTime", str(waited_s)))


def dequeuing(*, queue: str, waited_s: int, by: str) -> Fields:
    """Ask for what somebody hears who is taken out of a queue (Twilio's page on Queue)."""
    return (("DequeingCallSid", by), ("QueueSid", queue), ("QueueTime", str(waited_s)))


def dequeued(*, queue: str, call_sid: str, waited_s: int, talked_s: int) -> Fields:
    """Tell a Dial's action URL who was taken out of a queue.

    Two libraries in Go read these; we found them on no page of Twilio's.
    """
    return (
        ("DequeueResult", "bridged"),
        ("DequeuedCallDuration", str(talked_s)),
        ("DequeuedCallQueueTime", str(waited_s)),
        ("DequeuedCallSid", call_sid),
        ("QueueSid", queue),
    )


def sms_result(*, sid: str, status: str) -> Fields:
    """Tell an Sms's action URL, and with From and To its status callback."""
    return (("MessageSid", sid), ("MessageStatus", status), ("SmsSid", sid), ("SmsStatus", status))
