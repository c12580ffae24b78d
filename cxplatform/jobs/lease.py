"""The right to run a job, which one process at a time has."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from cxplatform.jobs.models import Job, JobState
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, shared_tx
from cxplatform.tenancy.plans import plan_anew


class LeaseLost(Exception):
    """Another worker runs this job now; nothing of this step may commit."""


@dataclass(frozen=True)
class Lease:
    """A held job; `brand` is None for a job of the shared plane."""

    job_id: UUID
    token: UUID
    kind: str
    args: dict[str, Any]
    brand: BrandRef | None

    @contextmanager
    def door(self, *, statement_timeout_ms: int | None = None) -> Iterator[None]:
        """Open the job's door for one step and hold the lease in it.

        The row stays locked until the door closes, so that however long the step takes no other worker claims the
        job meanwhile; leaving the door renews the lease and counts the step as done, in the same transaction.
        Raises: LeaseLost.
        """
        with plane_door(self.brand, statement_timeout_ms=statement_timeout_ms):
            self._lock()
            # Steps write much, on connections that a worker keeps while tables grow.
            plan_anew()
            yield
            now = timezone.now()
            Job.objects.filter(pk=self.job_id).update(
                lease_until=now + lease_time(), heartbeat_at=now, attempts=1, error=""
            )

    def finish(self) -> None:
        """Mark the job DONE. Raises: LeaseLost."""
        self._end(state=JobState.DONE, finished_at=timezone.now())

    def fail(self, reason: str) -> None:
        """Mark the job FAILED, in the open door. Raises: LeaseLost."""
        self._lock()
        self._end_here(state=JobState.FAILED, error=reason[:2_000], finished_at=timezone.now())

    def give_back(self, *, error: str = "", wait: timedelta = timedelta(0), uncounted: bool = False) -> None:
        """Put the job back into the queue, to be claimed after a while; `uncounted` takes this try back."""
        changes: dict[str, Any] = {"attempts": 0} if uncounted else {}
        self._end(state=JobState.QUEUED, error=error[:2_000], run_after=timezone.now() + wait, **changes)

    def _end(self, **changes: Any) -> None:
        with plane_door(self.brand):
            self._lock()
            self._end_here(**changes)

    def _end_here(self, **changes: Any) -> None:
        Job.objects.filter(pk=self.job_id).update(lease_token=None, lease_until=None, **changes)

    def _lock(self) -> None:
        held = Job.objects.select_for_update().filter(pk=self.job_id, lease_token=self.token, state=JobState.RUNNING)
        if not held.exists():
            raise LeaseLost(f"{self.kind} {self.job_id}")


def lease_time() -> timedelta:
    return timedelta(seconds=settings.CX_JOB_LEASE_SECONDS)


@contextmanager
def plane_door(brand: BrandRef | None, *, statement_timeout_ms: int | None = None) -> Iterator[None]:
    """Open the brand's door, or the shared one for no brand."""
    if brand is None:
        with shared_tx(statement_timeout_ms=statement_timeout_ms):
            yield
    else:
        with brand_tx(brand, statement_timeout_ms=statement_timeout_ms):
            yield
