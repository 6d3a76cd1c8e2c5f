import gc

import pytest

from voicesim.base.findings import Level
from voicesim.twilio.twiml import MAX_BYTES, MAX_DEPTH, MAX_FINDINGS, Document, Verb, parse


def xml(text: str) -> Document:
    return parse(text.encode(), "text/xml")


def only(document: Document) -> tuple[str, int | None, int | None, str, str]:
    (found,) = document.findings
    return found.code, found.line, found.column, found.element, found.message


TYPICAL = """<?xml version="1.0" encoding="UTF-8"?>
<Response>
  <Gather input="speech dtmf" action="/next?a=1&amp;b=2" timeout="5">
    <Say language="de-DE">Guten Tag,
        Müller &amp; Söhne.</Say>
  </Gather>
  <!-- nothing heard -->
  <Redirect method="POST">
     /again
  </Redirect>
</Response>
"""


def test_a_document_becomes_verbs() -> None:
    say = Verb("Say", {"language": "de-DE"}, "Guten Tag, Müller & Söhne.", (), 4, 4)
    asked = {"input": "speech dtmf", "action": "/next?a=1&b=2", "timeout": "5"}
    assert xml(TYPICAL) == Document(
        "twiml",
        (
            Verb("Gather", asked, "", (say,), 3, 2),
            Verb("Redirect", {"method": "POST"}, "/again", (), 8, 2),
        ),
    )


@pytest.mark.parametrize(
    "body",
    [
        "<Response/>",
        "<Response></Response>",
        "<Response>\n\t \r\n</Response>\n",
        "<!-- c --><Response><?pi?><!-- c --></Response><!-- c -->",
        "\ufeff<?xml version='1.0'?><Response/>",
        '<?xml version="1.1" standalone="yes"?><Response version="1.0"/>',
        "<?xml version='1.0'?><!DOCTYPE Response><Response/>",
        "<!DOCTYPE Response SYSTEM 'http://127.0.0.1:9/twiml.dtd'><Response/>",
        '<!DOCTYPE Response PUBLIC "-//X//Y" "file:///etc/passwd"><Response/>',
        '<Response xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        ' xsi:noNamespaceSchemaLocation="twiml.xsd"/>',
    ],
)
def test_an_empty_response_is_a_clean_document(body: str) -> None:
    document = xml(body)
    assert (document.kind, document.verbs, document.findings) == ("twiml", (), ())
    assert not document.failed


@pytest.mark.parametrize(
    ("say", "text"),
    [
        ("Hello", "Hello"),
        (" Hello\n   there ", "Hello there"),
        ("a <emphasis level='strong'>b</emphasis> c", "a b c"),
        ("<prosody rate='slow'>a <say-as interpret-as='digits'>12</say-as></prosody>!", "a 12!"),
        ("<p>One.</p><p><s>Two.</s><s>Three.</s></p>", "One. Two. Three."),
        ("one<break time='1s'/>two", "one two"),
        ("<![CDATA[a < b & c]]>", "a < b & c"),
        ("&lt;x&gt; &#233;", "<x> é"),
        ("a<foo>not said</foo>b", "ab"),
        ("", ""),
    ],
)
def test_what_a_say_says(say: str, text: str) -> None:
    assert xml(f"<Response><Say>{say}</Say></Response>").verbs[0].text == text


def test_ssml_is_there_as_elements_too() -> None:
    (say,) = xml("<Response><Say>a <s> b </s></Say></Response>").verbs
    assert say.children == (Verb("s", {}, "b", (), 1, 17),)


