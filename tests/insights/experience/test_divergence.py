"""Where sides put customers and groups, and how often chance alone is accused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.insights.experience.divergence import Counted, diverging
from apps.insights.experience.pairs import Pairs, Share
from apps.insights.experience.quality import Evidence, Quadrant, Quality, chance, is_sure, quadrant, quality
from tests.insights.experience.false_alarms import RICH, THIN, USUAL, brands, customers

SIDES = st.builds(Quality, st.floats(-3, 3), st.floats(0.1, 1))
NO_PAIRS = Pairs(0, 0, 0, 0)


def group(service: Share, experience: Share, pairs: Pairs = NO_PAIRS) -> Counted:
    return Counted("", "", service, experience, pairs)


def test_every_signal_of_a_side_counts_alike_however_much_there_is_of_it() -> None:
    told = quality([Evidence("NPS", 1, -2.0), Evidence("OUTCOME", 4, 1.0)])

    assert told == Quality(-0.5, (1 + 1 / 4) ** 0.5 / 2)
    assert quality([]) is None


@pytest.mark.parametrize(
    ("service", "experience", "expected"),
    [
        (1.0, 1.0, Quadrant.BOTH_GOOD), (1.0, -1.0, Quadrant.BLIND_SPOT), (-1.0, 1.0, Quadrant.SERVICE_DRAG),
        (-1.0, -1.0, Quadrant.BOTH_BAD), (0.2, -2.0, Quadrant.UNCLEAR), (2.0, -0.2, Quadrant.UNCLEAR),
    ],
)  # fmt: skip
def test_the_four_quadrants_and_the_edge_between_them(service: float, experience: float, expected: Quadrant) -> None:
    assert quadrant(Quality(service, 1), Quality(experience, 1)) is expected


@given(SIDES, SIDES)
def test_beyond_chance_is_what_chance_explains_in_one_of_twenty_at_most(service: Quality, experience: Quality) -> None:
    assert is_sure(service, experience) == (chance(service, experience) <= 0.05)
    assert chance(service, experience) == chance(experience, service)


def test_the_same_peoples_answers_are_compared_where_enough_gave_both() -> None:
    few, many = Pairs(10, 9, 0, 10), Pairs(60, 30, 4, 6)

    (unpaired,) = diverging([group(Share(80, 100), Share(50, 100), few)])
    (paired,) = diverging([group(Share(900, 1_000), Share(500, 1_000), many)])

    assert not unpaired.paired
    assert unpaired.delta == pytest.approx(0.3)
    assert paired.paired
    assert paired.delta == pytest.approx(0.26)
    assert (paired.quadrant, paired.is_found) == (Quadrant.BLIND_SPOT, True)


def test_too_few_are_told_but_not_judged_and_cost_the_others_nothing() -> None:
    clear = group(Share(90, 100), Share(60, 100))

    few, alone = diverging([group(Share(9, 10), Share(2, 10)), clear])[0], diverging([clear])[0]
    beside = diverging([group(Share(9, 10), Share(2, 10)), clear])[1]

    assert (few.p_value, few.quadrant, few.is_found) == (None, None, False)
    assert few.delta == pytest.approx(0.7)
    assert beside.p_value == alone.p_value


def test_nobody_at_all_is_no_divergence() -> None:
    (told,) = diverging([group(Share(0, 0), Share(0, 0))])

    assert (told.delta, told.interval, told.p_value, told.significant, told.is_found) == (None, None, None, None, False)


def test_a_large_difference_on_one_side_of_the_bar_is_no_blind_spot() -> None:
    (told,) = diverging([group(Share(990, 1_000), Share(800, 1_000))])

    assert (told.significant, told.quadrant, told.is_found) == (True, Quadrant.BOTH_GOOD, False)


@pytest.mark.parametrize("there", [THIN, USUAL, RICH])
def test_of_customers_whose_sides_agree_few_are_accused_by_chance(there: dict[str, int]) -> None:
    found = customers(0.5, there, 4_000)

    assert found.sure <= 0.002 * found.customers


def test_of_brands_whose_sides_agree_one_in_twenty_is_accused_at_most() -> None:
    # At the bar itself, where it happens most; three standard deviations above 5 % of 300.
    assert brands(0.75, 200, 300) <= 26
    assert brands(0.9, 200, 100) == 0
