"""What the verbs say: how long a prompt lasts, what a Gather listens for. Pure reading of TwiML."""

from collections.abc import Iterable
from math import inf
from typing import Any

from voicesim.call.talk import Listening, Prompt, Reply
from voicesim.call.terms import Terms
from voicesim.twilio.attributes import attribute
from voicesim.twilio.codes import Where
from voicesim.twilio.rules import TRANSCRIBED_S, is_number, to_be_transcribed
from voicesim.twilio.twiml import Document, Verb
from voicesim.twilio.values import Value

NOT_SENT_YET = {
    "Dial": ("referUrl",),
    "Number": ("amdStatusCallback",),
    "Sip": ("amdStatusCallback",),
    "Conference": ("eventCallbackUrl",),
}
"""Attributes that ask for webhooks beside the call which we do not send yet."""
NOT_DIALLED_YET = ("Application",)
PAUSE_KEYS_S = {"w": 0.5, "W": 1.0}
MAX_LOOPS = 1000
"""Twilio plays ``loop="0"`` until the caller hangs up, at most this often."""


def _value(element: str, name: str) -> Value[Any]:
    return attribute(element, name).value


LOOP: Value[int] = _value("Say", "loop")
PAUSE_LENGTH: Value[int] = _value("Pause", "length")
LANGUAGE: Value[str] = _value("Say", "language")
GATHER_INPUT: Value[frozenset[str]] = _value("Gather", "input")
GATHER_LANGUAGE: Value[str] = _value("Gather", "language")
GATHER_TIMEOUT: Value[int] = _value("Gather", "timeout")
NUM_DIGITS: Value[int] = _value("Gather", "numDigits")
FINISH_ON_KEY: Value[str] = _value("Gather", "finishOnKey")
BARGE_IN: Value[bool] = _value("Gather", "bargeIn")
SPEECH_TIMEOUT: Value[int | str] = _value("Gather", "speechTimeout")
MAX_SPEECH_TIME: Value[int] = _value("Gather", "maxSpeechTime")
ACTION_ON_EMPTY_RESULT: Value[bool] = _value("Gather", "actionOnEmptyResult")
RECORD_TIMEOUT: Value[int] = _value("Record", "timeout")
RECORD_FINISH_ON_KEY: Value[str] = _value("Record", "finishOnKey")
MAX_LENGTH: Value[int] = _value("Record", "maxLength")
PLAY_BEEP: Value[bool] = _value("Record", "playBeep")
RECORD_EVENTS: Value[frozenset[str]] = _value("Record", "recordingStatusCallbackEvent")
DIAL_TIMEOUT: Value[int] = _value("Dial", "timeout")
TIME_LIMIT: Value[int] = _value("Dial", "timeLimit")
SEQUENTIAL: Value[bool] = _value("Dial", "sequential")
ANSWER_ON_BRIDGE: Value[bool] = _value("Dial", "answerOnBridge")
DIAL_RECORD: Value[str] = _value("Dial", "record")
LEG_EVENTS: Value[frozenset[str]] = _value("Number", "statusCallbackEvent")
CONFERENCE_EVENTS: Value[frozenset[str]] = _value("Conference", "statusCallbackEvent")
CONFERENCE_RECORD: Value[str] = _value("Conference", "record")
REASON: Value[str] = _value("Reject", "reason")
"""How the attributes of what we carry out are read, defaults included: from Twilio's table."""


def _loops(verb: Verb) -> int:
    return min(LOOP.of(verb.attributes.get("loop")) or MAX_LOOPS, MAX_LOOPS)


def _say_s(verb: Verb, terms: Terms) -> float:
    words = verb.text.count(" ") + 1 if verb.text else 0
    return words / terms.words_per_s * _loops(verb)


def _play_s(verb: Verb, terms: Terms) -> float:
    digits = verb.attributes.get("digits")
    if digits:
        return sum(PAUSE_KEYS_S.get(key, terms.key_s) for key in digits)
    return terms.play_s * _loops(verb) if verb.text else 0.0


def _pause_s(verb: Verb, terms: Terms) -> float:
    return float(PAUSE_LENGTH.of(verb.attributes.get("length")))


DURATIONS = {"Say": _say_s, "Play": _play_s, "Pause": _pause_s}


