"""All that one answer of the caller says."""

from dataclasses import dataclass
from datetime import date

from voicesim.reference.understanding import intent
from voicesim.reference.understanding.clock import find_sure_time, find_time
from voicesim.reference.understanding.day import find_day
from voicesim.reference.understanding.name import find_name
from voicesim.reference.understanding.phone import MIN_DIGITS, find_phone
from voicesim.reference.understanding.text import clean, without


@dataclass(frozen=True, slots=True)
class Heard:
    """What was understood; None or False what was not said."""

    name: str | None = None
    phone: str | None = None
    day: date | None = None
    time: str | None = None
    answer: bool | None = None
    repeat: bool = False
    book: bool = False
    move: bool = False
    errand: intent.Errand | None = None
    bye: bool = False
    mentions: frozenset[str] = frozenset()

    @property
    def gist(self) -> str:
        """What was understood, as text: two answers that mean the same have the same."""
        fields = (self.name, self.phone, self.day, self.time)
        said = (*fields, self.answer, self.move, self.book, self.errand)
        return "|".join(map(str, said)) if any(s not in (None, False) for s in said) else ""

    @property
    def has_field(self) -> bool:
        """Whether anything to book with was said."""
        return bool(self.name or self.phone or self.day or self.time)


_CHECKING = frozenset({"confirm", "change", "offer", "cancel"})


def hear(said: str, asked: str, today: date) -> Heard:
    """Understand an answer.

    ``asked`` is what the caller was asked for: goal (how can I help?), name, phone, day, time;
    confirm (is this correct?), change (what is wrong?) or offer (shall I book a new one?). What was
    asked for is understood in its shortest form; everything else needs words that mark it.
    """
    text = clean(said)
    move = intent.wants_move(text)
    cut = intent.moved_to(text) if move else 0
    # A date or a time said in full comes out first, for their digits are no phone number's; what is
    # a time only by its place comes last.
    day = find_day(text[cut:], today, asked in {"day", "change", "confirm", "cancel"})
    rest = text[:cut] + without(text[cut:], day)
    time = find_sure_time(rest[cut:])
    rest = rest[:cut] + without(rest[cut:], time)
    phone = find_phone(rest)
    rest = without(rest, phone)
    if time is None and cut <= len(rest):
        time = find_time(rest[cut:], asked == "time")
        rest = rest[:cut] + without(rest[cut:], time)
    return Heard(
        name=_name(rest, asked, move),
        phone=phone.value if phone else None,
        day=day.value if day else None,
        time=time.value if time else None,
        answer=intent.yes_no(text),
        repeat=intent.wants_repeat(text),
        book=intent.wants_booking(text) and not move,
        move=move,
        errand=intent.errand(text),
        bye=intent.says_goodbye(text),
        mentions=intent.mentions(text),
    )


def _name(text: str, asked: str, move: bool) -> str | None:
    bare = asked in {"name", "goal"} and not move
    weak = bare or (asked in _CHECKING and intent.yes_no(text) is not True)
    found = find_name(text, asked=weak, bare=bare)
    return found.value if found else None


def hear_keys(digits: str, asked: str) -> Heard:
    """Understand keys pressed: a phone number whenever long enough, 1 for yes and 2 for no."""
    keys = "".join(key for key in digits if key in "0123456789")
    if len(keys) >= MIN_DIGITS:
        return Heard(phone=keys[:15]) if len(keys) <= 15 else Heard()
    if asked in _CHECKING - {"change"} and keys in {"1", "2"}:
        return Heard(answer=keys == "1")
    return Heard()
