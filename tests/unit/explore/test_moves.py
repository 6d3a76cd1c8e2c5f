"""What is tried at a prompt follows from what it offers, asks and listens for."""

from datetime import date
from time import process_time

import pytest

from tests.unit.explore.dialogues import CATALOGUE
from voicesim.base.draws import Draws
from voicesim.call.talk import Listening, Prompt
from voicesim.caller.facts import Facts, draw_facts, draw_identity
from voicesim.explore.moves import LIKELY, SILENT, Sort, moves_at

KEYS = Listening(speech=False, dtmf=True, timeout_s=5, num_digits=1)
TYPED = Listening(speech=False, dtmf=True, timeout_s=5)
SPEECH = Listening(speech=True, dtmf=False, timeout_s=5)
BOTH = Listening(speech=True, dtmf=True, timeout_s=5)
TAPE = Listening(speech=True, dtmf=True, timeout_s=5, recording=True)


SPOKEN = ("sales", "support", "billing")


def tried(text: str, listening: Listening) -> dict[str, Sort]:
    return {m.shown: m.sort for m in moves_at(Prompt(text, 1.0, listening=listening), text)}


def likely(text: str, listening: Listening) -> set[str]:
    return {shown for shown, sort in tried(text, listening).items() if sort in LIKELY}


def facts() -> Facts:
    persona, scenario = CATALOGUE.personas["standard"], CATALOGUE.scenarios["quick_booking"]
    draws = Draws(1, 0)
    return draw_facts(
        persona, scenario, draw_identity(persona, scenario, draws), draws, date(2026, 3, 2)
    )


def test_a_menu_offers_its_keys_and_all_others_are_odd() -> None:
    found = tried("For sales press 1, for support press 2.", KEYS)
    options = [shown for shown, sort in found.items() if sort is Sort.OPTION]
    assert options == ["presses 1 (sales)", "presses 2 (support)"]
    odd = [shown for shown, sort in found.items() if sort is Sort.ODD]
    assert odd == [f"presses {key}" for key in "03456789*"]  # pound ends the input
    assert found["stays silent"] is Sort.SILENCE


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("What is your name?", {'says "My name is <name>."'}),
        ("What is your phone number?", {'says "My phone number is <phone>."'}),
        ("What day would you like?", {'says "I\'d like to come on <day>."'}),
        ("What time suits you?", {'says "At <time>, please."'}),
        ("Is that correct?", {'says "Yes."', 'says "No."'}),
        ("Is that correct? Please say yes or no.", {'says "yes"', 'says "no"'}),
        ("Say billing or support.", {'says "billing"', 'says "support"'}),
        ("Say one of: sales, support or billing.", {f'says "{w}"' for w in SPOKEN}),
        ("To speak to an agent, say 'agent'.", {'says "agent"'}),
        ("You can say things like check my balance.", {'says "check my balance"'}),
        ("Did you say billing or support?", {'says "Yes."', 'says "No."'}),
        ("Please say the city or town.", set()),
        ("We reply within two days. Say your member number.", set()),
        ("Is there anything else?", {'says "No, thank you."'}),
        ("Please say your member number.", set()),
    ],
)
def test_a_question_gets_what_it_asks_for(text: str, says: set[str]) -> None:
    assert likely(text, SPEECH) == says


def test_what_is_not_understood_is_only_guessed_at() -> None:
    found = tried("Mumble mumble.", SPEECH)
    assert set(found.values()) == {Sort.GUESS, Sort.ODD, Sort.SILENCE}


def test_a_number_is_keyed_in_where_keys_are_taken() -> None:
    assert likely("Please enter your phone number.", TYPED) == {"presses <number>"}
    moves = moves_at(Prompt("", 1.0, listening=TYPED), "Please enter your phone number.")
    reply = moves[0].reply(facts(), TYPED)
    assert reply is not None
    assert reply.digits == "".join(filter(str.isdigit, facts().phone)) + "#"


def test_where_keys_and_words_are_taken_the_menu_is_pressed() -> None:
    assert likely("For sales press 1.", BOTH) == {"presses 1 (sales)"}
    assert likely("For sales press 1.", SPEECH) == {'says "sales"'}


def test_a_word_that_stands_in_for_a_key_is_said_and_the_key_pressed() -> None:
    keys_and_words = {"presses 1 (sales)", "presses 2 (support)", 'says "sales"', 'says "support"'}
    assert likely("Press 1 or say sales. Say support or press two.", BOTH) == keys_and_words


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Para español, oprima dos.", {"presses 2 (español)"}),
        (
            "Please rate our service on a scale from 1 to 3.",
            {f"presses {n} (a mark)" for n in "123"},
        ),
        ("Our rates rise from 1 to 3 percent. For sales, press 4.", {"presses 4 (sales)"}),
    ],
)
def test_keys_that_are_offered_in_other_words(text: str, keys: set[str]) -> None:
    assert likely(text, KEYS) == keys


def test_what_a_question_names_and_hints_are_guesses_and_both_together_are_offered() -> None:
    question = "Would you like sales or support?"
    guessed = {shown for shown, sort in tried(question, SPEECH).items() if sort is Sort.GUESS}
    assert guessed == {'says "sales"', 'says "support"', 'says "Yes."', 'says "No."'}
    hinted = SPEECH._replace(hints=("support", "Ann", "$DAY"))
    assert likely(question, hinted) == {'says "support"'}
    assert tried("Who is it?", hinted)['says "Ann"'] is Sort.GUESS
    assert not any("$DAY" in shown for shown in tried(question, hinted))


def test_a_long_prompt_is_read_in_no_time_and_few_of_its_words_are_tried() -> None:
    began = process_time()
    for text in ("say " * 1000, "say a or " * 500, "is it like or " * 300 + "?", "para " * 800):
        assert len(tried(text, BOTH)) < 40
    assert process_time() - began < 1.0


def test_a_tape_is_spoken_on_or_left_empty() -> None:
    assert [*tried("Leave a message.", TAPE).values()] == [
        Sort.ANSWER,
        Sort.SILENCE,
        Sort.HANG_UP,
    ]


def test_what_is_not_listened_for_cannot_be_done() -> None:
    (key,) = (m for m in moves_at(Prompt("", 1.0, listening=KEYS), "For sales press 1.") if m.label)
    assert key.reply(facts(), SPEECH) is None
    assert SILENT.reply(facts(), KEYS) is not None


def test_nothing_is_tried_where_nobody_listens() -> None:
    assert moves_at(Prompt("Hello.", 1.0), "Hello.") == ()
