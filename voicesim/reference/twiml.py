"""Answers as TwiML, made with Twilio's SDK."""

from twilio.twiml.voice_response import VoiceResponse  # type: ignore[import-untyped]

from voicesim.reference.answers import Answer
from voicesim.reference.languages import ENGLISH, Language

GATHER_URL = "/twilio/gather"
NO_INPUT_URL = "/twilio/noinput"
DIALLED_URL = "/twilio/dialled"
TIMEOUT_S = 6
RINGS_S = 20


def render(answer: Answer, language: Language = ENGLISH) -> str:
    """Say it and listen; on silence go to the no-input route. Or say it and hang up.

    In another language than English the routes are told which.
    """
    response = VoiceResponse()
    query = "" if language is ENGLISH else f"?language={language.code}"
    if answer.dials:
        response.say(answer.text, language=language.tag)
        response.dial(answer.dials, action=f"{DIALLED_URL}{query}", method="POST", timeout=RINGS_S)
        return str(response)
    if answer.hangs_up:
        response.say(answer.text, language=language.tag)
        response.hangup()
        return str(response)
    gather = response.gather(
        input="speech dtmf",
        action=f"{GATHER_URL}{query}",
        method="POST",
        timeout=TIMEOUT_S,
        speech_timeout="auto",
        language=language.tag,
        num_digits=1 if answer.one_key else None,
    )
    gather.say(answer.text, language=language.tag)
    response.redirect(f"{NO_INPUT_URL}{query}", method="POST")
    return str(response)
