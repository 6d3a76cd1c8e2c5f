"""Faults of the conversation: what is understood, kept and said."""

from collections import OrderedDict
from dataclasses import replace
from datetime import timedelta

from starlette.responses import Response

from voicesim.reference import prompts
from voicesim.reference.answers import Answer, Appointment, Book
from voicesim.reference.faults.base import Every, Fault, FaultError, Turn
from voicesim.reference.states import ENDED, Call, State
from voicesim.reference.store import Transaction
from voicesim.reference.twiml import render

_MOST_LIVE = 1000


class Mixup(Fault):
    """Reads back another live caller's name and number, every N-th time that there is one."""

    default = "10"

    def __init__(self, value: str) -> None:
        self._every = Every(value)
        self._live: OrderedDict[str, Call] = OrderedDict()

    def says(self, turn: Turn, call: Call, answer: Answer, transaction: Transaction) -> Answer:
        """Note who is there; at a read-back take the one that was heard last beside this one."""
        self._live.pop(call.call_sid, None)
        other = next(reversed(self._live.values()), None)
        if call.state not in ENDED and call.name and call.phone:
            self._live[call.call_sid] = replace(call)
        if len(self._live) > _MOST_LIVE:
            self._live.popitem(last=False)
        if call.state is not State.CONFIRM or other is None or not self._every.now():
            return answer
        mixed = replace(call, name=other.name, phone=other.phone)
        return replace(answer, text=prompts.read_back(mixed))


class ForgetsName(Fault):
    """Has forgotten the name when all is told, and asks for it once more, every time."""

    def says(self, turn: Turn, call: Call, answer: Answer, transaction: Transaction) -> Answer:
        """Ask instead of reading back."""
        if call.state is not State.CONFIRM:
            return answer
        call.name, call.state = None, State.NAME
        return Answer(prompts.ask(call))


class OtherDay(Fault):
    """Stores the day after the one that it read back."""

    def book(self, transaction: Transaction) -> Book:
        """Put appointments a day later."""
        return _LaterBook(transaction)

    def says(self, turn: Turn, call: Call, answer: Answer, transaction: Transaction) -> Answer:
        """Keep the same of the call once it is over."""
        if call.state in (State.BOOKED, State.MOVED) and call.day:
            call.day += timedelta(days=1)
        return answer


class _LaterBook:
    """Puts every appointment a day later."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def like(self, call: Call) -> list[Appointment]:
        """List those that there are."""
        return self._transaction.like(call)

    def add(self, call: Call) -> int:
        """Book a day later."""
        return self._transaction.add(_later(call))

    def move(self, call: Call) -> bool:
        """Move to a day later."""
        return self._transaction.move(_later(call))

    def cancel(self, call: Call) -> bool:
        """Cancel as it should."""
        return self._transaction.cancel(call)


def _later(call: Call) -> Call:
    return replace(call, day=call.day and call.day + timedelta(days=1))


class _Keeps(Fault):
    """Keeps a field that it has read back, whatever the caller says of it then."""

    field = ""

    def __init__(self) -> None:
        self._before: Call | None = None

    def begins(self, turn: Turn, call: Call, transaction: Transaction) -> None:
        """Note what was known before."""
        checking = call.state in (State.CONFIRM, State.CHANGE)
        self._before = replace(call) if checking and getattr(call, self.field) else None

    def says(self, turn: Turn, call: Call, answer: Answer, transaction: Transaction) -> Answer:
        """Go back to it."""
        before, self._before = self._before, None
        if before is None or getattr(call, self.field) == getattr(before, self.field):
            return answer
        setattr(call, self.field, getattr(before, self.field))
        if call.state is not State.CONFIRM:
            return answer
        return replace(answer, text=prompts.read_back(call))


class OldDay(_Keeps):
    """Keeps the day that it has read back, whatever the caller says of it then."""

    field = "day"


class OldName(_Keeps):
    """Keeps the name that it has read back, whatever the caller says of it then."""

    field = "name"


class WrongNumber(Fault):
    """Reads numbers back with another last digit, though it has understood and stores the right."""

    def says(self, turn: Turn, call: Call, answer: Answer, transaction: Transaction) -> Answer:
        """Say another number."""
        if call.state is not State.CONFIRM or not call.phone:
            return answer
        other = call.phone[:-1] + str((int(call.phone[-1]) + 1) % 10)
        said, wrong = prompts.spoken_phone(call.phone), prompts.spoken_phone(other)
        return replace(answer, text=answer.text.replace(said, wrong))


class RefusesCountry(Fault):
    """Hangs up on every caller whose number begins with CODE."""

    default = "+44"

    def __init__(self, value: str) -> None:
        if not (value.startswith("+") and value[1:].isdecimal()):
            raise FaultError(f"{value!r} is no country code, such as +44")
        self._code = value

    def replaces(self, turn: Turn) -> Response | None:
        """Say that it does not serve them."""
        if not turn.params.get("From", "").startswith(self._code):
            return None
        text = "Sorry, we cannot take calls from your country. Goodbye."
        return Response(render(Answer(text, hangs_up=True)), media_type="text/xml")


class NeverHangsUp(Fault):
    """Says goodbye, but stays on the line and listens."""

    def says(self, turn: Turn, call: Call, answer: Answer, transaction: Transaction) -> Answer:
        """Stay on the line."""
        return replace(answer, hangs_up=False)


class HangsUpEarly(Fault):
    """Hangs up when it has a name and a number, before it has asked for a day."""

    def says(self, turn: Turn, call: Call, answer: Answer, transaction: Transaction) -> Answer:
        """Say goodbye."""
        early = call.state in (State.DAY, State.TIME)
        return Answer("Thank you. Goodbye.", hangs_up=True) if early else answer


class LoopsOnSilence(Fault):
    """Asks for ever when nothing is said, and takes nothing that is said after a silence."""

    def __init__(self) -> None:
        self._deaf: set[str] = set()

    def replaces(self, turn: Turn) -> Response | None:
        """Ask the same again and again."""
        call_sid = turn.params.get("CallSid", "")
        if turn.kind == "noinput":
            self._deaf.add(call_sid)
        if call_sid not in self._deaf:
            return None
        text = "I did not hear anything. How can I help you?"
        return Response(render(Answer(text)), media_type="text/xml")


class HoursMissing(Fault):
    """Tells its opening hours, and no hour is in what it says."""

    def says(self, turn: Turn, call: Call, answer: Answer, transaction: Transaction) -> Answer:
        """Leave out days and hours."""
        hours = prompts.errands(call).hours
        return replace(answer, text=answer.text.replace(hours, "Our opening hours are the usual."))


class CancelsOther(Fault):
    """Says that the appointment of the day after was cancelled."""

    def says(self, turn: Turn, call: Call, answer: Answer, transaction: Transaction) -> Answer:
        """Name another day."""
        if call.state is not State.CANCELLED:
            return answer
        return replace(answer, text=prompts.cancellation(_later(call)))


class SkipsState(Fault):
    """Does not ask for the time: 9 AM it is."""

    def says(self, turn: Turn, call: Call, answer: Answer, transaction: Transaction) -> Answer:
        """Go on to the read-back."""
        if call.state is not State.TIME:
            return answer
        call.time = "09:00"
        call.go(State.CONFIRM)
        return Answer(prompts.read_back(call), one_key=True)
