"""What is wrong with a dialogue is found, with the way to it; what is not wrong is not blamed."""

import pytest

from tests.unit.explore.dialogues import (
    XML,
    Agent,
    Fields,
    errors,
    explored,
    found,
    keys,
    of_hops,
    speech,
)
from voicesim.explore.drawing import tree
from voicesim.explore.walking import Budget
from voicesim.line.hop import Hop, HopAnswer

MENU = "For sales press 1, for support press 2."
SORRY = "<Say>Sorry, I don't understand that choice.</Say><Redirect>/voice</Redirect>"


def menu(**options: str | int) -> Agent:
    """A menu: what it answers to the keys ("k1"), to others ("other"), to silence ("after")."""

    def agent(path: str, fields: Fields) -> str | int:
        if path == "/choice":
            return options.get(f"k{fields.get('Digits')}", options.get("other", SORRY))
        return keys(MENU, after=str(options.get("after", "<Say>Goodbye.</Say>")))

    return agent


HAPPY = {"k1": "<Say>This is sales.</Say>", "k2": "<Say>This is support.</Say>"}


def test_a_sound_menu_is_not_blamed() -> None:
    assert found(menu(**HAPPY)) == {}


def test_twilios_own_example_of_a_menu_has_no_error() -> None:
    """Its silence leads round and round: that is worth a warning."""
    agent = menu(**HAPPY, after="<Redirect>/voice</Redirect>")
    assert found(agent) == {("silence-loops", "WARNING"): ("rings",)[1:]}


def test_an_option_that_fails_is_found_with_its_way() -> None:
    assert errors(menu(**HAPPY | {"k2": 500})) == {"11217": ("presses 2 (support)",)}


def test_an_option_that_is_not_handled_is_found() -> None:
    agent = menu(k1=HAPPY["k1"])
    assert errors(agent) == {"option-unhandled": ("presses 2 (support)",)}


def test_an_option_to_hear_the_menu_again_may_lead_back() -> None:
    def agent(path: str, fields: Fields) -> str:
        if path == "/choice" and fields.get("Digits") == "1":
            return HAPPY["k1"]
        return keys("For sales press 1, to hear this menu again press 9.")

    assert errors(agent) == {}


@pytest.mark.parametrize("empty", ["", "<Hangup/>"])
def test_being_cut_off_without_a_word_is_found(empty: str) -> None:
    assert errors(menu(**HAPPY | {"k1": empty})) == {"cut-off": ("presses 1 (sales)",)}
    assert found(menu(**HAPPY, other=empty))["cut-off", "WARNING"]
    assert found(menu(**HAPPY, after=empty)) == {("cut-off", "WARNING"): ("stays silent",)}
    assert errors(lambda path, fields: empty) == {"cut-off": ()}


@pytest.mark.parametrize("told", ["<Say>We open at nine.</Say>", "<Play>/hours.mp3</Play>"])
def test_a_menu_that_tells_something_and_comes_back_is_sound(told: str) -> None:
    back = f"{told}<Redirect>/voice</Redirect>"
    assert found(menu(k1=back, k2=f"{back} ", other="<Redirect>/voice</Redirect>")) == {}


def test_a_menu_that_comes_back_with_nothing_told_is_not() -> None:
    back = "<Redirect>/voice</Redirect>"
    assert set(errors(menu(k1=back, k2=back, other=back))) == {"loops", "option-unhandled"}
    assert errors(menu(**HAPPY | {"k2": back}, other=back)) == {
        "option-unhandled": ("presses 2 (support)",)
    }


def test_an_operator_for_whoever_presses_anything_is_sound() -> None:
    put_through = "<Say>Sorry for the wait, I connect you.</Say><Dial>+15005550009</Dial>"
    assert found(menu(k1=HAPPY["k1"], k2=put_through, other=put_through)) == {}


def test_being_put_through_is_no_end_without_a_word() -> None:
    agent = menu(**HAPPY | {"k1": "<Dial>+15005550009</Dial>"})
    assert errors(agent) == {}


