"""How right each fact came through, in few words: what is all right takes no row."""

from collections.abc import Iterable

from voicesim.caller.checking import FIELDS
from voicesim.results.accuracy import (
    READ_BACK,
    READ_BACK_MEANT,
    REPORTED,
    STORED,
    STORED_MEANT,
    Ratio,
    ratios,
    total,
)
from voicesim.results.counts import Counts

COLUMNS = ("persona", "facts", *FIELDS)
AGENTS_DOING = (READ_BACK, STORED)
"""What of it only the agent can get wrong."""


def accuracy_rows(counts: Counts) -> list[tuple[str, tuple[str, ...]]]:
    """Comparison and cells, for each persona and comparison of which some facts were not right."""
    found = []
    for persona, its in ratios(counts).items():
        for comparison in _shown(one for _, one in its):
            of_each = [its.get((field, comparison), Ratio()) for field in FIELDS]
            if any(right < of for right, of in of_each):
                cells = (persona, _words(comparison), *map(_said, of_each))
                found.append((comparison, cells))
    return found


def accuracy_remark(counts: Counts) -> str:
    """What all facts of all callers come to; "" where none was compared."""
    compared = [(one, ratio) for its in ratios(counts).values() for (_, one), ratio in its.items()]
    parts = [
        f"{_words(comparison)} {_said(all_of_them)}"
        for comparison in _shown(one for one, _ in compared)
        if (all_of_them := total(ratio for one, ratio in compared if one == comparison)).of
    ]
    return f"facts that callers told: {', '.join(parts)}" if parts else ""


# --- within -----------------------------------------------------------------------------------


def _shown(comparisons: Iterable[str]) -> tuple[str, str, str]:
    """What was stored, where it was looked up; else what was read back."""
    looked_up = not {STORED, STORED_MEANT}.isdisjoint(comparisons)
    return (REPORTED, *((STORED, STORED_MEANT) if looked_up else (READ_BACK, READ_BACK_MEANT)))


def _words(comparison: str) -> str:
    return comparison.replace("_", " ")


def _said(ratio: Ratio) -> str:
    return f"{ratio.right} of {ratio.of} ({100 * ratio.right / ratio.of:.1f} %)" if ratio.of else ""
