"""Says in a sentence what is wrong with a document, and what was probably meant.

Only documents with a mistake come here. What is quoted from a document is cut short, so that no
document can make this slow.
"""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from pyexpat import errors

from voicesim.base.findings import Level
from voicesim.twilio.attributes import Attribute
from voicesim.twilio.codes import CODES, LATER
from voicesim.twilio.reading import Reading
from voicesim.twilio.vocabulary import ELEMENTS, PLACES

_LONGEST = 40
_TEXT_WORDS = frozenset({"body", "message", "name", "number", "text", "to", "uri", "url", "value"})


def cut(text: str) -> str:
    """Return ``text`` without line breaks and not longer than a name needs to be."""
    start = " ".join(text[:_LONGEST].split())
    return start if len(text) <= _LONGEST else start + "..."


@lru_cache(maxsize=1024)
def unknown_element(name: str, key: str) -> str:
    """Explain an element that may not stand in the element with ``key``; ``name`` was cut."""
    parent = ELEMENTS[key]
    if name in PLACES:
        places = _listed([f"<{place}>" for place in PLACES[name]])
        return f"<{name}> may not stand in <{parent.name}>, only in {places}; it was skipped."
    if name == "Response":
        return f"<Response> may only be the root, not stand in <{parent.name}>; it was skipped."
    meant = _alike(name, parent.children) or _alike(name, PLACES)
    if meant is None:
        return f"<{name}> is not an element of Voice TwiML; it was skipped."
    if meant.lower() == name.lower():
        return f"<{name}> must be written <{meant}>: case matters in TwiML; it was skipped."
    return f"<{name}> is not an element of Voice TwiML; was <{meant}> meant? It was skipped."


@lru_cache(maxsize=1024)
def unknown_attribute(name: str, key: str) -> str:
    """Explain an attribute that the element with ``key`` does not have; ``name`` was cut."""
    element = ELEMENTS[key]
    meant = _alike(name, element.attributes)
    start = f"<{element.name}> has no attribute {name!r}"
    if meant is not None and meant.lower() == name.lower():
        return f"{start}: it must be written {meant!r}, case matters in TwiML; it was ignored."
    if meant is not None:
        return f"{start}; was {meant!r} meant? It was ignored."
    if element.has_text and name.lower() in _TEXT_WORDS:
        tag = element.name
        return f"{start}: that goes between <{tag}> and </{tag}>; it was ignored."
    return f"{start}; it was ignored."


def stray_text(text: str, key: str) -> str:
    """Explain text in an element that may hold none; ``text`` was cut."""
    element = ELEMENTS[key]
    where = f"Text directly in <{element.name}> is not allowed and was ignored: {text!r}."
    if "Say" in element.children:
        return f"{where} What is to be spoken goes into <Say>."
    return where


def value(name: str, given: str, attribute: Attribute, code: str, reading: Reading) -> str:
    """Explain a value that its attribute does not take, and what Twilio does about it."""
    wrong = f"{name}={cut(given)!r} must be {attribute.value.must}"
    if not code:
        return f"{wrong}, as far as Twilio's pages say; it was kept."
    error = CODES[code][0] is Level.ERROR
    does = {"default": f"uses {attribute.value.otherwise}"} | _DOES
    if error and code in LATER:
        what = "it counts when it is reached" if reading.bad_url == "later" else "it ends the call"
        return f"{wrong}; for Twilio {code} is an ERROR, and that {what} is assumed{_BAD_URL}."
    if error and reading.value_error == "ends":
        return (
            f"{wrong}; for Twilio {code} is an ERROR, and that it ends the call is assumed{_ERROR}."
        )
    then = does[reading.bad_value]
    if code == "12200" != attribute.code:
        switch = "loose_value" if given.strip() else "empty_value"
        goes_on = " and goes on" if reading.bad_value != "ends" else ""
        return (
            f"{wrong}; that Twilio {then}{goes_on} is assumed (--assume {switch}): other values are"
            f" {attribute.code}, an ERROR."
        )
    return f"{wrong}; Twilio {then}."


def url_fails(said: str, url: str, what: str) -> str:
    """Explain a URL that cannot be asked; ``said``: what stands before it, ``what``: the flaw."""
    which = ", which" if said.endswith(" ") else ""
    why = f"{said}{cut(url.strip())!r}{which} has {what}"
    if what.endswith("host"):
        return f"{why}; Twilio does not allow that: when it is asked it fails with 11100."
    return (
        f"{why} in it. Twilio's page on 11100 wants URLs that are properly encoded; that this one"
        " fails so when it is asked is assumed (--assume raw_characters)."
    )


_BAD_URL, _ERROR = " (--assume bad_url)", " (--assume value_error)"
_DOES = {"skipped": "skips the element", "ends": "ends the call"}
"""What Twilio does about a bad value, where it does not use the default."""


