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
    "right": "So that's {name}, on {day} at {time}, on {phone}. Have I got that right?",
}
UNHEARD = "I'm so sorry, I missed that."
MISTAKE = "Oh, my mistake. Let's start over."
BOOKED = (
    "Perfect, you're booked in for {day} at {time}. We'll see you then. Thanks for ringing, bye!"
)
DAYS = re.compile(r"\b(?:mon|tues|wednes|thurs|fri)day\b", re.IGNORECASE)
TIME = re.compile(r"\b(\d{1,2})(?::00)?\s*(a\.?m|p\.?m|o'clock)?", re.IGNORECASE)
NAME = re.compile(r".*?\b(?:name is|name's|i'm|i am|it's|this is)\s+", re.IGNORECASE)
WORDS = {"zero": "0", "oh": "0", "one": "1", "two": "2", "three": "3", "four": "4"}
WORDS |= {"five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9"}


def found_in(step: str, said: str) -> str:
    """What is made of an answer; "" if nothing."""
    if step == "name":
        return re.split(r",| and ", NAME.sub("", said))[0]
    if step == "day":
        day = DAYS.search(said)
        return day[0].capitalize() if day else ""
    if step == "time":
        time = TIME.search(said)
        return f"{time[1]} {(time[2] or '').replace('.', '')}".strip() if time else ""
    return number_in(said.lower())


def number_in(said: str) -> str:
    """The digits of a phone number, some of which may come in words."""
    digits, times = "", 1
    for word in re.findall(r"\d|[a-z]+", said):
        if word in ("double", "triple"):
            times = 2 if word == "double" else 3
            continue
        digits += WORDS.get(word, word if word.isdigit() else "") * times
        times = 1
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
        for step in ("phone", "day", "time"):
            if found := found_in(step, said):
                session[step] = found
                return ask("right", "Of course.")
        if NAME.search(said):
            session["name"] = found_in("name", said)
            return ask("right", "Of course.")
        session.clear()
        return ask("name", MISTAKE)

    return app
