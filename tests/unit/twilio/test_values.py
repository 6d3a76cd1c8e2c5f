"""Values of attributes: each of Twilio's codes provoked; what becomes of the value and the call."""

import pytest

from voicesim.base.findings import Level
from voicesim.twilio import attributes
from voicesim.twilio.attributes import IN_GATHER, attribute
from voicesim.twilio.codes import CODES, LATER
from voicesim.twilio.reader import URL_FAILS
from voicesim.twilio.twiml import VALUE_UNKNOWN, Document, parse
from voicesim.twilio.vocabulary import ELEMENTS


def inside(verb: str) -> Document:
    return parse(f"<Response>\n {verb}</Response>".encode(), "text/xml")


NUMBER = "<Dial><Number {}>+15005550006</Number></Dial>"
ROOM = "<Dial><Conference {}>room</Conference></Dial>"
LINE = "<Dial><Queue {}>support</Queue></Dial>"

STREAM = "<Start><Stream url='{}'/></Start>"

PROVOKED = [
    ("11100", "<Redirect>ftp://agent.example/next</Redirect>"),
    ("11100", "<Play>https:///a.mp3</Play>"),
    ("11100", "<Gather><Play>s3://bucket/a.mp3</Play></Gather>"),
    ("11100", "<Redirect>mailto:ann@agent.example</Redirect>"),
    ("11100", "<Redirect>tel:+15005550006</Redirect>"),
    ("11100", "<Redirect>tel:15005550006</Redirect>"),
    ("11100", "<Redirect>JavaScript:void(0)</Redirect>"),
    ("11100", "<Play>C:\\sounds\\a.mp3</Play>"),
    ("11100", "<Play>file:/sounds/a.mp3</Play>"),
    ("12200", "<Enqueue>q<Task priority='high'>{}</Task></Enqueue>"),
    ("13000", "<Dial><Conference>room</Conference><Number>+15005550006</Number></Dial>"),
    ("13210", "<Dial method='PUT'>+15005550006</Dial>"),
    ("13211", "<Dial ifMachine='Maybe'>+15005550006</Dial>"),
    ("13212", "<Dial timeout='0'>+15005550006</Dial>"),
    ("13213", "<Dial hangupOnStar='yes'>+15005550006</Dial>"),
    ("13214", "<Dial callerId=''>+15005550006</Dial>"),
    ("13215", "<Dial><Say>Hello</Say>+15005550006</Dial>"),
    ("13216", "<Dial timeLimit='4h'>+15005550006</Dial>"),
    ("13217", "<Dial record='always'>+15005550006</Dial>"),
    ("13218", "<Dial sequential='1'>+15005550006</Dial>"),
    ("13219", "<Dial answerOnBridge='1'>+15005550006</Dial>"),
    ("13220", "<Dial ringTone='moon'>+15005550006</Dial>"),
    ("13221", NUMBER.format("method='PUT'")),
    ("13223", "<Dial/>"),
    ("13223", "<Dial>nobody</Dial>"),
    ("13223", "<Dial><Number/></Dial>"),
    ("13223", "<Dial><Number>+1500555000612345</Number><Client>ann</Client></Dial>"),
    ("13223", "<Dial><WhatsApp>ann</WhatsApp></Dial>"),
    ("13222", NUMBER.format("sendDigits='1,2'")),
    ("13230", ROOM.format("muted='yes'")),
    ("13231", ROOM.format("endConferenceOnExit='maybe'")),
    ("13232", ROOM.format("startConferenceOnEnter='yes'")),
    ("13233", ROOM.format("waitUrl='ftp://music.example/a'")),
    ("13234", ROOM.format("waitMethod='PUT'")),
    ("13235", ROOM.format("beep='loud'")),
    ("13237", "<Dial><Conference> </Conference></Dial>"),
    ("13239", ROOM.format("trim='both'")),
    ("13241", "<Dial><Sip method='PUT'>sip:a@example.com</Sip></Dial>"),
    ("13242", "<Dial><Sip sendDigits='a'>sip:a@example.com</Sip></Dial>"),
    ("13243", "<Dial><Sip>a@example.com</Sip></Dial>"),
    ("13250", "<Dial><Sip>" + "<Uri>sip:a@example.com</Uri>" * 6 + "</Sip></Dial>"),
    ("13252", "<Dial><Sip>sip:a@b.example<Headers><Header name='a b'/></Headers></Sip></Dial>"),
    ("13256", "<Dial recordingStatusCallback='https:///x'>+15005550006</Dial>"),
    ("13257", "<Record transcribeCallback='mailto://me'/>"),
    ("13310", "<Gather finishOnKey='12'/>"),
    ("13312", "<Gather method='PUT'/>"),
    ("13313", "<Gather timeout='abc'/>"),
    ("13314", "<Gather numDigits='0'/>"),
    ("13320", "<Gather><Hangup/></Gather>"),
    ("13321", "<Gather><Say voice='nobody'>Hello</Say></Gather>"),
    ("13322", "<Gather><Say loop='twice'>Hello</Say></Gather>"),
    ("13326", "<Gather input='voice'/>"),
    ("13327", "<Gather speechTimeout='soon'/>"),
    ("13328", "<Gather maxSpeechTime='-1'/>"),
    ("13329", "<Gather partialResultCallbackMethod='PUT'/>"),
    ("13330", f"<Gather hints='{'x' * 101}'/>"),
    ("13331", "<Gather language='en_US'/>"),
    ("13332", "<Gather bargeIn='yes'/>"),
    ("13333", "<Gather profanityFilter='no'/>"),
    ("13334", "<Gather speechModel='fast'/>"),
    ("13335", "<Gather speechTimeout='auto' speechModel='default'/>"),
    ("13336", "<Gather debug='1'/>"),
    ("13338", "<Gather actionOnEmptyResult='maybe'/>"),
    ("13339", "<Gather enhanced='1'/>"),
    ("13410", "<Play loop='-1'>a.mp3</Play>"),
    ("13430", "<Play digits='1x'/>"),
    ("13510", "<Say loop='1.5'>Hello</Say>"),
    ("13511", "<Say voice='nobody'>Hello</Say>"),
    ("13512", "<Say language='english language'>Hello</Say>"),
    ("13513", "<Say rate='rapid'>Hello</Say>"),
    ("13520", "<Say> </Say>"),
    ("13521", f"<Say>{'a' * 4097}</Say>"),
    ("13521", f"<Say voice='Polly.Joanna'>{'a' * 3001}</Say>"),
    ("13521", f"<Say voice='google.en-US-Standard-C'>{'a' * 5001}</Say>"),
    ("13521", f"<Say>{'ä' * 751}</Say>"),
    ("13610", "<Record method='PUT'/>"),
    ("13611", "<Record timeout='-5'/>"),
    ("13612", "<Record maxLength='0'/>"),
    ("13613", "<Record finishOnKey='any'/>"),
    ("13614", "<Record transcribe='yes'/>"),
    ("13615", "<Record transcribe='true' maxLength='121'/>"),
    ("13615", "<Record transcribeCallback='/text' maxLength='3600'/>"),
    ("13616", "<Record playBeep='no'/>"),
    ("13621", "<Record recordingStatusCallbackEvent='started'/>"),
    ("13622", "<Dial recordingTrack='mine'>+15005550006</Dial>"),
    ("13699", "<Record trim='true'/>"),
    ("13710", "<Redirect method='PUT'>/next</Redirect>"),
    ("13810", "<Reject reason='tired'/>"),
    ("13910", "<Pause length='0'/>"),
    ("13999", "<Pause timeout='long'/>"),
    ("14103", "<Sms/>"),
    ("14104", "<Sms method='PUT'>Hello</Sms>"),
    ("14105", "<Sms statusCallback='ftp://x'>Hello</Sms>"),
    ("14201", "<Enqueue method='PUT'>support</Enqueue>"),
    ("14202", "<Enqueue waitUrl='http://'>support</Enqueue>"),
    ("14203", "<Enqueue action='mailto:x@y.example'>support</Enqueue>"),
    ("14203", "<Enqueue action='gopher://x'>support</Enqueue>"),
    ("14205", f"<Enqueue>{'q' * 64}</Enqueue>"),
    ("14206", "<Enqueue waitUrlMethod='PUT'>support</Enqueue>"),
    ("14210", LINE.format("method='PUT'")),
    ("14211", LINE.format("url='ftp://x'")),
    ("14213", f"<Dial><Queue>{'q' * 64}</Queue></Dial>"),
    ("16023", ROOM.format("participantLabel='a/b'")),
    ("21263", NUMBER.format("machineDetection='Perhaps'")),
    ("31922", STREAM.format("ws://agent.example/audio")),
    ("31922", "<Connect><Stream url='https://agent.example/audio'/></Connect>"),
    ("31922", STREAM.format("wss:///audio")),
]


