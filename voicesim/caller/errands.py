"""Callers that want no appointment: they ask, hear an answer, say thanks and hang up."""

import re
from collections.abc import Callable

from voicesim.base.findings import Finding, Level
from voicesim.call.talk import Handover, Judgement, Keeps, Listening, Opinion, Prompt, Reply
from voicesim.caller import errand_words, hours, memory, standing
from voicesim.caller.asking import Want
from voicesim.caller.cancelling import BOOKED_INSTEAD, CANCELLED_OTHER, booked_instead
from voicesim.caller.dialogue import GoalCaller
from voicesim.caller.errand_phrases import errand_sayings
from voicesim.caller.hearing import GAVE_UP, repeats
from voicesim.caller.judging import judge
from voicesim.caller.languages.base import Sayings
from voicesim.caller.models import Goal
from voicesim.caller.phrases import SHORT
from voicesim.caller.understanding import Understood

HOURS_MISSING = "hours-missing"
KEPT_FROM_PERSON = "kept-from-person"
SAID_TO_BE_ANOTHER = "said-to-be-another"
_HEARS: dict[Goal, Callable[[list[str]], bool]] = {
    Goal.HOURS: hours.tells_hours,
    Goal.PERSON: errand_words.promises_person,
    Goal.WRONG_NUMBER: lambda said: False,
}
"""In which words each goal is reached."""
_BY_WHOM_IT_WAITS = frozenset((Want.NAME, Want.SPELL, Want.PHONE, Want.REASON, Want.CONFIRM))
"""What may be asked of who is to be put through, or rung."""
_YES_TO = {
    Goal.HOURS: re.compile(r"\b(?:hours|open\w*|clos\w+)\b", re.I),
    Goal.PERSON: re.compile(
        r"\b(?:speak|talk|connect|transfer|put|person|human|some(?:one|body)|colleague|call|ring|"
        r"hold|wait|queue|message)\b",
        re.I,
    ),
    Goal.WRONG_NUMBER: re.compile(r"\bwrong\b", re.I),
}
"""Questions to which each says yes, whatever else is in them."""
_BOOKS = re.compile(
    r"\b(?:book\w*|schedul\w*|appointment|mov(?:e|ing)|re-?schedul\w*|cancel)\b", re.I
)
_OPEN_QUESTION = re.compile(r"\b(?:what|which|where|when|how|number)\b", re.I)
NOBODY, OFFERED, A_PERSON, A_CALL = range(4)
"""What the agent promised to who asked for a person: it asked whether to ring it, it puts it
through, or it rings it."""
_WRONG = frozenset((BOOKED_INSTEAD, CANCELLED_OTHER, memory.NOT_PUT_THROUGH, SAID_TO_BE_ANOTHER))
"""What no call can be right in."""
_ABOUT_ITSELF = frozenset((Want.NAME, Want.SPELL, Want.PHONE, Want.REASON, Want.OTHER))
"""What such a caller tells when it is asked; to anything else it says what it wants."""


