import pytest

from voicesim.call.talk import FieldValue, Judgement
from voicesim.caller.checking import came_through, clear, same, stated
from voicesim.caller.judging import judge
from voicesim.caller.languages import in_english
from voicesim.caller.understanding import understand
from voicesim.caller.words import find_days, find_numbers, find_times

PHONE = "416-555-0142"


@pytest.mark.parametrize(
    ("field", "one", "other", "expected"),
    [
        ("name", "Jane Doe", "jane  DOE.", True),
        ("name", "José García", "Jose Garcia", True),
        ("name", "Jane Doe", "Jane", True),
        ("name", "Uh Jane Doe", "Jane Doe", True),
        ("name", "Jane Doe", "Jane Toe", False),
        ("name", "O'Brien", "OBrien", True),
        ("phone", PHONE, "4 1 6. 5 5 5. 0 1 4 2", True),
        ("phone", PHONE, "+14165550142", True),
        ("phone", PHONE, "four one six, double five five, oh one four two", True),
        ("phone", PHONE, "5550142", True),
        ("phone", PHONE, "0142", True),
        ("phone", PHONE, "416-555-0143", False),
        ("phone", PHONE, "16-555-0142", False),
        ("phone", "+44 7700 900123", "07700 900123", True),
        ("phone", "+44 7700 900123", "447700900123", True),
        ("phone", "", "", False),
        ("day", "Tuesday", "on tuesday, march 3rd", True),
        ("day", "Tuesday", "Thursday", False),
        ("day", "Fry", "Friday", False),
        ("time", "3 pm", "3:00 p.m.", True),
        ("time", "3 pm", "15:00", True),
        ("time", "3 pm", "3 o'clock", True),
        ("time", "3 pm", "three", True),
        ("time", "3 pm", "three in the afternoon", True),
        ("time", "3 pm", "3 am", False),
        ("time", "3 pm", "3:30 pm", False),
        ("time", "12 pm", "noon", True),
    ],
)
def test_the_same(field: str, one: str, other: str, expected: bool) -> None:
    assert same(field, one, other) is expected
    assert same(field, other, one) is expected


@pytest.mark.parametrize(
    ("field", "reported", "meant", "expected"),
    [
        ("name", "Jane Doe", "Jane Doe", True),
        ("name", "uh jane doe", "Jane Doe", True),
        ("name", "Jane", "Jane Doe", False),
        ("name", "Jane Dough", "Jane Doe", False),
        ("name", "...", "Jane Doe", False),
        ("phone", "416 555 0142", PHONE, True),
        ("phone", "555 0142", PHONE, False),
        ("phone", "416 555 0143", PHONE, False),
        ("phone", "07700900123", "+44 7700 900123", True),
        ("phone", "5551234", "555-1234", True),
        ("day", "on tuesday", "Tuesday", True),
        ("day", "Tuesday or Thursday", "Tuesday", False),
        ("time", "3 o'clock", "3 pm", True),
        ("time", "4 o'clock", "3 pm", False),
    ],
)
def test_what_came_through(field: str, reported: str, meant: str, expected: bool) -> None:
    assert came_through(field, reported, meant) is expected


@pytest.mark.parametrize(
    ("heard", "expected"),
    [("416-555-0142, 3", True), ("4 1 6, 5 5 5, 0 1 4", False), ("4 1 6, 5 5 5, 0 1", False)],
)
def test_a_number_may_run_on_but_not_end_early(heard: str, expected: bool) -> None:
    assert same("phone", heard, PHONE) is expected


