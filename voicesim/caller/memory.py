"""What a caller keeps in mind of an agent's manners, and what it complains of once it is over.

A complaint must hold whatever the agent is like. So only what was told clearly counts: as it was
meant, surely recognised, in answer to the question for it. A fact that was put right, or a day or
time that the agent could not offer, may be asked for once more.
"""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from zlib import crc32

from voicesim.base.findings import Finding, Level
from voicesim.call.talk import FieldValue, Prompt
from voicesim.caller.asking import Want
from voicesim.caller.base import NOT_UNDERSTOOD, BaseCaller
from voicesim.caller.checking import FIELDS, same
from voicesim.caller.judging import CLEAR_CONFIDENCE, contradicts
from voicesim.caller.sieve import Sieved

ASKED_AGAIN = "asked-again"
FORGOT = "forgot-the-call"
LOOPS = "loops"
READBACK_WRONG = "readback-wrong"
CORRECTION_IGNORED = "correction-ignored"
HUNG_UP_EARLY = "hung-up-early"
NEVER_ENDS = "never-ends"
NOT_ASKED = "not-asked"
NAME_NOT_ASKED = "name-not-asked"
NO_READ_BACK = "no-read-back"
HANDED_OVER = "handed-over"
NOT_PUT_THROUGH = "not-put-through"

FIELD_OF = {Want.NAME: "name", Want.PHONE: "phone", Want.DAY: "day", Want.TIME: "time"}
CORRECTIONS = 2
"""A read-back that is wrong after so many clear corrections is a complaint."""
GOODBYES = 2
"""A caller says goodbye so many times before it complains that the agent stays on the line."""
IGNORED = ""
"""Stands, among what was put right, for a read-back that was wrong for all that."""
CLEAR = 2
"""So many clear answers in a row, and an agent has no reason to ask once more."""
SAME = 3
"""An agent that has said the same so many times in a row, and was answered, loops."""
QUOTED = 160
"""So many characters of a prompt's end are quoted."""
_OFFERS = Sieved(
    r"\b(?:available|availability|openings?|free|slots?|earliest|next|how about|what about|"
    r"offers?|instead|would you like|can do|do you want|suits?|works?|could you|can you)\b",
    re.IGNORECASE,
)
_BITS = {field: 1 << at for at, field in enumerate(FIELDS)}


def bits(fields: Iterable[str]) -> int:
    """A mask of those of FIELDS that are in ``fields``."""
    mask = 0
    for field in fields:
        mask |= _BITS.get(field, 0)
    return mask


@lru_cache(maxsize=256)
def _asked_bits(wants: tuple[Want, ...]) -> int:
    """A mask of those of FIELDS that ``wants`` ask for."""
    return bits(FIELD_OF[want] for want in wants if want in FIELD_OF)


