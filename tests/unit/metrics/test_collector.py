"""What Prometheus reads, against what result.json says of the same counts."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.unit.metrics.runs import COUNTS, snapshot
from voicesim.call.outcome import Outcome
from voicesim.metrics.collector import PIECE, Collector, page
from voicesim.metrics.families import FAMILIES, Family, Rows
from voicesim.metrics.snapshot import Snapshot
from voicesim.metrics.totals import MAX_CODES, OTHER, Times, totals
from voicesim.results.counts import Counts, Found
from voicesim.results.histogram import Edges, Histogram, merged
from voicesim.results.summary import STEERING, summarise

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


def read(now: Snapshot | None, families: tuple[Family[Snapshot], ...] = FAMILIES) -> Samples:
    """Samples of the page by name and labels; all but the collector's carry the run."""
    text = b"".join(page(Collector(lambda: now, families))).decode()
    found: Samples = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            labels = dict(sample.labels)
            if "collector_errors" not in sample.name:
                assert labels.pop("run_id") == "one"
            key = (sample.name, frozenset(labels.items()))
            assert key not in found
            found[key] = sample.value
    return found


def at(samples: Samples, name: str, **labels: str) -> float:
    return samples[f"voicesim_{name}", frozenset(labels.items())]


def test_every_family_is_there_once_with_its_help() -> None:
    text = b"".join(page(Collector(lambda: snapshot()))).decode()
    for family in FAMILIES:
        name = f"voicesim_{family.name}" + ("_total" if family.kind == "counter" else "")
        assert text.count(f"# TYPE {name} {family.kind}\n") == 1
        assert text.count(f"# HELP {name} ") == 1


def test_buckets_are_what_the_counts_say_at_each_edge() -> None:
    samples = read(snapshot())
    edges = COUNTS.bounds.webhooks
    assert len(edges.us) > 10
    callers = {(key[1], key[2]) for key in COUNTS.webhooks}
    assert len(callers) == 2
    for scenario, persona in callers:
        times = merged(
            found
            for key, found in COUNTS.webhooks.items()
            if key[:3] == (False, scenario, persona) and key[3] in STEERING
        )
        who = {"scenario": scenario, "persona": persona}
        for us in edges.us:
            counted = at(samples, "response_seconds_bucket", **who, le=str(us / 1e6))
            assert counted == times.at_most(us, edges)
        assert at(samples, "response_seconds_bucket", **who, le="+Inf") == times.count
        assert at(samples, "response_seconds_count", **who) == times.count
        assert at(samples, "response_seconds_sum", **who) == times.total_us / 1e6


def test_turns_are_told_apart_by_kind_and_personas_are_summed() -> None:
    samples = read(snapshot())
    quick = {"scenario": "quick_booking"}
    assert at(samples, "turn_response_seconds_count", **quick, kind="gather") == 5
    assert at(samples, "turn_response_seconds_count", **quick, kind="status") == 1
    assert not any("persona" in dict(k[1]) for k in samples if "turn_response" in k[0])


def test_the_agent_is_counted_after_the_warm_up_and_the_generator_all_along() -> None:
    samples, summary = read(snapshot()), summarise(COUNTS)
    finished = sum(v for (name, _), v in samples.items() if name == "voicesim_calls_total")
    assert finished == summary.finished == 4
    assert at(samples, "calls_scheduled_total") == 6
    assert at(samples, "calls_started_total") == 6
    assert at(samples, "calls_dropped_total") == 2
    assert at(samples, "active_calls") == 1
    assert at(samples, "calls_judged_total") == 4
    assert at(samples, "calls_failed_total") == 1
    who = {"persona": "standard", "scenario": "quick_booking"}
    assert at(samples, "calls_total", **who, outcome=Outcome.GOAL_REACHED.value) == 2
    assert at(samples, "call_duration_seconds_sum", scenario="quick_booking") == 3 * 42.5
    assert at(samples, "call_duration_seconds_bucket", scenario="quick_booking", le="45.0") == 3
    assert at(samples, "call_duration_seconds_bucket", scenario="quick_booking", le="30.0") == 0
    assert at(samples, "findings_total", code="readback-wrong", severity="ERROR") == 1
    assert at(samples, "turn_errors_total", scenario="quick_booking", reason="readback-wrong") == 1


