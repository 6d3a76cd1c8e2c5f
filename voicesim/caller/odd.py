"""A caller that says odd things, one after the other, and wants no more than to be heard again."""

from voicesim.base.draws import Draws
from voicesim.base.findings import Finding
from voicesim.call.talk import Handover, Judgement, Opinion, Prompt, Reply
from voicesim.caller.crosstalk import CrossTalk, Own, said_in
from voicesim.caller.facts import Facts
from voicesim.caller.models import Persona, Scenario
from voicesim.caller.patience import dead_air, gap_s, left_waiting, lost, silence_s, too_many
from voicesim.caller.speech import utter_odd


class OddCaller:
    """Says each odd utterance of its scenario."""

    __slots__ = (
        "_answered",
        "_crosstalk",
        "_draws",
        "_facts",
        "_overheard",
        "_persona",
        "_prompts",
        "_scenario",
        "_silent_s",
        "_turns",
    )

    def __init__(
        self,
        persona: Persona,
        scenario: Scenario,
        facts: Facts,
        draws: Draws,
        crosstalk: CrossTalk | None = None,
    ) -> None:
        self._persona = persona
        self._scenario = scenario
        self._facts = facts
        self._draws = draws
        self._crosstalk = crosstalk
        self._overheard: tuple[Finding, ...] = ()
        self._prompts = self._turns = self._answered = 0
        self._silent_s = 0.0

    @property
    def facts(self) -> Facts:
        """Who this caller is."""
        return self._facts

    def hear(self, prompt: Prompt) -> Reply:
        """Say the next odd thing; the one before was answered if anything is heard after it."""
        self._prompts += 1
        self._silent_s = silence_s(self._silent_s, prompt)
        if left := left_waiting(prompt, self._persona, self._draws):
            return left
        self._overhear(prompt.text)
        odd = self._scenario.odd
        if prompt.text.strip() or prompt.audio:
            self._answered = self._turns
        listening = prompt.listening
        if too_many(self._prompts, self._persona):
            return self._hang_up(lost(self._prompts))
        if listening is None:
            return dead_air(self._silent_s, self._persona, self._draws) or Reply()
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

    def put_through(self) -> None:
        """It is all the same to it."""

    def opinion(self, handover: Handover = Handover.NONE) -> Opinion:
        """Say how the call went."""
        del handover
        done = self._answered >= len(self._scenario.odd)
        judgement = Judgement.REACHED if done else Judgement.OPEN
        return Opinion(judgement, findings=self._overheard)

    def _overhear(self, text: str) -> None:
        """Notice another caller's name or number."""
        said = said_in(text) if self._crosstalk else None
        if self._crosstalk and said:
            facts, draws = self._facts, self._draws
            own = Own(
                draws.seed,
                draws.index,
                facts.name,
                facts.party.number,
                garbled=True,
                scenario=self._scenario.name,
                persona=self._persona.name,
            )
            found = self._crosstalk.heard(said, own)
            new = (f.in_turn(self._prompts) for f in found if f not in self._overheard)
            self._overheard += tuple(new)

    def _hang_up(self, why: str) -> Reply:
        return Reply(self._persona.response_gap_s, hangs_up=True, why=why)


def _all_answered(count: int) -> str:
    return "its odd input was answered" if count == 1 else f"its {count} odd inputs were answered"