@pytest.mark.parametrize(
    "said",
    [
        "Hello undefined, how are you?",
        "Your appointment is on None.",
        "Thank you, None, goodbye.",
        "Hello {{name}}.",
        "Hello ${name}.",
        "Hello &lt;%= name %&gt;.",
        "You owe NaN dollars.",
        "This is [object Object].",
        "Hello %s.",
        "The value is null.",
    ],
)
def test_placeholders_that_are_read_out_are_found(said: str) -> None:
    agent = menu(**HAPPY | {"k2": f"<Say>{said}</Say>"})
    assert errors(agent) == {"placeholder-read": ("presses 2 (support)",)}


def test_a_text_of_an_hour_is_cut_where_twilio_cuts_it() -> None:
    assert errors(menu(**HAPPY | {"k2": f"<Say>{'word ' * 12_000}</Say>"})) == {}


@pytest.mark.parametrize(
    "said",
    [
        "None of our agents is free.",
        "I am sorry. None were found.",
        "We are open. Almost None of us smokes.",
        "The contract is null and void.",
        "You get 20% said nobody.",
        "You saved 5%.",
    ],
)
def test_plain_english_is_no_placeholder(said: str) -> None:
    assert errors(menu(**HAPPY | {"k2": f"<Say>{said}</Say>"})) == {}


def test_a_record_that_asks_for_itself_loops() -> None:
    def agent(path: str, fields: Fields) -> str:
        return "<Say>Leave a message.</Say><Record/><Say>I heard nothing.</Say>"

    assert errors(agent) == {"loops": ()}


def test_a_redirect_to_itself_goes_on_for_ever() -> None:
    agent = menu(**HAPPY | {"k2": "<Redirect>/round</Redirect>"})

    def round_and_round(path: str, fields: Fields) -> str | int:
        return "<Say>One moment.</Say><Redirect/>" if path == "/round" else agent(path, fields)

    assert errors(round_and_round) == {"goes-on-alone": ("presses 2 (support)",)}


def test_an_agent_that_waits_for_something_is_only_warned_of() -> None:
    def agent(path: str, fields: Fields) -> str:
        return '<Pause length="2"/><Redirect>/voice</Redirect>'

    assert found(agent) == {("goes-on-alone", "WARNING"): ()}


def test_goodbye_without_a_hangup_is_found() -> None:
    def agent(path: str, fields: Fields) -> str:
        if path == "/name":
            return speech("Thank you. Goodbye.", "/name", "<Redirect>/name</Redirect>")
        return speech("What is your name?", "/name")

    assert errors(agent) == {"never-ends": ('says "My name is <name>."',)}


def test_a_dialogue_without_a_way_out_is_found() -> None:
    def agent(path: str, fields: Fields) -> str:
        back = "<Redirect>/voice</Redirect>"
        if path == "/day":
            return speech("What day would you like?", "/voice", back)
        return speech("What is your name?", "/day", back)

    assert errors(agent) == {"no-way-out": ()}


def test_who_gives_up_after_some_tries_has_a_way_out() -> None:
    """The same words each time, and a count of them where nobody sees it: in the call's state."""
    tries: dict[str, int] = {}

    def agent(path: str, fields: Fields) -> str:
        sid = fields["CallSid"]
        tries[sid] = tries.get(sid, 0) + 1
        if tries[sid] > 5:
            return "<Say>Sorry, I cannot help you. Goodbye.</Say>"
        return speech("Please say the secret word.", "/voice", "<Redirect>/voice</Redirect>")

    assert found(agent) == {}


def test_a_question_that_we_cannot_answer_is_no_error() -> None:
    def agent(path: str, fields: Fields) -> str:
        return speech("Please say your member number.", "/voice", "<Redirect>/voice</Redirect>")

    levels = {level for _, level in found(agent)}
    assert levels == {"WARNING"}


def test_a_number_read_back_with_a_wrong_digit_is_found() -> None:
    def agent(path: str, fields: Fields) -> str:
        if path == "/voice":
            return speech("What is your phone number?", "/number")
        if path == "/yes":
            return "<Say>Thank you. Goodbye.</Say>"
        digits = "".join(filter(str.isdigit, fields.get("SpeechResult", "")))
        wrong = digits[:-1] + str((int(digits[-1:] or "0") + 1) % 10)
        return speech(f"I have {' '.join(wrong)}. Is that correct?", "/yes")

    assert errors(agent) == {"readback-wrong": ('says "My phone number is <phone>."',)}


