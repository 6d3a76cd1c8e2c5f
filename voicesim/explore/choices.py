"""The words that a prompt offers: "say billing or support", "sales, support or billing?", hints."""

import re
from collections.abc import Iterable, Iterator

from voicesim.call.talk import Listening
from voicesim.caller.asking import KEY_OF
from voicesim.caller.understanding import Understood

MOST = 10
"""So many are tried of one prompt."""
MOST_DIGITS = 2
"""Of a key of a menu."""
_SENTENCE = re.compile(r"[^.?!;\n]+[.?!;\n]?")
_SAY = re.compile(
    r"(?:(?<!you )\bsay|\b(?:answer|reply|respond) with|\b(?:choose|pick|select) (?:from|between)"
    r"|\b(?:choose|pick|select|say) (?=one of)|\b(?:options|choices) are)"
    r"(?: (?:either|simply|just|the words?|words?|one of(?: the following)?"
    r"|(?:some)?things? (?:like|such as)))*"
    r"[:,]? (?P<list>.+)$",
    re.IGNORECASE,
)
"""Behind it stands what is to be said, to the end of the sentence."""
_ASK = re.compile(
    r"^.*?(?:[:,] |\b(?:like|want|prefer|need|calling|is it|is this|choose|between)"
    r"(?: (?:for|about|with|to (?:speak|talk) (?:to|with)|to (?:hear|know)(?: about)?))* )"
    r"(?P<list>.* or .+)\?$",
    re.IGNORECASE,
)
"""A question with its answers in it: "Would you like sales or support?"."""
_APART = re.compile(r",? (?:or|and)(?: say)? |, ?(?:or |and )?|: ", re.IGNORECASE)
_LEAD = re.compile(r"^.*\bsay(?:ing)? |^(?:or|either|please|just) ", re.IGNORECASE)
_WHY = re.compile(
    r" (?:for|to|if|when|at any|after|now|followed|in order|instead|please|and)\b.*$", re.IGNORECASE
)
"""Behind a word: what it is for."""
_QUOTES = " .?!:;,-'\"\u2018\u2019\u201c\u201d()"
_NO_WORD = re.compile(
    r"^(?:your|my|our|his|her|their|its|the|an?|it|that|this|these|those|them|you|us|me|what|which|"
    r"who|where|why|how|in|something|anything|everything|again|more|one of|for|to|if|press|dial|"
    r"push|hit|enter|key|wait|hold|stay|hang|from|with|or|and|any|is|are|correct)\b|^\W*$",
    re.IGNORECASE,
)
"""How begins what is described rather than quoted: "say your name", "press 1"."""
_NUMERAL = re.compile(
    r"^(?:\d+|zero|one|two|three|four|five|six|seven|eight|nine|star|pound|hash)$", re.IGNORECASE
)
_LONG = 300
"""Characters of a sentence that are read: what is offered stands at its end."""
_WORDS = 4
"""Of a choice, at most."""
_BARE = 6
"""Words of a question that is nothing but choices, at most: "English or Spanish?"."""


_PRESS = r"\b(?:press|dial|push|enter) "
_NAMES = r"\d\d?(?!\d)|star|pound|hash|zero|one|two|three|four|five|six|seven|eight|nine"
_KEYED = re.compile(
    rf"{_PRESS}(?P<key>{_NAMES})(?: key)?,? or (?:just |simply )?say (?P<after>[^.,;?!\n]{{1,60}})"
    rf"|\bsay (?P<before>[^.,;?!\n]{{1,60}}?),? or {_PRESS}(?P<too>{_NAMES})",
    re.IGNORECASE,
)
"""A key and the word that may be said in its place."""
_SCALE = re.compile(
    r"\b(?:scale|rate (?:us|our|your|the|this|it|how)|score)\b"
    r"[^.?!\n]{0,60}?\b(?:from|of|between)? ?"
    r"(?P<least>[0-9]|zero|one) (?:to|through|and) (?P<most>[1-9]|five|nine)\b",
    re.IGNORECASE,
)
"""Keys that are marks: "rate us from 1 to 5"."""
_DASHED = re.compile(
    rf"(?:^|[.;,:!?\n]\s?)\s?(?P<after>[^.,;:?!\n-]{{1,60}}?)(?: ?[-\u2013\u2014]|:) ?"
    rf"{_PRESS}(?P<key>{_NAMES})\b",
    re.IGNORECASE,
)
"""What a key is for and the key: "sales - press 1; support - press 2"."""
_BRIEF = re.compile(
    r"(?:^|[.?!:;\n]\s?)\s?[01] for (?!\d)[^.,;?!\n]{1,40}(?:[,;]? (?:and |or )?\d for (?!\d)"
    r"[^.,;?!\n]{1,40}){1,9}",
    re.IGNORECASE,
)
_BRIEF_ONE = re.compile(r"\b(?P<key>\d) for (?P<after>.+?)(?=[,;]|,? (?:and |or )?\d for |$)")
"""Keys before what they are for, nothing else: "1 for sales, 2 for support"."""
_SEVERAL = re.compile(
    rf"{_PRESS}(?P<keys>\d(?:, ?\d){{0,9}},? or \d)"
    r"(?!\d| (?:digits?|numbers?|letters?|more|times)\b)(?: for (?P<after>[^.,;?!\n]{1,60}))?",
    re.IGNORECASE,
)
"""Several keys at once: "press 1, 2 or 3 for a room"."""
_SPANISH = re.compile(
    r"\bpara (?P<after>[^.,;?!\n]{1,60}?),? (?:oprima|presione|pulse|marque)"
    r"(?: (?:el|la))?(?: (?:n[úu]mero|tecla))? (?P<key>\d\d?(?!\d)|\w+)",
    re.IGNORECASE,
)
_SPANISH_KEYS = ("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve")


