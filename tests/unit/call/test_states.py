"""The table of transitions: complete, and without dead ends."""

from itertools import product

import pytest

from voicesim.call.states import TRANSITIONS, Happening, SimulatorError, State, move


def reachable(start: State) -> set[State]:
    seen = {start}
    todo = [start]
    while todo:
        for target in TRANSITIONS[todo.pop()].values():
            if target not in seen:
                seen.add(target)
                todo.append(target)
    return seen


def test_every_state_has_a_row() -> None:
    assert set(TRANSITIONS) == set(State)


def test_every_state_is_reached_from_the_first() -> None:
    assert reachable(State.NEW) == set(State)


@pytest.mark.parametrize("state", State)
def test_every_call_can_end(state: State) -> None:
    assert State.DONE in reachable(state)


@pytest.mark.parametrize("state", [s for s in State if s is not State.DONE])
def test_every_call_can_be_cut(state: State) -> None:
    assert TRANSITIONS[state][Happening.CUT] is State.ENDING


def test_done_is_done() -> None:
    assert TRANSITIONS[State.DONE] == {}


def test_only_an_ending_call_becomes_done() -> None:
    before = {state for state, moves in TRANSITIONS.items() if State.DONE in moves.values()}
    assert before == {State.ENDING}


def test_every_happening_moves_something() -> None:
    assert {happening for moves in TRANSITIONS.values() for happening in moves} == set(Happening)


@pytest.mark.parametrize(("state", "happening"), list(product(State, Happening)))
def test_what_the_table_does_not_hold_is_our_error(state: State, happening: Happening) -> None:
    if happening in TRANSITIONS[state]:
        assert move(state, happening) is TRANSITIONS[state][happening]
    else:
        with pytest.raises(SimulatorError, match=f"a call that is {state} cannot meet"):
            move(state, happening)
