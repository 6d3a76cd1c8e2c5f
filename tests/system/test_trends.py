"""The queries of *Trends*, asked of results that were pushed, backfilled, or both, by promtool.

A Pushgateway shows a result with every scrape until the next one of the workload takes its place.
"""

import json
from pathlib import Path

import pytest

from dashboards import trends
from dashboards.panels import Panel
from tests.system.test_metrics import filled, tool

HOURS = 50
FAMILIES = {
    'info{BUILD,seed="1"}': 1.0,
    "valid{}": 1.0,
    'verdict{verdict="pass"}': 1.0,
    'verdict{verdict="fail"}': 0.0,
    "duration_seconds{}": 60.0,
    'response_seconds{scenario="all",quantile="0.5"}': 0.1,
    'response_seconds{scenario="all",quantile="0.95"}': 0.2,
    'response_seconds{scenario="all",quantile="0.99"}': 0.3,
    'calls{scenario="all",outcome="goal_reached"}': 18.0,
    'calls{scenario="all",outcome="wrong_result"}': 2.0,
    "calls_offered{}": 21.0,
    "calls_dropped{}": 1.0,
    'findings{code="12100",severity="ERROR"}': 4.0,
}
PUSHED, BACKFILLED = 'job="voicesim_result",', ""
RUNS = (
    ("a", "v1", PUSHED, "_x5 VALUEx55 stale"),
    ("a", "v1", BACKFILLED, "_x5 VALUE"),
    ("b", "v2", PUSHED, "_x61 VALUEx39"),  # in place of the one before
    ("c", "v2", BACKFILLED, "_x81 VALUE"),
)
CAME = {3: "v1", 31: "v2", 41: "v2"}
"""The hour in which each run came, and its build."""
ONE = {
    "Response time of whole runs": [{'scenario="all"': q} for q in (0.1, 0.2, 0.3)],
    "p95 by the agent's build": [{"BUILD": 0.2}],
    "Length of runs": [{'workload="peak_hour"': 60.0}],
    "Calls that fail, by the agent's build": [{"BUILD": 0.1}],
    "Verdicts": [{'verdict="fail"': 0.0, 'verdict="pass"': 1.0}],
    "Findings of whole runs": [{'code="12100",severity="ERROR"': 4.0}],
    "Calls offered and dropped": [{'workload="peak_hour"': n} for n in (21.0, 1.0)],
}
"""What each query says of one of these runs."""
IN_ALL = {
    "Runs": {"50h": 3.0, "12h": 1.0},
    "Passed": {"50h": 1.0, "12h": 1.0},
    "To be trusted": {"50h": 1.0, "12h": 1.0},
    "Builds": {"50h": 2.0, "12h": 1.0},
}
"""At the end, over the time that is shown: what was pushed before it is not of it."""


def series() -> list[dict[str, str]]:
    """Every family of every run, every half hour."""
    found = []
    for run_id, build, how, values in RUNS:
        for family, value in FAMILIES.items():
            every = f'{{run_id="{run_id}",workload="peak_hour",{how}'
            name = family.replace("BUILD", f'build="{build}"').replace("{", every)
            values_of = values.replace("VALUE", str(value))
            found.append({"series": f"voicesim_result_{name}", "values": values_of})
    return found


def asked(folder: Path, tests: list[dict[str, object]]) -> None:
    file = folder / "tests.yml"
    one = {"interval": "30m", "input_series": series(), "promql_expr_test": tests}
    file.write_text(json.dumps({"evaluation_interval": "30m", "tests": [one]}))
    assert "SUCCESS" in tool("promtool", "test", "rules", str(file))


def samples(labels_and_values: dict[str, float], build: str) -> list[dict[str, object]]:
    return [
        {"labels": "{" + labels.replace("BUILD", f'build="{build}"') + "}", "value": value}
        for labels, value in labels_and_values.items()
    ]


def panel(title: str) -> Panel:
    return next(panel for panel in trends.BOARD.panels if panel.title == title)


def test_every_panel_is_asked_here() -> None:
    asked_elsewhere = {"Baselines, p95"}  # what is recorded of them: alerts_test.yml
    assert {p.title for p in trends.BOARD.panels} == {*ONE, *IN_ALL} | asked_elsewhere


@pytest.mark.parametrize("title", ONE)
def test_a_run_is_shown_once_where_it_came(tmp_path: Path, title: str) -> None:
    tests = [
        {
            "expr": filled(query.expr, __interval="1h"),
            "eval_time": f"{hour}h",
            "exp_samples": samples(said, CAME[hour]) if hour in CAME else [],
        }
        for query, said in zip(panel(title).queries, ONE[title], strict=True)
        for hour in range(HOURS)
    ]
    asked(tmp_path, tests)


@pytest.mark.parametrize("title", IN_ALL)
def test_the_sums_are_of_the_runs_that_came_in_the_time_shown(tmp_path: Path, title: str) -> None:
    (query,) = panel(title).queries
    tests = [
        {
            "expr": filled(query.expr, __range=shown),
            "eval_time": f"{HOURS}h",
            "exp_samples": samples({"": value}, ""),
        }
        for shown, value in IN_ALL[title].items()
    ]
    asked(tmp_path, tests)
