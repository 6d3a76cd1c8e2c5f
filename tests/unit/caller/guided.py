"""Survey and menu callers at single prompts."""

from datetime import date

from voicesim.base.draws import Draws
from voicesim.call.talk import Listening, Prompt, Reply
from voicesim.caller.making import make_caller
from voicesim.caller.menu import MenuCaller
from voicesim.caller.models import Persona, Scenario
from voicesim.caller.survey import SurveyCaller

LANGUAGES = {"en": "en-US", "es": "es-MX", "fr": "fr-FR", "de": "de-DE"}
KEYS = Listening(speech=False, dtmf=True, timeout_s=5.0, num_digits=1)
WORDS = Listening(speech=True, dtmf=False, timeout_s=5.0)
BOTH = Listening(speech=True, dtmf=True, timeout_s=5.0, num_digits=1)
VOICEMAIL = Listening(speech=False, dtmf=False, timeout_s=5.0, recording=True)


def ringing(
    persona: Persona, scenario: Scenario, index: int = 3, code: str = "en"
) -> SurveyCaller | MenuCaller:
    """A caller that speaks the language of that ``code``."""
    known = persona.model_copy(update={"languages": (code,)})
    made = make_caller(known, scenario, Draws(1, index), date(2026, 3, 4))[0]
    assert isinstance(made, SurveyCaller | MenuCaller)
    return made


def hears(
    caller: SurveyCaller | MenuCaller, text: str, listening: Listening | None = None
) -> Reply:
    language = LANGUAGES[caller._persona.languages[0]]
    if listening is not None:
        listening = listening._replace(language=language)
    return caller.hear(Prompt(text, 3.0, language, listening=listening))


def words(reply: Reply) -> str:
    return reply.speech.meant if reply.speech else ""
