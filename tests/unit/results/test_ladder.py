"""The ladder: nothing of an agent reaches a terminal as it came; runs compare to the byte."""

from itertools import permutations

import pytest

from voicesim.base.findings import Finding, Level
from voicesim.call.entries import Came, Ended, Entry, Found, Heard, Said, Sent
from voicesim.call.events import Kind
from voicesim.call.talk import Listening, Prompt, Reply, Speech
from voicesim.results.ladder import (
    MAX_BODY_LINES,
    MAX_LINE,
    Line,
    Mark,
    body_lines,
    clean,
    found_line,
    lines,
    transcript,
)

ORIGIN = "http://127.0.0.1:8000"
URL = ORIGIN + "/voice"
# colours, a title, a cleared screen, C1, a bell, a return, bidi, zero width, a lone surrogate
HOSTILE = "\x1b[31mred\x1b]0;title\x07\x9b2Jx\r\x08y\u202ez\u200b\ud800\x00\x7f\u2028end"


def sent(id_: int = 0, at: float = 0.0, *, steers: bool = True, url: str = URL) -> Sent:
    kind = Kind.VOICE if steers else Kind.STATUS
    return Sent(at, id_, kind, "POST", url, (("SequenceNumber", str(id_)),), steers)


def came(
    id_: int = 0,
    at: float = 0.0,
    body: bytes = b"",
    *,
    steers: bool = True,
    status: int = 200,
    content_type: str = "text/xml",
) -> Came:
    return Came(at, id_, status, content_type, body, 0.0123, steers)


def plain(entry: Entry, *, timing: bool = False) -> list[str]:
    return [line.plain() for line in lines(entry, ORIGIN, timing=timing)]


# --- what may not reach a terminal --------------------------------------------------------------


@pytest.mark.parametrize(
    "entry",
    [
        sent(url=ORIGIN + "/" + HOSTILE),
        Sent(0.0, 0, Kind.GATHER, "POST", URL, (("SpeechResult", HOSTILE),), True),
        came(body=HOSTILE.encode("utf-8", "replace")),
        came(body=b"\x1b[2J\x9b\xff\xfe" + HOSTILE.encode("utf-16", "replace") + b"end"),
        came(body=b"x", content_type="text/xml" + HOSTILE),
        Heard(0.0, Prompt(HOSTILE, 1.0, audio=(HOSTILE,))),
        Said.of(0.0, Reply(speech=Speech(HOSTILE, HOSTILE + "!", 0.5, 1.0))),
        Said.of(0.0, Reply(digits=HOSTILE, hangs_up=True, why=HOSTILE)),
        Found(0.0, Finding("12200", Level.WARNING, HOSTILE, 1, 2, HOSTILE)),
        Ended(0.0, HOSTILE),
    ],
    ids=lambda entry: type(entry).__name__,
)
def test_terminal_escapes_are_shown_and_not_obeyed(entry: Entry) -> None:
    rows = plain(entry, timing=True)
    assert rows
    for row in rows:
        assert row.isprintable(), row
    assert any("end" in row for row in rows)


def test_what_an_escape_looks_like() -> None:
    assert clean("a\x1b[31mb\u202e") == r"a\x1b[31mb\u202e"
    assert clean("été — 日本 👋") == "été — 日本 👋"
    assert clean(" two\n\t lines ") == "two lines"
    assert body_lines(b"a\tb\x1b[0m\r\nc\x00") == [r"a    b\x1b[0m", r"c\x00"]


def test_long_texts_are_cut() -> None:
    assert clean("x" * MAX_LINE) == "x" * MAX_LINE
    assert clean("x" * 401) == "x" * 400 + "... (401 characters)"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (URL, "/voice"),
        (ORIGIN, "/"),
        (ORIGIN + "?a=1", "?a=1"),
        (ORIGIN + "/", "/"),
        (ORIGIN + "0/voice", ORIGIN + "0/voice"),  # another port
        (ORIGIN + ".evil.test/x", ORIGIN + ".evil.test/x"),
        (ORIGIN + "@evil.test/x", "http://evil.test/x"),  # credentials are not shown
        ("https://other.test/x", "https://other.test/x"),
    ],
)
def test_only_the_agents_own_origin_is_left_out(url: str, shown: str) -> None:
    assert plain(sent(url=url))[0] == f"   0.00 s  --> POST {shown}"
    assert clean(f"{url} answered", ORIGIN) == f"{shown} answered"


def test_without_an_origin_urls_are_whole() -> None:
    assert next(lines(sent(), "", timing=False)).text == f"POST {URL}"


# --- documents ----------------------------------------------------------------------------------


def test_a_short_document_stays_as_it_is() -> None:
    assert body_lines(b"<Response>\n  <Say>hi</Say>\n\n</Response>\n") == [
        "<Response>",
        "  <Say>hi</Say>",
        "</Response>",
    ]
    assert body_lines(b"<Response><Say>hi</Say></Response>") == [
        "<Response><Say>hi</Say></Response>"
    ]
    assert body_lines(b"") == []


def test_a_document_on_one_long_line_gets_an_element_a_line() -> None:
    rows = body_lines(b"<Response>" + b"<Say>hello there</Say>" * 6 + b"</Response>")
    assert rows == ["<Response>", *["<Say>hello there</Say>"] * 6, "</Response>"]


