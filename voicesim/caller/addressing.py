"""By which name an agent speaks to the caller: "Thanks Gladys.", "Gladys, Friday at 11, right?".

Such words may be of anything, so the first must be a first name that callers have.
"""

import re

from voicesim.base.remembering import kept
from voicesim.caller.names import first_names, key
from voicesim.caller.nearness import near
from voicesim.caller.words import DAYS, DIGIT_WORDS, MONTHS, fold, sentences

_BESIDE_NAMES = (
    "phone telephone number your you the a an and on at for is it that this appointment "
    "goodbye please thank thanks dr okay ok great perfect right alright sure yes good fine so "
    "now well sorry correct wonderful excellent gladly again mr mrs ms miss doctor sir madam "
    "we i our from everyone have see talk take enjoy happy merry dental clinic health medical "
    "care center centre hospital salon spa office team dentistry orthodontics surgery "
    "practice family smile smiles vet veterinary physio therapy wellness studio barber hair "
    "group cleaning whitening checkup check exam consultation visit canal filling treatment "
    "massage haircut session booking teeth annual follow new patient routine general physical "
    "repair service stay safe weekend thanksgiving christmas easter holidays year"
)
NOT_NAMES = frozenset((*map(fold, (*DAYS, *MONTHS, *DIGIT_WORDS)), *_BESIDE_NAMES.split()))
"""Words that are no part of a name."""
_WORD = r"[A-ZÀ-ÖØ-Þ][\w'’\-]+"
_NAME = rf"({_WORD}(?: {_WORD}){{0,2}})"
_WORD_HOUR = r"(?:o'clock|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_DAY = rf"(?:{'|'.join(DAYS)})"
_LEAD = (
    r"(?:[Ss]o|[Oo]kay|[Oo]k|OK|[Gg]reat|[Pp]erfect|[Aa]l ?right|[Rr]ight|[Aa]nd|[Ww]onderful|"
    r"[Gg]ood ?bye|[Bb]ye|[Hh]i|[Hh]ello|[Ll]ovely|[Dd]one|[Aa]ll (?:set|done)|"
    r"[Ee]xcellent|[Gg]ot it|[Tt]ake care|[Ss]ounds good|[Ss]uper|[Gg]reat news)"
)
_BOOKED = (
    r"\b(?:[Bb]ook(?:ed|ing)|[Aa]ppointment|[Rr]eserv(?:ed|ation)|[Ss]cheduled|[Cc]onfirmed|"
    r"[Dd]own|[Ss]et(?: up)?|[Ss]lot)"
)
_THANKED = re.compile(
    rf"(?:^|[,;:] )(?:[Tt]hank you|[Tt]hanks)(?: (?:so|very) much| again)?,? {_NAME}(?=[.,!;:?]|$)"
)
"""Nobody thanks a thing."""
_WHEN = rf"(?=[.,:;?!]|$| (?:on|at|for|this|el|{_DAY})\b)"
_SPOKEN_TO = (
    _THANKED,
    re.compile(rf"(?:^|[,;:] ){_LEAD},? {_NAME}(?=[.,!;:?]|$)"),
    re.compile(rf"(?:^|: )(?:{_LEAD},? )?{_NAME}, (?:for )?(?:{_DAY}|\d)"),
    re.compile(rf"(?:^|: )(?:{_LEAD},? )?{_NAME} (?:on|for) (?:{_DAY}|\d)(?=[^.!?]*\?$)"),
    re.compile(rf"^(?:{_LEAD},? )?{_NAME}, (?:you|your|that|I|we)\b"),
    re.compile(
        rf"(?:\b(?:[AaPp][Mm]|o'clock|noon|then|set|booked|confirmed|soon|day|done|\d|{_DAY})),? "
        rf"{_NAME}[.!?]$"
    ),
    re.compile(rf"\b(?:set|booked|confirmed|done|calling), {_NAME}(?=[,:])"),
    re.compile(rf"^(?:Thank you|Thanks) for [^.?!]{{1,40}}, {_NAME}[.!]$"),
    re.compile(rf"\b{_DAY} {_WORD_HOUR}, {_NAME}[.!?]$"),
    re.compile(rf"(?:\b[Uu]nder|^For) {_NAME}{_WHEN}"),
    re.compile(rf"{_BOOKED}\b[^.?!]{{0,40}}?\bfor {_NAME}{_WHEN}"),
    re.compile(
        rf"^(?:{_LEAD},? )?{_NAME} is (?:now |all )?(?:booked|scheduled|confirmed|set)\b"
        r"(?! (?:for|with) you\b)"
    ),
)
_OTHERS = re.compile(
    r"\b(?:our|your|the) (?:\w+ )?(?:hygienist|dentist|doctor|stylist|therapist|specialist|nurse|"
    r"assistant|colleague|barber|trainer|vet|office|clinic|branch|location|team|receptionist|"
    r"reception|desk|manager|owner|technician|mechanic|advisor|agent|instructor)\b"
    r"|\b(?:this is|my name|with|at our|located|street|road|avenue)\b",
    re.IGNORECASE,
)
"""Speaks of somebody who works there, or of where it is."""
_PLACES = (
    "Alexandria Asia Augusta Aurora Austin Brooklyn Cambridge Camden Carolina Carson Charlotte "
    "Chelsea Chester Cheyenne China Dallas Denver Devon Douglas Eden Eugene Florence Georgia "
    "Houston India Ireland Israel Jackson Jordan Kent Kenya Lancaster Lincoln London Lourdes "
    "Madison Marietta Mercedes Montana Odessa Orlando Paris Phoenix Salem Savannah Sierra Sydney "
    "Trinidad Troy Tyler Vienna Victoria Virginia Warren Washington"
)
_NO_CALLERS = frozenset(
    key(word)
    for word in f"{_PLACES} German Else Nada Will Hope Art Summer Autumn Star Doc Maam Bye "
    "Hello Welcome Noted Ihnen Ebenfalls Gleichfalls".split()
)
"""First names that are as often of something else."""


