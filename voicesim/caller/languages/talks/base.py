"""What is said and heard in one language where no new appointment is wanted: as data."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from voicesim.caller.languages.base import Ways
from voicesim.caller.models import Desk, Goal

FIRST = r"(?:^|[.!?¿] ?)"
"""Where a sentence begins."""


@dataclass(frozen=True)
class Talk:
    """Of callers with an errand, who answer a survey, and who follow a phone menu.

    An errand: ``asks`` is what is asked once more when nothing was said of it, or first of a
    stranger. ``day``, ``time`` and ``when`` tell of the appointment that is to be cancelled.
    ``glossary`` is what agents say to such callers, in English terms.

    A survey: ``score`` has a gap for the number. ``ratings`` are words that a question may offer.
    ``scale`` finds the two ends of a scale, in digits or words of ``numbers`` (0 to 10).
    ``open_question`` finds what is answered in the caller's own words, ``finished`` that a survey
    is over, ``regrets`` that something went wrong.

    A menu: ``connects`` finds that the caller is put through, ``waits`` that it may be.
    ``desks`` are names of desks.
    """

    goals: Mapping[Goal, Ways]
    asks: Mapping[Goal, str]
    no_goal: Mapping[Goal, str]
    thanks: str
    day: str
    time: str
    when: str
    score: Ways
    yes: Ways
    no: Ways
    opinions: tuple[str, ...]
    ratings: tuple[str, ...]
    numbers: tuple[str, ...]
    scale: re.Pattern[str]
    open_question: re.Pattern[str]
    finished: re.Pattern[str]
    regrets: re.Pattern[str]
    connects: re.Pattern[str]
    waits: re.Pattern[str]
    desks: Mapping[Desk, re.Pattern[str]]
    wishes: Mapping[Desk, Ways]
    glossary: str = ""


def any_of(*patterns: str) -> re.Pattern[str]:
    """What any of ``patterns`` finds; case does not matter."""
    return re.compile("|".join(patterns), re.IGNORECASE)


def scale(numbers: tuple[str, ...], to: str, minutes: str) -> re.Pattern[str]:
    """Two numbers with a word between that leads from the one to the other; no length of time."""
    end = rf"(\d\d?|{'|'.join(numbers)})"
    return any_of(
        rf"\b{end}(?:,? [^\d.?!]{{1,40}}?)?,? ?(?:{to}) {end}\b(?! ?(?:{minutes}|[:h]\d))"
    )
