"""The value of every attribute: what it may be, its default, Twilio's code for one that it is not.

Sources: Twilio's pages on each verb, the error dictionary (13336, 13339 and 13999 are newer than
the copies of it that go round), Twilio's schema for what has to be a number. Where Twilio has no
code for a value that its pages do not know, the value is kept and only a NOTICE is given.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from voicesim.twilio.values import (
    LANGUAGE,
    STREAM_URL,
    TEXT,
    URL,
    Value,
    choice,
    flag,
    keys,
    limited,
    matching,
    several,
    whole,
    whole_or,
)


class Attribute(NamedTuple):
    """One attribute of one element; ``code`` is "" where Twilio has none for its value."""

    value: Value[Any]
    code: str = ""


METHOD: Final = choice("POST", "GET POST")
_YES, _NO = flag(default=True), flag(default=False)
_TRIM = choice("do-not-trim", "trim-silence do-not-trim")
_RECORD_EVENTS = several("completed", "in-progress completed absent failed")
_LEG_EVENTS = several("completed", "initiated ringing answered completed")
_TRACKS = choice("both_tracks", "inbound_track outbound_track both_tracks")
_INTERRUPTIBLE = choice("any", "none dtmf speech any true false")
_ONOFF = choice("off", "on off auto")
_SECONDS = whole(0, 0, unit="seconds", otherwise="its own")
_SCHEMA_INT = whole(0, 0, otherwise="none")
_RING_TONES = (
    "at au bg br be ch cl cn cz de dk ee es fi fr gr hu il in it lt jp mx my nl no nz ph pl pt ru"
    " se sg th uk us us-old tw ve za"
)
_VOICE = matching(
    "'man', 'woman' or the name of a voice such as 'Polly.Joanna' or 'Google.en-US-Standard-C'",
    r"man|woman|male|female|alice|eve|brian|[a-z]{2,20}\.[\w.-]{1,80}",
    "man",
    usual=("man", "woman", "alice", "Polly.Joanna", "Polly.Joanna-Neural"),
)
_SPEECH_MODEL = matching(
    "'default', 'numbers_and_commands', 'phone_call', 'experimental_conversations',"
    " 'experimental_utterances', or begin with 'googlev2_' or 'deepgram_'",
    r"default|numbers_and_commands|phone_call|experimental_(conversations|utterances)"
    r"|(googlev2|deepgram)_[\w-]{1,60}",
    "default",
    usual=("default", "phone_call", "numbers_and_commands", "experimental_conversations"),
)
_SEND_DIGITS = keys("", "digits, '*', '#', and 'w' or 'W' to wait", r"[0-9#*wW]*")

_BY_NAME: Final[Mapping[str, Value[Any]]] = {
    "method": METHOD,
    "amdStatusCallbackMethod": METHOD,
    "partialResultCallbackMethod": METHOD,
    "recordingStatusCallbackMethod": METHOD,
    "referMethod": METHOD,
    "statusCallbackMethod": METHOD,
    "waitMethod": METHOD,
    "waitUrlMethod": METHOD,
    "action": URL,
    "amdStatusCallback": URL,
    "eventCallbackUrl": URL,
    "partialResultCallback": URL,
    "recordingStatusCallback": URL,
    "referUrl": URL,
    "statusCallback": URL,
    "statusCallbackUrl": URL,
    "transcribeCallback": URL,
    "url": URL,
    "waitUrl": URL,
    "language": LANGUAGE,
    "languageCode": LANGUAGE,
    "ttsLanguage": LANGUAGE,
    "transcriptionLanguage": LANGUAGE,
    "machineDetection": choice("", "Enable DetectMessageEnd"),
    "machineDetectionTimeout": whole(30, 3, 59, unit="seconds"),
    "machineDetectionSpeechThreshold": whole(2400, 1000, 6000, unit="milliseconds"),
    "machineDetectionSpeechEndThreshold": whole(1200, 500, 5000, unit="milliseconds"),
    "machineDetectionSilenceTimeout": whole(5000, 2000, 10000, unit="milliseconds"),
    "recordingStatusCallbackEvent": _RECORD_EVENTS,
    "statusCallbackEvent": _LEG_EVENTS,
    "track": _TRACKS,
    "trim": _TRIM,
    "profanityFilter": _YES,
    "enableAutomaticPunctuation": _YES,
    "partialResults": _NO,
    "sentimentAnalysis": _NO,
    "inboundAutocreation": _NO,
    "requireMatchingInputs": _NO,
    "copyParentTo": _NO,
    "excludeMe": _NO,
    "speechModel": TEXT,  # differs with the provider
    "voice": TEXT,  # and so does this
}
"""What an attribute of this name is wherever nothing else is said of it below."""

_CODES: Final[Mapping[str, str]] = {
    # whole families that have one code
    "machineDetection": "21263",
    "machineDetectionTimeout": "21263",
    "machineDetectionSpeechThreshold": "21263",
    "machineDetectionSpeechEndThreshold": "21263",
    "machineDetectionSilenceTimeout": "21263",
    "recordingStatusCallback": "13256",
    "recordingStatusCallbackEvent": "13621",
}

_BY_ELEMENT: Final[Mapping[str, Attribute]] = {
    "Say.voice": Attribute(_VOICE, "13511"),
    "Say.language": Attribute(LANGUAGE, "13512"),
    "Say.loop": Attribute(whole(1), "13510"),
    "Say.rate": Attribute(
        matching(
            "'x-slow', 'slow', 'medium', 'fast', 'x-fast', 'default' or a number or percentage",
            r"x-slow|slow|medium|fast|x-fast|default|\d{1,5}(\.\d{0,5})?%?",
            "default",
        ),
        "13513",
    ),
    "Play.loop": Attribute(whole(1), "13410"),
    "Play.digits": Attribute(
        keys("", "digits, 'A' to 'D', '*', '#', and 'w' or 'W' to wait", r"[0-9A-D#*wW]*"), "13430"
    ),
    "Pause.length": Attribute(whole(1, 1, unit="seconds"), "13910"),
    "Pause.timeout": Attribute(_SECONDS, "13999"),
    "Gather.input": Attribute(several("dtmf", "dtmf speech"), "13326"),
    "Gather.method": Attribute(METHOD, "13312"),
    "Gather.timeout": Attribute(whole(5, 1, unit="seconds"), "13313"),
    "Gather.numDigits": Attribute(whole(0, 1, otherwise="as many as come"), "13314"),
    "Gather.finishOnKey": Attribute(
        keys("#", "one key of '0123456789*#', or empty", r"[0-9#*]?", ("", *"0123456789*#")),
        "13310",
    ),
    "Gather.speechTimeout": Attribute(
        whole_or("auto", 1, unit="seconds", otherwise="the value of timeout"), "13327"
    ),
    "Gather.maxSpeechTime": Attribute(
        whole(0, 1, unit="seconds", otherwise="no limit but a minute"), "13328"
    ),
    "Gather.partialResultCallbackMethod": Attribute(METHOD, "13329"),
    "Gather.hints": Attribute(limited(100, entries=500), "13330"),
    "Gather.language": Attribute(LANGUAGE, "13331"),
    "Gather.bargeIn": Attribute(_YES, "13332"),
    "Gather.profanityFilter": Attribute(_YES, "13333"),
    "Gather.speechModel": Attribute(_SPEECH_MODEL, "13334"),
    "Gather.debug": Attribute(_NO, "13336"),
    "Gather.actionOnEmptyResult": Attribute(_NO, "13338"),
    "Gather.enhanced": Attribute(_NO, "13339"),
    "Record.method": Attribute(METHOD, "13610"),
    "Record.timeout": Attribute(whole(5, unit="seconds"), "13611"),
    "Record.maxLength": Attribute(whole(3600, 1, unit="seconds"), "13612"),
    "Record.finishOnKey": Attribute(
        keys("1234567890*#", "keys of '0123456789*#'", r"[0-9#*]*", ("", *"0123456789*#")), "13613"
    ),
    "Record.transcribe": Attribute(_NO, "13614"),
    "Record.playBeep": Attribute(_YES, "13616"),
    "Record.trim": Attribute(choice("trim-silence", "trim-silence do-not-trim"), "13699"),
    "Record.transcribeCallback": Attribute(URL, "13257"),
    "Dial.method": Attribute(METHOD, "13210"),
    "Dial.ifMachine": Attribute(choice("Continue", "Continue Hangup"), "13211"),
    "Dial.timeout": Attribute(whole(30, 1, unit="seconds"), "13212"),
    "Dial.hangupOnStar": Attribute(_NO, "13213"),
    "Dial.callerId": Attribute(
        matching("a number or a name", r"[^\s<>]{1,200}( [^\s<>]{1,60}){0,9}", "", "the caller's"),
        "13214",
    ),
    "Dial.timeLimit": Attribute(whole(14400, 1, unit="seconds"), "13216"),
    "Dial.record": Attribute(
        choice(
            "do-not-record",
            "do-not-record record-from-answer record-from-ringing record-from-answer-dual"
            " record-from-ringing-dual true false",
        ),
        "13217",
    ),
    "Dial.sequential": Attribute(_NO, "13218"),
    "Dial.answerOnBridge": Attribute(_NO, "13219"),
    "Dial.ringTone": Attribute(choice("", _RING_TONES), "13220"),
    "Dial.recordingTrack": Attribute(choice("both", "inbound outbound both"), "13622"),
    "Dial.callReason": Attribute(limited(50)),
    "Number.method": Attribute(METHOD, "13221"),
    "Number.sendDigits": Attribute(_SEND_DIGITS, "13222"),
    "Sip.method": Attribute(METHOD, "13241"),
    "Sip.sendDigits": Attribute(_SEND_DIGITS, "13242"),
    "Conference.muted": Attribute(_NO, "13230"),
    "Conference.endConferenceOnExit": Attribute(_NO, "13231"),
    "Conference.startConferenceOnEnter": Attribute(_YES, "13232"),
    "Conference.waitUrl": Attribute(URL, "13233"),
    "Conference.waitMethod": Attribute(METHOD, "13234"),
    "Conference.beep": Attribute(choice("true", "true false onEnter onExit"), "13235"),
    "Conference.trim": Attribute(
        choice("do-not-trim", "trim-silence do-not-trim true false"), "13239"
    ),
    "Conference.participantLabel": Attribute(
        matching(
            "at most 128 characters, without '/', and no CallSid",
            r"(?!CA[0-9a-f]{32}$)[^/]{0,128}",
        ),
        "16023",
    ),
    "Conference.maxParticipants": Attribute(whole(250, 2, 250)),
    "Conference.record": Attribute(
        choice("do-not-record", "do-not-record record-from-start true false")
    ),
    "Conference.jitterBufferSize": Attribute(choice("large", "large medium small off")),
    "Conference.statusCallbackEvent": Attribute(
        several("", "start end join leave mute hold modify speaker announcement")
    ),
    "Queue.method": Attribute(METHOD, "14210"),
    "Queue.url": Attribute(URL, "14211"),
    "Enqueue.method": Attribute(METHOD, "14201"),
    "Enqueue.waitUrl": Attribute(URL, "14202"),
    "Enqueue.action": Attribute(URL, "14203"),
    "Enqueue.waitUrlMethod": Attribute(METHOD, "14206"),
    "Enqueue.maxQueueSize": Attribute(whole(1000, 0, 5000)),
    "Task.priority": Attribute(_SCHEMA_INT, "12200"),
    "Task.timeout": Attribute(_SCHEMA_INT, "12200"),
    "Uri.priority": Attribute(_SCHEMA_INT, "12200"),
    "Uri.weight": Attribute(_SCHEMA_INT, "12200"),
    "Redirect.method": Attribute(METHOD, "13710"),
    "Reject.reason": Attribute(choice("rejected", "rejected busy"), "13810"),
    "Sms.method": Attribute(METHOD, "14104"),
    "Sms.statusCallback": Attribute(URL, "14105"),
    "Stream.url": Attribute(STREAM_URL, "31922"),
    "Recording.track": Attribute(choice("both", "inbound outbound both")),
    "Recording.channels": Attribute(choice("mono", "mono dual")),
    "Conversation.statusCallbackEvent": Attribute(TEXT),
    "Conversation.record": Attribute(TEXT),
    "Header.name": Attribute(
        matching("the name of a header", r"[\w!#$%&'*+.^`|~-]{1,200}", "", "no such header"),
        "13252",
    ),
    "ConversationRelay.interruptible": Attribute(_INTERRUPTIBLE),
    "ConversationRelay.welcomeGreetingInterruptible": Attribute(_INTERRUPTIBLE),
    "ConversationRelay.reportInputDuringAgentSpeech": Attribute(
        choice("none", "none dtmf speech any true false")
    ),
    "ConversationRelay.interruptSensitivity": Attribute(choice("high", "low medium high")),
    "ConversationRelay.dtmfDetection": Attribute(_NO),
    "ConversationRelay.preemptible": Attribute(_NO),
    "ConversationRelay.applicationReconnect": Attribute(_NO),
    "ConversationRelay.echoPromptFiltering": Attribute(_NO),
    "ConversationRelay.turnDetection": Attribute(_NO),
    "ConversationRelay.elevenlabsTextNormalization": Attribute(_ONOFF),
    "ConversationRelay.ttsTextNormalization": Attribute(_ONOFF),
    "Language.ttsTextNormalization": Attribute(_ONOFF),
    "Pay.input": Attribute(choice("dtmf", "dtmf")),
    "Pay.paymentMethod": Attribute(choice("credit-card", "credit-card ach-debit")),
    "Pay.tokenType": Attribute(choice("reusable", "one-time reusable payment-method")),
    "Pay.timeout": Attribute(whole(5, 1, unit="seconds")),
    "Pay.maxAttempts": Attribute(whole(1, 1, 3)),
    "Pay.securityCode": Attribute(_YES),
}

_FREE: Final = """
    WhisperChannel aiConnector aiSessionConfiguration alias alphabet asrSmartFormat attempt
    audioFormat backgroundNoiseReduction bankAccountType byoc callSid cardType chargeAmount coach
    coachChannel code connector connectorName currency customerId customerName debug
    deepgramSmartFormat description eagerEotThreshold elevenlabsLanguageTextNormalization errorType
    eventCallback eventCallbackMethod events for format from grammar grammarUrl hangupOn hints
    ignoreBackchannel inboundTimeout inboundTrackLabel includeInPrompt intelligenceService
    interpret-as level minPostalCodeLength name newCallSid outboundTrackLabel partialPromptOnHangup
    partialPrompts participantIdentity passports password paymentConnector ph pitch
    postWorkActivitySid postalCode rate recordingChannels recordingConfigurationId region
    reservationSid role routingAssignmentTimeout sampleRate secure serviceInstanceSid
    sessionConfiguration sim speechTimeout status strength time to transcribe transcriptionEngine
    transcriptionProvider ttsLanguageTextNormalization ttsProvider until username validCardTypes
    value version volume welcomeGreeting whisper whisperChannel workflowSid xml:lang
"""
"""Attributes whose values are taken as they are: Twilio checks them later, or not at all."""
_FREE_NAMES: Final = frozenset(_FREE.split())


def attribute(element: str, name: str) -> Attribute:
    """What is known of an attribute; KeyError for one that nobody has looked up yet."""
    found = _BY_ELEMENT.get(f"{element}.{name}")
    if found is not None:
        return found
    if name in _BY_NAME:
        return Attribute(_BY_NAME[name], _CODES.get(name, ""))
    if name in _FREE_NAMES:
        return Attribute(TEXT)
    raise KeyError(f"{element}@{name} has no kind of value")


IN_GATHER: Final = MappingProxyType({"13510": "13322", "13511": "13321"})
"""Codes of a Say that are others where it stands in a Gather."""
