"""Who is in a segment by its rules now: stays begin and end, in a few statements whatever its size."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from apps.customers.models import Segment, SegmentMember, SegmentStay
from apps.customers.segments.conditions import matching
from cxplatform.ids import uuid7
from cxplatform.imports.loading import insert_references
from cxplatform.imports.tables import table_column
from cxplatform.jobs.commands import enqueue
from cxplatform.jobs.lease import Lease
from cxplatform.jobs.models import Job, JobState
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

JOB_KIND: Final = "evaluate-segments"
# Rules tell of the last N days, so they come to something else as time goes by.
EVERY: Final = timedelta(hours=1)
# Whom one step lets in: a few seconds' work.
MOST_ENTERING: Final = 100_000
_CHUNK: Final = 5_000
_STEP_TIMEOUT_MS: Final = 120_000


def evaluate(segment_id: UUID, *, now: datetime, most: int = MOST_ENTERING) -> bool:
    """Let customers enter and leave a segment; in the open door. True means that more are to enter."""
    segment = Segment.objects.select_for_update(no_key=True).get(pk=segment_id)
    if segment.retired_at is not None:
        return False
    inside = SegmentMember.objects.filter(segment=segment)
    matched = matching(segment.rules, now)
    leave(inside.exclude(customer__in=matched.values("pk")), now)
    entering = list(matched.exclude(pk__in=inside.values("customer_id")).values_list("pk", flat=True)[: most + 1])
    _enter(segment.pk, entering[:most], now)
    segment.size, segment.evaluated_at = inside.count(), now
    segment.save(update_fields=["size", "evaluated_at"])
    return len(entering) > most


def leave(members: "QuerySet[Any]", now: datetime) -> int:
    """End stays: now, or as soon as they began where that is later by another clock. Return how many."""
    return members.update(left_at=Greatest(F("entered_at"), Value(now)))


def _enter(segment_id: UUID, customers: list[UUID], now: datetime) -> None:
    columns = [table_column(field) for field in SegmentStay._meta.concrete_fields]
    for start in range(0, len(customers), _CHUNK):
        rows = [(uuid7(), segment_id, customer, now, None) for customer in customers[start : start + _CHUNK]]
        insert_references(SegmentStay._meta.db_table, columns, rows)


def evaluate_later(now: datetime) -> None:
    """Have all segments of the open door's brand evaluated soon, if that does not wait to be done already."""
    if Segment.objects.filter(retired_at=None).exists() and not _is_queued():
        enqueue(JOB_KIND, {"done": []}, now=now)


def evaluate_next(lease: Lease) -> bool:
    """Evaluate the segment whose turn it is, as a step of the job; True means there is more."""
    now = timezone.now()
    with lease.door(statement_timeout_ms=_STEP_TIMEOUT_MS):
        done = lease.args["done"]
        segment = Segment.objects.filter(retired_at=None).exclude(pk__in=done).order_by("created_at", "id").first()
        if segment is None:
            return False
        if not evaluate(segment.pk, now=now):
            lease.args["done"] = [*done, str(segment.pk)]
            Job.objects.filter(pk=lease.job_id).update(args=lease.args)
        return True


def evaluate_hourly(brand: BrandRef) -> None:
    """Ask for an evaluation where a segment's last one is an hour old."""
    now = timezone.now()
    with brand_tx(brand):
        stale = Segment.objects.filter(retired_at=None).exclude(evaluated_at__gt=now - EVERY)
        if stale.exists() and not _is_waiting():
            enqueue(JOB_KIND, {"done": []}, now=now)


def _is_queued() -> bool:
    """One that runs may have passed what changed."""
    return Job.objects.filter(kind=JOB_KIND, state=JobState.QUEUED).exists()


def _is_waiting() -> bool:
    return Job.objects.filter(kind=JOB_KIND, state__in=[JobState.QUEUED, JobState.RUNNING]).exists()
