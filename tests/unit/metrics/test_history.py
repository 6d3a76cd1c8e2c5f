"""Results as OpenMetrics: the values, the times, and what is refused."""

import math
from dataclasses import replace

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from tests.unit.metrics.runs import run, snapshot
from voicesim.base.errors import ConfigError
from voicesim.metrics.families import FAMILIES, schema
from voicesim.metrics.history import Kept, baseline, checked_gateway, history, keep, kept
from voicesim.metrics.totals import totals
from voicesim.results.counts import Counts
from voicesim.results.histogram import Edges
from voicesim.results.result import document
from voicesim.results.summary import summarise

RESULT = run().result()
ENDED_S = 1767323115.0  # 2026-01-02T03:05:15Z


def samples(text: str) -> dict[tuple[str, frozenset[tuple[str, str]]], tuple[float, float | None]]:
    found = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            labels = dict(sample.labels)
            assert labels.pop("workload") == "peak_hour"
            at_s = None if sample.timestamp is None else float(sample.timestamp)
            key = (sample.name.removeprefix("voicesim_"), frozenset(labels.items()))
            assert key not in found
            found[key] = (sample.value, at_s)
    return found


def other(name: str, ended_at: str) -> Kept:
    facts = RESULT.run.model_copy(update={"id": name, "ended_at": ended_at})
    return keep(RESULT.model_copy(update={"run": facts}), "fail")


def test_a_result_is_written_at_the_time_it_ended() -> None:
    found = samples(history([kept(document(RESULT, {"verdict": "pass"}), "a.json")]))
    assert {at_s for _, at_s in found.values()} == {ENDED_S}
    run_id = RESULT.run.id

    def value(name: str, **labels: str) -> float:
        return found[name, frozenset((labels | {"run_id": run_id}).items())][0]

    response = summarise(RESULT.counts).response
    for percent, quantile in ((50, "0.5"), (95, "0.95"), (99, "0.99")):
        labels = {"scenario": "all", "quantile": quantile, "schema": "1"}
        assert value("result_response_seconds", **labels) == response.percentile_s(percent)
    assert value("result_webhooks", scenario="all") == response.count == 7
    assert value("result_webhooks", scenario="detailed_booking") == 1
    assert value("result_calls", scenario="all", outcome="goal_reached") == 3
    assert value("result_calls", scenario="quick_booking", outcome="goal_reached") == 2
    assert value("result_calls", scenario="quick_booking", outcome="wrong_result") == 1
    assert value("result_calls_offered") == 5
    assert value("result_calls_dropped") == 0
    assert value("result_findings", code="readback-wrong", severity="ERROR") == 1
    assert value("result_verdict", verdict="pass") == 1
    assert value("result_verdict", verdict="fail") == 0
    assert value("result_valid") == 1


def test_results_are_written_in_the_order_of_time_each_family_once() -> None:
    late, early = other("late", "2026-03-01T00:00:00Z"), other("early", "2026-02-01T00:00:00+01:00")
    text = history([late, early])
    assert text.count("# TYPE voicesim_result_response_seconds gauge") == 1
    assert text.endswith("# EOF\n")
    times = [at_s for (name, _), (_, at_s) in samples(text).items() if name == "result_valid"]
    assert times == [1769900400.0, 1772323200.0]


def test_the_baseline_has_the_buckets_of_the_run_and_no_time() -> None:
    found = samples(baseline(keep(RESULT, "pass")))
    assert {at_s for _, at_s in found.values()} == {None}
    edges, response = RESULT.counts.bounds.webhooks, summarise(RESULT.counts).response
    labels = {"scenario": "all", "schema": schema(edges), "run_id": RESULT.run.id}
    name = "baseline_response_seconds_bucket"
    for us in edges.us:
        counted, _ = found[name, frozenset((labels | {"le": str(us / 1e6)}).items())]
        assert counted == response.at_most(us, edges)
    assert found[name, frozenset((labels | {"le": "+Inf"}).items())][0] == 7


def schemas(counts: Counts) -> tuple[str, str]:
    """That of a baseline, and of a run that is on, of the same counts."""
    found = samples(baseline(keep(RESULT.model_copy(update={"counts": counts}), "pass")))
    [of_baseline] = {dict(labels)["schema"] for _, labels in found}
    now = replace(snapshot(), totals=totals([counts]))
    [info] = [family for family in FAMILIES if family.name == "run_info"]
    [(values, _)] = info.rows(now)
    return of_baseline, dict(zip(info.labels, values, strict=True))["schema"]


def test_what_was_counted_at_other_edges_is_not_compared() -> None:
    """A gate at another bound makes another bucket, by which a p95 is estimated otherwise."""
    bounds = RESULT.counts.bounds
    more = Edges.at((*bounds.webhooks.us, 123_456))
    here, there = schemas(RESULT.counts), schemas(Counts(replace(bounds, webhooks=more), 0))
    assert here[0] == here[1]
    assert there[0] == there[1]
    assert here[0] != there[0]


def test_a_result_without_webhooks_has_no_quantiles() -> None:
    empty = RESULT.model_copy(update={"counts": type(RESULT.counts)(RESULT.counts.bounds, 0)})
    found = samples(history([keep(empty, "")]))
    assert not any(name == "result_response_seconds" for name, _ in found)
    assert not any(math.isnan(value) for value, _ in found.values())


def test_what_is_no_result_is_refused_by_name() -> None:
    for tree, why in (
        ([], "a.json: is not a result"),
        ({"schema": "other"}, "a.json: schema"),
        (document(other("x", "2026-02-01").result) | {"counts": {}}, "a.json: counts"),
    ):
        with pytest.raises(ConfigError, match=why):
            kept(tree, "a.json")
    with pytest.raises(ConfigError, match=r"a.json: run.ended_at: .*'soon'"):
        keep(
            RESULT.model_copy(update={"run": RESULT.run.model_copy(update={"ended_at": "soon"})}),
            "",
            "a.json",
        )


@pytest.mark.parametrize(
    "url", ["ftp://host", "host:9091", "http://me:pass@host", "http://", "http://["]
)
def test_a_gateway_must_be_one(url: str) -> None:
    with pytest.raises(ConfigError, match="--push-gateway") as refused:
        checked_gateway(url)
    assert "pass" not in str(refused.value)
