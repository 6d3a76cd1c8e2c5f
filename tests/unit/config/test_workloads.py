"""Workloads, gates and target profiles from TOML: every mistake at once, with file and key."""

from pathlib import PurePath

import pytest

from voicesim.base.errors import ConfigError
from voicesim.config.callers import parse_catalogue
from voicesim.config.gates import parse_gates
from voicesim.config.targets import parse_target
from voicesim.config.workloads import parse_workload
from voicesim.data import texts
from voicesim.traffic.workload import Workload
from voicesim.verdict.gates import GATES

CATALOGUE = parse_catalogue(texts("personas"), texts("scenarios"))
GOOD = texts("workloads")["workloads/peak_hour.toml"]
TARGET = texts("targets")["targets/reference.toml"]


def workload(text: str) -> Workload:
    return parse_workload(text, "workloads/peak_hour.toml", CATALOGUE, {"default": ()})


def mistakes_of(text: str) -> list[str]:
    with pytest.raises(ConfigError) as refused:
        workload(text)
    prefix = "workloads/peak_hour.toml: "
    assert all(message.startswith(prefix) for message in refused.value.messages)
    return [message.removeprefix(prefix) for message in refused.value.messages]


@pytest.mark.parametrize("file", sorted(texts("workloads")))
def test_the_workloads_that_come_along_are_right(file: str) -> None:
    gates = {PurePath(gates).stem: () for gates in texts("gates")}
    found = parse_workload(texts("workloads")[file], file, CATALOGUE, gates)
    assert found.calls_expected > 100
    if found.gates == "default":  # judged for goals: of those who can reach theirs
        assert not any(CATALOGUE.personas[name].gives_up for name in found.personas)


def test_one_call_a_minute_is_what_a_user_stands_for() -> None:
    assert workload(GOOD.replace("calls_per_user_per_min = 4\n", "")).calls_per_user_per_min == 1


@pytest.mark.parametrize(
    ("old", "new", "mistake"),
    [
        (
            'name = "peak_hour"',
            'name = "rush"',
            "name: must be the file's name, 'peak_hour' (is 'rush')",
        ),
        ("users = 60", "users = 0", "users: must be between 1 and 1000000 (is 0)"),
        ("users = 60", "", "users: is missing; add it"),
        ("users = 60", "users = 60\nuser = 1", "user: is not known; did you mean 'users'?"),
        ("run_time_s = 60", "run_time_s = nan", "run_time_s: "),
        ("warm_up_s = 5", "warm_up_s = 60", "warm_up_s: must be shorter than run_time_s, 60"),
        ("time_scale = 0.1", "time_scale = -1", "time_scale: must be between 0 and 100"),
        (
            'gates = "default"',
            'gates = "defualt"',
            "gates: there is no gates file 'defualt'; did you mean 'default'?",
        ),
        (
            "[personas.elderly]\nweight = 3",
            "[personas.elderly]\nweight = 0",
            "personas.elderly.weight: must be between 1 and 1000000 (is 0)",
        ),
        *(
            (
                "elderly_caller = 1",
                f"elderly_caller = {weight}",
                "personas.elderly.scenarios.elderly_caller: must be between 1 and 1000000"
                f" (is {weight})",
            )
            for weight in (0, -1)
        ),
        (
            "points = [[0, 1]]",
            "points = [[0, -1]]",
            "profile.points.0.1: must be between 0 and 1000 (is -1)",
        ),
        (
            "elderly_caller = 1",
            "eldery_caller = 1",
            "personas.elderly.scenarios.eldery_caller: there is no scenario 'eldery_caller';"
            " did you mean 'elderly_caller'?",
        ),
        (
            "elderly_caller = 1",
            "",
            "personas.elderly.scenarios: must not be empty; say what they call for",
        ),
        (
            "personas.elderly",
            "personas.eldery",
            "personas.eldery: there is no persona 'eldery'; did you mean 'elderly'?",
        ),
        ("points = [[0, 1]]", "points = []", "profile.points: must not be empty"),
        ("points = [[0, 1]]", "points = [[1, 1], [0, 2]]", "profile.points: x must grow"),
        ("points = [[0, 1]]", "points = [[0, 0]]", "profile.points: nobody would ever call"),
        ('shape = "linear"', 'shape = "round"', "profile.shape: must be 'linear' or 'steps'"),
        ("users = 60", "users = ", "is not TOML: "),
    ],
)
def test_a_mistake_is_said_with_its_key(old: str, new: str, mistake: str) -> None:
    assert old in GOOD
    (said,) = mistakes_of(GOOD.replace(old, new))
    assert said.startswith(mistake)