class Memory(BaseCaller):
    """A few small numbers a call. Part of a caller, not a thing of its own: that takes room."""

    __slots__ = (
        "_again",
        "_asked_for",
        "_clearly_told",
        "_fixed",
        "_moved_on",
        "_same",
        "_text",
        "answered",
        "clear",
        "goodbyes",
        "old_day",
        "said_goodbye",
    )

    def _begin(self) -> None:
        """Know nothing yet."""
        super()._begin()
        self._clearly_told = 0  # told clearly, in answer to the question for it
        self._moved_on = 0  # of these, those after which something else was asked
        self._again = 0  # of these, those that were asked for once more
        self._asked_for = 0  # asked for at all (bits 0-3), reported otherwise than meant (4-7)
        # what was put right last, once for each clear answer; IGNORED where it was wrong again
        self._fixed: tuple[str, ...] = ()
        self._text, self._same = 0, 0  # the latest prompt, and how many times in a row it was said
        self.answered = False  # whether the latest question was answered in words
        self.clear = 0  # answers to the latest question in a row that were clear
        self.goodbyes = 0  # how many times it said goodbye in vain
        self.said_goodbye = False  # whether the agent's latest words were goodbye
        self.old_day = ""  # the day before it changed its mind

    def heard(self, text: str, *, goodbye: bool) -> None:
        """The agent said something."""
        now = crc32(text.encode("utf-8", "replace")) % 251  # a number that all calls can share
        self._same = self._same + 1 if now == self._text else 1
        self._text, self.said_goodbye = now, goodbye

    def asked(self, wants: tuple[Want, ...]) -> None:
        """The agent asks for something."""
        mask = _asked_bits(wants)
        self._again |= mask & self._moved_on
        self._moved_on |= self._clearly_told & ~mask
        self._asked_for |= mask
        if mask & bits(self._fixed):
            self._forgive()

    def told(self, fields: Collection[str], wants: tuple[Want, ...], *, clearly: bool) -> None:
        """Facts were told in an answer to ``wants``."""
        mask = bits(fields)
        self._clearly_told &= ~mask
        self._moved_on &= ~mask
        if clearly:
            self._clearly_told |= mask & _asked_bits(wants)

    def misreport(self, field: str) -> None:
        """``field`` was told, and reported otherwise."""
        self._asked_for |= _BITS[field] << len(FIELDS)

    def was_misreported(self, field: str) -> bool:
        """Whether ``field`` was ever reported otherwise than meant."""
        return bool(self._asked_for & _BITS[field] << len(FIELDS))

    def fixes(self, field: str, *, clearly: bool) -> None:
        """The caller puts ``field`` right: the agent may well ask for it."""
        before = self._fixed if field in self._fixed else ()
        self._fixed = (*before, field) if clearly else before
        self.may_ask((field,))

    def read_back(self, field: str, *, right: bool) -> None:
        """The agent read ``field`` back."""
        if field not in self._fixed:
            return
        if right:
            self._forgive()
        else:
            self._fixed += (IGNORED,)

    def _forgive(self) -> None:
        """What was put right last is read back so, or asked for anew."""
        if IGNORED in self._fixed:
            self._fixed = tuple(field for field in self._fixed if field != IGNORED)

    def ignored(self, field: str) -> int:
        """How many clear corrections of ``field`` the latest read-back of it has ignored."""
        if IGNORED not in self._fixed:
            return 0
        latest = len(self._fixed) - self._fixed[::-1].index(IGNORED)
        return self._fixed[:latest].count(field)

    def may_ask(self, fields: Collection[str]) -> None:
        """From now on the agent may ask for ``fields`` once more."""
        self._clearly_told &= ~bits(fields)
        self._moved_on &= ~bits(fields)

    def was_asked(self, field: str) -> bool:
        """Whether the agent has asked for ``field``."""
        return bool(self._asked_for & bits((field,)))

    @property
    def loops(self) -> bool:
        """Whether the agent says the same again and again."""
        return self._same >= SAME

    def forgotten(self) -> tuple[str, ...]:
        """The facts that were asked for once more though the agent had moved on."""
        return tuple(field for at, field in enumerate(FIELDS) if self._again >> at & 1)

    def complaints(self, values: tuple[FieldValue, ...], *, confirmed: bool) -> tuple[Finding, ...]:
        """What was forgotten, and what was read back wrongly for all that was said."""
        found = []
        again = self.forgotten()
        if len(again) > 1:
            what = f"The agent has forgotten the call: it asked once more for {_listed(again)}"
            found.append(_error(FORGOT, f"{what}, told clearly and taken before."))
        elif again:
            what = f"The agent asked once more for the {again[0]}, told clearly and taken before."
            found.append(Finding(ASKED_AGAIN, Level.WARNING, what))
        for value in values:
            if self._fixed.count(value.name) >= CORRECTIONS and not confirmed:
                found += self.still_wrong(value)
        return tuple(found)

    def still_wrong(self, value: FieldValue) -> list[Finding]:
        """The complaint about a ``value`` that was read back wrongly for all that was said."""
        if not contradicts(value):
            return []
        times = self.ignored(value.name) or self._fixed.count(value.name)
        old = value.name == "day" and self.old_day and same("day", value.heard, self.old_day)
        return [
            _error(
                CORRECTION_IGNORED if old else READBACK_WRONG,
                f"The agent still read back the {value.name} {value.heard!r} when the caller had"
                f" put it right {times} times:"
                f" {value.reported!r} was reported, clearly.",
            )
        ]


