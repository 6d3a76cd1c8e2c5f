"""The states of a call and every legal move between them, as one table.

``docs/states.md`` is drawn from this table by ``docs/make_state_diagram.py``.
"""

from enum import StrEnum


class SimulatorError(Exception):
    """We erred: an event came that this state cannot have. Never raised for what an agent does."""


class State(StrEnum):
    """Where a call is."""

    NEW = "new"
    FETCHING = "fetching"
    """A webhook that steers the call is pending."""
    WALKING = "walking"
    """Between two verbs of a document; never lasts."""
    PLAYING = "playing"
    """Say, Play or Pause outside a Gather."""
    GATHERING = "gathering"
    RECORDING = "recording"
    DIALLING = "dialling"
    """Another party is rung, or talks with the caller."""
    WAITING = "waiting"
    """In a queue or a conference, with nothing of the agent's to hear."""
    ENDING = "ending"
    """The line is down; webhooks beside the call may still be pending."""
    DONE = "done"


class Happening(StrEnum):
    """What moves a call from one state to the next."""

    RING = "ring"
    DOCUMENT = "a document came"
    TALK = "Say, Play, Pause"
    GATHER = "Gather"
    RECORD = "Record"
    DIAL = "Dial"
    WAIT = "a queue, a conference"
    INNER = "a whisper or a waiting document is due"
    INNER_FAILED = "an inner document is of no use"
    CONNECT = "connected, or given up"
    REDIRECT = "Redirect"
    VERB_OVER = "the verb is over"
    ACTION = "the action URL is due"
    HANG_UP = "either side hangs up"
    FAIL = "nothing usable came"
    CAP = "too long, too many turns"
    NOT_CARRIED = "a verb we do not carry out"
    CUT = "the run ends"
    ALL_ANSWERED = "nothing is pending"


_ENDINGS = {Happening.HANG_UP: State.ENDING, Happening.CUT: State.ENDING}
_BUSY = {**_ENDINGS, Happening.CAP: State.ENDING, Happening.VERB_OVER: State.WALKING}
_INNER = {Happening.CONNECT: State.DIALLING}
"""Who waits is connected whatever it hears then."""

TRANSITIONS: dict[State, dict[Happening, State]] = {
    State.NEW: {Happening.RING: State.FETCHING, Happening.CUT: State.ENDING},
    State.FETCHING: {
        Happening.DOCUMENT: State.WALKING,
        Happening.INNER_FAILED: State.WALKING,
        Happening.FAIL: State.ENDING,
        Happening.CUT: State.ENDING,
    },
    State.WALKING: {
        **_ENDINGS,
        Happening.TALK: State.PLAYING,
        Happening.GATHER: State.GATHERING,
        Happening.RECORD: State.RECORDING,
        Happening.DIAL: State.DIALLING,
        Happening.WAIT: State.WAITING,
        Happening.INNER: State.FETCHING,
        Happening.CONNECT: State.DIALLING,
        Happening.REDIRECT: State.FETCHING,
        Happening.NOT_CARRIED: State.ENDING,
        Happening.CAP: State.ENDING,
    },
    State.PLAYING: {**_BUSY, **_INNER, Happening.ACTION: State.FETCHING},
    State.GATHERING: {**_BUSY, **_INNER, Happening.ACTION: State.FETCHING},
    State.RECORDING: {**_BUSY, Happening.ACTION: State.FETCHING},
    State.DIALLING: {
        **_BUSY,
        **_INNER,
        Happening.ACTION: State.FETCHING,
        Happening.INNER: State.FETCHING,
    },
    State.WAITING: {**_ENDINGS, **_INNER, Happening.CAP: State.ENDING},
    State.ENDING: {Happening.ALL_ANSWERED: State.DONE, Happening.CUT: State.ENDING},
    State.DONE: {},
}


def move(state: State, happening: Happening) -> State:
    """The state after ``happening``; SimulatorError where the table has no such move."""
    try:
        return TRANSITIONS[state][happening]
    except KeyError:
        raise SimulatorError(f"a call that is {state} cannot meet: {happening}") from None
