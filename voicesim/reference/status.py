"""Twilio's CallStatus: which of two is the later one, in whatever order they arrive."""

_RANKS = {"queued": 1, "initiated": 2, "ringing": 3, "in-progress": 4}
_FINAL = dict.fromkeys(("completed", "busy", "failed", "no-answer", "canceled"), 5)
_RANKS |= _FINAL


def later(known: str, reported: str) -> str:
    """Give the one further along a call's life; a status that does not exist changes nothing.

    SequenceNumber is not needed: a call's life runs one way only.
    """
    return reported if _RANKS.get(reported, 0) > _RANKS.get(known, 0) else known


def seconds(duration: str) -> int | None:
    """Read a CallDuration; None if it is none."""
    is_count = duration.isascii() and duration.isdecimal() and len(duration) < 9
    return int(duration) if is_count else None
