"""A practice that asks how the visit was: a score, yes or no, a key, and an answer recorded.

Its fault: it keeps the answer to the second question and asks it again, for ever.
"""

import re

from flask import Flask, Response, request
from twilio.twiml.voice_response import VoiceResponse

from tests.agents.answering import signed, twiml

HELLO = (
    "Hi, this is Brightside Dental calling with a quick survey about your last visit. "
    "It only takes a minute."
)
RATE = (
    "On a scale from 1 to 5, where 5 is excellent, how would you rate your visit overall? "
    "You can say the number or key it in."
)
EASY = "Was it easy for you to get an appointment? Just say yes or no."
RECOMMEND = (
    "How likely are you to recommend us to friends and family? "
    "Use your keypad to enter a number between 1 and 9, where 1 means not at all likely "
    "and 9 means extremely likely."
)
IMPROVE = (
    "Last one. In your own words, what could we have done better? "
    "Speak after the beep, and hit the pound key when you're done."
)
THANKS = "That's everything. Thanks so much for your feedback, we really appreciate it. Take care!"
SORRY = "Sorry, I didn't catch that."
NUMBERS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5"}


def build(*, faulty: bool = False) -> Flask:
    app = signed(Flask(__name__))
    answers: dict[str, dict[str, str]] = {}

    def kept(question: str, answer: str) -> None:
        answers.setdefault(request.form["CallSid"], {})[question] = answer

    def rate(first: str) -> Response:
        response = VoiceResponse()
        gather = response.gather(
            input="dtmf speech", num_digits=1, action="/rate", speech_timeout="auto", timeout=5
        )
        gather.say(f"{first} {RATE}")
        response.redirect("/rate")
        return twiml(response)

    def easy(first: str) -> Response:
        response = VoiceResponse()
        gather = response.gather(input="speech", action="/easy", hints="yes, no", timeout=5)
        gather.say(f"{first} {EASY}")
        response.redirect("/easy")
        return twiml(response)

    def recommend(first: str) -> Response:
        response = VoiceResponse()
        gather = response.gather(num_digits=1, action="/recommend", timeout=8)
        gather.say(f"{first} {RECOMMEND}")
        response.redirect("/recommend")
        return twiml(response)

    @app.post("/voice")
    def voice() -> Response:
        return rate(HELLO)

    @app.post("/rate")
    def rated() -> Response:
        said = request.form.get("SpeechResult", "").lower()
        named = [NUMBERS[word] for word in re.findall(r"[a-z]+", said) if word in NUMBERS]
        found = re.findall(r"\b[1-5]\b", request.form.get("Digits", "") or said) or named
        if not found:
            return rate(SORRY)
        kept("rate", found[0])
        return easy("Great, thank you.")

    @app.post("/easy")
    def was_easy() -> Response:
        said = request.form.get("SpeechResult", "").lower()
        found = re.search(r"\b(yes|yeah|yep|sure|no|nope)\b", said)
        if not found:
            return easy(SORRY)
        kept("easy", found[1])
        return easy("Thank you.") if faulty else recommend("Got it.")

    @app.post("/recommend")
    def recommended() -> Response:
        key = request.form.get("Digits", "")
        if not key or key not in "123456789":
            return recommend("Sorry, that wasn't a number from 1 to 9.")
        kept("recommend", key)
        response = VoiceResponse()
        response.say(IMPROVE)
        response.record(action="/done", max_length=60, finish_on_key="#", play_beep=True)
        response.redirect("/done")
        return twiml(response)

    @app.post("/done")
    def done() -> Response:
        kept("improve", request.form.get("RecordingUrl", ""))
        response = VoiceResponse()
        response.say(THANKS)
        response.hangup()
        return twiml(response)

    return app