@pytest.mark.parametrize(
    ("field", "text", "meant", "reported", "expected"),
    [
        ("day", "I have Tuesday at 3 PM.", "Tuesday", "Tuesday", "Tuesday"),
        ("day", "You are booked for Thursday, March 3rd at 2 PM.", "Tuesday", "", "Thursday"),
        ("day", "You are booked. We are open Monday to Friday.", "Tuesday", "", ""),
        ("day", "You are booked. We are closed on Monday.", "Tuesday", "", ""),
        ("day", "From Monday at 10 AM to Tuesday at 3 PM.", "Tuesday", "", "Tuesday"),
        ("day", "Monday or Wednesday, you choose.", "Tuesday", "", ""),
        ("day", "You are booked for March 3rd.", "Tuesday", "", ""),
        ("time", "You are booked at 2 PM. Please arrive at 1:45 PM.", "3 pm", "", "2 pm"),
        ("time", "You are booked. We close at 5 PM.", "3 pm", "", ""),
        ("time", "You are booked for 15:00.", "3 pm", "", "3 pm"),
        ("time", "Booked. Open from 9 am to 5 pm.", "3 pm", "", ""),
        ("phone", "The number is 4 1 6, 5 5 5, 0 1 4 2, Tuesday.", PHONE, "", PHONE),
        ("phone", "The number is 4 1 6, 5 5 5, 0 1 4 3.", PHONE, "", "4165550143"),
        ("phone", "It is 4 1 5 5 5, 0 1 4 2.", PHONE, "four one sick, 555-0142", "415550142"),
        ("phone", "Your number ends in 0 1 4 2.", PHONE, "", PHONE),
        ("phone", "Your number ends in 0 1 4 3.", PHONE, "", "0143"),
        ("phone", "Questions? Call us at 800-555-0199.", PHONE, "", ""),
        ("phone", "Your confirmation number is 8374 6291.", PHONE, "", ""),
        ("phone", "Tuesday at 3 PM.", PHONE, "", ""),
        ("name", "I have Jane Doe, phone number 416.", "Jane Doe", "", "Jane Doe"),
        ("name", "I have Jane Toe, Tuesday.", "Jane Doe", "Jane Toe", "Jane Toe"),
        ("name", "I have John Smith, phone number 416.", "Jane Doe", "Jane Doe", "John Smith"),
        ("name", "You are booked, John Smith, for Tuesday.", "Jane Doe", "", "John Smith"),
        ("name", "I have Dental Cleaning on Tuesday.", "Jane Doe", "Jane Doe", ""),
        ("name", "My name is Sarah. You are booked.", "Jane Doe", "Jane Doe", ""),
        ("name", "Thank you Bob Wrong. It is confirmed.", "Jane Doe", "Jane Doe", "Bob Wrong"),
        ("name", "Thanks, Bob Wrong, you are booked.", "Jane Doe", "Jane Doe", "Bob Wrong"),
        ("name", "You are booked. Goodbye, Bob Wrong!", "Jane Doe", "Jane Doe", "Bob Wrong"),
        ("name", "Thank you, Mr. Wrong. You are booked.", "Jane Doe", "Jane Doe", "Wrong"),
        ("name", "Mrs. Wrong, you are booked.", "Jane Doe", "Jane Doe", "Wrong"),
        ("name", "Thank you, Mrs. Doe. You are booked.", "Jane Doe", "Jane Doe", ""),
        ("name", "Thank you Jane Toe. You are booked.", "Jane Doe", "Jane Toe", "Jane Toe"),
        ("name", "Thank you Jane Doe. Goodbye.", "Jane Doe", "Jane Toe", "Jane Doe"),
        ("name", "Thank you, Jane. You are booked.", "Jane Doe", "Jane Doe", ""),
        ("name", "You are booked. Goodbye, Acme Dental.", "Jane Doe", "Jane Doe", ""),
        ("name", "You see Ms. Clark on Tuesday, booked.", "Jane Doe", "Jane Doe", ""),
        ("name", "Thank you for calling Acme Pizza.", "Jane Doe", "Jane Doe", ""),
        ("name", "That's Tuesday at 3 pm for Bo Quimby. OK?", "Jane Doe", "Jane Doe", "Bo Quimby"),
        ("name", "Tuesday at 3, under Bo Quimby.", "Jane Doe", "Jane Doe", "Bo Quimby"),
        ("name", "That's Tuesday at 3 pm for Teeth Whitening.", "Jane Doe", "Jane Doe", ""),
        ("name", "That's at 3 pm for Tuesday Morning.", "Jane Doe", "Jane Doe", ""),
        ("name", "So that's Bob Smithers, Friday at 11 am. OK?", "Jane Doe", "", "Bob Smithers"),
        ("name", "I have Bob Smithers on Friday at 3 pm.", "Jane Doe", "", "Bob Smithers"),
        ("name", "I've got Bob Smithers down for Friday.", "Jane Doe", "", "Bob Smithers"),
        ("name", "Just to confirm, Bob Smithers coming in Friday?", "Jane Doe", "", "Bob Smithers"),
        ("name", "So your name's Bob Smithers. OK?", "Jane Doe", "", "Bob Smithers"),
        ("name", "Alright Bob Smithers, Friday, OK?", "Jane Doe", "", "Bob Smithers"),
        ("name", "All booked, Bob Smithers. Goodbye.", "Jane Doe", "", "Bob Smithers"),
        ("name", "Bob Smithers, you're booked for 3 pm.", "Jane Doe", "", "Bob Smithers"),
        ("name", "It is confirmed, Mrs Chirac, for Friday.", "Jane Doe", "", "Chirac"),
        ("name", "So that's Jane Doe, Friday at 11 am.", "Jane Doe", "", "Jane Doe"),
        ("name", "That's Riverside Dental on Friday at 3 pm.", "Jane Doe", "", ""),
        ("name", "So that's Teeth Whitening, Friday. OK?", "Jane Doe", "", ""),
        ("name", "I have Doctor Anna Lee on Friday.", "Jane Doe", "", ""),
        ("name", "I have you with Anna Lee on Friday.", "Jane Doe", "", ""),
        ("name", "It is confirmed, Ms. Clark will see you.", "Jane Doe", "", ""),
        ("name", "Booked, Riverside Dental. Goodbye.", "Jane Doe", "", ""),
        ("name", "Thanks for choosing us, good for Maple Grove.", "Jane Doe", "Jane Doe", ""),
        ("name", "Tuesday, for Jane Ann Doe.", "Jane Doe", "Jane Doe", "Jane Ann Doe"),
        (
            "name",
            "Tuesday for Sorry, Could You Repeat That, Please?",
            "Jane Doe",
            "",
            "Sorry, Could You Repeat That",
        ),
    ],
)
def test_what_is_stated(field: str, text: str, meant: str, reported: str, expected: str) -> None:
    assert stated(field, text, meant, reported) == expected


