"""What the web UI is told of a run: figures that add up, the verdict, calls to look at."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.unit.swarm.made import Told, job, made
from tests.unit.verdict.runs import ODD, WRONG, audit, record
from voicesim.base.findings import Finding, Level
from voicesim.base.redact import Redactor
from voicesim.call.outcome import Outcome
from voicesim.results.audit import Audit
from voicesim.results.tally import Tally
from voicesim.swarm.desk import Desk, Plan
from voicesim.swarm.live_data import LATEST, calls, ladder, live
from voicesim.swarm.live_history import History

TOKEN = "s3cr3t-token"


def desk(an_audit: Audit | None = None) -> Desk:
    plan = Plan(job(), made()[1], grace_s=10.0, folder=Path("reports"), audit=an_audit)
    return Desk(plan, "one", "2026-03-02T10:00:00+00:00")


class Worker(Told):
    """A worker that keeps every ladder, and takes out a secret."""

    def __init__(self) -> None:
        super().__init__()
        self.tally = Tally(replace(made()[0].counting, share=1.0), Redactor((TOKEN,)))

    def ended(
        self, number: int, outcome: Outcome, *findings: Finding, persona: str = "standard"
    ) -> "Worker":
        """A call that rang after the warm-up and is over."""
        self.tally.offered("quick_booking", persona, 6.0)
        self.tally.started("quick_booking", persona, 0.001)
        self.tally.finished(record(number, outcome, 0.1, findings, persona=persona))
        return self


def now(one: Desk, at: float = 9.0) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(json.dumps(live(one, History(), at), allow_nan=False))
    return told


def test_a_row_adds_up_and_so_do_the_rows() -> None:
    one, a = desk(), Worker()
    a.ended(1, Outcome.GOAL_REACHED).ended(2, Outcome.TWIML_INVALID).ended(3, Outcome.MISHEARD)
    a.ended(4, Outcome.GOAL_REACHED, persona="elderly")
    a.calls(3, 1, warm_up=True)  # two of them are on
    a.tally.offered("quick_booking", "elderly", 7.0)
    a.tally.dropped()
    one.report("a", a.report(8.0, ((0.0, 2.0),)), 9.0)
    total, elderly, standard = now(one)["calls"]
    for row in (total, elderly, standard):
        parts = ("in_progress", "goal", "failed", "unsettled", "dropped", "lost")
        assert row["offered"] == sum(row[name] for name in parts)
    for name, n in total.items():
        if isinstance(n, int):
            assert n == elderly[name] + standard[name]
    assert (total["offered"], total["in_progress"], total["goal"]) == (8, 2, 3)
    assert (total["failed"], total["unsettled"], total["dropped"]) == (1, 1, 1)
    assert (elderly["persona"], elderly["dropped"]) == ("elderly", 1)


def test_calls_of_a_lost_worker_are_lost_and_no_longer_in_progress() -> None:
    one, a = desk(), Worker()
    one.report("a", a.calls(5, 2).report(8.0), 9.0)
    assert now(one)["calls"][0]["in_progress"] == 3
    one.missed("a", 9.5)
    one.closing(10.0)
    one.lose_the_rest(11.0)
    total = now(one)["calls"][0]
    assert (total["in_progress"], total["lost"]) == (0, 3)


def test_erlangs_are_calls_a_second_times_their_mean_length() -> None:
    one, a = desk(), Worker()
    for number in range(20):
        a.ended(number, Outcome.GOAL_REACHED)  # of 42.5 s each
    one.report("a", a.report(10.0), 10.0)
    (total, _) = calls(one.parts(), arrived_s=10.0, time_scale=0.1)
    assert total["erlangs"] == 8.5
    assert calls(one.parts(), arrived_s=0.0, time_scale=0.1)[0]["erlangs"] == 0.0


def test_the_verdict_as_it_stands_is_the_gates_and_looking_leaves_the_last_one_alone() -> None:
    seen, unseen = desk(), desk()
    for one in (seen, unseen):
        one.report("a", Worker().calls(10, 10).report(8.0), 8.0)
    few = now(seen)["verdict"]
    assert (few["verdict"], few["final"]) == ("inconclusive", False)  # too few calls to pass
    worker = Worker()
    for number in range(30):
        worker.ended(100 + number, Outcome.TWIML_INVALID)
    report = worker.report(9.0)
    for one in (seen, unseen):
        one.report("b", report, 9.0)
    failed = now(seen)["verdict"]
    assert failed["verdict"] == "fail"
    assert "30 not answered" in json.dumps(failed["gates"])
    judged = []
    for one in (seen, unseen):
        one.closing(10.0)
        one.workers_drained(["a", "b"])
        judged.append(one.close("2026-03-02T10:01:05+00:00", 12.0))
    assert judged[0] == judged[1]
    last = now(seen, 12.0)["verdict"]
    assert last["final"]
    assert last["gates"] == judged[0][1].as_data()["gates"]


def test_arrivals_are_told_only_as_far_as_every_worker_told_them() -> None:
    one = desk()
    one.joined("b", 0.0)
    one.report("a", Worker().calls(4, 0).report(8.0, ((0.0, 1.0),)), 9.0)
    assert now(one)["arrivals"]["rows"] == []
    one.report("b", Worker().calls(2, 0).report(7.4, ((2.0, 2.0),)), 9.0)
    arrivals = now(one)["arrivals"]
    assert arrivals["width_s"] == 1
    assert [row[0] for row in arrivals["rows"]] == [1, 2, 3, 4, 5, 6, 7]
    assert arrivals["rows"][0] == [1, 1.0, 0.0]
    assert arrivals["rows"][-1] == [7, 3.0, 6.0]


def test_findings_are_summed_up_by_code_the_gravest_first() -> None:
    one, a = desk(audit("ERROR", "unsigned-served", "served without a signature")), Worker()
    a.ended(7, Outcome.GOAL_REACHED, ODD, ODD).ended(5, Outcome.GOAL_REACHED, ODD, WRONG)
    a.ended(6, Outcome.GOAL_REACHED, WRONG, persona="elderly")
    tricky = Finding("12200", Level.WARNING, f"a\x1b[31m\u202e<b>{TOKEN}\n")
    a.ended(3, Outcome.GOAL_REACHED, tricky)
    one.report("a", a.report(8.0), 9.0)
    wrong, unsigned, odd = now(one)["findings"]
    assert (wrong["code"], wrong["count"], wrong["call"]) == (WRONG.code, 2, 5)
    assert (unsigned["code"], unsigned["count"], unsigned["call"]) == ("unsigned-served", 1, None)
    assert unsigned["message"] == "signature audit: served without a signature"
    assert (odd["level"], odd["count"]) == ("WARNING", 4)
    assert odd["message"] == "a\\x1b[31m\\u202e<b>[hidden]"


def test_the_latest_calls_that_are_kept_by_what_they_say_of_the_agent() -> None:
    one, a = desk(), Worker()
    for number, outcome in enumerate((Outcome.TWIML_INVALID, Outcome.WRONG_RESULT) * 5):
        a.ended(number, outcome)
    a.ended(20, Outcome.GOAL_REACHED).ended(21, Outcome.GOAL_REACHED, WRONG)
    a.ended(22, Outcome.MISHEARD)
    one.report("a", a.report(8.0), 9.0)
    found = now(one)["ladders"]
    assert [call["call"] for call in found["failed"]] == [21, 9, 8, 7, 6, 5, 4, 3]
    assert len(found["failed"]) == LATEST
    assert found["failed"][0]["errors"] == [WRONG.code]
    assert [call["call"] for call in found["good"]] == [20]
    assert [call["call"] for call in found["unsettled"]] == [22]


def test_a_ladder_by_its_number_without_secrets() -> None:
    one, a = desk(), Worker()
    said = Finding("11200", Level.ERROR, f"no such page {TOKEN}")
    a.ended(4, Outcome.WEBHOOK_FAILED, said)
    one.report("a", a.report(8.0), 9.0)
    told = ladder(one, 4)
    assert told is not None
    assert (told["outcome"], told["length_s"], told["transcript"]) == ("webhook_failed", 42.5, [])
    assert TOKEN not in json.dumps(told) + json.dumps(now(one))
    assert ladder(one, 5) is None


def test_recent_webhooks_are_those_that_steer_calls_each_told_once() -> None:
    one, a = desk(), Worker()
    a.calls(3, 0)
    a.tally.answered("quick_booking", "standard", "status", 9.0)
    one.report("a", a.report(8.0), 9.0)
    recent = one.take_recent()
    assert (recent.count, recent.max_s) == (3, 0.01)
    assert one.take_recent().count == 0
