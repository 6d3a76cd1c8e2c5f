"""What a signature audit found: each probe, what it should have led to, and what it did."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Count = Annotated[int, Field(ge=0)]


class Probed(BaseModel):
    """One probe. ``code``, ``level`` and ``message`` are "" where there is nothing to say."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    expected: Literal["served", "refused"]
    got: str
    """What came: "403", "200, TwiML", "no answer" ..."""
    verdict: Literal["ok", "fail", "unclear"]
    """Unclear: from what came it cannot be told."""
    code: str = ""
    level: Literal["", "ERROR", "WARNING", "NOTICE"] = ""
    message: str = ""


class Audit(BaseModel):
    """An audit. What it sent is no part of a run's calls and webhooks."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    requests: Count
    """Requests that were sent, the status callbacks that end the probes' calls included."""
    calls: Count
    """Calls that the agent took in: with a request that was answered with status 2xx."""
    webhooks: Count
    """Requests that were answered with status 2xx."""
    probes: tuple[Probed, ...]

    @property
    def findings(self) -> tuple[Probed, ...]:
        """The probes of which there is something to say."""
        return tuple(probe for probe in self.probes if probe.code)

    def found(self, level: str) -> dict[str, int]:
        """How many findings of ``level``, by code."""
        codes = [probe.code for probe in self.findings if probe.level == level]
        return {code: codes.count(code) for code in sorted(codes)}
