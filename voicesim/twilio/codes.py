"""The Twilio error codes this project raises: how grave Twilio takes each, and what it calls it.

Source: Twilio's error dictionary (twilio-error-codes.json).
"""

from types import MappingProxyType
from typing import Final, TypedDict, Unpack

from voicesim.base.findings import Finding, Level

_E, _W = Level.ERROR, Level.WARNING

CODES: Final = MappingProxyType(
    {
        "11100": (_E, "Invalid URL format"),
        # fetching a document
        "11200": (_E, "HTTP retrieval failure"),
        "11202": (_E, "TCP connection refused"),
        "11205": (_E, "HTTP connection failure"),
        "11206": (_E, "HTTP protocol violation"),
        "11210": (_E, "HTTP bad host name"),
        "11215": (_E, "HTTP too many redirects"),
        "11216": (_E, "HTTP invalid redirect"),
        "11217": (_E, "HTTP error response code"),
        "11220": (_E, "SSL/TLS Handshake Error"),
        "11235": (_E, "Certificate Invalid - Domain Mismatch"),
        "11236": (_E, "Certificate Invalid - Certificate Expired"),
        "11237": (_E, "Certificate Invalid - Could not find path to certificate"),
        "11750": (_E, "TwiML response body too large"),
        "11770": (_E, "Empty response body"),
        # reading it
        "12100": (_E, "Document parse failure"),
        "12101": (_E, "Invalid Twilio Markup XML version"),
        "12102": (_E, "The root element must be Response"),
        "12200": (_W, "Schema validation warning"),
        "12300": (_E, "Invalid Content-Type"),
        # carrying it out
        "13223": (_W, "Dial: Invalid phone number format"),
        # beside the call
        "15003": (_W, "Call Progress: Warning Response to Callback URL"),
    }
)
"""Code to (level, title)."""


class Where(TypedDict, total=False):
    """Where a finding is; see Finding."""

    line: int | None
    column: int | None
    element: str
    url: str


def finding(code: str, message: str, **where: Unpack[Where]) -> Finding:
    """Make the finding with Twilio's ``code``; the level is Twilio's own. KeyError for others."""
    return Finding(code, CODES[code][0], message, **where)
