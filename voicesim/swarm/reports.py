"""A run's folder: tried before anybody rings, claimed when it opens, filled when it is over."""

import json
from itertools import count
from pathlib import Path
from tempfile import TemporaryFile

from voicesim.base.errors import ConfigError
from voicesim.results.result import Result, document
from voicesim.verdict.evaluating import Verdict
from voicesim.verdict.judging import Judged
from voicesim.verdict.report_html import page


def try_folder(folder: Path) -> None:
    """Make the folder for reports; ConfigError when nothing can be written there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder) as file:
            file.write(b"voicesim")
    except OSError as error:
        raise ConfigError(
            [f"no report can be written into {folder} ({error.strerror}); name a folder: --reports"]
        ) from None


def claim(folder: Path, name: str) -> str:
    """Make the folder of one run; its name, which is ``name`` unless another run has that."""
    for number in count(1):
        claimed = name if number == 1 else f"{name}-{number}"
        try:
            (folder / claimed).mkdir(parents=True)
        except FileExistsError:
            continue
        return claimed
    raise AssertionError("there is always a further number")  # pragma: no cover


def write(folder: Path, result: Result, judged: Judged) -> None:
    """Write result.json and report.html into a run's folder; OSError where that is impossible."""
    found = document(result, judged.as_data())
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False)
    _replace(folder / "result.json", text)
    _replace(folder / "report.html", page(result, judged))


def keep(folder: Path, result: Result, judged: Judged) -> tuple[int, str]:
    """Write the report; the exit code of the run, and what is to be said of the report.

    Where none can be written a pass becomes inconclusive: nothing is left that shows it.
    """
    code = judged.verdict.exit_code
    try:
        write(folder, result, judged)
    except OSError as error:
        inconclusive = Verdict.INCONCLUSIVE.exit_code
        why = f"NO REPORT could be written into {folder} ({error.strerror})"
        if judged.verdict is Verdict.PASS:
            return inconclusive, f"{why}: the exit code is {inconclusive}"
        return code, why
    return code, f"report: {folder / 'report.html'}"


def _replace(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    beside = path.with_name(path.name + ".part")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
