import pytest

from voicesim.base.findings import Level
from voicesim.twilio.codes import CODES
from voicesim.twilio.explained import ENDS, GIVES_UP, GOES_ON, IGNORES, explained


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained_in_whole_sentences(code: str) -> None:
    found = explained(code)
    assert found is not None
    assert (found.level, found.title) == CODES[code]
    for sentence in (found.means, found.does, found.look):
        assert sentence
        assert sentence[0].isupper() or sentence.startswith(("text/xml", "version"))
        assert len(sentence) < 500


@pytest.mark.parametrize(
    ("code", "does"),
    [
        ("12100", GIVES_UP),
        ("12200", GOES_ON),
        ("13313", IGNORES),
        ("13338", ENDS),
        ("13520", GOES_ON),
    ],
)
def test_what_happens_to_the_call(code: str, does: str) -> None:
    found = explained(code)
    assert found is not None
    assert found.does == does


def test_what_a_value_must_be_comes_from_the_vocabulary() -> None:
    found = explained("13322")  # a Say's loop, in a Gather
    assert found is not None
    assert "Say@loop must be a whole number, at least 0" in found.means
    assert found.level is Level.WARNING


def test_other_codes_are_not() -> None:
    assert explained("99999") is None
    assert explained("") is None
