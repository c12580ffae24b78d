"""What was left out of a number is told, and so is whether a count changed by more than chance."""

from typing import Any

import pytest

from apps.metrics import selectors
from apps.metrics.definitions.vocabulary import DimensionKey
from apps.metrics.windows import Comparison, Window
from tests.metrics.april import APRIL, NOW, at, call

pytestmark = pytest.mark.django_db


def test_a_channel_that_is_not_covered_at_all_is_told_with_what_was_left_out(kept: Any) -> None:
    kept(
        [
            *(call(2, channel="PHONE") for _ in range(3)),
            *(call(2, channel="EMAIL", first_response_at=at(2, 13)) for _ in range(2)),
            *(call(2, channel="CHAT") for _ in range(4)),
        ]
    )

    def told(top: int) -> list[tuple[str | None, float | None, int, int | None]]:
        parts = selectors.metric_breakdown("FIRST_RESPONSE_TIME", APRIL, by=DimensionKey.CHANNEL, top=top, now=NOW)
        return [(part.key, part.metric.value, part.metric.sample_size, part.metric.excluded) for part in parts]

    assert told(10) == [("EMAIL", 3600.0, 2, 0), ("CHAT", None, 0, 4), ("PHONE", None, 0, 3)]
    assert told(2) == [("EMAIL", 3600.0, 2, 0), ("CHAT", None, 0, 4), (None, None, 0, 3)]


def test_rows_of_no_agent_that_were_left_out_are_told_as_well(kept: Any) -> None:
    kept([call(2, agent="kim"), call(2, talk_seconds=None)])

    parts = selectors.metric_breakdown("AHT", APRIL, by=DimensionKey.AGENT, now=NOW)

    assert [(part.kind, part.metric.sample_size, part.metric.excluded) for part in parts] == [
        ("VALUE", 1, 0),
        ("NONE", 0, 1),
    ]


def test_what_was_opened_again_is_counted_as_left_out(kept: Any) -> None:
    kept(
        [
            call(2, resolved_at=at(2, 13)),
            call(2, resolved_at=at(2, 13), reopened_at=[at(3)]),
            call(2, resolved_at=at(2, 13), resolved=False),
            call(2, resolved_at=at(4), reopened_at=[at(3)], resolved=True),
            call(2),
        ]
    )

    told = selectors.metric_value("RESOLUTION_TIME_FULL", APRIL, now=NOW)

    assert (told.numerator, told.sample_size, told.excluded) == (3_600 + 2 * 86_400, 2, 3)


def test_a_fifth_fewer_contacts_is_more_than_chance_where_they_are_many(kept: Any) -> None:
    kept([*(call(2, opened_at=at(2, month=3)) for _ in range(1_000)), *(call(2) for _ in range(800))])

    told = selectors.metric_value("VOLUME", APRIL, compare_to=Comparison.PREVIOUS_PERIOD, now=NOW)

    assert (told.value, told.delta, told.significant) == (800, -200, True)
    assert told.p_value == pytest.approx(5.84e-5, rel=0.001)  # 885.2 of 1,800 were to be expected of 30 days of 61
    assert told.interval is not None
    assert (told.interval.method, round(told.interval.low), round(told.interval.high)) == ("POISSON_BYAR", 746, 857)


def test_a_day_that_is_not_over_is_compared_by_the_hours_it_has_had(kept: Any) -> None:
    kept(
        [
            *(call(1, opened_at=at(1, hour)) for hour in range(24)),
            *(call(2, opened_at=at(2, hour)) for hour in range(6)),
        ]
    )

    told = selectors.metric_value(
        "VOLUME", Window(at(2, 0), at(3, 0)), compare_to=Comparison.PREVIOUS_PERIOD, now=at(2, 6)
    )

    assert (told.value, told.delta, told.p_value, told.provisional) == (6, -18, 1.0, True)