STRAY = (
    ("phone", "If anything changes just ring 212-555-0100."),
    ("phone", "For emergencies, dial 212-555-0100."),
    ("phone", "You can phone the front desk at 212-555-0100."),
    ("phone", "You'll get a text from 212-555-0100."),
    ("phone", "To change it, phone 212-555-0100."),
    ("phone", "Your code is 4 5 6 7 8 9 1."),
    ("phone", "Keep this handy: 4567891."),
    ("phone", "The number to call is 212-555-0100."),
    ("name", "Booked for Root Canal Treatment on Tuesday at 3 pm."),
    ("name", "Booked for Anna Lee on Tuesday at 3 pm, she is our hygienist."),
    ("time", "It's 2 pm now in case you wondered."),
    ("time", "Parking is free from 9:30 am."),
    ("time", "Please do not eat after 6 am."),
    ("time", "You will get a text at 8 am the day before."),
    ("time", "Be here by 8:50 am."),
    ("time", "Lunch is at 12:30 pm."),
    ("day", "Our new dentist starts on Sunday."),
    ("day", "Your appointment is confirmed with Monday Night Dental."),
    ("day", "See you then, and have a great Sunday!"),
    ("name", "Great, Maple Grove Dentistry."),
    ("name", "Thank you very much, Bright Smile."),
    ("name", "Goodbye, Stay Safe."),
)
MEANT = {"name": "Jane Doe", "phone": PHONE, "day": "Tuesday", "time": "3 pm"}


