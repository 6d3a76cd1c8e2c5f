"""What becomes of a verb once the caller's reaction is known: how long it lasts, what follows.

Pure: times count from the moment the verb began, in seconds on the call's clock.
"""

from collections.abc import Callable
from enum import Enum
from hashlib import blake2b
from math import inf
from typing import NamedTuple
from urllib.parse import urljoin

from voicesim.base.remembering import remembered
from voicesim.call import verbs as read
from voicesim.call.entries import Said
from voicesim.call.events import Kind
from voicesim.call.states import State
from voicesim.call.talk import Listening, Prompt, Reply, Speech
from voicesim.call.terms import Terms
from voicesim.twilio import fields
from voicesim.twilio.attributes import METHOD
from voicesim.twilio.callback_fields import RECORDING_PATH, recording_sid
from voicesim.twilio.fields import Fields, Party
from voicesim.twilio.twiml import Verb


class Step(Enum):
    """What follows a verb."""

    NEXT = 1
    """The next verb."""
    ACTION = 2
    """The action URL is requested; what is left of the document is unreachable."""
    HANG_UP = 3
    """The caller hangs up; a finished recording is still reported, beside the call."""
    CONNECT = 4
    """A dialled party answers, or somebody takes the caller out of a queue or joins it."""


class Plan(NamedTuple):
    """A verb lasts ``lasts_s``; the caller acts at ``acts_s`` if it lasts so long; then ``step``.

    ``kind``, ``url`` (absolute), ``method`` and ``extra`` describe the webhook to be sent, if
    ``kind`` is set; ``extra`` None stands for what the recogniser makes of ``speech``, which a
    parked call need not hold twice. ``speech``, ``digits`` and ``why`` are the caller's reply.
    """

    lasts_s: float
    acts_s: float = 0.0
    step: Step = Step.NEXT
    kind: Kind | None = None
    url: str = ""
    method: str = "POST"
    extra: Fields | None = ()
    speech: Speech | None = None
    digits: str = ""
    why: str = ""

    def fields(self) -> Fields:
        """What the webhook carries beyond the fields of every webhook."""
        if self.extra is not None or self.speech is None:
            return self.extra or ()
        return fields.gather_speech(self.speech.reported, self.speech.confidence)

    def said(self, began: float) -> Said | None:
        """What the caller does while the verb lasts that began at ``began``, if anything."""
        hangs_up = self.step is Step.HANG_UP
        if self.acts_s > self.lasts_s or not (self.speech or self.digits or hangs_up):
            return None
        return Said(began + self.acts_s, self.speech, self.digits, hangs_up, self.why)

    def silence_s(self, terms: Terms) -> float | None:
        """How long the caller has been silent when the verb is over; None if it never made a sound.

        That is what ends an utterance for the agent: speechTimeout, or the time for a next key.
        """
        sounds = self.speech is not None or self.digits
        if self.acts_s > self.lasts_s or not sounds or self.step is Step.HANG_UP:
            return None
        sounded_s = self.speech.duration_s if self.speech else len(self.digits) * terms.key_s
        return max(self.lasts_s - self.acts_s - sounded_s, 0.0)


class Scene(NamedTuple):
    """Where a verb is played: the terms, the document's URL, what new ids are derived from.

    ``began_s`` is Unix time at the call's clock 0.
    """

    terms: Terms
    url: str
    account_sid: str
    call_sid: str
    number: int
    began_s: float
    caller: Party
    called: Party

    def sid(self, prefix: str, index: int = 0) -> str:
        """A new id for what is born in this call now (a recording, the ``index``-th leg)."""
        more = f".{index}" if index else ""
        return prefix + derived(self.call_sid, f"{prefix} {self.number}{more}").hex()

    def recording_sid(self, duration_s: int) -> str:
        """The id of what was recorded now, ``duration_s`` long."""
        return recording_sid(derived(self.call_sid, f"RE {self.number}").hex(), duration_s)

    def recording_url(self, sid: str) -> str:
        """Where the recording is to be had."""
        path = RECORDING_PATH.format(account=self.account_sid, recording=sid)
        return self.terms.recordings + path

    def named_sid(self, prefix: str, name: str) -> str:
        """The id of what all calls of the account share by its name: a queue, a conference."""
        return prefix + derived(self.account_sid, f"{prefix} {name}").hex()


