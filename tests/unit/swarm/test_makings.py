"""Makings: what unlike processes are told."""

from argparse import Namespace
from pathlib import Path

import pytest

from voicesim import data
from voicesim.swarm import makings as makings_module
from voicesim.swarm.job import load_workload
from voicesim.swarm.makings import difference, makings

PEAK = load_workload("peak_hour")


def test_alike_there_is_nothing_to_say() -> None:
    assert difference(makings(PEAK), makings(PEAK)) == ""


@pytest.mark.parametrize(
    ("worker", "said"),
    [
        ({"voicesim": "9.9.9"}, "its voicesim is '9.9.9' and the master's '"),
        ({"workload": "explore"}, "its workload is 'explore' and the master's 'peak_hour'"),
        ({"data": "0123"}, "its data is '0123' and the master's"),
        ({"files": "0123"}, "same --gates and --target files"),
    ],
)
def test_what_is_unlike_is_named(worker: dict[str, str], said: str) -> None:
    assert said in difference(makings(PEAK) | worker, makings(PEAK))


@pytest.mark.parametrize("told", [None, {}, "1.0", ["voicesim"], {"voicesim": {"x": "y" * 9000}}])
def test_who_tells_something_else_is_unlike_and_repeated_in_short(told: object) -> None:
    assert difference(told, makings(PEAK)).startswith("its voicesim is ")
    assert len(difference(told, makings(PEAK))) < 200


def test_a_scenario_that_is_worded_otherwise_is_other_data(monkeypatch: pytest.MonkeyPatch) -> None:
    here, shipped = makings(PEAK), data.texts

    def other(kind: str) -> dict[str, str]:
        return {
            name: text + "# \n" if name == "scenarios/quick_booking.toml" else text
            for name, text in shipped(kind).items()
        }

    assert "scenarios/quick_booking.toml" in shipped("scenarios")
    monkeypatch.setattr(makings_module.data, "texts", other)
    assert difference(makings(PEAK), here).startswith("its data is ")


def test_a_workload_of_the_same_name_and_other_content_is_another() -> None:
    """It may lie in a file that is named by its path, which data does not know."""
    more = PEAK.model_copy(update={"users": PEAK.users + 1})
    assert difference(makings(more), makings(PEAK)).startswith("its workload file is ")


def test_ones_own_folder_counts_by_what_is_in_it_and_not_by_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, found = data.texts("workloads")["workloads/explore.toml"], []
    for folder, own in (("a", text), ("b", text), ("c", text + "# mine")):
        (tmp_path / folder / "workloads").mkdir(parents=True)
        (tmp_path / folder / "workloads" / "mine.toml").write_text(own, encoding="utf-8")
        monkeypatch.setenv(data.OWN, str(tmp_path / folder))
        found.append(makings(PEAK))
    assert difference(found[0], found[1]) == ""
    assert difference(found[0], found[2]).startswith("its data is ")
    monkeypatch.delenv(data.OWN)
    assert data.OWN in difference(makings(PEAK), found[0])


def test_gates_in_a_file_of_the_same_path_are_to_be_the_same(tmp_path: Path) -> None:
    gates = tmp_path / "gates.toml"
    options = Namespace(gates=str(gates), target="reference")
    gates.write_text("[[gates]]")
    first = makings(PEAK, options)
    assert difference(makings(PEAK, options), first) == ""
    gates.write_text("[[gates]] # another")
    assert difference(makings(PEAK, options), first).startswith("its files is ")
