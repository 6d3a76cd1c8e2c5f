"""Whatever an agent answers, it is read without an exception, and good TwiML without a finding."""

import inspect
import sys
from collections.abc import Callable, Iterable
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from twilio.twiml import TwiML
from twilio.twiml.voice_response import VoiceResponse

from voicesim.twilio.twiml import MAX_BYTES, MAX_DEPTH, MAX_FINDINGS, Document, Verb, parse
from voicesim.twilio.vocabulary import RESPONSE, Element

# a busy machine is no failure
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

TYPES = ["text/xml", "application/xml; charset=utf-8", "text/html", "text/plain", "audio/wav", ""]
PIECES = [
    b'<?xml version="1.0" encoding="UTF-8"?>',
    b'<?xml version="1.0" encoding="',
    b"iso-8859-1",
    b"utf-16",
    b'"?>',
    b"<Response>",
    b"</Response>",
    b"<Response/>",
    b"<Gather input='speech' action='/a?b&amp;c'>",
    b"</Gather>",
    b"<Say>",
    b"<Say voice=",
    b"</Say>",
    b"<say>",
    b"<Foo bar='1'/>",
    b"<break/>",
    b"<p>" * 70,
    b"<![CDATA[",
    b"]]>",
    b"<!-- ",
    b" -->",
    b"<!DOCTYPE html>",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"&a;",
    b"&#xD800;",
    b"&",
    b"<",
    b" \n",
    b"text",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x00",
    b"\xc3",
    "é😀".encode(),
]


def check(document: Document) -> None:
    """What is true of every document, however bad."""
    assert document.failed == (document.kind == "none")
    assert len(document.findings) <= MAX_FINDINGS + 1
    assert document.kind == "twiml" or not document.verbs
    assert document.kind == "text" or not document.text
    for found in document.findings:
        assert found.message.endswith(".")
        assert len(found.message) < 500
        assert "\n" not in found.message


@settings(CALM, max_examples=400)
@given(st.binary(), st.sampled_from(TYPES) | st.text())
def test_any_bytes_are_read(body: bytes, content_type: str) -> None:
    check(parse(body, content_type))


@settings(CALM, max_examples=600)
@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=3)).map(b"".join))
@example('<?xml version="1.0" encoding="utf-16"?><Response/>'.encode("utf-16"))
@example(b"\xff\xfe<\x00R\x00\x00\xd8<\x00")
def test_anything_like_xml_is_read(body: bytes) -> None:
    check(parse(body, "text/xml"))


@settings(CALM, max_examples=200)
@given(st.integers(0), st.binary(min_size=1, max_size=4), st.booleans())
def test_a_good_document_with_a_bad_spot_is_read(at: int, spot: bytes, wide: bool) -> None:
    good = '<?xml version="1.0"?><Response><Say loop="2">Hällo <p>x</p></Say><Hangup/></Response>'
    body = good.encode("utf-16" if wide else "utf-8")
    at %= len(body)
    check(parse(body[:at] + spot + body[at + len(spot) :], "text/xml"))


@settings(CALM, max_examples=300)
@given(st.lists(st.sampled_from([p for p in PIECES if b"!DOC" not in p])).map(b"".join))
def test_what_is_well_formed_is_what_python_says(body: bytes) -> None:
    try:
        root = ElementTree.fromstring(body)
    except (ElementTree.ParseError, LookupError, ValueError):
        assert parse(body, "text/xml").failed
        return
    assert parse(body, "text/xml").failed == (root.tag != "Response" or depth(root) > MAX_DEPTH)


def depth(element: ElementTree.Element) -> int:
    return 1 + max(map(depth, element), default=0)


# --- what Twilio's library writes ---------------------------------------------------------------

WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"))


def methods_of(element: TwiML) -> list[Callable[..., TwiML]]:
    own = vars(type(element)).items()
    return [getattr(element, name) for name, _ in own if not name.startswith("__")]


