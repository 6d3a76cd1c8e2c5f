"""The sentences of a caller that wants no new appointment: a language's own, and these instead."""

from dataclasses import replace
from functools import cache

from voicesim.caller import phrases
from voicesim.caller.asking import Want
from voicesim.caller.languages.base import Sayings, Ways
from voicesim.caller.languages.talks import TALKS
from voicesim.caller.models import Goal


@cache
def errand_sayings(goal: Goal, code: str) -> Sayings:
    """What a caller with ``goal`` says in the language ``code``."""
    known, own = phrases.SAYINGS[code], TALKS[code]
    answers: dict[Want, Ways] = {**known.answers, Want.MORE: (own.thanks,) * 3}
    corrections, clauses = dict(known.corrections), dict(known.clauses)
    if goal is Goal.CANCEL:  # the day is that of the appointment it has
        told = {"day": own.day, "time": own.time, "when": own.when}
        clauses |= told
        corrections |= {f: f"{known.no[:-1]}, {told[f]}." for f in ("day", "time")}
        asked = {Want.DAY: "day", Want.TIME: "time", Want.OLD: "when"}
        answers |= {want: _three(told[name]) for want, name in asked.items()}
    return replace(
        known,
        answers=answers,
        goals=own.goals,
        corrections=corrections,
        clauses=clauses,
        is_it_done=own.asks,
        no_goal=own.no_goal,
    )


def _three(clause: str) -> Ways:
    """A clause as a sentence, whichever way it is said."""
    said = f"{clause[0].upper()}{clause[1:]}."
    return said, said, said
