"""Files that a user names: what is no file, too long or no text is told, and never waited for."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from voicesim import data
from voicesim.base.errors import ConfigError
from voicesim.cli.exports import read as results_in
from voicesim.cli.runs import known
from voicesim.data.reading import LONGEST_TEXT, content, text
from voicesim.swarm.job import load_gates, load_target, load_workload


def pipe(path: Path) -> None:
    os.mkfifo(path)


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def folder(path: Path) -> None:
    path.mkdir()


def too_long(path: Path) -> None:
    path.write_bytes(b"#" * (LONGEST_TEXT + 1))


def no_text(path: Path) -> None:
    path.write_bytes(b'name = "\xff"')


STRANGE = {
    pipe: "is no regular file; name one",
    endless: "is no regular file; name one",
    folder: "is no regular file; name one",
    too_long: "is longer than 1 MiB, the most that is read",
    no_text: "is no UTF-8 text: invalid start byte",
}


@pytest.mark.parametrize("make", STRANGE, ids=lambda make: make.__name__)
def test_whoever_reads_a_strange_file_is_told(
    make: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in ("personas", "scenarios", "workloads", "gates", "targets"):
        (tmp_path / kind).mkdir()
    path = tmp_path / "personas" / "odd.toml"
    make(path)
    for load in (load_workload, load_gates, load_target):
        with pytest.raises(ConfigError) as caught:
            load(str(path))
        assert caught.value.messages == [f"{path}: {STRANGE[make]}"]
    monkeypatch.setenv(data.OWN, str(tmp_path))
    with pytest.raises(ConfigError) as caught:
        data.texts("personas")
    assert caught.value.messages == [f"{path}: {STRANGE[make]}"]


def test_all_that_fits_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"#" * LONGEST_TEXT)
    assert len(text(path)) == LONGEST_TEXT
    link = tmp_path / "b.toml"
    link.symlink_to(path)
    assert text(link) == text(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.toml: cannot be read: No such file"):
        content(tmp_path / "none.toml")


def test_a_workload_keeps_the_name_by_which_it_was_typed(tmp_path: Path) -> None:
    """Its name in it is that of the file; what a link leads to may be called otherwise."""
    (tmp_path / "kept").write_text("")
    (tmp_path / "mine.toml").symlink_to(tmp_path / "kept")
    assert known(str(tmp_path / "mine.toml")) == str(tmp_path / "mine.toml")


@pytest.mark.parametrize("make", [pipe, endless, folder])
def test_a_result_is_a_file(make: Callable[[Path], None], tmp_path: Path) -> None:
    make(tmp_path / "result.json")
    with pytest.raises(ConfigError, match=r"result\.json: is no regular file"):
        results_in([tmp_path / "result.json"])


def test_a_result_that_is_nested_beyond_all_bounds_is_none(tmp_path: Path) -> None:
    (tmp_path / "result.json").write_text("[" * 100_000)
    with pytest.raises(ConfigError, match=r"result\.json: is no JSON"):
        results_in([tmp_path / "result.json"])
