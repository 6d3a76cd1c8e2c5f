"""Turns TOML text into models and pydantic's errors into lines that help.

Shared by every kind of file: one line for each mistake, with file and key and what to do.
"""

import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)
Tree = dict[str, Any]

_DEEPEST = 16
"""Levels of tables and lists; files that are right have four."""
_TOO_DEEP = f"has tables or lists in one another, deeper than {_DEEPEST}; take them out"
_SHOWN = 80
"""Characters of what is wrong that are shown."""
_WRONG_TYPE = {
    "float_type": "a number",
    "float_parsing": "a number",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "string_type": "a text in quotes",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a table",
    "model_type": "a table",
}


def parse_toml(text: str, file: str, mistakes: list[str]) -> Tree | None:
    """The tree that ``text`` holds; None, and a mistake more, when it is none or of no use."""
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        mistakes.append(f"{file}: is not TOML: {error}")
    except RecursionError:
        mistakes.append(f"{file}: {_TOO_DEEP}")
    except ValueError:  # Python reads no integer of more digits than 4,300
        mistakes.append(f"{file}: has a number of too many digits; write a shorter one")
    else:
        if not _is_deep(tree):
            return tree
        mistakes.append(f"{file}: {_TOO_DEEP}")
    return None


def _is_deep(tree: Tree) -> bool:
    """Whether tables and lists stand in one another deeper than any file has them."""
    level: list[Any] = [tree]
    for _ in range(_DEEPEST):
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
    return bool(level)


def validated(model: type[Model], tree: Tree, file: str, mistakes: list[str]) -> Model | None:
    """``tree`` as ``model``; None, and every mistake, when it does not fit."""
    try:
        return model.model_validate(tree)
    except ValidationError as error:
        mistakes.extend(f"{file}: {_line(model, detail)}" for detail in error.errors())
        return None


def number_keys(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """The dotted keys of every number in ``model``."""
    for name, field in model.model_fields.items():
        inner = _model_in(field.annotation)
        if inner is not None:
            yield from number_keys(inner, f"{prefix}{name}.")
        elif field.annotation in (int, float):
            yield prefix + name


def nearest(word: str, known: list[str]) -> str:
    """``; did you mean ...?`` with the nearest of ``known``, or "" when none is near."""
    close = get_close_matches(word, known, n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def _line(model: type[BaseModel], detail: ErrorDetails) -> str:
    location = detail["loc"]
    key = ".".join(str(part) for part in location) or "file"
    return f"{key}: {_what(model, detail)}"


def _what(model: type[BaseModel], detail: ErrorDetails) -> str:
    kind, given = detail["type"], detail["input"]
    context = detail.get("ctx", {})
    if kind == "missing":
        return "is missing; add it"
    if kind == "extra_forbidden":
        known = list(_place(model, detail["loc"][:-1])[0].model_fields)
        return f"is not known{nearest(str(detail['loc'][-1]), known) or '; take it out'}"
    if kind in _WRONG_TYPE:
        return f"must be {_WRONG_TYPE[kind]} (is {shown(given)})"
    if kind in ("enum", "literal_error"):
        return f"must be {context['expected']} (is {shown(given)})"
    if kind in ("greater_than", "greater_than_equal", "less_than", "less_than_equal"):
        return f"must be {_range(model, detail['loc'])} (is {shown(given)})"
    if kind == "string_too_short":
        return "must not be empty"
    if kind == "string_pattern_mismatch":
        return f"must look like {context['pattern']} (is {shown(given)})"
    return f"{detail['msg']} (is {shown(given)})"


def shown(given: object) -> str:
    """What stands in the file, or the beginning of it."""
    try:
        text = repr(given)
    except ValueError:  # an integer, in hexadecimal
        return "a number of too many digits"
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]} ..."


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model in an annotation such as ``tuple[Odd, ...]``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _model_in(inner)
        if found is not None:
            return found
    return None


def _range(model: type[BaseModel], location: tuple[int | str, ...]) -> str:
    """The bounds of the number at ``location`` in words."""
    low: list[str] = []
    high: list[str] = []
    for bound in _place(model, location)[1]:
        for name, words, where in (
            ("ge", "", low),
            ("gt", "more than ", low),
            ("le", "", high),
            ("lt", "less than ", high),
        ):
            limit = getattr(bound, name, None)
            if limit is not None:
                where.append(f"{words}{limit}")
    if low and high:
        if " " in low[0] + high[0]:
            least = low[0] if " " in low[0] else f"at least {low[0]}"
            return f"{least} and {high[0] if ' ' in high[0] else f'at most {high[0]}'}"
        return f"between {low[0]} and {high[0]}"
    return f"at least {low[0]}" if low else f"at most {high[0]}"


def _place(model: type[BaseModel], location: tuple[int | str, ...]) -> tuple[Any, list[Any]]:
    """What may stand at ``location`` in ``model``: its type, and the bounds upon it."""
    found: tuple[Any, list[Any]] = (model, [])
    for part in location:
        outer = found[0]
        if get_origin(outer) is dict:
            found = _bare(get_args(outer)[1], [])
        elif get_origin(outer) is tuple:
            inner = get_args(outer)
            found = _bare(inner[0] if inner[-1] is Ellipsis else inner[int(part)], [])
        else:
            field = outer.model_fields[part]
            found = _bare(field.annotation, field.metadata)
    return found


def _bare(annotation: Any, bounds: list[Any]) -> tuple[Any, list[Any]]:
    """``annotation`` without ``Annotated`` and ``| None``, and the bounds that stood in it."""
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        more = [bound for one in more for bound in getattr(one, "metadata", [one])]
        return _bare(inner, [*bounds, *more])
    if get_origin(annotation) in (Union, UnionType):
        return _bare(get_args(annotation)[0], bounds)
    return annotation, bounds
