"""Reads XML the way Twilio does: element by element, skipping what Twilio would skip."""

from collections.abc import Callable
from pyexpat import ExpatError, ParserCreate, XMLParserType
from types import MappingProxyType
from typing import Final

from voicesim.base.findings import Finding, Level
from voicesim.twilio import advice
from voicesim.twilio.attributes import IN_GATHER
from voicesim.twilio.codes import CODES, LATER, finding
from voicesim.twilio.document import Document, Verb
from voicesim.twilio.reading import Reading
from voicesim.twilio.rules import RULES, TOO_LONG, spoken
from voicesim.twilio.values import URL, Value, url_flaw
from voicesim.twilio.vocabulary import PLACES, RESPONSE, Element

MAX_DEPTH: Final = 64
MAX_FINDINGS: Final = 50
"""So many warnings of one document are listed, and then one that counts the others. An ERROR is
always listed."""
VALUE_UNKNOWN: Final = "value-unknown"
"""Our own NOTICE: a value that Twilio's pages do not know, where Twilio has no code for that."""

URL_FAILS: Final = "url-fails"
"""Our own WARNING: a URL that cannot be asked, though nobody has asked it yet."""
_OWN: Final = MappingProxyType({VALUE_UNKNOWN: Level.NOTICE, URL_FAILS: Level.WARNING})


def read_xml(body: bytes, encoding: str | None, reading: Reading) -> Document:
    """Read a document in ``encoding``; None for the one that it declares."""
    parser = ParserCreate(encoding)
    reader = _Reader(parser, body, encoding is None, reading)
    try:
        parser.Parse(body, True)
        return reader.document()
    except _RefusedError as refused:
        return refuse(refused.why)
    except _DeclaredError as declared:
        return _read_declared(body, declared.name, reading)
    except ExpatError as error:
        return refuse(_malformed(body, error, parser.ErrorByteIndex, reader.open[0].name))
    finally:
        del reader.parser  # parser and reader hold each other; calls must leave nothing to collect


def _read_declared(body: bytes, name: str, reading: Reading) -> Document:
    """Read a document in an encoding that expat does not know."""
    try:
        text = body.decode(name)
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        return refuse(finding("12100", advice.NOT_AS_DECLARED, line=line))
    except LookupError:
        return refuse(finding("12100", _about_encoding(name)))
    return read_xml(text.encode(), "utf-8", reading)


def is_encoding(name: str) -> bool:
    """Whether Python is asked to read documents that are encoded so; ``name`` in lower case."""
    return name in _OTHERS or name.startswith(_FAMILIES)


def _about_encoding(name: str) -> str:
    return f"The encoding {advice.cut(name)!r} is not known: write UTF-8."


def _malformed(body: bytes, error: ExpatError, at: int, open_tag: str) -> Finding:
    if error.code == advice.BAD_DECLARATION and not advice.names_version(body):
        code, message = "12101", 'The XML declaration has no version="1.0".'
    else:
        code, message = "12100", advice.malformed(body, error.code, at, open_tag)
    return finding(code, message, line=error.lineno, column=error.offset, element=open_tag)


def refuse(why: Finding) -> Document:
    """Take nothing of an answer."""
    return Document("none", findings=(why,), error=why)


class _RefusedError(Exception):
    """Ends the parsing of a document that will not be carried out."""

    def __init__(self, why: Finding) -> None:
        self.why = why


class _SkippedError(Exception):
    """Leaves an element out, for one of its values."""


class _DeclaredError(Exception):
    """The document declares an encoding that expat does not know."""

    def __init__(self, name: str) -> None:
        self.name = name


_Open = tuple[Element, dict[str, str], int, int, list[str], list[Verb]]
"""An element whose end has not come yet: its attributes, line, column, texts and children. A plain
tuple, since it is made for every element of every answer."""
_OUTSIDE: Final = Element(
    key="",
    name="",
    attributes=MappingProxyType({}),
    checks=MappingProxyType({}),
    usual=MappingProxyType({}),
    has_text=False,
    spoken=False,
    children=MappingProxyType({"Response": RESPONSE}),
)
_USUAL_DECLARATIONS: Final = (
    b'<?xml version="1.0" encoding="UTF-8"?>',
    b'<?xml version="1.0" encoding="utf-8"?>',
    b"<Response",
)
"""What nearly every document begins with, and what needs no look."""
_EXPAT_KNOWS: Final = frozenset({"utf-8", "utf-16", "iso-8859-1", "us-ascii"})
_FAMILIES: Final = ("iso-8859-", "windows-125")
_OTHERS: Final = frozenset(
    ("utf8", "utf_8", "ascii", "latin1", "latin-1", "cp1252", "koi8-r", "koi8-u", "shift_jis",
     "cp932", "euc-jp", "iso-2022-jp", "gb2312", "gbk", "gb18030", "big5", "euc-kr")
)  # fmt: skip
"""Encodings that Python reads for expat: those of texts, of all that Python knows."""
_SEEN_THROUGH: Final[dict[str, str]] = {}
"""Stands for the attributes of an unknown element of which only the children are read."""
_GOES_ON, _LATER, _GIVES_UP = range(3)
"""How grave a finding is for the document it is in."""


