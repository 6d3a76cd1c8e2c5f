"""The exceptions that tell our user what to put right."""

from collections.abc import Iterable


class ConfigError(Exception):
    """The user's configuration has mistakes: all of them, one line each, with file and key."""

    def __init__(self, messages: Iterable[str]) -> None:
        self.messages = list(messages)
        super().__init__("\n".join(self.messages))
