"""What the agent does beside booking and moving: cancels, tells the hours, hands over. Sans-I/O."""

from voicesim.reference import prompts
from voicesim.reference.answers import Answer, Book, asking, choose, ended, try_again
from voicesim.reference.languages.errands import Errands
from voicesim.reference.states import Call, State
from voicesim.reference.understanding import Heard
from voicesim.reference.understanding.intent import Errand

_ASKED_FOR = frozenset({State.NAME, State.PHONE, State.DAY, State.TIME, State.GOAL, State.MORE})
_CANCELLING = frozenset({State.CANCEL_NAME, State.CANCEL_PHONE, State.CANCEL})


def takes(call: Call, heard: Heard) -> bool:
    """Whether the answer belongs to an errand: one that is under way, or one to turn to."""
    return call.state in _CANCELLING or (heard.errand is not None and call.state in _ASKED_FOR)


def take(call: Call, heard: Heard, book: Book) -> Answer:
    """Take one answer of the caller."""
    cancelling = call.state in _CANCELLING
    if cancelling and heard.errand in (None, Errand.CANCEL, Errand.THEM):
        return _cancelling(call, heard, book)
    return _begin(call, heard, book)


def _begin(call: Call, heard: Heard, book: Book) -> Answer:
    said = prompts.errands(call)
    call.tries = 0
    if heard.errand is Errand.CANCEL:
        call.name, call.phone = heard.name or call.name, heard.phone or call.phone
        return _find(call, book, said.to_cancel)
    if heard.errand is Errand.HOURS:
        call.go(State.MORE)
        return asking(call, said.hours)
    if heard.errand is Errand.PERSON:
        return _hand_over(call, said)
    if heard.errand is Errand.THEM:
        call.go(State.GOAL)
        return asking(call, said.not_them)
    call.go(State.SERVED)
    return Answer(said.no_problem, hangs_up=True)


def _hand_over(call: Call, said: Errands) -> Answer:
    call.go(State.HANDED)
    if call.front_desk:
        return Answer(said.put_through, hangs_up=True, dials=call.front_desk)
    return Answer(said.called_back, hangs_up=True)


def dialled(call: Call, status: str) -> Answer:
    """Go on after the front desk was rung."""
    if status in ("completed", "answered"):
        return ended(call)
    return Answer(prompts.errands(call).nobody_free, hangs_up=True)


def _find(call: Call, book: Book, lead: str) -> Answer:
    """Look for the appointment to cancel, or ask for what is missing to find it."""
    chosen = choose(book.like(call), call)
    if chosen is not None:
        call.moving_id = chosen.id
        call.name, call.phone = chosen.name, chosen.phone
        call.day, call.time = chosen.day, chosen.time
        call.go(State.CANCEL)
        return asking(call, prompts.found(call, chosen.name, chosen.day, chosen.time))
    if call.name and call.phone:
        call.day = call.time = None
        call.go(State.OFFER)
        return asking(call, prompts.texts(call).not_found)
    call.go(State.CANCEL_PHONE if call.name else State.CANCEL_NAME)
    return asking(call, lead)


def _cancelling(call: Call, heard: Heard, book: Book) -> Answer:
    """Take the answer to a question about the appointment to cancel."""
    if call.state is not State.CANCEL:
        before = call.name, call.phone
        call.name, call.phone = heard.name or call.name, heard.phone or call.phone
        if before != (call.name, call.phone):
            call.tries = 0
            return _find(call, book, prompts.texts(call).thanks)
        return asking(call) if heard.repeat else try_again(call)
    if heard.answer is True:
        return _cancel(call, book)
    if heard.day or heard.time:
        return _find_on(call, heard, book)
    if heard.answer is False:
        call.go(State.DECLINED)
        return Answer(prompts.errands(call).kept, hangs_up=True)
    return asking(call, prompts.found_again(call)) if heard.repeat else try_again(call)


def _find_on(call: Call, heard: Heard, book: Book) -> Answer:
    """Take the appointment on the day or at the time that the caller names."""
    for one in book.like(call):
        if heard.day in (None, one.day) and heard.time in (None, one.time):
            call.moving_id, call.day, call.time = one.id, one.day, one.time
            return asking(call, prompts.found_again(call))
    return try_again(call, prompts.found_again(call))


def _cancel(call: Call, book: Book) -> Answer:
    if not book.cancel(call):
        call.go(State.OFFER)
        return asking(call, prompts.texts(call).not_found)
    call.appointment_id = call.moving_id
    call.go(State.CANCELLED)
    return Answer(prompts.cancellation(call), hangs_up=True)


def more(call: Call, heard: Heard, book: Book) -> Answer:
    """Take the answer to "anything else?"."""
    del book
    if heard.answer is True and not heard.bye:
        call.go(State.GOAL)
        return asking(call, prompts.texts(call).gladly)
    if heard.bye or heard.answer is False:
        call.go(State.SERVED)
        return ended(call)
    return asking(call) if heard.repeat else try_again(call)
