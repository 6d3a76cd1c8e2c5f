"""The probes of the signature audit, as a table: how each request is made, what it should lead to.

Sources: Twilio's usage/security page (what is signed; new fields come without notice) and captured
requests, in which blank geographic fields are sent, and signed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from voicesim.twilio.fields import Fields, Party
from voicesim.twilio.signature import Signer

CALLER = Party("+12125550198", "NEW YORK", "NY", "10001", "US")
"""Who rings in a probe: a number kept free for fiction."""
FORGED_DIGITS = "12125550199"
"""The number that a tampered request claims instead."""
OTHER_TOKEN = "0123456789abcdef0123456789abcdef"  # noqa: S105 - nobody's
UNKNOWN_FIELD = ("VoicesimUnknownField", "1")


class WrongSigner(Signer):
    """Gives signatures that look like one and are none."""

    __slots__ = ("_signer",)

    def __init__(self, signer: Signer) -> None:
        self._signer = signer
        self.settings = signer.settings

    def sign(self, url: str, params: Iterable[tuple[str, str]] = ()) -> str:
        """The right signature with another first letter."""
        right = self._signer.sign(url, params)
        return ("B" if right.startswith("A") else "A") + right[1:]


class EarlierSigner(WrongSigner):
    """Gives the signature that the request had before the caller's number in it was changed."""

    __slots__ = ()

    def sign(self, url: str, params: Iterable[tuple[str, str]] = ()) -> str:
        """Sign what was, in the URL (GET) as in the form.

        Behind a redirect nothing is left of what was changed: there the signature is just wrong.
        """
        pairs = tuple(params)
        before = self._signer.sign(_untampered(url), [(n, _untampered(v)) for n, v in pairs])
        return before if before != self._signer.sign(url, pairs) else super().sign(url, pairs)


def _untampered(text: str) -> str:
    return text.replace(FORGED_DIGITS, CALLER.number[1:])


def _tampered(fields: Fields) -> Fields:
    return tuple((n, v.replace(CALLER.number[1:], FORGED_DIGITS)) for n, v in fields)


def _blank(fields: Fields) -> Fields:
    """As Twilio sends them of a caller and a number it knows no place of."""
    places = ("City", "State", "Zip", "Country")
    return tuple((n, "" if n.endswith(places) else v) for n, v in fields)


@dataclass(frozen=True, slots=True)
class Probe:
    """One probe.

    ``code`` is the middle of its finding's code, ``what`` completes "a request ...", ``advice`` is
    what to do when the agent fails it. ``at`` is the webhook it goes to: the agent's voice URL, or
    the action URL of the Gather in the answer to the correct request, within the same call.
    """

    name: str
    code: str
    expected: Literal["served", "refused"]
    what: str
    advice: str
    signer: Callable[[Signer], Signer | None] = lambda signer: signer
    fields: Callable[[Fields], Fields] = lambda fields: fields
    at: Literal["voice", "action"] = "voice"

    @property
    def served(self) -> bool:
        """Whether the agent is to serve it."""
        return self.expected == "served"


CORRECT = Probe(
    "correct request",
    "correct",
    "served",
    "that is correct",
    "Nothing else was asked: what an agent refuses that serves nobody says nothing.",
)
_UNSIGNED = Probe(
    "no signature",
    "unsigned",
    "refused",
    "without X-Twilio-Signature",
    "Answer 403 to whatever is not signed: anybody who knows the URL can play Twilio. For an agent"
    " in development that is not to check signatures yet: voicesim run --no-audit.",
    lambda _: None,
)
_BLANK = Probe(
    "blank fields",
    "blank",
    "served",
    "with blank fields, correctly signed",
    "Twilio sends and signs fields that are blank, such as FromCity: keep them when the signature"
    " is computed (Python: parse_qsl(..., keep_blank_values=True)), and take them for unknown.",
    fields=_blank,
)
PROBES = (
    _UNSIGNED,
    Probe(
        "wrong signature",
        "wrong-signature",
        "refused",
        "with a wrong signature",
        "It is not enough that X-Twilio-Signature is there: compute it and compare.",
        WrongSigner,
    ),
    Probe(
        "signed with another token",
        "other-token",
        "refused",
        "signed with another account's token",
        "Compute the signature with this account's auth token and compare the whole of it.",
        lambda _: Signer(OTHER_TOKEN),
    ),
    Probe(
        "field changed after signing",
        "tampered",
        "refused",
        "whose caller's number was changed after it was signed",
        "All fields of the request belong into the signature that is compared, not the URL alone.",
        EarlierSigner,
        _tampered,
    ),
    _BLANK,
    Probe(
        "field unknown so far",
        "extra",
        "served",
        "with a further field, correctly signed",
        "Twilio adds fields without notice: compute the signature over all that came, not over a"
        " fixed list, and pass over what is not known.",
        fields=lambda fields: (*fields, UNKNOWN_FIELD),
    ),
    replace(
        _UNSIGNED,
        name="no signature, at the action URL",
        code="action-unsigned",
        advice="Check signatures at every URL that TwiML names, not at the first webhook alone."
        " For an agent in development: voicesim run --no-audit.",
        at="action",
    ),
    replace(_BLANK, name="blank fields, at the action URL", code="action-blank", at="action"),
)
"""All but the first one, without which they say nothing; those at the action URL in this order."""
