"""The worker's side of rollups: a message only wakes, dirty marks say what there is to do."""

from uuid import UUID

from celery import shared_task
from django.db import OperationalError
from django.utils import timezone

from apps.metrics.recompute import recompute
from cxplatform.tenancy.tasks import BrandTask


@shared_task(bind=True, base=BrandTask, own_doors=True, name="apps.metrics.recompute")  # type: ignore[untyped-decorator]  # celery ships no types
def recompute_dirty_days(self: BrandTask) -> None:
    """Make one batch of the brand's dirty days anew, and come back for the rest or if another worker is at it."""
    try:
        more = recompute(self.brand, now=timezone.now())
    except OperationalError as error:
        if not _waited_too_long(error):
            raise
        more = True
    if more:
        self.wake(self.brand.id)


def wake(brand_id: UUID) -> None:
    """Tell a worker that the brand has dirty days; by the Celery application of the moment, not of start-up."""
    recompute_dirty_days.wake(brand_id)


def _waited_too_long(error: OperationalError) -> bool:
    """Tell whether the lock of another recompute was not free within the door's time-out."""
    return getattr(error.__cause__, "sqlstate", None) == "55P03"
