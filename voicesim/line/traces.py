"""Whether an answer shows what is within the agent: a stack trace, of whatever language."""

import re

_READ = 8_192
"""Bytes of an answer that are looked at: a trace begins early."""
_TRACES = {
    "Python": rb"Traceback \(most recent call last\):",
    "JavaScript": rb"\n[ \t]{1,16}at [^\n]{1,200}\(?(?:/|file:|node:)[^\n]{1,200}:\d+:\d+\)?",
    "Java": rb"\n[ \t]{1,16}at [\w.$]+\([\w$]+\.(?:java|kt|scala):\d+\)",
    "PHP": rb"(?:PHP )?(?:Fatal error|Stack trace):[^\n]{0,300}(?:\n#0 |\.php)",
    "Ruby": rb"\.rb:\d+:in [`']",
    "Go": rb"goroutine \d+ \[running\]:",
    ".NET": rb"\n[ \t]{1,16}at [\w.<>]+\([^\n)]{0,200}\) in [^\n]{1,200}:line \d+",
}
_PATTERNS = {name: re.compile(pattern) for name, pattern in _TRACES.items()}


def trace_in(body: bytes) -> str:
    """The language whose stack trace is in ``body``, or ""."""
    if b"\n" not in body and b"<br" not in body:
        return ""
    body = body[:_READ]
    return next((name for name, pattern in _PATTERNS.items() if pattern.search(body)), "")
