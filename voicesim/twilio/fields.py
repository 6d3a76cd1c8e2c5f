"""The fields Twilio sends with a webhook.

Source: Twilio's voice/twiml, gather, record, dial and call-resource pages, and captured requests:
geographic fields are sent, and signed, even when blank; Caller repeats From and Called repeats To.
"""

from collections.abc import Iterator
from dataclasses import dataclass

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


def _place(prefix: str, party: Party) -> Iterator[tuple[str, str]]:
    yield prefix + "City", party.city
    yield prefix + "Country", party.country
    yield prefix + "State", party.state
    yield prefix + "Zip", party.zip


def base_fields(
    *, call_sid: str, account_sid: str, caller: Party, called: Party, call_status: str
) -> list[tuple[str, str]]:
    """The fields of every webhook of an inbound call, in the order of their names."""
    return sorted(
        [
            ("AccountSid", account_sid),
            ("ApiVersion", API_VERSION),
            ("CallSid", call_sid),
            ("CallStatus", call_status),
            ("Called", called.number),
            ("Caller", caller.number),
            ("Direction", "inbound"),
            ("From", caller.number),
            ("To", called.number),
            *_place("Called", called),
            *_place("Caller", caller),
            *_place("From", caller),
            *_place("To", called),
        ]
    )
