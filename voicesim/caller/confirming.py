"""What an agent says of the goal when it does not ask: that it is reached, or that it is not.

Tables of patterns in English, tried on single sentences; what no pattern knows says nothing. No
pattern has more than one unbounded gap.
"""

import re
from typing import NamedTuple

from voicesim.base.remembering import kept
from voicesim.caller import asking
from voicesim.caller.sieve import Sieved, bits_of
from voicesim.caller.words import MONTHS, Time, find_days, find_times, sentences


class Said(NamedTuple):
    """What a prompt says of the goal.

    ``confirmed`` and ``denied`` exclude each other; the latest word counts. ``moved`` is True when
    an appointment is said to be moved, ``added`` when one more is booked, ``muddled`` when several
    days or times are confirmed at once. ``withdrawn`` is a denial so plain that it undoes what a
    prompt before has confirmed; ``settled`` a confirmation that does not say of what.
    """

    confirmed: bool = False
    denied: bool = False
    moved: bool = False
    added: bool = False
    muddled: bool = False
    withdrawn: bool = False
    settled: bool = False


NOTHING, DENIES, WITHDRAWS = Said(), Said(denied=True), Said(denied=True, withdrawn=True)


def _any(*patterns: str) -> Sieved:
    return Sieved("|".join(patterns), re.IGNORECASE)


