"""Twilio's connection overrides in the fragment of a URL: limits, retries, what is refused."""

import pytest

from tests.unit.line.webhooks import (
    FIELDS,
    LOCAL,
    TOKEN,
    TWIML,
    answers,
    failure_of,
    header,
    ok,
    one,
    play,
    policy,
    redirect,
    webhook,
)
from voicesim.base.findings import Level
from voicesim.line.hop import out_of_time
from voicesim.line.limits import Limits, overridden
from voicesim.line.policy import Hop, HopAnswer, HopFailure
from voicesim.line.terms import LineTerms
from voicesim.twilio.signature import Signer

NO_CONNECTION = HopFailure("11205", "did not accept the connection within 5 s", 0.1, True)
NO_ANSWER = HopFailure("11205", "sent nothing for 0.1 s", 0.1, limit="rt")
HALF_AN_ANSWER = HopFailure("11205", "sent nothing for 0.1 s", 0.1)
REFUSED = HopFailure("11202", "refused the connection", 0.1, True)


def status(code: int) -> HopAnswer:
    return HopAnswer(code, (), b"", 0.1)


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("", Limits()),
        ("section-2", Limits()),
        ("x=1&tab=2", Limits()),
        ("ct=100", Limits(connect_s=0.1, overridden=True)),
        ("ct=10000&rt=15000", Limits(connect_s=10.0, read_s=15.0, overridden=True)),
        ("rt=100&tt=100", Limits(read_s=0.1, total_s=0.1, overridden=True)),
        ("rc=0", Limits(retries=0, overridden=True)),
        ("rc=5&rp=4xx", Limits(retries=5, retried=frozenset({"4xx"}), overridden=True)),
        ("rp=5xx,rt", Limits(retried=frozenset({"5xx", "rt"}), overridden=True)),
        ("rp=all", Limits(retried=frozenset({"4xx", "5xx", "ct", "rt"}), overridden=True)),
        ("rp=5XX%2Cct", Limits(retried=frozenset({"5xx", "ct"}), overridden=True)),
        ("rc=1&rc=3", Limits(retries=3, overridden=True)),
        ("e=dublin", Limits()),
        ("e=ashburn,frankfurt-ix&sni=y", Limits()),
        ("e=london-ix,san-jose-ix,sao-paulo-ix", Limits()),
    ],
)
def test_what_a_fragment_changes(fragment: str, expected: Limits) -> None:
    assert overridden(Limits(), fragment, LineTerms()) == (expected, ())


@pytest.mark.parametrize(
    ("fragment", "code"),
    [
        ("ct=99", "override-ignored"),
        ("ct=10001", "override-ignored"),
        ("rt=15001", "override-ignored"),
        ("tt=99", "override-ignored"),
        ("tt=-1", "override-ignored"),
        ("tt=1e3", "override-ignored"),
        ("tt=", "override-ignored"),
        ("rt=" + "9" * 5000, "override-ignored"),
        ("rc=6", "override-ignored"),
        ("rc=²", "override-ignored"),
        ("sni=no", "override-ignored"),
        ("sni=n", "not-carried"),
        ("rp=6xx", "11243"),
        ("rp=", "11243"),
        ("rp=5xx;rt", "11243"),
        ("e=mars", "11240"),
        ("e=", "11240"),
        ("e=mars-ix", "11240"),
        ("e=ashburn,-ix", "11240"),
        ("e=umatilla-ix", "11240"),
    ],
)
def test_what_is_wrong_with_a_fragment_changes_nothing(fragment: str, code: str) -> None:
    limits, [(found, message)] = overridden(Limits(), fragment, LineTerms())
    assert (limits, found) == (Limits(), code)
    assert len(message) < 150


def test_an_override_that_is_out_of_range_is_a_warning_and_the_webhook_goes_out() -> None:
    answer, (hop,) = one(ok(), webhook(LOCAL + "#ct=50&rt=100&sni=n"))
    assert (hop.connect_s, hop.read_s) == (5.0, 0.1)
    told = [(f.code, f.level, f.url) for f in answer.findings]
    assert told == [
        ("override-ignored", Level.WARNING, LOCAL),
        ("not-carried", Level.NOTICE, LOCAL),
    ]


@pytest.mark.parametrize(("fragment", "code"), [("rp=sometimes", "11243"), ("e=moon", "11240")])
def test_what_twilio_calls_an_error_is_not_sent(fragment: str, code: str) -> None:
    answer, hops = one(ok(), webhook(f"{LOCAL}#rc=2&{fragment}"))
    assert hops == []
    assert failure_of(answer)[0] == code


