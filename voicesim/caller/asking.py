"""How agents ask, in English terms (see languages): tables of patterns, tried on single sentences.

No pattern has more than one unbounded gap, so that a long prompt cannot stall a run.
"""

import re
from enum import IntEnum

from voicesim.caller.sieve import Sieved
from voicesim.caller.words import MONTHS


class Want(IntEnum):
    """What a prompt asks for."""

    UNKNOWN = 0
    HELP = 1
    """"How can I help?": the goal."""
    NAME = 2
    SPELL = 3
    """The name, letter by letter."""
    PHONE = 4
    DAY = 5
    TIME = 6
    REASON = 7
    OLD = 8
    """Which appointment the caller has already."""
    CONFIRM = 9
    """Whether what was read back is right."""
    CHANGE = 10
    """What was wrong with the read-back."""
    YES_NO = 11
    """Another question to be answered by yes or no."""
    OTHER = 12
    """A fact that this caller does not tell (date of birth, insurance ...)."""
    MORE = 13
    """Whether there is anything else."""
    MENU = 14
    """A key."""


def _any(*patterns: str) -> Sieved:
    return Sieved("|".join(patterns), re.IGNORECASE)


# --- what is said rather than asked ---------------------------------------------------------

GOODBYE = _any(r"\bgood ?-?bye\b|\bbye\b", r"\bhave an? (?:\w+ )?(?:day|evening|weekend|one)\b")
AGAIN = _any(
    r"\b(?:did ?n'?t|did not|could ?n'?t|could not|ca ?n'?t|cannot|do ?n'?t|not) "
    r"(?:quite |really )?(?:catch|get|hear|understand|make)\b",
    r"\b(?:say|repeat) (?:that|it) (?:again|once|one)?|\brepeat (?:that|it|your)|\bpardon\b",
    r"\bone more time\b|\btry (?:that |it )?again\b|\b(?:are you )?still there\b|\bcome again\b",
    r"^(?:i'm |i am )?sorry\??$|^hello\?+$|\bare you there\b",
)
UNAVAILABLE = _any(
    r"\b(?:not|isn't|aren't|no longer) (?:be )?(?:available|free|open|possible)\b|\bunavailable\b",
    r"\b(?:fully|already) (?:booked|taken)\b|\b(?:is|are|been) (?:taken|full)\b",
    r"\bbooked (?:up|out)\b|\bwe're closed\b",
    r"\bno (?:\w+ )?(?:openings?|availability|slots?|appointments?)\b",
    r"\b(?:don't|do not) have (?:any|that|an opening|a slot|availability)\b",
)

# --- questions ------------------------------------------------------------------------------

