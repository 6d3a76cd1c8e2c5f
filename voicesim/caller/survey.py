"""A caller that answers a survey: scores by key or word, yes or no, and in its own words.

Its goal is reached when it has answered, and the agent says that the survey is over and asks
nothing more.
"""

import re
from zlib import crc32

from voicesim.base.findings import Finding, Level
from voicesim.call.talk import Judgement, Prompt, Reply
from voicesim.caller import asking
from voicesim.caller.asking import Want
from voicesim.caller.confirming import is_waiting
from voicesim.caller.errand_words import sentences_of
from voicesim.caller.guided import Guided, Question
from voicesim.caller.keys import labelled
from voicesim.caller.languages.talks import TALKS
from voicesim.caller.languages.talks.base import Talk
from voicesim.caller.memory import QUOTED, READBACK_WRONG
from voicesim.caller.parts import Part
from voicesim.caller.phrases import SAYINGS
from voicesim.caller.scores import CHECKS, scale_in, told_back
from voicesim.caller.understanding import Understood
from voicesim.caller.words import sentences

_TAIL = 4000
"""Only the end of longer last words is read."""
_YES_NO = ((Want.YES_NO,), (Want.CONFIRM,))
_YES, _NO = re.compile(r"\byes\b"), re.compile(r"\bno\b")
_ASIDE = re.compile(
    r"\b(?:repeat|hear|again|skip|operator|end|stop|hang up|opt out|back|not|"
    r"decline|remove|later)\b"
)
"""Options that answer nothing."""
_RATES = re.compile(
    r"\b(?:rate|rating|score|grade|points?|stars?)\b|\b(?:the )?same scale\b|"
    r"\bhow (?!did|do|does|can|could|many|much|often|long|about|come|was|were|is|are|would|will|"
    r"should|has|have)\w+ (?:was|were|is|are|did|do|would|will|has|have)\b",
    re.I,
)
"""Asks, in English terms, for points on a scale that was told before."""
_CONSENT = re.compile(
    r"\btake (?:part|(?:our|the|this|a) (?:\w+ )?survey)\b|\bparticipate\b|"
    r"\bhave (?:a|one|two|a few|some) (?:minutes?|moments?|time)\b|"
    r"\b(?:answer|ask)(?: you)? (?:a few|some|two|three|four|five|\d) (?:\w+ )?questions\b",
    re.IGNORECASE,
)
"""Asks, in English terms, whether it may ask."""
_SAID = re.compile(r"\byou (?:said|entered|pressed|chose|gave)\b[^.?!]*?\b(\d\d?)\b", re.IGNORECASE)


