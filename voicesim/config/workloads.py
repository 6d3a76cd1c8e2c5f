"""Workloads from TOML text; ``file`` is the name that messages give it."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from voicesim.base.errors import ConfigError
from voicesim.config.callers import Catalogue
from voicesim.config.reading import nearest, parse_toml, shown, validated
from voicesim.traffic.workload import Workload


def parse_workload(
    text: str, file: str, catalogue: Catalogue, gates: Mapping[str, object]
) -> Workload:
    """The workload in ``text``; ConfigError with every mistake.

    Its personas and scenarios must be in ``catalogue``, its gates file among ``gates`` (by name,
    without the ending).
    """
    mistakes: list[str] = []
    workload = _workload(text, file, catalogue, gates, mistakes)
    if workload is None or mistakes:
        raise ConfigError(mistakes)
    return workload


def _workload(
    text: str,
    file: str,
    catalogue: Catalogue,
    gates: Mapping[str, object],
    mistakes: list[str],
) -> Workload | None:
    tree = parse_toml(text, file, mistakes)
    if tree is None:
        return None
    workload = validated(Workload, tree, file, mistakes)
    stem = PurePath(file).stem
    if isinstance(tree.get("name"), str) and tree["name"] != stem:
        mistakes.append(
            f"{file}: name: must be the file's name, {stem!r} (is {shown(tree['name'])})"
        )
    mistakes.extend(f"{file}: {line}" for line in _unknown(tree, catalogue, gates))
    if workload is not None:
        mistakes.extend(f"{file}: profile.{line}" for line in workload.profile.mistakes())
        if workload.warm_up_s >= workload.run_time_s:
            longest = f"shorter than run_time_s, {workload.run_time_s:g}"
            mistakes.append(f"{file}: warm_up_s: must be {longest} (is {workload.warm_up_s:g})")
        return _with_everyone_else(workload, catalogue)
    return None


def _with_everyone_else(workload: Workload, catalogue: Catalogue) -> Workload:
    """``workload`` with the share that it gives to those whom it does not name."""
    if workload.everyone_else is None:
        return workload
    others = [p.name for p in catalogue.personas.values() if not p.gives_up]
    added = {name: workload.everyone_else for name in others if name not in workload.personas}
    return workload.model_copy(update={"personas": {**workload.personas, **added}})


def _unknown(tree: dict[str, Any], catalogue: Catalogue, gates: Mapping[str, object]) -> list[str]:
    """Names that stand for nothing, and persons with nothing to call for."""
    found = []
    personas = tree.get("personas")
    if personas == {}:
        found.append("personas: must not be empty; say who calls")
    for name, share in personas.items() if isinstance(personas, dict) else ():
        if name not in catalogue.personas:
            found.append(_no("persona", f"personas.{name}", name, catalogue.personas))
        found += _unknown_scenarios(f"personas.{name}", share, catalogue)
    found += _unknown_scenarios("everyone_else", tree.get("everyone_else"), catalogue)
    wanted = tree.get("gates", "default")
    if isinstance(wanted, str) and wanted not in gates:
        found.append(_no("gates file", "gates", wanted, gates))
    return found


def _unknown_scenarios(key: str, share: object, catalogue: Catalogue) -> list[str]:
    """What is wrong with what the callers of a share call for."""
    scenarios = share.get("scenarios") if isinstance(share, dict) else None
    if scenarios == {}:
        return [f"{key}.scenarios: must not be empty; say what they call for"]
    names = scenarios if isinstance(scenarios, dict) else ()
    return [
        _no("scenario", f"{key}.scenarios.{name}", name, catalogue.scenarios)
        for name in names
        if name not in catalogue.scenarios
    ]


def _no(kind: str, key: str, name: str, known: Mapping[str, object]) -> str:
    return f"{key}: there is no {kind} {shown(name)}{nearest(name, list(known))}"
