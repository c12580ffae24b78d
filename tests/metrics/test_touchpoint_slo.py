"""TOUCHPOINT_SLO by the versions that were in force: cut, drilled down to, and counted anew when one is published."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from apps.accounts.permissions import Role
from apps.metrics.recompute import recompute_all
from cxplatform.dirty.models import DirtyMark
from cxplatform.jobs.runner import run_due
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, asker
from tests.journeys.mapped import at, department, journey, published, stage
from tests.journeys.stages import stored
from tests.journeys.stages.stored import went

__all__ = ["asker"]

pytestmark = pytest.mark.django_db

MARCH = 'window: {from: "2026-03-01T00:00:00-05:00", to: "2026-04-01T00:00:00-04:00"}'
NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def admin(asker: MakeAsker, acme: BrandRef) -> Asker:
    """The checkout may take a second until the tenth day, and half of one from then on; nothing is asked of the ad."""
    with brand_tx(acme):
        stored.published({"look": ("ad",), "buy": ("checkout",)}, until=10, slo={"checkout": 1_000})
        stored.published({"look": ("ad",), "pay": ("checkout",)}, since=10, slo={"checkout": 500}, owner="it")
        for number, (touchpoint, days, duration_ms) in enumerate(
            [("checkout", 1, 700), ("checkout", 11, 700), ("checkout", 12, 400), ("checkout", 13, None), ("ad", 2, 5)]
        ):
            went(touchpoint, days, duration_ms=duration_ms, external_id=str(number))
    recompute_all(acme, now=NOW)
    return asker(Role.BRAND_ADMIN)


def value(admin: Asker) -> tuple[Any, ...]:
    told = admin.data(
        f"{{ metric(key: TOUCHPOINT_SLO, {MARCH}) {{ value numerator denominator sampleSize interval {{ method }} }} }}"
    )["metric"]
    return told["numerator"], told["denominator"], told["sampleSize"], told["interval"] and told["interval"]["method"]


def groups(admin: Asker, by: str) -> dict[str | None, Any]:
    query = (
        f"{{ metricBreakdown(key: TOUCHPOINT_SLO, {MARCH}, groupBy: {by}) {{ key metric {{ value sampleSize }} }} }}"
    )
    found = admin.data(query)["metricBreakdown"]
    return {each["key"]: each["metric"]["value"] for each in found if each["metric"]["sampleSize"]}


def test_each_event_is_held_to_the_level_of_its_instant(admin: Asker) -> None:
    assert value(admin) == (2, 3, 3, "WILSON")
    assert groups(admin, "TOUCHPOINT") == {"checkout": pytest.approx(2 / 3)}
    assert groups(admin, "STAGE") == {"buy": 1.0, "pay": 0.5}
    assert groups(admin, "DEPARTMENT") == {"shop": 1.0, "it": 0.5}
    assert groups(admin, "SEGMENT") == {None: pytest.approx(2 / 3)}


def test_its_rows_are_touchpoint_events_and_what_is_left_out_says_why(admin: Asker) -> None:
    query = f"""query($part: MetricPart!) {{ metricRecords(key: TOUCHPOINT_SLO, {MARCH}, part: $part) {{
      totalCount edges {{ exclusionReason node {{ ... on TouchpointEvent {{ externalId }} }} }} }} }}"""

    told = {part: admin.data(query, {"part": part})["metricRecords"] for part in ("NUMERATOR", "EXCLUDED")}

    assert [edge["node"]["externalId"] for edge in told["NUMERATOR"]["edges"]] == ["2", "0"]
    assert [(edge["node"]["externalId"], edge["exclusionReason"]) for edge in told["EXCLUDED"]["edges"]] == [
        ("3", "How long it took is not known."),
        ("4", "No journey in force then had a service level for the touchpoint."),
    ]


def test_a_first_version_from_the_past_on_counts_the_days_since_then_anew(asker: MakeAsker, acme: BrandRef) -> None:
    admin = asker(Role.BRAND_ADMIN)
    department(admin)
    with brand_tx(acme):
        went("checkout", -1, duration_ms=700)
        went("checkout", 1, duration_ms=700)
        went("checkout", 3, duration_ms=700)
    recompute_all(acme, now=NOW)
    assert value(admin) == (0, 0, 0, None)

    held = at("checkout", serviceLevel={"milliseconds": 1_000, "share": 0.9})
    published(admin, journey(admin), [stage("PURCHASE", held)], since="2026-03-03T00:00:00-05:00")
    run_due(acme)

    with brand_tx(acme):
        days = DirtyMark.objects.filter(topic="touchpoint_event").values_list("day", flat=True)
        assert sorted(days) == [date(2026, 3, 3), date(2026, 3, 5)]
    recompute_all(acme, now=NOW)
    assert value(admin) == (2, 2, 2, "WILSON")
