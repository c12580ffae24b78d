"""Every worked example that a definition prints is what the engine answers, from the rows and from rollups."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from apps.interactions.calendars.timeline import EARLIEST
from apps.interactions.calendars.written import WeekdayOpening, Written
from apps.metrics import selectors
from apps.metrics.definitions.metric import Example, Metric
from apps.metrics.definitions.registry import METRICS
from apps.metrics.recompute import recompute_all
from apps.metrics.windows import Window
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.metrics.opened import opened
from tests.metrics.rows import store

MARCH = Window(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))
NOW = datetime(2026, 5, 1, tzinfo=UTC)
CASES = [
    pytest.param(metric, example, id=f"{metric.key}: {example.title}")
    for metric in METRICS.values()
    for example in metric.examples
]


def open_on_weekdays(hours: str) -> None:
    opens, _, closes = hours.partition("-")
    week = tuple(WeekdayOpening(opens, closes, weekday) for weekday in range(1, 6))
    opened("default", [(EARLIEST, Written("UTC", week, (), ()))], now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("made", [False, True], ids=["from rows", "from rollups"])
@pytest.mark.parametrize(("metric", "example"), CASES)
def test_the_engine_answers_what_the_definition_says(
    acme: BrandRef, metric: Metric, example: Example, made: bool
) -> None:
    brand = replace(acme, time_zone="UTC")
    with brand_tx(brand):
        if example.open_hours is not None:
            open_on_weekdays(example.open_hours)
        store(example.rows)
    if made:
        recompute_all(brand, now=NOW)

    with brand_tx(brand, read_only=True):
        answers = {
            variant.key: selectors.metric_value(metric.key, MARCH, variant=variant.key, now=NOW)
            for variant in metric.variants
        }

    assert {key: (a.numerator, a.denominator, a.sample_size) for key, a in answers.items()} == {
        key: (a.numerator, a.denominator, a.n) for key, a in example.answers.items()
    }
    assert {key: answer.value for key, answer in answers.items()} == {
        key: pytest.approx(answer.value) if answer.value is not None else None
        for key, answer in example.answers.items()
    }
    assert all(answer.provisional is False for answer in answers.values())
