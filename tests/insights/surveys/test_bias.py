"""Whether those who answer are like those who do not: worked by hand, and as laws that hold for all numbers."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.insights.surveys.bias import Asked, chi_square_tail, fisher, independence, raked, standardized, traits_of


def asked(number: int, *scores: float, **traits: str) -> Asked:
    return Asked(traits, number, scores)


def test_shares_are_held_against_each_other_in_units_of_their_spread() -> None:
    # 60 of 100 against 40 of 100: 0.2 / sqrt((0.24 + 0.24) / 2)
    assert standardized((60, 40), (100, 100)) == pytest.approx(0.2 / math.sqrt(0.24))
    assert (standardized((0, 3), (0, 9)), standardized((5, 5), (5, 5))) == (None, 0.0)


def test_fishers_tea_is_as_likely_as_he_says() -> None:
    # Three of four cups told right: 34 of 70 as extreme, both ways.
    assert fisher((3, 1), (1, 3)) == pytest.approx(34 / 70)


@pytest.mark.parametrize(("value", "freedom", "tail"), [(5.991465, 2, 0.05), (7.814728, 3, 0.05), (3.841459, 1, 0.05)])
def test_the_tail_of_chi_square_is_that_of_the_tables(value: float, freedom: int, tail: float) -> None:
    assert chi_square_tail(value, freedom) == pytest.approx(tail, abs=1e-7)


def test_three_values_are_held_against_by_pearsons_test_unless_too_few_are_expected() -> None:
    # Expected 20 everywhere: 2 x (10^2 + 10^2) / 20 = 20 on two degrees of freedom, so exp(-10).
    assert independence([(30, 10), (20, 20), (10, 30)]) == pytest.approx(math.exp(-10))
    assert independence([(3, 1), (2, 2), (1, 3)]) is None
    assert independence([(9, 9)]) is None


def test_p_values_are_adjusted_by_how_many_traits_are_looked_at() -> None:
    groups = [
        asked(40, *[1.0] * 30, segment="gold", country="DE"),
        asked(40, *[1.0] * 10, segment="tin", country="DE"),
        asked(2, 1.0, segment="tin", country="AT"),
    ]

    segment, country = traits_of(groups)

    assert segment.p_value is not None
    assert country.p_value is not None
    assert segment.adjusted == pytest.approx(2 * segment.p_value)
    assert (segment.differs, country.differs) == (True, False)
    assert [(value.value, value.answered, value.silent) for value in segment.values] == [
        ("tin", 11, 31),
        ("gold", 30, 10),
    ]


def test_answers_are_weighed_as_if_all_had_answered_alike() -> None:
    # Half of those asked are gold, four fifths of those who answered: 0.5 x 10 + 0.5 x 5.
    groups = [asked(50, *[10.0] * 20, segment="gold"), asked(50, *[5.0] * 5, segment="tin")]

    weighted = raked(groups, ["segment"])

    assert weighted.value == pytest.approx(7.5)
    # Weights 0.625 and 2.5: (12.5 + 12.5)^2 / (20 x 0.390625 + 5 x 6.25)
    assert weighted.effective == pytest.approx(625 / 39.0625)


def test_too_few_answers_to_stand_for_others_are_no_number_but_a_reason() -> None:
    weighted = raked([asked(50, *[9.0] * 20, segment="gold"), asked(50, *[1.0] * 4, segment="tin")], ["segment"])

    assert (weighted.value, weighted.reason) == (None, "Fewer than 5 answers where segment is tin.")


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(5, 30), st.floats(0, 10)), min_size=1, max_size=9))
def test_raked_shares_are_those_of_all_and_a_score_all_give_stays(drawn: list[tuple[int, int, float]]) -> None:
    groups = [
        asked(more + count, *[score] * count, one=str(place % 2), two=str(place % 3))
        for place, (more, count, score) in enumerate(drawn)
    ]
    level = [Asked(group.traits, group.asked, tuple(7.0 for _ in group.scores)) for group in groups]

    weighted, flat = raked(groups, ["one", "two"]), raked(level, ["one", "two"])

    if weighted.value is not None:
        given_scores = [score for group in groups for score in group.scores]
        assert min(given_scores) - 1e-6 <= weighted.value <= max(given_scores) + 1e-6
        assert flat.value == pytest.approx(7.0)
        assert weighted.effective is not None
        assert weighted.effective <= len(given_scores) + 1e-6
