"""A finding: what an agent did that Twilio would complain of, or that no caller should meet."""

from dataclasses import dataclass, field, replace
from enum import StrEnum


class Level(StrEnum):
    """How grave a finding is. ERROR and WARNING are Twilio's own log levels."""

    ERROR = "ERROR"
    WARNING = "WARNING"
    NOTICE = "NOTICE"
    """Said for information, never held against the agent (what we do not carry out yet, say)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    ``code`` is Twilio's error code as text ("12200") or, for what Twilio has no code for, a slug of
    our own ("readback-wrong"). ``message`` is a whole sentence that helps. ``line`` (from 1) and
    ``column`` (from 0) point into the document, ``element`` names the TwiML element, ``url`` the
    webhook that was answered. ``turn`` says which of the prompts that the caller heard it is about,
    from 1; 0 where it is about none. The same complaint in another turn is the same complaint.
    """

    code: str
    level: Level
    message: str
    line: int | None = None
    column: int | None = None
    element: str = ""
    url: str = ""
    turn: int = field(default=0, compare=False)

    def in_turn(self, turn: int) -> "Finding":
        """The same, about ``turn`` unless it is about one."""
        return self if self.turn else replace(self, turn=turn)