class ErrandCaller(GoalCaller):
    """Someone who rings for the opening hours, for a person, or by mistake (see Goal)."""

    __slots__ = ("_given", "_promised")

    def _begin(self) -> None:
        """Know nothing yet."""
        super()._begin()
        self._promised = NOBODY
        self._given: Handover | None = None  # how far it came to somebody else

    def hear(self, prompt: Prompt) -> Reply:
        """React to a prompt; who has the wrong number presses no key to get on."""
        listening = prompt.listening
        if self._goal is Goal.WRONG_NUMBER and listening and not listening.speech:
            self._standing = standing.THANKED
            return self._hang_up("it has the wrong number")
        return super().hear(prompt)

    @property
    def _goal(self) -> Goal:
        return self._scenario.goal

    @property
    def _sayings(self) -> Sayings:
        return errand_sayings(self._goal, self._language)

    def _note(self, text: str, understood: Understood) -> None:
        """See whether this is what it wanted to hear."""
        said = errand_words.sentences_of(text)
        if not self._turns:
            return
        if not self._confirmed and _HEARS[self._goal](said):
            self._standing = standing.REACHED
            self._overheard = tuple(f for f in self._overheard if f.code != HOURS_MISSING)
        if self._goal is Goal.PERSON:
            self._promised = max(self._promised, self._promise_in(said))
        if self._garbled:
            return
        if self._is_denied(said, understood):
            self._standing = standing.DENIED
        closes = understood.goodbye or Want.MORE in understood.wants
        booked = errand_words.books(said)
        if closes and booked and self._promised != A_CALL:
            self._complain(booked_instead(booked))
        if closes and errand_words.cancelled_unasked(said):
            message = f"The agent cancelled an appointment, unasked: {text[:160]!r}."
            self._complain(Finding(CANCELLED_OTHER, Level.ERROR, message))
        self._doubts(said, text)

    def _promise_in(self, said: list[str]) -> int:
        """What is promised now; an offer that the caller took is a promise once it is settled."""
        if errand_words.calls_back(said):
            return A_CALL
        if self._promised == OFFERED and errand_words.settles(said):
            self._standing = standing.REACHED
            return A_CALL
        if errand_words.promises_person(said):
            return A_PERSON
        return OFFERED if errand_words.offers_call(said) else NOBODY

    def _is_denied(self, said: list[str], understood: Understood) -> bool:
        """Whether it is told that it cannot have what it rang for."""
        wants = self._goal is not Goal.WRONG_NUMBER and not self._confirmed
        denied = wants and not understood.again and errand_words.cannot(said)
        return denied and not (self._goal is Goal.PERSON and errand_words.offers_call(said))

    def _doubts(self, said: list[str], text: str) -> None:
        """Complain of an answer that is none, or of a yes that cannot be true."""
        claimed = hours.claims_hours(said)
        if self._goal is Goal.HOURS and claimed and not self._confirmed:
            message = f"The agent claims to tell its opening hours, and tells none: {claimed!r}."
            self._complain(Finding(HOURS_MISSING, Level.ERROR, message))
        if self._goal is Goal.WRONG_NUMBER and self._goal_told and not self._confirmed:
            self._doubts_who(said, text)

    def _doubts_who(self, said: list[str], text: str) -> None:
        """Having asked whether it is a cinema, complain of a yes."""
        plainly = errand_words.says_another(said)
        if plainly or errand_words.only_agrees(said):
            name = self._sayings.is_it_done[self._goal]
            message = f"Asked {name!r}, which it is not, the agent said yes: {text[:160]!r}."
            level = Level.ERROR if plainly else Level.WARNING
            self._complain(Finding(SAID_TO_BE_ANOTHER, level, message))

    def _close(self, prompt: Prompt, understood: Understood) -> None:
        """Take in a prompt after which the agent does not listen."""
        super()._close(prompt, understood)
        said = errand_words.sentences_of(understood.english)
        told = understood.goodbye or errand_words.says_who(said)
        if self._goal is Goal.WRONG_NUMBER and self._turns and told:
            self._standing = max(self._standing, standing.REACHED)  # it has heard whom it rang
        open_ = self._turns and self._standing == standing.OPEN and understood.goodbye
        if open_ and errand_words.says_something(said):
            self._standing = standing.UNSURE

    def _take_another(self, text: str, understood: Understood) -> None:
        """It wants no day and no time."""

    def _answer(self, prompt: Prompt, listening: Listening, understood: Understood) -> Reply:
        """Say thanks once it is content, whatever is asked then; give up when told no."""
        asked = not _BY_WHOM_IT_WAITS.isdisjoint(understood.wants)
        if self._confirmed and not (self._goal is Goal.PERSON and asked):
            return self._thank(prompt, listening)
        if self._standing == standing.DENIED:
            return self._hang_up("was told that it cannot have what it rang for")
        return super()._answer(prompt, listening, understood)

    def _say_goodbye(self, prompt: Prompt, listening: Listening, understood: Understood) -> Reply:
        """Having thanked, it hangs up."""
        return self._hang_up("it has what it rang for")

    def _prefers_keys(
        self, understood: Understood, want: Want, listening: Listening, times: int
    ) -> bool:
        return self._goal is not Goal.WRONG_NUMBER and super()._prefers_keys(
            understood, want, listening, times
        )

    def _excuse(self) -> str:
        """Say that it has the wrong number; some ask first whom they have rung."""
        if not self._goal_told and self._draws.below(2, "asks whom it rang"):
            self._goal_told = True
            return self._sayings.is_it_done[self._goal]
        self._standing = standing.THANKED
        return self._sayings.goals[self._goal][self._way()]

    def _check(self, prompt: Prompt, want: Want, wrong: str, times: int) -> Reply:
        """Nothing is read back to it that it wanted: the question decides."""
        if self._goal is Goal.WRONG_NUMBER:
            return self._say(self._excuse(), prompt, times)
        text = self._understand(prompt.text).english
        return self._say(self._yes_or_no(text, self._way()), prompt, times)

    def _template(self, wants: tuple[Want, ...], times: int, prompt: Prompt) -> str:
        want = wants[0]
        if self._goal is Goal.WRONG_NUMBER:
            return self._excuse()
        if not self._goal_told:
            return self._opening(wants, self._way(), prompt)
        if want is Want.PHONE and self._is_offered_a_call(prompt):
            return self._sayings.answers[Want.YES_NO][self._way()]
        if want in _ABOUT_ITSELF or want is Want.YES_NO:
            return super()._template(wants, times, prompt)
        if want is Want.DAY:
            return self._sayings.answers[Want.DAY][SHORT]
        if want is Want.UNKNOWN and times % 2 == 0:
            return self._sayings.repeat
        if want is Want.MORE:
            self._not_content(prompt)
            return self._sayings.is_it_done[self._goal]
        return self._opening((Want.HELP,), self._way(), prompt)

    def _is_offered_a_call(self, prompt: Prompt) -> bool:
        """Whether it is asked whether, and not where, to ring it."""
        said = errand_words.sentences_of(self._understand(prompt.text).english)
        asked = [sentence for sentence in said if sentence.endswith("?")][-1:]
        return errand_words.offers_call(asked) and not _OPEN_QUESTION.search(asked[0])

    def _opening(self, wants: tuple[Want, ...], way: int, prompt: Prompt) -> str:
        """Tell the goal; of itself only what it is asked for."""
        del wants, prompt
        self._goal_told = True
        return self._sayings.goals[self._goal][way]

    def _not_content(self, prompt: Prompt) -> None:
        """Asked whether it wants more, and not answered, as far as it knows: nobody's fault."""
        said = errand_words.sentences_of(self._understand(prompt.text).english)
        claimed = any(finding.code == HOURS_MISSING for finding in self._overheard)
        if self._standing == standing.OPEN and errand_words.says_something(said) and not claimed:
            self._standing = standing.UNSURE
            self._complain(memory.puzzled(prompt))

    def _yes_or_no(self, text: str, way: int) -> str:
        asked = [sentence for sentence in errand_words.sentences_of(text) if sentence.endswith("?")]
        question = asked[-1] if asked else text
        if not _YES_TO[self._goal].search(question) and _BOOKS.search(question):
            return self._sayings.no_goal[self._goal]
        return self._sayings.answers[Want.YES_NO][way]

    def _lose_patience(self, want: Want, times: int) -> Reply:
        """Hang up; who asked for a person clearly, time and again, complains of that."""
        if self._goal is not Goal.PERSON or self.clear < memory.CLEAR or self._puzzled:
            return super()._lose_patience(want, times)
        message = f"The caller asked for a person, clearly, and was asked {times} times more."
        self._complain(Finding(KEPT_FROM_PERSON, Level.WARNING, message))
        return self._hang_up(f"asked for a person {times} times")

    def handed_over(self, how: Handover) -> None:
        """Notice how far the agent has come with giving it to somebody else."""
        if self._given is not Handover.DONE:
            self._given = how

    def opinion(self) -> Opinion:
        """Say how the call went."""
        if self._goal is Goal.PERSON:
            self._standing = self._given_to()
        judged = judge(
            (),
            confirmed=self._confirmed,
            unclear=self._standing == standing.UNSURE or self._puzzled,
            gave_up=self._unclear == GAVE_UP,
        ).judgement
        if any(f.code in _WRONG and f.level is Level.ERROR for f in self._overheard):
            judged = Judgement.WRONG
        complaints = self.complaints((), confirmed=self._confirmed)
        findings = self._in_turn(self._complaints_of(judged) + complaints)
        return Opinion(judged, (), findings, repeats(self._asked), Keeps.NOTHING)

    def _given_to(self) -> int:
        """How it stands for who asked for a person, words being one thing and a Dial another."""
        if self._given is Handover.DONE or self._promised == A_CALL:
            return standing.REACHED
        if self._promised in (NOBODY, OFFERED):
            return self._standing
        if self._given is Handover.TRIED:
            return standing.OPEN
        if self.said_goodbye and not self._garbled:
            self._complain(memory.not_put_through())
        return standing.UNSURE
