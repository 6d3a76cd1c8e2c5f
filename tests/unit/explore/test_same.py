"""Places are the same but for names, numbers, days, times and ids; and no more than that."""

import pytest

from voicesim.explore.same import Own, normal_text, normal_url, normal_verbs
from voicesim.twilio.twiml import parse

ANN, BOB = Own("Ann Lee-Smith", "+12125550142"), Own("Bob Ray", "+13105550177")
URL = "http://127.0.0.1:8000/voice"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Thank you, Ann Lee-Smith.", "Thank you, Bob Ray."),
        ("Hello ANN, how are you?", "Hello Bob, how are you?"),
        ("Number 2 1 2, 5 5 5, 0 1 4 2?", "Number 3 1 0, 5 5 5, 0 1 7 7?"),
        ("on Tuesday, March 3rd, at 3 PM. Right?", "on Friday, May 22nd, at 10:30 AM. Right?"),
        ("Your id is CA" + "0f" * 16 + ".", "Your id is CA" + "1e" * 16 + "."),
        ("You are caller 3.", "You are caller 12."),
        ("tomorrow at 9 o'clock", "today at 11 o'clock"),
    ],
)
def test_what_differs_from_call_to_call_is_left_out(one: str, other: str) -> None:
    assert normal_text(one, ANN) == normal_text(other, BOB)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("What is your name?", "What is your number?"),
        ("Press 1 for sales.", "Press 1 for support."),
        ("Sorry. What day?", "What day?"),
        ("Anne is here.", "Bobby is here."),
    ],
)
def test_other_words_are_another_place(one: str, other: str) -> None:
    assert normal_text(one, ANN) != normal_text(other, BOB)


def test_urls_lose_ids_and_the_callers_values_and_keep_steps() -> None:
    ann = normal_url("/next?step=2&name=Ann+Lee-Smith&from=%2B12125550142&t=1767225600", ANN)
    assert ann == normal_url("/next?step=2&name=Bob+Ray&from=%2B13105550177&t=1767999999", BOB)
    assert normal_url("/next?step=2", ANN) != normal_url("/next?step=3", ANN)


def key(body: str, url: str = URL) -> str:
    return normal_verbs(parse(f"<Response>{body}</Response>".encode(), "text/xml").verbs, url, ANN)


def test_where_an_answer_goes_makes_a_place() -> None:
    gather = "<Gather{}><Say>What day?</Say></Gather>"
    assert key(gather.format(' action="/a"')) != key(gather.format(' action="/b"'))
    assert key(gather.format(""), URL) != key(gather.format(""), URL + "/again")
    assert key(gather.format(' action="voice"')) == key(gather.format(f' action="{URL}"'))
    assert key(gather.format(' numDigits="1"')) != key(gather.format(' numDigits="4"'))
