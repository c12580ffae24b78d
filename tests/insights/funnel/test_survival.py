"""The product-limit estimate, by hand and against its definition told plainly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.insights.funnel.survival import quantile
from apps.metrics.statistics.bins import bin_of, value_of


def binned(ended: list[float], going_on: list[float]) -> dict[int, tuple[int, int]]:
    found: dict[int, tuple[int, int]] = {}
    for values, which in ((ended, 0), (going_on, 1)):
        for value in values:
            counts = list(found.get(bin_of(value), (0, 0)))
            counts[which] += 1
            found[bin_of(value)] = (counts[0], counts[1])
    return found


def test_without_anything_going_on_it_is_the_nearest_rank() -> None:
    assert quantile(binned([10, 20, 30, 40], []), 0.5) == pytest.approx(20, rel=0.01)
    assert quantile(binned([10, 20, 30, 40], []), 0.9) == pytest.approx(40, rel=0.01)


def test_what_goes_on_makes_it_longer() -> None:
    # By hand: 4/5 at 10; of three at risk 2/3 of that at 30, 8/15; and 4/15 at 40.
    assert quantile(binned([10, 30, 40], [20, 50]), 0.5) == pytest.approx(40, rel=0.01)


def test_where_too_many_go_on_nobody_can_tell() -> None:
    assert quantile(binned([10], [20, 20]), 0.5) is None
    assert quantile({}, 0.5) is None


@given(
    ended=st.lists(st.floats(0, 1e6), max_size=12),
    going_on=st.lists(st.floats(0, 1e6), max_size=12),
    fraction=st.sampled_from([0.5, 0.9]),
)
def test_it_is_the_product_over_all_that_ended(ended: list[float], going_on: list[float], fraction: float) -> None:
    rounded = [value_of(bin_of(value)) for value in ended]
    others = [value_of(bin_of(value)) for value in going_on]
    expected, left = None, 1.0
    for moment in sorted(set(rounded)):
        at_risk = sum(value >= moment for value in (*rounded, *others))
        left *= 1 - rounded.count(moment) / at_risk
        if left <= 1 - fraction + 1e-12:
            expected = moment
            break

    assert quantile(binned(ended, going_on), fraction) == expected
