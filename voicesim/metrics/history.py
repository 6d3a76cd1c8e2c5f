"""Results that are kept, as families: for trends over months and as the baseline of later runs.

A run's result is the truth and never changes; from it come OpenMetrics with the time the run ended,
and from these the blocks that Prometheus reads. Quantiles are of the whole run, to three digits.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from voicesim.base.errors import ConfigError
from voicesim.metrics.collector import Fixed, add
from voicesim.metrics.families import PREFIX, SCHEMA, Family, Rows, schema
from voicesim.metrics.snapshot import VERDICTS
from voicesim.metrics.totals import Times, totals
from voicesim.results.histogram import Histogram, merged
from voicesim.results.result import Result, load
from voicesim.results.summary import callers, dropped, only, summarise

if TYPE_CHECKING:
    from prometheus_client import Metric

ALL = "all"
"""The scenario of a row that is of all scenarios together."""
QUANTILES = (50, 95, 99)
PUSH_S = 10.0


@dataclass(frozen=True, slots=True)
class Kept:
    """A result, what judging made of it ("" when nothing did), and when the run ended (Unix, s)."""

    result: Result
    verdict: str
    ended_s: float

    @property
    def run_id(self) -> str:
        """The run's."""
        return self.result.run.id


def kept(tree: object, file: str) -> Kept:
    """The result in a document; ConfigError when it is none."""
    result = load(tree, file)
    verdict: Any = (isinstance(tree, dict) and tree.get("verdict")) or {}
    found = verdict.get("verdict") if isinstance(verdict, dict) else None
    return keep(result, found if found in VERDICTS else "", file)


def keep(result: Result, verdict: str, file: str = "result.json") -> Kept:
    """``result`` with its time; ConfigError when it tells none."""
    try:
        ended = datetime.fromisoformat(result.run.ended_at)
    except ValueError:
        text = f"{file}: run.ended_at: must be a time such as 2026-01-02T03:04:05Z"
        raise ConfigError([f"{text} (is {result.run.ended_at!r})"]) from None
    zoned = ended if ended.tzinfo else ended.replace(tzinfo=UTC)
    return Kept(result, verdict, zoned.timestamp())


# --- the families -------------------------------------------------------------------------------


def _family(
    name: str, text: str, labels: tuple[str, ...], rows: Callable[[Kept], Rows]
) -> Family[Kept]:
    """A gauge; every row begins with the workload."""

    def with_workload(one: Kept) -> Rows:
        return [((one.result.run.workload, *values), value) for values, value in rows(one)]

    return Family(f"result_{name}", "gauge", text, ("workload", *labels), with_workload)


def _one(value: Callable[[Kept], float]) -> Callable[[Kept], Rows]:
    return lambda one: [((), value(one))]


def _info(one: Kept) -> Rows:
    run = one.result.run
    return [((run.build, run.target, run.voicesim, str(run.seed), SCHEMA), 1.0)]


def _response(one: Kept) -> dict[str, Histogram]:
    """By scenario: the webhooks that steer calls, after the warm-up."""
    counts = one.result.counts
    names = sorted({scenario for scenario, _ in callers(counts)})
    found = {name: summarise(counts, only(name)).response for name in names}
    return found | {ALL: merged(found.values())}


def _quantiles(one: Kept) -> Rows:
    return [
        ((name, f"{percent / 100:g}", SCHEMA), times.percentile_s(percent))
        for name, times in _response(one).items()
        if times.count
        for percent in QUANTILES
    ]


def _webhooks(one: Kept) -> Rows:
    return [((name,), times.count) for name, times in _response(one).items()]


def _calls(one: Kept) -> Rows:
    found: dict[tuple[str, str], int] = {}
    for (_, scenario, outcome), count in totals([one.result.counts]).calls.items():
        for name in (scenario, ALL):
            found[name, outcome] = found.get((name, outcome), 0) + count
    return sorted(found.items())


