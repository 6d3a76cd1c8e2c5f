"""What callers have in common that follow an agent's lead: survey and menu callers.

They bear, wait, speak and press as every caller does, and count how often they heard a prompt.
"""

import re
from abc import abstractmethod
from typing import NamedTuple
from zlib import crc32

from voicesim.base.findings import Finding, Level
from voicesim.call.talk import Judgement, Keeps, Listening, Opinion, Prompt, Reply
from voicesim.caller import memory, phrases
from voicesim.caller.asking import HAS_PRESS, Want
from voicesim.caller.base import BaseCaller
from voicesim.caller.keys import typed
from voicesim.caller.languages import code_of
from voicesim.caller.parts import Part
from voicesim.caller.patience import (
    gap_s,
    has_had_enough,
    stays_silent,
)
from voicesim.caller.speech import Tongue, utter
from voicesim.caller.understanding import Understood, understand

_KEPT = 64
"""So many prompts are remembered."""
_KEPT_TEXT = 4000
"""So much of what is said before the agent listens: what is asked stands at its end."""
_TO_SAY = re.compile(r"\b(?:say|tell|speak)\b", re.IGNORECASE)
"""Asks, in English terms, for words."""
_ASKED = (Want.NAME, Want.PHONE, Want.DAY, Want.TIME, Want.REASON, Want.OTHER)
"""What any caller can be asked, whatever it rings for."""


class Question(NamedTuple):
    """What it is to answer: all it heard since it answered last, and how often it heard that."""

    prompt: Prompt
    listening: Listening
    understood: Understood
    times: int = 0
    """So many times it answered the very same before."""

    @property
    def to_press(self) -> bool:
        """Whether keys are asked for, and no words."""
        text = self.understood.english
        return HAS_PRESS.search(text) is not None and _TO_SAY.search(text) is None


