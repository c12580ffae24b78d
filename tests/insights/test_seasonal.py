"""Surges: what is one, what is none, and how often chance is taken for one."""

from apps.insights.surges.seasonal import THRESHOLD, Hour, judge
from tests.insights.false_alarms import rate

USUAL = [Hour(100, [96, 104, 100, 92, 108, 99, 101, 100])] * 20


def test_an_hour_like_any_other_is_no_surge() -> None:
    assert all(abs(judged.z) < 1 for judged in judge(USUAL))


def test_twice_as_many_as_usual_is_one() -> None:
    (*_, last) = judge([*USUAL, Hour(200, [96, 104, 100, 92, 108, 99, 101, 100])])

    assert (last.expected, last.z > THRESHOLD) == (100, True)


def test_a_surge_among_its_like_does_not_hide_the_next_one() -> None:
    (*_, last) = judge([*USUAL, Hour(200, [96, 104, 400, 92, 108, 99, 380, 100])])

    assert last.expected == 102
    assert last.z > THRESHOLD


def test_what_spreads_widely_anyhow_needs_more() -> None:
    wild = [Hour(100, [40, 160, 70, 130, 100, 30, 170, 100])] * 20

    assert judge([*wild, Hour(160, wild[0].like)])[-1].z < THRESHOLD < judge([*USUAL, Hour(160, USUAL[0].like)])[-1].z


def test_an_hour_in_which_nobody_ever_came_is_one_when_a_dozen_do() -> None:
    assert judge([*USUAL, Hour(1, [0] * 8)])[-1].z < THRESHOLD < judge([*USUAL, Hour(12, [0] * 8)])[-1].z


def test_chance_alone_is_seldom_taken_for_a_surge() -> None:
    for mean, dispersion in ((2, 1), (10, 1), (50, 1), (50, 2), (500, 4)):
        alarms, hours = rate(mean, dispersion, 40)
        assert alarms / hours < 1 / 500
