"""What is summed up of a run's counts."""

from voicesim.call.events import Kind
from voicesim.results.summary import STEERING


def test_a_caller_waits_for_every_answer_but_those_to_callbacks() -> None:
    assert {kind.value for kind in Kind} - STEERING == {"status", "callback"}
