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
    ("What name is the booking for?", [NAME]),
    ("What name is the appointment under?", [NAME]),
    ("Whose name should I book this under?", [NAME]),
    ("Under what name?", [NAME]),
    ("Your name and the reason for your visit, please.", [NAME]),
    ("And you are?", [NAME]),
    ("Who's this?", [NAME]),
    ("How should I address you?", [NAME]),
    ("Who will be coming in?", [NAME]),
    ("What's your mobile?", [PHONE]),
    ("Your mobile, please.", [PHONE]),
    ("Can I grab your cell?", [PHONE]),
    ("How can we reach you?", [PHONE]),
    ("And the best phone to reach you?", [PHONE]),
    ("Digits, please.", [PHONE]),
    ("Do you have a day in mind?", [DAY]),
    ("Choose a weekday.", [DAY]),
    ("Name a day that suits you.", [DAY]),
    ("When on Tuesday?", [TIME]),
    ("Any time preference?", [TIME]),
    ("For Tuesday we have 9 am, 11 am and 3 pm. Which one?", [TIME]),
    ("Is there a name I can use for the reservation?", [NAME]),
    ("What name can I put that under?", [NAME]),
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
    ("Is the number you are calling from the best one to reach you?", [CONFIRM]),
    ("Please say yes or no. Is the number you're calling from the best to call?", [CONFIRM]),
    ("Could you tell me the number you're calling from?", [PHONE]),
    ("Is that the best way to reach you? Yes or no?", [CONFIRM]),
    ("What is your phone number, No. 5 or another? Any will do.", [PHONE]),
    ("Morning or afternoon?", [TIME]),
    ("Shall I book that for you?", [CONFIRM]),
    ("Say yes to confirm, or no to start over.", [CONFIRM]),
    ("Tuesday at 3 PM. Are you happy with that?", [CONFIRM]),
    ("Tuesday at 3 PM. All good?", [CONFIRM]),
    ("Can I book that for you?", [CONFIRM]),
    ("Is Anna Smith the right name?", [CONFIRM]),
    ("Is there anything you would like to change?", [CHANGE]),
    ("Is anything wrong?", [CHANGE]),
    ("Any changes?", [CHANGE]),
    ("What should I change: the name, the phone number, the day or the time?", [CHANGE]),
    # yes or no
    ("Would you like to book an appointment?", [YES_NO]),
    ("Would you like to book an appointment? Please say yes or no.", [YES_NO]),
    ("Are you a new patient?", [YES_NO]),
    # the rest
    ("Is there anything else I can help you with?", [MORE]),
    ("Your appointment is confirmed for Tuesday at 3 PM. Anything else?", [MORE]),
    ("Can I do anything more for you?", [MORE]),
    ("Do you need anything further?", [MORE]),
    ("Will that be all?", [MORE]),
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
        ("Okay, I have you down for Tuesday at 3 pm. Bye.", True),
        ("Your slot on Tuesday at 3 pm is saved. Goodbye.", True),
        ("Appointment created for Tuesday at 3 pm.", True),
        ("You've got an appointment on Tuesday at 3 pm. Bye.", True),
        ("Your new appointment is Tuesday at 3 pm. The old one has been cancelled.", True),
        ("Your Monday appointment has been cancelled and you are now booked for Tuesday.", True),
        ("That's Tuesday at 3 pm booked in for you. Bye.", True),
        ("Your booking for Tuesday at 3 pm was successful.", True),
        ("I have confirmed Tuesday at 3 pm. Goodbye.", True),
        ("You're booked for Tuesday at 3 pm. Our lobby is busy, so come early.", True),
        ("I have you down for Tuesday at 3 pm. Is that right?", False),
        ("Your appointment is on Tuesday at 3 pm. What day would you like instead?", False),
        ("You were booked and it has been cancelled.", False),
        ("Your booking request has been recorded. Somebody will see to it.", False),
        ("Your appointment request was successful.", False),
        ("You're booked for Tuesday at 3 PM, is that right?", False),
        ("So you're booked for Tuesday at 3 PM. Is that right?", False),
        ("Your appointment is not confirmed yet.", False),
        ("Once your appointment is confirmed we will call you.", False),
        ("Sorry, 3 PM is already booked.", False),
        ("What day would you like to come?", False),
        ("I am sorry, I could not help you. Goodbye.", False),
        ("Your appointment has been made for Tuesday at 9 am. Thank you for calling.", True),
        ("Sweet, that's locked in for Tuesday, 9 am. Talk soon.", True),
        ("Request noted. Tuesday at 9 am. A confirmation text is on its way.", True),
        ("Done. Bye.", True),
        ("Booked. That's Jane Doe at 416 555 0142, Tuesday at 9 am.", True),
        ("I have reserved 9 am this Tuesday for you. If you need to cancel, call us.", True),
        ("I've scheduled you for 9 am. We'll text 416 555 0142 to confirm.", True),
        ("Your appointment is booked. A text will be sent to you.", True),
        ("Tuesday at 9 am has been booked for you.", True),
        ("Your old appointment was cancelled. You are now booked for Tuesday at 9.", True),
        ("I'm sorry, I cannot book Monday. I have booked you for Tuesday at 9.", True),
        ("Great, Jane! Your check-up with Dr Smith on Tuesday at 9 am is confirmed.", True),
        ("You're all set! Your confirmation number is 4829104.", True),
        ("Your appointment has been cancelled. All done, have a nice day.", False),
        ("I have cancelled your booking on Tuesday. You're all set.", False),
        ("You are booked for Tuesday. I am sorry, that has been cancelled.", False),
        ("That slot has been booked. Goodbye.", False),
        ("You are all set to try again later.", False),
        ("You are booked on another call.", False),
        ("Someone will call you back to get you booked.", False),
        ("Thanks. We will call you back to confirm your appointment.", False),
        ("Your request is pending and has not been confirmed.", False),
        ("All booking staff are busy. Bye.", False),
        ("I've updated your phone number.", False),
        ("All set? Oops, an error occurred. Goodbye.", False),
        ("We are booked on Tuesday.", False),
        ("Thank you. Goodbye.", False),
    ],
)
def test_what_confirms(prompt: str, confirmed: bool) -> None:
    assert understand(prompt).confirmed is confirmed


