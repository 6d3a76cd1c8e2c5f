"""Writes docs/twiml.md from the vocabulary; ``--check`` fails when the file is stale."""

import sys
from pathlib import Path

from voicesim.twilio.attributes import IN_GATHER
from voicesim.twilio.vocabulary import ELEMENTS, LIBRARY, Element

PAGE = Path(__file__).with_name("twiml.md")
HEAD = """# TwiML as voicesim reads it

Written from `voicesim/twilio/` by `python docs/make_twiml_table.py`; `make check` fails when this
page is stale. [twilio.md](twilio.md) says what is made of it.

Where a code is named, Twilio has it for a value that does not fit: the finding has Twilio's level,
the value is left out and what stands under "without it" is used; an ERROR ends the
call ([assumed](twilio.md#documents)). Where none
is named the value is kept, with the NOTICE `value-unknown`. Elements marked + are not in Twilio's
library, only in its documentation or its old schema.
"""


def page() -> str:
    """Every element with its children, attributes and their values."""
    return HEAD + "".join(_section(each) for each in ELEMENTS.values())


def _section(element: Element) -> str:
    legacy = "" if element.key in LIBRARY else " +"
    lines = [f"\n## {element.key}{legacy}\n"]
    inside = [f"`{name}`" for name in sorted(element.children)]
    inside = ["text", *inside] if element.has_text else inside
    lines.append(f"Holds {', '.join(inside) or 'nothing'}.")
    free = sorted(element.attributes.keys() - element.checks.keys())
    if free:
        lines.append("Anything goes in " + ", ".join(f"`{name}`" for name in free) + ".")
    if element.checks:
        lines += ["", "| attribute | must be | without it | code |", "|---|---|---|---|"]
    for name, check in sorted(element.checks.items()):
        code = check.code
        if code in IN_GATHER:
            code += f", in a Gather {IN_GATHER[code]}"
        lines.append(f"| `{name}` | {check.value.must} | {check.value.otherwise} | {code} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the page, or compare it."""
    if "--check" in sys.argv[1:]:
        if PAGE.exists() and PAGE.read_text(encoding="utf-8") == page():
            return 0
        sys.stderr.write("docs/twiml.md is stale: run python docs/make_twiml_table.py\n")
        return 1
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
