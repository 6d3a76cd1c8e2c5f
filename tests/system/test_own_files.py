"""A user's own persona, scenario and workload as TOML files: Locust, run, call, personas."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system.command import voicesim
from tests.system.swarm import LOCUST, finish, start
from tests.system.test_reference import running
from voicesim import data

WORKLOAD = """
name = "office"
description = "Plumbers who ring about a leak"
users = 10
spawn_rate_per_s = 10
calls_per_user_per_min = 20
run_time_s = 4
time_scale = 0
gates = "difficult"

[personas.plumber]
weight = 1

[personas.plumber.scenarios]
leak = 1
"""
LOCUSTFILE = """
from voicesim.swarm.users import *
Traffic = workload("office")
"""
FLAGS = ("--no-audit", "--seed", "3")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("agent") / "db.sqlite") as (found, _):
        yield found


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with a persona, a scenario and a workload, and a locustfile of two lines."""
    shipped = data.texts("personas")["personas/hurried.toml"]
    booking = data.texts("scenarios")["scenarios/quick_booking.toml"]
    texts = {
        "personas/plumber": shipped.replace('name = "hurried"', 'name = "plumber"'),
        "scenarios/leak": booking.replace("quick_booking", "leak").replace("standard", "plumber"),
        "workloads/office": WORKLOAD,
    }
    for name, text in texts.items():
        path = tmp_path / f"{name}.toml"
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
    (tmp_path / "mine.py").write_text(LOCUSTFILE, encoding="utf-8")
    return tmp_path


def callers(result: dict[str, list[dict[str, object]]]) -> set[tuple[object, object]]:
    return {(row["persona"], row["scenario"]) for row in result["callers"]}


def test_a_locustfile_of_two_lines(own: Path, url: str) -> None:
    process = start(
        *("-f", str(own / "mine.py"), "--headless", "--only-summary", "--host", url),
        *("--reports", str(own / "reports"), *FLAGS),
        VOICESIM_DATA=str(own),
    )
    ran = finish(process, own / "reports")
    assert ran.code == 0, ran.out
    assert callers(ran.result) == {("plumber", "leak")}
    page = next((own / "reports").glob("*/report.html")).read_text(encoding="utf-8")
    assert "plumber" in page


def test_locust_lists_a_class_for_each_persona_of_the_workload(own: Path) -> None:
    def listed(locustfile: Path) -> str:
        command = [LOCUST, "-f", str(locustfile), "--list"]
        done = subprocess.run(command, env={"VOICESIM_DATA": str(own)}, capture_output=True)
        return done.stdout.decode()

    assert listed(own / "mine.py").split()[-1:] == ["PlumberCaller"]
    everyone = listed(Path(__file__).parents[2] / "locustfiles" / "explore.py")
    assert {"PlumberCaller", "StandardCaller", "InternationalDeCaller"} <= set(everyone.split())
    assert "SilentCaller" not in everyone


@pytest.mark.parametrize("by_path", [False, True])
def test_voicesim_run(own: Path, url: str, by_path: bool) -> None:
    name = str(own / "workloads" / "office.toml") if by_path else "office"
    ran = voicesim(
        *("run", name, "--host", url, "--output", str(own / "reports"), *FLAGS),
        VOICESIM_DATA=str(own),
    )
    assert ran.code == 0, ran.both
    assert "leak" in ran.out
    assert "PASS: of 4 gates 4 pass" in ran.out


def test_voicesim_call_and_personas(own: Path, url: str) -> None:
    ran = voicesim(
        *("call", f"{url}/twilio/voice", "--scenario", "leak", "--seed", "1"),
        VOICESIM_DATA=str(own),
    )
    assert ran.code == 0, ran.both
    assert "plumber caller, leak" in ran.out
    card = voicesim("personas", "plumber", VOICESIM_DATA=str(own))
    assert card.code == 0
    assert "hang_up_rate" in card.out
    assert "assumption" in card.out
    assert "plumber" in voicesim("personas", VOICESIM_DATA=str(own)).out
    assert "plumber" not in voicesim("personas").out


@pytest.mark.parametrize(
    "command", [("run", "office"), ("call", "http://127.0.0.1:9/voice"), ("personas",), ("locust",)]
)
def test_five_mistakes_are_five_messages(own: Path, command: tuple[str, ...]) -> None:
    path = own / "personas" / "plumber.toml"
    text = path.read_text(encoding="utf-8")
    for right, wrong in (
        ("pace = 1.3", "pace = 13"),
        ("patience = 3", 'patience = "three"'),
        ('accent = "american"', 'accent = "martian"'),
        ("\nkeys_after =", "\nkey_after ="),
    ):
        assert right in text
        text = text.replace(right, wrong, 1)
    path.write_text(text, encoding="utf-8")
    if command == ("locust",):
        process = start("-f", str(own / "mine.py"), "--headless", VOICESIM_DATA=str(own))
        told, code = process.communicate(timeout=60)[0], process.returncode
    else:
        ran = voicesim(*command, VOICESIM_DATA=str(own))
        told, code = ran.both, ran.code
    lines = [line for line in told.splitlines() if "plumber.toml: " in line]
    assert code == 2, told
    assert [line.split("plumber.toml: ")[1].split(":")[0] for line in sorted(lines)] == [
        *("accent", "key_after", "keys_after", "pace", "patience")
    ]
    assert all(line.startswith("voicesim: ") for line in lines)
    assert "Traceback" not in told


def test_a_name_that_is_taken_and_a_folder_that_is_not_there(own: Path) -> None:
    (own / "personas" / "elderly.toml").write_text("", encoding="utf-8")
    taken = voicesim("personas", VOICESIM_DATA=str(own))
    assert (taken.code, "give it another" in taken.err) == (2, True)
    gone = voicesim("personas", VOICESIM_DATA=str(own / "nowhere"))
    assert (gone.code, "VOICESIM_DATA: there is no folder" in gone.err) == (2, True)


def test_who_gives_up_whatever_the_agent_does_says_nothing_of_it(url: str) -> None:
    ran = voicesim("call", f"{url}/twilio/voice", "--persona", "silent", "--seed", "1")
    assert ran.code == 3, ran.both
    assert "goal_reached" not in ran.out
