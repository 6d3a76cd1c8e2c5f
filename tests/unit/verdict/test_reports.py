"""The reports: what they say, and that nothing an agent says gets out of hand."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from voicesim.base.findings import Finding, Level
from voicesim.call.outcome import Outcome
from voicesim.caller.checking import FIELDS
from voicesim.config.gates import parse_gates
from voicesim.data import texts
from voicesim.results.result import LostInterval, Note, Result, document, load
from voicesim.switch.gaps import Gap
from voicesim.verdict.chart import bins
from voicesim.verdict.judging import Judged, judge
from voicesim.verdict.report_html import page
from voicesim.verdict.report_table import (
    accuracy_table,
    calls_table,
    effort_table,
    findings_table,
    gates_table,
    headline,
    personas_table,
    remarks,
    scenario_lines,
    tables,
)

from .runs import ODD, WRONG, Run, audit, record

GATES = parse_gates(texts("gates")["gates/default.toml"], "default.toml")
ATTACK = "<script>alert(1)</script>\"'&</pre><img src=x onerror=alert(1)>"


def busy() -> Run:
    run = Run().calls(28).webhooks(140, 0.010).webhooks(28, 0.5, "status")
    run.calls(2, Outcome.MISHEARD, persona="elderly", scenario="elderly_caller")
    run.calls(1, Outcome.ABANDONED).calls(1, findings=(WRONG, ODD)).calls(1, Outcome.CUT)
    run.calls(4, Outcome.WEBHOOK_FAILED, findings=(WRONG,), warm_up=True)
    run.tally.dropped(2)
    return run


def judged(run: Run, **facts: object) -> tuple[Result, Judged]:
    result = run.result(**facts)  # type: ignore[arg-type]
    return result, judge(result, GATES)


def test_calls_by_scenario_and_persona_and_in_all() -> None:
    table = calls_table(busy().result().counts)
    rows = [dict(zip(table.columns, row.cells, strict=True)) for row in table.rows]
    assert [(row["scenario"], row["persona"]) for row in rows] == [
        ("elderly_caller", "elderly"),
        ("quick_booking", "standard"),
        ("all", ""),
    ]
    assert [row["misheard"] for row in rows] == ["2", "0", "2"]
    total = rows[-1]
    assert (total["offered"], total["goal"], total["cut"], total["other"]) == ("33", "29", "1", "0")
    assert [row["abandoned"] for row in rows] == ["0", "1", "1"]
    assert (total["webhooks"], total["p99 s"], total["findings"]) == ("140", "0.010", "2")


def test_personas_beside_the_standard_caller() -> None:
    run = Run().calls(30).calls(10, Outcome.ABANDONED).calls(9, persona="elderly")
    run.calls(3, Outcome.MISHEARD, persona="elderly").calls(1, Outcome.ABANDONED, persona="elderly")
    run.calls(2, persona="angry", scenario="complaint").webhooks(2, 0.25)
    for wait_s in (1.0, 1.0, 3.0):
        run.tally.sounded("quick_booking", "elderly", 0, Gap(wait_s, 0.25, 0.5))
    run.tally.sounded("quick_booking", "elderly", 0, Gap(9.0), warm_up=True)
    result, verdict = judged(run)
    table = personas_table(result.counts)
    assert [row.cells[:7] for row in table.rows] == [
        ("standard", "40", "0.0", "75.0", "59.8 to 85.8", "", ""),
        ("angry", "2", "0.0", "100.0", "34.2 to 100.0", "+25.0*", "-41.6 to +40.2"),
        ("elderly", "10", "23.1", "90.0", "59.6 to 98.2", "+15.0", "-17.3 to +32.3"),
    ]
    assert [row.cells[7:] for row in table.rows] == [
        ("0", "10", "0.250", "", "", ""),
        ("0", "0", "", "", "", ""),
        ("3", "1", "", "1.000", "1.750", "3.750"),
    ]
    starred, gap = sorted(said[:9] for said in remarks(result, verdict) if said[0] in "*g")
    assert (starred, gap) == ("*: angry ", "gap: from")


def test_what_it_takes_beside_the_standard_caller() -> None:
    """By hand: t is 2.57 of 5 freedoms and 1.96 / 6 the error where none of six calls is unlike."""
    run = Run().calls(4).calls(5, persona="elderly").calls(2, persona="angry", scenario="complaint")
    run.calls(1, Outcome.ABANDONED, persona="elderly", scenario="complaint")
    for index, wait_s in enumerate((1.0, 2.0, 3.0)):
        run.tally.sounded("quick_booking", "elderly", index, Gap(wait_s))
        run.tally.sounded("quick_booking", "standard", index, Gap(1.0))
    run.tally.sounded("quick_booking", "angry", 0, Gap(1.0))
    table = effort_table(run.result().counts)
    assert [row.cells for row in table.rows] == [
        (
            "standard",
            "5.0 (3.4 to 6.6)",
            "",
            "2.00 (0.44 to 3.56)",
            "",
            "1.000 (1.000 to 1.000)",
            "",
        ),
        ("angry", "5.0 (0.0 to 17.5)", "", "2.00 (0.00 to 14.45)", "", "1.000", ""),
        (
            "elderly",
            *("5.0 (3.9 to 6.1)", "+0.0 (-1.5 to +1.5)"),
            *("2.00 (1.16 to 2.84)", "+0.00 (-1.48 to +1.48)"),
            *("2.000 (0.000 to 4.484)", "+1.000 (-1.484 to +3.484)"),
        ),
    ]
    assert len(table.columns) == len(table.rows[0].cells)


def test_facts_that_did_not_come_through() -> None:
    run = Run().calls(1)
    right = [(field, "reported_as_meant", True) for field in FIELDS]
    for persona, points in {
        "standard": right,
        "elderly": [*right, ("name", "reported_as_meant", False)],
        "angry": [("day", "read_back_as_reported", False), ("day", "stored_as_meant", True)],
    }.items():
        run.tally.compared("quick_booking", persona, points)
    run.tally.compared("quick_booking", "standard", [("day", "stored_as_meant", False)])
    run.tally.compared(
        "quick_booking", "elderly", [("day", "stored_as_reported", False)], warm_up=True
    )
    table = accuracy_table(run.result().counts)
    assert table.columns == ("persona", "facts", "name", "phone", "day", "time")
    all_right = "1 of 1 (100.0 %)"
    assert [(row.cells, row.mark) for row in table.rows] == [
        (("standard", "stored as meant", "", "", "0 of 1 (0.0 %)", ""), ""),
        (("elderly", "reported as meant", "1 of 2 (50.0 %)", *[all_right] * 3), ""),
    ]
    result, verdict = judged(run)
    (said,) = (said for said in remarks(result, verdict) if said.startswith("facts"))
    assert said.endswith(": reported as meant 8 of 9 (88.9 %), stored as meant 1 of 2 (50.0 %)")
    assert "Accuracy" in page(result, verdict)


def test_what_was_read_back_is_told_where_nothing_is_looked_up() -> None:
    run = Run()
    read_back = [("day", "read_back_as_reported", False), ("day", "read_back_as_meant", True)]
    run.tally.compared("quick_booking", "standard", read_back)
    (row,) = accuracy_table(run.result().counts).rows
    assert (row.cells[1], row.mark) == ("read back as reported", "ERROR")
    assert any("read back as meant 1 of 1 (100.0 %)" in said for said in remarks(*judged(run)))


def test_a_run_in_which_no_fact_was_told_says_nothing_of_them() -> None:
    result, verdict = judged(busy())
    assert not any(said.startswith("facts") for said in remarks(result, verdict))
    assert "Accuracy" not in [table.title for table in tables(result, verdict)]


def test_only_numbers_are_set_flush_right() -> None:
    table = calls_table(busy().result().counts)
    assert [table.is_numeric(at) for at in (0, 1, 2, 14)] == [False, False, True, True]


def test_gates_and_findings_as_tables() -> None:
    result, verdict = judged(busy())
    gates = {row.cells[0]: row for row in gates_table(verdict).rows}
    assert gates["no_errors"].mark == "fail"
    assert "daily_pattern_success" not in gates
    rows = [row.cells for row in findings_table(result.counts).rows]
    assert rows[0] == (
        "ERROR",
        "readback-wrong",
        "1",
        "quick_booking, standard",
        f"call 31: {WRONG.message}",
    )
    assert rows[1][3] == "quick_booking, standard (warm-up)"
    assert rows[-1][0] == "WARNING"


def test_the_verdict_in_one_line() -> None:
    _, verdict = judged(busy())
    assert headline(verdict) == "FAIL: of 8 gates 6 pass, 1 fail, 1 inconclusive"


def test_what_was_left_out_or_lost_is_said() -> None:
    lost = LostInterval(worker="worker 2", from_s=30, to_s=33, calls=4)
    note = Note(code="pool-too-small", text="The pool was too small.")
    said = "\n".join(remarks(*judged(busy(), lost=(lost,), notes=(note,))))
    for words in (
        "The pool was too small.",
        "4 calls were lost",
        "between 30.0 s and 33.0 s is unknown",
        "the warm-up, 5 s with 4 calls offered, 4 finished, 4 ERROR findings",
        "2 misheard, 0 unclear and 1 cut",
        "2 calls dropped",
        "seed 7, 2 workers",
    ):
        assert words in said


def test_the_audit_is_a_table_when_there_is_something_to_say() -> None:
    clean = Run().calls(3).result()
    assert "signature audit: none was made" in remarks(clean, judge(clean, GATES))
    passed = clean.model_copy(update={"audit": audit()})
    said = "\n".join(remarks(passed, judge(passed, GATES)))
    assert "signature audit: 2 of 2 probes as they should be; its 12 requests are not" in said
    assert "Signature audit" not in [table.title for table in tables(passed, judge(passed, GATES))]
    failed = clean.model_copy(update={"audit": audit("ERROR", "audit-x", "Look at it.")})
    table = tables(failed, judge(failed, GATES))[-1]
    assert table.title == "Signature audit"
    assert [row.cells[0] for row in table.rows] == ["ok", "ERROR"]
    assert table.rows[1].cells[-2:] == ("audit-x", "Look at it.")
    assert "Look at it." in parts(page(failed, judge(failed, GATES))).text


def test_a_line_a_scenario() -> None:
    lines = scenario_lines(busy().result().counts)
    assert lines[1] == (
        "quick_booking: 29 of 31 calls reached their goal, 155 webhooks,"
        " 1.00 s of response time a call, 0.010 s a webhook"
    )


def test_tables_without_rows_are_left_out() -> None:
    titles = [table.title for table in tables(*judged(Run().calls(3)))]
    assert titles == ["Calls", "Personas", "Effort", "Gates"]


def test_arrivals_are_binned_whatever_the_length_of_the_run() -> None:
    result = busy().result()
    one_s, width = bins(result)
    assert width == 1
    assert sum(one.arrived for one in one_s) == 37
    assert sum(one.expected for one in one_s) == pytest.approx(6 * 2 + 54 * 4)
    long = result.model_copy(update={"run": result.run.model_copy(update={"run_time_s": 3600.0})})
    wide, width = bins(long)
    assert (len(wide), width) == (120, 30)
    assert sum(one.arrived for one in wide) == 37


# --- the page -------------------------------------------------------------------------------------


class _Parts(HTMLParser):
    """Tags, attributes and text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def parts(html: str) -> _Parts:
    found = _Parts()
    found.feed(html)
    return found


