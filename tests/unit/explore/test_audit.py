"""The signature audit against a table of agents, over the fake network."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest
from twilio.request_validator import RequestValidator

from voicesim.base.hosts import HostRule
from voicesim.call.terms import Target, Terms
from voicesim.explore.audit import audit
from voicesim.line.fake import FakeBackend
from voicesim.line.hop import Hop, HopAnswer, HopFailure, HopResult
from voicesim.line.policy import Policy
from voicesim.results.audit import Audit
from voicesim.twilio.fields import Party
from voicesim.twilio.reading import Reading
from voicesim.twilio.signature import Signer

TOKEN = "the-token-of-this-account"
URL = "http://127.0.0.1:8000/voice"
TARGET = Target(URL, Party("+15005550006"), "AC" + "7e57" * 8)
GREETING = (
    b"<Response><Gather input='speech' action='/gather'><Say>Hello?</Say></Gather></Response>"
)
ASK_AGAIN = b"<Response><Gather action='/gather'><Say>Pardon?</Say></Gather></Response>"
CLOSED = b"<Response><Say>We are closed.</Say></Response>"
AWAY = b"<Response><Reject/></Response>"
NAMES = 9
"""Probes of an agent whose first answer has a Gather."""

Agent = Callable[[Hop], HopResult]


def ok(body: bytes, kind: str = "text/xml", status: int = 200) -> HopAnswer:
    headers = (("Content-Type", kind), ("Set-Cookie", "seat=7"))
    return HopAnswer(status, headers, body, 0.0)


FORBIDDEN = ok(b"no", "text/plain", 403)


def fields(hop: Hop) -> dict[str, str]:
    query = hop.body.decode() if hop.method == "POST" else urlsplit(hop.url).query
    return dict(parse_qsl(query, keep_blank_values=True))


def signature(hop: Hop) -> str:
    return dict(hop.headers).get("X-Twilio-Signature", "")


def signed(hop: Hop, token: str = TOKEN, url: str = "") -> bool:
    params = fields(hop) if hop.method == "POST" else {}
    found = RequestValidator(token).validate(url or hop.url, params, signature(hop))
    return bool(found)


def document(hop: Hop) -> HopAnswer:
    return ok(GREETING if urlsplit(hop.url).path == "/voice" else ASK_AGAIN)


def clean(hop: Hop) -> HopResult:
    return document(hop) if signed(hop) else FORBIDDEN


def refusing(answer: HopResult) -> Agent:
    return lambda hop: document(hop) if signed(hop) else answer


def only_if(wrong: Callable[[Hop], bool]) -> Agent:
    """Clean, but also serves what ``wrong`` says."""
    return lambda hop: document(hop) if signed(hop) or wrong(hop) else FORBIDDEN


def without_blanks(hop: Hop) -> HopResult:
    params = {name: value for name, value in fields(hop).items() if value}
    valid = RequestValidator(TOKEN).validate(hop.url, params, signature(hop))
    return document(hop) if valid else FORBIDDEN


def fixed_list(hop: Hop) -> HopResult:
    params = {n: v for n, v in fields(hop).items() if not n.startswith("Voicesim")}
    valid = RequestValidator(TOKEN).validate(hop.url, params, signature(hop))
    return document(hop) if valid else FORBIDDEN


def any_of_two_tokens(hop: Hop) -> bool:
    return signed(hop, "0123456789abcdef0123456789abcdef")


def signs_the_caller_not(hop: Hop) -> bool:
    """The signature is right but for the number, which this agent leaves out."""
    right = {n: v.replace("12125550199", "12125550198") for n, v in fields(hop).items()}
    return bool(RequestValidator(TOKEN).validate(hop.url, right, signature(hop)))


def closed(forged: HopResult, body: bytes = CLOSED) -> Agent:
    return lambda hop: ok(body) if signed(hop) else forged


def breaks_on(field: str, answer: HopResult) -> Agent:
    def agent(hop: Hop) -> HopResult:
        blank = fields(hop).get(field) in (None, "")
        return answer if signed(hop) and blank and hop.url == URL else clean(hop)

    return agent


GONE = HopFailure("11202", "refused the connection", 0.0, connecting=True)
HANGS = HopFailure("11205", "did not answer in full within 15 s", 0.0)
HTML = ok(b"<html><title>Log in</title></html>", "text/html")
SORRY = ok(b"<Response><Say>You are not Twilio.</Say><Hangup/></Response>")
SERVES_ALL = {
    "audit-unsigned-served": "ERROR",
    "audit-wrong-signature-served": "ERROR",
    "audit-other-token-served": "ERROR",
    "audit-tampered-served": "ERROR",
    "audit-action-unsigned-served": "ERROR",
}
FORGED = [code.removesuffix("-served") for code in SERVES_ALL]


def all_forged(ending: str, level: str = "WARNING") -> dict[str, str]:
    return {f"{code}-{ending}": level for code in FORGED}


AGENTS: dict[str, tuple[Agent, dict[str, str], int, int]] = {
    # name: the agent, the findings and their levels, probes, of these unclear
    "clean": (clean, {}, NAMES, 0),
    "refuses with 401": (refusing(ok(b"", status=401)), {}, NAMES, 0),
    "refuses with 404": (refusing(ok(b"", status=404)), {}, NAMES, 0),
    "hangs up on the forged": (refusing(ok(AWAY)), {}, NAMES, 0),
    "answers the forged with an empty document": (refusing(ok(b"<Response/>")), {}, NAMES, 0),
    "serves everybody": (document, SERVES_ALL, NAMES, 0),
    "looks only whether there is a signature": (
        lambda hop: document(hop) if signature(hop) else FORBIDDEN,
        {
            "audit-wrong-signature-served": "ERROR",
            "audit-other-token-served": "ERROR",
            "audit-tampered-served": "ERROR",
        },
        NAMES,
        0,
    ),
    "checks the first webhook alone": (
        only_if(lambda hop: hop.url != URL),
        {"audit-action-unsigned-served": "ERROR"},
        NAMES,
        0,
    ),
    "takes another's token": (
        only_if(any_of_two_tokens),
        {"audit-other-token-served": "ERROR"},
        NAMES,
        0,
    ),
    "does not sign the number": (
        only_if(signs_the_caller_not),
        {"audit-tampered-served": "ERROR"},
        NAMES,
        0,
    ),
    "drops blank fields": (
        without_blanks,
        {"audit-blank-refused": "ERROR", "audit-action-blank-refused": "ERROR"},
        NAMES,
        0,
    ),
    "hangs up on blank fields": (
        breaks_on("FromCity", ok(AWAY)),
        {"audit-blank-refused": "ERROR"},
        NAMES,
        0,
    ),
    "crashes on blank fields": (
        breaks_on("FromCity", ok(b"", status=500)),
        {"11217": "ERROR"},
        NAMES,
        0,
    ),
    "knows a fixed list of fields": (fixed_list, {"audit-extra-refused": "ERROR"}, NAMES, 0),
    "crashes on the forged": (
        refusing(ok(b"Traceback", "text/plain", 500)),
        all_forged("crashed"),
        NAMES,
        0,
    ),
    "does not answer the forged": (refusing(HANGS), all_forged("unclear"), NAMES, 5),
    "shows the forged a page": (refusing(HTML), all_forged("unclear"), NAMES, 5),
    "tells the forged off": (refusing(SORRY), all_forged("unclear"), NAMES, 5),
    "is closed, and serves everybody": (
        lambda _: ok(CLOSED),
        {code: level for code, level in SERVES_ALL.items() if "action" not in code},
        NAMES - 2,
        0,
    ),
    "is closed, and refuses": (closed(FORBIDDEN), {}, NAMES - 2, 0),
    "is closed, and tells the forged off": (
        closed(SORRY),
        {code: level for code, level in all_forged("unclear").items() if "action" not in code},
        NAMES - 2,
        4,
    ),
    "turns everybody away": (
        lambda _: ok(AWAY),
        {code: level for code, level in all_forged("unclear").items() if "action" not in code},
        NAMES - 2,
        4,
    ),
    "has another token": (lambda _: FORBIDDEN, {"audit-correct-refused": "ERROR"}, 1, 0),
    "has another path": (
        lambda _: ok(b"", status=404),
        {"audit-correct-refused": "ERROR"},
        1,
        0,
    ),
    "is not there": (lambda _: GONE, {"11202": "ERROR"}, 1, 0),
    "hangs": (lambda _: HANGS, {"11205": "ERROR"}, 1, 0),
    "fails": (lambda _: ok(b"", status=500), {"11217": "ERROR"}, 1, 0),
    "is a web page": (lambda _: HTML, {"12102": "ERROR"}, 1, 0),
    "leads elsewhere": (
        lambda _: HopAnswer(302, (("Location", "http://elsewhere.example/"),), b"", 0.0),
        {"audit-correct-unclear": "WARNING"},
        1,
        1,
    ),
}


def audited(
    agent: Agent,
    target: Target = TARGET,
    policy: Policy | None = None,
    terms: Terms = Terms(),  # noqa: B008 - frozen
) -> Audit:
    made = policy or Policy(Signer(TOKEN), HostRule())
    return audit(target, made, FakeBackend(agent), terms, seed=7, began_s=0.0)


@pytest.mark.parametrize("name", AGENTS)
def test_each_agent_gets_what_it_deserves(name: str) -> None:
    agent, expected, probes, unclear = AGENTS[name]
    found = audited(agent)
    assert {probe.code: probe.level for probe in found.findings} == expected
    assert len(found.probes) == probes
    assert [probe.verdict for probe in found.probes].count("unclear") == unclear
    failed = {probe.level for probe in found.probes if probe.verdict == "fail"}
    assert failed == ({"ERROR"} if "ERROR" in expected.values() else set())
    assert all(probe.message.endswith(".") for probe in found.findings)


def test_answers_are_read_and_told_of_as_it_is_assumed() -> None:
    def agent(hop: Hop) -> HopResult:
        gather = "<Gather input='speech' action='/act' actionOnEmptyResult='true' timeout='x'/>"
        return ok(f"<Response>{gather}</Response>".encode()) if signed(hop) else FORBIDDEN

    seen: list[dict[str, str]] = []

    def noting(hop: Hop) -> HopResult:
        seen.append(fields(hop))
        return agent(hop)

    assert not audited(noting).findings
    assert [said for said in seen if said.get("SpeechResult") == ""]
    seen.clear()
    assert not audited(noting, terms=Terms(empty_result="absent")).findings
    assert not [said for said in seen if "SpeechResult" in said]
    ends = Terms(reading=Reading(bad_value="ends"))
    [found] = audited(agent, terms=ends).findings
    assert found.code == "13313"


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_by_either_method_behind_a_proxy(method: str) -> None:
    """The tampered request of GET is one whose query was changed; signatures are of the URL."""
    public = "https://agent.example.com"
    policy = Policy(Signer(TOKEN), HostRule(), (public, "http://127.0.0.1:8000"))
    seen = []

    def agent(hop: Hop) -> HopResult:
        seen.append(hop)
        url = hop.url.replace("http://127.0.0.1:8000", public)
        return document(hop) if signed(hop, url=url) else FORBIDDEN

    target = replace(TARGET, url=f"{public}/voice", method=method)
    assert not audited(agent, target, policy).findings
    tampered = [hop for hop in seen if fields(hop).get("From") == "+12125550199"]
    assert len(tampered) == 1
    assert {hop.method for hop in seen} == {method, "POST"}
    careless = {p.code for p in audited(document, target, policy).findings}
    assert careless == set(SERVES_ALL)


def test_calls_are_marked_their_own_and_ended() -> None:
    """Every call that was taken in is told to be over; what was refused has none to end."""
    seen: list[Hop] = []

    def agent(hop: Hop) -> HopResult:
        seen.append(hop)
        if hop.url.endswith("/status"):
            return ok(b"", status=204) if signed(hop) else FORBIDDEN
        return clean(hop)

    found = audited(agent, replace(TARGET, status_url="http://127.0.0.1:8000/status"))
    voice = [hop for hop in seen if hop.url == URL]
    sids = [fields(hop)["CallSid"] for hop in voice]
    assert len(set(sids)) == len(sids) == 7
    assert all(sid.startswith("CA7e57") and len(sid) == 34 for sid in sids)
    taken = {fields(hop)["CallSid"] for hop in voice if signed(hop)}
    ended = [hop for hop in seen if hop.url.endswith("/status")]
    assert {fields(hop)["CallSid"] for hop in ended} == taken
    assert {fields(hop)["CallStatus"] for hop in ended} == {"completed"}
    assert {dict(hop.headers)["Cookie"] for hop in ended} == {"seat=7"}
    assert (found.requests, found.calls, found.webhooks) == (len(seen), 3, 3 + 1 + 3)


def test_the_action_url_is_asked_in_the_call_of_the_correct_request() -> None:
    """With its cookies; the blank fields there are those that Twilio sends blank."""
    seen: list[Hop] = []

    def agent(hop: Hop) -> HopResult:
        seen.append(hop)
        return clean(hop)

    audited(agent)
    first, *_, unsigned, blank = seen
    assert first.url == URL
    assert "" not in fields(first).values()
    for hop in (unsigned, blank):
        assert hop.url == "http://127.0.0.1:8000/gather"
        assert fields(hop)["CallSid"] == fields(first)["CallSid"]
        assert dict(hop.headers)["Cookie"] == "seat=7"
    assert not signature(unsigned)
    assert signed(blank)
    assert fields(blank)["FromCity"] == ""
    assert fields(blank)["SpeechResult"] == "Hello"


@pytest.mark.parametrize(
    ("gather", "field", "value"),
    [
        ("input='speech' actionOnEmptyResult='true'", "SpeechResult", ""),
        ("input='dtmf' actionOnEmptyResult='true'", "Digits", ""),
        ("", "Digits", "1"),
    ],
)
def test_nothing_heard_is_told_where_twilio_would(gather: str, field: str, value: str) -> None:
    seen: list[Hop] = []

    def agent(hop: Hop) -> HopResult:
        seen.append(hop)
        return ok(f"<Response><Gather {gather} action='/gather'/></Response>".encode())

    audited(agent)
    assert fields(seen[-1])[field] == value


def test_messages_say_what_to_do() -> None:
    messages = {p.code: p.message for p in audited(document).findings}
    assert "--no-audit" in messages["audit-unsigned-served"]
    assert URL in messages["audit-unsigned-served"]
    assert "/gather" in messages["audit-action-unsigned-served"]
    (refused,) = audited(lambda _: FORBIDDEN).findings
    assert "VOICESIM_TWILIO_AUTH_TOKEN" in refused.message
    assert "--sign-as" in refused.message
    blank = audited(without_blanks).findings[0].message
    assert "keep_blank_values" in blank
    assert TOKEN not in str(messages) + blank


def test_the_same_seed_asks_the_same() -> None:
    seen: list[list[Hop]] = []
    for _ in range(2):
        hops: list[Hop] = []
        audited(lambda hop, hops=hops: (hops.append(hop), clean(hop))[1])  # type: ignore[misc]
        seen.append(hops)
    assert seen[0] == seen[1]


def test_what_is_forged_stays_forged_behind_a_redirect() -> None:
    """An agent may send strangers to a page that checks for itself."""
    login = HopAnswer(302, (("Location", "/login"),), b"", 0.0)

    def agent(hop: Hop) -> HopResult:
        if signed(hop):
            return document(hop)
        return login if urlsplit(hop.url).path != "/login" else FORBIDDEN

    found = audited(agent)
    assert found.findings == ()
