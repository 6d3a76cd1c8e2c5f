"""Options: what may end a call, what leads nowhere, what comes back for a reason."""

import pytest

from tests.unit.explore.dialogues import Agent, Fields, errors, explored, found, keys, speech
from voicesim.call import entries
from voicesim.explore.walking import Budget

BYE = "<Say>Goodbye.</Say><Hangup/>"
BACK = "<Redirect>/voice</Redirect>"
SORRY = "<Say>Sorry, I don't understand that choice.</Say><Redirect>/voice</Redirect>"


def offers(text: str, one: str, other: str = SORRY) -> Agent:
    """A menu: what it answers to 1; to 2 it says something and hangs up."""

    def agent(path: str, fields: Fields) -> str:
        if path == "/choice":
            return {"1": one, "2": BYE}.get(fields["Digits"], other)
        return keys(f"{text} For a farewell, press 2.")

    return agent


@pytest.mark.parametrize(
    "label", ["hang up", "end this call", "exit", "quit the menu", "disconnect"]
)
def test_an_option_that_was_offered_to_end_the_call_may_end_it(label: str) -> None:
    assert found(offers(f"To {label}, press 1.", "<Hangup/>")) == {}


@pytest.mark.parametrize("label", ["cancel", "stop", "finish"])
def test_an_option_that_may_mean_so_is_only_warned_of(label: str) -> None:
    way = (f"presses 1 ({label})",)
    assert found(offers(f"To {label}, press 1.", "<Hangup/>")) == {("cut-off", "WARNING"): way}


@pytest.mark.parametrize("label", ["cancel your appointment", "leave a message", "stop the mail"])
def test_an_option_that_is_for_something_else_is_cut_off(label: str) -> None:
    assert set(errors(offers(f"To {label}, press 1.", "<Hangup/>"))) == {"cut-off"}


@pytest.mark.parametrize(
    ("asks", "level"),
    [
        ("Is there anything else?", "WARNING"),
        ("Would you like to continue?", "WARNING"),
        ("Is your address correct?", "ERROR"),
    ],
)
def test_who_wants_nothing_more_may_be_let_go(asks: str, level: str) -> None:
    def agent(path: str, fields: Fields) -> str:
        if path == "/answer" and fields["SpeechResult"].startswith("No"):
            return "<Hangup/>"
        return BYE if path == "/answer" else speech(asks, "/answer")

    assert {level for code, level in found(agent) if code == "cut-off"} == {level}


def test_an_option_that_leads_straight_back_is_found_where_others_are_refused() -> None:
    assert errors(offers("For sales press 1.", BACK)) == {
        "option-unhandled": ("presses 1 (sales)",)
    }


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("For our address as a text, press 1.", f"<Sms>5 Main Street</Sms>{BACK}"),
        ("To hold the line, press 1.", BACK),
        ("For music, press 1.", f"<Pause length='3'/>{BACK}"),
        ("To repeat this, press 1.", BACK),
    ],
)
def test_an_option_that_comes_back_for_a_reason_is_sound(text: str, one: str) -> None:
    assert found(offers(text, one)) == {}


def test_a_menu_that_counts_is_not_taken_for_one_that_ignores() -> None:
    def agent(path: str, fields: Fields) -> str:
        count, pressed = int(fields.get("n", "0")), fields.get("Digits", "")
        if pressed == "2" or count > 2:
            return BYE
        count += pressed == "1"
        wrong = "<Say>Sorry?</Say>" if pressed not in ("", "1") else ""
        text = f"You have {count} in your cart. Press 1 to add one. Press 2 to check out."
        return wrong + keys(text, f"/add?n={count}")

    assert errors(agent) == {}


def test_an_option_next_to_an_overheard_one_is_not_taken_for_refused() -> None:
    """The odd key 3 does the same as the word: most odd keys do not."""

    def agent(path: str, fields: Fields) -> str:
        if path == "/voice":
            text = "Say sales or billing. Billing also has the key three."
            attributes = 'input="dtmf speech" numDigits="1" action="/choice"'
            return f"<Gather {attributes}><Say>{text}</Say></Gather>{BYE}"
        match fields.get("Digits") or fields.get("SpeechResult"):
            case "3" | "billing":
                return f"<Say>Billing is closed.</Say>{BACK}"
            case "sales":
                return BYE
        return SORRY

    assert found(agent) == {}


def test_an_agent_that_waited_once_and_then_spins_is_not_waiting() -> None:
    def agent(path: str, fields: Fields) -> str:
        if path == "/voice":
            return '<Dial action="/spin">+15005550009</Dial>'
        return "<Redirect>/spin</Redirect>"

    assert set(errors(agent)) == {"goes-on-alone"}


def test_a_call_that_brings_more_than_is_kept_is_told_and_held_against_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(entries, "MOST_BYTES", 1 << 20)  # sooner full

    def agent(path: str, fields: Fields) -> str:
        if path == "/voice":
            return keys("For sales press 1, for support press 2.")
        if path == "/choice" and fields["Digits"] == "1":
            return BYE
        return f"<Say>{'a' * 65_000}</Say><Redirect>/on</Redirect>"

    complaints = explored(agent, Budget(calls=4)).complaints
    told = [one for one in complaints.all if one.finding.code == "log-full"]
    assert [one.finding.level.value for one in told] == ["NOTICE"] * len(told)
    assert ("presses 2 (support)",) in [one.steps for one in told]
    assert not complaints.failed


def test_words_that_are_offered_and_lead_round_and_round_are_an_error() -> None:
    """Where they are offered only at times, too, and what is said is understood at others."""

    def agent(path: str, fields: Fields) -> str:
        said = fields.get("SpeechResult", "")
        if path != "/help" or said.startswith("Why"):
            sorry = "Sorry, you can say: book a table. " if path == "/help" else ""
            return speech(f"{sorry}How can I help?", "/help", "<Redirect>/voice</Redirect>")
        return speech("A table. What is your name?", "/name", "<Redirect>/voice</Redirect>")

    assert "no-way-out" in errors(agent)