@pytest.mark.parametrize(("field", "text"), STRAY)
def test_what_an_agent_says_beside_a_confirmation_is_no_read_back(field: str, text: str) -> None:
    meant = MEANT[field]
    assert stated(field, f"You're booked. {text} Goodbye.", meant, meant, confirms=True) == ""


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "Ihr Termin ist gebucht. Bei Fragen rufen Sie uns unter 030 1234567 an."),
        ("de", "Ihr Termin ist gebucht. Ihr Zeichen ist 4567891."),
        ("fr", "Votre rendez-vous est confirmé. Composez le 01 23 45 67 89."),
        ("fr", "Votre rendez-vous est confirmé. Votre référence est le 4567891."),
        ("es", "Su cita está confirmada. Si tiene preguntas, llame al 91 123 45 67."),
        ("es", "Su cita está confirmada. Su código es 4567891."),
        ("es", "Su cita está confirmada. Su número de confirmación es 4567891."),
    ],
)
def test_nor_in_another_language(code: str, text: str) -> None:
    assert stated("phone", in_english(text, code), PHONE, PHONE, confirms=True) == ""


@pytest.mark.parametrize(
    "text",
    [
        "You're booked. We'll text 212-555-0100.",
        "You're booked. We'll call you at 212-555-0100.",
        "You're booked, and your number is 212-555-0100.",
        "You're booked. I have Jane Doe, phone 212-555-0100.",
    ],
)
def test_a_number_that_is_said_to_be_the_callers_is_one(text: str) -> None:
    assert stated("phone", text, PHONE, PHONE, confirms=True) == "2125550100"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "You asked for Tuesday at 3 pm. Your appointment is confirmed for Sunday at 7 pm."),
        ("en", "Tuesday at 3 pm it is. You're booked for Sunday at 7 pm."),
        ("en", "You're booked for Tuesday at 3 pm. And one more time, that's Sunday at 7 pm."),
        ("en", "You wanted Tuesday at 3 pm. Done. Sunday at 7 pm. Goodbye."),
        ("en", "Tuesday at 3 pm, yes. I've got Sunday at 7 pm for you."),
        ("en", "Tuesday at 3 pm, sure. You're all set. See you Sunday at 7 pm."),
        ("de", "Sie wollten Dienstag um 15 Uhr. Ihr Termin ist am Sonntag um 19 Uhr gebucht."),
        ("fr", "Vous vouliez mardi à 15 heures. C'est réservé pour dimanche à 19 heures."),
        ("es", "Quería el martes a las 3 de la tarde. Su cita queda confirmada para el domingo "
         "a las 7 de la tarde."),
    ],
)  # fmt: skip
def test_what_is_echoed_does_not_hide_what_is_booked(code: str, text: str) -> None:
    text = in_english(text, code)
    assert stated("day", text, "Tuesday", "Tuesday", confirms=True) == "Sunday"
    assert stated("time", text, "3 pm", "3 pm", confirms=True) == "7 pm"


@pytest.mark.parametrize(
    "text",
    [
        "You're booked for Tuesday at 3 pm; Sunday at 7 pm was gone.",
        "Sunday at 7 pm was full. You're booked for Tuesday at 3 pm.",
        "You're booked for Tuesday at 3 pm. Please pay by Sunday at 7 pm.",
        "Sunday at 7 pm, I mean, Tuesday at 3 pm: you're booked.",
    ],
)
def test_nor_does_what_is_not_booked_count(text: str) -> None:
    assert stated("day", text, "Tuesday", "Tuesday", confirms=True) == "Tuesday"
    assert stated("time", text, "3 pm", "3 pm", confirms=True) == "3 pm"


