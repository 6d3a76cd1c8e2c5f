"""A caller that answers a survey: scores by key or word, yes or no, and in its own words.

Its goal is reached when it has answered, and the agent says that the survey is over and asks
nothing more.
"""

import re
from zlib import crc32

from voicesim.call.talk import Judgement, Listening, Prompt, Reply
from voicesim.caller import asking, memory
from voicesim.caller.asking import Want
from voicesim.caller.confirming import is_waiting
from voicesim.caller.errand import Errand
from voicesim.caller.keys import labelled
from voicesim.caller.languages.errands import ERRANDS, Errands
from voicesim.caller.parts import Part
from voicesim.caller.phrases import SAYINGS
from voicesim.caller.understanding import Understood
from voicesim.caller.words import sentences

_YES_NO = (Want.YES_NO, Want.CONFIRM)
_BOTTOMS, _TOPS = range(2), range(3, 11)
"""Where the scales of surveys begin and end."""
_YES, _NO = re.compile(r"\byes\b"), re.compile(r"\bno\b")
_ASIDE = re.compile(r"\b(?:repeat|hear|again|skip|operator|end|stop|hang up|opt out|back)\b")
"""Options that answer nothing."""
_SAID = re.compile(r"\byou (?:said|entered|pressed|chose|gave)\b[^.?!]*?\b(\d\d?)\b", re.IGNORECASE)


