"""Numbers that are asked for together are those that are told of each alone, in fewer statements."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from apps.customers.models import MoneyTerms
from apps.customers.terms import ONLY
from apps.metrics import selectors
from apps.metrics.definitions.registry import METRICS
from apps.metrics.definitions.vocabulary import DimensionKey
from apps.metrics.filters import EVERYTHING, Where
from apps.metrics.recompute import recompute_all
from apps.metrics.windows import Comparison, Window
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.metrics.april import APRIL, NOW, WEEK, answers, at, call
from tests.metrics.rows import store

pytestmark = pytest.mark.django_db
TO_MAY = Window(at(20, month=3), at(12, hour=7, month=5))
IN_QUEUE: Where = ((DimensionKey.QUEUE, ("a", "b")),)
ORDERS = [
    {"ordered_at": "2026-01-05T00:00Z", "customer": name, "kind": "RENEWAL", "amount": 100} for name in ("ana", "ben")
]


@pytest.mark.parametrize("window", [APRIL, WEEK, TO_MAY])
@pytest.mark.parametrize("where", [EVERYTHING, IN_QUEUE])
def test_each_number_is_what_it_is_alone(kept: Any, window: Window, where: Where) -> None:
    calls = [call(day, queue=queue) for day in (2, 8, 8, 21, 30) for queue in ("a", "b", None)]
    kept([*calls, *answers("kim", [1, 5, 5, 4, 2]), *ORDERS])
    dimensions = {key for key, _ in where}
    keys = [key for key, metric in METRICS.items() if all(map(metric.fact.dimension, dimensions))]
    asked: dict[str, Any] = {"now": NOW, "where": where, "compare_to": Comparison.PREVIOUS_PERIOD}

    together = selectors.metric_values(keys, window, **asked)

    assert together == tuple(selectors.metric_value(key, window, **asked) for key in keys)
    assert any(each.value for each in together)


def test_of_no_metrics_there_is_nothing(acme: BrandRef, django_assert_num_queries: Any) -> None:
    with brand_tx(acme), django_assert_num_queries(0):
        assert selectors.metric_values([], APRIL, now=NOW, compare_to=Comparison.PREVIOUS_PERIOD) == ()


def test_facts_of_the_same_days_are_read_by_one_select(acme: BrandRef, django_assert_num_queries: Any) -> None:
    brand = replace(acme, time_zone="UTC")
    recompute_all(brand, now=NOW)
    with brand_tx(brand):
        with django_assert_num_queries(2):
            selectors.metric_values(["AHT", "CSAT", "NPS", "FCR_REPEAT", "SLA_COMPLIANCE"], APRIL, now=NOW)
        with django_assert_num_queries(2):
            selectors.metric_values(["AHT", "REPEAT_CONTACT_RATE"], APRIL, now=NOW, where=IN_QUEUE)


def historic() -> float | None:
    spent = Window(datetime(2026, 1, 1, tzinfo=UTC), at(1))
    return selectors.metric_value("CLV_HISTORIC", spent, now=NOW).value


def test_terms_are_read_once_for_a_field_and_anew_for_the_next(acme: BrandRef, django_assert_num_queries: Any) -> None:
    with brand_tx(acme):
        store(ORDERS)
        with django_assert_num_queries(4):
            selectors.metric_values(["CHURN_RATE", "CLV_HISTORIC", "CLV_PREDICTED", "RETENTION_RATE"], APRIL, now=NOW)
        before = historic()
        MoneyTerms.objects.create(
            id=ONLY, gross_margin=0.25, monthly_discount=0.01, inactive_after_gaps=3.0, least_p_alive=0.2
        )

        after = historic()

    assert (before, after) == (100, 25)


def test_terms_are_those_of_the_brand_alone(acme: BrandRef, globex: BrandRef) -> None:
    with brand_tx(acme):
        store(ORDERS)
        MoneyTerms.objects.create(
            id=ONLY, gross_margin=0.25, monthly_discount=0.01, inactive_after_gaps=3.0, least_p_alive=0.2
        )
        ours = historic()
    with brand_tx(globex):
        store([order | {"currency": "EUR"} for order in ORDERS])
        theirs = historic()

    assert (ours, theirs) == (25, 100)
