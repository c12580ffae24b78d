"""Take the next due job of a plane, so that no two workers have the same one."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db.models import Q, QuerySet
from django.utils import timezone

from cxplatform.jobs.lease import Lease, lease_time, plane_door
from cxplatform.jobs.models import Job, JobState
from cxplatform.tenancy.brand import BrandRef


def due_jobs(now: datetime) -> QuerySet[Job]:
    """Return the open door's jobs that somebody should run: queued and due, or left by a worker that died."""
    return Job.objects.filter(
        Q(state=JobState.QUEUED, run_after__lte=now) | Q(state=JobState.RUNNING, lease_until__lt=now)
    )


def claim(brand: BrandRef | None, *, job_id: UUID | None = None) -> tuple[Lease, int] | None:
    """Claim the job that has waited longest (or the one asked for, if it is due); None when there is none.

    Returns the lease and which try of the present step this is, counted from 1.
    """
    now = timezone.now()
    with plane_door(brand):
        due = due_jobs(now).select_for_update(skip_locked=True).order_by("run_after", "id")
        job = (due if job_id is None else due.filter(pk=job_id)).first()
        if job is None:
            return None
        job.state = JobState.RUNNING
        job.lease_token, job.lease_until = uuid4(), now + lease_time()
        job.heartbeat_at, job.started_at = now, job.started_at or now
        job.attempts += 1
        job.save()
    return Lease(job.id, job.lease_token, job.kind, job.args, brand), job.attempts


def next_due(brand: BrandRef | None) -> timedelta | None:
    """Say how long until the next queued job of a plane is due; None when there is none."""
    now = timezone.now()
    with plane_door(brand):
        at = Job.objects.filter(state=JobState.QUEUED).order_by("run_after").values_list("run_after", flat=True)
        first = at.first()
    return None if first is None else max(first - now, timedelta(0))
