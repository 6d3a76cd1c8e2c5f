"""One hop: a single request on the wire and what came of it. A webhook is one hop or several."""

from typing import NamedTuple

BODY_LIMIT = 65_536
"""The largest body Twilio takes, in bytes; more is 11750."""
HEADER_LIMIT = 65_536
"""The most bytes of status line and headers we read; more is 11206."""

Headers = tuple[tuple[str, str], ...]


class Hop(NamedTuple):
    """One request on the wire.

    ``url`` is where to dial: absolute, without credentials or fragment, plain ASCII. ``headers``
    hold everything but Content-Length, which belongs to the framing. ``connect_s`` bounds name
    look-up, connection and TLS together; ``deadline_s`` is what is left for the whole webhook;
    ``read_s``, where it is less, bounds the wait for the answer's first packet and for each next.
    ``pause_s`` goes by before anything is done; it counts among none of these.
    """

    method: str
    url: str
    headers: Headers
    body: bytes
    connect_s: float
    deadline_s: float
    read_s: float | None = None
    pause_s: float = 0.0


class HopAnswer(NamedTuple):
    """What one hop brought.

    ``headers`` are in order, repeated ones repeated, bytes read as latin-1. ``body`` is as it came
    over the wire (still compressed); ``truncated`` says it was cut off behind BODY_LIMIT.
    """

    status: int
    headers: Headers
    body: bytes
    elapsed_s: float
    truncated: bool = False


class HopFailure(NamedTuple):
    """Why one hop brought nothing.

    ``code`` is Twilio's ("11202"), or a slug when it is our own trouble and not the agent's.
    ``message`` is the rest of a sentence that begins with the URL ("refused the connection").
    ``connecting`` says the failure came before the request was sent. ``limit`` is "tt" when the
    deadline passed after that, "rt" when ``read_s`` did before anything of the answer had come.
    """

    code: str
    message: str
    elapsed_s: float
    connecting: bool = False
    limit: str = ""


HopResult = HopAnswer | HopFailure


def out_of_time(seconds: float, elapsed_s: float, *, connecting: bool = False) -> HopFailure:
    """The failure of a hop that ran into one of its limits, ``seconds`` long."""
    what = "did not accept the connection" if connecting else "did not answer in full"
    limit = "" if connecting else "tt"
    return HopFailure("11205", f"{what} within {seconds:.3g} s", elapsed_s, connecting, limit)