class SurveyCaller(Errand):
    """Someone who is asked for an opinion. Whether yes or no, and how many points, is drawn."""

    __slots__ = ("_scale", "_score", "_standing")

    def _begin(self) -> None:
        self._score = ""  # the latest
        self._scale: tuple[int, ...] = ()  # the latest that it heard of
        self._standing = Judgement.OPEN

    def _note(self, prompt: Prompt, understood: Understood) -> None:
        """Take in a prompt: the last one, unless something is asked, says how it ended."""
        self._scale = scale_in(prompt.text, self._errands) or self._scale
        if prompt.listening is not None:
            self._standing = Judgement.OPEN
        elif prompt.text.strip() and self._turns:
            self._standing = self._stands(prompt.text, understood)

    def _stands(self, text: str, understood: Understood) -> Judgement:
        """How it stands after ``text``, at which the agent does not listen."""
        errands = self._errands
        if errands.regrets.search(text):
            return Judgement.MISHEARD if self._garbled and not self._clear else Judgement.OPEN
        if errands.finished.search(text):
            return Judgement.REACHED
        if understood.wants or is_waiting(understood.english):
            return self._standing
        return Judgement.UNCLEAR if self._standing is Judgement.OPEN else self._standing

    def _judged(self) -> Judgement:
        return self._standing

    @property
    def _errands(self) -> Errands:
        return ERRANDS[self._language]

    def _answer(
        self, prompt: Prompt, listening: Listening, understood: Understood, times: int
    ) -> Reply:
        """Answer with a score, an option, yes or no, or in its own words, whichever is asked."""
        scale = scale_in(prompt.text, self._errands)
        if listening.recording:
            return self._own_words(prompt, times)
        if scale:
            return self._rate(scale, prompt, listening, times)
        options = tuple(option for option in understood.options if not _ASIDE.search(option[1]))
        if options:
            return self._choose(options, prompt, listening, times)
        yes_no = asking.YES_OR_NO.search(understood.english) or understood.wants[:1] in _ONE_OF
        if not listening.speech:
            if self._scale and not yes_no:
                return self._rate(self._scale, prompt, listening, times)
            return self._guessed(self._press("1", prompt, times, "knows no key for that"))
        rated = self._rating(prompt)
        if rated and not asking.YES_OR_NO.search(understood.english):
            return self._say(rated, prompt, times)
        if yes_no:
            return self._yes_or_no(prompt, understood, times)
        return self._whatever(prompt, understood, times)

    def _rate(
        self, scale: tuple[int, ...], prompt: Prompt, listening: Listening, times: int
    ) -> Reply:
        """Give points, the same each time that this is asked."""
        low, high = scale[0], scale[-1]
        if listening.num_digits == 1 and not listening.speech:
            high = min(high, 9)
        self._score = str(low + self._draws.below(high - low + 1, "score", _question(prompt.text)))
        if self._prefers_keys(listening, times):
            return self._press(self._score, prompt, times)
        text, _, after = self._errands.score[self._way()].partition("{n}")
        parts = (Part(text), Part(self._score, "score"), Part(after))
        return self._utter(parts if text else parts[1:], prompt, times)

    def _choose(
        self,
        options: tuple[tuple[str, str], ...],
        prompt: Prompt,
        listening: Listening,
        times: int,
    ) -> Reply:
        """Take one of several options; who is asked for leave gives it."""
        key, label = self._draws.pick(options, "option", _question(prompt.text))
        if not self._turns and labelled(options, _YES):
            key, label = labelled(options, _YES), "yes"
        if listening.dtmf and (self._prefers_keys(listening, times) or len(label.split()) > 3):
            return self._press(key, prompt, times)
        return self._say(f"{label[:1].upper()}{label[1:]}.", prompt, times)

    def _yes_or_no(self, prompt: Prompt, understood: Understood, times: int) -> Reply:
        said = _SAID.search(understood.english)
        if said and self._score and said[1] != self._score:
            no = SAYINGS[self._language].no
            return self._utter((Part(f"{no} "), Part(self._score, "score")), prompt, times)
        agrees = said or not self._turns or self._draws.unit("yes", _question(prompt.text)) < 0.5
        answers = self._errands.yes if agrees else self._errands.no
        return self._say(answers[self._way() if self._turns else 0], prompt, times)

    def _rating(self, prompt: Prompt) -> str:
        """One of the words that are offered to choose from, as a sentence; "" if none are."""
        asked = next((s for s in reversed(sentences(prompt.text)) if s.endswith("?")), "")
        ratings = self._errands.ratings
        offered = [word for word in ratings if re.search(rf"\b{word}\b", asked.casefold())]
        if len(offered) < 2:
            return ""
        word = self._draws.pick(offered, "rating", _question(prompt.text))
        return f"{word[:1].upper()}{word[1:]}."

    def _whatever(self, prompt: Prompt, understood: Understood, times: int) -> Reply:
        """Tell about itself, or in its own words; or ask back if it knows not what is asked."""
        if understood.wants[:1] == (Want.MORE,):
            return self._say(SAYINGS[self._language].answers[Want.MORE][0], prompt, times)
        fact = self._fact(understood)
        if fact:
            return self._say(fact, prompt, times)
        if self._errands.open_question.search(prompt.text) or Want.HELP in understood.wants:
            return self._own_words(prompt, times)
        self._complain(memory.puzzled(prompt.text))
        if times % 2 == 0:
            return self._guessed(self._say(SAYINGS[self._language].repeat, prompt, times))
        return self._guessed(self._own_words(prompt, times))

    def _own_words(self, prompt: Prompt, times: int) -> Reply:
        opinion = self._draws.pick(self._errands.opinions, "opinion", _question(prompt.text))
        return self._say(opinion, prompt, times)


def _question(text: str) -> int:
    """What is drawn by when ``text`` is answered: asked the same again, it answers the same."""
    asked = next((s for s in reversed(sentences(text)) if s.endswith("?")), text)
    return crc32(asked.encode("utf-8", "replace"))


_ONE_OF = tuple((want,) for want in _YES_NO)


def scale_in(text: str, errands: Errands) -> tuple[int, ...]:
    """The ends of the latest scale that ``text`` speaks of, or ()."""
    names = {name: number for number, name in enumerate(errands.numbers)}
    found: tuple[int, ...] = ()
    for match in errands.scale.finditer(text):
        low, high = (names[e] if e in names else int(e) for e in map(str.casefold, match.groups()))
        if low in _BOTTOMS and high in _TOPS:
            found = low, high
    return found
