"""Yes and no, "please repeat", and what the caller wants changed."""

import re
from enum import StrEnum


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_NO_TROUBLE = _pattern(r"\bno (?:problem|worries|doubt|objections?)\b")
_NOT_RIGHT = _pattern(
    r"\b(?:not|isn't|wasn't|never)\s+(?:\w+\s+){0,2}?(?:right|correct|true|good|it|quite|ok|okay)\b"
    r"|\b(?:incorrect|wrong|mistaken?|false|negative)\b"
)
_NO = _pattern(r"\b(?:no|nope|nah|nay)\b")
_YES = _pattern(
    r"\b(?:yes|yeah|yep|yup|yea|aye|correct|right|sure|ok|okay|absolutely|exactly|indeed|certainly"
    r"|definitely|affirmative|perfect|precisely|fine|please do|go ahead|of course|sounds good"
    r"|all good|that works|it is|that's it|great|true|uh[\s-]?huh|mm[\s-]?hmm?)\b"
)
_KEYS = {"1": True, "one": True, "2": False, "two": False}
_DONT_KNOW = _pattern(r"\b(?:don't|do not|not) (?:know|sure|understand|certain)\b")


def yes_no(text: str) -> bool | None:
    """Say whether the text is a yes (True), a no (False) or neither."""
    key = text.strip(" .!").lower()
    if key in _KEYS:
        return _KEYS[key]
    if _DONT_KNOW.search(text):
        return None
    rest = _NO_TROUBLE.sub(" yes ", text)
    if _NOT_RIGHT.search(rest):
        return False
    no, yes = _NO.search(rest), _YES.search(rest)
    if no and yes:  # "no, that is correct" may mean either
        return True if yes.start() < no.start() else None
    if no:
        return False
    return True if yes else None


_REPEAT = _pattern(
    r"\brepeat\b|\b(?:say|said|tell me|read) (?:that|it|this|the question)(?: \w+)? again\b"
    r"|\b(?:come|once|one more time) ?again\b|\bone more time\b|\bagain,? please\b|\bpardon\b"
    r"|\bwhat (?:did you say|was that|do you mean)\b|\b(?:speak|talk) (?:up|slower|louder|more)\b"
    r"|\b(?:didn't|did not|couldn't|could not|can't|cannot) (?:\w+ )?"
    r"(?:hear|catch|understand|get) (?:you|that|it|what|the)\b"
    r"|\b(?:hard of hearing|i beg your)\b|\bwhat (?:name|number|day|date|time) (?:was|is|did)\b"
)
_ALONE = _pattern(r"^\W*(?:(?:i'm )?sorry|what|huh|eh|excuse me|come again|again)\W*$")


def wants_repeat(text: str) -> bool:
    """Say whether the caller wants to hear the prompt again."""
    return bool(_REPEAT.search(text) or _ALONE.search(text))


_VERBS = r"(?:mov(?:e|ing)|chang(?:e|ing)|switch(?:ing)?|shift(?:ing)?|push(?: back)?|postpone)"
_MOVE = _pattern(
    r"\bre-?schedul\w*|\brearrang\w*|\bpostpon\w*|\bput (?:it |that )?off\b"
    rf"|\b{_VERBS}\s+(?:[\w':]+\s+){{0,5}}?(?:appointment|booking|visit|slot|reservation|check-?up)"
    r"|\bappointment\s+(?:moved|changed|switched)\b"
    r"|\b(?:can't|cannot|can not|won't be able to)\s+make\s+(?:my|it|the)\b"
)
_MOVE_TO = _pattern(r"\b(?:to|until|till)\s+(?!(?:re-?schedule|move|change|switch|postpone)\b)")
_MOVE_FOR = _pattern(r"\bfor\s+|\bon to\s+|\bcome\s+|\binstead\b")


def wants_move(text: str) -> bool:
    """Say whether the caller wants an appointment it has moved to another day or time."""
    return _MOVE.search(text) is not None


_BOOK = _pattern(
    r"\b(?:re)?(?:book(?:ing)?|schedul(?:e|ing)|appointments?|visit|slot|reservation|check-?up)\b"
    r"|\bcome (?:in|by|over)\b|\bsee (?:the|a) \w+"
)
_CANCEL = _pattern(r"\bcancel\w*")


def wants_booking(text: str) -> bool:
    """Say whether the caller speaks of an appointment it would like to have."""
    return bool(_BOOK.search(text) and not _CANCEL.search(text))


def moved_to(text: str) -> int:
    """Give the index from which a request to move speaks of the new day and time.

    "Move my Tuesday appointment to Thursday" names an old day as well. The length of the text if it
    names no new one.
    """
    match = _MOVE.search(text)
    start = match.start() if match else 0
    for preposition in (_MOVE_TO, _MOVE_FOR):
        found = list(preposition.finditer(text, start))
        if found:
            return found[-1].start()
    return len(text)


class Errand(StrEnum):
    """What a caller may want that books nothing."""

    CANCEL = "cancel"
    HOURS = "hours"
    PERSON = "person"
    THEM = "them"
    """It asks whether somebody else is here."""
    WRONG_NUMBER = "wrong number"


_ERRANDS = {
    Errand.WRONG_NUMBER: _pattern(r"\bwrong number\b|\bmisdial\w*|\bdial\w* (?:the )?wrong\b"),
    Errand.CANCEL: _pattern(
        r"\bcancel\w*\b.{0,40}\b(?:appointment|booking|visit|it|reservation)\b"
        r"|\b(?:appointment|booking|visit|it|reservation)\b.{0,20}\bcancel\w*"
        r"|\b(?:to|please|my|i) cancel\b"
    ),
    Errand.HOURS: _pattern(
        r"\b(?:opening|office|business) (?:hours?|times?)\b"
        r"|\bwhen (?:are you|do you) (?:open|close)\w*"
        r"|\bare you open\b|\b(?:your|what) hours\b"
    ),
    Errand.PERSON: _pattern(
        r"\b(?:speak|talk)\w* (?:to|with) (?:an? |some |your |the )?(?:\w+ )?"
        r"(?:person|human|someone|somebody|receptionist|colleague|operator|staff|representative)\b"
        r"|\b(?:real|actual) (?:person|human)\b|\ba person\b"
    ),
    Errand.THEM: _pattern(r"\b(?:is (?:this|that|it)|have i reached) the \w+"),
}
_BYE = _pattern(r"\bgood ?-?bye\b|\bbye\b|\bthat's (?:all|it)\b|\bthank you\b|\bthanks\b")


def errand(text: str) -> Errand | None:
    """What the caller wants that books nothing, if it says so."""
    return next((one for one, pattern in _ERRANDS.items() if pattern.search(text)), None)


def says_goodbye(text: str) -> bool:
    """Whether the caller has done: thanks or goodbye."""
    return _BYE.search(text) is not None


_MENTIONS = {
    "name": _pattern(r"\b(?:name|surname)\b"),
    "phone": _pattern(r"\b(?:phone|telephone|number|mobile|digits?)\b"),
    "day": _pattern(r"\b(?:day|date|weekday)\b"),
    "time": _pattern(r"\b(?:time|hour)\b"),
}


def mentions(text: str) -> frozenset[str]:
    """Name the fields the caller speaks of: name, phone, day, time."""
    rest = re.sub(r"\b(?:one more|this|next|last|first) time\b", " ", text, flags=re.IGNORECASE)
    return frozenset(field for field, pattern in _MENTIONS.items() if pattern.search(rest))
