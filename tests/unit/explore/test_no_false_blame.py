"""Right agents that are easily taken for wrong ones: no ERROR, mostly nothing."""

from collections.abc import Callable

import pytest

from tests.unit.explore.dialogues import (
    XML,
    Agent,
    Fields,
    errors,
    explored,
    found,
    keys,
    speech,
    waited_for,
)
from voicesim.line.hop import Hop, HopAnswer

BYE = "<Say>Goodbye.</Say><Hangup/>"
BACK = "<Redirect>/voice</Redirect>"
INVALID = f"<Say>That is not a valid choice.</Say>{BACK}"
HOLD = "http://twimlets.com/holdmusic?Bucket=com.twilio.music.ambient"


def menu(text: str, **told: str) -> Agent:
    """A menu that answers ``told`` to k1, k2 ..., and INVALID to other keys."""

    def agent(path: str, fields: Fields) -> str:
        if path == "/voice":
            return keys(text)
        return told.get(f"k{fields.get('Digits')}", INVALID)

    return agent


@pytest.mark.parametrize(
    "queue",
    [
        "<Enqueue>support</Enqueue>",
        '<Enqueue workflowSid="WW0123456789abcdef0123456789abcdef"><Task>{"a":1}</Task></Enqueue>',
        f'<Enqueue waitUrl="{HOLD}">support</Enqueue>',
    ],
)
def test_who_waits_in_a_queue_is_not_cut_off(queue: str) -> None:
    assert "cut-off" not in {code for code, _ in found(menu("For support, press 1.", k1=queue))}
    assert errors(menu("For support, press 1.", k1=queue)) == {}


def test_a_text_without_a_word_is_only_warned_of() -> None:
    agent = menu("To get our address by text, press 1.", k1="<Sms>Main Street</Sms>")
    assert found(agent) == {("cut-off", "WARNING"): ("presses 1 (get our address by text)",)}
    assert set(errors(menu("To get our address by text, press 1.", k1=""))) == {"cut-off"}


@pytest.mark.parametrize(
    "text",
    [
        "To replay this message, press 1.",
        "To listen to your balance once more, press 1.",
        "Para repetir este mensaje, oprima 1.",
        "Press 1 to turn the music off.",
    ],
)
def test_options_that_may_lead_back(text: str) -> None:
    said = f"{text} For hours, press 2."
    assert found(menu(said, k1=BACK, k2=f"<Say>Nine to five.</Say>{BYE}")) == {}


def test_an_option_that_is_for_something_else_may_not() -> None:
    agent = menu("To pay once, press 1. For hours, press 2.", k1=BACK, k2=BYE)
    assert set(errors(agent)) == {"option-unhandled"}


@pytest.mark.parametrize(("ready_s", "codes"), [(1.5, set()), (1e9, {"goes-on-alone"})])
def test_who_waits_in_words_for_a_slow_answer_is_not_blamed(
    ready_s: float, codes: set[str]
) -> None:
    """It is given real time once: if it never comes to an end then, it is."""

    def agent_of(now: Callable[[], float]) -> Callable[[Hop], HopAnswer]:
        asked: dict[str, float] = {}

        def answer(hop: Hop) -> HopAnswer:
            sid = next(part for part in hop.body.decode().split("&") if part.startswith("CallSid"))
            body = speech("How can I help?", "/ask")
            if hop.url.endswith("/ask"):
                asked[sid] = now() + ready_s
                body = "<Say>Let me look that up.</Say><Redirect>/wait</Redirect>"
            elif hop.url.endswith("/wait"):
                body = "<Say>I am still looking.</Say><Redirect>/wait</Redirect>"
                if now() >= asked[sid]:
                    body = f"<Say>We open at nine.</Say>{BYE}"
            return HopAnswer(200, XML, f"<Response>{body}</Response>".encode(), 0.0)

        return answer

    met = {
        (one.finding.code, one.finding.level.value): one.finding.message
        for one in waited_for(agent_of).complaints.all
    }
    assert {code for code, level in met if level == "ERROR"} == codes
    assert "--time-scale 1" in met["goes-on-alone", "WARNING"]


@pytest.mark.parametrize(
    "text",
    [
        "You have a call from Ann. Press 1 to decline.",
        "Your visit is on Monday at 3. Press 1 to cancel it.",
        "Press 1 to be removed from this list.",
        "Press 1 to acknowledge this alert.",
        "To reject the call, press 1.",
        "To unsubscribe, press 1.",
    ],
)
@pytest.mark.parametrize("end", ["<Hangup/>", ""])
def test_who_declines_or_cancels_and_is_let_go_is_only_warned_of(text: str, end: str) -> None:
    met = found(menu(f"{text} For hours, press 2.", k1=end, k2=BYE))
    assert set(met) == {("cut-off", "WARNING")}


