"""Which keys a caller presses, when an agent listens for nothing else."""

import re

from voicesim.call.talk import Listening
from voicesim.caller.asking import Want
from voicesim.caller.checking import same
from voicesim.caller.facts import Facts
from voicesim.caller.models import Goal
from voicesim.caller.understanding import Understood
from voicesim.caller.words import find_numbers

_YES = re.compile(
    r"^(?!.*(?:\b(?:not|wrong|incorrect)\b|n't\b)).*\b(?:yes|confirm|correct|right|accept|continue|ok|okay|book)\b"
)
_NO = re.compile(r"\b(?:no|change|wrong|incorrect|start|again|edit|re-?enter|not|else|otherwise)\b")
_ANYONE = re.compile(r"\b(?:operator|desk|representative|speak|someone|other|else|all)\b")
_APPOINTMENTS = re.compile(r"\b(?:appointments?|bookings?|reception)\b")
_GOALS = {
    Goal.BOOK: re.compile(r"\b(?:book|schedule|make|new)\b"),
    Goal.RESCHEDULE: re.compile(r"\b(?:reschedul\w*|change|move|modify|existing)\b"),
    Goal.CANCEL: re.compile(r"\b(?:cancel\w*)\b"),
    Goal.HOURS: re.compile(r"\b(?:hours|open\w*|information)\b"),
    Goal.PERSON: re.compile(r"\b(?:operator|desk|representative|person|somebody|someone|human)\b"),
    Goal.WRONG_NUMBER: re.compile(r"(?!)"),
    Goal.ODD_INPUT: re.compile(r"."),
}


def keys_for(
    understood: Understood, facts: Facts, goal: Goal, *, wrong: bool, read_back: bool
) -> tuple[str, str]:
    """The keys that answer a prompt and the fact they tell; ("", "") when no key does.

    ``wrong`` says that what was read back is wrong, ``read_back`` that something was.
    """
    options = understood.options
    want = understood.wants[0] if understood.wants else Want.UNKNOWN
    answer = _NO if wrong else _YES
    if want in (Want.CONFIRM, Want.YES_NO):
        return labelled(options, answer) or ("2" if wrong else "1"), ""
    if want is Want.PHONE:
        return max(find_numbers(facts.phone), key=len, default=""), "phone"
    for field in ("day", "time"):
        for key, label in options:
            if same(field, label, facts.value(field)):
                return key, field
    if want in (Want.NAME, Want.SPELL, Want.DAY, Want.TIME):
        return "", ""
    if read_back and labelled(options, answer):
        return labelled(options, answer), ""
    for pattern in (_GOALS[goal], _APPOINTMENTS, _ANYONE):
        if labelled(options, pattern):
            return labelled(options, pattern), ""
    return (options[0][0] if options else ""), ""


def labelled(options: tuple[tuple[str, str], ...], wanted: re.Pattern[str]) -> str:
    """The key of the first option whose label matches, or ""."""
    return next((key for key, label in options if wanted.search(label)), "")


def typed(digits: str, listening: Listening, *, menu: bool) -> str:
    """``digits`` as they are keyed in: so many as are taken, or ended with the finish key."""
    if listening.num_digits:
        return digits[-listening.num_digits :]
    return digits if menu else digits + listening.finish_on_key[:1]
