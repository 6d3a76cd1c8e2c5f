"""Sound agents in the styles of tutorials and of old phone menus, each with a webhook to break."""

from collections.abc import Callable
from typing import NamedTuple

from tests.unit.explore.dialogues import Agent, Fields

BYE = "<Say>Goodbye.</Say><Hangup/>"


class Style(NamedTuple):
    """``breaks`` picks the webhooks that a broken twin fails at; ``way`` is the last step there."""

    agent: Agent
    breaks: Callable[[str, Fields], bool]
    way: str


def gather(text: str, action: str, **attributes: str) -> str:
    given = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<Gather action="{action}"{given}><Say>{text}</Say></Gather>'


def heard(fields: Fields) -> str:
    return fields.get("SpeechResult", "").lower().strip(" .")


def keys_or_words(path: str, fields: Fields) -> str:
    """Flask: Gather input="dtmf speech" with hints; unknown input leads back with a regret."""
    offer = "Press 1 or say sales. Press 2 or say support. Press 3 or say billing."
    if path == "/voice":
        hints = "sales,support,billing"
        asks = gather(offer, "/handle", input="dtmf speech", numDigits="1", hints=hints)
        return asks + "<Say>We did not receive any input. Goodbye!</Say>"
    match fields.get("Digits") or heard(fields):
        case "1" | "sales":
            return "<Say>You chose sales. Goodbye.</Say><Hangup/>"
        case "2" | "support":
            return "<Say>You need support. We will help.</Say><Dial>+15551230001</Dial>"
        case "3" | "billing":
            return "<Say>Billing is open from nine to five.</Say><Redirect>/voice</Redirect>"
    return "<Say>Sorry, I don't understand that choice.</Say><Redirect>/voice</Redirect>"


def counted_tries(path: str, fields: Fields) -> str:
    """A menu that redirects to itself three times, then hangs up; an option ends the call."""
    tries = int(fields.get("n", "0"))
    if path == "/voice":
        if tries >= 3:
            return f"<Say>You have exceeded the number of tries.</Say>{BYE}"
        offer = "For appointments press 1. For prescriptions press 2. To end the call, press 9."
        again = f"<Redirect>/voice?n={tries + 1}</Redirect>"
        return gather(offer, f"/menu?n={tries}", numDigits="1", timeout="4") + again
    told = {
        "1": "<Say>Please call back during office hours. Goodbye.</Say>",
        "2": "<Say>Your prescription will be ready on Friday. Goodbye.</Say>",
        "9": "<Hangup/>",
    }
    invalid = f"<Say>That is not valid.</Say><Redirect>/voice?n={tries + 1}</Redirect>"
    return told.get(fields.get("Digits", ""), invalid)


def a_spoken_menu(path: str, fields: Fields) -> str:
    """Takes one of three words as they are, and gives up after three others."""
    tries = int(fields.get("n", "0"))
    told = {"sales": "Sales is open until six.", "support": "We ring back.", "billing": "Closed."}
    if heard(fields) in told:
        return f"<Say>{told[heard(fields)]}</Say>{BYE}"
    if tries > 2:
        return f"<Say>Sorry that we could not help.</Say>{BYE}"
    action = f"/choice?n={tries + 1}"
    lead = "Sorry, I did not get that. " if tries else "Hello. "
    offer = f"{lead}Say one of: sales, support or billing."
    return gather(offer, action, input="speech") + f"<Redirect>{action}</Redirect>"


def yes_or_no(path: str, fields: Fields) -> str:
    """A survey that compares with "yes" and "no", and gives up after three other answers."""
    at, tries = int(fields.get("q", "0")), int(fields.get("n", "0"))
    if path == "/answer":
        known = fields.get("SpeechResult", "") in ("yes", "no")
        at, tries = at + known, tries + (not known)
    asks = ("Did you like our service?", "Would you recommend us?")
    if tries > 2 or at == len(asks):
        return BYE
    url = f"/answer?q={at}&amp;n={tries}"
    text = f"{asks[at]} Please say yes or no."
    return gather(text, url, input="speech", hints="yes,no") + f"<Redirect>{url}</Redirect>"


def a_pizza(path: str, fields: Fields) -> str:
    """Choices in the question itself."""
    said, size = heard(fields), fields.get("size", "")
    if path == "/size":
        size = next((one for one in ("small", "large") if one in said), "")
        if size:
            text = f"A {size} pizza. Would you like cheese or pepperoni?"
            return gather(text, f"/top?size={size}", input="speech") + BYE
        return gather("Sorry, small or large?", "/size", input="speech") + BYE
    if path == "/top":
        topping = "pepperoni" if "pepperoni" in said else "cheese"
        return f"<Say>One {size} pizza with {topping} is on its way.</Say>{BYE}"
    return gather("What size would you like: small or large?", "/size", input="speech") + BYE