def keyed(text: str) -> dict[str, str]:
    """Keys with their labels: "press 1 or say sales", "para español oprima dos"."""
    found: dict[str, str] = {}
    for match in _KEYED.finditer(text):
        key = (match.group("key") or match.group("too")).casefold()
        label = match.group("after") or match.group("before")
        found.setdefault(KEY_OF.get(key, key), _WHY.sub("", label).strip(_QUOTES).casefold())
    for key, label in _briefly(text):
        found.setdefault(key, _WHY.sub("", label).strip(_QUOTES).casefold())
    for match in _SPANISH.finditer(text):
        key = match.group("key").casefold()
        key = str(_SPANISH_KEYS.index(key)) if key in _SPANISH_KEYS else key
        if key.isdecimal() and len(key) <= MOST_DIGITS:
            found.setdefault(key, match.group("after").casefold())
    for match in _SCALE.finditer(text):
        least, most = (KEY_OF.get(n.casefold(), n) for n in match.group("least", "most"))
        found = {str(key): "a mark" for key in range(int(least), int(most) + 1)} | found
    return found


def _briefly(text: str) -> Iterator[tuple[str, str]]:
    """Keys with their labels of menus that leave out words; "" where none is told."""
    for match in _DASHED.finditer(text):
        key = match.group("key").casefold()
        yield KEY_OF.get(key, key), match.group("after")
    for menu in _BRIEF.finditer(text):
        for one in _BRIEF_ONE.finditer(menu.group()):
            yield one.group("key"), one.group("after")
    for match in _SEVERAL.finditer(text):
        for key in re.findall(r"\d", match.group("keys")):
            yield key, match.group("after") or ""


def pressed(understood: Understood, text: str) -> dict[str, str]:
    """All keys that ``text`` offers, with their labels."""
    options = {key: label for key, label in understood.options if not is_span(label, text)}
    return keyed(text) | options


def too_long(options: Iterable[str], listening: Listening) -> list[str]:
    """The keys of more digits than the Gather takes: it goes on at the first of them."""
    most = listening.num_digits
    return [key for key in options if most and len(key) > most]


def is_span(label: str, text: str) -> bool:
    """Whether what looks like the label of a key ends a span: "open from 9 to 5 pm"."""
    first = label.split(" ")[0]
    return _NUMERAL.match(first) is not None and f" to {label}" in text.casefold()


def told(text: str) -> list[str]:
    """The words that ``text`` tells a caller to say: surely offered."""
    found: list[str] = []
    for sentence in _sentences(text):
        match = _SAY.search(sentence)
        if match and not _NO_WORD.search(match.group("list")):
            found += _listed(match.group("list"), _NO_WORD)
    return _once(word for word in found if not _NUMERAL.match(word))


def asked(text: str) -> list[str]:
    """What the last sentence with a question lets a caller choose from, as it seems."""
    questions = [one for one in _sentences(text) if one.endswith("?")]
    last = questions[-1] if questions else ""
    match = _ASK.search(last)
    if match:
        return _once(_listed(match.group("list")))
    bare = " or " in last and len(last.split()) <= _BARE
    return _once(_listed(last)) if bare else []


def hinted(hints: Iterable[str]) -> list[str]:
    """What the agent tells the recogniser to expect; not its classes ($DAY)."""
    return _once(hint for hint in hints if "$" not in hint and len(hint.split()) <= _WORDS)


def _sentences(text: str) -> Iterator[str]:
    return (one.strip()[-_LONG:] for one in _SENTENCE.findall(text))


def _listed(text: str, but: re.Pattern[str] | None = None) -> Iterator[str]:
    for part in _APART.split(text):
        word = _WHY.sub("", _LEAD.sub("", part.strip(_QUOTES))).strip(_QUOTES)
        if word and len(word.split()) <= _WORDS and not (but and but.search(word)):
            yield word


def _once(words: Iterable[str]) -> list[str]:
    """Each once, in whatever case; not more than are tried."""
    first: dict[str, str] = {}
    for word in words:
        if len(first) < MOST:
            first.setdefault(word.casefold(), word)
    return list(first.values())
