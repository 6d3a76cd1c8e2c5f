"""What somebody answers who is asked for an opinion."""

import re

import pytest

from tests.unit.caller.guided import BOTH, KEYS, VOICEMAIL, WORDS, hears, ringing, words
from voicesim.base.findings import Level
from voicesim.call.talk import Judgement, Listening
from voicesim.caller.languages.talks import TALKS
from voicesim.caller.models import Persona, Scenario
from voicesim.caller.scores import scale_in
from voicesim.caller.survey import SurveyCaller
from voicesim.config.callers import Catalogue

RATE = "On a scale from 1 to 5, how would you rate your visit?"
EASY = "Was it easy to park? Please say yes or no."
THANKS = "Thank you for your feedback. Goodbye."


@pytest.fixture
def survey(catalogue: Catalogue) -> Scenario:
    return catalogue.scenarios["survey"]


@pytest.fixture
def asked(calm: Persona, survey: Scenario) -> SurveyCaller:
    caller = ringing(calm, survey)
    assert isinstance(caller, SurveyCaller)
    return caller


SCALES = [
    ("en", "On a scale from 1 to 5, how was it?", (1, 5)),
    ("en", "Please rate us between zero and ten.", (0, 10)),
    ("en", "With 1 being very poor and 10 being excellent, how was it?", (1, 10)),
    ("en", "Press one, not at all likely, up to nine, extremely likely.", (1, 9)),
    ("en", "This takes 1 to 3 minutes.", None),
    ("en", "We are open from 9 to 5.", None),
    ("en", "Press 1 for good and 2 for bad.", None),
    ("es", "En una escala del 1 al 5, ¿cómo fue su visita?", (1, 5)),
    ("fr", "Sur une échelle de 0 à 10, quelle note donneriez-vous ?", (0, 10)),
    ("fr", "Cela prendra de 1 à 3 minutes.", None),
    ("de", "Auf einer Skala von eins bis fünf, wie war Ihr Besuch?", (1, 5)),
]


@pytest.mark.parametrize(("code", "text", "scale"), SCALES)
def test_scales_are_read_from_what_is_said(
    code: str, text: str, scale: tuple[int, int] | None
) -> None:
    assert scale_in(text, TALKS[code]) == scale


def test_a_score_is_pressed_where_keys_are_asked_for(calm: Persona, survey: Scenario) -> None:
    text = "Press a number from 1 to 5 to rate your visit."
    pressed = [hears(ringing(calm, survey, n), text, KEYS).digits for n in range(40)]
    assert set(pressed) == set("12345")


def test_a_score_of_one_key_is_of_one_digit(calm: Persona, survey: Scenario) -> None:
    text = "From 0 to 10, how likely are you to recommend us?"
    pressed = {hears(ringing(calm, survey, n), text, KEYS).digits for n in range(60)}
    assert pressed == set("0123456789")


def test_a_score_is_said_where_words_are_listened_for(asked: SurveyCaller) -> None:
    assert re.search(r"\b[1-5]\b", words(hears(asked, RATE, WORDS)))


def test_asked_to_press_it_presses_though_it_might_speak(asked: SurveyCaller) -> None:
    assert hears(asked, "Rate us from 1 to 5. Press the key now.", BOTH).digits


def test_asked_the_same_again_it_answers_the_same(calm: Persona, survey: Scenario) -> None:
    for n in range(12):
        caller = ringing(calm, survey, n)
        first = hears(caller, f"Hello. {RATE}", KEYS)
        assert hears(caller, f"Sorry, once more. {RATE}", KEYS).digits == first.digits


def test_it_takes_part(calm: Persona, survey: Scenario) -> None:
    for n in range(12):
        asks = "Do you have a minute for a short survey?"
        assert words(hears(ringing(calm, survey, n), asks, WORDS)) == "Yes."
        asks = "To take part in our survey, press 1. To decline, press 2."
        assert hears(ringing(calm, survey, n), asks, KEYS).digits == "1"


def test_yes_and_no_are_both_said(calm: Persona, survey: Scenario) -> None:
    said = set()
    for n in range(30):
        caller = ringing(calm, survey, n)
        hears(caller, RATE, KEYS)
        said.add(words(hears(caller, EASY, WORDS)).partition(",")[0].rstrip("."))
    assert said == {"Yes", "No"}


