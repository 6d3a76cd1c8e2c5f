"""Where a prompt states what is the caller's: what is booked, and which number is its own.

An agent that confirms says other things beside: when parking is free, whom to ring. A day, time or
number counts as the caller's only in words that say so, unless the caller is asked whether it is
right.
"""

import re

from voicesim.base.remembering import kept
from voicesim.caller.confirming import BOOKED, RECITES, SETTLED, unsettled
from voicesim.caller.sieve import Sieved
from voicesim.caller.words import (
    DAYS,
    DIGIT_WORDS,
    MONTHS,
    OTHER_MONTHS,
    find_days,
    plain,
    sentences,
)


def _any(*patterns: str) -> Sieved:
    return Sieved("|".join(patterns), re.IGNORECASE)


_DAY = rf"(?:{'|'.join(DAYS)})"
_DIGIT = rf"(?:\+?\d|(?:{'|'.join(DIGIT_WORDS)}|oh|double|triple)\b)"
BESIDE = _any(
    r"\b(?:open|opening|hours|closed|close|arriv\w+|early|call us|call back|reach us|contact us|"
    r"cancel\w*|our (?:\w+ )?number|(?:confirmation|reference|booking|case|ticket|policy|account|"
    r"member) (?:number|code|id)|question|minutes|reminder|remind|earliest|available|openings?|"
    r"instead|give us a call|currently|today is|office|no longer|unavailable|"
    r"not (?:available|free)|(?:is|was|are|were) (?:full|gone|taken(?! care)))\b",
    r"\b(?:it's|it is) (?:now \d|\d{1,2}(?::\d\d)? ?[ap]m (?:now|already|here)\b)",
)
"""Speaks of the agent itself: its hours, its own number."""
_INSTEAD = _any(r"\binstead\b")
_STATES = _any(
    r"\b(?:i|we)(?:'ve| have)(?: got| put| noted| marked| entered)? "
    rf"(?:you|it|that|down|{_DAY}|\d|(?-i:[A-Z]))",
    r"\b(?:on|in) (?:the|our|my) (?:calendar|schedule|diary|books?)\b|\bdown for\b|\bnoted\b",
    r"\b(?:come|coming|expected|slot|appointment|booking|visit|spot) (?:is |will be )?(?:in )?"
    rf"(?:on |for |at )?(?:{_DAY}|\d)",
    r"\b(?:that's|that is|it's|it is|that'll be|that will be|this is|i mean) (?:all )?"
    rf"(?:on |for |at )?(?:{_DAY}|\d)",
    r"\b(?:the|your) (?:day|time|date|slot) (?:is|will be)\b",
    rf"^(?:(?:ok|okay|so|great|perfect|alright|then),? )*{_DAY}[^.?!]{{0,30}} it is\b",
)
"""Says of what is booked when it is."""
_BARE = _any(
    r"^(?:(?:and|so|again|great|perfect|okay|ok|alright|one more time|yes|for|on|at|done)[,:]? )*"
    r"(?:(?-i:[A-Z])[\w'’-]+(?: (?-i:[A-Z])[\w'’-]+){0,2}[,:] )?"
    rf"(?:{_DAY}|\d{{1,2}}(?::\d\d)? ?(?:am|pm))\b"
    r"(?![^.?!]{0,80}\b(?:is|are|was|were|has|have|will|can|we|you|our|they|starts?)\b)"
)
"""A day or a time and no verb."""
_CLAUSES = re.compile(r"; |, (?:and|but|please|so) ")
_OTHER_DAYS = _any(
    rf"\b(?:have an? (?:\w+ )?|enjoy (?:your|the) |(?:good|great|nice|lovely|wonderful) ){_DAY}\b",
    rf"\b(?-i:{_DAY} (?!At|On|The|For|In|Morning|Afternoon|Evening)[A-Z]\w+ [A-Z]\w+)",
)
"""Farewells and houses that name a day."""
_MONTH = rf"(?:{'|'.join(MONTHS)})"
_OTHER_MONTH = rf"(?:{'|'.join(OTHER_MONTHS)})"
_DATE = _any(
    rf"\b{_MONTH} (?:the )?\d{{1,2}}(?:st|nd|rd|th)?\b(?! ?[ap]m)",
    rf"\b\d{{1,2}}(?:st|nd|rd|th|er|\.)?(?: of| de)? (?:{_MONTH}|{_OTHER_MONTH})\b",
    r"\bthe \d{1,2}(?:st|nd|rd|th)\b|\btomorrow\b",
    r"\b(?:on|for|to) (?:the )?\d{1,2}(?:/\d{1,2}\b|\.\d{1,2}\.)",
)
_YOURS = _any(
    r"\byour\b(?! (?:\w+['’]s|code|confirmation|reference|pin|ticket|case|booking|order|id)\b)"
    r"[^?]{0,40}?"
    r"\b(?:number|phone|mobile|cell|telephone|contact)\b(?! (?:de|di)\b)",
    r"\b(?:reach|call|text|ring|phone|contact|message) you\b|\byou(?:'re| are) calling from\b",
    rf"(?:\b{_DAY}|\b[ap]m|o'clock), (?:and )?(?:(?:phone|telephone|number|mobile) )?"
    r"\+?\d[\d ().-]{5}",
    rf"(?<!['’]s )\b(?:phone|telephone|mobile|callback|contact)(?: number)?: {_DIGIT}",
    r"\byou (?:gave|left|told|said)\b|\b(?:ending|ends)\b",
    rf"\b(?:we|i)(?:'ll| will| can) (?:then )?(?:text|call|ring|phone) (?:at |on )?{_DIGIT}",
    r"\b(?:with|the|and|at|on|phone|telephone|contact|callback|mobile) (?:phone |telephone |mobile "
    r"|contact |callback )?number\b",
    rf"(?:\b(?:your|the|with|and)|(?-i:[A-Z]\w+),) (?:phone|telephone|mobile)(?:,|:| is)? {_DIGIT}",
)
_SENT = _any(
    r"\b(?:(?:we|i)(?:'ll|'ve|'m|'re| will| have| am| are)?(?: just| also| now)? "
    r"(?:send|sent|sending|text|texted)|goes|going|will go|went|(?:been|was|is|be) sent)\b"
    rf"[^?.!]{{0,40}}? to (?:\w+ ){{0,2}}{_DIGIT}",
    rf"\bgive you a (?:call|ring|text) (?:back )?(?:on|at) {_DIGIT}",
)
"""A message or a call goes to a number: the caller's."""
_THEIRS = _any(
    r"\bfrom(?<!calling from)\b|\b(?:code|fax|dial|emergenc\w+|front desk)\b",
    rf"\b(?:ring|call|text|phone)(?<!will ring)(?<!will call)(?<!will text)(?<!'ll ring)"
    rf"(?<!'ll call)(?<!'ll text)(?<!your phone)(?<!, phone)(?<!the phone)(?: at| on)? {_DIGIT}",
    r"\b(?:ring|call|text|phone) (?:us|me|our|the)\b|"
    r"\bnumber to (?:call|ring|text|phone)\b(?! you)|\w['’]s (?:\w+ )?(?:number|phone|mobile)\b",
)
"""A number to ring, or of something else than a phone."""


