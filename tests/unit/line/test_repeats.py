"""Webhooks that are sent twice, and what an answer gives away about the agent."""

import pytest

from tests.unit.line.webhooks import LOCAL, TOKEN, answers, header, ok, one, play, policy, webhook
from voicesim.base.findings import Level
from voicesim.base.hosts import HostRule
from voicesim.line.policy import HopAnswer, HopFailure, Policy
from voicesim.twilio.signature import Signer

ALL = Policy(Signer(TOKEN), HostRule(frozenset()), repeats=1.0)


def test_a_webhook_sent_twice_is_the_same_and_only_the_second_answer_counts() -> None:
    first = ok(b"<Response><Say>one</Say></Response>", ("Set-Cookie", "lost=1; Path=/"))
    second = ok(b"<Response><Say>two</Say></Response>")
    answer, hops = play(webhook(), answers(first, second), ALL)
    assert hops[0] == hops[1]._replace(deadline_s=hops[0].deadline_s)
    assert header(hops[1], "I-Twilio-Idempotency-Token") == "0d9e1f3c"
    assert b"two" in answer.body
    assert answer.state.cookies == ()
    assert answer.elapsed_s == pytest.approx(0.5)
    assert [(f.code, f.level) for f in answer.findings] == [("repeated", Level.NOTICE)]


@pytest.mark.parametrize(
    "sent",
    [webhook()._replace(steers=False), webhook()._replace(token="")],
)
def test_status_callbacks_and_webhooks_without_token_are_sent_once(sent: object) -> None:
    answer, hops = play(sent, answers(ok()), ALL)  # type: ignore[arg-type]
    assert len(hops) == 1
    assert answer.findings == ()


def test_what_fails_at_once_is_not_sent_again() -> None:
    for result in (HopAnswer(500, (), b"", 0.1), HopFailure("11205", "did not answer", 15.0)):
        answer, hops = play(webhook(), answers(result), ALL)
        assert len(hops) == 1
        assert answer.failure is not None


def test_by_default_nothing_is_sent_twice() -> None:
    sent = [webhook()._replace(token=f"token {n}") for n in range(500)]
    assert not any(policy().repeated(one) for one in sent)


def test_the_same_share_and_the_same_webhooks_every_time() -> None:
    sent = [webhook()._replace(token=f"token {n}") for n in range(4000)]
    tenth = Policy(Signer(TOKEN), HostRule(frozenset()), repeats=0.1)
    chosen = [n for n, one in enumerate(sent) if tenth.repeated(one)]
    assert 320 <= len(chosen) <= 480
    assert chosen == [n for n, one in enumerate(sent) if tenth.repeated(one)]


# --- cookies that are set for elsewhere ---------------------------------------------------------


def test_a_cookie_that_does_not_come_back_is_a_warning() -> None:
    answer, _ = one(ok(b"<Response/>", ("Set-Cookie", "call=1; Path=/elsewhere")))
    assert answer.findings == ()
    answer, (hop,) = one(ok(), webhook(state=answer.state))
    assert header(hop, "Cookie") == ""
    (finding,) = answer.findings
    assert (finding.code, finding.level) == ("cookie-not-sent", Level.WARNING)
    assert finding.message == (
        f"{LOCAL} is not sent the cookie 'call' that this call was given: it is for"
        " 127.0.0.1/elsewhere."
    )


@pytest.mark.parametrize("path", ["/", "/voice"])
def test_a_cookie_that_comes_back_is_none(path: str) -> None:
    elsewhere = ("Set-Cookie", "other=1; Path=/admin")
    answer, _ = one(ok(b"<Response/>", ("Set-Cookie", f"call=1; Path={path}"), elsewhere))
    answer, _ = one(ok(), webhook(state=answer.state))
    assert answer.findings == ()


def test_a_cookie_for_https_alone_says_so() -> None:
    answer, _ = one(ok(b"<Response/>", ("Set-Cookie", "call=1; Path=/; Secure")))
    answer, _ = one(ok(), webhook(state=answer.state))
    assert answer.findings[0].message.endswith("it is for 127.0.0.1/ over https.")


# --- what an error tells ------------------------------------------------------------------------


def test_a_stack_trace_is_a_finding_beside_the_failure() -> None:
    body = b'Traceback (most recent call last):\n  File "/srv/agent.py", line 3\n'
    answer, _ = one(HopAnswer(500, (), body, 0.1))
    (finding,) = answer.findings
    assert (finding.code, finding.level) == ("leaks-trace", Level.ERROR)
    assert "stack trace (Python, status 500)" in finding.message
    assert answer.failure is not None
    assert answer.failure.code == "11217"


@pytest.mark.parametrize(
    ("field", "said"),
    [
        (("Digits", "*"), "answered with status 500 to Digits '*'."),
        (("SpeechResult", "x" * 99), f"answered with status 500 to SpeechResult '{'x' * 60}...'."),
        (("CallStatus", "ringing"), "answered with status 500."),
    ],
)
def test_a_failure_says_what_the_caller_did(field: tuple[str, str], said: str) -> None:
    answer, _ = one(HopAnswer(500, (), b"", 0.1), webhook(fields=(("CallSid", "CA1"), field)))
    assert answer.failure is not None
    assert answer.failure.message == f"{LOCAL} {said}"
