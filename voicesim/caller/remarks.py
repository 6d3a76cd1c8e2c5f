"""What an agent says of the call itself: that it asks anew, hands over, rings back (in English)."""

import re

from voicesim.caller.asking import HAS_PRESS
from voicesim.caller.sieve import Sieved

_ON_PURPOSE = Sieved(
    r"\b(?:once more|one more time|again,? (?:please,? )?to (?:confirm|verify|check)|"
    r"to (?:confirm|verify|double-?check)|"
    r"for (?:your |our |added )?(?:security|verification|safety)|"
    r"verify|double-?check|(?:please|you|to|and) (?:repeat|confirm) your)\b",
    re.IGNORECASE,
)
_MORE_OF_IT = Sieved(
    r"(?<!first and )\b(?:first|last|middle|given|family|sur|second|other|maiden) ?name\b|"
    r"\b(?:second|other|another|different|alternat\w+|additional|back-?up|emergency|next-best) "
    r"(?:\w+ ){0,2}?(?:number|phone|contact|mobile|day|date|time|slot|choice)s?\b|"
    r"\b(?:first|last|final) (?:\w+ ){0,2}?digits\b",
    re.IGNORECASE,
)
"""A part of a fact, or one more of its kind."""
_RINGS_BACK = Sieved(
    r"(?:\bwill|['’]ll|\bis going to|\bare going to) (?:\w+ ){0,2}?"
    r"(?:(?:ring|call|text|contact|phone|get back to) you\b|be in touch\b)"
    r"(?! (?:a|the|your) (?:\w+ )?(?:confirmation|reminder))",
    re.IGNORECASE,
)
_HANDS_OVER = Sieved(
    r"\b(?:transferr?(?:ing)?|connect(?:ing)?|hand(?:ing)?|pass(?:ing)?|put(?:ting)?) you "
    r"(?:over|through|to|on|with|now|directly)\b",
    re.IGNORECASE,
)
_STARTS_OVER = re.compile(
    r"\b(?:start|starting|begin)(?: this| that| it| all)? (?:over|again|afresh|anew)\b|"
    r"\bfrom the (?:start|beginning|top)\b",
    re.IGNORECASE,
)


def starts_over(text: str) -> bool:
    """Whether ``text`` says that all is asked anew, unless it offers that."""
    return _STARTS_OVER.search(text) is not None and not HAS_PRESS.search(text)


def hands_over(text: str) -> bool:
    """Whether ``text`` says that the caller is given to somebody else."""
    return _HANDS_OVER.search(text) is not None


def asks_on_purpose(text: str) -> bool:
    """Whether ``text`` asks again by design: to verify what it knows, or for more of it."""
    return _ON_PURPOSE.search(text) is not None or _MORE_OF_IT.search(text) is not None


def rings_back(text: str) -> bool:
    """Whether ``text`` says that somebody will ring the caller: nothing is booked in this call."""
    return _RINGS_BACK.search(text) is not None
