"""A document as it was read: verbs to carry out, and what Twilio would log."""

from typing import Literal, NamedTuple

from voicesim.base.findings import Finding

Kind = Literal["twiml", "text", "audio", "none"]


class Verb(NamedTuple):
    """One element.

    ``text`` is the element's own text, stripped; of a Say everything that is said, with the text of
    its SSML and with single spaces, cut where Twilio stops. ``line`` counts from 1, ``column``
    from 0.
    """

    name: str
    attributes: dict[str, str]
    text: str
    children: tuple["Verb", ...]
    line: int
    column: int


class Document(NamedTuple):
    """An answer, read.

    ``kind`` says what to do: carry out ``verbs``, speak ``text``, play the body itself (audio), or
    nothing (none: ``error``, one of the ``findings``, is why Twilio gives up on this answer).
    """

    kind: Kind
    verbs: tuple[Verb, ...] = ()
    text: str = ""
    findings: tuple[Finding, ...] = ()
    error: Finding | None = None

    @property
    def failed(self) -> bool:
        """Whether Twilio gives up on this answer."""
        return self.kind == "none"
