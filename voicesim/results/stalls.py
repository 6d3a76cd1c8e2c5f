"""When an agent answers nothing at all for a while, though many wait: it stood still.

Told from an agent that is merely slow by what it took before, and from a generator that stood still
itself by whether that one was awake meanwhile.
"""

from voicesim.base.findings import Finding, Level

STALLED = "stalled"
LEAST_S = 1.5
"""Shorter silences say nothing: a disk, a neighbour on the machine."""
ERROR_S = 5.0
WAITING = 5
"""So many webhooks must wait, that it is not one slow answer."""
USUAL = 5.0
"""So many times as long as answers took before."""
ANSWERS = 20
"""After so many answers it is known how long they take."""
ASLEEP = 0.25
"""The share of the silence that the generator may have slept itself, at one go."""


class Stalls:
    """Told of answers and of its own waking, by one clock (s); says when an answer ends a stall."""

    __slots__ = ("_answers", "_awake_at", "_last_s", "_slept_s", "_total_s")

    def __init__(self) -> None:
        self._last_s: float | None = None
        self._awake_at: float | None = None
        self._slept_s = 0.0  # the longest while without waking since the last answer
        self._answers, self._total_s = 0, 0.0

    def awake(self, now: float) -> None:
        """The generator looks around."""
        if self._awake_at is not None:
            self._slept_s = max(self._slept_s, now - self._awake_at)
        self._awake_at = now

    def answered(self, now: float, elapsed_s: float, waiting: int) -> Finding | None:
        """An answer came after ``elapsed_s``, and ``waiting`` webhooks more have none yet."""
        self.awake(now)
        found = None if self._last_s is None else self._stall(now, elapsed_s, waiting)
        self._last_s, self._slept_s = now, 0.0
        if found is None:
            self._answers, self._total_s = self._answers + 1, self._total_s + elapsed_s
        return found

    def _stall(self, now: float, elapsed_s: float, waiting: int) -> Finding | None:
        silent_s = min(now - (self._last_s or now), elapsed_s)
        usual_s = self._total_s / self._answers if self._answers else 0.0
        if self._answers < ANSWERS or waiting < WAITING or self._slept_s > ASLEEP * silent_s:
            return None
        if silent_s < max(LEAST_S, USUAL * usual_s):
            return None
        return Finding(
            STALLED,
            Level.ERROR if silent_s >= ERROR_S else Level.WARNING,
            f"The agent stood still: for {silent_s:.1f} s, from {now - silent_s:.1f} s of the run"
            f" on, it answered nothing, while {waiting + 1} webhooks waited; before that it took"
            f" {usual_s:.3f} s in the mean.",
        )