class SurveyCaller(Guided):
    """Someone who is asked for an opinion. Whether yes or no, and how many points, is drawn."""

    __slots__ = ("_consents", "_scale", "_score", "_scored", "_standing")

    def _begin(self) -> None:
        """Know nothing yet."""
        super()._begin()
        self._consents = 0  # answers that only let the agent ask
        self._score = ""  # the latest
        self._scored = 0  # after so many turns
        self._scale: tuple[int, int] | None = None  # the latest that it heard of
        self._standing = Judgement.OPEN

    def _listen(self, prompt: Prompt, understood: Understood) -> None:
        """Take in a prompt: the last one, unless something is asked, says how it ended."""
        self._scale = scale_in(prompt.text, self._talk) or self._scale
        self._check(understood)
        if prompt.listening is not None:
            self._standing = Judgement.OPEN
        elif prompt.text.strip() and self._turns:
            self._standing = self._stands(prompt.text[-_TAIL:], understood)

    def _check(self, understood: Understood) -> None:
        """Notice whether the score that it just gave, clearly, is told back as it is."""
        if self._turns != self._scored or not self._clear or _checks(understood):
            return
        for sentence, right in told_back(sentences_of(understood.english), self._score):
            if right:
                self._overheard = tuple(f for f in self._overheard if f.code != READBACK_WRONG)
            else:
                self._complain(misread(self._score, sentence))

    def _stands(self, text: str, understood: Understood) -> Judgement:
        """How it stands after ``text``, at which the agent does not listen."""
        talk = self._talk
        if talk.regrets.search(text):
            return Judgement.MISHEARD if self._garbled and not self._clear else Judgement.OPEN
        if talk.finished.search(text):
            return Judgement.REACHED if self._turns > self._consents else Judgement.OPEN
        if understood.wants or is_waiting(understood.english):
            return self._standing
        return Judgement.UNCLEAR if self._standing is Judgement.OPEN else self._standing

    def _judged(self) -> Judgement:
        misread = any(finding.code == READBACK_WRONG for finding in self._overheard)
        reached = self._standing is Judgement.REACHED
        return Judgement.WRONG if misread and reached else self._standing

    @property
    def _talk(self) -> Talk:
        return TALKS[self._language]

    def _answer(self, asked: Question) -> Reply:
        """Answer with a score, an option, yes or no, or in its own words, whichever is asked."""
        understood, listening = asked.understood, asked.listening
        self._consents += _CONSENT.search(understood.english) is not None
        if listening.recording:
            return self._own_words(asked)
        scale = scale_in(asked.prompt.text, self._talk)
        if scale:
            return self._rate(scale, asked)
        options = tuple(option for option in understood.options if not _ASIDE.search(option[1]))
        if options:
            return self._choose(options, asked)
        says_so = asking.YES_OR_NO.search(understood.english) is not None
        yes_no = says_so or understood.wants[:1] in _YES_NO
        rates = _RATES.search(understood.english) is not None or not listening.speech
        if self._scale and rates and not yes_no:
            return self._rate(self._scale, asked)
        if not listening.speech:
            self._puzzled(asked.prompt)
            return self._guessed(self._press("1", asked, "knows no key for that"))
        rating = "" if says_so else self._rating(asked)
        if rating:
            return self._say(rating, asked)
        return self._yes_or_no(asked) if yes_no else self._whatever(asked)

    def _rate(self, scale: tuple[int, int], asked: Question) -> Reply:
        """Give points, the same each time that this is asked."""
        low, high = scale
        if asked.listening.num_digits == 1 and not asked.listening.speech:
            high = min(high, 9)
        self._scale = scale
        self._score = str(low + self._draws.below(high - low + 1, "score", _question(asked)))
        self._scored = self._turns + 1
        if self._prefers_keys(asked):
            return self._press(self._score, asked)
        text, _, after = self._talk.score[self._way()].partition("{n}")
        parts = (Part(text), Part(self._score, "score"), Part(after))
        return self._utter(parts if text else parts[1:], asked)

    def _choose(self, options: tuple[tuple[str, str], ...], asked: Question) -> Reply:
        """Take one of several options; who is asked for leave gives it."""
        key, label = self._draws.pick(options, "option", _question(asked))
        if not self._turns and labelled(options, _YES):
            key, label = labelled(options, _YES), "yes"
        if self._prefers_keys(asked):
            return self._press(key, asked)
        return self._say(f"{label[:1].upper()}{label[1:]}.", asked)

    def _yes_or_no(self, asked: Question) -> Reply:
        """Say yes or no: yes to whether it will take part, and no to a score that it never gave."""
        english = asked.understood.english
        said = _SAID.search(english) if _checks(asked.understood) else None
        if said and self._score and said[1] != self._score:
            no, self._scored = SAYINGS[self._language].no, self._turns + 1
            return self._utter((Part(f"{no} "), Part(self._score, "score")), asked)
        agrees = said or not self._turns or self._draws.unit("yes", _question(asked)) < 0.5
        answers = self._talk.yes if agrees else self._talk.no
        reply = self._say(answers[self._way() if self._turns else 0], asked)
        one_of_two = " or " in english and asking.YES_OR_NO.search(english) is None
        return self._guessed(reply) if one_of_two else reply

    def _rating(self, asked: Question) -> str:
        """One of the words that are offered to choose from, as a sentence; "" if none are."""
        question = _sentence(asked).casefold()
        ratings = self._talk.ratings
        offered = [word for word in ratings if re.search(rf"\b{word}\b", question)]
        if len(offered) < 2:
            return ""
        word = self._draws.pick(offered, "rating", _question(asked))
        return f"{word[:1].upper()}{word[1:]}."

    def _whatever(self, asked: Question) -> Reply:
        """Tell about itself, or in its own words; or ask back if it knows not what is asked."""
        wants, sayings = asked.understood.wants, SAYINGS[self._language]
        if wants[:1] == (Want.MORE,):
            return self._say(sayings.answers[Want.MORE][0], asked)
        fact = self._fact(asked.understood)
        if fact:
            return self._say(fact, asked)
        if self._talk.open_question.search(asked.prompt.text) or Want.HELP in wants:
            return self._guessed(self._own_words(asked))
        self._puzzled(asked.prompt)
        if asked.times % 2 == 0:
            return self._guessed(self._say(sayings.repeat, asked))
        return self._guessed(self._own_words(asked))

    def _own_words(self, asked: Question) -> Reply:
        opinion = self._draws.pick(self._talk.opinions, "opinion", _question(asked))
        return self._say(opinion, asked)


def _sentence(asked: Question) -> str:
    """The last that ends with a question mark; "" if none does."""
    said = reversed(sentences(asked.prompt.text))
    return next((sentence for sentence in said if sentence.endswith("?")), "")


def _question(asked: Question) -> int:
    """What is drawn by when that is answered: asked the same again, it answers the same."""
    return crc32((_sentence(asked) or asked.prompt.text).encode("utf-8", "replace"))


def _checks(understood: Understood) -> bool:
    """Whether the last question asks whether a score was given."""
    asked = [s for s in sentences_of(understood.english) if s.endswith("?")]
    if understood.wants[:1] not in _YES_NO:
        return False
    return CHECKS.search(asked[-1] if asked else understood.english) is not None


def misread(score: str, sentence: str) -> Finding:
    """The complaint of a caller whose score was told back as another."""
    said = f"The caller gave a score of {score}, clearly, and the agent says {sentence[:QUOTED]!r}."
    return Finding(READBACK_WRONG, Level.ERROR, said)
