"""Put work into the queue of record."""

from datetime import datetime
from typing import Any

from cxplatform.jobs.models import Job


def enqueue(kind: str, args: dict[str, Any], *, now: datetime) -> Job:
    """Write a job into the open door's plane."""
    return Job.objects.create(kind=kind, args=args, run_after=now, created_at=now)
