"""What has to hold within one element beyond each value by itself: lengths, pairs, what is inside.

Each rule is asked when its element ends. Source: the error dictionary.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final
from urllib.parse import quote_plus

from voicesim.twilio.attributes import attribute
from voicesim.twilio.values import URL

if TYPE_CHECKING:
    from voicesim.twilio.twiml import Verb

Broken = tuple[str, str] | None
"""The code and the sentence of a rule that was broken; a code of "" has Twilio none for."""

SAY_LIMITS: Final = {"Polly": 3000, "Google": 5000}
"""Characters that a Say may have, by the provider in its voice's name."""
SAY_LIMIT: Final = 4096
ENCODED_LIMIT: Final = 4500
ALWAYS_SHORT: Final = ENCODED_LIMIT // 12
"""So many characters are within every limit: encoded, one has 12 at most."""
TOO_LONG: Final = "13521"
MAX_DIGITS: Final = 15
"""The longest number there can be (ITU-T E.164)."""
TRANSCRIBED_S: Final = 120
QUEUE_NAME: Final = 64
MOST_URIS: Final = 5
_TRANSCRIBE = attribute("Record", "transcribe").value
_MAX_LENGTH = attribute("Record", "maxLength").value


def _say(verb: "Verb") -> Broken:
    if not verb.text and not verb.children:
        return "13520", "This <Say> says nothing; Twilio goes on with what follows."
    if len(verb.text) <= ALWAYS_SHORT:
        return None
    limit = _limit(verb)
    if len(verb.text) > limit:
        has = f"{len(verb.text)} characters; Twilio speaks at most {limit} with its voice"
    elif (encoded := len(quote_plus(verb.text))) > ENCODED_LIMIT:
        has = f"{encoded} characters when URL-encoded; Twilio takes at most {ENCODED_LIMIT}"
    else:
        return None
    return TOO_LONG, f"This <Say> has {has}."


def _limit(say: "Verb") -> int:
    provider = say.attributes.get("voice", "").partition(".")[0]
    return SAY_LIMITS.get(provider.capitalize(), SAY_LIMIT)


def spoken(say: "Verb", long_say: str) -> str:
    """What is spoken of a Say that is over a limit, as ``Reading.long_say`` has it."""
    most = {"cut": _limit(say), "whole": len(say.text), "nothing": 0}[long_say]
    return say.text[:most]


def _fetched(verb: "Verb") -> Broken:
    if ":" not in verb.text or URL.fits(verb.text):  # most lead to a path
        return None
    return "11100", (
        f"This <{verb.name}> leads to {verb.text[:40]!r}, which must be {URL.must}; for Twilio this"
        " is an error when it comes to it."
    )


def _play_in_gather(verb: "Verb") -> Broken:
    if verb.attributes.get("digits"):
        return "", "A <Play> with digits may not stand in a <Gather>, says Twilio; it was kept."
    return _fetched(verb)


def _stream(verb: "Verb") -> Broken:
    if "?" not in verb.attributes.get("url", "").partition("#")[0]:
        return None
    return "", (  # Twilio's page says so; which code its websocket then ends with it does not say
        "The URL of a <Stream> may have no query: what is to be handed over goes into <Parameter>."
    )


def _gather(verb: "Verb") -> Broken:
    given = verb.attributes
    if given.get("speechTimeout") == "auto" and given.get("speechModel") == "default":
        return "13335", (
            "speechTimeout='auto' does not go with speechModel='default': give a number of seconds."
        )
    return None


def _record(verb: "Verb") -> Broken:
    if to_be_transcribed(verb) and not short_enough(verb):
        return "13615", (
            f"maxLength={verb.attributes['maxLength']!r} is more than the {TRANSCRIBED_S} seconds"
            " that can be transcribed; Twilio records and transcribes nothing."
        )
    return None


def to_be_transcribed(record: "Verb") -> bool:
    """Whether a Record asks for its transcription: a callback for it asks for it too."""
    given = record.attributes.get
    return _TRANSCRIBE.of(given("transcribe")) or bool(given("transcribeCallback"))


def short_enough(record: "Verb") -> bool:
    """Whether what a Record may hold can be transcribed; without maxLength it is kept short."""
    given = record.attributes.get("maxLength")
    return given is None or _MAX_LENGTH.of(given) <= TRANSCRIBED_S


def _dial(verb: "Verb") -> Broken:
    nouns = [child.name for child in verb.children]
    if not nouns:
        return _number(verb)
    if "Conference" in nouns and len(nouns) > 1:
        return "13000", "A <Conference> must be the only thing in its <Dial>."
    return None


def _number(verb: "Verb") -> Broken:
    if is_number(verb.text):
        return None
    names = f"names {verb.text[:40]!r}" if verb.text else "is empty"
    return "13223", (
        f"This <{verb.name}> {names}: what is dialled must be a number of at most {MAX_DIGITS}"
        " digits; the leg fails."
    )


def is_number(text: str) -> bool:
    """Whether that can be rung."""
    return 0 < sum(map(str.isdigit, text)) <= MAX_DIGITS


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
    if verb.attributes.get("workflowSid"):
        return None  # what stands there are the attributes of a task
    return _queue_name(verb, "14205")


def _queue(verb: "Verb") -> Broken:
    return _queue_name(verb, "14213")


def _queue_name(verb: "Verb", code: str) -> Broken:
    if len(verb.text) < QUEUE_NAME:
        return None
    message = f"The name of a queue must have less than {QUEUE_NAME} characters, not"
    return code, f"{message} {len(verb.text)}; for Twilio {code} is an ERROR."


def _sms(verb: "Verb") -> Broken:
    return None if verb.text else ("14103", "This <Sms> has no text; Twilio sends nothing.")


RULES: Final[Mapping[str, Callable[["Verb"], Broken]]] = {
    "Say": _say,
    "Play": _fetched,
    "Gather.Play": _play_in_gather,
    "Redirect": _fetched,
    "Stream": _stream,
    "Gather": _gather,
    "Record": _record,
    "Dial": _dial,
    "Number": _number,
    "WhatsApp": _number,
    "Sip": _sip,
    "Refer.Sip": _sip,
    "Conference": _conference,
    "Enqueue": _enqueue,
    "Queue": _queue,
    "Sms": _sms,
}
"""The rule of each element that has one, by its key."""
