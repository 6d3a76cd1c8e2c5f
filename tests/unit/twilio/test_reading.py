"""Each choice of how documents are read: what it makes of a document, beside the usual."""

from typing import get_args, get_type_hints

import pytest

from voicesim.base.findings import Level
from voicesim.twilio.reading import USUAL, Reading
from voicesim.twilio.rules import SAY_LIMIT
from voicesim.twilio.twiml import Document, Verb, parse

LONG = "a" * (SAY_LIMIT + 1)
TOO_MUCH = "é" * 1_000  # 6,000 characters when URL-encoded

ROWS = [
    ("bad_value=skipped", "<Gather timeout='x'><Say/></Gather><Say>b</Say>", "Gather Say", "Say"),
    ("bad_value=ends", "<Gather timeout='x'/>", "Gather", "!13313"),
    ("value_error=warns", "<Gather actionOnEmptyResult='x'/>", "!13338", "Gather"),
    ("empty_value=error", "<Gather actionOnEmptyResult=''/>", "Gather", "!13338"),
    ("loose_value=error", "<Gather actionOnEmptyResult='1'/>", "Gather", "!13338"),
    ("bad_url=at_once", "<Say>a</Say><Redirect>ftp://h</Redirect>", "Say Redirect", "!11100"),
    ("unknown_element=children", "<box><Pause/><Say>a</Say></box><Hangup/>", "Hangup",
     "Pause Say Hangup"),
    ("words=exact", "<Reject reason='Busy'/>", "Reject reason=Busy", "Reject"),
    ("long_say=whole", f"<Say>{LONG}</Say>", f"Say:{LONG[:-1]}", f"Say:{LONG}"),
    ("long_say=nothing", f"<Say>{LONG}</Say>", f"Say:{LONG[:-1]}", "Say:"),
]  # fmt: skip


def reading(switch: str) -> Reading:
    name, _, value = switch.partition("=")
    return USUAL._replace(**{name: value})


def read(verbs: str, how: Reading = USUAL) -> Document:
    return parse(f"<Response>{verbs}</Response>".encode(), "text/xml", how)


def seen(document: Document, text: bool = False) -> str:
    """The code for which it is given up, else its verbs."""
    if document.failed:
        assert document.error is not None
        assert document.error in document.findings
        return f"!{document.error.code}"
    return " ".join(shown(verb, text) for verb in document.verbs)


def shown(verb: Verb, text: bool) -> str:
    reason = f" reason={verb.attributes['reason']}" if "reason" in verb.attributes else ""
    return verb.name + reason + (f":{verb.text}" if text else "")


@pytest.mark.parametrize(("switch", "verbs", "usual", "otherwise"), ROWS)
def test_each_choice_reads_it_its_own_way(
    switch: str, verbs: str, usual: str, otherwise: str
) -> None:
    text = switch.startswith("long_say")
    assert seen(read(verbs), text) == usual
    assert seen(read(verbs, reading(switch)), text) == otherwise


def test_a_doctype_is_skipped_or_refused() -> None:
    body = b"<!DOCTYPE Response><Response><Say>a</Say></Response>"
    assert seen(parse(body, "text/xml")) == "Say"
    assert seen(parse(body, "text/xml", reading("doctype=refused"))) == "!12100"


def test_a_url_that_will_be_encoded_is_nothing_to_complain_of() -> None:
    verbs = "<Gather action='/a b|c'/><Redirect>/d {e}</Redirect>"
    assert len(read(verbs).findings) == 2
    how = reading("raw_characters=encoded")
    assert read(verbs, how).findings == ()
    assert len(read("<Redirect>/a\\b</Redirect>", how).findings) == 1


LATIN = "<Response><Say>Café</Say></Response>".encode("iso-8859-1")


@pytest.mark.parametrize(
    ("body", "content_type", "said"),
    [
        (LATIN, "text/xml; charset=ISO-8859-1", "Say:Café"),
        (LATIN, 'application/xml;x=1; Charset="latin1"', "Say:Café"),
        (b'<?xml version="1.0"?>' + LATIN, "text/xml;charset=windows-1252", "Say:Café"),
        ("<Response><Say>Café</Say></Response>".encode("utf-16-le"), "text/xml; charset=utf-16le",
         "Say:Café"),
        (LATIN, "text/xml", "!12100"),
        (LATIN, "text/xml; charset=utf-8", "!12100"),
        (LATIN, "text/xml; charset=klingon", "!12100"),
        (LATIN, "text/xml; charset=zlib", "!12100"),
        (LATIN, "text/xml; charset=iso-8859-99", "!12100"),
        (LATIN, "text/xml; charset=", "!12100"),
        # what the document says of itself comes first
        (b'<?xml version="1.0" encoding="iso-8859-1"?>' + LATIN, "text/xml; charset=utf-8",
         "Say:Café"),
        ('<?xml version="1.0" encoding="UTF-8"?><Response><Say>é</Say></Response>'.encode(),
         "text/xml; charset=iso-8859-1", "Say:é"),
        (b"\xef\xbb\xbf" + "<Response><Say>é</Say></Response>".encode(),
         "text/xml; charset=iso-8859-1", "Say:é"),
        # what is not in the charset is read as if none had been named
        (b"<Response><Say>abc</Say></Response>", "text/xml; charset=utf-16", "Say:abc"),
    ],
)  # fmt: skip
def test_a_charset_of_the_header_is_heeded_where_the_document_names_none(
    body: bytes, content_type: str, said: str
) -> None:
    assert seen(parse(body, content_type), text=True) == said


