"""A caller that follows a phone menu to a desk: by keys, or by naming it where it may speak.

Its goal is reached when it is put through, or told what it wanted: the agent says so in words that
name the desk, or dials after the key whose label named it.
"""

import re
from zlib import crc32

from voicesim.base.findings import Finding, Level
from voicesim.call.talk import Handover, Judgement, Listening, Prompt, Reply
from voicesim.caller import errand_words, hours, memory
from voicesim.caller.asking import HAS_PRESS, Want
from voicesim.caller.base import NOT_UNDERSTOOD
from voicesim.caller.guided import Guided, Question
from voicesim.caller.languages import in_english
from voicesim.caller.languages.talks import TALKS
from voicesim.caller.languages.talks.base import Talk
from voicesim.caller.models import Desk
from voicesim.caller.phrases import SAYINGS
from voicesim.caller.understanding import Understood
from voicesim.caller.wayfinding import AGAIN, BACK, ZERO, choose, leads_elsewhere, wanted
from voicesim.caller.words import plain, sentences

WRONG_DESK = "wrong-desk"
NOWHERE = (0, "")
_TRIED = 32
_END_OF_CLAUSE = re.compile(r"[,;:]|\band\b|\bor\b")
"""So many keys are remembered."""
_OVER = {
    Judgement.REACHED: "its goal is reached",
    Judgement.WRONG: "was put through to the wrong desk",
}


