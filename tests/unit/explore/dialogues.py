"""Explores an agent that is a function, in virtual time."""

from collections.abc import Callable
from datetime import date
from urllib.parse import parse_qsl, urlsplit

from voicesim import data
from voicesim.base.findings import Level
from voicesim.call.terms import Target, Terms
from voicesim.config.callers import parse_catalogue
from voicesim.explore.exploring import Explored, explore
from voicesim.explore.walking import Budget, Callers
from voicesim.line.fake import FakeBackend
from voicesim.line.hop import Hop, HopAnswer
from voicesim.line.policy import Policy
from voicesim.switch.plan import Exchange
from voicesim.twilio.fields import Party

CATALOGUE = parse_catalogue(data.texts("personas"), data.texts("scenarios"))
ORIGIN = "http://127.0.0.1:9"
XML = (("Content-Type", "text/xml"),)
Fields = dict[str, str]
Agent = Callable[[str, Fields], str | int]
"""From path and fields to what is in the Response, or to a status."""


def explored(agent: Agent, budget: Budget | None = None) -> Explored:
    """What an exploration of ``agent`` finds."""

    def answer(hop: Hop) -> HopAnswer:
        parts = urlsplit(hop.url)
        fields = dict(parse_qsl(f"{parts.query}&{hop.body.decode()}"))
        said = agent(parts.path, fields)
        if isinstance(said, int):
            return HopAnswer(said, XML, b"", 0.0)
        return HopAnswer(200, XML, f"<Response>{said}</Response>".encode(), 0.0)

    return of_hops(answer, budget)


def of_hops(answer: Callable[[Hop], HopAnswer], budget: Budget | None = None) -> Explored:
    """What an exploration finds of an agent that sees the hops themselves."""
    return waited_for(lambda now: answer, budget)


def waited_for(
    agent: Callable[[Callable[[], float]], Callable[[Hop], HopAnswer]],
    budget: Budget | None = None,
) -> Explored:
    """What an exploration finds of an agent that is given a clock."""
    target = Target(f"{ORIGIN}/voice", Party("+15005550006"), "AC" + "1" * 32)
    exchange = Exchange(1, target, Terms(), date(2026, 3, 2))
    callers = Callers(
        exchange, CATALOGUE.personas["standard"], CATALOGUE.scenarios["quick_booking"]
    )
    backend = FakeBackend(lambda hop: answer(hop))
    answer = agent(backend.now)
    return explore(callers, CATALOGUE.scenarios, Policy(None), backend, budget or Budget())


def found(agent: Agent) -> dict[tuple[str, str], tuple[str, ...]]:
    """The codes and levels that are found, each with the steps to it; NOTICES left out."""
    return {
        (one.finding.code, one.finding.level.value): one.steps
        for one in explored(agent).complaints.all
        if one.finding.level is not Level.NOTICE
    }


def errors(agent: Agent) -> dict[str, tuple[str, ...]]:
    """The codes of the ERRORs that are found, each with the steps to it."""
    return {code: steps for (code, level), steps in found(agent).items() if level == "ERROR"}


def keys(text: str, action: str = "/choice", after: str = "<Say>Goodbye.</Say>") -> str:
    """A menu of one key."""
    return f'<Gather numDigits="1" action="{action}"><Say>{text}</Say></Gather>{after}'


def speech(text: str, action: str, after: str = "<Say>Goodbye.</Say>") -> str:
    """A question."""
    return f'<Gather input="speech" action="{action}"><Say>{text}</Say></Gather>{after}'