class _Reader:
    """Takes expat's events and builds verbs, skipping what Twilio would skip."""

    __slots__ = (
        "body",
        "error",
        "findings",
        "gravest",
        "may_switch",
        "more",
        "open",
        "parser",
        "reading",
        "skipping",
        "stack",
    )

    def __init__(
        self, parser: XMLParserType, body: bytes, may_switch: bool, reading: Reading
    ) -> None:
        self.parser = parser
        self.body = body
        self.may_switch = may_switch
        self.reading = reading
        self.error: Finding | None = None
        self.findings: list[Finding] = []
        self.more = 0
        self.gravest = _GOES_ON
        self.skipping = 0  # how many elements are open of a subtree that is skipped
        self.stack: list[_Open] = []
        self.open: _Open = (_OUTSIDE, {}, 1, 0, [], [])
        if not body.startswith(_USUAL_DECLARATIONS):
            parser.XmlDeclHandler = self.declaration
        parser.StartDoctypeDeclHandler = self.doctype
        skips = reading.bad_value == "skipped"
        parser.StartElementHandler = self.start_or_skip if skips else self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text

    def document(self) -> Document:
        if self.more:
            message = f"The document has {self.more} more warnings, which are not listed."
            self.findings.append(finding("12200", message))
        if self.error is not None:
            return Document("none", findings=tuple(self.findings), error=self.error)
        return Document("twiml", self.open[5][0].children, "", tuple(self.findings))

    def here(self, code: str, message: str, element: str = "") -> Finding:
        at = self.parser
        line, column = at.CurrentLineNumber, at.CurrentColumnNumber
        return finding(code, message, line=line, column=column, element=element)

    def warn(
        self, element: str, sentence: Callable[[str, str], str], name: str, key: str, code: str
    ) -> None:
        if len(self.findings) < MAX_FINDINGS:  # only then: finding what was meant takes its time
            message = sentence(advice.cut(name), key)
            self.findings.append(self.here(code, message, element))
        else:
            self.more += 1

    def keeps(self, element: Element, name: str, value: str) -> bool:
        """Complain of a value that does not fit; whether it is kept."""
        attribute, reading = element.checks[name], self.reading
        kind = attribute.value
        if kind.fits(value) and (reading.words == "any_case" or kind.spelt(value)):
            if kind is URL:
                self.look_at_url(element.name, f"{name}=", value)
            return True
        at = self.parser
        place = (at.CurrentLineNumber, at.CurrentColumnNumber)
        code = attribute.code
        if self.open[0].name == "Gather":
            code = IN_GATHER.get(code, code)
        if _is_error(code) and _excused(kind, value, reading):
            code = "12200"  # of 13338 alone a page says that nothing at all is one
        then = reading.bad_value if code and code not in LATER else ""
        self.complain(
            code,
            element.name,
            place,
            lambda: advice.value(name, value, attribute, code, reading),
            ends=then == "ends",
        )
        if then == "skipped":
            raise _SkippedError
        return not code

    def look_at_url(
        self, element: str, said: str, url: str, place: tuple[int, int] | None = None
    ) -> None:
        """Complain of a URL that will fail when it is asked; ``said``: what stands before it."""
        if what := url_flaw(url, self.reading.raw_characters):
            at = self.parser
            place = place or (at.CurrentLineNumber, at.CurrentColumnNumber)
            self.complain(URL_FAILS, element, place, lambda: advice.url_fails(said, url, what))

    def complain(
        self,
        code: str,
        element: str,
        place: tuple[int, int],
        sentence: Callable[[], str],
        *,
        ends: bool = False,
    ) -> None:
        """Add a finding; ``code`` "" stands for VALUE_UNKNOWN.

        ``ends``: the document is given up for it, whatever its level.
        """
        grave = _GIVES_UP if ends else _gravity(code, self.reading)
        if len(self.findings) >= MAX_FINDINGS and grave <= self.gravest:
            self.more += 1
            return
        self.gravest = max(self.gravest, grave)
        code = code or VALUE_UNKNOWN
        level = _OWN.get(code) or CODES[code][0]
        found = Finding(code, level, sentence(), *place, element)
        self.findings.append(found)
        if grave == _GIVES_UP and self.error is None:
            self.error = found

    # --- events ---------------------------------------------------------------------------------

    def declaration(self, version: str, encoding: str | None, _standalone: int) -> None:
        if version not in ("1.0", "1.1"):
            message = f"There is no XML version {advice.cut(version)!r}: write 1.0."
            raise _RefusedError(self.here("12101", message))
        name = (encoding or "utf-8").lower()
        if name in _EXPAT_KNOWS or not self.may_switch:
            return
        if is_encoding(name):
            raise _DeclaredError(name)
        raise _RefusedError(self.here("12100", _about_encoding(name)))

    def doctype(self, _name: str, _system: str | None, _public: str | None, own: bool) -> None:
        """A DTD elsewhere is not fetched, and one in the document could be a bomb."""
        if own:
            message = "A <!DOCTYPE> that declares something of its own is not read as TwiML."
            raise _RefusedError(self.here("12100", message))
        if self.reading.doctype == "refused":
            raise _RefusedError(self.here("12100", "A <!DOCTYPE> may not stand in TwiML."))
        self.parser.SkippedEntityHandler = self.skipped_entity

    def skipped_entity(self, _name: str, _parameter: bool) -> None:
        raise _RefusedError(self.here("12100", advice.UNKNOWN_ENTITY))

    def start(self, name: str, attrs: dict[str, str]) -> None:
        if len(self.stack) + self.skipping >= MAX_DEPTH:
            message = f"Elements are nested more than {MAX_DEPTH} deep."
            raise _RefusedError(self.here("12100", message, advice.cut(name)))
        if self.skipping:
            self.skipping += 1
            return
        parent = self.open
        element = parent[0].children.get(name)
        if element is None:
            self.unknown(advice.cut(name), parent[0])
            return
        known, usual = element.attributes, element.usual
        attributes = {}
        for key, value in attrs.items():
            if (kept := known.get(key)) is None:
                if not key.startswith(("xmlns:", "xsi:")):
                    self.warn(element.name, advice.unknown_attribute, key, element.key, "12200")
            elif (
                (good := usual.get(key)) is None
                or value in good
                or self.keeps(element, kept, value)
            ):
                attributes[kept] = value
        at = self.parser
        self.stack.append(parent)
        self.open = (element, attributes, at.CurrentLineNumber, at.CurrentColumnNumber, [], [])

    def start_or_skip(self, name: str, attrs: dict[str, str]) -> None:
        """Take the start of an element where a bad value costs the whole of it."""
        try:
            self.start(name, attrs)
        except _SkippedError:
            self.skipping = 1

    def unknown(self, name: str, parent: Element) -> None:
        if parent is _OUTSIDE:
            message = f"The root of the document is <{name}>; it must be <Response>."
            page = advice.looks_like_html(self.body)
            self.error = self.here("12102", f"{message} {page}".rstrip(), name)
            self.findings.append(self.error)
            self.skipping = 1
            return
        code = _NESTING.get(parent.key, "12200") if name in PLACES else "12200"
        self.warn(name, advice.unknown_element, name, parent.key, code)
        if self.reading.unknown_element == "skipped":
            self.skipping = 1
        else:
            self.parser.EndElementHandler = self.end_or_pass
            self.stack.append(self.open)
            self.open = (parent, _SEEN_THROUGH, 0, 0, self.open[4], self.open[5])

    def text(self, data: str) -> None:
        if self.skipping:
            return
        element, _, _, _, texts, _ = self.open
        if element.has_text:
            texts.append(data)
        elif not texts and data.strip(" \t\r\n"):
            texts.append(data)  # so that it is said once
            self.warn(element.name, advice.stray_text, data, element.key, "12200")

    def end(self, _name: str) -> None:
        if self.skipping:
            self.skipping -= 1
            return
        element, attributes, line, column, texts, children = self.open
        self.open = parent = self.stack.pop()
        text = "".join(texts) if texts and element.has_text else ""
        if element.spoken:
            parent[4].append(text if element.name not in _PAUSING else f" {text} ")
        if text:
            text = " ".join(text.split()) if element.name == "Say" else text.strip()
        verb = Verb(element.name, attributes, text, tuple(children), line, column)
        rule = RULES.get(element.key)
        if rule is not None and (broken := rule(verb)) is not None:
            code, sentence = broken
            self.complain(code, element.name, (line, column), lambda: sentence)
            if code == TOO_LONG:
                verb = verb._replace(text=spoken(verb, self.reading.long_say))
        elif element.name == "Redirect":
            self.look_at_url(element.name, "This <Redirect> leads to ", text, (line, column))
        parent[5].append(verb)

    def end_or_pass(self, name: str) -> None:
        """Take the end of an element in a document of which the children of unknown ones count."""
        if not self.skipping and self.open[1] is _SEEN_THROUGH:
            self.open = self.stack.pop()
        else:
            self.end(name)


def _excused(kind: Value[object], value: str, reading: Reading) -> bool:
    """Whether a value that is none is not held to be the ERROR that others would be."""
    if not value.strip():
        return reading.empty_value == "default"
    loose = kind.nearly(value) and not kind.fits(value)
    return loose and reading.loose_value == "default"


def _is_error(code: str) -> bool:
    """Whether that code is an ERROR at Twilio; "" is none."""
    return bool(code) and code not in _OWN and CODES[code][0] is Level.ERROR


def _gravity(code: str, reading: Reading) -> int:
    if not _is_error(code):
        return _GOES_ON
    later = reading.bad_url == "later" if code in LATER else reading.value_error == "warns"
    return _LATER if later else _GIVES_UP


_NESTING: Final = MappingProxyType({"Gather": "13320", "Dial": "13215"})
"""Codes of an element that is known, but may not stand in this one; in others it is 12200."""
_PAUSING: Final = frozenset({"break", "p", "s"})
"""SSML that keeps the words before and after it apart."""
