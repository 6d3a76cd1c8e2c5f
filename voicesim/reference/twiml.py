"""Answers as TwiML, made with Twilio's SDK."""

from twilio.twiml.voice_response import VoiceResponse  # type: ignore[import-untyped]

from voicesim.reference.dialogue import Answer

GATHER_URL = "/twilio/gather"
NO_INPUT_URL = "/twilio/noinput"
TIMEOUT_S = 6
LANGUAGE = "en-US"


def render(answer: Answer) -> str:
    """Say it and listen; on silence go to the no-input route. Or say it and hang up."""
    response = VoiceResponse()
    if answer.hangs_up:
        response.say(answer.text, language=LANGUAGE)
        response.hangup()
        return str(response)
    gather = response.gather(
        input="speech dtmf",
        action=GATHER_URL,
        method="POST",
        timeout=TIMEOUT_S,
        speech_timeout="auto",
        language=LANGUAGE,
        num_digits=1 if answer.one_key else None,
    )
    gather.say(answer.text, language=LANGUAGE)
    response.redirect(NO_INPUT_URL, method="POST")
    return str(response)