def clearly(meant: str, reported: str | None, confidence: float | None) -> bool:
    """Whether an answer was recognised as it was meant, and surely."""
    return reported == meant and (confidence is None or confidence >= CLEAR_CONFIDENCE)


def spent(what: str, times: int, *, loops: bool, told_before: bool) -> Finding:
    """The complaint of a caller that answered ``times`` times, clearly, what was asked."""
    if loops and not told_before:
        said = f"The agent says the same again and again: it asked {times} times for {what}"
        return _error(LOOPS, f"{said}, in the very same words, though it was told clearly.")
    return _error(
        ASKED_AGAIN, f"The agent asked {times} times for {what}, though it was told clearly."
    )


def stays(times: int, *, goodbye: bool) -> Finding:
    """The complaint of a caller that said goodbye ``times`` times in vain."""
    if goodbye:
        said = f"The agent says goodbye and listens on, {times} times over: it never hangs up."
        return _error(NEVER_ENDS, said)
    said = f"The caller said goodbye {times} times, and the agent still listens."
    return Finding(NEVER_ENDS, Level.WARNING, said)


def hung_up(told: list[str], missing: list[str]) -> Finding:
    """The complaint of a caller that was not asked for all that is needed."""
    said = f"The agent said goodbye when it had been told {_listed(told)}"
    return _error(HUNG_UP_EARLY, f"{said}; it never asked for {_listed(missing)}.")


def puzzled(prompt: Prompt) -> Finding:
    """What a caller says for itself that does not know what ``prompt`` asks."""
    text = prompt.text
    end = text if len(text) <= QUOTED else f"... {text[-QUOTED:]}"
    said = f"The caller did not know what to answer to {end!r}"
    if not text.strip() and prompt.audio:
        said = f"The caller knows no words of the recording {prompt.audio[-1][-QUOTED:]}"
    return Finding(NOT_UNDERSTOOD, Level.NOTICE, f"{said}: the call says nothing of the agent.")


def handed_over(text: str) -> Finding:
    """What a caller says of an agent that gave it to somebody else."""
    said = f"The agent gave the caller to somebody else: {text[-QUOTED:]!r}"
    return Finding(HANDED_OVER, Level.NOTICE, f"{said}: what became of it nobody can tell.")


def not_put_through() -> Finding:
    """The complaint of a caller that was promised somebody, and heard goodbye."""
    message = "The agent said that it puts the caller through, and said goodbye instead."
    return Finding(NOT_PUT_THROUGH, Level.ERROR, message)


def never_learned(missing: list[str]) -> Finding:
    """The complaint of a caller that is booked for a day or time that nobody knows."""
    return _error(
        NOT_ASKED, f"The agent confirmed a booking, and never asked for {_listed(missing)}."
    )


def nameless() -> Finding:
    """What a caller says for itself that was booked and never told its name."""
    said = "The agent confirmed the booking and never asked for the name: it must know the caller"
    return Finding(NAME_NOT_ASKED, Level.NOTICE, f"{said} by its number, or has booked nobody.")


def not_read_back() -> Finding:
    """What a caller says for itself that was to change its mind at a read-back, and could not."""
    said = "The caller was to change its mind once its day was read back, and did not"
    why = "the agent booked, and had not read that day back to be agreed to"
    return Finding(NO_READ_BACK, Level.NOTICE, f"{said}: {why}.")


def invented(field: str, heard: str, text: str, *, confirmed: bool) -> Finding | None:
    """The complaint about a read-back of what nobody told, unless it may be an offer."""
    if confirmed:
        said = f"The agent confirmed the {field} {heard!r}, for which it had not asked."
        return _error(NOT_ASKED, said)
    if _OFFERS.search(text):
        return None
    said = f"The agent read back the {field} {heard!r}, for which it had not asked."
    return Finding(NOT_ASKED, Level.WARNING, said)


def _listed(fields: Collection[str]) -> str:
    return ", ".join(f"the {field}" for field in fields)


def _error(code: str, message: str) -> Finding:
    return Finding(code, Level.ERROR, message)
