"""A run at one instant as plain data, for the web UI: its calls, charts, verdict and ladders.

Secrets were taken out when it was counted. Other than the verdict, all figures count the calls of
the warm-up, too: so those of a row add up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from voicesim.call.outcome import INCONCLUSIVE, Outcome
from voicesim.metrics.snapshot import Snapshot
from voicesim.results.counts import Counts, Ladder
from voicesim.results.ladder import clean
from voicesim.results.result import Result
from voicesim.swarm.desk import Desk
from voicesim.swarm.live_history import PERCENTS, History
from voicesim.verdict.chart import bins
from voicesim.verdict.judging import Judged
from voicesim.verdict.report_table import headline

LATEST = 8
"""Calls of a kind that are listed, of those that results keep."""
MOST_FINDINGS = 60
"""Kinds of findings that are listed."""
_GRAVEST = {"ERROR": 0, "WARNING": 1, "NOTICE": 2}
_UNSETTLED = frozenset(outcome.value for outcome in INCONCLUSIVE)

Data = dict[str, Any]


@dataclass(slots=True)
class CallsRow:
    """What became of some calls. ``unsettled`` says nothing for or against the agent."""

    scenario: str
    persona: str
    offered: int = 0
    started: int = 0
    goal: int = 0
    failed: int = 0
    unsettled: int = 0
    lost: int = 0
    hold_s: float = 0.0
    """Of all that are over, on the calls' own clock."""

    def add(self, other: "CallsRow") -> None:
        """Count all that ``other`` counted."""
        for name in ("offered", "started", "goal", "failed", "unsettled", "lost", "hold_s"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def data(self, arrived_s: float, time_scale: float) -> Data:
        """As plain data. Erlangs: calls offered a second times their mean hold time."""
        over = self.goal + self.failed + self.unsettled
        mean_s = self.hold_s / over * time_scale if over else 0.0
        return {
            "scenario": self.scenario,
            "persona": self.persona,
            "offered": self.offered,
            "in_progress": max(0, self.started - over - self.lost),
            "goal": self.goal,
            "failed": self.failed,
            "unsettled": self.unsettled,
            "dropped": max(0, self.offered - self.started),
            "lost": self.lost,
            "erlangs": round(self.offered / arrived_s * mean_s, 2) if arrived_s else 0.0,
        }


def calls(parts: Iterable[Counts], arrived_s: float, time_scale: float) -> list[Data]:
    """What became of the calls so far, in all and by scenario and persona.

    Calls have arrived for ``arrived_s`` seconds.
    """
    rows: dict[tuple[str, str], CallsRow] = {}

    def row(scenario: str, persona: str) -> CallsRow:
        return rows.setdefault((scenario, persona), CallsRow(scenario, persona))

    for part in parts:
        for name in ("offered", "started", "lost"):
            for (_, scenario, persona), n in getattr(part, name).items():
                one = row(scenario, persona)
                setattr(one, name, getattr(one, name) + n)
        for (_, scenario, persona, outcome), ended in part.calls.items():
            one, count = row(scenario, persona), ended.responses.count
            one.hold_s += ended.lengths.total_us / 1e6
            if outcome == Outcome.GOAL_REACHED:
                one.goal += count
            elif outcome in _UNSETTLED:
                one.unsettled += count
            else:
                one.failed += count
    total = CallsRow("all", "all")
    for one in rows.values():
        total.add(one)
    in_order = [total, *(rows[key] for key in sorted(rows))]
    return [one.data(arrived_s, time_scale) for one in in_order]


def live(desk: Desk, history: History, now_s: float) -> Data:
    """Everything the page shows but the ladders' lines, ``now_s`` after the run began."""
    snapshot = desk.snapshot(now_s)
    result, judged = desk.standing(now_s)
    counts, run = result.counts, result.run
    times = history.response
    return {
        "state": snapshot.phase or "over",
        "run": {
            "id": run.id,
            "workload": run.workload,
            "target": run.target,
            "seed": run.seed,
            "build": run.build,
            "time_scale": run.time_scale,
            "voicesim": run.voicesim,
            "started_at": run.started_at,
            "elapsed_s": round(now_s, 1),
            "warm_up_s": run.warm_up_s,
        },
        "verdict": _verdict(judged, final=desk.judged is not None),
        "now": {
            "asked_per_s": snapshot.asked_per_s if snapshot.phase in ("ramp", "steady") else 0.0,
            "erlangs": snapshot.offered_erlangs,
            **{f"p{p}_s": times.percentile_s(p) if times.count else None for p in PERCENTS},
        },
        "arrivals": _arrivals(result, run.run_time_s if desk.judged else desk.told_s),
        "history": history.rows(),
        "calls": calls([counts], run.run_time_s, run.time_scale),
        "findings": _findings(result),
        "ladders": _latest(counts),
        "workers": _workers(snapshot),
    }


def ladder(desk: Desk, number: int) -> Data | None:
    """The call ``number`` with its lines, if it is kept."""
    for part in desk.parts():
        for kept in part.ladders.values():
            for one in kept:
                if one[1] == number:
                    return _summary(one) | {
                        "length_s": one[2]["length_s"],
                        "turns": one[2]["turns"],
                        "fields": one[2]["fields"],
                        "transcript": one[2]["transcript"],
                    }
    return None


# --- within -----------------------------------------------------------------------------------


def _verdict(judged: Judged, *, final: bool) -> Data:
    return judged.as_data() | {"headline": headline(judged), "final": final}


def _arrivals(result: Result, told_s: float) -> Data:
    """Calls a second that were asked for and that arrived, as far as everybody told of them."""
    stretches, width_s = bins(result)
    until_s = min(told_s, result.run.run_time_s)
    return {
        "width_s": width_s,
        "rows": [
            [one.start_s + width_s, one.expected / width_s, one.arrived / width_s]
            for one in stretches
            if one.start_s + width_s <= until_s
        ],
    }


def _findings(result: Result) -> list[Data]:
    """By level and code, the gravest first, with the example of the lowest call number."""
    found: dict[tuple[str, str], Data] = {}
    for (warm_up, _, _, code, level), one in result.counts.findings.items():
        row = found.setdefault((level, code), _found(level, code))
        row["count"] += one.count
        row["warm_up"] += one.count if warm_up else 0
        if one.example and (row["call"] is None or one.example[0] < row["call"]):
            row["call"], row["message"] = one.example[0], clean(one.example[1])
    for probe in result.audit.findings if result.audit else ():
        row = found.setdefault((probe.level, probe.code), _found(probe.level, probe.code))
        row["count"] += 1
        row["message"] = row["message"] or clean(f"signature audit: {probe.message}")
    rows = sorted(found.values(), key=lambda row: (_GRAVEST.get(row["level"], 3), -row["count"]))
    return rows[:MOST_FINDINGS]


def _found(level: str, code: str) -> Data:
    return {"level": level, "code": code, "count": 0, "warm_up": 0, "call": None, "message": ""}


def _latest(counts: Counts) -> dict[str, list[Data]]:
    """The latest of the calls that results keep, by what they say of the agent."""
    kinds: dict[str, list[Ladder]] = {"failed": [], "good": [], "unsettled": []}
    for (_, outcome), kept in counts.ladders.items():
        for one in kept:
            if one[0] < 1:
                kinds["failed"].append(one)
            else:
                kinds["good" if outcome == Outcome.GOAL_REACHED else "unsettled"].append(one)
    return {
        kind: [_summary(one) for one in sorted(found, key=lambda one: -one[1])[:LATEST]]
        for kind, found in kinds.items()
    }


def _summary(one: Ladder) -> Data:
    _, number, call = one
    codes = sorted({found["code"] for found in call["findings"] if found["level"] == "ERROR"})
    return {
        "call": number,
        "scenario": call["scenario"],
        "persona": call["persona"],
        "outcome": call["outcome"],
        "why": clean(call["why"]),
        "errors": codes,
    }


def _workers(snapshot: Snapshot) -> list[Data]:
    return [
        {
            "worker": one.index,
            "state": one.state,
            "report_age_s": round(one.report_age_s, 1),
            "cpu_ratio": one.cpu_ratio,
        }
        for one in snapshot.workers
    ]
