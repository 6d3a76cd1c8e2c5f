"""What is wrong is found where only proof calls, odd ways or callers from abroad come to it."""

import pytest

from tests.unit.explore.dialogues import (
    Agent,
    Fields,
    errors,
    explored,
    found,
    keys,
    speech,
)
from voicesim.explore.drawing import tree
from voicesim.explore.moves import Sort
from voicesim.explore.walking import Budget

BYE = "<Say>Goodbye.</Say><Hangup/>"
BACK = "<Redirect>/voice</Redirect>"
WRONG = f"<Say>No such extension.</Say>{BACK}"
ELSEWHERE = "https://agent.example.com/menu"
MENU = "For sales press 1, for support press 2."


@pytest.mark.parametrize(
    ("abroad", "code"), [(500, "11217"), ("<Say>Goodbye None.</Say>", "placeholder-read")]
)
def test_what_callers_from_abroad_meet_is_found_and_where_they_ring_from(
    abroad: str | int, code: str
) -> None:
    def agent(path: str, fields: Fields) -> str | int:
        if fields["From"].startswith("+49"):
            return abroad
        return BYE if path == "/choice" else keys("For hours, press 1.")

    assert errors(agent) == {code: ("from DE",)}


@pytest.mark.parametrize("last", [500, "<Say>Goodbye, undefined.</Say>", BYE])
def test_what_a_call_that_proves_a_loop_comes_to_is_found(last: str | int) -> None:
    """Who stays silent is asked again; the sixth time something else comes."""
    rung: dict[str, int] = {}

    def agent(path: str, fields: Fields) -> str | int:
        if path == "/name":
            return BYE
        rung[fields["CallSid"]] = rung.get(fields["CallSid"], 0) + 1
        return last if rung[fields["CallSid"]] == 6 else speech("Your name?", "/name", BACK)

    codes = {500: {"11217"}, BYE: set[str]()}.get(last, {"placeholder-read"})
    met = errors(agent)
    assert set(met) == codes
    assert all(way == ("stays silent",) * 5 for way in met.values())


def elsewhere(keys_go: str, after: str) -> Agent:
    """A menu whose keys go to ``keys_go``."""

    def agent(path: str, fields: Fields) -> str:
        return BYE if path == "/choice" else keys(MENU, keys_go, after)

    return agent


def test_an_agent_that_cannot_be_followed_is_inconclusive() -> None:
    for after in (BYE, f"<Redirect>{ELSEWHERE}</Redirect>"):
        led_away = explored(elsewhere(ELSEWHERE, after))
        assert {one.finding.code for one in led_away.complaints.all} == {"host-not-allowed"}
        assert not led_away.complaints.failed
        assert (led_away.unfollowed, led_away.conclusive) == (1, False)
    twin = explored(elsewhere("/choice", BYE))
    assert (twin.unfollowed, twin.conclusive) == (0, True)


@pytest.mark.parametrize("verb", ['<Stream url="wss://a.example"/>', "<AI/>"])
def test_an_agent_that_is_nothing_but_what_is_not_carried_out_is_inconclusive(verb: str) -> None:
    def agent(path: str, fields: Fields) -> str:
        return f"<Say>Calls are recorded.</Say><Connect>{verb}</Connect>"

    assert not explored(agent).conclusive


def test_one_option_that_can_be_followed_is_enough() -> None:
    def agent(path: str, fields: Fields) -> str:
        if path == "/choice" and fields["Digits"] == "1":
            return '<Connect><Stream url="wss://a.example"/></Connect>'
        return BYE if path == "/choice" else keys("For our assistant press 1, for hours press 2.")

    assert explored(agent).conclusive


@pytest.mark.parametrize(("calls", "conclusive"), [(2, False), (3, True), (100, True)])
def test_a_budget_that_ends_before_what_is_offered_is_tried_is_inconclusive(
    calls: int, conclusive: bool
) -> None:
    """What nobody asked for may be left untried."""

    def agent(path: str, fields: Fields) -> str:
        if path == "/choice" and fields["Digits"] in "12":
            return f"<Say>You chose {fields['Digits']}.</Say>{BYE}"
        return f"<Say>Sorry?</Say>{BACK}" if path == "/choice" else keys(MENU)

    result = explored(agent, Budget(calls=calls, at_once=1))
    assert bool(result.untried) == (calls < 100)
    assert (result.untried_likely == 0, result.conclusive) == (conclusive, conclusive)


