"""Which agent is called: the environment says so, or ``--reference`` starts the reference agent.

Without either each test is skipped. Run these tests in a pytest process of their own.
"""

import os
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.production.ringing import Ringing
from tests.production.target import NO_URL, Agent, from_process, named
from voicesim.base.errors import ConfigError
from voicesim.line.health import unreachable
from voicesim.line.reference import ReferenceAgent

USAGE, FAIL = 2, 1
Say = Callable[[str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--reference", action="store_true", help="call the reference agent, started for it"
    )


def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, str] | None:
    """With -v the reason stands in the test's line, in full."""
    if report.skipped and isinstance(report.longrepr, tuple) and NO_URL in report.longrepr[2]:
        return "skipped", "s", f"SKIPPED - {NO_URL}"
    return None


@pytest.fixture(scope="session")
def _address(request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    """The agent's address and target profile; both "" for none."""
    with ExitStack() as stack:
        if request.config.getoption("--reference", False):
            yield stack.enter_context(ReferenceAgent()).origin, "reference"
        else:
            yield named(os.environ), ""


@pytest.fixture(scope="session")
def _found(_address: tuple[str, str]) -> Agent | str:
    """The agent, or why it cannot be called."""
    try:
        agent = from_process(*_address)
    except ConfigError as error:
        pytest.exit("; ".join(error.messages), returncode=USAGE)
    health_path = agent.profile.health_path if agent.profile else None
    return unreachable(agent.origin, health_path, agent.headers) or agent


@pytest.fixture
def agent(_address: tuple[str, str], request: pytest.FixtureRequest) -> Agent:
    """The agent under test; skips without one, and fails where there is none to be reached."""
    if not _address[0]:
        pytest.skip(NO_URL)
    found = request.getfixturevalue("_found")
    if isinstance(found, str):
        pytest.fail(found, pytrace=False)
    return found


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], agent: Agent) -> Say:
    """Print a line of the report while the test runs, whatever the terminal can show."""
    del agent  # what is skipped says nothing

    def line(text: str) -> None:
        with capsys.disabled():
            encoding = sys.stdout.encoding or "utf-8"
            print(text.encode(encoding, "backslashreplace").decode(encoding), flush=True)

    with capsys.disabled():
        print()
    return line


@pytest.fixture
def ringing(agent: Agent, request: pytest.FixtureRequest) -> Ringing:
    """Lets calls ring there; ``--randomly-seed N`` makes the same callers ring again."""
    seed = request.config.getoption("randomly_seed", None)
    return Ringing(agent, seed if isinstance(seed, int) else secrets.randbits(32))