@pytest.mark.parametrize(
    ("body", "where", "words"),
    [
        ("<Response>\n <say>x</say></Response>", (2, 1, "say"), "<Say>: case matters"),
        ("<Response><Gahter/></Response>", (1, 10, "Gahter"), "was <Gather> meant"),
        ("<Response><Foo><Say/><Bar/></Foo></Response>", (1, 10, "Foo"), "not an element"),
        ("<Response><Number>1</Number></Response>", (1, 10, "Number"), "only in <Dial>"),
        ("<Response><Response/></Response>", (1, 10, "Response"), "may only be the root"),
        ("<Response><x:Say xmlns:x='y'/></Response>", (1, 10, "x:Say"), "not an element"),
        (
            "<Response>\n\n<Gather numdigits='1'/></Response>",
            (3, 0, "Gather"),
            "must be written 'numDigits'",
        ),
        ("<Response><Say vioce='x'>x</Say></Response>", (1, 10, "Say"), "was 'voice' meant"),
        ("<Response><Say text='x'>x</Say></Response>", (1, 10, "Say"), "between <Say> and </Say>"),
        ("<Response><Leave now='1'/></Response>", (1, 10, "Leave"), "no attribute 'now'; it"),
        ("<Response xmlns='x'/>", (1, 0, "Response"), "no attribute 'xmlns'"),
        (
            "<Response><Refer><Sip username='u'>sip:a</Sip></Refer></Response>",
            (1, 17, "Sip"),
            "no attribute 'username'",
        ),
        ("<Response>\n Hello <Say>x</Say> you</Response>", (2, 0, "Response"), "goes into <Say>"),
        ("<Response><Gather>Hello</Gather></Response>", (1, 18, "Gather"), "'Hello'"),
        ("<Response><Hangup>now</Hangup></Response>", (1, 18, "Hangup"), "'now'."),
        ("<Response><Say><break>x</break></Say></Response>", (1, 22, "break"), "'x'"),
    ],
)
def test_what_is_not_in_the_schema_is_a_warning(
    body: str, where: tuple[int, int, str], words: str
) -> None:
    document = xml(body)
    code, line, column, element, message = only(document)
    assert (code, (line, column, element)) == ("12200", where)
    assert words in message
    assert document.findings[0].level is Level.WARNING
    assert document.kind == "twiml"
    assert not document.failed


def test_what_is_unknown_is_left_out_and_the_rest_stays() -> None:
    document = xml(
        "<Response><Foo><Say>no</Say></Foo><Say lang='x' loop='2'>yes</Say>no<Hangup/></Response>"
    )
    assert [verb.name for verb in document.verbs] == ["Say", "Hangup"]
    assert document.verbs[0].attributes == {"loop": "2"}
    assert [found.code for found in document.findings] == ["12200"] * 3


@pytest.mark.parametrize(
    "element",
    [
        "<Dial callReason='x' hangupOn='#'>1</Dial>",
        "<Say rate='slow'>x</Say>",
        "<Hangup><Group excludeMe='true'/></Hangup>",
        "<Annotate>x</Annotate>",
        "<Pause timeout='1'/>",
        "<Gather secure='true'/>",
    ],
)
def test_what_twilio_takes_beside_its_library_is_no_warning(element: str) -> None:
    assert xml(f"<Response>{element}</Response>").findings == ()


def test_so_many_warnings_and_one_that_counts_the_rest() -> None:
    document = xml("<Response>" + "<Foo/>" * (MAX_FINDINGS + 20) + "<Pause/></Response>")
    assert len(document.findings) == MAX_FINDINGS + 1
    assert "20 more" in document.findings[-1].message
    assert [verb.name for verb in document.verbs] == ["Pause"]


def test_an_error_is_listed_however_many_warnings_there_are() -> None:
    document = xml("<Response>" + "<Foo/>" * 60 + "<Gather actionOnEmptyResult='x'/></Response>")
    assert (document.kind, document.verbs) == ("none", ())
    assert [found.code for found in document.findings][MAX_FINDINGS:] == ["13338", "12200"]


