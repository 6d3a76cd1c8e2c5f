"""Where somebody goes who follows a phone menu."""

import pytest

from tests.unit.caller.guided import BOTH, KEYS, VOICEMAIL, WORDS, hears, ringing, words
from voicesim.base.findings import Level
from voicesim.call.talk import Handover, Judgement
from voicesim.caller.menu import MenuCaller
from voicesim.caller.models import Desk, Persona
from voicesim.config.callers import Catalogue

MAIN = "For sales, press 1. For technical support, press 2. For billing, press 3."
DEEP = "For deliveries, press 1. For anything else about your order, press 2."
BACK = "For deliveries, press 1. To return to the main menu, press 9."
MENUS = {
    "en": "Press 1 for opening hours, 2 for sales, 3 for support, or 4 for billing.",
    "es": "Para el horario, marque 1. Para ventas, marque 2. Para soporte técnico, marque 3. "
    "Para facturación, marque 4.",
    "fr": "Pour nos horaires d'ouverture, tapez 1. Pour le service commercial, tapez 2. "
    "Pour le service technique, tapez 3. Pour la facturation, tapez 4.",
    "de": "Für unsere Öffnungszeiten drücken Sie die 1. Für den Vertrieb drücken Sie die 2. "
    "Für den technischen Support drücken Sie die 3. Für Fragen zur Rechnung drücken Sie die 4.",
}
KEY_OF = {Desk.OPENING_HOURS: "1", Desk.SALES: "2", Desk.SUPPORT: "3", Desk.BILLING: "4"}
CONNECTS = {
    "en": ("Connecting you to sales.", "Putting you through to billing."),
    "es": ("Le comunico con ventas.", "Le paso con facturación."),
    "fr": ("Je vous passe le service commercial.", "Je vous passe la facturation."),
    "de": ("Ich verbinde Sie mit dem Vertrieb.", "Ich verbinde Sie mit der Buchhaltung."),
}
HOURS = {
    "en": "We're open Monday through Friday from nine to five.",
    "es": "Abrimos de lunes a viernes, de 9 de la mañana a 6 de la tarde.",
    "fr": "Nous sommes ouverts du lundi au vendredi, de 9 heures à 18 heures.",
    "de": "Wir haben Montag bis Freitag von 9 bis 18 Uhr geöffnet.",
}


class Ringing:
    """Makes callers that seek a desk."""

    def __init__(self, persona: Persona, catalogue: Catalogue) -> None:
        self._persona, self._scenarios = persona, catalogue.scenarios

    def __call__(self, desk: Desk = Desk.SALES, index: int = 3, code: str = "en") -> MenuCaller:
        scenario = self._scenarios[f"menu_{desk}"]
        caller = ringing(self._persona, scenario, index, code)
        assert isinstance(caller, MenuCaller)
        return caller


@pytest.fixture
def seeking(calm: Persona, catalogue: Catalogue) -> Ringing:
    return Ringing(calm, catalogue)


def codes(caller: MenuCaller) -> list[tuple[str, Level]]:
    return [(finding.code, finding.level) for finding in caller.opinion().findings]


@pytest.mark.parametrize("desk", Desk)
@pytest.mark.parametrize("code", MENUS)
def test_the_key_of_the_desk_is_pressed(seeking: Ringing, desk: Desk, code: str) -> None:
    assert hears(seeking(desk, code=code), MENUS[code], KEYS).digits == KEY_OF[desk]


SPOKEN = (
    "Press one if you'd like to buy something, two if you have a technical question, "
    "three about a bill, or star to hear this again."
)


@pytest.mark.parametrize(("desk", "key"), [("sales", "1"), ("support", "2"), ("billing", "3")])
def test_keys_that_are_named_in_words(seeking: Ringing, desk: str, key: str) -> None:
    caller = seeking(Desk(desk))
    assert hears(caller, SPOKEN, KEYS).digits == key
    hears(caller, f"Putting you through to {desk}.")
    caller.handed_over(Handover.DONE)
    assert caller.opinion().judgement is Judgement.REACHED
    caller = seeking(Desk(desk))
    hears(caller, SPOKEN, KEYS)
    hears(caller, f"Putting you through to {'billing' if desk == 'sales' else 'sales'}.")
    assert codes(caller) == [("wrong-desk", Level.ERROR)]


def test_a_menu_said_before_the_gather_is_heard(seeking: Ringing) -> None:
    caller = seeking(Desk.BILLING)
    hears(caller, MAIN)
    assert hears(caller, "", KEYS).digits == "3"


