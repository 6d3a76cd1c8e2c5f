"""Webhooks carried through a policy without a network; every hop's signature is checked."""

from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

from twilio.request_validator import RequestValidator

from voicesim.base.findings import Level
from voicesim.base.hosts import HostRule
from voicesim.call.events import NO_STATE, Answer, HttpState, Kind, SendWebhook
from voicesim.line.policy import Hop, HopAnswer, HopResult, Policy
from voicesim.twilio.fields import Fields
from voicesim.twilio.signature import Signer

TOKEN = "12345"
LOCAL = "http://127.0.0.1:8000/voice"
PUBLIC = "https://agent.example.com"
FIELDS = (("CallSid", "CA1"), ("From", "+44 20"), ("Called", ""), ("Speech", "Zoë & co"))
FORM = b"CallSid=CA1&From=%2B44+20&Called=&Speech=Zo%C3%AB+%26+co"
TWIML = b"<Response/>"


def webhook(
    url: str = LOCAL, method: str = "POST", state: HttpState = NO_STATE, fields: Fields = FIELDS
) -> SendWebhook:
    return SendWebhook(
        id=1,
        kind=Kind.VOICE,
        method=method,
        url=url,
        fields=fields,
        steers=True,
        token="0d9e1f3c",
        state=state,
    )


def policy(
    *hosts: str, route: tuple[str, str] | None = None, signer: Signer | None = None
) -> Policy:
    return Policy(signer or Signer(TOKEN), HostRule(frozenset(hosts)), route)


ROUTED = policy(route=(PUBLIC, "http://127.0.0.1:8000"))


def ok(body: bytes = TWIML, *headers: tuple[str, str], status: int = 200) -> HopAnswer:
    return HopAnswer(status, (("Content-Type", "text/xml"), *headers), body, 0.25)


def redirect(location: str, status: int = 302, *headers: tuple[str, str]) -> HopAnswer:
    return HopAnswer(status, (("location", location), *headers), b"moved", 0.25)


def header(hop: Hop, name: str) -> str:
    values = [value for key, value in hop.headers if key == name]
    assert len(values) <= 1
    return values[0] if values else ""


def as_seen(hop: Hop) -> str:
    """The URL the agent believes to have been called at."""
    scheme = header(hop, "X-Forwarded-Proto") or urlsplit(hop.url).scheme
    parts = urlsplit(hop.url)
    return parts._replace(scheme=scheme, netloc=header(hop, "Host")).geturl()


def accepted(hop: Hop) -> bool:
    params = dict(parse_qsl(hop.body.decode(), keep_blank_values=True))
    signature = header(hop, "X-Twilio-Signature")
    return bool(RequestValidator(TOKEN).validate(as_seen(hop), params, signature))


def play(
    sent: SendWebhook, agent: Callable[[Hop], HopResult], policy: Policy
) -> tuple[Answer, list[Hop]]:
    """Carry one webhook through; every hop's signature must be one Twilio's SDK accepts."""
    exchange = policy.exchange(sent)
    step = exchange.begin()
    hops = []
    while isinstance(step, Hop):
        assert accepted(step), step
        hops.append(step)
        step = exchange.received(agent(step))
    return step, hops


def answers(*results: HopResult) -> Callable[[Hop], HopResult]:
    left = list(results)
    return lambda _hop: left.pop(0)


def one(
    result: HopResult, sent: SendWebhook | None = None, by: Policy | None = None
) -> tuple[Answer, list[Hop]]:
    return play(sent or webhook(), answers(result), by or policy())


def failure_of(answer: Answer) -> tuple[str, str]:
    assert answer.failure is not None
    assert answer.failure.level is Level.ERROR
    assert answer.failure.message.endswith(".")
    return answer.failure.code, answer.failure.message
