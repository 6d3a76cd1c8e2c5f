"""English: what the agent speaks unless it is told otherwise."""

from voicesim.reference.languages import errands
from voicesim.reference.languages.base import Language, Texts
from voicesim.reference.states import State
from voicesim.reference.understanding.day import MONTHS, WEEKDAYS

_YES_OR_NO = "Please say yes or no."
_TEXTS = Texts(
    greeting=(
        "Hello, and thank you for calling. I can book an appointment for you, or move one you have."
    ),
    not_understood="Sorry, I did not understand that.",
    gladly="Gladly.",
    not_heard_well="Sorry, I did not hear that well.",
    silence="I did not hear anything.",
    welcome_back="Thank you. Let us book a new appointment.",
    to_move="Certainly, I can move your appointment.",
    not_found="I am sorry, I could not find an appointment for you.",
    gives_up="I am sorry, I could not help you this time. We will call you back. Goodbye.",
    nobody_there="I did not hear anything, so I will hang up now. Please call again. Goodbye.",
    declined="All right, I have not booked anything. Thank you for calling. Goodbye.",
    over="Thank you for calling. Goodbye.",
    trouble="I am sorry, something went wrong on our side. Please call again later. Goodbye.",
    thanks="Thank you.",
    thanks_name="Thank you, {name}.",
    all_right="All right.",
    found="{name}, I found your appointment on {day}, at {time}.",
    read_back=(
        "{lead} {name}, with the number {phone}, {link} {day}, at {time}. "
        f"Is that correct? {_YES_OR_NO}{{keys}}"
    ),
    lead="Let me read that back.",
    lead_again="Once more.",
    on="on",
    moved_to="moved to",
    keys=" You may also press 1 for yes or 2 for no.",
    confirmed="Thank you, {name}. Your appointment is confirmed for {day}, at {time}. Goodbye.",
    moved="Thank you, {name}. Your appointment has been moved to {day}, at {time}. Goodbye.",
    plus="plus",
)
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
        f"Would you like to book a new appointment instead? {_YES_OR_NO}",
        f"Shall I book a new appointment for you? {_YES_OR_NO} You may also press 1 or 2.",
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
ENGLISH = Language(
    code="en",
    tag="en-US",
    texts=_TEXTS,
    asks=_ASKS,
    asks_to_move=_ASKS_TO_MOVE,
    errands=errands.ENGLISH,
    weekdays=WEEKDAYS,
    months=MONTHS,
    day="{weekday}, {month} {nth}",
    nth={1: "1st", 2: "2nd", 3: "3rd", 21: "21st", 22: "22nd", 23: "23rd", 31: "31st"},
    nth_else="{n}th",
    time="{hour12}{minutes} {half}",
    time_one="{hour12}{minutes} {half}",
    minutes=":{minute}",
    halves=("AM", "PM", "PM"),
)
