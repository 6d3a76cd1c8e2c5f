"""docs/twilio.md names every code, as provoked or as not, and no other."""

import re
from pathlib import Path

from voicesim.twilio.codes import CODES

from .test_values import PROVOKED

PAGE = (Path(__file__).parents[3] / "docs" / "twilio.md").read_text(encoding="utf-8")


def codes(text: str) -> list[str]:
    return re.findall(r"\b\d{5}\b", text)


def test_every_code_has_its_place() -> None:
    part = PAGE.partition("## Codes")[2].partition("## Assumptions")[0]
    provoked, _, not_provoked = part.partition("Not provoked:")
    rows = "".join(row.split("|")[1] for row in not_provoked.splitlines() if row.startswith("|"))
    assert {code for code, _ in PROVOKED} <= set(codes(provoked))
    assert not set(codes(provoked)) & set(codes(rows))
    assert sorted(codes(provoked) + codes(rows)) == sorted(CODES)
