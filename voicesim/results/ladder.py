"""A call as a ladder: what went over the wire and what was said, line by line.

The lines hold no styling, only a kind; the terminal and the reports dress them. Nothing an agent
sends reaches a terminal as it came: control characters are shown, long documents are cut.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from voicesim.base.findings import Finding, Level
from voicesim.call.entries import Came, Ended, Entry, Found, Heard, Said, Sent
from voicesim.call.talk import Prompt

MAX_BODY_LINES = 40
MAX_LINE = 400
WIDE = 120
INDENT = " " * 4


class Mark(StrEnum):
    """What a line is about."""

    SENT = "sent"
    CAME = "came"
    BODY = "body"
    HEARD = "heard"
    SAID = "said"
    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"
    ENDED = "ended"


LEVEL_MARKS = {Level.ERROR: Mark.ERROR, Level.WARNING: Mark.WARNING, Level.NOTICE: Mark.NOTICE}
_CREDENTIALS = re.compile(r"//[^/?#\s@\"'<>]*@")
ARROWS = {
    Mark.SENT: "-->",
    Mark.CAME: "<--",
    Mark.HEARD: "agent ",
    Mark.SAID: "caller",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``at`` seconds on the call's clock (None where it goes on), its mark and text."""

    at: float | None
    mark: Mark
    text: str

    def plain(self) -> str:
        """The line as text alone."""
        at = " " * 9 if self.at is None else f"{self.at:7.2f} s"
        arrow = ARROWS.get(self.mark, "") if self.at is not None else ""
        return f"{at}  {arrow}{' ' if arrow else ''}{self.text}".rstrip()


def lines(entry: Entry, origin: str, *, timing: bool) -> Iterator[Line]:
    """The lines of one entry; URLs at ``origin`` are shortened to their path.

    ``timing`` adds the real response time, which no two runs share.
    """
    match entry:
        case Sent():
            yield from _sent(entry, origin)
        case Came():
            yield Line(entry.at, Mark.CAME, _came(entry, timing=timing))
            for text in body_lines(entry.body):
                yield Line(None, Mark.BODY, INDENT + text)
        case Heard():
            text = _heard(entry.prompt)
            if text:
                yield Line(entry.at, Mark.HEARD, text)
        case Said():
            yield from _said(entry)
        case Found():
            yield found_line(entry.finding, origin)
        case Ended():
            yield Line(entry.at, Mark.ENDED, f"the line is down: {clean(entry.why, origin)}")


def found_line(finding: Finding, origin: str = "") -> Line:
    """A finding on one line: level, code, place, message."""
    place = f" turn {finding.turn}" if finding.turn else ""
    if finding.line is not None:
        place += f" line {finding.line}"
        place += f" column {finding.column}" if finding.column is not None else ""
    message = clean(finding.message, origin)
    text = f"{finding.level} {finding.code}{place}: {message}"
    return Line(None, LEVEL_MARKS[finding.level], text)


def transcript(entries: Sequence[Entry], origin: str) -> list[str]:
    """The call in a form that two runs with the same seed share to the byte.

    Without response times, and with the answers to webhooks beside the call right behind them:
    when those come in is the network's affair.
    """
    beside: dict[int, list[Entry]] = {}
    kept: list[Entry] = []
    for entry in entries:
        id_ = _answers(entry)
        if id_ is None:
            kept.append(entry)
        else:
            beside.setdefault(id_, []).append(entry)
    ordered: list[Entry] = []
    for entry in kept:
        ordered.append(entry)
        if isinstance(entry, Sent):
            ordered += [late._replace(at=entry.at) for late in beside.get(entry.id, ())]
    return [line.plain() for entry in ordered for line in lines(entry, origin, timing=False)]


def _answers(entry: Entry) -> int | None:
    """The webhook beside the call whose answer ``entry`` is or belongs to."""
    if isinstance(entry, Came) and not entry.steers:
        return entry.id
    return entry.beside if isinstance(entry, Found) else None


