"""Rows that lead to nobody, as a message whose contact never came: they go by their own age."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from cxplatform.privacy.catalogue import about_people, described_as
from cxplatform.privacy.described import Described, Through
from cxplatform.privacy.erasing import ROWS_AT_ONCE, erase_rows
from cxplatform.privacy.tags import ALL_SORTS, Sort

# Looked at in a step, by key: few of them lead to nobody.
KEYS_AT_ONCE = 5_000


def tables() -> list[Described]:
    """List the tables with personal columns whose rows may lead to nobody, and have one moment."""
    return [
        its for its in about_people() if len(its.active) == 1 and its.personal(ALL_SORTS) and _may_lead_nowhere(its)
    ]


def next_keys(table: Described, after: UUID) -> list[UUID]:
    """Return the next keys of a table, whomever their rows lead to."""
    rows = table.model._default_manager.filter(pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:KEYS_AT_ONCE])


def erase_unclaimed(
    table: Described, keys: list[UUID], since: Mapping[frozenset[Sort], datetime], *, now: datetime
) -> int:
    """Erase some of these rows that lead to nobody and are older than they are kept."""
    for sorts, first in since.items():
        rows = _due(table, keys, sorts, first).select_for_update(no_key=True).order_by("pk")[:ROWS_AT_ONCE]
        if found := list(rows):
            erase_rows(table, found, sorts, now)
            return len(found)
    return 0


def count_unclaimed(table: Described, keys: list[UUID], since: Mapping[frozenset[Sort], datetime]) -> int:
    """Count what erasing would do to these rows, each once for a rule."""
    return sum(_due(table, keys, sorts, first).count() for sorts, first in since.items())


def _due(table: Described, keys: list[UUID], sorts: frozenset[Sort], first: datetime) -> "QuerySet[Any]":
    if not table.personal(sorts):
        return table.model._default_manager.none()
    rows = table.model._default_manager.filter(_nobodys(table), table.left(sorts), pk__in=keys)
    return rows.filter(**{f"{table.active[0]}__lt": first})


def _may_lead_nowhere(table: Described) -> bool:
    meta = table.model._meta
    return all(isinstance(way, Through) or (way != "pk" and meta.get_field(_first(way)).null) for way in table.about)


def _nobodys(table: Described) -> Q:
    """Match the rows that lead to nobody, by any way."""
    found = Q()
    for way in table.about:
        if isinstance(way, Through):
            somebodys = way.model._default_manager.exclude(_nobodys(described_as(way.model)))
            found &= ~Q(Exists(somebodys.filter(source=OuterRef("source"), external_id=OuterRef(way.column))))
        else:
            found &= Q(**{f"{_first(way)}__isnull": True})
    return found


def _first(way: str) -> str:
    return way.partition("__")[0]
