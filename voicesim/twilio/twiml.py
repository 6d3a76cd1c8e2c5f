"""Reads an agent's answer the way Twilio does: what can be carried out, and what Twilio would log.

Sources: voice/twiml (content types, case, comments), the error dictionary (12100, 12101, 12102,
12200, 12300, 11750; the codes of values stand in ``attributes``).
"""

import re
from typing import Final

from voicesim.base.remembering import remembered
from voicesim.twilio import advice
from voicesim.twilio.codes import finding
from voicesim.twilio.document import Document as Document
from voicesim.twilio.document import Verb as Verb
from voicesim.twilio.reader import MAX_DEPTH as MAX_DEPTH
from voicesim.twilio.reader import MAX_FINDINGS as MAX_FINDINGS
from voicesim.twilio.reader import VALUE_UNKNOWN as VALUE_UNKNOWN
from voicesim.twilio.reader import is_encoding, read_xml, refuse
from voicesim.twilio.reading import USUAL, Reading
from voicesim.twilio.rules import RULES, spoken

MAX_BYTES: Final = 65_536


@remembered(64)
def parse(body: bytes, content_type: str, reading: Reading = USUAL) -> Document:
    """Read ``body``, whatever it is. Never raises; takes time in proportion to its length.

    Agents say the same to many callers: the latest short answers are remembered, so nobody may
    change what is in a Document.

    ``content_type`` is the header's value, "" when there was none. A charset in it counts where
    nothing in the document says how it is encoded.
    """
    if content_type in _USUAL_TYPES:
        return _parse_twiml(body, reading)
    media_type = content_type.partition(";")[0].strip().lower()
    encoding = _charset(content_type) if reading.charset == "heeded" else ""
    if media_type in ("text/xml", "application/xml", "text/html"):
        return _parse_twiml(body, reading, encoding)
    if media_type.startswith("audio/"):
        return Document("audio")
    if media_type != "text/plain":
        return refuse(finding("12300", _about_type(media_type)))
    document = _parse_twiml(body, reading, encoding)
    if document.error is not None and document.error.code in _NO_TWIML:
        told = _as_told(body, encoding)
        return _plain((told or body).decode("utf-8-sig", "replace").strip(), reading)
    return document


def _charset(content_type: str) -> str:
    """The charset that a Content-Type names, if it is one that documents are read in, else ""."""
    for parameter in content_type.split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            charset = value.strip(' \t"').lower()
            return charset if charset in _WIDE or is_encoding(charset) else ""
    return ""


def _as_told(body: bytes, encoding: str) -> bytes | None:
    """A document in UTF-8, if it is in ``encoding`` and says nothing else of itself."""
    if not encoding or body.startswith(_MARKS) or _DECLARES.match(body):
        return None
    try:
        return body.decode(encoding).encode()
    except (UnicodeDecodeError, LookupError):
        return None


_WIDE: Final = frozenset({"utf-16", "utf-16le", "utf-16be", "iso-8859-1"})
_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
"""What a text begins with that says so how it is encoded."""
_DECLARES: Final = re.compile(rb"\s{0,99}<\?xml\s[^>]{0,99}?encoding\s{0,9}=")


def _plain(text: str, reading: Reading) -> Document:
    """What is no TwiML and is spoken."""
    say = Verb("Say", {}, text, (), 1, 0)
    broken = RULES["Say"](say) if text else None
    if broken is None:
        return Document("text", text=text)
    said = spoken(say, reading.long_say)
    return Document("text", text=said, findings=(finding(*broken, line=1, column=0),))


_USUAL_TYPES: Final = frozenset({"text/xml", "text/xml; charset=utf-8", "application/xml"})
"""What nearly every answer says."""
_NO_TWIML: Final = frozenset({"12100", "12101", "12102"})
"""Why text/plain is not TwiML; whatever else is wrong with it, it is meant to be."""


def _about_type(media_type: str) -> str:
    if not media_type:
        return "The answer has no Content-Type; TwiML is sent as text/xml."
    return (
        f"Twilio does not take {advice.cut(media_type)!r} as an answer; TwiML is sent as text/xml."
    )


def _parse_twiml(body: bytes, reading: Reading, encoding: str = "") -> Document:
    if len(body) > MAX_BYTES:
        return refuse(
            finding("11750", f"The body has {len(body)} bytes; Twilio takes at most {MAX_BYTES}.")
        )
    told = _as_told(body, encoding)
    return read_xml(body, None, reading) if told is None else read_xml(told, "utf-8", reading)
