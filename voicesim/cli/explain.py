"""``voicesim explain``: what a code means, what happens to the call, what to look at."""

import sys
from difflib import get_close_matches
from typing import Annotated

import typer

from voicesim.base.errors import ConfigError
from voicesim.output.slugs import AUDITS, SLUGS
from voicesim.twilio.explained import Explained, explained

NEAR = 5
"""How many codes are named in place of one that is not known."""
LONGEST = 80
"""So much of what was typed is shown, and compared."""
DICTIONARY = "https://www.twilio.com/docs/api/errors"


def explain(
    code: Annotated[str, typer.Argument(help="A code of Twilio's or ours: 12100, cross-talk.")],
) -> None:
    """Say what a code means, what Twilio does to the call, and what to look at."""
    wanted = code.strip().lower()
    found = SLUGS.get(wanted) or AUDITS.get(wanted) or explained(wanted)
    if found is None:
        raise ConfigError([_unknown(wanted)])
    sys.stdout.write(_text(found))


def _text(found: Explained) -> str:
    return (
        f"{found.code} {found.level}: {found.title}\n"
        f"  means    {found.means}\n"
        f"  call     {found.does}\n"
        f"  look at  {found.look}\n"
    )


def _unknown(wanted: str) -> str:
    """What is said of a code that is not known: numbers that are near mean something else."""
    shown = wanted if len(wanted) <= LONGEST else f"{wanted[:LONGEST]}..."
    if wanted.isascii() and wanted.isdigit() and len(wanted) <= LONGEST:
        return f"{shown!r} is no code of voice webhooks; all of Twilio's are at {DICTIONARY}"
    known = [*SLUGS, *AUDITS]
    near = get_close_matches(wanted[:LONGEST], known, NEAR, 0.3) or known[:NEAR]
    return f"there is no code {shown!r}; near it: {', '.join(near)}"