_NOW = r"(?: (?:now|all|just|both|officially|successfully|been|gone ahead and))*"
_THING = (
    r"(?:appointment|booking|reservation|visit|check-?up|cleaning|consultation|session|slot|spot)"
)
_DONE = (
    r"(?:booked|scheduled|re-?scheduled|confirmed|moved|changed|updated|reserved|secured|arranged|"
    r"locked in|finali[sz]ed|set|made|completed?|saved|created|recorded|"
    r"entered|registered|logged|in (?:the|our) (?:books?|diary|calendar|schedule|system))"
)
_FIRST = (
    r"^(?:(?:great|ok|okay|perfect|and|alright|all right|good|right|so|yes|wonderful|excellent|"
    r"thank you|thanks|lovely|sweet|super|done|sure)[,!:;]* )*"
)
_MONTH = rf"(?-i:{'|'.join(MONTHS)}) (?:\d|the )"
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
BOOKED = _any(
    rf"\byou(?:'re| are| have|'ve| were){_NOW} (?:booked|scheduled|re-?scheduled|confirmed|moved|"
    r"reserved|set for|down (?:for|on)|(?:in|on) (?:the|our) (?:books?|diary|calendar|schedule))\b",
    r"\b(?:was|were) able to (?:secure|book|schedule|reserve|confirm) (?:you|your|that|it|\d|"
    rf"the|an?|{_DAY})",
    rf"\b(?:i|we)(?:'ve| have)?{_NOW} added (?:you|your|the|an) (?:\w+ )?(?:{_THING} )?to\b",
    rf"\b(?:i|we)(?:'ve| have)(?: got)? you (?:down|in|in the \w+) (?:for|on) (?:\d|{_DAY})",
    rf"\byou(?:'ve| have) (?:got )?an appointment (?:for|on) (?:\d|{_DAY})",
    rf"\byour new (?:{_THING})(?: time| day)? (?:is|will be) (?:(?:for|on) )?(?:\d|{_DAY})",
    rf"\b{_THING}\b(?! (?:request|enquiry|inquiry)\b)[^?]{{0,60}}? (?:was|is) successful\b",
    rf"\b(?:your (?:[\w'-]+ ){{0,3}}{_THING}|appointment|booking|reservation)\b"
    r"(?! (?:request|enquiry|inquiry)\b)[^?]{0,80}?"
    rf"(?: is| has| was|'s){_NOW} {_DONE}\b",
    r"\b(?:appointment|booking|reservation) (?:booked|confirmed|complete|made|set|moved|created|"
    r"saved|recorded)\b",
    rf"\b(?:i|we)(?:'ve| have)?{_NOW} (?:booked|scheduled|re-?scheduled|reserved|secured|arranged|"
    rf"moved) (?:you|your|that|it|this|an?|the|\d|{_DAY})",
    rf"\b(?:i|we)(?:'ve| have)?{_NOW} (?:confirmed|made|changed|updated|saved|"
    rf"created|recorded) (?:it|that|(?:your|the|an) (?:\w+ )?{_THING}|(?:you for )?{_DAY})\b",
    rf"\b(?:i|we)(?:'ve| have){_NOW} (?:put|got|popped|squeezed) you (?:down|in)\b|"
    r"\bgot you down\b|^consider it (?:booked|done)\b",
    rf"\b(?:that|it|this|everything)(?:'s| is| has){_NOW} (?:booked|scheduled|re-?scheduled|"
    r"confirmed|reserved|locked in|arranged|moved|set for|in the (?:book|diary|calendar))\b",
    r"\b(?:is|has been|'s been|are)(?: now)? (?:booked|reserved|scheduled|secured|held) "
    r"(?:for you|in your name|under your name)\b",
    rf"\b(?:am|pm|o'clock|\d(?:st|nd|rd|th)|{_DAY}) (?:is|has been)(?: now)? "
    r"(?:confirmed|locked in)\b",
    rf"\b(?:that's|it's) (?:\d|{_DAY})[^?.]{{0,30}} (?:booked|reserved|confirmed)\b",
    rf"\band (?:re-?)?(?:booked|scheduled) (?:you (?:in |for |on )|\d|{_DAY})",
    r"^(?:(?:so|ok|okay|great|perfect|alright),? )*(?-i:[A-Z])[\w'’-]+ (?-i:[A-Z])[\w'’-]+ "
    r"(?<!\bdr )is (?:now |all )?(?:booked|scheduled|confirmed)(?: in)? for\b",
    r"\bconfirmed for\b|\bwe(?:'re| are) (?:all )?(?:set for|confirmed)\b",
    rf"{_FIRST}(?:booked|scheduled|re-?scheduled|confirmed|reserved)(?: you| it| that)?"
    r"(?:[.,!:;]|$| (?:for|in|on|at)\b)",
)
"""Says in so many words that something of the caller's is booked, or moved."""
SETTLED = _any(
    r"\b(?:you're|you are|we're|we are|that's|that is|it's|everything's|everything is)(?: now)? "
    r"all (?:set|booked|done|sorted)\b",
    r"\b(?:you're|you are|that's|everything's|everything is)(?: now)? "
    r"(?:set|done|sorted|good to go|taken care of)\b",
    rf"{_FIRST}(?:all (?:set|booked|done|sorted)|done|good to go)(?:[.,!;]|$| for\b)",
    rf"\b(?:see|seeing|expect|expecting) you (?:on|at|then|soon|tomorrow|next|{_DAY}|{_MONTH})",
    r"\blook(?:ing)? forward to (?:seeing you|your visit)\b",
    r"\bconfirmation(?: \w+)? (?:is on its way|has been sent|was sent)\b",
    r"\b(?:sent|texted|emailed) (?:you )?(?:a|the|your) confirmation\b",
    r"\byour confirmation (?:number|code) is\b",
)
"""Says that all is well, without saying what."""
UNSETTLED = _any(
    r"\bnot\b|n't\b|\bunable\b|\bonce\b|\bafter\b|\bif\b|\bbefore\b|\bcannot\b|\bsorry\b|\bonly\b",
    r"\b(?:already|fully|double)[ -]booked\b|\bto be (?:booked|confirmed|scheduled)\b",
    r"\bwill be (?:booked|scheduled|confirmed|moved|made|set)\b|\bpending\b|\bunfortunately\b",
    r"\bis (?:already )?(?:booked|taken) (?:up|out|by)\b|\bto (?:book|schedule) (?:you|it|an?)\b",
    r"\bcall(?:ing)?[ -]?(?:you )?back\b|\bget back to you\b|\bin touch\b|\bwait(?:ing)? ?list\b",
    r"\bsubject to (?:\w+ ){0,2}?(?:approval|confirmation|availability)\b",
)
"""Makes a confirming sentence none."""
_ASIDE = Sieved(
    r"(?:,|,? and) (?:we|i)(?:'ll| will)? (?:only )?(?:call|text|ring|phone|contact|reach) you "
    r"(?:back )?(?:at|on|if|in case)\b"
    r"(?![^.?!]*\b(?:to|confirm|book|schedul|approv|arrang))[^.?!]*",
    re.IGNORECASE,
)
"""Tells beside a confirmation when, or by which number, the agent will ring."""


def unsettled(sentence: str) -> bool:
    """Whether ``sentence`` takes back what it seems to confirm."""
    return UNSETTLED.search(_ASIDE.sub("", sentence)) is not None


