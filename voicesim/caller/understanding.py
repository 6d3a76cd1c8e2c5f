"""What an agent wants, read from its prompt: tables of patterns, the last question winning.

English only. Patterns are tried on single sentences; no pattern has more than one unbounded gap.
"""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from voicesim.caller.words import find_days, find_times, plain


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
    YES_NO = 10
    """Another question to be answered by yes or no."""
    OTHER = 11
    """A fact that this caller does not tell (date of birth, insurance ...)."""
    MORE = 12
    """Whether there is anything else."""
    MENU = 13
    """A key."""


FACTS = (Want.NAME, Want.PHONE, Want.DAY, Want.TIME)


@dataclass(frozen=True, slots=True)
class Understood:
    """What was made of a prompt.

    ``wants`` is empty when nothing was asked that could be understood. ``options`` are a menu's keys
    with their labels. ``again`` is True when the agent says that it did not understand.
    """

    wants: tuple[Want, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    confirmed: bool = False
    goodbye: bool = False
    again: bool = False
    unavailable: bool = False


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_CONFIRMED = _any(
    r"\b(?:you|you're|you are|is|are|been|was|'s|i've|i have|we've|we have) (?:now |all |just |both )?"
    r"(?:booked|scheduled|rescheduled|confirmed|moved|changed|updated|set for|in the (?:book|diary))",
    r"\b(?:i've|i have|we've|we have) (?:now |just )?(?:booked|scheduled|rescheduled|moved|changed) ",
    r"\ball (?:set|booked|done)\b",
    r"\b(?:see|seeing) you (?:on|at|then|soon|tomorrow|next|monday|tuesday|wednesday|thursday|friday)",
    r"\bi(?:'ve| have) (?:put|got) you (?:down|in)\b",
    r"\b(?:booking|appointment) (?:is )?(?:confirmed|set|booked|complete)\b",
    r"\b(?:is|are|been|'ve|have) (?:now )?(?:reserved|secured|put you down|made your appointment)\b",
    r"\blook(?:ing)? forward to seeing you\b|\bgot you down\b",
)
_NOT_CONFIRMED = _any(
    r"\bnot\b|n't\b|\bunable\b|\bonce\b|\bafter\b|\bif\b|\bbefore\b|\bcannot\b|\bsorry\b|\bonly\b",
    r"\b(?:already|fully|double)[ -]booked\b|\bto be (?:booked|confirmed|scheduled)\b|\bwill be\b",
    r"\bis (?:already )?(?:booked|taken) (?:up|out|by)\b",
)
_GOODBYE = _any(
    r"\b(?:good ?-?bye|bye(?:-bye)?)\b", r"\bhave an? (?:\w+ )?(?:day|evening|weekend|one)"
)
_AGAIN = _any(
    r"\b(?:did ?n'?t|did not|could ?n'?t|could not|ca ?n'?t|cannot|do ?n'?t|not) (?:quite |really )?"
    r"(?:catch|get|hear|understand|make)\b",
    r"\b(?:say|repeat) (?:that|it) (?:again|once|one)?|\brepeat (?:that|it|your)|\bpardon\b",
    r"\bone more time\b|\btry (?:that |it )?again\b|\b(?:are you )?still there\b|\bcome again\b",
    r"^(?:i'm |i am )?sorry\??$|^hello\?+$|\bare you there\b",
)
_UNAVAILABLE = _any(
    r"\b(?:not|n't|no longer) (?:be )?(?:available|free|open|possible)\b|\bunavailable\b",
    r"\b(?:fully|already) (?:booked|taken)\b|\b(?:is|are|been) (?:taken|full)\b|\bbooked (?:up|out)\b",
    r"\bno (?:\w+ )?(?:openings?|availability|slots?|appointments?)\b",
    r"\b(?:don't|do not) have (?:any|that|an opening|a slot|availability)\b|\bwe're closed\b",
)

_ASKS = _any(
    r"\?",
    r"\b(?:please|tell me|tell us|give me|let me know|say|provide|enter|spell|leave|type|state)\b",
    r"\b(?:may i|can i|could i|can you|could you|would you|what|which|when|how|who|what's)\b",
    r"\b(?:need|like to know|key in|press|dial|ask (?:for|you))\b",
    r"^(?:and )?(?:your |the )?(?:full |first |last |phone |telephone |mobile )*"
    r"(?:name|number|day|date|time)\W*$",
)
_STRIP = _any(
    r"\b(?:at|by) (?:this|the|that|any|same) time\b|\bone at a time\b|\btake your time\b",
    r"\b(?:first|next|last|every|each|any|of|some|this|second) ?time\b|\btime zone\b",
    r"\bfor your time\b|\b(?:thank|thanks)[^.?!]{0,20} your (?:name|number|time)\b",
    r"\b(?:have a|of the|one|every|same|good|great|nice|business|working) day\b",
    r"(?<!may )(?<!can )(?<!could )(?<!might )\b(?:i have|i've got|thanks for) your (?:phone )?"
    r"(?:name|number)\b",
    r"\bdays?' notice\b|\bmy name is\b|\bmy name's\b",
)
_EXAMPLE = _any(r"\bfor example\b|\bfor instance\b|\bsuch as\b|\be\.?g\b|\bsomething like\b")
_YES_OR_NO = _any(r"\b(?:yes or no|yes or a no|say yes|answer yes|just yes|yes to)\b")
_CHOICE = _any(
    r"\bwhich (?:one|of (?:those|these|them)|would|do|works?|suits?|is)\b|\bwhat would you prefer\b",
    r"\b(?:any|either|one) of (?:those|these|them) (?:work|suit)|\bdo (?:any|either)\b",
)
_AUX = re.compile(
    r"^(?:(?:so|ok|okay|and|great|perfect|alright|all right|thanks|thank you|now|just|to confirm|got it|"
    r"sure)[, ]+)*(?:is|are|was|were|did|does|do|will|would|should|shall|can|could|have|has|am|"
    r"how about|what about|how does|how would)\b",
    re.IGNORECASE,
)

_MORE = _any(
    r"\b(?:anything|something|nothing) else\b|\bwhat else\b|\bhow else\b",
    r"\b(?:further|additional|other|more|any) (?:assistance|questions?)\b",
)
_CONFIRM = _any(
    r"\bis (?:that|this|it|everything|all of (?:that|this)|all (?:that|this)|the information|your\b[^?]*)"
    r" (?:all )?(?:correct|right|ok|okay|accurate|good|fine|yes|complete)\b",
    r"\bare (?:these|those|the details|they)(?: \w+)? (?:correct|right|ok|okay|accurate)\b",
    r"\b(?:does|do|would|will) (?:that|this|it|these|those)(?: all| time| day)? (?:sound|look|work|suit|"
    r"seem|be (?:ok|okay|fine|good|all right))",
    r"(?:^|[,;]) ?(?:is (?:that|it)|(?:that's |that is )?(?:correct|right|yes|ok|okay)|isn't it)\?",
    r"^(?:correct|right|yes|ok|okay)\?",
    r"\bdid i (?:get|hear|understand|have)\b|\bdid you (?:say|mean)\b|\bhave i got\b|\bdo i have\b",
    r"\b(?:can|could|would|will) you (?:please )?confirm(?! (?:your|the|a) )|\bplease confirm(?! your)",
    r"^(?:(?:so|ok|okay|and|great|then),? )*(?:shall|should) i\b|\bwould you like me to\b|\bdo you want me to\b|\bwant me to\b",
    r"\bgo ahead (?:and|with)\b|\bdo you confirm\b|\bready to (?:book|confirm)\b|\bto confirm\?",
    r"\bconfirm (?:this|that|the|your) (?:appointment|booking|details|information)\b",
)
_HELP = _any(
    r"\bhow (?:can|may|could|might|should) (?:i|we) (?:\w+ )?(?:help|assist|serve|direct|be of)",
    r"\bwhat can (?:i|we) (?:do|help)\b|\bwhat would you like to do\b|\bwhat brings you\b",
    r"\b(?:reason|purpose) (?:for|of) (?:your|the|this) call|\bwhy (?:are you|you are|you're) calling\b",
    r"\bwhat(?:'s| is| are)? (?:this|you|your call) (?:call )?(?:calling )?(?:regarding|about|for)\b",
    r"\bwhat (?:do|can|are) you (?:need|want|looking for|calling)\b|\bwhat you(?:'re| are)? (?:need|want|"
    r"calling|looking for)\b|\bhow (?:can|may) i direct\b|\b(?:can|may) i help you\b|\bnature of your\b",
    r"\bin a few words\b|\bwho would you like to (?:speak|talk)\b|\bleave (?:us |me )?an? (?:\w+ )?message",
    r"\b(?:after|at) the (?:beep|tone)\b|\bleave your (?:name and )?(?:message|details)\b",
    r"\b(?:book|schedule|make)\b[^?]{0,60}\bor\b[^?]{0,30}\b(?:change|reschedule|cancel|move|existing)\b",
    r"\bnew (?:appointment|booking)\b[^?]{0,30} or\b",
)
_WANTS: tuple[tuple[Want, re.Pattern[str]], ...] = (
    (Want.SPELL, _any(r"\bspell\b|\bspelling\b|\bletter by letter\b")),
    (
        Want.OTHER,
        _any(
            r"\bdate of birth\b|\bbirth ?(?:date|day)\b|\b[d]\.?o\.?b\b|\be-?mail\b|\binsurance\b",
            r"\b(?:street|home|mailing|postal|your) address\b|\b(?:zip|postal) ?code\b|\bpostcode\b",
            r"\b(?:policy|member|account|reference|confirmation|booking|social security|order) "
            r"(?:id|number|code)\b|\bcredit card\b|\bhow old\b|\byour age\b|\bbirth\b|\bpin\b",
            r"\bname of (?:your|the) (?!patient)\w+|\b(?:doctor|provider|pet|company)(?:'s)? name\b",
        ),
    ),
    (
        Want.OLD,
        _any(
            r"\b(?:current|existing|original|present|old)\b[^?]{0,40}\b(?:appointment|booking|day|date|time)",
            r"\bwhen is (?:your|the) (?:appointment|booking)\b",
            r"\b(?:which|what) (?:appointment|booking)\b|\bappointment (?:do|did) you (?:already )?have\b",
        ),
    ),
    (
        Want.NAME,
        _any(
            r"\b(?:your|the|a|first|last|full|patient's|caller's|patient|whose|and|sur|given|family) ?"
            r"(?:\w+ )?name\b|^name\b|\bname,? please\b|\bname (?:for|on|is it|should|shall|do)\b",
            r"\bwho (?:am i|is this|is calling|do i have|may i|shall i|should i)\b|\bwho's calling\b",
            r"\bwhom? (?:is|will) (?:the|this) (?:appointment|booking)\b|\bwhom am i\b",
            r"\b(?:should|shall|may|can) i call you\b(?! (?:back|at|on))|\bwhat(?:'s| is) your surname\b",
        ),
    ),
    (
        Want.PHONE,
        _any(
            r"\b(?:phone|telephone|mobile|cell(?:ular)?|contact|call ?-?back|best|good|digit|daytime|"
            r"your|a) (?:\w+ ){0,2}numbers?\b|\bnumber,? please\b|^number\b|\bphone(?: number)?\?",
            r"\bnumber (?:can|should|could|do|may|is best|where|to|we|i|for|you)\b",
            r"\b(?:reach|call|contact) you (?:at|on|back)\b|\bdigits of\b|\b(?:best )?way to reach you\b",
        ),
    ),
    (
        Want.DAY,
        _any(
            r"\b(?:what|which)(?: \w+)? (?:day|date|weekday)s?\b|\b(?:prefer\w*|the|and|your) (?:day|date)\b",
            r"\bday (?:works|would|suits|is|do|should|can|are|and|or|of the week|please|you)\b",
            r"\b(?:day|date)s?\b[^?]{0,50}\b(?:prefer|like|works?|suits?|best|good|come|want|convenient|mind)",
            r"\bday,? please\b|^(?:day|date)\b|\bmorning of what\b",
        ),
    ),
    (
        Want.TIME,
        _any(
            r"\b(?:what|which)(?: \w+)? (?:times?|hour|slot)\b|\b(?:prefer\w*|the|and|your) time\b",
            r"\btime (?:works|would|suits|is|do|should|can|are|please|you|of day)\b",
            r"\btimes?\b[^?]{0,50}\b(?:prefer|like|works?|suits?|best|good|come|want|convenient|mind)",
            r"\btime,? please\b|^time\b|\bmornings? or (?:the |an? )?afternoons?\b|\bhow early\b",
            r"\b(?:day|date)s? (?:and|or) (?:\w+ )?time\b",
        ),
    ),
    (
        Want.REASON,
        _any(
            r"\b(?:reason|purpose) (?:for|of) (?:your|the|this) (?:visit|appointment|booking)\b",
            r"\b(?:visit|appointment|booking|coming in) (?:be )?(?:for|about|regarding)\?",
            r"\b(?:what|which) (?:\w+ )?(?:service|treatment|type|kind|sort)\b|\bsymptoms?\b",
            r"\bwhat (?:seems to be|do you need (?:to be )?(?:seen|done)|are you coming|is it (?:for|about))",
            r"\bwhat\b[^?]{0,40}\b(?:visit|appointment|see (?:us|the doctor)|coming in) (?:be )?for\b",
        ),
    ),
)
_WHEN = _any(
    r"\bwhen (?:would|should|can|could|do|is|are|will|works?|suits?|shall)\b|\bwhen you\b",
    r"\bdate and time\b|\bwhen\?|\bwhat (?:appointment|availability)\b|\bwhat works\b",
    r"\bwhat would (?:suit|work)\b",
)

_KEY = r"(\d|one|two|three|four|five|six|seven|eight|nine|zero|star|pound|hash|\*|#)"
_PRESS = r"(?:press|dial|hit|push|enter|choose|select|key)(?: (?:number|key|option|the))*"
_LABEL = r"([^.,;?!\n]{2,60}?)"
_OPTION_AFTER = re.compile(
    rf"\b(?:for|to|if you(?:'d| would| want| need)?(?: like)?(?: to)?) {_LABEL},? ?(?:please |just )?"
    rf"{_PRESS} {_KEY}(?!\w)",
    re.IGNORECASE,
)
_OPTION_BEFORE = re.compile(
    rf"(?:{_PRESS} |\b|(?<=[,;] ))(?<![\d:]){_KEY},? (?:for|to|if) {_LABEL}"
    rf"(?=[.,;?!\n]| or | and \d| and press| press|$)",
    re.IGNORECASE,
)
_ANY_KEY = re.compile(rf"\b{_PRESS} any (?:key|digit|number|button)\b", re.IGNORECASE)
_HAS_PRESS = re.compile(r"\b(?:press|dial|hit|push|enter|choose|select)\b", re.IGNORECASE)
_FINISH = re.compile(
    r"\b(?:followed by|then press|and press|and then|ending with|finish with) (?:the )?"
    r"(?:pound|hash|star|#)(?: (?:key|sign))?",
    re.IGNORECASE,
)
_KEY_OF = {word: str(n) for n, word in enumerate("zero one two three four five six seven".split())}
_KEY_OF |= {"eight": "8", "nine": "9", "star": "*", "pound": "#", "hash": "#"}
_TAIL = 4000
"""Only the end of a longer prompt is read: what is asked stands there."""


@lru_cache(maxsize=1024)
def understand(text: str) -> Understood:
    """What ``text`` asks for and says."""
    text = plain(text[-_TAIL:])
    sentences = _sentences(text)
    wants = _wanted(sentences)
    options = _options(text)
    if not wants and options:
        wants = (Want.MENU,)
    asked = bool(wants) and wants[0] in (Want.CONFIRM, Want.YES_NO)
    return Understood(
        wants=wants,
        options=options,
        confirmed=not asked and any(_confirms(s) for s in sentences),
        goodbye=_GOODBYE.search(text) is not None,
        again=any(_AGAIN.search(s) for s in sentences),
        unavailable=any(_UNAVAILABLE.search(s) for s in sentences),
    )


def _sentences(text: str) -> list[str]:
    return [s.strip() for s in re.split(r"(?<=[.?!])\s+|\n+", text) if s.strip()]


def _confirms(sentence: str) -> bool:
    return (
        not sentence.endswith("?")
        and _CONFIRMED.search(sentence) is not None
        and _NOT_CONFIRMED.search(sentence) is None
    )


def _wanted(sentences: list[str]) -> tuple[Want, ...]:
    """What the last question asks for."""
    answerable = False
    for at in range(len(sentences) - 1, -1, -1):
        sentence = sentences[at]
        if _EXAMPLE.search(sentence) or not _ASKS.search(sentence):
            continue
        if _YES_OR_NO.search(sentence) and not sentence.endswith("?"):
            answerable = True
            continue
        wants = _wants_of(sentence, sentences[: at + 1])
        if answerable and wants and wants[0] not in (Want.CONFIRM, Want.YES_NO):
            return (Want.CONFIRM,)
        if wants:
            return wants
    return (Want.CONFIRM,) if answerable else ()


def _wants_of(sentence: str, before: list[str]) -> tuple[Want, ...]:
    sentence = _STRIP.sub(" ", sentence)
    if _MORE.search(sentence):
        return () if _HAS_PRESS.search(sentence) else (Want.MORE,)
    choice = _choice(sentence, before)
    if choice:
        return choice
    if _CONFIRM.search(sentence) or _offers(sentence):
        return (Want.CONFIRM,)
    wants = [want for want, pattern in _WANTS if pattern.search(sentence)]
    wants = _untangle(wants, sentence)
    if wants:
        return tuple(wants)
    if _HELP.search(sentence):
        return (Want.HELP,)
    if sentence.endswith("?") and _AUX.search(sentence):
        return (Want.YES_NO,)
    return ()


def _choice(sentence: str, before: list[str]) -> tuple[Want, ...]:
    """Days or times to choose from, in the question or before it."""
    if not sentence.endswith("?"):
        return ()
    among = " ".join(before) if _CHOICE.search(sentence) else sentence
    if among == sentence and " or " not in sentence:
        return ()
    wants = []
    if len(find_days(among)) > 1:
        wants.append(Want.DAY)
    if len(find_times(among)) > 1:
        wants.append(Want.TIME)
    return tuple(wants)


def _offers(sentence: str) -> bool:
    """Whether a yes-or-no question states a value: "Is Tuesday at 3 pm okay?"."""
    if not sentence.endswith("?"):
        return False
    states = bool(find_days(sentence) or find_times(sentence))
    if states and re.search(r"\b(?:what|which|when)\b(?! about)", sentence, re.IGNORECASE):
        return False
    return states or (
        _AUX.search(sentence) is not None
        and re.search(
            r"\b(?:this|that|the same|it) (?:the )?(?:\w+ )?number\b|\bname (?:is )?[A-Z]|\byou [A-Z][a-z]",
            sentence,
        )
        is not None
    )


def _untangle(wants: list[Want], sentence: str) -> list[Want]:
    """Settle what patterns overlap on."""
    if _WHEN.search(sentence) and not {Want.OLD, Want.OTHER} & set(wants):
        wants += [want for want in (Want.DAY, Want.TIME) if want not in wants]
    if Want.SPELL in wants:
        return [Want.SPELL]
    if Want.OLD in wants:
        return [Want.OLD]
    if Want.OTHER in wants:
        bare = _WANTS[1][1].sub(" ", sentence)
        kept = [w for w in wants if w in FACTS and dict(_WANTS)[w].search(bare)]
        return kept or [Want.OTHER]
    if Want.HELP in wants or (Want.REASON in wants and _HELP.search(sentence)):
        return [w for w in wants if w is Want.REASON] if "visit" in sentence else [Want.HELP]
    if _HELP.search(sentence) and not {Want.DAY, Want.TIME} & set(wants) and len(wants) != 1:
        return [Want.HELP] if wants else []
    return wants


def _options(text: str) -> tuple[tuple[str, str], ...]:
    """The keys of a menu, each with its label."""
    text = _FINISH.sub(" ", text)
    if not _HAS_PRESS.search(text):
        return ()
    found: dict[str, str] = {}
    for match in _OPTION_AFTER.finditer(text):
        found.setdefault(_key(match.group(2)), match.group(1).strip().casefold())
    rest = _OPTION_AFTER.sub(". ", text)
    for match in _OPTION_BEFORE.finditer(rest):
        if any(c.isalpha() for c in match.group(2)):
            found.setdefault(_key(match.group(1)), match.group(2).strip().casefold())
    if not found and _ANY_KEY.search(text):
        found["1"] = "continue"
    return tuple(found.items())


def _key(word: str) -> str:
    return _KEY_OF.get(word.casefold(), word)
