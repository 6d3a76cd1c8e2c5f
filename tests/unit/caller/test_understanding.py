import pytest

from voicesim.caller.asking import Want
from voicesim.caller.understanding import understand

HELP, NAME, SPELL, PHONE, DAY = Want.HELP, Want.NAME, Want.SPELL, Want.PHONE, Want.DAY
TIME, REASON, OLD, CONFIRM, CHANGE = Want.TIME, Want.REASON, Want.OLD, Want.CONFIRM, Want.CHANGE
YES_NO, OTHER, MORE, MENU = Want.YES_NO, Want.OTHER, Want.MORE, Want.MENU

PROMPTS: list[tuple[str, list[Want]]] = [
    # the goal
    ("Thank you for calling Acme Dental. How may I help you today?", [HELP]),
    ("What is the reason for your call?", [HELP]),
    ("Are you calling to book a new appointment or change an existing one?", [HELP]),
    ("If this is an emergency, hang up and dial 911. How can I help you?", [HELP]),
    ("My name is Sarah. What can I do for you?", [HELP]),
    ("This call may be recorded. To book, say book. How can we help?", [HELP]),
    ("What would you like to do?", [HELP]),
    ("Please leave a message after the beep.", [HELP]),
    ("In a few words, please tell me why you're calling.", [HELP]),
    # names
    ("May I have your name, please?", [NAME]),
    ("Can I get your first and last name?", [NAME]),
    ("Your name, please.", [NAME]),
    ("Who am I speaking with?", [NAME]),
    ("May I ask who's calling?", [NAME]),
    ("What name should I put the appointment under?", [NAME]),
    ("To find your appointment: what is your name, please?", [NAME]),
    ("Please tell me your name, as it was given for the appointment.", [NAME]),
    ("I need your name. You may also spell it, letter by letter.", [NAME]),
    ("Please spell your last name.", [SPELL]),
    # numbers
    ("What phone number can we reach you at?", [PHONE]),
    ("And what's the best number to reach you?", [PHONE]),
    ("Thanks, Jane. What is a good phone number for you?", [PHONE]),
    ("Phone number?", [PHONE]),
    ("Can you confirm your phone number?", [PHONE]),
    ("What number should we call you back on?", [PHONE]),
    ("Please enter your 10 digit phone number followed by the pound key.", [PHONE]),
    ("Please say or enter your phone number, one digit at a time.", [PHONE]),
    ("I have your name. Now your phone number, please.", [PHONE]),
    ("I need a number to reach you. Say it slowly, or type it and press pound.", [PHONE]),
    ("Could I have your name and phone number?", [NAME, PHONE]),
    # days and times
    ("What day would you like to come?", [DAY]),
    ("What day works? We are open Monday to Friday.", [DAY]),
    ("Do you have a preferred day?", [DAY]),
    ("Thank you. Which day of the week would you like?", [DAY]),
    ("Please tell me the day you would like to come in.", [DAY]),
    ("Please tell me what day, for example Tuesday, or a date such as March 3rd.", [DAY]),
    ("Would you like to come on Tuesday or Thursday?", [DAY]),
    ("What day would you like to move it to?", [DAY]),
    ("I found your appointment on Tuesday, at 3 PM. What day would you like instead?", [DAY]),
    ("What time suits you?", [TIME]),
    ("Got it, Tuesday. And what time?", [TIME]),
    ("What time would you like? For example, say three PM.", [TIME]),
    ("Our earliest opening is at 9 AM. What time would you like on Tuesday?", [TIME]),
    ("Do you prefer mornings or afternoons?", [TIME]),
    ("Thank you for your time. What time would you like to come?", [TIME]),
    ("When would you like to come in?", [DAY, TIME]),
    ("What day and time would you prefer?", [DAY, TIME]),
    ("We have Tuesday at 3 PM or Wednesday at 10 AM. Which would you prefer?", [DAY, TIME]),
    ("What day is your current appointment?", [OLD]),
    # other facts
    ("What's the reason for your visit?", [REASON]),
    ("What type of service do you need?", [REASON]),
    ("What is your date of birth?", [OTHER]),
    ("What email should we use?", [OTHER]),
    # read-backs
    ("I have Tuesday at 3 PM. Is that right?", [CONFIRM]),
    ("I have Jane Doe, Tuesday at 3 PM. Is that correct? Please say yes or no.", [CONFIRM]),
    ("Is that correct? Please say yes or no. You may also press 1 for yes or 2 for no.", [CONFIRM]),
    ("Let me confirm: John, Monday at 9 AM. Does that sound good?", [CONFIRM]),
    ("Just to confirm, Tuesday at 3 PM, right?", [CONFIRM]),
    ("Is Tuesday at 3 PM okay?", [CONFIRM]),
    ("Did you say Tuesday?", [CONFIRM]),
    ("How about Wednesday at 2 PM?", [CONFIRM]),
    ("Is your name Jane Doe?", [CONFIRM]),
    ("Is this the best number to reach you?", [CONFIRM]),
    ("Shall I book that for you?", [CONFIRM]),
    ("Say yes to confirm, or no to start over.", [CONFIRM]),
    ("What should I change: the name, the phone number, the day or the time?", [CHANGE]),
    # yes or no
    ("Would you like to book an appointment?", [YES_NO]),
    ("Would you like to book an appointment? Please say yes or no.", [YES_NO]),
    ("Are you a new patient?", [YES_NO]),
    # the rest
    ("Is there anything else I can help you with?", [MORE]),
    ("Your appointment is confirmed for Tuesday at 3 PM. Anything else?", [MORE]),
    ("For sales press 2, for support press 3.", [MENU]),
    ("To book, press 1. For anything else, press 0.", [MENU]),
    ("Sorry, I didn't catch that. What is your phone number?", [PHONE]),
    ("Sorry, I didn't catch that.", []),
    ("Please hold while I check.", []),
    ("You are booked, Jane Doe, for Tuesday at 3 PM. Goodbye.", []),
    ("", []),
]