def _alike(name: str, words: Iterable[str]) -> str | None:
    by_lower = {word.lower(): word for word in words}
    found = get_close_matches(name.lower(), by_lower, n=1, cutoff=0.7)
    return by_lower[found[0]] if found else None


def _listed(words: list[str]) -> str:
    return " or ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


# --- documents that are not well-formed ---------------------------------------------------------

_AMPERSAND = re.compile(rb"&[A-Za-z0-9_.:-]{0,40}\Z")
_HTML_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,99}<(?:!doctype\s{1,9}html|html)\b", re.IGNORECASE
)
_TITLE = re.compile(rb"<title[^<>]{0,99}>([^<]{1,200})", re.IGNORECASE)
_VERSION = re.compile(rb"<\?xml\s{1,99}version\s{0,99}=\s{0,99}([\"'])[^\"'<>]{0,99}\1")

UNKNOWN_ENTITY = (
    "XML knows only &amp; &lt; &gt; &quot; and &apos;: write other characters as they are."
)
NOT_AS_DECLARED = "The document is not in the encoding it declares."
_SENTENCES = {
    errors.codes[errors.XML_ERROR_UNCLOSED_TOKEN]: "The document ends in the middle of a tag.",
    errors.codes[errors.XML_ERROR_PARTIAL_CHAR]: "The document ends in the middle of a character.",
    errors.codes[errors.XML_ERROR_DUPLICATE_ATTRIBUTE]: "An attribute is given twice.",
    errors.codes[errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]: (
        "Something follows the closing tag of the root; nothing may."
    ),
    errors.codes[errors.XML_ERROR_UNDEFINED_ENTITY]: UNKNOWN_ENTITY,
    errors.codes[errors.XML_ERROR_BAD_CHAR_REF]: "A character reference names no XML character.",
    errors.codes[errors.XML_ERROR_MISPLACED_XML_PI]: (
        "Nothing may stand before <?xml, not even a space or an empty line."
    ),
    errors.codes[errors.XML_ERROR_INCORRECT_ENCODING]: NOT_AS_DECLARED,
    errors.codes[errors.XML_ERROR_UNCLOSED_CDATA_SECTION]: "A <![CDATA[ section is not closed.",
}
_NO_ELEMENTS = errors.codes[errors.XML_ERROR_NO_ELEMENTS]
_SYNTAX = errors.codes[errors.XML_ERROR_SYNTAX]
_INVALID_TOKEN = errors.codes[errors.XML_ERROR_INVALID_TOKEN]
_TAG_MISMATCH = errors.codes[errors.XML_ERROR_TAG_MISMATCH]
BAD_DECLARATION = errors.codes[errors.XML_ERROR_XML_DECL]


def looks_like_html(body: bytes) -> str:
    """Return a sentence when ``body`` seems to be a web page, else ""."""
    if _HTML_START.match(body) is None:
        return ""
    title = _TITLE.search(body, 0, 4096)
    called = f" with the title {cut(title[1].decode(errors='replace'))!r}" if title else ""
    return f"It looks like an HTML page{called}, perhaps an error page."


def names_version(body: bytes) -> bool:
    """Whether the XML declaration has a version that can be read."""
    return _VERSION.match(body) is not None


def malformed(body: bytes, code: int, at: int, open_tag: str) -> str:
    """Explain expat's error ``code`` at byte ``at``, met while ``open_tag`` ("" for none) was open.

    Sources: expat's error list; the causes Twilio's error dictionary gives for 12100.
    """
    if not body.strip():
        return "The body is empty: even an empty answer is <Response/>."
    web_page = looks_like_html(body)
    if web_page:
        return web_page
    if code == _NO_ELEMENTS:
        return (
            f"The document ends before <{open_tag}> is closed." if open_tag else "There is no root."
        )
    if code == _TAG_MISMATCH and open_tag:
        return f"A closing tag stands where <{open_tag}> has to be closed first."
    if code in (_SYNTAX, _INVALID_TOKEN) and not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(
        b"<"
    ):
        return "The body does not begin with '<': it is not XML."
    if code == _INVALID_TOKEN:
        return _invalid_token(body, at)
    return _SENTENCES.get(code) or f"The XML parser says: {errors.messages.get(code, code)}."


def _invalid_token(body: bytes, at: int) -> str:
    before, here = body[max(0, at - 41) : at], body[at : at + 1]
    if _AMPERSAND.search(before):
        return "An '&' has to be written '&amp;', in URLs too."
    if here == b"<" or before.endswith(b"<"):
        return "A '<' that begins no tag has to be written '&lt;'."
    if before.endswith(b"="):
        return "The value of an attribute has to be in quotes."
    if here >= b"\x80":
        return (
            "These bytes are not valid in the document's encoding (UTF-8 unless it says otherwise)."
        )
    if here < b" ":
        return "A control character may not stand in XML."
    return "The XML is not well-formed here."
