"""What voicesim's own codes mean: findings that Twilio has no code for, and notes about a run."""

from typing import Final

from voicesim.base.findings import Level
from voicesim.twilio.explained import Explained

_E, _W, _N = Level.ERROR, Level.WARNING, Level.NOTICE
_ROWS: Final = (
    (
        "cross-talk",
        _E,
        "A caller heard another caller's data",
        "The agent said a name or number that belongs to another call of this run.",
        "The call goes on. Both calls are named.",
        "What the agent keeps between webhooks: it must be kept by CallSid.",
    ),
    (
        "wrong-desk",
        _E,
        "Put through to the wrong desk",
        "The caller chose one desk of a phone menu by its name, and the agent named another one.",
        "The call goes on, if the agent listens; the caller hangs up.",
        "Which key or word leads where.",
    ),
    (
        "readback-wrong",
        _E,
        "Read back what was not reported",
        "The agent confirmed something else than the recogniser had reported to it.",
        "The call goes on.",
        "How the agent stores and repeats what it was told.",
    ),
    (
        "asked-again",
        _E,
        "Asked again for what was told clearly",
        "The agent asked once more for a fact it had been told clearly. A WARNING, and an ERROR"
        " when the caller hung up over it.",
        "It goes on until the caller loses patience.",
        "What the agent keeps from one webhook to the next.",
    ),
    (
        "forgot-the-call",
        _E,
        "Forgot what was said in this call",
        "The agent asked once more for two facts or more.",
        "The call goes on.",
        "Where the agent keeps its calls: a restart, or a second process without them.",
    ),
    (
        "loops",
        _E,
        "Said the very same again and again",
        "The caller answered clearly, and heard the same question in the same words. A WARNING"
        " where voicesim may not have known the right answer.",
        "The caller hung up.",
        "Whether the action URL leads on; a Gather without action asks itself.",
    ),
    (
        "correction-ignored",
        _E,
        "A correction was not taken",
        "The caller wanted another day, and the first one is still read back.",
        "The call goes on.",
        "How the agent takes a no at the read-back.",
    ),
    (
        "not-asked",
        _E,
        "Settled what nobody said",
        "The agent confirmed a day or time that it had not asked for, or a booking without one."
        " A WARNING when it only read it back.",
        "The call goes on.",
        "Defaults that the agent fills in by itself.",
    ),
    (
        "name-not-asked",
        _N,
        "Booked a caller without asking its name",
        "The agent confirmed a booking for the right day and time, and had never asked who calls.",
        "The goal counts as reached: the agent may know its callers by their numbers.",
        "What is stored: a target profile says whether the name is right.",
    ),
    (
        "no-read-back",
        _N,
        "The caller could not change its mind",
        "The scenario has callers change their mind once the day is read back to them. The agent"
        " booked and never asked whether the day is right, so this one did not.",
        "The call counts like any other booking: of a change of mind it says nothing.",
        "Whether the agent should ask before it books.",
    ),
    (
        "not-understood",
        _N,
        "The caller did not know what to answer",
        "The caller's tables of questions know nothing like it. The call counts as unclear, neither"
        " for the agent nor against it.",
        "The caller asked back, and hung up when its patience was spent.",
        "The words quoted: a more usual question is understood.",
    ),
    (
        "date-not-compared",
        _N,
        "A booking was confirmed by its date alone",
        "The agent confirmed a date, such as March 3rd or tomorrow, and never named the weekday."
        " A caller thinks in weekdays and cannot tell whether it is the day that it asked for.",
        "The call ends as unclear: neither good nor failed.",
        "Name the weekday in the read-back or in the confirmation, as in Tuesday, March 3rd.",
    ),
    (
        "handed-over",
        _N,
        "The caller was given to somebody else",
        "The agent said that it transfers the call. Whether somebody helped nobody can tell, so the"
        " call counts as unclear, neither for the agent nor against it.",
        "The call goes on.",
        "Whether these callers should be served by the agent itself.",
    ),
    (
        "hung-up-early",
        _E,
        "Said goodbye before it was done",
        "The agent ended the call without a regret before it had asked for day or time.",
        "The call is over.",
        "The state the agent believes the call to be in.",
    ),
    (
        "never-ends",
        _E,
        "The call was not ended",
        "The caller said goodbye twice and the agent listens on; an ERROR if it says goodbye"
        " itself.",
        "The caller hung up.",
        "A Hangup after the last words.",
    ),
    (
        "placeholder-read",
        _E,
        "Read out a placeholder",
        "The agent said what a program puts where a value is missing: undefined, None, {{name}}.",
        "The call goes on.",
        "The template of the prompt, and whether the value is there at that point.",
    ),
    (
        "option-unhandled",
        _E,
        "An option is offered and not handled",
        "A key that the agent offered is treated as one that it did not offer, or has more digits"
        " than the Gather takes. A WARNING where it leads where silence and all other keys lead.",
        "The call goes on as after a wrong key.",
        "The handler of the action URL: whether it knows the key.",
    ),
    (
        "input-lost",
        _E,
        "A redirect lost what the caller did",
        "The action URL answered with an HTTP redirect, and the agent went on as if nothing had"
        " come: Twilio does not send the fields along.",
        "The call goes on without the input.",
        "Frameworks that add or drop a final slash; put the value into the Location.",
    ),
    (
        "cut-off",
        _E,
        "The caller was cut off without a word",
        "The call ended with nothing heard since the caller's last move. A WARNING after silence, a"
        " key that was not offered, or a message that was recorded.",
        "The call is over.",
        "An empty Response, or a Gather with nothing behind it.",
    ),
    (
        "goes-on-alone",
        _E,
        "The call goes on and nothing is asked",
        "Document follows document, and none of them listens or ends the call. A WARNING where"
        " they wait on purpose (Pause, Play), or in words and came to an end in a slower call.",
        "voicesim hung up after some thirty webhooks.",
        "A Redirect without a URL asks for its own document.",
    ),
    (
        "no-way-out",
        _E,
        "Nothing ends the call",
        "Whatever was tried from there on, the agent never hung up. A WARNING where voicesim may"
        " not have known the right answer.",
        "It lasts until the caller hangs up.",
        "Whether what is kept of the call comes back; a Hangup at the end of the dialogue.",
    ),
    (
        "silence-loops",
        _W,
        "Silence is asked again for ever",
        "A line on which nobody speaks is never let go. An ERROR where a Redirect without a URL"
        " does it.",
        "It lasts until Twilio ends the call after four hours.",
        "Count the silences, and hang up after a few.",
    ),
    (
        "turned-away",
        _W,
        "The call was rejected",
        "The agent answered with Reject.",
        "It never began.",
        "Whether the agent is to take calls now, and from this number.",
    ),
    (
        "country-refused",
        _W,
        "Callers of a country are turned away",
        "A call from that country ended where one from home is asked something.",
        "The call is over.",
        "Whether that is meant.",
    ),
    (
        "varies",
        _N,
        "The same leads to different places",
        "Calls in which the same was done went on differently: wordings that change, or state that"
        " calls share.",
        "As usual.",
        "Whether that is meant; what voicesim takes for one place may be two.",
    ),
    (
        "stalled",
        _E,
        "The agent stood still",
        "Nothing was answered for 1.5 seconds and more while many waited; an ERROR from 5 seconds"
        " on.",
        "Calls in progress heard silence.",
        "Locks, garbage collection, a blocking call in an event loop.",
    ),
    (
        "leaks-trace",
        _E,
        "An answer shows a stack trace",
        "The agent sent its own insides to whoever calls.",
        "As with any answer of its kind.",
        "The framework's debug mode.",
    ),
    (
        "cookie-not-sent",
        _W,
        "A cookie does not come back",
        "The call has cookies, and none of them is for the URL that comes next. An ERROR where"
        " voicesim explore saw the dialogue go on differently with them.",
        "The call goes on without them.",
        "The cookies' Path, Domain and Secure.",
    ),
    (
        "cookie-not-kept",
        _W,
        "A cookie is not kept",
        "An answer set one that is too long, one too many (50 in a call), one for another site's"
        " domain, with a control character or no name=value. Twilio tells of none of these: where"
        " it keeps such a cookie, it does more than voicesim.",
        "The call goes on without the cookie.",
        "The Set-Cookie headers of the answer.",
    ),
    (
        "too-many-verbs",
        _E,
        "Verb after verb takes no time",
        "A thousand verbs of one call said, played and waited for nothing: Leave outside a queue,"
        " empty Say or Sms. Twilio names no such bound; voicesim has it so that no agent can keep"
        " it busy for nothing.",
        "voicesim ends the call as too_many_turns.",
        "The loop that writes the document. --assume max_idle_verbs=NUMBER sets another bound.",
    ),
    (
        "booked-instead",
        _E,
        "Confirmed a booking that nobody asked for",
        "The caller wanted its appointment cancelled, the opening hours, a person or nothing, said"
        " so clearly, and the agent's closing words confirm a booking.",
        "The call goes on.",
        "How the agent tells one wish from another.",
    ),
    (
        "cancelled-other",
        _E,
        "Cancelled what was not to be cancelled",
        "The agent named another day or time than the caller's with the appointment that it"
        " cancelled, though nothing was misheard; or it cancelled one unasked.",
        "The call goes on.",
        "How the agent finds the appointment: by the number that calls, the name, or the day.",
    ),
    (
        "hours-missing",
        _E,
        "Opening hours without an hour",
        'The agent claims to tell when it is open ("our opening hours are", "we are open"), and'
        " names no day and no hour.",
        "The call goes on.",
        "The values that are filled into the sentence.",
    ),
    (
        "kept-from-person",
        _W,
        "Asked for a person in vain",
        "The caller asked for a person, clearly, time and again, and was asked something else.",
        "The caller hung up.",
        "Whether the agent knows such a wish; it may well say that nobody is there.",
    ),
    (
        "not-put-through",
        _E,
        "Promised a person, and said goodbye",
        "The agent said that it puts the caller through, and ended the call without a Dial or an"
        " Enqueue.",
        "The call was over.",
        "The document behind those words: the Dial that is missing.",
    ),
    (
        "said-to-be-another",
        _E,
        "Said yes to being somebody else",
        "Asked whether it is a cinema of an invented name, the agent said that it is; a WARNING"
        " for a yes that may be to anything.",
        "The call goes on.",
        "Whether the agent says yes to whatever it does not understand.",
    ),
    (
        "not-cancelled",
        _E,
        "Said to be cancelled, and still there",
        "The agent told the caller that its appointment is cancelled; its list of bookings has it"
        " still after the run.",
        "The call was over already.",
        "The list of bookings; a profile may name where a booking says that it is cancelled.",
    ),
    (
        "booked-unasked",
        _E,
        "A booking of a call that asked for none",
        "The caller got what it rang for, which was no booking; the agent's list has one by it.",
        "The call was over already.",
        "What the agent stores on the way to another goal.",
    ),
    (
        "booked-twice",
        _E,
        "Booked twice",
        "One goal was reached, and the list has more than one booking of it that holds.",
        "The call was over already.",
        "What happens when a webhook comes twice, or the caller changes its mind.",
    ),
    (
        "repeated",
        _N,
        "A webhook was sent twice",
        "voicesim sent it once more on purpose, as Twilio may after a failure.",
        "The first answer counts as lost, the second is carried out.",
        "Nothing: it explains what else was found.",
    ),
    (
        "retried",
        _N,
        "A webhook was tried again",
        "The agent failed it, and Twilio's retry policy, or the one in the URL (#rp=...), tries"
        " again: with the same idempotency token.",
        "What the last try brings counts.",
        "Why the first try failed; whether the agent does on both what it should do once.",
    ),
    (
        "override-ignored",
        _W,
        "A connection override that is not taken",
        "The URL's fragment sets a time-out or a number of retries that is out of range.",
        "The default is used.",
        "What stands behind the # of the URL: ct 100-10000, rt and tt 100-15000 (ms), rc 0-5.",
    ),
    (
        "calls-dropped",
        _W,
        "Calls could not be started",
        "voicesim could not start calls that were due.",
        "They never rang; the verdict is inconclusive.",
        "More workers, or fewer calls.",
    ),
    (
        "loop-blocked",
        _W,
        "The generator stood still",
        "voicesim's own loop was blocked: times measured then are not the agent's.",
        "Calls were late for no fault of the agent's.",
        "What else runs on this machine.",
    ),
    (
        "cpu-saturated",
        _W,
        "The generator's core was full",
        "voicesim had no processor time left: times measured then are not the agent's.",
        "Calls were late for no fault of the agent's.",
        "More workers, or fewer calls.",
    ),
    (
        "stored-wrong",
        _E,
        "Stored what was not reported",
        "What the agent stored of the call differs from what was reported to it.",
        "The call was over already.",
        "The agent's record of the call beside the ladder.",
    ),
    (
        "not-stored",
        _E,
        "Nothing stored of a confirmed call",
        "The agent told the caller that all was done, and has no record or booking of it.",
        "The call was over already.",
        "Whether saving failed behind the caller's back.",
    ),
    (
        "lookup-failed",
        _W,
        "The agent's records could not be looked up",
        "The target profile's lookup found no answer, so what was stored is not known.",
        "Nothing: it happens after the call.",
        "The lookup's URL and key in the target profile.",
    ),
    (
        "host-not-allowed",
        _E,
        "Leads to a host that was not named",
        "TwiML or a redirect leads to a host that is neither loopback nor named by you.",
        "voicesim ends the call without asking there. Twilio would ask.",
        "--allow-host NAME if it may be called; --sign-as if it is the agent's public name.",
    ),
    (
        "not-carried",
        _N,
        "voicesim does not carry this out yet",
        "A verb or callback that Twilio knows and voicesim does not play.",
        "A verb ends the call as not_carried; a callback is left out.",
        "docs/twilio.md for what is carried out.",
    ),
    (
        "log-full",
        _N,
        "The log of a call is full",
        "The call brought more webhooks, documents and prompts than are kept of one (4 MiB). Its"
        " ladder lacks the rest; `explore` does not know what came of it.",
        "The call goes on; findings and its end are kept.",
        "Why the agent answers so much: documents of thousands of verbs, a Redirect without end.",
    ),
    (
        "url-fails",
        _W,
        "A URL that cannot be asked",
        "A document has a URL with a space or another character that must be encoded, or with an"
        " underscore in its host: 11100 when it is asked.",
        "Nothing before it is asked.",
        "How the URL is put together: values in it are to be percent-encoded.",
    ),
    (
        "value-unknown",
        _N,
        "A value that Twilio's pages do not know",
        "An attribute has a value that is not documented; Twilio has no code for that.",
        "The value is kept and the call goes on.",
        "The spelling of the value.",
    ),
    (
        "no-sockets",
        _E,
        "This machine ran out of sockets",
        "voicesim could not open a connection: its own trouble, not the agent's.",
        "The webhook was not sent.",
        "The limit of open files (ulimit -n) and of local ports.",
    ),
    (
        "lost-calls",
        _W,
        "Calls were lost with their worker",
        "A worker process ended with calls in progress.",
        "What became of them at the agent is not known; the verdict cannot be a pass.",
        "Why the worker ended: its log, its memory.",
    ),
    (
        "no-gate",
        _W,
        "No gate is about this run",
        "Nothing that was asked for could be judged.",
        "The verdict is inconclusive.",
        "The gates, and whether any call rang.",
    ),
    (
        "worker-failed",
        _W,
        "A worker stopped",
        "A worker process met an error of voicesim's own.",
        "The verdict cannot be a pass.",
        "The worker's log.",
    ),
    (
        "reports-missing",
        _W,
        "A worker's report is missing",
        "Counts of a worker never came.",
        "The verdict cannot be a pass.",
        "The network between master and workers.",
    ),
    (
        "pool-too-small",
        _W,
        "Too many webhooks were in flight",
        "Webhooks had to wait for one another within voicesim.",
        "Calls were late for no fault of the agent's.",
        "More workers, or fewer calls at once.",
    ),
    (
        "not-looked-up",
        _W,
        "More than a tenth of the look-ups failed",
        "The agent did not tell what it stored: it answered with an error, with no JSON, or late.",
        "Nothing is known of what was stored; the verdict cannot be a pass.",
        "The target profile's path and headers, and the agent's log.",
    ),
    (
        "too-many-workers",
        _W,
        "A worker let no call ring",
        "There were 32 workers in the run already, those that are gone included.",
        "Its part of the load is missing; the verdict cannot be a pass.",
        "Why workers end and come again, or fewer of them.",
    ),
    (
        "warm-up-only",
        _W,
        "The run was over within its warm-up",
        "It was stopped before the first call that counts.",
        "Nothing is left to judge; the verdict is inconclusive.",
        "A longer run time.",
    ),
)
SLUGS: Final = {row[0]: Explained(*row) for row in _ROWS}

