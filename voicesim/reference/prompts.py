"""What the agent says, in plain English. What must be asked again is asked in other words."""

from datetime import date

from voicesim.reference.states import Call, State
from voicesim.reference.understanding.day import MONTHS, WEEKDAYS

GREETING = (
    "Hello, and thank you for calling. I can book an appointment for you, or move one you have."
)
NOT_UNDERSTOOD = "Sorry, I did not understand that."
GLADLY = "Gladly."
NOT_HEARD_WELL = "Sorry, I did not hear that well."
SILENCE = "I did not hear anything."
WELCOME_BACK = "Thank you. Let us book a new appointment."
TO_MOVE = "Certainly, I can move your appointment."
NOT_FOUND = "I am sorry, I could not find an appointment for you."
YES_OR_NO = "Please say yes or no."
GIVES_UP = "I am sorry, I could not help you this time. We will call you back. Goodbye."
NOBODY_THERE = "I did not hear anything, so I will hang up now. Please call again. Goodbye."
DECLINED = "All right, I have not booked anything. Thank you for calling. Goodbye."
OVER = "Thank you for calling. Goodbye."
TROUBLE = "I am sorry, something went wrong on our side. Please call again later. Goodbye."

_ASKS: dict[State, tuple[str, ...]] = {
    State.GOAL: (
        "How can I help you?",
        "You can say: book an appointment, or: move my appointment. How can I help you?",
    ),
    State.NAME: (
        "What is your name, please?",
        "Please tell me your name, first name and last name.",
        "I need your name for the appointment. You may also spell it, letter by letter.",
    ),
    State.PHONE: (
        "What is your phone number?",
        "Please tell me your phone number, digit by digit, or use the keypad.",
        "I need a phone number to reach you. Say it slowly, or type it and press pound.",
    ),
    State.DAY: (
        "What day would you like to come?",
        "Please tell me what day you would like. For example, Tuesday, or March 3rd.",
        "What day suits you? You can say a weekday, tomorrow, or a date.",
    ),
    State.TIME: (
        "What time would you like to come?",
        "Please tell me what time you would like. For example, 10:30 AM, or 3 PM.",
        "What time suits you? You can say, for example, half past two.",
    ),
    State.CHANGE: (
        "What should I change: the name, the phone number, the day or the time?",
        "Please tell me what was wrong: the name, the phone number, the day or the time?",
    ),
    State.OFFER: (
        f"Would you like to book a new appointment instead? {YES_OR_NO}",
        f"Shall I book a new appointment for you? {YES_OR_NO} You may also press 1 or 2.",
    ),
}
_ASKS_TO_MOVE: dict[State, tuple[str, ...]] = {
    State.NAME: (
        "To find your appointment: what is your name, please?",
        "Please tell me your name, as it was given for the appointment.",
    ),
    State.PHONE: (
        "To find your appointment: what is your phone number?",
        "Please tell me the phone number you gave for the appointment, digit by digit.",
    ),
    State.DAY: (
        "What day would you like instead?",
        "Please tell me what day you would like now. For example, Tuesday, or March 3rd.",
    ),
    State.TIME: (
        "What time would you like instead?",
        "Please tell me what time you would like now. For example, 10:30 AM, or 3 PM.",
    ),
}


def ask(call: Call, attempt: int = 0) -> str:
    """Give the question of the call's state, each attempt in other words."""
    if call.state is State.CONFIRM:
        return read_back(call, attempt)
    wordings = _ASKS_TO_MOVE.get(call.state) if call.moves else None
    wordings = wordings or _ASKS[call.state]
    return wordings[attempt % len(wordings)]


def read_back(call: Call, attempt: int = 0) -> str:
    """Say all that was understood and ask for yes or no."""
    wish = call.wish()
    link = "moved to" if call.moves else "on"
    lead = "Let me read that back." if attempt % 2 == 0 else "Once more."
    keys = "" if attempt == 0 else " You may also press 1 for yes or 2 for no."
    return (
        f"{lead} {wish.name}, with the number {spoken_phone(wish.phone)}, "
        f"{link} {spoken_day(wish.day)}, at {spoken_time(wish.time)}. "
        f"Is that correct? {YES_OR_NO}{keys}"
    )


def confirmation(call: Call) -> str:
    """Say what is booked now, and goodbye."""
    wish = call.wish()
    done = "has been moved to" if call.moves else "is confirmed for"
    return (
        f"Thank you, {wish.name}. Your appointment {done} {spoken_day(wish.day)}, "
        f"at {spoken_time(wish.time)}. Goodbye."
    )


def found(name: str, day: date, time: str) -> str:
    """Say which appointment was found."""
    return f"{name}, I found your appointment on {spoken_day(day)}, at {spoken_time(time)}."


def spoken_day(day: date) -> str:
    """Give "Tuesday, March 3rd"."""
    suffix = "th" if 11 <= day.day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return f"{WEEKDAYS[day.weekday()]}, {MONTHS[day.month - 1]} {day.day}{suffix}"


def spoken_time(time: str) -> str:
    """Give "3 PM" for 15:00 and "10:30 AM" for 10:30."""
    hour, minute = int(time[:2]), time[3:]
    figures = f"{(hour - 1) % 12 + 1}" + (f":{minute}" if minute != "00" else "")
    return f"{figures} {'AM' if hour < 12 else 'PM'}"


def spoken_phone(phone: str) -> str:
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
    return f"plus {spoken}" if phone.startswith("+") else spoken
