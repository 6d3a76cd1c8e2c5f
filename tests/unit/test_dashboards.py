"""The dashboards: what is committed is what the code makes, and Grafana's model keeps all of it."""

import json
import re
from pathlib import Path

import pytest
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import Dashboard

from dashboards.__main__ import BOARDS, FOLDER, text
from dashboards.panels import Board
from voicesim.metrics.families import FAMILIES
from voicesim.metrics.history import BASELINE, RESULTS

RULES = FOLDER.parent / "prometheus" / "rules"
each_board = pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.uid)


@each_board
def test_what_is_committed_is_what_the_code_makes(board: Board) -> None:
    path = FOLDER / f"{board.uid.removeprefix('voicesim-')}.json"
    assert path.read_text(encoding="utf-8") == text(board)


@each_board
def test_grafanas_model_reads_it_back_without_loss(board: Board) -> None:
    made = json.loads(text(board))
    again = json.loads(json.dumps(Dashboard.from_json(made), cls=JSONEncoder))
    assert again == made


@each_board
def test_every_panel_says_what_it_is(board: Board) -> None:
    panels = [panel for panel in json.loads(text(board))["panels"] if panel["type"] != "row"]
    assert len(panels) == len(board.panels) >= 10
    for panel in panels:
        defaults = panel["fieldConfig"]["defaults"]
        assert panel["title"]
        assert len(panel["description"]) > 20
        assert defaults["unit"]
        assert defaults["thresholds"]["steps"][0]["value"] is None
        assert panel["datasource"]["uid"] == "${datasource}"
        assert [target["refId"] for target in panel["targets"]] == list(
            "ABC"[: len(panel["targets"])]
        )


def families() -> set[str]:
    """Every name that is exported, and every one that is recorded."""
    names = set()
    for family in (*FAMILIES, *RESULTS, *BASELINE):
        name = f"voicesim_{family.name}"
        names |= {
            "counter": {f"{name}_total"},
            "gauge": {name},
            "histogram": {f"{name}_bucket", f"{name}_count", f"{name}_sum"},
        }[family.kind]
    recorded = re.findall(r"record: (\S+)", (RULES / "recording.yml").read_text())
    return names | set(recorded) | {"voicesim_collector_errors_total"}


USED = re.compile(r"(?:[a-z]+:)?voicesim_[a-z0-9_]+(?::[a-z0-9_]+)?")


@each_board
def test_dashboards_ask_for_what_there_is(board: Board) -> None:
    for panel in board.panels:
        for query in panel.queries:
            used = set(USED.findall(query.expr))
            assert used
            assert used <= families(), panel.title


def test_rules_ask_for_what_there_is() -> None:
    for file in ("recording.yml", "alerts.yml"):
        lines = (RULES / file).read_text().splitlines()
        used = {name for line in lines if "record:" not in line for name in USED.findall(line)}
        assert used - {"voicesim_recording", "voicesim_alerts"} <= families()


def test_nothing_secret_is_in_the_alertmanagers_file() -> None:
    config = Path(FOLDER.parent / "alertmanager" / "alertmanager.yml").read_text()
    for key in ("slack_api_url", "routing_key", "credentials"):
        assert re.search(rf"\b{key}_file: /", config)
        assert not re.search(rf"\b{key}:", config)
