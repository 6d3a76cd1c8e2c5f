import pytest

from voicesim.line.urls import BadUrlError, encoded, parse, shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://h", "http://h"),
        ("http://h?a=1", "http://h?a=1"),
        ("HTTP://Host.Example/Path", "http://Host.Example/Path"),
        ("https://h:8443/p?q=%2f&r=1+2#rc=2", "https://h:8443/p?q=%2f&r=1+2"),
        ("http://h:/p", "http://h/p"),
        ("http://user:pass@h/p", "http://h/p"),
        ("http://user:p@ss@h/p", "http://h/p"),
        ("http://[::1]:8000/p", "http://[::1]:8000/p"),
        ("http://h/Grüße?n=Zoë", "http://h/Gr%C3%BC%C3%9Fe?n=Zo%C3%AB"),
        ("http://h/\ud800", "http://h/?"),
        ("http://h/a[0]=1?b[]=~!$&'()*+,;:@%20", "http://h/a[0]=1?b[]=~!$&'()*+,;:@%20"),
    ],
)
def test_good_urls(text: str, expected: str) -> None:
    assert parse(text).text == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "does not begin with http"),
        ("/relative", "does not begin with http"),
        ("ftp://h/", "does not begin with http"),
        ("javascript:alert(1)", "does not begin with http"),
        ("http://", "no host"),
        ("http:///path", "no host"),
        ("http://:80/", "no host"),
        ("http://user@/p", "no host"),
        ("http://./", "no host"),
        ("http://h:eighty/", "port is not a number"),
        ("http://h:123456/", "port is not a number"),
        ("http://h:65536/", "port is not between"),
        ("http://h:0/", "port is not between"),
        ("http://h:-1/", "port is not a number"),
        ("http://[::1/", "host name is broken"),
        ("http://[1:2:3]/", "IPv6 address is broken"),
        ("http://[:::]/", "IPv6 address is broken"),
        ("http://bücher.example/", "xn--"),
        ("http://１２７.0.0.1/", "host name is broken"),
        ("http://h%2ecom/", "host name is broken"),
        ("http://h/a b", "space"),
        (" http://h/", "space"),
        ("http://h/\r\nX: 1", "control character"),
        ("http://h\\@evil.example/", "backslash"),
        ("http://h/\x7f", "control character"),
        *[(f"http://h/a{mark}b", f"a '\\{mark}' in it") for mark in '"<>^`{|}'],
        ("http://h/{{name}}", r"a '\{' in it"),
    ],
)
def test_bad_urls(text: str, reason: str) -> None:
    with pytest.raises(BadUrlError, match=reason):
        parse(text)


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("/b", "http://h:8000/b"),
        ("b", "http://h:8000/x/b"),
        ("?q=2", "http://h:8000/x/y?q=2"),
        ("//other/z", "http://other/z"),
        ("https://other/z#frag", "https://other/z"),
        (" /b\t", "http://h:8000/b"),
        ("../../..", "http://h:8000/"),
        ("/Gr\xc3\xbc\xc3\x9fe", "http://h:8000/Gr%C3%BC%C3%9Fe"),  # UTF-8 read as latin-1
        ("/\xff", "http://h:8000/%FF"),
        ("/€", "http://h:8000/%E2%82%AC"),
    ],
)
def test_locations(location: str, expected: str) -> None:
    assert parse("http://h:8000/x/y?q=1").joined(location).text == expected


@pytest.mark.parametrize(
    "location",
    ["http://[::1/", "http://h:x/", "mailto:a@b", "/a b", "/a\nb", "http://\xff/", "//[/"],
)
def test_bad_locations(location: str) -> None:
    with pytest.raises(BadUrlError):
        parse("http://h:8000/x").joined(location)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://h", "http://h?A=1"),
        ("http://h/p", "http://h/p?A=1"),
        ("http://h/p?", "http://h/p?A=1"),
        ("http://h/p?b=2", "http://h/p?b=2&A=1"),
        ("http://h/p?b=2&", "http://h/p?b=2&A=1"),
    ],
)
def test_with_query(text: str, expected: str) -> None:
    assert parse(text).with_query("A=1").text == expected


def test_a_bare_host_has_a_request_target() -> None:
    assert parse("http://h").request_target == "/"
    assert parse("http://h?a=1").request_target == "/?a=1"
    assert parse("http://h/p").request_target == "/p"


def test_origins_know_the_default_ports_and_no_case() -> None:
    assert parse("https://H.Example./x").origin == ("https", "h.example", 443)
    assert parse("http://h/").origin == parse("http://H:80").origin
    assert parse("http://[::1]/").origin == ("http", "::1", 80)


@pytest.mark.parametrize(
    "text",
    [
        "http://user:secret@h/p",
        "http://user:sec/secret@h:x/p",
        "user:secret@h",
        "http://user:secret@[::1/p",
        "http://u:secret\n@h/",
    ],
)
def test_what_is_shown_holds_no_credentials(text: str) -> None:
    assert "secret" not in shown(text)
    assert shown(text).isprintable()


def test_what_is_shown_is_short() -> None:
    assert shown("http://h/" + "x" * 60_000) == "http://h/" + "x" * 190 + "…"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://h/a b", "http://h/a%20b"),
        ('http://h/"<>^`{|}?q={a|b}', "http://h/%22%3C%3E%5E%60%7B%7C%7D?q=%7Ba%7Cb%7D"),
        ("http://h/100%?a=%20&b=+", "http://h/100%?a=%20&b=+"),
        ("http://h/a\\b", "http://h/a\\b"),
        ("http://h/a\nb", "http://h/a\nb"),
    ],
)
def test_what_may_be_encoded_is_and_nothing_else(text: str, expected: str) -> None:
    assert encoded(text) == expected
