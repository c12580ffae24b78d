"""Put work into the queue of record."""

from datetime import datetime
from typing import Any

from cxplatform.jobs.models import Job


def enqueue(kind: str, args: dict[str, Any], *, now: datetime, run_after: datetime | None = None) -> Job:
    """Write a job into the open door's plane, due at once or later; of one that is due later the sweep tells."""
    return Job.objects.create(kind=kind, args=args, run_after=run_after or now, created_at=now)
