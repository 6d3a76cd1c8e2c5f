"""How personas fare: what is counted, what is left out, and that like is compared with like."""

import pytest

from tests.unit.verdict.runs import Run
from voicesim.call.outcome import INCONCLUSIVE, Outcome
from voicesim.results.fairness import Share, distances, fares, rows
from voicesim.results.intervals import newcombe, wilson
from voicesim.switch.gaps import Gap

BAD = Outcome.ABANDONED


def test_what_says_nothing_of_the_agent_is_left_out() -> None:
    run = Run().calls(7).calls(3, BAD).calls(9, BAD, warm_up=True)
    for outcome in INCONCLUSIVE:
        run.calls(1, outcome)
    (one,) = fares(run.result().counts)
    assert (one.judged, one.summary.finished) == (Share(7, 10, 6), 16)
    assert one.judged.left_out == 6 / 16
    assert one.judged.interval == wilson(7, 10)
    assert one.distance is None


def test_a_persona_is_compared_over_what_both_rang_for() -> None:
    """Nobody gets an appointment moved: that is no matter of how one talks."""
    run = Run().calls(40).calls(40, BAD, scenario="reschedule_request")
    run.calls(19, persona="elderly").calls(1, BAD, persona="elderly")
    found = distances(run.result().counts)["elderly"]
    assert (found.its, found.standard, found.alike) == (Share(19, 20), Share(40, 40), True)
    assert found.value == pytest.approx(-0.05)
    assert found.interval() == newcombe(19, 20, 40, 40)


def test_other_mixes_of_what_both_rang_for_are_weighted_alike() -> None:
    run = Run().calls(90).calls(5, scenario="hard").calls(5, BAD, scenario="hard")
    run.calls(10, persona="elderly").calls(48, persona="elderly", scenario="hard")
    run.calls(42, BAD, persona="elderly", scenario="hard")
    found = distances(run.result().counts)["elderly"]
    assert found.its == Share(58, 100)
    assert found.standardised.value == pytest.approx(0.1 * 1.0 + 0.9 * 0.5)
    assert found.value == pytest.approx(0.03)


def test_without_anything_in_common_it_is_said() -> None:
    run = Run().calls(10).calls(4, BAD, persona="elderly", scenario="elderly_caller")
    found = distances(run.result().counts)["elderly"]
    assert (found.its, found.standard, found.alike) == (Share(0, 4), Share(10, 10), False)
    assert distances(run.result().counts, ["quick_booking"]) == {}


def test_nothing_is_between_those_of_whom_nothing_is_known() -> None:
    run = Run().calls(3, Outcome.CUT).calls(3, persona="elderly")
    run.calls(2, Outcome.MISHEARD, persona="unclear_speech")
    assert [one.distance for one in fares(run.result().counts)] == [None, None, None]
    assert [one["share"] for one in rows(run.result().counts)] == [None, 1.0, None]


def test_a_row_of_the_document() -> None:
    run = Run().calls(50).calls(6, persona="elderly").calls(4, BAD, persona="elderly")
    run.webhooks(3, 0.5, persona="elderly").webhooks(9, 9.0, "status", persona="elderly")
    run.tally.sounded("quick_booking", "elderly", 0, Gap(2.0, 0.5))
    standard, elderly = rows(run.result().counts)
    assert (standard["persona"], standard["to_standard"]) == ("standard", None)
    low, high = newcombe(6, 10, 50, 50)
    assert elderly == {
        "persona": "elderly",
        "finished": 10,
        "judged": 10,
        "goal_reached": 6,
        "share": 0.6,
        "share_95": list(wilson(6, 10)),
        "left_out": 0.0,
        "misheard": 0,
        "abandoned": 4,
        "turns": {
            "mean": 5.0,
            "mean_95": pytest.approx([4.1603, 5.8397], abs=1e-4),
            "of": 6,
            "to_standard": {
                "difference": 0.0,
                "difference_95": pytest.approx([-0.6596, 0.6596], abs=1e-4),
                "of": 6,
                "standard_of": 50,
            },
        },
        "repeats": {
            "mean": 2.0,
            "mean_95": pytest.approx([1.5566, 2.4434], abs=1e-4),
            "of": 10,
            "to_standard": {
                "difference": 0.0,
                "difference_95": pytest.approx([-0.4001, 0.4001], abs=1e-4),
                "of": 10,
                "standard_of": 50,
            },
        },
        "response_s": {"p50": 0.5, "p95": 0.5},
        "perceived_gap_s": {
            "p50": 2.5,
            "p95": 2.5,
            "mean": 2.5,
            "mean_95": None,
            "of": 1,
            "to_standard": None,
        },
        "end_of_speech_wait_s": {"p50": 2.0, "p95": 2.0},
        "to_standard": {
            "difference": pytest.approx(-0.4),
            "difference_95": [low, high],
            "judged": 10,
            "standard_judged": 50,
            "standard_share": 1.0,
            "left_out": 0.0,
            "same_scenarios": True,
        },
    }
