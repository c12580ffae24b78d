"""Intervals, tests and quantiles against published values."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.metrics.statistics import bins, histogram, quantiles
from apps.metrics.statistics.arithmetic import OF_NUMBERS, floats_of
from apps.metrics.statistics.comparisons import two_counts, two_means, two_nps, two_proportions
from apps.metrics.statistics.intervals import adjusted_wald_nps, byar, mean_t, quantile_ranks, wilson
from apps.metrics.statistics.student import two_sided_95

durations = st.floats(min_value=1e-3, max_value=1e7)


def test_wilsons_interval_is_the_published_one() -> None:
    interval = wilson(2023, 4054)

    assert interval is not None
    assert (round(100 * interval.low, 2), round(100 * interval.high, 2)) == (48.36, 51.44)


@pytest.mark.parametrize(("successes", "low", "high"), [(0, 0.0, 0.2775), (10, 0.7225, 1.0)])
def test_wilsons_interval_stays_within_the_possible(successes: int, low: float, high: float) -> None:
    interval = wilson(successes, 10)

    assert interval is not None
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


def test_the_nps_interval_is_the_published_one() -> None:
    interval = adjusted_wald_nps(8, 1, 10)

    assert interval is not None
    assert round((interval.low + interval.high) / 2, 1) == 53.8
    assert round((interval.high - interval.low) / 2, 1) == 39.1


def test_no_data_has_no_interval() -> None:
    assert (wilson(0, 0), adjusted_wald_nps(0, 0, 0), mean_t(1, 5, 25)) == (None, None, None)


@pytest.mark.parametrize(
    ("freedom", "t"), [(1, 12.706), (5, 2.571), (10, 2.228), (11, 2.201), (30, 2.042), (120, 1.980), (1e6, 1.960)]
)
def test_students_t_is_the_tables(freedom: float, t: float) -> None:
    assert round(two_sided_95(OF_NUMBERS, freedom), 3) == t


def test_a_means_interval_is_students() -> None:
    interval = mean_t(5, 15, 55)

    assert interval is not None
    assert (round(interval.low, 4), round(interval.high, 4)) == (1.0368, 4.9632)


def test_two_shares_are_compared_pooled() -> None:
    p = two_proportions((60, 100), (45, 100))

    assert p is not None
    assert round(p, 4) == 0.0337


def test_two_scores_are_compared_by_their_own_spread() -> None:
    p = two_nps((50, 20, 100), (40, 30, 100))

    assert p is not None
    assert round(p, 4) == 0.0794


def test_two_means_are_compared_by_their_own_spread() -> None:
    p = two_means((100, 1000, 10_000 + 99 * 25), (100, 900, 8_100 + 99 * 25))

    assert p is not None
    assert round(p, 4) == round(math.erfc(1 / math.sqrt(0.5) / math.sqrt(2)), 4)


@pytest.mark.parametrize(("count", "low", "high"), [(1, 0.01, 5.56), (10, 4.79, 18.39), (100, 81.36, 121.63)])
def test_byars_interval_of_a_count_is_near_the_exact_one(count: int, low: float, high: float) -> None:
    interval = byar(count)

    assert interval is not None
    assert (round(interval.low, 2), round(interval.high, 2)) == (low, high)
    assert byar(0) is None


def test_a_fifth_fewer_of_twelve_thousand_is_beyond_chance_and_of_a_hundred_is_not() -> None:
    many, few = two_counts((9_600, 30), (12_000, 30)), two_counts((80, 30), (100, 30))

    assert many is not None
    assert many < 1e-50
    assert few is not None
    assert round(few, 4) == round(math.erfc(20 / math.sqrt(180) / math.sqrt(2)), 4) == 0.136


def test_counts_are_compared_by_the_time_they_took() -> None:
    assert two_counts((300, 30), (310, 31)) == 1.0
    assert two_counts((300, 30), (310, 0)) is None
    assert two_counts((0, 30), (0, 30)) is None


def test_no_difference_is_no_evidence() -> None:
    assert two_proportions((10, 10), (20, 20)) == 1.0


def test_a_side_without_data_cannot_be_compared() -> None:
    assert (two_proportions((1, 2), (0, 0)), two_nps((1, 0, 1), (0, 0, 0)), two_means((5, 5, 5), (1, 1, 1))) == (
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("n", "fraction", "rank"), [(1, 0.5, 1), (2, 0.5, 1), (3, 0.5, 2), (10, 0.9, 9), (100, 0.95, 95)]
)
def test_a_quantile_is_the_nearest_rank(n: int, fraction: float, rank: int) -> None:
    assert quantiles.nearest_rank(n, fraction) == rank


def test_a_quantile_of_few_values_has_no_interval() -> None:
    assert quantile_ranks(5, 0.5) is None
    assert quantile_ranks(100, 0.5) == (40, 61)


@given(st.lists(durations, min_size=1, max_size=200), st.sampled_from([0.5, 0.9, 0.95]))
def test_a_histograms_quantile_is_within_two_per_cent(values: list[float], fraction: float) -> None:
    merged = histogram.merge([([bins.bin_of(value)], [1]) for value in values])

    exact = quantiles.of_values(sorted(values), fraction)
    told = quantiles.of_histogram(*merged, fraction, whole=False)

    assert exact is not None
    assert told is not None
    assert abs(told.value / exact.value - 1) < 0.02


@given(st.lists(st.lists(st.integers(0, 10), max_size=30), max_size=8))
def test_whole_number_bins_merge_to_the_exact_quantile(parts: list[list[int]]) -> None:
    merged = histogram.merge([([*part], [1] * len(part)) for part in parts])

    told = quantiles.of_histogram(*merged, 0.5, whole=True)

    assert told == quantiles.of_values(sorted(value for part in parts for value in part), 0.5)


@given(
    st.sampled_from([5, 10**7]).flatmap(
        lambda widest: st.lists(
            st.dictionaries(st.integers(-widest, widest), st.integers(0, 10**6), max_size=20), max_size=8
        )
    )
)
def test_merged_histograms_count_what_their_parts_do(parts: list[dict[int, int]]) -> None:
    merged = histogram.merge([(list(part), list(part.values())) for part in parts])
    of_text = histogram.merge([(",".join(map(str, part)), ",".join(map(str, part.values()))) for part in parts if part])

    counted: Counter[int] = Counter()
    for part in parts:
        counted.update(part)
    for found in (merged, of_text):
        assert list(zip(*(each.tolist() for each in found), strict=True)) == sorted((+counted).items())


def test_zero_has_a_bin_of_its_own() -> None:
    assert bins.value_of(bins.bin_of(0.0)) == 0.0


def test_bins_are_two_per_cent_wide() -> None:
    edges = [math.exp(number * bins.LOG_WIDTH) for number in range(100)]

    assert np.allclose(np.divide(edges[1:], edges[:-1]), 1.02)


@given(st.lists(st.floats(allow_nan=False)))
def test_numbers_told_as_text_are_read_to_the_last_bit(numbers: list[float]) -> None:
    as_postgresql_writes = {math.inf: "Infinity", -math.inf: "-Infinity"}
    text = ",".join(as_postgresql_writes.get(number) or repr(number).removesuffix(".0") for number in numbers)

    assert floats_of(text or None).tolist() == numbers