@pytest.mark.parametrize(("code", "verb"), PROVOKED, ids=[code for code, _ in PROVOKED])
def test_a_code_is_provoked(code: str, verb: str) -> None:
    document = inside(verb)
    [found] = document.findings
    level = CODES[code][0]
    assert (found.code, found.level, found.line) == (code, level, 2)
    assert document.failed == (level is Level.ERROR and code not in LATER)
    assert bool(document.verbs) == (not document.failed)
    assert document.error == (found if document.failed else None)


def test_every_code_of_the_tables_is_provoked() -> None:
    of_values = {check.code for each in ELEMENTS.values() for check in each.checks.values()}
    of_rules = {"13000", "13215", "13237", "13243", "13250", "13320", "13335", "13520", "13521"}
    of_rules |= {"11100", "13223", "13615", "14103", "14205", "14213"}
    of_rules |= set(IN_GATHER.values())
    assert {code for code, _ in PROVOKED} == (of_values - {""}) | of_rules


@pytest.mark.parametrize(
    ("verb", "column", "message"),
    [
        (
            "<Gather timeout='abc'/>",
            1,
            "timeout='abc' must be a whole number of seconds, at least 1; Twilio uses 5.",
        ),
        (
            "<Say>x</Say><Redirect method='PUT'>/x</Redirect>",
            13,
            "method='PUT' must be 'GET' or 'POST'; Twilio uses POST.",
        ),
        (
            "<Gather actionOnEmptyResult='x'/>",
            1,
            "actionOnEmptyResult='x' must be 'true' or 'false'; for Twilio 13338 is an ERROR, and"
            " that it ends the call is assumed (--assume value_error).",
        ),
        (
            "<Gather actionOnEmptyResult='1'/>",
            1,
            "actionOnEmptyResult='1' must be 'true' or 'false'; that Twilio uses false and goes on"
            " is assumed (--assume loose_value): other values are 13338, an ERROR.",
        ),
        (
            "<Gather numDigits=''/>",
            1,
            "numDigits='' must be a whole number, at least 1; Twilio uses as many as come.",
        ),
    ],
)
def test_what_is_said_helps(verb: str, column: int, message: str) -> None:
    [found] = inside(verb).findings
    assert (found.column, found.message) == (column, message)