ASKS = _any(
    r"\?",
    r"\b(?:please|tell me|tell us|give me|let me know|say|provide|enter|spell|leave|type|state)\b",
    r"\b(?:may i|can i|could i|can you|could you|would you|what|which|when|how|who|what's)\b",
    r"\b(?:need|like to know|key in|press|dial|ask (?:for|you)|choose|pick|name a)\b",
    r"(?:^|\bplease |\bnow )(?:verify|repeat|confirm) your\b",
    r"^(?:and )?(?:your |the )?(?:full |first |last |phone |telephone |mobile )*"
    r"(?:name|number|day|date|time|mobile|cell|phone|digits)\W*$",
)
"""What makes a sentence a question or a request."""
EXAMPLE = Sieved(
    r"[,(]? ?\b(?:for example|for instance|such as|e\.?g\b|something like)\b.*", re.IGNORECASE
)
STRIP = _any(
    r"\b(?:at|by) (?:this|the|that|any|same) time\b|\bone at a time\b|\btake your time\b",
    r"\b(?:first|next|last|every|each|any|of|some|this|second) ?time\b(?! preference)",
    r"\btime zone\b",
    r"\bfor your time\b|\b(?:thank|thanks)[^.?!]{0,20} your (?:name|number|time)\b",
    r"\b(?:have a|of the|one|every|same|good|great|nice|business|working) day\b(?! in mind)",
    r"(?<!may )(?<!can )(?<!could )(?<!might )\b(?:i have|i've got|thanks for) your (?:phone )?"
    r"(?:name|number)\b",
    r"\bdays?' notice\b|\bmy name is\b|\bmy name's\b|\b(?:may|can) also spell\b[^.?!]*",
)
"""Words that look like questions for facts and are none."""
YES_OR_NO = _any(r"\b(?:yes or no|yes or a no|say yes|answer yes|just yes|yes to)\b")
BARE_YES_OR_NO = Sieved(
    r"^(?:(?:is that|just|please),? )*(?:a )?yes or (?:a )?no\?$", re.IGNORECASE
)
"""A question that only says how to answer the one before it."""
HALF_OF_DAY = Sieved(  # "le" and "l'": French, in English terms
    r"\bmornings? or (?:(?:in|the|an?|le|l') ?)*(?:afternoon|evening)s?\b|^\W*am or pm\b",
    re.IGNORECASE,
)
CALENDAR = _any(
    r"\bcalendar (?:date|day)\b|\bday of the month\b|\bmonth and (?:the )?day\b",
    r"\bday and (?:the )?month\b|\b(?:what|which|the) month\b|\bfull date\b",
    r"\b(?:like|such as|for example|for instance|say),? (?:the )?"
    rf"(?:{'|'.join(MONTHS)}|\d{{1,2}}(?:st|nd|rd|th))\b",
)
"""Asks for a day by its date; callers speak of theirs by the weekday."""
DATE = _any(r"\bdate\b")
"""May ask for one, or for a weekday, as long as no weekday was told."""
CHOICE = _any(
    r"\bwhich (?:one|of (?:those|these|them)|would|do|works?|suits?|is)\b|^which\?",
    r"\bwhat would you prefer\b|\bdo (?:any|either)\b",
    r"\b(?:any|either|one) of (?:those|these|them) (?:work|suit)",
)
AUXILIARY = Sieved(
    r"^(?:(?:so|ok|okay|and|great|perfect|alright|all right|thanks|thank you|now|just|to confirm|"
    r"got it|sure)[, ]+)*(?:is|are|was|were|did|does|do|will|would|should|shall|can|could|have|has|"
    r"am|how about|what about|how does|how would(?! you\b))\b",
    re.IGNORECASE,
)
"""How questions begin that are answered by yes or no."""
STATES_PARTY = Sieved(
    r"\b(?:this|that|the same|it) (?:the )?(?:\w+ )?number\b|"
    r"\bname (?:is )?(?!I\b)[A-Z]|\byou [A-Z][a-z]"
)
MORE = _any(
    r"\b(?:anything|something|nothing) else\b|\bwhat else\b|\bhow else\b",
    r"\b(?:further|additional|other|more|any) (?:assistance|questions?)\b",
    r"\b(?:do|need|want|like|help you with) (?:anything|something) (?:more|further)\b",
    r"\b(?:is|will|was) that (?:be )?(?:all|everything|it)(?: for (?:today|now))?\?",
)
CHANGE = _any(
    r"\bwhat (?:should|shall|can|do|would) (?:i|we|you) (?:\w+ ){0,4}(?:change|correct|fix)\b",
    r"\b(?:what|which)\b[^?]{0,30} (?:was|is|needs) (?:\w+ )?"
    r"(?:wrong|incorrect|not right|to change)\b",
    r"\bwhat did i get wrong\b",
)
WRONG = _any(
    r"\b(?:is|was|are)(?: there)? (?:any ?thing|something|any of (?:that|it))\b[^?]{0,30}\b"
    r"(?:wrong|incorrect|not right|to (?:change|correct|fix)|like to (?:change|correct|fix)|"
    r"need to (?:change|correct|fix)|want to (?:change|correct|fix))\b",
    r"^(?:any ?thing|something) (?:wrong|incorrect|not right|"
    r"(?:you (?:want|need|would like|wish) )?to (?:change|correct|fix))\b",
    r"\b(?:any|need any) (?:changes|corrections)\b",
)
"""Asks whether anything is wrong with a read-back: no means that it is right."""
CONFIRM = _any(
    r"\bis (?:that|this|it|everything|all of (?:that|this)|all (?:that|this)|the information|"
    r"your\b[^?]*) (?:all )?(?:correct|right|ok|okay|accurate|good|fine|yes|complete)\b",
    r"\bis (?:this|that|the|all(?: of)? (?:this|that|the)) (?:\w+ )?"
    r"(?:information|summary|data|number|name|day|date|time|booking) (?:all )?"
    r"(?:correct|right|accurate|ok|okay|fine)\b",
    r"\bare (?:these|those|the details|they)(?: \w+)? (?:correct|right|ok|okay|accurate)\b",
    r"\b(?:does|do|would|will) (?:that|this|it|these|those)(?: all| time| day)? "
    r"(?:sound|look|work|suit|seem|be (?:ok|okay|fine|good|all right))",
    r"(?:^|[,;]) ?(?:is (?:that|it)|(?:that's |that is )?(?:correct|right|yes|ok|okay))\?",
    r"^(?:(?:is|does) (?:it|that) )?(?:all|sounds?|everything) good\?",
    r"\bhappy (?:with|to go ahead)\b",
    r"^(?:(?:so|and|okay|ok|great),? )*(?:is|should|shall) [^?]{0,40}\bnumber (?:that )?"
    r"you(?:'re| are) (?:calling|ringing) (?:us )?(?:from|on)\b",
    r"\bis (?-i:[A-Z])[\w' -]{1,40} (?:the right|correct|right)\b",
    r"^(?:\w+, )?(?:can|may|shall|should) (?:i|we) (?:\w+ ){0,2}(?:book|lock|put|schedule) "
    r"(?:that|it|this)\b",
    r"\b(?:reach|call|text|contact) you (?:back )?(?:at|on) \+?\d[\d ().-]{5,30}[^?\d]{0,20}\?",
    r"\bdid i (?:get|hear|understand|have)\b|\bdid you (?:say|mean)\b|\bhave i got\b",
    r"\bdo i have\b(?! the pleasure)|\bconfirm that\b",
    r"\b(?:can|could|would|will) you (?:please )?confirm(?! (?:your|the|a) )",
    r"\bplease confirm(?! your)|\bdo you confirm\b|\bto confirm\?",
    r"^(?:(?:so|ok|okay|and|great|then),? )*(?:shall|should) i\b|\bwould you like me to\b",
    r"\b(?:do you )?want me to\b|\bgo ahead (?:and|with)\b|\bready to (?:book|confirm)\b",
    r"\bconfirm (?:this|that|the|your) (?:appointment|booking|details|information)\b",
)
HELP = _any(
    r"\bhow (?:can|may|could|might|should) (?:i|we) (?:\w+ )?(?:help|assist|serve|direct|be of)",
    r"^(?:(?:so|and|ok|okay),? )?what(?:'s up| would you like)\?",
    r"\bwhat can (?:i|we) (?:do|help)\b|\bwhat would you like to do\b|\bwhat brings you\b",
    r"\b(?:reason|purpose) (?:for|of) (?:your|the|this) call|\bnature of your\b",
    r"\bwhy (?:are you|you are|you're) calling\b|\b(?:can|may) i help you\b",
    r"\bwhat(?:'s| is| are)? (?:this|you|your call) (?:call )?(?:calling )?"
    r"(?:regarding|about|for)\b",
    r"\bwhat (?:do|can|are) you (?:need|want|looking for|calling)\b|\bin a few words\b",
    r"\bwhat you(?:'re| are)? (?:need|want|calling|looking for)\b|\bhow (?:can|may) i direct\b",
    r"\bwho would you like to (?:speak|talk)\b|\bleave (?:us |me )?an? (?:\w+ )?message",
    r"\b(?:after|at) the (?:beep|tone)\b|\bleave your (?:name and )?(?:message|details)\b",
    r"\b(?:book|schedule|make)\b[^?]{0,60}\bor\b[^?]{0,30}"
    r"\b(?:change|reschedule|cancel|move|existing)\b",
    r"\bnew (?:appointment|booking)\b[^?]{0,30} or\b",
)
OTHER = _any(
    r"\bdate of birth\b|\bbirth ?(?:date|day)\b|\b[d]\.?o\.?b\b|\be-?mail\b|\binsurance\b",
    r"\b(?:street|home|mailing|postal|your) address\b|\b(?:zip|postal) ?code\b",
    r"\b(?:policy|member|account|reference|confirmation|booking|social security|order) "
    r"(?:id|number|code)\b|\bcredit card\b|\bhow old\b|\byour age\b|\bbirth\b|\bpin\b",
    r"\bname of (?:your|the) (?!patient)\w+|\bpostcode\b",
    r"\b(?:doctor|provider|pet|company)(?:'s)? name\b",
)
WANTS: dict[Want, Sieved] = {
    Want.SPELL: _any(r"\bspell\b|\bspelling\b|\bletter by letter\b"),
    Want.OTHER: OTHER,
    Want.OLD: _any(
        r"\b(?:current|existing|original|present|old)\b[^?]{0,40}"
        r"\b(?:appointment|booking|day|date|time)",
        r"\bwhen is (?:your|the) (?:appointment|booking)\b",
        r"\bwhen do you (?:\w+ )?have (?:your|the|an) (?:\w+ )?(?:appointment|booking)\b",
        r"\b(?:which|what) (?:appointment|booking)\b",
        r"\bappointment (?:do|did) you (?:already )?have\b",
    ),
    Want.NAME: _any(
        r"\b(?:your|the|a|first|last|full|patient's|caller's|patient|whose|and|sur|given|family) ?"
        r"(?:\w+ )?name\b|^name\b(?! an?\b)|\bname,? please\b",
        r"\bname (?:for|on|is it|should|shall|do)\b",
        r"\bwho (?:am i|is this|is calling|do i have|may i|shall i|should i)\b|\bwhom am i\b",
        r"\bwhom?(?: is| will|'s) (?:the|this) (?:appointment|booking|visit)\b|\bwho's calling\b",
        r"\b(?:what|which|whose)(?: \w+)? name\b|\bwho's this\b|^(?:and )?you are\?",
        r"\bwho(?:'ll| will|'s| is) (?:be )?coming\b",
        r"\bwho(?:'s| is) (?:it|this|that|the (?:appointment|booking|visit)) for\b",
        r"\bhow (?:should|shall|may|can|do) i address you\b",
        r"\b(?:should|shall|may|can) i call you\b(?! (?:back|at|on))|\byour surname\b",
    ),
    Want.PHONE: _any(
        r"\b(?:phone|telephone|mobile|cell(?:ular)?|contact|call ?-?back|best|good|digit|daytime|"
        r"your|a) (?:\w+ ){0,2}numbers?\b|\bnumber,? please\b|^number\b|\bphone(?: number)?\?",
        r"\bnumber (?:can|should|could|do|may|is best|where|to|we|i|for|you|are you)\b",
        r"\b(?:reach|call|contact) you (?:at|on|back)\b|\bdigits of\b|\bway to reach you\b",
        r"\b(?:your|the|a|best) (?:mobile|cell(?:phone)?|telephone|phone|contact)\b(?! name)",
        r"\bhow (?:can|could|may|do|should|might) (?:we|i) (?:reach|contact|call|text) you\b",
        r"^digits\b|\b(?:what|which) (?:tele)?phone\b|^(?:mobile|cell|phone)\b",
    ),
    Want.DAY: _any(
        r"\b(?:what|which)(?: \w+)? (?:day|date|weekday)s?\b",
        r"\b(?:prefer\w*|the|and|your) (?:day|date)\b|\bday,? please\b|^(?:day|date)\b",
        r"\bday (?:works|would|suits|is|do|should|can|are|and|or|of the week|please|you)\b",
        r"\b(?:week)?days? in mind\b|\b(?:choose|pick|name) (?:a|your|the|any) (?:week)?day\b",
        r"\bwhen (?:this|next) week\b|\bany (?:week)?day in particular\b|"
        r"\bany particular (?:week)?day\b",
        r"\b(?:day|date)s?\b[^?]{0,50}"
        r"\b(?:prefer|like|works?|suits?|best|good|come|want|convenient|mind)",
    ),
    Want.TIME: _any(
        r"\b(?:what|which)(?: \w+)? (?:times?|hour|slot)\b|\b(?:prefer\w*|the|and|your) time\b",
        r"\btime (?:works|would|suits|is|do|should|can|are|please|you|of day)\b",
        r"\btimes?\b[^?]{0,50}"
        r"\b(?:prefer|like|works?|suits?|best|good|come|want|convenient|mind)",
        r"\bwhat(?:'s| is| would be) (?:a|the) (?:good|best|convenient) (?:time|hour)\b",
        r"\btime preferences?\b|\btimes? in mind\b",
        r"\b(?:choose|pick|name) (?:a|your|the|any) time\b",
        r"\btime,? please\b|^time\b|\bmornings? or (?:(?:in|the|an?|le|l') ?)*afternoons?\b",
        r"\bhow early\b|^\W*am or pm\b",
        r"\b(?:day|date)s? (?:and|or) (?:\w+ )?time\b",
    ),
    Want.REASON: _any(
        r"\b(?:reason|purpose) (?:for|of) (?:your|the|this) (?:visit|appointment|booking)\b",
        r"\b(?:visit|appointment|booking|coming in) (?:be )?(?:for|about|regarding)\?",
        r"\b(?:what|which) (?:\w+ )?(?:service|treatment|type|kind|sort)\b|\bsymptoms?\b",
        r"\bwhat (?:seems to be|do you need (?:to be )?(?:seen|done)|are you coming)",
        r"\bwhat is it (?:for|about)\b",
        r"\bwhat\b[^?]{0,40}\b(?:visit|appointment|see (?:us|the doctor)|coming in) (?:be )?for\b",
    ),
}
"""Facts that are asked for. Several in one sentence are all wanted."""
ANY_TIME = Sieved(
    r"\b(?:an?|any) (?:particular |specific |preferred )?time (?:\w+ )?(?:in mind|prefer\w*|like)\b"
    r"|\b(?:a|any) (?:preferred time|time preference)\b",
    re.IGNORECASE,
)
"""Asks for the time, be it in words of yes or no, and with the day in it."""
WHEN_ON = Sieved(
    r"\bwhen on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\bwhat about the time\b", re.IGNORECASE
)
"""The day is known, and the time is asked for."""
SAME_TIME = Sieved(
    r"(?:^|[.?!,] )(?:and,? )?(?:(?:at|for) )?(?:what time(?: (?:is|was) (?:it|that|this))?"
    r"|(?:what(?:'s| is) )?the time)(?: (?:at|for))?(?:,? please)?\?$",
    re.IGNORECASE,
)
"""Asks for the time of what was spoken of last."""
WHEN = _any(
    r"\bwhen (?:would|should|can|could|do|is|are|will|works?|suits?|shall)\b|\bwhen you\b",
    r"\bdate and time\b|\bwhen\?|\bwhat (?:appointment|availability)\b|\bwhat works\b",
    r"\bwhat would (?:suit|work)\b",
    r"\bwhen (?:were|are|did) you (?:hop|think|plan|look|want|like|wish)",
)

