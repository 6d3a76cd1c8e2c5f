"""Target profiles from TOML text: how to reach and look into one agent."""

from pathlib import PurePath

from voicesim.base.errors import ConfigError
from voicesim.config.reading import Tree, nearest, parse_toml, shown, validated
from voicesim.results.lookup import CALL_SID, TargetProfile

_FIELDS = ["name", "phone", "day", "time"]
_TAKE = f"; take one of {', '.join(_FIELDS)}"


def parse_target(text: str, file: str) -> TargetProfile:
    """The target profile in ``text``; ConfigError with every mistake."""
    mistakes: list[str] = []
    target = _target(text, file, mistakes)
    if target is None or mistakes:
        raise ConfigError(mistakes)
    return target


def _target(text: str, file: str, mistakes: list[str]) -> TargetProfile | None:
    tree = parse_toml(text, file, mistakes)
    if tree is None:
        return None
    lookup = tree.get("lookup")
    mistakes.extend(f"{file}: {line}" for line in _lookup(lookup))
    target = validated(TargetProfile, _without_unknown(tree), file, mistakes)
    stem = PurePath(file).stem
    if isinstance(tree.get("name"), str) and tree["name"] != stem:
        mistakes.append(
            f"{file}: name: must be the file's name, {stem!r} (is {shown(tree['name'])})"
        )
    return target


def _lookup(lookup: object) -> list[str]:
    """What pydantic cannot say of the look-up."""
    if not isinstance(lookup, dict):
        return []
    found = []
    path, fields = lookup.get("path"), lookup.get("fields")
    if isinstance(path, str) and CALL_SID not in path:
        found.append(f"lookup.path: must have {CALL_SID} in it (is {shown(path)})")
    if fields == {}:
        found.append("lookup.fields: must not be empty; say where a fact is, or leave out lookup")
    found += _unknown("lookup.fields", fields)
    bookings = lookup.get("bookings")
    if isinstance(bookings, dict) and isinstance(bookings.get("fields"), dict):
        kept = bookings["fields"]
        found += _unknown("lookup.bookings.fields", kept)
        if not {"day", "time"} <= set(kept) or not {"name", "phone"} & set(kept):
            found.append("lookup.bookings.fields: must have day and time, and name or phone")
    return found


def _unknown(key: str, fields: object) -> list[str]:
    """Complaints of the names in ``fields`` that are no facts."""
    return [
        f"{key}.{name}: is not known{nearest(name, _FIELDS) or _TAKE}"
        for name in (fields if isinstance(fields, dict) else ())
        if name not in _FIELDS
    ]


def _without_unknown(tree: Tree) -> Tree:
    """``tree`` without the fields that were complained of already."""
    lookup = tree.get("lookup")
    if not isinstance(lookup, dict):
        return tree
    known = _known(lookup)
    bookings = lookup.get("bookings")
    if isinstance(bookings, dict):
        known = {**known, "bookings": _known(bookings)}
    return {**tree, "lookup": known}


def _known(table: Tree) -> Tree:
    fields = table.get("fields")
    if not isinstance(fields, dict):
        return table
    return {**table, "fields": {name: path for name, path in fields.items() if name in _FIELDS}}
