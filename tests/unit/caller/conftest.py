"""What the tests of the caller share: the shipped data and small agents."""

from collections.abc import Callable
from datetime import date
from importlib.resources import files

import pytest

from tests.unit.caller.errands import Rung
from tests.unit.caller.guided import LANGUAGES
from voicesim.base.draws import Draws
from voicesim.call.talk import Handover, Listening, Opinion, Prompt, Reply
from voicesim.caller.dialogue import GoalCaller
from voicesim.caller.languages import said_in
from voicesim.caller.making import make_caller
from voicesim.caller.models import Persona, Scenario
from voicesim.caller.words import DAYS
from voicesim.config.callers import Catalogue, parse_catalogue

TODAY = date(2026, 3, 4)  # a Wednesday
SPEECH = Listening(speech=True, dtmf=False, timeout_s=5.0)


def _texts(kind: str) -> dict[str, str]:
    folder = files("voicesim") / "data" / kind
    found = (path for path in folder.iterdir() if path.name.endswith(".toml"))
    return {f"{kind}/{path.name}": path.read_text(encoding="utf-8") for path in found}


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return parse_catalogue(_texts("personas"), _texts("scenarios"))


@pytest.fixture(scope="session")
def calm(catalogue: Catalogue) -> Persona:
    """The standard persona, understood perfectly and without whims."""
    standard = catalogue.personas["standard"]
    quiet = dict.fromkeys(("filler_rate", "barge_in_rate"), 0.0)
    recogniser = standard.recogniser.model_copy(
        update={"word_error_rate": 0.0, "missing_confidence_rate": 0.0}
    )
    return standard.model_copy(update={"recogniser": recogniser, **quiet})


@pytest.fixture(scope="session")
def booking(catalogue: Catalogue) -> Scenario:
    """Books step by step, the number in figures."""
    return catalogue.scenarios["elderly_caller"]


@pytest.fixture(scope="session")
def moving(catalogue: Catalogue) -> Scenario:
    return catalogue.scenarios["reschedule_request"]


@pytest.fixture(scope="session")
def caller_of() -> Callable[[Persona, Scenario, int], GoalCaller]:
    def make(persona: Persona, scenario: Scenario, index: int = 3) -> GoalCaller:
        return make_caller(persona, scenario, Draws(1, index), TODAY)[0]

    return make


Agent = Callable[[list[str | None]], tuple[str, bool]]
"""From everything reported so far to what is said next and whether it listens then."""


@pytest.fixture(scope="session")
def ring() -> Callable[..., list[Reply]]:
    """Let a caller talk to an agent until somebody hangs up, for at most 200 prompts."""

    def talk(caller: GoalCaller, agent: Agent, listening: Listening | None = SPEECH) -> list[Reply]:
        said: list[str | None] = []
        replies: list[Reply] = []
        for _ in range(200):
            text, listens = agent(said)
            replies.append(caller.hear(Prompt(text, 2.0, listening=listening if listens else None)))
            if replies[-1].hangs_up or (not listens and "bye" in text.casefold()):
                return replies
            if listens:
                reply = replies[-1]
                said.append(reply.speech.reported if reply.speech else reply.digits or None)
        raise AssertionError("nobody hung up")

    return talk


@pytest.fixture
def rung(
    catalogue: Catalogue,
    calm: Persona,
    caller_of: Callable[..., GoalCaller],
    ring: Callable[..., list[Reply]],
) -> Rung:
    """What a scenario's caller says to these prompts in turn, and its opinion; the last closes.

    ``{day}`` and ``{time}`` are those of its appointment, ``{other}`` is another day.
    """

    def talk(
        scenario: str,
        *prompts: str,
        index: int = 3,
        handover: Handover | None = None,
        code: str = "en",
    ) -> tuple[list[str], Opinion]:
        persona = calm.model_copy(update={"languages": (code,)})
        caller = caller_of(persona, catalogue.scenarios[scenario], index)
        facts = caller.facts
        other = next(day for day in DAYS if day != facts.day)
        shown = {"day": facts.day, "time": facts.time, "other": other, "name": facts.name}
        fields = {"day": "day", "other": "day", "time": "time", "name": "name"}
        shown = {key: said_in(code, fields[key], told) for key, told in shown.items()}
        said = [prompt.format(**shown) for prompt in prompts]

        def agent(heard: list[str | None]) -> tuple[str, bool]:
            return said[len(heard)], len(heard) + 1 < len(said)

        replies = ring(caller, agent, SPEECH._replace(language=LANGUAGES[code]))
        told = [reply.speech.meant for reply in replies if reply.speech]
        if handover:
            caller.handed_over(handover)
        return told, caller.opinion()

    return talk
