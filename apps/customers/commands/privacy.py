"""Forgetting customers, and handing out what is held of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import orjson

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.customers.identities.moving import customer_of_now
from apps.customers.models import Customer
from cxplatform.audit.actors import Actor
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import Conflict, NotFound
from cxplatform.imports.locks import lock_kinds_naming
from cxplatform.privacy.erasures import begin_erasure
from cxplatform.privacy.exporting import Held, held_of
from cxplatform.privacy.models import Erasure

MOST_ROWS: Final = 5_000
MOST_BYTES: Final = 8 * 1024 * 1024


@dataclass(frozen=True)
class Export:
    """All rows that are held of a customer, by table."""

    at: datetime
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return sum(map(len, self.tables.values()))


def erase_customer(*, actor: Viewer, customer_id: UUID, now: datetime) -> Erasure:
    """Have a customer forgotten in the background, under all identities; the erasure that is under way, if one is.

    Of a customer that was merged, whom it was merged into. Raises: Forbidden; NotFound.
    """
    actor.require(Permission.MANAGE)
    actor.require(Permission.PERSONAL_DATA)
    # Nobody merges or splits between the look and what is begun.
    lock_kinds_naming(Customer)
    subject_id = customer_of_now(customer_id)
    return begin_erasure(actor=actor.actor, action="erase_customer", subject_id=subject_id, now=now)


def export_customer(*, actor: Viewer, customer_id: UUID, now: datetime) -> Export:
    """Return all that is held of a customer, and write down that somebody was given it.

    Raises: Forbidden; NotFound; Conflict where it is too much for one answer.
    """
    actor.require(Permission.EXPORT)
    actor.require(Permission.PERSONAL_DATA)
    made, size = Export(now), 0
    for number, held in enumerate(all_held(customer_id), 1):
        size += len(orjson.dumps(held.row))
        if number > MOST_ROWS or size > MOST_BYTES:
            most = f"{MOST_ROWS:,} rows or {MOST_BYTES // 1024**2} MiB"
            raise Conflict(f"It is more than {most}; the provider writes it to a file with `export_customer`.")
        made.tables.setdefault(held.table, []).append(held.row)
    note_export(actor.actor, customer_id, made.rows, now)
    return made


def all_held(customer_id: UUID) -> Iterator[Held]:
    """Yield every row that is held of a customer; of a merged one, of the survivor. Raises: NotFound."""
    if not Customer.objects.filter(pk=customer_id).exists():
        raise NotFound("There is no such customer.")
    yield from held_of(customer_of_now(customer_id))


def note_export(actor: Actor, customer_id: UUID, rows: int, now: datetime) -> None:
    """Write down that somebody was given all that is held of a customer."""
    subject = Subject("Customer", customer_of_now(customer_id))
    record_change(actor=actor, action="export_customer", subject=subject, now=now, after={"rows": rows})
