"""The result of a run as one document (result.json); docs/result.md describes it.

The document carries the counts themselves, so that judging again, by other gates, needs no new run.
What is summed up beside them is for readers and is not read back.
"""

from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from voicesim.base.errors import ConfigError
from voicesim.call.outcome import Outcome
from voicesim.results import accuracy, fairness
from voicesim.results.audit import Audit
from voicesim.results.counts import SCHEMA as COUNTS_SCHEMA
from voicesim.results.counts import Counts
from voicesim.results.histogram import Histogram
from voicesim.results.summary import Summary, callers, dropped, lags, only, summarise
from voicesim.traffic.curves import integral

SCHEMA = "voicesim.result/3"

Document = dict[str, Any]
Count = Annotated[int, Field(ge=0)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Note(_Model):
    """A reason not to trust the run: the verdict cannot be a pass. ``code`` is a slug."""

    code: str
    text: str


class LostInterval(_Model):
    """What is unknown of a worker that is gone: from its last report to when it was missed."""

    worker: str
    from_s: float
    to_s: float
    calls: Count
    """In progress at its last report."""


class RunFacts(_Model):
    """What a run was; times in seconds since it began, unless they are texts (ISO 8601)."""

    id: str
    seed: int
    voicesim: str
    """The version."""
    started_at: str
    ended_at: str
    length_s: Annotated[float, Field(ge=0)]
    """Until the last call ended or was cut."""
    workload: str
    target: str
    """The agent's origin, without credentials, path and query."""
    time_scale: float
    users: Count
    """The most that were asked for at once."""
    calls_per_user_per_min: float
    run_time_s: float
    """How long calls arrived."""
    warm_up_s: float = 0.0
    drain_grace_s: float = 0.0
    repeat_webhooks: float = 0.0
    """Of a hundred webhooks, so many were sent twice."""
    build: str = ""
    """The agent's, as it was typed."""
    workers: Count = 1
    rate_curve: tuple[tuple[float, float], ...] = ()
    """Steps (t, calls a second from then on) of all workers together."""
    lost: tuple[LostInterval, ...] = ()
    notes: tuple[Note, ...] = ()


class Result(BaseModel):
    """A run that is over: what it was and what was counted."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    run: RunFacts
    counts: Counts
    audit: Audit | None = None
    """The signature audit before the run; None where there was none."""


def bare_origin(url: str) -> str:
    """Scheme, host and port of ``url`` alone: nothing of it can be a secret."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def document(result: Result, verdict: Document | None = None) -> Document:
    """The document, JSON through and through. ``verdict`` is what judging made of it."""
    run, counts = result.run, result.counts
    return {
        "schema": SCHEMA,
        "run": run.model_dump(mode="json"),
        "verdict": verdict,
        "audit": result.audit and result.audit.model_dump(mode="json"),
        "totals": _totals(run, counts),
        "callers": [
            {
                "scenario": scenario,
                "persona": persona,
                **_summary(summarise(counts, only(scenario, persona))),
            }
            for scenario, persona in callers(counts)
        ],
        "fairness": fairness.rows(counts),
        "accuracy": accuracy.rows(counts),
        "findings": _findings(counts),
        "counts": counts.rows(),
    }


def load(tree: object, file: str = "result.json") -> Result:
    """The result in a document; ConfigError with every mistake when it is none."""
    if not isinstance(tree, dict):
        raise ConfigError([f"{file}: is not a result: it must be a JSON object"])
    if tree.get("schema") != SCHEMA:
        found = tree.get("schema")
        raise ConfigError([f"{file}: schema: must be {SCHEMA!r} (is {found!r})"])
    try:
        read = _Document.model_validate({key: tree.get(key) for key in ("run", "audit", "counts")})
    except ValidationError as error:
        raise ConfigError(
            f"{file}: {'.'.join(str(part) for part in detail['loc'])}: {detail['msg']}"
            for detail in error.errors()
        ) from None
    return Result(run=read.run, counts=Counts.of_rows(tree["counts"]), audit=read.audit)


# --- within -----------------------------------------------------------------------------------


def _totals(run: RunFacts, counts: Counts) -> Document:
    warm_up = summarise(counts, warm_up=True)
    return {
        **_summary(summarise(counts)),
        "dropped": dropped(counts),
        "scheduling_lag_s": _times(lags(counts)),
        "expected": integral(run.rate_curve, run.warm_up_s, run.run_time_s),
        "warm_up": {
            **_summary(warm_up),
            "dropped": dropped(counts, warm_up=True),
            "expected": integral(run.rate_curve, 0.0, min(run.warm_up_s, run.run_time_s)),
        },
    }


def _summary(summary: Summary) -> Document:
    return {
        "offered": summary.offered,
        "started": summary.started,
        "finished": summary.finished,
        "goal_reached": summary.ended(Outcome.GOAL_REACHED),
        "misheard": summary.ended(Outcome.MISHEARD),
        "unclear": summary.ended(Outcome.UNCLEAR),
        "cut": summary.ended(Outcome.CUT),
        "abandoned": summary.ended(Outcome.ABANDONED),
        "lost": summary.lost,
        "outcomes": dict(sorted(summary.outcomes.items())),
        "webhooks": dict(sorted(summary.webhooks.items())),
        "response_s": _times(summary.response),
        "perceived_gap_s": _times(summary.silences.gaps),
        "end_of_speech_wait_s": _times(summary.silences.waits),
        "repeats": summary.calls.repeats,
        "findings": {level: summary.found(level) for level in ("ERROR", "WARNING", "NOTICE")},
    }


def _times(times: Histogram) -> Document:
    return {
        "count": times.count,
        "mean": times.mean_s,
        "p50": times.percentile_s(50),
        "p95": times.percentile_s(95),
        "p99": times.percentile_s(99),
        "max": times.max_s,
    }


def _findings(counts: Counts) -> list[Document]:
    return [
        {
            "warm_up": warm_up,
            "scenario": scenario,
            "persona": persona,
            "code": code,
            "level": level,
            "count": found.count,
            "call": found.example and found.example[0],
            "message": found.example and found.example[1],
        }
        for (warm_up, scenario, persona, code, level), found in sorted(
            counts.findings.items(), key=lambda item: item[0]
        )
    ]


# --- the document as it must be ---------------------------------------------------------------


class _Times(_Model):
    count: Count
    total_us: Count
    max_us: Count
    buckets: list[Count]
    edges: list[Count]

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if len(self.buckets) % 2 or len(self.edges) % 2:
            raise ValueError("buckets and edges are pairs of number and count")
        if sum(self.buckets[1::2]) != self.count or sum(self.edges[1::2]) > self.count:
            raise ValueError("the buckets do not add up to the count")
        return self


class _Calls(_Model):
    responses: _Times
    lengths: _Times
    turns: Count
    repeats: Count
    turns_squared: Count
    repeats_squared: Count


class _Silences(_Model):
    gaps: _Times
    waits: _Times
    groups: list[tuple[Count, Count, Count]]

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        sums = [sum(group[at] for group in self.groups) for at in (1, 2)]
        if sums != [self.gaps.count, self.gaps.total_us]:
            raise ValueError("the groups do not add up to the gaps")
        return self


class _Found(_Model):
    count: Count
    example: tuple[int, str] | None


class _Bounds(_Model):
    webhooks: list[Count]
    calls: list[Count]
    lags: list[Count]
    lengths: list[Count]


class _Ladder(BaseModel):
    """A kept call: what a report shows of it; the rest is as ``export.as_data`` gives it."""

    model_config = ConfigDict(frozen=True, extra="allow")

    index: int
    scenario: str
    persona: str
    outcome: str
    why: str
    transcript: list[str]


class _Counts(_Model):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    version: Annotated[int, Field(alias="schema", ge=COUNTS_SCHEMA, le=COUNTS_SCHEMA)]
    bounds_us: _Bounds
    ladders_kept: Count
    offered: list[tuple[bool, str, str, Count]]
    started: list[tuple[bool, str, str, Count]]
    lost: list[tuple[bool, str, str, Count]]
    dropped: list[tuple[bool, Count]]
    seconds: list[tuple[int, Count]]
    codes: list[tuple[bool, str, str, Count]]
    accuracy: list[tuple[bool, str, str, str, str, bool, Count]]
    webhooks: list[tuple[bool, str, str, str, _Times]]
    calls: list[tuple[bool, str, str, str, _Calls]]
    silences: list[tuple[bool, str, str, _Silences]]
    lags: list[tuple[bool, _Times]]
    findings: list[tuple[bool, str, str, str, str, _Found]]
    ladders: list[tuple[str, str, list[tuple[float, int, _Ladder]]]]


class _Document(_Model):
    run: RunFacts
    audit: Audit | None
    counts: _Counts
