"""The arrival engine under any changes of tokens and any times of asking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicesim.traffic.arrivals import Arrival, Arrivals
from voicesim.traffic.curves import integral, summed

CHANGES = st.lists(
    st.tuples(
        st.floats(0, 2),  # seconds since the one before
        st.sampled_from(["standard", "elderly"]),
        st.integers(0, 20),
    ),
    max_size=12,
)
RATE = 0.7
END_S = 40.0


def run(changes: list[tuple[float, str, int]], asks: list[float]) -> tuple[Arrivals, list[Arrival]]:
    """The engine changed at its times, and asked after each change at some of ``asks``."""
    arrivals, taken, now = Arrivals(3), [], 0.0
    for wait, persona, count in changes:
        later = now + wait
        for at in sorted(at for at in asks if now <= at < later):
            taken += arrivals.take(at)
        now = later
        arrivals.set_tokens(persona, count, RATE, now)
    return arrivals, taken + arrivals.take(END_S)


@given(CHANGES, st.lists(st.floats(0, 30)))
def test_when_it_is_asked_changes_nothing(
    changes: list[tuple[float, str, int]], asks: list[float]
) -> None:
    assert run(changes, asks)[1] == run(changes, [])[1]


@given(CHANGES)
def test_arrivals_are_in_order_and_numbered_and_come_only_while_there_is_a_rate(
    changes: list[tuple[float, str, int]],
) -> None:
    arrivals, taken = run(changes, [])
    assert [a.n for a in taken] == list(range(len(taken)))
    assert [a.intended for a in taken] == sorted(a.intended for a in taken)
    curve = arrivals.curve
    assert all(integral(curve, a.intended - 1e-6, a.intended + 1e-6) > 0 for a in taken)
    due = arrivals.due()
    assert due is None or due > END_S


@given(CHANGES, CHANGES)
def test_the_curves_of_workers_add_up(
    one: list[tuple[float, str, int]], other: list[tuple[float, str, int]]
) -> None:
    curves = [run(changes, [])[0].curve for changes in (one, other)]
    apart = sum(integral(curve, 0, END_S) for curve in curves)
    assert integral(summed(curves), 0, END_S) == pytest.approx(apart)
