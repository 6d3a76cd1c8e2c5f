"""What the tests of the switch share: callers, plans of calls, and an agent behind the fake."""

from collections.abc import Callable
from dataclasses import replace

from voicesim.call.entries import FullLog
from voicesim.call.events import Answer, Kind, SendWebhook
from voicesim.call.outcome import CallRecord
from voicesim.call.talk import Handover, Judgement, Opinion, Prompt, Reply, Speech
from voicesim.call.terms import Target, Terms
from voicesim.line.driver import Driver
from voicesim.line.fake import FakeBackend
from voicesim.line.hop import Hop, HopAnswer
from voicesim.line.policy import Policy
from voicesim.results.ladder import transcript
from voicesim.switch.plan import CallPlan, MakePlan
from voicesim.switch.switch import Switch
from voicesim.twilio.fields import Party

ORIGIN = "http://127.0.0.1:9"
TARGET = Target(f"{ORIGIN}/voice", Party("+15005550001"), "AC" + "1" * 32)
CHATTY = replace(
    TARGET,
    status_url=f"{ORIGIN}/status",
    status_events=("initiated", "ringing", "answered", "completed"),
)
XML = (("Content-Type", "text/xml"),)


class Scripted:
    """A caller that does ``replies`` in turn, and then nothing."""

    def __init__(self, *replies: Reply, opinion: Opinion | None = None) -> None:
        self._replies = iter(replies)
        self._opinion = opinion or Opinion(Judgement.OPEN)
        self.heard: list[Prompt] = []
        self.noticed: list[Handover] = []

    def hear(self, prompt: Prompt) -> Reply:
        self.heard.append(prompt)
        return next(self._replies, Reply())

    def handed_over(self, how: Handover) -> None:
        self.noticed.append(how)

    def opinion(self) -> Opinion:
        return self._opinion


def says(text: str, after_s: float = 0.5, lasts_s: float = 1.0) -> Reply:
    return Reply(after_s, Speech(text, text, 0.9, lasts_s))


def plan(
    index: int = 0,
    caller: Scripted | None = None,
    target: Target = TARGET,
    terms: Terms | None = None,
) -> CallPlan:
    return CallPlan(
        index=index,
        sid=f"CA{index:032x}",
        name="Ann",
        party=Party(f"+1500555{index:04}"),
        caller=caller or Scripted(),
        target=target,
        terms=terms or Terms(),
        began_s=0.0,
        log=FullLog(),
        scenario="s",
        persona="p",
    )


def make(*args: object, **kwargs: object) -> MakePlan:
    return lambda: plan(*args, **kwargs)  # type: ignore[arg-type]


def answer(verbs: str, elapsed_s: float = 0.0, url: str = TARGET.url) -> Answer:
    return Answer(200, "text/xml", f"<Response>{verbs}</Response>".encode(), url, elapsed_s)


NO_CONTENT = Answer(204, "", b"", CHATTY.status_url, 0.0)


def kinds(webhooks: list[SendWebhook]) -> list[Kind]:
    return [webhook.kind for webhook in webhooks]


def run(
    switch: Switch,
    agent: Callable[[Hop], HopAnswer],
    latency_s: Callable[[Hop], float] | float = 0.0,
) -> list[CallRecord]:
    """Drive ``switch`` to its end over the fake; the records by index."""
    Driver(switch, Policy(None), FakeBackend(agent, latency_s)).run()
    return sorted(switch.finished, key=lambda record: record.index)


def transcripts(records: list[CallRecord]) -> list[list[str]]:
    return [transcript(record.entries, ORIGIN) for record in records]