def test_overrides_are_the_hops_limits_and_neither_sent_nor_signed() -> None:
    answer, (hop,) = one(ok(), webhook(LOCAL + "#ct=300&rt=400&tt=2000"))
    assert (hop.url, hop.connect_s, hop.read_s, hop.deadline_s) == (LOCAL, 0.3, 0.4, 2.0)
    assert header(hop, "X-Twilio-Signature") == Signer(TOKEN).sign(LOCAL, FIELDS)
    assert (answer.url, answer.findings) == (LOCAL, ())


def test_without_overrides_reading_has_no_limit_of_its_own() -> None:
    _, (hop,) = one(ok())
    assert hop.read_s is None


RETRIED = [
    ("", NO_CONNECTION, 1),
    ("rc=0", NO_CONNECTION, 0),
    ("rc=5", NO_CONNECTION, 5),
    ("rc=2&rp=rt", NO_CONNECTION, 0),
    ("rc=3&rp=all", NO_CONNECTION, 3),
    ("", NO_ANSWER, 0),
    ("rc=2", NO_ANSWER, 0),
    ("rc=2&rp=rt", NO_ANSWER, 2),
    ("rp=rt", NO_ANSWER, 1),
    ("rc=2&rp=rt", HALF_AN_ANSWER, 0),
    ("rc=2&rp=all", HALF_AN_ANSWER, 0),
    ("rc=2&rp=all", REFUSED, 0),
    ("", status(500), 0),
    ("rc=2", status(503), 0),
    ("rc=2&rp=5xx", status(503), 2),
    ("rc=2&rp=5xx", status(404), 0),
    ("rc=2&rp=4xx", status(404), 2),
    ("rc=2&rp=4xx,5xx", status(500), 2),
    ("rc=2&rp=all", status(429), 2),
    ("rc=2&rp=all", status(304), 0),
    ("rc=2&rp=all", HopFailure("11206", "is not HTTP", 0.1), 0),
]


@pytest.mark.parametrize(("fragment", "result", "retries"), RETRIED)
def test_what_is_tried_again_and_how_often(
    fragment: str, result: HopFailure | HopAnswer, retries: int
) -> None:
    answer, hops = play(webhook(f"{LOCAL}#{fragment}"), lambda _: result, policy())
    assert len(hops) == 1 + retries
    assert {header(hop, "I-Twilio-Idempotency-Token") for hop in hops} == {"0d9e1f3c"}
    assert {hop.body for hop in hops} == {hops[0].body}
    assert answer.failure is not None
    told = [(f.code, f.level) for f in answer.findings]
    assert told == [("retried", Level.NOTICE)] * retries


def test_what_the_last_try_brings_counts() -> None:
    answer, hops = play(
        webhook(LOCAL + "#rc=2&rp=5xx"), answers(status(500), status(502), ok()), policy()
    )
    assert len(hops) == 3
    assert (answer.failure, answer.body) == (None, TWIML)
    assert answer.elapsed_s == pytest.approx(0.45)


def test_all_tries_share_the_total() -> None:
    """The last try gets what is left; then it is 11203, Twilio's code for all the time together."""

    def agent(hop: Hop) -> HopFailure:
        if hop.read_s is None:
            return out_of_time(hop.deadline_s, hop.deadline_s)
        return NO_ANSWER._replace(elapsed_s=hop.read_s)

    answer, hops = play(webhook(LOCAL + "#rc=5&rp=rt&rt=400&tt=1000"), agent, policy())
    assert [(hop.read_s, round(hop.deadline_s, 3)) for hop in hops] == [
        (0.4, 1.0),
        (0.4, 0.6),
        (None, 0.2),
    ]
    assert failure_of(answer)[0] == "11203"
    assert answer.elapsed_s == pytest.approx(1.0)


def test_without_overrides_a_time_out_is_11205() -> None:
    answer, _ = one(out_of_time(15.0, 15.0))
    assert failure_of(answer)[0] == "11205"


def test_each_request_behind_a_redirect_may_be_tried_again() -> None:
    answer, hops = play(
        webhook(LOCAL + "#rc=1&rp=5xx"),
        answers(status(500), redirect("/next#rc=5"), status(500), status(500)),
        policy(),
    )
    assert [hop.url[-6:] for hop in hops] == ["/voice", "/voice", "0/next", "0/next"]
    assert failure_of(answer)[0] == "11217"