@kept(8)
def booked_in(text: str) -> tuple[str, ...]:
    """The clauses of ``text`` (plain) that say what is booked, in order."""
    said = [clause for s in sentences(text) for clause in _booked_of(_CLAUSES.split(s))]
    return tuple(_OTHER_DAYS.sub(" ", clause) for clause in said)


def _booked_of(clauses: list[str]) -> list[str]:
    """Those of a sentence's ``clauses`` that say what is booked.

    One without a verb goes on with what the one before speaks of: opening hours, perhaps.
    """
    found: list[str] = []
    for at, clause in enumerate(clauses):
        alone = at == 0 or BESIDE.search(clauses[at - 1]) is None
        if _books(clause) or (alone and _is_bare(clause)):
            found.append(clause)
    return found


def _books(clause: str) -> bool:
    booked = BOOKED.search(clause) is not None
    beside = _INSTEAD.sub("", clause) if booked else clause
    if BESIDE.search(beside) or unsettled(clause):
        return False
    return booked or any(pattern.search(clause) for pattern in (SETTLED, RECITES, _STATES))


def _is_bare(clause: str) -> bool:
    return bool(_BARE.search(clause)) and not (BESIDE.search(clause) or unsettled(clause))


def gives_a_date(text: str) -> bool:
    """Whether ``text`` (plain) says by its date, and not by the weekday, what is booked."""
    return any(_DATE.search(said) and not find_days(said) for said in booked_in(text))


def own_sentences(text: str) -> str:
    """``text`` without what speaks of the agent itself: its hours, its own number."""
    return " ".join(s for s in sentences(plain(text)) if not BESIDE.search(s))


def numbers_in(text: str, *, confirms: bool) -> str:
    """The sentences of ``text`` (plain) in which a number is the caller's."""
    said = [
        s for s in sentences(text) if _SENT.search(s) or not (BESIDE.search(s) or _THEIRS.search(s))
    ]
    return " ".join(s for s in said if not confirms or _YOURS.search(s) or _SENT.search(s))
