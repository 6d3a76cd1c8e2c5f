"""Keeps secrets out of everything that is printed or written."""

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

HIDDEN = "[hidden]"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Redactor:
    """Replaces each of ``secrets`` by ``[hidden]``; empty ones are ignored."""

    secrets: tuple[str, ...] = ()

    def __call__(self, text: str) -> str:
        """``text`` without the secrets."""
        for secret in self.secrets:
            if secret:
                text = text.replace(secret, HIDDEN)
        return text

    def deep(self, value: T) -> T:
        """``value`` with every text in it redacted: before anything is cut, escaped or dumped.

        Goes through dataclasses, tuples (named ones too), lists and the values of dicts.
        """
        hidden: Any = self._deep(value)
        return hidden  # type: ignore[no-any-return]

    def _deep(self, value: Any) -> Any:
        if type(value) is str:
            return self(value)
        if type(value) is bytes:
            for secret in self.secrets:
                if secret:
                    value = value.replace(secret.encode(), HIDDEN.encode())
            return value
        if isinstance(value, tuple | list):
            items = map(self._deep, value)
            return value._make(items) if hasattr(value, "_make") else type(value)(items)
        if type(value) is dict:
            return {key: self._deep(item) for key, item in value.items()}
        if is_dataclass(value) and not isinstance(value, type):
            changes = {}
            for field in fields(value):
                old = getattr(value, field.name)
                new = self._deep(old)
                if new is not old and new != old:
                    changes[field.name] = new
            return replace(value, **changes) if changes else value
        return value