def derived(call_sid: str, purpose: str) -> bytes:
    """16 bytes that follow from the call's id alone, so that a replay gives the same."""
    return blake2b(f"{call_sid} {purpose}".encode(), digest_size=16).digest()


def chance(call_sid: str, purpose: str) -> float:
    """A draw for ``purpose`` in that call: uniform in [0, 1)."""
    return int.from_bytes(derived(call_sid, purpose)[:6], "big") / 2**48


def token(call_sid: str, webhook_id: int) -> str:
    """The idempotency token of a webhook, written as UUIDs are."""
    text = derived(call_sid, f"token {webhook_id}").hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


@remembered(1024)
def resolve(document_url: str, url: str) -> str:
    """``url`` as a document means it; an empty one is the document's own."""
    try:
        return urljoin(document_url, url.strip())
    except ValueError:  # a bracket that is no IPv6 address, say: the line will say what is wrong
        return url.strip()


def method_of(verb: Verb) -> str:
    """The method of a verb's webhook: POST unless it says GET."""
    return METHOD.of(verb.attributes.get("method"))


def _begins_s(prompt: Prompt, reply: Reply) -> float:
    """When the caller begins: never before the prompt; not during it where barge-in is off.

    Hanging up needs nobody's leave.
    """
    speaks = reply.speech is not None or reply.digits
    held = speaks and prompt.listening is not None and not prompt.listening.barge_in
    return max(prompt.duration_s + reply.after_s, prompt.duration_s if held else 0.0)


def _hangs_up(begins_s: float, reply: Reply, terms: Terms) -> Plan:
    """The caller says or presses what it has left, and hangs up."""
    if reply.speech:
        lasts_s = min(reply.speech.duration_s, terms.max_speech_s)
    else:
        lasts_s = len(reply.digits) * terms.key_s
    return Plan(begins_s + lasts_s, begins_s, Step.HANG_UP)


def talk(verb: Verb, prompt: Prompt, reply: Reply, scene: Scene) -> Plan:
    """Say, Play and Pause: nobody listens, so all that the caller can do is hang up."""
    del verb
    begins = _begins_s(prompt, reply)
    if reply.hangs_up:
        return _hangs_up(min(begins, prompt.duration_s), reply, scene.terms)
    return Plan(prompt.duration_s, begins)


def gather(verb: Verb, prompt: Prompt, reply: Reply, scene: Scene) -> Plan:
    """Gather: speech or keys, whichever comes; nothing until the timeout is no input."""
    terms = scene.terms
    listening = prompt.listening or read.gather_listening(verb)
    acts = _begins_s(prompt, reply)
    times_out = prompt.duration_s + listening.timeout_s
    speaks = reply.speech is not None and listening.speech
    digits = read.pressed(reply, listening) if listening.dtmf and not speaks else ""
    if reply.hangs_up:
        left = _hangs_up(min(acts, times_out), reply, terms)
        if terms.gather_hangup == "untold" or acts > times_out or not (speaks or digits):
            return left
        heard = _heard(reply, listening, digits, terms)
        return action(Kind.GATHER, verb, scene, left.lasts_s, acts, heard, Step.HANG_UP)
    if acts > times_out or not (speaks or digits):
        gives_up = acts <= times_out and listening.dtmf and reply.digits[:1]
        if gives_up and gives_up in listening.finish_on_key:  # a finish key before any digit
            times_out = acts + terms.key_s
        if read.ACTION_ON_EMPTY_RESULT.of(verb.attributes.get("actionOnEmptyResult")):
            blank = terms.empty_result == "empty"
            empty = fields.gather_empty(speech=listening.speech, dtmf=listening.dtmf, blank=blank)
            return action(Kind.GATHER, verb, scene, times_out, acts, empty)
        return Plan(times_out, acts)
    if reply.speech and speaks:
        longest_s = min(read.max_speech_s(verb), terms.max_speech_s)
        heard_s = min(reply.speech.duration_s, longest_s)
        done = acts + heard_s
        if heard_s < longest_s:
            done += read.speech_timeout_s(verb, listening, terms)
    else:
        keys, at_once = read.keys_taken(reply, listening)
        done = acts + keys * terms.key_s + (0.0 if at_once else listening.timeout_s)
    heard = _heard(reply, listening, digits, terms)
    return action(Kind.GATHER, verb, scene, done, acts, heard)


