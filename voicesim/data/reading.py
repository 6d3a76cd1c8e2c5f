"""Reading the files that a user names: no more of them than they may hold, and nothing else."""

from pathlib import Path

from voicesim.base.errors import ConfigError

LONGEST_TEXT = 1 << 20
"""Bytes of a persona, scenario, workload, gates or target file; the longest shipped has 5,000."""
LONGEST_RESULT = 64 << 20
"""Bytes of a result.json."""


def text(path: Path) -> str:
    """The text in the file; ConfigError for what is no file, too long or no text."""
    try:
        return content(path).decode()
    except UnicodeDecodeError as error:
        raise ConfigError([f"{path}: is no UTF-8 text: {error.reason}"]) from None


def content(path: Path, longest: int = LONGEST_TEXT) -> bytes:
    """The bytes in the file; ConfigError for what is no file, cannot be read or is too long.

    A pipe or a device is no file: it may never end.
    """
    try:
        if path.exists() and not path.is_file():
            raise ConfigError([f"{path}: is no regular file; name one"])
        found = beginning(path, longest + 1)
    except OSError as error:
        raise ConfigError([f"{path}: cannot be read: {error.strerror}"]) from None
    if len(found) > longest:
        raise ConfigError([f"{path}: is longer than {longest >> 20} MiB, the most that is read"])
    return found


def beginning(path: Path, most: int = LONGEST_TEXT) -> bytes:
    """The first bytes of the file."""
    with path.open("rb") as file:
        return file.read(most)
