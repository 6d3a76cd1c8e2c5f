"""What an agent says of when somebody is there, in English terms: tables of patterns.

Tried on single sentences, as in ``confirming``; what no pattern knows says nothing.
"""

import re

from voicesim.caller.words import find_days, find_times


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
_HOUR = (
    r"(?:(?:half past |quarter (?:past|to) )?(?:\d{1,2}(?:[:.]\d\d)?|one|two|three|four|five|six|"
    r"seven|eight|nine|ten|eleven|twelve)(?: thirty)?(?: ?[ap]m| ?o'?clock| in the \w+)?|"
    r"noon|midday|midnight)"
)
_TO = r"(?:to|until|till|through|thru|-|–)"
_HOURS = (
    rf"(?:\b{_HOUR} ?{_TO} ?{_HOUR}|\bbetween {_HOUR} and {_HOUR})\b"
    r"(?!(?: \w+)? (?:minutes?|hours?|days?|weeks?|months?|times|people|questions?)\b)"
)
_DAYS = rf"\b{_DAY} ?(?:{_TO}|and) ?{_DAY}\b"
_ABOUT = _any(
    r"\bopen(?:s|ed|ing)?\b|\bhours\b(?! ago)|\bclos(?:e|es|ing)\b",
    r"\b(?:we|office|desk|clinic|practice|surgery|lines?|shop|store|team|reception|somebody|"
    r"someone|staff)(?:'re| are|'s| is)(?: \w+)? (?:here|there|available|staffed|reachable|in)\b",
    r"\b(?:office|desk|clinic|practice|surgery|shop|reception) is (?:on weekdays|until|from|daily)",
    r"\b(?:visit|reach|find|see) us\b|\b(?:here|there) (?:from|on|every)\b",
)
"""Speaks of when somebody is there."""
_SHUT = _any(
    rf"\b(?:on )?{_DAY}(?: (?:and|to|through) {_DAY})? (?:we(?:'re| are) )?closed\b",
    rf"(?:\bnot|n't)(?: \w+)? open\b(?: (?:on|at|over|for|the|and|or|{_DAY}|day|weekends?|today))*",
    rf"\bclosed\b(?: (?:all|on|at|over|for|the|this|every|and|{_DAY}|day|weekends?|today))*",
)
"""When nobody is."""
_UNKNOWN = _any(
    r"\b(?:could|can)(?:n't| ?not) (?:\w+ ){0,2}?(?:find|tell|say|look|see|access|give|read)\b",
    r"\b(?:don't|do not) (?:know|have)\b|\b(?:a|our) new (?:store|shop|office|branch|location)\b",
)
"""Knows none, or speaks of another place; unless hours are in the same sentence."""
_OFFERS = _any(
    r"\bopen (?:appointment|slot|spot|time(?!s)|space|place)|\bopen for you to (?:come|book)\b",
    r"\b(?:appointment|slot|spot|time|space|place|schedule|calendar|diary)s?"
    r"(?: \w+)? (?:is|are)(?: \w+)? open\b",
    r"\b(?:an?|the|next|first|earliest|last|other|another|one|any)(?: \w+)? openings?\b"
    r"(?! (?:hours|times?))|\bopenings\b|\bi(?:'m| am) (?:still )?open\b",
)
"""Speaks of what may be booked."""
_WHEN = _any(
    _HOURS,
    r"\b(?:24|twenty-?four) hours\b|\b24/7\b|\b(?:around|round) the clock\b|\bday and night\b",
    r"\b(?:every|each|any) day\b|\bdaily\b|\bweekdays?\b|\bweekends?\b|\bnoon\b|\bmidnight\b",
    rf"\b{_DAY}\b|\d ?o'?clock\b|\b\d{{1,2}} ?[ap]m\b|\bat all hours\b|\ball day\b",
    r"\b(?:six|seven|eight|nine|ten|eleven|twelve)\b",
)
_ALONE = _any(
    rf"{_DAYS}|\bfrom {_HOURS}|\bbetween {_HOUR} and {_HOUR}\b|^(?:\w+,? ){{0,2}}{_HOURS}"
)
"""Hours that need no other word when they are what was asked for."""
_NOT_HOURS = _any(
    r"(?<!by )\bappointments?\b|\b(?:slot|spot|book|offer|prefer|suit|choose|press|free|fits?)\w*\b"
    r"|\bcall(?:ing|s|ed)?\b|\bi (?:can|have|could)\b|\bscale\b|\brate\b|\bwhich\b|\?$"
)
"""Days and hours of something else, or that may be of something else."""
_CLAIMS = _any(
    r"\bhours (?:are|is)(?:(?: the| as)? (?:usual|same|following|follows|ever|always|normal|"
    r"regular|below)(?: \w+)?| (?:null|none|undefined|nan|unknown|from to|empty|blank|\W+))?"
    r"(?: as (?:ever|always|usual))?\s*[.,:;!…]*$",
    r"\b(?:we|we're|office|clinic|practice) (?:are |is )?(?:now )?open "
    r"(?:from|to|at|from to|from until|as usual)"
    r"\s*[.,:;!…]*$",
)
"""Says that now the hours come, or that they are what they are; no more is in it."""


def tells_hours(said: list[str]) -> bool:
    """Whether it is said when somebody is there: days, or hours."""
    return any(_tells(sentence) for sentence in said if not sentence.endswith("?"))


def _tells(sentence: str) -> bool:
    if _OFFERS.search(sentence):
        return False
    if _UNKNOWN.search(sentence) and re.search(_HOURS, sentence, re.IGNORECASE) is None:
        return False
    bare = _SHUT.sub(" ", sentence)
    about = _ABOUT.search(bare) or (bare != sentence and re.search(_HOURS, bare, re.IGNORECASE))
    if about and (_WHEN.search(bare) or find_days(bare) or find_times(bare)):
        return True
    return _ALONE.search(bare) is not None and _NOT_HOURS.search(bare) is None


def claims_hours(said: list[str]) -> str:
    """The sentence that claims to tell the hours, and tells none; "" if there is none."""
    if tells_hours(said):
        return ""
    return next((sentence for sentence in said if _CLAIMS.search(sentence)), "")