class MenuCaller(Guided):
    """Someone who wants to be put through."""

    __slots__ = (
        *("_arrived", "_given", "_goodbye", "_latest", "_on_course", "_pressed", "_standing"),
        "_tried",
    )

    def _begin(self) -> None:
        """Know nothing yet."""
        super()._begin()
        self._standing = Judgement.OPEN
        self._given: Handover | None = None  # how far it came to whoever was dialled
        self._goodbye = False  # whether the agent's latest words were that
        self._arrived = False  # whether it hung up since it was spoken to at its desk
        self._on_course = False  # whether what it did last was to ask for its desk by name
        self._pressed = ""  # the label of the key that it pressed last, or what it said
        self._latest = NOWHERE  # the menu and the key that it pressed there
        self._tried: tuple[tuple[int, str], ...] = ()  # keys of this kind that were in vain

    @property
    def _talk(self) -> Talk:
        return TALKS[self._language]

    @property
    def _seeks(self) -> Desk:
        return self._scenario.seeks or Desk.SALES

    @property
    def _others(self) -> list[re.Pattern[str]]:
        """The names of all desks but its own."""
        return [names for desk, names in self._talk.desks.items() if desk is not self._seeks]

    def _over(self) -> str:
        return _OVER.get(self._standing, "")

    def handed_over(self, how: Handover) -> None:
        """Somebody is dialled: whoever was asked for, unless words said otherwise."""
        self._given = how if self._given is not Handover.DONE else self._given
        if self._standing is Judgement.UNCLEAR:
            self._complain(memory.handed_over(self._told))
        if self._standing is Judgement.OPEN and self._turns:
            asked = self._on_course and self._seeks is not Desk.OPENING_HOURS
            self._standing = Judgement.REACHED if asked else Judgement.UNCLEAR
            if not asked:
                self._complain(memory.handed_over(self._told))

    def _judged(self) -> Judgement:
        """What it makes of the call; to be told of a desk is not to be there."""
        there = self._given is Handover.DONE or self._arrived
        if there or self._standing is not Judgement.REACHED or self._seeks is Desk.OPENING_HOURS:
            return self._standing
        if self._given is Handover.TRIED:
            return Judgement.OPEN
        if self._goodbye and self._clear:
            self._complain(memory.not_put_through())
            return Judgement.WRONG
        self._complain(memory.handed_over(self._told))
        return Judgement.UNCLEAR

    def _react(self, prompt: Prompt, listening: Listening, understood: Understood) -> Reply:
        """Go on where nobody answered; hang up where it is spoken to at its desk."""
        if self._given is Handover.TRIED and self._standing is Judgement.REACHED:
            self._standing = Judgement.OPEN
        reply = super()._react(prompt, listening, understood)
        self._arrived = reply.hangs_up and self._standing is Judgement.REACHED
        return reply

    def _close(self, prompt: Prompt, understood: Understood) -> None:
        """Keep what is said before the agent listens, or hangs up."""
        super()._close(prompt, understood)
        self._goodbye = understood.goodbye

    def _listen(self, prompt: Prompt, understood: Understood) -> None:
        """Take in what is said, beside questions and options."""
        if self._seeks is Desk.OPENING_HOURS and self._tells_hours(prompt.text):
            self._standing = Judgement.REACHED
        elif self._turns and understood.said.denied:
            self._standing = Judgement.OPEN
        elif self._turns and not understood.options:
            for sentence in sentences(plain(prompt.text)):
                if not sentence.endswith("?"):
                    self._arrive(sentence)

    def _arrive(self, sentence: str) -> None:
        """Notice where it is put through to."""
        if self._over():
            return
        named = [desk for desk, names in self._talk.desks.items() if names.search(sentence)]
        connects = self._talk.connects.search(sentence)
        if connects and not named and leads_elsewhere(sentence, self._pressed):
            self._standing = Judgement.UNCLEAR
        if not named or not (connects or self._talk.waits.search(sentence)):
            return
        if self._seeks in named:
            self._standing = Judgement.REACHED if len(named) == 1 else Judgement.UNCLEAR
        elif connects and self._on_course and not self._asked_for(named):
            to = _END_OF_CLAUSE.split(sentence[connects.end() :])[0]
            if not any(self._talk.desks[desk].search(to) for desk in named):
                self._standing = Judgement.UNCLEAR  # it may be named in passing
                return
            self._standing = Judgement.WRONG
            self._complain(wrong_desk(self._pressed, sentence))

    def _tells_hours(self, text: str) -> bool:
        """Whether it says on which days, or at what times, the agent is open."""
        said = errand_words.sentences_of(in_english(text, self._language))
        return hours.tells_hours([s for s in said if not HAS_PRESS.search(s)])

    def _asked_for(self, named: list[Desk]) -> bool:
        """Whether what it chose names one of these, too; or the agent may have misheard it."""
        desks = self._talk.desks
        return not self._clear or any(desks[desk].search(self._pressed) for desk in named)

    def _answer(self, asked: Question) -> Reply:
        """Press the key that leads on, or say where it wants to go."""
        listening = asked.listening
        if asked.understood.options and self._prefers_keys(asked):
            return self._by_key(asked)
        if listening.speech:
            return self._by_word(asked)
        if listening.dtmf:
            self._puzzled(asked.prompt)
            return self._guessed(self._press("0", asked, "knows no key for that"))
        return self._hang_up("is asked for a message, and wants to be put through")

    def _by_key(self, asked: Question) -> Reply:
        options, names = asked.understood.options, self._talk.desks[self._seeks]
        menu = crc32(repr(options).encode("utf-8", "replace"))
        if self._latest[0] == menu:
            self._try_no_more(self._latest)  # it led straight back
        tried = tuple(key for at, key in self._tried if at == menu)
        choice = choose(options, self._seeks, names, tried, inside=self._on_course)
        if choice is None:
            self._complain(no_option(self._seeks, asked.prompt.text))
            self._standing = Judgement.UNCLEAR
            return self._hang_up(f"finds no option for {_name(self._seeks)}")
        if choice.why == BACK:
            self._try_no_more(self._latest)  # what it seeks is not behind that key
        if choice.why in (AGAIN, ZERO):
            self._try_no_more((menu, choice.key))
        else:
            self._latest = menu, choice.key
        self._on_course = choice.named or (self._on_course and choice.why != BACK)
        self._pressed = choice.label
        reply = self._press(choice.key, asked, choice.why)
        return reply if choice.named else self._guessed(reply)

    def _attend(self, asked: Question) -> Reply:
        """Answer; who stays silent knows of no key where it leads."""
        reply = super()._attend(asked)
        if not (reply.digits or reply.speech):
            self._latest = NOWHERE
        return reply

    def _try_no_more(self, key: tuple[int, str]) -> None:
        if key not in self._tried:
            self._tried = (*self._tried[1 - _TRIED :], key)

    def _by_word(self, asked: Question) -> Reply:
        """Say where it wants to go, or what else is asked."""
        want = asked.understood.wants[0] if asked.understood.wants else Want.UNKNOWN
        sayings = SAYINGS[self._language]
        if want in (Want.CONFIRM, Want.YES_NO) and self._turns:
            if not wanted(asked.prompt.text, self._talk.desks[self._seeks]):
                return self._wish(asked, sayings.no)
            if any(wanted(asked.prompt.text, names) for names in self._others):
                return self._wish(asked)  # "is it about sales or support?" is no yes or no
            self._on_course, self._pressed = True, asked.prompt.text[-memory.QUOTED :]
            return self._say(sayings.answers[Want.CONFIRM][self._way()], asked)
        fact = self._fact(asked.understood)
        if fact:
            return self._say(fact, asked)
        if want is Want.UNKNOWN and self._turns:
            self._puzzled(asked.prompt)
            return self._guessed(self._wish(asked))
        return self._wish(asked)

    def _wish(self, asked: Question, first: str = "") -> Reply:
        wish = self._talk.wishes[self._seeks][self._way()]
        self._on_course, self._pressed = True, wish
        return self._say(f"{first} {wish}".strip(), asked)


def _name(desk: Desk) -> str:
    return desk.value.replace("_", " ")


def wrong_desk(asked: str, said: str) -> Finding:
    """The complaint of a caller that asked for one desk and got another."""
    what = (
        f"The caller chose {asked!r}, and the agent led it elsewhere: {said[-memory.QUOTED :]!r}."
    )
    return Finding(WRONG_DESK, Level.ERROR, what)


def no_option(desk: Desk, text: str) -> Finding:
    """What a caller says for itself that finds its desk in no menu."""
    what = f"The caller found no option for {_name(desk)} in {text[-memory.QUOTED :]!r}"
    return Finding(NOT_UNDERSTOOD, Level.NOTICE, f"{what}: the call says nothing else.")
