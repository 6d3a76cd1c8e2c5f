"""Draws docs/states.md from the table of transitions; ``--check`` fails when the file is stale."""

import sys
from pathlib import Path

from voicesim.call.states import TRANSITIONS

PAGE = Path(__file__).with_name("states.md")


def diagram() -> str:
    """Return the page: every transition of a call as a Mermaid diagram."""
    rows = ["stateDiagram-v2", "    [*] --> new"]
    for state, moves in TRANSITIONS.items():
        targets: dict[str, list[str]] = {}
        for happening, target in moves.items():
            targets.setdefault(target, []).append(happening)
        rows += [f"    {state} --> {to}: {' / '.join(why)}" for to, why in targets.items()]
    rows.append("    done --> [*]")
    return (
        "# The states of a call\n\n"
        "Drawn from `voicesim/call/states.py` by `python docs/make_state_diagram.py`;"
        " `make check` fails when this page is stale.\n\n"
        "```mermaid\n" + "\n".join(rows) + "\n```\n"
    )


def main() -> int:
    """Write the page, or compare it."""
    if "--check" in sys.argv[1:]:
        if PAGE.exists() and PAGE.read_text(encoding="utf-8") == diagram():
            return 0
        sys.stderr.write("docs/states.md is stale: run python docs/make_state_diagram.py\n")
        return 1
    PAGE.write_text(diagram(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