def test_a_value_with_a_code_is_left_out_and_the_others_stay() -> None:
    [verb] = inside("<Gather timeout='abc' numDigits='4' input='speech'/>").verbs
    assert verb.attributes == {"numDigits": "4", "input": "speech"}


def test_a_value_that_twilio_has_no_code_for_is_kept_and_only_noted() -> None:
    document = inside(NUMBER.format("statusCallbackEvent='answered,completed'"))
    [found] = document.findings
    assert (found.code, found.level) == (VALUE_UNKNOWN, Level.NOTICE)
    assert document.verbs[0].children[0].attributes == {"statusCallbackEvent": "answered,completed"}


@pytest.mark.parametrize(
    ("verb", "name", "default"),
    [
        ("<Gather actionOnEmptyResult=''/>", "actionOnEmptyResult", "false"),
        (ROOM.format("endConferenceOnExit=' '"), "endConferenceOnExit", "false"),
        (ROOM.format("trim=''"), "trim", "do-not-trim"),
        ("<Record recordingStatusCallbackEvent=''/>", "recordingStatusCallbackEvent", "completed"),
        ("<Enqueue method=''>support</Enqueue>", "method", "POST"),
    ],
)
def test_an_empty_value_ends_no_call(verb: str, name: str, default: str) -> None:
    document = inside(verb)
    [found] = document.findings
    assert (found.code, found.level) == ("12200", Level.WARNING)
    assert found.message.startswith(f"{name}='")
    assert f"; that Twilio uses {default} and goes on is assumed" in found.message
    [carried] = document.verbs
    assert not any(name in each.attributes for each in (carried, *carried.children))