class Guided(BaseCaller):
    """A caller that goes where the agent leads; what it wants is its subclass's business."""

    __slots__ = ("_at_a_loss", "_clear", "_heard", "_played", "_repeats", "_told")

    def _begin(self) -> None:
        """Know nothing yet."""
        super()._begin()
        self._heard: tuple[int, ...] = ()  # the prompts that it was to answer
        self._repeats = 0
        self._clear = 0  # how many times it answered this very prompt clearly
        self._told = ""  # what it heard since it was to answer last
        self._played: tuple[str, ...] = ()  # the recordings among it
        self._at_a_loss = False  # whether it did not know what to answer last

    def _close(self, prompt: Prompt, understood: Understood) -> None:
        """Keep what may lead to a question."""
        whole = self._whole(prompt)
        self._told, self._played = whole.text, whole.audio
        if not prompt.text.strip() and prompt.audio and self._turns:
            self._puzzled(prompt)

    def _react(self, prompt: Prompt, listening: Listening, understood: Understood) -> Reply:
        """Answer all that was said since it answered last."""
        asked = self._whole(prompt)
        self._told, self._played = "", ()
        over = self._over()
        if over:
            return self._hang_up(over)
        return self._attend(Question(asked, listening, understand(asked.text, self._language)))

    def _whole(self, prompt: Prompt) -> Prompt:
        """``prompt`` with what was said and played before it."""
        text = f"{self._told} {prompt.text}".strip()[-_KEPT_TEXT:]
        return prompt._replace(text=text, audio=(*self._played, *prompt.audio)[-_KEPT:])

    def opinion(self) -> Opinion:
        """Say how the call went."""
        judgement = self._judged()
        if judgement is Judgement.OPEN and self._at_a_loss:
            judgement = Judgement.UNCLEAR
        return Opinion(judgement, (), self._complaints_of(judgement), self._repeats, Keeps.NOTHING)

    # --- what a subclass tells ----------------------------------------------------------------

    def _over(self) -> str:
        """Why it need not answer any more, if so."""
        return ""

    @abstractmethod
    def _answer(self, asked: Question) -> Reply:
        """Answer what is asked."""

    @abstractmethod
    def _judged(self) -> Judgement:
        """What it makes of the call."""

    # --- the small steps these are made of ----------------------------------------------------

    def _attend(self, asked: Question) -> Reply:
        """Answer, if it does not lose patience, stay silent or ask back."""
        persona, draws, n = self._persona, self._draws, self._prompts
        heard = " ".join((*asked.prompt.text.split(), *asked.prompt.audio))
        this = crc32(heard.encode("utf-8", "replace"))
        times = self._heard.count(this)
        if this not in self._heard[-1:]:
            self._clear = 0
        self._repeats += times > 0
        asked = asked._replace(times=times)
        if has_had_enough(times, persona, draws, n, read_back=False):
            return self._lose_patience(asked)
        self._at_a_loss = False
        self._heard = (*self._heard[1 - _KEPT :], this)
        if stays_silent(times, persona, draws, n):
            return Reply(why="stays silent")
        asks_back = times == 0 and asked.listening.speech and persona.repeat_request_rate > 0
        if asks_back and draws.unit("repeat", n) < persona.repeat_request_rate:
            self._repeats += 1
            return self._guessed(self._say(phrases.SAYINGS[self._language].repeat, asked))
        return self._answer(asked)

    def _lose_patience(self, asked: Question) -> Reply:
        """Hang up, and complain if it answered clearly time and again."""
        if self._clear >= memory.CLEAR:
            self._complain(going_round(asked.prompt.text, asked.times, self._clear))
        return self._hang_up(f"heard the same {asked.times + 1} times")

    def _fact(self, understood: Understood) -> str:
        """The template that answers a question about the caller itself; "" if it is none."""
        want = understood.wants[0] if understood.wants else Want.UNKNOWN
        answers = phrases.SAYINGS[self._language].answers
        return answers[want][self._way()] if want in _ASKED else ""

    def _prefers_keys(self, asked: Question) -> bool:
        """Whether it presses a key where there is one: asked to press, or since it rather does."""
        listening, persona = asked.listening, self._persona
        if not listening.dtmf or listening.recording:
            return False
        if asked.to_press or not listening.speech or asked.times >= persona.keys_after:
            return True
        return persona.keys_rate > 0 and self._draws.unit("keys", self._prompts) < persona.keys_rate

    def _way(self) -> int:
        """How to say it: the long way, or short or full."""
        rate = self._persona.long_turn_rate
        if rate and self._draws.unit("long", self._prompts) < rate:
            return phrases.LONG
        return self._draws.below(2, "way", self._prompts)

    def _say(self, template: str, asked: Question) -> Reply:
        return self._utter(phrases.fill(template, self._facts, self._language), asked)

    def _utter(self, parts: tuple[Part, ...], asked: Question) -> Reply:
        listening, code = asked.listening, self._language
        tongue = Tongue(code, code_of(listening.language) == code)
        n, times = self._prompts, asked.times
        speech = utter(parts, self._persona, self._draws, n, times, tongue).speech
        self._turns += 1
        if listening.recording:
            speech = speech._replace(reported=None, confidence=None)
            self._clear += 1  # who records hears what was said
        else:
            self._garbled = self._garbled or speech.reported != speech.meant
            clear = memory.clearly(speech.meant, speech.reported, speech.confidence)
            self._clear = self._clear + 1 if clear else 0
        return Reply(self._after_s(asked), speech)

    def _puzzled(self, prompt: Prompt) -> None:
        """Note that it does not know what to answer, or what is said."""
        self._at_a_loss = True
        self._complain(memory.puzzled(prompt))

    def _guessed(self, reply: Reply) -> Reply:
        """The same reply, which may be no answer to what was asked: nobody is blamed for that."""
        self._clear = 0
        return reply

    def _press(self, digits: str, asked: Question, why: str = "") -> Reply:
        self._turns += 1
        self._clear += 1
        keys = typed(digits, asked.listening, menu=len(digits) == 1)
        return Reply(self._after_s(asked), digits=keys, why=why)

    def _after_s(self, asked: Question) -> float:
        """From the end of the prompt to the first sound; who knows it may speak into it."""
        (prompt, listening, _, times), n = asked, self._prompts
        barges = times > 0 and listening.barge_in
        if barges and self._draws.unit("barge in", n) < self._persona.barge_in_rate:
            return -round(self._draws.uniform(0, 0.4, "barge in at", n) * prompt.duration_s, 3)
        return gap_s(self._persona, listening, self._draws, n)


def going_round(text: str, times: int, clear: int) -> Finding:
    """The complaint of a caller that heard ``text`` once more, after ``clear`` clear answers."""
    said = f"The agent says the same again and again: the caller heard {text[-memory.QUOTED :]!r}"
    told = f"{times + 1} times, and had answered it clearly {clear} times in a row."
    return Finding(memory.LOOPS, Level.ERROR, f"{said} {told}")
