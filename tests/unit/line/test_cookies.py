import pytest

from voicesim.call.events import NO_STATE, HttpState
from voicesim.line.cookies import LONGEST_COOKIE, MOST_COOKIES, BrokenCookieError, Jar
from voicesim.line.urls import parse

HERE = "https://a.example.com/voice/start?x=1"


def stored(*lines: str, url: str = HERE, date: str = "", jar: Jar | None = None) -> Jar:
    jar = jar or Jar(NO_STATE)
    headers = [("Set-Cookie", line) for line in lines]
    assert jar.store(parse(url), (("Date", date), *headers)) == []
    return jar


def complaint(*lines: str) -> tuple[str, ...]:
    return tuple(Jar(NO_STATE).store(parse(HERE), tuple(("set-cookie", line) for line in lines)))


@pytest.mark.parametrize(
    ("line", "url", "sent"),
    [
        # defaults: this host alone, the directory of the path
        ("a=b", "https://a.example.com/voice/next", "a=b"),
        ("a=b", "https://a.example.com/voice", "a=b"),
        ("a=b", "https://a.example.com/other", ""),
        ("a=b", "https://b.a.example.com/voice/next", ""),
        ("a=b", "https://A.EXAMPLE.com:8443/voice/next", "a=b"),
        # paths
        ("a=b; Path=/", "https://a.example.com", "a=b"),
        ("a=b; Path=/voice", "https://a.example.com/voice", "a=b"),
        ("a=b; Path=/voice", "https://a.example.com/voice/x", "a=b"),
        ("a=b; Path=/voice", "https://a.example.com/voicemail", ""),
        ("a=b; Path=/voice/", "https://a.example.com/voice", ""),
        ("a=b; path=nonsense", "https://a.example.com/voice/x", "a=b"),
        # domains
        ("a=b; Path=/; Domain=example.com", "https://a.example.com/", "a=b"),
        ("a=b; Path=/; Domain=.Example.COM", "https://b.example.com/", "a=b"),
        ("a=b; Path=/; Domain=example.com", "https://badexample.com/", ""),
        ("a=b; Path=/; Domain=a.example.com", "https://c.a.example.com/", "a=b"),
        ("a=b; Path=/; Domain=", "https://b.a.example.com/", ""),
        # secure
        ("a=b; Path=/; Secure", "https://a.example.com/", "a=b"),
        ("a=b; Path=/; Secure", "http://a.example.com/", ""),
        ("a=b; Path=/", "http://a.example.com/", "a=b"),
        # what does not matter
        ("a=b; Path=/; HttpOnly; SameSite=Lax; Max-Age=60", "https://a.example.com/", "a=b"),
        (" a = b c ; Path=/", "https://a.example.com/", "a=b c"),
        ('a="b=c"; Path=/', "https://a.example.com/", 'a="b=c"'),
        ("a=; Path=/", "https://a.example.com/", "a="),
        ("a=\xe9; Path=/", "https://a.example.com/", "a=\xe9"),
    ],
)
def test_where_a_cookie_goes(line: str, url: str, sent: str) -> None:
    assert stored(line).header(parse(url)) == sent


@pytest.mark.parametrize(
    ("attributes", "date", "kept"),
    [
        ("Max-Age=0", "", False),
        ("Max-Age=-1", "", False),
        ("max-age=1", "", True),
        ("Max-Age=soon", "", True),
        ("Expires=Thu, 01 Jan 1970 00:00:00 GMT", "", False),
        ("Expires=Thu, 01-Jan-70 00:00:01 GMT", "", False),
        ("Expires=Wed, 21 Oct 2026 07:28:00 GMT", "", True),
        ("Expires=Wed, 21 Oct 2026 07:28:00 GMT", "Wed, 21 Oct 2026 07:27:59 GMT", True),
        ("Expires=Wed, 21 Oct 2026 07:28:00 GMT", "Wed, 21 Oct 2026 07:28:00 GMT", False),
        ("Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=9", "", True),
        ("Expires=Wed, 21 Oct 2036 07:28:00 GMT; Max-Age=0", "", False),
        ("Expires=whenever", "", True),
        ("Expires=Wed, 99 Oct 99999999999 07:28:00 GMT", "", True),
        ("Expires=0", "", True),
        ("Expires=Thu, 01 Jan 1970 00:00:00 GMT", "nonsense", False),
    ],
)
def test_a_cookie_is_deleted(attributes: str, date: str, kept: bool) -> None:
    jar = stored("a=old; Path=/", "z=1; Path=/")
    stored(f"a=new; Path=/; {attributes}", date=date, jar=jar)
    assert jar.header(parse(HERE)) == ("a=new; z=1" if kept else "z=1")