def test_the_old_appointment_may_be_spoken_of_last() -> None:
    text = "You're booked for Tuesday at 3 pm. Your appointment on Monday has been moved."
    assert stated("day", text, "Tuesday", "", confirms=True, old="Monday") == "Tuesday"
    assert stated("day", text, "Tuesday", "", confirms=True) == "Monday"


@pytest.mark.parametrize(
    ("text", "rejected", "expected"),
    [
        ("That is Jane Toe, Tuesday. Is that right?", "Jane Toe", "Jane Toe"),
        ("That is Jane Toe, no, Jane Doe. Is that right?", "Jane Toe", "Jane Doe"),
        ("That is Jane Row, no, Jane Toe. Is that right?", "Jane Toe", "Jane Row"),
        ("May I book you for Tuesday?", "May", ""),
        ("Tuesday. Is that right?", "Jane Toe", ""),
    ],
)
def test_what_was_rejected_is_known_again(text: str, rejected: str, expected: str) -> None:
    assert stated("name", text, "Jane Doe", "Jane Row", rejected=rejected) == expected


def test_the_appointment_of_before_is_not_held_against_the_agent() -> None:
    assert stated("day", "I found you on Monday at 9 AM.", "Tuesday", "", "Monday") == ""


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("3 PM", ["3 pm"]),
        ("10:30 in the morning", ["10:30 am"]),
        ("at 3 on Tuesday", ["3"]),
        ("9:30", ["9:30"]),
        ("twelve pm, midnight or 00:15", ["12:15", "12 pm"]),
        ("at 416 555 0142", []),
        ("at 416-555-0142", []),
        ("for 10 minutes", []),
        ("at 25:00 or at 10:75", []),
        ("quarter to three in the afternoon", ["2:45 pm"]),
        ("a quarter to one", ["12:45"]),
        ("quarter past 10 am", ["10:15 am"]),
        ("half past three", ["3:30"]),
        ("half past six in the evening", ["6:30 pm"]),
        ("three fifteen pm", ["3:15 pm"]),
        ("at three forty-five", ["3:45"]),
        ("three thirty in the afternoon", ["3:30 pm"]),
        ("at fifteen hundred", ["3 pm"]),
        ("fifteen hundred hours", ["3 pm"]),
        ("three fifteen, forty five", []),
        ("for fifteen hundred dollars, at eight hundred Main Street", []),
        ("from quarter to nine to five", ["8:45"]),
    ],
)
def test_times_found(text: str, times: list[str]) -> None:
    assert [time.spoken() for time in find_times(text)] == times


def test_days_and_numbers_found() -> None:
    assert find_days("Tuesdays, or Friday; Monday through Thursday we play") == [
        "Tuesday",
        "Friday",
    ]
    assert find_numbers("nine one one, then 24 and 555-0142") == ("911", "5550142")
    assert find_numbers("٣٤٥٦ and ²³⁴") == ()


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("day", "Tuesday", True),
        ("day", "Fry", False),
        ("time", "3", True),
        ("time", "free a", False),
        ("phone", PHONE, True),
        ("phone", "416-", False),
        ("name", "...", False),
    ],
)
def test_clear(field: str, value: str, expected: bool) -> None:
    assert clear(field, value) is expected


def _judged(*values: tuple[str, str, str, str], confirmed: bool = True) -> tuple[str, list[str]]:
    opinion = judge(tuple(FieldValue(*value) for value in values), confirmed=confirmed)
    return opinion.judgement.value, [finding.message for finding in opinion.findings]


