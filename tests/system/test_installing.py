"""What `make stack-test` and .ci/run install first of all, with an apt-get that only notes it."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAMS = ("chromium", "nginx", "promtool", "amtool", "prometheus-pushgateway")
BASH = shutil.which("bash") or "/bin/bash"


def ran(folder: Path, *programs: str) -> subprocess.CompletedProcess[str]:
    """.ci/servers where nothing is to be found but ``programs``; apt-get writes what it is told."""
    for name in programs:
        path = folder / name
        path.write_text(f'#!{BASH}\necho "$*" >> {folder}/told\n')
        path.chmod(0o755)
    return subprocess.run(
        [BASH, str(ROOT / ".ci" / "servers")],
        env={"PATH": str(folder)}, capture_output=True, text=True, timeout=20,
    )  # fmt: skip


def test_what_is_missing_is_installed(tmp_path: Path) -> None:
    assert ran(tmp_path, "apt-get", "chromium", "nginx").returncode == 0
    assert (tmp_path / "told").read_text().splitlines() == [
        "update -qq",
        "install -y -qq prometheus prometheus-alertmanager prometheus-pushgateway",
    ]


def test_where_all_is_there_nothing_is_asked_for(tmp_path: Path) -> None:
    assert ran(tmp_path, "apt-get", *PROGRAMS).returncode == 0
    assert not (tmp_path / "told").exists()


def test_where_there_is_no_debian_it_says_what_is_missing(tmp_path: Path) -> None:
    done = ran(tmp_path, *PROGRAMS[1:])
    assert done.returncode == 1
    assert done.stderr.startswith("missing: chromium (Debian's names)")


@pytest.mark.parametrize("told", [("make", "-n", "stack-test"), ("cat", ".ci/run")])
def test_both_call_it_before_all_else(told: tuple[str, ...]) -> None:
    done = subprocess.run(told, cwd=ROOT, capture_output=True, text=True, check=True, timeout=20)
    assert done.stdout.index("bash .ci/servers") < min(
        at for word in ("pytest", "make check") if (at := done.stdout.find(word)) >= 0
    )