def hostile() -> Result:
    """A run of an agent that puts markup wherever anything of it is shown."""
    run = busy()
    finding = Finding(ATTACK, Level.ERROR, ATTACK)
    one = replace(record(99, Outcome.ABANDONED, findings=(finding,)), why=ATTACK)
    run.tally.finished(replace(one, scenario=ATTACK, persona=ATTACK))
    run.tally.answered(ATTACK, ATTACK, ATTACK, 0.1)
    result = run.result(notes=(Note(code=ATTACK, text=ATTACK),))
    result = result.model_copy(update={"audit": audit("ERROR", ATTACK, ATTACK)})
    facts = {"workload": ATTACK, "target": ATTACK, "id": ATTACK, "started_at": ATTACK}
    tree = document(result.model_copy(update={"run": result.run.model_copy(update=facts)}))
    for _, _, ladders in tree["counts"]["ladders"]:
        for ladder in ladders:
            ladder[2]["transcript"] = [ATTACK]
    return load(json.loads(json.dumps(tree)))


def test_the_page_holds_everything() -> None:
    result, verdict = judged(busy())
    found = parts(page(result, verdict))
    for words in (headline(verdict), WRONG.message, "elderly_caller", "http://127.0.0.1:8000"):
        assert words in found.text
    assert found.tags.count("svg") == 1
    assert found.tags.count("details") == 6
    assert found.text.count("(warm-up): ") == 4
    assert found.tags.count("circle") == 6
    assert "prefers-color-scheme: dark" in found.text