def test_judging() -> None:
    tuesday = ("day", "Tuesday", "Tuesday", "Tuesday")
    assert _judged(tuesday) == ("reached", [])
    assert _judged(tuesday, confirmed=False) == ("open", [])
    assert _judged(("day", "Tuesday", "Tuesday", "")) == ("reached", [])
    assert _judged(("day", "Tuesday", "Thursday", "Thursday")) == ("misheard", [])
    assert _judged(("day", "Tuesday", "Thursday", "")) == ("misheard", [])
    assert _judged(("day", "Tuesday", "Tueday", "Friday")) == ("misheard", [])
    assert _judged(("day", "Tuesday", "Thursday", "Tuesday")) == ("reached", [])
    assert _judged(("day", "Tuesday", "", "Thursday")) == ("open", [])
    assert _judged(("name", "Jane Doe", "Jane Toe", "Jan Toe")) == ("misheard", [])
    assert _judged(("name", "Jane Doe", "Jane Toe", "Bob Wrongman"))[0] == "wrong"
    assert _judged(("name", "Jane Doe", "...", "Name As")) == ("misheard", [])
    assert _judged(("phone", PHONE, "416-9-0142", "212 555 0000"))[0] == "wrong"
    assert _judged(("phone", PHONE, "416-9-0142", "416 555 0143")) == ("misheard", [])
    assert _judged(("phone", PHONE, "416-", "555 0142"))[0] == "reached"
    assert _judged(("phone", PHONE, "416-", "9 0 5, 7 7 7, 3 3 9 9"))[0] == "wrong"
    wrong = "The agent confirmed the day 'Friday', but 'Tuesday' was reported to it."
    assert _judged(("day", "Tuesday", "Tuesday", "Friday")) == ("wrong", [wrong])
    wrong = "The agent confirmed the time '3 am', but '3 pm' was reported to it."
    assert _judged(tuesday, ("time", "3 pm", "3 pm", "3 am")) == (Judgement.WRONG, [wrong])


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("Okay Ms. Jacobs, Thursday at 9 am it is. Should I lock it in?", ""),
        ("Great Ms. Jacobs! I have you for Thursday.", ""),
        ("Perfecto, señora Jacobs. ¿Correcto?", ""),
        ("Okay Ms. Peters, Thursday at 9 am. Is that right?", "Peters"),
    ],
)
def test_a_polite_word_to_the_caller_states_no_name(text: str, heard: str) -> None:
    assert stated("name", text, "Wanda Jacobs", "Wanda Jacobs") == heard


@pytest.mark.parametrize(
    "when", ["2026-03-06 09:00", "2026-03-06 at 09:00", "Friday, 2026-03-06T09:00:00+01:00"]
)
def test_a_date_in_digits_is_no_number(when: str) -> None:
    text = f"Your appointment is booked for {when}. Thank you."
    assert stated("phone", text, PHONE, PHONE, confirms=True) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Listo. Queda agendado para el martes a las 3 de la tarde. Adiós.",
        "¡Todo listo! Le agendé el martes a las 3 de la tarde.",
        "Ha quedado reservado para el martes a las 15:00.",
    ],
)
def test_bookings_in_more_spanish_words_are_compared(text: str) -> None:
    english = in_english(text, "es")
    assert stated("day", english, "Monday", "Monday", confirms=True) == "Tuesday"
    assert understand(text, "es").confirmed


@pytest.mark.parametrize("confirms", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        "You're booked for Friday at 9 am. Ask for Gladys. Goodbye.",
        "Ask for Maria at the front desk.",
        "Look for Maria.",
        "Ring the bell for Peter.",
        "Great, Maria, our receptionist, will text you.",
        "Maria is booked for you on Friday at 9 am.",
        "You're booked. Maria on Friday at 9 am.",
    ],
)
def test_who_works_there_is_not_the_caller(text: str, confirms: bool) -> None:
    name = "Wanda Jacobs"
    assert stated("name", text, name, name, confirms=confirms) == ""


@pytest.mark.parametrize(
    "text",
    ["Your technician's phone number is 416-555-7788.", "Dr. Li's mobile: 416-555-7788."],
)
def test_the_number_of_who_works_there_is_not_the_callers(text: str) -> None:
    assert stated("phone", text, PHONE, PHONE, confirms=True) == ""
