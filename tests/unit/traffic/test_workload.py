from collections import Counter

from voicesim.base.draws import Draws
from voicesim.traffic.profiles import ramp
from voicesim.traffic.workload import Share, Workload

WORKLOAD = Workload(
    name="busy",
    description="Busy",
    personas={
        "standard": Share(weight=3, scenarios={"quick_booking": 3, "detailed_booking": 1}),
        "elderly": Share(weight=1, scenarios={"elderly_caller": 1}),
    },
    users=60,
    spawn_rate_per_s=10,
    run_time_s=120,
    profile=ramp(0, 1),
)


def drawn(seed: int) -> list[str]:
    return [WORKLOAD.scenario_of("standard", Draws(seed, index)) for index in range(4000)]


def test_scenarios_are_drawn_by_weight() -> None:
    """Within 4 standard deviations: 4000 draws of 3/4 deviate by 27."""
    assert abs(Counter(drawn(5))["quick_booking"] - 3000) < 4 * 27.4


def test_the_same_call_has_the_same_scenario() -> None:
    assert drawn(5) == drawn(5) != drawn(6)


def test_one_user_is_one_call_a_minute_unless_said_otherwise() -> None:
    assert WORKLOAD.calls_per_user_per_s == 1 / 60
    assert WORKLOAD.calls_expected == 60
