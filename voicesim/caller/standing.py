"""How the goal stands, from the caller's side, as a call goes on."""

from voicesim.base.findings import Finding, Level
from voicesim.caller.confirming import Said, agrees, is_waiting
from voicesim.caller.models import Goal
from voicesim.caller.understanding import Understood, understand
from voicesim.caller.words import find_days, find_times, plain, sentences

OPEN, DENIED, UNSURE, AGREED, REACHED, THANKED = range(6)
"""Nothing known; said not to be reached; closed in words that say neither, or two things at once;
a read-back was agreed to; said to be reached; and the caller has said its thanks."""
NEEDED = {Goal.BOOK: ("name", "day", "time"), Goal.RESCHEDULE: ("day", "time")}
NEEDED |= {Goal.CANCEL: ()}
"""What an agent must have been told, or have read back, for the goal to be reached."""


def needed(goal: Goal, *, name_asked: bool) -> tuple[str, ...]:
    """What of NEEDED counts: who never asks for a name may know it by the caller's number."""
    return tuple(field for field in NEEDED[goal] if field != "name" or name_asked)


def after_words(standing: int, said: Said, text: str, goal: Goal, *, stated: bool) -> int:
    """How it stands after ``text``; ``stated``: day and time were read back before."""
    if standing >= REACHED:
        if not said.withdrawn:
            return standing
        return DENIED if goal is Goal.BOOK else UNSURE  # it may be the appointment of before
    if said.denied:
        return DENIED
    if not said.confirmed:
        return standing
    if said.settled and standing == DENIED:
        return UNSURE  # "see you then", after "the booking failed"
    if goal is Goal.RESCHEDULE:
        stated = stated or bool(find_days(text) and find_times(text))
        if said.added:
            return DENIED
        if not (said.moved or stated):
            return UNSURE
    return UNSURE if said.muddled else REACHED


def after_answer(standing: int, text: str, said: Said) -> int:
    """How it stands after ``text`` answered the question whether the goal is reached."""
    if standing >= REACHED or said.denied or said.muddled or not agrees(plain(text)):
        return standing
    return REACHED


def after_closing(standing: int, text: str, understood: Understood) -> int:
    """How it stands after an agent that knows day and time said ``text`` and listens no more."""
    if standing not in (OPEN, AGREED) or not text.strip():
        return standing
    if understood.wants and understand(sentences(plain(text))[-1]).wants:
        return standing  # it asks, and does not listen
    return standing if is_waiting(text) else UNSURE


NO_WEEKDAY = "confirmed a date and named no weekday"
AT_ODDS = "confirmed a weekday with the date of another"
ANOTHER_WEEK = "confirmed the weekday of another week than the next"
"""Why a caller that thinks in weekdays cannot tell which day is booked."""


def not_compared(why: str, text: str) -> Finding:
    """What a caller says of a confirmation by such a date."""
    said = f"The agent {why}: {text[-160:]!r}; the caller cannot tell."
    return Finding("date-not-compared", Level.NOTICE, said)