def test_every_mistake_of_a_workload_is_said_at_once() -> None:
    text = GOOD.replace("users = 60", "users = 0").replace("quick_booking", "quick")
    text = text.replace('gates = "default"', 'gates = "none"').replace("warm_up_s = 5", "warm = 5")
    assert len(mistakes_of(text)) == 4


def test_a_workload_without_callers_is_refused() -> None:
    head = GOOD.split("[personas.standard]")[0]
    assert mistakes_of(head) == ["personas: is missing; add it"]
    assert mistakes_of(head + "[personas]") == ["personas: must not be empty; say who calls"]


# --- gates ----------------------------------------------------------------------------------------

ONE = '[[gate]]\nname = "one"\nwhy = "to see"\n'


def gate_mistakes(text: str) -> list[str]:
    with pytest.raises(ConfigError) as refused:
        parse_gates(text, "g.toml")
    assert all(message.startswith("g.toml: ") for message in refused.value.messages)
    return [message.removeprefix("g.toml: ") for message in refused.value.messages]


def test_whom_a_gate_names_must_be_there() -> None:
    text = (
        ONE + 'kind = "fairness"\nbelow_at_most = "10 %"\npersonas = ["hurried", "eldery"]\n'
        '[[gate]]\nname = "two"\nwhy = "to see"\nkind = "valid_twiml"\n'
        'scenarios = ["keypads", "quick_booking"]\npersonas = ["eldery"]\n'
    )
    with pytest.raises(ConfigError) as refused:
        parse_gates(text, "g.toml", CATALOGUE.personas, CATALOGUE.scenarios)
    assert refused.value.messages == [
        "g.toml: gate 1 (one): personas: there is no persona 'eldery'; did you mean 'elderly'?",
        "g.toml: gate 2 (two): personas: there is no persona 'eldery'; did you mean 'elderly'?",
        "g.toml: gate 2 (two): scenarios: there is no scenario 'keypads'; did you mean 'keypad'?",
    ]
    assert len(parse_gates(text, "g.toml")) == 2


@pytest.mark.parametrize("file", ["default", "difficult", "fairness"])
def test_the_gates_that_come_along_name_nobody_who_is_not_there(file: str) -> None:
    shipped = texts("gates")[f"gates/{file}.toml"]
    assert parse_gates(shipped, file, CATALOGUE.personas, CATALOGUE.scenarios)


@pytest.mark.parametrize(("file", "count"), [("default", 12), ("fairness", 5)])
def test_the_gates_that_come_along_are_right(file: str, count: int) -> None:
    gates = parse_gates(texts("gates")[f"gates/{file}.toml"], f"gates/{file}.toml")
    assert len(gates) == count
    assert {type(gate) for gate in gates} <= set(GATES.values())


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("", "gate: is missing; without a [[gate]] nothing can pass"),
        ("[gate]", "gate: must be tables, each under [[gate]]"),
        ("gate = 5", "gate: must be tables, each under [[gate]]"),
        (ONE, "gate 1 (one): kind: is missing; add one of each_call, "),
        (
            ONE + 'kind = "sucess"',
            "gate 1 (one): kind: there is no kind 'sucess'; did you mean 'success'?",
        ),
        (ONE + "kind = 5", "gate 1 (one): kind: there is no kind 5; take one of each_call, "),
        (
            ONE + f"kind = 0x{'f' * 4000}",
            "gate 1 (one): kind: there is no kind a number of too many digits; take one of ",
        ),
        (
            ONE + 'kind = "success"\nof = "goal"\nat_least = 0.9',
            'gate 1 (one): at_least: must be a share such as "90 %" or "2/3" (is 0.9)',
        ),
        (
            ONE + 'kind = "each_call"\nbelow_s = 0',
            "gate 1 (one): below_s: must be more than 0 and at most 3600 (is 0)",
        ),
        (
            ONE + 'kind = "each_call"\nbelow_s = 1\nmin_call = 3',
            "gate 1 (one): min_call: is not known; did you mean 'min_calls'?",
        ),
        (
            f'{ONE}kind = "valid_twiml"\n{ONE}kind = "no_findings"',
            "gate 2: name: 'one' is there twice; each gate needs its own",
        ),
        (ONE + 'kind = "valid_twiml"\n[gates]', "gates: is not known; did you mean 'gate'?"),
        ("[[gate]", "is not TOML: "),
    ],
)
def test_a_mistake_in_gates_is_said(text: str, mistake: str) -> None:
    assert any(said.startswith(mistake) for said in gate_mistakes(text))


