"""Whatever an agent answers, it is read without an exception, and good TwiML without a finding."""

import inspect
import sys
from collections.abc import Callable, Iterable
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from twilio.twiml import TwiML
from twilio.twiml.voice_response import VoiceResponse

from voicesim.base.findings import Level
from voicesim.twilio.reader import URL_FAILS
from voicesim.twilio.rules import RULES
from voicesim.twilio.twiml import MAX_BYTES, MAX_DEPTH, MAX_FINDINGS, Document, Verb, parse
from voicesim.twilio.vocabulary import ELEMENTS, RESPONSE, Element

# a busy machine is no failure
CALM = settings(suppress_health_check=[HealthCheck.too_slow])

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
    assert len(document.findings) <= MAX_FINDINGS + 2  # the first ERROR, how many more there are
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
    todo: list[tuple[TwiML, Element, int]] = [(response, RESPONSE, 0)]
    for _ in range(draw(st.integers(0, 12))):
        parent, place, level = draw(st.sampled_from(todo))
        method = draw(st.sampled_from(methods_of(parent)))
        kwargs = {}
        for name, parameter in inspect.signature(method).parameters.items():
            optional = parameter.default is None
            if parameter.kind is parameter.VAR_KEYWORD or (optional and draw(st.booleans())):
                continue
            kwargs[name] = draw(WORDS | st.booleans() | st.integers()) if optional else draw(WORDS)
        child = method(**{name: str(value) for name, value in kwargs.items()})
        ours = place.children[child.name]
        child.attrs = {n: value_that_fits(ours, n, value) for n, value in child.attrs.items()}
        if ours.key in {*RULES, "Uri"} and ours.has_text:
            child.value = TEXT_THAT_FITS
        if level < 5 and methods_of(child):
            todo.append((child, ours, level + 1))
    return response


TEXT_THAT_FITS = "sip:1"
"""Whatever an element asks of its text, this is it."""
FITTING = ("1", "true", "dtmf", "a", "GET", "3", "1000", "500", "2000", "completed", "", "small")


def value_that_fits(element: Element, name: str, value: str) -> str:
    """``value``, or one that the attribute takes."""
    if (element.key, name) in BY_RULE:
        return BY_RULE[element.key, name]
    check = element.checks.get(name)
    if check is None or check.value.fits(value):
        return value
    usual = [*check.value.usual, *FITTING]
    return next(text for text in usual if check.value.fits(text))


BY_RULE = {("Gather.Play", "digits"): "", ("Stream", "url"): "wss://agent.test/audio"}
"""Values that a rule looks at, too."""
PAIRS = {"13000", "13250", "13335", "13615"}
"""Codes of what does not go together, though each by itself is good."""


@settings(CALM, max_examples=150)
@given(library_documents())
def test_what_the_library_writes_has_no_finding_and_arrives(response: VoiceResponse) -> None:
    document = parse(str(response).encode(), "text/xml")
    assert {found.code for found in document.findings} <= PAIRS | {URL_FAILS}
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


PATHS = [path for path in every_place(RESPONSE) if len(path) <= 5]


def test_every_element_in_every_place_is_clean_and_kept() -> None:
    assert len(PATHS) > 400
    for path in PATHS:
        tags = [
            f"<{e.name} "
            + " ".join(f'{a}="{value_that_fits(e, a, "1")}"' for a in e.attributes)
            + (f">{TEXT_THAT_FITS}" if e.has_text else ">")
            for e in path
        ]
        ends = [f"</{element.name}>" for element in reversed(path)]
        document = parse("".join([*tags, *ends]).encode(), "text/xml")
        assert document.findings == ()
        verbs = document.verbs
        for element in path[1:]:
            (verb,) = verbs
            assert (verb.name, set(verb.attributes)) == (element.name, set(element.attributes))
            assert all(name is element.attributes[name] for name in verb.attributes)
            verbs = verb.children


ATTRIBUTES = [(e, name) for e in ELEMENTS.values() for name in e.checks]


@settings(CALM, max_examples=400)
@given(st.sampled_from(ATTRIBUTES), st.text() | st.from_regex(r"[-+0-9a-zA-Z:/*# .]{0,12}"))
def test_any_value_is_read_or_refused(where: tuple[Element, str], given_text: str) -> None:
    element, name = where
    value = element.checks[name].value
    read = value.of(given_text)
    assert type(read) is type(value.default) or read == given_text.strip() or value.default == ""
    if not value.fits(given_text):
        assert read == value.default


@settings(CALM, max_examples=300)
@given(st.sampled_from(ATTRIBUTES), WORDS)
def test_a_value_is_kept_or_complained_of(where: tuple[Element, str], given_text: str) -> None:
    """Whatever stands in an attribute: a code of Twilio's and it is gone, or it is kept."""
    element, name = where
    path = next(p for p in PATHS if p[-1] is element)
    quoted = quoteattr(given_text)
    tags = [f"<{e.name}>" for e in path[:-1]]
    tags += [f"<{element.name} {name}={quoted}>{TEXT_THAT_FITS if element.has_text else ''}"]
    ends = [f"</{e.name}>" for e in reversed(path)]
    document = parse("".join([*tags, *ends]).encode(), "text/xml")
    check(document)
    attribute = element.checks[name]
    about = [
        found
        for found in document.findings
        if found.message.startswith(f"{name}=") and found.code != URL_FAILS
    ]
    fits = attribute.value.fits(unquoted(quoted))
    assert bool(about) == (not fits)
    if document.failed:
        assert any(found.level is Level.ERROR for found in about)
        return
    verb = document.verbs[0] if len(path) > 1 else None
    for _ in path[2:]:
        verb = verb.children[0] if verb else None
    assert verb is None or (name in verb.attributes) == (fits or not attribute.code)


def unquoted(quoted: str) -> str:
    """What an XML parser makes of an attribute's value: its white space becomes spaces."""
    return str(ElementTree.fromstring(f"<a b={quoted}/>").attrib["b"])


@pytest.mark.parametrize(
    "text", ["1" * 60_000, "a-" * 30_000, " " * 60_000, "a," * 30_000, "./" * 30_000]
)
def test_no_value_takes_long_to_read(text: str) -> None:
    for element, name in ATTRIBUTES:
        value = element.checks[name].value
        assert calls_made(lambda value=value: value.of(text)) < 2 * len(text)


# --- time ---------------------------------------------------------------------------------------


def filled(piece: Callable[[int], str], before: str = "", after: str = "") -> bytes:
    pieces, size, number = [], len(before) + len(after), 0
    while size < MAX_BYTES - 100:
        pieces.append(piece(number))
        size += len(pieces[-1])
        number += 1
    return f"{before}{''.join(pieces)}{after}".encode()


def calls_made_by(body: bytes) -> int:
    """How many functions are called to read ``body``."""
    return calls_made(lambda: parse(body, "text/xml"))


def calls_made(work: Callable[[], object]) -> int:
    """How many functions (Python's, C's) ``work`` calls: its cost, without a clock."""
    counted = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
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
