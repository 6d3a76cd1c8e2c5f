"""Months of results, backfilled into a server that runs, and asked as the dashboard asks."""

import json
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dashboards import trends
from tests.system import command
from tests.system.stack import Stack, stack
from tests.system.swarm import FILES, finish, start
from tests.system.test_metrics import filled, tool
from tests.system.test_stack import numbers

pytestmark = pytest.mark.timeout(280)
DAYS = 120
STEP_AT = 80
"""The day since which the agent is slower."""


def results(folder: Path, days: int, templates: Sequence[dict[str, Any]]) -> list[str]:
    """Results of one run a day, in turn like ``templates``, twice as slow from day STEP_AT on."""
    files = []
    last = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    for day in range(days):
        made = json.loads(json.dumps(templates[day % len(templates)]))
        ended = last - timedelta(days=days - 1 - day)
        slow = day >= STEP_AT
        made["run"] |= {"id": f"day-{day:03}", "ended_at": ended.isoformat(),
                        "build": "v2" if slow else "v1"}  # fmt: skip
        for row in made["counts"]["webhooks"] if slow else ():
            row[-1] = doubled(row[-1])
        file = folder / f"{day:03}.json"
        file.write_text(json.dumps(made))
        files.append(str(file))
    return files


def doubled(times: dict[str, Any]) -> dict[str, Any]:
    """Times, each in the bucket of twice its time: 1024 buckets on, or twice the number below."""
    buckets = times["buckets"]
    moved = [n + 1024 if n >= 1024 else 2 * n for n in buckets[::2]]
    return times | {
        "total_us": 2 * times["total_us"], "max_us": 2 * times["max_us"],
        "buckets": [n for pair in zip(moved, buckets[1::2], strict=True) for n in pair],
    }  # fmt: skip


def test_a_regression_months_ago_shows_in_the_trends(tmp_path: Path) -> None:
    """Exported, backfilled into a server that runs, and asked as the dashboard asks."""
    reports = tmp_path / "reports"
    ran = finish(
        start(
            "-f", str(FILES / "peak_hour.py"), "--headless", "--only-summary", "-t", "10s",
            "--time-scale", "0", "--seed", "3", "--reports", str(reports),
        ),
        reports,
    )  # fmt: skip
    with stack(tmp_path, blocks_of(tmp_path, [ran.result])) as servers:
        builds = {}
        for panel in trends.BOARD.panels:
            for query in panel.queries:
                if "build) (" in query.expr and not query.instant:
                    builds[panel.title] = daily(servers, query.expr)
    p95 = builds["p95 by the agent's build"]
    assert set(p95) == {"v1", "v2"}
    assert len(p95["v1"]) == STEP_AT
    assert len(p95["v2"]) == DAYS - STEP_AT
    (before,), (after,) = set(p95["v1"]), set(p95["v2"])
    assert after == pytest.approx(2 * before, rel=0.002)
    assert set(builds["Calls that fail, by the agent's build"]) == {"v1", "v2"}


def blocks_of(folder: Path, templates: Sequence[dict[str, Any]]) -> Path:
    """DAYS of results as Prometheus keeps them."""
    files = results(folder, DAYS, templates)
    kept = command.voicesim("export", *files, "--output", str(folder / "history.om"))
    assert kept.code == 0, kept.both
    blocks = folder / "blocks"
    tool("promtool", "tsdb", "create-blocks-from", "openmetrics", "--max-block-duration=720h",
         str(folder / "history.om"), str(blocks))  # fmt: skip
    return blocks


def daily(servers: Stack, expr: str) -> dict[str, list[float]]:
    """The values of each build, asked hour by hour over all the days, a day's once."""
    now, hour = time.time(), 3600
    asked = filled(expr, scenario="all", __interval="1h")
    rows = servers.points(asked, now - (DAYS + 2) * 24 * hour, now, step_s=hour)
    return {row["metric"]["build"]: numbers(row["values"]) for row in rows}