@pytest.mark.parametrize("code", CONNECTS)
def test_words_that_name_the_desk_reach_the_goal(seeking: Ringing, code: str) -> None:
    right, wrong = CONNECTS[code]
    caller = seeking(code=code)
    hears(caller, MENUS[code], KEYS)
    hears(caller, right)
    caller.handed_over(Handover.DONE)
    assert caller.opinion().judgement is Judgement.REACHED
    caller = seeking(code=code)
    hears(caller, MENUS[code], KEYS)
    hears(caller, wrong)
    assert caller.opinion().judgement is Judgement.WRONG


@pytest.mark.parametrize("code", HOURS)
def test_hours_are_told(seeking: Ringing, code: str) -> None:
    caller = seeking(Desk.OPENING_HOURS, code=code)
    hears(caller, MENUS[code], KEYS)
    assert caller.opinion().judgement is Judgement.OPEN
    hears(caller, HOURS[code])
    assert caller.opinion().judgement is Judgement.REACHED


def test_hours_told_with_a_menu_are_told(seeking: Ringing) -> None:
    caller = seeking(Desk.OPENING_HOURS)
    reply = hears(caller, f"{HOURS['en']} To go back, press 9.", KEYS)
    assert (reply.hangs_up, reply.why) == (True, "its goal is reached")


def test_the_wrong_desk_is_told(seeking: Ringing) -> None:
    caller = seeking()
    hears(caller, MAIN, KEYS)
    hears(caller, "Putting you through to billing.")
    caller.handed_over(Handover.TRIED)
    assert codes(caller) == [("wrong-desk", Level.ERROR)]
    assert "'sales'" in caller.opinion().findings[0].message
    assert caller.opinion().judgement is Judgement.WRONG


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "Connecting you to a technician."),
        ("en", "Connecting you to technical support."),
        ("en", "Putting you through to our technical team."),
        ("en", "You have reached the accounts department."),
        ("es", "Le paso con los técnicos."),
        ("fr", "Je vous passe un technicien."),
        ("de", "Ich verbinde Sie mit einem Techniker."),
    ],
)
def test_another_desk_by_another_name(seeking: Ringing, code: str, said: str) -> None:
    caller = seeking(code=code)
    hears(caller, MENUS[code], KEYS)
    hears(caller, said)
    caller.handed_over(Handover.DONE)
    assert codes(caller) == [("wrong-desk", Level.ERROR)]
    assert caller.opinion().judgement is Judgement.WRONG


@pytest.mark.parametrize(
    "said",
    [
        "Connecting you to the warehouse.",
        "Transferring you now to our repairs department, please hold.",
        "You are through to the complaints team.",
    ],
)
def test_a_desk_that_it_does_not_know_may_be_any(seeking: Ringing, said: str) -> None:
    caller = seeking()
    hears(caller, MAIN, KEYS)
    hears(caller, said)
    caller.handed_over(Handover.DONE)
    assert codes(caller) == [("handed-over", Level.NOTICE)]
    assert caller.opinion().judgement is Judgement.UNCLEAR


@pytest.mark.parametrize(
    "said",
    [
        "Connecting you now.",
        "Connecting you to the right department.",
        "Connecting you to our team, who will take your order.",
        "Connecting you to a colleague in the office upstairs.",
        "Transferring you to the next available representative.",
        "Transferring you to Maria.",
        "Passing you over to our friendly team now.",
        "Connecting you to our sales office.",
        "Putting you through to somebody who can help you with that.",
    ],
)
def test_a_person_of_no_name_is_of_the_desk_that_was_chosen(seeking: Ringing, said: str) -> None:
    caller = seeking()
    hears(caller, MAIN, KEYS)
    hears(caller, said)
    caller.handed_over(Handover.DONE)
    assert (caller.opinion().judgement, codes(caller)) == (Judgement.REACHED, [])


def test_a_desk_named_on_the_key_that_was_pressed_is_the_one(seeking: Ringing) -> None:
    caller = seeking()
    hears(caller, "For sales and the showroom, press 1. For support, press 2.", KEYS)
    hears(caller, "Connecting you to the showroom.")
    caller.handed_over(Handover.DONE)
    assert caller.opinion().judgement is Judgement.REACHED


def test_words_that_name_two_desks_tell_nothing(seeking: Ringing) -> None:
    caller = seeking()
    hears(caller, MAIN, KEYS)
    hears(caller, "Sales has gone home, so I'm connecting you to billing instead.")
    caller.handed_over(Handover.TRIED)
    assert caller.opinion().judgement is Judgement.UNCLEAR


def test_to_wait_for_what_another_desk_does_is_not_to_be_put_through(seeking: Ringing) -> None:
    caller = seeking()
    hears(caller, MAIN, KEYS)
    hears(caller, "Please hold while I look at your billing details.")
    assert codes(caller) == []