def test_one_name_may_live_at_several_paths_and_the_longest_goes_first() -> None:
    jar = stored("a=root; Path=/", "b=1; Path=/", "a=deep; Path=/voice")
    assert jar.header(parse(HERE)) == "a=deep; a=root; b=1"


def test_a_cookie_for_the_domain_replaces_that_of_the_host() -> None:
    jar = stored("a=1; Path=/", "a=2; Path=/; Domain=a.example.com")
    assert jar.header(parse(HERE)) == "a=2"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("justtext", "no name=value"),
        ("", "no name=value"),
        (";Path=/", "no name=value"),
        ("a=b\x01c", "control character"),
        ("a=b;\tPath=/", "control character"),
        ("a=b; Path=/x\x0b", "control character"),
        ("a=€", "control character"),
        ("a=b; Domain=evil.example", "domain that is not its own"),
        ("a=b; Domain=com", "domain that is not its own"),
        ("a=b; Domain=b.a.example.com", "domain that is not its own"),
        ("a=" + "x" * LONGEST_COOKIE, "more than 4096 bytes"),
    ],
)
def test_bad_cookies_are_complained_of_once_and_not_kept(line: str, text: str) -> None:
    jar = Jar(NO_STATE)
    complaints = jar.store(parse(HERE), (("Set-Cookie", line), ("Set-Cookie", line)))
    assert len(complaints) == 1
    assert text in complaints[0]
    assert jar.state is NO_STATE


@pytest.mark.parametrize(
    "line", ["=b", " = b; Path=/", "a=b\tc", "a=b\x0bc", "a\r=b", "a=\fb", "a\nb=c"]
)
def test_what_breaks_the_request_at_twilio(line: str) -> None:
    with pytest.raises(BrokenCookieError, match=r"without a name|a tab or a line break"):
        Jar(NO_STATE).store(parse(HERE), (("Set-Cookie", "fine=1"), ("Set-Cookie", line)))


def test_the_longest_cookie_is_kept() -> None:
    assert complaint("a=" + "x" * (LONGEST_COOKIE - 1)) == ()


def test_addresses_and_single_labels_keep_their_cookies_to_themselves() -> None:
    for host in ("127.0.0.1", "[::1]", "localhost"):
        jar = stored(f"a=b; Path=/; Domain={host.strip('[]')}", url=f"http://{host}:8000/")
        assert jar.header(parse(f"http://{host}:9000/x")) == "a=b"
    assert Jar(NO_STATE).store(parse("http://127.0.0.1/"), (("Set-Cookie", "a=b; Domain=0.1"),))


def test_there_is_a_most_of_cookies() -> None:
    jar = stored(*(f"c{n}=1; Path=/" for n in range(MOST_COOKIES)))
    complaints = jar.store(parse(HERE), (("Set-Cookie", "one=more"), ("Set-Cookie", "two=more")))
    assert complaints == ["set more than 50 cookies in one call; the rest are not kept"]
    assert len(jar.state.cookies) == MOST_COOKIES
    stored("c7=changed; Path=/", jar=jar)
    assert "c7=changed" in jar.header(parse(HERE))


def test_the_state_is_the_same_object_until_it_changes() -> None:
    state = stored("a=b; Path=/").state
    jar = Jar(state)
    assert jar.store(parse(HERE), (("Content-Type", "text/xml"),)) == []
    stored("a=b; Path=/", jar=jar)
    assert jar.state is state
    assert state == HttpState(cookies=(("a.example.com", "/", "a", "b", False),))