@pytest.mark.parametrize(
    ("body", "code", "at", "words"),
    [
        ("", "12100", (1, 0), "empty"),
        (" \n ", "12100", (2, 1), "empty"),
        ("Hello", "12100", (1, 0), "does not begin with '<'"),
        ('{"say": "hi"}', "12100", (1, 0), "does not begin with '<'"),
        ('\n<?xml version="1.0"?><Response/>', "12100", (2, 0), "Nothing may stand before"),
        (
            "<Response>\n<Redirect>/a?b=1&c=2</Redirect></Response>",
            "12100",
            (2, 18),
            "'&amp;'",
        ),
        ("<Response><Gather action='/a?b=1&c=2'/></Response>", "12100", (1, 34), "'&amp;'"),
        ("<Response><Say>a & b</Say></Response>", "12100", (1, 18), "'&amp;'"),
        ("<Response><Say>a < b</Say></Response>", "12100", (1, 18), "'&lt;'"),
        ("<Response><Say>&eacute;</Say></Response>", "12100", (1, 15), "knows only &amp;"),
        ("<Response><Say>&#0;</Say></Response>", "12100", (1, 15), "no XML character"),
        ("<Response><Say>\x07</Say></Response>", "12100", (1, 15), "control character"),
        ("<Response><Pause length=1/></Response>", "12100", (1, 24), "in quotes"),
        ("<Response><Say>x</Response>", "12100", (1, 18), "<Say> has to be closed"),
        ("<Response><Say>x", "12100", (1, 16), "before <Say> is closed"),
        ("<Response><Foo>", "12100", (1, 15), "before <Response> is closed"),
        ("<!-- -->", "12100", (1, 8), "no root"),
        ("<Response", "12100", (1, 0), "middle of a tag"),
        ("<Response/><Response/>", "12100", (1, 11), "follows"),
        ("<Pause length='1' length='2'/>", "12100", (1, 18), "twice"),
        ("<Response>" + "<Foo>" * MAX_DEPTH, "12100", (1, 325), f"more than {MAX_DEPTH}"),
        ("<Response><Say>" + "<p>" * MAX_DEPTH, "12100", None, f"more than {MAX_DEPTH}"),
        ("<!DOCTYPE Response []><Response/>", "12100", (1, 19), "DOCTYPE"),
        ("<!DOCTYPE x SYSTEM 'x.dtd'><Response>&a;</Response>", "12100", None, "knows only &amp;"),
        ("<!DOCTYPE html><html><title>Oh</title></html>", "12102", (1, 15), "title 'Oh'"),
        ('<?xml version="1.0" encoding="utf-16"?><Response/>', "12100", (1, 30), "it declares"),
        ('<?xml version="1.0" encoding="rot13"?><Response/>', "12100", (1, 0), "'rot13'"),
        ('<?xml version="1.0" encoding="iso-8859-99"?><Response/>', "12100", None, "not known"),
        ('<?xml version="1.0" encoding="unicode_escape"?><Response/>', "12100", None, "not known"),
        ('<?xml version="2.0"?><Response/>', "12101", (1, 0), "'2.0'"),
        ('<?xml encoding="UTF-8"?><Response/>', "12101", (1, 6), "no version"),
        ("<?xml version=1.0?><Response/>", "12101", (1, 14), "no version"),
        ('<?xml version="1.0" encodin="UTF-8"?><Response/>', "12100", None, "declaration"),
        ("<response/>", "12102", (1, 0), "must be <Response>"),
        ("<!-- -->\n<Say/>", "12102", (2, 0), "<Say>"),
        ("<html><body></body></html>", "12102", (1, 0), "HTML page"),
        ("<html><title>Oh\n no</title><br></html>", "12100", None, "title 'Oh no'"),
        ("<!doctype html><title>500 Oh</title>", "12100", None, "title '500 Oh'"),
    ],
)
def test_what_cannot_be_read_is_an_error(
    body: str, code: str, at: tuple[int, int] | None, words: str
) -> None:
    document = xml(body)
    found_code, line, column, _, message = only(document)
    assert found_code == code
    assert words in message
    assert at is None or (line, column) == at
    assert document.failed
    assert (document.kind, document.verbs) == ("none", ())


def test_bytes_that_are_not_utf8() -> None:
    document = parse(b"<Response>\n<Say>caf\xe9</Say></Response>", "text/xml")
    assert only(document)[:3] == ("12100", 2, 8)
    assert "encoding" in document.findings[0].message
    assert "character" in only(parse(b"<Response>\xc3", "text/xml"))[4]


@pytest.mark.parametrize(
    ("declared", "codec"),
    [
        ("UTF-8", "utf-8"),
        ("utf8", "utf-8"),
        ("UTF_8", "utf-8"),
        ("ISO-8859-1", "latin-1"),
        ("windows-1252", "cp1252"),
        ("utf-16", "utf-16"),
        ("latin1", "latin-1"),
        ("Shift_JIS", "shift_jis"),
        ("cp932", "cp932"),
        ("EUC-JP", "euc_jp"),
        ("ISO-2022-JP", "iso2022_jp"),
        ("GB18030", "gb18030"),
        ("Big5", "big5"),
        ("EUC-KR", "euc_kr"),
        ("KOI8-R", "koi8_r"),
    ],
)
def test_the_declared_encoding_holds(declared: str, codec: str) -> None:
    said = next(text for text in ("é", "я", "テ", "한") if text.encode(codec, "ignore"))
    text = f'<?xml version="1.0" encoding="{declared}"?><Response><Say>{said}</Say></Response>'
    document = parse(text.encode(codec), "text/xml")
    assert document.findings == ()
    assert document.verbs[0].text == said


def test_bytes_that_are_not_in_the_declared_encoding() -> None:
    body = b'<?xml version="1.0" encoding="Shift_JIS"?>\n<Response><Say>\xff</Say></Response>'
    assert only(parse(body, "text/xml"))[:2] == ("12100", 2)
    assert "it declares" in parse(body, "text/xml").findings[0].message