def clean(text: str, origin: str = "") -> str:
    """``text`` on one line, printable, of bounded length, without the agent's own origin."""
    if origin:
        whole = re.escape(origin) + r"([/?#]|(?![\w.:@%-]))"  # not a longer host or port
        text = re.sub(whole, lambda found: found[1] or "/", text)
    text = _CREDENTIALS.sub("//", text)
    text = " ".join(text.split())
    shown = text if len(text) <= MAX_LINE else f"{text[:MAX_LINE]}... ({len(text)} characters)"
    return printable(shown)


def printable(text: str) -> str:
    """``text`` on one line, with what a terminal might obey shown as an escape."""
    if text.isprintable():
        return text
    return "".join(" " if c.isspace() else _cell(c) for c in text)


def body_lines(body: bytes) -> list[str]:
    """A document for reading: an element a line where lines are long, cut after MAX_BODY_LINES."""
    shown = body[: MAX_BODY_LINES * MAX_LINE]
    text = _CREDENTIALS.sub("//", shown.decode("utf-8", "replace"))
    rows = text.splitlines()
    if any(len(row) > WIDE for row in rows):
        rows = text.replace("><", ">\n<").splitlines()
    rows = [row for row in rows if row.strip()]
    more = ["..."] if len(rows) > MAX_BODY_LINES or len(shown) < len(body) else []
    return [*(_row(row) for row in rows[:MAX_BODY_LINES]), *more]


def _row(row: str) -> str:
    end = "..." if len(row) > MAX_LINE else ""
    return "".join(_cell(c) for c in row[:MAX_LINE]) + end


def _cell(character: str) -> str:
    if character == "\t":
        return "    "
    return character if character.isprintable() else ascii(character)[1:-1]


def _short(url: str, origin: str) -> str:
    return clean(url, origin)


def _sent(entry: Sent, origin: str) -> Iterator[Line]:
    yield Line(entry.at, Mark.SENT, f"{entry.method} {_short(entry.url, origin)}")
    if not entry.steers:
        yield Line(None, Mark.SENT, f"{INDENT}beside the call")
    for name, value in entry.extra:
        yield Line(None, Mark.SENT, f"{INDENT}{name}={clean(value)}")


def _came(entry: Came, *, timing: bool) -> str:
    if not entry.status:
        return "no answer"
    words = [str(entry.status)]
    if entry.body:
        words += [clean(entry.content_type), f"{len(entry.body)} bytes"]
    if timing:
        words.append(f"in {entry.elapsed_s * 1000:.0f} ms")
    return " ".join(words)


def _heard(prompt: Prompt) -> str:
    parts = [f'"{clean(prompt.text)}"'] if prompt.text else []
    parts += [f"(plays {clean(url)})" for url in prompt.audio]
    if prompt.listening:
        listening = prompt.listening
        if listening.recording:
            parts.append("[records]")
        else:
            kinds = [k for k, on in (("speech", listening.speech), ("keys", listening.dtmf)) if on]
            parts.append(f"[listens for {' and '.join(kinds)}]")
    return " ".join(parts)


def _said(said: Said) -> Iterator[Line]:
    if said.speech:
        speech = said.speech
        yield Line(said.at, Mark.SAID, f'"{clean(speech.meant)}"')
        sure = "" if speech.confidence is None else f", {speech.confidence:.2f} sure"
        if speech.reported is None:
            yield Line(None, Mark.SAID, f"{INDENT}the recogniser reports nothing")
        elif speech.reported != speech.meant or sure:
            yield Line(None, Mark.SAID, f'{INDENT}reported as "{clean(speech.reported)}"{sure}')
    elif said.digits:
        yield Line(said.at, Mark.SAID, f"presses {clean(said.digits)}")
    if said.hangs_up:
        yield Line(said.at, Mark.SAID, "hangs up" + (f": {clean(said.why)}" if said.why else ""))
