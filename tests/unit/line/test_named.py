import pytest

from voicesim.line.named import voice_url


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("https://its.name", "https://its.name/twilio/voice"),
        ("https://its.name/", "https://its.name/twilio/voice"),
        ("https://its.name/calls/in", "https://its.name/calls/in"),
        ("https://its.name/?agent=7", "https://its.name/?agent=7"),
    ],
)
def test_the_voice_webhook_is_at_its_usual_path_unless_one_is_named(typed: str, url: str) -> None:
    assert voice_url(typed) == url
