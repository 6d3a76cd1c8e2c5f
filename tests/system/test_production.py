"""The production suite as its users start it: against a good agent, broken ones and none at all."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system import scripted
from tests.system.command import ROOT, SECRETS, Ran
from tests.system.swarm import free_port
from voicesim.caller.models import NumberStyle
from voicesim.line.reference import ReferenceAgent

PATH = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
VARIABLES = {*SECRETS, "PRODUCTION_TEST_URL", "FUNCTION_URL", "PRODUCTION_API_KEY"}
VARIABLES |= {"PRODUCTION_TEST_TIMEOUT", "PRODUCTION_TEST_TARGET"}
NO_URL = "SKIPPED - PRODUCTION_TEST_URL or FUNCTION_URL environment variable not set"
FILE = "tests/production/test_call_scenarios.py"
REAL, FLOW = f"{FILE}::TestRealWorldCallScenarios", f"{FILE}::TestCallFlowValidation"
INDIVIDUAL, EDGE = f"{REAL}::test_individual_scenarios", f"{REAL}::test_edge_case_scenarios"
PROGRESS = f"{FLOW}::test_call_state_progression"
EXTRACTION = f"{FLOW}::test_appointment_extraction_accuracy"
WORKFLOWS = ROOT / ".github" / "workflows"


def shell(line: str, **environment: str) -> Ran:
    """A command line as typed at the root of the repository, with .venv/bin on PATH."""
    clean = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    process = subprocess.run(
        ["bash", "-c", line],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=110,
        env=clean | {"PATH": PATH} | environment,
        check=False,
    )
    return Ran(process.returncode, process.stdout, process.stderr)


@pytest.fixture(scope="module")
def agent() -> Iterator[ReferenceAgent]:
    with ReferenceAgent() as running:
        yield running


# --- nobody to call -------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["pytest tests/production/ -v", "pytest tests/production"])
def test_without_an_address_each_test_is_skipped_and_says_so(line: str) -> None:
    ran = shell(line)
    assert ran.code == 0, ran.both
    assert "7 skipped" in ran.out
    assert ran.out.count(NO_URL) >= 7
    assert "Testing" not in ran.out


def test_a_closed_port_is_unreachable_and_not_a_failing_agent() -> None:
    url = f"http://127.0.0.1:{free_port()}"
    ran = shell("pytest tests/production/ -v", PRODUCTION_TEST_URL=url)
    assert ran.code == 1, ran.both
    assert "7 errors" in ran.out
    assert f"{url} is unreachable: ConnectionError; is the agent running?" in ran.out
    assert "FAILED" not in ran.out
    assert "Testing" not in ran.out


def test_an_agent_that_closes_its_port_under_way_is_unreachable(script: str) -> None:
    """The health check is answered, the voice webhook leads to where nobody is."""
    away = f"{script}/away?port={free_port()}"
    ran = shell(f"pytest {EDGE}", PRODUCTION_TEST_URL=away)
    assert ran.code == 1, ran.both
    assert "empty_speech: unreachable" in ran.out
    assert "refused the connection. [11202]" in ran.out


def test_an_agent_that_says_it_is_ill_is_not_called() -> None:
    with scripted.running("--health", "503") as url:
        ran = shell("pytest tests/production/ -v", PRODUCTION_TEST_URL=url)
    assert ran.code == 1, ran.both
    assert "/healthz says that the agent is not healthy: status 503" in ran.out
    assert "FAILED" not in ran.out


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("PRODUCTION_TEST_TIMEOUT", "soon", "PRODUCTION_TEST_TIMEOUT must be seconds"),
        ("PRODUCTION_TEST_TARGET", "nobody", "there is no target 'nobody'"),
        ("PRODUCTION_TEST_URL", "ftp://its.name", "is no URL to call"),
    ],
)
def test_mistakes_of_the_user_end_it_with_2(variable: str, value: str, words: str) -> None:
    named = {"PRODUCTION_TEST_URL": "http://127.0.0.1:1"} | {variable: value}
    ran = shell("pytest tests/production", **named)
    assert ran.code == 2, ran.both
    assert words in ran.both
    assert "Traceback" not in ran.both


STYLES = len(NumberStyle)
"""Ways to say a number: a name and a number are told in each."""


# --- a good agent ---------------------------------------------------------------------------------


def test_the_whole_suite_passes_against_the_reference_agent(agent: ReferenceAgent) -> None:
    line = 'export PRODUCTION_TEST_URL="$URL"; export PRODUCTION_API_KEY="your-api-key"; '
    ran = shell(line + "pytest tests/production/ -v", URL=agent.origin)
    assert ran.code == 0, ran.both
    assert "7 passed" in ran.out
    for words in (
        "🧪 Testing scenario: quick_booking",
        "✅ quick_booking: ",
        " steps in 0.",
        "✅ Peak hour simulation: 100% success, 0.",
        "✅ Daily pattern: 100% success over 15 calls",
        "   Average response time: 0.",
        "✅ Edge case numbers_only: handled gracefully",
        f"✅ Extraction accuracy: 100% ({STYLES * 2}/{STYLES * 2} names and numbers)",
        "✅ States: help > name > phone > day > time > confirm > goal_reached",
    ):
        assert words in ran.out
    assert "your-api-key" not in ran.both


@pytest.mark.parametrize(
    ("line", "passed"),
    [
        (f"pytest {FLOW} -v", "2 passed"),
        (f"pytest {REAL}::test_peak_hour_simulation -v", "1 passed"),
        (f"pytest {EDGE} -v", "1 passed"),
        ("pytest tests/production/ -v -m essential", "4 passed, 3 deselected"),
        ("curl -v $PRODUCTION_TEST_URL/healthz", '{"status":"ok"}'),
    ],
)
def test_command_lines_that_select(line: str, passed: str, agent: ReferenceAgent) -> None:
    ran = shell(line, PRODUCTION_TEST_URL=agent.origin)
    assert ran.code == 0, ran.both
    assert passed in ran.out


def test_function_url_serves_when_the_first_is_not_set(agent: ReferenceAgent) -> None:
    ran = shell(f"pytest {PROGRESS}", FUNCTION_URL=agent.origin)
    assert ran.code == 0, ran.both
    assert "1 passed" in ran.out


@pytest.mark.parametrize("file", sorted(path.name for path in WORKFLOWS.glob("*.yml")))
def test_what_ci_runs_can_be_run(file: str, agent: ReferenceAgent) -> None:
    """The last ``run`` of each workflow, against the reference agent; nothing secret is in it."""
    text = (WORKFLOWS / file).read_text(encoding="utf-8")
    line = text.rpartition("run:")[2].strip().removeprefix("|").strip()
    assert line.startswith("pytest tests/production/ -v -m production")
    assert "https://" not in text
    ran = shell(f"{line} --collect-only -q", PRODUCTION_TEST_URL=agent.origin)
    assert ran.code == 0, ran.both
    assert "7 tests collected" in ran.out


def test_it_has_nothing_of_locust_in_its_process() -> None:
    check = "import sys; sys.exit(any(name.startswith('locust') for name in sys.modules))"
    ran = shell(f'python -c "import tests.production.test_call_scenarios; {check}"')
    assert ran.code == 0, ran.both


# --- broken ones ----------------------------------------------------------------------------------

REFERENCE = {"PRODUCTION_TEST_TARGET": "reference"}


@pytest.mark.parametrize(
    ("fault", "test", "words", "environment"),
    [
        ("errors=2", INDIVIDUAL, "answered with status 500 to ", {}),
        ("errors=2", INDIVIDUAL, "each_call: 0 of 1 calls", {}),
        ("refuses-country=+44", INDIVIDUAL, "international_caller: failed, 1/1 steps", {}),
        ("other-day", INDIVIDUAL, "The agent stored the day ", REFERENCE),
        ("mixup=1 latency=0.05", f"{REAL}::test_concurrent_scenarios", "[cross-talk]", {}),
        ("errors=5", f"{REAL}::test_peak_hour_simulation", "must be at least 90 %", {}),
        ("errors=20", f"{REAL}::test_daily_pattern_simulation", "must be at least 95 %", {}),
        ("malformed=3", EDGE, "ends in the middle of a tag. [12100]", {}),
        ("unknown-verb", EDGE, "complaints, must be every call handled with valid TwiML", {}),
        ("latency=1", EDGE, "empty_speech: timeout", {"PRODUCTION_TEST_TIMEOUT": "0.5"}),
        ("wrong-number", EXTRACTION, "read back as ", {}),
        ("forgets-name", EXTRACTION, "asked 4 times for its name", {}),
        ("skips-state", PROGRESS, "before it was told one: it skips a state", {}),
        ("never-hangs-up", PROGRESS, "says goodbye and goes on listening", {}),
        ("hangs-up-early", PROGRESS, "agent_hung_up", {}),
    ],
)
def test_a_broken_agent_fails_the_test_it_should(
    fault: str, test: str, words: str, environment: dict[str, str]
) -> None:
    with ReferenceAgent(faults=fault.split()) as broken:
        named = {"PRODUCTION_TEST_URL": broken.origin} | environment
        ran = shell(f"pytest {test} --randomly-seed 1", **named)
    assert ran.code == 1, ran.both
    assert "1 failed" in ran.out
    assert words in ran.out
    assert "Traceback" not in ran.both


def test_a_wrong_auth_token_is_an_authentication_failure(agent: ReferenceAgent) -> None:
    token = "not-the-agents-token"
    named = {"PRODUCTION_TEST_URL": agent.origin, "VOICESIM_TWILIO_AUTH_TOKEN": token}
    ran = shell(f"pytest {EDGE}", **named)
    assert ran.code == 1, ran.both
    assert "empty_speech: authentication failure" in ran.out
    assert "answered with status 403" in ran.out
    assert token not in ran.both


def test_an_api_key_opens_the_agent_and_is_never_shown() -> None:
    key = "s3cr3t-api-key"
    with scripted.running("--api-key", key) as url:
        named = {"PRODUCTION_TEST_URL": f"{url}/voice"}
        without = shell(f"pytest {EDGE}", **named)
        opened = shell(f"pytest {EDGE} -l --tb=long", PRODUCTION_API_KEY=key, **named)
    assert without.code == 1, without.both
    assert "empty_speech: authentication failure" in without.out
    assert "PRODUCTION_API_KEY is not set" in without.out
    assert opened.code == 0, opened.both
    assert key not in opened.both


@pytest.fixture(scope="module")
def script() -> Iterator[str]:
    with scripted.running() as origin:
        yield origin
