"""A miss is as narrow as its own clock says: a night does not widen one that counts open time."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from apps.interactions.calendars.timeline import EARLIEST
from apps.interactions.calendars.written import WeekdayOpening, Written
from apps.interactions.models import SlaInstance, SlaPolicyVersion
from apps.metrics import selectors
from apps.metrics.windows import Window
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.metrics.opened import opened
from tests.metrics.rows import store

pytestmark = pytest.mark.django_db
MARCH = Window(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))
NOW = datetime(2026, 5, 1, tzinfo=UTC)
WEEK = tuple(WeekdayOpening("09:00", "17:00", weekday) for weekday in range(1, 6))


def test_due_on_friday_evening_and_ended_on_monday_morning_is_a_narrow_miss(acme: BrandRef) -> None:
    # Friday to Monday: five, six and seven minutes of open time late, of an hour; and one that still runs.
    ends = ["2026-03-09T09:05Z", "2026-03-09T09:06Z", "2026-03-09T09:07Z", None]
    with brand_tx(replace(acme, time_zone="UTC")):
        calendar = opened("office", [(EARLIEST, Written("UTC", WEEK, (), ()))], now=NOW)
        due = {"opened_at": "2026-03-06T16:00Z", "promised": "FIRST_REPLY", "due_at": "2026-03-06T17:00Z"}
        store([{**due, "ended_at": end} for end in ends])
        SlaPolicyVersion.objects.update(calendar=calendar)
        by_wall = selectors.metric_value("SLA_COMPLIANCE", MARCH, variant="NARROWLY_BROKEN", now=NOW)
        SlaInstance.objects.update(business=True)
        by_office = selectors.metric_value("SLA_COMPLIANCE", MARCH, variant="NARROWLY_BROKEN", now=NOW)

    assert (by_wall.numerator, by_wall.denominator, by_wall.excluded) == (0, 3, 1)
    assert (by_office.numerator, by_office.denominator, by_office.excluded) == (2, 3, 1)
