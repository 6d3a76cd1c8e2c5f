"""A shop's phone menu: keys only, two menus deep, desks that are dialled, a recorded message.

Its fault: who presses 2 for sales is put through to billing.
"""

from flask import Flask, Response, request
from twilio.twiml.voice_response import VoiceResponse

from tests.agents.answering import signed, twiml

MAIN = (
    "For store hours and directions, press 1. For sales and new orders, press 2. "
    "For help with an existing order, press 3. For billing and invoices, press 4. "
    "To hear these options again, press star."
)
ORDERS = (
    "To track a delivery, press 1. To return or exchange an item, press 2. "
    "For technical support with something you bought, press 3. "
    "To go back to the main menu, press 9."
)
HOURS = (
    "We're open Monday through Saturday from nine a.m. to six p.m., and Sundays from ten to four. "
    "You'll find us at 48 Canal Street, right next to the post office. "
    "Thanks for calling Northwind Garden Supply. Bye for now."
)
DESKS = {
    "sales": ("Please hold while I connect you to our sales team.", "+15005550011"),
    "billing": ("Just a moment, putting you through to billing.", "+15005550012"),
    "delivery": (
        "I'll transfer you to our delivery desk. Please hold.",
        "+15005550013",
    ),
    "returns": ("Connecting you with our returns department.", "+15005550014"),
    "support": ("One of our technical support people will be right with you.", "+15005550015"),
}
CHOICES = {"2": "sales", "4": "billing"}
WRONG_CHOICES = {"2": "billing", "4": "billing"}
ORDER_CHOICES = {"1": "delivery", "2": "returns", "3": "support"}


def build(*, faulty: bool = False) -> Flask:
    app = signed(Flask(__name__))
    choices = WRONG_CHOICES if faulty else CHOICES

    def ask(words: str, action: str, first: str = "") -> Response:
        response = VoiceResponse()
        if first:
            response.say(first)
        gather = response.gather(num_digits=1, action=action, timeout=6)
        gather.say(words)
        response.say("We didn't receive any input.")
        response.redirect("/voice?again=1")
        return twiml(response)

    def connect(desk: str) -> Response:
        words, number = DESKS[desk]
        response = VoiceResponse()
        response.say(words)
        response.dial(number)
        return twiml(response)

    @app.post("/voice")
    def voice() -> Response:
        hello = (
            ""
            if "again" in request.args
            else (
                "Thank you for calling Northwind Garden Supply. "
                "This call may be recorded for training purposes."
            )
        )
        return ask(MAIN, "/menu", hello)

    @app.post("/menu")
    def menu() -> Response:
        key = request.form.get("Digits", "")
        if key == "1":
            response = VoiceResponse()
            response.say(HOURS)
            response.hangup()
            return twiml(response)
        if key == "3":
            return ask(ORDERS, "/orders")
        if key in choices:
            return connect(choices[key])
        return ask(MAIN, "/menu", "" if key == "*" else "Sorry, that's not a valid choice.")

    @app.post("/orders")
    def orders() -> Response:
        key = request.form.get("Digits", "")
        if key in ORDER_CHOICES:
            return connect(ORDER_CHOICES[key])
        if key == "9":
            return ask(MAIN, "/menu")
        return ask(ORDERS, "/orders", "Sorry, I didn't get that.")

    return app
