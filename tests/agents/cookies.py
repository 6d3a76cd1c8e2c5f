"""A practice that books by GET: its action URLs are absolute, and all it knows is in a cookie.

Its fault: the cookie is for one path, so the next page knows nothing of the call.
"""

import re

from flask import Flask, Response, request, session, url_for
from twilio.twiml.voice_response import VoiceResponse

from tests.agents.answering import signed, twiml

HELLO = "Good morning, Fenwick Physiotherapy, you're through to our booking line."
QUESTIONS = {
    "name": "Can I take your name, please?",
    "day": "Lovely. Which day would you like to come in?",
    "time": "And what time would suit you best?",
    "phone": "Could I get a contact number for you as well?",
    "right": "So that's {name}, on {day} at {time}. Have I got that right?",
}
UNHEARD = "I'm so sorry, I missed that."
WHICH = "Oh, my mistake. Which day was it, then?"
BOOKED = (
    "Perfect, you're booked in for {day} at {time}. We'll see you then. Thanks for ringing, bye!"
)
DAYS = re.compile(r"\b(?:mon|tues|wednes|thurs|fri)day\b", re.IGNORECASE)
TIME = re.compile(r"\b(\d{1,2})(?::00)?\s*(a\.?m|p\.?m|o'clock)?", re.IGNORECASE)
NAME = re.compile(r".*\b(?:name is|name's|i'm|i am|it's|this is)\s+", re.IGNORECASE)


def found_in(step: str, said: str) -> str:
    """What is made of an answer; "" if nothing."""
    if step == "name":
        return NAME.sub("", said)
    if step == "day":
        day = DAYS.search(said)
        return day[0].capitalize() if day else ""
    if step == "time":
        time = TIME.search(said)
        return f"{time[1]} {(time[2] or '').replace('.', '')}".strip() if time else ""
    digits = "".join(re.findall(r"\d", said))
    return digits if len(digits) >= 7 else ""


def build(*, faulty: bool = False) -> Flask:
    app = signed(Flask(__name__))
    app.secret_key = "not a secret"
    if faulty:
        app.config["SESSION_COOKIE_PATH"] = "/voice"

    def ask(step: str, first: str = "") -> Response:
        session["step"] = step
        words = QUESTIONS[step].format(**session)
        response = VoiceResponse()
        gather = response.gather(
            input="speech", method="GET", action=url_for("answer", _external=True), timeout=4
        )
        gather.say(f"{first} {words}".strip())
        response.redirect(url_for("answer", _external=True), method="GET")
        return twiml(response)

    @app.get("/voice")
    def voice() -> Response:
        session.clear()
        return ask("name", HELLO)

    @app.get("/answer")
    def answer() -> Response:
        step, said = session.get("step", "name"), request.args.get("SpeechResult", "").strip(" .")
        if step == "right":
            return agreed(said)
        if not (found := found_in(step, said)):
            return ask(step, UNHEARD)
        session[step] = found
        missing = [name for name in QUESTIONS if name not in session]
        return ask(missing[0])

    def agreed(said: str) -> Response:
        if re.match(r"(?:\w+,? )?(?:yes|yeah|yep|correct|that's right)\b", said, re.IGNORECASE):
            response = VoiceResponse()
            response.say(BOOKED.format(**session))
            response.hangup()
            return twiml(response)
        if not said:
            return ask("right", UNHEARD)
        for step in ("day", "time"):
            if found := found_in(step, said):
                session[step] = found
                return ask("right", "Of course.")
        if NAME.search(said):
            session["name"] = NAME.sub("", said)
            return ask("right", "Of course.")
        session.pop("day")
        return ask("day", WHICH)

    return app
