"""Agents as they are commonly written: none of them has an ERROR, most have nothing at all."""

from tests.unit.explore.dialogues import Fields, errors, found, keys, speech


def test_a_greeting() -> None:
    def agent(path: str, fields: Fields) -> str:
        if path == "/voice":
            return speech("Hi there! What's your name?", "/name")
        return f"<Say>Nice to meet you, {fields.get('SpeechResult', '')}</Say>"

    assert found(agent) == {}


def test_an_assistant_that_repeats_what_it_hears() -> None:
    def agent(path: str, fields: Fields) -> str:
        heard = fields.get("SpeechResult", "")
        if path == "/voice":
            return speech("Hello, I am your assistant. How can I help?", "/turn")
        if heard.startswith("No"):
            return "<Say>Alright, goodbye!</Say><Hangup/>"
        return speech(f"I heard: {heard}. Anything else?", "/turn")

    assert found(agent) == {}


def test_a_pin_that_nobody_knows() -> None:
    tries: dict[str, int] = {}

    def agent(path: str, fields: Fields) -> str:
        tries[fields["CallSid"]] = tries.get(fields["CallSid"], -1) + 1
        if tries[fields["CallSid"]] > 2:
            return "<Say>Too many tries. Goodbye.</Say><Hangup/>"
        lead = "Wrong PIN. " if path == "/pin" else ""
        text = f"<Say>{lead}Please enter your four digit PIN.</Say>"
        return f'<Gather numDigits="4" action="/pin">{text}</Gather><Say>Goodbye.</Say>'

    assert found(agent) == {}


def test_a_reminder_that_can_be_heard_again() -> None:
    options = {"1": "<Say>Confirmed. Thank you.</Say>", "2": "<Say>Cancelled.</Say>"}

    def agent(path: str, fields: Fields) -> str:
        if path == "/choice":
            return options.get(fields.get("Digits", ""), "<Redirect>/voice</Redirect>")
        return keys("You have a visit. Press 1 to confirm, 2 to cancel, or 3 to hear this again.")

    assert found(agent) == {}


def test_menus_below_a_menu() -> None:
    back = "<Redirect>/voice</Redirect>"
    billing = "Billing. Press 1 for invoices, press 2 for refunds, press 9 to go back."
    main = {"1": keys(billing, "/billing"), "2": "<Say>I connect you.</Say><Dial>+1500</Dial>"}
    told = {"1": f"<Say>They come on Mondays.</Say>{back}", "2": f"<Say>Take a week.</Say>{back}"}

    def agent(path: str, fields: Fields) -> str:
        if path == "/voice":
            return keys(
                "For billing press 1, for support press 2, to repeat this press star.", "/m"
            )
        digits = fields.get("Digits", "")
        if path == "/m":
            wrong = "" if digits == "*" else "<Say>I didn't get that.</Say>"
            return main.get(digits, wrong + back)
        return told.get(digits, back)

    assert found(agent) == {}


def test_a_number_that_ends_with_pound() -> None:
    def agent(path: str, fields: Fields) -> str:
        if path == "/order":
            return f"<Say>Order {fields.get('Digits')} is on its way.</Say><Hangup/>"
        text = "<Say>Enter your order number followed by the pound key.</Say>"
        return f'<Gather action="/order" finishOnKey="#">{text}</Gather><Say>Goodbye.</Say>'

    assert found(agent) == {}


def test_voicemail_and_a_menu_said_before_it_listens_have_no_error() -> None:
    def tape(path: str, fields: Fields) -> str:
        return "<Hangup/>" if path == "/done" else "<Say>Hello.</Say><Record action='/done'/>"

    def menu(path: str, fields: Fields) -> str:
        back = "<Redirect>/voice</Redirect>"
        if path == "/voice":
            text = "<Say>Press 1 for English, 2 for Spanish.</Say>"
            return f'{text}<Gather numDigits="1" action="/language"/>{back}'
        said = {"1": "<Say>Hello.</Say>", "2": "<Say>Hola.</Say>"}
        return said.get(fields.get("Digits", ""), f"<Say>Invalid.</Say>{back}")

    assert errors(tape) == errors(menu) == {}


def test_a_booking_line_in_its_own_words() -> None:
    asks = {
        "phone": ("What's the best number to reach you?", "day"),
        "day": ("Which day works for you?", "time"),
        "time": ("And what time?", "yes"),
        "yes": ("Great, shall I book it? Say yes or no.", "end"),
    }

    def agent(path: str, fields: Fields) -> str:
        step = fields.get("step", "")
        if step == "end" and fields.get("SpeechResult", "").startswith("Yes"):
            return "<Say>You're all set. Goodbye.</Say><Hangup/>"
        if step == "end":
            return speech("Okay, which day works for you?", "/s?step=time")
        text, after = asks.get(step, ("May I have your full name?", "phone"))
        return speech(text, f"/s?step={after}", f"<Redirect>/s?step={step}</Redirect>")

    assert errors(agent) == {}