@pytest.mark.parametrize(
    ("body", "last", "count"),
    [
        (b"<x/>\n" * MAX_BODY_LINES, "<x/>", MAX_BODY_LINES),
        (b"<x/>\n" * (MAX_BODY_LINES + 1), "...", MAX_BODY_LINES + 1),
        (b"<x/>\n" * 10_000, "...", MAX_BODY_LINES + 1),
        (b"y" * 401, "y" * 400 + "...", 1),
        (b"y" * 60_000, "...", 2),
        (b"\n" * 60_000 + b"<Response/>", "...", 1),
    ],
)
def test_a_long_document_is_cut_and_says_so(body: bytes, last: str, count: int) -> None:
    rows = body_lines(body)
    assert (rows[-1], len(rows)) == (last, count)
    assert all(len(row) <= MAX_LINE + 3 for row in rows)


# --- whole ladders ------------------------------------------------------------------------------

LISTENING = Listening(speech=True, dtmf=True, timeout_s=5.0)
CALL: tuple[Entry, ...] = (
    sent(0, steers=False, url=ORIGIN + "/status"),
    sent(1),
    came(1, 0.5, b"<Response/>"),
    Found(0.5, Finding("12200", Level.WARNING, f"Odd at {URL}.", 2, 4, "Foo", URL)),
    Heard(0.5, Prompt("Who is it?", 1.0, audio=("a.mp3",), listening=LISTENING)),
    Heard(0.6, Prompt("", 1.0)),
    Said.of(2.0, Reply(speech=Speech("It's Ann.", "its ann", 0.87, 1.0))),
    Said.of(3.0, Reply(speech=Speech("Ann", None, None, 1.0))),
    Said.of(4.0, Reply(speech=Speech("Ann", "Ann", None, 1.0))),
    Heard(4.0, Prompt("", 1.0, listening=LISTENING._replace(recording=True))),
    Said.of(5.0, Reply(digits="12#")),
    Said.of(6.0, Reply(hangs_up=True, why="enough")),
    came(0, 6.5, status=0, steers=False),
    Found(6.5, Finding("15003", Level.WARNING, "It failed."), beside=0),
    Ended(7.0, "the caller hung up"),
)


def test_a_ladder() -> None:
    assert [row for entry in CALL for row in plain(entry, timing=True)] == [
        "   0.00 s  --> POST /status",
        "               beside the call",
        "               SequenceNumber=0",
        "   0.00 s  --> POST /voice",
        "               SequenceNumber=1",
        "   0.50 s  <-- 200 text/xml 11 bytes in 12 ms",
        "               <Response/>",
        "           WARNING 12200 line 2 column 4: Odd at /voice.",
        '   0.50 s  agent  "Who is it?" (plays a.mp3) [listens for speech and keys]',
        '   2.00 s  caller "It\'s Ann."',
        '               reported as "its ann", 0.87 sure',
        '   3.00 s  caller "Ann"',
        "               the recogniser reports nothing",
        '   4.00 s  caller "Ann"',
        "   4.00 s  agent  [records]",
        "   5.00 s  caller presses 12#",
        "   6.00 s  caller hangs up: enough",
        "   6.50 s  <-- no answer",
        "           WARNING 15003: It failed.",
        "   7.00 s  the line is down: the caller hung up",
    ]


def test_a_transcript_has_no_response_times_and_answers_beside_the_call_behind_their_webhook() -> (
    None
):
    rows = transcript(CALL, ORIGIN)
    assert rows[:7] == [
        "   0.00 s  --> POST /status",
        "               beside the call",
        "               SequenceNumber=0",
        "   0.00 s  <-- no answer",
        "           WARNING 15003: It failed.",
        "   0.00 s  --> POST /voice",
        "               SequenceNumber=1",
    ]
    assert rows[7] == "   0.50 s  <-- 200 text/xml 11 bytes"
    assert len(rows) == 20


def test_a_transcript_does_not_depend_on_when_answers_beside_the_call_came() -> None:
    calls = [sent(0, steers=False), sent(1, steers=False), sent(2), came(2), Ended(9.0, "done")]
    late: list[tuple[Entry, ...]] = [
        (came(0, 1.0, status=204, steers=False),),
        (
            came(1, 2.0, status=500, steers=False),
            Found(2.0, Finding("15003", Level.WARNING, "It failed."), beside=1),
        ),
    ]
    seen = set()
    for order in permutations(late):
        for place in range(2, 6):
            entries = [*calls[:place], *order[0], *calls[place:], *order[1]]
            shifted = [
                e._replace(at=e.at + place) if e in (*late[0], *late[1]) else e for e in entries
            ]
            seen.add(tuple(transcript(shifted, ORIGIN)))
    assert len(seen) == 1


def test_lines_know_what_they_are_about() -> None:
    marks = {line.mark for entry in CALL for line in lines(entry, ORIGIN, timing=False)}
    assert marks == set(Mark) - {Mark.ERROR, Mark.NOTICE}
    assert [found_line(Finding("x", level, "m")).mark for level in Level] == [
        Mark.ERROR,
        Mark.WARNING,
        Mark.NOTICE,
    ]
    turned = found_line(Finding("x", Level.ERROR, "m").in_turn(3).in_turn(4))
    assert turned.text == "ERROR x turn 3: m"
    assert Line(None, Mark.BODY, "    text").plain() == "               text"


def test_credentials_in_a_document_are_not_shown() -> None:
    rows = body_lines(b"<Redirect>http://user:pass@agent.test/x</Redirect>")
    assert rows == ["<Redirect>http://agent.test/x</Redirect>"]