def _heard(reply: Reply, listening: Listening, digits: str, terms: Terms) -> Fields | None:
    """What a Gather's action URL is told: of ``digits``, else of speech (see Plan.extra)."""
    if not digits:
        speech = reply.speech
        if speech is None or terms.speech_language == "absent":
            return None
        return fields.gather_speech(speech.reported, speech.confidence, language=listening.language)
    if terms.finished_on_key == "absent":
        return fields.gather_digits(digits)
    keys, _ = read.keys_taken(reply, listening)
    last = reply.digits[keys - 1]
    return fields.gather_digits(digits, last if last in listening.finish_on_key else "")


def record(verb: Verb, prompt: Prompt, reply: Reply, scene: Scene) -> Plan:
    """Record: what is said is recorded; an empty recording falls through to the next verb."""
    listening = prompt.listening or read.record_listening(verb)
    acts = _begins_s(prompt, reply)
    silence_s = listening.timeout_s or inf  # 0 switches the timeout off
    ends_by = prompt.duration_s + read.max_length_s(verb)
    times_out = min(prompt.duration_s + silence_s, ends_by)
    key = next((key for key in reply.digits if key in listening.finish_on_key), "")
    if reply.speech is None or acts > times_out or acts >= ends_by:
        if reply.hangs_up:
            return _hangs_up(min(acts, times_out), reply, scene.terms)
        if key and acts <= times_out:
            return Plan(min(acts + scene.terms.key_s, ends_by), acts)
        return Plan(times_out, acts)
    recorded_s = min(reply.speech.duration_s, ends_by - acts)
    over = acts + recorded_s
    sid = scene.recording_sid(round(recorded_s))
    extra = fields.record_result(
        scene.recording_url(sid),
        round(recorded_s),
        digits="hangup" if reply.hangs_up else key,
        sid=sid,
    )
    lasts = over if reply.hangs_up or key else min(over + silence_s, ends_by)
    step = Step.HANG_UP if reply.hangs_up else Step.ACTION
    return action(Kind.RECORD, verb, scene, lasts, acts, extra, step)


def action(
    kind: Kind,
    verb: Verb,
    scene: Scene,
    lasts_s: float,
    acts_s: float,
    extra: Fields | None,
    step: Step = Step.ACTION,
) -> Plan:
    """The plan of a verb that its action URL is told of."""
    url = resolve(scene.url, verb.attributes.get("action", ""))
    return Plan(lasts_s, acts_s, step, kind, url, method_of(verb), extra)


_AFTER_REPLY: dict[State, Callable[[Verb, Prompt, Reply, Scene], Plan]] = {
    State.PLAYING: talk,
    State.GATHERING: gather,
    State.RECORDING: record,
}
"""How each verb that the caller reacts to goes on."""


def after_reply(state: State, verb: Verb, prompt: Prompt, reply: Reply, scene: Scene) -> Plan:
    """How the verb of ``state`` goes on, now that the caller's reply is known."""
    lasts_s, acts_s, step, kind, url, method, extra, *_ = _AFTER_REPLY[state](
        verb, prompt, reply, scene
    )
    said = reply.speech, reply.digits, reply.why
    return Plan(lasts_s, acts_s, step, kind, url, method, extra, *said)