def test_a_body_that_grows_when_it_is_decoded_is_read() -> None:
    text = '<?xml version="1.0" encoding="Shift_JIS"?><Response>' + "<!-- テテ -->" * 4500
    document = parse((text + "</Response>").encode("shift_jis"), "text/xml")
    assert (document.kind, document.findings) == ("twiml", ())


def test_entity_bombs_are_not_even_opened() -> None:
    entities = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(20))
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "lol">{entities}]><Response><Say>&l20;</Say></Response>'
    assert only(xml(bomb))[0] == "12100"


def test_a_large_body_is_refused_and_the_largest_is_not() -> None:
    shell = "<Response><Say></Say></Response>"
    largest = shell.replace("<Say>", "<Say>" + "a" * (MAX_BYTES - len(shell)))
    assert len(largest) == MAX_BYTES
    assert not xml(largest).failed
    code, *_, message = only(xml(largest + " "))
    assert code == "11750"
    assert "65537" in message
    assert only(parse(b"a" * (MAX_BYTES + 1), "text/plain"))[0] == "11750"


@pytest.mark.parametrize(
    "content_type",
    [
        "text/xml",
        "application/xml",
        "text/html",
        "text/plain",
        "TEXT/XML",
        "text/xml;charset=utf-8",
        ' Application/XML ; charset="UTF-8"; x=y',
        "text/html; charset=utf-8",
    ],
)
def test_these_types_are_read_as_twiml(content_type: str) -> None:
    assert parse(b"<Response><Hangup/></Response>", content_type).verbs[0].name == "Hangup"


@pytest.mark.parametrize(
    ("content_type", "words"),
    [
        ("", "no Content-Type"),
        (" ;charset=utf-8", "no Content-Type"),
        ("application/json", "'application/json'"),
        ("text/xmlx", "'text/xmlx'"),
        ("application/xhtml+xml", "'application/xhtml+xml'"),
        ("x" * 5000, "x..."),
    ],
)
def test_other_types_are_refused(content_type: str, words: str) -> None:
    document = parse(b"<Response/>", content_type)
    assert only(document)[0] == "12300"
    assert words in document.findings[0].message
    assert len(document.findings[0].message) < 200
    assert document.failed


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("Hello, how are you?\n", "Hello, how are you?"),
        ("a < b & c", "a < b & c"),
        ("<Say>no root</Say>", "<Say>no root</Say>"),
        ("<Response><Say>", "<Response><Say>"),
        ("", ""),
    ],
)
def test_plain_text_that_is_no_twiml_is_spoken(body: str, text: str) -> None:
    assert parse(body.encode(), "text/plain") == Document("text", text=text)


def test_plain_text_may_be_any_bytes() -> None:
    assert parse(b"caf\xe9", "text/plain").text == "caf\N{REPLACEMENT CHARACTER}"


def test_plain_text_with_schema_warnings_is_twiml_still() -> None:
    document = parse(b"<Response><Foo/></Response>", "text/plain")
    assert document.kind == "twiml"
    assert only(document)[0] == "12200"


@pytest.mark.parametrize(
    ("verb", "code"),
    [
        ("<Gather actionOnEmptyResult='x'/>", "13338"),
        ("<Record recordingStatusCallbackEvent='started'/>", "13621"),
        ("<Enqueue>" + "q" * 64 + "</Enqueue>", "14205"),
    ],
)
def test_plain_text_with_a_wrong_value_is_twiml_still(verb: str, code: str) -> None:
    document = parse(f"<Response>{verb}</Response>".encode(), "text/plain")
    assert (document.kind, document.text) == ("none", "")
    assert only(document)[0] == code


def test_plain_text_is_spoken_as_far_as_twilio_speaks() -> None:
    document = parse(b"a" * 5000, "text/plain")
    assert (document.kind, len(document.text)) == ("text", 4096)
    assert only(document)[:3] == ("13521", 1, 0)


def test_audio_is_to_be_played() -> None:
    assert parse(b"RIFF\0\0", "audio/x-wav") == Document("audio")


def test_parsing_leaves_nothing_to_collect() -> None:
    bodies = [TYPICAL, "<Response><Foo/></Response>", "<html>", "<Response>", "<!DOCTYPE x><x/>"]
    enabled = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        left = []
        for _ in range(5):  # another thread of the test runner may leave something now and then
            for body in bodies:
                xml(body)
            left.append(gc.collect())
        assert min(left) == 0
    finally:
        if enabled:
            gc.enable()
