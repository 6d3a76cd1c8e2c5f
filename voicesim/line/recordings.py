"""What callers left with a Record can be fetched: silence, as long as what was recorded.

A recording's id tells its length, so that nothing is kept, and any process of ours can serve what
another one recorded. As at Twilio (page on Recordings): WAV unless ``.mp3`` is asked for, 8 kHz.
"""

import os
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import gevent  # type: ignore[import-untyped]
from gevent.pool import Pool  # type: ignore[import-untyped]
from gevent.pywsgi import WSGIServer  # type: ignore[import-untyped]

from voicesim.base.hosts import host_of, is_loopback
from voicesim.call.terms import Terms
from voicesim.line.named import origin_of
from voicesim.twilio.callback_fields import recorded_s

VARIABLE = "VOICESIM_RECORDINGS"
"""The origin of a ``voicesim recordings`` that an agent on another machine can reach."""
TERMS = Terms()
AT_ONCE = 64
RATE = 8_000
WAV_SECOND = bytes(2 * RATE)
MP3_FRAME = bytes.fromhex("ffe348c4") + bytes(284)
"""A silent frame of MPEG 2.5, layer III, 32 kbit/s: 576 samples of one channel at 8 kHz."""
StartResponse = Callable[[str, list[tuple[str, str]]], Any]


def terms_for(url: str, terms: Terms = TERMS) -> Terms:
    """``terms`` for calls to ``url``: what they record is at an origin that the agent can reach.

    That is the one which the environment names; else, for an agent on this machine, a server of
    this process; else Twilio's own, where nothing is to be had.
    """
    named = os.environ.get(VARIABLE, "")
    if named:
        return replace(terms, recordings=origin_of(named))
    return replace(terms, recordings=_own()) if is_loopback(host_of(url)) else terms


@cache
def _own() -> str:
    """The origin of this process's server, which is started when it is first needed."""
    server = serve("127.0.0.1", 0)
    server.start()
    return f"http://127.0.0.1:{server.server_port}"


def serve(host: str, port: int) -> WSGIServer:
    """A server of recordings, not started."""
    return WSGIServer((host, port), answer, log=None, error_log=None, spawn=Pool(AT_ONCE))


def answer(environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
    """GET or HEAD of /2010-04-01/Accounts/AC.../Recordings/RE..., with .wav, .mp3 or neither."""
    *path, name = environ["PATH_INFO"].split("/")
    sid, _, kind = name.partition(".")
    duration_s = recorded_s(sid) if path[-1:] == ["Recordings"] and kind in _KINDS else None
    if duration_s is None or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        start("404 Not Found", [("Content-Type", "text/plain")])
        return [b"GET /2010-04-01/Accounts/AC.../Recordings/RE...\n"]
    content_type, length, pieces = _KINDS[kind](duration_s)
    start("200 OK", [("Content-Type", content_type), ("Content-Length", str(length))])
    return () if environ["REQUEST_METHOD"] == "HEAD" else pieces


def _wav(duration_s: int) -> tuple[str, int, Iterator[bytes]]:
    size = duration_s * len(WAV_SECOND)
    form = struct.pack("<HHIIHH", 1, 1, RATE, 2 * RATE, 2, 16)  # PCM, one channel, 16 bits
    head = b"RIFF" + struct.pack("<I", 36 + size) + b"WAVE"
    head += b"fmt " + struct.pack("<I", 16) + form + b"data" + struct.pack("<I", size)
    return "audio/x-wav", len(head) + size, _pieces(head, WAV_SECOND, duration_s)


def _mp3(duration_s: int) -> tuple[str, int, Iterator[bytes]]:
    frames = -(-duration_s * RATE // 576)
    return "audio/mpeg", frames * len(MP3_FRAME), _pieces(b"", MP3_FRAME, frames)


def _pieces(head: bytes, piece: bytes, times: int) -> Iterator[bytes]:
    """The loop goes on between two pieces: calls come first."""
    yield head
    for _ in range(times):
        yield piece
        gevent.sleep(0)


_KINDS = {"": _wav, "wav": _wav, "mp3": _mp3}