@pytest.mark.parametrize(
    ("verb", "name", "code"),
    [
        ("<Gather actionOnEmptyResult='yes'/>", "actionOnEmptyResult", "13338"),
        ("<Gather actionOnEmptyResult=' No '/>", "actionOnEmptyResult", "13338"),
        (ROOM.format("endConferenceOnExit='1'"), "endConferenceOnExit", "13231"),
        (ROOM.format("endConferenceOnExit='0'"), "endConferenceOnExit", "13231"),
        (
            "<Record recordingStatusCallbackEvent='in-progress,completed'/>",
            "recordingStatusCallbackEvent",
            "13621",
        ),
        (
            ROOM.format("recordingStatusCallbackEvent='in-progress, absent'"),
            "recordingStatusCallbackEvent",
            "13621",
        ),
    ],
)
def test_a_loose_spelling_ends_no_call(verb: str, name: str, code: str) -> None:
    document = inside(verb)
    assert not document.failed
    [found] = document.findings
    assert (found.code, found.level) == ("12200", Level.WARNING)
    assert f"(--assume loose_value): other values are {code}, an ERROR" in found.message
    [carried] = document.verbs
    assert not any(name in each.attributes for each in (carried, *carried.children))


@pytest.mark.parametrize(
    ("verb", "what"),
    [
        ("<Gather action='/ok?n=John Smith'/>", "a space"),
        ("<Gather action='/ok?n=a|b'/>", "a '|'"),
        ("<Record action='/ok?n={{name}}'/>", "a '{'"),
        ("<Record recordingStatusCallback='/a\\b'/>", "a backslash"),
        ("<Redirect>/next step</Redirect>", "a space"),
        ("<Redirect>https://my_host.example/next</Redirect>", "an underscore in its host"),
        ("<Gather action='https://a:b@my_host.example:80/next'/>", "an underscore in its host"),
        (NUMBER.format("url='/whisper&#10;this'"), "a control character"),
        ("<Record transcribeCallback='your url here'/>", "a space"),
        ("<Redirect>{{base}}/next</Redirect>", "a '{'"),
    ],
)
def test_a_url_that_fails_when_it_is_asked_is_told_before(verb: str, what: str) -> None:
    document = inside(verb)
    assert not document.failed
    [found] = document.findings
    assert (found.code, found.level) == (URL_FAILS, Level.WARNING)
    assert f" has {what}" in found.message
    assert "11100" in found.message


def test_a_redirect_that_fails_is_told_of_in_a_sentence() -> None:
    for url, has in (("/a b", "a space in it. "), ("//a_b.example", "an underscore in its host; ")):
        [found] = inside(f"<Redirect>{url}</Redirect>").findings
        assert found.message.startswith(f"This <Redirect> leads to {url!r}, which has {has}Twilio")


