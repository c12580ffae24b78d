"""Hand out all that is held of somebody: rows of every table that is about them, as JSON's values, page by page."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BinaryField, Model

from cxplatform.privacy.catalogue import about_people, rows_by_way, subject_model, under_all_names
from cxplatform.privacy.described import Described

_PAGE = 500


class Held(NamedTuple):
    """A row that is held of somebody: its table's name, and its columns as JSON's values."""

    table: str
    row: dict[str, Any]


def held_of(subject_id: UUID) -> Iterator[Held]:
    """Yield every row about somebody, a table after the other, in the order of keys; runs in the open brand door.

    Rows that are somebody under another name are in a table of their own.
    """
    everywhere = under_all_names([subject_id])
    for table in about_people():
        names = _columns(table)
        for row in _rows(table, [subject_id] if table.model is subject_model() else everywhere):
            yield Held(table.model.__name__, {name: _plain(getattr(row, name)) for name in names})


def _columns(table: Described) -> list[str]:
    """List the columns to hand out; names of staff, and what is sealed, are not."""
    return [
        field.attname
        for field in table.model._meta.concrete_fields
        if not isinstance(field, BinaryField) and not (field.name in table.tags and table.tags[field.name].is_of_staff)
    ]


def _rows(table: Described, subjects: list[UUID]) -> Iterator[Model]:
    """Yield the rows that each way leads to, once."""
    seen: set[Any] = set()
    for found in rows_by_way(table.model, subjects):
        rows = found.order_by("pk")
        page = list(rows[:_PAGE])
        while page:
            yield from (row for row in page if row.pk not in seen)
            if len(table.about) > 1:
                seen.update(row.pk for row in page)
            page = list(rows.filter(pk__gt=page[-1].pk)[:_PAGE]) if len(page) == _PAGE else []


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value
