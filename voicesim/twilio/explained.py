"""What Twilio's codes mean for a voice agent, what Twilio does then, and what to look at.

In our own words; whole families share a text, single codes have theirs. What the value of an
attribute may be comes from the vocabulary.
"""

from typing import Final, NamedTuple

from voicesim.base.findings import Level
from voicesim.twilio.attributes import IN_GATHER
from voicesim.twilio.codes import CODES
from voicesim.twilio.vocabulary import ELEMENTS


class Explained(NamedTuple):
    """One code: ``means``, ``does`` (what happens to the call) and ``look`` are whole sentences."""

    code: str
    level: Level
    title: str
    means: str
    does: str
    look: str


GIVES_UP: Final = (
    "Twilio asks the fallback URL, if the number has one. Otherwise the caller hears that an"
    " application error occurred, and the call ends."
)
GOES_ON: Final = "Twilio logs it and the call goes on."
IGNORES: Final = (
    "Twilio logs it and the call goes on; that the default is used is assumed (--assume bad_value)."
)
ENDS: Final = (
    "For Twilio it is an ERROR; that the document is given up and the call ends is assumed"
    " (docs/twilio.md)."
)

_FAMILIES: Final = {
    "1": ("Something about the call was not as it should be.", "The document or the webhook."),
    "100": (
        "The account has as many calls as it may have at once.",
        "The account's limits, and how many calls are started at once.",
    ),
    "112": (
        "The agent's webhook could not be fetched.",
        "Whether the URL answers from outside, in less than 15 seconds, with status 200.",
    ),
    "113": ("The webhook is set up wrongly.", "The URL and method set at the number."),
    "117": (
        "The body of the agent's answer cannot be taken.",
        "How large the answer is, and whether its length is announced rightly.",
    ),
    "121": (
        "The answer is not TwiML.",
        "The body as it was sent: voicesim twiml FILE shows line and column.",
    ),
    "122": (
        "Something in the document is not in the schema.",
        "The spelling: names are case-sensitive, and each element has its places.",
    ),
    "123": (
        "The answer's Content-Type is none that Twilio takes.",
        "The header: text/xml for TwiML, audio/* for sound, text/plain to be spoken.",
    ),
    "124": ("Something broke at Twilio.", "Twilio's status page; then the document."),
    "132": ("Something is wrong with a Dial or with what it rings.", "The Dial and its nouns."),
    "133": ("Something is wrong with a Gather.", "The Gather's attributes and what is nested."),
    "134": ("Something is wrong with a Play.", "The Play, and what its URL answers with."),
    "135": ("Something is wrong with a Say.", "The Say's text, voice and language."),
    "136": ("Something is wrong with a Record.", "The Record's attributes."),
    "137": ("Something is wrong with a Redirect.", "The Redirect's URL and method."),
    "138": ("Something is wrong with a Reject or Refer.", "Where it stands, and its attributes."),
    "139": ("Something is wrong with a Pause.", "The Pause's length."),
    "141": ("Something is wrong with a message sent from the call.", "The Sms."),
    "142": ("Something is wrong with a queue.", "The Enqueue, or the Queue in a Dial."),
    "143": ("Something is wrong with a Start.", "What stands in the Start."),
    "150": (
        "A webhook beside the call failed.",
        "What the status callback's URL answers: 200 or 204, quickly.",
    ),
    "16": ("Something is wrong with a conference or recording.", "The Conference's attributes."),
    "20": ("Twilio's REST API did not accept the caller's credentials.", "Account and token."),
    "21": ("Answering machine detection is not set up rightly.", "The machineDetection values."),
    "319": (
        "The media stream to the agent's websocket failed.",
        "The Stream's URL (wss, without a query) and what the websocket answers.",
    ),
    "320": ("TwiML handed over in the REST API is not taken as it is.", "The API's parameters."),
    "641": (
        "The ConversationRelay session failed.",
        "The ConversationRelay's attributes and the messages of the websocket.",
    ),
}
"""Beginning of a code to what it means and what to look at; the longest that fits counts."""

