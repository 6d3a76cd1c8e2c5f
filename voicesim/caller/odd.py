"""A caller that says odd things, one after the other, and wants no more than to be heard again."""

from voicesim.call.talk import Judgement, Listening, Opinion, Prompt, Reply
from voicesim.caller.base import BaseCaller
from voicesim.caller.patience import gap_s
from voicesim.caller.speech import utter_odd
from voicesim.caller.understanding import Understood


class OddCaller(BaseCaller):
    """Says each odd utterance of its scenario; the one before was answered if anything follows."""

    __slots__ = ("_answered",)

    def _begin(self) -> None:
        """Know nothing yet."""
        super()._begin()
        self._answered = 0
        self._garbled = True  # nothing that it says is what callers mean

    def opinion(self) -> Opinion:
        """Say how the call went."""
        done = self._answered >= len(self._scenario.odd)
        judgement = Judgement.REACHED if done else Judgement.OPEN
        return Opinion(judgement, findings=self._overheard)

    def _listen(self, prompt: Prompt, understood: Understood) -> None:
        """Take in a prompt: what was said before it is answered."""
        if prompt.text.strip() or prompt.audio:
            self._answered = self._turns

    def _react(self, prompt: Prompt, listening: Listening, understood: Understood) -> Reply:
        """Say the next odd thing."""
        odd = self._scenario.odd
        while self._turns < len(odd) and odd[self._turns].keys and not listening.dtmf:
            self._turns += 1  # where no key is taken, none can be odd
            self._answered = self._turns
        if self._turns >= len(odd):
            return self._hang_up(_all_answered(len(odd)))
        said = odd[self._turns]
        self._turns += 1
        after_s = gap_s(self._persona, listening, self._draws, self._prompts)
        if said.keys:
            return Reply(after_s, digits=said.keys[: listening.num_digits or 20])
        if listening.speech:
            return Reply(after_s, utter_odd(said, self._persona))
        digits = "".join(c for c in said.reported or "" if c in "0123456789")
        return Reply(after_s, digits=digits[: listening.num_digits or 20])


def _all_answered(count: int) -> str:
    return "its odd input was answered" if count == 1 else f"its {count} odd inputs were answered"
