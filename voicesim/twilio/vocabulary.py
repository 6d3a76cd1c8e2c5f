"""The words of Twilio's Voice TwiML: which element may stand where, with which attributes.

Source: the classes of Twilio's Python library 9.13.0; what only the documentation or only Twilio's
old schema (TwilioDevEd/twiml-generator) knows stands apart, below, with its source.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from voicesim.twilio.attributes import Attribute, attribute
from voicesim.twilio.values import TEXT


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """One element in one place.

    ``attributes`` maps each allowed name to itself (the one string that is kept in every document),
    ``checks`` those whose value is looked at to what it may be, ``usual`` the same to the values
    that need no closer look. ``children`` maps the name of each allowed child to what is known of
    it there. ``spoken`` marks SSML: its text is part of what the surrounding Say says.
    """

    key: str
    name: str
    attributes: Mapping[str, str]
    checks: Mapping[str, Attribute]
    usual: Mapping[str, Mapping[str, object]]
    has_text: bool
    spoken: bool
    children: Mapping[str, "Element"] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Row:
    attributes: str = ""
    children: str = ""
    text: bool = False


_STATUS = "statusCallback statusCallbackMethod statusCallbackEvent"
_RECORDING = "recordingStatusCallback recordingStatusCallbackMethod recordingStatusCallbackEvent"
_MACHINE = (
    "machineDetection machineDetectionTimeout machineDetectionSpeechThreshold"
    " machineDetectionSpeechEndThreshold machineDetectionSilenceTimeout"
    " amdStatusCallback amdStatusCallbackMethod"
)
_PHRASE = "break emphasis phoneme prosody say-as sub"
_SENTENCE = f"{_PHRASE} lang w"
_PARAGRAPH = f"{_SENTENCE} s"
_ANY_SSML = f"{_PARAGRAPH} p"
SSML: Final = frozenset(_ANY_SSML.split())

# An element that differs from place to place is keyed "Parent.Name" for the place that differs.
_LIBRARY: Final[Mapping[str, _Row]] = {
    "Response": _Row(
        children="Connect Dial Echo Enqueue Gather Hangup Leave Pause Pay Play Prompt Queue Record"
        " Redirect Refer Reject Say Sms Start Stop"
    ),
    # what is heard
    "Say": _Row("voice language loop", _ANY_SSML, text=True),
    "Play": _Row("loop digits", text=True),
    "Pause": _Row("length"),
    "break": _Row("strength time"),
    "emphasis": _Row("level", _SENTENCE, text=True),
    "lang": _Row("xml:lang", _ANY_SSML, text=True),
    "p": _Row("", _PARAGRAPH, text=True),
    "phoneme": _Row("alphabet ph", text=True),
    "prosody": _Row("volume rate pitch", _ANY_SSML, text=True),
    "s": _Row("", _SENTENCE, text=True),
    "say-as": _Row("interpret-as format", text=True),
    "sub": _Row("alias", text=True),
    "w": _Row("role", _PHRASE, text=True),
    # what is asked
    "Gather": _Row(
        "input action method timeout speechTimeout maxSpeechTime profanityFilter finishOnKey"
        " numDigits partialResultCallback partialResultCallbackMethod language hints bargeIn debug"
        " actionOnEmptyResult speechModel enhanced",
        "Say Pause Play",
    ),
    "Gather.Play": _Row("loop digits", text=True),  # may send no digits, see rules
    "Record": _Row(
        "action method timeout finishOnKey maxLength playBeep trim transcribe transcribeCallback"
        f" recordingConfigurationId {_RECORDING}"
    ),
    "Pay": _Row(
        "input action bankAccountType statusCallback statusCallbackMethod timeout maxAttempts"
        " securityCode postalCode minPostalCodeLength paymentConnector paymentMethod tokenType"
        " chargeAmount currency description validCardTypes language",
        "Prompt Parameter",
    ),
    "Prompt": _Row("for errorType cardType attempt requireMatchingInputs", "Say Play Pause"),
    # where the call goes
    "Echo": _Row(),
    "Leave": _Row(),
    "Hangup": _Row(children="Parameter"),
    "Redirect": _Row("method", text=True),
    "Reject": _Row("reason", "Parameter"),
    "Refer": _Row("action method", "Sip"),
    "Refer.Sip": _Row(text=True),
    "Sms": _Row("to from action method statusCallback", text=True),
    "Enqueue": _Row(
        "action maxQueueSize method waitUrl waitUrlMethod workflowSid", "Task", text=True
    ),
    "Task": _Row("priority timeout", text=True),
    "Queue": _Row("url method reservationSid postWorkActivitySid", text=True),
    "Dial": _Row(
        "action method timeout hangupOnStar timeLimit callerId record trim recordingTrack"
        " answerOnBridge ringTone sequential referUrl referMethod events passports"
        f" recordingConfigurationId {_RECORDING}",
        "Client Conference Number Queue Sim Sip Application WhatsApp",
        text=True,
    ),
    "Number": _Row(f"sendDigits url method byoc {_STATUS} {_MACHINE}", text=True),
    "Client": _Row(f"url method {_STATUS}", "Identity Parameter", text=True),
    "Identity": _Row(text=True),
    "Conference": _Row(
        "muted beep startConferenceOnEnter endConferenceOnExit waitUrl waitMethod maxParticipants"
        " record region coach trim eventCallbackUrl jitterBufferSize participantLabel"
        f" recordingConfigurationId {_STATUS} {_RECORDING}",
        text=True,
    ),
    "Sim": _Row(text=True),
    "Sip": _Row(f"username password url method {_STATUS} {_MACHINE}", "Uri Headers", text=True),
    "Uri": _Row("priority weight username password", text=True),
    "Headers": _Row(children="Header"),
    "Header": _Row("name value"),
    "Application": _Row(
        f"url method customerId copyParentTo {_STATUS}", "ApplicationSid Parameter", text=True
    ),
    "ApplicationSid": _Row(text=True),
    "WhatsApp": _Row(f"url method {_STATUS}", text=True),
    "Parameter": _Row("name value"),
    # what listens in
    "Start": _Row("action method", "Stream Siprec Transcription Recording"),
    "Stop": _Row(children="Stream Siprec Transcription"),
    "Stream": _Row(
        "name connectorName url track statusCallback statusCallbackMethod audioFormat sampleRate",
        "Parameter",
    ),
    "Siprec": _Row("name connectorName track statusCallback statusCallbackMethod", "Parameter"),
    "Transcription": _Row(
        "name track statusCallbackUrl statusCallbackMethod inboundTrackLabel outboundTrackLabel"
        " partialResults languageCode transcriptionEngine profanityFilter speechModel hints"
        " enableAutomaticPunctuation intelligenceService",
        "Config Parameter",
    ),
    "Config": _Row("name value"),
    "Recording": _Row(f"trim track channels recordingConfigurationId {_RECORDING}"),
    # what takes over
    "Connect": _Row(
        "action method",
        "Stream ConversationRelay ConversationRelaySession AiSession VirtualAgent Conversation Room"
        " Autopilot",
    ),
    "ConversationRelay": _Row(
        "url language ttsLanguage transcriptionLanguage ttsProvider voice transcriptionProvider"
        " speechModel profanityFilter dtmfDetection welcomeGreeting partialPrompts"
        " welcomeGreetingInterruptible interruptible preemptible hints intelligenceService"
        " reportInputDuringAgentSpeech elevenlabsTextNormalization interruptSensitivity debug"
        " backgroundNoiseReduction speechTimeout deepgramSmartFormat ignoreBackchannel events"
        " partialPromptOnHangup eagerEotThreshold asrSmartFormat ttsTextNormalization"
        " ttsLanguageTextNormalization elevenlabsLanguageTextNormalization includeInPrompt"
        " customerName applicationReconnect echoPromptFiltering turnDetection",
        "Language Parameter",
    ),
    "Language": _Row(
        "code ttsProvider voice transcriptionProvider speechModel hints asrSmartFormat"
        " ttsTextNormalization ttsLanguageTextNormalization"
    ),
    "ConversationRelaySession": _Row("connector sessionConfiguration"),
    "AiSession": _Row("aiConnector aiSessionConfiguration"),
    "VirtualAgent": _Row(
        "connectorName language sentimentAnalysis statusCallback statusCallbackMethod",
        "Config Parameter",
    ),
    "Conversation": _Row(
        "serviceInstanceSid inboundAutocreation routingAssignmentTimeout inboundTimeout url method"
        f" record trim {_STATUS} {_RECORDING}"
    ),
    "Room": _Row("participantIdentity", text=True),
    "Autopilot": _Row(text=True),
}

# What the library does not know and Twilio takes without a warning.
EXTRA: Final[Mapping[str, _Row]] = {
    # voice/twiml/dial documents callReason (at most 50 characters)
    "Dial": _Row(  # the others: Twilio's schema, legacy
        "callReason hangupOn ifMachine newCallSid recordingChannels sim transcribe"
        " transcribeCallback"
    ),
    # the rest: Twilio's schema, legacy
    "Response": _Row("version", "Annotate Publish"),
    "Annotate": _Row(text=True),
    "Publish": _Row(text=True),
    "Say": _Row("rate"),
    "Gather": _Row("grammar grammarUrl secure"),
    "Number": _Row("action"),
    "Sip": _Row("sendDigits"),
    "Queue": _Row("callSid"),
    "Conference": _Row(
        "method url eventCallback eventCallbackMethod whisper coachChannel whisperChannel"
        " WhisperChannel"
    ),
    "Enqueue": _Row(children="TaskAttributes"),
    "TaskAttributes": _Row(text=True),
    "Pause": _Row("timeout until"),
    "Hangup": _Row(children="Group"),
    "Group": _Row("excludeMe status"),
}


def _built(*tables: Mapping[str, _Row]) -> dict[str, Element]:
    """Join the tables and tie each element to its children."""
    rows: dict[str, list[_Row]] = {}
    for table in tables:
        for key, row in table.items():
            rows.setdefault(key, []).append(row)
    known: dict[str, str] = {}
    children: dict[str, dict[str, Element]] = {key: {} for key in rows}
    elements = {
        key: Element(
            key=key,
            name=(name := key.rpartition(".")[2]),
            attributes={known.setdefault(n, n): known[n] for n in _words(r.attributes for r in of)},
            checks=(checks := _checks(name, _words(r.attributes for r in of))),
            usual={n: check.value.usual for n, check in checks.items()},
            has_text=any(row.text for row in of),
            spoken=name in SSML,
            children=MappingProxyType(children[key]),
        )
        for key, of in rows.items()
    }
    for key, of in rows.items():
        for name in _words(row.children for row in of):
            children[key][name] = elements.get(f"{key}.{name}") or elements[name]
    return elements


def _checks(element: str, names: Iterable[str]) -> dict[str, Attribute]:
    known = {name: attribute(element, name) for name in names}
    return {name: each for name, each in known.items() if each.value is not TEXT}


def _words(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in text.split()]


ELEMENTS: Final[Mapping[str, Element]] = MappingProxyType(_built(_LIBRARY, EXTRA))
"""Every element, by its key: its name, or "Parent.Name" for the place where it differs."""

LIBRARY: Final[Mapping[str, Element]] = MappingProxyType(_built(_LIBRARY))
"""The same without EXTRA: what Twilio's library can write."""

RESPONSE: Final = ELEMENTS["Response"]
"""The root of every document."""

PLACES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        name: tuple(sorted({e.name for e in ELEMENTS.values() if name in e.children}))
        for name in sorted({e.name for e in ELEMENTS.values()} - {"Response"})
    }
)
"""For the name of each element the names of those it may stand in."""
