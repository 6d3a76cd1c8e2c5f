"""What an agent wants, read from its prompt by the tables of asking: the last question wins."""

import re
from dataclasses import dataclass

from voicesim.base.remembering import remembered
from voicesim.caller import asking
from voicesim.caller.asking import Want
from voicesim.caller.confirming import NOTHING, Said, what_is_said
from voicesim.caller.languages import in_english
from voicesim.caller.words import find_days, find_times, plain, sentences

FACTS = (Want.NAME, Want.PHONE, Want.DAY, Want.TIME)
_TAIL = 4000
"""Only the end of a longer prompt is read: what is asked stands there."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What was made of a prompt.

    ``wants`` is empty when nothing was asked that could be understood. ``options`` are the keys of
    a menu with their labels. ``again`` is True when the agent says that it did not understand.
    ``said`` is what it says of the goal; of a question about it, nothing. ``english`` is the whole
    prompt in English terms, as the tables know them.
    """

    wants: tuple[Want, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    said: Said = NOTHING
    english: str = ""
    goodbye: bool = False
    again: bool = False
    unavailable: bool = False

    @property
    def confirmed(self) -> bool:
        """Whether the goal is said to be reached."""
        return self.said.confirmed


@remembered(1024)
def understand(text: str, code: str = "en") -> Understood:
    """What ``text``, in the language with that code, asks for and says."""
    english = in_english(text, code)
    text = plain(english[-_TAIL:])
    all_sentences = sentences(text)
    wants = _wanted(all_sentences)
    options = _options(text)
    if not wants and options:
        affirms = any(asking.AFFIRMS.search(label) for _, label in options)
        wants = (Want.CONFIRM if affirms else Want.MENU,)
    asked = bool(wants) and wants[0] in (Want.CONFIRM, Want.CHANGE, Want.YES_NO)
    return Understood(
        wants=wants,
        options=options,
        said=NOTHING if asked else what_is_said(all_sentences),
        goodbye=asking.GOODBYE.search(text) is not None,
        again=any(asking.AGAIN.search(s) for s in all_sentences),
        unavailable=any(asking.UNAVAILABLE.search(s) for s in all_sentences),
        english=english,
    )


def _wanted(said: list[str]) -> tuple[Want, ...]:
    """What the last question asks for."""
    answerable = False
    for at in range(len(said) - 1, -1, -1):
        question = said[at].endswith("?")
        sentence = asking.EXAMPLE.sub("?" if question else "", said[at])
        if not asking.ASKS.search(sentence):
            continue
        if asking.YES_OR_NO.search(sentence) and not question:
            answerable = True
            continue
        wants = _wants_of(sentence, said[: at + 1])
        if answerable and wants and wants[0] not in (Want.CONFIRM, Want.YES_NO):
            return (Want.CONFIRM,)
        if wants:
            return wants
    return (Want.CONFIRM,) if answerable else ()


def _wants_of(sentence: str, before: list[str]) -> tuple[Want, ...]:
    sentence = asking.STRIP.sub(" ", sentence)
    if asking.MORE.search(sentence):
        return () if asking.HAS_PRESS.search(sentence) else (Want.MORE,)
    if asking.CHANGE.search(sentence) or asking.WRONG.search(sentence):
        return (Want.CHANGE,)
    choice = _choice(sentence, before)
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


def _choice(sentence: str, before: list[str]) -> tuple[Want, ...]:
    """Days or times to choose from, in the question or before it."""
    if not sentence.endswith("?"):
        return ()
    among = " ".join(before) if asking.CHOICE.search(sentence) else sentence
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
    if find_days(sentence) or find_times(sentence):
        return not re.search(r"\b(?:what|which|when)\b(?! about)", sentence, re.IGNORECASE)
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
    return asking.KEY_OF.get(word.casefold(), word)