def test_every_mistake_in_gates_is_said_at_once() -> None:
    text = '[[gate]]\nname = "A"\nkind = "success"\n[[gate]]\nkind = "dropped"\nat_most = "2"\n'
    assert len(gate_mistakes(text)) == 7


# --- target profiles ------------------------------------------------------------------------------


def target_mistakes(text: str) -> list[str]:
    with pytest.raises(ConfigError) as refused:
        parse_target(text, "targets/reference.toml")
    return [message.removeprefix("targets/reference.toml: ") for message in refused.value.messages]


def test_the_reference_agents_profile_is_right() -> None:
    target = parse_target(TARGET, "targets/reference.toml")
    assert target.health_path == "/healthz"
    assert target.lookup is not None
    assert target.lookup.path_of("CA1") == "/calls/CA1"
    assert set(target.lookup.fields) == {"name", "phone", "day", "time"}


def test_an_agent_that_cannot_be_looked_into_has_a_profile_too() -> None:
    target = parse_target('name = "bare"\ndescription = "Bare"', "bare.toml")
    assert target.health_path is None
    assert target.lookup is None


@pytest.mark.parametrize(
    ("old", "new", "mistake"),
    [
        ('"reference"', '"other"', "name: must be the file's name, 'reference' (is 'other')"),
        ('"/healthz"', '"healthz"', "health_path: must look like "),
        (
            "/calls/{call_sid}",
            "/calls/{sid}",
            "lookup.path: must have {call_sid} in it (is '/calls/{sid}')",
        ),
        ("day =", "days =", "lookup.fields.days: is not known; did you mean 'day'?"),
        ("day =", "colour =", "lookup.fields.colour: is not known; take one of name, "),
        ('"understood.day"', '".day"', "lookup.fields.day: must look like "),
        ('"REFERENCE_API_KEY"', '"the key itself"', "lookup.headers.X-API-Key: must look like "),
        ("[lookup.headers]", "[lookup.header]", "lookup.header: is not known; did you mean"),
        ('day = "date"', "", "lookup.bookings.fields: must have day and time, and"),
        ('id = "id"', "", "lookup.bookings.id: is missing; add it"),
        ('path = "/appointments"', 'path = "x"', "lookup.bookings.path: must look like "),
    ],
)
def test_a_mistake_in_a_profile_is_said(old: str, new: str, mistake: str) -> None:
    assert old in TARGET
    (said,) = target_mistakes(TARGET.replace(old, new, 1))
    assert said.startswith(mistake)


def test_a_lookup_needs_a_path_and_fields() -> None:
    head = TARGET.split("[lookup]")[0]
    assert target_mistakes(head + "[lookup]") == [
        "lookup.path: is missing; add it",
        "lookup.fields: is missing; add it",
    ]
    empty = head + '[lookup]\npath = "/calls/{call_sid}"\n[lookup.fields]'
    assert target_mistakes(empty)[0].startswith("lookup.fields: must not be empty")


def test_everyone_else_is_everyone_who_does_not_give_up() -> None:
    share = "[everyone_else]\nweight = 2\nscenarios = {numbers_only = 9}\n"
    text = GOOD.replace("[profile]", f"{share}[profile]")
    personas = workload(text).personas
    assert personas["quiet"].weight == 2
    assert personas["standard"].weight == 12
    assert not {"silent", "angry"} & set(personas)
    assert "quiet" not in workload(GOOD).personas
    assert mistakes_of(text.replace("{numbers_only", "{number_only")) == [
        "everyone_else.scenarios.number_only: there is no scenario 'number_only';"
        " did you mean 'numbers_only'?"
    ]
    assert mistakes_of(text.replace("{numbers_only = 9}", "{}")) == [
        "everyone_else.scenarios: must not be empty; say what they call for"
    ]
