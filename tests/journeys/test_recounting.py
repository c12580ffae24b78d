"""Publishing marks nothing itself: the days on which something happened there are found soon after, in steps."""

from datetime import UTC, datetime

import pytest

from apps.accounts.permissions import Role
from apps.journeys import recounting
from cxplatform.dirty.models import DirtyMark
from cxplatform.imports.kinds import kind_named
from cxplatform.imports.upserts import upsert
from cxplatform.jobs.models import Job
from cxplatform.jobs.runner import run_one
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import MakeAsker, asker
from tests.journeys.mapped import at, department, journey, published, stage

__all__ = ["asker"]

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 1, tzinfo=UTC)
# At four in the morning of UTC it is the day before in New York.
HAPPENED = {
    "checkout": ("2026-01-31T12:00Z", "2026-03-02T04:00Z", "2026-03-02T04:30Z", "2026-03-05T12:00Z"),
    "returns": ("2026-03-02T03:00Z", "2026-03-09T05:00Z"),
    "elsewhere": ("2026-03-07T12:00Z",),
}


def marked(topic: str) -> list[str]:
    return [f"{day}" for day in DirtyMark.objects.filter(topic=topic).order_by("id").values_list("day", flat=True)]


def test_days_with_events_at_its_touchpoints_are_marked_in_bounded_steps(
    asker: MakeAsker, acme: BrandRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recounting, "DAYS_A_STEP", 2)
    admin, seen = asker(Role.BRAND_ADMIN), []
    department(admin)
    rows = [(touchpoint, each) for touchpoint, moments in HAPPENED.items() for each in moments]
    with brand_tx(acme):
        told = [
            {"external_id": f"{row}", "customer": "ann", "touchpoint": row[0], "occurred_at": row[1]} for row in rows
        ]
        upsert(kind_named("touchpoint-events"), told, now=NOW)
        DirtyMark.objects.all().delete()
    since = "2026-02-01T00:00:00+00:00"
    published(admin, journey(admin), [stage("PURCHASE", at("checkout")), stage("SUPPORT", at("returns"))], since)
    with brand_tx(acme):
        (waiting,) = Job.objects.filter(kind=recounting.JOB_KIND)
        assert not DirtyMark.objects.exists()

    def look() -> None:
        with brand_tx(acme):
            seen.append(len(marked("promise")))

    run_one(acme, waiting.pk, after_step=look)

    with brand_tx(acme):
        days = ["2026-03-01", "2026-03-05", "2026-03-09"]
        assert (marked("promise"), marked("touchpoint_event")) == (days, days)
    assert seen == [2]