_SAVE = (
    r"(?:book|sav|confirm|(?:re-?)?schedul|secur|reserv|complet|regist|record|mak|mad|arrang|stor)"
    rf"\w* (?:it|that|this|you|(?:you )?(?:your|the|an?) (?:\w+ )?{_THING})\b"
)
_SAVED = (
    r"(?:booked|saved|confirmed|(?:re-?)?scheduled|secured|reserved|completed|registered|recorded|"
    r"made|arranged|stored)\b"
)
_NOT = r"(?:\bnot\b|n't\b|\bcannot\b|\bnever\b)"
_WITHDRAWN = (
    r"\b(?:is|was|been|have|has|'ve|i|we|got)(?: now| just| all)? cancell?ed\b",
    rf"\b{_THING}\b[^?.,;]{{0,30}}?{_NOT}(?: \w+){{0,2}}? {_SAVED}",
    rf"\b(?:it|that) [^?.,;]{{0,12}}?{_NOT}(?: \w+){{0,2}}? (?:booked|saved|confirmed|scheduled)\b",
    rf"\b(?:could|did|had|have)(?: not|n't) {_SAVE}",
    rf"(?:\bunable|\bfailed|\bnot able|n't able) to {_SAVE}",
    rf"\b(?:{_THING}|it|that|this|saving|registration)\b[^?.]{{0,30}}? failed\b",
    r"\b(?:problem|issue|trouble|difficulty) (?:while |when |in )?(?:saving|booking|making|"
    rf"confirming|scheduling|registering|recording|completing|with (?:your|the) {_THING})\b",
    r"\b(?:the|that|this|your) (?:\w+ )?(?:slot|time|spot|day|opening|appointment) (?:is|was|has)"
    r"(?: just| already| now| since| meanwhile| been)* (?:taken|gone|filled)\b",
    r"\b(?:that|this|the) (?:slot|time|spot|opening|one)(?: has)? just (?:went|gone)\b",
    r"\b(?:it|(?:that|this)(?: (?:slot|time|spot|opening|one))?)(?:'s| is) no longer "
    r"(?:available|free|open)\b",
    r"\bspoke too soon\b|\b(?:it's|it is)(?: now| just| already)* gone\b(?! (?:through|in|well))",
    rf"\b(?:it|that|this|{_THING}|time)\b[^?.,;]{{0,12}}?{_NOT} (?:free|available|open)\b"
    r"[^?.,;]{0,20}? after all\b",
    r"\b(?:system|calendar|clinic|doctor)(?: has| just)* (?:rejected|refused|declined) "
    r"(?:it|that|this|you)\b",
    r"\b(?:someone|somebody)(?: else)?(?: has|'s)?(?: just| already| now)* "
    r"(?:taken|took|booked|got|grabbed|reserved) (?:that|it|this|the|your)\b",
    rf"\b(?:is|was|have) no (?:{_THING}) (?:for|under|in) (?:you|your)\b",
    rf"\bno (?:{_THING}) (?:was|has been|could be) {_SAVED}|\bnothing (?:is|was|has been) {_SAVED}",
    r"\ban? (?:\w+ )?error\b|(?<!nothing) went wrong\b",
    r"\btechnical (?:\w+ )?(?:difficult|problem|issue)",
)
WITHDRAWN = _any(*_WITHDRAWN)
"""Undoes what was confirmed before; all of it denies, too."""
DENIED = _any(
    *_WITHDRAWN,
    r"(?:\bnot\b|n't\b|\bunable\b|\bcannot\b|\bnever\b|\bfailed\b)[^?]{0,60}?\b(?:book|schedul|"
    r"reschedul|confirm|mov|mak|made|arrang|help|assist|find|complet|process|chang|reserv|regist|"
    r"sav(?:e|ing))",
    r"\b(?:call|ring|phone|contact|get back to) you\b[^?]{0,30}\bto (?:get you |have you )?"
    r"(?:book|schedul|re-?schedul|confirm|arrang|finali)",
    r"\btry (?:\w+ ){0,2}again\b",
    r"\bcall (?:us )?(?:again|back) (?:later|tomorrow|another|when|on)\b",
    r"\b(?:the|that|this) (?:\w+ )?(?:slot|time|spot|day|opening) (?:is|was|has(?: just)? been) "
    r"(?:just |already |now )?(?:booked|taken|reserved|gone|filled)\b"
    r"(?! (?:for you|in your|under))",
    r"\bbooked (?:on|with|by|for) (?:another|someone|somebody)\b",
    r"\bsystem is (?:down|un)|"
    r"\b(?:lines?|agents?|operators?|staff|everyone|everybody|we|all|system|schedule|calendar)"
    r"(?: \w+){0,3}(?:'re| are| is) (?:\w+ ){0,3}busy\b",
)
"""Says that the goal is not reached."""
NOT_DENIED = _any(
    r"\bif\b|\bin case\b|\bunless\b|\bforget\b|\bhesitate\b|\bneed to\b|\bhave to\b|\bplease\b.*"
    r"\bcancel|\bwhen(?:ever)? (?:an?|any|you)\b|\bfees?\b|\bcharged?\b|"
    r"\b(?:old|previous|former|original|earlier|existing) (?:appointment|booking|one)\b",
    r"\byou (?:won't|will not|can't|can ?not)(?: be able to)? (?:change|move|cancel|re-?schedule) "
    r"[^?.]{0,20}?(?:online|by (?:e-?mail|text)|on (?:our|the) (?:web ?site|app))\b",
)
_CLOSED = Sieved(r"\bclosed\b", re.IGNORECASE)
_MOVED = _any(r"\b(?:moved|changed|re-?scheduled|updated|switched|shifted|instead|new)\b")
_ADDED = _any(
    r"\b(?:second|additional|extra|another|separate)\b[\w ,]{0,20}\b(?:appointment|booking|visit)\b"
)
_WAITING = _any(
    r"\bhold\b|\bone (?:moment|second)\b|\b(?:a|just a) (?:moment|second)\b|\blet me\b|\bwhile i\b",
    r"\bstand by\b|\bplease wait\b|\bconnect(?:ing)? you\b|\btransfer",
)
_AGREES = _any(
    r"^(?:(?:oh|well|ah|why),? )?(?:yes|yeah|yep|yup|correct|absolutely|certainly|indeed|exactly|"
    r"of course|sure|definitely|that's (?:right|correct)|you (?:are|sure are))\b"
)
_BEFORE = _any(
    r"\b(?:from|instead|old|previous|original|existing|earlier|no longer|was|cancell?ed)\b|"
    r"\b(?:moved|changed|re-?scheduled|switched|shifted) to\b"
)
_NAMES = Sieved(
    r"\b(?:[Dd]r|[Mm]rs?|[Mm]s|[Dd]octor)\.? [A-Z]\w+(?: [A-Z]\w+)?"
    r"|\b[A-Z]\w+ (?:Street|Road|Avenue|Lane|Square|Clinic)\b"
)
"""Doctors and streets that may be called after a day."""


