"""Stack traces are told from what people say."""

import pytest

from voicesim.line.traces import trace_in


@pytest.mark.parametrize(
    ("body", "language"),
    [
        (b'Traceback (most recent call last):\n  File "/srv/a.py", line 8, in gather\n', "Python"),
        (b"TypeError: x is undefined\n    at Object.<anonymous> (/srv/a.js:3:9)\n", "JavaScript"),
        (b"TypeError\n    at async handler (file:///srv/a.mjs:12:5)\n", "JavaScript"),
        (b"java.lang.NullPointerException\n\tat com.agent.Voice.post(Voice.java:41)\n", "Java"),
        (b"PHP Fatal error:  Uncaught Error in /srv/a.php:3\nStack trace:\n#0 {main}", "PHP"),
        (b"app.rb:12:in `voice': undefined (NoMethodError)\n", "Ruby"),
        (b"panic: boom\n\ngoroutine 1 [running]:\nmain.main()\n", "Go"),
        (b"System.Exception: no\n   at Agent.Voice.Post() in C:\\a\\Voice.cs:line 4\n", ".NET"),
        (b"Internal Server Error\n", ""),
        (b"<Response>\n  <Say>We are at the corner (of Main Street).</Say>\n</Response>", ""),
        (b"<Response><Say>Call us\n at 416-555-0142 or at 3:30:00</Say></Response>", ""),
        (b"", ""),
        (b"\n" * 60_000, ""),
        (b"\n at " * 13_000, ""),
        (b"\n at /" * 11_000, ""),
        (b"PHP Fatal error:" * 4_000, ""),
    ],
)
def test_a_trace_and_its_language(body: bytes, language: str) -> None:
    assert trace_in(body) == language
