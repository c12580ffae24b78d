"""The worker's side: a message only wakes, the rows and marks say what there is to do."""

from uuid import UUID

from celery import shared_task

from apps.surveys.feedback.deriving import derive_marked
from cxplatform.tenancy.tasks import BrandTask


@shared_task(bind=True, base=BrandTask, own_doors=True, name="apps.surveys.derive_feedback")  # type: ignore[untyped-decorator]  # celery ships no types
def derive_feedback(self: BrandTask) -> None:
    """Make the feedback of a batch of marked days anew, and come back for the rest."""
    if derive_marked(self.brand):
        self.wake(self.brand.id)


def wake_feedback(brand_id: UUID) -> None:
    """Tell a worker that feedback is to be made anew; by the Celery application of the moment, not of start-up."""
    derive_feedback.wake(brand_id)