def test_one_of_the_options_is_taken(calm: Persona, survey: Scenario) -> None:
    text = "Press 1 for very satisfied, 2 for satisfied, 3 for unhappy, or 9 to repeat this."
    assert {hears(ringing(calm, survey, n), text, KEYS).digits for n in range(40)} == set("123")


def test_one_of_the_words_is_said(calm: Persona, survey: Scenario) -> None:
    text = "Would you say that the service was excellent, good, fair, or poor?"
    said = {words(hears(ringing(calm, survey, n), text, WORDS)) for n in range(40)}
    assert said == {"Excellent.", "Good.", "Fair.", "Poor."}


def test_what_is_recorded_is_said_in_its_own_words_and_not_recognised(asked: SurveyCaller) -> None:
    hears(asked, "What could we do better? Speak after the beep.")
    reply = hears(asked, "", VOICEMAIL)
    assert words(reply) in TALKS["en"].opinions
    assert reply.speech is not None
    assert reply.speech.reported is None


def test_a_score_that_it_did_not_give_is_put_right(asked: SurveyCaller) -> None:
    score = hears(asked, "From 1 to 5, how was it?", KEYS).digits
    other = "1" if score != "1" else "2"
    assert words(hears(asked, f"You said {other}. Is that right?", WORDS)) == f"No. {score}"
    assert words(hears(asked, f"You said {score}. Is that right?", WORDS)).startswith("Yes")


def test_what_nobody_can_know_is_asked_back(asked: SurveyCaller) -> None:
    hears(asked, RATE, KEYS)
    assert "repeat" in words(hears(asked, "Zorp the blivet now please.", WORDS))
    opinion = asked.opinion()
    assert opinion.judgement is Judgement.UNCLEAR
    assert [finding.code for finding in opinion.findings] == ["not-understood"]


ENDINGS = [
    ((THANKS,), Judgement.REACHED),
    (("That was the last question. Take care!",), Judgement.REACHED),
    (("Thank you for your time.", "Bye."), Judgement.REACHED),
    (("Sorry, something went wrong. Goodbye.",), Judgement.OPEN),
    (("We could not save your answers. Goodbye.",), Judgement.OPEN),
    (("Thank you for your time.", "Saving your answers failed. Goodbye."), Judgement.OPEN),
    (("We didn't get your answer. Goodbye.",), Judgement.OPEN),
    (("That is not a valid answer. Goodbye.",), Judgement.OPEN),
    (("The survey has been cancelled. Goodbye.",), Judgement.OPEN),
    (("We lost your responses. Bye.",), Judgement.OPEN),
    (("Our survey system is down. Bye.",), Judgement.OPEN),
    (("Something broke and your answer is gone. Bye.",), Judgement.OPEN),
    (("We're sorry that your visit was not perfect. Goodbye.",), Judgement.REACHED),
    (("We can't wait to see you again. Thanks for your help!",), Judgement.REACHED),
    (("Nothing went wrong, your answers are saved. Goodbye.",), Judgement.REACHED),
    (("Cheerio then.",), Judgement.UNCLEAR),
    (("One moment, please.",), Judgement.OPEN),
    ((), Judgement.OPEN),
]


@pytest.mark.parametrize(("said", "judgement"), ENDINGS)
def test_how_it_ends_is_what_is_said_last(
    asked: SurveyCaller, said: tuple[str, ...], judgement: Judgement
) -> None:
    hears(asked, RATE, KEYS)
    for text in said:
        hears(asked, text)
    assert asked.opinion().judgement is judgement


def test_thanks_before_the_next_question_end_nothing(asked: SurveyCaller) -> None:
    hears(asked, RATE, KEYS)
    hears(asked, "Thank you for your answer.")
    hears(asked, EASY, WORDS)
    assert asked.opinion().judgement is Judgement.OPEN


def test_thanks_without_a_question_are_no_survey(asked: SurveyCaller) -> None:
    hears(asked, THANKS)
    assert asked.opinion().judgement is Judgement.OPEN


