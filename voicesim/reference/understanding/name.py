"""Names: after "my name is", bare when asked for, or spelled letter by letter."""

import re

from voicesim.reference.understanding.day import WEEKDAYS
from voicesim.reference.understanding.numbers import CARDINALS, ORDINALS
from voicesim.reference.understanding.text import Span
from voicesim.reference.understanding.words import (
    LAST_NAMES_TOO,
    PARTICLES,
    SENTENCE_WORDS,
    TITLES,
)

_MAX_BARE_WORDS = 4
_MAX_WORDS = 6
_MAX_WORD_CHARS = 30
_MAX_OTHER_WORDS = 2

_WORD = re.compile(r"\w")
_NEXT_WORD = re.compile(r"\s*([^\W\d_]+(?:['-][^\W\d_]+)*\.?)")
_SENTENCE = frozenset(SENTENCE_WORDS.split()) | CARDINALS.keys() | ORDINALS.keys()
_SENTENCE |= {day.lower() for day in WEEKDAYS}

_SAYS_NAME = re.compile(
    r"\b(?:(?:my|the|full|last|first)\s+)?name(?:'s|\s+is|\s+was|:)\s+|\bcall(?:ed)?\s+me\s+"
    r"|\bthis\s+is\s+|\b(?:you(?:'re|\s+are)\s+)?speaking\s+(?:with|to)\s+"
    r"|\b(?:under|for)\s+the\s+name\s+(?:of\s+)?",
    re.IGNORECASE,
)
_MAY_SAY_NAME = re.compile(r"\b(?:i'm|i\s+am|it's|it\s+is)\s+", re.IGNORECASE)
_BEFORE = re.compile(
    r"(?:(?:um+|uh+|er+m?|hmm+|ah|oh|well|so|okay|ok|yes|yeah|yep|sure|hi|hello|hey|no|nope|sorry"
    r"|thanks|thank you|good (?:morning|afternoon|evening)|the name|name)(?![\w'])[\s,.!]*)+",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:[\s,]+(?:please|here|speaking|calling|thanks|thank you))+[\s.!]*$", re.IGNORECASE
)
_SPELLED = re.compile(r"(?<![\w'])[^\W\d_](?:(?:[\s.,'-]+|\s+space\s+)[^\W\d_](?![\w'])){2,}")


def _cased(word: str) -> str:
    """Give "jane" and "JANE" as "Jane"; leave what the recogniser cased ("McDonald") alone."""
    if word.islower() and word in PARTICLES:
        return word
    if word.islower() or (word.isupper() and len(word) > 2):
        return re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word).replace("'S", "'s")
    return word


def _is_sentence_word(word: str, is_first: bool = True) -> bool:
    if not is_first and word.lower() in LAST_NAMES_TOO:
        return False
    if word.lower() in _SENTENCE or _SENTENCE.issuperset(word.lower().split("-")):
        return True
    return is_first and word.islower() and len(word) > 5 and word.endswith("ing")


def _words(text: str) -> list[tuple[str, int]]:
    """Give the words of a name from the start of the text on, each with the index of its end."""
    words: list[tuple[str, int]] = []
    at = 0
    while match := _NEXT_WORD.match(text, at):
        word = match[1]
        ends = word.endswith(".")
        bare = word.rstrip(".")
        is_first = not words
        if _is_sentence_word(bare, is_first) or len(bare) > _MAX_WORD_CHARS:
            break
        titled = bare.lower() in TITLES or len(bare) == 1
        words.append((word if ends and titled else bare, match.end()))
        at = match.end()
        if ends and not titled:
            break
    return words


def _is_name(words: list[str], max_words: int) -> bool:
    counted = [w for w in words if w not in PARTICLES and w.rstrip(".").lower() not in TITLES]
    letters = sum(character.isalpha() for word in counted for character in word)
    return 1 <= len(counted) <= max_words and letters >= 2


def _spelled(text: str) -> Span | None:
    match = _SPELLED.search(text)
    if match is None:
        return None
    said = match[0]
    parts = re.split(r"\s+space\s+", said, flags=re.IGNORECASE)
    if len(parts) == 1 and re.search(r"[^\W\d_][\s-][^\W\d_]", said):
        # "J-A-N-E D-O-E", "J A N E, D O E": what parts the letters less often parts the words.
        parts = re.split(r"[\s,.]+" if "-" in said else r"[,.]\s*", said)
    joined = ["".join(c for c in part if c.isalpha()) for part in parts]
    if max(map(len, joined)) > _MAX_WORD_CHARS or len(joined) > _MAX_WORDS:
        return None
    return Span(" ".join(p.capitalize() for p in joined if p), match.start(), match.end())


def _at(text: str, start: int, max_words: int) -> Span | None:
    """Give the name that begins at ``start``."""
    spelled = _spelled(text[start:])
    if spelled is not None and not text[start : start + spelled.start].strip():
        return Span(spelled.value, start, start + spelled.end)
    words = _words(text[start:])
    if not _is_name([word for word, _ in words], max_words):
        return None
    cased = [_cased(word) for word, _ in words]
    # The recogniser sometimes gives a word twice.
    once = [w for w, before in zip(cased, ["", *cased], strict=False) if w != before]
    return Span(" ".join(once if len(cased) > 2 else cased), start, start + words[-1][1])


def _bare(text: str) -> Span | None:
    """Give the longest part between commas and stops that is nothing but a name.

    The other parts may hold a word or two that no name has ("thank you"), but no sentence.
    """
    names: list[Span] = []
    others = 0
    for part in re.finditer(r"[^,;:&|/#()!?]+", text):
        before = _BEFORE.match(part[0].lstrip())
        lead = len(part[0]) - len(part[0].lstrip()) + (before.end() if before else 0)
        rest = _AFTER.sub("", part[0][lead:]).rstrip(" .")
        found = _at(rest, 0, _MAX_BARE_WORDS)
        if found is not None and not rest[found.end :].strip(" ."):
            names.append(Span(found.value, part.start() + lead, part.end()))
        else:
            words = re.findall(r"[\w'-]+", rest)
            others += sum(len(word) == 1 or _is_sentence_word(word) for word in words)
    if not names or others > _MAX_OTHER_WORDS:
        return None
    return max(names, key=lambda name: name.value.count(" "))


def find_name(text: str, asked: bool = False, bare: bool = False) -> Span | None:
    """Find a name.

    After "my name is" or "this is" it is found in any turn. ``asked`` when the caller was asked for
    it (or to check it), so that "it's Jane" means one; ``bare`` when even "Jane" alone does.
    """
    for introduction in (_SAYS_NAME, _MAY_SAY_NAME) if asked else (_SAYS_NAME,):
        for match in introduction.finditer(text):
            found = _at(text, match.end(), _MAX_WORDS)
            if found is not None:
                return found
    if not bare:
        return None
    spelled = _spelled(text)
    if spelled is not None and not _WORD.search(_BEFORE.sub("", text[: spelled.start])):
        return spelled if not _WORD.search(_AFTER.sub("", text[spelled.end :])) else None
    return _bare(text)


def name_key(name: str | None) -> str:
    """Give what two ways to write one name have in common."""
    return " ".join(re.findall(r"\w+", (name or "").casefold()))
