"""The suite's own verdicts at the bounds of the shipped gates, on made-up calls."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.production import target
from tests.production.ringing import Rang
from tests.production.test_call_scenarios import TestRealWorldCallScenarios as Suite
from tests.unit.verdict.runs import Run, record
from voicesim.base.errors import ConfigError
from voicesim.base.findings import Finding, Level
from voicesim.call.outcome import CallRecord, Outcome

REACHED, BROKEN = Outcome.GOAL_REACHED, Outcome.WEBHOOK_FAILED
AGENT = target.agent_at("http://127.0.0.1:8080", "", {})


def rang(run: Run, records: list[CallRecord] | None = None) -> Rang:
    return Rang(7, (), tuple(records or [record()]), run.tally.counts(), {})


def said(test: str, calls: Rang) -> list[str]:
    """What one of the suite's tests prints when these are the calls."""
    lines: list[str] = []
    ringing: Any = SimpleNamespace(
        agent=AGENT,
        load=lambda *_: calls,
        ring=lambda *_: calls,
        until_known=lambda *_: calls,
    )
    getattr(Suite(), test)(ringing, lines.append)
    return lines


@pytest.mark.parametrize(
    ("good", "bad", "mean_s", "words"),
    [
        (9, 1, 2.999999, ""),
        (900, 100, 1.0, ""),
        (899, 101, 1.0, "peak_hour_success: 899 of 1000 (89.9 %), must be at least 90 %"),
        (10, 0, 3.0, "peak_hour_response: 3.000 s over 10 webhooks, must be less than 3 s"),
    ],
)
def test_the_peak_hour(good: int, bad: int, mean_s: float, words: str) -> None:
    calls = rang(Run().calls(good).calls(bad, BROKEN).webhooks(10, mean_s))
    if not words:
        assert said("test_peak_hour_simulation", calls)[-1].startswith("✅ Peak hour simulation: ")
        return
    with pytest.raises(pytest.fail.Exception) as failed:
        said("test_peak_hour_simulation", calls)
    assert words in str(failed.value)


@pytest.mark.parametrize(
    ("good", "bad", "mean_s", "words"),
    [
        (15, 0, 1.999999, ""),
        (14, 1, 1.0, "daily_pattern_success: 14 of 15 (93.3 %), must be at least 95 %"),
        (15, 0, 2.0, "daily_pattern_response: 2.000 s"),
    ],
)
def test_the_daily_pattern(good: int, bad: int, mean_s: float, words: str) -> None:
    calls = rang(Run().calls(good).calls(bad, BROKEN).webhooks(15, mean_s))
    if not words:
        first, second, third = said("test_daily_pattern_simulation", calls)
        assert first == "📅 Simulating daily call pattern (compressed)"
        assert second == "✅ Daily pattern: 100% success over 15 calls"
        assert third == "   Average response time: 1.99s"
        return
    with pytest.raises(pytest.fail.Exception) as failed:
        said("test_daily_pattern_simulation", calls)
    assert words in str(failed.value)


@pytest.mark.parametrize(("good", "bad", "passes"), [(3, 0, True), (2, 1, True), (1, 2, False)])
def test_of_three_at_once_two_succeed(good: int, bad: int, *, passes: bool) -> None:
    records = [record(outcome=REACHED)] * good + [record(outcome=BROKEN)] * bad
    calls = rang(Run().calls(good).calls(bad, BROKEN), records)
    if passes:
        said("test_concurrent_scenarios", calls)
        return
    with pytest.raises(pytest.fail.Exception, match="1 of 3"):
        said("test_concurrent_scenarios", calls)


def test_two_of_three_are_not_enough_when_callers_are_mixed_up() -> None:
    mixed = Finding("cross-talk", Level.ERROR, "The caller heard another one's name.")
    records = [record(), record(), record(findings=(mixed,))]
    with pytest.raises(pytest.fail.Exception, match="heard another one's name"):
        said("test_concurrent_scenarios", rang(Run().calls(3), records))


@pytest.mark.parametrize(("response_s", "passes"), [(14.999999, True), (15.0, False)])
def test_a_scenario_takes_less_than_15_s_in_all(response_s: float, *, passes: bool) -> None:
    calls = rang(Run().calls(1, response_s=response_s), [record(response_s=response_s)])
    if passes:
        assert (
            said("test_individual_scenarios", calls)[1] == "✅ quick_booking: 5/5 steps in 14.99s"
        )
        return
    with pytest.raises(pytest.fail.Exception, match=r"each_call: 0 of 1 calls, 15\.000 s at most"):
        said("test_individual_scenarios", calls)


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        ({}, ""),
        ({"FUNCTION_URL": "http://b"}, "http://b"),
        ({"PRODUCTION_TEST_URL": "http://a", "FUNCTION_URL": "http://b"}, "http://a"),
        ({"PRODUCTION_TEST_URL": "", "FUNCTION_URL": "http://b"}, "http://b"),
    ],
)
def test_which_agent_is_called(environment: dict[str, str], address: str) -> None:
    assert target.named(environment) == address


@pytest.mark.parametrize(("text", "seconds"), [("", 30.0), ("60", 60.0), ("0.5", 0.5)])
def test_how_long_it_is_waited_for(text: str, seconds: float) -> None:
    agent = target.agent_at("http://127.0.0.1:1", "", {"PRODUCTION_TEST_TIMEOUT": text})
    assert agent.policy.limits.total_s == seconds


@pytest.mark.parametrize("text", ["soon", "0", "-1", "nan", "inf"])
def test_a_timeout_that_is_none_is_a_mistake(text: str) -> None:
    with pytest.raises(ConfigError, match="PRODUCTION_TEST_TIMEOUT must be seconds"):
        target.agent_at("http://127.0.0.1:1", "", {"PRODUCTION_TEST_TIMEOUT": text})


def test_keys_are_in_no_text_of_the_agent() -> None:
    agent = target.agent_at("http://127.0.0.1:1", "", {"PRODUCTION_API_KEY": "s3cr3t-key"})
    assert agent.headers == {"X-API-Key": "s3cr3t-key"}
    assert "s3cr3t" not in repr((agent, agent.policy))
    assert agent.hide("with s3cr3t-key") == "with [hidden]"


def test_every_row_of_the_seed_is_answered_for_once() -> None:
    text = (Path(__file__).parents[3] / "docs" / "seeds.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("| S0-")]
    assert rows == [f"S0-{number:02}" for number in range(1, 53)]