_PROBES: Final = {
    "correct": "is correct",
    "unsigned": "has no signature",
    "wrong-signature": "has a wrong signature",
    "other-token": "is signed with another account's token",
    "tampered": "was changed after it was signed",
    "blank": "has blank fields and is correctly signed",
    "extra": "has a further field and is correctly signed",
    "action-unsigned": "has no signature, at the action URL",
    "action-blank": "has blank fields and is correctly signed, at the action URL",
}
_ENDINGS: Final = {
    "served": (_E, "served", "Whoever knows the URL can play Twilio."),
    "refused": (_E, "refused", "Calls that Twilio made would fail."),
    "crashed": (_W, "crashed on", "It was refused, but by accident."),
    "unclear": (_W, "left open whether it serves", "It cannot be told whether it is safe."),
}
_MUST_BE_SERVED: Final = {"correct", "blank", "extra", "action-blank"}


def _audits() -> dict[str, Explained]:
    """The findings of the signature audit: each probe with each ending that tells something."""
    found = {}
    for probe, which in _PROBES.items():
        for ending, (level, did, so) in _ENDINGS.items():
            if (ending == "refused") != (probe in _MUST_BE_SERVED) and ending != "unclear":
                continue
            code = f"audit-{probe}-{ending}"
            means = f"The agent {did} a request that {which}. {so}"
            title = f"Signature audit: {did} a request that {which}"
            look = "docs/audit.md, and voicesim audit URL for what to do."
            does = "It was a probe: no caller was on the line."
            found[code] = Explained(code, level, title, means, does, look)
    return found


AUDITS: Final = _audits()
