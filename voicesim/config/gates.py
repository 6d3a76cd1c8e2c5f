"""Gates from TOML text: a row of ``[[gate]]`` tables, each with its kind."""

from collections.abc import Collection, Iterator

from voicesim.base.errors import ConfigError
from voicesim.config.reading import Tree, nearest, parse_toml, shown, validated
from voicesim.verdict.gates import GATES, Gate

_NAMED = {"personas": "persona", "scenarios": "scenario", "compared_with": "persona"}
"""The keys of gates that name callers, and what they name."""


def parse_gates(
    text: str, file: str, personas: Collection[str] = (), scenarios: Collection[str] = ()
) -> tuple[Gate, ...]:
    """The gates in ``text``; ConfigError with every mistake.

    Whom they name must be among ``personas`` and ``scenarios``; of an empty one it may be anybody.
    """
    mistakes: list[str] = []
    gates = _gates(text, file, mistakes)
    known = {"persona": list(personas), "scenario": list(scenarios)}
    for number, gate in enumerate(gates, 1):
        where = f"{file}: gate {number} ({gate.name})"
        mistakes.extend(f"{where}: {mistake}" for mistake in _unknown(gate, known))
    if mistakes:
        raise ConfigError(mistakes)
    return gates


def _unknown(gate: Gate, known: dict[str, list[str]]) -> Iterator[str]:
    for key, kind in _NAMED.items():
        named = getattr(gate, key, ())
        for name in (named,) if isinstance(named, str) else named:
            if known[kind] and name not in known[kind]:
                yield f"{key}: there is no {kind} {shown(name)}{nearest(name, known[kind])}"


def _gates(text: str, file: str, mistakes: list[str]) -> tuple[Gate, ...]:
    tree = parse_toml(text, file, mistakes)
    if tree is None:
        return ()
    mistakes.extend(
        f"{file}: {key}: is not known{nearest(key, ['gate']) or '; take it out'}"
        for key in tree
        if key != "gate"
    )
    rows = tree.get("gate", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        mistakes.append(f"{file}: gate: must be tables, each under [[gate]]")
        return ()
    if not rows:
        mistakes.append(f"{file}: gate: is missing; without a [[gate]] nothing can pass")
    found = [_gate(row, number, file, mistakes) for number, row in enumerate(rows, 1)]
    names = [row.get("name") for row in rows]
    mistakes.extend(
        f"{file}: gate {number}: name: {shown(name)} is there twice; each gate needs its own"
        for number, name in enumerate(names, 1)
        if name is not None and name in names[: number - 1]
    )
    return tuple(gate for gate in found if gate is not None)


def _gate(row: Tree, number: int, file: str, mistakes: list[str]) -> Gate | None:
    name = row.get("name")
    where = f"{file}: gate {number}" + (f" ({name})" if isinstance(name, str) else "")
    kind = row.get("kind")
    if kind is None:
        mistakes.append(f"{where}: kind: is missing; add one of {', '.join(GATES)}")
        return None
    if not isinstance(kind, str) or kind not in GATES:
        hint = nearest(shown(kind), list(GATES)) or f"; take one of {', '.join(GATES)}"
        mistakes.append(f"{where}: kind: there is no kind {shown(kind)}{hint}")
        return None
    return validated(GATES[kind], row, where, mistakes)
