"""What the dialogue is made of: appointments, answers, and the ways to ask once more."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from voicesim.reference import prompts
from voicesim.reference.states import Call, State
from voicesim.reference.understanding.name import name_key
from voicesim.reference.understanding.phone import phone_key

MAX_TRIES = 5
"""Answers in a row that bring nothing, then goodbye."""
_YES_OR_NO = frozenset({State.CONFIRM, State.OFFER, State.CANCEL})


@dataclass(frozen=True, slots=True)
class Appointment:
    """One appointment in the book."""

    id: int
    name: str
    phone: str
    day: date
    time: str
    caller: str = ""
    """The number it was booked from."""


class Book(Protocol):
    """The appointments, as the dialogue needs them."""

    def like(self, call: Call) -> list[Appointment]:
        """List those to come of the call's caller number, phone or name, oldest first."""
        ...

    def add(self, call: Call) -> int:
        """Book what the call asked for; give the new appointment's id."""
        ...

    def move(self, call: Call) -> bool:
        """Change the appointment ``moving_id``; False if it is gone."""
        ...

    def cancel(self, call: Call) -> bool:
        """Take the appointment ``moving_id`` out; False if it is gone."""
        ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What to say; then the agent listens, hangs up or rings the front desk (``dials``)."""

    text: str
    hangs_up: bool = False
    one_key: bool = False
    """Whether one key (1 or 2) is all that can be pressed."""
    dials: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """What a Gather brought. ``confidence`` None when Twilio sent none."""

    speech: str = ""
    digits: str = ""
    confidence: float | None = None


def ended(call: Call) -> Answer:
    """Say goodbye to a call that is over."""
    return Answer(prompts.texts(call).over, hangs_up=True)


def asking(call: Call, lead: str = "", attempt: int = 0) -> Answer:
    """Ask the question of the call's state."""
    text = f"{lead} {prompts.ask(call, attempt)}".strip()
    return Answer(text, one_key=call.state in _YES_OR_NO)


def give_up(call: Call) -> Answer:
    """Say that nothing came of it."""
    call.go(State.GAVE_UP)
    return Answer(prompts.texts(call).gives_up, hangs_up=True)


def try_again(call: Call, lead: str = "") -> Answer:
    """Ask once more, so often and no more."""
    call.tries += 1
    if call.tries >= MAX_TRIES:
        return give_up(call)
    return asking(call, lead or prompts.texts(call).not_understood, call.tries)


def choose(appointments: list[Appointment], call: Call) -> Appointment | None:
    """Choose the appointment the caller speaks of; None if there is none or more must be known.

    The number the call comes from goes first, then the phone number given, then the name.
    """
    name, phone, caller = name_key(call.name), phone_key(call.phone), phone_key(call.caller)
    named = [a for a in appointments if name and name_key(a.name) == name]
    from_here = [a for a in appointments if caller in {phone_key(a.phone), phone_key(a.caller)}]
    with_phone = [a for a in appointments if phone_key(a.phone) == phone]
    for group in (from_here if caller else [], with_phone if phone else []):
        fitting = [a for a in group if a in named] or (group if not named else [])
        if fitting and (name or phone or len(fitting) == 1):
            return fitting[-1]
    return named[-1] if named and (phone or len(named) == 1) else None
