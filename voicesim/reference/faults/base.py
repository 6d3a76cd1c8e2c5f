"""What a fault can do to the agent: a few hooks, none of which does anything by itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from voicesim.reference.answers import Answer, Book
from voicesim.reference.states import Call
from voicesim.reference.store import Transaction
from voicesim.reference.webhook import Params


class FaultError(Exception):
    """A fault was asked for that there is not, or with a value that it does not take."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One webhook that was let in: its kind (voice, gather, noinput), parameters and cookies."""

    kind: str
    params: Params
    cookies: dict[str, str]


class Fault:
    """A way to be broken. This one is none: each hook leaves things as they are.

    A fault's docstring says what is broken, ``default`` the value that it has when none is given
    ("" for a fault that takes none).
    """

    default = ""
    checks_signature = True
    """Whether unsigned and wrongly signed requests are refused."""

    async def arrives(self, request: Request) -> None:
        """A webhook arrived; nothing of it is read yet."""

    def replaces(self, turn: Turn) -> Response | None:
        """What to answer instead of all that follows."""
        del turn
        return None

    def begins(self, turn: Turn, call: Call, transaction: Transaction) -> None:
        """The call was loaded; the dialogue is to follow."""

    def repeated(self, call_sid: str, transaction: Transaction) -> None:
        """A webhook came once more; it is answered as before."""

    def book(self, transaction: Transaction) -> Book:
        """Where the dialogue finds and puts appointments."""
        return transaction

    def says(self, turn: Turn, call: Call, answer: Answer, transaction: Transaction) -> Answer:
        """What is said; what is changed of the call is stored."""
        del turn, call, transaction
        return answer

    def sends(self, response: Response) -> Response:
        """What goes out."""
        return response


class Faults(Fault):
    """Several faults at once, one after the other."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self._faults = tuple(faults)
        self.checks_signature = all(fault.checks_signature for fault in faults)

    async def arrives(self, request: Request) -> None:
        """Tell each."""
        for fault in self._faults:
            await fault.arrives(request)

    def replaces(self, turn: Turn) -> Response | None:
        """Take the first that there is."""
        found = (fault.replaces(turn) for fault in self._faults)
        return next((response for response in found if response is not None), None)

    def begins(self, turn: Turn, call: Call, transaction: Transaction) -> None:
        """Tell each."""
        for fault in self._faults:
            fault.begins(turn, call, transaction)

    def repeated(self, call_sid: str, transaction: Transaction) -> None:
        """Tell each."""
        for fault in self._faults:
            fault.repeated(call_sid, transaction)

    def book(self, transaction: Transaction) -> Book:
        """Take that of the last which has one of its own."""
        books = [fault.book(transaction) for fault in self._faults]
        return next((book for book in reversed(books) if book is not transaction), transaction)

    def says(self, turn: Turn, call: Call, answer: Answer, transaction: Transaction) -> Answer:
        """Let each change it."""
        for fault in self._faults:
            answer = fault.says(turn, call, answer, transaction)
        return answer

    def sends(self, response: Response) -> Response:
        """Let each change it."""
        for fault in self._faults:
            response = fault.sends(response)
        return response


def number(value: str, least: float = 0.0) -> float:
    """Read a value of at least ``least``."""
    try:
        read = float(value)
    except ValueError:
        raise FaultError(f"{value!r} is no number") from None
    if not least <= read < float("inf"):
        raise FaultError(f"{value} is too small" if read < least else f"{value} is no number")
    return read


class Every:
    """Counts: every so-many-th time is one."""

    def __init__(self, value: str) -> None:
        self._every = int(number(value, 1))
        self._count = 0

    def now(self) -> bool:
        """Count one; say whether it is one of them."""
        self._count += 1
        return self._count % self._every == 0