@st.composite
def library_documents(draw: st.DrawFn) -> VoiceResponse:
    response = VoiceResponse()
    todo: list[tuple[TwiML, int]] = [(response, 0)]
    for _ in range(draw(st.integers(0, 12))):
        parent, level = draw(st.sampled_from(todo))
        method = draw(st.sampled_from(methods_of(parent)))
        kwargs = {}
        for name, parameter in inspect.signature(method).parameters.items():
            optional = parameter.default is None
            if parameter.kind is parameter.VAR_KEYWORD or (optional and draw(st.booleans())):
                continue
            kwargs[name] = draw(WORDS | st.booleans() | st.integers()) if optional else draw(WORDS)
        child = method(**{name: str(value) for name, value in kwargs.items()})
        if level < 5 and methods_of(child):
            todo.append((child, level + 1))
    return response


@settings(CALM, max_examples=150)
@given(library_documents())
def test_what_the_library_writes_has_no_finding_and_arrives(response: VoiceResponse) -> None:
    document = parse(str(response).encode(), "text/xml")
    assert document.findings == ()
    assert_same(document.verbs, response.verbs)


def assert_same(verbs: Iterable[Verb], written: Iterable[Any]) -> None:
    for verb, element in zip(verbs, written, strict=True):
        assert verb.name == element.name
        assert verb.attributes == element.attrs
        if not element.verbs and element.name != "Say":
            assert verb.text == (element.value or "").strip()
        assert_same(verb.children, element.verbs)


# --- what the vocabulary allows -----------------------------------------------------------------


def every_place(element: Element, seen: frozenset[str] = frozenset()) -> Iterable[list[Element]]:
    yield [element]
    for child in element.children.values():
        if child.key not in seen:
            for rest in every_place(child, seen | {child.key}):
                yield [element, *rest]


def test_every_element_in_every_place_is_clean_and_kept() -> None:
    paths = [path for path in every_place(RESPONSE) if len(path) <= 5]
    assert len(paths) > 400
    for path in paths:
        tags = [f"<{e.name} " + " ".join(f'{a}="1"' for a in e.attributes) + ">" for e in path]
        ends = [f"</{element.name}>" for element in reversed(path)]
        text = "x" if path[-1].has_text else ""
        document = parse("".join([*tags, text, *ends]).encode(), "text/xml")
        assert document.findings == ()
        verbs = document.verbs
        for element in path[1:]:
            (verb,) = verbs
            assert (verb.name, set(verb.attributes)) == (element.name, set(element.attributes))
            assert all(name is element.attributes[name] for name in verb.attributes)
            verbs = verb.children


# --- time ---------------------------------------------------------------------------------------


def filled(piece: Callable[[int], str], before: str = "", after: str = "") -> bytes:
    pieces, size, number = [], len(before) + len(after), 0
    while size < MAX_BYTES - 100:
        pieces.append(piece(number))
        size += len(pieces[-1])
        number += 1
    return f"{before}{''.join(pieces)}{after}".encode()


def calls_made_by(body: bytes) -> int:
    """How many functions (Python's, C's) are called to read ``body``: its cost, without a clock."""
    counted = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        parse(body, "text/xml")
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize(
    "body",
    [
        filled(lambda n: f"<Sax{n}/>", "<Response>", "</Response>"),
        filled(lambda n: f"<Say vo{n}='1'/>", "<Response>", "</Response>"),
        filled(lambda n: f" vo{n}='1'", "<Response><Say", "/></Response>"),
        filled(lambda n: "a", "<Response><", "/></Response>"),
        filled(lambda n: "<Pause/>", "<Response>", "</Response>"),
        filled(lambda n: "\n", "<Response>", "</Response>"),
        filled(lambda n: "a\n", "<Response><Say>", "</Say></Response>"),
        filled(lambda n: "a\n", "<Response>", "</Response>"),
        filled(lambda n: "&lt;", "<Response><Say>", "</Say></Response>"),
        filled(lambda n: "a", "<Response><Say>" + "<p>" * 60),
        filled(lambda n: "a", "<Response>&"),
        filled(lambda n: "<"),
        filled(lambda n: "<title ", "<html>"),
        filled(lambda n: " ", "<html"),
        filled(lambda n: "<Foo>"),
        filled(lambda n: f"<!ENTITY a{n} '&a{n - 1};&a{n - 1};'>", "<!DOCTYPE x [", "]><x/>"),
    ],
    ids=lambda body: f"{body[:20]!r}",
)
def test_the_worst_documents_take_work_in_proportion_to_their_length(body: bytes) -> None:
    assert calls_made_by(body) < 3 * len(body)
