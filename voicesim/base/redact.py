"""Keeps secrets out of everything that is printed or written."""

from dataclasses import dataclass

HIDDEN = "[hidden]"


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
