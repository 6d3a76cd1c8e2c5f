"""Faults of memory: what is booked, and what of a call is lost."""

from dataclasses import fields, replace

from starlette.responses import Response

from voicesim.reference.answers import Answer, Appointment, Book
from voicesim.reference.faults.base import Every, Fault, Turn
from voicesim.reference.states import Call, State
from voicesim.reference.store import Transaction

_COOKIE = "voicesim_call"


class BooksTwice(Fault):
    """Books once more when the webhook that booked comes once more."""

    def repeated(self, call_sid: str, transaction: Transaction) -> None:
        """Book what the call has booked already."""
        call = transaction.call(call_sid)
        if call is not None and call.state is State.BOOKED:
            _add(call, transaction)


class BooksAgain(Fault):
    """Stays on the line when it has booked, and books again with everything that is said then."""

    def __init__(self) -> None:
        self._over = False

    def begins(self, turn: Turn, call: Call, transaction: Transaction) -> None:
        """Note whether it has booked before."""
        self._over = call.state is State.BOOKED

    def says(self, turn: Turn, call: Call, answer: Answer, transaction: Transaction) -> Answer:
        """Book, and ask for more."""
        if call.state is not State.BOOKED:
            return answer
        if self._over and turn.kind == "gather":
            _add(call, transaction)
        said = answer.text.replace(" Goodbye.", "") if not self._over else "You are booked."
        return Answer(f"{said} Is there anything else I can do for you?")


def _add(call: Call, transaction: Transaction) -> None:
    wish = call.wish()
    again = Appointment(0, wish.name, wish.phone, wish.day, wish.time, call.caller)
    transaction.add_appointment(again, call.test)


class CancelKept(Fault):
    """Says that it has cancelled, and keeps the appointment."""

    def book(self, transaction: Transaction) -> Book:
        """Take nothing out."""
        return _Keeping(transaction)


class _Keeping:
    """Keeps every appointment."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def like(self, call: Call) -> list[Appointment]:
        """List those that there are."""
        return self._transaction.like(call)

    def add(self, call: Call) -> int:
        """Book."""
        return self._transaction.add(call)

    def move(self, call: Call) -> bool:
        """Move."""
        return self._transaction.move(call)

    def cancel(self, call: Call) -> bool:
        """Say so, and do nothing."""
        del call
        return True


class DropsCookie(Fault):
    """Knows a call by a cookie only, and sets it for a path at which it never comes back."""

    def begins(self, turn: Turn, call: Call, transaction: Transaction) -> None:
        """Begin anew without it."""
        if turn.kind != "voice" and _COOKIE not in turn.cookies:
            _forget(call)

    def sends(self, response: Response) -> Response:
        """Set it where it is of no use."""
        response.set_cookie(_COOKIE, "1", path="/elsewhere")
        return response


class LosesCall(Fault):
    """Restarts with every N-th webhook, and has lost the call then."""

    default = "25"

    def __init__(self, value: str) -> None:
        self._every = Every(value)

    def begins(self, turn: Turn, call: Call, transaction: Transaction) -> None:
        """Know nothing of it."""
        if self._every.now() and turn.kind != "voice":
            _forget(call)


def _forget(call: Call) -> None:
    """Make the call one that the agent never heard of."""
    new = replace(Call(call.call_sid, call.account_sid, call.caller, call.test), status=call.status)
    for field in fields(Call):
        setattr(call, field.name, getattr(new, field.name))
