"""Under which identity rows came in: kept only for rows of identities that were merged."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final
from uuid import UUID

from django.db.models import Model

from apps.customers.identities.models import IdentityRow
from cxplatform.imports.kinds import Identities

_CHUNK: Final = 2_000


def under(model: type[Model], column: str, row_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return under which merged identity each of these rows came in, where it did under one."""
    rows = IdentityRow.objects.filter(table=model._meta.label_lower, column=column, row_id__in=list(row_ids))
    return dict(rows.values_list("row_id", "identity_id"))


def note(model: type[Model], column: str, rows: Mapping[UUID, UUID | None]) -> None:
    """Keep which merged identity each row names from now on; None where it names none."""
    table = model._meta.label_lower
    IdentityRow.objects.filter(table=table, column=column, row_id__in=list(rows)).delete()
    keep(model, column, ((row_id, identity) for row_id, identity in rows.items() if identity is not None))


def keep(model: type[Model], column: str, rows: Iterable[tuple[UUID, UUID]]) -> None:
    """Keep the identities of rows by (row, identity); one that is known stays."""
    table = model._meta.label_lower
    IdentityRow.objects.bulk_create(
        (IdentityRow(table=table, column=column, row_id=row, identity_id=identity) for row, identity in rows),
        batch_size=_CHUNK,
        ignore_conflicts=True,
    )


def take_out(model: type[Model], column: str, identity: UUID) -> list[UUID]:
    """Return the rows that came in under an identity, and keep nothing of them any more."""
    rows = IdentityRow.objects.filter(table=model._meta.label_lower, column=column, identity_id=identity)
    found = list(rows.values_list("row_id", flat=True))
    rows.delete()
    return found


IDENTITIES: Final = Identities("merged_into", under, note)
