"""Erase what rows hold of people, a few rows at a time, in the open brand door. Done again, it changes nothing.

New words are made here, not in the database, and what names a row by its key follows in the same transaction.
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model

from cxplatform.privacy.catalogue import about_people, described, rows_by_way, under_all_names
from cxplatform.privacy.described import Described, empty_of
from cxplatform.privacy.tags import Erased, Sort, pseudonyms

# Of a table, in a transaction; each may be named by a few rows more.
ROWS_AT_ONCE = 200


def erase_some(subjects: Collection[UUID], sorts: Collection[Sort], *, now: datetime, most: int = ROWS_AT_ONCE) -> int:
    """Erase these sorts from rows of the first table that holds some about these people; 0 when none does.

    What is theirs under other names is erased with it.
    """
    subjects = under_all_names(subjects)
    for table in about_people():
        done = _erase(table, subjects, sorts, now, most)
        if done:
            return done
    return 0


def count_left(subjects: Collection[UUID], sorts: Collection[Sort]) -> int:
    """Count the rows about these people that hold something of these sorts."""
    subjects = under_all_names(subjects)
    return sum(len(set(_keys_left(table, subjects, sorts))) for table in about_people() if table.personal(sorts))


def _keys_left(table: Described, subjects: Collection[UUID], sorts: Collection[Sort]) -> Iterator[Any]:
    for found in rows_by_way(table.model, subjects):
        yield from found.filter(table.left(sorts)).values_list("pk", flat=True).iterator()


def _erase(table: Described, subjects: Collection[UUID], sorts: Collection[Sort], now: datetime, most: int) -> int:
    if not table.personal(sorts):
        return 0
    rows = _next_rows(table, subjects, sorts, most)
    erase_rows(table, rows, sorts, now)
    return len(rows)


def erase_rows(table: Described, rows: list[Any], sorts: Collection[Sort], now: datetime) -> None:
    """Erase these sorts from locked rows of a table."""
    if table.removed and Sort.TEXT in sorts:
        table.model._default_manager.filter(pk__in=[row.pk for row in rows]).delete()
    elif rows:
        _rename(table, rows, sorts)
        _clear(table, rows, sorts, now)


def _next_rows(table: Described, subjects: Collection[UUID], sorts: Collection[Sort], most: int) -> list[Any]:
    """Lock the next rows that hold something, in the order of their keys."""
    order = ("source", "external_id", "pk") if "external_id" in table.tags else ("pk",)
    for found in rows_by_way(table.model, subjects):
        keys = list(found.filter(table.left(sorts)).order_by(*order).values_list("pk", flat=True)[:most])
        if keys:
            rows = table.model._default_manager.select_for_update(no_key=True)
            return list(rows.filter(pk__in=keys).order_by(*order))
    return []


def _rename(table: Described, rows: list[Any], sorts: Collection[Sort]) -> None:
    """Give keys new words in the same order; those of other tables that name these rows get the same."""
    for name, tag in table.personal(sorts).items():
        if tag.erased is Erased.CLEARED:
            continue
        manager = table.model._default_manager
        held = set(manager.filter(table.holds(name, tag), pk__in=[r.pk for r in rows]).values_list("pk", flat=True))
        renamed = [row for row in rows if row.pk in held]
        for row, new in zip(renamed, pseudonyms(len(renamed)), strict=True):
            old = getattr(row, name)
            setattr(row, name, new)
            if name == "external_id":
                _follow(table.model, row.source, old, new)
        manager.bulk_update(renamed, [name])


def _follow(model: type[Model], source: str, old: str, new: str) -> None:
    for other in described():
        for name, tag in other.tags.items():
            if tag.names is model:
                other.model._default_manager.filter(source=source, **{name: old}).update(**{name: new})


def _clear(table: Described, rows: list[Any], sorts: Collection[Sort], now: datetime) -> None:
    names = [n for n, tag in table.personal(sorts).items() if tag.erased is Erased.CLEARED]
    values = {name: empty_of(table.model._meta.get_field(name)) for name in names}
    if any(field.name == "updated_at" for field in table.model._meta.concrete_fields):
        values["updated_at"] = now
    if values:
        table.model._default_manager.filter(pk__in=[row.pk for row in rows]).update(**values)
