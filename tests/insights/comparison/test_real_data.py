"""The three service levels that one month of a real call centre has, and what a vendor's own export comes to."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from apps.insights.comparison.comparing import compare_definitions
from apps.metrics.windows import Window
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, sql
from tests.insights.comparison.test_cases import whys
from tests.interactions.adapters.exports import REAL, adapted, with_real_exports
from tests.metrics.bank import FILE, store_calls
from tests.metrics.rows import store

pytestmark = pytest.mark.django_db
AUGUST = Window(datetime(2010, 8, 1, tzinfo=UTC), datetime(2010, 9, 1, tzinfo=UTC))
NOW = datetime(2022, 1, 1, tzinfo=UTC)


@pytest.fixture
def bank(acme: BrandRef) -> Iterator[BrandRef]:
    # As long as a busy machine may need to store them all.
    with brand_tx(replace(acme, time_zone="UTC"), statement_timeout_ms=60_000) as brand:
        store_calls()
        # Rows that are not committed are not analyzed: PostgreSQL goes by a few of other tests, and may loop for long.
        with sql() as cursor:
            cursor.execute("SET LOCAL enable_nestloop = off")
        yield brand


@pytest.mark.skipif(not FILE.exists(), reason=f"the data set {FILE.name} is not on this machine")
def test_one_month_has_three_service_levels_and_each_difference_is_counted(bank: BrandRef) -> None:
    found = compare_definitions("SERVICE_LEVEL", AUGUST, now=NOW)
    handled = compare_definitions("HANDLE_TIME", AUGUST, now=NOW)
    resolved = compare_definitions("FIRST_CONTACT_RESOLUTION", AUGUST, now=NOW)

    told = {each.rule.key: each for each in found.others}
    assert round(100 * (found.ours.value or 0), 2) == 40.96
    assert {key: round(100 * (each.told.value or 0), 2) for key, each in told.items()} == {
        "GENESYS": 40.96,
        "GENESYS_FLOW_OUTS_IN": 40.96,
        "GENESYS_SHORT_OUT": 41.34,
        "GENESYS_ABANDONS_OUT": 50.50,
        "CXENGAGE": 43.24,
    }
    assert whys(told["GENESYS_SHORT_OUT"].difference) == [
        ("BELOW", "LEFT_OUT", "It was abandoned within 5 s: a short abandon.", 351)
    ]
    assert whys(told["GENESYS_ABANDONS_OUT"].difference) == [("BELOW", "LEFT_OUT", "It was abandoned.", 7_309)]
    assert (handled.ours.numerator, handled.ours.sample_size) == (5_790_452, 31_277)
    assert (resolved.ours.numerator, resolved.ours.sample_size) == (3_278, 4_913)


@with_real_exports
def test_a_ticket_of_zendesks_own_export_counts_where_it_was_closed_by_zammad_alone(acme: BrandRef) -> None:
    rows = adapted(acme, "zendesk", REAL / "zendesk").rows("interactions")
    names = ("opened_at", "channel", "external_id", "resolved_at", "closed_at")
    autumn = Window(datetime(2020, 9, 1, tzinfo=UTC), datetime(2020, 12, 1, tzinfo=UTC))
    with brand_tx(replace(acme, time_zone="UTC")):
        store([{name: row[name] for name in names if row.get(name) is not None} for row in rows])
        found = {
            each.rule.key: each for each in compare_definitions("FIRST_CONTACT_RESOLUTION", autumn, now=NOW).others
        }

    # Of eight tickets one was opened in the window, and is open; another was closed in it, after eleven weeks.
    zendesk, zammad = found["ZENDESK_ONE_TOUCH"].told, found["ZAMMAD_FIRST_SOLUTION"]
    assert [(each.reason, each.count) for each in zendesk.left_out] == [
        ("It does not lie in the window, by the moment that our metric goes by.", 1),
        ("It is neither solved nor closed.", 1),
    ]
    assert (zammad.told.numerator, zammad.told.denominator) == (0, 1)
    assert whys(zammad.difference) == [
        ("LEFT_OUT", "BELOW", "It does not lie in the window, by the moment that our metric goes by.", 1)
    ]
