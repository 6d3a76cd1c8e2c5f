"""A run's folder: writable before, its own, and what is said when nothing can be written."""

import errno
import json
from pathlib import Path

import pytest

from tests.unit.verdict.runs import Run
from voicesim.base.errors import ConfigError
from voicesim.results.result import Result, load
from voicesim.swarm import reports
from voicesim.verdict.evaluating import Verdict
from voicesim.verdict.gates import Gate
from voicesim.verdict.judging import Judged, judge

GATES: tuple[Gate, ...] = ()


def judged(verdict: Verdict) -> tuple[Result, Judged]:
    result = Run().calls(3).result()
    found = judge(result, GATES)
    return result, Judged(verdict, found.gates, found.notes)


def test_a_folder_is_made_and_tried_and_left_as_it_was(tmp_path: Path) -> None:
    reports.try_folder(tmp_path / "a" / "b")
    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match=r"file/reports \(Not a directory\); .* --reports"):
        reports.try_folder(tmp_path / "file" / "reports")


def test_no_two_runs_have_the_same_folder(tmp_path: Path) -> None:
    names = [reports.claim(tmp_path, "20260302-100000-00000007") for _ in range(3)]
    assert names == [
        "20260302-100000-00000007",
        "20260302-100000-00000007-2",
        "20260302-100000-00000007-3",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


@pytest.mark.parametrize("verdict", Verdict)
def test_a_report_that_is_written_changes_no_exit_code(verdict: Verdict, tmp_path: Path) -> None:
    result, found = judged(verdict)
    code, said = reports.keep(tmp_path / "one", result, found)
    assert (code, said) == (verdict.exit_code, f"report: {tmp_path}/one/report.html")
    tree = json.loads((tmp_path / "one" / "result.json").read_text())
    assert load(tree).counts == result.counts
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == [
        "report.html",
        "result.json",
    ]


@pytest.mark.parametrize(
    ("verdict", "code"), [(Verdict.PASS, 3), (Verdict.FAIL, 1), (Verdict.INCONCLUSIVE, 3)]
)
def test_without_a_report_no_run_passes(
    verdict: Verdict, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full: the verdict stands but for a pass, and nothing half is left."""
    write_text = Path.write_text

    def full(self: Path, text: str, **more: str) -> int:
        write_text(self, text[:10], **more)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    got, said = reports.keep(tmp_path / "one", *judged(verdict))
    assert got == code
    assert f"NO REPORT could be written into {tmp_path}/one (No space left on device)" in said
    assert list((tmp_path / "one").iterdir()) == []