@pytest.mark.parametrize(
    "verb",
    [
        "<Gather action=' /ok?n=John%20Smith&amp;m[]=1 '/>",
        "<Redirect>\n  /next_step?a_b=c_d  \n</Redirect>",
        "<Gather action='https://host.example/a_b'/>",
        "<Gather action='localhost:5000/voice'/>",
        "<Redirect>localhost:5000/voice</Redirect>",
        "<Redirect>data:8080/voice</Redirect>",
        "<Gather action='/telephone?to=tel:12'/>",
        "<Play>/my sound.mp3</Play>",  # which is not fetched
        "<Connect><ConversationRelay url='wss://YOUR_SERVER_URL'/></Connect>",  # no webhook
    ],
)
def test_a_url_that_can_be_asked_is_not_complained_of(verb: str) -> None:
    assert inside(verb).findings == ()


def test_the_attributes_of_a_task_are_no_queues_name() -> None:
    task = "{" + '"skill": "booking", "language": "en", ' * 4 + '"vip": true}'
    assert inside(f"<Enqueue workflowSid='WW{'1' * 32}'>{task}</Enqueue>").findings == ()
    named = inside(f"<Enqueue>{'q' * 64}</Enqueue>")
    assert named.error is not None
    assert named.error.code == "14205"


@pytest.mark.parametrize("events", ["started,completed", "in-progress;completed", ","])
def test_a_list_of_other_events_is_an_error_with_commas_too(events: str) -> None:
    document = inside(f"<Record recordingStatusCallbackEvent='{events}'/>")
    assert document.error is not None
    assert document.error.code == "13621"


def test_digits_played_in_a_gather_are_kept_and_noted_where_they_are() -> None:
    document = inside("<Gather timeout='7'>\n<Play digits='1'/></Gather>")
    [found] = document.findings
    assert (found.code, found.level, found.line, found.element) == (
        VALUE_UNKNOWN,
        Level.NOTICE,
        3,
        "Play",
    )
    assert document.verbs[0].children[0].attributes == {"digits": "1"}


def test_a_stream_with_a_query_is_noted_for_no_code_is_named_for_it() -> None:
    document = inside(STREAM.format("wss://agent.example/audio?call=1"))
    [found] = document.findings
    assert (found.code, found.level) == (VALUE_UNKNOWN, Level.NOTICE)
    assert not document.failed


def test_an_error_of_a_verb_leaves_what_stands_before_it() -> None:
    document = inside("<Say>Hello</Say><Redirect>ftp://x.example/</Redirect>")
    assert [verb.name for verb in document.verbs] == ["Say", "Redirect"]
    assert [f.level for f in document.findings] == [Level.ERROR]
    worse = inside("<Redirect>ftp://x.example/</Redirect><Gather actionOnEmptyResult='x'/>")
    assert worse.failed
    assert worse.error is not None
    assert worse.error.code == "13338"


@pytest.mark.parametrize(
    ("voice", "spoken"), [("", 4096), ("Polly.Joanna", 3000), ("Google.x", 5000)]
)
def test_a_say_is_cut_where_its_voice_ends(voice: str, spoken: int) -> None:
    [say] = inside(f"<Say voice='{voice or 'man'}'>{'words ' * 2000}</Say>").verbs
    assert say.text == ("words " * 2000)[:spoken]


def test_a_say_that_is_only_long_when_encoded_is_spoken() -> None:
    [say] = inside(f"<Say>{'ä' * 2000}</Say>").verbs
    assert say.text == "ä" * 2000


