"""The result document: written, read back, judged again; and refused when it is none."""

import json
from typing import Any

import pytest

from voicesim.base.errors import ConfigError
from voicesim.base.findings import Finding, Level
from voicesim.call.events import Kind
from voicesim.call.outcome import CallRecord, Outcome
from voicesim.results.audit import Audit, Probed
from voicesim.results.counts import Bounds
from voicesim.results.histogram import Edges
from voicesim.results.result import Result, RunFacts, bare_origin, document, load
from voicesim.results.summary import only, summarise
from voicesim.results.tally import Counting, Tally

RUN = RunFacts(
    id="one",
    seed=7,
    voicesim="0.1.0",
    started_at="2026-01-02T03:04:05Z",
    ended_at="2026-01-02T03:05:15Z",
    length_s=70,
    workload="peak_hour",
    target="http://127.0.0.1:8000",
    time_scale=0.1,
    users=60,
    calls_per_user_per_min=4,
    run_time_s=60,
    rate_curve=((0.0, 2.0), (10.0, 4.0), (60.0, 0.0)),
)
SERVED = Probed(
    name="no signature",
    expected="refused",
    got="200, TwiML",
    verdict="fail",
    code="audit-unsigned-served",
    level="ERROR",
    message="Anybody is served.",
)
AUDIT = Audit(requests=9, calls=3, webhooks=4, probes=(SERVED,))
WRONG = Finding("stored-wrong", Level.ERROR, "The agent stored another day.")


def finished(index: int, outcome: Outcome, scenario: str = "quick_booking") -> CallRecord:
    return CallRecord(
        index=index,
        sid=f"CA{index}",
        scenario=scenario,
        persona="standard",
        caller_number="+1",
        outcome=outcome,
        why="so",
        length_s=30.0,
        turns=4,
        response_total_s=0.4,
        fields=(),
        findings=(WRONG,) if outcome is Outcome.WRONG_RESULT else (),
        entries=(),
    )


def result() -> Result:
    tally = Tally(Counting(seed=7, bounds=Bounds(Edges.at([2_000_000]), Edges(), Edges())))
    ends = [Outcome.GOAL_REACHED, Outcome.GOAL_REACHED, Outcome.MISHEARD, Outcome.WRONG_RESULT]
    for index, outcome in enumerate(ends):
        tally.offered("quick_booking", "standard", index)
        tally.started("quick_booking", "standard", 0.01)
        tally.finished(finished(index, outcome))
        tally.answered("quick_booking", "standard", Kind.VOICE, 0.1)
        tally.answered("quick_booking", "standard", Kind.STATUS, 5.0)
    tally.offered("detailed_booking", "standard", 9.0)
    tally.dropped()
    tally.offered("quick_booking", "standard", 0.0, warm_up=True)
    tally.finished(finished(9, Outcome.ABANDONED), warm_up=True)
    return Result(run=RUN, counts=tally.counts())


def as_json(**changes: Any) -> Any:
    return json.loads(json.dumps({**document(result()), **changes}))


def test_a_document_survives_as_json() -> None:
    again = load(as_json())
    assert again.run == RUN
    assert again.counts == result().counts
    assert document(again) == document(result())


def test_an_audit_is_carried_along_and_is_no_part_of_the_counts() -> None:
    assert as_json()["audit"] is None
    audited = result().model_copy(update={"audit": AUDIT})
    tree = json.loads(json.dumps(document(audited)))
    assert (tree["audit"]["requests"], tree["audit"]["calls"]) == (9, 3)
    assert tree["audit"]["probes"][0]["code"] == "audit-unsigned-served"
    assert {**tree, "audit": None} == as_json()
    assert load(tree).audit == AUDIT
    assert load({key: part for key, part in tree.items() if key != "audit"}).audit is None


def test_totals_and_rows() -> None:
    tree = as_json()
    totals = tree["totals"]
    assert (totals["offered"], totals["started"], totals["finished"]) == (5, 4, 4)
    assert (totals["goal_reached"], totals["misheard"], totals["cut"]) == (2, 1, 0)
    assert totals["unclear"] == 0
    assert (totals["dropped"], totals["expected"]) == (1, 220)
    assert totals["outcomes"] == {"goal_reached": 2, "misheard": 1, "wrong_result": 1}
    assert totals["webhooks"] == {"status": 4, "voice": 4}
    assert totals["findings"] == {"ERROR": 1, "WARNING": 0, "NOTICE": 0}
    assert totals["warm_up"]["outcomes"] == {"abandoned": 1}
    assert [(row["scenario"], row["offered"]) for row in tree["callers"]] == [
        ("detailed_booking", 1),
        ("quick_booking", 4),
    ]


