"""Where a call can be, and where it may go from there."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """What the agent has last asked for, or how the call ended for it."""

    NEW = "new"
    """Heard of (a status callback came first), not answered yet."""
    GOAL = "goal"
    """Asked how to help: book or move."""
    NAME = "name"
    PHONE = "phone"
    DAY = "day"
    TIME = "time"
    CONFIRM = "confirm"
    """Read back, waiting for yes or no."""
    CHANGE = "change"
    """Asked what was wrong with the read-back."""
    OFFER = "offer"
    """Found no appointment to move, offered to book one."""
    CANCEL_NAME = "cancel_name"
    """Asked for the name, to find the appointment to cancel."""
    CANCEL_PHONE = "cancel_phone"
    CANCEL = "cancel"
    """Found the appointment to cancel, asked whether to."""
    MORE = "more"
    """Told what was asked for, asked whether there is anything else."""
    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    SERVED = "served"
    """Told what was asked for, and nothing else."""
    HANDED = "handed"
    """Given to a person, or promised that one calls back."""
    DECLINED = "declined"
    """The caller wants no appointment."""
    GAVE_UP = "gave_up"
    """Not understood too often, or silent too long."""


ENDED = frozenset(
    {
        *(State.BOOKED, State.MOVED, State.CANCELLED, State.SERVED, State.HANDED),
        *(State.DECLINED, State.GAVE_UP),
    }
)

_ASKS = frozenset({State.NAME, State.PHONE, State.DAY, State.TIME, State.CONFIRM, State.OFFER})
_CANCELS = frozenset({State.CANCEL_NAME, State.CANCEL_PHONE, State.CANCEL, State.OFFER})
_ERRANDS = _CANCELS | {State.GOAL, State.MORE, State.SERVED, State.HANDED}
_MAY_GIVE_UP = _ASKS | {State.GAVE_UP}
_MAY_TURN = _MAY_GIVE_UP | _ERRANDS

ALLOWED: dict[State, frozenset[State]] = {
    State.NEW: frozenset({State.GOAL}),
    State.GOAL: _MAY_TURN,
    State.NAME: _MAY_TURN,
    State.PHONE: _MAY_TURN,
    State.DAY: _MAY_TURN,
    State.TIME: _MAY_TURN,
    State.CONFIRM: _MAY_GIVE_UP | {State.CHANGE, State.BOOKED, State.MOVED},
    State.CHANGE: _MAY_GIVE_UP,
    State.OFFER: _MAY_GIVE_UP | {State.DECLINED},
    State.CANCEL_NAME: _ERRANDS | {State.GAVE_UP},
    State.CANCEL_PHONE: _ERRANDS | {State.GAVE_UP},
    State.CANCEL: _ERRANDS | {State.GAVE_UP, State.CANCELLED, State.DECLINED},
    State.MORE: _MAY_TURN,
    **dict.fromkeys(ENDED, frozenset()),
}
_ASKED_AS = {State.CANCEL_NAME: State.NAME, State.CANCEL_PHONE: State.PHONE}


@dataclass(frozen=True, slots=True)
class Wish:
    """All that an appointment needs."""

    name: str
    phone: str
    day: date
    time: str


@dataclass(slots=True)
class Call:
    """All the agent knows of one call; a row in the database between two webhooks."""

    call_sid: str
    account_sid: str = ""
    caller: str = ""
    """The number the call comes from."""
    test: bool = True
    state: State = State.NEW
    status: str = ""
    """Twilio's CallStatus, the last one that counts."""
    duration_s: int | None = None
    moves: bool = False
    """Whether the caller wants to move an appointment rather than book one."""
    moving_id: int | None = None
    """The appointment to move, once found."""
    appointment_id: int | None = None
    """The appointment booked or moved by this call."""
    name: str | None = None
    phone: str | None = None
    day: date | None = None
    time: str | None = None
    guess: str = ""
    """The gist of an answer the recogniser was not sure of."""
    tries: int = 0
    """Answers in a row that brought nothing."""
    silences: int = 0
    """Silences in a row."""
    turns: int = 0
    """Answers heard."""
    language: str = "en"
    """Of no row: each webhook's URL says it."""
    front_desk: str = ""
    """Of no row: the number at which a person answers, if there is one."""

    @property
    def asked(self) -> State:
        """What the caller was asked for, as it is understood."""
        return _ASKED_AS.get(self.state, self.state)

    def wish(self) -> Wish:
        """Give what the caller wants booked, once nothing is missing."""
        if not (self.name and self.phone and self.day and self.time):
            raise AssertionError(f"something is still to be asked for in {self.state}")
        return Wish(self.name, self.phone, self.day, self.time)

    def go(self, state: State) -> None:
        """Move on to a state the table allows."""
        if state not in ALLOWED[self.state]:
            raise AssertionError(f"{self.state} may not become {state}")
        self.state = state
