"""``voicesim personas``: who can call, and one caller's card."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from voicesim.caller.models import Persona
from voicesim.cli import typed
from voicesim.output.printing import tell


def personas(
    name: Annotated[
        str, typer.Argument(help="Whose card to print; without one all are listed.")
    ] = "",
) -> None:
    """List the personas, or print one's card: what it does, and where each number comes from."""
    known = typed.catalogue().personas
    lines = _card(typed.pick("persona", name, known)) if name else _list(list(known.values()))
    tell(lines)


def _list(all_of_them: list[Persona]) -> Iterator[str]:
    width = max(len(persona.name) for persona in all_of_them)
    for persona in all_of_them:
        rate = f"{persona.recogniser.word_error_rate:.1%}"
        yield f"{persona.name:{width}}  {persona.country}  WER {rate:>5}  {persona.description}"


def _card(persona: Persona) -> Iterator[str]:
    """Every field, numbers with their source."""
    yield f"{persona.name}: {persona.description}"
    values = dict(_flat(persona.model_dump(exclude={"name", "description", "sources"})))
    width = max(map(len, values))
    for key, value in values.items():
        source = persona.sources.get(key, "")
        yield f"  {key:{width}}  {_shown(value):<10}  {source}".rstrip()


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _flat(tree: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value