_SHORT_OF = {"bob": "robert", "bill": "william", "jim": "james", "jack": "john", "ted": "edward"}
_SHORT_OF |= {"dick": "richard", "peggy": "margaret", "hank": "henry", "nacho": "ignacio"}
_SHORT_OF |= {"pepe": "jose", "paco": "francisco", "chuy": "jesus", "kike": "enrique"}


def addressed(text: str, *names: str) -> list[str]:
    """The names by which ``text`` (plain) speaks to the caller, but for its own ``names``.

    A part of its own is none, nor what sounds like it.
    """
    own = [word for name in names for word in re.split(r"[\s-]", name) if word]
    return [
        name
        for name in _spoken_to(text)
        if not near("name", name, *names, *own) and not _shortens(key(name.split()[0]), own)
    ]


def _shortens(short: str, own: list[str]) -> bool:
    """Whether ``short`` may be said for a name of its ``own``: "Mike", "Liz", "Bob"."""
    longer = [key(word) for word in own if len(word) > len(short)]
    alike = any(short in name or short[:2] == name[:2] for name in longer)
    return alike or _SHORT_OF.get(short, "") in map(key, own)


@kept(256)
def _spoken_to(text: str) -> tuple[str, ...]:
    said = [sentence for sentence in sentences(text) if not _OTHERS.search(sentence)]
    found = (
        name
        for pattern in _SPOKEN_TO
        for sentence in said
        for name in pattern.findall(sentence)
        if _is_name(name, known=pattern is not _THANKED)
    )
    return tuple(dict.fromkeys(found))


def _is_name(name: str, *, known: bool) -> bool:
    """Whether ``name`` may be one; with a ``known`` first name, where anything may be said."""
    words = [key(word) for word in name.split()]
    if not NOT_NAMES.isdisjoint(words) or not _NO_CALLERS.isdisjoint(words):
        return False
    return words[0] in first_names() or not known