def two_languages(path: str, fields: Fields) -> str:
    """English or Spanish, and then a menu in it."""
    digits = fields.get("Digits", "")
    if path == "/voice":
        text = "For English, press 1. Para español, oprima dos."
        return gather(text, "/language", numDigits="1") + "<Redirect>/again</Redirect>"
    if path == "/language" and digits == "1":
        return "<Say>We are at 5 Main Street. Goodbye.</Say>"
    if path == "/language" and digits == "2":
        return '<Say language="es-MX">Estamos en la calle mayor. Adiós.</Say>'
    text = "Please press 1 for English. Para español, oprima dos."
    return gather(text, "/language", numDigits="1") + BYE


def a_pin(path: str, fields: Fields) -> str:
    """Digits that only its own callers know; three tries."""
    tries = int(fields.get("n", "1"))
    if path == "/check" and tries >= 3:
        return f"<Say>I could not find this account.</Say>{BYE}"
    tries += path == "/check"
    lead = "That is not correct. " if path == "/check" else ""
    text = f"{lead}Please enter your account number followed by the pound key."
    return gather(text, f"/check?n={tries}", finishOnKey="#") + BYE


def a_menu_below_a_menu(path: str, fields: Fields) -> str:
    """Twilio's own sample: planets below the main menu, and back by the star key."""
    digits = fields.get("Digits", "")
    if path == "/voice":
        text = "Please press 1 for directions. Press 2 for a list of planets to call."
        return gather(text, "/menu", numDigits="1") + BYE
    if path == "/menu" and digits == "1":
        return f"<Say>Get on your bike and go down the street.</Say>{BYE}"
    if path == "/menu" and digits == "2":
        text = "To call the planet Broh, press 2. To call the planet Duh, press 3."
        text += " To go back to the main menu, press the star key."
        return gather(text, "/planets", numDigits="1") + BYE
    if path == "/planets" and digits in ("2", "3"):
        return f"<Dial>+1202417337{digits}</Dial>"
    return "<Say>Returning to the main menu.</Say><Redirect>/voice</Redirect>"


def a_queue_with_a_tape(path: str, fields: Fields) -> str:
    """Whoever stays on the line hears the same again; who leaves a message is thanked."""
    if path == "/taped":
        return f"<Say>Thank you for your message.</Say>{BYE}"
    if path == "/choice" and fields.get("Digits") == "2":
        return f'<Say>Leave a message.</Say><Record action="/taped"/>{BYE}'
    if path == "/late":
        return "<Say>I connect you.</Say><Dial>+15551230001</Dial>"
    offer = "<Say>To stay on the line, press 1. To leave a message, press 2.</Say>"
    waits = f'<Gather numDigits="1" action="/choice">{offer}<Play>/music.mp3</Play></Gather>'
    return f"{waits}<Redirect>/late</Redirect>"


def marks(path: str, fields: Fields) -> str:
    """A mark from 1 to 5, and a menu that says when it is open."""
    mark = fields.get("Digits", "")
    if path == "/mark" and mark in {"1", "2", "3", "4", "5"}:
        return f"<Say>You gave us {mark}. Thank you.</Say>{BYE}"
    lead = "<Say>That is not between one and five.</Say>" if path == "/mark" else ""
    text = "We are open from 9 to 5 pm. On a scale from 1 to 5, how did you like us?"
    return lead + gather(text, "/mark", numDigits="1") + BYE


def _presses(*keys: str, at: str = "") -> Callable[[str, Fields], bool]:
    return lambda path, fields: fields.get("Digits") in keys and path == (at or path)


def _says(word: str) -> Callable[[str, Fields], bool]:
    return lambda path, fields: word in heard(fields)


STYLES = {
    "keys or words": Style(keys_or_words, _says("support"), 'says "support"'),
    "counted tries": Style(counted_tries, _presses("2"), "presses 2 (prescriptions)"),
    "a spoken menu": Style(a_spoken_menu, _says("support"), 'says "support"'),
    "yes or no": Style(yes_or_no, _says("no"), 'says "no"'),
    "a pizza": Style(a_pizza, _says("large"), 'says "large"'),
    "two languages": Style(two_languages, _presses("2"), "presses 2 (español)"),
    "a pin": Style(a_pin, _presses("5"), "presses 5"),
    "a menu below a menu": Style(
        a_menu_below_a_menu,
        _presses("3", at="/planets"),
        "presses 3 (call the planet duh)",
    ),
    "a queue with a tape": Style(
        a_queue_with_a_tape,
        lambda path, fields: path == "/taped",
        'says "Hello, this is <name>. Please call me back."',
    ),
    "marks": Style(marks, _presses("4"), "presses 4 (a mark)"),
}
