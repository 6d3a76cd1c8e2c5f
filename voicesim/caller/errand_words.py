"""What an agent says to callers who want no new appointment, in English terms: tables of patterns.

Tried on single sentences that are no questions, as in ``confirming``; what no pattern knows says
nothing.
"""

import re

from voicesim.caller.confirming import BOOKED, UNSETTLED, Said, agrees
from voicesim.caller.remarks import hands_over, rings_back
from voicesim.caller.words import plain, sentences

_TAIL = 4000


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


CANCELS = re.compile(r"\bcancel\w*", re.IGNORECASE)
_CANCELLED = _any(
    r"\b(?:is|are|was|been|have|has|i|we|got|now|'ve|'s|successfully)(?: \w+){0,2} cancell?ed\b",
    r"^(?:\w+[,!:]? ){0,3}cancell?ed\b",
    r"\bcancell?ed (?:it|that|your|the)\b",
    r"\b(?:appointment|booking|reservation)[^?]{0,60} (?:is|has been|was) (?:\w+ )?"
    r"(?:cancell?ed|removed|deleted)\b",
    r"\bcancellation (?:is|has been) (?:\w+ )?(?:complete|confirmed|done)",
    r"\b(?:is|it's|that's|you're|you are|has been)(?: now| you| all)? (?:called off|scrapped|"
    r"(?:off|gone from|no longer (?:in|on)|out of|removed from) (?:the|our) (?:\w+ )?"
    r"(?:list|books?|schedule|calendar|diary|system))\b",
    r"\b(?:taken|took|struck|crossed|scratched|called) (?:it|that|you|this) (?:off|out)\b",
    r"^(?:\w+[,!:]? )?scrapped\b|\bi(?: can)? (?:hereby )?confirm (?:the|your) cancellation\b",
    r"\b(?:removed|deleted) (?:it|that|your)\b|\bno longer have (?:an|that|this) appointment\b",
)
_DONE = _any(
    r"\b(?:you're|you are|that's|that is|it's|everything's|everything is)(?: now)? "
    r"(?:all )?(?:set|done|sorted|taken care of)\b",
    r"^(?:(?:ok|okay|great|perfect|right|all right),? )*(?:all )?(?:done|sorted)\b",
    r"\b(?:i've|i have) taken care of (?:it|that)\b",
)
_WILL_CANCEL = _any(
    r"\b(?:i'll|i will|i'm|i am|let me)(?: \w+)? cancel(?:ling|ing)? (?:it|that|your)\b"
)
_NOT_CANCELLED = _any(
    r"(?:\bnot\b|n't\b|\bunable\b|\bcannot\b|\bnever\b|\bfailed\b|\bno way\b)[^?]{0,60}?"
    r"\b(?:cancel|find|see|locate|help|assist|have an? )",
    r"\btoo late\b|\b(?:it|that|this|system|computer|calendar)(?: just)? "
    r"(?:did|does|do|has|will|would|was|could)(?: not|n't)(?: \w+)? "
    r"(?:work|let|allow|go|gone|succe|possible|accept|take|taken)",
    r"^(?:oh,? |well,? )?actually,? no\b|\bspoke too soon\b",
    r"\bno (?:such )?(?:appointment|booking)\b|\ban? (?:\w+ )?error\b|\bwent wrong\b",
    r"\btry (?:\w+ ){0,2}again\b|\bcall (?:us )?(?:again|back) (?:later|tomorrow|when)\b",
)
_MISSED = re.compile(r"\bwe (?:won't|will not) (?:be )?see(?:ing)? you\b", re.IGNORECASE)
"""Regrets nothing but that."""
_NOT_YET = _any(
    r"\b(?:once|after|if|before|unless|will be|to be|can be|could be|must be|may|please|pending)\b"
)
_APPOINTMENT = _any(r"\b(?:cancel|appointment|booking|reservation)")
KEPT = _any(r"\b(?:still|remains?|stays?|keep|kept|unchanged|as it (?:is|was)|as before)\b")
_WAITS = _any(
    r"\bqueue\b|\bplease (?:hold|wait|stay on)\b|\bhold (?:on|the line)\b|\bstay on the line\b",
    r"\bnext (?:available|free) \w+|\bconnect(?:ing)? (?:you|your call)\b|\btransferr?(?:ing)? you",
    r"\bputting you (?:on|through)\b|\bpass you (?:on|over)\b",
)
_CALLED_BACK = _any(
    r"\b(?:call|ring|phone)(?:s|ing|ed)? you back\b|\bget back to you\b|\bcallback\b",
    r"\b(?:someone|somebody|colleague|we)\b[^?]{0,30} (?:call|ring|phone|contact|buzz)s? you\b",
    r"\b(?:asked|told|ask|tell|get|got|have|had|remind|(?:note|message) (?:for|with)) "
    r"(?:(?!me\b|us\b|what\b|to\b)[\w.]+ ){1,4}?(?:to )?(?:call|ring|phone|contact) you\b",
    r"\bgive you an? (?:\w+ )?(?:call|ring)\b|\bexpect an? (?:\w+ )?call\b",
    r"\b(?:will|'ll|going to) (?:be|get) in touch\b(?! with (?:us|me)\b)|\breach out to you\b",
    r"\bget(?:ting)? in touch with you\b",
    r"\byou(?:'ll| will) (?:hear from|be (?:called|contacted|rung))\b",
    r"\byou(?:'ll| will) (?:get|receive) an? (?:\w+ )?call\b",
)
_SETTLED = _any(
    r"\b(?:arranged|done|noted|booked|scheduled|set up|all set)\b|\b(?:we|i|they)(?:'ll| will)\b",
    r"^(?:great|fine|perfect|ok|okay|all right|alright|very well|sure|certainly|wonderful)\b",
)
"""Says, after an offer was taken, that it will be done."""
_NO_PROMISE = _any(
    r"(?:\bnot|n't|\bcannot|\bunable|\bnever|\bnobody|\bno one)"
    r"(?: (?!(?:but|so|and|then|however|we|i|someone|somebody)\b)[\w']+){0,5}? "
    r"(?:call|ring|phone|contact|get back|put|transferr?|connect|hand|pass|give|hear|reach|be in)"
    r"(?:ing)?\b(?= (?:\w+ ){0,2}?(?:you|us|touch)\b)"
)
"""What will not be done, whatever else a sentence promises."""
_CANNOT = _any(
    r"(?:\bnot\b|n't\b|\bunable\b|\bcannot\b|\bnobody\b|\bno one\b|"
    r"\bno (?:person|colleague|human|staff|agent|operator)s?\b)"
    r"[^?]{0,60}?\b(?:tell|give|know|have|connect|transfer|put|help|answer|available|free|here|"
    r"hours|person|information)",
    r"\bi can only\b|\bi only\b|\btry (?:us )?again (?:later|tomorrow)\b",
    r"\bcall (?:us )?(?:again|back) (?:later|tomorrow|during|between|when|on)\b",
)
_SELF = _any(
    r"\bthis is (?!an? (?:\w+ )?error)(?:an?|the|(?-i:[A-Z]))",
    r"\byou(?:'ve| have) (?:reached|(?:got )?the wrong)\b|\bwrong number\b",
)
_SELF_AFTER_YES = _any(
    r"\b(?:it's|it is|we are|we're|is) (?:the |an? |la |el |le |die |das |that )?"
    r"(?:(?-i:[A-Z])|clinic|practice|dental|\w+ (?:clinic|practice|office|surgery))",
    r"\b(?:clinic|practice|office|dental|surgery|dentist)\b",
    r"\byou(?:'ve| have) (?:called|dialled)\b",
)
"""Says whom the caller has rung, after a yes that may be a mere greeting."""
_ANOTHER = (
    r"(?:the |el |la |le |das |that |our |bien |indeed |still |(?:cine(?:ma)?|cinéma|kino) )*rialto"
)
_SAYS_ANOTHER = _any(
    rf"\b(?:is|it's|that's|reached|called|through to|speaking (?:to|with)|calling|welcome to|here|"
    rf"ici|bei) {_ANOTHER}\b",
    r"^(?:(?:yes|yeah|yep|sure|correct|right|hello|hi|good \w+)[,.!]? ){0,2}"
    rf"{_ANOTHER}\b(?!(?: cinema)? (?:is|was|has|had|moved|closed|shut))",
    r"^(?:(?:yes|yeah|yep|indeed|correct|right|sure)[,.!]? )+(?:it (?:sure |certainly )?is|this is|"
    r"we are|you have|you are|you're right|that's (?:right|correct|us)|that is (?:right|correct)|"
    r"speaking|correct|indeed|that stimmt|das stimmt)(?: indeed)?[.!,]|^speaking[.!,]",
)
"""Says that the caller has rung the cinema that it asked for."""
_NO = _any(r"\b(?:not?|nope|never|wrong|neither|isn't|aren't|kein\w*|nicht)\b|n't\b")
_NO_TROUBLE = _any(r"\b(?:not an? (?:\w+ )?problem|don't (?:worry|hesitate)|if|why not)\b")
_PLEASANTRY = _any(
    r"\bgood ?-?bye\b|\bbye\b|\bhave an? (?:\w+ )?(?:day|evening|weekend|one)\b|\bthanks?\b"
    r"|\bthank you\b|\bwelcome\b|\bhang up\b|\b(?:can|could|did)(?: ?not|n't)\b|\bunable\b"
    r"|\bsorry\b|\bunfortunately\b"
)


