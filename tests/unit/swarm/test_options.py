"""What is typed for a run: every mistake at once, before anything is sent."""

from argparse import ArgumentParser, Namespace
from typing import Any

import pytest

from voicesim.base.errors import ConfigError
from voicesim.swarm.job import load_workload
from voicesim.swarm.options import add_options, run_time_of, too_short, typed, users_of

PEAK = load_workload("peak_hour")


class Parser(ArgumentParser):
    """Takes Locust's own words about its web UI."""

    def add_argument(
        self, *names: str, include_in_web_ui: bool = True, env_var: str = "", **more: Any
    ) -> Any:  # type: ignore[override]
        del include_in_web_ui, env_var
        return super().add_argument(*names, **more)


def options(*arguments: str) -> Namespace:
    parser = Parser()
    add_options(parser, PEAK, shaped=False)  # type: ignore[arg-type]
    return parser.parse_args(arguments)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--pool", "0"), "--pool must be 1 or more (is 0)"),
        (("--pool", "-5"), "--pool must be 1 or more (is -5)"),
        (("--drain-grace", "nan"), "--drain-grace must be a number, 0 or more (is 'nan')"),
        (("--drain-grace", "inf"), "--drain-grace must be a number, 0 or more (is 'inf')"),
        (("--drain-grace", "-1"), "--drain-grace must be a number, 0 or more (is '-1.0')"),
        (("--time-scale", "-1"), "time scale must be a number, 0 or more (is '-1.0')"),
        (("--seed", "-1"), "seed must be a whole number, 0 or more (is '-1')"),
        (("--start-date", "tomorrow"), "'tomorrow' is no date; write YYYY-MM-DD"),
    ],
)
def test_a_mistake_is_named(arguments: tuple[str, ...], said: str) -> None:
    with pytest.raises(ConfigError) as raised:
        typed(options(*arguments), "http://127.0.0.1")
    assert said in raised.value.messages[0]


def test_all_mistakes_are_named_at_once() -> None:
    with pytest.raises(ConfigError) as raised:
        typed(options("--pool", "0", "--seed", "-1", "--start-date", "x"), "")
    assert len(raised.value.messages) == 3


def test_what_is_right_is_taken() -> None:
    arguments = ("--pool", "1", "--drain-grace", "0", "--start-date", "2026-03-02", "--seed", "0")
    found = typed(options(*arguments), "http://127.0.0.1")
    assert (found.pool, found.start_date, found.time_scale) == (1, "2026-03-02", None)


@pytest.mark.parametrize(("run_time_s", "short"), [(3, True), (5, True), (6, False), (None, False)])
def test_a_run_must_be_longer_than_its_warm_up(run_time_s: float | None, short: bool) -> None:
    said = too_short(run_time_s, PEAK)
    assert bool(said) is short
    assert not short or "longer than the warm-up of peak_hour, 5 s" in said


def test_users_and_time_are_those_typed_or_the_workloads() -> None:
    assert users_of(Namespace(num_users=None), PEAK) == 60
    assert users_of(Namespace(num_users=7), PEAK) == 7
    assert (
        run_time_of(Namespace(run_time=None), PEAK),
        run_time_of(Namespace(run_time=9), PEAK),
    ) == (60, 9)
