"""The fields Twilio sends with a webhook.

Source: Twilio's voice/twiml, gather, record, dial and call-resource pages, and captured requests:
geographic fields are sent, and signed, even when blank; Caller repeats From and Called repeats To.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import quote_plus

API_VERSION = "2010-04-01"
Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Party:
    """One end of a call: an E.164 number and what Twilio knows of where it is ("" for unknown)."""

    number: str
    city: str = ""
    state: str = ""
    zip: str = ""
    country: str = ""


def base_fields(
    *, call_sid: str, account_sid: str, caller: Party, called: Party, call_status: str
) -> list[tuple[str, str]]:
    """Return the fields of every webhook of an inbound call, in the order of their names."""
    return [
        ("AccountSid", account_sid),
        ("ApiVersion", API_VERSION),
        ("CallSid", call_sid),
        ("CallStatus", call_status),
        ("Called", called.number),
        ("CalledCity", called.city),
        ("CalledCountry", called.country),
        ("CalledState", called.state),
        ("CalledZip", called.zip),
        ("Caller", caller.number),
        ("CallerCity", caller.city),
        ("CallerCountry", caller.country),
        ("CallerState", caller.state),
        ("CallerZip", caller.zip),
        ("Direction", "inbound"),
        ("From", caller.number),
        ("FromCity", caller.city),
        ("FromCountry", caller.country),
        ("FromState", caller.state),
        ("FromZip", caller.zip),
        ("To", called.number),
        ("ToCity", called.city),
        ("ToCountry", called.country),
        ("ToState", called.state),
        ("ToZip", called.zip),
    ]


# --- what is added to the base fields, by kind of webhook ---------------------------------------


def gather_speech(
    result: str | None, confidence: float | None = None, *, language: str = ""
) -> Fields:
    """Tell a Gather's action URL of speech; None for what the request does not carry.

    Twilio guarantees the presence of neither SpeechResult nor Confidence (0.0 to 1.0).
    """
    fields = []
    if confidence is not None:
        fields.append(("Confidence", _decimal(confidence)))
    if language:
        fields.append(("Language", language))
    if result is not None:
        fields.append(("SpeechResult", result))
    return tuple(fields)


def gather_digits(digits: str, finished: str | None = None) -> Fields:
    """Tell a Gather's action URL of keys; the finishing key is not among ``digits``.

    Undocumented: ``finished`` is that key, "" where none was pressed; None sends nothing of it.
    """
    if finished is None:
        return (("Digits", digits),)
    return (("Digits", digits), ("FinishedOnKey", finished), ("msg", "Gather End"))


def fallback(code: str, url: str) -> Fields:
    """What the fallback URL is told: which error there was, and where."""
    return (("ErrorCode", code), ("ErrorUrl", url))


def gather_empty(*, speech: bool, dtmf: bool, blank: bool = True) -> Fields:
    """Tell the action URL of a Gather with actionOnEmptyResult that nothing came.

    Undocumented: ``blank`` sends the fields of what was listened for, empty; otherwise none.
    """
    if not blank:
        return ()
    digits: Fields = (("Digits", ""),) if dtmf else ()
    return (*digits, ("SpeechResult", "")) if speech else digits


def record_result(url: str, duration_s: int, *, digits: str = "", sid: str = "") -> Fields:
    """Tell a Record's action URL; ``digits`` is the key that ended it, or "hangup".

    ``sid`` is left out when empty (documented for the status callback, often seen here).
    """
    fields = [("Digits", digits), ("RecordingDuration", str(duration_s))]
    if sid:
        fields.append(("RecordingSid", sid))
    return (*fields, ("RecordingUrl", url))


def dial_result(
    status: str, *, call_sid: str = "", duration_s: int | None = None, bridged: bool = False
) -> Fields:
    """Tell a Dial's action URL; ``call_sid`` and ``duration_s`` are absent for conferences.

    ``status`` is completed, answered (conference only), busy, no-answer, failed or canceled.
    """
    fields = [("DialBridged", "true" if bridged else "false")]
    if duration_s is not None:
        fields.append(("DialCallDuration", str(duration_s)))
    if call_sid:
        fields.append(("DialCallSid", call_sid))
    return (*fields, ("DialCallStatus", status))


TERMINAL_STATUSES = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
SIP_RESPONSE_CODES = {
    "completed": "200",
    "busy": "486",
    "failed": "404",
    "no-answer": "487",
    "canceled": "487",
}
"""How a party that was rung answered: Twilio's page on the call resource, and captured callbacks of
outbound calls; that of an inbound call has none."""


def status_callback(
    call_status: str,
    *,
    sequence: int,
    at_unix_s: float,
    call_duration_s: int = 0,
    sip_code: bool = False,
) -> Fields:
    """Tell a status callback; ``sequence`` counts the call's callbacks from 0.

    Terminal statuses carry CallDuration (``call_duration_s``, whole seconds) and, where
    ``sip_code`` is set, SipResponseCode; completed carries Duration, the minutes that are billed:
    every one that was begun.
    """
    fields = [("CallbackSource", "call-progress-events")]
    if call_status in TERMINAL_STATUSES:
        fields.insert(0, ("CallDuration", str(call_duration_s)))
    if call_status == "completed":
        fields.append(("Duration", str(-(-call_duration_s // 60))))
    fields.append(("SequenceNumber", str(sequence)))
    if sip_code and call_status in TERMINAL_STATUSES:
        fields.append(("SipResponseCode", SIP_RESPONSE_CODES[call_status]))
    fields.append(("Timestamp", rfc2822(at_unix_s)))
    return tuple(fields)


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def rfc2822(unix_s: float) -> str:
    """Write ``unix_s`` as Twilio writes times: "Sat, 21 Nov 2026 09:30:00 +0000", in any locale."""
    at = datetime.fromtimestamp(unix_s, UTC)
    return (
        f"{_DAYS[at.weekday()]}, {at:%d} {_MONTHS[at.month - 1]} {at.year:04} {at:%H:%M:%S} +0000"
    )


def _decimal(number: float) -> str:
    """Write ``number`` with at most eight places and at least one, never with an exponent."""
    text = f"{number:.8f}".rstrip("0")
    return text + "0" if text.endswith(".") else text


# --- on the wire --------------------------------------------------------------------------------


def form_encode(fields: Iterable[tuple[str, str]]) -> str:
    """Write ``fields`` as a form's body the way Java does: "+" for a space, UTF-8, "%7E" for "~".

    Lone surrogates become "?", as they do in the signature.
    """
    return "&".join(
        [
            _pair_short(name, value) if len(value) <= _SHORT else _pair(name, value)
            for name, value in fields
        ]
    )


_SHORT = 34
"""So long are the fields that many webhooks have in common: ids, numbers, cities, statuses."""


def _pair(name: str, value: str) -> str:
    return f"{_encode(name)}={_encode(value)}"


_pair_short = lru_cache(maxsize=6144)(_pair)


def _encode(text: str) -> str:
    return text.translate(_ASCII) if text.isascii() else _quoted(text)


def _quoted(text: str) -> str:
    return quote_plus(text, safe="*-._", errors="replace").replace("~", "%7E")


_ASCII = tuple(_quoted(chr(code)) for code in range(128))
"""How each ASCII character is written: to look that up takes a third of the time."""