class _Stance(NamedTuple):
    """What a sentence says by itself; ``full`` is only that a day or time is taken."""

    denies: bool = False
    withdraws: bool = False
    full: bool = False
    booked: bool = False
    settled: bool = False


_NONE = _Stance()
_STANCES = DENIED.bit | asking.UNAVAILABLE.bit | BOOKED.bit | SETTLED.bit


@kept(256)
def _stance(sentence: str) -> _Stance:
    if sentence.endswith("?") or not bits_of(sentence) & _STANCES:
        return _NONE
    if denied := DENIED.search(sentence):
        later = BOOKED.search(sentence, denied.end())  # "yours was cancelled and you are booked"
        if later is None and NOT_DENIED.search(sentence) is None:
            return _Stance(denies=True, withdraws=WITHDRAWN.search(sentence) is not None)
    full = not denied and asking.UNAVAILABLE.search(sentence) and not _CLOSED.search(sentence)
    if unsettled(sentence):
        return _Stance(full=True) if full else _NONE
    booked = BOOKED.search(sentence) is not None
    settled = not booked and SETTLED.search(sentence) is not None
    return (
        _Stance(False, False, bool(full), booked, settled) if full or booked or settled else _NONE
    )


def what_is_said(sentences: list[str]) -> Said:
    """What the sentences of a prompt say of the goal, the latest last."""
    state, withdrawn = 0, False
    confirming: list[str] = []
    plainly = False
    for sentence in sentences:
        denies, withdraws, full, booked, settled = _stance(sentence)
        if denies or (full and state <= 0):
            state, withdrawn = -1, withdrawn or withdraws
        elif booked or (settled and state >= 0):
            state, withdrawn = 1, False
            plainly = plainly or booked
            confirming.append(sentence)
    if not confirming:
        return WITHDRAWS if withdrawn else DENIES if state < 0 else NOTHING  # shared: they are kept
    said = " ".join(confirming)
    return Said(
        confirmed=state > 0,
        denied=state < 0,
        moved=_MOVED.search(said) is not None,
        added=_ADDED.search(said) is not None,
        muddled=state > 0 and _muddled(said),
        withdrawn=withdrawn,
        settled=not plainly,
    )


RECITES = _any(
    rf"\byour {_THING}(?: is| will be|:) (?:now )?(?:(?:on|for) )?(?:the |this )?"
    rf"(?:\d|{_DAY}|{_MONTH})"
)
"""Tells when an appointment is, be it booked or not."""
_RECITED = Said(confirmed=True, settled=True)


def recited(text: str) -> Said:
    """What ``text`` (plain), which asks nothing, says by telling when the appointment is."""
    tells = any(RECITES.search(s) and not unsettled(s) for s in sentences(text))
    return _RECITED if tells else NOTHING


def is_waiting(text: str) -> bool:
    """Whether the agent only asks for a moment's patience."""
    return _WAITING.search(text) is not None


def agrees(text: str) -> bool:
    """Whether ``text`` (plain) is a yes to a question."""
    return _AGREES.search(text) is not None and asking.UNAVAILABLE.search(text) is None


def _muddled(text: str) -> bool:
    """Whether several days or several times are confirmed; the appointment of before is none."""
    text = _NAMES.sub(" ", text)
    most = 2 if _BEFORE.search(text) else 1
    times: list[Time] = []
    for time in find_times(text):
        if not any(time.same(other) for other in times):
            times.append(time)
    return len(find_days(text)) > most or len(times) > most
