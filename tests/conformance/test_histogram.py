"""Our histogram against HdrHistogram's own library: the same buckets, the same counts."""

from hdrh.histogram import HdrHistogram  # type: ignore[import-untyped]

from voicesim.base.draws import Draws
from voicesim.results.histogram import MAX_US, Edges, Histogram, bucket_of, bucket_range


def test_the_same_buckets() -> None:
    theirs = HdrHistogram(1, MAX_US, 3)
    draws = Draws(11, 0)
    times = [int(MAX_US ** draws.unit("time", n)) for n in range(20_000)]
    times += [around + off for n in range(26) for around in (1 << n,) for off in (-1, 0, 1)]
    for us in (us for us in times if us <= MAX_US):
        assert bucket_of(us) == theirs.get_counts_array_index(us)
        assert bucket_range(bucket_of(us)) == (
            theirs.get_lowest_equivalent_value(us),
            theirs.get_highest_equivalent_value(us),
        )


def test_the_same_counts_and_percentiles() -> None:
    theirs, ours, draws = HdrHistogram(1, MAX_US, 3), Histogram(), Draws(12, 0)
    for n in range(10_000):
        us = 1 + int(5_000_000 ** draws.unit("time", n))
        theirs.record_value(us)
        ours.record(us, Edges())
    assert ours.count == theirs.get_total_count()
    for percent in (50, 95, 99):
        assert ours.percentile_us(percent) == theirs.get_value_at_percentile(percent)
    assert all(theirs.get_count_at_index(at) == n for at, n in ours.buckets.items())
