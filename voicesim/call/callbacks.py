"""Callbacks that verbs ask for: requests beside the call whose answers nobody waits for.

Pure: each function says what is to be sent and when, in seconds on the call's clock.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from voicesim.call import verbs as read
from voicesim.call.dialling import Leg, records
from voicesim.call.events import Kind
from voicesim.call.inner import Inner, Joining, Whisper
from voicesim.call.plans import Plan, Scene, resolve
from voicesim.call.states import State
from voicesim.call.terms import Terms
from voicesim.twilio import callback_fields as fields
from voicesim.twilio.attributes import METHOD, attribute
from voicesim.twilio.fields import Fields, Party, status_callback
from voicesim.twilio.rules import TRANSCRIBED_S, short_enough
from voicesim.twilio.twiml import Verb

SHORTEST_TRANSCRIBED_S = 2
"""A shorter recording is not transcribed (Twilio's page on Record)."""
CONFERENCE_EVENT_NAMES = {
    "join": "participant-join",
    "start": "conference-start",
    "leave": "participant-leave",
    "end": "conference-end",
}
STATUS_OF_EVENT = {"initiated": "initiated", "ringing": "ringing", "answered": "in-progress"}


class Callback(NamedTuple):
    """A request beside the call, due ``at`` on its clock.

    ``base`` None stands for the fields of every webhook of the call; ``extra`` comes behind it.
    """

    at: float
    url: str
    method: str
    extra: Fields
    base: Fields | None = None
    kind: Kind = Kind.CALLBACK
    status: str = ""


def wanted(verb: Verb, name: str, scene: Scene) -> tuple[str, str] | None:
    """URL and method of the callback that a verb's attribute ``name`` asks for, if it does."""
    url = verb.attributes.get(name)
    if not url:
        return None
    return resolve(scene.url, url), METHOD.of(verb.attributes.get(f"{name}Method"))


def of_gather(verb: Verb, plan: Plan, began: float, scene: Scene) -> Iterator[Callback]:
    """Partial results, while the caller speaks: ever more of what is reported in the end."""
    to = wanted(verb, "partialResultCallback", scene)
    speech = plan.speech
    if to is None or speech is None or not speech.reported or plan.kind is not Kind.GATHER:
        return
    every_s = scene.terms.partial_result_s
    heard_s = min(speech.duration_s, plan.lasts_s - plan.acts_s, scene.terms.max_speech_s)
    words = speech.reported.split()
    for number in range(int(heard_s / every_s)):
        after_s = (number + 1) * every_s
        text = " ".join(words[: max(round(len(words) * after_s / speech.duration_s), 1)])
        sent = scene.terms.partial_number == "sent"
        extra = fields.partial_result(text, number if sent else None)
        yield Callback(began + plan.acts_s + after_s, *to, extra)


def of_record(verb: Verb, plan: Plan, began: float, scene: Scene) -> Iterator[Callback]:
    """What a Record tells beside the call: the recording's statuses, and its transcription."""
    result = dict(plan.extra or ()) if plan.kind is Kind.RECORD else {}
    sid = result.get("RecordingSid") or scene.recording_sid(0)
    duration_s = int(result.get("RecordingDuration", 0))
    over = began + plan.lasts_s
    beeps = read.PLAY_BEEP.of(verb.attributes.get("playBeep"))
    starts = began + (scene.terms.beep_s if beeps else 0.0)
    about = (("AccountSid", scene.account_sid), ("CallSid", scene.call_sid))
    if starts <= over:
        span = (starts, over, duration_s if result else None)
        yield from of_recording(verb, sid, about, "RecordVerb", span, scene)
    to = wanted(verb, "transcribeCallback", scene)
    status = _transcribed(verb, duration_s, scene.terms)
    if to and result and status:
        good = status == "completed"
        extra = fields.transcription(
            sid=scene.sid("TR"),
            account_sid=scene.account_sid,
            recording=sid,
            recording_url=scene.recording_url(sid),
            status=status,
            text=(plan.speech.reported or "") if good and plan.speech else "",
        )
        yield Callback(over + scene.terms.transcription_s, *to, extra)


def _transcribed(record: Verb, recorded_s: int, terms: Terms) -> str:
    """What becomes of the transcription of ``recorded_s``; "" where nothing is told of it."""
    if recorded_s < SHORTEST_TRANSCRIBED_S:
        return _TOLD[terms.short_recording]
    long = not short_enough(record)
    if long and terms.long_recording == "by_length":
        return "completed" if recorded_s <= TRANSCRIBED_S else "failed"
    return _TOLD[terms.long_recording] if long else "completed"


_TOLD = {"failed": "failed", "none": ""}


def of_recording(
    verb: Verb,
    sid: str,
    about: Fields,
    source: str,
    span: tuple[float, float, int | None],
    scene: Scene,
) -> Iterator[Callback]:
    """A recording's statuses as the verb asks for them.

    ``span``: from when, until when, and the seconds that were recorded (None when nothing was).
    """
    to = wanted(verb, "recordingStatusCallback", scene)
    if to is None:
        return
    starts, over, recorded_s = span
    events = read.RECORD_EVENTS.of(verb.attributes.get("recordingStatusCallbackEvent"))
    done = "absent" if recorded_s is None else "completed"
    ready = over + scene.terms.recording_ready_s
    for event, at in (("in-progress", starts), (done, ready)):
        if event in events:
            told = fields.recording_status(
                about,
                sid=sid,
                url=scene.recording_url(sid),
                status=event,
                duration_s=recorded_s or 0,
                at_unix_s=scene.began_s + starts,
                source=source,
                channels=2 if verb.attributes.get("record", "").strip().endswith("-dual") else 1,
            )
            yield Callback(at, *to, told, ())


_AFTER_REPLY = {State.GATHERING: of_gather, State.RECORDING: of_record}


def after_reply(
    state: State, verb: Verb, plan: Plan, began: float, scene: Scene
) -> Iterator[Callback]:
    """What the verb of ``state`` tells beside the call, now that its plan is known."""
    of_verb = _AFTER_REPLY.get(state)
    return of_verb(verb, plan, began, scene) if of_verb else iter(())


# --- Dial ---------------------------------------------------------------------------------------


def leg_base(leg: Leg, status: str, scene: Scene) -> Fields:
    """The fields of every webhook about a dialled leg."""
    return fields.leg_fields(
        call_sid=leg.sid,
        parent=scene.call_sid,
        account_sid=scene.account_sid,
        caller=scene.caller,
        called=Party(leg.to),
        call_status=status,
    )


def of_ringing(leg: Leg, began: float, scene: Scene) -> Iterator[Callback]:
    """What is told of a leg until it answers or comes to nothing. One that fails never rings."""
    starts, ends = began + leg.starts_s, began + leg.ends_s
    last = ("answered", "in-progress") if leg.answers else ("completed", leg.status)
    told = [("initiated", "initiated", starts), ("ringing", "ringing", starts), (*last, ends)]
    if leg.status == "failed":
        del told[1]
    yield from _leg_events(leg, 0, told, 0.0, scene)


def of_hanging_up(leg: Leg, answered: float, ends: float, scene: Scene) -> Iterator[Callback]:
    """What is told of a leg that was on the line from ``answered`` to ``ends``."""
    before = len(_events(leg) - {"completed"})
    told = [("completed", "completed", ends)]
    yield from _leg_events(leg, before, told, ends - answered, scene)


def _events(leg: Leg) -> frozenset[str]:
    return read.LEG_EVENTS.of(leg.noun.attributes.get("statusCallbackEvent"))


def _leg_events(
    leg: Leg,
    before: int,
    told: list[tuple[str, str, float]],
    talked_s: float,
    scene: Scene,
) -> Iterator[Callback]:
    """Those of ``told`` (event, status, time) that the leg's noun asks for; ``before`` were."""
    to = wanted(leg.noun, "statusCallback", scene)
    if to is None:
        return
    events = _events(leg)
    for sequence, (_, status, at) in enumerate([row for row in told if row[0] in events], before):
        extra = status_callback(
            status,
            sequence=sequence,
            at_unix_s=scene.began_s + at,
            call_duration_s=int(talked_s),
            sip_code=scene.terms.sip_response_code != "never",
        )
        yield Callback(at, *to, extra, leg_base(leg, status, scene))


def of_bridge(inner: Inner, now: float, ends: float, scene: Scene) -> Iterator[Callback]:
    """What is told when the caller and somebody else talk from ``now`` on."""
    if isinstance(inner, Joining):
        yield from _of_conference(inner, now, ends, scene)
    elif isinstance(inner, Whisper):
        yield from of_hanging_up(inner.leg, inner.since, ends, scene)
        if records(inner.verb):
            about = (("AccountSid", scene.account_sid), ("CallSid", scene.call_sid))
            span = (now, ends, round(ends - now))
            sid = scene.recording_sid(round(ends - now))
            yield from of_recording(inner.verb, sid, about, "DialVerb", span, scene)


def of_joining(inner: Joining, scene: Scene) -> Iterator[Callback]:
    """What is told when the caller joins a conference that nobody else is in yet."""
    yield from _conference_events(inner, 0, [("join", inner.since, scene.call_sid)], scene)


def _of_conference(inner: Joining, starts: float, ends: float, scene: Scene) -> Iterator[Callback]:
    """What is told of a conference once somebody else joins: all of it."""
    noun, other = inner.noun, scene.named_sid("CA", f"{scene.call_sid} {inner.sid}")
    told = [
        ("join", starts, other),
        ("start", starts, ""),
        ("leave", ends, other),
        ("leave", ends, scene.call_sid),
        ("end", ends, ""),
    ]
    joined = "join" in read.CONFERENCE_EVENTS.of(noun.attributes.get("statusCallbackEvent"))
    yield from _conference_events(inner, int(joined), told, scene)
    if read.CONFERENCE_RECORD.of(noun.attributes.get("record")) in ("true", "record-from-start"):
        about = (("AccountSid", scene.account_sid), ("ConferenceSid", inner.sid))
        span = (starts, ends, round(ends - starts))
        sid = scene.recording_sid(round(ends - starts))
        yield from of_recording(noun, sid, about, "Conference", span, scene)


def _conference_events(
    inner: Joining, before: int, told: list[tuple[str, float, str]], scene: Scene
) -> Iterator[Callback]:
    """Those of ``told`` (event, time, CallSid) that are asked for; ``before`` were."""
    to = wanted(inner.noun, "statusCallback", scene)
    if to is None:
        return
    events = read.CONFERENCE_EVENTS.of(inner.noun.attributes.get("statusCallbackEvent"))
    first = scene.terms.conference_events_from + before
    for number, (event, at, who) in enumerate([row for row in told if row[0] in events], first):
        extra = fields.conference_event(
            account_sid=scene.account_sid,
            conference=inner.sid,
            name=inner.noun.text,
            event=CONFERENCE_EVENT_NAMES[event],
            sequence=number,
            at_unix_s=scene.began_s + at,
        )
        yield Callback(at, *to, (*extra, *_participant(who, inner, scene)) if who else extra, ())


def _participant(who: str, inner: Joining, scene: Scene) -> Fields:
    """How ``who`` takes part: the caller as its noun says, the other as is usual."""
    given = inner.noun.attributes if who == scene.call_sid else {}
    flags = {name: value.of(given.get(name)) for name, value in _TAKES_PART.items()}
    return fields.participant(
        who,
        muted=flags["muted"],
        coaching=bool(given.get("coach")),
        ends=flags["endConferenceOnExit"],
        starts=flags["startConferenceOnEnter"],
        label=given.get("participantLabel", ""),
    )


_TAKES_PART: Final = {
    name: attribute("Conference", name).value
    for name in ("muted", "endConferenceOnExit", "startConferenceOnEnter")
}


# --- Sms ----------------------------------------------------------------------------------------


def of_sms(verb: Verb, sid: str, now: float, scene: Scene) -> Iterator[Callback]:
    """What is told of a message that was sent."""
    to = wanted(verb, "statusCallback", scene)
    if to:
        base = {
            "AccountSid": scene.account_sid,
            "ApiVersion": "2010-04-01",
            "From": verb.attributes.get("from") or scene.called.number,
            "To": verb.attributes.get("to") or scene.caller.number,
            **dict(fields.sms_result(sid=sid, status=scene.terms.sms_status)),
        }
        yield Callback(now, to[0], "POST", tuple(sorted(base.items())), ())
