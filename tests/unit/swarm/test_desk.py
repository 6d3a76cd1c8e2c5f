"""The desk: what reports of workers add up to, whatever became of the workers."""

from pathlib import Path

import pytest

from tests.unit.swarm.made import Told, job, made
from voicesim.base.redact import Redactor
from voicesim.results.result import Result
from voicesim.results.summary import summarise
from voicesim.swarm.desk import Desk, Plan
from voicesim.verdict.evaluating import Verdict
from voicesim.verdict.judging import Judged
from voicesim.verdict.report_table import remarks


def desk(hide: Redactor | None = None) -> Desk:
    plan = Plan(job(hide=hide or Redactor()), made()[1], grace_s=10.0, folder=Path("reports"))
    return Desk(plan, "one", "2026-03-02T10:00:00+00:00")


def close(one: Desk, at: float = 60.0) -> tuple[Result, Judged]:
    one.closing(at)
    one.lose_the_rest(at + 5.0)
    return one.close("2026-03-02T10:01:05+00:00", at + 5.0)


def codes(judged: Judged) -> set[str]:
    return {note.code for note in judged.notes}


def test_a_worker_that_was_refused_is_none_of_the_run() -> None:
    one = desk()
    one.report("a", Told().calls(20, 20).report(4.0, ((0.0, 1.0),)), 9.0)
    one.workers_drained(["a", "refused"])
    result, judged = close(one)
    assert result.run.workers == 1
    assert judged.verdict is Verdict.PASS


def test_one_that_was_refused_after_it_was_seen_to_begin_is_forgotten() -> None:
    one = desk()
    one.joined("a", 0.1)
    one.joined("refused", 0.1)
    one.report("a", Told().calls(20, 20).report(4.0, ((0.0, 1.0),)), 9.0)
    for worker in ("refused", "a", "nobody"):  # what one told before counts
        one.forget(worker)
    one.workers_drained(["a"])
    result, judged = close(one)
    assert result.run.workers == 1
    assert result.run.lost == ()
    assert judged.verdict is Verdict.PASS


def test_reports_of_all_workers_are_added_up() -> None:
    one, a, b = desk(), Told(), Told()
    one.report("a", a.calls(3, 1, warm_up=True).report(3.0, ((0.0, 2.0),)), 9.0)
    one.report("b", b.calls(20, 20).report(4.0, ((0.0, 1.0),)), 9.0)
    one.report("a", a.calls(5, 5).calls(0, 2, warm_up=True).report(6.0, ((60.0, 0.0),)), 9.0)
    one.workers_drained(["a", "b"])
    result, judged = close(one)
    total, warm_up = summarise(result.counts), summarise(result.counts, warm_up=True)
    assert (total.started, total.finished, warm_up.started, warm_up.finished) == (25, 25, 3, 3)
    assert result.run.rate_curve == ((0.0, 3.0), (60.0, 1.0))
    assert result.run.workers == 2
    assert judged.verdict is Verdict.PASS
    assert "25 calls rang" not in one.progress()  # all of them did, the warm-up's too
    assert "28 calls rang, 0 in progress, 28 over" in one.progress()


def test_a_report_that_did_not_arrive_is_said_and_loses_nothing_else() -> None:
    """Of the calls that it told of as started more are over than rang: that is no number."""
    one, a = desk(), Told()
    a.calls(10, 0).report(6.0)
    one.report("a", a.calls(2, 9).report(9.0), 9.0)
    result, judged = close(one)
    assert "reports-missing" in codes(judged)
    assert summarise(result.counts).finished == 9
    (lost,) = result.run.lost
    assert lost.calls == 0
    assert judged.verdict is Verdict.INCONCLUSIVE


def test_a_worker_that_died_before_its_first_report() -> None:
    one, a = desk(), Told()
    one.joined("a", 0.5)
    one.joined("b", 0.5)
    one.report("a", a.calls(20, 20).report(6.0), 9.0)
    one.missed("b", 4.0)
    one.missed("b", 9.0)
    one.workers_drained(["a"])
    result, judged = close(one)
    (lost,) = result.run.lost
    assert (lost.worker, lost.from_s, lost.to_s, lost.calls) == ("worker 2", 0.5, 4.0, 0)
    assert judged.verdict is Verdict.INCONCLUSIVE


def test_calls_of_a_worker_that_died_are_lost_and_its_rate_with_it() -> None:
    one, a = desk(), Told()
    report = a.calls(2, 1, warm_up=True).calls(5, 2).report(6.0, ((0.0, 2.0),))
    one.report("a", report, 9.0)
    one.missed("a", 9.5)
    result, _ = close(one)
    (lost,) = result.run.lost
    assert (lost.from_s, lost.to_s, lost.calls) == (6.0, 9.5, 4)
    total, warm_up = summarise(result.counts), summarise(result.counts, warm_up=True)
    assert (total.lost, warm_up.lost) == (3, 1)
    assert result.run.rate_curve == ((0.0, 2.0), (6.0, 0.0))


def test_a_worker_that_comes_back_was_not_lost() -> None:
    one, a = desk(), Told()
    one.report("a", a.calls(20, 5).report(6.0), 9.0)
    one.missed("a", 9.5)
    one.joined("a", 12.0)
    one.report("a", a.calls(0, 15).report(15.0), 9.0)
    one.workers_drained(["a"])
    result, judged = close(one)
    assert result.run.lost == ()
    assert judged.verdict is Verdict.PASS


def test_a_pool_too_small_is_said() -> None:
    one, a = desk(), Told()
    one.report("a", a.calls(20, 20).report(6.0) | {"queue": 4}, 9.0)
    one.workers_drained(["a"])
    assert codes(close(one)[1]) == {"pool-too-small"}


def test_what_a_run_was_is_what_happened_not_what_was_asked() -> None:
    """Stopped after 8 s, with more and fewer users on the way."""
    one, a = desk(), Told()
    for users in (20, 60, 5):
        one.asked(users)
    one.report("a", a.calls(20, 20).report(8.0), 9.0)
    one.workers_drained(["a"])
    one.closing(8.0)
    one.closing(9.0)
    result, _ = close(one, 11.0)
    assert (result.run.users, result.run.run_time_s, result.run.length_s) == (60, 8.0, 16.0)


def test_a_run_that_is_over_with_its_warm_up_says_so() -> None:
    one, a = desk(), Told()
    one.report("a", a.calls(20, 20, warm_up=True).report(4.0), 9.0)
    one.workers_drained(["a"])
    result, judged = close(one, 4.0)
    assert codes(judged) == {"warm-up-only"}
    assert judged.verdict is Verdict.INCONCLUSIVE
    assert any("within its warm-up of 5 s" in remark for remark in remarks(result, judged))


@pytest.mark.parametrize("code", ["worker-failed"])
def test_no_secret_gets_into_a_note(code: str) -> None:
    one = desk(Redactor(("s3cr3t-token",)))
    one.note(code, "no connection to http://s3cr3t-token@there")
    one.note(code, "and again")
    result, _ = close(one)
    assert [note.text for note in result.run.notes] == ["no connection to http://[hidden]@there"]