def test_the_state_of_the_run_and_of_its_workers() -> None:
    samples = read(snapshot())
    assert at(samples, "run_active") == at(samples, "run_valid") == 1
    assert [at(samples, "run_phase", phase=p) for p in ("ramp", "steady", "drain")] == [0, 1, 0]
    assert at(samples, "workers", state="running") == 1
    assert at(samples, "workers", state="missing") == 1
    assert at(samples, "worker_cpu_ratio", worker="1") == 0.5
    assert at(samples, "worker_loop_lag_max_seconds", worker="1") == 0.2
    assert at(samples, "worker_loop_lag_seconds_bucket", worker="1", le="0.1") == 1
    assert at(samples, "worker_loop_lag_seconds_bucket", worker="1", le="0.25") == 2
    # 2 calls a second of 42.5 s each, ten times faster than life
    assert at(samples, "offered_load_erlangs") == pytest.approx(2 * 4.25)
    over = read(replace(snapshot(), phase="", valid=False, verdict="inconclusive"))
    assert at(over, "run_active") == at(over, "run_valid") == 0
    assert at(over, "run_verdict", verdict="inconclusive") == 1
    assert at(over, "run_verdict", verdict="pass") == 0


def test_no_run_yet_is_a_page_too() -> None:
    assert {name for name, _ in read(None)} == {"voicesim_collector_errors_total"}


def test_a_faulty_family_is_left_out_and_counted() -> None:
    def broken(_now: Snapshot) -> Rows:
        raise ZeroDivisionError

    def breaks_midway(_now: Snapshot) -> Iterator[tuple[tuple[str, ...], float]]:
        yield (), 1.0
        raise KeyError("gone")

    faulty = (
        Family("broken", "gauge", "It is.", (), broken),
        Family("midway", "counter", "Halfway.", (), breaks_midway),
        Family("labels", "gauge", "Too few labels.", ("one",), lambda _: [((), 1.0)]),
        *FAMILIES,
    )
    samples = read(snapshot(), faulty)
    assert at(samples, "run_active") == 1
    for name in ("broken", "midway", "labels"):
        assert at(samples, "collector_errors_total", family=name) == 1
        assert not any(name in sample for sample, _ in samples)
    assert at(samples, "collector_errors_total", family="run_active") == 0


def test_a_family_that_cannot_be_written_is_left_out_whole_and_counted() -> None:
    def late(_now: Snapshot) -> Rows:
        return [*(((str(n),), 1.0) for n in range(3 * PIECE)), (("last",), None)]  # type: ignore[list-item]

    faulty = (
        Family("none", "gauge", "No number.", (), lambda _: [((), None)]),  # type: ignore[list-item]
        Family("word", "counter", "No number either.", (), lambda _: [((), "x")]),  # type: ignore[list-item]
        Family("surrogate", "gauge", "No Unicode.", ("what",), lambda _: [(("\ud800",), 1.0)]),
        Family("number", "gauge", "No text.", ("what",), lambda _: [((7,), 1.0)]),  # type: ignore[list-item]
        Family("late", "gauge", "In its last piece.", ("n",), late),
        *FAMILIES,
    )
    samples = read(replace(snapshot(), build="\udcff"), faulty)
    for name in ("none", "word", "surrogate", "number", "late", "run_info"):
        assert at(samples, "collector_errors_total", family=name) == 1
        assert not any(sample.startswith(f"voicesim_{name}") for sample, _ in samples)
    assert at(samples, "run_active") == 1
    assert at(samples, "collector_errors_total", family="run_active") == 0


def test_a_snapshot_that_cannot_be_made_is_counted() -> None:
    def none() -> Snapshot:
        raise RuntimeError

    text = b"".join(page(Collector(none))).decode()
    assert 'voicesim_collector_errors_total{family="snapshot"} 1.0' in text


def test_codes_are_bounded() -> None:
    counts = Counts(COUNTS.bounds, 0)
    for number in range(3 * MAX_CODES):
        counts.findings[False, "quick_booking", "standard", f"{number:05}", "WARNING"] = Found(2)
    found = totals([counts]).findings
    assert len(found) == MAX_CODES + 1
    assert found[OTHER, "WARNING"] == 2 * 2 * MAX_CODES
    assert sum(found.values()) == 6 * MAX_CODES


def test_a_code_that_has_a_series_keeps_it() -> None:
    """Else it would vanish when a lower one comes, and its count appear at the others' at once."""
    counts, seen = Counts(COUNTS.bounds, 0), set()
    for number in reversed(range(3 * MAX_CODES)):
        counts.findings[False, "quick_booking", "standard", f"{number:05}", "ERROR"] = Found(2)
        found = totals([counts])
        seen |= set(found.findings)
        assert len({reason for _, reason in found.errors}) <= MAX_CODES + 1
    assert len(seen) == MAX_CODES + 1


def test_long_families_are_written_in_pieces_that_join() -> None:
    edges = Edges.at(range(1, 40))
    one = Histogram()
    one.record(7, edges)
    rows = [((str(n),), Times.of(one, edges)) for n in range(100)]
    family = Family("many_seconds", "histogram", "Many.", ("n",), lambda _: rows)
    samples = read(snapshot(), (family,))
    assert len([key for key in samples if "many" in key[0]]) == 100 * (40 + 2)
    assert at(samples, "many_seconds_bucket", n="99", le="6e-06") == 0
    assert at(samples, "many_seconds_bucket", n="99", le="7e-06") == 1
