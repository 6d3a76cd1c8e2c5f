"""Golden values of the textbooks; the last two equal pyworkforce's."""

import pytest

from voicesim.traffic.erlang import erlang_b, erlang_c, offered_load, service_level


def test_golden_values() -> None:
    assert erlang_b(10, 10) == pytest.approx(0.214582, abs=5e-7)
    assert erlang_c(14, 10) == pytest.approx(0.174132, abs=5e-7)
    assert service_level(14, 10, hold_s=180, within_s=20) == pytest.approx(0.888350, abs=5e-7)


def test_offered_load_is_rate_times_hold_time() -> None:
    assert offered_load(40, 180) == 7200


@pytest.mark.parametrize(("load", "share"), [(0, 0), (1, 0.5), (9, 0.9)])
def test_one_server_turns_away_by_load_over_one_plus_load(load: float, share: float) -> None:
    assert erlang_b(1, load) == pytest.approx(share)


def test_no_server_at_all_turns_everyone_away() -> None:
    assert erlang_b(0, 5) == 1


@pytest.mark.parametrize("load", [10, 11])
def test_calls_pile_up_when_the_load_reaches_the_servers(load: float) -> None:
    assert erlang_c(10, load) == 1
    assert service_level(10, load, 180, 20) == 0
