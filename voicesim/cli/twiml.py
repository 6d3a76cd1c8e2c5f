"""``voicesim twiml``: a linter for TwiML documents, for an editor or CI."""

import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from voicesim.base.errors import ConfigError
from voicesim.base.findings import Finding, Level
from voicesim.cli import options
from voicesim.cli.typed import FAIL, PASS
from voicesim.line.assumed import DOCUMENTS, assumed
from voicesim.output.printing import tell, tell_json
from voicesim.twilio.codes import LATER
from voicesim.twilio.reader import URL_FAILS
from voicesim.twilio.twiml import Document, parse

STANDARD_INPUT = "-"
READ_AT_MOST = 1 << 20
"""Bytes of a file: far more than Twilio takes, and what is longer is an error all the same."""
GIVES_UP = "Twilio gives up on it: the fallback URL, or an error message and the call's end."
TAKEN = "We take it that Twilio gives up on it (--assume {})."
DOES = {
    Level.ERROR: "Twilio logs it and goes on.",
    Level.WARNING: "Twilio logs it and goes on.",
    Level.NOTICE: "Twilio has no code for it.",
}
"""What Twilio does about a finding that it does not give up the document for."""
NOT_YET = "Nothing happens before it is asked."
_NO_DOCUMENT = ("117", "12")
"""How the codes of ERRORs begin that leave no document to be carried out."""
DOES_LATER = "Twilio carries out what stands before it."


@dataclass(frozen=True, slots=True)
class Linted:
    """One file and what is in it."""

    file: str
    document: Document

    @property
    def findings(self) -> list[Finding]:
        """In the order of the file."""
        return sorted(self.document.findings, key=lambda f: (f.line or 0, f.column or 0))


def twiml(
    files: Annotated[list[str], typer.Argument(help="TwiML files; - is what is piped in.")],
    content_type: Annotated[
        str, typer.Option(help="The Content-Type that the agent answers with.")
    ] = "text/xml",
    assume: options.Assume = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Check TwiML as Twilio would, one line a finding; exit code 1 when there are errors."""
    reading = assumed(assume or [], DOCUMENTS).terms.reading
    linted = [Linted(name, parse(_read(name), content_type, reading)) for name in files]
    levels = [found.level for one in linted for found in one.findings]
    given_up = any(one.document.failed for one in linted)
    code = FAIL if given_up or Level.ERROR in levels else PASS
    if as_json:
        counts = {level.value.lower() + "s": levels.count(level) for level in Level}
        found = {"files": [_as_dict(one) for one in linted], **counts, "exit_code": code}
        tell_json(found)
    else:
        tell(_line(one, each) for one in linted for each in one.findings)
    raise typer.Exit(code)


def _read(name: str) -> bytes:
    try:
        if name == STANDARD_INPUT:
            return sys.stdin.buffer.read(READ_AT_MOST)
        with Path(name).open("rb") as file:
            return file.read(READ_AT_MOST)
    except OSError as error:
        raise ConfigError([f"{name} cannot be read: {error.strerror or error}"]) from None


def _line(one: Linted, found: Finding) -> str:
    place = f"{one.file}:{found.line or 1}:{found.column or 0}"
    return f"{place} {found.level} {found.code} {found.message} {_does(one, found)}"


def _does(one: Linted, found: Finding) -> str:
    gives_up = one.document.failed and found.level is Level.ERROR
    if found.level is Level.ERROR and found.code.startswith(_NO_DOCUMENT):
        return GIVES_UP
    if gives_up or found == one.document.error:
        return TAKEN.format(_switch(found))
    if found.code == URL_FAILS:
        return NOT_YET
    return DOES_LATER if found.code in LATER else DOES[found.level]


def _switch(found: Finding) -> str:
    """The assumption by which a document is given up for a value."""
    if found.level is not Level.ERROR:
        return "bad_value"
    return "bad_url" if found.code in LATER else "value_error"


def _as_dict(one: Linted) -> dict[str, object]:
    findings = [asdict(found) | {"twilio": _does(one, found)} for found in one.findings]
    for each in findings:
        del each["turn"]  # a document is of no turn
    return {"file": one.file, "kind": one.document.kind, "findings": findings}
