"""The languages the agent speaks: what it says in each, and what it makes of what is said."""

from voicesim.reference.languages.base import Language, in_english, was_said
from voicesim.reference.languages.de import GERMAN
from voicesim.reference.languages.en import ENGLISH
from voicesim.reference.languages.es import SPANISH
from voicesim.reference.languages.fr import FRENCH

__all__ = ["ENGLISH", "LANGUAGES", "Language", "in_english", "language_of", "was_said"]

LANGUAGES: dict[str, Language] = {
    language.code: language for language in (ENGLISH, SPANISH, FRENCH, GERMAN)
}


def language_of(code: str) -> Language:
    """The language with that code ("fr", "fr-CA"); English where there is none."""
    return LANGUAGES.get(code[:2].lower(), ENGLISH)
