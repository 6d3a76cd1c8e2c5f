"""What HTTP leaves open: each choice of the line's terms, beside the usual."""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal, get_args, get_origin, get_type_hints

import gevent
import pytest

from voicesim.line.fake import FakeBackend
from voicesim.line.hop import out_of_time
from voicesim.line.policy import Hop, HopAnswer, HopFailure, HopResult
from voicesim.line.terms import LineTerms
from voicesim.line.transport import GeventBackend, Transport
from voicesim.twilio.signature import Signer, signed_url

from .webhooks import LOCAL, header, ok, play, policy, redirect, webhook

REFUSED = HopFailure("11202", "refused the connection", 0.0, connecting=True)
NAMED = "http://user:secret@127.0.0.1:8000/voice"
BASIC = 'Basic realm="a"'
DIGEST = 'Digest realm="a", nonce="n", qop="auth"'


def asked(*challenges: str) -> HopAnswer:
    return HopAnswer(401, tuple(("WWW-Authenticate", one) for one in challenges), b"", 0.1)


def carried(
    switch: str,
    url: str = LOCAL,
    agent: Callable[[Hop], HopResult] = lambda _: ok(),
    *,
    before: str = "",
    steers: bool = True,
) -> tuple[str, list[Hop]]:
    """How a webhook ends, by its code or as 200, and its hops; ``before`` was called before it."""
    name, _, value = switch.partition("=")
    usual = getattr(LineTerms(), name)
    by = replace(policy(), terms=replace(LineTerms(), **{name: type(usual)(value)}))
    sent = webhook(url)
    if before:
        sent = sent._replace(state=play(webhook(before), agent, by)[0].state)
    answer, hops = play(sent._replace(steers=steers), agent, by)
    return answer.failure.code if answer.failure else str(answer.status), hops


def guarded(hop: Hop) -> HopAnswer:
    return ok() if header(hop, "Authorization") else asked(BASIC)


def open_door(hop: Hop) -> HopAnswer:
    """Lets everybody in at /voice."""
    return ok() if hop.url.endswith("/voice") else guarded(hop)


def hops_of(switch: str, fragment: str = "") -> str:
    ended, hops = carried(switch, LOCAL + fragment)
    return " ".join([ended, *(f"{hop.connect_s:g}" for hop in hops)])


def tried(switch: str) -> str:
    ended, hops = carried(switch, LOCAL, lambda _: REFUSED)
    return f"{ended} {len(hops)}"


def paused(switch: str) -> str:
    unheard = HopFailure("11205", "did not connect", 5.0, connecting=True)
    _, hops = carried(switch, LOCAL + "#rc=2", lambda _: unheard)
    return " ".join(f"{hop.pause_s:g}/{hop.deadline_s:g}" for hop in hops)


def redirected(switch: str, fragment: str = "#ct=300") -> str:
    def agent(hop: Hop) -> HopAnswer:
        return ok() if hop.url.endswith("/b") else redirect("/b" + fragment)

    ended, hops = carried(switch, LOCAL, agent)
    return " ".join([ended, *(f"{hop.connect_s:g}" for hop in hops)])


def too_late(switch: str) -> str:
    return carried(switch, LOCAL, lambda _: out_of_time(15.0, 15.0))[0]


def odd_name(switch: str) -> str:
    by = replace(policy("a..b"), terms=LineTerms(host_names=switch.partition("=")[2]))  # type: ignore[arg-type]
    step = by.exchange(webhook("http://a..b/voice")).begin()
    return step.url if isinstance(step, Hop) else step.failure.code if step.failure else ""


def spaced(switch: str) -> str:
    def agent(hop: Hop) -> HopAnswer:
        return redirect("/a|b") if hop.url.endswith("w") else ok()

    ended, hops = carried(switch, "http://127.0.0.1:8000/v w", agent)
    return " ".join([*(hop.url for hop in hops)]) or ended


def let_in(switch: str) -> str:
    return carried(switch, "http://127.0.0.1:8000/in", open_door, before=NAMED)[0]


def logged_in(switch: str) -> str:
    _, hops = carried(switch, NAMED, lambda hop: ok() if header(hop, "Authorization") else asked(
        BASIC, DIGEST))  # fmt: skip
    return header(hops[-1], "Authorization").partition(" ")[0]


def called_back(switch: str) -> str:
    ended, hops = carried(switch, LOCAL, guarded, before=NAMED, steers=False)
    return f"{ended} {len(hops)}"


def signed(switch: str) -> str:
    return signed_url("wss://h:8443/s", switch.partition("=")[2])


