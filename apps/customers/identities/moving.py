"""Give the rows of an identity to another customer, or back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Model

from apps.customers.identities import keeping
from apps.customers.identities.holders import Change, Holder, follow, holders
from apps.customers.models import Customer
from cxplatform.errors import Conflict
from cxplatform.imports.remarking import mark_rows

# What one request moves: a few seconds at most.
MOST_ROWS: Final = 20_000


def give(change: Change) -> None:
    """Give all rows of `source` to `target`, and keep under which identity they came in. Raises: Conflict."""
    left = MOST_ROWS
    for model, column in holders():
        rows = list(model._default_manager.filter(**{column: change.source}).values_list("pk", flat=True)[: left + 1])
        left -= len(rows)
        _insist(left)
        keeping.keep(model, column, ((row, change.source) for row in rows))
        _move((model, column), rows, change)
    follow(change)


def give_back(identity: UUID, change: Change) -> None:
    """Give the rows that came in under an identity from `source` back to it, which is `target`. Raises: Conflict."""
    left = MOST_ROWS
    for model, column in holders():
        rows = keeping.take_out(model, column, identity)
        left -= len(rows)
        _insist(left)
        _move((model, column), rows, change)
    follow(change)


def identities_of(customer_id: UUID) -> frozenset[UUID]:
    """Return the ids of a customer and of all identities merged into it."""
    merged = Customer.objects.filter(merged_into=customer_id).values_list("pk", flat=True)
    return frozenset((customer_id, *merged))


def customer_of_now(customer_id: UUID) -> UUID:
    """Return the customer that an identity belongs to by now; itself where it was not merged."""
    into = Customer.objects.filter(pk=customer_id, merged_into__isnull=False).values_list("merged_into_id", flat=True)
    return into.first() or customer_id


def _insist(left: int) -> None:
    if left < 0:
        raise Conflict(f"More than {MOST_ROWS:,} records would change hands at once; it may be nobody's account.")


def _move(holder: Holder, rows: Sequence[Any], change: Change) -> None:
    if not rows:
        return
    model, column = holder
    found = model._default_manager.filter(pk__in=rows, **{column: change.source})
    changes: dict[str, Any] = {column: change.target} | _touched(model, change.now)
    found.update(**changes)
    change.moved.setdefault(model, []).extend(rows)
    mark_rows(model, rows)


def _touched(model: type[Model], now: datetime) -> dict[str, datetime]:
    has_it = any(field.name == "updated_at" for field in model._meta.concrete_fields)
    return {"updated_at": now} if has_it else {}