def extensions(
    eleven: str | int, text: str = "For sales, press 10. For support, press 11."
) -> Agent:
    def agent(path: str, fields: Fields) -> str | int:
        if path == "/voice":
            return f'<Gather numDigits="2" action="/x"><Say>{text}</Say></Gather>{BYE}'
        return {"10": f"<Say>Sales.</Say>{BYE}", "11": eleven}.get(fields["Digits"], WRONG)

    return agent


@pytest.mark.parametrize(
    "text",
    [
        "For sales, press 10. For support, press 11.",
        "Press 10 for sales, 11 for support.",
        "Press 10 for sales or 11 for support.",
        "Press 10 or say sales. Press 11 or say support.",
    ],
)
def test_options_of_two_digits_are_pressed(text: str) -> None:
    assert errors(extensions(500, text)) == {"11217": ("presses 11 (support)",)}
    assert found(extensions(f"<Say>Support.</Say>{BYE}", text)) == {}


def test_an_option_of_more_digits_than_are_taken_is_found() -> None:
    def agent(path: str, fields: Fields) -> str:
        if path == "/voice":
            return keys("For sales, press 1. For support, press 12.")
        return f"<Say>Sales.</Say>{BYE}" if fields["Digits"] == "1" else WRONG

    assert errors(agent) == {"option-unhandled": ()}


@pytest.mark.parametrize(
    "text",
    [
        "Press 1 if it is an emergency, or hang up and dial 911.",
        "The wait is 10 to 15 minutes. To be called back, press 1.",
        "We are open from 10 to 12 am. For a visit, press 1.",
    ],
)
def test_other_numbers_are_no_options(text: str) -> None:
    def agent(path: str, fields: Fields) -> str:
        if path == "/voice":
            return keys(text)
        return f"<Say>We ring back.</Say>{BYE}" if fields["Digits"] == "1" else WRONG

    assert found(agent) == {}


@pytest.mark.parametrize(("hung_up", "codes"), [(500, {"11217"}), (BYE, set())])
def test_hanging_up_on_a_recording_is_tried(hung_up: str | int, codes: set[str]) -> None:
    def agent(path: str, fields: Fields) -> str | int:
        if path == "/voice":
            return f'<Say>Leave a message.</Say><Record action="/taped"/>{BYE}'
        return hung_up if fields.get("Digits") == "hangup" else BYE

    met = errors(agent)
    assert set(met) == codes
    says = 'says "Hello, this is <name>. Please call me back." and hangs up'
    assert all(way == (says,) for way in met.values())


def test_hanging_up_is_no_way_out_of_a_loop() -> None:
    def agent(path: str, fields: Fields) -> str:
        return "<Say>Leave a message.</Say><Record/><Redirect>/voice</Redirect>"

    assert set(errors(agent)) == {"loops"}


@pytest.mark.parametrize(
    ("dial", "codes"),
    [
        ("<Dial>undefined</Dial>", {"cut-off"}),
        ("<Dial><Number></Number></Dial>", {"cut-off"}),
        ("<Dial>+15005550009</Dial>", set()),
        ("<Dial><Client>ann</Client></Dial>", set()),
    ],
)
def test_who_is_put_through_to_nobody_is_cut_off(dial: str, codes: set[str]) -> None:
    def agent(path: str, fields: Fields) -> str:
        if path == "/voice":
            return keys(MENU)
        told = {"1": dial, "2": f"<Say>We ring back.</Say>{BYE}"}
        return told.get(fields["Digits"], f"<Say>Sorry?</Say>{BACK}")

    assert {code for code in errors(agent) if code == "cut-off"} == codes


@pytest.mark.parametrize(
    ("two", "level"), [("Thank you for calling.", "WARNING"), ("We ring back.", None)]
)
def test_an_option_that_is_treated_as_silence_and_as_other_keys_is_warned_of(
    two: str, level: str | None
) -> None:
    thanks = f"<Say>Thank you for calling.</Say>{BYE}"

    def agent(path: str, fields: Fields) -> str:
        if path == "/voice":
            return keys(MENU, after=thanks)
        told = {"1": f"<Say>Nine to five.</Say>{BYE}", "2": f"<Say>{two}</Say>{BYE}"}
        return told.get(fields["Digits"], thanks)

    met = found(agent)
    way = ("presses 2 (support)",)
    assert met == ({("option-unhandled", level): way} if level else {})


