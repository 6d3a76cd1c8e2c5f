"""Gates from TOML text: a row of ``[[gate]]`` tables, each with its kind."""

from collections.abc import Collection

from voicesim.base.errors import ConfigError
from voicesim.config.reading import Tree, nearest, parse_toml, shown, validated
from voicesim.verdict.gates import GATES, Fairness, Gate


def parse_gates(text: str, file: str, personas: Collection[str] = ()) -> tuple[Gate, ...]:
    """The gates in ``text``; ConfigError with every mistake.

    Whom one compares with must be among ``personas``; where none are named, it may be anybody.
    """
    mistakes: list[str] = []
    gates = _gates(text, file, mistakes)
    for number, gate in enumerate(gates, 1):
        whom = gate.compared_with if isinstance(gate, Fairness) else ""
        if whom and personas and whom not in personas:
            hint = nearest(whom, list(personas))
            where = f"{file}: gate {number} ({gate.name}): compared_with"
            mistakes.append(f"{where}: there is no persona {shown(whom)}{hint}")
    if mistakes:
        raise ConfigError(mistakes)
    return gates


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
        hint = nearest(str(kind), list(GATES)) or f"; take one of {', '.join(GATES)}"
        mistakes.append(f"{where}: kind: there is no kind {shown(kind)}{hint}")
        return None
    return validated(GATES[kind], row, where, mistakes)
