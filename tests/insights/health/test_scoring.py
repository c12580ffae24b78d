"""A score of health and its parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.insights.health.scoring import WEIGHTS, Health, Known, health_of

KNOWN = Known(contacts=3)
COUNTS = st.integers(0, 40)


def cost_of(known: Known, key: str) -> tuple[float | None, float]:
    (part,) = [part for part in health_of(known).parts if part.key == key]
    return part.value, part.cost


@pytest.mark.parametrize(
    ("known", "key", "value", "cost"),
    [
        (Known(answers=4, low_answers=1), "LOW_SCORES", 0.25, 6.2),
        (Known(answers=4, low_answers=4), "LOW_SCORES", 1.0, 25.0),
        (Known(), "LOW_SCORES", None, 0.0),
        (Known(contacts=9, repeated=2), "REPEAT_CONTACTS", 2.0, 10.0),
        (Known(contacts=9, repeated=7), "REPEAT_CONTACTS", 7.0, 20.0),
        (Known(events=9, hitches=2, failures=1), "FAILED_TOUCHPOINTS", 3.0, 9.0),
        (Known(contacts=1, broken_slas=2), "BROKEN_SLAS", 2.0, 10.0),
        (Known(p_alive=0.2), "LEAVING", 0.2, 20.0),
        (Known(), "LEAVING", None, 0.0),
        (Known(silent_days=90), "SILENCE", 90.0, 0.0),
        (Known(silent_days=135), "SILENCE", 135.0, 7.5),
        (Known(silent_days=180), "SILENCE", 180.0, 15.0),
        (Known(churned=True), "CHURNED", 1.0, 100.0),
    ],
)
def test_each_part_tells_what_was_found_and_what_it_takes_away(
    known: Known, key: str, value: float | None, cost: float
) -> None:
    assert cost_of(known, key) == (value, cost)


def test_of_whom_nothing_bad_is_known_the_score_is_full() -> None:
    health = health_of(KNOWN)

    assert (health.score, health.band, health.reason) == (100.0, "GOOD", None)


@pytest.mark.parametrize(
    ("p_alive", "silent", "score", "band"),
    [(0.2, 90, 80.0, "GOOD"), (0.19, 90, 79.8, "FAIR"), (0.0, 180, 60.0, "FAIR"), (0.0, 179, 60.2, "FAIR")],
)
def test_bands_begin_at_their_least_score(p_alive: float, silent: float, score: float, band: str) -> None:
    health = health_of(Known(p_alive=p_alive, silent_days=silent))

    assert (health.score, health.band) == (score, band)


def test_of_whom_too_little_is_known_there_is_no_score_but_its_parts() -> None:
    health = health_of(Known(contacts=1, events=1, repeated=1))

    assert (health.score, health.band, health.reason) == (None, None, "TOO_LITTLE_KNOWN")
    assert len(health.parts) == len(WEIGHTS)


def test_who_has_left_has_no_health_left_however_little_is_known() -> None:
    health = health_of(Known(churned=True))

    assert (health.score, health.band) == (0.0, "BAD")


@given(
    st.builds(
        Known, answers=COUNTS, low_answers=COUNTS, contacts=COUNTS, repeated=COUNTS, events=COUNTS, hitches=COUNTS,
        failures=COUNTS, broken_slas=COUNTS, p_alive=st.none() | st.floats(0, 1),
        silent_days=st.none() | st.floats(0, 180), churned=st.booleans(),
    )
)  # fmt: skip
def test_a_score_is_what_its_parts_leave_of_a_hundred(known: Known) -> None:
    health: Health = health_of(known)

    assert {part.key: part.weight for part in health.parts} == WEIGHTS
    assert all(0 <= part.cost <= part.weight for part in health.parts)
    if health.score is not None:
        assert health.score == pytest.approx(max(0.0, 100 - sum(part.cost for part in health.parts)))
