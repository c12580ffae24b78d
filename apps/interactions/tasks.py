"""The worker's side: a message only wakes, the rows say what there is to do."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from apps.interactions.joining import join_marked
from apps.interactions.models import SlaMark
from apps.interactions.slas.renewal import renew
from apps.interactions.work.pushing import push_waiting, something_waits
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from cxplatform.tenancy.tasks import BrandTask


@shared_task(bind=True, base=BrandTask, own_doors=True, name="apps.interactions.join_cases")  # type: ignore[untyped-decorator]  # celery ships no types
def join_cases(self: BrandTask) -> None:
    """Make one batch of marked customers' cases anew, and come back for the rest."""
    if join_marked(self.brand, now=timezone.now()):
        self.wake(self.brand.id)


@shared_task(bind=True, base=BrandTask, own_doors=True, name="apps.interactions.renew_slas")  # type: ignore[untyped-decorator]  # celery ships no types
def renew_slas(self: BrandTask) -> None:
    """Make the targets of a batch of marked days anew, and come back for the rest."""
    if renew(self.brand):
        self.wake(self.brand.id)


def wake_cases(brand_id: UUID) -> None:
    """Tell a worker that the brand has marked customers; by the Celery application of the moment, not of start-up."""
    join_cases.wake(brand_id)


def renew_what_is_marked(brand: BrandRef) -> None:
    """Wake the worker for marked contacts that a lost message left; marked days have a sweep of their own."""
    with brand_tx(brand, read_only=True):
        marked = SlaMark.objects.exists()
    if marked:
        wake_slas(brand.id)


def wake_slas(brand_id: UUID) -> None:
    """Tell a worker that targets are to be made anew; by the Celery application of the moment, as above."""
    renew_slas.wake(brand_id)


@shared_task(bind=True, base=BrandTask, own_doors=True, name="apps.interactions.push")  # type: ignore[untyped-decorator]  # celery ships no types
def push(self: BrandTask) -> None:
    """Give the brand's waiting contacts to who is free."""
    push_waiting(self.brand)


def wake_pusher(brand_id: UUID) -> None:
    """Tell a worker that something may wait, or that somebody is free."""
    push.wake(brand_id)


def push_what_waits(brand: BrandRef) -> None:
    """Wake the worker for what a lost message left waiting."""
    with brand_tx(brand, read_only=True):
        waits = something_waits()
    if waits:
        wake_pusher(brand.id)
