"""The languages that callers speak beside English: what is heard in them, and what is said.

A caller thinks in English terms: a day is "Tuesday", a time "3 pm", and the tables of asking,
confirming and checking are English. A prompt in another language is put into those terms phrase by
phrase (``in_english``), and what the caller says is taken from that language's own sentences.
"""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from voicesim.base.remembering import remembered
from voicesim.call.talk import Prompt
from voicesim.caller.languages.base import ENGLISH_MARKS, Language, word_key
from voicesim.caller.languages.de import GERMAN
from voicesim.caller.languages.es import SPANISH
from voicesim.caller.languages.fr import FRENCH
from voicesim.caller.words import without_dots

OTHERS: dict[str, Language] = {language.code: language for language in (SPANISH, FRENCH, GERMAN)}
ENGLISH = "en"
_TAIL = 4000
"""Only the end of a longer prompt is read: what is asked stands there."""
_WORD = re.compile(r"([^\W\d_]+)")
_JOINTS = frozenset((" ", "'", "’", "-"))
_MARKS = {
    code: frozenset(word_key(marks).split())
    for code, marks in [
        *((language.code, language.marks) for language in OTHERS.values()),
        (ENGLISH, ENGLISH_MARKS),
    ]
}
_MARK = "x"
_MARKED = re.compile(rf"\b([ap]m){_MARK}\b", re.IGNORECASE)
_LEAST_MARKS = 2
"""So many words of a language more than of the one that is expected, and it is that language."""


def code_of(tag: str) -> str:
    """The language of a tag: "fr" for "fr-CA"."""
    return tag.partition("-")[0].casefold()


def in_english(text: str, code: str) -> str:
    """``text`` in English terms; what no table knows stays as it is."""
    return _translated(text, code) if code in OTHERS else text


@remembered(1024)
def _translated(text: str, code: str) -> str:
    language = OTHERS[code]
    text = unicodedata.normalize("NFC", text[-_TAIL:]).replace("\u00a0", " ").replace("\u202f", " ")
    text = re.sub(r" +(?=[?!:;])", "", text)
    text = without_dots(text, _MARK)  # "a" and "am" are words of these languages
    for pattern, meant in language.before:
        text = pattern.sub(meant, text)
    text = "".join(_phrase_by_phrase(_WORD.split(text), language))
    for pattern, meant in language.after:
        text = pattern.sub(meant, text)
    return _MARKED.sub(lambda half: half[1].casefold(), text)


def _phrase_by_phrase(pieces: list[str], language: Language) -> list[str]:
    """``pieces`` (words at odd places) with the longest phrases that are known put in English."""
    said: list[str] = [pieces[0]]
    at, begins = 1, True
    while at < len(pieces):
        begins = begins or any(mark in said[-1] for mark in ".?!")
        meant, used = _longest(pieces, at, language)
        said.append(meant[:1].upper() + meant[1:] if begins else meant)
        at += 2 * used
        said.append(pieces[at - 1])
        begins = False
    return said


def _longest(pieces: list[str], at: int, language: Language) -> tuple[str, int]:
    """What the longest known phrase from ``at`` on means, and how many words it has."""
    key, found = word_key(pieces[at]), (pieces[at], 1)
    for used in range(1, language.longest + 1):
        if key in language.terms:
            found = (language.terms[key], used)
        after = at + 2 * used
        if after >= len(pieces) or pieces[after - 1] not in _JOINTS:
            break
        key = f"{key} {word_key(pieces[after])}"
    return found


@remembered(1024)
def language_of(text: str, expected: str, known: str) -> str:
    """Which of the ``known`` languages (codes, a space between) ``text`` is in.

    The ``expected`` one, unless it has clearly fewer of that language's small words than of
    another's: agents forget to say in which language they speak.
    """
    words = Counter(word_key(word) for word in _WORD.findall(text[-_TAIL:]))
    codes = known.split()
    marks = {code: sum(words[mark] for mark in _MARKS[code]) for code in codes}
    most = max(codes, key=lambda code: marks[code])
    if expected not in marks:
        return most if marks[most] else codes[0]
    return most if marks[most] >= marks[expected] + _LEAST_MARKS else expected


def answered_in(prompt: Prompt, known: tuple[str, ...], before: str) -> str:
    """In which of the languages that a caller knows it takes ``prompt``, and answers it.

    ``before`` is the one of the prompt before, or "". English is what an agent has that names none.
    """
    if len(known) == 1:
        return known[0]
    expected = code_of(prompt.language)
    if expected == ENGLISH and prompt.listening is not None:
        expected = code_of(prompt.listening.language)
    if expected == ENGLISH:
        expected = before or ENGLISH
    return language_of(prompt.text, expected, " ".join(known))


def said_in(code: str, field: str, value: str) -> str:
    """A fact as it is said in a language: "mardi" for "Tuesday"."""
    return _said(code, field, value) if code in OTHERS else value


@lru_cache(maxsize=1024)
def _said(code: str, field: str, value: str) -> str:
    return OTHERS[code].said(field, value)
