"""Say whose way along journeys must be made anew, in the transaction that changes what it is made of."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.journeys.models import StageMark
from cxplatform.imports.loading import append_marks
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, current_brand

_wakes: list[Callable[[UUID], None]] = []


def register_wake(wake: Callable[[UUID], None]) -> None:
    """Name who is told that there are marks; it never raises."""
    _wakes.append(wake)


def mark_travellers(customer_ids: Iterable[UUID | None]) -> None:
    """Mark customers in the open door, in one statement; on commit whoever makes stages is woken."""
    marked = {identity for identity in customer_ids if identity is not None}
    if not marked:
        return
    append_marks(StageMark, marked)
    for wake in _wakes:
        transaction.on_commit(partial(wake, current_brand().id), robust=True)


def travellers_of(changed: Iterable[Any]) -> set[UUID | None]:
    """Return whom rows of an import are and were about, from the states before and after (`Kind.settle`)."""
    told = (values for state in changed for values in (state.values, state.stored))
    return {values["customer"] for values in told if values is not None}


def wake_for_marks(brand: BrandRef) -> None:
    """Wake whoever makes stages if marks wait: a message may have been lost."""
    with brand_tx(brand, read_only=True):
        waiting = StageMark.objects.exists()
    if waiting:
        for wake in _wakes:
            wake(brand.id)
