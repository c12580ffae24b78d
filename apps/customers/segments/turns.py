"""Whose turn it is: a brand's segments are evaluated one after the other, as a job, hourly and soon after a change."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import DatabaseError, OperationalError
from django.db.models import F
from django.utils import timezone
from psycopg import errors

from apps.customers.models import Segment
from apps.customers.segments.evaluating import FIRST, evaluate
from cxplatform.jobs.commands import enqueue
from cxplatform.jobs.lease import Lease
from cxplatform.jobs.models import Job, JobState
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

JOB_KIND: Final = "evaluate-segments"
# Rules tell of the last N days, so they come to something else as time goes by.
EVERY: Final = timedelta(hours=1)
STEP_TIMEOUT_MS: Final = 120_000


def evaluate_later(now: datetime) -> None:
    """Have all segments of the open door's brand evaluated soon, if that does not wait to be done already."""
    if Segment.objects.filter(retired_at=None).exists() and not _is_queued():
        enqueue(JOB_KIND, {"done": []}, now=now)


def evaluate_next(lease: Lease) -> bool:
    """Evaluate the segment whose turn it is for some customers, as a step of the job; True means there is more.

    Where its rules come to nothing that is told of it, and the others go on; in the next hour it is the last.
    """
    turn = None
    try:
        with lease.door(statement_timeout_ms=STEP_TIMEOUT_MS):
            turn = _turn(lease.args)
            if turn is not None:
                after = UUID(lease.args.get("after", str(FIRST)))
                _keep(lease, turn, evaluate(turn, now=timezone.now(), after=after))
    except DatabaseError as error:
        if turn is None or _passes(error):
            raise
        with lease.door():
            _tell(turn, error)
            _keep(lease, turn, None)
    return turn is not None


def evaluate_hourly(brand: BrandRef) -> None:
    """Ask for an evaluation where a segment's last one, or the last try, is an hour old."""
    now = timezone.now()
    with brand_tx(brand):
        stale = Segment.objects.filter(retired_at=None)
        stale = stale.exclude(evaluated_at__gt=now - EVERY).exclude(failed_at__gt=now - EVERY)
        if stale.exists() and not _is_waiting():
            enqueue(JOB_KIND, {"done": []}, now=now)


def _turn(args: dict[str, Any]) -> UUID | None:
    """Return the segment that is being evaluated, else the next one; those that failed last are the last."""
    if "segment" in args:
        return UUID(args["segment"])
    waiting = Segment.objects.filter(retired_at=None).exclude(pk__in=args["done"])
    in_turn = waiting.order_by(F("failed_at").asc(nulls_first=True), "created_at", "id")
    return in_turn.values_list("pk", flat=True).first()


def _keep(lease: Lease, turn: UUID, after: UUID | None) -> None:
    """Keep with the job how far it came, in the transaction that came so far."""
    if after is None:
        args: dict[str, Any] = {"done": [*lease.args["done"], str(turn)]}
    else:
        args = {"done": lease.args["done"], "segment": str(turn), "after": str(after)}
    Job.objects.filter(pk=lease.job_id).update(args=args)
    lease.args.clear()
    lease.args.update(args)


def _passes(error: DatabaseError) -> bool:
    """Tell whether it is about the server or somebody else's lock rather than the rules."""
    return isinstance(error, OperationalError) and not isinstance(error.__cause__, errors.QueryCanceled)


def _tell(turn: UUID, error: DatabaseError) -> None:
    took_long = isinstance(error.__cause__, errors.QueryCanceled)
    why = "It took longer than a step may." if took_long else f"The database refused: {type(error.__cause__).__name__}."
    Segment.objects.filter(pk=turn).update(failed_at=timezone.now(), failure=why[:200])


def _is_queued() -> bool:
    """One that runs may have passed what changed."""
    return Job.objects.filter(kind=JOB_KIND, state=JobState.QUEUED).exists()


def _is_waiting() -> bool:
    return Job.objects.filter(kind=JOB_KIND, state__in=[JobState.QUEUED, JobState.RUNNING]).exists()