ROWS: list[tuple[str, Callable[[str], str], str, str]] = [
    ("bad_override=nearest", lambda s: hops_of(s, "#ct=99"), "200 5", "200 0.1"),
    ("unknown_override=default", lambda s: hops_of(s, "#rp=6xx&e=mars"), "11243", "200 5"),
    ("refused_connection=retried", tried, "11202 1", "11202 2"),
    ("retry_pause_s=2", paused, "0/15 0/10 0/5", "0/15 2/8 2/1"),
    ("redirect_overrides=taken", redirected, "200 5 5", "200 5 0.3"),
    ("total_timeout=11203", too_late, "11205", "11203"),
    ("host_names=any", odd_name, "11100", "http://a..b/voice"),
    (
        "raw_characters=encoded",
        spaced,
        "11100",
        "http://127.0.0.1:8000/v%20w http://127.0.0.1:8000/a%7Cb",
    ),
    ("login_user=url", let_in, "200", "11217"),
    ("login_choice=first", logged_in, "Digest", "Basic"),
    ("callback_login=anew", called_back, "200 1", "200 2"),
    ("wss_port=dropped", signed, "wss://h:8443/s", "wss://h/s"),
]


@pytest.mark.parametrize(("switch", "observed", "usual", "otherwise"), ROWS)
def test_each_choice_speaks_its_own_way(
    switch: str, observed: Callable[[str], str], usual: str, otherwise: str
) -> None:
    name = switch.partition("=")[0]
    assert observed(f"{name}={getattr(LineTerms(), name)}") == usual
    assert observed(switch) == otherwise


def test_every_choice_is_here() -> None:
    kinds = get_type_hints(LineTerms).items()
    choices = {name: get_args(kind) for name, kind in kinds if get_origin(kind) is Literal}
    wanted = {f"{name}={value}" for name, values in choices.items() for value in values[1:]}
    assert wanted | {"retry_pause_s=2"} == {row[0] for row in ROWS}
    assert all(getattr(LineTerms(), name) == values[0] for name, values in choices.items())


@pytest.mark.parametrize(
    ("host", "good"),
    [
        ("agent.example.com", True),
        ("127.0.0.1", True),
        ("[::1]", True),
        ("xn--bcher-kva.example", True),
        ("a.example.", True),
        ("a-b.c--d", True),
        ("a" * 64, True),  # DNS knows no such name: 11210
        ("a..b", False),
        (".a", False),
        ("a.b..", False),
        ("-a", False),
        ("a-", False),
        ("a.-b.c", False),
    ],
)
def test_which_host_names_there_may_be(host: str, good: bool) -> None:
    url = f"http://{host}/voice"
    step = policy(host.rstrip(".").lower()).exchange(webhook(url)).begin()
    assert isinstance(step, Hop) is good
    if not isinstance(step, Hop):
        assert step.failure is not None
        assert step.failure.code == "11100"
        assert "between its dots a host name has letters" in step.failure.message


def test_a_redirect_leads_to_no_such_name_either() -> None:
    for host in ("a..b", "my_agent"):
        target = redirect(f"http://{host}/voice")
        by = policy("a..b", "my_agent")
        answer, hops = play(webhook(), lambda _, target=target: target, by)  # type: ignore[misc]
        assert len(hops) == 1
        assert answer.failure is not None
        assert answer.failure.code == "11100"


def test_an_error_in_a_redirects_overrides_ends_it() -> None:
    assert redirected("redirect_overrides=taken", "#rp=6xx") == "11243 5"
    assert redirected("redirect_overrides=ignored", "#rp=6xx") == "200 5 5"


def test_what_is_no_number_has_no_nearest() -> None:
    assert hops_of("bad_override=nearest", "#ct=soon") == "200 5"
    assert hops_of("bad_override=nearest", "#ct=99999") == "200 10"


def test_who_is_logged_in_stays_so_whoever_a_url_names() -> None:
    _, hops = carried("login_user=url", LOCAL, guarded, before=NAMED)
    assert [bool(header(hop, "Authorization")) for hop in hops] == [True]


class Silent(Transport):
    def hop(self, hop: Hop) -> HopResult:
        return ok(hop.body)


def test_a_pause_goes_by_before_the_hop(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(gevent, "sleep", slept.append)
    network = GeventBackend(Silent())
    virtual = FakeBackend(lambda _: ok(), latency_s=0.25)
    for backend in (network, virtual):
        backend.send(1, Hop("GET", LOCAL, (), b"", 1.0, 1.0))
        backend.send(2, Hop("GET", LOCAL, (), b"", 1.0, 1.0, pause_s=0.5))
        assert [id_ for id_, _ in (*backend.wait(None), *backend.wait(None))] == [1, 2]
        backend.close()
    assert slept == [0.5]
    assert virtual.now() == 0.75


def test_a_signer_drops_the_port_as_it_is_told() -> None:
    told = Signer("t", wss_port="dropped")
    assert told.sign("wss://h:8443/s") == Signer("t").sign("wss://h/s")
    assert told.sign("http://h:8000/s") == Signer("t").sign("http://h:8000/s")
