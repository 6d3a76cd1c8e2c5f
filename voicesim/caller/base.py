"""What all callers have in common: who they are, what they bear, and what they notice."""

from abc import ABC, abstractmethod

from voicesim.base.draws import Draws
from voicesim.base.findings import Finding
from voicesim.call.talk import Handover, Judgement, Listening, Opinion, Prompt, Reply
from voicesim.caller.crosstalk import CrossTalk, Own, said_in
from voicesim.caller.facts import Facts
from voicesim.caller.languages import answered_in
from voicesim.caller.models import Persona, Scenario
from voicesim.caller.patience import dead_air, left_waiting, lost, silence_s, too_many
from voicesim.caller.understanding import Understood, understand

NOT_UNDERSTOOD = "not-understood"


class BaseCaller(ABC):
    """Someone on the phone; what it wants is its subclass's business.

    Small on purpose: persona and scenario are shared, the rest is a few hundred bytes.
    """

    __slots__ = (
        "_crosstalk",
        "_draws",
        "_facts",
        "_garbled",
        "_language",
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
        self._begin()

    def _begin(self) -> None:
        """Know nothing yet; each kind of caller has more to know."""
        self._overheard: tuple[Finding, ...] = ()  # what it complains of
        self._language = ""  # of the latest prompt, as a code
        self._prompts = self._turns = 0
        self._silent_s = 0.0  # how long nothing has been heard
        self._garbled = False  # whether anything was misreported

    @property
    def facts(self) -> Facts:
        """Who this caller is and what it wants; changes when it takes another day or time."""
        return self._facts

    def hear(self, prompt: Prompt) -> Reply:
        """React to a prompt."""
        self._prompts += 1
        self._silent_s = silence_s(self._silent_s, prompt)
        if left := left_waiting(prompt, self._persona, self._draws):
            return left
        self._language = answered_in(prompt, self._persona.languages, self._language)
        understood = self._understand(prompt.text)
        self._overhear(understood.english)  # in English terms, for numbers in words
        self._listen(prompt, understood)
        if too_many(self._prompts, self._persona):
            return self._hang_up(lost(self._prompts))
        listening = prompt.listening
        if listening is None:
            self._close(prompt, understood)
            return dead_air(self._silent_s, self._persona, self._draws) or Reply()
        return self._react(prompt, listening, understood)

    def handed_over(self, how: Handover) -> None:
        """It goes by what it is told."""
        del how

    @abstractmethod
    def opinion(self) -> Opinion:
        """Say how the call went."""

    # --- what a subclass does -----------------------------------------------------------------

    def _understand(self, text: str) -> Understood:
        """What ``text`` asks for, and says of the goal."""
        return understand(text, self._language)

    @abstractmethod
    def _listen(self, prompt: Prompt, understood: Understood) -> None:
        """Take in a prompt."""

    def _close(self, prompt: Prompt, understood: Understood) -> None:
        """Take in a prompt after which the agent does not listen."""
        del prompt, understood

    @abstractmethod
    def _react(self, prompt: Prompt, listening: Listening, understood: Understood) -> Reply:
        """Answer a prompt after which the agent listens."""

    def _reports(self) -> tuple[str, str]:
        """What was reported last of its name and its number; "" where nothing was."""
        return "", ""

    # --- the small steps these are made of ----------------------------------------------------

    def _hang_up(self, why: str) -> Reply:
        return Reply(self._persona.response_gap_s, hangs_up=True, why=why)

    def _complain(self, finding: Finding) -> None:
        if finding not in self._overheard:
            self._overheard += (finding.in_turn(self._prompts),)

    def _complaints_of(self, judgement: Judgement) -> tuple[Finding, ...]:
        """What it complained of; that it was puzzled matters only where it cannot tell the end."""
        if judgement is Judgement.UNCLEAR:
            return self._overheard
        return tuple(found for found in self._overheard if found.code != NOT_UNDERSTOOD)

    def _in_turn(self, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """The same, with the latest turn where they name none."""
        return tuple(finding.in_turn(self._prompts) for finding in findings)

    def _overhear(self, text: str) -> None:
        """Notice another caller's name or number."""
        said = said_in(text) if self._crosstalk else None
        if self._crosstalk is None or said is None:
            return
        facts, draws, reports = self._facts, self._draws, self._reports()
        own = (draws.seed, draws.index, facts.name, facts.party.number, *reports)
        who = (self._scenario.name, self._persona.name)
        for found in self._crosstalk.heard(said, Own(*own, self._garbled, *who)):
            self._complain(found)
