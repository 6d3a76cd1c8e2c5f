"""What callers say and hear who want no new appointment, in each language.

They ring for something else, answer a survey or follow a phone menu. That people speak so is an
assumption.
"""

from voicesim.caller.languages.talks.base import Talk
from voicesim.caller.languages.talks.de import GERMAN
from voicesim.caller.languages.talks.en import ENGLISH
from voicesim.caller.languages.talks.es import SPANISH
from voicesim.caller.languages.talks.fr import FRENCH

TALKS: dict[str, Talk] = {"en": ENGLISH, "es": SPANISH, "fr": FRENCH, "de": GERMAN}