def test_whoever_is_put_through_without_a_key_is_so_with_it() -> None:
    """An operator for 0, for other keys and for silence; a menu that any key leads on from."""
    operator = "<Say>I connect you.</Say><Dial>+15005550009</Dial>"

    def agent(path: str, fields: Fields) -> str:
        if path == "/voice":
            return keys("For hours press 1, for the operator press 0 or hold.", after=operator)
        return f"<Say>Nine to five.</Say>{BYE}" if fields["Digits"] == "1" else operator

    def any_key(path: str, fields: Fields) -> str:
        return BYE if path == "/choice" else keys("Press any key to continue.", after=BYE)

    assert found(agent) == found(any_key) == {}


@pytest.mark.parametrize(
    ("at", "way"),
    [("9", "presses 0"), ("1", "presses 1 (hear this again)"), ("", "stays silent")],
)
def test_state_that_shows_only_in_the_fourth_round_is_come_to(at: str, way: str) -> None:
    """The same words each time; the third wrong key, third repetition, third silence crash."""

    def agent_of(*, broken: bool) -> Agent:
        tries: dict[str, int] = {}

        def agent(path: str, fields: Fields) -> str | int:
            digits = fields.get("Digits", "")
            if digits == "2":
                return f"<Say>Nine to five.</Say>{BYE}"
            sort = digits if digits in ("", "1") else "9"
            count = tries[fields["CallSid"] + sort] = tries.get(fields["CallSid"] + sort, 0) + 1
            if count == 3 + (not at):  # the first ring is silent, too
                return 500 if broken and sort == at else BYE
            return keys("To hear this again, press 1. For hours, press 2.", "/voice", BACK)

        return agent

    assert errors(agent_of(broken=True)) == {"11217": (way,) * 3}
    assert found(agent_of(broken=False)) == {}


@pytest.mark.parametrize(
    "said",
    [
        "Your appointment is on nan.",
        "You owe nan dollars.",
        "See you on [date].",
        "Thank you, [name].",
        "Hello [first_name].",
        "Your code is %CODE%.",
        "We are at INSERT LOCATION HERE.",
        "Good day, [Your Company Name].",
        "You are booked for Invalid Date.",
        "Hello {0}, welcome back.",
        "You owe %!s(MISSING) dollars.",
        "You owe %!d(string=ten) dollars.",
        "translation missing: en.greeting",
        "Translation missing.",
        "Your name is null.",
        "Your appointment is on null.",
        "Thank you, null.",
    ],
)
def test_more_placeholders_are_found(said: str) -> None:
    def agent(path: str, fields: Fields) -> str:
        if path == "/voice":
            return keys("For hours, press 1.")
        return f"<Say>{said}</Say>{BYE}" if fields["Digits"] == "1" else WRONG

    assert set(errors(agent)) == {"placeholder-read"}


@pytest.mark.parametrize(
    "said",
    [
        "My nan is on holiday.",
        "We have nan bread and curry.",
        "Please insert your card here.",
        "You get 20% off, 30% if you hurry.",
        "That was fun [laughs].",
    ],
)
def test_ordinary_words_are_none(said: str) -> None:
    def agent(path: str, fields: Fields) -> str:
        return f"<Say>{said}</Say>{BYE}" if path == "/choice" else keys("For hours, press 1.")

    assert errors(agent) == {}