def prompt(verbs: Iterable[Verb], terms: Terms, listening: Listening | None = None) -> Prompt:
    """What the caller hears of Say, Play and Pause; other verbs among them are passed over."""
    texts, audio = [], []
    duration_s, quiet_s = 0.0, None
    language: str | None = None
    for verb in verbs:
        name = verb.name
        if name not in DURATIONS:
            continue
        if quiet_s is None and verb.text and name != "Pause":
            quiet_s = duration_s
        duration_s += DURATIONS[name](verb, terms)
        if name == "Say":
            texts.append(verb.text)
            language = language or verb.attributes.get("language")
        elif name == "Play":
            audio.append(verb.text)
    said = " ".join(filter(None, texts))
    played = tuple(filter(None, audio))
    return Prompt(said, duration_s, LANGUAGE.of(language), played, listening, quiet_s or 0.0)


def gather_listening(verb: Verb) -> Listening:
    """A Gather's terms, with Twilio's defaults."""
    given = verb.attributes.get
    inputs = GATHER_INPUT.of(given("input"))
    hints = given("hints")
    return Listening(
        "speech" in inputs,
        "dtmf" in inputs,
        float(GATHER_TIMEOUT.of(given("timeout"))),
        NUM_DIGITS.of(given("numDigits")) or None,
        FINISH_ON_KEY.of(given("finishOnKey")),
        BARGE_IN.of(given("bargeIn")),
        tuple(filter(None, map(str.strip, hints.split(",")))) if hints else (),
        language=GATHER_LANGUAGE.of(given("language")),
    )


def speech_timeout_s(verb: Verb, listening: Listening, terms: Terms) -> float:
    """The silence that ends an utterance: speechTimeout, by default the timeout."""
    wanted = SPEECH_TIMEOUT.of(verb.attributes.get("speechTimeout"))
    if wanted == "auto":
        return terms.auto_speech_timeout_s
    return float(wanted or listening.timeout_s)


def max_speech_s(verb: Verb) -> float:
    """How long an utterance a Gather hears at most: maxSpeechTime, else no limit of its own."""
    return float(MAX_SPEECH_TIME.of(verb.attributes.get("maxSpeechTime")) or inf)


def rings(noun: Verb) -> bool:
    """Whether that can be rung: a Client, Sip or Sim, or a number that can be one."""
    if noun.name not in ("Number", "Dial", "WhatsApp"):
        return True
    return is_number(noun.text)


def max_length_s(verb: Verb) -> float:
    """How long a recording is at most: by default two minutes where it is to be transcribed."""
    given = verb.attributes.get("maxLength")
    if given is None and to_be_transcribed(verb):
        return float(TRANSCRIBED_S)
    return float(MAX_LENGTH.of(given))


def record_listening(verb: Verb) -> Listening:
    """A Record's terms, with Twilio's defaults."""
    return Listening(
        speech=True,
        dtmf=True,
        timeout_s=float(RECORD_TIMEOUT.of(verb.attributes.get("timeout"))),
        finish_on_key=RECORD_FINISH_ON_KEY.of(verb.attributes.get("finishOnKey")),
        barge_in=False,  # what is said during the beep is not on the recording
        recording=True,
    )


def keys_taken(reply: Reply, listening: Listening) -> tuple[int, bool]:
    """How many of the keys pressed a Gather takes, and whether the last of them ends it at once."""
    for count, key in enumerate(reply.digits, 1):
        if key in listening.finish_on_key or count == listening.num_digits:
            return count, True
    return len(reply.digits), False


def pressed(reply: Reply, listening: Listening) -> str:
    """The digits a Gather takes of what is pressed; the finish key is not among them."""
    keys, _ = keys_taken(reply, listening)
    digits = reply.digits[:keys]
    return digits[:-1] if digits and digits[-1] in listening.finish_on_key else digits


def not_carried(verb: Verb) -> str:
    """What of a Dial we do not carry out yet, named as element and noun; "" if all."""
    unknown = [noun.name for noun in verb.children if noun.name in NOT_DIALLED_YET]
    return f"Dial {unknown[0]}" if unknown else ""


def not_sent(verb: Verb) -> list[str]:
    """The callbacks asked for that we do not send yet, named as element@attribute."""
    return [
        f"{element.name}@{name}"
        for element in (verb, *verb.children)
        for name in NOT_SENT_YET.get(element.name, ())
        if element.attributes.get(name)
    ]


def place(verb: Verb) -> Where:
    """Where a finding about a verb is."""
    return {"line": verb.line, "column": verb.column, "element": verb.name}


def verbs_of(document: Document) -> tuple[Verb, ...]:
    """A document's verbs; plain text is spoken and audio played, then the call ends."""
    match document.kind:
        case "text":
            return (Verb("Say", {}, " ".join(document.text.split()), (), 1, 0),)
        case "audio":
            return (Verb("Play", {}, "(the answer itself)", (), 1, 0),)
        case _:
            return document.verbs