def test_the_same_for_ever_is_told(asked: SurveyCaller) -> None:
    replies = [hears(asked, EASY, WORDS) for _ in range(9)]
    assert replies[asked._persona.patience].hangs_up
    (finding,) = asked.opinion().findings
    assert (finding.code, finding.level) == ("loops", Level.ERROR)
    assert "easy to park" in finding.message


def test_two_questions_in_the_same_words_but_a_say_apart_are_two(asked: SurveyCaller) -> None:
    for n in range(9):
        hears(asked, f"How was visit number {n}, from 1 to 5?")
        assert hears(asked, "Press a key now.", KEYS).digits
    assert asked.opinion().findings == ()


def test_a_question_that_it_only_guesses_at_is_held_against_nobody(asked: SurveyCaller) -> None:
    replies = [hears(asked, "Zorp the blivet now please.", WORDS) for _ in range(9)]
    assert any(reply.hangs_up for reply in replies)
    assert {f.level for f in asked.opinion().findings} <= {Level.NOTICE}


SURVEYS = {
    "es": (
        "Del 1 al 5, ¿cómo califica su visita?",
        "¿Fue fácil aparcar? Diga sí o no.",
        "Muchas gracias por su tiempo. Adiós.",
    ),
    "fr": (
        "Sur une échelle de 1 à 5, comment s'est passée votre visite ?",
        "Était-ce facile de se garer ? Répondez par oui ou non.",
        "Merci pour votre avis. Au revoir.",
    ),
    "de": (
        "Auf einer Skala von 1 bis 5, wie war Ihr Besuch?",
        "War es leicht zu parken? Bitte sagen Sie ja oder nein.",
        "Vielen Dank für Ihre Zeit. Auf Wiederhören.",
    ),
}


@pytest.mark.parametrize("code", SURVEYS)
def test_it_answers_in_the_language_that_it_is_asked_in(
    calm: Persona, survey: Scenario, code: str
) -> None:
    rate, easy, thanks = SURVEYS[code]
    caller, talk = ringing(calm, survey, code=code), TALKS[code]
    assert re.search(r"\b[1-5]\b", words(hears(caller, rate, WORDS)))
    assert words(hears(caller, easy, WORDS)) in talk.yes + talk.no
    hears(caller, thanks)
    assert caller.opinion().judgement is Judgement.REACHED


LOST = [
    ("es", "No se pudieron guardar sus respuestas. Adiós."),
    ("fr", "Vos réponses n'ont pas été enregistrées. Au revoir."),
    ("de", "Ihre Antworten konnten nicht gespeichert werden. Auf Wiederhören."),
]


@pytest.mark.parametrize(("code", "end"), LOST)
def test_answers_that_are_lost(calm: Persona, survey: Scenario, code: str, end: str) -> None:
    caller = ringing(calm, survey, code=code)
    hears(caller, SURVEYS[code][0], KEYS)
    hears(caller, end)
    assert caller.opinion().judgement is Judgement.OPEN


TOLD_BACK = [
    ("en", RATE, "You said {n}. Thank you for your feedback. Goodbye."),
    ("en", RATE, "You gave us {n} out of 5. Thank you for your feedback. Goodbye."),
    ("en", RATE, "Thanks for the {n}! Goodbye."),
    ("en", RATE, "Your score of {n} has been recorded. Thank you for your time."),
    ("en", RATE, "A {n}, lovely. Thanks for your time. Bye."),
    ("en", RATE, "I heard {n}. Thanks for your time. Bye."),
    ("en", RATE, "I've put you down for a {n}. Have a lovely day."),
    ("en", RATE, "So that's {n} out of five. Have a lovely day."),
    ("es", SURVEYS["es"][0], "Ha dicho {n}. Gracias por su opinión. Adiós."),
    ("fr", SURVEYS["fr"][0], "Vous avez dit {n}. Merci pour votre avis. Au revoir."),
    ("de", SURVEYS["de"][0], "Sie haben {n} gesagt. Vielen Dank für Ihre Zeit."),
]


