"""Agents that play recordings: callers know no words of them, and blame nobody for that."""

from datetime import date

import pytest

from voicesim.base.draws import Draws
from voicesim.base.findings import Level
from voicesim.call.talk import Judgement, Listening, Prompt
from voicesim.caller.making import make_caller
from voicesim.caller.models import Persona
from voicesim.config.callers import Catalogue

SPEECH = Listening(speech=True, dtmf=False, timeout_s=5.0)
BOTH = Listening(speech=True, dtmf=True, timeout_s=5.0)
KEYS = Listening(speech=False, dtmf=True, timeout_s=5.0, num_digits=1)
SCENARIOS = (
    *("quick_booking", "cancel_appointment", "opening_hours", "asks_for_person"),
    *("survey", "menu_sales"),
)


def recording(n: int, listening: Listening | None, text: str = "") -> Prompt:
    return Prompt(text, 3.0, audio=(f"https://agent.test/{n}.mp3",), listening=listening)


@pytest.mark.parametrize("listening", [SPEECH, BOTH, KEYS])
@pytest.mark.parametrize("same", [True, False])
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_who_asks_by_recordings_is_held_to_nothing(
    scenario: str, same: bool, listening: Listening, calm: Persona, catalogue: Catalogue
) -> None:
    made = make_caller(calm, catalogue.scenarios[scenario], Draws(1, 3), date(2026, 3, 4))
    caller = made[0]
    for n in range(40):
        if caller.hear(recording(0 if same else n, listening)).hangs_up:
            break
    opinion = caller.opinion()
    assert opinion.judgement is Judgement.UNCLEAR
    assert {(found.code, found.level) for found in opinion.findings} == {
        ("not-understood", Level.NOTICE)
    }
    assert "https://agent.test/" in opinion.findings[0].message


@pytest.mark.parametrize("asks", [SPEECH, None])
def test_the_same_words_after_other_recordings_are_no_loop(
    asks: Listening | None, calm: Persona, catalogue: Catalogue
) -> None:
    """Six questions are played, and each time it is said how to answer."""
    survey = catalogue.scenarios["survey"]
    caller, _ = make_caller(calm, survey, Draws(1, 3), date(2026, 3, 4))
    how = "Please press a key from 1 to 5."
    for n in range(6):
        if asks is None:
            caller.hear(recording(n, None))
            reply = caller.hear(Prompt(how, 2.0, listening=KEYS))
        else:
            reply = caller.hear(recording(n, KEYS, how))
        assert reply.digits
    caller.hear(Prompt("Thank you for your feedback. Goodbye.", 2.0))
    assert caller.opinion().judgement is Judgement.REACHED
    assert caller.opinion().findings == ()


def test_the_same_words_after_the_same_recording_are_one(
    calm: Persona, catalogue: Catalogue
) -> None:
    survey = catalogue.scenarios["survey"]
    caller, _ = make_caller(calm, survey, Draws(1, 3), date(2026, 3, 4))
    for _ in range(20):
        if caller.hear(recording(0, KEYS, "Please press a key from 1 to 5.")).hangs_up:
            break
    assert [found.code for found in caller.opinion().findings] == ["loops"]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_last_words_that_are_played_tell_nothing(
    scenario: str, calm: Persona, catalogue: Catalogue
) -> None:
    made = make_caller(calm, catalogue.scenarios[scenario], Draws(1, 3), date(2026, 3, 4))
    caller = made[0]
    caller.hear(Prompt("Hello, how can I help you?", 2.0, listening=SPEECH))
    caller.hear(recording(9, None))
    opinion = caller.opinion()
    assert opinion.judgement is Judgement.UNCLEAR
    assert [found.level for found in opinion.findings] == [Level.NOTICE]


@pytest.mark.parametrize(("clear", "judged"), [(True, Judgement.OPEN), (False, Judgement.MISHEARD)])
def test_a_survey_that_gives_up_on_garbled_answers_is_not_blamed(
    clear: bool, judged: Judgement, calm: Persona, catalogue: Catalogue
) -> None:
    deaf = calm.recogniser.model_copy(update={"word_error_rate": 0.0 if clear else 0.6})
    persona = calm.model_copy(update={"recogniser": deaf})
    survey = catalogue.scenarios["survey"]
    caller, _ = make_caller(persona, survey, Draws(1, 3), date(2026, 3, 4))
    caller.hear(Prompt("What did you like best about your stay with us?", 3.0, listening=SPEECH))
    caller.hear(Prompt("Sorry, I could not understand that. Goodbye.", 3.0))
    assert caller.opinion().judgement is judged
