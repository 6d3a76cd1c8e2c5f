"""A short part of ``make fuzz``, and what it found: no exception, no hang, no growth."""

import tracemalloc

import pytest

from fuzz import engine, wire
from voicesim.base.hosts import host_of
from voicesim.call.plans import resolve
from voicesim.caller.understanding import understand
from voicesim.line.urls import parse
from voicesim.twilio.signature import signed_url

CASES = [*range(30), 90_009, 90_019, 90_029]
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


def test_what_long_urls_and_prompts_leave_behind_is_little() -> None:
    """Caches that kept them held half a gigabyte."""
    tracemalloc.start()
    try:
        for number in range(400):
            url = resolve("http://127.0.0.1/voice", f"/{number}{'u' * 60_000}")
            assert parse(url).text == url
            assert host_of(url) == "127.0.0.1"
            assert signed_url(url) == url
            understand(f"{number} {'word ' * 250}")
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 32 << 20  # Python's own urlsplit keeps 128 of them