@pytest.mark.parametrize("listening", [KEYS, WORDS])
@pytest.mark.parametrize(("code", "rate", "end"), TOLD_BACK)
def test_a_score_told_back_is_the_one_that_was_given(
    calm: Persona, survey: Scenario, listening: Listening, code: str, rate: str, end: str
) -> None:
    for right in (True, False):
        caller = ringing(calm, survey, code=code)
        reply = hears(caller, rate, listening)
        score = (re.findall(r"\d", words(reply)) or [reply.digits])[0]
        hears(caller, end.format(n=score if right else "8"))
        opinion = caller.opinion()
        found = [(finding.code, finding.level) for finding in opinion.findings]
        if right:
            assert (opinion.judgement, found) == (Judgement.REACHED, [])
        else:
            assert found == [("readback-wrong", Level.ERROR)]
            assert opinion.judgement is Judgement.WRONG


@pytest.mark.parametrize(
    "said",
    [
        "You said four weeks ago that it took 8 days.",
        "That was question 8.",
        "You answered all 8 questions.",
        "You said 8 to the question before.",
        "We have saved 8 minutes of your time.",
    ],
)
def test_other_numbers_are_no_score(asked: SurveyCaller, said: str) -> None:
    hears(asked, RATE, KEYS)
    hears(asked, f"{said} Thank you for your feedback. Goodbye.")
    assert (asked.opinion().judgement, asked.opinion().findings) == (Judgement.REACHED, ())


def test_a_score_told_back_wrongly_and_then_right(asked: SurveyCaller) -> None:
    score = hears(asked, RATE, KEYS).digits
    hears(asked, "You said 8.")
    hears(asked, f"No, you said {score}. Thank you for your feedback. Goodbye.")
    assert (asked.opinion().judgement, asked.opinion().findings) == (Judgement.REACHED, ())


def test_a_score_that_may_have_been_misheard_is_held_against_nobody(
    calm: Persona, survey: Scenario
) -> None:
    recogniser = calm.recogniser.model_copy(update={"word_error_rate": 1.0})
    misheard = 0
    for n in range(12):
        caller = ringing(calm.model_copy(update={"recogniser": recogniser}), survey, n)
        speech = hears(caller, RATE, WORDS).speech
        hears(caller, "You said 8. Thank you for your feedback. Goodbye.")
        if speech and speech.reported != speech.meant:
            misheard += 1
            assert caller.opinion().findings == ()
    assert misheard


def test_a_score_told_back_beside_another_question_is_no_question(asked: SurveyCaller) -> None:
    hears(asked, RATE, KEYS)
    assert words(hears(asked, f"You said 8. {EASY}", WORDS)).startswith(("Yes", "No,", "No."))
    assert "8" not in words(hears(asked, EASY, WORDS))
    hears(asked, THANKS)
    assert asked.opinion().judgement is Judgement.WRONG


@pytest.mark.parametrize(
    ("asked", "end", "judgement"),
    [
        ("May we ask you three questions?", "Goodbye.", Judgement.UNCLEAR),
        ("Do you have two minutes for a survey?", "Thanks for your time.", Judgement.OPEN),
        ("Were you satisfied, yes or no?", "Thanks for your feedback.", Judgement.REACHED),
    ],
)
def test_to_be_asked_for_leave_is_no_survey(
    asked: str, end: str, judgement: Judgement, calm: Persona, catalogue: Catalogue
) -> None:
    caller = ringing(calm, catalogue.scenarios["survey"])
    assert words(hears(caller, asked, WORDS))
    hears(caller, end)
    assert caller.opinion().judgement is judgement


@pytest.mark.parametrize(
    "asks",
    [
        "How would you rate our staff?",
        "How would you score the waiting time?",
        "And how friendly was our team?",
        "How easy was it to book?",
        "How clean was your room, on the same scale?",
    ],
)
def test_a_scale_that_was_told_before_is_kept_to(
    asks: str, calm: Persona, catalogue: Catalogue
) -> None:
    caller = ringing(calm, catalogue.scenarios["survey"])
    hears(caller, "On a scale of 0 to 10, how satisfied were you with your visit?", WORDS)
    assert re.search(r"\d", words(hears(caller, asks, WORDS)))