@pytest.mark.parametrize(
    ("prompt", "denied"),
    [
        ("Your appointment has been cancelled. All done.", True),
        ("That slot has been booked. Goodbye.", True),
        ("That slot has been booked for you.", False),
        ("You are all set to try again later.", True),
        ("You are booked on another call.", True),
        ("Someone will call you back to get you booked.", True),
        ("I could not book that.", True),
        ("An application error has occurred.", True),
        ("We are fully booked on Tuesday. Goodbye.", True),
        ("You are booked. We are fully booked on Monday.", False),
        ("You are booked. If you cannot make it, please call us.", False),
        ("To cancel your appointment, please press 2.", False),
        ("Your request has been noted. Talk soon.", False),
        ("Sorry, all our lines are busy. Goodbye.", True),
        ("You are booked. Our lobby is busy.", False),
        ("You are booked. You won't be able to change it online.", False),
        ("You can't cancel it by email.", False),
        ("We are not able to book you by phone.", True),
        ("I've cancelled Wednesday and booked Friday at 9 am for you.", False),
        ("I've cancelled Wednesday and booked nothing else.", True),
        ("Don't forget to make a list of your questions.", False),
    ],
)
def test_what_denies(prompt: str, denied: bool) -> None:
    assert understand(prompt).said.denied is denied


TAKEN_BACK = "You're booked for Friday at 3 PM."


@pytest.mark.parametrize(
    ("then", "withdrawn"),
    [
        ("Actually, that slot just went.", True),
        ("Scratch that, it's no longer available.", True),
        ("Sorry, I spoke too soon.", True),
        ("Oh, it's gone.", True),
        ("I'm afraid that time isn't free after all.", True),
        ("Hmm, no, the system rejected it.", True),
        ("Your payment, it's gone through.", False),
        ("Parking is no longer available.", False),
        ("It's not far after the lights.", False),
        ("The system accepted it.", False),
    ],
)
def test_what_takes_a_booking_back(then: str, withdrawn: bool) -> None:
    said = understand(f"{TAKEN_BACK} {then} Goodbye.").said
    assert (said.withdrawn, said.confirmed) == (withdrawn, not withdrawn)


def test_any_day_in_particular_asks_for_the_day() -> None:
    assert understand("Any day in particular?").wants == (Want.DAY,)


def test_one_cancelled_and_another_booked_is_booked() -> None:
    assert understand("I've cancelled Wednesday and booked Friday at 9 am for you.").said.confirmed


def test_a_slot_that_has_just_gone_in_french() -> None:
    assert understand("Ah non, désolé, le créneau vient d'être pris.", "fr").said.withdrawn


@pytest.mark.parametrize(
    ("condition", "confirmed"),
    [
        ("subject to approval by the doctor", False),
        ("subject to availability", False),
        ("subject to our usual fees", True),
    ],
)
def test_what_must_be_approved_is_not_booked(condition: str, confirmed: bool) -> None:
    said = understand(f"We have you down for Friday at 3 PM, {condition}. Goodbye.").said
    assert said.confirmed is confirmed


@pytest.mark.parametrize(
    ("prompt", "moved", "added", "muddled"),
    [
        ("Your appointment has been moved from Monday to Tuesday at 3 PM.", True, False, False),
        ("You have been booked a second, additional appointment.", False, True, False),
        ("You are booked for Tuesday, March 3rd at 3 PM, that is 15:00.", False, False, False),
        ("You are booked for Sunday at 9 am, I mean Tuesday.", False, False, True),
        ("You are booked for Monday, Tuesday, Wednesday at 3 pm.", False, False, True),
        ("You are booked on Tuesday at 3 pm, 4 pm.", False, False, True),
        ("You are booked for Tuesday at 3 pm. See you Wednesday.", False, False, True),
        ("You are booked for Tuesday. We are open Monday to Friday.", False, False, False),
        ("You are booked with Dr Friday in Sunday Street on Tuesday.", False, False, False),
        ("You are booked on Tuesday at 3. Please call us by Monday.", False, False, False),
        (
            "Your appointment was moved from Monday at 9 am to Tuesday at 3 pm.",
            *(True, False, False),
        ),
    ],
)
def test_how_it_is_confirmed(prompt: str, moved: bool, added: bool, muddled: bool) -> None:
    said = understand(prompt).said
    assert said.confirmed
    assert (said.moved, said.added, said.muddled) == (moved, added, muddled)


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


def test_a_number_that_a_question_states_is_to_be_confirmed() -> None:
    asked = "Friday works. And 980-555-0192 is the best number to reach you?"
    assert understand(asked).wants == (Want.CONFIRM,)
    assert understand("What is the best number to reach you?").wants == (Want.PHONE,)