@pytest.mark.parametrize(
    "text",
    [
        "Which toppings? For all, press 1. For None, press 2.",
        "Which toppings? Press 1 for all, or press 2 for None.",
        "Which toppings? For all, press 1. For none, press 2.",
    ],
)
def test_none_of_them_is_a_choice(text: str) -> None:
    told = {"k1": f"<Say>All of them.</Say>{BYE}", "k2": f"<Say>As you like.</Say>{BYE}"}
    assert found(menu(text, **told)) == {}
    missing = menu(f"Hello None. {text}", **told)
    assert set(errors(missing)) == {"placeholder-read"}


@pytest.mark.parametrize("ends", ["bye", "no, thank", "nothing"])
def test_a_chat_that_ends_at_a_farewell_has_a_way_out(ends: str) -> None:
    """And one that ends at nothing that is said has none."""

    def agent(path: str, fields: Fields) -> str:
        said = fields.get("SpeechResult", "").lower()
        if ends in said:
            return BYE
        text = "What else would you like to know?" if said else "Hi, ask me anything."
        return speech(text, "/voice", BACK)

    assert set(errors(agent)) == ({"loops"} if ends == "nothing" else set())


def test_the_callers_own_city_makes_no_other_place() -> None:
    def agent(path: str, fields: Fields) -> str:
        if path == "/choice":
            return f"<Say>Nine to five.</Say>{BYE}" if fields["Digits"] == "1" else INVALID
        if "FromState" not in fields:  # from abroad
            return BYE
        where = f"{fields['FromCity']}, {fields['FromState']} {fields.get('FromZip', '')}"
        return keys(f"Hello {where}. For hours, press 1.")

    result = explored(agent)
    assert len(result.graph.places) == 1
    assert {one.finding.code for one in result.complaints.all} == {"country-refused"}


def test_many_short_documents_before_each_question_are_not_taken_for_no_end() -> None:
    """The call that proves that silence goes round and round has more webhooks than others."""

    def agent(path: str, fields: Fields) -> str:
        step = int(fields.get("n", "0"))
        if path == "/name":
            return BYE
        if step < 6:
            return f"<Redirect>/voice?n={step + 1}</Redirect>"
        return speech("What is your name?", "/name", BACK)

    assert errors(agent) == {}


@pytest.mark.parametrize("text", ["Press 9 to open the gate.", "For the gate, press 9."])
def test_who_plays_tones_to_a_door_does_not_cut_off(text: str) -> None:
    assert found(menu(text, k9='<Play digits="ww9"/><Hangup/>')) == {}
    assert set(errors(menu(text, k9='<Play digits="ww"/><Hangup/>'))) == {"cut-off"}


def test_a_door_opener_that_asks_nothing_does_not_cut_off() -> None:
    assert found(lambda path, fields: '<Play digits="ww9"/><Hangup/>') == {}


@pytest.mark.parametrize(
    "text",
    [
        "To stop receiving these calls, press 1.",
        "If this is a wrong number, press 1.",
        "Press 1 if this is the wrong number.",
        "If you are done, press 1.",
        "If you're finished, press 1.",
        "To send to voicemail, press 1.",
        "To send the caller to voicemail, press 1.",
        "To block this caller, press 1.",
        "If you no longer wish to be called, press 1.",
        "If you do not want to be called again, press 1.",
    ],
)
def test_who_wants_nothing_more_and_is_let_go_is_only_warned_of(text: str) -> None:
    told = {"k1": "<Hangup/>", "k2": BYE}
    assert errors(menu(f"{text} For hours, press 2.", **told)) == {}
    assert set(errors(menu(f"{text} For hours, press 2.", k1=BYE, k2=""))) == {"cut-off"}


@pytest.mark.parametrize("when", ["later", "tomorrow", "another time", "at another time"])
def test_who_is_told_to_try_again_later_is_not_refused(when: str) -> None:
    busy = f"<Say>All operators are busy. Please try again {when}. Goodbye.</Say><Hangup/>"

    def agent(path: str, fields: Fields) -> str:
        if path == "/voice":
            return keys("For hours, press 1. For the operator, press 0.", after=BYE)
        return f"<Say>Nine to five.</Say>{BYE}" if fields["Digits"] == "1" else busy

    assert found(agent) == {}


@pytest.mark.parametrize(
    "said",
    [
        "Your results are null.",
        "The result is null, which is good.",
        "Please say yes or no. You said: yes, None, no.",
        "Was it yes, None, no?",
        "This is nan.",
    ],
)
def test_a_lone_word_that_may_be_one_is_only_warned_of(said: str) -> None:
    told = menu("For hours, press 1.", k1=f"<Say>{said}</Say>{BYE}")
    assert set(found(told)) == {("placeholder-read", "WARNING")}


def test_a_date_that_is_refused_is_no_placeholder() -> None:
    said = "Invalid Date. That is an invalid date. There is a translation missing here."
    assert errors(menu("For hours, press 1.", k1=f"<Say>{said}</Say>{BYE}")) == {}
