"""Write dashboards/json, or with --check say whether it is what the code makes."""

import json
import sys
from pathlib import Path

from grafana_foundation_sdk.cog.encoder import JSONEncoder

from dashboards import peak_hour, run, trends
from dashboards.panels import Board, build

FOLDER = Path(__file__).parent / "json"
BOARDS = (run.BOARD, peak_hour.BOARD, trends.BOARD)


def text(board: Board) -> str:
    """The dashboard's JSON."""
    return json.dumps(build(board), cls=JSONEncoder, indent=2, sort_keys=True) + "\n"


def main() -> int:
    """0 when all is well."""
    wanted = {f"{board.uid.removeprefix('voicesim-')}.json": text(board) for board in BOARDS}
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    if "--check" in sys.argv:
        stale = sorted(name for name in {*wanted, *there} if wanted.get(name) != there.get(name))
        for name in stale:
            print(f"dashboards/json/{name} is not what the code makes: run python -m dashboards")
        return int(bool(stale))
    for name, content in wanted.items():
        (FOLDER / name).write_text(content, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