def test_an_option_for_two_desks_may_lead_to_either(seeking: Ringing) -> None:
    caller = seeking()
    hears(caller, "For sales and billing, press 1. For support, press 2.", KEYS)
    hears(caller, "Putting you through to billing.")
    assert codes(caller) == []


def test_a_key_that_it_only_tried_may_lead_anywhere(seeking: Ringing) -> None:
    caller = seeking()
    hears(caller, "For deliveries, press 1. For your orders, press 2.", KEYS)
    hears(caller, "Putting you through to billing.")
    assert codes(caller) == []


def test_dialled_after_the_key_of_the_desk_it_has_arrived(seeking: Ringing) -> None:
    caller = seeking()
    hears(caller, MAIN, KEYS)
    caller.handed_over(Handover.TRIED)
    caller.handed_over(Handover.DONE)
    assert caller.opinion().judgement is Judgement.REACHED


@pytest.mark.parametrize("said", ["One moment.", "Connecting you to sales."])
def test_where_nobody_answers_it_has_not_arrived(seeking: Ringing, said: str) -> None:
    caller = seeking()
    hears(caller, MAIN, KEYS)
    hears(caller, said)
    caller.handed_over(Handover.TRIED)
    assert caller.opinion().judgement is Judgement.OPEN
    assert hears(caller, f"Sorry for that. {MAIN}", KEYS).digits  # and it goes on
    assert caller.opinion().judgement is Judgement.OPEN


@pytest.mark.parametrize(
    ("said", "judgement", "found"),
    [
        ("Connecting you to sales.", Judgement.UNCLEAR, ("handed-over", Level.NOTICE)),
        ("Connecting you to sales. Bye.", Judgement.WRONG, ("not-put-through", Level.ERROR)),
    ],
)
def test_words_alone_put_nobody_through(
    seeking: Ringing, said: str, judgement: Judgement, found: tuple[str, Level]
) -> None:
    caller = seeking()
    hears(caller, MAIN, KEYS)
    hears(caller, said)
    assert caller.opinion().judgement is judgement
    assert codes(caller) == [found]


def test_who_is_spoken_to_at_its_desk_has_arrived(seeking: Ringing) -> None:
    caller = seeking()
    hears(caller, MAIN, KEYS)
    assert hears(caller, "You have reached sales. How can I help you?", WORDS).hangs_up
    assert caller.opinion().judgement is Judgement.REACHED


def test_a_desk_that_is_named_in_passing_is_not_where_it_is_led(seeking: Ringing) -> None:
    caller = seeking()
    hears(caller, MAIN, KEYS)
    hears(caller, "While I connect you, remember that our support team is available online.")
    caller.handed_over(Handover.DONE)
    assert caller.opinion().judgement is Judgement.UNCLEAR
    assert codes(caller) == [("handed-over", Level.NOTICE)]


def test_dialled_after_another_key_nobody_knows_where_it_is(seeking: Ringing) -> None:
    caller = seeking(Desk.OPENING_HOURS)
    hears(caller, "To reach the operator, press 0. For deliveries, press 1.", KEYS)
    hears(caller, "One moment.")
    caller.handed_over(Handover.TRIED)
    assert caller.opinion().judgement is Judgement.UNCLEAR
    assert codes(caller) == [("handed-over", Level.NOTICE)]


def test_dialled_before_it_asked_it_has_not_arrived(seeking: Ringing) -> None:
    caller = seeking()
    hears(caller, "Welcome to Northwind Sales.")
    caller.handed_over(Handover.TRIED)
    assert caller.opinion().judgement is Judgement.OPEN


def test_a_desk_that_is_not_there_is_not_reached(seeking: Ringing) -> None:
    caller = seeking()
    hears(caller, MAIN, KEYS)
    hears(caller, "Connecting you to sales.")
    hears(caller, "I'm sorry, all our agents are busy. Please try again later.")
    assert caller.opinion().judgement is Judgement.OPEN


def test_nothing_said_and_nobody_dialled_is_no_goal(seeking: Ringing) -> None:
    caller = seeking()
    hears(caller, MAIN, KEYS)
    assert caller.opinion().judgement is Judgement.OPEN


def test_it_goes_deeper_where_the_desk_may_be(seeking: Ringing) -> None:
    caller = seeking(Desk.SUPPORT)
    first = "For new customers, press 1. For help with an existing order, press 2."
    assert hears(caller, first, KEYS).digits == "2"
    then = "For deliveries, press 1. For technical support, press 2."
    assert hears(caller, then, KEYS).digits == "2"


