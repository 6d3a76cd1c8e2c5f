"""What an agent wants, read from its prompt by the tables of asking: the last question wins."""

import re
from functools import reduce
from operator import or_
from typing import NamedTuple
from unicodedata import decimal

from voicesim.base.remembering import kept
from voicesim.caller import asking
from voicesim.caller.asking import Want
from voicesim.caller.confirming import NOTHING, Said, what_is_said
from voicesim.caller.languages import in_english
from voicesim.caller.remarks import asks_on_purpose
from voicesim.caller.sieve import Sieved
from voicesim.caller.words import find_days, find_numbers, find_times, plain, sentences

FACTS = (Want.NAME, Want.PHONE, Want.DAY, Want.TIME)
_OPEN = Sieved(r"\b(?:what|which|when)\b(?! about)", re.IGNORECASE)
_TAIL = 4000
_LEAST_DIGITS = 7
"""So many make a number to ring."""
"""Only the end of a longer prompt is read: what is asked stands there."""


class Understood(NamedTuple):
    """What was made of a prompt.

    ``wants`` is empty when nothing was asked that could be understood. ``options`` are the keys of
    a menu with their labels. ``again`` is True when the agent says that it did not understand.
    ``on_purpose``: it asks again by design, to verify what it knows or for more of it. ``said`` is
    what it says of the goal; of a question about it, nothing. ``english`` is the whole prompt in
    English terms, as the tables know them.
    """

    wants: tuple[Want, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    said: Said = NOTHING
    english: str = ""
    goodbye: bool = False
    again: bool = False
    unavailable: bool = False
    on_purpose: bool = False

    @property
    def confirmed(self) -> bool:
        """Whether the goal is said to be reached."""
        return self.said.confirmed


def understand(text: str, code: str = "en") -> Understood:
    """What ``text``, in the language with that code, asks for and says."""
    return _understood(in_english(text, code))


@kept(1024)
def _understood(english: str) -> Understood:
    text = plain(english[-_TAIL:])
    all_sentences = sentences(text)
    wants = _wanted(all_sentences)
    manners = reduce(or_, map(_manners, all_sentences), 0)
    options = _options(text) if manners & _KEYS else ()
    if not wants and options:
        affirms = any(asking.AFFIRMS.search(label) for _, label in options)
        wants = (Want.CONFIRM if affirms else Want.MENU,)
    asked = bool(wants) and wants[0] in (Want.CONFIRM, Want.CHANGE, Want.YES_NO)
    return Understood(
        wants=wants,
        options=options,
        said=NOTHING if asked else what_is_said(all_sentences),
        english=english,
        goodbye=manners & _GOODBYE != 0,
        again=manners & _AGAIN != 0,
        unavailable=manners & _UNAVAILABLE != 0,
        on_purpose=manners & _ON_PURPOSE != 0,
    )


_GOODBYE, _AGAIN, _UNAVAILABLE, _ON_PURPOSE, _KEYS = (1 << at for at in range(5))


@kept(256)
def _manners(said: str) -> int:
    """What a sentence says beside asking: the five above."""
    manners = _GOODBYE if asking.GOODBYE.search(said) else 0
    manners |= _AGAIN if asking.AGAIN.search(said) else 0
    manners |= _UNAVAILABLE if asking.UNAVAILABLE.search(said) else 0
    manners |= _ON_PURPOSE if asks_on_purpose(said) else 0
    return manners | (_KEYS if asking.HAS_PRESS.may(said) else 0)


class _Asked(NamedTuple):
    """A sentence as a question, ``text``, which is "" where it asks for nothing.

    ``chooses`` is whether it leaves a choice of what was said before; ``yes_or_no`` whether it only
    says how to answer.
    """

    text: str = ""
    chooses: bool = False
    yes_or_no: bool = False


@kept(256)
def _asked(said: str) -> _Asked:
    if not asking.ASKS.may(said):
        return _Asked()
    question = said.endswith("?")
    sentence = asking.EXAMPLE.sub("?" if question else "", said)
    if not asking.ASKS.search(sentence):
        return _Asked()
    if (asking.BARE_YES_OR_NO if question else asking.YES_OR_NO).search(sentence):
        return _Asked(yes_or_no=True)
    sentence = asking.STRIP.sub(" ", sentence)
    chooses = sentence.endswith("?") and asking.CHOICE.search(sentence) is not None
    return _Asked(sentence, chooses)


def _wanted(said: list[str]) -> tuple[Want, ...]:
    """What the last question asks for."""
    answerable = False
    for at in range(len(said) - 1, -1, -1):
        asked, chooses, yes_or_no = _asked(said[at])
        answerable = answerable or yes_or_no
        if not asked:
            continue
        wants = _wants_of(asked, " ".join(said[: at + 1])) if chooses else _wants_alone(asked)
        if answerable and wants and wants[0] not in (Want.CONFIRM, Want.YES_NO):
            return (Want.CONFIRM,)
        if wants:
            return wants
    return (Want.CONFIRM,) if answerable else ()


@kept(256)
def _wants_alone(sentence: str) -> tuple[Want, ...]:
    return _wants_of(sentence, sentence)


def _wants_of(sentence: str, among: str) -> tuple[Want, ...]:
    """What a question asks for; ``among`` is what it may leave a choice of."""
    if asking.MORE.search(sentence):
        return () if asking.HAS_PRESS.search(sentence) else (Want.MORE,)
    if asking.CHANGE.search(sentence) or asking.WRONG.search(sentence):
        return (Want.CHANGE,)
    choice = _choice(sentence, among)
    if choice:
        return choice
    if asking.CONFIRM.search(sentence) or _offers(sentence):
        return (Want.CONFIRM,)
    wants = [want for want, pattern in asking.WANTS.items() if pattern.search(sentence)]
    wants = _untangle(wants, sentence)
    if wants:
        return tuple(wants)
    if asking.HELP.search(sentence):
        return (Want.HELP,)
    if sentence.endswith("?") and asking.AUXILIARY.search(sentence):
        return (Want.YES_NO,)
    return ()


def _choice(sentence: str, among: str) -> tuple[Want, ...]:
    """Days or times to choose from, in the question or ``among`` what was said up to it."""
    if not sentence.endswith("?"):
        return ()
    if among == sentence and " or " not in sentence:
        return ()
    wants = []
    if len(find_days(among)) > 1:
        wants.append(Want.DAY)
    if len(find_times(among)) > 1:
        wants.append(Want.TIME)
    return tuple(wants)


def _offers(sentence: str) -> bool:
    """Whether a yes-or-no question states a value: "Is Tuesday at 3 pm okay?"."""
    if not sentence.endswith("?"):
        return False
    if any(len(digits) >= _LEAST_DIGITS for digits in find_numbers(sentence)):
        return not _OPEN.search(sentence)
    if find_times(sentence) or (find_days(sentence) and not asking.ANY_TIME.search(sentence)):
        return not _OPEN.search(sentence)
    begins = asking.AUXILIARY.search(sentence) is not None
    return begins and asking.STATES_PARTY.search(sentence) is not None


def _untangle(wants: list[Want], sentence: str) -> list[Want]:
    """Settle what patterns overlap on."""
    if asking.WHEN_ON.search(sentence):
        return [Want.TIME]
    if asking.WHEN.search(sentence) and not {Want.OLD, Want.OTHER} & set(wants):
        wants += [want for want in (Want.DAY, Want.TIME) if want not in wants]
    for alone in (Want.SPELL, Want.OLD):
        if alone in wants:
            return [alone]
    if Want.OTHER in wants:
        bare = asking.OTHER.sub(" ", sentence)
        return [w for w in wants if w in FACTS and asking.WANTS[w].search(bare)] or [Want.OTHER]
    if asking.HELP.search(sentence):
        if Want.REASON in wants and "visit" in sentence:
            return [Want.REASON]
        if Want.REASON in wants or (not {Want.DAY, Want.TIME} & set(wants) and len(wants) > 1):
            return [Want.HELP]
    if Want.NAME in wants:
        return [want for want in wants if want is not Want.REASON]
    return wants


def _options(text: str) -> tuple[tuple[str, str], ...]:
    """The keys of a menu, each with its label."""
    whole = text = asking.OTHERWISE.sub("for otherwise ", asking.FINISH.sub(" ", text))
    if not asking.HAS_PRESS.search(text):
        return ()
    found: dict[str, str] = {}
    ways = [(asking.OPTION_AFTER, 2, 1), (asking.OPTION_BEFORE, 1, 2)]
    if asking.KEY_FIRST.search(text):
        ways.reverse()
    for pattern, key, label in ways:
        for match in pattern.finditer(text):
            if any(c.isalpha() for c in match.group(label)):
                found.setdefault(_key(match.group(key)), match.group(label).strip().casefold())
        text = pattern.sub(". ", text)
    if not found and asking.ANY_KEY.search(whole):
        found["1"] = "continue"
    return tuple(found.items())


def _key(word: str) -> str:
    key = asking.KEY_OF.get(word.casefold(), word)
    return "".join(str(decimal(c, c)) for c in key)  # no telephone has a key "２"