def test_callers_that_are_mixed_up_are_found() -> None:
    """It calls everybody by the name of who rang before."""
    names = ["you"]

    def agent(path: str, fields: Fields) -> str:
        if path == "/voice":
            return speech("What is your name?", "/name")
        if path == "/day":
            return "<Say>Thank you. Goodbye.</Say>"
        said = fields.get("SpeechResult", "")
        if said.startswith("My name is"):
            names.append(said.removeprefix("My name is ").rstrip("."))
        return speech(f"Thank you, {names[-2]}. What day would you like?", "/day")

    assert errors(agent) == {"cross-talk": ('says "My name is <name>."',)}


def test_the_budget_ends_the_walk_and_is_told() -> None:
    def agent(path: str, fields: Fields) -> str:
        step = int(fields.get("step", "0")) + 1
        words = "a" * step
        return speech(f"What is your name {words}?", f"/voice?step={step}")

    result = explored(agent, Budget(calls=20))
    assert result.calls <= 20 + 4 + 12  # and the callers from abroad, and those with a goal
    assert result.untried > 0


def test_an_agent_that_never_says_the_same_twice_is_left_in_the_end() -> None:
    said = iter(range(1_000_000))

    def agent(path: str, fields: Fields) -> str:
        word = "".join(chr(97 + int(digit)) for digit in str(next(said)))
        return keys(f"Word {word}. For sales press 1.", "/voice")

    result = explored(agent, Budget(calls=60))
    assert result.calls < 80
    assert {one.finding.code for one in result.complaints.all} <= {"varies"}


def test_equal_seeds_find_equal_things() -> None:
    agent = menu(**HAPPY | {"k2": 500})
    first, second = explored(agent), explored(agent)
    assert [*tree(first.graph, first.complaints)] == [*tree(second.graph, second.complaints)]
    assert first.calls == second.calls


def test_silence_that_an_empty_redirect_leads_round_is_an_error() -> None:
    agent = menu(**HAPPY, after="<Redirect/>")
    assert set(found(agent)) == {("silence-loops", "ERROR")}


@pytest.mark.parametrize("matters", [True, False])
def test_a_cookie_that_does_not_come_back_is_an_error_where_it_matters(matters: bool) -> None:
    """Its path is wrong, and who comes without it is sent away."""

    def answer(hop: Hop) -> HopAnswer:
        if hop.url.endswith("/voice"):
            body = speech("What is your name?", "/name")
        elif matters and not any(name == "Cookie" for name, _ in hop.headers):
            body = "<Say>We do not know you. Goodbye.</Say>"
        else:
            body = "<Say>Thank you.</Say>"
        headers = (*XML, ("Set-Cookie", "a=1; Path=/elsewhere"))
        return HopAnswer(200, headers, f"<Response>{body}</Response>".encode(), 0.0)

    levels = {
        one.finding.level.value
        for one in of_hops(answer).complaints.all
        if one.finding.code == "cookie-not-sent"
    }
    assert levels == ({"ERROR", "WARNING"} if matters else {"WARNING"})


@pytest.mark.parametrize("query", ["", "?Digits=1"])
def test_a_redirect_that_drops_what_was_pressed_is_found(query: str) -> None:
    """Unless the value is in the Location."""

    def answer(hop: Hop) -> HopAnswer:
        if hop.url.endswith("/choice"):
            return HopAnswer(302, (("Location", f"/chosen{query}"),), b"", 0.0)
        body = HAPPY["k1"] if hop.url.endswith("Digits=1") else keys("For sales press 1.")
        return HopAnswer(200, XML, f"<Response>{body}</Response>".encode(), 0.0)

    codes = {one.finding.code: one.steps for one in of_hops(answer).complaints.all}
    assert codes == ({} if query else {"input-lost": ("presses 1 (sales)",)})


def test_a_country_that_is_turned_away_is_named() -> None:
    def agent(path: str, fields: Fields) -> str | int:
        if fields["From"].startswith("+44"):
            return "<Say>Not from there. Goodbye.</Say>"
        return menu(**HAPPY)(path, fields)

    assert found(agent) == {("country-refused", "WARNING"): ()}