@pytest.mark.parametrize(("bad", "codes"), [("2", {"11217"}), ("1", {"11217"}), ("", set())])
@pytest.mark.parametrize(
    ("offer", "named"),
    [
        ("For Monday, press 1. For Tuesday, press 2.", ("Monday", "Tuesday")),
        ("For room 11, press 1. For room 12, press 2.", ("Room 11", "Room 12")),
    ],
)
def test_options_that_only_a_day_or_number_tells_apart_are_gone_on_from(
    offer: str, named: tuple[str, str], bad: str, codes: set[str]
) -> None:
    """What was chosen is kept under the CallSid: nothing else in the answers shows it."""
    chosen: dict[str, str] = {}

    def agent(path: str, fields: Fields) -> str | int:
        if path == "/voice":
            return keys(offer)
        if path == "/choice":
            if fields["Digits"] not in "12":
                return f"<Say>Sorry?</Say>{BACK}"
            chosen[fields["CallSid"]] = fields["Digits"]
            return keys(f"{named[int(fields['Digits']) - 1]} it is. Press 1 to confirm.", "/sure")
        if fields["Digits"] == "1" and chosen[fields["CallSid"]] == bad:
            return 500
        return f"<Say>Booked.</Say>{BYE}" if fields["Digits"] == "1" else f"<Say>No.</Say>{BYE}"

    result = explored(agent)
    met = {one.finding.code: one.steps for one in result.complaints.all if one.is_error}
    label = offer.split(".")[int(bad or 1) - 1].split(",")[0].split("For ")[1].lower()
    way = (f"presses {bad} ({label})", "presses 1 (confirm)")
    assert met == dict.fromkeys(codes, way)
    lines = list(tree(result.graph, result.complaints))
    assert any("presses 2 (" in line and "(assumed the same)" in line for line in lines)


@pytest.mark.parametrize(
    ("offer", "wrong"),
    [
        ("Para ventas, oprima 1. Para soporte, oprima 2.", "Opción no válida."),
        ("Para ventas, oprima 1. Para soporte, oprima 2.", "Opcion invalida. Adios."),
        ("Para ventas, oprima 1. Para soporte, oprima 2.", "No entendí su respuesta."),
        ("Para ventas, oprima 1. Para soporte, oprima 2.", "Inténtelo de nuevo."),
        ("For sales, press 1. For support, press 2.", "Ungültige Eingabe."),
        ("For sales, press 1. For support, press 2.", "Das habe ich nicht verstanden."),
        ("For sales, press 1. For support, press 2.", "Choix non valide."),
        ("For sales, press 1. For support, press 2.", "Je n'ai pas compris."),
    ],
)
def test_refusals_in_other_languages_are_known(offer: str, wrong: str) -> None:
    def agent_of(two: str) -> Agent:
        def agent(path: str, fields: Fields) -> str:
            if path == "/voice":
                return keys(offer)
            told = {"1": "Ventas.", "2": two}.get(fields["Digits"], wrong)
            return f"<Say>{told}</Say>{BYE}"

        return agent

    assert set(errors(agent_of(wrong))) == {"option-unhandled"}
    assert found(agent_of("Soporte.")) == {}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Sales - press 1; support - press 2;", "support"),
        ("Welcome. Sales: press 1. Support: press 2.", "support"),
        ("1 for sales, 2 for support, 3 for billing.", "support"),
        ("Hello. 1 for sales, 2 for support and 3 for billing.", "support"),
        ("Press 1, 2 or 3 for a room.", "a room"),
        ("For a room, press 1, 2 or 3.", ""),
        ("Please press 1 or 2.", ""),
    ],
)
def test_keys_in_short_menus_are_offered(text: str, label: str) -> None:
    def agent_of(two: str | int) -> Agent:
        def agent(path: str, fields: Fields) -> str | int:
            if path == "/voice":
                return keys(text)
            room = f"<Say>Number {fields['Digits']}.</Say>{BYE}"
            return {"1": room, "2": two, "3": room}.get(fields["Digits"], WRONG)

        return agent

    [move] = [
        move
        for place in explored(agent_of(BYE)).graph.places.values()
        for move in place.moves
        if move.keys == "2"
    ]
    assert (move.sort, move.label) == (Sort.OPTION, label)
    assert set(errors(agent_of(WRONG))) == {"option-unhandled"}
    assert found(agent_of(f"<Say>Number 2.</Say>{BYE}")) == {}


@pytest.mark.parametrize(
    "text",
    [
        "To order, press 1. Then enter 4 or 6 digits of your card.",
        "We have 1 for adults. Press 1 to order.",
        "Press 1. 2 people wait before you.",
    ],
)
def test_numbers_in_a_list_are_no_keys(text: str) -> None:
    def agent(path: str, fields: Fields) -> str:
        if path == "/voice":
            return keys(text)
        return f"<Say>Thanks.</Say>{BYE}" if fields["Digits"] == "1" else WRONG

    assert found(agent) == {}
