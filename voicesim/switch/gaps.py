"""The perceived gap: how long a caller hears nothing, from its last sound to the agent's first.

It is made of two kinds of seconds. What the call's clock says passed: the end-of-speech wait that
the agent asked for with its Gather or Record, and pauses before the agent sounds. And real seconds:
what the agent took to answer, in however many webhooks. The call's clock while the agent is awaited
counts for nothing, because at time scale 0 it stands still; so the sum is what a caller would hear
at any time scale.
"""

from typing import NamedTuple

from voicesim.call.talk import Prompt


class Gap(NamedTuple):
    """One perceived gap, in seconds."""

    wait_s: float
    """The end-of-speech wait: on the call's clock."""
    response_s: float = 0.0
    """Response times of all webhooks in it: real."""
    pause_s: float = 0.0
    """Other silence between them and before the agent's first sound: on the call's clock."""

    @property
    def total_s(self) -> float:
        """The whole of it."""
        return self.wait_s + self.response_s + self.pause_s


class Gaps:
    """The gaps that are open, by the call (any key): few, since a call mostly waits for its caller.

    ``now`` is always the call's own clock.
    """

    __slots__ = ("_open",)

    def __init__(self) -> None:
        self._open: dict[object, tuple[Gap, float]] = {}
        """The gap so far, and up to when the call's clock is in it."""

    def __len__(self) -> int:
        return len(self._open)

    def opens(self, call: object, wait_s: float, now: float) -> None:
        """The caller made its last sound ``wait_s`` ago. An older gap was never heard to end."""
        self._open[call] = Gap(wait_s), now

    def sent(self, call: object, now: float) -> None:
        """The agent is asked for a document."""
        found = self._open.get(call)
        if found:
            self._open[call] = _paused(*found, now), now

    def answered(self, call: object, elapsed_s: float, now: float) -> None:
        """A document came after ``elapsed_s`` real seconds."""
        found = self._open.get(call)
        if found:
            (wait_s, response_s, pause_s), _ = found
            self._open[call] = Gap(wait_s, response_s + elapsed_s, pause_s), now

    def hears(self, call: object, prompt: Prompt, now: float) -> Gap | None:
        """A prompt begins; the gap that its first sound ends, if it has one and a gap is open."""
        found = self._open.get(call) if prompt.sounds else None
        if found is None:
            return None
        del self._open[call]
        return _paused(*found, now + prompt.quiet_s)

    def over(self, call: object) -> bool:
        """Nobody hears anything any more; whether the caller waited for a sound of the agent's."""
        return self._open.pop(call, None) is not None


def _paused(gap: Gap, since: float, now: float) -> Gap:
    return Gap(gap.wait_s, gap.response_s, gap.pause_s + max(now - since, 0.0))
