"""Money over spans: cohorts that never mix, currencies at the rates of their days, and the rows behind all of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from apps.customers.models import Customer, ExchangeRate, Order
from apps.metrics import selectors
from apps.metrics.buckets import Grain
from apps.metrics.definitions.vocabulary import DimensionKey, Part, Statistic
from apps.metrics.drilldown import metric_records
from apps.metrics.heatmap import metric_heatmap
from apps.metrics.lifetime.fits import NOT_YET
from apps.metrics.lifetime.fitting import fit_lifetimes
from apps.metrics.models import CustomerValue
from apps.metrics.statistics.lifetime import model
from apps.metrics.windows import Comparison, Window
from cxplatform.errors import BadInput
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.metrics.rows import store

pytestmark = pytest.mark.django_db
MARCH = Window(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))
QUARTER = Window(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))
NOW = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture
def brand(acme: BrandRef) -> BrandRef:
    return replace(acme, time_zone="UTC")


def person(name: str, joined: str, churned: str | None = None, **more: str) -> dict[str, str | None]:
    return {"external_id": name, "joined_at": joined, "churned_at": churned, **more}


PEOPLE = [
    person("ana", "2025-12-01T00:00Z", "2026-01-15T00:00Z"),
    person("ben", "2025-12-01T00:00Z", country="DE"),
    person("cleo", "2026-01-10T00:00Z", "2026-03-10T00:00Z"),
    person("dan", "2026-02-10T00:00Z"),
    person("eve", "2025-12-01T00:00Z"),
]


def test_every_bucket_of_a_series_is_a_cohort_of_its_own(brand: BrandRef) -> None:
    with brand_tx(brand):
        store(PEOPLE)
        (group,) = selectors.metric_series("CHURN_RATE", QUARTER, grain=Grain.MONTH, now=NOW).groups
        whole = selectors.metric_value("CHURN_RATE", QUARTER, now=NOW)

    assert [(point.value, point.sample_size) for point in group.points] == [
        (pytest.approx(1 / 3), 3), (0, 3), (pytest.approx(1 / 4), 4),
    ]  # fmt: skip
    assert (whole.numerator, whole.denominator) == (1, 3)


def test_groups_filters_and_comparisons_are_of_the_same_people(brand: BrandRef) -> None:
    with brand_tx(brand):
        store(PEOPLE)
        for segment, names in (("VIP", ["ana", "ben"]), ("New", ["cleo", "dan"])):
            Customer.objects.filter(external_id__in=names).update(segment=segment)
        slices = selectors.metric_breakdown("CHURN_RATE", MARCH, by=DimensionKey.SEGMENT, now=NOW)
        germans = selectors.metric_value("CHURN_RATE", QUARTER, where=((DimensionKey.COUNTRY, ("DE",)),), now=NOW)
        held = selectors.metric_value("CHURN_RATE", MARCH, compare_to=Comparison.PREVIOUS_PERIOD, now=NOW)

    assert {part.key: (part.metric.numerator, part.metric.denominator) for part in slices} == {
        "New": (1, 2), "VIP": (0, 1), None: (0, 1),
    }  # fmt: skip
    assert (germans.numerator, germans.denominator) == (0, 1)
    assert held.previous is not None
    assert (held.value, held.previous.value, held.p_value) == (0.25, 0, pytest.approx(0.3496, abs=1e-3))


def test_the_rows_of_a_number_are_its_customers_page_by_page(brand: BrandRef) -> None:
    with brand_tx(brand):
        store([*PEOPLE, {"opened_at": "2026-03-02T09:00Z", "customer": "zoe"}])
        lost = metric_records("CHURN_RATE", MARCH, part=Part.NUMERATOR, now=NOW)
        stood = metric_records("CHURN_RATE", MARCH, part=Part.DENOMINATOR, now=NOW)
        left_out = metric_records("CHURN_RATE", MARCH, part=Part.EXCLUDED, now=NOW)
        first = stood.page(after=None, limit=3)
        second = stood.page(after=first[-1].position, limit=3)
        names = dict(Customer.objects.values_list("id", "external_id"))
        counts = (lost.count(), stood.count(), left_out.count())
        reasons = left_out.reasons()

        assert [names[row.id] for row in lost.page(after=None, limit=9)] == ["cleo"]
    assert sorted(names[row.id] for row in (*first, *second)) == ["ben", "cleo", "dan", "eve"]
    assert counts == (1, 4, 1)
    assert [count for _, count in reasons] == [1]


def test_money_is_worth_what_it_was_on_its_day_and_in_retention_at_the_start(brand: BrandRef) -> None:
    moments = [(datetime(2026, 1, 1, tzinfo=UTC), 2.0), (datetime(2026, 3, 10, tzinfo=UTC), 4.0)]
    with brand_tx(brand):
        for since, rate in moments:
            ExchangeRate.objects.create(currency="CHF", effective_from=since, rate=rate, created_at=since)
        swiss = {"customer": "ana", "currency": "CHF", "amount": 10}
        store(
            [
                {**swiss, "ordered_at": "2026-02-05T00:00Z", "kind": "RENEWAL"},
                {**swiss, "ordered_at": "2026-03-20T00:00Z", "kind": "RENEWAL"},
                {**swiss, "ordered_at": "2026-02-05T00:00Z", "customer": "ben", "currency": "JPY", "kind": "RENEWAL"},
            ]
        )
        worth = selectors.metric_value("CLV_HISTORIC", MARCH, now=NOW)
        net = selectors.metric_value("NET_REVENUE_RETENTION", MARCH, now=NOW)

    assert (worth.value, worth.sample_size, worth.excluded) == (60, 1, 1)
    assert worth.money is not None
    assert (net.numerator, net.denominator, net.excluded) == (20, 20, 1)


def test_nothing_is_told_by_the_hour_of_the_week_or_in_too_many_buckets(brand: BrandRef) -> None:
    with brand_tx(brand):
        with pytest.raises(BadInput):
            metric_heatmap("CHURN_RATE", MARCH, now=NOW)
        with pytest.raises(BadInput):
            selectors.metric_series("CHURN_RATE", QUARTER, grain=Grain.DAY, now=NOW)


def test_one_large_customer_makes_the_interval_wide(brand: BrandRef) -> None:
    many = [
        {"ordered_at": "2026-01-05T00:00Z", "customer": f"c{n}", "kind": "RENEWAL", "amount": 10_000 if n == 0 else 10}
        for n in range(40)
    ]
    with brand_tx(brand):
        store([*many, {"ordered_at": "2026-03-05T00:00Z", "customer": "c0", "kind": "CANCELLATION", "amount": 1}])
        gross, again = (selectors.metric_value("GROSS_REVENUE_RETENTION", MARCH, now=NOW) for _ in range(2))

    assert gross.value == pytest.approx(390 / 10_390)
    assert gross.interval is not None
    assert (gross.interval.low, gross.interval.high) == (pytest.approx(0.013, abs=0.01), 1.0)
    assert gross.interval == again.interval


def simulated_orders(count: int) -> list[Order]:
    """Orders of customers who buy every ten days or so, some of whom stop, over two years up to NOW."""
    rng = np.random.default_rng(5)
    people = Customer.objects.bulk_create([Customer(external_id=f"p{n}") for n in range(count)])
    orders = []
    for person_ in people:
        rate, leaves, spends = rng.gamma(0.8, 1 / 20), rng.beta(1.0, 4.0), 90 / rng.gamma(4.0, 1 / 3)
        moment = NOW - timedelta(days=float(rng.integers(60, 700)))
        while moment < NOW:
            orders.append(
                Order(
                    external_id=f"o{len(orders)}", customer=person_, ordered_at=moment, currency="USD",
                    amount=round(max(float(rng.gamma(6.0, spends / 6)), 0.01), 2),
                )
            )  # fmt: skip
            if rng.random() < leaves:
                break
            moment += timedelta(days=max(float(rng.exponential(1 / rate)), 1.0))
    return Order.objects.bulk_create(orders)


def test_customers_are_valued_by_models_fitted_to_their_orders(brand: BrandRef) -> None:
    with brand_tx(brand):
        simulated_orders(700)
        Customer.objects.filter(external_id="p1").update(churned_at=NOW - timedelta(days=1))
        fit = fit_lifetimes(now=NOW)
        ahead = selectors.metric_value("CLV_PREDICTED", MARCH, now=NOW)
        middle = selectors.metric_value("CLV_PREDICTED", MARCH, statistic=Statistic.MEDIAN, now=NOW)
        silent, dead = (
            selectors.metric_value("CHURN_RATE", MARCH, variant=v, now=NOW) for v in ("INACTIVE", "P_ALIVE")
        )
        values = list(CustomerValue.objects.values_list("p_alive", "value"))

    assert (fit.reason, fit.customers) == ("", 700)
    assert len(values) == 699
    assert ahead.as_of == NOW
    assert ahead.value is not None
    assert middle.value is not None
    assert 0 < middle.value < ahead.value
    assert all(0 <= alive <= 1 and value >= 0 for alive, value in values)
    assert 0 < (silent.value or 0) < 1
    assert 0 < (dead.value or 0) < 1


def test_too_few_customers_have_no_prediction_and_the_number_says_why(brand: BrandRef) -> None:
    with brand_tx(brand):
        before = selectors.metric_value("CLV_PREDICTED", MARCH, now=NOW)
        reason_before = before.unavailable_reason
        store([{"ordered_at": f"2026-02-0{n}T00:00Z", "customer": "ana"} for n in (1, 5, 8)])
        fit = fit_lifetimes(now=NOW)
        after = selectors.metric_value("CLV_PREDICTED", MARCH, now=NOW)

        assert (after.value, after.unavailable_reason) == (None, model.TOO_FEW)
    assert (before.value, reason_before) == (None, NOT_YET)
    assert (fit.usual_gap_days, fit.repeating) == (3.5, 1)
