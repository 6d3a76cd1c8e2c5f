"""The conversation: one answer of the caller in, one thing to say out. Sans-I/O."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from voicesim.reference import errands, prompts
from voicesim.reference.answers import (
    MAX_TRIES,
    Answer,
    Book,
    Input,
    asking,
    choose,
    ended,
    give_up,
    try_again,
)
from voicesim.reference.languages import in_english, language_of, was_said
from voicesim.reference.states import ENDED, Call, State
from voicesim.reference.understanding import Heard, hear, hear_keys
from voicesim.reference.understanding.name import name_key
from voicesim.reference.understanding.text import clean

MAX_SILENCES = 4
"""Silences in a row, then goodbye."""
MAX_TURNS = 60
"""No call may go on for ever, whatever is said in it."""
MIN_CONFIDENCE = 0.5
"""Below it the recogniser has rather guessed than heard."""


def greet(call: Call) -> Answer:
    """Answer a call; a call answered already hears its question again."""
    if call.state is State.NEW:
        call.go(State.GOAL)
        return asking(call, prompts.texts(call).greeting)
    return ended(call) if call.state in ENDED else asking(call)


def silence(call: Call) -> Answer:
    """Ask again after nothing was said or pressed."""
    if call.state in ENDED:
        return ended(call)
    if call.state is State.NEW:
        return greet(call)
    call.silences += 1
    if call.silences >= MAX_SILENCES:
        call.go(State.GAVE_UP)
        return Answer(prompts.texts(call).nobody_there, hangs_up=True)
    return asking(call, prompts.texts(call).silence, call.silences)


def listen(call: Call, given: Input, book: Book, today: date) -> Answer:
    """Take one answer of the caller."""
    if call.state in ENDED:
        return ended(call)
    if call.state is State.NEW:  # the agent never saw the call begin
        call.go(State.GOAL)
    if not given.speech.strip() and not given.digits.strip():
        return silence(call)
    call.turns += 1
    call.silences = 0
    if call.turns > MAX_TURNS:
        return give_up(call)
    if given.digits.strip():
        return _take(call, hear_keys(given.digits, call.asked), book)
    said = in_english(clean(given.speech), language_of(call.language))
    heard = hear(said, call.asked, today)
    if heard.name and not was_said(heard.name, given.speech):  # a name of words put in English
        heard = replace(heard, name=None)
    if _is_guess(call, given.confidence, heard):
        return try_again(call, prompts.texts(call).not_heard_well)
    return _take(call, heard, book)


def _is_guess(call: Call, confidence: float | None, heard: Heard) -> bool:
    """Say whether the recogniser only guessed; the same guess twice over is none any more."""
    unsure = confidence is not None and confidence < MIN_CONFIDENCE
    before, call.guess = call.guess, heard.gist if unsure else ""
    return unsure and (not heard.gist or heard.gist != before)


def _take(call: Call, heard: Heard, book: Book) -> Answer:
    if errands.takes(call, heard):
        return errands.take(call, heard, book)
    checking = call.state in {State.CONFIRM, State.CHANGE}
    wants_move = heard.move and not call.moves and not checking
    changed = _merge(call, heard)
    if changed or wants_move:
        call.tries = 0
        if wants_move:
            call.moves = True
            return _next(call, book, prompts.texts(call).to_move)
        _search_again(call, heard, book)
        return _next(call, book, _thanks(call, heard))
    if heard.repeat:
        return asking(call)
    if call.state in {State.GOAL, State.MORE} and heard.book:
        call.tries = 0
        return _next(call, book, prompts.texts(call).gladly)
    step = _STEPS.get(call.state)
    return step(call, heard, book) if step else try_again(call)


def _merge(call: Call, heard: Heard) -> bool:
    """Keep what was said; say whether anything differs from what was known."""
    before = (call.name, call.phone, call.day, call.time)
    call.name = heard.name or call.name
    call.phone = heard.phone or call.phone
    call.day = heard.day or call.day
    call.time = heard.time or call.time
    return before != (call.name, call.phone, call.day, call.time)


def _thanks(call: Call, heard: Heard) -> str:
    if call.state in {State.GOAL, State.NAME} and heard.name:
        return prompts.texts(call).thanks_name.format(name=call.name)
    return prompts.texts(call).thanks


def _next(call: Call, book: Book, lead: str) -> Answer:
    """Ask for the first thing missing, or read all back."""
    if call.moves and call.moving_id is None:
        chosen = choose(book.like(call), call)
        if chosen is not None:
            call.moving_id = chosen.id
            call.name, call.phone = chosen.name, chosen.phone
            lead = prompts.found(call, chosen.name, chosen.day, chosen.time)
        elif call.name and call.phone:
            call.go(State.OFFER)
            return asking(call, prompts.texts(call).not_found)
    missing = {
        State.NAME: call.name,
        State.PHONE: call.phone,
        State.DAY: call.day,
        State.TIME: call.time,
    }
    call.go(next((state for state, value in missing.items() if not value), State.CONFIRM))
    if call.state is State.CONFIRM:
        lead = ""
    return asking(call, lead)


def _search_again(call: Call, heard: Heard, book: Book) -> None:
    """Look whether a corrected name or number belongs to another appointment than the one found."""
    if not call.moving_id or not (heard.name or heard.phone):
        return
    named = [a for a in book.like(call) if name_key(a.name) == name_key(call.name)]
    if named and call.moving_id not in {a.id for a in named}:
        call.moving_id, call.phone = named[-1].id, heard.phone or named[-1].phone


def _checked(call: Call, heard: Heard, book: Book) -> Answer:
    if heard.mentions and heard.answer is not True and not heard.has_field:
        return _ask_anew(call, heard, book)
    if heard.answer is True:
        return _commit(call, book)
    if heard.answer is False:
        call.tries = 0
        call.go(State.CHANGE)
        return asking(call)
    return try_again(call)


def _to_change(call: Call, heard: Heard, book: Book) -> Answer:
    if heard.mentions and not heard.has_field:
        return _ask_anew(call, heard, book)
    if heard.has_field or heard.answer is not None:  # what it names is right already
        call.tries += 1
        if call.tries >= MAX_TRIES:
            return give_up(call)
        call.go(State.CONFIRM)
        return asking(call)
    return try_again(call)


def _ask_anew(call: Call, heard: Heard, book: Book) -> Answer:
    """Forget what the caller calls wrong and ask for it."""
    for field in heard.mentions:
        setattr(call, field, None)
    call.tries = 0
    return _next(call, book, prompts.texts(call).all_right)


def _offered(call: Call, heard: Heard, book: Book) -> Answer:
    if heard.answer is True:
        call.moves = False
        call.tries = 0
        return _next(call, book, prompts.texts(call).welcome_back)
    if heard.answer is False:
        call.go(State.DECLINED)
        return Answer(prompts.texts(call).declined, hangs_up=True)
    return try_again(call)


def _commit(call: Call, book: Book) -> Answer:
    if call.moves and book.move(call):
        call.appointment_id = call.moving_id
        call.go(State.MOVED)
    else:
        call.appointment_id = book.add(call)
        call.go(State.BOOKED)
    return Answer(prompts.confirmation(call), hangs_up=True)


_STEPS: dict[State, Callable[[Call, Heard, Book], Answer]] = {
    State.MORE: errands.more,
    State.CONFIRM: _checked,
    State.CHANGE: _to_change,
    State.OFFER: _offered,
}
"""How an answer is taken that told nothing new."""
