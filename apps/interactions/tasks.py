"""The worker's side of cases: a message only wakes, marks say whose cases are to be made anew."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from apps.interactions.joining import join_marked
from cxplatform.tenancy.tasks import BrandTask


@shared_task(bind=True, base=BrandTask, own_doors=True, name="apps.interactions.join_cases")  # type: ignore[untyped-decorator]  # celery ships no types
def join_cases(self: BrandTask) -> None:
    """Make one batch of marked customers' cases anew, and come back for the rest."""
    if join_marked(self.brand, now=timezone.now()):
        self.wake(self.brand.id)


def wake(brand_id: UUID) -> None:
    """Tell a worker that the brand has marked customers; by the Celery application of the moment."""
    join_cases.wake(brand_id)
