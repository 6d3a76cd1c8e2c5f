import pytest

from voicesim.twilio.signature import Signer, signed_url, with_body_sha256

DOCS = (
    ("CallSid", "CA1234567890ABCDE"),
    ("Caller", "+14158675310"),
    ("Digits", "1234"),
    ("From", "+14158675310"),
    ("To", "+18005551212"),
)


def test_the_worked_example_of_the_documentation() -> None:
    url = "https://example.com/myapp.php?foo=1&bar=2"
    assert Signer("12345").sign(url, DOCS) == "L/OH5YylLD5NRKLltdqwSvS0BnU="
    assert Signer("12345").sign(url, reversed(DOCS)) == "L/OH5YylLD5NRKLltdqwSvS0BnU="


@pytest.mark.parametrize(
    ("url", "signed"),
    [
        ("https://a.example/voice", "https://a.example/voice"),
        ("https://a.example:8443/voice?x=1", "https://a.example/voice?x=1"),
        ("https://a.example:443?x=1", "https://a.example?x=1"),
        ("http://a.example:8080/voice", "http://a.example:8080/voice"),
        ("http://a.example:80/", "http://a.example:80/"),
        ("https://a.example", "https://a.example"),
        ("https://a.example?x=1", "https://a.example?x=1"),
        ("https://user:p%40ss@a.example:1/v", "https://a.example/v"),
        ("http://user@a.example:1/v", "http://a.example:1/v"),
        ("https://a@b:c@a.example/v", "https://a.example/v"),
        ("https://a.example/v#rc=2&ct=900", "https://a.example/v"),
        ("https://a.example/v?x=1#rp=all?y", "https://a.example/v?x=1"),
        ("https://a.example#rc=2", "https://a.example"),
        ("https://A.Example/V?B=%2f%2F+%20", "https://A.Example/V?B=%2f%2F+%20"),
        ("HTTPS://a.example:1/", "https://a.example/"),
        ("https://a.example/?", "https://a.example/?"),
        ("https://a.example/v;", "https://a.example/v;"),
        ("https://[::1]:8443/v", "https://[::1]/v"),
        ("https://[2001:db8::1]/v", "https://[2001:db8::1]/v"),
        ("http://u:p@[::1]:8080/v", "http://[::1]:8080/v"),
        ("https://a.example/x@y:1/z?mail=a@b:2", "https://a.example/x@y:1/z?mail=a@b:2"),
        ("https://a.example/á?ñ=é", "https://a.example/á?ñ=é"),
        ("/relative#x", "/relative"),
        ("", ""),
    ],
)
def test_what_is_signed_of_a_url(url: str, signed: str) -> None:
    assert signed_url(url) == signed
    assert Signer("t").sign(url) == Signer("t").sign(signed)


def test_finding_the_host_takes_no_more_than_linear_time() -> None:
    for url in ("https://" + ":1" * 50_000, "https://" + "@" * 100_000, "https://" + "a:" * 50_000):
        signed_url(url)


def test_repeated_names_count_each_value_once_in_order() -> None:
    signer = Signer("12345")
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    fields = [("Sid", "CA123"), ("SidAccount", "AC123")]
    digits = [("Digits", "5678"), ("Digits", "1234"), ("Digits", "1234")]
    assert signer.sign(url, fields + digits) == "IK+Dwps556ElfBT0I3Rgjkr1wJU="
    assert signer.sign(url, digits[:2] + fields) == "IK+Dwps556ElfBT0I3Rgjkr1wJU="


def test_a_blank_value_counts_with_its_name() -> None:
    signer = Signer("t")
    assert signer.sign("https://a/", [("Digits", "")]) != signer.sign("https://a/")


def test_lone_surrogates_count_as_question_marks() -> None:
    signer = Signer("t")
    assert signer.sign("https://a/", [("x", "\ud800é"), ("x", "?é")]) == signer.sign(
        "https://a/", [("x", "?é")]
    )
    assert signer.sign("https://a/\udfff") == signer.sign("https://a/?")


def test_one_signer_signs_many_times() -> None:
    signer = Signer("12345")
    assert len({signer.sign("https://a/", DOCS) for _ in range(3)}) == 1
    assert signer.sign("https://b/", DOCS) != signer.sign("https://a/", DOCS)


def test_the_token_is_not_shown() -> None:
    assert "sesame" not in repr(Signer("sesame"))


@pytest.mark.parametrize(
    ("url", "start"),
    [
        ("https://a/v", "https://a/v?bodySHA256=44136fa3"),
        ("https://a/v?x=1", "https://a/v?x=1&bodySHA256=44136fa3"),
        ("https://a/v?x=1#rc=2", "https://a/v?x=1&bodySHA256=44136fa3"),
    ],
)
def test_other_bodies_are_signed_by_their_hash(url: str, start: str) -> None:
    full = with_body_sha256(url, b"{}")
    assert full.startswith(start)
    assert full.partition("#")[2] == url.partition("#")[2]