RESULTS: tuple[Family[Kept], ...] = (
    _family(
        "info",
        "What a run was; always 1.",
        ("build", "target", "voicesim", "seed", "schema"),
        _info,
    ),
    _family(
        "verdict",
        "1 for the verdict of a run.",
        ("verdict",),
        lambda one: [((name,), float(one.verdict == name)) for name in VERDICTS],
    ),
    _family(
        "valid",
        "Whether a run was to be trusted.",
        (),
        _one(lambda one: float(not one.result.run.notes and not one.result.run.lost)),
    ),
    _family(
        "duration_seconds",
        "How long a run was, until its last call ended.",
        (),
        _one(lambda one: one.result.run.length_s),
    ),
    _family(
        "response_seconds",
        "Quantiles of a whole run's response times; scenario all: all together.",
        ("scenario", "quantile", "schema"),
        _quantiles,
    ),
    _family("webhooks", "Response times that the quantiles are of.", ("scenario",), _webhooks),
    _family(
        "calls",
        "Finished calls of a run by outcome; scenario all: all together.",
        ("scenario", "outcome"),
        _calls,
    ),
    _family(
        "calls_offered",
        "Calls that were to arrive in a run, after the warm-up.",
        (),
        _one(lambda one: summarise(one.result.counts).offered),
    ),
    _family(
        "calls_dropped",
        "Calls that could not be started, after the warm-up.",
        (),
        _one(lambda one: dropped(one.result.counts)),
    ),
    _family(
        "findings",
        "Findings of a run by code and severity, after the warm-up.",
        ("code", "severity"),
        lambda one: totals([one.result.counts]).findings.items(),
    ),
)


def _baseline(one: Kept) -> Rows:
    workload, edges = one.result.run.workload, one.result.counts.bounds.webhooks
    return [
        ((workload, name, schema(edges)), Times.of(times, edges))
        for name, times in _response(one).items()
    ]


BASELINE: tuple[Family[Kept], ...] = (
    Family(
        "baseline_response_seconds",
        "histogram",
        "Response times of the run that later ones are held against; scenario all: all together.",
        ("workload", "scenario", "schema"),
        _baseline,
    ),
)


# --- as text ------------------------------------------------------------------------------------


def history(results: Sequence[Kept]) -> str:
    """OpenMetrics of ``results``, each at the time it ended, for a backfill."""
    in_order = sorted(results, key=lambda one: one.ended_s)
    return _open_metrics(_metrics(RESULTS, in_order, timed=True))


def baseline(one: Kept) -> str:
    """OpenMetrics of ``one`` as the baseline, without a time: it holds now."""
    return _open_metrics(_metrics(BASELINE, [one]))


def _open_metrics(metrics: Sequence["Metric"]) -> str:
    from prometheus_client.openmetrics.exposition import generate_latest

    text: bytes = generate_latest(Fixed(metrics))  # type: ignore[no-untyped-call]
    return text.decode()


def push(url: str, one: Kept, *, as_baseline: bool = False) -> None:
    """Put ``one`` at a Pushgateway in place of what it has of this workload.

    ConfigError when that cannot be done.
    """
    from prometheus_client import push_to_gateway

    place = checked_gateway(url)
    metrics = Fixed(_metrics(BASELINE if as_baseline else RESULTS, [one]))
    job = "voicesim_baseline" if as_baseline else "voicesim_result"
    try:
        push_to_gateway(place, job, metrics, {"workload": one.result.run.workload}, PUSH_S)
    except (OSError, HTTPException) as error:
        raise ConfigError([f"--push-gateway {place}: nothing was pushed: {error}"]) from None


def checked_gateway(url: str) -> str:
    """``url`` as it can be pushed to; ConfigError where it cannot."""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise ConfigError(["--push-gateway: must be http://HOST:PORT, without a user's name"])
    return url


def _metrics(
    families: Iterable[Family[Kept]], results: Sequence[Kept], *, timed: bool = False
) -> list["Metric"]:
    from prometheus_client.core import Metric

    found = []
    for family in families:
        one = Metric(PREFIX + family.name, family.text, family.kind)
        names = ("run_id", *family.labels)
        for result in results:
            for values, value in family.rows(result):
                labels = dict(zip(names, (result.run_id, *values), strict=True))
                add(one, labels, value, result.ended_s if timed else None)
        found.append(one)
    return found
