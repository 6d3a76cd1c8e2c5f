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
