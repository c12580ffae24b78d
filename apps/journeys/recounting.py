"""Have made anew what hangs on where touchpoints stand: in the background, some days at a time."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Min, OuterRef, Subquery

from apps.journeys.ledger.marks import TOPIC
from apps.journeys.models import Touchpoint, TouchpointEvent
from apps.journeys.spans import EVENTS_TOPIC
from cxplatform.dirty.marks import mark
from cxplatform.jobs.commands import enqueue
from cxplatform.jobs.lease import Lease
from cxplatform.jobs.models import Job
from cxplatform.jobs.tasks import run_jobs
from cxplatform.tenancy.doors import current_brand

JOB_KIND: Final = "recount-touchpoints"
# Each is a look into the index for every touchpoint, whatever happened that day.
DAYS_A_STEP: Final = 200


def recount_later(touchpoint_ids: Collection[UUID], since: datetime, now: datetime) -> None:
    """Have the days marked, soon, on which something happened at touchpoints from an instant on.

    They are looked for when the open door is committed. What comes in later leaves marks of its own, and is made with
    where the touchpoints stand by then.
    """
    args = {"touchpoints": sorted(str(each) for each in touchpoint_ids), "since": since.isoformat()}
    enqueue(JOB_KIND, args, now=now)
    transaction.on_commit(partial(run_jobs.wake, current_brand().id), robust=True)


def recount_touchpoints(lease: Lease) -> bool:
    """Mark the next days with events, as a step of the job; True means there may be more."""
    with lease.door():
        touchpoints, since = lease.args["touchpoints"], datetime.fromisoformat(lease.args["since"])
        days = list(_days(touchpoints, since, DAYS_A_STEP))
        for topic in (EVENTS_TOPIC, TOPIC):
            mark(topic, days)
        if len(days) < DAYS_A_STEP:
            return False
        lease.args["since"] = _end(days[-1]).isoformat()
        Job.objects.filter(pk=lease.job_id).update(args=lease.args)
        return True


def _days(touchpoints: list[str], since: datetime, most: int) -> Iterator[date]:
    """Find the first days with events there, by leaps from one to the next."""
    for _ in range(most):
        found = _next(touchpoints, since)
        if found is None:
            return
        day = found.astimezone(current_brand().zone).date()
        yield day
        since = _end(day)


def _next(touchpoints: list[str], since: datetime) -> datetime | None:
    there = TouchpointEvent.objects.filter(touchpoint=OuterRef("pk"), occurred_at__gte=since)
    first = Subquery(there.order_by("occurred_at").values("occurred_at")[:1])
    found: datetime | None = Touchpoint.objects.filter(pk__in=touchpoints).aggregate(next=Min(first))["next"]
    return found


def _end(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), current_brand().zone)
