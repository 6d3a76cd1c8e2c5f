"""What is sent when every cookie of a call goes everywhere: the cookies, and the rest as it was."""

from tests.unit.line.webhooks import PUBLIC as ELSEWHERE
from tests.unit.line.webhooks import header, ok, play, policy, webhook
from voicesim.explore.cookies import Everywhere
from voicesim.line.hop import Hop, HopAnswer

BASIC = "Basic dXNlcjpwYXNzIHdvcmQ="


def guarded(hop: Hop) -> HopAnswer:
    """An agent that sets a cookie for another path, to whoever logs in."""
    if header(hop, "Authorization") != BASIC:
        return HopAnswer(401, (("WWW-Authenticate", 'Basic realm="agent"'),), b"", 0.1)
    return ok(b"<Response/>", ("Set-Cookie", "seat=7; Path=/elsewhere"))


def test_cookies_go_everywhere_and_a_login_where_it_belongs() -> None:
    everywhere = Everywhere.like(policy("agent.example.com"))
    answer, _ = play(webhook("http://user:pass%20word@127.0.0.1:8000/voice"), guarded, everywhere)
    _, hops = play(webhook("http://127.0.0.1:8000/next", state=answer.state), guarded, everywhere)
    sent = [(header(hop, "Cookie"), header(hop, "Authorization")) for hop in hops]
    assert sent == [("seat=7", BASIC)]
    there = webhook(f"{ELSEWHERE}/next", state=answer.state)
    _, hops = play(there, lambda _: ok(), everywhere)
    assert [(header(hop, "Cookie"), header(hop, "Authorization")) for hop in hops] == [
        ("seat=7", "")
    ]
