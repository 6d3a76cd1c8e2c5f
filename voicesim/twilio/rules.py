"""What has to hold within one element beyond each value by itself: lengths, pairs, what is inside.

Each rule is asked when its element ends. Source: the error dictionary.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from voicesim.twilio.attributes import attribute

if TYPE_CHECKING:
    from voicesim.twilio.twiml import Verb

Broken = tuple[str, str] | None
"""The code and the sentence of a rule that was broken."""

SAY_LIMITS: Final = {"Polly": 3000, "Google": 5000}
"""Characters that a Say may have, by the provider in its voice's name."""
SAY_LIMIT: Final = 4096
LEAST_SAY_LIMIT: Final = 3000
TRANSCRIBED_S: Final = 120
QUEUE_NAME: Final = 64
MOST_URIS: Final = 5
_TRANSCRIBE = attribute("Record", "transcribe").value
_MAX_LENGTH = attribute("Record", "maxLength").value


def _say(verb: "Verb") -> Broken:
    if not verb.text and not verb.children:
        return "13520", "This <Say> says nothing; Twilio goes on with what follows."
    if len(verb.text) <= LEAST_SAY_LIMIT:
        return None
    provider = verb.attributes.get("voice", "").partition(".")[0]
    limit = SAY_LIMITS.get(provider, SAY_LIMIT)
    if len(verb.text) <= limit:
        return None
    return "13521", (
        f"This <Say> has {len(verb.text)} characters; Twilio speaks at most {limit} with its voice."
    )


def _gather(verb: "Verb") -> Broken:
    given = verb.attributes
    if given.get("speechTimeout") == "auto" and given.get("speechModel") == "default":
        return "13335", (
            "speechTimeout='auto' does not go with speechModel='default': give a number of seconds."
        )
    return None


def _record(verb: "Verb") -> Broken:
    given = verb.attributes
    transcribed = _TRANSCRIBE.of(given.get("transcribe"))
    if transcribed and "maxLength" in given and _MAX_LENGTH.of(given["maxLength"]) > TRANSCRIBED_S:
        return "13615", (
            f"maxLength={given['maxLength']!r} is more than the {TRANSCRIBED_S} seconds that are"
            " transcribed; Twilio records, but does not transcribe what is longer."
        )
    return None


def _dial(verb: "Verb") -> Broken:
    nouns = [child.name for child in verb.children]
    if "Conference" in nouns and len(nouns) > 1:
        return "13000", "A <Conference> must be the only thing in its <Dial>."
    return None


def _sip(verb: "Verb") -> Broken:
    uris = [child.text for child in verb.children if child.name == "Uri"]
    if len(uris) > MOST_URIS:
        return "13250", f"A <Sip> may have {MOST_URIS} <Uri> at most; this one has {len(uris)}."
    return next((broken for uri in uris or [verb.text] if (broken := _sip_uri(uri))), None)


def _sip_uri(text: str) -> Broken:
    if text.lower().startswith(("sip:", "sips:")):
        return None
    return "13243", "A SIP address begins with 'sip:'; Twilio cannot dial this one."


def _conference(verb: "Verb") -> Broken:
    if verb.text:
        return None
    return "13237", "A <Conference> needs a name between its tags."


def _enqueue(verb: "Verb") -> Broken:
    return _queue_name(verb, "14205")


def _queue(verb: "Verb") -> Broken:
    return _queue_name(verb, "14213")


def _queue_name(verb: "Verb", code: str) -> Broken:
    if len(verb.text) < QUEUE_NAME:
        return None
    message = f"The name of a queue must have less than {QUEUE_NAME} characters, not"
    return code, f"{message} {len(verb.text)}; Twilio takes this for an error and ends the call."


def _sms(verb: "Verb") -> Broken:
    return None if verb.text else ("14103", "This <Sms> has no text; Twilio sends nothing.")


RULES: Final[Mapping[str, Callable[["Verb"], Broken]]] = {
    "Say": _say,
    "Gather": _gather,
    "Record": _record,
    "Dial": _dial,
    "Sip": _sip,
    "Refer.Sip": _sip,
    "Conference": _conference,
    "Enqueue": _enqueue,
    "Queue": _queue,
    "Sms": _sms,
}
"""The rule of each element that has one, by its key."""
