"""What service adds to a journey, and how alike its touchpoints do: the arithmetic."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.insights.experience.consistency import Link, chi_squared_tail, consistency
from apps.insights.experience.interplay import CELLS, Answers, interaction, of_service
from apps.insights.experience.pairs import Share
from apps.metrics.statistics.intervals import adjusted_wald_nps

CELL = dict.fromkeys(CELLS, Answers(50, 10, 100))


def link(key: str, good: int, of: int, weight: float = 25) -> Link:
    return Link(key, key, weight, Share(good, of))


def test_good_service_that_helps_a_bad_journey_alone_is_told_so() -> None:
    cells = {
        (True, True): Answers(60, 10, 100), (True, False): Answers(58, 10, 100),
        (False, True): Answers(30, 30, 100), (False, False): Answers(5, 70, 100),
    }  # fmt: skip
    bad, good, both = of_service(cells, journey=False), of_service(cells, journey=True), interaction(cells)

    assert bad is not None
    assert good is not None
    assert both is not None
    assert (bad.points, good.points, both.points) == pytest.approx((65, 2, -63))
    assert (bad.p_value < 0.001, good.p_value > 0.5, both.p_value < 0.001) == (True, True, True)
    assert bad.interval.low > 0 > both.interval.high
    assert good.interval.low < 0 < good.interval.high


def test_where_all_do_alike_there_is_no_effect() -> None:
    assert [effect and effect.points for effect in (of_service(CELL, journey=True), interaction(CELL))] == [0, 0]


def test_a_cell_of_few_answers_tells_no_effect() -> None:
    cells = {**CELL, (False, True): Answers(9, 0, 9)}

    assert (of_service(cells, journey=False), interaction(cells)) == (None, None)
    assert of_service(cells, journey=True) is not None


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 40))
def test_a_cells_error_is_that_of_its_interval(promoters: int, detractors: int, passives: int) -> None:
    answers = Answers(promoters, detractors, promoters + detractors + passives)
    known = adjusted_wald_nps(*answers)

    assert known is not None
    inside = known.low > -100 and known.high < 100
    assert not inside or (known.high - known.low) / 2 == pytest.approx(1.959964 * math.sqrt(answers.squared_error))


def test_alike_touchpoints_are_consistent_and_an_odd_one_is_the_weakest_link() -> None:
    alike = consistency([link("a", 80, 100), link("b", 80, 100), link("c", 80, 100)])
    odd = consistency([link("a", 80, 100), link("b", 20, 100), link("c", 80, 100), link("d", 1, 5)])

    assert alike is not None
    assert odd is not None
    assert alike.cv == pytest.approx(0)
    assert (alike.iqr, alike.p_value) == (0, 1.0)
    assert (odd.weakest.touchpoint, [each.touchpoint for each in odd.too_few]) == ("b", ["d"])
    assert odd.cv == pytest.approx(math.sqrt(0.08) / 0.6)
    assert odd.iqr == pytest.approx(0.6)
    assert odd.p_value is not None
    assert odd.weakest_p_value is not None
    assert max(odd.p_value, odd.weakest_p_value) < 0.001
    assert odd.interval is not None
    assert odd.interval.low < math.sqrt(0.08) / 0.6 < odd.interval.high


def test_what_weighs_nothing_does_not_count_unless_nothing_weighs_anything() -> None:
    weighed = consistency([link("a", 80, 100, 50), link("b", 10, 100, 0), link("c", 80, 100, 50)])
    unweighed = consistency([link("a", 80, 100, 0), link("b", 40, 100, 0)])

    assert weighed is not None
    assert unweighed is not None
    assert weighed.cv == pytest.approx(0)
    assert unweighed.mean == pytest.approx(0.6)


def test_one_touchpoint_agrees_with_itself_and_tells_nothing() -> None:
    assert consistency([link("a", 80, 100), link("b", 1, 9)]) is None


def test_nothing_good_anywhere_has_no_dispersion_to_speak_of() -> None:
    none = consistency([link("a", 0, 20), link("b", 0, 20)])

    assert none is not None
    assert (none.mean, none.cv, none.interval, none.p_value) == (0, None, None, None)


def test_the_tail_of_chi_squared_is_that_of_tables() -> None:
    # 5 % points of 1 to 6 and 30 degrees of freedom.
    points = {1: 3.841459, 2: 5.991465, 3: 7.814728, 4: 9.487729, 5: 11.070498, 6: 12.591587, 30: 43.772972}

    assert {each: round(chi_squared_tail(point, each), 6) for each, point in points.items()} == dict.fromkeys(
        points, 0.05
    )