@pytest.mark.parametrize(("prompt", "wants"), PROMPTS)
def test_what_is_wanted(prompt: str, wants: list[Want]) -> None:
    assert list(understand(prompt).wants) == wants


@pytest.mark.parametrize(
    ("prompt", "confirmed"),
    [
        ("You are booked, Jane Doe, for Tuesday at 3 PM. Goodbye.", True),
        ("Your appointment is confirmed for Tuesday, March 3rd. See you then.", True),
        ("Your appointment has been moved from Monday to Tuesday at 3 PM.", True),
        ("You're all set for Tuesday at 3. Bye.", True),
        ("I've put you down for Tuesday. We look forward to seeing you.", True),
        ("You're booked for Tuesday at 3 PM, is that right?", False),
        ("So you're booked for Tuesday at 3 PM. Is that right?", False),
        ("Your appointment is not confirmed yet.", False),
        ("Once your appointment is confirmed we will call you.", False),
        ("Sorry, 3 PM is already booked.", False),
        ("What day would you like to come?", False),
        ("I am sorry, I could not help you. Goodbye.", False),
    ],
)
def test_what_confirms(prompt: str, confirmed: bool) -> None:
    assert understand(prompt).confirmed is confirmed


@pytest.mark.parametrize(
    ("prompt", "options"),
    [
        ("For sales press 2, for support press 3.", [("2", "sales"), ("3", "support")]),
        ("Press 1 to book, press 2 to reschedule.", [("1", "book"), ("2", "reschedule")]),
        ("Press 1 to confirm or 2 to start over.", [("1", "confirm"), ("2", "start over")]),
        ("Press one for Monday, two for Tuesday.", [("1", "monday"), ("2", "tuesday")]),
        ("If you'd like to cancel, please press star.", [("*", "cancel")]),
        ("Press any key to continue.", [("1", "continue")]),
        ("Enter your number, followed by the pound key.", []),
        ("We are open 9 to 5.", []),
    ],
)
def test_the_keys_of_a_menu(prompt: str, options: list[tuple[str, str]]) -> None:
    assert list(understand(prompt).options) == options


@pytest.mark.parametrize(
    ("prompt", "again", "unavailable", "goodbye"),
    [
        ("Sorry, I didn't catch that.", True, False, False),
        ("Could you say that again?", True, False, False),
        ("Hello?", True, False, False),
        ("Sorry, 3 PM is not available.", False, True, False),
        ("Tuesday is fully booked.", False, True, False),
        ("Have a great day!", False, False, True),
        ("What is your name?", False, False, False),
    ],
)
def test_what_else_is_said(prompt: str, again: bool, unavailable: bool, goodbye: bool) -> None:
    understood = understand(prompt)
    said = (understood.again, understood.unavailable, understood.goodbye)
    assert said == (again, unavailable, goodbye)


def test_only_the_end_of_a_long_prompt_is_read() -> None:
    prompt = (
        "What is your name? " + "We are very proud of our house. " * 500 + "What time suits you?"
    )
    assert understand(prompt).wants == (TIME,)
