"""When two places of a dialogue are the same: TwiML without what differs from call to call.

Names that the caller told, numbers, days, times and ids are left out, so that a dialogue that
repeats itself is one place. That is an assumption, and is shown as one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, quote_plus, unquote_plus

from voicesim.call.plans import resolve
from voicesim.caller.words import DAYS, MONTHS
from voicesim.twilio.twiml import Verb

_SID = re.compile(r"\b[A-Z]{2}[0-9a-f]{32}\b")
_HEX = re.compile(r"\b(?=[0-9a-f-]*\d)[0-9a-f]{8}[0-9a-f-]*\b", re.IGNORECASE)
_DAY = re.compile(
    rf"\b(?:{'|'.join((*DAYS, *MONTHS))}|today|tomorrow)s?\b(?:,? <day>)*", re.IGNORECASE
)
_NUMBER = re.compile(r"\+?\d(?:[\d.,:()\- ]*\d)?")
_AROUND = re.compile(r"(?:\bplus )?#(?:(?:st|nd|rd|th)\b)?(?: ?(?:[ap]\.?m\b|o'?clock\b))?", re.I)
_NUMBERS = re.compile(r"#(?:[\s,.:#-]*#)+")
_PLACES = re.compile(r"<place>(?:[\s,]*<place>)*[\s,]*")
"""City, state and zip; of some callers Twilio knows no zip."""
_LONG = re.compile(r"\d{4,}")
_LINKS = {"Gather": "action", "Record": "action", "Dial": "action"}
_ASKING = ("Gather", "Record")


@dataclass(frozen=True, slots=True)
class Own:
    """What is the caller's own and differs from call to call."""

    name: str = ""
    number: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""

    def words(self) -> Iterable[str]:
        """The name and its parts, the longest first."""
        return filter(None, (self.name, *sorted(self.name.split(), key=len, reverse=True)))

    def places(self) -> Iterable[str]:
        """What Twilio says of where the number is, as patterns.

        As it writes it or as a name is written: "mobile" and "in" are English words.
        """
        if self.city:
            yield rf"(?<!\w){re.escape(self.city)}(?!\w)"
            yield rf"(?<=[\w,] ){re.escape(self.city.title())}(?!\w)"
        if self.state:
            yield rf"(?:(?<=, )|(?<=[iI]n )|(?<=from )|(?<=<place> )){self.state}(?!\w)"
        if self.zip:
            yield rf"(?<!\w){re.escape(self.zip)}(?!\w)"


NOBODY = Own()


def without_own(text: str, own: Own) -> str:
    """``text`` without the caller's name and place, and without ids."""
    text = " ".join(text.split())
    for word in own.words():
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", "<name>", text, flags=re.IGNORECASE)
    for pattern in own.places():
        text = re.sub(pattern, "<place>", text)
    text = _PLACES.sub("<place>", text)
    return _HEX.sub("#", _SID.sub("#", text))


def normal_text(text: str, own: Own) -> str:
    """``text`` without the caller's name and place, numbers, days and times."""
    text = without_own(text, own)
    text = _DAY.sub("<day>", text)
    text = _AROUND.sub("#", _NUMBER.sub("#", text))
    return _NUMBERS.sub("#", text)


def normal_url(url: str, own: Own) -> str:
    """``url`` without ids and the caller's values; short numbers stay: they may be steps."""
    values = (own.name, own.number, own.number.lstrip("+"), own.city)
    for value in filter(None, values):
        for form in (value, quote(value), quote_plus(value)):
            url = url.replace(form, "<own>")
    return _LONG.sub("#", _HEX.sub("#", _SID.sub("#", unquote_plus(url))))


def normal_verbs(verbs: Iterable[Verb], url: str, own: Own) -> str:
    """The verbs of the document at ``url`` as one text: equal for equal places."""
    return "".join(_verb(verb, url, own) for verb in verbs)


def _verb(verb: Verb, url: str, own: Own) -> str:
    attributes = dict(verb.attributes)
    text = normal_text(verb.text, own)
    if verb.name in _LINKS:
        attributes[_LINKS[verb.name]] = resolve(url, attributes.get(_LINKS[verb.name], ""))
    elif verb.name == "Redirect":
        text = normal_url(resolve(url, verb.text), own)
    shown = "".join(f" {k}={normal_url(v, own)!r}" for k, v in sorted(attributes.items()))
    return f"<{verb.name}{shown}>{text}{normal_verbs(verb.children, url, own)}</>"


def says_something(verbs: Iterable[Verb]) -> bool:
    """Whether a document has words or sounds of its own."""
    return any(
        (verb.name in ("Say", "Play") and verb.text) or says_something(verb.children)
        for verb in verbs
    )


def asks_of(verbs: Iterable[Verb]) -> int:
    """How many verbs of a document ask the caller for something."""
    return sum(verb.name in _ASKING for verb in verbs)
