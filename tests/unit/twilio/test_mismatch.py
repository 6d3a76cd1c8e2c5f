import pytest

from voicesim.twilio.mismatch import Pairs, differences, matches
from voicesim.twilio.signature import HMAC_SHA1, HMAC_SHA256, Signer

TOKEN = "f00dfacef00dfacef00dfacef00dface"
FIELDS = (("CallSid", "CA1"), ("FromCity", ""), ("SpeechResult", " yes "))
URL = "https://agent.example/voice?x=1"


def why(url: str, signature: str, fields: Pairs = FIELDS) -> tuple[str, ...]:
    assert not matches(Signer(TOKEN), url, fields, signature)
    said = differences(TOKEN, HMAC_SHA1, url, fields, signature)
    return tuple(sentence.partition(":")[0] for sentence in said)


def test_a_signature_that_matches() -> None:
    assert matches(Signer(TOKEN), URL, FIELDS, Signer(TOKEN).sign(URL, FIELDS))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://agent.example/voice?x=1", ("The scheme",)),
        ("https://agent.example/voice/?x=1", ("The trailing slash",)),
        ("http://agent.example/voice/?x=1", ("The scheme", "The trailing slash")),
        ("https://Agent.Example/voice?x=1", ("The host",)),
        ("https://agent.example/voice?x=2", ()),
    ],
)
def test_what_differs_in_the_url(url: str, words: tuple[str, ...]) -> None:
    assert why(url, Signer(TOKEN).sign(URL, FIELDS)) == words


def test_what_differs_in_the_port() -> None:
    signer = Signer(TOKEN)
    exact = signer.sign_exactly("https://agent.example:443/voice?x=1", FIELDS)
    assert why(URL, exact) == ("The port",)
    assert why("http://a.example:8080/v", signer.sign("http://a.example/v", FIELDS)) == (
        "The port",
    )
    assert why("http://a.example/v", signer.sign("http://a.example:80/v", FIELDS)) == ("The port",)


def test_what_differs_in_the_fields() -> None:
    signer = Signer(TOKEN)
    assert why(URL, signer.sign(URL)) == ("The fields",)
    assert why(URL, signer.sign(URL, [f for f in FIELDS if f[1]])) == ("The fields",)
    assert why(URL, signer.sign(URL, [(n, v.strip()) for n, v in FIELDS])) == ("The fields",)
    moved = signer.sign("https://agent.example/voice", (*FIELDS, ("x", "1")))
    assert why(URL, moved) == ("The fields",)
    assert why(URL, signer.sign(URL, [*FIELDS, ("To", "+1")])) == ()


NUMBERS = (("CallSid", "CA1"), ("From", "+15550001"), ("SpeechResult", "to morrow + noon"))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ((("From", " 15550001"),), "a + was read as a space"),
        ((("From", "%2B15550001"),), "still encoded"),
        ((("From", "+15550001"), ("SpeechResult", "to%20morrow%20%2B%20noon")), "a space %20"),
        ((("From", "%2B15550001"), ("SpeechResult", "to+morrow+%2B+noon")), "still encoded"),
    ],
)
def test_fields_as_they_are_copied_wrongly(fields: Pairs, words: str) -> None:
    copied = tuple((dict(NUMBERS) | dict(fields)).items())
    signature = Signer(TOKEN).sign(URL, NUMBERS)
    assert not matches(Signer(TOKEN), URL, copied, signature)
    [said] = differences(TOKEN, HMAC_SHA1, URL, copied, signature)
    assert said.startswith("The fields: ")
    assert words in said


@pytest.mark.parametrize("copied", [" {}", "{}\n", "\t{} "])
def test_a_signature_that_was_copied_with_what_is_beside_it(copied: str) -> None:
    signature = copied.format(Signer(TOKEN).sign(URL, FIELDS))
    assert why(URL, signature) == ("The signature",)
    assert why(URL.replace("https", "http"), signature) == ("The scheme", "The signature")


def test_another_algorithm_and_another_token() -> None:
    assert why(URL, Signer(TOKEN, HMAC_SHA256).sign(URL, FIELDS)) == (
        "It was signed with HMAC_SHA256, not HMAC_SHA1.",
    )
    assert why(URL, Signer(TOKEN + "x").sign(URL, FIELDS)) == ()


@pytest.mark.parametrize("url", ["", "voice", "https://", "https://[::1", "//", "?", "é\ud800"])
def test_whatever_is_typed_raises_nothing(url: str) -> None:
    assert differences(TOKEN, HMAC_SHA1, url, FIELDS, "é") == ()
