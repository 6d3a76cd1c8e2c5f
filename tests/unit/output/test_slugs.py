"""Every code of our own is explained, with the level that it is raised with."""

import re
from pathlib import Path

import voicesim
from voicesim.explore.judging import _FOUND
from voicesim.explore.probes import CORRECT, PROBES
from voicesim.output.slugs import AUDITS, SLUGS

SOURCE = Path(voicesim.__file__).parent
PAGE = Path(__file__).parents[3] / "docs" / "findings.md"
RAISED = re.compile(
    r"(?:Finding\(|HopError\(|\bnote\(|Note\(code=|\bcode=|^[A-Z_]+(?:: Final)? =)"
    r'\s*"([a-z]+(?:-[a-z]+)+)"',
    re.MULTILINE,
)
OTHERS = {"voicesim-loopback-token"}
"""Constants that look like codes."""


def test_every_code_that_is_raised_is_explained() -> None:
    files = [f for f in SOURCE.rglob("*.py") if "reference" not in f.parts]
    raised = {code for file in files for code in RAISED.findall(file.read_text("utf-8"))}
    probes = {probe.code for probe in PROBES}
    assert {"cross-talk", "not-stored", "no-sockets", "lost-calls", "value-unknown"} <= raised
    assert raised - probes - OTHERS <= SLUGS.keys()


def test_every_code_of_the_page_is_explained() -> None:
    rows = [row.split("|")[1] for row in PAGE.read_text("utf-8").splitlines() if row[:3] == "| `"]
    named = {code for row in rows for code in re.findall(r"`([a-z-]+)`", row)}
    assert len(named) > 15
    assert named <= SLUGS.keys()


def test_every_finding_of_the_audit_is_explained() -> None:
    for probe in (CORRECT, *PROBES):
        for (served, _), (ending, level, _) in _FOUND.items():
            if served == probe.served:
                assert AUDITS[f"audit-{probe.code}-{ending}"].level is level
    assert all(code == each.code for code, each in (SLUGS | AUDITS).items())