def test_a_charset_may_be_ignored_and_holds_for_what_is_spoken() -> None:
    told = "text/xml; charset=iso-8859-1"
    assert seen(parse(LATIN, told, reading("charset=ignored"))) == "!12100"
    spoken = parse("Café".encode("iso-8859-1"), "text/plain; charset=iso-8859-1")
    assert (spoken.kind, spoken.text) == ("text", "Café")


def test_every_choice_is_here() -> None:
    kinds = get_type_hints(Reading).items()
    choices = {f"{name}={value}" for name, kind in kinds for value in get_args(kind)[1:]}
    assert choices == {row[0] for row in ROWS} | {
        "doctype=refused",
        "raw_characters=encoded",
        "charset=ignored",
    }
    assert all(getattr(USUAL, name) == get_args(kind)[0] for name, kind in kinds)


def test_the_levels_stay_and_what_is_said_fits() -> None:
    document = read("<Gather timeout='x'/>", reading("bad_value=ends"))
    assert document.error is not None
    assert document.error.level is Level.WARNING
    assert document.error.message.endswith("; Twilio ends the call.")
    [skipped] = read("<Gather timeout='x'/>", reading("bad_value=skipped")).findings
    assert skipped.message.endswith("; Twilio skips the element.")
    [kept] = read("<Gather actionOnEmptyResult='x'/>", reading("value_error=warns")).findings
    assert (kept.level, kept.code) == (Level.ERROR, "13338")
    assert kept.message.endswith("; Twilio uses false.")
    [later] = read("<Start><Stream url='ws://h'/></Start>", reading("bad_url=at_once")).findings
    assert later.message.endswith("that it ends the call is assumed (--assume bad_url).")


def test_only_what_has_a_code_is_skipped_and_nothing_before_or_after_it() -> None:
    how = reading("bad_value=skipped")
    assert seen(read("<Say language='en-US' loop='x'>a</Say><Pause/>", how)) == "Pause"
    noted = "<Dial><Conference maxParticipants='1'>a</Conference></Dial>"
    assert [verb.children[0].name for verb in read(noted, how).verbs] == ["Conference"]
    stream = "<Start><Stream url='ws://h'/></Start>"
    assert [verb.children[0].name for verb in read(stream, how).verbs] == ["Stream"]
    assert seen(read(stream, reading("bad_value=ends"))) == "Start"
    assert seen(read(noted, reading("bad_value=ends"))) == "Dial"


def test_what_is_in_an_unknown_element_is_read_as_if_it_were_not_there() -> None:
    how = reading("unknown_element=children")
    gather = read("<Gather><b><Say>one <i>two</i> three</Say></b></Gather>", how)
    assert gather.verbs[0].children[0].text == "one two three"
    codes = [(found.code, found.element) for found in gather.findings]
    assert codes == [("12200", "b"), ("12200", "i")]
    assert seen(parse(b"<html><Say/></html>", "text/xml", how)) == "!12102"
    deep = "<x>" * 100 + "</x>" * 100
    assert seen(read(deep, how)) == "!12100"


def test_a_word_in_another_case_gives_way_to_the_default() -> None:
    how = reading("words=exact")
    verbs = (
        "<Gather input='DTMF Speech' method='get' bargeIn='True' speechTimeout='AUTO'/>"
        "<Gather input='speech dtmf' method='GET' bargeIn='true' speechTimeout='auto'/>"
        "<Gather speechTimeout='3' timeout='7' language='EN-us'/>"
    )
    spelt = [len(verb.attributes) for verb in read(verbs, how).verbs]
    assert spelt == [0, 4, 3]
    assert [len(verb.attributes) for verb in read(verbs).verbs] == [4, 4, 3]
    assert seen(read("<Gather actionOnEmptyResult='True'/>", how)) == "!13338"


def test_a_text_that_is_spoken_is_as_long_as_a_say() -> None:
    for switch, length in (("long_say=cut", SAY_LIMIT), ("long_say=whole", SAY_LIMIT + 1),
                           ("long_say=nothing", 0)):  # fmt: skip
        assert len(parse(LONG.encode(), "text/plain", reading(switch)).text) == length


def test_what_is_too_long_when_encoded_is_not_cut() -> None:
    spoken = [read(f"<Say>{TOO_MUCH}</Say>", reading(f"long_say={how}")).verbs[0].text
              for how in ("cut", "whole", "nothing")]  # fmt: skip
    assert spoken == [TOO_MUCH, TOO_MUCH, ""]


def test_the_first_error_is_why_even_where_many_warnings_stand_before_it() -> None:
    many = "<x/>" * 60 + "<Gather actionOnEmptyResult='x'/><Conference trim='x'/>"
    assert seen(read(many)) == "!13338"
