"""The worker's side of the queue: messages only wake, the rows say what there is to do."""

from celery import shared_task
from celery.signals import worker_ready

from cxplatform.jobs.runner import run_due
from cxplatform.jobs.sweep import sweep_fleet
from cxplatform.tenancy.tasks import BrandTask, SharedTask

# How long jobs keep a worker's place before what waits behind them has its turn: numbers are to be fresh in seconds.
_AT_A_TIME_SECONDS = 2.0


@shared_task(bind=True, base=BrandTask, own_doors=True, name="cxplatform.jobs.run_jobs")  # type: ignore[untyped-decorator]  # celery ships no types
def run_jobs(self: BrandTask) -> None:
    """Run the brand's due jobs, and come back for what the time did not suffice for."""
    if run_due(self.brand, seconds=_AT_A_TIME_SECONDS):
        self.wake(self.brand.id)


@shared_task(bind=True, base=SharedTask, name="cxplatform.jobs.run_shared_jobs")  # type: ignore[untyped-decorator]  # as above
def run_shared_jobs(self: SharedTask) -> None:
    """Run the shared plane's due jobs, and come back for what the time did not suffice for."""
    if run_due(None, seconds=_AT_A_TIME_SECONDS):
        self.wake()


@shared_task(bind=True, base=SharedTask, name="cxplatform.jobs.sweep")  # type: ignore[untyped-decorator]  # as above
def sweep(self: SharedTask) -> None:
    """Wake every plane that has work which no message spoke of."""
    sweep_fleet(wake_brand=run_jobs.wake, wake_shared=run_shared_jobs.wake)


@worker_ready.connect  # type: ignore[untyped-decorator]  # celery ships no types; this is celery's, not Django's signal
def _sweep_at_start(**_: object) -> None:
    sweep.wake()
