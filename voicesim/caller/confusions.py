"""What a recogniser takes a word for: words that sound alike on the telephone, as tables.

A word's substitute comes from the first table that has it: for the callers of an accent group, half
of the time, the sounds that the group is known to change (Wells 1982, Accents of English, in
letters); the words that sound alike; digits and hours of which the same is true; one letter that
stands for a like sound. Which substitutes there are is documented here; how often one is heard
instead of another is an assumption.
"""

from functools import lru_cache
from random import Random

from voicesim.caller.languages import OTHERS
from voicesim.caller.models import Accent

_PAIRS = (
    "one=on two=to three=free four=for five=nine six=sick seven=eleven eight=ate nine=five "
    "zero=hero oh=o double=trouble triple=ripple ten=then monday=sunday tuesday=thursday "
    "wednesday=wendy thursday=tuesday "
    "friday=fry yes=yet no=now name=game is=as my=by book=look like=light an=and "
    "appointment=ointment phone=foam number=lumber pm=am am=pm at=add on=in to=two the=a "
    "a=the i'd=i i=eye move=mood please=peace reschedule=schedule thank=tank you=ewe "
    "check=cheque"
)
_WORDS = dict(pair.split("=") for pair in _PAIRS.split())
_NUMBERS = dict(
    pair.split("=")
    for pair in [
        "5=9",
        "9=5",
        "1=7",
        "7=1",
        "2=3",
        "3=2",
        "4=8",
        "8=4",
        "6=8",
        "0=4",
        "10=2",
        "11=7",
    ]
)
_LETTERS = dict(zip("mnbpdtsfvgkcrlwz", "nmpbtdfsbkgklrvs", strict=True))
_ACCENTS: dict[Accent, tuple[tuple[str, str], ...]] = {
    Accent.AMERICAN: (),
    Accent.BRITISH: (("er", "a"), ("or", "aw"), ("ar", "ah"), ("ou", "o")),
    Accent.INDIAN: (("th", "d"), ("w", "v"), ("v", "w"), ("z", "j")),
    Accent.GERMAN: (("th", "s"), ("w", "v"), ("j", "ch"), ("d", "t")),
    Accent.MEXICAN: (("th", "d"), ("v", "b"), ("z", "s"), ("sh", "ch"), ("j", "y")),
    Accent.FRENCH: (("th", "z"), ("h", ""), ("ch", "sh"), ("j", "zh")),
}

_ALIKE = {
    code: {word.casefold(): other.casefold() for word, other in language.alike.items()}
    for code, language in OTHERS.items()
}


def substitute(word: str, accent: Accent, rng: Random, code: str = "en") -> str:
    """Another word that ``word`` may be taken for; its case and punctuation stay."""
    bare = word.rstrip(".,?!")
    core = bare.casefold()
    if code in OTHERS:  # nobody has an accent in its own language
        swapped = _ALIKE[code].get(core) or _NUMBERS.get(core)
    else:
        swapped = _of_accent(core, accent, rng) or _WORDS.get(core) or _NUMBERS.get(core)
    if not swapped:
        swapped = _one_sound(core, rng)
    return (swapped.capitalize() if word[:1].isupper() else swapped) + word[len(bare) :]


def _of_accent(core: str, accent: Accent, rng: Random) -> str:
    """``core`` as someone of that group may say it, half of the time; "" if it says it alike."""
    for sound, other in _ACCENTS[accent]:
        if sound in core and core != sound:
            return core.replace(sound, other, 1) if rng.random() < 0.5 else ""
    return ""


def _one_sound(core: str, rng: Random) -> str:
    table, places = _places(core)
    if not places:
        return core + "s"
    at = rng.choice(places)
    return core[:at] + table[core[at]] + core[at + 1 :]


@lru_cache(maxsize=128)
def _places(core: str) -> tuple[dict[str, str], tuple[int, ...]]:
    """Where a sound of ``core`` may be taken for another, and by which table."""
    for table in (_NUMBERS, _LETTERS):
        places = tuple(at for at, letter in enumerate(core) if letter in table)
        if places:
            return table, places
    return _LETTERS, ()
