"""The worker's side: a message only wakes, the rows say what there is to do."""

from uuid import UUID

from celery import shared_task

from apps.surveys.campaigns.looking import look, something_to_look_for
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.tasks import BrandTask


@shared_task(bind=True, base=BrandTask, own_doors=True, name="apps.surveys.look")  # type: ignore[untyped-decorator]  # celery ships no types
def look_for_occasions(self: BrandTask) -> None:
    """Look for whom the brand's campaigns ask, and come back for what the time did not suffice for."""
    if look(self.brand):
        self.wake(self.brand.id)


def wake_planner(brand_id: UUID) -> None:
    """Tell a worker that a campaign began to run; by the Celery application of the moment, not of start-up."""
    look_for_occasions.wake(brand_id)


def look_again(brand: BrandRef) -> None:
    """Wake the worker at every sweep while anything may be found: what happens tells nobody here."""
    if something_to_look_for(brand):
        wake_planner(brand.id)
