"""A caller that wants to be rid of the appointment it has."""

import re
from dataclasses import replace

from voicesim.base.findings import Finding, Level
from voicesim.call.talk import Judgement, Keeps, Opinion, Prompt, Reply
from voicesim.caller import errand_words, standing
from voicesim.caller.asking import Want
from voicesim.caller.checking import FIELDS, same
from voicesim.caller.confirming import is_waiting
from voicesim.caller.dialogue import GoalCaller
from voicesim.caller.errand_phrases import errand_sayings
from voicesim.caller.hearing import GAVE_UP
from voicesim.caller.languages.base import Sayings
from voicesim.caller.models import Goal
from voicesim.caller.understanding import Understood, understand

CANCELLED_OTHER = "cancelled-other"
BOOKED_INSTEAD = "booked-instead"
_A_NEW_ONE = re.compile(r"\b(?:would you like to come|suits?|prefer\w*|available|new)\b", re.I)
"""Said of a day that is not that of an appointment one has."""
_OTHERWISE = re.compile(
    r"\b(?:book\w*|new|another|mov(?:e|ing)|re-?schedul\w*|chang\w*|keep)\b", re.I
)


class Canceller(GoalCaller):
    """It has one appointment; its day and time are those facts.

    The goal is reached when the agent says that the appointment is cancelled, and no other than it.
    """

    __slots__ = ()

    @property
    def _sayings(self) -> Sayings:
        return errand_sayings(Goal.CANCEL, self._language)

    def _understand(self, text: str) -> Understood:
        """What ``text`` asks for; what it says is about a cancellation."""
        understood = understand(text, self._language)
        if understood.wants and understood.wants[0] in (Want.CONFIRM, Want.CHANGE, Want.YES_NO):
            return understood
        said = errand_words.sentences_of(understood.english)
        agreed = self._standing == standing.AGREED
        return understood._replace(said=errand_words.cancelled(said, agreed=agreed))

    def _note(self, text: str, understood: Understood) -> None:
        """Keep what is read back of the appointment, also beside the word "cancel"."""
        super()._note(errand_words.CANCELS.sub("settle", text), understood)
        booked = errand_words.books(errand_words.sentences_of(text))
        if not (self._turns and _closes(understood) and booked) or self._confirmed:
            return
        self._standing = standing.DENIED
        if self._garbled:
            self._unclear = GAVE_UP
        else:
            self._complain(booked_instead(booked))

    def _close(self, prompt: Prompt, understood: Understood) -> None:
        """Take in a prompt after which the agent does not listen."""
        super()._close(prompt, understood)
        text = understood.english
        if not self._turns or not text.strip() or understood.wants or is_waiting(text):
            return
        agreed = self._standing == standing.AGREED
        closed = self._standing == standing.OPEN and understood.goodbye
        if agreed or (closed and errand_words.says_something(errand_words.sentences_of(text))):
            self._standing = standing.UNSURE

    def _take_another(self, text: str, understood: Understood) -> None:
        """It has no other appointment than the one it has."""

    def _check(self, prompt: Prompt, want: Want, wrong: str, times: int) -> Reply:
        """Say whether a read-back is right; to be asked whether it is to be kept is none."""
        question = _question(self._understand(prompt.text).english)
        if not wrong and _OTHERWISE.search(question) and not errand_words.CANCELS.search(question):
            return self._say(self._sayings.no_goal[Goal.CANCEL], prompt, times)
        return super()._check(prompt, want, wrong, times)

    def _template(self, wants: tuple[Want, ...], times: int, prompt: Prompt) -> str:
        days = {Want.DAY, Want.TIME} & set(wants)
        if self._goal_told and days:
            question = _question(self._understand(prompt.text).english)
            if times == 0 and _A_NEW_ONE.search(question):
                return self._sayings.no_goal[Goal.CANCEL]
            wants = (Want.OLD,) if len(days) > 1 else wants
        return super()._template(wants, times, prompt)

    def _yes_or_no(self, text: str, way: int) -> str:
        question = _question(text)
        if _OTHERWISE.search(question) and not errand_words.CANCELS.search(question):
            return self._sayings.no_goal[Goal.CANCEL]
        return self._sayings.answers[Want.YES_NO][way]

    def opinion(self) -> Opinion:
        """Say how the call went; another appointment cancelled than its own is the agent's error.

        Unless words of it were misheard: then the agent may have found somebody else's.
        """
        opinion = replace(super().opinion(), keeps=Keeps.GONE)
        other = [
            value
            for value in opinion.fields
            if value.name in ("day", "time")
            and value.heard
            and not value.reported
            and not same(value.name, value.heard, value.meant)
        ]
        if not (self._confirmed and other):
            known = self._confirmed and all(self._knows(at) for at in (0, 2, 3))
            if known and opinion.judgement is Judgement.MISHEARD:  # a number is of no account then
                return replace(opinion, judgement=Judgement.REACHED)
            return opinion
        if self._garbled:
            return replace(opinion, judgement=Judgement.MISHEARD)
        found = tuple(
            _cancelled_other(v.name, v.heard, v.meant).in_turn(self._prompts) for v in other
        )
        return replace(opinion, judgement=Judgement.WRONG, findings=opinion.findings + found)

    def _knows(self, at: int) -> bool:
        """Whether the agent read back that field of FIELDS as it is."""
        heard, field = self._heard[at], FIELDS[at]
        return bool(heard) and self._passes(field, heard)


def booked_instead(said: str) -> Finding:
    """The complaint of a caller that wanted no booking and is told of one."""
    message = f"The agent confirmed a booking to a caller that did not ask for one: {said[:160]!r}."
    return Finding(BOOKED_INSTEAD, Level.ERROR, message)


def _cancelled_other(field: str, heard: str, meant: str) -> Finding:
    message = (
        f"The agent cancelled an appointment of another {field}: it confirmed {heard!r}, "
        f"and the caller's, the only one it has, is {meant!r}."
    )
    return Finding(CANCELLED_OTHER, Level.ERROR, message)


def _closes(understood: Understood) -> bool:
    return understood.goodbye or Want.MORE in understood.wants


def _question(text: str) -> str:
    """The last question of ``text``, or all of it."""
    asked = [sentence for sentence in errand_words.sentences_of(text) if sentence.endswith("?")]
    return asked[-1] if asked else text
