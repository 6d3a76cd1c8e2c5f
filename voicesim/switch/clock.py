"""The clock of one call beside the clock on the wall.

Inside a call a simulated second takes ``scale`` wall seconds (1 real, 0.1 ten times faster,
0 none). While the agent is awaited both run alike, because the agent is not scaled; at scale 0 the
call's clock then stands still, so that transcripts do not depend on how fast the agent was.
"""

from math import inf


class CallClock:
    """Maps wall time to the call's clock and back, from the last moment that both are known of."""

    __slots__ = ("_scale", "_wall", "now")

    def __init__(self, wall: float, scale: float) -> None:
        self.now = 0.0
        self._wall = wall
        self._scale = scale

    def set(self, now: float, wall: float) -> None:
        """Say that it is ``now`` at ``wall``. A late wake keeps its due time: no drift."""
        self.now, self._wall = now, wall

    def advance(self, wall: float, *, awaiting_agent: bool, at_most: float = inf) -> None:
        """Bring the call's clock up to ``wall``, but not past ``at_most``."""
        passed = max(wall - self._wall, 0.0)
        if self._scale == 0:
            passed = 0.0
        elif not awaiting_agent:
            passed /= self._scale
        self.set(min(self.now + passed, at_most), wall)

    def wall_at(self, at: float) -> float:
        """When the wall's clock will be at the call's ``at``, the agent not being awaited."""
        return self._wall + (at - self.now) * self._scale
