"""The personas and scenarios that come with voicesim, as TOML texts."""

from importlib.resources import files


def texts(kind: str) -> dict[str, str]:
    """File name to TOML text of every file of ``kind`` (personas, scenarios), by name."""
    folder = files(__name__) / kind
    found = [item for item in folder.iterdir() if item.name.endswith(".toml")]
    return {
        f"{kind}/{item.name}": item.read_text(encoding="utf-8")
        for item in sorted(found, key=lambda item: item.name)
    }