_SINGLE: Final = {
    "11200": ("The document could not be fetched: an older name for several failures.", ""),
    "11202": ("Nobody listens at the agent's address.", "Whether the agent runs, and its port."),
    "11203": (
        "All tries together took longer than the URL allows (#tt=...).",
        "How long the agent takes; rc, rt and tt in the URL's fragment.",
    ),
    "11205": (
        "The agent took too long, or the connection broke.",
        "What the agent waits for: the answer is due within 15 seconds.",
    ),
    "11206": ("What the agent answered is not HTTP as it should be.", "Its headers and cookies."),
    "11210": ("The agent's host name is not known.", "The name in the URL, and its DNS entry."),
    "11215": ("The agent redirects in circles.", "Where each redirect leads; ten are followed."),
    "11217": (
        "The agent answered with a status of 400 or more.",
        "The agent's log. 401 and 403 often mean that it refused the signature: voicesim verify.",
    ),
    "11220": ("No TLS connection came about.", "Which TLS versions and ciphers the agent takes."),
    "11235": ("The certificate is for another name.", "The names in the certificate."),
    "11236": ("The certificate is out of date.", "Whether its renewal works."),
    "11237": ("The certificate leads to no authority that is known.", "The chain it is sent with."),
    "11240": ("The URL asks for an edge that there is not.", "The e in its fragment."),
    "11243": (
        "The URL asks for retries upon something that Twilio does not know.",
        "The rp in its fragment: 4xx, 5xx, ct, rt, all, with commas between them.",
    ),
    "11750": ("The answer has more than 64 kB.", "What makes it so long; prompts can be split."),
    "11770": ("The answer was announced in chunks, and none came.", "How the agent ends answers."),
    "12100": (
        "The answer is not well-formed XML.",
        "An '&' that is not '&amp;', space before <?xml, an HTML error page: voicesim twiml FILE.",
    ),
    "12101": ("The XML declaration has no version, or an unknown one.", 'version="1.0".'),
    "12102": ("The root of the document is not <Response>.", "Case matters: <response> is none."),
    "12200": (
        "An element, attribute or text is unknown where it stands; it is skipped.",
        "",
    ),
    "13201": ("A Dial stands in what a dialled party hears.", "The TwiML of the Number's url."),
    "13223": ("What is to be dialled is no number.", "Numbers are written +15005550006."),
    "13238": ("A conference's waiting music may only Say, Play, Pause.", "TwiML of the waitUrl."),
    "13320": ("A Gather holds Say, Play and Pause alone; the rest is skipped.", ""),
    "13335": (
        "A speechTimeout of 'auto' does not go with this speech model.",
        "Give seconds instead.",
    ),
    "13520": ("A Say has nothing to say.", "Whether the text was left out by a template."),
    "13521": ("A Say is longer than its voice takes.", "Split it into several."),
    "31920": (
        "The stream's websocket did not come about.",
        "What the websocket answers; a URL with a query may be refused.",
    ),
    "31922": ("A Stream leads elsewhere than to wss.", "The Stream's URL."),
    "15003": ("A status callback answered with an error.", ""),
    "21263": ("Answering machine detection has a value that it may not have.", ""),
    "15004": ("An action URL is relative where there is no document URL.", "Write it in full."),
}
"""Codes with a meaning and hint of their own; "" stands for the family's."""


def explained(code: str) -> Explained | None:
    """What ``code`` means; None for a code that no voice agent meets."""
    if code not in CODES:
        return None
    level, title = CODES[code]
    family = next(_FAMILIES[code[:n]] for n in (3, 2, 1) if code[:n] in _FAMILIES)
    own = _SINGLE.get(code, ("", ""))
    values = _values(code)
    means = own[0] or (f"An attribute has a value that is none: {values}." if values else family[0])
    return Explained(
        code, level, title, means, _does(code, level, bool(values)), own[1] or family[1]
    )


def _does(code: str, level: Level, of_value: bool) -> str:
    if code.startswith("150"):
        return "Nothing: the webhook is beside the call, which goes on."
    if code.startswith("319"):
        return (
            "The stream ends or never starts; the call goes on with what follows it, if anything."
        )
    if code.startswith("641"):
        return "The session ends; the Connect's action is asked, and without one the call ends."
    if code.startswith(("100", "20")):
        return "The call is not placed."
    if level is Level.WARNING:
        return IGNORES if of_value else GOES_ON
    return GIVES_UP if code.startswith(("11", "12")) else ENDS


def _values(code: str) -> str:
    """The attributes that have this code for their values, and what each must be."""
    plain = {in_gather: outside for outside, in_gather in IN_GATHER.items()}.get(code, code)
    if plain == "12200":
        return ""
    found: dict[str, set[str]] = {}
    for element in ELEMENTS.values():
        for name, check in element.checks.items():
            if check.code == plain:
                found.setdefault(check.value.must, set()).add(f"{element.name}@{name}")
    return "; ".join(f"{', '.join(sorted(names))} must be {must}" for must, names in found.items())
