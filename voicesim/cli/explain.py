"""``voicesim explain``: what a code means, what happens to the call, what to look at."""

import sys
from difflib import get_close_matches
from typing import Annotated

import typer

from voicesim.base.errors import ConfigError
from voicesim.output.slugs import AUDITS, SLUGS
from voicesim.twilio.codes import CODES
from voicesim.twilio.explained import Explained, explained

NEAR = 5
"""How many codes are named in place of one that is not known."""


def explain(
    code: Annotated[str, typer.Argument(help="A code of Twilio's or ours: 12100, cross-talk.")],
) -> None:
    """Say what a code means, what Twilio does to the call, and what to look at."""
    wanted = code.strip().lower()
    found = SLUGS.get(wanted) or AUDITS.get(wanted) or explained(wanted)
    if found is None:
        raise ConfigError([f"there is no code {code!r}; near it: {', '.join(_near(wanted))}"])
    sys.stdout.write(_text(found))


def _text(found: Explained) -> str:
    return (
        f"{found.code} {found.level}: {found.title}\n"
        f"  means    {found.means}\n"
        f"  call     {found.does}\n"
        f"  look at  {found.look}\n"
    )


def _near(wanted: str) -> list[str]:
    """Codes like ``wanted``: by number for numbers, by spelling for words."""
    if wanted.isascii() and wanted.isdigit() and len(wanted) <= len("99999"):
        return sorted(CODES, key=lambda code: abs(int(code) - int(wanted)))[:NEAR]
    known = [*SLUGS, *AUDITS, *CODES]
    return get_close_matches(wanted[:80], known, NEAR, 0.3) or [*SLUGS][:NEAR]
