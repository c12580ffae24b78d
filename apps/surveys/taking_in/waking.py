"""The worker's side: a message only wakes, the rows say what there is to do."""

from uuid import UUID

from celery import shared_task

from apps.surveys.models import PageEntry
from apps.surveys.taking_in.batches import take_in_some
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from cxplatform.tenancy.tasks import BrandTask


@shared_task(bind=True, base=BrandTask, own_doors=True, name="apps.surveys.take_in")  # type: ignore[untyped-decorator]  # celery ships no types
def take_in(self: BrandTask) -> None:
    """Take in one batch of what customers told the page, and come back for the rest."""
    if take_in_some(self.brand):
        self.wake(self.brand.id)


def wake_taking_in(brand_id: UUID) -> None:
    """Tell a worker that the page was told something; by the Celery application of the moment, not of start-up."""
    take_in.wake(brand_id)


def take_in_what_waits(brand: BrandRef) -> None:
    """Wake a worker for entries of which no message spoke: a chore of the sweep's."""
    with brand_tx(brand, read_only=True):
        waiting = PageEntry.objects.exists()
    if waiting:
        wake_taking_in(brand.id)
