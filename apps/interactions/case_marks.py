"""Say whose cases must be made anew, in the transaction that changes their contacts."""

from collections.abc import Callable, Iterable
from functools import partial
from uuid import UUID

from django.db import transaction

from apps.interactions.models import CaseMark
from cxplatform.imports.loading import append_marks
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, current_brand

_wakes: list[Callable[[UUID], None]] = []


def register_wake(wake: Callable[[UUID], None]) -> None:
    """Name who is told that there are marks; it never raises."""
    _wakes.append(wake)


def mark_customers(customer_ids: Iterable[UUID | None]) -> None:
    """Mark customers in the open door, in one statement; on commit whoever makes cases is woken."""
    marked = {identity for identity in customer_ids if identity is not None}
    if not marked:
        return
    append_marks(CaseMark, marked)
    for wake in _wakes:
        transaction.on_commit(partial(wake, current_brand().id), robust=True)


def wake_for_marks(brand: BrandRef) -> None:
    """Wake whoever makes cases if marks wait: a message may have been lost."""
    with brand_tx(brand, read_only=True):
        waiting = CaseMark.objects.exists()
    if waiting:
        for wake in _wakes:
            wake(brand.id)