def sentences_of(text: str) -> list[str]:
    """The sentences of a prompt in English terms; of a very long one those at its end."""
    return sentences(plain(text[-_TAIL:]))


def cancelled(said: list[str], *, agreed: bool) -> Said:
    """What the sentences of a prompt say of an appointment that is to be cancelled, latest last.

    ``agreed``: the caller said yes to a read-back, so that "all done" speaks of it.
    """
    state = 0
    for sentence in said:
        if sentence.endswith("?"):
            continue
        if _NOT_CANCELLED.search(_MISSED.sub(" ", sentence)):
            state = -1
        elif _NOT_YET.search(sentence):
            continue
        elif _WILL_CANCEL.search(sentence):
            agreed = True
        elif _CANCELLED.search(sentence) or (agreed and state >= 0 and _DONE.search(sentence)):
            state = 1
    return Said(confirmed=state > 0, denied=state < 0)


def cancelled_unasked(said: list[str]) -> bool:
    """Whether an appointment is said to be cancelled to who spoke of none."""
    return cancelled(said, agreed=False).confirmed and any(map(_APPOINTMENT.search, said))


def books(said: list[str]) -> str:
    """The sentence that says of a booking that it is made, and nothing of one cancelled, or ""."""
    if any(CANCELS.search(sentence) or KEPT.search(sentence) for sentence in said):
        return ""
    found = (s for s in said if not s.endswith("?") and BOOKED.search(s) and not _unsure(s))
    return next(found, "")


