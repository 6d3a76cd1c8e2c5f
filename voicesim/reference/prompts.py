"""What the agent says, in the call's language. What must be asked again is asked in other words."""

from datetime import date

from voicesim.reference.languages import ENGLISH, Language, language_of
from voicesim.reference.languages.base import Texts
from voicesim.reference.languages.errands import Errands
from voicesim.reference.states import Call, State


def texts(call: Call) -> Texts:
    """Give the sentences in the call's language."""
    return language_of(call.language).texts


def errands(call: Call) -> Errands:
    """Give the sentences beside booking and moving, in the call's language."""
    return language_of(call.language).errands


def ask(call: Call, attempt: int = 0) -> str:
    """Give the question of the call's state, each attempt in other words."""
    if call.state is State.CONFIRM:
        return read_back(call, attempt)
    language = language_of(call.language)
    finds = call.moves or call.state is not call.asked
    wordings = language.asks_to_move.get(call.asked) if finds else None
    wordings = wordings or language.errand_asks.get(call.state) or language.asks[call.state]
    return wordings[attempt % len(wordings)]


def read_back(call: Call, attempt: int = 0) -> str:
    """Say all that was understood and ask for yes or no."""
    wish, language = call.wish(), language_of(call.language)
    said = language.texts
    return said.read_back.format(
        lead=said.lead if attempt % 2 == 0 else said.lead_again,
        name=wish.name,
        phone=spoken_phone(wish.phone, language),
        link=said.moved_to if call.moves else said.on,
        day=spoken_day(wish.day, language),
        time=spoken_time(wish.time, language),
        keys="" if attempt == 0 else said.keys,
    )


def confirmation(call: Call) -> str:
    """Say what is booked now, and goodbye."""
    wish, language = call.wish(), language_of(call.language)
    said = language.texts.moved if call.moves else language.texts.confirmed
    day, time = spoken_day(wish.day, language), spoken_time(wish.time, language)
    return said.format(name=wish.name, day=day, time=time)


def found(call: Call, name: str, day: date, time: str) -> str:
    """Say which appointment was found."""
    language = language_of(call.language)
    return language.texts.found.format(
        name=name, day=spoken_day(day, language), time=spoken_time(time, language)
    )


def found_again(call: Call) -> str:
    """Say once more which appointment was found."""
    wish = call.wish()
    return found(call, wish.name, wish.day, wish.time)


def cancellation(call: Call) -> str:
    """Say what is cancelled now, and goodbye."""
    wish, language = call.wish(), language_of(call.language)
    return language.errands.cancelled.format(
        name=wish.name,
        day=spoken_day(wish.day, language),
        time=spoken_time(wish.time, language),
    )


def spoken_day(day: date, language: Language = ENGLISH) -> str:
    """Give "Tuesday, March 3rd"."""
    return language.day.format(
        weekday=language.weekdays[day.weekday()],
        month=language.months[day.month - 1],
        nth=language.nth.get(day.day, language.nth_else.format(n=day.day)),
    )


def spoken_time(time: str, language: Language = ENGLISH) -> str:
    """Give "3 PM" for 15:00 and "10:30 AM" for 10:30."""
    hour, minute = int(time[:2]), time[3:]
    hour12 = (hour - 1) % 12 + 1
    wording = language.time_one if hour12 == 1 else language.time
    return wording.format(
        hour=hour,
        hour12=hour12,
        minutes=language.minutes.format(minute=minute) if minute != "00" else "",
        half=language.halves[(hour >= 12) + (hour >= 20)],
    )


def spoken_phone(phone: str, language: Language = ENGLISH) -> str:
    """Give the digits one by one, in groups: "5 5 5, 0 1 0, 4 4 7 7"."""
    digits = phone.removeprefix("+")
    groups: list[str] = []
    if len(digits) == 11 and digits[0] == "1":  # North America with its country code
        groups, digits = ["1"], digits[1:]
    while len(digits) > 4:
        groups.append(digits[:3])
        digits = digits[3:]
    groups.append(digits)
    spoken = ", ".join(" ".join(group) for group in groups)
    return f"{language.texts.plus} {spoken}" if phone.startswith("+") else spoken
