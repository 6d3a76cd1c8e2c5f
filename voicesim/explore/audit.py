"""The signature audit: does an agent serve what Twilio signed, and refuse what it did not.

The probes are in ``probes``. Each is a call of its own, but for those at the action URL, which go
on with the call of the correct request.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from voicesim.base.draws import Draws
from voicesim.call import verbs as read
from voicesim.call.events import NO_STATE, Answer, HttpState, Kind, SendWebhook
from voicesim.call.plans import method_of, resolve, token
from voicesim.call.terms import Target, Terms
from voicesim.explore.judging import Asked, document_of, judged, model_of
from voicesim.explore.probes import CALLER, CORRECT, PROBES, Probe
from voicesim.line.backend import Backend
from voicesim.line.hop import Hop
from voicesim.line.policy import Exchange, Policy
from voicesim.results.audit import Audit
from voicesim.switch.plan import TEST_MARK
from voicesim.twilio import fields as twilio_fields
from voicesim.twilio.fields import Fields
from voicesim.twilio.twiml import Document, Verb

PLACE = {"city": "SAN FRANCISCO", "state": "CA", "zip": "94102", "country": "US"}
"""Of the agent's number: no field of the correct request is blank."""


@dataclass(frozen=True, slots=True)
class _Door:
    """A webhook of the agent's, and what is sent there beside what every webhook of a call has."""

    kind: Kind
    method: str
    url: str
    call_status: str
    extra: Fields = ()
    state: HttpState = NO_STATE


def audit(
    target: Target, policy: Policy, backend: Backend, terms: Terms, *, seed: int, began_s: float
) -> Audit:
    """Put the agent at ``target`` to the test.

    ``policy`` signs as the account does; ``terms`` say how answers are read. ``seed`` gives the
    CallSids; ``began_s`` is the Unix time that status callbacks tell. Takes at
    most five times the limit of one webhook.
    """
    return _Auditor(target, policy, backend, terms, seed).run(began_s)


class _Auditor:
    def __init__(
        self, target: Target, policy: Policy, backend: Backend, terms: Terms, seed: int
    ) -> None:
        self._target = target
        self._terms = terms
        self._policy = policy
        self._backend = backend
        self._seed = seed
        self._webhook_id = 0
        self._sent: list[tuple[int, Answer]] = []
        """The call's number and the answer, of all that was sent."""

    def run(self, began_s: float) -> Audit:
        voice = _Door(Kind.VOICE, self._target.method, self._target.url, "ringing")
        asked = self._ask(voice, [(CORRECT, 0)])
        first = asked[0]
        if first.document is not None:
            probes = [probe for probe in PROBES if probe.at == "voice"]
            asked += self._ask(voice, [(probe, number) for number, probe in enumerate(probes, 1)])
            for door in _action(first.answer, first.document, self._terms):
                for probe in PROBES:
                    if probe.at == "action":
                        asked += self._ask(door, [(probe, 0)])
        self._hang_up(began_s)
        served = [number for number, answer in self._sent if 200 <= answer.status <= 299]
        return Audit(
            requests=len(self._sent),
            calls=len(set(served)),
            webhooks=len(served),
            probes=tuple(judged(one, model_of(one, asked)) for one in asked),
        )

    # --- asking -------------------------------------------------------------------------------

    def _ask(self, door: _Door, probes: Sequence[tuple[Probe, int]]) -> list[Asked]:
        """Send each of ``probes`` to ``door`` in the call of its number, all at once."""
        requests = []
        for probe, number in probes:
            webhook = self._webhook(door, number)
            webhook = webhook._replace(fields=probe.fields(webhook.fields))
            signer = self._policy.signer and probe.signer(self._policy.signer)
            requests.append((number, replace(self._policy, signer=signer), webhook))
        return [
            Asked(probe, door.url, answer, *document_of(answer, self._terms.reading))
            for (probe, _), answer in zip(probes, self._send(requests), strict=True)
        ]

    def _hang_up(self, began_s: float) -> None:
        """Tell the agent of every call it took in that it is over, if it wants to be told."""
        if not self._target.status_url:
            return
        states = {n: answer.state for n, answer in self._sent if 200 <= answer.status <= 299}
        extra = twilio_fields.status_callback("completed", sequence=0, at_unix_s=began_s)
        door = _Door(Kind.STATUS, "POST", self._target.status_url, "completed", extra)
        self._send(
            [
                (number, self._policy, self._webhook(replace(door, state=state), number))
                for number, state in states.items()
            ]
        )

    def _send(self, requests: Sequence[tuple[int, Policy, SendWebhook]]) -> list[Answer]:
        """The answers to ``requests``, in their order; all are under way at once."""
        answers: dict[int, Answer] = {}
        exchanges: dict[int, Exchange] = {}

        def go_on(id_: int, step: Hop | Answer) -> None:
            if isinstance(step, Hop):
                self._backend.send(id_, step)
            else:
                answers[id_] = step

        for id_, (_, policy, webhook) in enumerate(requests):
            exchanges[id_] = policy.exchange(webhook)
            go_on(id_, exchanges[id_].begin())
        while len(answers) < len(requests):
            for id_, result in self._backend.wait(None):
                go_on(id_, exchanges[id_].received(result))
        found = [answers[id_] for id_ in range(len(requests))]
        self._sent += [(r[0], answer) for r, answer in zip(requests, found, strict=True)]
        return found

    def _webhook(self, door: _Door, number: int) -> SendWebhook:
        self._webhook_id += 1
        sid = "CA" + TEST_MARK + Draws(self._seed, number).hex(28, "audit")
        base = twilio_fields.base_fields(
            call_sid=sid,
            account_sid=self._target.account_sid,
            caller=CALLER,
            called=replace(self._target.called, **PLACE),
            call_status=door.call_status,
        )
        return SendWebhook(
            id=self._webhook_id,
            kind=door.kind,
            method=door.method,
            url=door.url,
            fields=(*base, *door.extra),
            steers=door.kind is not Kind.STATUS,
            token=token(sid, self._webhook_id),
            state=door.state,
        )


def _action(answer: Answer, document: Document, terms: Terms) -> list[_Door]:
    """Where the first Gather of an answer leads, if there is one."""
    gathers = [verb for verb in document.verbs if verb.name == "Gather"]
    return [
        _Door(
            Kind.GATHER,
            method_of(gather),
            resolve(answer.url, gather.attributes.get("action", "")),
            "in-progress",
            _said(gather, terms),
            answer.state,
        )
        for gather in gathers[:1]
    ]


def _said(gather: Verb, terms: Terms) -> Fields:
    """What the action URL is told: nothing heard, where Twilio would tell it, else a greeting."""
    listening = read.gather_listening(gather)
    if read.ACTION_ON_EMPTY_RESULT.of(gather.attributes.get("actionOnEmptyResult")):
        blank = terms.empty_result == "empty"
        return twilio_fields.gather_empty(speech=listening.speech, dtmf=listening.dtmf, blank=blank)
    if listening.speech:
        return twilio_fields.gather_speech("Hello", 0.9)
    return twilio_fields.gather_digits("1")