@pytest.mark.parametrize(
    "verb",
    [
        "<Gather timeout=' 7 ' input='speech dtmf' speechTimeout='auto' finishOnKey=''/>",
        "<Gather method='get' bargeIn='True' actionOnEmptyResult='FALSE' language='multi'/>",
        "<Gather action='' hints='one, two,' speechModel='googlev2_telephony' numDigits='1'/>",
        "<Say voice='Google.en-US-Chirp3-HD-Aoede' language='cmn-Hans-CN' loop='0'>Hello</Say>",
        f"<Say>{'a' * 4096}</Say>",
        f"<Say voice='Google.x'>{'two  words' * 400}</Say>",
        f"<Say>{'ä' * 750}</Say>",
        f"<Say voice='Polly.Vicki'>{'a' * 3000}</Say>",
        "<Say><break time='1s'/></Say>",
        "<Record timeout='0' finishOnKey='*#' maxLength='120' transcribe='true'/>",
        "<Dial callerId='client:ann' record='true' ringTone='us-old'>+15005550006</Dial>",
        NUMBER.format("machineDetection='DetectMessageEnd' sendDigits='ww1W#'"),
        ROOM.format("beep='onEnter' trim='trim-silence' waitUrl=''"),
        ROOM.format("trim='True'"),
        STREAM.format("/audio"),
        STREAM.format("WSS://{{host}}/audio#rc=2"),
        "<Redirect/>",
        "<Play digits='1w2'/>",
        "<Gather><Play>/a.mp3</Play></Gather>",
        "<Record transcribe='true'/>",
        "<Enqueue workflowSid='WW0'/>",
        # what Twilio's old schema allows
        "<Enqueue workflowSid='WW0'><TaskAttributes>{}</TaskAttributes></Enqueue>",
        "<Gather grammarUrl='/g' grammar='g' secure='true'/>",
        "<Dial transcribe='true' transcribeCallback='/t' newCallSid='true'>+15005550006</Dial>",
        "<Dial recordingChannels='dual' sim='x'>+15005550006</Dial>",
        NUMBER.format("action='/a'"),
        LINE.format("callSid='CA1'"),
        ROOM.format("method='GET' url='/u' eventCallback='/e' eventCallbackMethod='GET'"),
        ROOM.format("whisper='a' coachChannel='b' whisperChannel='c' WhisperChannel='d'"),
        "<Dial><Sip sendDigits='ww1'>sip:a@b.example</Sip></Dial>",
    ],
)
def test_what_twilio_takes_has_no_finding(verb: str) -> None:
    assert inside(verb).findings == ()


@pytest.mark.parametrize(
    ("element", "name", "default"),
    [
        ("Gather", "timeout", 5),
        ("Gather", "input", {"dtmf"}),
        ("Gather", "finishOnKey", "#"),
        ("Gather", "actionOnEmptyResult", False),
        ("Record", "timeout", 5),
        ("Record", "maxLength", 3600),
        ("Record", "finishOnKey", "1234567890*#"),
        ("Record", "playBeep", True),
        ("Record", "trim", "trim-silence"),
        ("Dial", "timeout", 30),
        ("Dial", "timeLimit", 14400),
        ("Pause", "length", 1),
        ("Say", "loop", 1),
        ("Reject", "reason", "rejected"),
        ("Redirect", "method", "POST"),
    ],
)
def test_the_default_is_twilios(element: str, name: str, default: object) -> None:
    value = attribute(element, name).value
    assert value.of(None) == value.of("no such value, ever!") == default


def test_every_attribute_has_a_kind_of_value() -> None:
    for element in ELEMENTS.values():
        for name in element.attributes:
            attribute(element.name, name)
    with pytest.raises(KeyError, match="Gather@newThing has no kind of value"):
        attribute("Gather", "newThing")


def test_every_kind_of_value_has_its_attribute() -> None:
    """Nothing is left in the tables that no element has."""
    known = {(e.name, name) for e in ELEMENTS.values() for name in e.attributes}
    named = {name for _, name in known}
    assert {tuple(key.split(".")) for key in attributes._BY_ELEMENT} <= known
    assert set(attributes._BY_NAME) | attributes._FREE_NAMES <= named
    assert not set(attributes._BY_NAME) & attributes._FREE_NAMES