def test_nothing_an_agent_says_becomes_markup() -> None:
    result = hostile()
    clean = parts(page(*judged(busy())))
    found = parts(page(result, judge(result, GATES)))
    assert set(found.tags) == set(clean.tags)
    assert {name for name, _ in found.attributes} == {name for name, _ in clean.attributes}
    assert "script" not in found.tags
    assert found.text.count("<script>alert(1)</script>") >= 8


def test_a_page_without_escaping_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    import voicesim.verdict.report_html as module

    class Careless(module.Environment):  # type: ignore[misc]
        def __init__(self, **keys: object) -> None:
            super().__init__(**{**keys, "autoescape": False})

    monkeypatch.setattr(module, "Environment", Careless)
    result = hostile()
    assert "script" in parts(page(result, judge(result, GATES))).tags


def test_the_page_needs_nothing_from_outside() -> None:
    html = page(*judged(busy()))
    found = parts(html)
    assert not {"script", "link", "img", "iframe", "object"} & set(found.tags)
    assert not {"src", "href", "srcset"} & {name for name, _ in found.attributes}
    assert "url(" not in html
    assert "@import" not in html
    policy = dict(found.attributes).get("content")
    assert policy is not None
    assert re.search(r"default-src 'none'", html)


def test_a_run_in_which_nothing_happened_has_a_page_too() -> None:
    result = Run().result()
    assert "INCONCLUSIVE" in parts(page(result, judge(result, GATES))).text
