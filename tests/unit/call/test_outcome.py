import pytest

from voicesim.call.outcome import INCONCLUSIVE, Outcome, judged
from voicesim.call.talk import Judgement

ENDED = (Outcome.AGENT_HUNG_UP, Outcome.ABANDONED)


@pytest.mark.parametrize("ending", ENDED)
def test_the_callers_word_counts_where_a_side_hung_up(ending: Outcome) -> None:
    assert judged(ending, Judgement.REACHED) is Outcome.GOAL_REACHED
    assert judged(ending, Judgement.MISHEARD) is Outcome.MISHEARD
    assert judged(ending, Judgement.WRONG) is Outcome.WRONG_RESULT
    assert judged(ending, Judgement.OPEN) is ending


def test_what_broke_stays_broken() -> None:
    for ending in set(Outcome) - set(ENDED):
        assert {judged(ending, judgement) for judgement in Judgement} == {ending}


def test_a_call_of_which_the_caller_cannot_tell_is_not_judged() -> None:
    assert {judged(ending, Judgement.UNCLEAR) for ending in ENDED} == {Outcome.UNCLEAR}
    assert Outcome.UNCLEAR in INCONCLUSIVE
