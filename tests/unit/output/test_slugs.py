"""Every code of our own is explained, with the level that it is raised with."""

import re
from pathlib import Path

import voicesim
from voicesim.explore.judging import _FOUND
from voicesim.explore.probes import CORRECT, PROBES
from voicesim.output.slugs import AUDITS, SLUGS

SOURCE = Path(voicesim.__file__).parent
RAISED = re.compile(
    r"(?:Finding\(|HopError\(|\bnote\(|Note\(code=|\bcode=|CODE = |STORED\w* = |NOT_ALLOWED = "
    r'|VALUE_UNKNOWN: Final = )\s*"([a-z]+(?:-[a-z]+)+)"'
)


def test_every_code_that_is_raised_is_explained() -> None:
    files = [f for f in SOURCE.rglob("*.py") if "reference" not in f.parts]
    raised = {code for file in files for code in RAISED.findall(file.read_text("utf-8"))}
    probes = {probe.code for probe in PROBES}
    assert {"cross-talk", "not-stored", "no-sockets", "lost-calls"} <= raised
    assert raised - probes <= SLUGS.keys()


def test_every_finding_of_the_audit_is_explained() -> None:
    for probe in (CORRECT, *PROBES):
        for (served, _), (ending, level, _) in _FOUND.items():
            if served == probe.served:
                assert AUDITS[f"audit-{probe.code}-{ending}"].level is level
    assert all(code == each.code for code, each in (SLUGS | AUDITS).items())
