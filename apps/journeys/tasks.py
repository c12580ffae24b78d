"""The worker's side: a message only wakes, the rows and marks say what there is to do."""

from uuid import UUID

from celery import shared_task

from apps.journeys.ledger.renewal import renew
from apps.journeys.stages.staging import stage_marked
from cxplatform.tenancy.tasks import BrandTask


@shared_task(bind=True, base=BrandTask, own_doors=True, name="apps.journeys.stage")  # type: ignore[untyped-decorator]  # celery ships no types
def stage(self: BrandTask) -> None:
    """Make one batch of marked customers' stages anew, and come back for the rest."""
    if stage_marked(self.brand):
        self.wake(self.brand.id)


@shared_task(bind=True, base=BrandTask, own_doors=True, name="apps.journeys.renew_ledger")  # type: ignore[untyped-decorator]  # as above
def renew_ledger(self: BrandTask) -> None:
    """Make the outcomes of a batch of marked days anew, and come back for the rest."""
    if renew(self.brand):
        self.wake(self.brand.id)


def wake_stages(brand_id: UUID) -> None:
    """Tell a worker that the brand has marked customers; by the Celery application of the moment, not of start-up."""
    stage.wake(brand_id)


def wake_ledger(brand_id: UUID) -> None:
    """Tell a worker that the ledger is to be made anew; as above."""
    renew_ledger.wake(brand_id)
