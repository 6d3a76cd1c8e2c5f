"""Families as prometheus_client has them, from whatever the snapshot is at that instant."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from voicesim.metrics.families import FAMILIES, PREFIX, Family, Value
from voicesim.metrics.snapshot import Snapshot
from voicesim.metrics.totals import Times

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry, Metric

PIECE = 500
"""Samples that are written at once: about 5 ms of the loop."""


class Collector:
    """Yields the families of ``snapshot()``, which is None when there was no run yet.

    A family that cannot be made is left out and counted; the others are there.
    """

    def __init__(
        self,
        snapshot: Callable[[], Snapshot | None],
        families: Sequence[Family[Snapshot]] = FAMILIES,
    ) -> None:
        self._snapshot = snapshot
        self._families = families
        self._errors = dict.fromkeys(["snapshot", *(family.name for family in families)], 0)

    def describe(self) -> list["Metric"]:
        """Nothing: registering must not collect."""
        return []

    def collect(self) -> Iterator["Metric"]:
        """Every family there is."""
        from prometheus_client.core import CounterMetricFamily

        try:
            now = self._snapshot()
        except Exception:  # the page must stand, whatever is wrong with the run
            self._errors["snapshot"] += 1
            now = None
        for family in self._families:
            if now is None:
                break
            try:
                yield metric(family, now)
            except Exception:  # this family alone is left out
                self.leave_out(family.name)
        errors = CounterMetricFamily(
            f"{PREFIX}collector_errors", "Families that could not be made.", labels=["family"]
        )
        for name, count in self._errors.items():
            errors.add_metric([name], count)
        yield errors

    def leave_out(self, family: str) -> None:
        """Count ``family`` (its name without prefix) as missing on a page."""
        self._errors[family] += 1


def metric(family: Family[Snapshot], snapshot: Snapshot) -> "Metric":
    """``family`` of ``snapshot`` for prometheus_client."""
    from prometheus_client.core import Metric

    found = Metric(PREFIX + family.name, family.text, family.kind)
    names = ("run_id", *family.labels)
    for values, value in family.rows(snapshot):
        add(found, dict(zip(names, (snapshot.run_id, *values), strict=True)), value)
    return found


def add(metric: "Metric", labels: dict[str, str], value: Value, at_s: float | None = None) -> None:
    """Add the samples of ``value``: one, or those of a histogram."""
    if not isinstance(value, Times):
        suffix = "_total" if metric.type == "counter" else ""
        metric.add_sample(metric.name + suffix, labels, value, at_s)
        return
    edges = [f"{us / 1e6!r}" for us in value.us]
    for edge, count in zip([*edges, "+Inf"], [*value.at_most, value.count], strict=True):
        metric.add_sample(f"{metric.name}_bucket", labels | {"le": edge}, count, at_s)
    metric.add_sample(f"{metric.name}_count", labels, value.count, at_s)
    metric.add_sample(f"{metric.name}_sum", labels, value.total_us / 1e6, at_s)


def registry_of(collector: Collector) -> "CollectorRegistry":
    """A registry of its own: the global one belongs to whoever else is in the process."""
    from prometheus_client import CollectorRegistry

    registry = CollectorRegistry()
    registry.register(collector)
    return registry


def page(collector: Collector) -> Iterator[bytes]:
    """The page in Prometheus' text format.

    After each piece short enough not to hold up a loop there is a ``b""``. Nothing of a family is
    there before all of it could be written: one that cannot be is left out and counted, too.
    """
    for whole in registry_of(collector).collect():
        written = []
        try:
            for piece in _pieces(whole):
                written.append(piece)
                yield b""
        except Exception:  # a value that is no number, a text that is no Unicode
            collector.leave_out(whole.name.removeprefix(PREFIX))
            continue
        yield b"".join(written)


def _pieces(whole: "Metric") -> Iterator[bytes]:
    from prometheus_client import Metric, generate_latest

    for start in range(0, max(1, len(whole.samples)), PIECE):
        piece = Metric(whole.name, whole.documentation, whole.type)
        piece.samples = whole.samples[start : start + PIECE]
        text = generate_latest(Fixed([piece]))
        yield text.split(b"\n", 2)[2] if start else text


class Fixed:
    """A registry of metrics that are made already."""

    def __init__(self, metrics: Sequence["Metric"]) -> None:
        self._metrics = metrics

    def collect(self) -> Iterator["Metric"]:
        """Each of them."""
        yield from self._metrics
