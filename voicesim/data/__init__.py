"""The personas, scenarios, workloads and gates that come with voicesim or are the user's own."""

import os
from importlib.resources import files
from pathlib import Path

from voicesim.base.errors import ConfigError
from voicesim.data.reading import text

OWN = "VOICESIM_DATA"
"""The variable that names the user's own folder, with personas/, scenarios/ ... in it."""


def texts(kind: str) -> dict[str, str]:
    """File name to TOML text of every file of ``kind`` (personas, scenarios), by name.

    Those that come along, then those in the user's own folder. ConfigError for a folder that is not
    there, a file that cannot be read and a name that is taken.
    """
    shipped = [item for item in (files(__name__) / kind).iterdir() if item.name.endswith(".toml")]
    found = {
        f"{kind}/{item.name}": item.read_text(encoding="utf-8")
        for item in sorted(shipped, key=lambda item: item.name)
    }
    taken = {item.name for item in shipped}
    mistakes: list[str] = []
    for path in _own(kind):
        if path.name in taken:
            mistakes.append(f"{path}: {kind} of that name come with voicesim; give it another")
            continue
        try:
            found[str(path)] = text(path)
        except ConfigError as error:
            mistakes += error.messages
    if mistakes:
        raise ConfigError(mistakes)
    return found


def _own(kind: str) -> list[Path]:
    folder = os.environ.get(OWN, "")
    if not folder:
        return []
    if not Path(folder).is_dir():
        raise ConfigError([f"{OWN}: there is no folder {folder!r}"])
    return sorted((Path(folder) / kind).glob("*.toml"))
