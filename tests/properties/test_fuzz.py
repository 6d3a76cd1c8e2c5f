"""A short part of ``make fuzz``, and what it found: no exception, no hang, no growth."""

import pytest

from fuzz import engine, wire

CASES = [*range(60), 90_009, 90_019, 90_029]
FOUND = (679, 11_479)
"""Places that were met out of turn alone were not drawn, and the SVG failed."""


@pytest.mark.parametrize("case", [*FOUND, *CASES])
def test_a_hostile_agent_gets_no_exception_no_time_and_no_memory(case: int) -> None:
    took = engine.run(case)
    assert took.seconds < engine.limit_s(case)
    assert took.extra < engine.EXTRA_BYTES


def test_a_hostile_server_is_left_in_time() -> None:
    with wire.server() as port:
        for case in range(2):
            assert wire.run(port, case) < wire.DEADLINE_S + wire.LATE_S