def test_response_times_are_of_the_webhooks_that_steer_calls() -> None:
    times = as_json()["totals"]["response_s"]
    assert times["count"] == 4
    assert times["max"] == 0.1
    assert times["mean"] == pytest.approx(0.1)


def test_findings_name_a_call() -> None:
    (finding,) = as_json()["findings"]
    assert (finding["code"], finding["count"], finding["call"]) == ("stored-wrong", 1, 3)
    assert finding["message"] == WRONG.message


def test_a_verdict_is_carried_along() -> None:
    assert as_json()["verdict"] is None
    assert document(result(), {"verdict": "pass"})["verdict"] == {"verdict": "pass"}


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://user:secret@agent.example.com:8443/voice?key=secret", "agent.example.com:8443"),
        ("https://agent.example.com", "agent.example.com"),
        ("https://us@er:se@cret@agent.example.com/", "agent.example.com"),
    ],
)
def test_the_target_holds_no_secret(url: str, origin: str) -> None:
    assert bare_origin(url) == f"https://{origin}"


def changed(*path: Any, to: Any) -> Any:
    """The document with one value put in the place of another."""
    tree = as_json()
    at = tree
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = to
    return tree


@pytest.mark.parametrize(
    ("tree", "words"),
    [
        ([], "must be a JSON object"),
        (None, "must be a JSON object"),
        ({}, "schema: must be 'voicesim.result/3' (is None)"),
        (changed("schema", to="voicesim.result/9"), "is 'voicesim.result/9'"),
        (changed("run", to=None), "run: "),
        (changed("run", "seed", to="x"), "run.seed: "),
        (changed("run", "colour", to="red"), "run.colour: "),
        (changed("audit", to={"requests": -1}), "audit.requests: "),
        (changed("counts", "schema", to=1), "counts.schema: "),
        (changed("counts", "offered", 0, 3, to=-1), "counts.offered.0.3: "),
        (changed("counts", "webhooks", 0, 4, "count", to=99), "do not add up"),
        (changed("counts", "webhooks", 0, 4, "buckets", to=[1]), "pairs"),
        (changed("counts", "ladders", 0, 2, 0, 2, to={}), "transcript: Field required"),
    ],
)
def test_what_is_no_result_is_refused_with_the_place(tree: object, words: str) -> None:
    with pytest.raises(ConfigError) as refused:
        load(tree, "old.json")
    assert all(message.startswith("old.json: ") for message in refused.value.messages)
    assert any(words in message for message in refused.value.messages)


def test_every_mistake_is_said() -> None:
    tree = changed("run", "seed", to="x")
    tree["counts"].pop("lags")
    with pytest.raises(ConfigError) as refused:
        load(tree)
    assert len(refused.value.messages) == 2


def test_summaries_of_a_part() -> None:
    counts = result().counts
    assert summarise(counts, only("detailed_booking")).offered == 1
    assert summarise(counts, only(persona="standard")).offered == 5
    assert summarise(counts, only("quick_booking", "elderly")).finished == 0
    warm_up = summarise(counts, warm_up=True)
    assert (warm_up.offered, warm_up.finished, warm_up.calls.turns) == (1, 1, 4)


def test_what_was_expected_is_told_apart_by_the_warm_up_as_what_was_offered_is() -> None:
    """2 a second for 10 s, then 4: of 60 s the first 15 are warm-up."""
    run = RUN.model_copy(update={"warm_up_s": 15.0})
    totals = document(Result(run=run, counts=result().counts))["totals"]
    assert (totals["warm_up"]["expected"], totals["expected"]) == (40, 180)
    short = RUN.model_copy(update={"warm_up_s": 15.0, "run_time_s": 12.0})
    totals = document(Result(run=short, counts=result().counts))["totals"]
    assert (totals["warm_up"]["expected"], totals["expected"]) == (28, 0)