def test_inside_its_desk_any_way_on_will_do(seeking: Ringing) -> None:
    caller = seeking()
    hears(caller, MAIN, KEYS)
    inside = "To repeat this, press star. For the garden, press 1. For the house, press 2."
    assert hears(caller, inside, KEYS).digits == "1"


def test_it_goes_back_and_tries_another_way(seeking: Ringing) -> None:
    caller = seeking(Desk.BILLING)
    main = "For an existing order, press 1. For your account, press 2."
    assert hears(caller, main, KEYS).digits == "1"
    assert hears(caller, BACK, KEYS).digits == "9"
    assert hears(caller, main, KEYS).digits == "2"


def test_where_none_fits_it_listens_again_asks_for_somebody_and_gives_up(seeking: Ringing) -> None:
    caller = seeking()
    menu = "For deliveries, press 1. To hear this again, press star."
    replies = [hears(caller, menu, KEYS) for _ in range(4)]
    assert [reply.digits for reply in replies] == ["*", "0", "1", ""]
    assert replies[1].why == "none fits: presses 0"
    assert replies[3].hangs_up
    assert caller.opinion().judgement is Judgement.UNCLEAR
    assert codes(caller) == [("not-understood", Level.NOTICE)]


def test_a_key_that_leads_back_time_and_again_is_told(seeking: Ringing) -> None:
    caller = seeking()
    replies = [hears(caller, MAIN, KEYS) for _ in range(9)]
    assert {reply.digits for reply in replies[:3]} == {"1"}
    assert any(reply.hangs_up for reply in replies)
    assert codes(caller) == [("loops", Level.ERROR)]


def test_a_key_is_pressed_again_that_led_on_while_it_was_silent(
    calm: Persona, catalogue: Catalogue
) -> None:
    shy = calm.model_copy(update={"silence_rate": 0.5})
    seeking, main = Ringing(shy, catalogue), "To order, press 1. For an existing order, press 2."
    pressed = set()
    for index in range(30):
        caller = seeking(Desk.SUPPORT, index)
        first, silent, then = (hears(caller, text, KEYS).digits for text in (main, DEEP, main))
        if (first, silent) == ("2", "") and then:
            pressed.add(then)
    assert pressed == {"2"}


def test_where_it_may_speak_it_says_where_it_wants_to_go(seeking: Ringing) -> None:
    caller = seeking(Desk.BILLING)
    assert "illing" in words(hears(caller, "How may I direct your call?", WORDS))
    assert words(hears(caller, "You'd like billing, is that right?", WORDS)).startswith("Yes")
    hears(caller, "Putting you through to billing.")
    caller.handed_over(Handover.DONE)
    assert caller.opinion().judgement is Judgement.REACHED


def test_misunderstood_it_says_no(seeking: Ringing) -> None:
    caller = seeking(Desk.BILLING)
    hears(caller, "How may I direct your call?", WORDS)
    said = words(hears(caller, "You'd like sales, is that right?", WORDS))
    assert said.startswith("No.")
    assert "illing" in said


def test_told_to_press_or_say_it_may_speak(seeking: Ringing) -> None:
    text = "Say sales or press 1, or say support or press 2."
    assert "ales" in words(hears(seeking(), text, BOTH))
    assert hears(seeking(), MAIN, BOTH).digits == "1"


def test_a_garbled_word_is_held_against_nobody(calm: Persona, catalogue: Catalogue) -> None:
    recogniser = calm.recogniser.model_copy(update={"word_error_rate": 1.0})
    caller = Ringing(calm.model_copy(update={"recogniser": recogniser}), catalogue)()
    hears(caller, "How may I direct your call?", WORDS)
    hears(caller, "Putting you through to billing.")
    assert codes(caller) == []


def test_what_it_cannot_know_says_nothing_of_the_agent(seeking: Ringing) -> None:
    caller = seeking()
    assert hears(caller, "Enter your customer number.", KEYS).digits == "0"
    hears(caller, "Goodbye.")
    assert caller.opinion().judgement is Judgement.UNCLEAR
    assert codes(caller) == [("not-understood", Level.NOTICE)]


def test_it_leaves_no_message(seeking: Ringing) -> None:
    assert hears(seeking(), "Leave a message after the tone.", VOICEMAIL).hangs_up


def test_a_choice_of_desks_is_no_yes_or_no(seeking: Ringing) -> None:
    caller = seeking(Desk.BILLING)
    hears(caller, "How may I direct your call?", WORDS)
    said = words(hears(caller, "Are you calling about sales, support or billing?", WORDS))
    assert "illing" in said
    assert not said.startswith("Yes")