# --- menus ----------------------------------------------------------------------------------

_BEHIND = ["press", "dial", "push", "enter", "hit", "choose", "select", "number"]
_BEHIND += ["[,;]", r"\bor", r"\band"]
_TWO_DIGITS = rf"(?:{'|'.join(f'(?<={word} )' for word in _BEHIND)})\d\d(?! to \d)"
"""A key of two digits stands behind what makes it one."""
_KEY = rf"({_TWO_DIGITS}|\d|one|two|three|four|five|six|seven|eight|nine|zero|star|pound|hash|\*|#)"
_PRESS = r"(?:press|dial|hit|push|enter|choose|select|key)(?: (?:number|key|option|the))*"
_LABEL = r"([^.,;?!\n]{2,60}?)"
OPTION_AFTER = Sieved(
    rf"\b(?:for|to|if(?: you(?:'d| would| want| need)?(?: like)?(?: to)?)?) {_LABEL},? ?"
    rf"(?:please |just )?{_PRESS} {_KEY}(?!\w)",
    re.IGNORECASE,
)
"""The label, then the key: "for sales press 2"."""
OPTION_BEFORE = Sieved(
    rf"(?:{_PRESS} |\b|(?<=[,;] ))(?<![\d:]){_KEY},? (?:for|to|if|about) {_LABEL}"
    rf"(?=[.,;?!\n]| or | and \d| and press| press|$)",
    re.IGNORECASE,
)
"""The key, then the label: "press 1 for sales, 2 for support"."""
OTHERWISE = Sieved(r"\b(?:otherwise|if not|if it (?:is not|isn't)),? (?=press\b)", re.I)
"""Stands for a label: "if that's right press 1, otherwise press 2"."""
AFFIRMS = Sieved(
    r"^(?:confirm(?: (?:it|this|that|these details))?|(?:yes\b.*)|"
    r"(?:that|this|it|everything|all)(?:'s| is)(?: all)? (?:correct|right|ok|okay|fine))$"
)
"""The label of the key by which a read-back is agreed to."""
KEY_FIRST = Sieved(rf"\b{_PRESS} {_KEY} (?:for|to|if|about)\b", re.IGNORECASE)
ANY_KEY = Sieved(rf"\b{_PRESS} any (?:key|digit|number|button)\b", re.IGNORECASE)
HAS_PRESS = Sieved(r"\b(?:press|dial|hit|push|enter|choose|select)\b", re.IGNORECASE)
FINISH = Sieved(
    r"\b(?:followed by|then press|and press|and then|ending with|finish with) (?:the )?"
    r"(?:pound|hash|star|#)(?: (?:key|sign))?",
    re.IGNORECASE,
)
KEY_OF = {"zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}
KEY_OF |= {"seven": "7", "eight": "8", "nine": "9", "star": "*", "pound": "#", "hash": "#"}
