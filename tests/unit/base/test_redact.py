"""Secrets stay out of everything, wherever they stand in it."""

from voicesim.base.findings import Finding, Level
from voicesim.base.redact import Redactor

HIDE = Redactor(("s3cr3t", ""))


def test_text() -> None:
    assert HIDE("a s3cr3t b") == "a [hidden] b"
    assert Redactor(("",))("as it was") == "as it was"


def test_every_text_in_nested_data() -> None:
    finding = Finding("x", Level.ERROR, "said s3cr3t", url="http://h/s3cr3t")
    given = {"a": [finding, b"<s3cr3t>"], "b": ("s3cr3t", 7, None, 1.5)}
    assert HIDE.deep(given) == {
        "a": [Finding("x", Level.ERROR, "said [hidden]", url="http://h/[hidden]"), b"<[hidden]>"],
        "b": ("[hidden]", 7, None, 1.5),
    }


def test_what_holds_no_secret_is_the_same_object() -> None:
    finding = Finding("x", Level.ERROR, "nothing")
    assert HIDE.deep(finding) is finding
