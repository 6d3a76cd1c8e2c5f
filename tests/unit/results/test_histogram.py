from itertools import pairwise
from math import ceil

import pytest

from voicesim.base.draws import Draws
from voicesim.results.histogram import (
    MAX_US,
    Edges,
    Histogram,
    bucket_of,
    bucket_range,
    merged,
    microseconds,
)

NONE = Edges()
EDGES = Edges.at([15_000_000, 2_000_000, 2_000_000])


def counted(times: list[int], edges: Edges = NONE) -> Histogram:
    histogram = Histogram()
    for us in times:
        histogram.record(us, edges)
    return histogram


def drawn(count: int, top: int = 5_000_000) -> list[int]:
    draws = Draws(4, 0)
    return [int(top ** draws.unit("time", n)) for n in range(count)]


@pytest.mark.parametrize(
    ("seconds", "us"),
    [(0, 0), (-1, 0), (0.0000004, 0), (0.0000006, 1), (0.1 + 0.2, 300_000), (3.0, 3_000_000)],
)
def test_seconds_are_rounded_to_microseconds_once(seconds: float, us: int) -> None:
    assert microseconds(seconds) == us


@pytest.mark.parametrize("us", [0, 1, 1023, 1024, 2047, 2048, 2049, 4095, 999_999, MAX_US])
def test_a_time_lies_in_its_bucket(us: int) -> None:
    low, high = bucket_range(bucket_of(us))
    assert low <= us <= high
    assert high - low <= us / 1000


def test_buckets_follow_each_other_without_a_gap() -> None:
    ends = [bucket_range(bucket) for bucket in range(bucket_of(MAX_US) + 1)]
    assert all(after[0] == before[1] + 1 for before, after in pairwise(ends))


def test_percentiles_are_right_to_three_digits() -> None:
    times = sorted(drawn(5000))
    histogram = counted(times)
    for percent in (1, 50, 95, 99, 100):
        exact = times[ceil(len(times) * percent / 100) - 1]
        assert exact <= histogram.percentile_us(percent) <= exact * 1.001
    assert histogram.percentile_us(100) == histogram.max_us == times[-1]
    assert histogram.total_us == sum(times)
    assert histogram.mean_s == pytest.approx(sum(times) / 5000 / 1e6)


@pytest.mark.parametrize(
    ("times", "percent", "us"),
    [
        ([], 50, 0),
        ([7], 0, 7),
        ([7], 99, 7),
        ([1, 2], 50, 1),
        ([1, 2], 51, 2),
        ([1, 2, 3, 4], 75, 3),
        ([1, 2, 3, 4], 76, 4),
    ],
)
def test_percentiles_of_a_few(times: list[int], percent: int, us: int) -> None:
    assert counted(times).percentile_us(percent) == us


def test_a_time_beyond_the_last_bucket_keeps_its_sum_and_maximum() -> None:
    histogram = counted([MAX_US + 5_000_000])
    assert histogram.max_us == histogram.total_us == MAX_US + 5_000_000
    assert bucket_range(max(histogram.buckets))[0] <= MAX_US


def test_times_at_the_edges_are_told_apart_to_the_microsecond() -> None:
    times = [0, 1_999_999, 2_000_000, 2_000_000, 2_000_001, 14_999_999, 15_000_000, 15_000_001]
    histogram = counted(times, EDGES)
    assert histogram.below(2_000_000, EDGES) == 2
    assert histogram.at_most(2_000_000, EDGES) == 4
    assert histogram.below(15_000_000, EDGES) == 6
    assert histogram.at_most(15_000_000, EDGES) == 7


def test_an_edge_that_was_not_counted_at_is_refused() -> None:
    with pytest.raises(ValueError, match="3000000 us was no edge"):
        counted([1], EDGES).below(3_000_000, EDGES)


def test_parts_add_up_and_survive_as_plain_data() -> None:
    times = drawn(300, 30_000_000)
    parts = [counted(times[n::3], EDGES) for n in range(3)]
    again = [Histogram.of_row(part.as_row()) for part in parts]
    assert merged(parts) == merged(reversed(again)) == counted(times, EDGES)


def test_adding_leaves_what_is_added_alone() -> None:
    one, other = counted([5, 9]), counted([5])
    one.add(other)
    assert one.count == 3
    assert other == counted([5])
