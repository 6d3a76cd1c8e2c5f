import pytest

from voicesim.caller.halves import other_half


@pytest.mark.parametrize(
    ("text", "told", "other"),
    [
        ("Friday evening", ("11 am",), "evening"),
        ("Friday, in the afternoon", ("11 am", "11 am"), "afternoon"),
        ("Friday night", ("4 pm",), "night"),
        ("Friday morning", ("1 pm",), "morning"),
        ("Friday morning", ("11 am",), ""),
        ("Friday evening", ("4 pm",), ""),
        ("Friday afternoon", ("12 pm",), ""),
        ("Friday evening", ("3",), ""),  # may well be of the afternoon
        ("Friday evening", ("11 am", "free"), ""),  # who knows what was reported
        ("Friday evening", ("11 am", "8 pm"), ""),
        ("Friday morning or afternoon", ("1 pm",), ""),
        ("Would Friday evening suit you", ("11 am",), ""),
        ("See you this evening", ("11 am",), ""),
    ],
)
def test_a_half_of_the_day_that_none_of_the_times_is_in(
    text: str, told: tuple[str, ...], other: str
) -> None:
    assert other_half(text, told) == other
