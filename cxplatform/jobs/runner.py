"""Run jobs, step by step, until they are done, fail for good, or the time is up."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import Error, OperationalError, close_old_connections
from psycopg import errors

from cxplatform.faults import reached
from cxplatform.jobs.claims import claim, next_due
from cxplatform.jobs.handlers import GiveUp, Step, handler_of
from cxplatform.jobs.lease import Lease, LeaseLost, plane_door
from cxplatform.tenancy.brand import BrandRef

logger = logging.getLogger(__name__)
MOST_ATTEMPTS = 5
_BUSY_WAIT = timedelta(seconds=1)
_LONGEST_WAIT = timedelta(seconds=60)


def _nothing() -> None:
    """Do nothing after a step."""


def run_due(brand: BrandRef | None, *, seconds: float = 50.0) -> bool:
    """Run the plane's due jobs for at most about so long; True when time ran out before the work.

    A job that waits for a lock is waited for; one that waits after a failure is left to the sweep.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        claimed = claim(brand)
        if claimed is None:
            wait = next_due(brand)
            if wait is None or wait > _BUSY_WAIT:
                return False
            time.sleep(wait.total_seconds())
            continue
        if _run(*claimed, deadline, _nothing):
            return True
    return True


def run_one(brand: BrandRef | None, job_id: UUID, *, after_step: Callable[[], None] = _nothing) -> bool:
    """Run one job to its end, or to its first failed step; False when it is not there to be claimed."""
    claimed = claim(brand, job_id=job_id)
    if claimed is None:
        return False
    _run(*claimed, deadline=None, after_step=after_step)
    return True


def _run(lease: Lease, attempt: int, deadline: float | None, after_step: Callable[[], None]) -> bool:
    """Run a claimed job; True when it was given back because the time was up."""
    try:
        return _run_steps(lease, attempt, deadline, after_step)
    except LeaseLost as lost:
        logger.warning("lease lost: %s", lost)
    except Error as error:
        # The database went away while this was to be written down; the lease runs out and the job is found again.
        logger.warning("job %s left to its lease: %s", lease.job_id, type(error).__name__)
        close_old_connections()
    return False


def _run_steps(lease: Lease, attempt: int, deadline: float | None, after_step: Callable[[], None]) -> bool:
    try:
        step = _step_of(lease, attempt)
        while step(lease):
            attempt = 1
            after_step()
            if deadline is not None and time.monotonic() >= deadline:
                lease.give_back(uncounted=True)
                return True
        reached("job-before-done")
        lease.finish()
    except LeaseLost:
        raise
    except GiveUp as reason:
        _fail(lease, str(reason))
    except OperationalError as error:
        close_old_connections()
        busy = isinstance(error.__cause__, errors.LockNotAvailable)
        _try_later(lease, attempt, error, busy=busy)
    except Exception as error:
        logger.exception("job %s %s: step failed", lease.kind, lease.job_id)
        _try_later(lease, attempt, error, busy=False)
    return False


def _step_of(lease: Lease, attempt: int) -> Step:
    if attempt > MOST_ATTEMPTS:
        raise GiveUp(f"The same step was begun {MOST_ATTEMPTS} times and never ended.")
    return handler_of(lease.kind).step


def _try_later(lease: Lease, attempt: int, error: Exception, *, busy: bool) -> None:
    """Queue the job again: soon and uncounted when a lock was held by another, else later with each try."""
    said = str(error).strip().splitlines()
    reason = f"{type(error).__name__}: {said[0] if said else ''}"
    if busy:
        lease.give_back(error=reason, wait=_BUSY_WAIT, uncounted=True)
    elif attempt >= MOST_ATTEMPTS:
        _fail(lease, f"The same step failed {attempt} times, the last time with {reason}")
    else:
        lease.give_back(error=reason, wait=min(timedelta(seconds=2**attempt), _LONGEST_WAIT))


def _fail(lease: Lease, reason: str) -> None:
    # Why is in its row, where it can be erased: it may quote somebody's data, as the line that was no header.
    logger.error("job %s %s failed", lease.kind, lease.job_id)
    with plane_door(lease.brand):
        lease.fail(reason)
        try:
            on_failed = handler_of(lease.kind).on_failed
        except GiveUp:
            return
        if on_failed is not None:
            on_failed(lease, reason)
