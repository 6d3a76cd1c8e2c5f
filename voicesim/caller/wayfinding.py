"""Which option of a phone menu somebody takes who seeks a desk."""

import re
from typing import NamedTuple

from voicesim.caller.models import Desk

AGAIN, BACK, OPERATOR, GUESS, ZERO = (
    "none fits: hears the options again",
    "none fits: goes back",
    "none fits: asks for somebody",
    "none fits: tries one",
    "none fits: presses 0",
)
_HINTS = {
    Desk.SALES: re.compile(r"\border\w*|\bquot\w+|\bpric\w+|\bnew\b|\bproducts?\b|\binterested\b"),
    Desk.SUPPORT: re.compile(
        r"\bhelp\b|\bproblems?\b|\bissues?\b|\btechnical\b|\bexisting\b|\bbroken\b|\brepairs?\b|"
        r"\bbought\b|\bservice\b"
    ),
    Desk.BILLING: re.compile(r"\baccounts?\b|\bpay\w*|\bfinance\b|\bcharges?\b|\bexisting\b"),
    Desk.OPENING_HOURS: re.compile(
        r"\bopen\b|\btimes?\b|\bdirections?\b|\blocations?\b|\binformation\b|\babout us\b"
    ),
}
"""Labels behind which the desk may be, in English terms."""
_REPEATS = re.compile(r"\b(?:repeat|again|replay|options)\b")
_BACK = re.compile(r"\b(?:main menu|back|return to|previous)\b")
_ANYONE = re.compile(
    r"\b(?:operator|representative|reception|someone|somebody|speak|talk|other|else|agent|all)\b"
)
_NOT = re.compile(r"\b(?:not|except|other than)\b")


_LED_TO = re.compile(
    r"\b(?:(?:transferr?|connect|hand|pass|putt?)(?:ing)? you(?: \w+)?? (?:over |through )?"
    r"(?:to|with)|you(?:'ve| have) reached|you(?:'re| are) through to) ([^.,;:?!]{1,80})",
    re.IGNORECASE,
)
"""Says to whom the caller is put through."""
_UNIT = re.compile(r"(.*?)\b(?:department|desk|team|office|line|group|section|unit)\b")
_ANY = re.compile(
    r"\b(?:the|our|a|an|one|of|your|right|correct|appropriate|relevant|proper|requested|chosen|"
    r"that|this|friendly|whole|available|next|first|free|front|service)\b"
)
"""Words that tell no department from another."""
_THING = re.compile(r"^(?:the|our|your) (?!(?:next|first|right|correct|person|one)\b)[a-z]+$")
_PERSON = re.compile(
    r"(?:agent|representative|rep|operator|person|people|colleague|assistant|specialist|expert|"
    r"advis[eo]r|consultant|manager|member|staff|receptionist|human|someone|somebody|one|else|them|"
    r"him|her|it)s?$"
)
_MANNERS = re.compile(
    r" ?\b(?:now|right away|right now|shortly|straight away|please|at once|immediately|today|"
    r"(?:who|that|which|to|in|at|from|for|and|so|while|if|as)\b.*)$",
    re.IGNORECASE,
)
"""What follows whom the caller is put through to."""


class Choice(NamedTuple):
    """A key, its label, whether the label names the desk, and why it is taken if not."""

    key: str
    label: str
    named: bool = False
    why: str = ""


def wanted(label: str, names: re.Pattern[str]) -> bool:
    """Whether ``label`` names what is sought."""
    return names.search(label) is not None and _NOT.search(label) is None


def choose(
    options: tuple[tuple[str, str], ...],
    seeks: Desk,
    names: re.Pattern[str],
    tried: tuple[str, ...],
    *,
    inside: bool,
) -> Choice | None:
    """What to press in a menu whose keys ``tried`` led back here; None when nothing is left.

    ``inside``: the key that led here named the desk, so that any way on is as good as another.
    A label that names the desk is pressed again and again: it should lead there.
    """
    named = [option for option in options if wanted(option[1], names)]
    fresh = [option for option in options if option[0] not in tried]
    if named:
        key, label = next((option for option in named if option in fresh), named[0])
        return Choice(key, label, named=True)
    onward = [o for o in fresh if not (_REPEATS.search(o[1]) or _BACK.search(o[1]))]
    if inside and onward:
        return Choice(*onward[0])
    for fits, why in (
        (_HINTS[seeks], ""),
        (_ANYONE, OPERATOR),
        (_REPEATS, AGAIN),
        (_BACK, BACK),
    ):
        for key, label in fresh if why in (AGAIN, BACK) else onward:
            if fits.search(label):
                return Choice(key, label, why=why)
    if "0" not in tried and all(key != "0" for key, _ in options):
        return Choice("0", "", why=ZERO)
    return Choice(*onward[0], why=GUESS) if onward else None


def leads_elsewhere(sentence: str, asked: str) -> bool:
    """Whether ``sentence`` names, in English, where the caller is led, and ``asked`` does not.

    A person, of whatever name, may be of any desk.
    """
    led = _LED_TO.search(sentence)
    if led is None:
        return False
    place = _MANNERS.sub("", led[1]).strip()
    if _PERSON.search(place):
        return False
    unit = _UNIT.match(place)
    named = _ANY.sub(" ", unit[1]).strip() if unit else place if _THING.search(place) else ""
    return bool(named) and not any(word in asked.casefold() for word in named.casefold().split())