def _unsure(sentence: str) -> bool:
    return UNSETTLED.search(sentence) is not None or _CALLED_BACK.search(sentence) is not None


def promises_person(said: list[str]) -> bool:
    """Whether the caller is put through, asked to wait for somebody, or will be rung."""
    stated = _promised(said)
    return any(hands_over(s) or _WAITS.search(s) for s in stated) or calls_back(said)


def calls_back(said: list[str]) -> bool:
    """Whether somebody will ring the caller."""
    return any(rings_back(s) or _CALLED_BACK.search(s) for s in _promised(said))


def offers_call(said: list[str]) -> bool:
    """Whether the caller is asked whether, or when, it is to be rung."""
    asked = [s for s in said if s.endswith("?")]
    return any(_CALLED_BACK.search(s) and not _NO_PROMISE.search(s) for s in asked)


def settles(said: list[str]) -> bool:
    """Whether it is said that what was offered will be done."""
    return any(_SETTLED.search(s) for s in said if not s.endswith("?")) and not cannot(said)


def _promised(said: list[str]) -> list[str]:
    """The statements among ``said``, without what they say will not be done."""
    return [_NO_PROMISE.sub("nothing", sentence) for sentence in said if sentence[-1:] != "?"]


def cannot(said: list[str]) -> bool:
    """Whether it is said that what was asked for is not to be had here."""
    stated = [s for s in said if not s.endswith("?") and not _NO_TROUBLE.search(s)]
    return any(_CANNOT.search(s) or _NO_PROMISE.search(s) for s in stated)


def says_who(said: list[str]) -> bool:
    """Whether it is said whom the caller has rung."""
    return any(_SELF.search(s) for s in said if not s.endswith("?"))


def says_another(said: list[str]) -> str:
    """The sentence that says that the caller has rung the cinema it asked for; "" if none does."""
    stated = (s.rpartition(",")[0] if s.endswith("?") else s for s in said)
    return next((s for s in stated if _SAYS_ANOTHER.search(s) and not _NO.search(s)), "")


def only_agrees(said: list[str]) -> bool:
    """Whether the answer to who it is says yes, and of itself nothing."""
    if not agrees(" ".join(said)) or any(_NO.search(s) for s in said):
        return False
    return not says_who(said) and not any(_SELF_AFTER_YES.search(s) for s in said)


def says_something(said: list[str]) -> bool:
    """Whether more is said than a goodbye, thanks or regrets: words that may mean anything."""
    return any(not _PLEASANTRY.search(s) for s in said if not s.endswith("?"))
